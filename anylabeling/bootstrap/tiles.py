"""Connects full-resolution tiles: which the canvas wants, and which were read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anylabeling.controllers.images import OpenedImage
from anylabeling.controllers.tiles import TileController
from anylabeling.errors import AppError
from anylabeling.messages.notices import Notice
from anylabeling.services.imaging.tile_cache import TileCache

if TYPE_CHECKING:
    from anylabeling.bootstrap.program import Program


def connect_tiles(program: Program) -> None:
    """Connect all of it."""
    canvas = program.window.canvas
    tiles = program.tiles = TileController(program.runner, TileCache(program.services.image_cache), program)

    def on_image_opened(opened: OpenedImage) -> None:
        tiles.set_image(opened)
        canvas.expect_tiles(opened.reader is not None, image_id=opened.serial)

    def on_tiles_failed(error: AppError) -> None:
        canvas.expect_tiles(False, image_id=canvas.image_id())
        program.notify(Notice(error.user_text, error.hint, error.details, "warning"))

    program.images.opened.connect(on_image_opened)
    program.images.failed.connect(lambda _path, _error: tiles.set_image(None))
    canvas.tiles_wanted.connect(tiles.request)
    tiles.made.connect(lambda serial, items: canvas.add_tiles(items, image_id=serial))
    tiles.failed.connect(on_tiles_failed)
