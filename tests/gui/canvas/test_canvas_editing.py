"""Moving shapes, dragging handles, adding and removing vertices by mouse and keys."""

from __future__ import annotations

import numpy as np
import pytest
from canvas_desk import Desk
from qtpy.QtCore import Qt

from anylabeling.document.edits import ChangeShapes, RemoveShapes
from anylabeling.document.geometry import rotated_rectangle_corners
from anylabeling.document.shape import Shape, ShapeKind

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SQUARE = [[100, 100], [200, 100], [200, 200], [100, 200]]


def box(x1: float, y1: float, x2: float, y2: float, **fields: object) -> Shape:
    return Shape(ShapeKind.RECTANGLE, [[x1, y1], [x2, y2]], label="box", **fields)  # type: ignore[arg-type]


def polygon() -> Shape:
    return Shape(ShapeKind.POLYGON, SQUARE, label="square")


def names(desk: Desk) -> list[str]:
    assert all(isinstance(edit, ChangeShapes) for edit in desk.edits)
    return [edit.name for edit in desk.edits]


def test_drag_moves_a_shape_in_one_edit(desk: Desk) -> None:
    (uid,) = desk.open(box(100, 100, 160, 140))
    desk.hand.drag((130, 120), (180, 150))
    assert desk.points(uid) == [[150, 130], [210, 170]]
    assert names(desk) == ["Move rectangle"]
    assert desk.canvas.selection() == (uid,)


def test_a_small_twitch_is_a_click(desk: Desk) -> None:
    (uid,) = desk.open(box(100, 100, 160, 140))
    desk.hand.drag((130, 120), (131, 120))
    assert not desk.edits
    assert desk.canvas.selection() == (uid,)


def test_the_document_is_untouched_until_the_release(desk: Desk) -> None:
    (uid,) = desk.open(box(100, 100, 160, 140))
    desk.hand.press(130, 120)
    desk.hand.move(180, 150, down=Qt.MouseButton.LeftButton)
    assert desk.points(uid) == [[100, 100], [160, 140]]
    moved_fill, left_behind = desk.hand.pixel(200, 160), desk.hand.pixel(110, 110)
    assert moved_fill != left_behind
    assert left_behind == desk.hand.pixel(50, 50)
    desk.hand.key(Qt.Key.Key_Escape)
    desk.hand.release(180, 150)
    assert not desk.edits
    assert desk.hand.pixel(110, 110) != desk.hand.pixel(50, 50)


def test_several_shapes_move_together_and_stay_in_the_image(desk: Desk) -> None:
    first, second = desk.open(box(20, 100, 60, 140), box(200, 200, 260, 240))
    desk.canvas.set_selection([first, second])
    desk.hand.drag((230, 220), (150, 260))
    assert desk.points(first) == [[0, 140], [40, 180]]
    assert desk.points(second) == [[180, 240], [240, 280]]
    assert names(desk) == ["Move 2 shapes"]
    assert desk.canvas.selection() == (first, second)


def test_locked_shapes_are_selected_but_not_changed(desk: Desk) -> None:
    locked, free = desk.open(box(20, 100, 60, 140, locked=True), box(200, 200, 260, 240))
    desk.hand.drag((40, 120), (90, 120))
    assert desk.canvas.selection() == (locked,)
    desk.hand.drag((60, 140), (90, 170))
    assert not desk.edits
    desk.canvas.set_selection([locked, free])
    desk.hand.key(Qt.Key.Key_Right)
    assert desk.points(locked) == [[20, 100], [60, 140]]
    assert desk.points(free) == [[201, 200], [261, 240]]


def test_arrow_keys_move_by_one_and_with_shift_by_ten(desk: Desk) -> None:
    (uid,) = desk.open(box(100, 100, 160, 140))
    desk.canvas.set_selection([uid])
    desk.hand.key(Qt.Key.Key_Left)
    desk.hand.key(Qt.Key.Key_Down)
    desk.hand.key(Qt.Key.Key_Right, SHIFT)
    assert desk.points(uid) == [[109, 101], [169, 141]]
    for _ in range(20):
        desk.hand.key(Qt.Key.Key_Up, SHIFT)
    assert desk.points(uid) == [[109, 0], [169, 40]]
    assert len(desk.edits) == 3 + 11


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ((100, 100), (80, 90), [[80, 90], [160, 140]]),
        ((160, 140), (90, 80), [[90, 80], [100, 100]]),
        ((160, 100), (180, 90), [[100, 90], [180, 140]]),
        ((130, 100), (150, 120), [[100, 120], [160, 140]]),
        ((100, 120), (130, 90), [[130, 100], [160, 140]]),
        ((160, 140), (450, 350), [[100, 100], [400, 300]]),
    ],
    ids=["corner", "corner turned over", "other corner", "upper edge", "left edge", "out of the image"],
)
def test_a_rectangle_stays_one(
    desk: Desk, start: tuple[float, float], end: tuple[float, float], expected: list[list[float]]
) -> None:
    (uid,) = desk.open(box(100, 100, 160, 140))
    desk.canvas.set_selection([uid])
    desk.hand.drag(start, end)
    assert desk.points(uid) == expected
    assert names(desk) == ["Resize rectangle"]


def test_a_vertex_is_dragged_without_selecting_first(desk: Desk) -> None:
    (uid,) = desk.open(polygon())
    desk.hand.drag((200, 100), (250, 80))
    assert desk.points(uid) == [[100, 100], [250, 80], [200, 200], [100, 200]]
    assert names(desk) == ["Move vertex"]
    assert desk.canvas.selection() == (uid,)


def test_other_vertices_keep_their_exact_places(desk: Desk) -> None:
    exact = [[100.123456, 100.654321], [200, 100], [200.987654, 200], [100, 200]]
    (uid,) = desk.open(Shape(ShapeKind.POLYGON, exact, label="square"))
    desk.hand.drag((200, 100), (250, 80))
    assert desk.points(uid) == [exact[0], [250, 80], *exact[2:]]


def test_a_pressed_vertex_is_removed_by_the_action_even_when_the_mouse_has_gone(desk: Desk) -> None:
    (uid,) = desk.open(polygon())
    desk.hand.click(200, 100)
    desk.hand.move(350, 250)
    desk.canvas.set_tool("polygon")
    assert not desk.canvas.remove_selected_vertex()
    desk.canvas.set_tool("select")
    desk.hand.click(200, 100)
    desk.hand.move(350, 250)
    assert desk.canvas.remove_selected_vertex()
    assert desk.points(uid) == [[100, 100], [200, 200], [100, 200]]


def test_a_circle_is_resized_at_its_rim_and_moved_at_its_centre(desk: Desk) -> None:
    (uid,) = desk.open(Shape(ShapeKind.CIRCLE, [[200, 150], [240, 150]], label="ball"))
    desk.hand.drag((240, 150), (200, 220))
    assert desk.points(uid) == [[200, 150], [200, 220]]
    desk.hand.drag((200, 150), (180, 140))
    assert desk.points(uid) == [[180, 140], [180, 210]]
    assert names(desk) == ["Resize circle", "Move circle"]


def rotated() -> Shape:
    return Shape(ShapeKind.ROTATED_RECTANGLE, rotated_rectangle_corners(200, 150, 100, 60, np.pi / 6), label="door")


def test_a_rotated_rectangle_keeps_its_angle_when_resized(desk: Desk) -> None:
    (uid,) = desk.open(rotated())
    desk.canvas.set_selection([uid])
    before = desk.document.shape(uid).points
    desk.hand.drag(tuple(before[2]), (270, 240))
    after = desk.document.shape(uid).points
    assert np.allclose(after[0], before[0], atol=0.02)
    assert np.allclose(after[2], (270, 240), atol=0.6)
    edge = after[1] - after[0]
    assert np.degrees(np.arctan2(edge[1], edge[0])) == pytest.approx(30, abs=0.1)
    assert abs(edge @ (after[3] - after[0])) < 2.0
    assert names(desk) == ["Resize rotated rectangle"]


def test_a_rotated_rectangle_turns_by_its_handle(desk: Desk) -> None:
    (uid,) = desk.open(Shape(ShapeKind.ROTATED_RECTANGLE, [[150, 120], [250, 120], [250, 180], [150, 180]], label="d"))
    desk.canvas.set_selection([uid])
    # The handle lies 24 widget pixels above the middle of the first edge: 12 image pixels at 200 %.
    desk.hand.drag((200, 108), (290, 152), modifiers=SHIFT)
    after = desk.document.shape(uid).points
    assert np.allclose(after, [[230, 100], [230, 200], [170, 200], [170, 100]], atol=0.02)
    assert names(desk) == ["Rotate rectangle"]


def test_a_drag_on_an_edge_of_a_selected_polygon_adds_a_vertex(desk: Desk) -> None:
    (uid,) = desk.open(polygon())
    desk.canvas.set_selection([uid])
    desk.hand.drag((150, 100), (160, 60))
    assert desk.points(uid) == [[100, 100], [160, 60], [200, 100], [200, 200], [100, 200]]
    assert names(desk) == ["Add vertex"]


def test_a_click_on_the_closing_edge_adds_a_vertex_at_the_end(desk: Desk) -> None:
    (uid,) = desk.open(polygon())
    desk.canvas.set_selection([uid])
    desk.hand.click(100, 150)
    assert desk.points(uid) == [*SQUARE, [100, 150]]


def test_an_edge_of_an_unselected_polygon_is_left_alone(desk: Desk) -> None:
    (uid,) = desk.open(polygon())
    desk.hand.click(150, 100)
    assert desk.points(uid) == SQUARE
    assert desk.canvas.selection() == (uid,)


def test_the_action_adds_a_vertex_at_the_hovered_edge(desk: Desk) -> None:
    (uid,) = desk.open(polygon())
    desk.hand.move(150, 200)
    assert desk.canvas.add_vertex_to_edge()
    assert desk.points(uid) == [[100, 100], [200, 100], [200, 200], [150, 200], [100, 200]]
    desk.hand.move(350, 250)
    assert not desk.canvas.add_vertex_to_edge()


def test_a_line_strip_moves_by_its_line_and_grows_by_a_click(desk: Desk) -> None:
    (uid,) = desk.open(Shape(ShapeKind.LINESTRIP, [[50, 50], [150, 50], [150, 150]], label="road"))
    desk.hand.drag((100, 50), (110, 60))
    assert desk.points(uid) == [[60, 60], [160, 60], [160, 160]]
    desk.hand.click(100, 60)
    assert desk.points(uid) == [[60, 60], [100, 60], [160, 60], [160, 160]]
    assert names(desk) == ["Move linestrip", "Add vertex"]


def test_vertices_are_removed_down_to_a_triangle(desk: Desk) -> None:
    (uid,) = desk.open(polygon())
    desk.hand.click(200, 100, SHIFT)
    assert desk.points(uid) == [[100, 100], [200, 200], [100, 200]]
    desk.hand.move(100, 100)
    desk.hand.key(Qt.Key.Key_Backspace)
    assert not desk.canvas.remove_selected_vertex()
    assert len(desk.points(uid)) == 3
    assert names(desk) == ["Remove vertex"]


def test_backspace_removes_the_vertex_under_the_mouse(desk: Desk) -> None:
    (uid,) = desk.open(polygon())
    desk.hand.move(100, 200)
    desk.hand.key(Qt.Key.Key_Backspace)
    assert desk.points(uid) == [[100, 100], [200, 100], [200, 200]]


def test_an_edit_reverts_to_what_was(desk: Desk) -> None:
    (uid,) = desk.open(polygon())
    desk.hand.drag((150, 150), (200, 160))
    desk.document.revert(desk.edits[0])
    assert desk.points(uid) == SQUARE


def test_a_shape_that_vanishes_during_a_drag_ends_it(desk: Desk) -> None:
    (uid,) = desk.open(polygon())
    desk.hand.press(150, 150)
    desk.hand.move(180, 170, down=Qt.MouseButton.LeftButton)
    desk.document.apply(RemoveShapes.of(desk.document, [uid]))
    desk.hand.move(190, 180, down=Qt.MouseButton.LeftButton)
    desk.hand.release(190, 180)
    assert not desk.edits
    assert desk.canvas.selection() == ()


def test_a_small_shape_can_be_moved_at_its_middle(desk: Desk) -> None:
    """Its eight handles leave the middle free."""
    (uid,) = desk.open(box(100, 100, 109, 109))
    desk.canvas.set_selection([uid])
    desk.hand.drag((104.5, 104.5), (154.5, 104.5))
    assert desk.points(uid) == [[150, 100], [159, 109]]
    desk.hand.drag((159, 109), (180, 120))
    assert names(desk) == ["Move rectangle", "Resize rectangle"]
