"""Decode the pictures that are likely wanted next."""

from __future__ import annotations

import logging
import os
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from anylabeling.codecs import DecodeLimits, PixelFormat, probe
from anylabeling.codecs.buffers import PIXEL_BUFFERS
from anylabeling.errors import ImageError
from anylabeling.services.imaging.image_cache import ImageCache
from anylabeling.utils.cancellation import Cancelled, CancelToken
from anylabeling.utils.events import Event
from anylabeling.utils.metrics import METRICS
from anylabeling.utils.parallel import WorkerPool

logger = logging.getLogger(__name__)

_MOST_WORKERS = 16
_QUEUE = "queue.preload"


class Preloader:
    """Fill an ImageCache around the current picture, nearest first.

    Args:
        cache: Where the pictures go.
        workers: Pictures decoded at the same time; ``resize`` changes it.

    Attributes:
        image_loaded: Emitted with the path of a picture that is now in the cache, on a worker thread.
        focus_done: Emitted on a worker thread when nothing is left to do for the latest focus; not when a newer focus
            took its place.
    """

    def __init__(self, cache: ImageCache, workers: int = 1) -> None:
        self.image_loaded: Event[[str]] = Event()
        self.focus_done: Event[[]] = Event()
        self._cache = cache
        self._workers = _worker_count(workers)
        self._pool = WorkerPool(_MOST_WORKERS, "preload")
        self._lock = threading.Lock()
        self._job = _Job()
        self._stopped = False
        self._ending = CancelToken()

    @property
    def workers(self) -> int:
        """Pictures decoded at the same time."""
        return self._workers

    @property
    def waiting(self) -> int:
        """Pictures that are wanted and not begun."""
        return len(self._job.waiting)

    def resize(self, workers: int) -> None:
        """Decode so many pictures at the same time from the next focus on."""
        self._workers = _worker_count(workers)

    def focus(self, paths: Sequence[str | os.PathLike[str]], index: int, count: int, *, behind: int = 1) -> None:
        """Make ``paths[index]`` the current picture; what was wanted before and has not begun is dropped.

        Nearest first, ahead before behind, until the next picture would push out a nearer one. Returns at once, and
        looks at the paths near ``index`` only, so the list may be long. After stop this does nothing.

        Args:
            paths: All pictures in the order of stepping.
            index: The current one, which is being loaded by whoever shows it.
            count: How many ahead.
            behind: How many behind.
        """
        near = [os.fspath(paths[position]) for position in _nearest_first(len(paths), index, count, behind)]
        job = _Job(os.fspath(paths[index]) if near else "", near)
        with self._lock:
            if self._stopped:
                return
            self._job = job
            if near and self._cache.capacity_bytes:
                self._pool.submit(self._plan, job)

    def cancel(self) -> None:
        """Want nothing any more; a decode that is running is finished and kept."""
        with self._lock:
            self._job = _Job()
        METRICS.set_gauge(_QUEUE, 0)

    def stop(self) -> None:
        """Want nothing any more and end the threads; a decode that runs is waited for, of very large pictures ended."""
        self._ending.cancel()
        with self._lock:
            self._stopped = True
            self._job = _Job()
        self._pool.close()

    def _plan(self, job: _Job) -> None:
        """Choose what fits beside the current picture and start decoding it."""
        limits = self._cache.limits
        left_bytes = self._cache.capacity_bytes - _size_bytes(job.current, limits)
        chosen: list[str] = []
        for path in job.near:
            if job is not self._job:
                return
            size_bytes = _size_bytes(path, limits)
            if size_bytes > left_bytes:
                break
            left_bytes -= size_bytes
            chosen.append(path)
        # The nearest must be the last to go: used now, from far to near.
        for path in (*reversed(chosen), job.current):
            self._cache.touch(path)
        job.waiting.extend(path for path in chosen if not self._cache.contains(path))
        job.active = min(self._workers, len(job.waiting))
        if job.active == 0:
            self._finish(job)
        for _ in range(job.active):
            self._pool.submit(self._decode_waiting, job)

    def _decode_waiting(self, job: _Job) -> None:
        while (path := self._next(job)) is not None:
            self._decode_one(path)
        with self._lock:
            job.active -= 1
            is_last = job.active == 0
        if is_last:
            self._finish(job)

    def _decode_one(self, path: str) -> None:
        try:
            self._cache.load(path, count=False, cancel=self._ending)
            logger.info("Pre-loaded image %s", path)
            self.image_loaded.emit(path)
        except Cancelled:
            logger.debug("Not pre-loaded, since the program ends: %s", path)
        except ImageError as error:
            # Whoever steps there is told.
            logger.debug("Not pre-loaded: %s", error)
        except Exception:
            logger.exception("Pre-loading %s failed", path)

    def _next(self, job: _Job) -> str | None:
        with self._lock:
            if job is not self._job:
                return None
            path = job.waiting.popleft() if job.waiting else None
            METRICS.set_gauge(_QUEUE, len(job.waiting))
        return path

    def _finish(self, job: _Job) -> None:
        if job is self._job and job.current:
            # A jump to a picture that is not here finds memory for it: most pictures of a folder have one size. Of one
            # that fills the cache by itself, a second one would be beyond what the person has set.
            size_bytes = _size_bytes(job.current, self._cache.limits)
            if 2 * size_bytes <= self._cache.capacity_bytes:
                PIXEL_BUFFERS.prepare(size_bytes)
        if job is self._job:
            self.focus_done.emit()


@dataclass(eq=False, slots=True)
class _Job:
    """What one focus asks for: the current picture, its neighbours, those yet to decode, threads at it."""

    current: str = ""
    near: list[str] = field(default_factory=list)
    waiting: deque[str] = field(default_factory=deque)
    active: int = 0


def _worker_count(wanted: int) -> int:
    return min(max(1, wanted), _MOST_WORKERS)


def _nearest_first(length: int, index: int, ahead: int, behind: int) -> list[int]:
    positions: list[int] = []
    for distance in range(1, max(ahead, behind) + 1):
        if distance <= ahead:
            positions.append(index + distance)
        if distance <= behind:
            positions.append(index - distance)
    return [position for position in positions if 0 <= position < length]


def _size_bytes(path: str, limits: DecodeLimits) -> int:
    try:
        header = probe(path)
    except ImageError:
        return 0  # decoding will say why; it takes no space
    factor = limits.reduction(header.width, header.height)
    return -(-header.width // factor) * -(-header.height // factor) * PixelFormat.BGRA.channels
