"""The stages of the pipeline for one run: who decodes, how the network is fed, who finishes."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from anylabeling.codecs import DecodedImage, PixelFormat, decode
from anylabeling.services.auto_labeling.batch_choice import BatchChoice
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.detections import Candidates
from anylabeling.services.auto_labeling.picture_slots import PictureSlots
from anylabeling.services.auto_labeling.pipeline_processes import (
    SKIPPED,
    Skipped,
    call_each,
    finishing_pool,
    preparing_pool,
)
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.metrics import METRICS
from anylabeling.utils.parallel import Stage
from anylabeling.utils.processes import ProcessPool, processes_available
from anylabeling.utils.processors import available_cpus

_logger = logging.getLogger(__name__)

T = TypeVar("T")

_HANDFUL = 8
"""Images that go to a process in one message: what it costs here is paid for each message."""
_FEWEST_IMAGES = 400
"""With fewer images the processes would have begun when the run is over."""
_FEWEST_CORES = 4
_FEWEST_BATCHES = 4
"""A run of fewer batches is over before their size pays."""
_SHARE_OF_WRITERS = 0.36


@dataclass(frozen=True, slots=True)
class PipelineSettings:
    """How the work is spread.

    Attributes:
        decode_threads: Threads that read and decode; 0 takes as many as the process has cores, at most 8.
        write_threads: Threads that write results.
        batch_size: The images in one call of the network that a run starts with, where a batch pays.
        max_batch_size: The most images in one call, when more are found to pay; below ``batch_size`` it counts for
            nothing.
        processes: Other processes for what Python does with each picture: None starts them where a GPU is fast enough
            to wait for Python, 0 never.
    """

    decode_threads: int = 0
    write_threads: int = 4
    batch_size: int = 4
    max_batch_size: int = 16
    processes: int | None = None

    @property
    def effective_decode_threads(self) -> int:
        """The number of decode threads that is used."""
        return self.decode_threads or min(8, available_cpus())


@dataclass(frozen=True, slots=True)
class ImageWork(Generic[T]):
    """What a run does with each image; all functions are called on worker threads, several at once.

    Attributes:
        finish: From path and candidates to the image's result.
        admit: Says before decoding whether an image is wanted at all.
        floor: The score above which candidates are kept.
        threads: Threads for ``finish``.
        remote: The same work in a form that can be pickled, where other processes may do it.
        stays: Says which images must be finished in this process all the same.
        on_remote: Called on a worker thread with path and result of each image that another process has finished.
    """

    finish: Callable[[str, Candidates], T | Skipped]
    admit: Callable[[str], bool] | None = None
    floor: float = 0.05
    threads: int = 1
    remote: ImageWork[T] | None = None
    stays: Callable[[str], bool] | None = None
    on_remote: Callable[[str, T | Skipped], object] | None = None


class _Ready(NamedTuple):
    """An image between two stages: prepared, and later with the network's output."""

    path: str
    prepared: Any
    output: Any = None
    slot: int | None = None


class RunStages:
    """The stages of one run and what they need; closed at its end."""

    def __init__(
        self, model: DetectionModel, work: ImageWork[Any], cancel: CancelToken, settings: PipelineSettings, images: int
    ) -> None:
        self._model = model
        self._work = work
        self._cancel = cancel
        start, most = (
            model.batch_for(settings.batch_size),
            model.batch_for(max(settings.batch_size, settings.max_batch_size)),
        )
        if images < _FEWEST_BATCHES * most and model.spec is not None and model.spec.batch is None:
            # One picture in a call is what the model has been warmed up with.
            start = most = 1
        choice = model.info.choice
        self._batch = BatchChoice(start, most, key=(model.info.path, choice.backend, choice.device))
        self._most = most
        self._decoders = settings.effective_decode_threads
        self._finishers = work.threads
        self._slots: PictureSlots | None = None
        self._preparing: ProcessPool | None = None
        self._finishing: ProcessPool | None = None
        self.queue_size = max(4, 2 * self._most)
        processes = _process_count(model, settings, images)
        if processes:
            self._start_processes(processes)
        # What decodes may be ended at once; what writes may not.
        self._withdraw = cancel.on_cancel(self._kill_preparing)

    def stages(self) -> list[Stage]:
        """Return the stages: decode, infer, finish."""
        many = 1 if self._preparing is None else _HANDFUL
        finish_many = 1 if self._finishing is None else 2 * _HANDFUL
        most = self._most
        return [
            Stage(
                "decode", self._prepare if many == 1 else self._prepare_list, workers=self._decoders, batch_size=many
            ),
            Stage(
                "infer",
                self._infer if most > 1 else lambda item: self._infer([item])[0],
                # While one call computes and one copies, the next batch is put together.
                workers=self._model.concurrency + (most > 1),
                batch_size=most,
                limit=self._fill_to if most > 1 else None,
            ),
            Stage(
                "finish",
                self._finish if finish_many == 1 else self._finish_list,
                workers=self._finishers,
                batch_size=finish_many,
            ),
        ]

    def close(self) -> None:
        """End the processes; the stages have ended before."""
        self._withdraw()
        for pool in (self._preparing, self._finishing):
            if pool is not None:
                pool.close()
        if self._slots is not None:
            self._slots.close()

    def _kill_preparing(self) -> None:
        if self._preparing is not None:
            self._preparing.kill()

    def _start_processes(self, processes: int) -> None:
        steps = self._model.byte_steps
        remote = self._work.remote
        if steps is None or (self._work.admit is not None and remote is None):
            return
        writers = max(1, round(processes * _SHARE_OF_WRITERS)) if remote is not None and steps.has_small_outputs else 0
        self._decoders = max(1, processes - writers)
        in_hands = self._decoders * _HANDFUL
        self.queue_size = max(self.queue_size, 2 * in_hands)
        count = in_hands + self.queue_size + (self._model.concurrency + 2) * self._most
        try:
            self._slots = PictureSlots(count, steps.bytes_shape)
        except OSError as error:
            _logger.info("No memory to share with other processes: %s", error)
            return
        self._preparing = preparing_pool(steps, self._slots, remote.admit if remote else None, self._decoders)
        if writers and remote is not None:
            self._finishers = writers
            self._finishing = finishing_pool(steps, remote.finish, self._work.floor, writers)
        _logger.info("processes: %d decode, %d finish", self._decoders, writers)

    def _prepare(self, path: str) -> _Ready | Skipped:
        if self._work.admit is not None and not self._work.admit(path):
            return SKIPPED
        image = decode_for(self._model, path)
        full_size = (image.full_width, image.full_height)
        return _Ready(path, self._model.prepare(image.pixels, pixel_format=PixelFormat.RGB, full_size=full_size))

    def _prepare_list(self, paths: Sequence[str]) -> list[Any]:
        assert self._slots is not None
        assert self._preparing is not None
        steps = self._model.byte_steps
        assert steps is not None
        slots = self._slots.take(len(paths))
        if slots is None:
            return call_each(self._prepare, paths)
        answers = self._preparing.ask(list(zip(paths, slots, strict=True)))
        if answers is None:
            self._slots.give(slots)
            self._cancel.raise_if_cancelled()
            return call_each(self._prepare, paths)
        results: list[Any] = []
        unused: list[int] = []
        for path, slot, answer in zip(paths, slots, answers, strict=True):
            if isinstance(answer, Skipped | Exception):
                unused.append(slot)
                results.append(answer)
            else:
                results.append(_Ready(path, steps.prepared(self._slots.pixels, slot, answer), slot=slot))
        self._slots.give(unused)
        return results

    def _infer(self, items: Sequence[_Ready | Skipped]) -> list[_Ready | Skipped]:
        ready = [item for item in items if isinstance(item, _Ready)]
        if not ready:
            return list(items)
        start = time.perf_counter()
        try:
            found = self._model.infer([item.prepared for item in ready], cancel=self._cancel, fill_to=self._fill_to())
        finally:
            if self._slots is not None:
                self._slots.give([item.slot for item in ready if item.slot is not None])
        self._batch.note_call(len(ready), time.perf_counter() - start)
        METRICS.count("pipeline.images_inferred", len(ready))
        METRICS.count("pipeline.calls")
        outputs = iter(found)
        return [item._replace(output=next(outputs)) if isinstance(item, _Ready) else item for item in items]

    def _fill_to(self) -> int:
        # Less than was chosen once memory has run out.
        return self._model.batch_for(self._batch.size)

    def _finish(self, item: _Ready | Skipped) -> Any:
        if isinstance(item, Skipped):
            return item
        candidates = self._model.finish(item.prepared, item.output, floor=self._work.floor)
        return self._work.finish(item.path, candidates)

    def _finish_list(self, items: Sequence[_Ready | Skipped]) -> list[Any]:
        assert self._finishing is not None
        stays = self._work.stays
        sent = [item for item in items if isinstance(item, _Ready) and not (stays is not None and stays(item.path))]
        answers = self._finishing.ask([self._message(item) for item in sent]) if sent else None
        if answers is None:
            return call_each(self._finish, items)
        by_path = {id(item): answer for item, answer in zip(sent, answers, strict=True)}
        results: list[Any] = []
        for item in items:
            if id(item) in by_path:
                results.append(by_path[id(item)])
                if self._work.on_remote is not None and not isinstance(results[-1], Exception):
                    self._work.on_remote(item.path, results[-1])  # type: ignore[union-attr]
            else:
                results.extend(call_each(self._finish, [item]))
        return results

    def _message(self, item: _Ready) -> tuple[str, Any, Any]:
        steps = self._model.byte_steps
        assert steps is not None
        return item.path, item.prepared.box, steps.condense(item.output, self._work.floor)


def decode_for(model: DetectionModel, path: str) -> DecodedImage:
    """Decode an image no larger than the model can make use of.

    Raises:
        ImageError: When it cannot be read.
    """
    return decode(path, pixel_format=PixelFormat.RGB, min_side_px=model.min_side_px)


def _process_count(model: DetectionModel, settings: PipelineSettings, images: int) -> int:
    """Return how many processes a run starts."""
    if model.byte_steps is None or not processes_available():
        return 0
    if settings.processes is not None:
        return settings.processes
    cores = available_cpus()
    if images < _FEWEST_IMAGES or cores < _FEWEST_CORES or os.environ.get("ANYLABELING_PROCESSES") == "0":
        return 0
    # What stays is for this process and for what feeds the GPU.
    return cores - 2
