"""What dragging handles and adding vertices does to shapes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anylabeling.document.geometry import bounds, moved, rotated_rectangle_corners
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.views.canvas.handles import (
    ROTATE_HANDLE,
    clamped_move,
    drag_handle,
    handle_points,
    insert_vertex,
    remove_vertex,
)

positions = st.tuples(st.floats(0, 1000), st.floats(0, 1000))


def rectangle(x1: float, y1: float, x2: float, y2: float) -> Shape:
    return Shape(ShapeKind.RECTANGLE, [[x1, y1], [x2, y2]])


def rotated(angle: float, width: float = 80, height: float = 40) -> Shape:
    return Shape(ShapeKind.ROTATED_RECTANGLE, rotated_rectangle_corners(500, 500, width, height, angle))


@given(st.integers(0, 7), positions)
def test_a_dragged_rectangle_has_its_upper_left_corner_first(index: int, target: tuple[float, float]) -> None:
    points = drag_handle(rectangle(100, 100, 200, 150), index, *target).points
    assert (points[0] <= points[1]).all()


@given(st.integers(0, 7), positions)
def test_a_dragged_handle_of_a_rectangle_is_where_it_was_dragged(index: int, target: tuple[float, float]) -> None:
    shape = rectangle(100, 100, 200, 150)
    after = drag_handle(shape, index, *target)
    reach = handle_points(after, 0.0)
    if index < 4:
        assert np.abs(reach[:4] - target).sum(axis=1).min() < 1e-9
    else:
        axis = 1 if index in (4, 6) else 0
        assert np.abs(after.points[:, axis] - target[axis]).min() < 1e-9
        assert after.points[:, 1 - axis].tolist() == shape.points[:, 1 - axis].tolist()


@given(st.integers(0, 7), positions, st.floats(-math.pi, math.pi))
def test_a_rotated_rectangle_keeps_right_angles_and_its_direction(
    index: int, target: tuple[float, float], angle: float
) -> None:
    before = rotated(angle)
    after = drag_handle(before, index, *target).points
    sides = np.roll(after, -1, axis=0) - after
    assert np.allclose((sides * np.roll(sides, -1, axis=0)).sum(axis=1), 0.0, atol=1e-6)
    along = np.array([math.cos(angle), math.sin(angle)])
    assert abs(sides[0][0] * along[1] - sides[0][1] * along[0]) < 1e-6
    if index < 4:
        assert np.allclose(after[index], target)
        assert np.allclose(after[(index + 2) % 4], before.points[(index + 2) % 4])


@given(st.floats(-math.pi, math.pi), st.floats(-math.pi, math.pi))
def test_turning_keeps_size_and_centre(angle: float, towards: float) -> None:
    before = rotated(angle)
    x, y = 500 + 60 * math.sin(towards), 500 - 60 * math.cos(towards)
    after = drag_handle(before, ROTATE_HANDLE, x, y)
    assert np.allclose(after.points.mean(axis=0), (500, 500))
    assert np.allclose(after.points, rotated_rectangle_corners(500, 500, 80, 40, towards), atol=1e-6), (
        "the first edge faces the mouse"
    )


def test_turning_snaps_to_fifteen_degrees() -> None:
    after = drag_handle(rotated(0.1), ROTATE_HANDLE, 500 + 100, 500 - 97, shift=True)
    assert np.allclose(after.points, rotated_rectangle_corners(500, 500, 80, 40, math.radians(45)))


def test_the_turning_handle_lies_outside_the_first_edge() -> None:
    points = handle_points(rotated(0.0), 30.0)
    assert len(points) == 9
    assert points[ROTATE_HANDLE].tolist() == [500, 450]


@pytest.mark.parametrize("kind", [ShapeKind.POLYGON, ShapeKind.LINESTRIP])
def test_added_vertices_can_be_removed_again(kind: ShapeKind) -> None:
    shape = Shape(kind, [[0, 0], [10, 0], [10, 10]])
    more = insert_vertex(shape, 2, 0, 5)
    assert more.points.tolist() == [[0, 0], [10, 0], [10, 10], [0, 5]]
    less = remove_vertex(more, 3)
    assert less is not None
    assert less.content() == shape.content()
    assert less.uid == shape.uid


def test_no_kind_goes_below_its_least_number_of_vertices() -> None:
    assert remove_vertex(Shape(ShapeKind.POLYGON, [[0, 0], [10, 0], [10, 10]]), 0) is None
    assert remove_vertex(Shape(ShapeKind.LINESTRIP, [[0, 0], [10, 0]]), 0) is None
    assert remove_vertex(rectangle(0, 0, 5, 5), 0) is None
    assert remove_vertex(Shape(ShapeKind.POLYGON, [[0, 0], [9, 0], [9, 9], [0, 9]], locked=True), 0) is None


def test_locked_shapes_and_masks_have_no_handles() -> None:
    assert len(handle_points(Shape(ShapeKind.LINE, [[0, 0], [1, 1]], locked=True), 1.0)) == 0
    assert len(handle_points(Shape(ShapeKind.MASK, [[0, 0], [1, 1], [0, 1]]), 1.0)) == 0


@given(st.lists(st.tuples(positions, positions), min_size=1, max_size=4), st.floats(-2e3, 2e3), st.floats(-2e3, 2e3))
def test_a_move_goes_as_far_as_the_image_allows(
    boxes: list[tuple[tuple[float, float], tuple[float, float]]], dx: float, dy: float
) -> None:
    shapes = [Shape(ShapeKind.LINE, [start, end]) for start, end in boxes]
    after = [moved(shape, *clamped_move(shapes, dx, dy, 1000, 1000)) for shape in shapes]
    edges = np.array([bounds(shape) for shape in after])
    assert edges.min() >= -1e-6
    assert edges.max() <= 1000 + 1e-6
    free = clamped_move(shapes, dx, dy, 1e6, 1e6)
    step = clamped_move(shapes, dx, dy, 1000, 1000)
    assert abs(step[0]) <= abs(free[0])
    assert abs(step[1]) <= abs(free[1])


def test_what_lies_outside_comes_back_but_goes_no_further() -> None:
    outside = [rectangle(-50, 10, -20, 40)]
    assert clamped_move(outside, -10, 0, 100, 100) == (0, 0)
    assert clamped_move(outside, 30, 0, 100, 100) == (30, 0)
    assert clamped_move([], 5, 5, 100, 100) == (0, 0)
