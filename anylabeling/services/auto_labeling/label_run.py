"""Label many images with a detector and write their label files."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from anylabeling.document.annotation import Annotation
from anylabeling.document.model_result import ModelResult, is_labelled, with_result
from anylabeling.errors import LabelFileError
from anylabeling.messages.auto_labeling import AutoLabelRequest, AutoLabelSummary, ExistingPolicy
from anylabeling.messages.progress import ItemFailure, Progress
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.detections import Candidates, floor_for
from anylabeling.services.auto_labeling.pipeline import SKIPPED, ImageWork, PipelineSettings, Skipped, run_many
from anylabeling.utils.cancellation import CancelToken

TakeResult = Callable[[str, ModelResult], bool]
"""Called with path and result on a worker thread; True claims them, and no file is written."""
OnWritten = Callable[[str, Annotation, Annotation, Any], object]
"""Called with path, the annotation before, the one after, and the new file's stamp."""


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
    labels: Counter[str]


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
    on_written: OnWritten | None = None,
    settings: PipelineSettings | None = None,
) -> AutoLabelSummary:
    """Run a detector over many images and write what it finds into their label files.

    An image in which nothing is found gets a label file as well: that there is nothing is a result. A label file that
    cannot be understood, or that changes while the image is being worked on, is left alone and the image counts as
    failed. With KEEP, an object that has a shape of its label already is not added again. Callbacks other than
    ``take_result`` and ``on_written`` are called on the calling thread, in the order of the images.

    Args:
        model: Kept loaded until the run ends.
        request: The images and what is to be done; its ``output_dir`` is the label store's business.
        label_store: Reads and writes the label files.
        cancel: Stops the run within 0.2 s; files that are written by then stay.
        on_labelled: Called with each image that was labelled and how many shapes were found.
        on_failure: Called with each image that failed.
        on_progress: Called up to ten times a second and at the end.
        take_result: Lets the window claim the images that it has open, to apply the shapes as an edit.
        on_written: Called on a worker thread after each file that was written.
        settings: Threads and batch.

    Returns:
        A summary; cancelling is a way to end, not an error.
    """
    chosen = settings or PipelineSettings()
    run = _LabelRun(model, request, label_store, on_labelled, take_result, on_written)
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
    return AutoLabelSummary(
        labelled=run.labelled,
        skipped=run.skipped,
        failed=tuple((failure.path, failure.reason) for failure in summary.failed),
        shapes=run.per_class.total(),
        cancelled=summary.cancelled,
        seconds=time.perf_counter() - start,
        per_class=tuple(run.per_class.most_common()),
    )


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
    ) -> None:
        self.labelled = 0
        self.skipped = 0
        self.per_class: Counter[str] = Counter()
        self._class_names = model.class_names
        self._by_flags = model.info.task == "classify"
        self._request = request
        self._store = store
        self._on_labelled = on_labelled
        self._take_result = take_result
        self._on_written = on_written

    def work(self, threads: int) -> ImageWork[_Labelled]:
        """Return what the pipeline is to do with each image."""
        admit = self.admit if self._request.existing is ExistingPolicy.SKIP else None
        return ImageWork(self.finish, admit, floor_for(self._request.options), threads)

    def admit(self, path: str) -> bool:
        """Say whether an image has no shapes yet, or no flags where the model gives those."""
        return not is_labelled(_labels(self._store, path).annotation, by_flags=self._by_flags)

    def finish(self, path: str, candidates: Candidates) -> _Labelled | Skipped:
        """Write one image's label file; called on several threads at once."""
        detections = candidates.select(self._request.options, self._class_names)
        result = detections.result(self._class_names)
        found = _Labelled(Counter(dict(detections.counts(self._class_names))))
        if self._take_result is not None and self._take_result(path, result):
            return found
        # Read again now, not when the image was decoded: a person may have saved in between.
        labels = _labels(self._store, path)
        existing = self._request.existing
        if existing is ExistingPolicy.SKIP and is_labelled(labels.annotation, by_flags=self._by_flags):
            return SKIPPED
        replace = existing is ExistingPolicy.REPLACE
        after = with_result(labels.annotation, result, replace=replace, iou=self._request.options.iou)
        size = (candidates.image_width, candidates.image_height)
        stamp = self._store.save(path, after, image_size=size, expected=labels.stamp)
        if self._on_written is not None:
            self._on_written(path, labels.annotation, after, stamp)
        return found

    def deliver(self, _index: int, path: str, result: _Labelled | Skipped) -> None:
        """Count one image; called in order on one thread."""
        if isinstance(result, Skipped):
            self.skipped += 1
            return
        self.labelled += 1
        self.per_class.update(result.labels)
        if self._on_labelled is not None:
            self._on_labelled(path, result.labels.total())


def _labels(store: LabelFiles, path: str) -> Labels:
    labels = store.load(path)
    if labels.error is not None:
        raise LabelFileError(
            f"{Path(path).name} was not labelled: {labels.error.user_text}",
            hint=labels.error.hint,
            details=labels.error.details,
        )
    return labels
