"""Threads that compute step aside for the window, and for nobody where there is none."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from anylabeling.utils import turns


@pytest.fixture(autouse=True)
def with_window(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(turns, "_has_window", True)
    monkeypatch.setattr(turns, "_since", None)
    monkeypatch.setattr(turns, "_on_their_way", 0)
    yield
    turns.take()
    turns.rest()


def test_a_thread_goes_on_only_when_the_window_has_shown_what_it_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_LONGEST_S", 60.0)
    order: list[str] = []
    began = threading.Event()

    def compute() -> None:
        turns.hand_over()
        began.set()
        turns.give_way()
        order.append("thread")

    thread = threading.Thread(target=compute)
    thread.start()
    assert began.wait(60)
    turns.rest()  # of something before: what this thread gave has not been taken yet
    turns.take()
    order.append("window")
    turns.rest()
    thread.join(60)
    assert order == ["window", "thread"]


def test_a_window_that_does_not_come_round_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_LONGEST_S", 0.1)
    turns.hand_over()
    before = time.monotonic()
    for _ in range(1000):
        turns.give_way()
    assert time.monotonic() - before < 50  # a wait each would be 100 s


def test_a_list_is_emptied() -> None:
    items = [object() for _ in range(2500)]
    turns.let_go(items)
    assert items == []
