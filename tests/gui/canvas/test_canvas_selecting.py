"""Selecting by mouse and keys, hidden shapes, double clicks, the context menu."""

from __future__ import annotations

import pytest
from canvas_desk import Desk
from qtpy.QtCore import QPointF, Qt

from anylabeling.document.edits import RemoveShapes
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.views.canvas.selecting import select_group, select_next

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def box(x1: float, y1: float, x2: float, y2: float, label: str = "box") -> Shape:
    return Shape(ShapeKind.RECTANGLE, [[x1, y1], [x2, y2]], label=label)


def test_a_click_takes_the_smallest_shape_under_it(desk: Desk) -> None:
    small, large = desk.open(box(100, 100, 160, 140), box(50, 50, 300, 250))
    told: list[tuple[int, ...]] = []
    desk.canvas.selection_changed.connect(told.append)
    desk.hand.click(130, 120)
    assert desk.canvas.selection() == (small,)
    desk.hand.click(250, 200)
    assert told == [(small,), (large,)]


def test_among_equal_shapes_the_topmost_is_taken(desk: Desk) -> None:
    _, above = desk.open(box(100, 100, 160, 140), box(100, 100, 160, 140))
    desk.hand.click(130, 120)
    assert desk.canvas.selection() == (above,)


def test_a_click_beside_everything_clears_the_selection(desk: Desk) -> None:
    desk.open(box(100, 100, 160, 140))
    desk.hand.click(130, 120)
    desk.hand.click(300, 250)
    assert desk.canvas.selection() == ()


def test_ctrl_click_adds_and_removes(desk: Desk) -> None:
    first, second = desk.open(box(100, 100, 160, 140), box(200, 200, 260, 240))
    desk.hand.click(230, 220)
    desk.hand.click(130, 120, CTRL)
    assert desk.canvas.selection() == (first, second)
    desk.hand.click(230, 220, CTRL)
    assert desk.canvas.selection() == (first,)


def test_a_click_on_one_of_several_selected_shapes_selects_it_alone(desk: Desk) -> None:
    first, second = desk.open(box(100, 100, 160, 140), box(200, 200, 260, 240))
    desk.canvas.select_all()
    assert desk.canvas.selection() == (first, second)
    desk.hand.click(130, 120)
    assert desk.canvas.selection() == (first,)


def test_the_rubber_band_takes_what_it_touches(desk: Desk) -> None:
    inside, crossed, around, away = desk.open(
        box(100, 100, 120, 120), box(140, 90, 300, 110), box(20, 20, 380, 280), box(300, 200, 340, 240)
    )
    del around
    desk.canvas.set_hidden(frozenset({away}))
    desk.canvas.set_hidden(frozenset())
    # The press must be on nothing: outside of the large box.
    desk.hand.drag((10, 10), (15, 200))
    assert desk.canvas.selection() == ()
    desk.document.apply(RemoveShapes.of(desk.document, [desk.document.shapes[2].uid]))
    desk.hand.drag((90, 80), (150, 130))
    assert desk.canvas.selection() == (inside, crossed)
    desk.hand.drag((290, 190), (350, 250), modifiers=SHIFT)
    assert desk.canvas.selection() == (inside, crossed, away)


def test_the_rubber_band_inside_a_large_shape_does_not_take_it(desk: Desk) -> None:
    _, small = desk.open(
        Shape(ShapeKind.LINESTRIP, [[10, 10], [390, 10], [390, 290], [10, 290]], label="frame"),
        box(100, 100, 120, 120),
    )
    desk.hand.drag((80, 80), (200, 200))
    assert desk.canvas.selection() == (small,)


def test_hidden_shapes_are_not_drawn_hit_or_selected(desk: Desk) -> None:
    (uid,) = desk.open(box(100, 100, 160, 140))
    shown = desk.hand.pixel(130, 120)
    desk.canvas.set_selection([uid])
    desk.canvas.set_hidden(frozenset({uid}))
    assert desk.canvas.selection() == ()
    assert desk.hand.pixel(130, 120) != shown
    desk.hand.click(130, 120)
    desk.canvas.select_all()
    assert desk.canvas.selection() == ()
    desk.canvas.set_hidden(frozenset())
    desk.hand.click(130, 120)
    assert desk.canvas.selection() == (uid,)


def test_escape_clears_the_selection(desk: Desk) -> None:
    desk.open(box(100, 100, 160, 140))
    desk.canvas.select_all()
    desk.hand.key(Qt.Key.Key_Escape)
    assert desk.canvas.selection() == ()


def test_removed_shapes_leave_the_selection(desk: Desk) -> None:
    first, second = desk.open(box(100, 100, 160, 140), box(200, 200, 260, 240))
    desk.canvas.select_all()
    desk.document.apply(RemoveShapes.of(desk.document, [first]))
    assert desk.canvas.selection() == (second,)


def test_another_document_clears_the_selection(desk: Desk) -> None:
    desk.open(box(100, 100, 160, 140))
    desk.canvas.select_all()
    told: list[tuple[int, ...]] = []
    desk.canvas.selection_changed.connect(told.append)
    desk.open(box(100, 100, 160, 140))
    assert told == [()]


def test_the_right_button_selects_for_the_context_menu(desk: Desk) -> None:
    first, second = desk.open(box(100, 100, 160, 140), box(200, 200, 260, 240))
    desk.hand.click(130, 120, button=Qt.MouseButton.RightButton)
    assert desk.canvas.selection() == (first,)
    desk.canvas.select_all()
    desk.hand.click(230, 220, button=Qt.MouseButton.RightButton)
    assert desk.canvas.selection() == (first, second)


def test_a_double_click_zooms_to_the_shape(desk: Desk) -> None:
    desk.open(box(100, 100, 160, 140))
    desk.hand.double_click(130, 120)
    assert desk.canvas.zoom() > 8
    middle = desk.canvas.to_image(QPointF(500, 400))
    assert (middle.x(), middle.y()) == (pytest.approx(130, abs=0.1), pytest.approx(120, abs=0.1))


def test_a_double_click_on_the_plate_or_enter_asks_for_the_label(desk: Desk) -> None:
    (uid,) = desk.open(box(100, 100, 200, 180))
    asked: list[int] = []
    desk.canvas.label_edit_requested.connect(asked.append)
    zoom = desk.canvas.zoom()
    desk.hand.double_click(105, 95)
    assert asked == [uid]
    assert desk.canvas.zoom() == zoom
    assert desk.canvas.selection() == (uid,)
    desk.hand.key(Qt.Key.Key_Return)
    assert asked == [uid, uid]


def test_lines_and_points_are_hit_near_them(desk: Desk) -> None:
    line, point = desk.open(
        Shape(ShapeKind.LINE, [[50, 50], [350, 50]], label="l"), Shape(ShapeKind.POINT, [[200, 200]], label="p")
    )
    desk.hand.click(150, 52)
    assert desk.canvas.selection() == (line,)
    desk.hand.click(202, 201)
    assert desk.canvas.selection() == (point,)
    desk.hand.click(150, 60)
    assert desk.canvas.selection() == ()


def test_the_selection_goes_from_shape_to_shape_and_takes_in_a_group(desk: Desk) -> None:
    boxes = [
        Shape(ShapeKind.RECTANGLE, [[x, 10], [x + 20, 30]], group_id=group)
        for x, group in ((10, 1), (50, None), (90, 1), (130, 2))
    ]
    first, second, third, last = desk.open(*boxes)
    desk.canvas.set_hidden(frozenset([second]))
    seen = []
    for step in (1, 1, 1, 1, -1, -1):
        select_next(desk.canvas, step)
        seen.append(desk.canvas.selection())
    assert seen == [(first,), (third,), (last,), (first,), (last,), (third,)]
    select_group(desk.canvas)
    assert set(desk.canvas.selection()) == {first, third}
    desk.canvas.set_hidden(frozenset())
    desk.canvas.set_selection([second])
    select_group(desk.canvas)  # it is in none
    assert desk.canvas.selection() == (second,)
