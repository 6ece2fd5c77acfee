"""Label many images with a detector and write their label files."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from anylabeling.document.annotation import Annotation
from anylabeling.document.model_result import ModelResult, is_labelled, object_counts, with_result
from anylabeling.document.shape import Shape
from anylabeling.errors import LabelFileError
from anylabeling.messages.auto_labeling import AutoLabelRequest, AutoLabelSummary, ExistingPolicy
from anylabeling.messages.progress import ItemFailure, Progress
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.detections import Candidates, floor_for
from anylabeling.services.auto_labeling.pipeline import (
    SKIPPED,
    DetectSummary,
    ImageWork,
    PipelineSettings,
    Skipped,
    run_many,
)
from anylabeling.translation import tr
from anylabeling.utils.cancellation import CancelToken

TakeResult = Callable[[str, ModelResult], bool]
"""Called with path and result on a worker thread; True claims them, and no file is written."""


class WrittenLabels(NamedTuple):
    """What a run did to a label file: little, since it comes from another process for each of many images.

    Attributes:
        added: How many shapes on top are new.
        removed: The shapes that were there and are not any more.
        stamp: State of the file that was written.
    """

    added: int
    removed: tuple[Shape, ...]
    stamp: Any

    @classmethod
    def between(cls, before: Sequence[Shape], after: Sequence[Shape], stamp: Any) -> WrittenLabels:
        """Compare the shapes of a file before and after; all of them count as replaced where one of them was."""
        kept = len(after) >= len(before) and all(old is new for old, new in zip(before, after, strict=False))
        return cls(len(after) - len(before), (), stamp) if kept else cls(len(after), tuple(before), stamp)


ChangeResult = Callable[[str, tuple[int, int], ModelResult], ModelResult]
"""Called with path, size and result on a worker thread before anything is done with it; returns what is to be done."""


OnWritten = Callable[[str, WrittenLabels], object]
"""Called with the path of an image and what was done to its label file."""


class Labels(Protocol):
    """What a label store gives for an image."""

    @property
    def annotation(self) -> Annotation:
        """The content."""

    @property
    def stamp(self) -> Any:
        """State of the file that was read."""

    @property
    def error(self) -> LabelFileError | None:
        """Why the file could not be understood."""


class LabelFiles(Protocol):
    """Where labels are read and written; ``services.dataset.label_store.LabelStore`` is one."""

    def load(self, image_path: str) -> Labels:
        """Read the labels of an image."""

    def save(
        self, image_path: str, annotation: Annotation, *, image_size: tuple[int, int] | None, expected: Any
    ) -> Any:
        """Write the labels of an image, unless its file is not the expected one, and return the file's stamp."""


class _Labelled(NamedTuple):
    labels: tuple[tuple[str, int], ...]
    written: WrittenLabels | None = None


def label_many(  # noqa: PLR0913 - all but three are optional
    model: DetectionModel,
    request: AutoLabelRequest,
    label_store: LabelFiles,
    *,
    cancel: CancelToken | None = None,
    on_labelled: Callable[[str, int], object] | None = None,
    on_failure: Callable[[ItemFailure], object] | None = None,
    on_progress: Callable[[Progress], object] | None = None,
    take_result: TakeResult | None = None,
    may_take: Callable[[str], bool] | None = None,
    on_written: OnWritten | None = None,
    change_result: ChangeResult | None = None,
    settings: PipelineSettings | None = None,
) -> AutoLabelSummary:
    """Run a detector over many images and write what it finds into their label files.

    An image in which nothing is found gets a label file as well: that there is nothing is a result. A label file that
    cannot be understood, or that changes while the image is being worked on, is left alone and the image counts as
    failed; a full disk ends the run after some. With KEEP, an object that has a shape of its label already is not added
    again. Callbacks other than ``take_result`` and ``on_written`` are called on this thread, in the order of images.

    Args:
        model: Kept loaded until the run ends.
        request: The images and what is to be done; its ``output_dir`` is the label store's business.
        label_store: Reads and writes the label files.
        cancel: Stops the run within 0.2 s; files that are written by then stay.
        on_labelled: Called with each image that was labelled and how many shapes were found.
        on_failure: Called with each image that failed.
        on_progress: Called up to ten times a second and at the end.
        take_result: Lets the window claim the images that it has open, to apply the shapes as an edit.
        may_take: Says whether ``take_result`` may claim an image; without it all of them stay in this process.
        on_written: Called on a worker thread after each file that was written.
        change_result: Lets somebody change what was found; all images stay in this process then.
        settings: Threads and batch.

    Returns:
        A summary; cancelling is a way to end, not an error.
    """
    chosen = settings or PipelineSettings()
    run = _LabelRun(model, request, label_store, on_labelled, take_result, on_written, may_take)
    run.change_result = change_result
    start = time.perf_counter()
    summary = run_many(
        model,
        request.paths,
        run.work(chosen.write_threads),
        run.deliver,
        cancel=cancel,
        on_failure=on_failure,
        on_progress=on_progress,
        settings=chosen,
    )
    return run.summary(summary, time.perf_counter() - start)


@dataclass(frozen=True, slots=True)
class _LabelWork:
    """What is done with each image; can be pickled where ``store`` can.

    Attributes:
        request: What is to be done, without the images.
        store: Reads and writes the label files.
        class_names: Index is the class id.
        by_flags: Whether the model is a classifier.
        tells_all: Whether what was written is wanted as well.
    """

    request: AutoLabelRequest
    store: LabelFiles
    class_names: tuple[str, ...]
    by_flags: bool
    tells_all: bool

    def admit(self, path: str) -> bool:
        """Say whether an image has no shapes yet, or no flags where the model gives those."""
        return not is_labelled(_labels(self.store, path).annotation, by_flags=self.by_flags)

    def result(self, candidates: Candidates) -> tuple[ModelResult, _Labelled]:
        """Return what goes into an image, and how many objects of each label that is."""
        detections = candidates.select(self.request.options, self.class_names)
        return detections.result(self.class_names), _Labelled(detections.counts(self.class_names))

    def finish(self, path: str, candidates: Candidates) -> _Labelled | Skipped:
        """Write the label file of one image; called on several threads at once."""
        result, found = self.result(candidates)
        return self.write(path, (candidates.image_width, candidates.image_height), result, found)

    def write(self, path: str, size: tuple[int, int], result: ModelResult, found: _Labelled) -> _Labelled | Skipped:
        """Put a result into the label file of an image."""
        # Read again now, not when the image was decoded: a person may have saved in between.
        labels = _labels(self.store, path)
        existing = self.request.existing
        if existing is ExistingPolicy.SKIP and is_labelled(labels.annotation, by_flags=self.by_flags):
            return SKIPPED
        replace_all = existing is ExistingPolicy.REPLACE
        after = with_result(labels.annotation, result, replace=replace_all, iou=self.request.options.iou)
        stamp = self.store.save(path, after, image_size=size, expected=labels.stamp)
        if not self.tells_all:
            return found
        return found._replace(written=WrittenLabels.between(labels.annotation.shapes, after.shapes, stamp))

    @property
    def admission(self) -> Callable[[str], bool] | None:
        """``admit`` where that is asked for."""
        return self.admit if self.request.existing is ExistingPolicy.SKIP else None


class _LabelRun:
    """What happens to each image of one run, and what is counted."""

    def __init__(
        self,
        model: DetectionModel,
        request: AutoLabelRequest,
        store: LabelFiles,
        on_labelled: Callable[[str, int], object] | None,
        take_result: TakeResult | None,
        on_written: OnWritten | None,
        may_take: Callable[[str], bool] | None,
    ) -> None:
        self.labelled = 0
        self.skipped = 0
        self.per_class: Counter[str] = Counter()
        self._work = _LabelWork(
            replace(request, paths=()), store, model.class_names, model.info.task == "classify", on_written is not None
        )
        self._paths = request.paths
        self._on_labelled = on_labelled
        self._take_result = take_result
        self._on_written = on_written
        self._may_take = may_take
        self.change_result: ChangeResult | None = None

    def work(self, threads: int) -> ImageWork[_Labelled]:
        """Return what the pipeline is to do with each image."""
        mine = self._work
        may_be_elsewhere = self.change_result is None and (self._take_result is None or self._may_take is not None)
        return ImageWork(
            self.finish,
            mine.admission,
            floor_for(mine.request.options),
            threads,
            remote=ImageWork(mine.finish, mine.admission) if may_be_elsewhere else None,
            stays=_Together(self._paths, self._may_take),
            on_remote=self.tell_written,
        )

    def finish(self, path: str, candidates: Candidates) -> _Labelled | Skipped:
        """Write the label file of one image, unless somebody claims what was found."""
        result, found = self._work.result(candidates)
        size = (candidates.image_width, candidates.image_height)
        if self.change_result is not None:
            changed = self.change_result(path, size, result)
            if changed is not result:
                result, found = changed, _Labelled(object_counts(changed.shapes))
        if self._take_result is not None and self._take_result(path, result):
            return found
        written = self._work.write(path, size, result, found)
        self.tell_written(path, written)
        return written

    def tell_written(self, path: str, result: _Labelled | Skipped) -> None:
        """Hand on what was written."""
        if self._on_written is not None and isinstance(result, _Labelled) and result.written is not None:
            self._on_written(path, result.written)

    def summary(self, ended: DetectSummary, seconds: float) -> AutoLabelSummary:
        """Return what came of the run."""
        return AutoLabelSummary(
            labelled=self.labelled,
            skipped=self.skipped,
            failed=tuple((failure.path, failure.reason) for failure in ended.failed),
            shapes=self.per_class.total(),
            cancelled=ended.cancelled,
            seconds=seconds,
            per_class=tuple(self.per_class.most_common()),
            undone=len(self._paths) - ended.done if ended.disk_full else 0,
        )

    def deliver(self, _index: int, path: str, result: _Labelled | Skipped) -> None:
        """Count one image; called in order on one thread."""
        if isinstance(result, Skipped):
            self.skipped += 1
            return
        self.labelled += 1
        for label, count in result.labels:
            self.per_class[label] += count
        if self._on_labelled is not None:
            self._on_labelled(path, sum(count for _, count in result.labels))


class _Together:
    """Says which images one process must finish: those that may want one label file, and those that are open."""

    def __init__(self, paths: Sequence[str], may_take: Callable[[str], bool] | None) -> None:
        self._paths = paths
        self._may_take = may_take
        self._shared: set[str] | None = None

    def __call__(self, path: str) -> bool:
        if self._shared is None:
            self._shared = _shared_names(self._paths)
        if self._may_take is not None and self._may_take(path):
            return True
        return bool(self._shared) and not self._shared.isdisjoint(_names_of(path))


def _names_of(path: str) -> tuple[str, str]:
    name = os.path.basename(path).casefold()  # noqa: PTH119 - for each of many images
    return name, name.rpartition(".")[0]


def _shared_names(paths: Sequence[str]) -> set[str]:
    """Return the names that stand for the label file of more than one image: its stem, or its name with a suffix."""
    seen: set[str] = set()
    shared: set[str] = set()
    for path in paths:
        for name in _names_of(path):
            (shared if name in seen else seen).add(name)
    return shared


def _labels(store: LabelFiles, path: str) -> Labels:
    labels = store.load(path)
    if labels.error is not None:
        raise LabelFileError(
            tr("{name} was not labelled: {user_text}", name=Path(path).name, user_text=labels.error.user_text),
            hint=labels.error.hint,
            details=labels.error.details,
        )
    return labels
