"""Outline everything in the picture on the screen, as one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from qtpy.QtCore import QObject, Signal

from anylabeling.codecs import PixelFormat
from anylabeling.controllers.documents import DocumentController, OpenDocument
from anylabeling.controllers.images import OpenedImage
from anylabeling.document.model_result import ModelResult
from anylabeling.document.shape import Shape
from anylabeling.errors import AppError
from anylabeling.messages.notices import Notice
from anylabeling.messages.prompting import OutputKind
from anylabeling.qt.task_runner import Task, TaskRunner
from anylabeling.translation import tr, trn

if TYPE_CHECKING:
    from anylabeling.services.auto_labeling.label_run import ChangeResult
    from anylabeling.services.auto_labeling.prompt_manager import PromptModels
    from anylabeling.services.auto_labeling.prompt_model import PromptModel

OUTLINE_LANE = "outline-all"


class OutliningController(QObject):
    """The window's way to all objects of a picture at once, without a mark of the person's.

    Attributes:
        result_changer: As that of AutoLabelingController.

    Signals:
        running_changed: Whether a run goes on.
        progressed: A Progress.
        finished: Number of shapes that were added; -1 when the run failed.
        notified: A Notice for the person.
    """

    running_changed = Signal(bool)
    progressed = Signal(object)
    finished = Signal(int)
    notified = Signal(object)

    def __init__(
        self, runner: TaskRunner, models: PromptModels, documents: DocumentController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._models = models
        self._documents = documents
        self._image: OpenedImage | None = None
        self._output = OutputKind.POLYGON
        self.result_changer: Callable[[], ChangeResult | None] = lambda: None

    def set_image(self, image: OpenedImage | None) -> None:
        """Tell which picture the next run is about."""
        self._image = image

    def set_output(self, output: OutputKind) -> None:
        """Choose what an outlined object becomes."""
        self._output = output

    def run(self) -> None:
        """Outline what is on the picture and not labelled yet; does nothing while a run goes on."""
        image, model, entry, output = self._image, self._models.current, self._documents.current, self._output
        change = self.result_changer()
        if self._runner.busy(OUTLINE_LANE) or image is None or entry is None:
            return
        if model is None:
            self.notified.emit(
                Notice(
                    tr("Outlining everything takes a Segment Anything model."),
                    tr("Load one with Tools > Load Model, or get one with Tools > Download Models."),
                    level="info",
                )
            )
            return
        known = entry.document.shapes
        self.running_changed.emit(True)
        self._runner.submit(
            OUTLINE_LANE,
            lambda task: _outline(task, model, image, known, output, change),
            on_done=lambda shapes: self._on_done(entry, shapes),
            on_error=self._on_error,
            on_progress=self.progressed.emit,
            on_finished=lambda: self.running_changed.emit(False),
        )

    def cancel(self) -> None:
        """Stop the run; the picture stays as it is."""
        self._runner.cancel_lane(OUTLINE_LANE)

    def _on_done(self, entry: OpenDocument, shapes: Sequence[Shape]) -> None:
        if self._documents.find(entry.path) is not entry:
            return  # its labels were read anew or deleted meanwhile
        self._documents.add(shapes, tr("Outline everything ({count})", count=len(shapes)), entry)
        self.finished.emit(len(shapes))
        if shapes:
            self.notified.emit(
                Notice(
                    trn("%n object was outlined.", "%n objects were outlined.", len(shapes)),
                    tr("They are selected: Edit > Edit Label names all of them. One undo takes all of them back."),
                    level="info",
                )
            )
        else:
            self.notified.emit(Notice(tr("Nothing was found that is not labelled already."), level="info"))

    def _on_error(self, error: Exception) -> None:
        known = error if isinstance(error, AppError) else AppError(tr("The run failed."), details=repr(error))
        self.finished.emit(-1)
        self.notified.emit(Notice(known.user_text, known.hint, known.details, "error"))


def _outline(
    task: Task,
    model: PromptModel,
    image: OpenedImage,
    known: Sequence[Shape],
    output: OutputKind,
    change: ChangeResult | None,
) -> Sequence[Shape]:
    from anylabeling.services.auto_labeling.outline_all import outline_all

    with model.hold():
        embedding = model.embedding(
            image.pixels, image.path, pixel_format=PixelFormat.BGRA, full_size=image.size, cancel=task.token
        )
        found = outline_all(model, embedding, known=known, output=output, on_progress=task.report, cancel=task.token)
    return found if change is None else change(image.path, image.size, ModelResult(tuple(found))).shapes
