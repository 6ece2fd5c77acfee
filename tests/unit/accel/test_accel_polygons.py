"""Every implementation of the polygon functions against the plain definition."""

from __future__ import annotations

import math
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anylabeling.accel import _numpy
from anylabeling.opencv import cv2

POINT = st.tuples(st.integers(-50, 50), st.integers(-50, 50))
POLYGONS = st.lists(st.lists(POINT, max_size=9), max_size=6)


def pack(polygons: list[list[tuple[int, int]]]) -> tuple[np.ndarray, np.ndarray]:
    points = np.array([point for polygon in polygons for point in polygon], float).reshape(-1, 2)
    return points, np.cumsum([0, *map(len, polygons)])


@settings(max_examples=50, deadline=None)
@given(polygons=POLYGONS)
def test_measures(accel: ModuleType, polygons: list[list[tuple[int, int]]]) -> None:
    areas, perimeters, bounds = accel.polygon_measures(*pack(polygons))
    assert len(areas) == len(perimeters) == len(bounds) == len(polygons)
    for number, polygon in enumerate(polygons):
        pairs = list(zip(polygon, polygon[1:] + polygon[:1], strict=True))
        assert areas[number] == pytest.approx(abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2, abs=1e-9)
        assert perimeters[number] == pytest.approx(sum(math.dist(a, b) for a, b in pairs))
        if polygon:
            xs, ys = zip(*polygon, strict=True)
            assert bounds[number].tolist() == [min(xs), min(ys), max(xs), max(ys)]
        else:
            assert np.isnan(bounds[number]).all()


def test_far_away_polygons_keep_their_digits(accel: ModuleType) -> None:
    square = np.array([[0, 0], [0.5, 0], [0.5, 0.5], [0, 0.5]]) + 1e9
    assert accel.polygon_areas(square, np.array([0, 4]))[0] == 0.25


@settings(max_examples=50, deadline=None)
@given(polygons=POLYGONS, queries=st.lists(POINT, max_size=5))
def test_points_in_polygons_agree_with_opencv_off_the_outline(
    accel: ModuleType, polygons: list[list[tuple[int, int]]], queries: list[tuple[int, int]]
) -> None:
    points, offsets = pack(polygons)
    shifted = np.array(queries, float).reshape(-1, 2) + (0.25, 0.375)
    inside = accel.points_in_polygons(shifted, points, offsets)
    assert inside.shape == (len(queries), len(polygons))
    for row, query in enumerate(shifted):
        for column, polygon in enumerate(polygons):
            if len(polygon) < 3:
                assert not inside[row, column]
                continue
            side = cv2.pointPolygonTest(np.array(polygon, np.float32), tuple(map(float, query)), False)
            if side != 0:
                assert inside[row, column] == (side > 0)


def test_wrong_offsets_are_refused(accel: ModuleType) -> None:
    points = np.zeros((4, 2))
    for offsets in ([], [0, 3], [1, 4], [0, 3, 2, 4]):
        with pytest.raises(ValueError, match="Offsets"):
            accel.polygon_areas(points, np.array(offsets))


@settings(max_examples=50, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    lengths=st.lists(st.integers(0, 40), max_size=8),
    queries=st.integers(0, 7),
    scale=st.sampled_from([1.0, 1e-9, 1e12]),
    step=st.sampled_from([0.0, 0.25]),
)
def test_hits_equal_the_reference_on_outlines_too(
    accel: ModuleType, seed: int, lengths: list[int], queries: int, scale: float, step: float
) -> None:
    random = np.random.default_rng(seed)
    points, offsets = random.normal(size=(sum(lengths), 2)), np.cumsum([0, *lengths])
    places = random.normal(size=(queries, 2))
    if step:
        points, places = np.round(points / step) * step, np.round(places / step) * step
    if len(points) and queries:
        # Corners, the middle of an edge, and its very end to the last digit.
        places[0] = points[0]
        places[-1] = (points[0] + points[-1]) / 2
    points, places = points * scale, places * scale
    inside = accel.points_in_polygons(places, points, offsets)
    np.testing.assert_array_equal(inside, _numpy.points_in_polygons(places, points, offsets))
    for row, place in enumerate(places):
        np.testing.assert_array_equal(accel.points_in_polygons([place], points, offsets)[0], inside[row])


@settings(max_examples=50, deadline=None)
@given(
    lengths=st.lists(st.integers(0, 30), max_size=8),
    seed=st.integers(0, 2**32 - 1),
    scale=st.sampled_from([1.0, 1e-170, 1e-9, 1e140, 1e300]),
    broken=st.sampled_from([None, np.nan, np.inf, -np.inf]),
)
def test_measures_equal_the_reference(
    accel: ModuleType, lengths: list[int], seed: int, scale: float, broken: float | None
) -> None:
    random = np.random.default_rng(seed)
    points, offsets = random.normal(size=(sum(lengths), 2)) * scale, np.cumsum([0, *lengths])
    if broken is not None and len(points):
        points[seed % len(points), seed % 2] = broken
    areas, perimeters, bounds = accel.polygon_measures(points, offsets)
    expected_areas, expected_perimeters, expected_bounds = _numpy.polygon_measures(points, offsets)
    np.testing.assert_array_equal(bounds, expected_bounds)
    np.testing.assert_allclose(perimeters, expected_perimeters, rtol=1e-12)
    if scale <= 1 and broken is None:
        np.testing.assert_allclose(areas, expected_areas, rtol=1e-9, atol=1e-12 * scale * scale)
    np.testing.assert_array_equal(accel.polygon_areas(points, offsets), areas)
    np.testing.assert_array_equal(accel.polygon_perimeters(points, offsets), perimeters)
    np.testing.assert_array_equal(accel.polygon_bounds(points, offsets), bounds)


def test_what_polygon_functions_refuse(accel: ModuleType) -> None:
    points, offsets = np.zeros((4, 2)), np.array([0, 4])
    for function in (
        accel.polygon_measures,
        accel.polygon_areas,
        accel.polygon_perimeters,
        accel.polygon_bounds,
        lambda *arguments: accel.points_in_polygons([[0, 0]], *arguments),
    ):
        with pytest.raises(ValueError, match=r"points must have the shape \(n, 2\)"):
            function(np.zeros(8), offsets)
        with pytest.raises(TypeError, match="points must be real numbers"):
            function(np.full((4, 2), None), offsets)
        with pytest.raises(TypeError, match="offsets must be integers"):
            function(points, [0.0, 4.0])
        for wrong in ([], [4], [0, 3], [0, 5], [1, 4], [0, 3, 2, 4], [0, -(2**63), 4], [0, 2**63 - 1, 4]):
            with pytest.raises(ValueError, match="Offsets must rise"):
                function(points, np.array(wrong, np.int64))
        with pytest.raises(ValueError, match=r"offsets must have the shape \(n,\)"):
            function(points, [[0, 4]])
    with pytest.raises(ValueError, match=r"queries must have the shape \(n, 2\)"):
        accel.points_in_polygons([0, 0], points, offsets)
