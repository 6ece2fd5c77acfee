"""From a mask to a shape."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.document.geometry import normalized_rectangle
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.messages.prompting import Mask, OutputKind

_MARGIN_CELLS = 2
_EPSILON_OF_PERIMETER = 0.001
_SPECK_OF_LARGEST = 0.003
SECOND_PART_SHARE = 0.25
"""A part that is cut off from the largest one is kept from this share of its area up."""
_LONGEST_SIDE_CELLS = 2048
_OUTSIDE = -4.0


def crop_mask(
    logits: NDArray[Any], *, step: tuple[float, float], score: float, image_size: tuple[int, int],
    origin: tuple[float, float] = (0.0, 0.0),
) -> Mask:  # fmt: skip
    """Return the part of a mask that holds the object.

    Args:
        logits: (h, w), above 0 inside.
        step: Width and height of a cell in image pixels.
        score: What the model thinks of it.
        image_size: Width and height of the image in pixels.
        origin: Upper left corner of the first cell in image pixels.
    """
    inside = logits > 0
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    if not len(rows):
        return Mask(np.empty((0, 0), np.float32), 0.0, 0.0, *step, score, image_size)
    top, bottom = max(0, rows[0] - _MARGIN_CELLS), rows[-1] + 1 + _MARGIN_CELLS
    left, right = max(0, columns[0] - _MARGIN_CELLS), columns[-1] + 1 + _MARGIN_CELLS
    kept = np.array(logits[top:bottom, left:right], np.float32)
    kept.flags.writeable = False
    return Mask(kept, origin[0] + left * step[0], origin[1] + top * step[1], *step, score, image_size)


def mask_to_shapes(mask: Mask, output: OutputKind = OutputKind.POLYGON) -> tuple[Shape, ...]:
    """Return a mask as ``mask_to_shape`` does, but as polygons an object in parts with all that are no crumbs.

    Somebody stands behind a rail: what is above and below it is one object. Its polygons share the group 1, the largest
    is the first; whoever puts them into an image moves them clear of the groups that are there.
    """
    first = mask_to_shape(mask, output)
    if first is None or output is not OutputKind.POLYGON:
        return () if first is None else (first,)
    contours = _contours(mask)
    parts = [contour for contour in contours[1:] if _area(contour) >= SECOND_PART_SHARE * _area(contours[0])]
    if not parts:
        return (first,)
    others = [Shape(ShapeKind.POLYGON, _polygon_of(part, mask), score=mask.score, group_id=1) for part in parts]
    return (first.with_changes(group_id=1), *others)


def mask_to_shape(mask: Mask, output: OutputKind = OutputKind.POLYGON) -> Shape | None:
    """Return a mask's outline as a shape without a label; holes are left out, and of several parts all but the largest.

    A rectangle goes around all parts that are not mere specks.

    Args:
        mask: The object.
        output: What it becomes.

    Returns:
        The shape, with the mask's score, or None when the mask is empty.
    """
    contours = _contours(mask)
    if not contours:
        return None
    width, height = mask.image_size
    if output is OutputKind.POLYGON:
        return Shape(ShapeKind.POLYGON, _polygon_of(contours[0], mask), score=mask.score)
    together = np.vstack(contours)
    if output is OutputKind.ROTATED_RECTANGLE:
        return Shape(ShapeKind.ROTATED_RECTANGLE, np.round(_rotated(together), 2), score=mask.score)
    (left, top), (right, bottom) = together.min(axis=0), together.max(axis=0)
    corners = normalized_rectangle(max(left, 0.0), max(top, 0.0), min(right, width), min(bottom, height))
    return Shape(ShapeKind.RECTANGLE, np.round(corners, 2), score=mask.score)


def _polygon_of(contour: NDArray[np.float64], mask: Mask) -> NDArray[np.float64]:
    clipped: NDArray[np.float64] = np.clip(_polygon(contour), 0.0, mask.image_size).round(2)
    return clipped


def _area(contour: NDArray[np.float64]) -> float:
    x, y = (contour - contour.mean(axis=0)).T
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def _contours(mask: Mask) -> list[NDArray[np.float64]]:
    """Return the outer contours in image pixels (n, 2), the largest first, without specks."""
    from anylabeling.opencv import cv2

    if mask.is_empty:
        return []
    finer = _refinement(mask)
    # A border of background closes outlines at the edge of the image, and leaves room for the half cell around them.
    framed = cv2.copyMakeBorder(mask.logits, 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    if finer > 1:
        framed = cv2.resize(framed, None, fx=finer, fy=finer, interpolation=cv2.INTER_LINEAR)
    inside = (framed > 0).astype(np.uint8)
    _drop_border(inside, finer)
    found, _ = cv2.findContours(inside, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    areas = [cv2.contourArea(contour) + len(contour) / 2 + 1 for contour in found]
    largest = max(areas, default=0.0)
    order = sorted(range(len(found)), key=lambda index: -areas[index])
    step = np.array((mask.step_x, mask.step_y)) / finer
    origin = np.array((mask.left, mask.top)) - np.array((mask.step_x, mask.step_y))
    return [
        _grown(found[index].reshape(-1, 2).astype(np.float64)) * step + origin
        for index in order
        if areas[index] >= _SPECK_OF_LARGEST * largest
    ]


def _drop_border(inside: NDArray[np.uint8], cells: int) -> None:
    inside[:cells] = inside[-cells:] = 0
    inside[:, :cells] = inside[:, -cells:] = 0


def _grown(contour: NDArray[np.float64]) -> NDArray[np.float64]:
    """Move a contour from the centres of its outermost cells to their outer edges.

    OpenCV's contours run through cell centres: every object comes out half a cell smaller on each side. Each vertex
    moves to the corner of its cell that lies farthest outside, as the direction of the contour there tells.
    """
    centres = contour + 0.5
    if len(contour) < 3:
        low, high = centres.min(axis=0) - 0.5, centres.max(axis=0) + 0.5
        return np.array([low, (high[0], low[1]), high, (low[0], high[1])])
    along = np.roll(contour, -1, axis=0) - np.roll(contour, 1, axis=0)
    # OpenCV's outer contours run counter-clockwise on the screen: outside lies to the right of the way.
    normal = np.stack([-along[:, 1], along[:, 0]], axis=1)
    length = np.maximum(np.abs(normal).max(axis=1, keepdims=True), 1e-9)
    grown: NDArray[np.float64] = centres + 0.5 * normal / length
    return grown


def _refinement(mask: Mask) -> int:
    """Return how many times finer than its cells a mask is traced, so that edges are smooth at the image's scale."""
    longest: int = max(mask.logits.shape)
    wanted = math.ceil(max(mask.step_x, mask.step_y))
    return max(1, min(wanted, _LONGEST_SIDE_CELLS // longest))


def _polygon(contour: NDArray[np.float64]) -> NDArray[np.float64]:
    from anylabeling.opencv import cv2

    line = contour.astype(np.float32).reshape(-1, 1, 2)
    simple = cv2.approxPolyDP(line, _EPSILON_OF_PERIMETER * cv2.arcLength(line, True), True).reshape(-1, 2)
    if len(simple) >= 3:
        return np.asarray(simple, np.float64)
    (left, top), (right, bottom) = contour.min(axis=0), contour.max(axis=0)
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)])


def _rotated(points: NDArray[np.float64]) -> NDArray[np.float64]:
    from anylabeling.opencv import cv2

    corners: NDArray[np.float64] = cv2.boxPoints(cv2.minAreaRect(points.astype(np.float32))).astype(np.float64)
    return corners
