"""Counters, gauges and timings that the diagnostics read."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_RECENT_TIMINGS = 120


@dataclass(frozen=True, slots=True)
class TimingStats:
    """How long something took.

    Attributes:
        count: How often it was measured.
        total_ms: Sum of all durations.
        last_ms: The latest duration.
        max_ms: The longest duration.
        recent_ms: The latest durations, oldest first, for a small plot.
    """

    count: int
    total_ms: float
    last_ms: float
    max_ms: float
    recent_ms: tuple[float, ...]

    @property
    def mean_ms(self) -> float:
        """Average over all; 0 before the first."""
        return self.total_ms / self.count if self.count else 0.0


@dataclass(frozen=True, slots=True)
class MetricsSnapshot:
    """All values at one moment, by name."""

    counters: dict[str, int]
    gauges: dict[str, float]
    timings: dict[str, TimingStats]


class Metrics:
    """A set of named values that any thread may change and read."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counters: dict[str, int] = {}
        self._gauges: dict[str, float] = {}
        self._timings: dict[str, _Timing] = {}

    def count(self, name: str, amount: int = 1) -> None:
        """Add to a counter."""
        with self._lock:
            self._counters[name] = self._counters.get(name, 0) + amount

    def set_gauge(self, name: str, value: float) -> None:
        """Set a value that goes up and down, such as a queue length."""
        with self._lock:
            self._gauges[name] = value

    def observe_ms(self, name: str, duration_ms: float) -> None:
        """Add one duration."""
        with self._lock:
            timing = self._timings.get(name)
            if timing is None:
                timing = self._timings[name] = _Timing()
            timing.add(duration_ms)

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Measure the body of a with statement, also when it raises."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.observe_ms(name, (time.perf_counter() - start) * 1e3)

    def snapshot(self) -> MetricsSnapshot:
        """Return a copy of all values."""
        with self._lock:
            return MetricsSnapshot(
                dict(self._counters),
                dict(self._gauges),
                {name: timing.stats() for name, timing in self._timings.items()},
            )

    def reset(self) -> None:
        """Forget all values."""
        with self._lock:
            self._counters.clear()
            self._gauges.clear()
            self._timings.clear()


class _Timing:
    def __init__(self) -> None:
        self._count = 0
        self._total_ms = 0.0
        self._max_ms = 0.0
        self._recent: deque[float] = deque(maxlen=_RECENT_TIMINGS)

    def add(self, duration_ms: float) -> None:
        self._count += 1
        self._total_ms += duration_ms
        self._max_ms = max(self._max_ms, duration_ms)
        self._recent.append(duration_ms)

    def stats(self) -> TimingStats:
        recent = tuple(self._recent)
        return TimingStats(self._count, self._total_ms, recent[-1] if recent else 0.0, self._max_ms, recent)


METRICS = Metrics()
"""The program's own values."""
