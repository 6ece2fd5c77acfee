"""The reference implementations, in numpy."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Float32Array = NDArray[np.float32]
Float64Array = NDArray[np.float64]
Int64Array = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

_MATRIX_BOXES = 1024


def nms(
    boxes: Float32Array,
    scores: Float32Array,
    classes: NDArray[Any],
    iou_threshold: float,
    max_detections: int = 300,
) -> Int64Array:
    """Suppress boxes that overlap a better one of the same class.

    The classic greedy loop, exactly: by falling score, equal scores by index, a box is kept when its IoU with no box
    kept before in its class is greater than the threshold. Classes are separated by sorting, never by moving the boxes,
    which costs float32 digits. Areas are computed in float64.

    Args:
        boxes: float32 (n, 4): x1, y1, x2, y2. An inverted box has no area and overlaps nothing.
        scores: float32 (n,).
        classes: Integers (n,).
        iou_threshold: 0 to 1.
        max_detections: Largest number of boxes returned, over all classes.

    Returns:
        Kept indices, int64, by falling score. A box with a coordinate or score that is NaN or infinite is never kept.
    """
    coordinates = np.asarray(boxes, dtype=np.float64).reshape(-1, 4)
    scores = np.asarray(scores, dtype=np.float32).reshape(-1)
    usable = np.flatnonzero(np.isfinite(coordinates).all(axis=1) & np.isfinite(scores))
    order = usable[np.argsort(-scores[usable], kind="stable")]
    if order.size == 0 or max_detections <= 0:
        return np.empty(0, np.int64)
    sorted_classes = np.asarray(classes).reshape(-1)[order]
    by_class = np.argsort(sorted_classes, kind="stable")
    starts = np.flatnonzero(np.diff(sorted_classes[by_class])) + 1
    ranks = [
        bucket[_greedy(coordinates[order[bucket]], iou_threshold, max_detections)]
        for bucket in np.split(by_class, starts)
    ]
    kept = np.sort(np.concatenate(ranks))[:max_detections]
    return order[kept].astype(np.int64)


def iou_matrix(boxes_a: NDArray[Any], boxes_b: NDArray[Any]) -> Float64Array:
    """Return the IoU of every box of one list with every box of another.

    Args:
        boxes_a: (n, 4): x1, y1, x2, y2.
        boxes_b: (m, 4).

    Returns:
        float64 (n, m), 0 where the union has no area.
    """
    first = np.asarray(boxes_a, dtype=np.float64).reshape(-1, 4)
    second = np.asarray(boxes_b, dtype=np.float64).reshape(-1, 4)
    inter = _intersections(first, second)
    union = _areas(first)[:, np.newaxis] + _areas(second) - inter
    return np.divide(inter, union, out=np.zeros_like(inter), where=union > 0)


def polygon_areas(points: NDArray[Any], offsets: NDArray[Any]) -> Float64Array:
    """Return the area of each polygon, float64 (k,); see polygon_measures."""
    points, offsets, lengths = _polygons(points, offsets)
    following = _following(points, offsets, lengths)
    origins = points[np.repeat(offsets[:-1], lengths)]
    # Relative to a corner of their own, far-away small polygons keep their digits.
    here, there = points - origins, following - origins
    cross = here[:, 0] * there[:, 1] - there[:, 0] * here[:, 1]
    return np.abs(_sums(cross, offsets, lengths)) / 2.0


def polygon_perimeters(points: NDArray[Any], offsets: NDArray[Any]) -> Float64Array:
    """Return the length of each polygon's closed outline, float64 (k,); see polygon_measures."""
    points, offsets, lengths = _polygons(points, offsets)
    steps = _following(points, offsets, lengths) - points
    return _sums(np.hypot(steps[:, 0], steps[:, 1]), offsets, lengths)


def polygon_bounds(points: NDArray[Any], offsets: NDArray[Any]) -> Float64Array:
    """Return x1, y1, x2, y2 of each polygon, float64 (k, 4), NaN for one without points; see polygon_measures."""
    points, offsets, lengths = _polygons(points, offsets)
    bounds = np.full((len(lengths), 4), np.nan)
    filled = np.flatnonzero(lengths)
    if filled.size:
        starts = offsets[:-1][filled]
        bounds[filled, :2] = np.minimum.reduceat(points, starts, axis=0)
        bounds[filled, 2:] = np.maximum.reduceat(points, starts, axis=0)
    return bounds


def polygon_measures(points: NDArray[Any], offsets: NDArray[Any]) -> tuple[Float64Array, Float64Array, Float64Array]:
    """Measure many polygons at once.

    Args:
        points: (n, 2): the corners of all polygons, one after the other, outlines closed by themselves.
        offsets: Integers (k + 1,), rising from 0 to n: polygon i has the corners offsets[i] to offsets[i + 1].

    Returns:
        Areas float64 (k,) by the shoelace formula, never negative; perimeters float64 (k,); bounds float64 (k, 4).
    """
    return polygon_areas(points, offsets), polygon_perimeters(points, offsets), polygon_bounds(points, offsets)


def points_in_polygons(queries: NDArray[Any], points: NDArray[Any], offsets: NDArray[Any]) -> BoolArray:
    """Return which polygons hold which points, by the even-odd rule.

    Args:
        queries: (m, 2): the points to look for.
        points: (n, 2), as for polygon_measures.
        offsets: (k + 1,), as for polygon_measures.

    Returns:
        bool (m, k). A point on an outline belongs to one of its two sides, always the same one.
    """
    queries = np.asarray(queries, dtype=np.float64).reshape(-1, 2)
    points, offsets, lengths = _polygons(points, offsets)
    following = _following(points, offsets, lengths)
    x1, y1, x2, y2 = points[:, 0], points[:, 1], following[:, 0], following[:, 1]
    inside = np.zeros((len(queries), len(lengths)), np.bool_)
    for row, (x, y) in enumerate(queries):
        edges = np.flatnonzero((y1 > y) != (y2 > y))
        crossing_x = x1[edges] + (y - y1[edges]) * (x2[edges] - x1[edges]) / (y2[edges] - y1[edges])
        hit = edges[crossing_x > x]
        owners = np.searchsorted(offsets, hit, side="right") - 1
        inside[row] = np.bincount(owners, minlength=len(lengths)) % 2 == 1
    return inside


def _greedy(boxes: Float64Array, iou_threshold: float, max_kept: int) -> Int64Array:
    # boxes come by falling score; returns positions.
    if len(boxes) <= _MATRIX_BOXES:
        return _greedy_by_matrix(boxes, iou_threshold, max_kept)
    areas = _areas(boxes)
    left: Int64Array = np.arange(len(boxes), dtype=np.int64)
    kept: list[int] = []
    while left.size and len(kept) < max_kept:
        best, left = left[0], left[1:]
        kept.append(int(best))
        inter = _intersections(boxes[best : best + 1], boxes[left])[0]
        left = left[~_overlaps(inter, areas[best] + areas[left] - inter, iou_threshold)]
    return np.array(kept, np.int64)


def _greedy_by_matrix(boxes: Float64Array, iou_threshold: float, max_kept: int) -> Int64Array:
    areas = _areas(boxes)
    inter = _intersections(boxes, boxes)
    overlapping = _overlaps(inter, areas[:, np.newaxis] + areas - inter, iou_threshold)
    suppressed = np.zeros(len(boxes), np.bool_)
    kept: list[int] = []
    for index in range(len(boxes)):
        if suppressed[index]:
            continue
        kept.append(index)
        if len(kept) == max_kept:
            break
        suppressed |= overlapping[index]
    return np.array(kept, np.int64)


def _overlaps(inter: Float64Array, union: Float64Array, iou_threshold: float) -> BoolArray:
    # Without a division: boxes without area have no IoU and suppress nothing.
    return (inter > iou_threshold * union) & (inter > 0)


def _areas(boxes: Float64Array) -> Float64Array:
    sides = np.maximum(boxes[:, 2:] - boxes[:, :2], 0.0)
    return np.asarray(sides[:, 0] * sides[:, 1])


def _intersections(first: Float64Array, second: Float64Array) -> Float64Array:
    sides_x = np.minimum(first[:, np.newaxis, 2], second[:, 2]) - np.maximum(first[:, np.newaxis, 0], second[:, 0])
    sides_y = np.minimum(first[:, np.newaxis, 3], second[:, 3]) - np.maximum(first[:, np.newaxis, 1], second[:, 1])
    return np.asarray(np.maximum(sides_x, 0.0) * np.maximum(sides_y, 0.0))


def _polygons(points: NDArray[Any], offsets: NDArray[Any]) -> tuple[Float64Array, Int64Array, Int64Array]:
    points = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    offsets = np.asarray(offsets, dtype=np.int64).reshape(-1)
    lengths = np.diff(offsets)
    if offsets.size == 0 or offsets[0] != 0 or offsets[-1] != len(points) or (lengths < 0).any():
        raise ValueError("Offsets must rise from 0 to the number of points.")
    return points, offsets, lengths


def _following(points: Float64Array, offsets: Int64Array, lengths: Int64Array) -> Float64Array:
    # The next corner of each corner; the last of a polygon is followed by its first.
    following = np.arange(1, len(points) + 1)
    filled = lengths > 0
    following[offsets[1:][filled] - 1] = offsets[:-1][filled]
    return np.asarray(points[following])


def _sums(values: Float64Array, offsets: Int64Array, lengths: Int64Array) -> Float64Array:
    sums = np.zeros(len(lengths))
    filled = np.flatnonzero(lengths)
    if filled.size:
        sums[filled] = np.add.reduceat(values, offsets[:-1][filled])
    return sums
