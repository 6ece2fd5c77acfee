"""How far a long piece of work has come."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """A report from work over many items.

    Attributes:
        done: Items that are through, failed ones included.
        total: Items in all, or None while they are still being counted.
        failed: Items that failed.
        rate_per_s: Items per second over the last seconds; 0 before it is known.
        remaining_s: Estimated seconds left, or None.
        current: The item that went through last, for people.
        from_cache: Items among ``done`` of which the answer was known before.
    """

    done: int
    total: int | None = None
    failed: int = 0
    rate_per_s: float = 0.0
    remaining_s: float | None = None
    current: str = ""
    from_cache: int = 0


@dataclass(frozen=True, slots=True)
class ItemFailure:
    """One item that failed while the rest went on.

    Attributes:
        path: The image.
        reason: One sentence for people.
    """

    path: str
    reason: str
