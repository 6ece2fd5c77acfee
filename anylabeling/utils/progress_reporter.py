"""Tell about progress often enough to be watched and seldom enough to cost nothing."""

from __future__ import annotations

import time
from collections.abc import Callable

ProgressCallback = Callable[[int, "int | None"], object]
"""Called with (items done, items in all or None where nobody knows)."""

_INTERVAL_S = 0.1


class ProgressReporter:
    """Call back at most ten times a second, and at the end. Used by one thread."""

    def __init__(self, callback: ProgressCallback | None, total: int | None) -> None:
        self._callback = callback
        self._total = total
        self._next_time = 0.0
        self._reported: int | None = None

    def update(self, done: int) -> None:
        """Tell how many items are done, if it is time to."""
        if self._callback is not None and (now := time.monotonic()) >= self._next_time:
            self._next_time = now + _INTERVAL_S
            self._reported = done
            self._callback(done, self._total)

    def finish(self, done: int) -> None:
        """Tell how many items are done, unless that was the last thing told."""
        if self._callback is not None and self._reported != done:
            self._callback(done, self._total)
