"""A view that asks for full-resolution tiles of a picture that it shows reduced."""

from __future__ import annotations

from collections.abc import Iterable

from qtpy.QtCore import Signal
from qtpy.QtGui import QImage, QPainter
from qtpy.QtWidgets import QWidget

from anylabeling.messages.tiles import TileKey
from anylabeling.views.canvas.image_view import ImageView
from anylabeling.views.canvas.tiles import TileArea


class TiledView(ImageView):
    """Draws tiles over the reduced picture where they are there; the rest stays reduced until they come.

    Signals:
        tiles_wanted: The picture's number and a tuple of TileKey, what is wanted first coming first. Only the newest
            wish counts.
    """

    tiles_wanted = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked_area: TileArea | None = None

    def expect_tiles(self, on: bool, *, image_id: int) -> None:
        """Ask for tiles of the picture ``image_id`` when it is enlarged beyond what it shows, or no more."""
        if image_id == self.image_id():
            self._asked_area = None
            self.background.tiles.switch(on)
            self.update()

    def add_tiles(self, tiles: Iterable[tuple[TileKey, QImage]], *, image_id: int) -> None:
        """Take tiles that were asked for; what belongs to another picture is dropped."""
        if image_id == self.image_id():
            self.background.tiles.add(tiles)
            self.background.refresh()
            self.update()

    def paint_background(self, painter: QPainter) -> None:
        """Draw the picture, and ask for the tiles under another part of it."""
        super().paint_background(painter)
        tiles = self.background.tiles
        area = tiles.area(self.viewport, self.devicePixelRatioF())
        if area == self._asked_area:
            return
        self._asked_area = area
        if area is None:
            tiles.clear()
        elif missing := tiles.missing(area):
            self.tiles_wanted.emit(self.image_id(), missing)
