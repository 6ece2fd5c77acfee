"""Simplification by every implementation: what it promises, and the reference exactly."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anylabeling.accel import _numpy


def distance(point: np.ndarray, start: np.ndarray, end: np.ndarray) -> float:
    along = end - start
    length = float(along @ along)
    share = 0.0 if length == 0 else float(np.clip((point - start) @ along / length, 0, 1))
    return float(np.hypot(*(point - start - share * along)))


def places_of(kept: np.ndarray, points: np.ndarray) -> list[int]:
    """Return where the kept points stand among the given ones; fails when they are no sub-sequence."""
    places, place = [], 0
    for corner in kept:
        while not (points[place] == corner).all():
            place += 1
        places.append(place)
        place += 1
    return places


POINTS = st.one_of(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=40).map(lambda rows: np.array(rows, float)),
    st.integers(0, 2**32 - 1).map(lambda seed: np.cumsum(np.random.default_rng(seed).normal(size=(120, 2)), axis=0)),
)


@settings(max_examples=50, deadline=None)
@given(points=POINTS, tolerance=st.sampled_from([0.0, 0.5, 1.0, 3.0, 100.0]), closed=st.booleans())
def test_simplified_as_by_the_reference(accel: ModuleType, points: np.ndarray, tolerance: float, closed: bool) -> None:
    points = points.reshape(-1, 2)
    kept = accel.simplify(points, tolerance, closed=closed)
    assert kept.dtype == np.float64
    np.testing.assert_array_equal(kept, _numpy.simplify(points, tolerance, closed=closed))
    places_of(kept, points)
    assert (len(kept) == 0) == (len(points) == 0)


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), tolerance=st.floats(0.01, 5))
def test_no_point_is_far_from_the_simpler_line(accel: ModuleType, seed: int, tolerance: float) -> None:
    points = np.cumsum(np.random.default_rng(seed).normal(size=(80, 2)), axis=0)
    kept = accel.simplify(points, tolerance, closed=False)
    places = places_of(kept, points)
    assert places[0] == 0
    assert places[-1] == len(points) - 1
    for start, end in zip(places, places[1:], strict=False):
        for place in range(start, end):
            assert distance(points[place], points[start], points[end]) <= tolerance * (1 + 1e-9)


def test_closed_outlines(accel: ModuleType) -> None:
    # A square with points on its sides, that begins in the middle of one.
    square = np.array([[5, 0], [10, 0], [10, 5], [10, 10], [5, 10], [0, 10], [0, 0]], float)
    assert accel.simplify(square, 0.1).tolist() == [[10, 0], [10, 10], [0, 10], [0, 0]]
    assert accel.simplify(square, 0.1, closed=False).tolist()[0] == [5, 0]
    # A thin triangle stays one, whatever the tolerance; what has no area may lose a corner.
    thin = np.array([[0, 0], [50, 0.1], [100, 0]])
    assert accel.simplify(thin, 10).tolist() == thin.tolist()
    assert accel.simplify([[0, 0], [1, 0], [2, 0], [3, 0]], 1).tolist() == [[0, 0], [3, 0]]
    assert accel.simplify([[2, 1]] * 6, 1).tolist() == [[2, 1]]
    assert accel.simplify([[1, 2], [3, 4]], 5).tolist() == [[1, 2], [3, 4]]
    assert accel.simplify([], 5).shape == (0, 2)


def test_a_long_spiral_does_not_end_the_process(accel: ModuleType) -> None:
    # The worst case of the method: each part is cut next to its end.
    count = 1500
    angles = np.linspace(0, 60, count)
    spiral = np.stack([angles * np.cos(angles), angles * np.sin(angles)], axis=1)
    kept = accel.simplify(spiral, 0.0, closed=False)
    assert len(kept) == count
    points = np.stack([np.arange(6_000.0), np.arange(6_000.0) % 2], axis=1)
    assert len(accel.simplify(points, 0.1)) > 5_990


def test_the_result_is_a_copy(accel: ModuleType) -> None:
    points = np.array([[0, 0], [1, 0]], float)
    accel.simplify(points, 1)[0, 0] = 7
    assert points[0, 0] == 0


def test_what_is_refused(accel: ModuleType) -> None:
    good = [[0, 0], [1, 0], [1, 1]]
    for tolerance in (-1, np.nan, np.inf):
        with pytest.raises(ValueError, match="tolerance must be from 0 to"):
            accel.simplify(good, tolerance)
    with pytest.raises(ValueError, match="points must be finite"):
        accel.simplify([[0, 0], [1, np.nan], [1, 1]], 1)
    with pytest.raises(ValueError, match=r"points must have the shape \(n, 2\)"):
        accel.simplify([[0, 0, 0]], 1)
    with pytest.raises(TypeError, match="real number"):
        accel.simplify(good, None)
    with pytest.raises(TypeError, match="points must be real numbers"):
        accel.simplify([[0j, 0]], 1)
