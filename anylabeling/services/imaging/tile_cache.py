"""Full-resolution parts of pictures that are shown reduced, in the memory of the image cache."""

from __future__ import annotations

from anylabeling.codecs import RegionReader, UInt8Array
from anylabeling.messages.tiles import TILE_PX, TileKey
from anylabeling.services.imaging.image_cache import ImageCache
from anylabeling.utils.metrics import METRICS


class TileCache:
    """Reads tiles and keeps them together with the pictures: one budget, the longest unused of both goes first.

    Any thread may call it.
    """

    def __init__(self, images: ImageCache) -> None:
        self._images = images

    def load(self, reader: RegionReader, key: TileKey) -> UInt8Array:
        """Return a tile from memory, or read and keep it.

        Returns:
            uint8 (512, 512, 4) BGRA, read-only, turned as EXIF says; smaller at the right and lower edge.

        Raises:
            ImageError: When it cannot be read; the next call tries again.
            ValueError: When the picture has no such tile.
        """

        def read() -> UInt8Array:
            width, height = reader.size(key.scale)
            left, top = key.column * TILE_PX, key.row * TILE_PX
            with METRICS.timed("image.tile"):
                return reader.read(left, top, min(TILE_PX, width - left), min(TILE_PX, height - top), key.scale)

        return self._images.load_part((reader.path, reader.stamp, key), read)
