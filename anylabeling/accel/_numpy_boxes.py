"""Boxes: the reference implementations, in numpy."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from anylabeling.accel import _checks

Float64Array = NDArray[np.float64]
Int64Array = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

_MATRIX_BOXES = 1024
_ROTATED_NOISE = 1e-12
"""Less than this share of the union is what rounding leaves of rotated boxes that only touch."""


def nms(
    boxes: ArrayLike, scores: ArrayLike, classes: ArrayLike, iou_threshold: float, max_detections: int = 300
) -> Int64Array:
    """Suppress boxes that overlap a better one of the same class; see ``anylabeling.accel.nms``."""
    coordinates, values, numbers = _checks.suppression(boxes, 4, scores, classes, iou_threshold, max_detections)
    with np.errstate(over="ignore", invalid="ignore"):
        return _by_class(
            coordinates, values, numbers, max_detections, lambda rows, limit: _greedy(rows, iou_threshold, limit)
        )


def nms_rotated(
    boxes: ArrayLike, scores: ArrayLike, classes: ArrayLike, iou_threshold: float, max_detections: int = 300
) -> Int64Array:
    """Suppress rotated boxes that overlap a better one of the same class; see ``anylabeling.accel.nms_rotated``."""
    coordinates, values, numbers = _checks.suppression(boxes, 5, scores, classes, iou_threshold, max_detections)
    threshold = max(float(iou_threshold), _ROTATED_NOISE)
    values = np.where((np.abs(coordinates) <= _checks.LARGEST_COORDINATE).all(axis=1), values, np.float32(np.nan))
    return _by_class(
        coordinates, values, numbers, max_detections, lambda rows, limit: _greedy_rotated(rows, threshold, limit)
    )


def iou_matrix(boxes_a: ArrayLike, boxes_b: ArrayLike) -> Float64Array:
    """Return the IoU of every box of one list with every box of another; see ``anylabeling.accel.iou_matrix``."""
    first, second = _checks.rows(boxes_a, 4, "boxes_a"), _checks.rows(boxes_b, 4, "boxes_b")
    with np.errstate(over="ignore", invalid="ignore"):
        inter = _intersections(first, second)
        union = _areas(first)[:, np.newaxis] + _areas(second) - inter
        return np.divide(inter, union, out=np.zeros_like(inter), where=union > 0)


def _by_class(
    boxes: Float64Array,
    scores: NDArray[np.float32],
    classes: Int64Array,
    max_detections: int,
    greedy: Callable[[Float64Array, int], Int64Array],
) -> Int64Array:
    """Run a greedy suppression over the boxes of each class, best first."""
    usable = np.flatnonzero(np.isfinite(boxes).all(axis=1) & np.isfinite(scores))
    order = usable[np.argsort(-scores[usable], kind="stable")]
    if order.size == 0 or max_detections <= 0:
        return np.empty(0, np.int64)
    sorted_classes = classes[order]
    by_class = np.argsort(sorted_classes, kind="stable")
    # Compared, not subtracted: the difference of two classes can overflow.
    starts = np.flatnonzero(sorted_classes[by_class][1:] != sorted_classes[by_class][:-1]) + 1
    ranks = [bucket[greedy(boxes[order[bucket]], max_detections)] for bucket in np.split(by_class, starts)]
    kept = np.sort(np.concatenate(ranks))[:max_detections]
    return order[kept].astype(np.int64)


def _greedy(boxes: Float64Array, iou_threshold: float, max_kept: int) -> Int64Array:
    # boxes come by falling score; returns positions.
    if len(boxes) <= _MATRIX_BOXES:
        return _greedy_by_matrix(boxes, iou_threshold, max_kept)
    areas = _areas(boxes)
    left: NDArray[np.intp] = np.arange(len(boxes))
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


def _greedy_rotated(boxes: Float64Array, threshold: float, max_kept: int) -> Int64Array:
    # boxes come by falling score; returns positions.
    cx, cy = boxes[:, 0], boxes[:, 1]
    width, height = np.maximum(boxes[:, 2], 0.0), np.maximum(boxes[:, 3], 0.0)
    # One by one: numpy's own cosine differs from the C library's in the last digit.
    cosine = np.array([math.cos(angle) for angle in boxes[:, 4]])
    sine = np.array([math.sin(angle) for angle in boxes[:, 4]])
    half_width, half_height, area = width * 0.5, height * 0.5, width * height
    radius = np.sqrt(half_width * half_width + half_height * half_height)
    columns = np.stack([cx, cy, half_width, half_height, cosine, sine], axis=1)
    left: NDArray[np.intp] = np.arange(len(boxes))
    kept: list[int] = []
    while left.size and len(kept) < max_kept:
        best, left = left[0], left[1:]
        kept.append(int(best))
        dx, dy, reach = cx[left] - cx[best], cy[left] - cy[best], radius[best] + radius[left]
        near = np.flatnonzero(dx * dx + dy * dy < reach * reach)
        inter = _rotated_intersections(columns[best], columns[left[near]])
        overlapping = inter > threshold * (area[best] + area[left[near]] - inter)
        left = np.delete(left, near[overlapping])
    return np.array(kept, np.int64)


def _rotated_intersections(first: Float64Array, others: Float64Array) -> Float64Array:
    """Return the areas that one rotated box shares with others: their edges, integrated inside its own axes."""
    first_cx, first_cy, half_width, half_height, first_cosine, first_sine = first
    cx, cy, other_width, other_height, other_cosine, other_sine = others.T
    away_x, away_y = cx - first_cx, cy - first_cy
    x = away_x * first_cosine + away_y * first_sine
    y = away_y * first_cosine - away_x * first_sine
    cosine = other_cosine * first_cosine + other_sine * first_sine
    sine = other_sine * first_cosine - other_cosine * first_sine
    a, b, c, d = cosine * other_width, sine * other_height, sine * other_width, cosine * other_height
    xs = [x - a + b, x + a + b, x + a - b, x - a - b]
    ys = [y - c - d, y + c - d, y + c + d, y - c + d]
    area: Float64Array = np.zeros(len(others))
    for edge in range(4):
        end = (edge + 1) % 4
        area = area + _areas_under_edges(xs[edge], ys[edge], xs[end], ys[end], half_width, half_height)
    return np.abs(area)


def _areas_under_edges(
    xa: Float64Array, ya: Float64Array, xb: Float64Array, yb: Float64Array, half_width: float, half_height: float
) -> Float64Array:
    """Return the signed areas between the x axis and edges, as far as they lie in a rectangle around the origin."""
    dx, dy = xb - xa, yb - ya
    upright = dx == 0
    dx = np.where(upright, 1.0, dx)
    from_x, to_x = np.clip(xa, -half_width, half_width), np.clip(xb, -half_width, half_width)
    from_y, to_y = ya + (from_x - xa) / dx * dy, ya + (to_x - xa) / dx * dy
    rise = to_y - from_y
    level = rise == 0
    divisor = np.where(level, 1.0, rise)
    enter, leave = (-half_height - from_y) / divisor, (half_height - from_y) / divisor
    low = np.where(level, 0.0, np.clip(np.minimum(enter, leave), 0.0, 1.0))
    high = np.where(level, 1.0, np.clip(np.maximum(enter, leave), 0.0, 1.0))
    first = np.clip(from_y, -half_height, half_height)
    second = np.clip(from_y + low * rise, -half_height, half_height)
    third = np.clip(from_y + high * rise, -half_height, half_height)
    last = np.clip(to_y, -half_height, half_height)
    twice = low * (first + second) + (high - low) * (second + third) + (1.0 - high) * (third + last)
    return np.where(upright, 0.0, (to_x - from_x) * (twice * 0.5))
