"""Every implementation of the polygon functions against the plain definition."""

from __future__ import annotations

import math
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anylabeling.opencv import cv2

POINT = st.tuples(st.integers(-50, 50), st.integers(-50, 50))
POLYGONS = st.lists(st.lists(POINT, max_size=9), max_size=6)


def pack(polygons: list[list[tuple[int, int]]]) -> tuple[np.ndarray, np.ndarray]:
    points = np.array([point for polygon in polygons for point in polygon], float).reshape(-1, 2)
    return points, np.cumsum([0, *map(len, polygons)])


@settings(max_examples=200, deadline=None)
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


@settings(max_examples=200, deadline=None)
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
