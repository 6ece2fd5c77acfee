"""Memory for prepared pictures that several processes see."""

from __future__ import annotations

import mmap
import os
import threading
from dataclasses import dataclass

import numpy as np

from anylabeling.codecs.types import UInt8Array


@dataclass(frozen=True, slots=True)
class SlotsPlace:
    """Where the memory is, for another process.

    Attributes:
        file: The file descriptor.
        shape: Slots, height, width, channels.
    """

    file: int
    shape: tuple[int, int, int, int]

    def open(self) -> UInt8Array:
        """Return the memory as uint8 (slots, height, width, channels)."""
        size = int(np.prod(self.shape))
        return np.frombuffer(mmap.mmap(self.file, size), np.uint8).reshape(self.shape)


class PictureSlots:
    """Slots for pictures, lent one by one; any thread may call it.

    Attributes:
        place: What another process needs to see them.
        pixels: uint8 (slots, height, width, channels).
    """

    def __init__(self, count: int, picture_shape: tuple[int, int, int]) -> None:
        """Take memory, which is used as the slots are written to.

        Raises:
            OSError: When there is none.
        """
        self.place = SlotsPlace(os.memfd_create("anylabeling-pictures"), (count, *picture_shape))
        try:
            os.ftruncate(self.place.file, int(np.prod(self.place.shape)))
            self.pixels = self.place.open()
        except OSError:
            os.close(self.place.file)
            raise
        self._lock = threading.Lock()
        self._free = list(range(count))

    def take(self, count: int) -> list[int] | None:
        """Return the numbers of so many free slots, or None when there are not enough."""
        with self._lock:
            if len(self._free) < count:
                return None
            # The slots that came back last: fewer pages are touched, and those are in the cache.
            taken, self._free = self._free[-count:], self._free[:-count]
            return taken

    def give(self, slots: list[int]) -> None:
        """Take slots back."""
        with self._lock:
            self._free.extend(slots)

    def close(self) -> None:
        """Let go of the memory; arrays that look into it keep it."""
        os.close(self.place.file)
