"""Work that makes many objects leaves the interpreter as it was, also when it fails and when several do it at once."""

from __future__ import annotations

import gc
import sys

import pytest

from anylabeling.utils.collector import hold_off, making_many_objects, paused, settle


def test_collections_stop_meanwhile_and_go_on_after() -> None:
    before = sys.getswitchinterval()
    assert gc.isenabled()
    with making_many_objects():
        assert not gc.isenabled()
        with pytest.raises(KeyError), making_many_objects():
            raise KeyError
        assert not gc.isenabled()
        assert sys.getswitchinterval() < before
    assert gc.isenabled()
    assert sys.getswitchinterval() == before


def test_what_was_made_is_spared_and_freed_all_the_same() -> None:
    frozen = gc.get_freeze_count()
    with making_many_objects():
        made = [[number] for number in range(1000)]
    assert gc.get_freeze_count() >= frozen + 1000
    del made
    assert gc.get_freeze_count() < frozen + 1000
    gc.unfreeze()


def test_a_pause_spares_nothing_and_ends_with_the_last_of_several() -> None:
    frozen, turn_s = gc.get_freeze_count(), sys.getswitchinterval()
    with paused():
        with pytest.raises(KeyError), paused():
            raise KeyError
        assert not gc.isenabled()
        assert sys.getswitchinterval() == turn_s
        made = [[number] for number in range(1000)]
    assert gc.isenabled()
    assert len(made) == 1000
    assert gc.get_freeze_count() == frozen


def test_a_pause_may_go_on_beyond_work_that_makes_many_objects_and_beyond_a_start() -> None:
    thresholds, turn_s = gc.get_threshold(), sys.getswitchinterval()
    try:
        with paused():
            with making_many_objects():
                pass
            assert not gc.isenabled()
            hold_off()
            settle()
            assert not gc.isenabled()
        assert gc.isenabled()
        hold_off()
        with paused():
            pass
        assert not gc.isenabled()
        settle()
        assert gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()
        gc.set_threshold(*thresholds)
        sys.setswitchinterval(turn_s)


def test_a_start_collects_nothing_and_its_objects_are_spared() -> None:
    thresholds, frozen, turn_s = gc.get_threshold(), gc.get_freeze_count(), sys.getswitchinterval()
    try:
        hold_off()
        assert not gc.isenabled()
        made = [[number] for number in range(1000)]
        settle()
        assert gc.isenabled()
        assert gc.get_threshold()[0] > 700
        assert sys.getswitchinterval() < turn_s
        assert gc.get_freeze_count() >= frozen + len(made)
        gc.disable()
        settle()  # the start is over: whoever keeps the collector still now has a reason
        assert not gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()
        gc.set_threshold(*thresholds)
        sys.setswitchinterval(turn_s)
