"""Tools without a mouse: arrow keys aim, Enter clicks, or begins and ends a drag."""

from __future__ import annotations

import pytest
from canvas_desk import IMAGE_SIZE, NONE, Desk
from qtpy.QtCore import Qt

from anylabeling.document.brush_stroke import BrushStroke
from anylabeling.document.shape import Shape, ShapeKind

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
LEFT, RIGHT, UP, DOWN = Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down
ENTER = Qt.Key.Key_Return


def aim_at_corner(desk: Desk) -> None:
    """Go to the upper left corner: the edges of the image hold the aim."""
    for key in (LEFT, LEFT, LEFT, UP, UP, UP):
        desk.hand.key(key, CTRL)


def go(desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
    for _ in range(times):
        desk.hand.key(key, modifiers)


def test_a_rectangle_by_keys_alone(desk: Desk) -> None:
    desk.canvas.set_tool("rectangle")
    aim_at_corner(desk)
    go(desk, RIGHT, SHIFT, 2)
    go(desk, DOWN, NONE, 3)
    desk.hand.key(ENTER)
    assert desk.canvas.is_drawing
    go(desk, RIGHT, CTRL)
    go(desk, DOWN, SHIFT, 4)
    desk.hand.key(ENTER)
    assert [shape.kind for shape in desk.drawn] == [ShapeKind.RECTANGLE]
    assert desk.drawn[0].points.tolist() == [[20, 3], [120, 43]]


def test_a_polygon_by_keys_alone_ends_by_an_enter_without_an_arrow(desk: Desk) -> None:
    desk.canvas.set_tool("polygon")
    aim_at_corner(desk)
    for key in (RIGHT, DOWN, LEFT):
        go(desk, key, CTRL)
        desk.hand.key(ENTER)
    assert desk.canvas.is_drawing
    desk.hand.key(ENTER)
    assert [shape.kind for shape in desk.drawn] == [ShapeKind.POLYGON]
    assert desk.drawn[0].points.tolist() == [[100, 0], [100, 100], [0, 100]]


@pytest.mark.parametrize(("tool", "kind"), [("point", ShapeKind.POINT), ("line", ShapeKind.LINE)])
def test_other_tools_take_the_same_keys(desk: Desk, tool: str, kind: ShapeKind) -> None:
    desk.canvas.set_tool(tool)
    for _ in range(2):
        go(desk, RIGHT, SHIFT)
        desk.hand.key(ENTER)
    assert desk.drawn[0].kind is kind


def test_the_aim_stays_within_the_image_and_goes_on_from_the_mouse(desk: Desk) -> None:
    desk.canvas.set_tool("point")
    go(desk, RIGHT, CTRL, 9)
    go(desk, DOWN, CTRL, 9)
    desk.hand.key(ENTER)
    assert desk.drawn[0].points.tolist() == [list(IMAGE_SIZE)]
    desk.hand.move(50, 60)
    desk.hand.key(ENTER)
    assert len(desk.drawn) == 1, "with the mouse, Enter alone sets nothing"
    go(desk, LEFT)
    desk.hand.key(ENTER)
    x, y = desk.drawn[1].points[0]
    assert abs(x - 49) <= 1
    assert abs(y - 60) <= 1


def test_with_the_mouse_enter_still_ends_a_polygon(desk: Desk) -> None:
    desk.canvas.set_tool("polygon")
    go(desk, RIGHT)
    for at in ((50, 50), (90, 50), (70, 90)):
        desk.hand.click(*at)
    desk.hand.move(20, 20)
    desk.hand.key(ENTER)
    assert len(desk.drawn[0].points) == 3


ALT = Qt.KeyboardModifier.AltModifier


def polygon(*points: tuple[float, float]) -> Shape:
    return Shape(ShapeKind.POLYGON, list(points), label="ring")


@pytest.fixture
def mark(desk: Desk) -> int:
    """Return the uid of a box that is on the picture."""
    (uid,) = desk.open(Shape(ShapeKind.RECTANGLE, [[20, 20], [60, 60]], label="mark"))
    return uid


def aim(desk: Desk, x: int, y: int) -> None:
    """Aim at a place of the picture by keys."""
    aim_at_corner(desk)
    for way, length in ((RIGHT, x), (DOWN, y)):
        go(desk, way, CTRL, length // 100)
        go(desk, way, SHIFT, length % 100 // 10)
        go(desk, way, NONE, length % 10)


def test_a_freehand_polygon_begins_and_ends_with_enter(desk: Desk) -> None:
    desk.canvas.set_tool("freehand")
    aim(desk, 50, 50)
    desk.hand.key(ENTER)
    assert desk.canvas.is_drawing
    for way in (RIGHT, DOWN, LEFT):
        go(desk, way, CTRL)
    desk.hand.key(ENTER)
    assert [shape.kind for shape in desk.drawn] == [ShapeKind.POLYGON]
    assert {tuple(point) for point in desk.drawn[0].points.tolist()} == {(50, 50), (150, 50), (150, 150), (50, 150)}


def test_escape_drops_what_is_drawn_and_the_next_enter_begins_anew(desk: Desk) -> None:
    desk.canvas.set_tool("freehand")
    aim(desk, 50, 50)
    desk.hand.key(ENTER)
    go(desk, RIGHT, CTRL)
    desk.hand.key(Qt.Key.Key_Escape)
    assert not desk.canvas.is_drawing
    go(desk, DOWN, SHIFT)
    desk.hand.key(ENTER)
    assert desk.canvas.is_drawing
    assert desk.drawn == []


def test_brush_and_eraser_by_keys(desk: Desk) -> None:
    desk.canvas.set_tool("brush")
    aim(desk, 100, 100)
    desk.hand.key(ENTER)
    go(desk, RIGHT, CTRL)
    desk.hand.key(ENTER)
    assert [shape.kind for shape in desk.drawn] == [ShapeKind.MASK]
    strokes: list[BrushStroke] = []
    desk.canvas.brush_requested.connect(strokes.append)
    desk.add(desk.drawn[0])
    desk.canvas.set_tool("eraser")
    go(desk, LEFT, SHIFT, 3)
    desk.hand.key(ENTER)
    go(desk, LEFT, SHIFT, 2)
    desk.hand.key(ENTER)
    assert [(stroke.erases, stroke.path[0].tolist(), stroke.path[-1].tolist()) for stroke in strokes] == [
        (True, [170, 100], [150, 100])
    ]


def test_the_select_tool_aims_only_when_told_so(desk: Desk, mark: int) -> None:
    desk.canvas.set_selection([mark])
    go(desk, RIGHT, SHIFT)
    assert desk.points(mark)[0] == [30, 20]
    desk.canvas.set_key_aim(True)
    go(desk, RIGHT, SHIFT)
    assert desk.points(mark)[0] == [30, 20]


def test_frame_click_and_move_by_keys(desk: Desk, mark: int) -> None:
    desk.canvas.set_key_aim(True)
    aim(desk, 5, 5)
    desk.hand.key(ENTER)
    go(desk, RIGHT, CTRL)
    go(desk, DOWN, CTRL)
    desk.hand.key(ENTER)
    assert desk.canvas.selection() == (mark,)
    aim(desk, 200, 200)
    desk.hand.key(ENTER)
    desk.hand.key(ENTER)
    assert desk.canvas.selection() == ()
    aim(desk, 40, 40)
    desk.hand.key(ENTER)
    go(desk, RIGHT, CTRL)
    desk.hand.key(ENTER)
    assert desk.canvas.selection() == (mark,)
    assert desk.points(mark) == [[120, 20], [160, 60]]


def test_points_are_moved_added_and_erased_by_keys(desk: Desk) -> None:
    (ring,) = desk.open(polygon((50, 50), (150, 50), (150, 150), (100, 150), (50, 150)))
    desk.canvas.set_selection([ring])
    desk.canvas.set_key_aim(True)
    aim(desk, 50, 50)
    desk.hand.key(ENTER)
    go(desk, LEFT, SHIFT, 2)
    desk.hand.key(ENTER)
    assert desk.points(ring)[0] == [30, 50]
    aim(desk, 150, 100)
    desk.hand.key(ENTER)
    go(desk, RIGHT, SHIFT)
    desk.hand.key(ENTER)
    assert [160, 100] in desk.points(ring)
    aim(desk, 100, 170)
    desk.hand.key(ENTER, ALT)
    go(desk, UP, SHIFT, 2)
    desk.hand.key(ENTER)
    assert [100, 150] not in desk.points(ring)


def test_the_picture_follows_an_aim_that_leaves_the_window(desk: Desk) -> None:
    desk.canvas.set_tool("point")
    desk.canvas.set_zoom(8.0)
    aim_at_corner(desk)
    assert desk.canvas.rect().contains(desk.hand.at(0, 0))
    go(desk, RIGHT, CTRL, 4)
    assert desk.canvas.rect().contains(desk.hand.at(400, 0))
