"""The picture behind the shapes, scaled once per view and then only copied."""

from __future__ import annotations

import math
from collections.abc import Sequence

from qtpy.QtCore import QRectF, QSize, QSizeF, Qt
from qtpy.QtGui import QColor, QImage, QPainter, QPixmap, QRegion

from anylabeling.qt.image_convert import map_values, mix_colors
from anylabeling.views.canvas.tiles import PIXELATED_FROM, TileLayer
from anylabeling.views.canvas.tone import Tone
from anylabeling.views.canvas.viewport import Viewport

_HURRY_FROM_PIXELS = 4_000_000
"""A larger picture is first drawn in a hurry: 3 ms instead of 15 for 12 megapixels, so that stepping stays smooth."""


class Background:
    """A picture with halved versions of itself, drawn into a pixmap of the widget's size.

    Halved versions keep the cost of a view to the widget's pixels whatever the picture's size, and keep thin lines from
    flickering when the picture is shown small. A reduced picture is covered by tiles where it is enlarged.

    Attributes:
        tiles: Full-resolution parts of a reduced picture; ``refresh`` shows a change of them.
    """

    def __init__(self) -> None:
        self.tiles = TileLayer()
        self._source: QImage | None = None
        self._levels: list[QImage] = []
        self._full_size = (1, 1)
        self._hurries = False
        self._is_draft = False
        self._wanted = 0
        self._tone = Tone()
        self._cache = QPixmap()
        self._cache_key: object = None

    def set_image(self, image: QImage | None, full_size: tuple[int, int]) -> None:
        """Take a picture that shows an image of ``full_size`` pixels; it may be a smaller version.

        A picture in Format_RGB32 is used as it is, any other is converted once.
        """
        # The given object is kept: its pixels may belong to a buffer that it keeps alive.
        self._source = image
        self._levels = []
        if image is not None and not image.isNull():
            wanted = QImage.Format.Format_RGB32
            if image.hasAlphaChannel():
                wanted = QImage.Format.Format_ARGB32_Premultiplied
            self._levels = [image if image.format() == wanted else image.convertToFormat(wanted)]
        self._full_size = full_size
        self.tiles.reset(full_size, full_size[0] / self._levels[0].width() if self._levels else 1.0)
        self._hurries = bool(self._levels) and image is not None and image.width() * image.height() > _HURRY_FROM_PIXELS
        self._cache_key = None

    def set_tone(self, tone: Tone) -> None:
        """Show the picture in another brightness; only what is drawn changes."""
        self._tone = tone
        self._cache_key = None

    def small_image(self, longest_px: int) -> QImage:
        """Return the picture with at most so many pixels along its longer side; a null image when there is none."""
        if not self._levels:
            return QImage()
        nearest = next((level for level in reversed(self._levels) if max(level.width(), level.height()) >= longest_px),
                       self._levels[-1])  # fmt: skip
        keep, mode = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        # A copy: scaled to the size that it has, an image shares its pixels, which are those of a buffer that only the
        # Python object of the level keeps alive.
        return nearest.scaled(longest_px, longest_px, keep, mode).copy()

    def set_levels(self, levels: Sequence[QImage]) -> None:
        """Take halved versions that somebody else made, each of half the sides of the one before, rounded up or down.

        They go on from what there is already; ``refine`` makes use of them.
        """
        if self._levels:
            self._levels = [self._levels[0], *levels]

    @property
    def levels_are_there(self) -> bool:
        """Whether drawing with care needs no version that would have to be made first."""
        return len(self._levels) > self._wanted

    @property
    def is_draft(self) -> bool:
        """Whether the picture was drawn in a hurry and ``refine`` would make it better."""
        return self._is_draft

    @property
    def is_drawn(self) -> bool:
        """Whether the picture was drawn with care since it was set."""
        return self._cache_key is not None and not self._is_draft

    def refresh(self) -> None:
        """Draw anew at the next paint: there are other tiles."""
        self._cache_key = None

    def refine(self) -> None:
        """Draw the picture with care at the next paint."""
        self._hurries = False
        self._cache_key = None

    def paint(self, painter: QPainter, view: Viewport, device_pixel_ratio: float, around: QColor) -> None:
        """Draw the picture and the colour around it over the whole widget."""
        size = _covering(view.widget_rect.size(), device_pixel_ratio)
        key = (view.key(), size.width(), size.height(), device_pixel_ratio, around.rgb())
        if key != self._cache_key:
            if self._cache.size() != size:
                self._cache = QPixmap(size)
            self._cache.setDevicePixelRatio(device_pixel_ratio)
            self._redraw(view, device_pixel_ratio, around)
            self._cache_key = key
        painter.drawPixmap(0, 0, self._cache)

    def _redraw(self, view: Viewport, device_pixel_ratio: float, around: QColor) -> None:
        shown = view.visible_rect() & view.image_rect
        if not self._levels or shown.isEmpty():
            self._cache.fill(around)
            return
        target = view.transform.mapRect(shown)
        self._fill_around(QRectF() if self._levels[0].hasAlphaChannel() else target, view, around)
        with_tone = QImage(self._cache.size(), QImage.Format.Format_RGB32) if not self._tone.is_neutral else None
        if with_tone is not None:
            with_tone.setDevicePixelRatio(device_pixel_ratio)
        painter = QPainter(self._cache if with_tone is None else with_tone)
        area = self.tiles.area(view, device_pixel_ratio)
        if not self.tiles.covers(area):
            self._draw_levels(painter, view, device_pixel_ratio, shown)
        else:
            self._is_draft = False
        if area is not None:
            self.tiles.paint(painter, view, device_pixel_ratio, area)
        painter.end()
        if with_tone is not None:
            if not self._tone.keeps_values:
                map_values(with_tone, self._tone.table())
            if self._tone.saturation:
                mix_colors(with_tone, self._tone.color_matrix())
            painter = QPainter(self._cache)
            painter.setClipRect(target)
            painter.drawImage(0, 0, with_tone)
            painter.end()

    def _fill_around(self, picture: QRectF, view: Viewport, around: QColor) -> None:
        """Fill what the picture will not cover, and a little more: all would be most of the work twice."""
        painter = QPainter(self._cache)
        covered = picture.adjusted(2, 2, -2, -2).toAlignedRect()
        region = QRegion(view.widget_rect.adjusted(0, 0, 2, 2).toAlignedRect()) - QRegion(covered)
        for rect in region.rects() if hasattr(region, "rects") else region:
            painter.fillRect(rect, around)
        painter.end()

    def _draw_levels(self, painter: QPainter, view: Viewport, device_pixel_ratio: float, shown: QRectF) -> None:
        per_pixel = view.scale * device_pixel_ratio * self._full_size[0] / self._levels[0].width()
        self._wanted = wanted = _halvings(per_pixel)
        self._is_draft = self._hurries and wanted >= len(self._levels)
        image = self._levels[-1] if self._is_draft else self._level(wanted)
        smooth = per_pixel < PIXELATED_FROM and not self._is_draft
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        across, down = image.width() / self._full_size[0], image.height() / self._full_size[1]
        source = QRectF(shown.x() * across, shown.y() * down, shown.width() * across, shown.height() * down)
        painter.drawImage(view.transform.mapRect(shown), image, source)

    def _level(self, wanted: int) -> QImage:
        """Return the picture halved so many times."""
        while len(self._levels) <= wanted:
            last = self._levels[-1]
            half = QSize(max(1, last.width() // 2), max(1, last.height() // 2))
            mode = Qt.TransformationMode.SmoothTransformation
            self._levels.append(last.scaled(half, Qt.AspectRatioMode.IgnoreAspectRatio, mode))
        return self._levels[wanted]


def _halvings(device_pixels_per_pixel: float) -> int:
    """Return how often a picture is halved so that what is left to reduce is less than a half."""
    return max(0, math.ceil(-math.log2(device_pixels_per_pixel)) - 1) if device_pixels_per_pixel < 1 else 0


def _covering(size: QSizeF, device_pixel_ratio: float) -> QSize:
    """Return the device pixels that a widget may have: with a broken ratio one more where it lies between two."""
    more = 0 if device_pixel_ratio.is_integer() else 1
    return QSize(*(math.ceil(side * device_pixel_ratio) + more for side in (size.width(), size.height())))
