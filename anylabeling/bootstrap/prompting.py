"""The connections of the AI tool: canvas, model, assistant, chip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anylabeling.config import Config
from anylabeling.controllers.embedding_marks import EmbeddingMarkController
from anylabeling.controllers.prompting import PromptAnswer
from anylabeling.messages.models import ModelInfo
from anylabeling.messages.progress import Progress
from anylabeling.translation import tr

if TYPE_CHECKING:
    from anylabeling.bootstrap.program import Program

_TOOL = "ai"


def connect_prompting(program: Program) -> None:
    """Connect the AI tool; everything else is connected already."""
    _connect_canvas(program)
    _connect_model(program)
    _connect_actions(program)
    _connect_marks(program)
    _connect_outlining(program)
    _connect_scissors(program)
    _connect_wand(program)


def _connect_canvas(program: Program) -> None:
    canvas, prompting, navigation = program.window.canvas, program.prompting, program.navigation
    tool = canvas.ai_tool

    def show_answer(answer: PromptAnswer) -> None:
        tool.show_answer(answer.marks, answer.mask, answer.shapes)

    def show_place() -> None:
        config = program.settings.config
        count = int(config["performance.preload_count"]) if config["performance.preload_enabled"] else 0
        prompting.set_neighbours(navigation.paths, navigation.index(), count)

    def follow(path: str | None) -> None:
        if path is None:
            prompting.set_image(None)
        show_place()

    tool.signals.marks_changed.connect(prompting.set_marks)
    prompting.answered.connect(show_answer)
    prompting.unanswered.connect(tool.give_up_waiting)
    prompting.notified.connect(program.notify)
    program.images.opened.connect(prompting.set_image)
    program.images.failed.connect(lambda _path, _error: prompting.set_image(None))
    navigation.current_changed.connect(follow)
    navigation.place_changed.connect(show_place)
    canvas.tool_changed.connect(lambda name: prompting.set_active(name == _TOOL))


def _connect_model(program: Program) -> None:
    window, prompting = program.window, program.prompting
    panel = window.auto_labeling
    chip = _Chip(program)

    def show_model(info: ModelInfo | None) -> None:
        panel.prompts.set_model(info)
        # Without a model, colours tell the object: strokes say more of them than another box.
        window.canvas.ai_tool.draws_strokes = info is None
        if info is not None:
            window.window_state.save("recent/models", program.dialogs.remember_model(info.path))
            panel.set_recent_models(program.dialogs.recent_models())
        chip.refresh()

    def apply(_config: Config, _keys: frozenset[str]) -> None:
        prompting.preferred_backend = program.services.preferred_backend()

    window.canvas.ai_tool.draws_strokes = True
    prompting.model_changed.connect(show_model)
    prompting.model_changed.connect(lambda info: _find_by_text(program, info))
    prompting.state_changed.connect(chip.set_state)
    program.auto_labeling.model_changed.connect(lambda _info: chip.refresh())
    window.canvas.tool_changed.connect(lambda _name: chip.refresh())
    panel.prompts.output_changed.connect(prompting.set_output)
    program.settings.changed.connect(apply)
    prompting.preferred_backend = program.services.preferred_backend()


class _Chip:
    """The model chip while the AI tool is in use: it shows the model that answers it, and what that is doing."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._chip = program.window.auto_labeling.chip
        self._state = ("", "ready")

    def set_state(self, text: str, kind: str) -> None:
        self._state = (text, kind)
        if self._is_mine or kind in ("loading", "failed"):
            self._chip.set_state(text, kind)

    def refresh(self) -> None:
        detector, outliner = self._program.services.models.info, self._program.prompting.info
        mine = self._is_mine
        self._chip.set_model(outliner if outliner is not None and (mine or detector is None) else detector)
        if mine and outliner is not None:
            self._chip.set_state(*self._state)

    @property
    def _is_mine(self) -> bool:
        return self._program.window.canvas.tool() == _TOOL


def _connect_outlining(program: Program) -> None:
    window, outlining = program.window, program.outlining
    panel = window.auto_labeling.prompts

    def running_changed(running: bool) -> None:
        panel.set_running(running)
        window.status.set_work(Progress(0) if running else None, tr("Outlining") if running else "")

    program.images.opened.connect(outlining.set_image)
    program.images.failed.connect(lambda _path, _error: outlining.set_image(None))
    program.navigation.current_changed.connect(lambda path: outlining.set_image(None) if path is None else None)
    panel.output_changed.connect(outlining.set_output)
    panel.everything_requested.connect(outlining.run)
    outlining.running_changed.connect(running_changed)
    outlining.progressed.connect(lambda progress: window.status.set_work(progress, tr("Outlining")))
    outlining.notified.connect(program.notify)
    window.status.work_cancel_requested.connect(outlining.cancel)
    window.actions["outline_all"].triggered.connect(lambda _checked=False: outlining.run())


def _connect_marks(program: Program) -> None:
    marks = EmbeddingMarkController(
        program.runner, program.prompting, program.services.prompts, lambda: program.navigation.all_paths, program
    )

    def follow(_config: Config, keys: frozenset[str]) -> None:
        if any(key.startswith("performance.embedding_") for key in keys):
            marks.ask_soon()

    def outlined(running: bool) -> None:
        if not running and program.navigation.current is not None:
            marks.look_at(program.navigation.current)

    marks.changed.connect(program.window.file_dock.model.set_ready)
    program.navigation.images_changed.connect(lambda _paths, _root: marks.ask_soon())
    program.navigation.images_appended.connect(lambda _paths: marks.ask_soon())
    program.outlining.running_changed.connect(outlined)
    program.settings.changed.connect(follow)


def _connect_scissors(program: Program) -> None:
    tool, edges = program.window.canvas.scissors_tool, program.edges
    tool.signals.path_requested.connect(edges.find)
    edges.path_found.connect(tool.show_path)
    program.images.opened.connect(edges.set_image)


def _connect_wand(program: Program) -> None:
    tool, colors = program.window.canvas.wand_tool, program.color_regions
    tool.signals.region_requested.connect(colors.find)
    colors.region_found.connect(tool.show_region)
    program.images.opened.connect(colors.set_image)
    program.images.failed.connect(lambda _path, _error: colors.set_image(None))


def _connect_actions(program: Program) -> None:
    actions, canvas = program.window.actions, program.window.canvas

    def add_point(positive: bool) -> None:
        if canvas.tool() == _TOOL:
            canvas.ai_tool.add_point_at_mouse(positive)
        else:
            actions["tool_ai"].setChecked(True)

    def finish() -> None:
        canvas.finish_drawing()

    actions["add_positive_point"].triggered.connect(lambda _checked=False: add_point(True))
    actions["add_negative_point"].triggered.connect(lambda _checked=False: add_point(False))
    actions["finish_object"].triggered.connect(finish)


def _find_by_text(program: Program, info: ModelInfo | None) -> None:
    """Let a model for marks that takes texts as well find what is typed, too: its networks are loaded once."""
    detector = program.auto_labeling.model
    if info is not None and info.takes_text and (detector is None or detector.info.path != info.path):
        program.auto_labeling.load(info.path)
