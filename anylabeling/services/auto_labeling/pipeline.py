"""The one loop over many images: decode ahead, prepare, run in batches, read the boxes, hand over, in order.

Decoding, the network and what is done with the results run on threads of their own with short queues between them, so
memory does not grow with the number of images. An image that fails is reported and passed over.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from anylabeling.codecs import DecodedImage, PixelFormat, decode
from anylabeling.errors import AppError
from anylabeling.messages.auto_labeling import DetectOptions
from anylabeling.messages.progress import ItemFailure, Progress
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.detections import Candidates, Detections, floor_for
from anylabeling.services.auto_labeling.progress_meter import ProgressMeter
from anylabeling.services.auto_labeling.runtime_info import available_cpus
from anylabeling.utils.cancellation import Cancelled, CancelToken
from anylabeling.utils.metrics import METRICS
from anylabeling.utils.parallel import Outcome, Stage, iter_stages

_logger = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PipelineSettings:
    """How the work is spread.

    Attributes:
        decode_threads: Threads that read and decode; 0 takes as many as the process has cores, at most 8.
        write_threads: Threads that write results.
        batch_size: The most images in one call of the network, where a batch pays.
    """

    decode_threads: int = 0
    write_threads: int = 4
    batch_size: int = 4

    @property
    def effective_decode_threads(self) -> int:
        """The number of decode threads that is used."""
        return self.decode_threads or min(8, available_cpus())


@dataclass(frozen=True, slots=True, eq=False)
class ImageResult:
    """What a detector found in one image of a run.

    Attributes:
        index: Place of the image in the list.
        path: The image.
        candidates: Every box above a low score.
        detections: Those that the run's options select.
    """

    index: int
    path: str
    candidates: Candidates
    detections: Detections


@dataclass(frozen=True, slots=True)
class DetectSummary:
    """What came of a run.

    Attributes:
        done: Images that went through, failed ones included.
        failed: Those that failed, in order.
        cancelled: Whether it was stopped before the end.
        seconds: Wall time.
    """

    done: int
    failed: tuple[ItemFailure, ...]
    cancelled: bool
    seconds: float


class Skipped:
    """Takes the place of an image's result when there was nothing to do for it."""


SKIPPED = Skipped()


@dataclass(frozen=True, slots=True)
class ImageWork(Generic[T]):
    """What a run does with each image; all functions are called on worker threads, several at once.

    Attributes:
        finish: From path and candidates to the image's result.
        admit: Says before decoding whether an image is wanted at all.
        floor: The score above which candidates are kept.
        threads: Threads for ``finish``.
    """

    finish: Callable[[str, Candidates], T | Skipped]
    admit: Callable[[str], bool] | None = None
    floor: float = 0.05
    threads: int = 1


class _Ready(NamedTuple):
    """An image between two stages: prepared, and later with the network's output."""

    path: str
    prepared: Any
    output: Any = None


def detect_many(
    model: DetectionModel,
    paths: Sequence[str],
    *,
    options: DetectOptions | None = None,
    cancel: CancelToken | None = None,
    on_result: Callable[[ImageResult], object] | None = None,
    on_failure: Callable[[ItemFailure], object] | None = None,
    on_progress: Callable[[Progress], object] | None = None,
    settings: PipelineSettings | None = None,
) -> DetectSummary:
    """Run a detector over many images.

    The callbacks are called on the calling thread, in the order of the images; it waits until all is done.

    Args:
        model: Kept loaded until the run ends.
        paths: The images.
        options: Which detections count; the model's defaults when None.
        cancel: Stops the run within 0.2 s.
        on_result: Called with each image's result.
        on_failure: Called with each image that failed.
        on_progress: Called up to ten times a second and at the end.
        settings: Threads and batch.

    Returns:
        A summary; cancelling is a way to end, not an error.
    """
    chosen = options or model.default_options
    names = model.class_names

    def finish(_path: str, candidates: Candidates) -> tuple[Candidates, Detections]:
        return candidates, candidates.select(chosen, names)

    def deliver(index: int, path: str, found: tuple[Candidates, Detections] | Skipped) -> None:
        if on_result is not None and not isinstance(found, Skipped):
            on_result(ImageResult(index, path, *found))

    return run_many(
        model,
        paths,
        ImageWork(finish, floor=floor_for(chosen)),
        deliver,
        cancel=cancel,
        on_failure=on_failure,
        on_progress=on_progress,
        settings=settings,
    )


def run_many(
    model: DetectionModel,
    paths: Sequence[str],
    work: ImageWork[T],
    deliver: Callable[[int, str, T | Skipped], object],
    *,
    cancel: CancelToken | None = None,
    on_failure: Callable[[ItemFailure], object] | None = None,
    on_progress: Callable[[Progress], object] | None = None,
    settings: PipelineSettings | None = None,
) -> DetectSummary:
    """Send images through a detector and through work of the caller's; see detect_many.

    Args:
        model: Kept loaded until the run ends.
        paths: The images.
        work: What is done with each image.
        deliver: Called on the calling thread, in order, with index, path and what ``work.finish`` returned, or SKIPPED.
        cancel: Stops the run, or lets it rest while it is paused.
        on_failure: Called with each image that failed.
        on_progress: Called now and then.
        settings: Threads and batch.
    """
    chosen = settings or PipelineSettings()
    token = cancel or CancelToken()
    start = time.perf_counter()
    meter = ProgressMeter(len(paths), on_progress, clock=lambda: time.monotonic() - token.paused_s)
    failures: list[ItemFailure] = []
    done = 0
    cancelled = False
    with model.hold():
        stages = _stages(model, work, token, chosen)
        # Room for one batch being filled while another one runs.
        queue_size = max(4, 2 * stages[1].batch_size)
        try:
            for outcome in iter_stages(paths, stages, queue_size=queue_size, cancel=token):
                if outcome.error is None:
                    deliver(outcome.index, outcome.item, outcome.value)
                else:
                    failures.append(_failure(outcome))
                    if on_failure is not None:
                        on_failure(failures[-1])
                done += 1
                meter.step(outcome.item, failed=outcome.error is not None)
        except Cancelled:
            cancelled = True
    meter.finish()
    return DetectSummary(done, tuple(failures), cancelled, time.perf_counter() - start)


def decode_for(model: DetectionModel, path: str) -> DecodedImage:
    """Decode an image no larger than the model can make use of.

    Raises:
        ImageError: When it cannot be read.
    """
    return decode(path, pixel_format=PixelFormat.RGB, min_side_px=model.min_side_px)


def _stages(
    model: DetectionModel, work: ImageWork[Any], cancel: CancelToken, settings: PipelineSettings
) -> list[Stage]:
    def prepare(path: str) -> _Ready | Skipped:
        if work.admit is not None and not work.admit(path):
            return SKIPPED
        image = decode_for(model, path)
        full_size = (image.full_width, image.full_height)
        return _Ready(path, model.prepare(image.pixels, pixel_format=PixelFormat.RGB, full_size=full_size))

    def infer_batch(items: Sequence[_Ready | Skipped]) -> list[_Ready | Skipped]:
        ready = [item for item in items if isinstance(item, _Ready)]
        outputs = iter(model.infer([item.prepared for item in ready], cancel=cancel) if ready else ())
        METRICS.count("pipeline.images_inferred", len(ready))
        return [item._replace(output=next(outputs)) if isinstance(item, _Ready) else item for item in items]

    def infer_one(item: _Ready | Skipped) -> _Ready | Skipped:
        return infer_batch([item])[0]

    def finish(item: _Ready | Skipped) -> Any:
        if isinstance(item, Skipped):
            return item
        return work.finish(item.path, model.finish(item.prepared, item.output, floor=work.floor))

    batch = model.batch_for(settings.batch_size)
    return [
        Stage("decode", prepare, workers=settings.effective_decode_threads),
        Stage("infer", infer_batch if batch > 1 else infer_one, workers=model.concurrency, batch_size=batch),
        Stage("finish", finish, workers=work.threads),
    ]


def _failure(outcome: Outcome[str]) -> ItemFailure:
    error = outcome.error
    if isinstance(error, AppError):
        return ItemFailure(outcome.item, str(error))
    _logger.error("Image %s failed in stage %s.", outcome.item, outcome.stage, exc_info=error)
    return ItemFailure(outcome.item, f"{Path(outcome.item).name} failed unexpectedly: {type(error).__name__}: {error}")
