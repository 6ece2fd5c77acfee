"""What a run over many images is asked to do, and how the work is spread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from anylabeling.services.auto_labeling.batch_choice import BatchChoice, sizes_for
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.detections import Candidates
from anylabeling.services.auto_labeling.pipeline_processes import Skipped
from anylabeling.utils.processors import available_cpus

T = TypeVar("T")


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


@dataclass(frozen=True, slots=True)
class RunBatch:
    """How many images go into one call during a run.

    Attributes:
        model: What is run.
        choice: The number that is found out while it goes on.
        most: It never gets above this.
    """

    model: DetectionModel
    choice: BatchChoice
    most: int

    @classmethod
    def of(cls, model: DetectionModel, settings: PipelineSettings, images: int) -> RunBatch:
        """Return the one for a run over so many images."""
        start = model.batch_for(settings.batch_size)
        most = model.batch_for(max(settings.batch_size, settings.max_batch_size))
        if model.spec is not None and model.spec.batch is None:
            start, most = sizes_for(images, start, most, one_shape=model.one_shape)
        info = model.info
        return cls(model, BatchChoice(start, most, key=(info.path, info.choice.backend, info.choice.device)), most)

    @property
    def size(self) -> int:
        """What the next call may have: less than was chosen once memory has run out."""
        return self.model.batch_for(self.choice.size)
