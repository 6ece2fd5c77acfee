"""Memory for pixels that is used again.

The system hands out a large block page by page, zeroing each on first touch: for a 12-megapixel picture that costs a
tenth of the decode, and on a virtual machine, whose host does the same once more, as much as the decode. A buffer goes
back to the pool by itself when the last array that looks into it is gone.
"""

from __future__ import annotations

import itertools
import weakref

import numpy as np

from anylabeling.codecs.types import UInt8Array

_SMALLEST_POOLED_BYTES = 1 << 20
_SLACK = 1.25
_PAGE_BYTES = 4096


class BufferPool:
    """Hand out uint8 buffers and keep a limited number of bytes of returned ones.

    There is no lock: buffers come back from the garbage collector, which may run inside any call, so all bookkeeping
    is single dictionary operations.
    """

    def __init__(self, idle_limit_bytes: int = 192 << 20) -> None:
        self._idle: dict[int, UInt8Array] = {}
        self._keys = itertools.count()
        self.idle_limit_bytes = idle_limit_bytes

    @property
    def idle_bytes(self) -> int:
        """Bytes kept for the next taker."""
        return sum(buffer.nbytes for buffer in list(self._idle.values()))

    def take(self, size_bytes: int) -> UInt8Array:
        """Return a writable one-dimensional uint8 array of exactly ``size_bytes``, with undefined content."""
        if size_bytes < _SMALLEST_POOLED_BYTES:
            return np.empty(size_bytes, np.uint8)
        owner = self._find_idle(size_bytes)
        if owner is None:
            owner = np.empty(size_bytes, np.uint8)
        # A view of a memoryview, not of the owner: numpy lets views of views refer to the owner directly, but not
        # across another type, so every array cut from this one keeps this one alive.
        array = np.frombuffer(owner.data, np.uint8, count=size_bytes)
        weakref.finalize(array, self._give_back, owner).atexit = False
        return array

    def prepare(self, size_bytes: int) -> None:
        """See to it that a buffer of this size waits, its pages there already; for a thread that nobody waits for."""
        if not _SMALLEST_POOLED_BYTES <= size_bytes <= self.idle_limit_bytes or self._fits_idle(size_bytes):
            return
        owner = np.empty(size_bytes, np.uint8)
        owner[::_PAGE_BYTES] = 0
        self._give_back(owner)

    def clear(self) -> None:
        """Free the idle buffers."""
        self._idle.clear()

    def _find_idle(self, size_bytes: int) -> UInt8Array | None:
        for key, buffer in list(self._idle.items()):
            if _fits(buffer, size_bytes) and self._idle.pop(key, None) is not None:
                return buffer
        return None

    def _fits_idle(self, size_bytes: int) -> bool:
        return any(_fits(buffer, size_bytes) for buffer in list(self._idle.values()))

    def _give_back(self, owner: UInt8Array) -> None:
        while self._idle and self.idle_bytes + owner.nbytes > self.idle_limit_bytes:
            self._drop_oldest()
        if owner.nbytes <= self.idle_limit_bytes:
            self._idle[next(self._keys)] = owner

    def _drop_oldest(self) -> None:
        for key in list(self._idle)[:1]:
            self._idle.pop(key, None)


def _fits(buffer: UInt8Array, size_bytes: int) -> bool:
    return size_bytes <= buffer.nbytes <= size_bytes * _SLACK


PIXEL_BUFFERS = BufferPool()
"""The buffers that all decoding uses."""
