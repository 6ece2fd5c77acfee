"""How many pictures go through the network in one call: found out by trying, on the first calls of a run."""

from __future__ import annotations

import logging
import threading

_logger = logging.getLogger(__name__)

_CALLS_EACH = 5
"""Full calls that are timed at each size, after one that only makes room."""
_WORTH_IT = 1.0
"""A size twice as large stays when it gets so many times the pictures done: at the same speed, the larger one leaves
more of the interpreter's lock to the rest of the program."""


class BatchChoice:
    """Start at one size and double it as long as more pictures get done in a second. Any thread may call it."""

    def __init__(self, start: int, most: int) -> None:
        """Begin a run.

        Args:
            start: The size to start with.
            most: The greatest size.
        """
        self._lock = threading.Lock()
        self._most = max(1, most)
        self._size = max(1, min(start, self._most))
        self._times: list[float] = []
        self._before: tuple[int, float] | None = None
        self._decided = self._size >= self._most
        self._announced = False

    @property
    def size(self) -> int:
        """How many pictures the next call may have."""
        return self._size

    @property
    def decided(self) -> bool:
        """Whether the size stays as it is from here on."""
        return self._decided

    def note_call(self, count: int, seconds: float) -> None:
        """Take note of how long the network took for a call; only full calls say something."""
        with self._lock:
            if not self._announced:
                self._announced = True
                _logger.info("batch size %d, at most %d", self._size, self._most)
            if self._decided or count != self._size:
                return
            self._times.append(seconds)
            if len(self._times) <= _CALLS_EACH:
                return
            # The best of them: others were held up by the rest of the program.
            self._weigh(self._size / min(self._times[1:]))

    def _weigh(self, rate: float) -> None:
        before, self._times = self._before, []
        if before is not None and rate < before[1] * _WORTH_IT:
            self._size, self._decided = before[0], True
        elif self._size >= self._most:
            self._decided = True
        else:
            self._before = (self._size, rate)
            self._size = min(2 * self._size, self._most)
        _logger.info(
            "batch size %d: %.0f images/s; %s %d",
            before[0] if before is not None and self._decided and before[0] == self._size else self._size,
            rate,
            "it stays at" if self._decided else "next",
            self._size,
        )
