"""Draw shapes and their names into pixels, without Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.document.formats.areas import box_of, has_area, outlines, paint
from anylabeling.document.formats.lettering import Coverage, written
from anylabeling.document.formats.pictures import Image
from anylabeling.document.geometry import CUBOID_EDGES, bounds, outline
from anylabeling.document.labels import Rgb, relative_luminance, text_color
from anylabeling.document.masks import Bitmap, bitmap_of
from anylabeling.document.shape import Points, Shape, ShapeKind

_LINE_SHARE, _TEXT_SHARE = 1 / 500, 1 / 60
"""Of the longer side of the picture."""
_LEAST_LINE_PX, _LEAST_TEXT_PX, _MOST_TEXT_PX = 2, 12, 160
_FILL, _MASK_FILL = 0.22, 0.4
_SHIFT = 4
"""Bits of fractions in cv2's coordinates."""
_MOST_PX = 1 << 20
_MOST_COMPARED = 400

_Rect = tuple[int, int, int, int]


class Canvas:
    """Pixels that are drawn into.

    Args:
        pixels: uint8, grey or with blue first; a copy is drawn into.
        size: Width and height that shapes count in.

    Attributes:
        pixels: uint8 (height, width, 3), blue first.
    """

    def __init__(self, pixels: Image, size: tuple[int, int]) -> None:
        self.pixels: NDArray[np.uint8] = np.array(pixels if pixels.ndim == 3 else np.dstack([pixels] * 3), np.uint8)
        height, width = self.pixels.shape[:2]
        self._scale = np.array([width / size[0], height / size[1]])
        longest = max(width, height)
        self._line = max(_LEAST_LINE_PX, round(longest * _LINE_SHARE))
        self._text = min(max(_LEAST_TEXT_PX, round(longest * _TEXT_SHARE)), _MOST_TEXT_PX)

    def draw(self, shape: Shape, color: Rgb) -> None:
        """Draw a shape over what is there."""
        if has_area(shape):
            self._fill(shape, color)
        lines = self._lines(shape)
        # A line of its own colour may be as bright as the picture: a thin seam of the contrary goes around it.
        seam = (0, 0, 0) if relative_luminance(color) > 0.18 else (255, 255, 255)
        for tone, width in ((seam, self._line + max(2, self._line // 2)), (color, self._line)):
            self._draw_lines(lines, tone, width)
        if shape.kind in (ShapeKind.POINT, ShapeKind.POINTS):
            self._draw_points(shape.points, color)

    def write(self, plates: Sequence[tuple[Shape, str, Rgb]]) -> None:
        """Write names at shapes, where none covers another as far as there is room."""
        taken: list[_Rect] = []
        for shape, text, color in plates:
            if not text:
                continue
            letters = self._letters(text)
            rect = self._place(shape, letters, taken)
            taken.append(rect)
            self._plate(rect, letters, color)

    def _fill(self, shape: Shape, color: Rgb) -> None:
        height, width = self.pixels.shape[:2]
        low, high = np.array(box_of(shape)).reshape(2, 2) * self._scale
        x1, y1 = np.clip(np.floor(low), 0, (width, height)).astype(int).tolist()
        x2, y2 = np.clip(np.ceil(high), 0, (width, height)).astype(int).tolist()
        if x1 >= x2 or y1 >= y2:
            return
        area = self._covered(shape, (x1, y1, x2, y2))
        part = self.pixels[y1:y2, x1:x2]
        share = _MASK_FILL if shape.kind is ShapeKind.MASK else _FILL
        part[area] = np.rint(part[area] * (1 - share) + np.array(color[::-1]) * share).astype(np.uint8)
        if shape.kind is ShapeKind.CUBOID:
            # The front is filled twice, as in the window, so that one sees which side it is.
            front = self._ring_area([shape.points[:4]], (x1, y1, x2, y2))
            part[front] = np.rint(part[front] * (1 - share) + np.array(color[::-1]) * share).astype(np.uint8)

    def _covered(self, shape: Shape, box: _Rect) -> NDArray[np.bool_]:
        if shape.kind is ShapeKind.MASK and (self._scale == 1).all():
            area = np.zeros((box[3] - box[1], box[2] - box[0]), bool)
            own = bitmap_of(shape)
            paint(area, Bitmap(own.pixels, own.left - box[0], own.top - box[1]), True)
            return area
        return self._ring_area([ring for part in outlines(shape) for ring in (part.outer, *part.holes)], box)

    def _ring_area(self, rings: Sequence[Points], box: _Rect) -> NDArray[np.bool_]:
        from anylabeling.opencv import cv2

        area = np.zeros((box[3] - box[1], box[2] - box[0]), np.uint8)
        corner = np.array(box[:2])
        cv2.fillPoly(area, [_fixed(ring * self._scale - corner) for ring in rings], 1, cv2.LINE_8, _SHIFT)
        return area.astype(bool)

    def _lines(self, shape: Shape) -> list[tuple[Points, bool]]:
        """Return the lines of a shape, each with whether it is closed."""
        if shape.kind is ShapeKind.CUBOID:
            return [(shape.points[list(edge)], False) for edge in CUBOID_EDGES]
        if shape.kind is ShapeKind.CIRCLE:
            return [(outline(shape, circle_vertices=256), True)]
        if has_area(shape):
            return [(ring, True) for part in outlines(shape) for ring in (part.outer, *part.holes)]
        if shape.kind in (ShapeKind.POINT, ShapeKind.POINTS):
            return []
        return [(shape.points, False)] if len(shape.points) > 1 else []

    def _draw_lines(self, lines: Sequence[tuple[Points, bool]], color: Rgb, width: int) -> None:
        from anylabeling.opencv import cv2

        for points, is_closed in lines:
            # Coordinates are edges of pixels here, and cv2's are their centres.
            ring = _fixed(points * self._scale)
            cv2.polylines(self.pixels, [ring], is_closed, color[::-1], width, cv2.LINE_AA, _SHIFT)

    def _draw_points(self, points: Points, color: Rgb) -> None:
        from anylabeling.opencv import cv2

        radius = 2 * self._line
        for place in _fixed(points * self._scale)[:, 0]:
            x, y = place.tolist()
            for tone, size in (((255, 255, 255), radius + max(1, self._line // 2)), (color[::-1], radius)):
                cv2.circle(self.pixels, (x, y), size << _SHIFT, tone, -1, cv2.LINE_AA, _SHIFT)

    def _letters(self, text: str) -> Coverage:
        """Return a text, shortened to what the picture has room for."""
        most = self.pixels.shape[1] - 2 * self._margin
        letters = written(text, self._text)
        while letters.shape[1] > most and len(text) > 1:
            keep = min(len(text) - 1, int(len(text) * most / letters.shape[1]))
            text = text[: max(keep, 1)].rstrip()
            letters = written(f"{text}…", self._text)
            if len(text) == 1:
                break
        return letters[:, : max(most, 1)]

    @property
    def _margin(self) -> int:
        return int(max(2, self._text // 5))

    def _place(self, shape: Shape, letters: Coverage, taken: Sequence[_Rect]) -> _Rect:
        """Return where a name goes: above its shape, inside at its top, below, or inside at its bottom."""
        width, height = letters.shape[1] + 2 * self._margin, letters.shape[0]
        most_x, most_y = self.pixels.shape[1] - width, self.pixels.shape[0] - height
        left, top, right, bottom = (np.array(bounds(shape)).reshape(2, 2) * self._scale).ravel().tolist()
        away = 3 * self._line if shape.kind in (ShapeKind.POINT, ShapeKind.POINTS) else self._line // 2
        tops = [top - height - away, top + away, bottom + away, bottom - height - away]
        places = []
        for x in (left - self._line // 2, right - width):
            for y in tops:
                at = int(min(max(round(x), 0), max(most_x, 0))), int(min(max(round(y), 0), max(most_y, 0)))
                rect = (at[0], at[1], at[0] + width, at[1] + height)
                if 0 <= y <= most_y and len(taken) <= _MOST_COMPARED and not any(_meet(rect, one) for one in taken):
                    return rect
                places.append(rect)
        return places[0] if tops[0] >= 0 else places[1]

    def _plate(self, rect: _Rect, letters: Coverage, color: Rgb) -> None:
        left, top, right, bottom = rect
        part = self.pixels[top:bottom, left:right]
        part[:] = color[::-1]
        own = part[: letters.shape[0], self._margin : self._margin + letters.shape[1]]
        share = letters[: own.shape[0], : own.shape[1], None].astype(np.float32) / 255
        own[:] = np.rint(own * (1 - share) + np.array(text_color(color)[::-1]) * share).astype(np.uint8)


def _fixed(points: Points) -> NDArray[Any]:
    """Return points as cv2 takes them, int32 (n, 1, 2), with fractions; its coordinates are those of centres."""
    near = np.clip(points - 0.5, -_MOST_PX, _MOST_PX)
    return np.rint(near * (1 << _SHIFT)).astype(np.int32).reshape(-1, 1, 2)


def _meet(first: _Rect, second: _Rect) -> bool:
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]
