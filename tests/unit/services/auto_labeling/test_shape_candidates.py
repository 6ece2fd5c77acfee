"""Finished shapes of a model as candidates, and of the parts of a large picture as one answer."""

from __future__ import annotations

import numpy as np

from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.messages.auto_labeling import DetectOptions
from anylabeling.services.auto_labeling.detections import Candidates
from anylabeling.services.auto_labeling.shape_candidates import NameTable, candidates_of
from anylabeling.services.auto_labeling.tiling import Rect
from anylabeling.services.auto_labeling.view_merge import merge_views, view_of

NAMES = NameTable(["car"])
EVERYTHING = Rect(0, 0, 200, 100)
LEFT, RIGHT = Rect(0, 0, 120, 100), Rect(80, 0, 120, 100)


def found(shapes: list[Shape], size: tuple[int, int]) -> Candidates:
    return candidates_of(shapes, NAMES, size, floor=0.0, is_suppressed=False)


def seen(left: list[Shape], right: list[Shape]) -> list[Shape]:
    """Return what is put together from two tiles beside each other; the whole showed nothing."""
    whole = view_of(EVERYTHING, found([], (200, 100)))
    tiles = [view_of(LEFT, found(left, (120, 100))), view_of(RIGHT, found(right, (120, 100)))]
    return merge_views(whole, [tiles]).select(DetectOptions(), NAMES.names).to_shapes(NAMES.names)


def box(left: float, right: float, score: float, group_id: int | None = None) -> Shape:
    corners = np.array([[left, 20.0], [right, 60.0]])
    return Shape(ShapeKind.RECTANGLE, corners, label="car", score=score, group_id=group_id)


def outline(left: float, right: float, score: float) -> Shape:
    corners = np.array([[left, 20.0], [right, 20.0], [right, 60.0], [left, 60.0]])
    return Shape(ShapeKind.POLYGON, corners, label="car", score=score)


def test_a_box_in_two_tiles_is_one_box() -> None:
    (shape,) = seen([box(30, 120, 0.8)], [box(0, 90, 0.9)])
    assert shape.points.tolist() == [[30.0, 20.0], [170.0, 60.0]]
    assert shape.score == 0.9


def test_an_outline_in_two_tiles_is_one_outline() -> None:
    (shape,) = seen([outline(30, 120, 0.8)], [outline(0, 90, 0.9)])
    assert shape.kind is ShapeKind.POLYGON
    assert (shape.points.min(axis=0).tolist(), shape.points.max(axis=0).tolist()) == ([30.0, 20.0], [170.0, 60.0])
    assert shape.group_id is None


def test_a_pose_of_two_tiles_has_its_box_in_one_and_the_points_of_the_better_one() -> None:
    def pose(left: float, right: float, score: float, x: float) -> list[Shape]:
        eye = Shape(ShapeKind.POINT, np.array([[x, 30.0]]), label="eye", score=0.7, group_id=1)
        return [box(left, right, score, group_id=1), eye]

    around, eye = seen(pose(30, 120, 0.8, 100.0), pose(0, 90, 0.9, 21.0))
    assert around.points.tolist() == [[30.0, 20.0], [170.0, 60.0]]
    assert eye.points.tolist() == [[101.0, 30.0]]
    assert around.group_id == eye.group_id is not None


def test_what_only_one_tile_shows_is_in_its_place() -> None:
    shapes = seen([box(5, 40, 0.8)], [outline(60, 110, 0.9)])
    assert sorted(shape.points.min(axis=0).tolist() for shape in shapes) == [[5.0, 20.0], [140.0, 20.0]]
