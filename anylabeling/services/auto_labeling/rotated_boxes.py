"""Arithmetic of rotated boxes: corners, exact overlap, suppression.

A rotated box is centre x, centre y, width, height and the angle in radians by which it is turned clockwise on the
screen.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

_EDGE = 1e-9


def corners_of_rotated(boxes: NDArray[Any]) -> FloatArray:
    """Return the corners of rotated boxes (n, 5), float64 (n, 4, 2), clockwise on the screen."""
    values = np.asarray(boxes, np.float64).reshape(-1, 5)
    cos, sin = np.cos(values[:, 4]), np.sin(values[:, 4])
    along = np.stack([cos, sin], axis=1) * (values[:, 2:3] / 2)
    across = np.stack([-sin, cos], axis=1) * (values[:, 3:4] / 2)
    centres = values[:, :2]
    return np.stack(
        [centres - along - across, centres + along - across, centres + along + across, centres - along + across], axis=1
    )


def rotated_iou(box: NDArray[Any], others: NDArray[Any]) -> FloatArray:
    """Return the exact IoU of one rotated box (5,) with others (n, 5), float64 (n,); 0 where the union has no area."""
    first, second = np.asarray(box, np.float64).reshape(1, 5), np.asarray(others, np.float64).reshape(-1, 5)
    # Relative to the one box's centre, far-away boxes keep their digits.
    centre = np.concatenate([first[0, :2], np.zeros(3)])
    one = corners_of_rotated(first - centre)[0]
    area = np.prod(np.maximum(first[:, 2:4], 0.0), axis=1)
    areas = np.prod(np.maximum(second[:, 2:4], 0.0), axis=1)
    # A box without area has every point inside, as the slack for rounding counts there.
    inter = np.minimum(_intersection_areas(one, corners_of_rotated(second - centre)), np.minimum(area, areas))
    union = area + areas - inter
    shares: FloatArray = np.divide(inter, union, out=np.zeros(len(second)), where=union > 0)
    return shares


def nms_rotated(
    boxes: NDArray[Any],
    scores: NDArray[Any],
    classes: NDArray[Any],
    iou_threshold: float,
    max_detections: int = 300,
) -> NDArray[np.int64]:
    """Suppress rotated boxes that overlap a better one of the same class; the loop of ``accel.nms``, exactly.

    Args:
        boxes: (n, 5).
        scores: (n,).
        classes: Integers (n,).
        iou_threshold: 0 to 1.
        max_detections: Largest number of boxes returned, over all classes.

    Returns:
        Kept indices by falling score.
    """
    boxes = np.asarray(boxes, np.float64).reshape(-1, 5)
    corners = corners_of_rotated(boxes)
    low, high = corners.min(axis=1), corners.max(axis=1)
    classes = np.asarray(classes)
    order = np.argsort(-np.asarray(scores), kind="stable")
    kept: list[int] = []
    while order.size and len(kept) < max_detections:
        best, rest = int(order[0]), order[1:]
        kept.append(best)
        touching = (low[rest] < high[best]).all(axis=1) & (high[rest] > low[best]).all(axis=1)
        rivals = np.flatnonzero(touching & (classes[rest] == classes[best]))
        beaten = rivals[rotated_iou(boxes[best], boxes[rest[rivals]]) > iou_threshold]
        order = np.delete(rest, beaten)
    return np.array(kept, np.int64)


def _intersection_areas(one: FloatArray, others: FloatArray) -> FloatArray:
    """Return the areas that rectangles (n, 4, 2) share with one rectangle (4, 2), all of them in the same sense."""
    count = len(others)
    if not count:
        return np.zeros(0)
    crossings, crossed = _crossings(one, others)
    points = np.concatenate([others, np.broadcast_to(one, (count, 4, 2)), crossings], axis=1)
    inside = np.concatenate([_inside(others, one[np.newaxis]), _inside(points[:, 4:8], others), crossed], axis=1)
    totals = inside.sum(axis=1)
    weights = inside / np.maximum(totals, 1)[:, np.newaxis]
    centres = np.einsum("np,npc->nc", weights, points)
    spokes = points - centres[:, np.newaxis]
    # What they share is convex: sorted by direction from its middle, its corners are in order. Points that are not part
    # of it stand in its first corner's place, where they add no area.
    angles = np.where(inside, np.arctan2(spokes[..., 1], spokes[..., 0]), np.inf)
    ranks = np.argsort(angles, axis=1)
    ring = np.take_along_axis(spokes, ranks[..., np.newaxis], axis=1)
    used = np.arange(ring.shape[1]) < totals[:, np.newaxis]
    ring = np.where(used[..., np.newaxis], ring, ring[:, :1])
    following = np.roll(ring, -1, axis=1)
    areas = np.abs((ring[..., 0] * following[..., 1] - ring[..., 1] * following[..., 0]).sum(axis=1)) / 2
    return np.where(totals >= 3, areas, 0.0)


def _inside(points: FloatArray, rectangles: FloatArray) -> NDArray[np.bool_]:
    """Say which points (n, p, 2) lie in or on rectangles (n or 1, 4, 2)."""
    origin = rectangles[:, :1]
    result = np.ones(points.shape[:2], np.bool_)
    for side in (rectangles[:, 1:2] - origin, rectangles[:, 3:4] - origin):
        lengths = (side * side).sum(axis=-1)
        along = ((points - origin) * side).sum(axis=-1)
        slack = _EDGE * np.maximum(lengths, 1.0)
        result &= (along >= -slack) & (along <= lengths + slack)
    return result


def _crossings(one: FloatArray, others: FloatArray) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Return where each side of one rectangle meets each side of others, (n, 16, 2), and which of them do."""
    start = one[np.newaxis, :, np.newaxis]
    side = np.roll(one, -1, axis=0)[np.newaxis, :, np.newaxis] - start
    other_start = others[:, np.newaxis]
    other_side = np.roll(others, -1, axis=1)[:, np.newaxis] - other_start
    gap = other_start - start
    cross = side[..., 0] * other_side[..., 1] - side[..., 1] * other_side[..., 0]
    parallel = np.abs(cross) < 1e-12
    safe = np.where(parallel, 1.0, cross)
    at = (gap[..., 0] * other_side[..., 1] - gap[..., 1] * other_side[..., 0]) / safe
    other_at = (gap[..., 0] * side[..., 1] - gap[..., 1] * side[..., 0]) / safe
    meets = ~parallel & (at >= 0) & (at <= 1) & (other_at >= 0) & (other_at <= 1)
    points = start + np.where(meets, at, 0.0)[..., np.newaxis] * side
    return points.reshape(len(others), 16, 2), meets.reshape(len(others), 16)
