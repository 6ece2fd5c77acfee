"""Labels of pictures that are stored turned, as programs see them that do not look at the EXIF orientation."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from anylabeling.document.annotation import Annotation
from anylabeling.document.masks import Bitmap, bitmap_of, mask_shape
from anylabeling.document.shape import Points, Shape, ShapeKind, as_points

_BACK = {6: 8, 8: 6}
_DIRECTION = "direction"


def stored_frame(annotation: Annotation, orientation: int, shown: tuple[int, int]) -> Annotation:
    """Return labels for the picture as it is stored.

    Args:
        annotation: The labels of the picture as it is shown.
        orientation: Its EXIF orientation, 1 to 8.
        shown: Width and height as it is shown.
    """
    back = _BACK.get(orientation, orientation)
    return _turned(annotation, back, shown)


def shown_frame(annotation: Annotation, orientation: int, stored: tuple[int, int]) -> Annotation:
    """Return labels for the picture as it is shown; the other way around, with the size as it is stored."""
    return _turned(annotation, orientation, stored)


def _turned(annotation: Annotation, orientation: int, size: tuple[int, int]) -> Annotation:
    if orientation == 1:
        return annotation
    shapes = tuple(_turned_shape(shape, orientation, size) for shape in annotation.shapes)
    return annotation.with_changes(shapes=shapes, image_size=None)


def _turned_shape(shape: Shape, orientation: int, size: tuple[int, int]) -> Shape:
    if shape.kind is ShapeKind.MASK:
        bitmap = bitmap_of(shape)
        left, top, right, bottom = bitmap.box
        corners = _points(np.array([[left, top], [right, bottom]], np.float64), orientation, size)
        pixels = _pixels(bitmap.pixels, orientation)
        turned = mask_shape(Bitmap(pixels, int(corners[:, 0].min()), int(corners[:, 1].min())), shape)
        return turned if turned is not None else shape
    points = _points(shape.points, orientation, size)
    if shape.kind is ShapeKind.RECTANGLE:
        points = np.stack([points.min(axis=0), points.max(axis=0)])
    parameters = {key: value for key, value in shape.parameters.items() if key != _DIRECTION}
    holes = tuple(as_points(_points(hole, orientation, size)) for hole in shape.holes)
    return shape.with_changes(points=as_points(points), holes=holes, parameters=parameters)


def _points(points: Points, orientation: int, size: tuple[int, int]) -> Points:
    width, height = size
    x, y = points[:, 0], points[:, 1]
    across, down = {
        2: (width - x, y),
        3: (width - x, height - y),
        4: (x, height - y),
        5: (y, x),
        6: (height - y, x),
        7: (height - y, width - x),
        8: (y, width - x),
    }.get(orientation, (x, y))
    return np.stack([across, down], axis=1)


def _pixels(pixels: NDArray[np.bool_], orientation: int) -> NDArray[np.bool_]:
    turned = {
        2: pixels[:, ::-1],
        3: pixels[::-1, ::-1],
        4: pixels[::-1],
        5: pixels.T,
        6: pixels[::-1].T,
        7: pixels[::-1, ::-1].T,
        8: pixels.T[::-1],
    }.get(orientation, pixels)
    return np.ascontiguousarray(turned)
