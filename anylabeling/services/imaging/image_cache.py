"""Decoded pictures in memory, shared by the window, the preloader and the models."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from anylabeling.codecs import DecodedImage, DecodeLimits, PixelFormat, UInt8Array, decode
from anylabeling.utils.cancellation import Cancelled, CancelToken
from anylabeling.utils.lru import ByteBudgetLru
from anylabeling.utils.metrics import METRICS

logger = logging.getLogger(__name__)

_LOG_INTERVAL_S = 60.0
_PYRAMID_SHARE = 0.75
_LEAST_PICTURE_BYTES = 192 << 20

_Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class CacheStats:
    """The cache in numbers.

    Attributes:
        hits: Requests answered from memory.
        misses: Requests that were not.
        evictions: Pictures that had to go for want of space.
        count: Pictures in memory.
        used_bytes: Memory they take, and the parts of very large ones.
        capacity_bytes: Memory they may take; 0 means off.
    """

    hits: int
    misses: int
    evictions: int
    count: int
    used_bytes: int
    capacity_bytes: int

    @property
    def hit_rate(self) -> float:
        """Hits per request, 0 to 1; 0 before the first."""
        requests = self.hits + self.misses
        return self.hits / requests if requests else 0.0


class ImageCache:
    """Keep decoded pictures, least recently used out first, within a budget in bytes.

    Pictures are BGRA, turned as EXIF says, read-only, ready to be shown. An entry counts as long as modification time,
    size and inode of its file stay the same. All methods may be called from any thread.

    A picture that would not fit into the budget together with the smaller versions that drawing needs is decoded to a
    reduced version, though one of 192 MB is not reduced however small the budget is. Parts of such pictures at full
    resolution share the budget.

    Args:
        capacity_bytes: The budget; 0 turns keeping off.
        least_picture_bytes: What one picture may take even if the budget is smaller.
    """

    def __init__(self, capacity_bytes: int, *, least_picture_bytes: int = _LEAST_PICTURE_BYTES) -> None:
        self._least_picture_bytes = least_picture_bytes
        # Pictures by their path, with a stamp; parts by what their reader chose.
        self._entries: ByteBudgetLru[Hashable, Any] = ByteBudgetLru(capacity_bytes)
        self._lock = threading.Lock()
        self._running: dict[str, Future[DecodedImage]] = {}
        self._hits = 0
        self._misses = 0
        self._next_log_time = time.monotonic() + _LOG_INTERVAL_S

    @property
    def capacity_bytes(self) -> int:
        """The budget in bytes."""
        return self._entries.capacity_bytes

    @property
    def limits(self) -> DecodeLimits:
        """How large a picture may get; a larger one is reduced."""
        share = int(self.capacity_bytes * _PYRAMID_SHARE)
        default = DecodeLimits()
        return DecodeLimits(default.max_side_px, min(default.max_bytes, max(share, self._least_picture_bytes)))

    def get(self, path: str | os.PathLike[str]) -> DecodedImage | None:
        """Return a picture that is in memory and still valid; None otherwise. Counts as hit or miss."""
        image = self._lookup(os.fspath(path))
        self._count(image is not None)
        return image

    def load(
        self, path: str | os.PathLike[str], *, count: bool = True, cancel: CancelToken | None = None
    ) -> DecodedImage:
        """Return a picture from memory, or decode and keep it.

        Threads that ask for the same file at the same time wait for one decode. A picture larger than the whole budget
        is returned without being kept.

        Args:
            path: The file.
            count: Whether this counts as hit or miss; a preloader's requests do not.
            cancel: Ends the decoding of a very large picture, unless somebody else waits for it, who then begins anew.

        Raises:
            Cancelled: When ``cancel`` was used.
            ImageError: When it cannot be read or decoded; nothing is kept, the next call tries again.
        """
        key = os.fspath(path)
        image = self._lookup(key)
        if count:
            self._count(image is not None)
        if image is not None:
            return image
        with self._lock:
            running = self._running.get(key)
            mine = running is None
            if running is None:
                running = self._running[key] = Future()
        if mine:
            self._decode_for_all(key, running, cancel)
        try:
            return running.result()
        except Cancelled:
            if mine or (cancel is not None and cancel.cancelled):
                raise
        return self.load(key, count=False, cancel=cancel)

    def load_part(self, key: Hashable, read: Callable[[], UInt8Array]) -> UInt8Array:
        """Return a part of a very large picture from memory, or read and keep it within the same budget.

        Args:
            key: What the part is known by; not a text. It holds the state of the file.
            read: Makes the part.
        """
        part: UInt8Array | None = self._entries.get(key)
        if part is None:
            part = read()
            self._entries.put(key, part, part.nbytes)
        return part

    def contains(self, path: str | os.PathLike[str]) -> bool:
        """Return whether a valid picture is in memory, without counting it as a request or as used."""
        key = os.fspath(path)
        entry: tuple[_Stamp, DecodedImage] | None = self._entries.peek(key)
        return entry is not None and entry[0] == _stamp(key)

    def touch(self, path: str | os.PathLike[str]) -> bool:
        """Make a picture the most recently used, without counting a request; returns whether it is in memory."""
        return self._lookup(os.fspath(path)) is not None

    def invalidate(self, path: str | os.PathLike[str]) -> None:
        """Forget one picture."""
        self._entries.discard(os.fspath(path))

    def clear(self) -> None:
        """Forget all pictures; the counters stay."""
        self._entries.clear()

    def resize(self, capacity_bytes: int) -> None:
        """Change the budget; what no longer fits goes at once, and so does what was reduced to fit another budget."""
        before = self.limits
        self._entries.resize(capacity_bytes)
        if self.limits != before:
            for key in self._paths():
                entry = self._entries.peek(key)
                if entry is not None and not entry[1].is_full_size:
                    self._entries.discard(key)

    def stats(self) -> CacheStats:
        """Return the counters and the fill."""
        entries = self._entries
        return CacheStats(
            hits=self._hits,
            misses=self._misses,
            evictions=entries.evictions,
            count=len(self._paths()),
            used_bytes=entries.used_bytes,
            capacity_bytes=entries.capacity_bytes,
        )

    def _paths(self) -> list[str]:
        return [key for key in self._entries.keys_by_age() if isinstance(key, str)]

    def _lookup(self, key: str) -> DecodedImage | None:
        entry: tuple[_Stamp, DecodedImage] | None = self._entries.get(key)
        if entry is None:
            return None
        if entry[0] == _stamp(key):
            return entry[1]
        self._entries.discard(key)
        return None

    def _decode_for_all(self, key: str, running: Future[DecodedImage], cancel: CancelToken | None) -> None:
        try:
            # Stamped before reading: a file that changes meanwhile is then read again next time.
            stamp = _stamp(key)
            with METRICS.timed("image.decode"):
                check = cancel.raise_if_cancelled if cancel is not None else None
                image = decode(key, pixel_format=PixelFormat.BGRA, limits=self.limits, check=check)
            if stamp is not None:
                self._entries.put(key, (stamp, image), image.size_bytes)
        except BaseException as error:  # noqa: BLE001 - raised again by result(), here and for all who wait
            self._finish(key)
            running.set_exception(error)
        else:
            self._finish(key)
            running.set_result(image)

    def _finish(self, key: str) -> None:
        with self._lock:
            del self._running[key]

    def _count(self, hit: bool) -> None:
        with self._lock:
            if hit:
                self._hits += 1
            else:
                self._misses += 1
            now = time.monotonic()
            if now < self._next_log_time:
                return
            self._next_log_time = now + _LOG_INTERVAL_S
        stats = self.stats()
        logger.info(
            "Image cache: %d hits, %d misses (%.0f %%), %d pictures, %.0f of %.0f MB, %d evictions",
            stats.hits,
            stats.misses,
            100 * stats.hit_rate,
            stats.count,
            stats.used_bytes / 2**20,
            stats.capacity_bytes / 2**20,
            stats.evictions,
        )


def _stamp(key: str) -> _Stamp | None:
    try:
        status = os.stat(key)  # noqa: PTH116 - called per request; a Path would double the time
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
