"""Work that makes many objects leaves the interpreter as it was, also when it fails and when several do it at once."""

from __future__ import annotations

import gc
import sys

import pytest

from anylabeling.utils.collector import making_many_objects


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
