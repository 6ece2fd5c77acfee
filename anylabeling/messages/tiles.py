"""Parts of a very large picture that the window asks for."""

from __future__ import annotations

from typing import NamedTuple

TILE_PX = 512
"""Side of a tile, in pixels of the picture divided by the tile's scale."""

MOST_DIVIDED = 8
"""The largest scale of tiles."""


class TileKey(NamedTuple):
    """One tile of a picture.

    Attributes:
        scale: By what the picture's sides are divided: 1, 2, 4 or 8.
        column: Tiles to the left of it.
        row: Tiles above it.
    """

    scale: int
    column: int
    row: int
