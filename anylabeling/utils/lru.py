"""A least-recently-used map with a budget in bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

KeyT = TypeVar("KeyT", bound=Hashable)
ValueT = TypeVar("ValueT")


class ByteBudgetLru(Generic[KeyT, ValueT]):
    """Keep values until their sizes add up to more than the capacity; then the longest unused ones go.

    All methods may be called from any thread.
    """

    def __init__(self, capacity_bytes: int) -> None:
        self._lock = threading.Lock()
        self._entries: OrderedDict[KeyT, tuple[ValueT, int]] = OrderedDict()
        self._capacity_bytes = max(0, capacity_bytes)
        self._used_bytes = 0
        self._evictions = 0

    @property
    def capacity_bytes(self) -> int:
        """The budget."""
        return self._capacity_bytes

    @property
    def used_bytes(self) -> int:
        """Sum of the sizes of what is kept."""
        return self._used_bytes

    @property
    def evictions(self) -> int:
        """How many values had to go for want of space."""
        return self._evictions

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, key: KeyT) -> bool:
        return key in self._entries

    def get(self, key: KeyT) -> ValueT | None:
        """Return a value and make it the most recently used; None when it is not there."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            self._entries.move_to_end(key)
            return entry[0]

    def peek(self, key: KeyT) -> ValueT | None:
        """Return a value without counting it as used; None when it is not there."""
        entry = self._entries.get(key)
        return None if entry is None else entry[0]

    def put(self, key: KeyT, value: ValueT, size_bytes: int) -> bool:
        """Keep a value as the most recently used; one larger than the whole capacity is not kept.

        Returns:
            Whether it is kept.
        """
        with self._lock:
            self._remove(key)
            if size_bytes > self._capacity_bytes:
                return False
            self._entries[key] = (value, size_bytes)
            self._used_bytes += size_bytes
            self._shrink()
            return True

    def discard(self, key: KeyT) -> bool:
        """Forget a value; returns whether it was there."""
        with self._lock:
            return self._remove(key)

    def resize(self, capacity_bytes: int) -> None:
        """Change the budget; what no longer fits goes at once."""
        with self._lock:
            self._capacity_bytes = max(0, capacity_bytes)
            self._shrink()

    def clear(self) -> None:
        """Forget everything; this does not count as eviction."""
        with self._lock:
            self._entries.clear()
            self._used_bytes = 0

    def keys_by_age(self) -> list[KeyT]:
        """Return the keys, the longest unused first."""
        with self._lock:
            return list(self._entries)

    def _remove(self, key: KeyT) -> bool:
        entry = self._entries.pop(key, None)
        if entry is None:
            return False
        self._used_bytes -= entry[1]
        return True

    def _shrink(self) -> None:
        while self._used_bytes > self._capacity_bytes:
            _key, (_value, size_bytes) = self._entries.popitem(last=False)
            self._used_bytes -= size_bytes
            self._evictions += 1
