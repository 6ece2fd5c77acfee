"""Memory for prepared pictures that several processes see, and that a GPU copies from fast."""

from __future__ import annotations

import mmap
import os
import threading
from dataclasses import dataclass

import numpy as np

from anylabeling.codecs.types import UInt8Array
from anylabeling.services.auto_labeling.cuda_runtime import cuda_runtime
from anylabeling.services.auto_labeling.pinned_memory import lock_pages, unlock_pages
from anylabeling.utils.parallel import WorkerPool

_IDLE_S = 1.0


@dataclass(frozen=True, slots=True)
class SlotsPlace:
    """Where the memory is, for another process.

    Attributes:
        file: The file descriptor.
        shape: Slots, pictures in a slot, height, width, channels.
    """

    file: int
    shape: tuple[int, int, int, int, int]

    def open(self) -> UInt8Array:
        """Return the memory as uint8 (slots, pictures, height, width, channels)."""
        size = int(np.prod(self.shape))
        return np.frombuffer(mmap.mmap(self.file, size), np.uint8).reshape(self.shape)


class PictureSlots:
    """Slots for the pictures of one call of a network, lent one by one; any thread may call it.

    A slot's memory is page-locked once it has been lent, where there is a CUDA runtime: the GPU then copies from it
    directly, and no batch is put together anywhere else. Locking takes 20 ms for each and unlocking as long, one after
    the other, so nobody waits for it: until it is done the GPU copies from ordinary memory, which is slower.

    Attributes:
        place: What another process needs to see them.
        pixels: uint8 (slots, pictures, height, width, channels).
    """

    def __init__(self, count: int, pictures: int, picture_shape: tuple[int, int, int]) -> None:
        """Take memory, which is used as the slots are written to.

        Args:
            count: How many slots.
            pictures: How many pictures each has.
            picture_shape: Height, width, channels.

        Raises:
            OSError: When there is none.
        """
        self.place = SlotsPlace(os.memfd_create("anylabeling-pictures"), (count, pictures, *picture_shape))
        try:
            os.ftruncate(self.place.file, int(np.prod(self.place.shape)))
            self.pixels = self.place.open()
        except OSError:
            os.close(self.place.file)
            raise
        self._lock = threading.Lock()
        self._free = list(range(count))
        self._new = set(self._free)
        self._locked: list[int] = []
        self._closing = False
        self._locker = WorkerPool(1, "page-lock", idle_s=_IDLE_S) if cuda_runtime() is not None else None

    def take(self) -> int | None:
        """Return the number of a free slot, or None when there is none."""
        with self._lock:
            if not self._free:
                return None
            # The one that came back last: fewer pages are touched.
            slot = self._free.pop()
            is_new = slot in self._new
            self._new.discard(slot)
        if is_new and self._locker is not None:
            self._locker.submit(self._lock_pages, slot)
        return slot

    def give(self, slot: int) -> None:
        """Take a slot back."""
        with self._lock:
            self._free.append(slot)

    def close(self) -> None:
        """Let go of the memory, which nobody may be using any more; arrays that look into it keep it."""
        self._closing = True
        if self._locker is not None:
            self._locker.submit(self._unlock_pages)
        os.close(self.place.file)

    def _lock_pages(self, slot: int) -> None:
        pixels = self.pixels[slot]
        if not self._closing and lock_pages(pixels.ctypes.data, pixels.nbytes):
            self._locked.append(slot)

    def _unlock_pages(self) -> None:
        for slot in self._locked:
            unlock_pages(self.pixels[slot].ctypes.data)
        self._locked.clear()
