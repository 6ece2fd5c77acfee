"""Arguments of the numpy versions, checked; the compiled ones check the same and say the same."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Float64Array = NDArray[np.float64]
Int64Array = NDArray[np.int64]

LARGEST_COORDINATE = 1e15
"""Beyond this, products of coordinates in polygon_iou and simplify would overflow or have no digits left."""


def number(value: Any, name: str) -> float:
    """Return one real number.

    Raises:
        TypeError: When the value is something else, such as text.
    """
    if isinstance(value, (str, bytes, bytearray, memoryview)):
        raise TypeError(f"{name} must be a real number, not {type(value).__name__}")
    if getattr(value, "ndim", 0):
        raise TypeError(f"{name} must be a real number, not an array")
    return float(value)


def numbers(values: ArrayLike, name: str) -> NDArray[Any]:
    """Return an array of real numbers.

    Raises:
        TypeError: When the values are something else.
    """
    array = np.asarray(values)
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{name} must be real numbers, not {array.dtype}")
    return array


def rows(values: ArrayLike, columns: int, name: str) -> Float64Array:
    """Return rows of numbers, float64.

    Raises:
        TypeError: When the values are no real numbers.
        ValueError: When they do not come in rows of this width.
    """
    array = numbers(values, name)
    if array.size == 0:
        return np.empty((0, columns), np.float64)
    if array.ndim != 2 or array.shape[1] != columns:
        raise ValueError(f"{name} must have the shape (n, {columns}), not {array.shape}")
    return array.astype(np.float64, copy=False)


def vector(values: ArrayLike, name: str) -> NDArray[Any]:
    """Return one number per row.

    Raises:
        TypeError: When the values are no real numbers.
        ValueError: When they have more than one dimension.
    """
    array = numbers(values, name)
    if array.size == 0:
        array = array.reshape(0)
    if array.ndim != 1:
        raise ValueError(f"{name} must have the shape (n,), not {array.shape}")
    return array


def integers(values: ArrayLike, name: str) -> Int64Array:
    """Return whole numbers, int64.

    Raises:
        TypeError: When the values are no integers.
        ValueError: When they have more than one dimension.
    """
    array = numbers(values, name)
    if array.size and array.dtype.kind == "f":
        raise TypeError(f"{name} must be integers, not {array.dtype}")
    return vector(array, name).astype(np.int64, copy=False)


def suppression(
    boxes: ArrayLike,
    columns: int,
    scores: ArrayLike,
    classes: ArrayLike,
    iou_threshold: float,
    max_detections: int,
) -> tuple[Float64Array, NDArray[np.float32], Int64Array]:
    """Return boxes, scores and classes of one length, and look at the other arguments.

    Raises:
        TypeError: When they are no numbers, or the classes or the limit no integers.
        ValueError: When shapes or lengths are wrong, or the threshold is not from 0 to 1.
    """
    threshold = number(iou_threshold, "iou_threshold")
    if not 0.0 <= threshold <= 1.0:
        raise ValueError(f"iou_threshold must be from 0 to 1, not {iou_threshold}")
    operator.index(max_detections)
    coordinates = rows(boxes, columns, "boxes")
    with np.errstate(over="ignore"):
        values = vector(scores, "scores").astype(np.float32)
    numbers_of_classes = integers(classes, "classes")
    for found, name in ((len(values), "scores"), (len(numbers_of_classes), "classes")):
        if found != len(coordinates):
            raise ValueError(f"there must be as many {name} as boxes: {found} for {len(coordinates)}")
    return coordinates, values, numbers_of_classes


def polygons(points: ArrayLike, offsets: ArrayLike) -> tuple[Float64Array, Int64Array, Int64Array]:
    """Return points, offsets and the number of corners of each polygon.

    Raises:
        TypeError: When the points are no numbers or the offsets no integers.
        ValueError: When the points do not come in pairs, or the offsets do not rise from 0 to their number.
    """
    corners = rows(points, 2, "points")
    starts = integers(offsets, "offsets")
    lengths = np.diff(starts)
    if starts.size == 0 or starts[0] != 0 or starts[-1] != len(corners) or (starts[1:] < starts[:-1]).any():
        raise ValueError("Offsets must rise from 0 to the number of points.")
    return corners, starts, lengths


def moderate(points: Float64Array, name: str) -> Float64Array:
    """Return the points.

    Raises:
        ValueError: When a coordinate is not finite, or too large to be computed with.
    """
    if points.size and not np.abs(points).max() <= LARGEST_COORDINATE:
        raise ValueError(f"{name} must be finite and at most {LARGEST_COORDINATE:g} in size")
    return points
