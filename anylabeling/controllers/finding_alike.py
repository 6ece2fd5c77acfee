"""Find everything on the picture on the screen that is like what is marked, as one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qtpy.QtCore import QObject, Signal

from anylabeling.codecs import PixelFormat
from anylabeling.controllers.documents import DocumentController, OpenDocument
from anylabeling.controllers.images import OpenedImage
from anylabeling.document.edits import AddShapes, Compound, Edit, RemoveShapes
from anylabeling.document.model_result import ModelResult
from anylabeling.document.shape import Shape
from anylabeling.errors import AppError
from anylabeling.messages.auto_labeling import DetectOptions
from anylabeling.messages.models import ModelInfo
from anylabeling.messages.notices import Notice
from anylabeling.messages.prompting import OutputKind
from anylabeling.qt.task_runner import Task, TaskRunner
from anylabeling.translation import tr, trn

if TYPE_CHECKING:
    from anylabeling.services.auto_labeling.detection_model import DetectionModel
    from anylabeling.services.auto_labeling.exemplars import Exemplar
    from anylabeling.services.auto_labeling.find_alike import AlikeQuestion
    from anylabeling.services.auto_labeling.label_run import ChangeResult
    from anylabeling.services.auto_labeling.model_manager import ModelManager
    from anylabeling.services.auto_labeling.prompt_manager import PromptModels

ALIKE_LANE = "alike"
_TOPIC = "alike"


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """What was looked for, and what came of it.

    Attributes:
        entry: Where.
        exemplars: What was marked, and what was said not to be like it.
        added: What was found; one that was edited since is the person's own.
    """

    entry: OpenDocument
    exemplars: tuple[Exemplar, ...]
    added: tuple[Shape, ...] = ()


class AlikeController(QObject):
    """The window's way to everything that is like a marked object.

    Attributes:
        result_changer: As that of AutoLabelingController.
        options: Returns what counts of a detector's answer.

    Signals:
        running_changed: Whether a run goes on.
        progressed: A Progress.
        finished: Number of shapes that were added; -1 when the run failed.
        reason_changed: Why nothing can be found with the models that are loaded; empty where it can.
        kept: The detector goes on looking for it on other pictures.
        notified: A Notice for the person.
    """

    running_changed = Signal(bool)
    progressed = Signal(object)
    finished = Signal(int)
    reason_changed = Signal(str)
    kept = Signal()
    notified = Signal(object)

    def __init__(
        self,
        runner: TaskRunner,
        models: tuple[PromptModels, ModelManager],
        documents: DocumentController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._outliners, self._detectors = models
        self._documents = documents
        self._image: OpenedImage | None = None
        self._output = OutputKind.POLYGON
        self._last: _Search | None = None
        self.result_changer: Callable[[], ChangeResult | None] = lambda: None
        self.options: Callable[[], DetectOptions] = DetectOptions

    def set_image(self, image: OpenedImage | None) -> None:
        """Tell which picture the next run is about."""
        self._image = image

    def set_output(self, output: OutputKind) -> None:
        """Choose what a found object becomes, where the model gives outlines."""
        self._output = output

    @property
    def reason(self) -> str:
        """Why nothing can be found with the models that are loaded; empty where it can."""
        outliner, detector = self._infos
        if _answering(outliner, detector) is not None:
            return ""
        loaded = outliner or detector
        if loaded is None:
            return tr("Finding what is alike takes a Segment Anything model or a YOLOE.")
        return tr(
            "{name} cannot find what is like a marked object. A Segment Anything model or a YOLOE can.",
            name=loaded.name,
        )

    def follow_models(self) -> None:
        """Take note that another model is loaded."""
        self.reason_changed.emit(self.reason)

    def find(self, selected: Sequence[int], marked: Sequence[Shape] = ()) -> bool:
        """Find everything like the selected shapes, or else like what is marked and no shape yet.

        Args:
            selected: Identities of shapes.
            marked: What is marked with the AI tool.

        Returns:
            Whether a run has begun.
        """
        from anylabeling.services.auto_labeling.exemplars import Exemplar, can_be_exemplar

        entry = self._documents.current
        if entry is None or self._image is None or self._runner.busy(ALIKE_LANE):
            return False
        shapes = self._documents.shapes(selected) or tuple(marked)
        exemplars = tuple(Exemplar(shape) for shape in shapes if can_be_exemplar(shape, entry.image_size))
        if not exemplars:
            self.notified.emit(_needs_exemplar())
            return False
        return self._run(_Search(entry, exemplars))

    def leave_out(self, selected: Sequence[int]) -> bool:
        """Look again, knowing that the selected ones of what was found are not meant; return whether that begins."""
        from anylabeling.services.auto_labeling.exemplars import Exemplar

        last, entry = self._last, self._documents.current
        if self._runner.busy(ALIKE_LANE):
            return False
        found = _untouched(last) if last is not None and last.entry is entry else ()
        wrong = [shape for shape in found if shape.uid in set(selected)]
        if last is None or not wrong:
            hint = tr("Choose Tools > Outline > Find All Alike, then select what should not have been found.")
            self.notified.emit(Notice(tr("None of what was found last is selected."), hint, level="info", topic=_TOPIC))
            return False
        others = tuple(Exemplar(shape, positive=False) for shape in wrong)
        return self._run(_Search(last.entry, (*last.exemplars, *others), last.added))

    def cancel(self) -> None:
        """Stop the run; the picture stays as it is."""
        self._runner.cancel_lane(ALIKE_LANE)

    @property
    def _infos(self) -> tuple[ModelInfo | None, ModelInfo | None]:
        outliner = self._outliners.current
        return None if outliner is None else outliner.info, self._detectors.info

    def _run(self, search: _Search) -> bool:
        image, models, change = self._image, (self._outliners, self._detectors), self.result_changer()
        if self.reason or image is None:
            self.notified.emit(Notice(self.reason, _load_one(), level="info", topic=_TOPIC))
            return False
        gone = {shape.uid for shape in _untouched(search)}
        known = tuple(shape for shape in search.entry.document.shapes if shape.uid not in gone)
        names, output, options = self._detectors.text, self._output, self.options()
        self.running_changed.emit(True)

        def work(task: Task) -> tuple[AlikeQuestion, tuple[Shape, ...]]:
            from anylabeling.services.auto_labeling.find_alike import AlikeQuestion, find_alike

            question = AlikeQuestion(
                image.pixels, PixelFormat.BGRA, image.path, image.size, search.exemplars,
                known=known, names=names, output=output, options=options,
            )  # fmt: skip
            found = find_alike(
                models[0].current, models[1].current, question, on_progress=task.report, cancel=task.token
            )
            result = ModelResult(tuple(found))
            return question, result.shapes if change is None else change(image.path, image.size, result).shapes

        self._runner.submit(
            ALIKE_LANE,
            work,
            on_done=lambda answer: self._on_done(search, *answer),
            on_error=self._on_error,
            on_progress=self.progressed.emit,
            on_finished=lambda: self.running_changed.emit(False),
        )
        return True

    def _on_done(self, search: _Search, question: AlikeQuestion, shapes: tuple[Shape, ...]) -> None:
        entry = search.entry
        if self._documents.find(entry.path) is not entry:
            return  # its labels were read anew or deleted meanwhile
        edit = _edit(entry, [shape.uid for shape in _untouched(search)], shapes)
        if edit is not None:
            self._documents.push(edit, entry)
        if shapes and entry is self._documents.current:
            self._documents.selection_requested.emit(tuple(shape.uid for shape in shapes))
        self._last = _Search(entry, search.exemplars, shapes)
        self.finished.emit(len(shapes))
        if not shapes:
            self.notified.emit(
                Notice(
                    tr("Nothing more was found that is like it."),
                    tr("Select several different objects of the kind, and more of them are found."),
                    level="info",
                    topic=_TOPIC,
                )
            )
            return
        self.notified.emit(
            Notice(
                trn("%n object was found that is like it.", "%n objects were found that are like it.", len(shapes)),
                tr(
                    "They are selected. To take wrong ones out, select those and choose Tools > Outline > Not Alike. "
                    "One undo takes all of them back."
                ),
                level="info",
                actions=self._keeping(question),
                topic=_TOPIC,
            )
        )

    def _keeping(self, question: AlikeQuestion) -> tuple[tuple[str, Callable[[], object]], ...]:
        """Return the button that lets the detector go on, where it answered and can do that."""
        outliner, detector = self._infos
        chosen = _answering(outliner, detector)
        if chosen is None or chosen is not detector or not chosen.keeps_alike:
            return ()
        return ((tr("Look for It on All Images"), lambda: self._keep(question)),)

    def _keep(self, question: AlikeQuestion) -> None:
        from anylabeling.services.auto_labeling.find_alike import taught

        self._runner.submit(
            ALIKE_LANE,
            lambda task: taught(self._detectors.current, question, task.token),
            on_done=self._on_taught,
            on_error=self._on_error,
        )

    def _on_taught(self, model: DetectionModel) -> None:
        self._detectors.keep(model)
        self.kept.emit()
        text = tr("The model now looks for what is like it.")
        hint = tr("Run and Run on All find it on other images, until other names are typed.")
        self.notified.emit(Notice(text, hint, level="info", topic=_TOPIC))

    def _on_error(self, error: Exception) -> None:
        known = error if isinstance(error, AppError) else AppError(tr("The run failed."), details=repr(error))
        self.finished.emit(-1)
        self.notified.emit(Notice(known.user_text, known.hint, known.details, "error"))


def _answering(outliner: ModelInfo | None, detector: ModelInfo | None) -> ModelInfo | None:
    if outliner is None and detector is None:
        return None
    from anylabeling.services.auto_labeling.find_alike import answers_alike

    return answers_alike(outliner, detector)


def _untouched(search: _Search) -> tuple[Shape, ...]:
    """Return what a search has added and nobody has changed since."""
    present = {shape.uid: shape for shape in search.entry.document.present(shape.uid for shape in search.added)}
    return tuple(shape for shape in search.added if present.get(shape.uid) is shape)


def _edit(entry: OpenDocument, gone: Sequence[int], shapes: Sequence[Shape]) -> Edit | None:
    """Return the step that puts in what was found, in place of what an earlier search had found."""
    name = tr("Find all alike ({count})", count=len(shapes))
    if not gone:
        return AddShapes.on_top(entry.document, shapes, name) if shapes else None
    start = len(entry.document.shapes) - len(gone)
    added = AddShapes(tuple(enumerate(shapes, start)), name)
    return Compound((RemoveShapes.of(entry.document, gone, name), added), name)


def _needs_exemplar() -> Notice:
    return Notice(
        tr("Select an object, or mark one with the AI tool, to find all that are like it."),
        tr("A rectangle or an outline of it will do; several of them find more."),
        level="info",
        topic=_TOPIC,
    )


def _load_one() -> str:
    return tr("Load one with Tools > Load Model, or get one with Tools > Download Models.")
