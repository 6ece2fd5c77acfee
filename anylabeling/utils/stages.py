"""The steps that items go through, and what becomes of each item."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

ItemT = TypeVar("ItemT")

LARGEST_HANDFUL = 16
"""The most quick items that a thread takes at once."""
_QUICK_S = 0.0005


class ItemError(Exception):
    """Stands in the place of the result of an item that failed.

    Attributes:
        item: What was to be worked on.
        error: What happened.
        stage: Name of the stage that failed.
    """

    def __init__(self, item: object, error: BaseException, stage: str = "") -> None:
        super().__init__(str(error) or type(error).__name__)
        self.item = item
        self.error = error
        self.stage = stage


@dataclass(frozen=True, slots=True)
class Stage:
    """One step that every item goes through.

    Attributes:
        name: Names the threads and the queue behind this stage.
        function: Called with one item and returns what the next stage gets. With ``batch_size`` above 1 it is called
            with a list of items and returns a sequence of as many results, in which an exception stands for an item
            that failed; raising fails the whole list. It must be safe to call on ``workers`` threads at once.
        workers: Number of threads.
        ordered: Whether results leave in the order in which items came; otherwise as they are done.
        batch_size: Most items per call. A call gets what is there, at least one: nobody waits for a batch to fill.
        limit: Asked before each call for how many of those it may get now, where that changes during a run.
        queue_size: Finished items that may wait behind this stage, where that is not what the whole run has.
    """

    name: str
    function: Callable[[Any], Any]
    workers: int = 1
    ordered: bool = True
    batch_size: int = 1
    limit: Callable[[], int] | None = None
    queue_size: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome(Generic[ItemT]):
    """What became of one item.

    Attributes:
        index: Its place in the source, from 0.
        item: The item as the source gave it.
        value: What the last stage returned; None when a stage failed.
        error: What the failing stage raised; None when all went well.
        stage: Name of the failing stage; empty when all went well.
    """

    index: int
    item: ItemT
    value: Any = None
    error: BaseException | None = None
    stage: str = ""


def apply_stage(stage: Stage, batch: Sequence[Outcome[ItemT]]) -> Iterator[Outcome[ItemT]]:
    """Run one stage over a handful of items; one that failed before passes by, one that fails carries its error."""
    if stage.batch_size == 1:
        return (_apply_to_one(stage, outcome) for outcome in batch)
    return iter(_apply_to_batch(stage, batch))


def next_handful(handful: int, elapsed_s: float) -> int:
    """Return how many items to take at once after a handful that took so long."""
    # Quick items are taken several at a time, so that handing over does not cost more than the work.
    if elapsed_s < _QUICK_S:
        return min(handful * 2, LARGEST_HANDFUL)
    return 1 if elapsed_s > 10 * _QUICK_S else handful


def _apply_to_one(stage: Stage, outcome: Outcome[ItemT]) -> Outcome[ItemT]:
    if outcome.error is not None:
        return outcome
    try:
        return Outcome(outcome.index, outcome.item, stage.function(outcome.value))
    except Exception as error:  # noqa: BLE001 - travels as this item's result
        return Outcome(outcome.index, outcome.item, None, error, stage.name)


def _apply_to_batch(stage: Stage, batch: Sequence[Outcome[ItemT]]) -> Sequence[Outcome[ItemT]]:
    good = [outcome for outcome in batch if outcome.error is None]
    try:
        values = _call_on_list(stage, [outcome.value for outcome in good]) if good else []
    except Exception as error:  # noqa: BLE001 - travels as the result of each of these items
        values = [error] * len(good)
    results = {
        outcome.index: Outcome(outcome.index, outcome.item, None, value, stage.name)
        if isinstance(value, Exception)
        else Outcome(outcome.index, outcome.item, value)
        for outcome, value in zip(good, values, strict=True)
    }
    return [results.get(outcome.index, outcome) for outcome in batch]


def _call_on_list(stage: Stage, values: list[Any]) -> Sequence[Any]:
    results: Sequence[Any] = stage.function(values)
    if len(results) != len(values):
        raise ValueError(f"Stage {stage.name} returned {len(results)} results for {len(values)} items.")
    return results
