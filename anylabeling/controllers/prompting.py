"""Outline what a person marks on the canvas: the newest marks win, and nothing of it blocks the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qtpy.QtCore import QObject, Signal

from anylabeling.codecs import PixelFormat
from anylabeling.controllers.images import OpenedImage
from anylabeling.document.shape import Shape
from anylabeling.errors import AppError
from anylabeling.messages.models import ModelInfo, is_address, short_name
from anylabeling.messages.notices import Notice
from anylabeling.messages.prompting import BoxMark, Mark, Mask, OutputKind, PointMark, StrokeMark
from anylabeling.qt.task_runner import Task, TaskRunner
from anylabeling.translation import tr

if TYPE_CHECKING:
    from anylabeling.services.auto_labeling.embedding_preloader import EmbeddingPreloader
    from anylabeling.services.auto_labeling.prompt_manager import PromptModels
    from anylabeling.services.auto_labeling.prompt_model import PromptModel

PROMPT_LANE = "prompt"
ENCODE_LANE = "embedding"
LOAD_LANE = "prompt-model"


@dataclass(frozen=True, slots=True, eq=False)
class PromptAnswer:
    """What marks led to.

    Attributes:
        marks: The marks.
        mask: The object.
        shapes: What finishing now would add, without a label: an object in parts is a group. Empty when nothing was
            found.
    """

    marks: tuple[Mark, ...]
    mask: Mask
    shapes: tuple[Shape, ...]


class PromptingController(QObject):
    """The window's way to models that answer prompts, and to the assistant that needs none.

    Signals:
        model_changed: ModelInfo of the loaded model, or None.
        state_changed: Text and kind for the model chip: "loading", "prompt" while the tool is in use, or "failed".
        embedded: Path of a picture whose embedding has been made or fetched.
        answered: A PromptAnswer to the newest marks.
        unanswered: The marks could not be answered.
        notified: A Notice for the person.
    """

    model_changed = Signal(object)
    state_changed = Signal(str, str)
    embedded = Signal(str)
    answered = Signal(object)
    unanswered = Signal()
    notified = Signal(object)

    def __init__(
        self,
        runner: TaskRunner,
        models: PromptModels,
        preloader: EmbeddingPreloader,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._models = models
        self._preloader = preloader
        preloader.prepared.connect(self.embedded.emit)
        self._image: OpenedImage | None = None
        self._marks: tuple[Mark, ...] = ()
        self._answer: PromptAnswer | None = None
        self._output = OutputKind.POLYGON
        self._active = False
        self._told_about_assistant = False
        self._near: tuple[Sequence[str], int, int] = ((), -1, 0)
        self.preferred_backend = "auto"

    @property
    def info(self) -> ModelInfo | None:
        """The loaded model, or None."""
        model = self._models.current
        return None if model is None else model.info

    def load(self, path: str) -> None:
        """Load a model in place of the present one."""
        name = short_name(path) if is_address(path) else Path(path).name
        self.state_changed.emit(tr("Loading {name}", name=name), "loading")
        self._runner.submit(
            LOAD_LANE,
            lambda task: self._models.load(path, preferred_backend=self.preferred_backend, cancel=task.token),
            on_done=self._on_loaded,
            on_error=lambda error: self._fail(error, tr("The model could not be loaded.")),
            newest_wins=True,
        )

    def set_active(self, active: bool) -> None:
        """Take note that the tool is chosen, or another one: only then are pictures made ready."""
        self._active = active
        if active:
            self._say_what_works()
            self._prepare()
        else:
            self._runner.cancel_lane(ENCODE_LANE)
            self._runner.cancel_lane(PROMPT_LANE)
        self._preload()

    def set_image(self, image: OpenedImage | None) -> None:
        """Tell which picture the marks are on."""
        self._runner.cancel_lane(PROMPT_LANE)
        self._image, self._marks, self._answer = image, (), None
        if self._active:
            self._prepare()

    def set_neighbours(self, paths: Sequence[str], index: int, count: int) -> None:
        """Make ``count`` pictures after ``paths[index]`` ready in the background while the tool is in use."""
        self._near = (paths, index, count)
        self._preload()

    def set_output(self, output: OutputKind) -> None:
        """Choose what an outlined object becomes; the answer on the screen follows."""
        from anylabeling.services.auto_labeling.mask_shapes import mask_to_shapes

        self._output = output
        if self._answer is not None:
            mask = self._answer.mask
            self._answered(PromptAnswer(self._answer.marks, mask, mask_to_shapes(mask, output)))

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Answer these marks in place of those before; none clears the answer."""
        self._marks, self._answer = tuple(marks), None
        image, model, output = self._image, self._models.current, self._output
        if not self._marks or image is None:
            self._runner.cancel_lane(PROMPT_LANE)
            return
        asked = self._marks
        if model is None and not _assistant_can(asked):
            self._runner.cancel_lane(PROMPT_LANE)
            self.notified.emit(_needs_box())
            return
        self._runner.submit(
            PROMPT_LANE,
            lambda task: _answer(task, model, image, asked, output),
            on_done=self._answered,
            on_error=self._on_prompt_failed,
            newest_wins=True,
        )

    def stop(self) -> None:
        """Do nothing any more; the program ends."""
        for lane in (LOAD_LANE, ENCODE_LANE, PROMPT_LANE):
            self._runner.cancel_lane(lane)
        self._preloader.stop()

    def unload(self) -> None:
        """Let the model go."""
        self._preloader.cancel()
        self._models.unload()
        self.model_changed.emit(None)

    def _on_loaded(self, model: PromptModel) -> None:
        self.model_changed.emit(model.info)
        self.state_changed.emit("", "ready")
        if model.info.choice.notice:
            self.notified.emit(Notice(model.info.choice.notice, level="info"))
        if self._active:
            self._prepare()
            self._preload()
        if self._marks:
            self.set_marks(self._marks)

    def _prepare(self) -> None:
        """Make the embedding of the picture on the screen."""
        model, image = self._models.current, self._image
        if model is None or image is None:
            return
        self.state_changed.emit(tr("Preparing"), "prompt")
        self._runner.submit(
            ENCODE_LANE,
            lambda task: _encode(task, model, image),
            on_done=lambda _done: self._on_prepared(image),
            on_error=lambda error: self._fail(error, tr("The model failed on this image.")),
            newest_wins=True,
        )

    def _on_prepared(self, image: OpenedImage) -> None:
        self.embedded.emit(image.path)
        if self._active and image is self._image:
            self.state_changed.emit(tr("Ready"), "prompt")

    def _preload(self) -> None:
        paths, index, count = self._near
        model = self._models.current if self._active else None
        self._preloader.focus(model, paths, index, count)

    def _answered(self, answer: PromptAnswer) -> None:
        if answer.marks == self._marks:
            self._answer = answer
            self.answered.emit(answer)

    def _on_prompt_failed(self, error: Exception) -> None:
        self.unanswered.emit()
        self._fail(error, tr("The object could not be outlined."))

    def _say_what_works(self) -> None:
        if self._models.current is None and not self._runner.busy(LOAD_LANE) and not self._told_about_assistant:
            self._told_about_assistant = True
            self.notified.emit(_needs_box())

    def _fail(self, error: Exception, otherwise: str) -> None:
        known = error if isinstance(error, AppError) else AppError(otherwise, details=repr(error))
        self.state_changed.emit(known.user_text, "failed")
        self.notified.emit(Notice(known.user_text, known.hint, known.details, "error"))


def _needs_box() -> Notice:
    return Notice(
        tr("No Segment Anything model is loaded: objects are outlined by their colours."),
        tr(
            "Drag a box around an object, or draw over it with Ctrl held down; more strokes refine it, with Shift over "
            "what is not the object. Or load a model with Tools > Load Model."
        ),
        level="info",
    )


def _assistant_can(marks: Sequence[Mark]) -> bool:
    """Whether the marks say enough for the assistant that has no model."""
    return (
        any(isinstance(mark, BoxMark) or (isinstance(mark, StrokeMark) and mark.positive) for mark in marks)
        or sum(isinstance(mark, PointMark) and mark.positive for mark in marks) > 1
    )


def _encode(task: Task, model: PromptModel, image: OpenedImage) -> None:
    model.embedding(
        image.pixels, image.path, pixel_format=PixelFormat.BGRA, full_size=image.size, cancel=task.token
    )  # fmt: skip


def _answer(
    task: Task, model: PromptModel | None, image: OpenedImage, marks: tuple[Mark, ...], output: OutputKind
) -> PromptAnswer:
    from anylabeling.services.auto_labeling.assistants import outline_by_color
    from anylabeling.services.auto_labeling.mask_shapes import mask_to_shapes

    token, order, size = task.token, PixelFormat.BGRA, image.size
    if model is None:
        mask = outline_by_color(image.pixels, marks, pixel_format=order, full_size=size, cancel=token)
    else:
        embedding = model.embedding(image.pixels, image.path, pixel_format=order, full_size=size, cancel=token)
        token.raise_if_cancelled()
        mask = model.decode(embedding, marks, cancel=token)
    token.raise_if_cancelled()
    return PromptAnswer(marks, mask, mask_to_shapes(mask, output))
