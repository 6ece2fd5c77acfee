"""The batch grows as long as more pictures get done, and stays where that ends."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor

import pytest

from anylabeling.services.auto_labeling.batch_choice import BatchChoice


def settle(choice: BatchChoice, seconds_by_size: dict[int, float]) -> list[int]:
    """Report calls until the choice is made; return the sizes that were tried."""
    tried = [choice.size]
    for _ in range(200):
        if choice.decided:
            return tried
        choice.note_call(choice.size, seconds_by_size[choice.size])
        if choice.size != tried[-1]:
            tried.append(choice.size)
    pytest.fail("it never ends")


def test_the_greatest_size_stays_where_it_is_faster() -> None:
    choice = BatchChoice(4, 32)
    assert settle(choice, {4: 0.010, 32: 0.045}) == [4, 32]
    assert choice.size == 32


def test_it_goes_back_where_that_is_slower() -> None:
    choice = BatchChoice(4, 32)
    assert settle(choice, {4: 0.010, 32: 0.100}) == [4, 32, 4]
    assert choice.size == 4


def test_the_next_run_of_the_model_begins_with_what_was_found() -> None:
    settle(BatchChoice(4, 32, key=("a.onnx",)), {4: 0.010, 32: 0.045})
    assert (BatchChoice(4, 32, key=("a.onnx",)).size, BatchChoice(4, 32, key=("a.onnx",)).decided) == (32, True)
    assert BatchChoice(4, 16, key=("a.onnx",)).size == 4
    assert BatchChoice(4, 32, key=("b.onnx",)).size == 4


def test_one_slow_call_decides_nothing() -> None:
    choice = BatchChoice(4, 8)
    for seconds in (0.5, 0.010, 0.9, 0.010, 0.010):
        choice.note_call(4, seconds)
    assert choice.size == 8


def test_calls_that_are_not_full_say_nothing() -> None:
    choice = BatchChoice(4, 8)
    for _ in range(50):
        choice.note_call(3, 0.001)
    assert (choice.size, choice.decided) == (4, False)


@pytest.mark.parametrize(("start", "most", "size"), [(1, 1, 1), (4, 1, 1), (16, 4, 4), (0, 0, 1)])
def test_nothing_is_tried_where_there_is_no_room(start: int, most: int, size: int) -> None:
    choice = BatchChoice(start, most)
    assert (choice.size, choice.decided) == (size, True)


def test_the_log_says_what_was_chosen(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    settle(BatchChoice(4, 8), {4: 0.010, 8: 0.015})
    assert "batch size 4, at most 8" in caplog.messages[0]
    assert "it stays at 8" in caplog.messages[-1]


def test_calls_that_decide_are_timed_alone() -> None:
    choice = BatchChoice(4, 8)
    inside: list[int] = []
    most_at_once: list[int] = []

    def call(_number: int) -> None:
        with choice.timed(choice.size):
            inside.append(1)
            if not choice.decided:
                most_at_once.append(len(inside))
            inside.pop()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(call, range(400)))
    assert choice.decided
    assert set(most_at_once) == {1}
