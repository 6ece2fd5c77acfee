"""The pixels of a mask, ready to be drawn and hit."""

from __future__ import annotations

import numpy as np
from qtpy.QtCore import QRectF
from qtpy.QtGui import QColor, QImage

from anylabeling.document.masks import bitmap_of, outlines_of
from anylabeling.document.shape import Points, Shape

_MOST_LINE_VERTICES = 20_000
"""A mask with a longer border is drawn without a line."""


class MaskImage:
    """A mask's bitmap; the tinted image of it is made once per colour.

    Attributes:
        bitmap: The pixels.
        area: Their box in image pixels.
    """

    def __init__(self, shape: Shape) -> None:
        self.bitmap = bitmap_of(shape)
        left, top, right, bottom = self.bitmap.box
        self.area = QRectF(left, top, right - left, bottom - top)
        self._image: QImage | None = None
        self._tint = -1
        self._rings: list[Points] | None = None

    @property
    def rings(self) -> list[Points]:
        """The border along the edges of the pixels; none when it is too long to be drawn."""
        if self._rings is None:
            rings = [ring for part in outlines_of(self.bitmap) for ring in (part.outer, *part.holes)]
            self._rings = rings if sum(map(len, rings)) <= _MOST_LINE_VERTICES else []
        return self._rings

    def contains(self, x: float, y: float) -> bool:
        """Whether the pixel at an image position is set."""
        column, row = int(np.floor(x)) - self.bitmap.left, int(np.floor(y)) - self.bitmap.top
        height, width = self.bitmap.pixels.shape
        return 0 <= column < width and 0 <= row < height and bool(self.bitmap.pixels[row, column])

    def image(self, color: QColor) -> QImage:
        """Return the pixels in a translucent colour."""
        if self._image is None:
            height, width = self.bitmap.pixels.shape
            # A copy, since QImage does not own the rows of an array.
            rows = np.zeros((height, (width + 3) // 4 * 4), dtype=np.uint8)
            rows[:, :width] = self.bitmap.pixels
            self._image = QImage(rows.tobytes(), width, height, rows.shape[1], QImage.Format.Format_Indexed8).copy()
        if self._tint != color.rgba():
            self._tint = color.rgba()
            self._image.setColorTable([0, self._tint])
        return self._image
