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


@given(outlines, st.tuples(coordinates, coordinates), st.tuples(coordinates, coordinates))
def test_outline_touches_agrees_with_clipping_each_edge(
    points: np.ndarray, first: tuple[int, int], second: tuple[int, int]
) -> None:
    left, right = sorted((first[0], second[0]))
    top, bottom = sorted((first[1], second[1]))
    # OpenCV's clipLine works on whole pixels, where an edge may pass between two of them: sample instead.
    shares = np.linspace(0, 1, 2001)[:, None]
    sampled = False
    for start, end in zip(points, np.roll(points, -1, axis=0), strict=True):
        x, y = (start + (end - start) * shares).T
        sampled |= bool(((x >= left) & (x <= right) & (y >= top) & (y <= bottom)).any())
    touches = hit_test.outline_touches(points, left, top, right, bottom, closed=True)
    assert touches >= sampled
    if touches and not sampled:
        # A touch that sampling misses is a corner that an edge just grazes.
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        assert min(hit_test.nearest_edge(points, *corner, closed=True)[1] for corner in corners) < 0.05
