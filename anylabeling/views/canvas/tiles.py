"""Full-resolution tiles over a picture that is shown reduced."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from qtpy.QtCore import QRectF
from qtpy.QtGui import QImage, QPainter

from anylabeling.messages.tiles import MOST_DIVIDED, TILE_PX, TileKey
from anylabeling.views.canvas.viewport import Viewport

PIXELATED_FROM = 2.0
"""From this enlargement on, pixels are shown as squares: a person places vertices by them."""

_AROUND = 1
"""Tiles beyond the view on each side that are asked for, too: the view may move there."""


@dataclass(frozen=True, slots=True)
class TileArea:
    """The tiles of one scale that a view touches: columns and rows from the first to before the last."""

    scale: int
    columns: tuple[int, int]
    rows: tuple[int, int]

    def nearest_first(self) -> list[TileKey]:
        """Return the tiles, nearest to the middle first."""
        middle_x, middle_y = sum(self.columns) - 1, sum(self.rows) - 1
        keys = [TileKey(self.scale, x, y) for y in range(*self.rows) for x in range(*self.columns)]
        return sorted(keys, key=lambda key: math.hypot(2 * key.column - middle_x, 2 * key.row - middle_y))


class TileLayer:
    """Says which tiles a view needs, and draws those that are there."""

    def __init__(self) -> None:
        self._size = (1, 1)
        self._reduction = 1.0
        self._is_on = False
        self._tiles: dict[TileKey, QImage] = {}

    def reset(self, full_size: tuple[int, int], reduction: float) -> None:
        """Begin with another picture, which is shown divided by ``reduction``; nothing is asked for yet."""
        self._size, self._reduction, self._is_on = full_size, reduction, False
        self._tiles.clear()

    def switch(self, on: bool) -> None:
        """Ask for tiles, or not."""
        self._is_on = on and self._reduction > 1

    def add(self, tiles: Iterable[tuple[TileKey, QImage]]) -> None:
        """Take tiles that were read."""
        self._tiles.update(tiles)

    def area(self, view: Viewport, device_pixel_ratio: float) -> TileArea | None:
        """Return the tiles under a view; None where the reduced picture shows as much."""
        shown = view.visible_rect() & view.image_rect
        per_pixel = view.scale * device_pixel_ratio
        scale = 1 << max(0, math.ceil(-math.log2(per_pixel)) - 1) if per_pixel < 1 else 1
        if not self._is_on or scale >= self._reduction or scale > MOST_DIVIDED or shown.isEmpty():
            return None
        across, down = self._tile_sides(scale)
        count_x, count_y = (math.ceil(self._divided(side, scale) / TILE_PX) for side in self._size)
        return TileArea(
            scale,
            (min(int(shown.left() / across), count_x - 1), min(math.ceil(shown.right() / across), count_x)),
            (min(int(shown.top() / down), count_y - 1), min(math.ceil(shown.bottom() / down), count_y)),
        )

    def missing(self, area: TileArea) -> tuple[TileKey, ...]:
        """Return what is not there of an area and then of what lies around it; forgets what lies farther away."""
        count_x, count_y = (math.ceil(self._divided(side, area.scale) / TILE_PX) for side in self._size)
        (left, right), (top, bottom) = area.columns, area.rows
        wide = TileArea(
            area.scale,
            (max(0, left - _AROUND), min(right + _AROUND, count_x)),
            (max(0, top - _AROUND), min(bottom + _AROUND, count_y)),
        )
        keys = dict.fromkeys([*area.nearest_first(), *wide.nearest_first()])
        # Tiles of other scales stand in as long as something is missing.
        complete = self.covers(area)
        for key in list(self._tiles):
            if key not in keys and (complete or key.scale == area.scale):
                del self._tiles[key]
        return tuple(key for key in keys if key not in self._tiles)

    def covers(self, area: TileArea | None) -> bool:
        """Whether all tiles of an area are there."""
        return area is not None and all(key in self._tiles for key in area.nearest_first())

    def clear(self) -> None:
        """Forget the tiles: the view shows the reduced picture."""
        self._tiles.clear()

    def paint(self, painter: QPainter, view: Viewport, device_pixel_ratio: float, area: TileArea) -> None:
        """Draw the tiles of an area that are there, over those of other scales."""
        shown = view.visible_rect() & view.image_rect
        for key in sorted(self._tiles, key=lambda key: (key.scale == area.scale, -key.scale)):
            if key.scale != area.scale and self.covers(area):
                continue
            image, (across, down) = self._tiles[key], self._tile_sides(key.scale)
            per_x, per_y = across / TILE_PX, down / TILE_PX
            whole = QRectF(key.column * across, key.row * down, image.width() * per_x, image.height() * per_y)
            # Cut to the view: an enlarged tile is larger than what a painter can count.
            rect = whole & shown
            if rect.isEmpty():
                continue
            smooth = view.scale * device_pixel_ratio * key.scale < PIXELATED_FROM
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            source = QRectF(
                (rect.x() - whole.x()) / per_x,
                (rect.y() - whole.y()) / per_y,
                rect.width() / per_x,
                rect.height() / per_y,
            )
            painter.drawImage(view.transform.mapRect(rect), image, source)

    def _tile_sides(self, scale: int) -> tuple[float, float]:
        """Return width and height of a whole tile in image pixels."""
        width, height = self._size
        return TILE_PX * width / self._divided(width, scale), TILE_PX * height / self._divided(height, scale)

    @staticmethod
    def _divided(side_px: int, scale: int) -> int:
        return -(-side_px // scale)
