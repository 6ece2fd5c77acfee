"""Hit testing agrees with OpenCV and with slow, plain arithmetic."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from anylabeling.opencv import cv2
from anylabeling.views.canvas import hit_test

coordinates = st.integers(0, 40)
outlines = st.lists(st.tuples(coordinates, coordinates), min_size=3, max_size=12).map(
    lambda points: np.array(points, dtype=np.float64)
)


@given(outlines, st.tuples(coordinates, coordinates))
def test_contains_agrees_with_opencv(points: np.ndarray, position: tuple[int, int]) -> None:
    x, y = position[0] + 0.25, position[1] + 0.375
    inside = cv2.pointPolygonTest(points.astype(np.float32), (x, y), measureDist=False)
    if inside != 0:
        assert hit_test.contains(points, x, y) == (inside > 0)


@given(outlines, st.tuples(coordinates, coordinates))
def test_nearest_edge_agrees_with_opencv(points: np.ndarray, position: tuple[int, int]) -> None:
    x, y = float(position[0]), float(position[1])
    edge, distance = hit_test.nearest_edge(points, x, y, closed=True)
    expected = abs(cv2.pointPolygonTest(points.astype(np.float32), (x, y), measureDist=True))
    assert math.isclose(distance, expected, abs_tol=1e-4)
    one = points[[edge, (edge + 1) % len(points)]]
    assert math.isclose(hit_test.nearest_edge(one, x, y, closed=False)[1], distance, abs_tol=1e-9)


def test_an_open_chain_has_no_closing_edge() -> None:
    points = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0]])
    assert hit_test.nearest_edge(points, 4, 6, closed=True)[0] == 2
    assert hit_test.nearest_edge(points, 2, 6, closed=False) == (0, 6.0)
    assert hit_test.nearest_edge(points[:1], 3, 4, closed=False) == (0, 5.0)


def test_of_coinciding_vertices_the_last_is_nearest() -> None:
    points = np.array([[0.0, 0.0], [5.0, 5.0], [5.0, 5.0]])
    assert hit_test.nearest_vertex(points, 5, 6) == (2, 1.0)


@given(
    st.lists(st.tuples(coordinates, coordinates, coordinates, coordinates), max_size=20),
    coordinates,
    coordinates,
    st.integers(0, 5),
)
def test_boxes_near_a_point(boxes: list[tuple[int, int, int, int]], x: int, y: int, tolerance: int) -> None:
    ordered = [(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in boxes]
    array = np.array(ordered, dtype=np.float64).reshape(-1, 4)
    expected = [
        row
        for row, (left, top, right, bottom) in enumerate(ordered)
        if left - tolerance <= x <= right + tolerance and top - tolerance <= y <= bottom + tolerance
    ]
    assert hit_test.boxes_near(array, x, y, tolerance).tolist() == expected


Vertex = tuple[float, float]


def side_of(start: Vertex, end: Vertex, position: Vertex) -> float:
    """Return on which side of a line a position lies: -1, 0 or 1; exact, since all coordinates are whole."""
    turn = (end[0] - start[0]) * (position[1] - start[1]) - (end[1] - start[1]) * (position[0] - start[0])
    return float(np.sign(turn))


def segments_meet(first: tuple[Vertex, Vertex], second: tuple[Vertex, Vertex]) -> bool:
    (a, b), (c, d) = first, second
    overlap = all(
        max(min(a[axis], b[axis]), min(c[axis], d[axis])) <= min(max(a[axis], b[axis]), max(c[axis], d[axis]))
        for axis in (0, 1)
    )
    return overlap and side_of(a, b, c) * side_of(a, b, d) <= 0 and side_of(c, d, a) * side_of(c, d, b) <= 0


@given(outlines, st.tuples(coordinates, coordinates), st.tuples(coordinates, coordinates))
def test_outline_touches_agrees_with_turns_at_every_edge(
    points: np.ndarray, first: tuple[int, int], second: tuple[int, int]
) -> None:
    left, right = sorted((first[0], second[0]))
    top, bottom = sorted((first[1], second[1]))
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    sides = list(zip(corners, [*corners[1:], corners[0]], strict=True))
    vertices = [tuple(vertex) for vertex in points.tolist()]
    edges = list(zip(vertices, [*vertices[1:], vertices[0]], strict=True))
    inside = any(left <= x <= right and top <= y <= bottom for x, y in vertices)
    expected = inside or any(segments_meet(edge, side) for edge in edges for side in sides)
    assert hit_test.outline_touches(points, left, top, right, bottom, closed=True) == expected


def test_boxes_near_many_rectangles_are_those_in_any_of_them_and_hardly_any_more() -> None:
    generator = np.random.default_rng(6)
    corners, places = generator.uniform(-300, 1200, (3000, 2)), generator.uniform(0, 900, (80, 2))
    boxes = np.hstack([corners, corners + generator.uniform(0, 30, (3000, 2))])
    rects = np.hstack([places, places + generator.uniform(0, 20, (80, 2))])
    inside = np.zeros(len(boxes), dtype=bool)
    for rect in rects.tolist():
        inside[hit_test.boxes_touching(boxes, *rect)] = True
    near = hit_test.boxes_near_any(boxes, rects)
    assert (near | ~inside).all()
    assert near.sum() < 1.5 * inside.sum()


def test_one_place_many_times_is_a_rectangle_too() -> None:
    boxes = np.array([[0.0, 0.0, 4.0, 4.0], [6.0, 6.0, 9.0, 9.0]])
    assert hit_test.boxes_near_any(boxes, np.array([[2.0, 2.0, 2.0, 2.0]] * 3)).tolist() == [True, False]


def test_the_nearest_box_comes_first() -> None:
    boxes = np.array([[10.0, 10.0, 12.0, 12.0], [0.0, 0.0, 2.0, 2.0], [4.0, 1.0, 6.0, 9.0]])
    assert list(hit_test.nearest_boxes(boxes, 1.0, 1.0)) == [(1, 0.0), (2, 3.0), (0, math.hypot(9, 9))]
