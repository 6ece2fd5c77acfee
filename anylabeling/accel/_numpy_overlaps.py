"""Overlaps of polygons: the reference implementation, in numpy.

Both outlines are cut at the heights of all corners and of all crossings. Between two such heights no edges cross, so
the width of what is inside is linear there, and its value halfway up times the height is the area exactly.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from anylabeling.accel import _checks
from anylabeling.accel._numpy_polygons import polygon_bounds

Float64Array = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

_PAIRS_AT_ONCE = 1 << 20
_NOISE = 1e-12
"""Less than this share of the square around an outline is what rounding leaves of one without area."""


def polygon_iou(points_a: ArrayLike, points_b: ArrayLike) -> float:
    """Return the intersection over union of two polygons; see ``anylabeling.accel.polygon_iou``."""
    first = _checks.moderate(_checks.rows(points_a, 2, "points_a"), "points_a")
    second = _checks.moderate(_checks.rows(points_b, 2, "points_b"), "points_b")
    return _iou(first, second)


def polygon_iou_matrix(
    points_a: ArrayLike, offsets_a: ArrayLike, points_b: ArrayLike, offsets_b: ArrayLike
) -> Float64Array:
    """Return the IoU of every polygon of one list with every one of another; see ``accel.polygon_iou_matrix``."""
    first, first_offsets, first_lengths = _checks.polygons(points_a, offsets_a)
    second, second_offsets, second_lengths = _checks.polygons(points_b, offsets_b)
    _checks.moderate(first, "points_a")
    _checks.moderate(second, "points_b")
    result = np.zeros((len(first_lengths), len(second_lengths)))
    first_bounds, second_bounds = polygon_bounds(first, first_offsets), polygon_bounds(second, second_offsets)
    # Polygons without points have bounds that are not numbers and touch nothing.
    touching = (first_bounds[:, np.newaxis, :2] < second_bounds[:, 2:]).all(axis=2)
    touching &= (first_bounds[:, np.newaxis, 2:] > second_bounds[:, :2]).all(axis=2)
    for row, column in zip(*np.nonzero(touching), strict=True):
        result[row, column] = _iou(
            first[first_offsets[row] : first_offsets[row + 1]],
            second[second_offsets[column] : second_offsets[column + 1]],
        )
    return result


def _iou(first: Float64Array, second: Float64Array) -> float:
    if len(first) < 3 or len(second) < 3:
        return 0.0
    first_area, second_area, both = _areas(first, second)
    if first_area <= _noise(first) or second_area <= _noise(second) or both <= 0:
        return 0.0
    return min(1.0, both / (first_area + second_area - both))


def _noise(ring: Float64Array) -> float:
    """Return what rounding can leave of the area of an outline without one."""
    return float(np.ptp(ring, axis=0).sum()) ** 2 * _NOISE


def _areas(first: Float64Array, second: Float64Array) -> tuple[float, float, float]:
    """Return the areas of two polygons and of what they share, by the even-odd rule."""
    edges = np.concatenate([np.hstack([ring, np.roll(ring, -1, axis=0)]) for ring in (first, second)])
    edges -= np.tile(first[0], 2)
    of_first = np.arange(len(edges)) < len(first)
    sloping = edges[:, 1] != edges[:, 3]
    edges, of_first = edges[sloping], of_first[sloping]
    if not len(edges):
        return 0.0, 0.0, 0.0
    heights = np.unique(np.concatenate([edges[:, 1], edges[:, 3], _crossing_heights(edges)]))
    areas = np.zeros(3)
    step = max(1, _PAIRS_AT_ONCE // len(edges))
    for start in range(0, len(heights) - 1, step):
        areas += _areas_between(edges, of_first, heights[start : start + step + 1])
    return float(areas[0]), float(areas[1]), float(areas[2])


def _crossing_heights(edges: Float64Array) -> Float64Array:
    """Return the heights at which two edges cross."""
    found = []
    step = max(1, _PAIRS_AT_ONCE // len(edges))
    x2, y2 = edges[:, 0], edges[:, 1]
    dx2, dy2 = edges[:, 2] - x2, edges[:, 3] - y2
    for start in range(0, len(edges), step):
        some = edges[start : start + step, :, np.newaxis]
        x1, y1 = some[:, 0], some[:, 1]
        dx1, dy1 = some[:, 2] - x1, some[:, 3] - y1
        denominator = dx1 * dy2 - dy1 * dx2
        parallel = denominator == 0
        divisor = np.where(parallel, 1.0, denominator)
        along_first = ((x2 - x1) * dy2 - (y2 - y1) * dx2) / divisor
        along_second = ((x2 - x1) * dy1 - (y2 - y1) * dx1) / divisor
        crossing = ~parallel & (along_first >= 0) & (along_first <= 1) & (along_second >= 0) & (along_second <= 1)
        found.append((y1 + along_first * dy1)[crossing])
    return np.concatenate(found)


def _areas_between(edges: Float64Array, of_first: BoolArray, heights: Float64Array) -> Float64Array:
    """Return the three areas between the first and the last of some heights, rising."""
    middles = (heights[:-1] + heights[1:]) / 2
    x1, y1, x2, y2 = (column[np.newaxis] for column in edges.T)
    middle = middles[:, np.newaxis]
    crossed = (np.minimum(y1, y2) <= middle) & (np.maximum(y1, y2) > middle)
    places = np.where(crossed, x1 + (middle - y1) * ((x2 - x1) / (y2 - y1)), np.inf)
    order = np.argsort(places, axis=1)
    places = np.take_along_axis(places, order, axis=1)
    crossed = np.take_along_axis(crossed, order, axis=1)
    in_first = np.logical_xor.accumulate(of_first[order] & crossed, axis=1)[:, :-1]
    in_second = np.logical_xor.accumulate(~of_first[order] & crossed, axis=1)[:, :-1]
    widths = np.where(crossed[:, 1:], places[:, 1:] - np.where(crossed[:, :-1], places[:, :-1], 0.0), 0.0)
    tall = np.diff(heights)
    return np.array(
        [
            float((np.where(inside, widths, 0.0).sum(axis=1) * tall).sum())
            for inside in (in_first, in_second, in_first & in_second)
        ]
    )
