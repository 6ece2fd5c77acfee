"""The pixels of a mask, ready to be drawn and hit."""

from __future__ import annotations

import numpy as np
from qtpy.QtCore import QRectF, Qt
from qtpy.QtGui import QColor, QImage, QPainterPath

from anylabeling.document.masks import Bitmap, bitmap_of, outlines_of
from anylabeling.document.raster import Pixels
from anylabeling.document.shape import Shape
from anylabeling.utils.lru import ByteBudgetLru
from anylabeling.views.canvas.polygons import polygon_of

_MOST_LINE_VERTICES = 20_000
"""A mask with a longer border is drawn without a line."""
_KEPT_BYTES = 128 << 20


class _Drawing:
    """What drawing needs of a bitmap, wherever it lies: kept while the mask is moved about.

    Attributes:
        pixels: The bitmap, bool (height, width).
    """

    def __init__(self, pixels: Pixels) -> None:
        self.pixels = pixels
        self._image: QImage | None = None
        self._tint = -1
        self._path: QPainterPath | None = None

    def image(self, color: QColor) -> QImage:
        """Return the pixels in a translucent colour."""
        if self._image is None:
            height, width = self.pixels.shape
            # Rows of QImage begin at multiples of four bytes. A copy, since it does not own them.
            rows = np.zeros((height, (width + 3) // 4 * 4), dtype=np.uint8)
            rows[:, :width] = self.pixels
            self._image = QImage(rows.tobytes(), width, height, rows.shape[1], QImage.Format.Format_Indexed8).copy()
        if self._tint != color.rgba():
            self._tint = color.rgba()
            self._image.setColorTable([0, self._tint])
        return self._image

    @property
    def path(self) -> QPainterPath:
        """The border along the edges of the pixels, from their corner; empty when it is too long to be drawn."""
        if self._path is None:
            self._path = QPainterPath()
            self._path.setFillRule(Qt.FillRule.OddEvenFill)
            rings = [ring for part in outlines_of(Bitmap(self.pixels, 0, 0)) for ring in (part.outer, *part.holes)]
            for ring in rings if sum(map(len, rings)) <= _MOST_LINE_VERTICES else ():
                self._path.addPolygon(polygon_of(ring))
                self._path.closeSubpath()
        return self._path


_drawings: ByteBudgetLru[str, _Drawing] = ByteBudgetLru(_KEPT_BYTES)


class MaskImage:
    """A mask's bitmap in its place.

    Attributes:
        area: The box of the pixels in image pixels.
    """

    def __init__(self, shape: Shape) -> None:
        self._bitmap = bitmap_of(shape)
        left, top, right, bottom = self._bitmap.box
        self.area = QRectF(left, top, right - left, bottom - top)
        self._drawing = _drawing_of(shape, self._bitmap.pixels)

    def image(self, color: QColor) -> QImage:
        """Return the pixels in a translucent colour, to be drawn into ``area``."""
        return self._drawing.image(color)

    def path(self) -> QPainterPath:
        """Return the border along the edges of the pixels, in image pixels."""
        return self._drawing.path.translated(self.area.topLeft())

    def contains(self, x: float, y: float) -> bool:
        """Whether the pixel at an image position is set."""
        column, row = int(np.floor(x)) - self._bitmap.left, int(np.floor(y)) - self._bitmap.top
        height, width = self._bitmap.pixels.shape
        return 0 <= column < width and 0 <= row < height and bool(self._bitmap.pixels[row, column])


def _drawing_of(shape: Shape, pixels: Pixels) -> _Drawing:
    key = shape.parameters.get("png")
    if not isinstance(key, str):
        return _Drawing(pixels)
    found = _drawings.get(key)
    if found is None or found.pixels is not pixels:
        found = _Drawing(pixels)
        _drawings.put(key, found, 2 * pixels.nbytes + len(key))
    return found
