"""What users of other programs are used to while drawing: back to selecting, sizing by the wheel, labelled images."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from label_desk import Desk, read, shape, write_labels
from qtpy.QtCore import QPoint, QPointF, Qt
from qtpy.QtGui import QWheelEvent
from qtpy.QtWidgets import QApplication

from anylabeling.views.canvas.wheel_edit import sized_box

Open = Callable[..., Desk]
CONTROL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


def turn_wheel(desk: Desk, x: float, y: float, notches: float) -> None:
    """Turn the wheel over an image position."""
    at = QPointF(desk.at(x, y))
    everywhere = QPointF(desk.canvas.mapToGlobal(at.toPoint()))
    angle, no_button = QPoint(0, round(notches * 120)), Qt.MouseButton.NoButton
    phase = Qt.ScrollPhase.NoScrollPhase
    QApplication.sendEvent(desk.canvas, QWheelEvent(at, everywhere, QPoint(), angle, no_button, NONE, phase, False))


def test_the_tool_is_put_down_after_each_shape_where_that_is_wanted(open_desk: Open) -> None:
    desk = open_desk(display_label_popup=False, auto_switch_to_edit_mode=True)
    desk.key(Qt.Key.Key_R)
    desk.drag(20, 20, 60, 60)
    desk.wait_for(lambda: desk.canvas.tool() == "select")
    assert desk.canvas.document is not None
    (drawn,) = desk.canvas.document.shapes
    assert desk.canvas.selection() == (drawn.uid,)
    desk.program.settings.set("auto_switch_to_edit_mode", False)
    desk.key(Qt.Key.Key_R)
    desk.drag(70, 70, 110, 110)
    desk.wait_for(lambda: len(desk.canvas.document.shapes) == 2)  # type: ignore[union-attr]
    QApplication.processEvents()
    assert desk.canvas.tool() == "rectangle"


def test_the_wheel_sizes_the_rectangle_that_is_selected(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", shape("box", 40, 40), shape("other", 100, 10))
    desk = open_desk()
    canvas = desk.canvas
    assert canvas.document is not None
    box = canvas.document.shapes[0]
    low, high = box.points.min(axis=0), box.points.max(axis=0)
    inside = (low + high) / 2
    canvas.set_selection([box.uid])
    turn_wheel(desk, *inside, 1)
    assert canvas.document.shape(box.uid).points.tolist() == box.points.tolist()  # it scrolls, as long as it is off
    desk.program.settings.set("canvas.wheel_resize", True)
    desk.window.actions["fit_window"].trigger()
    before = canvas.viewport.offset.y()
    turn_wheel(desk, *inside, 2)
    larger = canvas.document.shape(box.uid).points
    assert larger == pytest.approx(inside + (box.points - inside) * 1.05**2)
    turn_wheel(desk, low[0] - 10, inside[1], -1)
    smaller = canvas.document.shape(box.uid).points
    assert smaller[:, 0].min() == pytest.approx(larger[:, 0].min() + 2)
    assert canvas.viewport.offset.y() == before
    desk.key(Qt.Key.Key_Z, CONTROL)  # all turns together
    assert canvas.document.shape(box.uid).points.tolist() == box.points.tolist()
    canvas.set_selection([one.uid for one in canvas.document.shapes])
    turn_wheel(desk, *inside, 1)
    assert [one.points.tolist() for one in canvas.document.shapes][0] == box.points.tolist()
    desk.saved()
    assert len(read(desk.image(0))["shapes"]) == 2


@given(
    st.tuples(*(st.floats(0, 1000) for _ in range(4))),
    st.tuples(st.floats(-50, 1050), st.floats(-50, 1050)),
    st.floats(-40, 40),
)
def test_a_rectangle_never_turns_inside_out(
    corners: tuple[float, ...], spot: tuple[float, float], notches: float
) -> None:
    points = np.array(corners).reshape(2, 2)
    sized = sized_box(points, spot, notches, scale_step=0.05, step_px=2.0)
    low, high = points.min(axis=0), points.max(axis=0)
    assert (sized[1] >= sized[0]).all()
    grown = (sized[1] - sized[0]) - (high - low)
    assert ((grown >= -1e-6) if notches > 0 else (grown <= 1 + 1e-6)).all()


def test_labelled_images_are_gone_to(open_desk: Open, folder: Path) -> None:
    for number in (2, 4):
        write_labels(folder / f"{number:02}.jpg", shape("box", 20, 20))
    desk = open_desk()
    desk.wait_for(lambda: not desk.work.review.is_unlabelled(str(desk.image(4))))
    for name, number in (("next_labelled", 2), ("next_labelled", 4), ("prev_labelled", 2), ("prev_labelled", 4)):
        desk.window.actions[name].trigger()
        desk.wait_image(number)
