"""How many pictures go through the network in one call: found out by trying, on the first calls of a run."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Iterator

_logger = logging.getLogger(__name__)

_CALLS_EACH = 4
"""Full calls that are timed at each size, after one that only makes room."""

_FEWEST_BATCHES = 4
"""A run of fewer batches is over before their size pays."""
_FEWEST_TO_TRY = 20_000
"""Where each size costs a second to begin with, a shorter run is not won by trying another one than the greatest."""

_found: dict[tuple[object, ...], int] = {}
"""What earlier runs of this process have found; reading and writing an entry are single steps."""


def sizes_for(images: int, start: int, most: int, *, one_shape: bool) -> tuple[int, int]:
    """Return the size that a run over so many images begins with, and the greatest that it tries.

    Args:
        images: How many there are.
        start: The size to begin with where several are tried.
        most: The greatest size that is wanted.
        one_shape: Whether a call of another shape than the one before takes long.
    """
    if images < _FEWEST_BATCHES * most:
        return 1, 1
    if one_shape and images < _FEWEST_TO_TRY:
        return most, most
    return start, most


class BatchChoice:
    """Start at one size, try the greatest, stay at the one that gets more pictures done. Any thread may call it.

    Two sizes and no more: a runtime may take long for the first call of each, and for each change. The calls that
    decide are made one after the other, so that each is timed by itself and not by what others take from it.
    """

    def __init__(self, start: int, most: int, *, key: tuple[object, ...] = ()) -> None:
        """Begin a run.

        Args:
            start: The size to start with.
            most: The greatest size.
            key: What a model on a backend is known by, for later runs to begin with what this one finds; else nothing.
        """
        self._lock = threading.Lock()
        self._alone = threading.Lock()
        self._most = max(1, most)
        self._start = max(1, min(start, self._most))
        self._key = (*key, self._start, self._most) if key else ()
        self._size = _found.get(self._key, self._start)
        self._times: list[float] = []
        self._first_rate = 0.0
        self._decided = self._start == self._most or self._key in _found
        self._announced = False

    @property
    def size(self) -> int:
        """How many pictures the next call may have."""
        return self._size

    @property
    def decided(self) -> bool:
        """Whether the size stays as it is from here on."""
        return self._decided

    @contextlib.contextmanager
    def timed(self, count: int) -> Iterator[None]:
        """Make a call of the network with so many pictures inside of this block."""
        if self._decided:
            self.note_call(count, 0.0)
            yield
            return
        with self._alone:
            start = time.perf_counter()
            yield
            self.note_call(count, time.perf_counter() - start)

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
        tried, self._times = self._size, []
        if tried == self._start:
            self._first_rate, self._size = rate, self._most
        else:
            # At the same speed, the larger one leaves more of the interpreter's lock to the rest of the program.
            self._size = self._most if rate >= self._first_rate else self._start
            self._decided = True
            if self._key:
                _found[self._key] = self._size
        verb = "it stays at" if self._decided else "next"
        _logger.info("batch size %d: %.0f images/s; %s %d", tried, rate, verb, self._size)
