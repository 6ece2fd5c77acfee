"""Masks: shapes that are bitmaps, and what a brush does to them.

A mask keeps what labelme writes: its box, whose lower right corner is the last pixel, and a PNG of the pixels in it as
base64. ``Bitmap`` is the same decoded.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from anylabeling.document.geometry import outline
from anylabeling.document.raster import Outline, Pixels, fill, trace
from anylabeling.document.shape import Points, Shape, ShapeKind, as_points
from anylabeling.utils.lru import ByteBudgetLru

MAX_MASK_PIXELS = 1 << 27
"""No bitmap is larger; a file that asks for more is not believed."""

_DECODED_BYTES = 256 << 20
"""Bitmaps that stay decoded take at most so much memory."""


class Bitmap(NamedTuple):
    """Some pixels of the image.

    Attributes:
        pixels: bool (height, width), read-only.
        left: Column of the image at which they start.
        top: Row of the image at which they start.
    """

    pixels: Pixels
    left: int
    top: int

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom in pixels; right and bottom are the first ones outside."""
        height, width = self.pixels.shape
        return self.left, self.top, self.left + width, self.top + height


EMPTY = Bitmap(np.zeros((0, 0), dtype=bool), 0, 0)


def bitmap_of(shape: Shape) -> Bitmap:
    """Return the pixels of a shape: a mask's own, for other kinds those whose centres lie inside of the outline."""
    if shape.kind is ShapeKind.MASK:
        own = mask_bitmap(shape.parameters)
        if own is not None:
            return own
    return rasterized([outline(shape), *shape.holes])


def mask_bitmap(parameters: Mapping[str, Any]) -> Bitmap | None:
    """Return the pixels that a mask's parameters hold, or None when they make no sense."""
    encoded, box = parameters.get("png"), parameters.get("bbox")
    if not isinstance(encoded, str) or not isinstance(box, list | tuple) or len(box) != 4:
        return None
    try:
        left, top, right, bottom = (round(float(value)) for value in box)
    except (TypeError, ValueError, OverflowError):
        return None
    pixels = decode_pixels(encoded, (right - left + 1, bottom - top + 1))
    return None if pixels is None else Bitmap(pixels, left, top)


_decoded: ByteBudgetLru[tuple[str, tuple[int, int]], Pixels] = ByteBudgetLru(_DECODED_BYTES)


def decode_pixels(encoded: str, size: tuple[int, int]) -> Pixels | None:
    """Decode a PNG in base64 that must have this width and height, bool (height, width); None when it is else."""
    found = _decoded.get((encoded, size))
    if found is None:
        found = _decode(encoded, size)
        if found is not None:
            _decoded.put((encoded, size), found, found.nbytes + len(encoded))
    return found


def _decode(encoded: str, size: tuple[int, int]) -> Pixels | None:
    try:
        data = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return None
    # The size is compared before the pixels are decoded, so that a small text cannot ask for much memory.
    stated = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    if not data.startswith(b"\x89PNG\r\n\x1a\n") or stated != size or size[0] * size[1] > MAX_MASK_PIXELS:
        return None
    from anylabeling.opencv import cv2

    try:
        pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    except cv2.error:
        return None
    if pixels is None:
        return None
    result: Pixels = np.asarray(pixels) != 0
    result.flags.writeable = False
    return result


def mask_shape(bitmap: Bitmap, like: Shape | None = None) -> Shape | None:
    """Return a mask of the pixels that are set, cropped to them; None when there are none.

    Args:
        bitmap: The pixels.
        like: A shape whose label, identity and other fields it takes.
    """
    from anylabeling.opencv import cv2

    cropped = _cropped(bitmap)
    if not cropped.pixels.size:
        return None
    done, png = cv2.imencode(".png", cropped.pixels.astype(np.uint8), [cv2.IMWRITE_PNG_COMPRESSION, 2])
    if not done:
        return None
    left, top, right, bottom = cropped.box
    parameters = {
        "bbox": [float(left), float(top), float(right - 1), float(bottom - 1)],
        "png": base64.b64encode(png.tobytes()).decode("ascii"),
    }
    points = as_points(border(cropped.pixels) + (left, top))
    if like is None:
        return Shape(ShapeKind.MASK, points, parameters=parameters)
    return like.with_changes(kind=ShapeKind.MASK, points=points, parameters=parameters, holes=())


def border(pixels: NDArray[Any]) -> Points:
    """Return the border of the largest connected part in pixels from the bitmap's corner, float64 (n, 2), n >= 3."""
    from anylabeling.opencv import cv2

    contours, _ = cv2.findContours(pixels.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    largest = max(contours, key=cv2.contourArea, default=None)
    if largest is not None and len(largest) >= 3:
        # Contours run through the centres of the border pixels.
        return np.asarray(largest[:, 0, :], np.float64) + 0.5
    if largest is None:
        left, top, (height, width) = 0, 0, pixels.shape
    else:
        left, top, width, height = cv2.boundingRect(largest)
    right, bottom = left + width, top + height
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float64)


def rasterized(rings: Sequence[Points]) -> Bitmap:
    """Return the pixels inside of closed rings by the even-odd rule; an absurdly large area has none."""
    corners = np.vstack(rings)
    left, top = np.floor(corners.min(axis=0)).astype(int).tolist()
    right, bottom = np.ceil(corners.max(axis=0)).astype(int).tolist()
    width, height = max(right - left, 1), max(bottom - top, 1)
    if width * height > MAX_MASK_PIXELS:
        return EMPTY
    return Bitmap(fill([ring - (left, top) for ring in rings], width, height), left, top)


def outlines_of(bitmap: Bitmap, tolerance: float = 0.0) -> list[Outline]:
    """Return the areas of a bitmap, in image pixels, largest box first.

    Args:
        bitmap: The pixels.
        tolerance: How far an outline may leave the edges of the pixels, in pixels; 0 follows each of them. About 0.8
            makes straight lines of slanted ones.
    """
    found = []
    for area in trace(bitmap.pixels):
        outer = _smooth(area.outer, tolerance) + (bitmap.left, bitmap.top)
        holes = [_smooth(hole, tolerance) + (bitmap.left, bitmap.top) for hole in area.holes]
        if len(outer) >= 3:
            found.append(Outline(as_points(outer), tuple(as_points(hole) for hole in holes if len(hole) >= 3)))
    return sorted(found, key=lambda area: -float(np.prod(np.ptp(area.outer, axis=0))))


def combined(first: Bitmap, second: Bitmap, operation: str) -> Bitmap:
    """Return the "union", "difference", "intersection" or "exclusion" (what only one covers) of two bitmaps."""
    if not second.pixels.size:
        return EMPTY if operation == "intersection" else first
    grows = operation in ("union", "exclusion")
    if grows and not first.pixels.size:
        return second
    left, top, right, bottom = first.box
    if grows:
        box = second.box
        left, top, right, bottom = min(left, box[0]), min(top, box[1]), max(right, box[2]), max(bottom, box[3])
    result, other = (_placed(bitmap, left, top, right - left, bottom - top) for bitmap in (first, second))
    if operation == "union":
        result |= other
    elif operation == "difference":
        result &= ~other
    elif operation == "exclusion":
        result ^= other
    else:
        result &= other
    return Bitmap(result, left, top)


def stroke(path: Sequence[tuple[float, float]], radius: float, image_size: tuple[int, int]) -> Bitmap:
    """Return the pixels that a round brush covers along a path, inside of the image.

    Args:
        path: One position or more, in image pixels.
        radius: Of the brush, in image pixels.
        image_size: Width and height in pixels.
    """
    from anylabeling.opencv import cv2

    positions = np.array(path, dtype=np.float64)
    left, top = np.clip(np.floor(positions.min(axis=0) - radius - 1), 0, image_size).astype(int).tolist()
    right, bottom = np.clip(np.ceil(positions.max(axis=0) + radius + 1), 0, image_size).astype(int).tolist()
    if right <= left or bottom <= top:
        return EMPTY
    canvas = np.zeros((bottom - top, right - left), dtype=np.uint8)
    # Positions are edges of pixels, cv2's are centres; four bits of fractions.
    shifted = np.round((positions - (left + 0.5, top + 0.5)) * 16).astype(np.int32)
    for x, y in shifted.tolist():
        cv2.circle(canvas, (x, y), max(round(radius * 16), 1), 1, -1, cv2.LINE_8, 4)
    if len(shifted) > 1 and radius >= 1:
        cv2.polylines(canvas, [shifted.reshape(-1, 1, 2)], False, 1, max(round(2 * radius), 1), cv2.LINE_8, 4)
    return Bitmap(canvas.astype(bool), left, top)


def _smooth(ring: Points, tolerance: float) -> Points:
    if tolerance <= 0.0:
        return ring
    from anylabeling import accel

    return accel.simplify(ring, tolerance, closed=True)


def _cropped(bitmap: Bitmap) -> Bitmap:
    rows, columns = np.flatnonzero(bitmap.pixels.any(axis=1)), np.flatnonzero(bitmap.pixels.any(axis=0))
    if not len(rows):
        return EMPTY
    pixels = bitmap.pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return Bitmap(pixels, bitmap.left + int(columns[0]), bitmap.top + int(rows[0]))


def _placed(bitmap: Bitmap, left: int, top: int, width: int, height: int) -> Pixels:
    """Return the part of a bitmap that lies in a box, as pixels of that box."""
    result: Pixels = np.zeros((height, width), dtype=bool)
    own = bitmap.box
    x1, y1, x2, y2 = max(left, own[0]), max(top, own[1]), min(left + width, own[2]), min(top + height, own[3])
    if x1 < x2 and y1 < y2:
        result[y1 - top : y2 - top, x1 - left : x2 - left] = bitmap.pixels[
            y1 - own[1] : y2 - own[1], x1 - own[0] : x2 - own[0]
        ]
    return result
