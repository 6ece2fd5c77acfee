"""The connections of what edits shapes: clipboard, order, areas, kinds, tools of areas, the canvas's context menu."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from qtpy.QtCore import QPoint, QTimer
from qtpy.QtGui import QKeySequence

from anylabeling.config import Config
from anylabeling.document.shape import ShapeKind
from anylabeling.translation import tr
from anylabeling.utils import turns
from anylabeling.views.actions import CONVERSIONS
from anylabeling.views.canvas.selecting import (
    invert_selection,
    select_group,
    select_label,
    select_next,
    select_same_label,
)
from anylabeling.views.canvas.wheel_edit import WheelEdit
from anylabeling.views.menus import context_menu

if TYPE_CHECKING:
    from anylabeling.bootstrap.program import Program

_TURNS = {"rotate_left": -1.0, "rotate_right": 1.0, "rotate_left_more": -15.0, "rotate_right_more": 15.0}
_ORDERS = {
    "bring_to_front": "front",
    "bring_forward": "forward",
    "send_backward": "backward",
    "send_to_back": "back",
}


def connect_shape_editing(program: Program) -> None:
    """Connect everything that changes shapes apart from drawing and dragging them."""
    _connect_actions(program)
    _connect_canvas(program)
    _connect_settings(program)


def _connect_actions(program: Program) -> None:
    window, editing, clipboard = program.window, program.shape_editing, program.clipboard
    canvas = window.canvas

    def on(name: str, act: Callable[..., object], *arguments: object) -> None:
        def run(_checked: bool = False) -> None:
            act(*arguments)

        window.actions[name].triggered.connect(run)

    def on_selection(name: str, act: Callable[..., object], *arguments: object) -> None:
        on(name, lambda: act(canvas.selection(), *arguments))

    on_selection("cut", clipboard.cut)
    on_selection("copy", clipboard.copy)
    on("paste", clipboard.paste)
    on_selection("duplicate", clipboard.duplicate)
    on("select_same_label", select_same_label, canvas)
    on("invert_selection", invert_selection, canvas)
    on("select_group", select_group, canvas)
    on("select_next", select_next, canvas, 1)
    on("select_previous", select_next, canvas, -1)
    on_selection("toggle_lock", editing.toggle_locked)
    on_selection("hide_selected", editing.hide)
    window.shape_dock.hide_requested.connect(editing.hide)
    for name, where in _ORDERS.items():
        on_selection(name, editing.order, where)
    on_selection("merge_shapes", editing.merge)
    on_selection("subtract_shapes", editing.subtract)
    on_selection("intersect_shapes", editing.intersect)
    on_selection("exclude_shapes", editing.exclude)
    for kind, _text, _icon in CONVERSIONS:
        on_selection(f"convert_to_{kind}", editing.convert, ShapeKind(kind))
    for name, degrees in _TURNS.items():
        on_selection(name, editing.rotate, degrees)
    on_selection("simplify_shapes", editing.simplify)
    window.label_dock.select_requested.connect(partial(select_label, canvas))


def _connect_canvas(program: Program) -> None:
    window, editing = program.window, program.shape_editing
    canvas = window.canvas
    canvas.copies_requested.connect(program.clipboard.add_copies)
    objects = window.shape_dock.model
    canvas.cut_requested.connect(lambda outline: editing.cut_out(canvas.selection(), outline, objects.hidden))
    canvas.split_requested.connect(lambda line: editing.split(canvas.selection(), line, objects.hidden))
    # What the eraser came to by itself is not selected: the next stroke is free to take from another.
    canvas.brush_requested.connect(lambda stroke: editing.brush(stroke, select=canvas.is_selected(stroke.uid)))
    canvas.move_requested.connect(editing.move)
    for source in (editing, program.clipboard):
        source.notified.connect(program.notify)
    bulk, status = program.bulk_edits, window.status
    bulk.progressed.connect(lambda progress: status.set_work(progress, tr("Editing shapes") if progress else ""))
    bulk.idle.connect(program.closing.go_on)
    bulk.idle.connect(canvas.drop_previews)  # a move that came to nothing

    def give_up() -> None:
        bulk.cancel()

    status.work_cancel_requested.connect(give_up)

    def show_first(_entry: object) -> None:
        # What threads write of the edit before would take half of the window's time.
        turns.hand_over()
        turns.take()
        QTimer.singleShot(0, turns.rest)

    program.documents.edited.connect(show_first)

    def show_menu(at: QPoint) -> None:
        context_menu(canvas, window.actions, selected=bool(canvas.selection())).popup(at)

    canvas.menu_requested.connect(show_menu)


def _connect_settings(program: Program) -> None:
    canvas, settings = program.window.canvas, program.settings
    snap = program.window.actions["snap"]
    wheel = WheelEdit(canvas)

    def apply(config: Config) -> None:
        wheel.set_on(bool(config["canvas.wheel_resize"]))
        wheel.scale_step = float(config["canvas.wheel_resize_share"])
        wheel.adjust_step_px = float(config["canvas.wheel_resize_px"])
        canvas.back_keys = tuple(QKeySequence(key) for key in config.shortcuts()["undo_last_point"])
        canvas.snapper.distance_px = float(config["canvas.snap_distance"])
        program.shape_editing.simplify_px = float(config["canvas.simplify_tolerance"])
        canvas.brush_size = int(config["canvas.brush_size"])
        canvas.handle_reach_px = float(config["epsilon"])
        canvas.angle_step_rad = math.radians(float(config["canvas.angle_step"]))
        canvas.keeps_inside = bool(config["canvas.keep_inside"])
        canvas.wand_tool.tolerance = int(config["canvas.wand_tolerance"])

    def set_snapping(on: bool) -> None:
        canvas.snapper.enabled = on

    snap.toggled.connect(set_snapping)
    snap.toggled.connect(partial(settings.set, "canvas.snap"))
    set_snapping(snap.isChecked())
    canvas.wand_tool.signals.tolerance_changed.connect(partial(settings.set, "canvas.wand_tolerance"))
    keep_inside = program.window.actions["keep_inside"]
    keep_inside.toggled.connect(partial(settings.set, "canvas.keep_inside"))
    canvas.brush_size_changed.connect(partial(settings.set, "canvas.brush_size"))
    settings.changed.connect(lambda config, _keys: apply(config))
    apply(settings.config)
