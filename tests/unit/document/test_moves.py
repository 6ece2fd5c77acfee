"""Moves of many shapes add up, stop at the image's edge, and keep what is known of boxes right."""

from __future__ import annotations

import numpy as np
import pytest

from anylabeling.document.geometry import bounds
from anylabeling.document.many import bounds_of_all, find_boxes, moved_all
from anylabeling.document.moves import Move
from anylabeling.document.shape import Shape, ShapeKind


def shapes() -> list[Shape]:
    at = np.random.default_rng(5).uniform(10, 60, (40, 2)).round(1)
    kinds = (ShapeKind.RECTANGLE, ShapeKind.CIRCLE, ShapeKind.LINE)
    return [Shape(kinds[n % 3], [place, place + 9], label="a") for n, place in enumerate(at)]


def test_steps_add_up_and_stop_at_the_edge_one_by_one() -> None:
    before = [Shape(ShapeKind.RECTANGLE, [[80, 10], [95, 20]])]
    first = Move((before[0].uid,), ((10.0, 0.0),), "Move", (100.0, 100.0), "arrows")
    both = first.followed_by(Move((before[0].uid,), ((-3.0, 0.0),), "Move", (100.0, 100.0), "arrows"))
    assert both is not None
    assert both.of(before)[0].points.tolist() == [[82, 10], [97, 20]]  # 5 to the edge, 3 back
    assert Move(first.uids, ((0.0, -99.0),), "Move").of(before)[0].points.tolist() == [[80, -89], [95, -79]]
    assert Move(first.uids, ((9.0, 0.0), (-5.0, 0.0)), "Move", (95.0, 100.0)).of(before)[0].points[0][0] == 75


@pytest.mark.parametrize(
    "later", [Move((2,), ((1.0, 0.0),), "Move", None, "arrows"), Move((1,), ((1.0, 0.0),), "Move")]
)
def test_other_moves_stay_apart(later: Move) -> None:
    assert Move((1,), ((1.0, 0.0),), "Move", None, "arrows").followed_by(later) is None


def test_a_move_that_leads_nowhere_makes_nothing() -> None:
    one = [Shape(ShapeKind.RECTANGLE, [[0, 0], [100, 50]])]
    assert Move((one[0].uid,), ((-4.0, 0.0),), "Move", (100.0, 100.0)).of(one) == []
    assert Move((), ((1.0, 1.0),), "Move").of([]) == []


def test_boxes_that_are_found_together_are_those_of_each() -> None:
    many, alone = shapes(), shapes()
    find_boxes(many)
    assert [shape.known_box for shape in many] == [bounds(shape) for shape in alone]
    assert bounds_of_all(many).tolist() == [list(bounds(shape)) for shape in alone]


def test_a_version_with_the_same_points_shares_the_box_and_another_one_does_not() -> None:
    for shape in shapes():
        box = bounds(shape)
        assert shape.with_changes(label="b").known_box is box
        assert shape.duplicate().known_box is box
        moved = shape.with_points(shape.points + 5)
        assert bounds(moved) == pytest.approx([side + 5 for side in box])
    together = moved_all(shapes(), 5, 7)
    assert bounds_of_all(together).tolist() == [list(bounds(Shape(one.kind, one.points))) for one in together]
