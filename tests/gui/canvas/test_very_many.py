"""Very many shapes at once: carried by a drag, chosen by a rectangle, listed; and one shape of very many vertices."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from canvas_desk import Desk
from qtpy.QtCore import Qt

from anylabeling.document.edits import AddShapes
from anylabeling.document.moves import Move
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.views.canvas import hit_test, shape_view
from anylabeling.views.canvas.huge import HUGE_FROM, is_huge
from anylabeling.views.canvas.scene import MANY
from anylabeling.views.models.shape_list_model import _by_label, _by_score, _sorted_uids

GREY = (100, 100, 100)


def boxes(count: int = MANY + 50) -> list[Shape]:
    """Return boxes in the upper part of the picture's left half, and a larger one that can be taken by its middle."""
    at = np.random.default_rng(1).uniform((30, 30), (100, 180), (count - 1, 2)).round()
    small = [Shape(ShapeKind.RECTANGLE, [place, place + 20], label="a") for place in at]
    return [*small, Shape(ShapeKind.RECTANGLE, [[20, 220], [100, 290]], label="a")]


def settle(desk: Desk, wait_for: Callable[..., None]) -> None:
    wait_for(desk.canvas.is_settled)


def test_a_drag_carries_them_and_asks_for_one_move(desk: Desk, wait_for: Callable[..., None]) -> None:
    desk.open(*boxes())
    moves: list[Move] = []
    desk.canvas.move_requested.connect(moves.append)
    desk.canvas.select_all()
    settle(desk, wait_for)
    desk.hand.press(60, 255)
    for step in range(1, 6):
        desk.hand.move(60 + 20 * step, 255, down=Qt.MouseButton.LeftButton)
    settle(desk, wait_for)
    assert desk.hand.pixel(160, 255) != GREY  # they are seen where they are carried to
    assert desk.hand.pixel(60, 255) == GREY
    assert desk.edits == []
    desk.hand.release(160, 255)
    (move,) = moves
    assert move.steps == ((100.0, 0.0),)
    assert len(move.uids) == MANY + 50
    assert desk.hand.pixel(160, 255) != GREY  # until somebody has made the move, they stay there
    desk.canvas.drop_previews()
    settle(desk, wait_for)
    assert desk.hand.pixel(160, 255) == GREY
    assert desk.hand.pixel(60, 255) != GREY


def test_more_on_top_are_found_and_those_below_stay_as_they_are(desk: Desk, wait_for: Callable[..., None]) -> None:
    below, more = boxes(), [Shape(ShapeKind.RECTANGLE, [[n, 195], [n + 1, 215]], label="b") for n in range(MANY + 1)]
    desk.open(*below)
    settle(desk, wait_for)
    scene = desk.canvas.scene
    hidden, known = below[0].uid, scene.item(below[-1].uid)
    desk.canvas.set_hidden(frozenset({hidden}))
    edit = AddShapes.on_top(desk.document, more, "Add")
    desk.document.apply(edit)
    assert scene.item(below[-1].uid) is known
    assert [scene.at(row).shape for row in range(len(scene))] == [*below, *more]
    assert scene.boxes.tolist() == [[*shape.points[0], *shape.points[1]] for shape in (*below, *more)]
    assert [item.uid for item in scene.hits(MANY + 0.5, 205, 0.1)] == [more[-1].uid]
    assert not scene.is_shown(hidden)
    assert hidden not in {item.uid for item in scene.touching(desk.canvas.viewport.image_rect)}
    desk.document.revert(edit)
    assert [scene.at(row).shape for row in range(len(scene))] == below
    assert scene.hits(MANY + 0.5, 205, 0.1) == []


def test_the_nearest_edge_of_an_area_with_many_holes_is_the_nearest_of_all(desk: Desk) -> None:
    corners = np.array([[0, 0], [2, 0], [2, 2], [0, 2]])
    holes = [corners + (20 + 7 * column, 20 + 7 * row) for row in range(20) for column in range(30)]
    outer = [[0, 0], [400, 0], [400, 300], [0, 300]]
    desk.open(Shape(ShapeKind.POLYGON, outer, holes=holes))
    item = desk.canvas.scene.at(0)
    rings = (np.array(outer), *holes)
    firsts = np.cumsum([0, *map(len, rings)])
    for x, y in np.random.default_rng(5).uniform((0, 0), (400, 300), (40, 2)):
        found = [hit_test.nearest_edge(ring, x, y, closed=True) for ring in rings]
        ring = int(np.argmin([distance for _, distance in found]))
        assert item.nearest_edge(x, y) == (firsts[ring] + found[ring][0], found[ring][1])
    assert item.is_hit(24.5, 25, 1)  # between two holes
    assert not item.is_hit(21, 21, 0.5)


def test_escape_brings_them_back(desk: Desk, wait_for: Callable[..., None]) -> None:
    desk.open(*boxes())
    moves: list[Move] = []
    desk.canvas.move_requested.connect(moves.append)
    desk.canvas.select_all()
    desk.hand.press(60, 255)
    desk.hand.move(200, 255, down=Qt.MouseButton.LeftButton)
    desk.hand.key(Qt.Key.Key_Escape)
    desk.hand.release(200, 255)
    settle(desk, wait_for)
    assert moves == []
    assert desk.hand.pixel(60, 255) != GREY
    assert desk.hand.pixel(200, 255) == GREY


def test_a_picture_that_comes_meanwhile_shows_nothing_of_them(desk: Desk, wait_for: Callable[..., None]) -> None:
    desk.open(*boxes())
    desk.canvas.select_all()
    desk.hand.press(60, 255)
    desk.hand.move(200, 255, down=Qt.MouseButton.LeftButton)
    desk.open()
    settle(desk, wait_for)
    assert desk.hand.pixel(200, 255) == desk.hand.pixel(60, 255) == GREY


def test_a_rectangle_takes_those_inside_and_those_that_it_cuts(desk: Desk) -> None:
    triangle = [[0, 0], [40, 0], [0, 40]]
    around = Shape(ShapeKind.POLYGON, np.array([[-90, -90], [190, -90], [50, 190]]) + (110, 100))
    cut = Shape(ShapeKind.POLYGON, np.array(triangle) + (150, 100))
    beside = Shape(ShapeKind.POLYGON, [[230, 130], [180, 180], [230, 180]])  # its box reaches in, it does not
    points = Shape(ShapeKind.POINTS, [[50, 50], [170, 120]])
    loose = Shape(ShapeKind.POINTS, [[50, 140], [300, 150]])
    inside = boxes(300)
    others = [shape.uid for shape in inside if shape.points[0][1] > 151]
    desk.open(around, cut, beside, points, loose, *inside)
    desk.hand.drag((5, 150), (195, 5))
    chosen = set(desk.canvas.selection())
    assert {shape.uid for shape in inside if shape.points[0][1] < 149} <= chosen
    assert others
    assert not chosen.intersection(others)
    assert {cut.uid, points.uid, loose.uid} <= chosen
    assert beside.uid not in chosen


def test_lists_are_in_order_whatever_the_labels_and_scores() -> None:
    generator = np.random.default_rng(6)
    labels, scores = ("b", "A", "a", "ß", "SS", "ss", ""), (None, 0.5, 0.25, 1.0)
    for count in (0, 1, 90):
        shapes = [
            Shape(ShapeKind.POINT, [[1, 2]], label=labels[generator.integers(7)], score=scores[generator.integers(4)])
            for _ in range(count)
        ]
        generator.shuffle(shapes)  # type: ignore[arg-type]
        assert _sorted_uids(shapes, by_score=False) == [shape.uid for shape in sorted(shapes, key=_by_label)]
        assert _sorted_uids(shapes, by_score=True) == [shape.uid for shape in sorted(shapes, key=_by_score)]


def test_a_shape_of_very_many_vertices_is_drawn_with_its_hole(
    desk: Desk, wait_for: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shape_view, "_PAINT_BUDGET_S", 0.0001)  # it is drawn in many turns
    monkeypatch.setattr(shape_view, "_SLICE_BUDGET_S", 0.0001)
    angles = np.linspace(0, 2 * np.pi, HUGE_FROM, endpoint=False)
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    ring = Shape(ShapeKind.POLYGON, circle * 70 + (120, 120), label="ring", holes=(circle[::10] * 30 + (120, 120),))
    (uid,) = desk.open(ring)
    settle(desk, wait_for)
    item = desk.canvas.scene.item(uid)
    assert item is not None
    assert is_huge(item)
    outside, area, hole = (10, 120), (70, 120), (120, 120)
    assert desk.hand.pixel(*area) not in (GREY, desk.hand.pixel(50, 120))  # the line is darker than the area
    assert desk.hand.pixel(*outside) == desk.hand.pixel(*hole) == GREY
    desk.hand.click(*hole)
    assert desk.canvas.selection() == ()
    desk.hand.click(*area)
    assert desk.canvas.selection() == (uid,)
    desk.hand.drag(area, (area[0] + 50, area[1]))
    settle(desk, wait_for)
    assert desk.hand.pixel(170, 120) == GREY
    assert desk.hand.pixel(60, 120) == GREY
    desk.canvas.set_zoom(8.0)
    settle(desk, wait_for)
    assert desk.hand.pixel(170, 120) == GREY
