"""Turn a count of finished items into progress reports with rate and remaining time."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from anylabeling.messages.progress import Progress

_WINDOW_S = 5.0
_INTERVAL_S = 0.1


class ProgressMeter:
    """Report at most ten times a second, and always at the end. Used by one thread."""

    def __init__(
        self,
        total: int,
        report: Callable[[Progress], object] | None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start at zero.

        Args:
            total: Items in all.
            report: Called with each report, or None.
            clock: Seconds; one that stands still while the work is paused keeps the rate right.
        """
        self._clock = clock
        self._total = total
        self._report = report
        self._done = 0
        self._failed = 0
        self._current = ""
        self._next_s = 0.0
        self._marks: deque[tuple[float, int]] = deque([(clock(), 0)])

    def step(self, current: str, *, failed: bool = False) -> None:
        """Count an item."""
        self._done += 1
        self._failed += failed
        self._current = current
        now = self._clock()
        if now >= self._next_s:
            self._next_s = now + _INTERVAL_S
            self._tell(now)

    def finish(self) -> None:
        """Report the last state."""
        self._tell(self._clock())

    def _tell(self, now: float) -> None:
        if self._report is None:
            return
        self._marks.append((now, self._done))
        while len(self._marks) > 2 and self._marks[1][0] <= now - _WINDOW_S:
            self._marks.popleft()
        begun, count = self._marks[0]
        elapsed = now - begun
        rate = (self._done - count) / elapsed if elapsed > 0 else 0.0
        remaining = (self._total - self._done) / rate if rate > 0 else None
        self._report(Progress(self._done, self._total, self._failed, rate, remaining, self._current))
