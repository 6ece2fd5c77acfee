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
from typing import Any, TypeVar

from anylabeling.errors import AppError, DiskFullError
from anylabeling.messages.auto_labeling import DetectOptions
from anylabeling.messages.progress import ItemFailure, Progress
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.detections import Candidates, Detections, floor_for
from anylabeling.services.auto_labeling.pipeline_blocks import BlockStages, process_count
from anylabeling.services.auto_labeling.pipeline_processes import SKIPPED, Skipped
from anylabeling.services.auto_labeling.pipeline_stages import ImageStages, decode_for
from anylabeling.services.auto_labeling.pipeline_work import ImageWork, PipelineSettings
from anylabeling.services.auto_labeling.progress_meter import ProgressMeter
from anylabeling.utils.cancellation import Cancelled, CancelToken
from anylabeling.utils.parallel import Outcome, iter_stages

__all__ = [
    "SKIPPED",
    "DetectSummary",
    "ImageResult",
    "ImageWork",
    "PipelineSettings",
    "Skipped",
    "decode_for",
    "detect_many",
    "run_many",
]

_logger = logging.getLogger(__name__)

_MOST_IN_VAIN = 3
"""So many images in a row for which the disk had no space end a run: the others would be looked at for nothing."""

T = TypeVar("T")


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


class _NoSpace(Exception):  # noqa: N818 - a way to end, like Cancelled
    """The disk is full."""


@dataclass(frozen=True, slots=True)
class DetectSummary:
    """What came of a run.

    Attributes:
        done: Images that went through, failed ones included.
        failed: Those that failed, in order.
        cancelled: Whether it was stopped before the end.
        seconds: Wall time.
        disk_full: Whether it ended early because nothing could be written any more.
    """

    done: int
    failed: tuple[ItemFailure, ...]
    cancelled: bool
    seconds: float
    disk_full: bool = False


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
    done = in_vain = 0
    cancelled = disk_full = False
    with model.hold():
        run = _open_stages(model, work, token, chosen, len(paths))
        try:
            for finished in iter_stages(run.items(paths), run.stages(), queue_size=run.queue_size, cancel=token):
                for outcome in run.outcomes(finished):
                    if outcome.error is None:
                        in_vain = in_vain if outcome.value is SKIPPED else 0
                        deliver(outcome.index, outcome.item, outcome.value)
                    else:
                        in_vain += isinstance(outcome.error, DiskFullError)
                        failures.append(_failure(outcome))
                        if on_failure is not None:
                            on_failure(failures[-1])
                    done += 1
                    meter.step(outcome.item, failed=outcome.error is not None)
                    _check_space(in_vain)
        except Cancelled:
            cancelled = True
        except _NoSpace:
            disk_full = True
        finally:
            run.close()
    meter.finish()
    return DetectSummary(done, tuple(failures), cancelled, time.perf_counter() - start, disk_full)


def _open_stages(
    model: DetectionModel, work: ImageWork[Any], cancel: CancelToken, settings: PipelineSettings, images: int
) -> ImageStages | BlockStages:
    network = model.bytes_network
    processes = process_count(settings, images) if network is not None else 0
    # Those that stay here for what they need of this program are as well done by threads.
    if network is not None and processes and (work.admit is None or work.remote is not None):
        try:
            return BlockStages(model, network, work, cancel, settings, images, processes)
        except OSError as error:
            _logger.info("No memory to share with other processes: %s", error)
    return ImageStages(model, work, cancel, settings, images)


def _check_space(in_vain: int) -> None:
    if in_vain >= _MOST_IN_VAIN:
        raise _NoSpace


def _failure(outcome: Outcome[str]) -> ItemFailure:
    error = outcome.error
    if isinstance(error, AppError):
        return ItemFailure(outcome.item, str(error))
    _logger.error("Image %s failed in stage %s.", outcome.item, outcome.stage, exc_info=error)
    return ItemFailure(outcome.item, f"{Path(outcome.item).name} failed unexpectedly: {type(error).__name__}: {error}")
