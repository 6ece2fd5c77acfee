"""Affine maps by every implementation, against the plain formula."""

from __future__ import annotations

import math
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from anylabeling.accel import _numpy

NUMBERS = st.one_of(st.integers(-9, 9).map(float), st.floats(-1e6, 1e6))
MATRICES = st.lists(NUMBERS, min_size=6, max_size=6).map(lambda values: [values[:3], values[3:]])
POINTS = hnp.arrays(
    st.sampled_from([np.float32, np.float64]),
    st.tuples(st.integers(0, 40), st.just(2)),
    elements=st.floats(width=32, allow_nan=True, allow_infinity=True),
)


@settings(max_examples=50, deadline=None)
@given(points=POINTS, matrix=MATRICES, upright=st.booleans(), bounded=st.booleans())
def test_points_are_mapped_as_by_the_formula(
    accel: ModuleType, points: np.ndarray, matrix: list[list[float]], upright: bool, bounded: bool
) -> None:
    if upright:
        matrix = [[matrix[0][0], 0, matrix[0][2]], [0, matrix[1][1], matrix[1][2]]]
    bounds = (-100.0, -50.0, 200.5, 50.0) if bounded else None
    mapped = accel.transform_points(points, np.array(matrix), bounds=bounds)
    assert mapped.dtype == points.dtype
    assert mapped.shape == points.shape
    np.testing.assert_array_equal(mapped, _numpy.transform_points(points, matrix, bounds=bounds))
    (a, b, c), (d, e, f) = matrix
    for (x, y), (u, v) in zip(points.tolist(), mapped.tolist(), strict=True):
        if math.isfinite(x) and math.isfinite(y):
            expected = [a * x + b * y + c, d * x + e * y + f]
            if bounds:
                expected = [min(max(expected[0], bounds[0]), bounds[2]), min(max(expected[1], bounds[1]), bounds[3])]
            with np.errstate(over="ignore"):
                assert [u, v] == [float(points.dtype.type(value)) for value in expected]


def test_back_from_a_letterbox(accel: ModuleType) -> None:
    # A picture of 1280 x 720 in an input of 640 x 640: 640 x 360, 140 rows from the top.
    boxes = np.array([[0, 140, 640, 500], [320, 320, 330, 340], [-5, 100, 700, 600]], np.float32)
    matrix = np.array([[2.0, 0, 0], [0, 2.0, -140 * 2.0]])
    mapped = accel.transform_points(boxes.reshape(-1, 2), matrix, bounds=(0, 0, 1280, 720)).reshape(-1, 4)
    assert mapped.tolist() == [[0, 0, 1280, 720], [640, 360, 660, 400], [0, 0, 1280, 720]]


def test_a_missing_coordinate_stays_missing_alone(accel: ModuleType) -> None:
    mapped = accel.transform_points([[np.nan, 1.0], [2.0, np.inf]], [[2, 0, 1], [0, 3, 1]])
    np.testing.assert_array_equal(mapped, [[np.nan, 4.0], [5.0, np.inf]])


def test_layouts_and_types(accel: ModuleType) -> None:
    points = np.arange(24, dtype=np.float64).reshape(12, 2)
    matrix = np.array([[1.5, 0.25, -3], [0.5, 2, 7]])
    expected = accel.transform_points(points, matrix)
    for variant in (np.asfortranarray(points), np.repeat(points, 2, 0)[::2], points.astype(int), points.tolist()):
        np.testing.assert_array_equal(accel.transform_points(variant, np.asfortranarray(matrix)), expected)
    points.flags.writeable = False
    np.testing.assert_array_equal(accel.transform_points(points, matrix.tolist()), expected)
    assert accel.transform_points([], matrix).shape == (0, 2)


def test_what_is_refused(accel: ModuleType) -> None:
    good = [[1, 0, 0], [0, 1, 0]]
    for matrix in ([[1, 0], [0, 1]], np.eye(3), [1, 0, 0, 0, 1, 0], []):
        with pytest.raises(ValueError, match=r"matrix must have the shape \(2, 3\)"):
            accel.transform_points([[1, 2]], matrix)
    with pytest.raises(ValueError, match="matrix must be finite"):
        accel.transform_points([[1, 2]], [[1, 0, np.inf], [0, 1, 0]])
    with pytest.raises(TypeError, match="matrix must be real numbers"):
        accel.transform_points([[1, 2]], [["a", "b", "c"]] * 2)
    with pytest.raises(ValueError, match=r"points must have the shape \(n, 2\)"):
        accel.transform_points([[1, 2, 3]], good)
    with pytest.raises(TypeError, match="points must be real numbers"):
        accel.transform_points([[1, 2j]], good)
    for bounds in ((1, 0, 0, 1), (0, 0, np.nan, 1)):
        with pytest.raises(ValueError, match="bounds must be left, top, right, bottom"):
            accel.transform_points([[1, 2]], good, bounds=bounds)
    with pytest.raises(ValueError, match="unpack"):
        accel.transform_points([[1, 2]], good, bounds=(1, 2, 3))
