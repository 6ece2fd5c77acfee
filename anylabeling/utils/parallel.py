"""Work on many items with threads: the only place below Qt where threads are made.

Python threads serve well here: decoding, encoding, inference and file access release the interpreter lock.
"""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from concurrent.futures import Future
from types import TracebackType
from typing import Any, Generic, ParamSpec, TypeVar

from anylabeling import accel
from anylabeling.codecs import PixelFormat, UInt8Array, decode
from anylabeling.utils.cancellation import Cancelled, CancelToken
from anylabeling.utils.channels import Aborted, Channel, IteratorSupply, Supply
from anylabeling.utils.frames import fit_into, fitted_side_px
from anylabeling.utils.metrics import METRICS
from anylabeling.utils.progress_reporter import ProgressCallback, ProgressReporter
from anylabeling.utils.stages import LARGEST_HANDFUL, ItemError, Outcome, Stage, apply_stage, next_handful

__all__ = [
    "BatchProcessor",
    "ItemError",
    "Outcome",
    "ParallelImageLoader",
    "ProgressCallback",
    "Stage",
    "WorkerPool",
    "default_worker_count",
    "iter_stages",
    "run_stages",
]

P = ParamSpec("P")
ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")
SelfT = TypeVar("SelfT", bound="_Closable")

_POLL_S = 0.05
_REPORT_EVERY_S = 0.1
_PAUSE_S = 0.003
_DRAIN = 64


def default_worker_count() -> int:
    """Return how many threads to use where nothing is set: the cores, at most 8."""
    return min(8, os.cpu_count() or 1)


def iter_stages(
    source: Iterable[ItemT],
    stages: Sequence[Stage],
    *,
    queue_size: int = 8,
    cancel: CancelToken | None = None,
) -> Iterator[Outcome[ItemT]]:
    """Send items through stages on threads of their own and yield what becomes of each.

    The source is read one item at a time, as the first stage has room; each stage holds at most ``queue_size`` finished
    items, so a source without end needs no more memory than a short one. An item that fails passes the other stages by
    and comes out with its error. When the loop over this iterator is left, all threads are stopped and joined; a call
    that is running is waited for.

    Args:
        source: The items; iterated on the threads of the first stage, one at a time.
        stages: At least one.
        queue_size: Finished items that may wait behind each stage.
        cancel: Stops everything within 0.1 s, beyond the calls that are running; while it is paused no call begins.

    Raises:
        Cancelled: When ``cancel`` was used.
        Exception: What the source raised, after all items before that are out.
    """
    tokens = () if cancel is None else (cancel,)
    run: _Run[ItemT] = _Run(source, stages, queue_size, tokens)
    try:
        yield from run.outcomes()
    finally:
        run.stop()


def run_stages(
    source: Iterable[ItemT],
    stages: Sequence[Stage],
    sink: Callable[[Outcome[ItemT]], object],
    *,
    queue_size: int = 8,
    cancel: CancelToken | None = None,
) -> int:
    """Like iter_stages, calling ``sink`` on this thread for each outcome.

    An exception from the sink stops everything and is raised here. Slow work, such as writing files, belongs into a
    last stage with several workers rather than into the sink.

    Returns:
        How many items there were.
    """
    count = 0
    for outcome in iter_stages(source, stages, queue_size=queue_size, cancel=cancel):
        sink(outcome)
        count += 1
    return count


class _Closable:
    """Common part of the loaders: a with statement that stops whatever still runs when it is left."""

    def __init__(self) -> None:
        self._closed = CancelToken()

    def __enter__(self: SelfT) -> SelfT:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop what is running on another thread; further calls raise Cancelled."""
        self._closed.cancel()


class BatchProcessor(_Closable, Generic[ItemT, ResultT]):
    """Apply one function to many items on several threads.

    Args:
        process_func: Called with one item; must be safe to call on several threads at once.
        max_workers: Number of threads; default_worker_count() where it is None.
    """

    def __init__(self, process_func: Callable[[ItemT], ResultT], max_workers: int | None = None) -> None:
        super().__init__()
        self._function = process_func
        self._workers = max_workers or default_worker_count()

    def process_items(
        self,
        items: Iterable[ItemT],
        progress_callback: ProgressCallback | None = None,
        *,
        cancel: CancelToken | None = None,
    ) -> list[ResultT | ItemError]:
        """Process all items and return the results in the order of the items.

        Args:
            items: Read lazily.
            progress_callback: Called on this thread with (done, total or None), at most 10 times a second and once at
                the end. What it raises stops the work and is raised here.
            cancel: Stops the work.

        Returns:
            One entry per item; an ItemError for one that failed.

        Raises:
            Cancelled: When ``cancel`` or ``close`` was used.
        """
        total = len(items) if isinstance(items, Sized) else None
        progress = ProgressReporter(progress_callback, total)
        results: dict[int, ResultT | ItemError] = {}
        for outcome in self._run(items, cancel, ordered=False):
            results[outcome.index] = _result(outcome)
            progress.update(len(results))
        progress.finish(len(results))
        return [results[index] for index in range(len(results))]

    def iter_items(self, items: Iterable[ItemT], *, cancel: CancelToken | None = None) -> Iterator[ResultT | ItemError]:
        """Yield the results in the order of the items; the items are read only a little ahead of the reader."""
        for outcome in self._run(items, cancel, ordered=True):
            yield _result(outcome)

    def _run(self, items: Iterable[ItemT], cancel: CancelToken | None, *, ordered: bool) -> Iterator[Outcome[ItemT]]:
        tokens = (self._closed,) if cancel is None else (self._closed, cancel)
        stage = Stage("batch", self._function, workers=self._workers, ordered=ordered)
        run = _Run(items, [stage], max(4 * self._workers, LARGEST_HANDFUL), tokens)
        try:
            yield from run.outcomes()
        finally:
            run.stop()


class ParallelImageLoader(BatchProcessor["str | os.PathLike[str]", UInt8Array]):
    """Decode many pictures on several threads.

    Args:
        max_workers: Number of threads; default_worker_count() where it is None.
        pixel_format: Order of the channels.
        min_side_px: Allows smaller pictures, see codecs.decode.
    """

    def __init__(
        self,
        max_workers: int | None = None,
        *,
        pixel_format: PixelFormat = PixelFormat.RGB,
        min_side_px: int | None = None,
    ) -> None:
        def load(path: str | os.PathLike[str]) -> UInt8Array:
            return decode(path, pixel_format=pixel_format, min_side_px=min_side_px).pixels

        super().__init__(load, max_workers)

    def load_images(
        self,
        paths: Iterable[str | os.PathLike[str]],
        progress_callback: ProgressCallback | None = None,
        *,
        cancel: CancelToken | None = None,
    ) -> list[UInt8Array | ItemError]:
        """Return the pictures in the order of the paths; see BatchProcessor.process_items.

        Each is uint8 (height, width, 3), RGB, turned as EXIF says and read-only; an ItemError where it failed.
        """
        return self.process_items(paths, progress_callback, cancel=cancel)

    def iter_images(
        self, paths: Iterable[str | os.PathLike[str]], *, cancel: CancelToken | None = None
    ) -> Iterator[UInt8Array | ItemError]:
        """Yield the pictures in the order of the paths, decoding a little ahead of the reader."""
        return self.iter_items(paths, cancel=cancel)

    def load_frames(
        self,
        paths: Sequence[str | os.PathLike[str]],
        frames: UInt8Array,
        *,
        pad: int = 114,
        map_files: bool = False,
        cancel: CancelToken | None = None,
    ) -> list[tuple[int, int] | ItemError]:
        """Load pictures into frames of one size that exist already: whole, centred, resized bilinearly, turned by EXIF.

        With the Rust module JPEG and PNG are read, decoded (scaled where that suffices) and resized by its threads,
        without the interpreter's lock; its pixels differ from those of the way without it by rounding, by 2 at most.

        Args:
            paths: The files.
            frames: uint8 (number of paths, height, width, 3) RGB, contiguous, written over; undefined where a picture
                failed.
            pad: Value of the frame beside a picture.
            map_files: Map files into memory instead of reading them, where Rust loads them. For files that nobody
                changes: one that is cut while it is mapped ends the program.
            cancel: Stops the work.

        Returns:
            For each path (width, height) of the whole picture in pixels; an ItemError where it failed.

        Raises:
            ValueError: When the frames do not fit the paths.
            Cancelled: When ``cancel`` or ``close`` was used.
        """
        if frames.dtype != "uint8" or frames.ndim != 4 or len(frames) != len(paths) or frames.shape[3] != 3:
            raise ValueError(f"frames must be uint8 ({len(paths)}, height, width, 3), got {frames.shape}")
        stop = CancelToken()
        withdraw = [token.on_cancel(stop.cancel) for token in (self._closed, cancel) if token is not None]
        try:
            stop.raise_if_cancelled()
            found = accel.load_frames(
                [os.fspath(path) for path in paths],
                frames,
                pad=pad,
                threads=self._workers,
                map_files=map_files,
                on_cancel=stop.on_cancel,
            )
            stop.raise_if_cancelled()
            left = [index for index, size in enumerate(found) if size is None]
            sizes: list[tuple[int, int] | ItemError] = [size or (0, 0) for size in found]
            for index, size in zip(left, self._load_other_frames(left, paths, frames, pad, stop), strict=True):
                sizes[index] = size
        finally:
            for each in withdraw:
                each()
        return sizes

    def _load_other_frames(
        self,
        indices: Sequence[int],
        paths: Sequence[str | os.PathLike[str]],
        frames: UInt8Array,
        pad: int,
        cancel: CancelToken,
    ) -> Iterator[tuple[int, int] | ItemError]:
        def load(index: int) -> tuple[int, int]:
            frame = frames[index]
            image = decode(paths[index], pixel_format=PixelFormat.RGB, min_side_px=fitted_side_px(frame))
            fit_into(frame, image.pixels, image.full_width, image.full_height, pad)
            return image.full_width, image.full_height

        with BatchProcessor(load, self._workers) as rest:
            for index, result in zip(indices, rest.iter_items(indices, cancel=cancel), strict=True):
                if isinstance(result, ItemError):
                    result.item = paths[index]
                yield result


class WorkerPool(_Closable):
    """A few daemon threads that run what is submitted, first come first served.

    Args:
        workers: Most threads; each starts when it is first needed.
        name: Part of the threads' names.
        idle_s: A thread without work ends after so many seconds, and another one starts when there is work again; None
            lets them wait until ``close``.
    """

    def __init__(self, workers: int, name: str, *, idle_s: float | None = None) -> None:
        super().__init__()
        self._workers = max(1, workers)
        self._name = name
        self._idle_s = idle_s
        self._tasks: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._pending: set[Future[Any]] = set()

    def submit(self, function: Callable[P, ResultT], *args: P.args, **kwargs: P.kwargs) -> Future[ResultT]:
        """Run a function on one of the threads.

        Raises:
            Cancelled: When the pool is closed.
        """
        future: Future[ResultT] = Future()

        def task() -> None:
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(function(*args, **kwargs))
                except BaseException as error:  # noqa: BLE001 - belongs to whoever asks the future
                    future.set_exception(error)

        with self._lock:
            self._closed.raise_if_cancelled()
            self._pending.add(future)
            if len(self._threads) < min(self._workers, len(self._pending)):
                self._threads.append(_start_thread(self._work, f"{self._name}-{len(self._threads)}"))
        future.add_done_callback(self._forget)
        self._tasks.put(task)
        return future

    def close(self) -> None:
        """Cancel what has not begun, wait for what has, and end the threads."""
        with self._lock:
            super().close()
            pending, threads = list(self._pending), list(self._threads)
        for future in pending:
            future.cancel()
        for _thread in threads:
            self._tasks.put(None)
        for thread in threads:
            if thread is not threading.current_thread():
                thread.join()

    def _work(self) -> None:
        while True:
            try:
                task = self._tasks.get(timeout=self._idle_s)
            except queue.Empty:
                with self._lock:
                    if self._pending:
                        continue
                    self._threads.remove(threading.current_thread())
                    return
            if task is None:
                return
            task()
            del task  # it holds whatever it worked on, for as long as this thread waits

    def _forget(self, future: Future[Any]) -> None:
        with self._lock:
            self._pending.discard(future)


class _Run(Generic[ItemT]):
    """Threads and channels of one pass over a source."""

    def __init__(
        self, source: Iterable[ItemT], stages: Sequence[Stage], queue_size: int, cancels: tuple[CancelToken, ...]
    ) -> None:
        if not stages:
            raise ValueError("At least one stage is needed.")
        self._supply = IteratorSupply(Outcome(index, item, item) for index, item in enumerate(source))
        self._stages = stages
        self._cancels = cancels
        self._fatal: BaseException | None = None
        self._is_over = False
        self._threads: list[threading.Thread] = []
        self._channels: list[Channel[Outcome[ItemT]]] = [
            Channel(each.name, capacity=each.queue_size or queue_size, producers=each.workers, ordered=each.ordered)
            for each in stages
        ]

    def outcomes(self) -> Iterator[Outcome[ItemT]]:
        self._raise_if_cancelled()
        self._start()
        last = self._channels[-1]
        next_report = last_s = 0.0
        pauses = True
        while True:
            if time.monotonic() - last_s < _PAUSE_S and pauses:
                # Waking this thread for each of a thousand items a second would take the lock from those who work.
                time.sleep(_PAUSE_S)
            try:
                batch = last.get_within(_DRAIN, _POLL_S)
            except Aborted:
                break
            last_s = time.monotonic()
            self._raise_if_cancelled()
            if (now := time.monotonic()) >= next_report:
                next_report = now + _REPORT_EVERY_S
                self._report_queues()
            if batch is None:
                continue
            if not batch:
                break
            # Where they filled the queue meanwhile, they waited for this thread.
            pauses = len(batch) < last.capacity // 2
            for outcome in batch:
                yield outcome
                self._raise_if_cancelled()
        error = self._fatal or self._supply.error
        if error is not None:
            raise error

    def stop(self) -> None:
        self._is_over = True
        self._supply.stop()
        for channel in self._channels:
            channel.abort()
        for thread in self._threads:
            thread.join()
        self._report_queues()

    def _start(self) -> None:
        supply: Supply[Outcome[ItemT]] = self._supply
        for stage, channel in zip(self._stages, self._channels, strict=True):
            for number in range(stage.workers):
                name = f"{stage.name}-{number}"
                self._threads.append(_start_thread(self._work, name, stage, supply, channel))
            supply = channel

    def _work(self, stage: Stage, supply: Supply[Outcome[ItemT]], channel: Channel[Outcome[ItemT]]) -> None:
        handful = stage.batch_size
        timing = f"stage.{stage.name}"
        try:
            while not self._is_cancelled():
                self._rest()
                if stage.limit is not None:
                    handful = max(1, min(stage.batch_size, stage.limit()))
                first, batch = supply.get(handful)
                if not batch:
                    break
                start = time.perf_counter()
                outcomes = list(apply_stage(stage, batch))
                elapsed_s = time.perf_counter() - start
                channel.put_all(first, outcomes)
                METRICS.observe_ms(timing, elapsed_s * 1e3)
                if stage.batch_size == 1:
                    handful = next_handful(handful, elapsed_s)
        except Aborted:
            pass
        except BaseException as error:  # noqa: BLE001 - raised on the thread that reads the outcomes
            self._fatal = error
            for each in self._channels:
                each.abort()
        finally:
            channel.producer_done()

    def _rest(self) -> None:
        for token in self._cancels:
            while token.paused and not (token.wait_while_paused(_POLL_S) or self._is_over or self._is_cancelled()):
                pass

    def _is_cancelled(self) -> bool:
        return any(token.cancelled for token in self._cancels)

    def _raise_if_cancelled(self) -> None:
        if self._is_cancelled():
            raise Cancelled

    def _report_queues(self) -> None:
        for channel in self._channels:
            METRICS.set_gauge(f"queue.{channel.name}", len(channel))


def _result(outcome: Outcome[Any]) -> Any:
    return outcome.value if outcome.error is None else ItemError(outcome.item, outcome.error, outcome.stage)


def _start_thread(target: Callable[..., None], name: str, *arguments: Any) -> threading.Thread:
    thread = threading.Thread(target=target, name=f"anylabeling-{name}", args=arguments, daemon=True)
    thread.start()
    return thread
