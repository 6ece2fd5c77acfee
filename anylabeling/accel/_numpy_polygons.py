"""Outlines: the reference implementations, in numpy."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from anylabeling.accel import _checks

Float64Array = NDArray[np.float64]
Int64Array = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


def polygon_areas(points: ArrayLike, offsets: ArrayLike) -> Float64Array:
    """Return the area of each polygon, float64 (k,); see polygon_measures."""
    return _areas(*_checks.polygons(points, offsets))


def polygon_perimeters(points: ArrayLike, offsets: ArrayLike) -> Float64Array:
    """Return the length of each polygon's closed outline, float64 (k,); see polygon_measures."""
    return _perimeters(*_checks.polygons(points, offsets))


def polygon_bounds(points: ArrayLike, offsets: ArrayLike) -> Float64Array:
    """Return x1, y1, x2, y2 of each polygon, float64 (k, 4), NaN for one without points; see polygon_measures."""
    return _bounds(*_checks.polygons(points, offsets))


def polygon_measures(points: ArrayLike, offsets: ArrayLike) -> tuple[Float64Array, Float64Array, Float64Array]:
    """Measure many polygons at once; see ``anylabeling.accel.polygon_measures``."""
    checked = _checks.polygons(points, offsets)
    return _areas(*checked), _perimeters(*checked), _bounds(*checked)


def points_in_polygons(queries: ArrayLike, points: ArrayLike, offsets: ArrayLike) -> BoolArray:
    """Return which polygons hold which points; see ``anylabeling.accel.points_in_polygons``."""
    places = _checks.rows(queries, 2, "queries")
    points, offsets, lengths = _checks.polygons(points, offsets)
    following = points[_following(offsets, lengths)]
    x1, y1, x2, y2 = points[:, 0], points[:, 1], following[:, 0], following[:, 1]
    inside = np.zeros((len(places), len(lengths)), np.bool_)
    with np.errstate(over="ignore", invalid="ignore"):
        for row, (x, y) in enumerate(places):
            edges = np.flatnonzero((y1 > y) != (y2 > y))
            crossing_x = x1[edges] + (y - y1[edges]) * (x2[edges] - x1[edges]) / (y2[edges] - y1[edges])
            hit = edges[crossing_x > x]
            owners = np.searchsorted(offsets, hit, side="right") - 1
            inside[row] = np.bincount(owners, minlength=len(lengths)) % 2 == 1
    inside[:, lengths < 3] = False
    return inside


def simplify(points: ArrayLike, tolerance: float, *, closed: bool = True) -> Float64Array:
    """Leave out points that the outline does not need; see ``anylabeling.accel.simplify``."""
    corners = _checks.moderate(_checks.rows(points, 2, "points"), "points")
    limit = _checks.number(tolerance, "tolerance")
    if not 0.0 <= limit <= _checks.LARGEST_COORDINATE:
        raise ValueError(f"tolerance must be from 0 to {_checks.LARGEST_COORDINATE:g}, not {tolerance}")
    count = len(corners)
    if count < 3:
        return corners.copy()
    if not closed:
        return np.asarray(corners[_needed(corners, np.array([0, count - 1]), limit * limit)])
    # Two points that surely belong to the outline: the farthest from the first, and the farthest from that one.
    first = _farthest(corners, 0)
    second = _farthest(corners, first)
    if second == first:
        return corners[:1].copy()
    chain = np.arange(first, first + count + 1) % count
    anchors = np.array([0, (second - first) % count, count])
    kept = np.unique(chain[_needed(corners[chain], anchors, limit * limit)])
    if len(kept) == 2:
        widest = int(np.argmax(_squared_distances(corners, corners[first], corners[second])))
        kept = np.union1d(kept, [widest])
    return np.asarray(corners[kept])


def _areas(points: Float64Array, offsets: Int64Array, lengths: Int64Array) -> Float64Array:
    following = points[_following(offsets, lengths)]
    origins = points[np.repeat(offsets[:-1], lengths)]
    with np.errstate(over="ignore", invalid="ignore"):
        # Relative to a corner of their own, far-away small polygons keep their digits.
        here, there = points - origins, following - origins
        cross = here[:, 0] * there[:, 1] - there[:, 0] * here[:, 1]
        areas = np.abs(_sums(cross, offsets, lengths)) / 2.0
    return np.where(_are_finite(points, offsets, lengths), areas, np.nan)


def _perimeters(points: Float64Array, offsets: Int64Array, lengths: Int64Array) -> Float64Array:
    with np.errstate(over="ignore", invalid="ignore"):
        steps = points[_following(offsets, lengths)] - points
        perimeters = _sums(np.hypot(steps[:, 0], steps[:, 1]), offsets, lengths)
    return np.where(_are_finite(points, offsets, lengths), perimeters, np.nan)


def _are_finite(points: Float64Array, offsets: Int64Array, lengths: Int64Array) -> BoolArray:
    wrong: Float64Array = np.array(~np.isfinite(points).all(axis=1), np.float64)
    return np.asarray(_sums(wrong, offsets, lengths) == 0)


def _bounds(points: Float64Array, offsets: Int64Array, lengths: Int64Array) -> Float64Array:
    bounds = np.full((len(lengths), 4), np.nan)
    filled = np.flatnonzero(lengths)
    if filled.size:
        starts = offsets[:-1][filled]
        bounds[filled, :2] = np.minimum.reduceat(points, starts, axis=0)
        bounds[filled, 2:] = np.maximum.reduceat(points, starts, axis=0)
    return bounds


def _following(offsets: Int64Array, lengths: Int64Array) -> Int64Array:
    # The next corner of each corner; the last of a polygon is followed by its first.
    following = np.arange(1, int(offsets[-1]) + 1)
    filled = lengths > 0
    following[offsets[1:][filled] - 1] = offsets[:-1][filled]
    return following


def _sums(values: Float64Array, offsets: Int64Array, lengths: Int64Array) -> Float64Array:
    sums = np.zeros(len(lengths))
    filled = np.flatnonzero(lengths)
    if filled.size:
        sums[filled] = np.add.reduceat(values, offsets[:-1][filled])
    return sums


def _farthest(points: Float64Array, index: int) -> int:
    steps = points - points[index]
    return int(np.argmax(steps[:, 0] * steps[:, 0] + steps[:, 1] * steps[:, 1]))


def _needed(points: Float64Array, anchors: Int64Array, squared_limit: float) -> Int64Array:
    """Return the points that Douglas and Peucker keep between anchors: one pass per level over all parts."""
    needed = np.zeros(len(points), np.bool_)
    needed[anchors] = True
    starts, stops = anchors[:-1], anchors[1:]
    while True:
        long = stops - starts > 1
        starts, stops = starts[long], stops[long]
        if not starts.size:
            return np.flatnonzero(needed)
        counts = stops - starts - 1
        firsts = np.cumsum(counts) - counts
        inner = np.arange(int(counts.sum())) - np.repeat(firsts - starts - 1, counts)
        distances = _squared_distances(
            points[inner], points[np.repeat(starts, counts)], points[np.repeat(stops, counts)]
        )
        greatest = np.maximum.reduceat(distances, firsts)
        hits = np.flatnonzero(distances == np.repeat(greatest, counts))
        farthest = inner[hits[np.searchsorted(hits, firsts)]]
        far = greatest > squared_limit
        needed[farthest[far]] = True
        starts, stops = (
            np.concatenate([starts[far], farthest[far]]),
            np.concatenate([farthest[far], stops[far]]),
        )


def _squared_distances(points: Float64Array, starts: Float64Array, stops: Float64Array) -> Float64Array:
    """Return the squared distances of points from the segments between starts and stops."""
    steps, along, beyond = points - starts, stops - starts, points - stops
    dx, dy, ux, uy = steps[:, 0], steps[:, 1], along[..., 0], along[..., 1]
    place = dx * ux + dy * uy
    squared_length = ux * ux + uy * uy
    cross = dx * uy - dy * ux
    to_line = cross * cross / np.where(squared_length > 0, squared_length, 1.0)
    to_start = dx * dx + dy * dy
    to_stop = beyond[:, 0] * beyond[:, 0] + beyond[:, 1] * beyond[:, 1]
    return np.where(place <= 0, to_start, np.where(place >= squared_length, to_stop, to_line))
