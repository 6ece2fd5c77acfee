"""Drawing tools without a mouse: arrow keys aim, Enter clicks."""

from __future__ import annotations

import pytest
from canvas_desk import IMAGE_SIZE, NONE, Desk
from qtpy.QtCore import Qt

from anylabeling.document.shape import ShapeKind

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
