"""The inner functions by their public names; each call goes to the implementation that is in use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from anylabeling.accel._dispatch import table

Float64Array = NDArray[np.float64]
Int64Array = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


def nms(
    boxes: ArrayLike, scores: ArrayLike, classes: ArrayLike, iou_threshold: float, max_detections: int = 300
) -> Int64Array:
    """Suppress boxes that overlap a better one of the same class.

    The classic greedy loop, exactly: by falling score, equal scores by index, a box is kept when its IoU with no box
    kept before in its class is greater than the threshold. Classes are separated by sorting, never by moving the boxes,
    which costs float32 digits. Areas are computed in float64.

    Args:
        boxes: (n, 4), float32 or float64: x1, y1, x2, y2. An inverted box has no area and overlaps nothing.
        scores: (n,), taken as float32.
        classes: Integers (n,).
        iou_threshold: 0 to 1.
        max_detections: Largest number of boxes returned, over all classes.

    Returns:
        Kept indices, int64, by falling score. A box with a coordinate or score that is NaN or infinite is never kept.

    Raises:
        TypeError: When boxes or scores are no real numbers, or classes no integers.
        ValueError: When the lengths differ, a shape is another, or the threshold is not from 0 to 1.
    """
    kept: Int64Array = table["nms"](boxes, scores, classes, iou_threshold, max_detections)
    return kept


def nms_rotated(
    boxes: ArrayLike, scores: ArrayLike, classes: ArrayLike, iou_threshold: float, max_detections: int = 300
) -> Int64Array:
    """Suppress rotated boxes that overlap a better one of the same class, by the same loop as ``nms``.

    The area that two boxes share is computed exactly: the edges of the one are integrated inside the other, in the axes
    of the better one. Boxes that only touch do not overlap, whatever rounding makes of it.

    Args:
        boxes: (n, 5): centre x, centre y, width, height, and the angle in radians by which it is turned from the x axis
            towards the y axis (clockwise on the screen). A box with a negative side has no area.
        scores: (n,), taken as float32.
        classes: Integers (n,).
        iou_threshold: 0 to 1.
        max_detections: Largest number of boxes returned, over all classes.

    Returns:
        Kept indices, int64, by falling score. A box with a number that is not finite or beyond 1e15 is never kept.

    Raises:
        TypeError: When boxes or scores are no real numbers, or classes no integers.
        ValueError: When the lengths differ, a shape is another, or the threshold is not from 0 to 1.
    """
    kept: Int64Array = table["nms_rotated"](boxes, scores, classes, iou_threshold, max_detections)
    return kept


def iou_matrix(boxes_a: ArrayLike, boxes_b: ArrayLike) -> Float64Array:
    """Return the IoU of every box of one list with every box of another.

    Args:
        boxes_a: (n, 4): x1, y1, x2, y2.
        boxes_b: (m, 4).

    Returns:
        float64 (n, m), 0 where the union has no area.

    Raises:
        TypeError: When the boxes are no real numbers.
        ValueError: When a shape is another.
    """
    matrix: Float64Array = table["iou_matrix"](boxes_a, boxes_b)
    return matrix


def transform_points(
    points: ArrayLike, matrix: ArrayLike, *, bounds: Sequence[float] | None = None
) -> NDArray[np.floating[Any]]:
    """Map points by an affine matrix, and keep them in a rectangle where one is given.

    A scale and an offset are ``[[scale_x, 0, offset_x], [0, scale_y, offset_y]]``. The way back from a letterbox is
    ``[[scale_x, 0, -left * scale_x], [0, scale_y, -top * scale_y]]`` with the picture's size over its size in the
    input. Boxes (n, 4) are mapped as ``boxes.reshape(-1, 2)``.

    Args:
        points: (n, 2).
        matrix: (2, 3): x' = a x + b y + c, y' = d x + e y + f, computed in float64.
        bounds: left, top, right, bottom.

    Returns:
        (n, 2), float32 for float32 points, else float64. NaN stays NaN.

    Raises:
        TypeError: When points or matrix are no real numbers.
        ValueError: When a shape is another, the matrix is not finite, or the bounds are no rectangle.
    """
    mapped: NDArray[np.floating[Any]] = table["transform_points"](points, matrix, bounds=bounds)
    return mapped


def unpack_planes(image: NDArray[np.uint8], channels: Sequence[int], scale: float, planes: NDArray[np.float32]) -> None:
    """Write three channels of a picture as planes of numbers, each byte times a factor in float32.

    Args:
        image: uint8 (height, width, channels).
        channels: Which channel goes to which of the three planes: (2, 1, 0) makes RGB planes of a BGR picture.
        scale: The factor, such as 1 / 255.
        planes: float32 (3, height, width), written over. It may be a part of a larger array.

    Raises:
        TypeError: When channels are no integers or the scale is no number.
        ValueError: When the arrays do not have these shapes and types, or a channel is not there.
    """
    table["unpack_planes"](image, channels, scale, planes)


def polygon_measures(points: ArrayLike, offsets: ArrayLike) -> tuple[Float64Array, Float64Array, Float64Array]:
    """Measure many polygons at once.

    Args:
        points: (n, 2): the corners of all polygons, one after the other, outlines closed by themselves.
        offsets: Integers (k + 1,), rising from 0 to n: polygon i has the corners offsets[i] to offsets[i + 1].

    Returns:
        Areas float64 (k,) by the shoelace formula, never negative; perimeters float64 (k,); bounds float64 (k, 4):
        x1, y1, x2, y2, NaN for a polygon without points. With a coordinate that is not finite, the first two are NaN.

    Raises:
        TypeError: When the points are no real numbers or the offsets no integers.
        ValueError: When the points do not come in pairs, or the offsets do not rise from 0 to their number.
    """
    measures: tuple[Float64Array, Float64Array, Float64Array] = table["polygon_measures"](points, offsets)
    return measures


def polygon_areas(points: ArrayLike, offsets: ArrayLike) -> Float64Array:
    """Return the area of each polygon, float64 (k,); see polygon_measures."""
    areas: Float64Array = table["polygon_areas"](points, offsets)
    return areas


def polygon_perimeters(points: ArrayLike, offsets: ArrayLike) -> Float64Array:
    """Return the length of each polygon's closed outline, float64 (k,); see polygon_measures."""
    perimeters: Float64Array = table["polygon_perimeters"](points, offsets)
    return perimeters


def polygon_bounds(points: ArrayLike, offsets: ArrayLike) -> Float64Array:
    """Return x1, y1, x2, y2 of each polygon, float64 (k, 4), NaN for one without points; see polygon_measures."""
    bounds: Float64Array = table["polygon_bounds"](points, offsets)
    return bounds


def points_in_polygons(queries: ArrayLike, points: ArrayLike, offsets: ArrayLike) -> BoolArray:
    """Return which polygons hold which points, by the even-odd rule.

    Args:
        queries: (m, 2): the points to look for.
        points: (n, 2), as for polygon_measures.
        offsets: (k + 1,), as for polygon_measures.

    Returns:
        bool (m, k). A point on an outline belongs to one of its two sides, always the same one. A polygon of fewer than
        three corners holds nothing.

    Raises:
        TypeError: When points are no real numbers or offsets no integers.
        ValueError: When points do not come in pairs, or the offsets do not rise from 0 to their number.
    """
    inside: BoolArray = table["points_in_polygons"](queries, points, offsets)
    return inside


def polygon_iou(points_a: ArrayLike, points_b: ArrayLike) -> float:
    """Return the intersection over union of two polygons, exact but for rounding.

    What is inside is told by the even-odd rule, so that an outline that crosses itself has an area, too.

    Args:
        points_a: (n, 2): corners, in either sense, the outline closed by itself.
        points_b: (m, 2).

    Returns:
        0 to 1; 0 when one has no area.

    Raises:
        TypeError: When the points are no real numbers.
        ValueError: When they do not come in pairs, or a coordinate is not finite or beyond 1e15.
    """
    share: float = table["polygon_iou"](points_a, points_b)
    return share


def polygon_iou_matrix(
    points_a: ArrayLike, offsets_a: ArrayLike, points_b: ArrayLike, offsets_b: ArrayLike
) -> Float64Array:
    """Return the IoU of every polygon of one list with every one of another; see polygon_iou.

    Args:
        points_a: (n, 2), as for polygon_measures.
        offsets_a: Integers (k + 1,), as for polygon_measures.
        points_b: (m, 2).
        offsets_b: Integers (l + 1,).

    Returns:
        float64 (k, l).

    Raises:
        TypeError: When points are no real numbers or offsets no integers.
        ValueError: When points do not come in pairs, a coordinate is not finite or beyond 1e15, or offsets do not rise
            from 0 to the number of points.
    """
    matrix: Float64Array = table["polygon_iou_matrix"](points_a, offsets_a, points_b, offsets_b)
    return matrix


def simplify(points: ArrayLike, tolerance: float, *, closed: bool = True) -> Float64Array:
    """Leave out points that an outline does not need (Douglas and Peucker).

    No point of the input is farther than the tolerance from the part of the new outline that stands for it.

    Args:
        points: (n, 2).
        tolerance: In the unit of the points; 0 leaves out what lies on a straight line only.
        closed: Whether the last point is joined to the first. A closed outline keeps three points where it has three
            that are not in a line.

    Returns:
        float64 (m, 2), points of the input in their order.

    Raises:
        TypeError: When the points are no real numbers.
        ValueError: When they do not come in pairs, a coordinate is not finite or beyond 1e15, or the tolerance is
            negative or no number.
    """
    simpler: Float64Array = table["simplify"](points, tolerance, closed=closed)
    return simpler


def natural_sort_keys(names: Sequence[str]) -> list[str]:
    """Return one key per name or path; keys compare as the names sort.

    A run of ASCII digits counts as one number, whatever its leading zeros; letters are compared without case; the path
    separator sorts before the dot and the dot before everything else, so that "a.jpg" comes before "a 2.jpg" and
    "a/x.jpg" before "a b/x.jpg". Names that differ only in case or leading zeros get equal keys.

    The keys are opaque: compare them only with keys from this function.

    Raises:
        TypeError: When a name is not text.
    """
    keys: list[str] = table["natural_sort_keys"](names)
    return keys


def natural_sorted(names: Sequence[str]) -> list[str]:
    """Return the names in natural order (see natural_sort_keys); equal ones by plain comparison.

    The result does not depend on the order in which the names come.

    Raises:
        TypeError: When a name is not text.
    """
    ordered: list[str] = table["natural_sorted"](names)
    return ordered
