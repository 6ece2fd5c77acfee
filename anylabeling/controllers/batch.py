"""Label all images of the list with the model, in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qtpy.QtCore import QObject, Signal

from anylabeling.controllers.applied_steps import AppliedSteps
from anylabeling.controllers.documents import DocumentController
from anylabeling.document.model_result import ModelResult, is_labelled, result_edit
from anylabeling.errors import AppError
from anylabeling.messages.auto_labeling import AutoLabelRequest, AutoLabelSummary, ExistingPolicy
from anylabeling.messages.notices import Notice
from anylabeling.qt.task_runner import Task, TaskRunner
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.translation import tr, trn
from anylabeling.utils.cancellation import CancelToken

if TYPE_CHECKING:
    from anylabeling.services.auto_labeling.detection_model import DetectionModel
    from anylabeling.services.auto_labeling.label_run import ChangeResult, WrittenLabels
    from anylabeling.services.auto_labeling.pipeline import PipelineSettings

    Lend = Callable[[DetectionModel, int, CancelToken], AbstractContextManager[DetectionModel]]

BATCH_LANE = "batch"


@dataclass(frozen=True, slots=True, eq=False)
class _Claimed:
    """A result for an image that is open: it becomes an edit instead of a file."""

    path: str
    result: ModelResult


class BatchController(QObject):
    """Runs the model over many images; each image gets one undo step.

    Signals:
        running_changed: Whether a run goes on.
        progressed: A Progress.
        labelled: Paths whose label files were written.
        finished: The AutoLabelSummary, also after a cancel.
        notified: A Notice for the person.

    Attributes:
        result_changer: As that of AutoLabelingController.
    """

    running_changed = Signal(bool)
    progressed = Signal(object)
    labelled = Signal(object)
    finished = Signal(object)
    notified = Signal(object)

    def __init__(
        self,
        runner: TaskRunner,
        documents: DocumentController,
        steps: AppliedSteps,
        settings: Callable[[], PipelineSettings],
        lend: Lend,
        note_written: Callable[[Sequence[str], LabelStore], object],
        parent: QObject | None = None,
    ) -> None:
        """Make the controller.

        Args:
            runner: Runs the work.
            documents: The images that are open get edits instead of files.
            steps: Remembers what was written, to be taken back.
            settings: Returns those in use when a run starts.
            lend: Gives what gets many images done, from the model, the number of images and what cancels.
            note_written: Called on a thread with the images whose label files were written, once for all.
            parent: Qt's owner.
        """
        super().__init__(parent)
        self._runner = runner
        self._documents = documents
        self._steps = steps
        self._settings = settings
        self._lend = lend
        self._note_written = note_written
        self._cancel: CancelToken | None = None
        self.result_changer: Callable[[], ChangeResult | None] = lambda: None

    @property
    def running(self) -> bool:
        """Whether a run goes on."""
        return self._cancel is not None

    def run(self, model: DetectionModel, request: AutoLabelRequest, store: LabelStore) -> None:
        """Start labelling; does nothing while a run goes on."""
        if self._cancel is not None or not request.paths:
            return
        # A token of our own: cancelling the task would drop the summary.
        self._cancel = cancel = CancelToken()
        self.running_changed.emit(True)
        settings, change = self._settings(), self.result_changer()

        def remember(path: str, change: WrittenLabels) -> None:
            self._steps.record(path, change.added, change.removed, change.stamp)

        def work(task: Task) -> AutoLabelSummary:
            from anylabeling.services.auto_labeling.label_run import label_many

            written: list[str] = []

            def labelled(path: str, _count: int) -> None:
                written.append(path)
                task.stream(path)

            def claim(path: str, result: ModelResult) -> bool:
                if self._documents.find(path) is None:
                    return False
                task.stream(_Claimed(path, result))
                return True

            with model.hold(), self._lend(model, len(request.paths), cancel) as working:
                summary = label_many(
                    working,
                    request,
                    store,
                    cancel=cancel,
                    on_labelled=labelled,
                    on_progress=task.report,
                    take_result=claim,
                    may_take=lambda path: self._documents.find(path) is not None,
                    on_written=remember,
                    change_result=change,
                    settings=settings,
                )
            # Before the run ends: a question to the labels right after it finds them known.
            self._note_written(written, store)
            return summary

        self._runner.submit(
            BATCH_LANE,
            work,
            on_items=lambda items: self._on_items(items, request),
            on_progress=self.progressed.emit,
            on_done=self._on_done,
            on_error=self._on_error,
            on_finished=self._on_finished,
        )

    def cancel(self) -> None:
        """Stop the run; what is written by then stays."""
        if self._cancel is not None:
            self._cancel.cancel()

    def _on_items(self, items: list[_Claimed | str], request: AutoLabelRequest) -> None:
        for item in items:
            if isinstance(item, _Claimed):
                self._apply(item, request)
        paths = [item for item in items if isinstance(item, str)]
        if paths:
            self.labelled.emit(paths)

    def _apply(self, claimed: _Claimed, request: AutoLabelRequest) -> None:
        entry = self._documents.find(claimed.path)
        if entry is None:
            return
        document, result = entry.document, claimed.result
        by_flags = bool(result.flag_names)
        if request.existing is ExistingPolicy.SKIP and is_labelled(document.snapshot(), by_flags=by_flags):
            return
        replace = request.existing is ExistingPolicy.REPLACE
        edit = result_edit(document, result, replace=replace, iou=request.options.iou).edit
        if edit is not None:
            self._documents.push(edit, entry)

    def _on_done(self, summary: AutoLabelSummary) -> None:
        self.finished.emit(summary)
        verb = tr("Stopped") if summary.cancelled else tr("Done")
        text = tr(
            "{verb}: {labelled:,} images labelled, {shapes:,} objects found.",
            verb=verb,
            labelled=summary.labelled,
            shapes=summary.shapes,
        )
        if summary.skipped:
            text += tr(" {skipped:,} were left alone.", skipped=summary.skipped)
        if summary.failed:
            failed, hint, level = _trouble(summary)
            details = "\n".join(f"{path}: {reason}" for path, reason in summary.failed[:500])
            self.notified.emit(Notice(f"{text} {failed}", hint, details, level))
        else:
            self.notified.emit(Notice(text, level="info"))

    def _on_error(self, error: Exception) -> None:
        known = error if isinstance(error, AppError) else AppError(tr("The run failed."), details=repr(error))
        self.notified.emit(Notice(known.user_text, known.hint, known.details, "error"))

    def _on_finished(self) -> None:
        self._cancel = None
        self.running_changed.emit(False)


def _trouble(summary: AutoLabelSummary) -> tuple[str, str, Literal["warning", "error"]]:
    """Return what is said of images that failed: sentence, hint and kind."""
    if summary.undone:
        full = trn(
            "The disk is full: %n image was not done.", "The disk is full: %n images were not done.", summary.undone
        )
        return full, tr("Make space, then run it again."), "error"
    failed = tr("{number:,} images failed; the others are done.", number=len(summary.failed))
    return failed, tr("Details names each of them."), "warning"
