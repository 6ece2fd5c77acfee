"""The connections of finding all that is like a marked object: canvas, models, panel, status bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anylabeling.document.geometry import normalized_rectangle
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.messages.progress import Progress
from anylabeling.messages.prompting import BoxMark
from anylabeling.translation import tr

if TYPE_CHECKING:
    from anylabeling.bootstrap.program import Program


def connect_finding_alike(program: Program) -> None:
    """Connect what finds all that are alike; everything else is connected already."""
    window, alike = program.window, program.finding_alike
    canvas, panel = window.canvas, window.auto_labeling.prompts
    find, leave_out = window.actions["find_alike"], window.actions["not_alike"]
    usual = find.toolTip()

    def enable() -> None:
        reason = alike.reason
        for action in (find, leave_out):
            action.setEnabled(not reason and program.navigation.current is not None)
        find.setToolTip(reason or usual)
        panel.set_alike(reason)

    def look() -> None:
        marked = _marked(program)
        # What was marked last counts: what an earlier search has found is still selected.
        if alike.find(() if marked else canvas.selection(), marked) and marked:
            canvas.ai_tool.cancel()
            canvas.refresh_marks()

    def look_again() -> None:
        alike.leave_out(canvas.selection())

    def running_changed(running: bool) -> None:
        panel.set_running(running)
        window.status.set_work(Progress(0) if running else None, tr("Finding what is alike") if running else "")

    find.triggered.connect(lambda _checked=False: look())
    leave_out.triggered.connect(look_again)
    panel.alike_requested.connect(look)
    panel.output_changed.connect(alike.set_output)
    alike.options = lambda: program.auto_labeling.options
    alike.running_changed.connect(running_changed)
    alike.progressed.connect(lambda progress: window.status.set_work(progress, tr("Finding what is alike")))
    alike.reason_changed.connect(lambda _reason: enable())
    alike.notified.connect(program.notify)
    alike.kept.connect(lambda: program.auto_labeling.model_changed.emit(program.services.models.info))
    window.status.work_cancel_requested.connect(alike.cancel)
    program.images.opened.connect(alike.set_image)
    program.images.failed.connect(lambda _path, _error: alike.set_image(None))
    program.navigation.current_changed.connect(lambda path: alike.set_image(None) if path is None else None)
    program.navigation.current_changed.connect(lambda _path: enable())
    for models in (program.prompting, program.auto_labeling):
        models.model_changed.connect(lambda _info: alike.follow_models())
    enable()


def _marked(program: Program) -> tuple[Shape, ...]:
    """Return what the AI tool has marked: its outline, else its box."""
    tool = program.window.canvas.ai_tool
    if tool.shape is not None:
        return (tool.shape,)
    boxes = [mark for mark in tool.marks if isinstance(mark, BoxMark)]
    return tuple(
        Shape(ShapeKind.RECTANGLE, normalized_rectangle(box.left, box.top, box.right, box.bottom)) for box in boxes
    )
