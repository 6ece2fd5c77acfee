"""Load a model and label the image on the screen with it; sliders change the result without running again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qtpy.QtCore import QObject, Signal

from anylabeling.codecs import PixelFormat
from anylabeling.controllers.documents import DocumentController, OpenDocument
from anylabeling.controllers.images import OpenedImage
from anylabeling.document.many import find_boxes
from anylabeling.document.model_result import ModelResult, is_labelled, result_edit
from anylabeling.errors import AppError, UntrustedModelError
from anylabeling.messages.auto_labeling import DetectOptions, ExistingPolicy, Tiling
from anylabeling.messages.models import BackendChoice
from anylabeling.messages.notices import Notice
from anylabeling.qt.signals import connect_queued
from anylabeling.qt.task_runner import Task, TaskRunner
from anylabeling.translation import tr

if TYPE_CHECKING:
    from anylabeling.services.auto_labeling.detection_model import DetectionModel
    from anylabeling.services.auto_labeling.detections import Candidates
    from anylabeling.services.auto_labeling.label_run import ChangeResult
    from anylabeling.services.auto_labeling.model_manager import ModelManager

MODEL_LANE = "model"
_THRESHOLD_LANE = "threshold"


@dataclass(frozen=True, slots=True, eq=False)
class _Answer:
    """What a model found, and what of it counts by the options that were in force."""

    candidates: Candidates
    options: DetectOptions
    result: ModelResult


@dataclass(frozen=True, slots=True, eq=False)
class _LiveResult:
    """What the last run found, for as long as nothing else has changed the document.

    ``revision`` is the document's revision right after the result was put in; None when it put nothing in.
    """

    entry: OpenDocument
    candidates: Candidates
    class_names: tuple[str, ...]
    existing: ExistingPolicy
    revision: int
    applied: bool


class AutoLabelingController(QObject):
    """The window's way to a model.

    Signals:
        model_changed: ModelInfo of the loaded model, or None.
        suggested_changed: SuggestedOptions of the model that was loaded, before ``model_changed``.
        state_changed: Text and kind ("empty", "loading", "ready", "running", "failed") for the model chip.
        finished: Number of shapes that the run put into the image; -1 when it failed.
        notified: A Notice for the person.

    Attributes:
        result_changer: Returns a function that changes what a model has found before it is added, or None where nobody
            wants to. From path, size and result to a result; called on a thread, which waits for it.
    """

    model_changed = Signal(object)
    suggested_changed = Signal(object)
    state_changed = Signal(str, str)
    finished = Signal(int)
    notified = Signal(object)

    # From the thread that runs the model to the window's.
    _choice_changed = Signal(object)

    def __init__(
        self,
        runner: TaskRunner,
        manager: ModelManager,
        documents: DocumentController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._manager = manager
        self._documents = documents
        self._image: OpenedImage | None = None
        self._options = DetectOptions()
        self._existing = ExistingPolicy.KEEP
        self._live: _LiveResult | None = None
        self._run_when_loaded = False
        self.preferred_backend = "auto"
        self.result_changer: Callable[[], ChangeResult | None] = lambda: None
        connect_queued(self._choice_changed, self._on_choice_changed)
        manager.choice_changed.connect(self._choice_changed.emit)

    @property
    def model(self) -> DetectionModel | None:
        """The loaded model."""
        return self._manager.current

    @property
    def options(self) -> DetectOptions:
        """Which detections count."""
        return self._options

    def set_image(self, image: OpenedImage | None) -> None:
        """Tell which picture ``run`` is about."""
        self._image = image

    def set_options(self, options: DetectOptions) -> None:
        """Change which detections count; the result on the screen follows if nothing else has changed it since."""
        self._options = options
        live = self._live
        on_screen = live is not None and live.entry is self._documents.current
        if live is not None and on_screen and live.entry.document.revision == live.revision:
            if options.confidence >= live.candidates.floor:
                self._follow(live)
            else:
                self.run()

    @property
    def tiling(self) -> Tiling | None:
        """The tiles in which large pictures are looked at, or None."""
        return self._manager.tiling

    def set_tiling(self, tiling: Tiling | None) -> None:
        """Choose the tiles in which the next run looks at large pictures, or that it sees them whole."""
        if tiling == self._manager.tiling:
            return
        self._manager.set_tiling(tiling)
        if self._manager.info is not None:
            self.model_changed.emit(self._manager.info)

    def set_text(self, names: tuple[str, ...]) -> None:
        """Choose what the next run looks for, where the model finds what is typed."""
        if names == self._manager.text:
            return
        self._manager.set_text(names)
        info = self._manager.info
        if info is not None and info.takes_text:
            self.model_changed.emit(info)

    def set_existing(self, existing: ExistingPolicy) -> None:
        """Choose what the next run does with the shapes that are there."""
        self._existing = existing

    def load(self, path: str, *, trust: bool = False) -> None:
        """Load a model in place of the present one.

        Args:
            path: The model.
            trust: Whether the person has said that they trust a file whose loading runs code from it.
        """
        name = path.rpartition("/")[2]
        self.state_changed.emit(tr("Loading {name}", name=name), "loading")
        self._runner.submit(
            MODEL_LANE,
            lambda task: self._manager.load(
                path,
                preferred_backend=self.preferred_backend,
                trust=trust,
                on_progress=lambda text, share: task.report((text, share)),
                cancel=task.token,
            ),
            on_done=self._on_loaded,
            on_progress=self._on_load_progressed,
            on_error=lambda error: self._on_load_failed(error, path),
            newest_wins=True,
        )

    def unload(self) -> None:
        """Let the model go."""
        self._runner.cancel_lane(MODEL_LANE)
        self._manager.unload()
        self._live = None
        self.model_changed.emit(None)
        self.state_changed.emit(tr("No model: choose one"), "empty")

    def run(self) -> None:
        """Label the image on the screen as one undo step."""
        image, model, entry = self._image, self._manager.current, self._documents.current
        if model is None:
            if self._runner.busy(MODEL_LANE):
                self._run_when_loaded = True
                return
            self.notified.emit(
                Notice(tr("No model is loaded."), tr("Choose one with Tools > Load Model."), level="info")
            )
            return
        if image is None or entry is None:
            return
        existing, options, change = self._existing, self._options, self.result_changer()
        self.state_changed.emit(tr("Running"), "running")
        self._runner.submit(
            MODEL_LANE,
            lambda task: _detect(task, model, image, options, change),
            on_done=lambda answer: self._on_detected(entry, model, answer, existing),
            on_error=self._on_run_failed,
            on_finished=self._on_idle,
            newest_wins=True,
        )

    def cancel(self) -> None:
        """Drop the run or the load that is going on."""
        self._run_when_loaded = False
        self._runner.cancel_lane(MODEL_LANE)
        self._on_idle()

    def _on_loaded(self, model: DetectionModel) -> None:
        self._live = None
        self.suggested_changed.emit(model.suggested)
        self.model_changed.emit(model.info)
        self.state_changed.emit(tr("Ready"), "ready")
        if model.info.choice.notice:
            self.notified.emit(Notice(model.info.choice.notice, level="info"))
        if self._run_when_loaded:
            self._run_when_loaded = False
            self.run()

    def _on_load_failed(self, error: Exception, path: str) -> None:
        self._run_when_loaded = False
        if isinstance(error, UntrustedModelError):
            self.state_changed.emit(tr("Not loaded: it is not trusted"), "failed")
            trust = (tr("Trust and Load"), lambda: self.load(path, trust=True))
            self.notified.emit(Notice(error.user_text, error.hint, error.details, "warning", (trust,)))
        else:
            self._fail(error, tr("The model could not be loaded."))
        if self._manager.current is not None:  # the one before is still there and of use
            self.state_changed.emit(tr("Ready"), "ready")

    def _on_detected(
        self, entry: OpenDocument, model: DetectionModel, answer: _Answer, existing: ExistingPolicy
    ) -> None:
        candidates = answer.candidates
        if self._documents.find(entry.path) is not entry:
            return  # its labels were read anew or deleted while the model ran
        live = self._live
        again = live is not None and live.entry is entry and live.revision == entry.document.revision
        before = live if again and live is not None else None
        applied = before.applied if before is not None else False
        self._live = _LiveResult(
            entry, candidates, model.class_names, existing, entry.document.revision, applied and again
        )
        count = self._apply(self._live, answer.result)
        if answer.options != self._options:
            self.set_options(self._options)  # they were changed while the model ran
        self.finished.emit(count)
        if count == 0:
            text = (
                tr("Nothing was found that is not labelled already.")
                if entry.document.shapes
                else tr("Nothing was found.")
            )
            self.notified.emit(Notice(text, tr("Lower the confidence to see more."), level="info"))
        elif model.info.task == "classify":
            flags = candidates.select(self._options, model.class_names).flags(model.class_names)
            self.notified.emit(Notice(tr("The image is marked as {names}.", names=", ".join(flags)), level="info"))

    def _follow(self, live: _LiveResult) -> None:
        """Put in what counts of the last run by the options in force now."""
        options = self._options
        found = live.candidates.select(options, live.class_names)
        change = self.result_changer()
        if not found.takes_long and change is None:
            self._runner.cancel_lane(_THRESHOLD_LANE)
            self._apply(live, found.result(live.class_names))
            return

        def put_in(result: ModelResult) -> None:
            now = self._live
            # Other options on the way are answered after these.
            if now is not None and now.candidates is live.candidates and now.entry.document.revision == now.revision:
                self._apply(now, result)

        path, size = live.entry.path, live.entry.image_size
        self._runner.submit(
            _THRESHOLD_LANE,
            lambda _task: _changed(found.result(live.class_names), path, size, change),
            on_done=put_in,
            newest_wins=True,
        )

    def _apply(self, live: _LiveResult, result: ModelResult) -> int:
        """Put a result in, in place of the step that the same candidates or run made before; return its size."""
        entry = live.entry
        if live.applied:
            entry.stack.undo()
        document = entry.document
        edit, count = result_edit(
            document, result, replace=live.existing is ExistingPolicy.REPLACE, iou=self._options.iou
        )
        by_flags = bool(result.flag_names)
        if live.existing is ExistingPolicy.SKIP and is_labelled(document.snapshot(), by_flags=by_flags):
            edit, count = None, 0
        if edit is not None:
            self._documents.push(edit, entry)
        self._live = replace(live, revision=document.revision, applied=edit is not None)
        return count

    def _on_choice_changed(self, choice: BackendChoice) -> None:
        if self._manager.info is not None:
            self.model_changed.emit(self._manager.info)
        self.notified.emit(Notice(choice.notice, level="warning"))

    def _on_load_progressed(self, progress: tuple[str, float]) -> None:
        text, share = progress
        self.state_changed.emit(f"{text}: {share:.0%}", "loading")

    def _on_run_failed(self, error: Exception) -> None:
        self._fail(error, tr("The model failed on this image."))
        self.finished.emit(-1)

    def _on_idle(self) -> None:
        if self._manager.current is not None and not self._runner.busy(MODEL_LANE):
            self.state_changed.emit(tr("Ready"), "ready")

    def _fail(self, error: Exception, otherwise: str) -> None:
        known = error if isinstance(error, AppError) else AppError(otherwise, details=repr(error))
        self.state_changed.emit(known.user_text, "failed")
        self.notified.emit(Notice(known.user_text, known.hint, known.details, "error"))


def _changed(result: ModelResult, path: str, size: tuple[int, int], change: ChangeResult | None) -> ModelResult:
    return result if change is None else change(path, size, result)


def _detect(
    task: Task, model: DetectionModel, image: OpenedImage, options: DetectOptions, change: ChangeResult | None
) -> _Answer:
    from anylabeling.services.auto_labeling.detections import floor_for
    from anylabeling.services.auto_labeling.tiled_model import candidates_of

    task.token.raise_if_cancelled()
    floor = floor_for(options)
    candidates = candidates_of(
        model,
        image.pixels,
        image.path,
        size=image.size,
        pixel_format=PixelFormat.BGRA,
        floor=floor,
        cancel=task.token,
    )
    result = candidates.select(options, model.class_names).result(model.class_names)
    result = _changed(result, image.path, image.size, change)
    find_boxes(result.shapes)  # which the window would look for otherwise
    return _Answer(candidates, options, result)
