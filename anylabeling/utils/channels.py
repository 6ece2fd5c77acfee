"""Bounded hand-over of items between threads, in order where that is asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Aborted(Exception):  # noqa: N818 - tells a waiting thread to go home, not an error
    """Raised out of a wait when the channel was aborted."""


class Supply(Protocol[T_co]):
    """Where a thread gets its items from."""

    def get(self, limit: int) -> tuple[int, Sequence[T_co]]:
        """Wait for items; return (serial number of the first, at most ``limit`` items), or no items at the end."""


class IteratorSupply(Generic[T]):
    """Share one iterator between threads; an item is made only when a thread is free for it."""

    def __init__(self, items: Iterable[T]) -> None:
        self._lock = threading.Lock()
        self._iterator: Iterator[T] | None = iter(items)
        self._serial = 0
        self.error: BaseException | None = None

    def get(self, limit: int) -> tuple[int, list[T]]:
        """Return (serial number of the first, items); an iterator that raises ends here, with ``error`` set."""
        with self._lock:
            first = self._serial
            batch: list[T] = []
            try:
                while self._iterator is not None and len(batch) < limit:
                    batch.append(next(self._iterator))
            except StopIteration:
                self._iterator = None
            except BaseException as error:  # noqa: BLE001 - a foreign iterator; kept for the thread that reads results
                self._iterator = None
                self.error = error
            self._serial += len(batch)
            return first, batch

    def stop(self) -> None:
        """Take no more from the iterator."""
        self._iterator = None


class Channel(Generic[T]):
    """A bounded queue whose producers number what they put.

    Ordered, items leave by their serial numbers, which must be 0, 1, 2 ... without a gap; at most ``capacity`` of them
    are ahead of the next one to leave, so a slow item holds up its followers and memory stays bounded.
    """

    def __init__(self, name: str, *, capacity: int, producers: int, ordered: bool) -> None:
        self.name = name
        self._capacity = max(1, capacity)
        self._ordered = ordered
        self._producers = producers
        lock = threading.Lock()
        # Those who wait for space and those who wait for items are woken apart, and only when there is some for them:
        # waking a dozen threads at each item costs more of the interpreter's lock than the items themselves.
        self._space = threading.Condition(lock)
        self._filled = threading.Condition(lock)
        self._items: dict[int, T] = {}
        self._first = 0
        self._arrivals = 0
        self._aborted = False

    def __len__(self) -> int:
        return len(self._items)

    @property
    def capacity(self) -> int:
        """How many items find room."""
        return self._capacity

    def put(self, serial: int, item: T) -> None:
        """Add an item, waiting for space.

        Raises:
            Aborted: When nobody wants it any more.
        """
        self.put_all(serial, (item,))

    def put_all(self, serial: int, items: Sequence[T]) -> None:
        """Add items with consecutive serial numbers, waiting for space before each.

        Raises:
            Aborted: When nobody wants them any more.
        """
        with self._space:
            for place, item in enumerate(items, serial):
                while not self._aborted and not self._has_space(place):
                    self._space.wait()
                if self._aborted:
                    raise Aborted
                key = place if self._ordered else self._arrivals
                self._arrivals += 1
                self._items[key] = item
                if key == self._first:
                    self._filled.notify()

    def get(self, limit: int) -> tuple[int, list[T]]:
        """Wait for items; return (serial number of the first, at most ``limit`` items), or no items at the end.

        Raises:
            Aborted: When the channel was aborted.
        """
        with self._filled:
            while not self._is_ready():
                self._filled.wait()
            return self._take(limit)

    def get_within(self, limit: int, timeout_s: float) -> list[T] | None:
        """Like get, without the number; None when nothing came in time."""
        with self._filled:
            if not self._filled.wait_for(self._is_ready, timeout_s):
                return None
            return self._take(limit)[1]

    def producer_done(self) -> None:
        """Tell that one of the producers puts nothing any more."""
        with self._filled:
            self._producers -= 1
            if self._producers <= 0:
                self._filled.notify_all()

    def abort(self) -> None:
        """Wake and dismiss all who wait, now and later, and drop what is here."""
        with self._filled:
            self._aborted = True
            self._items.clear()
            self._filled.notify_all()
            self._space.notify_all()

    def _has_space(self, serial: int) -> bool:
        return serial - self._first < self._capacity if self._ordered else len(self._items) < self._capacity

    def _is_ready(self) -> bool:
        return self._aborted or self._first in self._items or self._producers <= 0

    def _take(self, limit: int) -> tuple[int, list[T]]:
        if self._aborted:
            raise Aborted
        first = self._first
        batch: list[T] = []
        while len(batch) < limit and self._first in self._items:
            batch.append(self._items.pop(self._first))
            self._first += 1
        if batch:
            # Each producer waits for a place of its own, and only it knows which.
            self._space.notify_all()
        if self._first in self._items:
            self._filled.notify()
        return first, batch
