"""Each drawing tool, worked by mouse and keys, makes the shape that a person expects."""

from __future__ import annotations

import math

import numpy as np
import pytest
from canvas_desk import Desk
from qtpy.QtCore import QEvent, Qt
from qtpy.QtGui import QKeyEvent
from qtpy.QtWidgets import QApplication

from anylabeling.document.shape import Points, Shape, ShapeKind

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def only(desk: Desk, kind: ShapeKind) -> Points:
    """Return the points of the one shape that was drawn."""
    assert [shape.kind for shape in desk.drawn] == [kind]
    assert desk.drawn[0].label == ""
    assert not desk.edits
    return desk.drawn[0].points


def test_rectangle_by_drag_has_its_upper_left_corner_first(desk: Desk) -> None:
    desk.canvas.set_tool("rectangle")
    desk.hand.drag((200, 150), (50, 60))
    assert only(desk, ShapeKind.RECTANGLE).tolist() == [[50, 60], [200, 150]]


def test_rectangle_by_two_clicks(desk: Desk) -> None:
    desk.canvas.set_tool("rectangle")
    desk.hand.click(50, 60)
    assert desk.canvas.is_drawing
    desk.hand.move(120, 90)
    desk.hand.click(200, 150)
    assert only(desk, ShapeKind.RECTANGLE).tolist() == [[50, 60], [200, 150]]
    assert not desk.canvas.is_drawing


def test_a_trembling_first_click_is_still_a_click(desk: Desk) -> None:
    for tool in ("rectangle", "rotated_rectangle"):
        desk.canvas.set_tool(tool)
        desk.hand.press(50, 60)
        desk.hand.release(50.5, 60.5)
        assert desk.canvas.is_drawing
        desk.hand.key(Qt.Key.Key_Escape)


def test_a_small_object_is_drawn_by_a_short_drag(desk: Desk) -> None:
    desk.canvas.set_tool("rectangle")
    desk.hand.drag((50, 60), (52, 63))
    assert only(desk, ShapeKind.RECTANGLE).tolist() == [[50, 60], [52, 63]]


def test_rotated_rectangle_by_three_clicks(desk: Desk) -> None:
    desk.canvas.set_tool("rotated_rectangle")
    desk.hand.click(100, 100)
    desk.hand.click(200, 100)
    desk.hand.click(150, 60)
    assert only(desk, ShapeKind.ROTATED_RECTANGLE).tolist() == [[100, 100], [200, 100], [200, 60], [100, 60]]


def test_shift_makes_a_square(desk: Desk) -> None:
    desk.canvas.set_tool("rectangle")
    desk.hand.drag((50, 60), (150, 80), modifiers=SHIFT)
    assert only(desk, ShapeKind.RECTANGLE).tolist() == [[50, 60], [150, 160]]


def test_drawing_outside_the_image_is_clipped_to_it(desk: Desk) -> None:
    desk.canvas.set_tool("rectangle")
    desk.hand.drag((300, 200), (430, 320))
    assert only(desk, ShapeKind.RECTANGLE).tolist() == [[300, 200], [400, 300]]


def test_a_rectangle_without_an_area_is_not_a_shape(desk: Desk) -> None:
    desk.canvas.set_tool("rectangle")
    desk.hand.drag((50, 60), (150, 60))
    assert not desk.drawn


@pytest.mark.parametrize(
    ("tool", "kind"), [("circle", ShapeKind.CIRCLE), ("line", ShapeKind.LINE)], ids=["circle", "line"]
)
def test_two_point_tools_keep_the_order_of_the_points(desk: Desk, tool: str, kind: ShapeKind) -> None:
    desk.canvas.set_tool(tool)
    desk.hand.drag((200, 150), (150, 110))
    assert only(desk, kind).tolist() == [[200, 150], [150, 110]]


def test_shift_keeps_a_line_level(desk: Desk) -> None:
    desk.canvas.set_tool("line")
    desk.hand.drag((100, 100), (200, 108), modifiers=SHIFT)
    assert only(desk, ShapeKind.LINE).tolist() == [[100, 100], [200, 100]]


def test_point_by_a_click(desk: Desk) -> None:
    desk.canvas.set_tool("point")
    desk.hand.click(120, 130)
    assert only(desk, ShapeKind.POINT).tolist() == [[120, 130]]


def test_rotated_rectangle_by_an_edge_and_its_height(desk: Desk) -> None:
    desk.canvas.set_tool("rotated_rectangle")
    desk.hand.drag((100, 100), (180, 160))
    desk.hand.move(150, 200)
    desk.hand.click(120, 180)
    corners = only(desk, ShapeKind.ROTATED_RECTANGLE)
    assert corners[:2].tolist() == [[100, 100], [180, 160]]
    sides = np.roll(corners, -1, axis=0) - corners
    assert np.allclose((sides * np.roll(sides, -1, axis=0)).sum(axis=1), 0.0, atol=2.0)
    # The opposite side goes through the last click.
    along = (corners[2] - corners[3]) / math.dist(corners[2], corners[3])
    offset = np.array([120, 180]) - corners[3]
    assert abs(offset[0] * along[1] - offset[1] * along[0]) < 0.1


TRIANGLE = [(100.0, 50.0), (200.0, 80.0), (150.0, 180.0)]


def click_all(desk: Desk, tool: str) -> None:
    desk.canvas.set_tool(tool)
    for x, y in TRIANGLE:
        desk.hand.click(x, y)


def close_at_first_point(desk: Desk) -> None:
    desk.hand.click(102, 52)


def close_by_enter(desk: Desk) -> None:
    desk.hand.key(Qt.Key.Key_Return)


@pytest.mark.parametrize("close", [close_at_first_point, close_by_enter])
def test_polygon_by_clicks(desk: Desk, close: object) -> None:
    click_all(desk, "polygon")
    assert not desk.drawn
    close(desk)  # type: ignore[operator]
    assert only(desk, ShapeKind.POLYGON).tolist() == [list(point) for point in TRIANGLE]


def test_a_double_click_sets_the_last_point_and_closes(desk: Desk) -> None:
    click_all(desk, "polygon")
    desk.hand.double_click(60, 120)
    assert only(desk, ShapeKind.POLYGON).tolist() == [*(list(point) for point in TRIANGLE), [60, 120]]


def test_backspace_and_undo_take_the_last_point_back(desk: Desk) -> None:
    click_all(desk, "polygon")
    desk.hand.click(60, 120)
    desk.hand.click(40, 40)
    desk.hand.key(Qt.Key.Key_Backspace)
    assert desk.canvas.undo_last_point()
    desk.hand.key(Qt.Key.Key_Enter)
    assert only(desk, ShapeKind.POLYGON).tolist() == [list(point) for point in TRIANGLE]
    assert not desk.canvas.undo_last_point()


def test_points_on_one_line_are_not_yet_a_polygon(desk: Desk) -> None:
    desk.canvas.set_tool("polygon")
    for x in (20, 60, 100):
        desk.hand.click(x, 40)
    desk.hand.key(Qt.Key.Key_Return)
    assert not desk.drawn
    assert desk.canvas.is_drawing
    desk.hand.click(60, 80)
    desk.hand.key(Qt.Key.Key_Return)
    (shape,) = desk.drawn
    assert len(shape.points) == 4


def test_two_points_are_not_yet_a_polygon(desk: Desk) -> None:
    desk.canvas.set_tool("polygon")
    desk.hand.click(100, 50)
    desk.hand.click(200, 80)
    desk.hand.key(Qt.Key.Key_Return)
    assert not desk.drawn
    assert desk.canvas.is_drawing


def test_escape_drops_the_half_drawn_shape(desk: Desk) -> None:
    click_all(desk, "polygon")
    desk.hand.key(Qt.Key.Key_Escape)
    assert not desk.canvas.is_drawing
    desk.hand.key(Qt.Key.Key_Return)
    assert not desk.drawn


@pytest.mark.parametrize("end", ["enter", "double click", "ctrl"])
def test_linestrip_ends(desk: Desk, end: str) -> None:
    desk.canvas.set_tool("linestrip")
    desk.hand.click(100, 50)
    desk.hand.click(200, 80)
    if end == "enter":
        desk.hand.click(150, 180)
        desk.hand.key(Qt.Key.Key_Return)
    elif end == "double click":
        desk.hand.double_click(150, 180)
    else:
        desk.hand.click(150, 180, CTRL)
    assert only(desk, ShapeKind.LINESTRIP).tolist() == [list(point) for point in TRIANGLE]


def test_another_tool_or_picture_drops_the_half_drawn_shape(desk: Desk) -> None:
    click_all(desk, "polygon")
    desk.canvas.set_tool("rectangle")
    assert not desk.canvas.is_drawing
    desk.hand.click(50, 60)
    desk.open()
    assert not desk.canvas.is_drawing
    assert not desk.drawn


def test_tool_changed_is_told_once(desk: Desk) -> None:
    told: list[str] = []
    desk.canvas.tool_changed.connect(told.append)
    desk.canvas.set_tool("polygon")
    desk.canvas.set_tool("polygon")
    desk.canvas.set_tool("select")
    assert told == ["polygon", "select"]
    assert desk.canvas.tool() == "select"
    with pytest.raises(KeyError):
        desk.canvas.set_tool("paint")


def test_a_half_drawn_shape_is_seen(desk: Desk) -> None:
    before = desk.hand.pixel(100, 100)
    desk.canvas.set_tool("rectangle")
    desk.hand.press(50, 60)
    desk.hand.move(200, 150)
    assert desk.hand.pixel(100, 100) != before
    desk.hand.key(Qt.Key.Key_Escape)
    assert desk.hand.pixel(100, 100) == before


def test_the_drawn_shape_stays_until_the_label_is_known(desk: Desk) -> None:
    desk.canvas.shape_drawn.connect(lambda _: desk.canvas.keep_preview())
    before = desk.hand.pixel(100, 100)
    desk.canvas.set_tool("rectangle")
    desk.hand.drag((50, 60), (200, 150))
    kept = desk.hand.pixel(100, 100)
    assert kept != before
    desk.add(desk.drawn[0].with_changes(label="cat"))
    desk.canvas.drawing_finished()
    assert desk.hand.pixel(100, 100) != before


def test_a_drawn_shape_that_nobody_keeps_disappears(desk: Desk) -> None:
    seen: list[tuple[int, int, int]] = []
    desk.canvas.shape_drawn.connect(lambda _: seen.append(desk.hand.pixel(100, 100)))
    before = desk.hand.pixel(100, 100)
    desk.canvas.set_tool("rectangle")
    desk.hand.drag((50, 60), (200, 150))
    assert seen != [before]
    assert desk.hand.pixel(100, 100) == before


def test_keys_of_a_half_drawn_shape_come_before_shortcuts(desk: Desk) -> None:
    def claimed(key: Qt.Key) -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        QApplication.sendEvent(desk.canvas, event)
        return event.isAccepted()

    desk.canvas.set_tool("polygon")
    assert not claimed(Qt.Key.Key_Backspace)
    desk.hand.click(100, 50)
    assert claimed(Qt.Key.Key_Backspace)
    assert claimed(Qt.Key.Key_Return)
    assert claimed(Qt.Key.Key_Escape)
    assert not claimed(Qt.Key.Key_D)


def test_locked_and_hidden_shapes_do_not_stop_drawing(desk: Desk) -> None:
    desk.open(Shape(ShapeKind.RECTANGLE, [[0, 0], [400, 300]], label="all", locked=True))
    desk.canvas.set_tool("rectangle")
    desk.hand.drag((50, 60), (200, 150))
    assert only(desk, ShapeKind.RECTANGLE).tolist() == [[50, 60], [200, 150]]
