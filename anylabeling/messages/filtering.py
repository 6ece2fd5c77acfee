"""The question that the image filter answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class CountMode(str, Enum):
    """How the number of matching objects is compared with the wanted one."""

    ANY = "any"
    """At least one."""
    AT_LEAST = "at_least"
    EXACTLY = "exactly"
    AT_MOST = "at_most"
    """None counts too."""


@dataclass(frozen=True, slots=True)
class FilterQuery:
    """Which images are wanted, by what a model detects.

    Attributes:
        classes: Names that count, or None for all classes.
        count_mode: How the number of objects is compared.
        count_value: The wanted number, 1-100; not used by ANY.
        confidence: Least score of an object that counts, 0-1.
        iou: Overlap above which boxes of one class are one object, 0-1.
    """

    classes: frozenset[str] | None = None
    count_mode: CountMode = CountMode.ANY
    count_value: int = 1
    confidence: float = 0.25
    iou: float = 0.45

    def __post_init__(self) -> None:
        if not 1 <= self.count_value <= 100:
            raise ValueError("the count must be between 1 and 100")
        if not (0.0 <= self.confidence <= 1.0 and 0.0 <= self.iou <= 1.0):
            raise ValueError("confidence and IoU must be between 0 and 1")
        if self.classes is not None and not self.classes:
            raise ValueError("choose at least one class")


@dataclass(frozen=True, slots=True)
class FilterMatch:
    """One image that matches.

    Attributes:
        path: The image.
        count: Objects that count.
        counts: Pairs of class name and number, most first.
        best_score: The highest score among them.
    """

    path: str
    count: int
    counts: tuple[tuple[str, int], ...] = ()
    best_score: float = 0.0


@dataclass(frozen=True, slots=True)
class FilterSummary:
    """What came of a filter run.

    Attributes:
        query: The question.
        total: Images looked at.
        matches: Those that match, in folder order.
        failed: Pairs of path and reason.
        cancelled: Whether it was stopped before the end.
        seconds: Wall time.
    """

    query: FilterQuery
    total: int
    matches: tuple[FilterMatch, ...]
    failed: tuple[tuple[str, str], ...]
    cancelled: bool
    seconds: float
