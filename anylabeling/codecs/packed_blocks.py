"""Blocks of TIFF files that libtiff unpacks, each given to it as a small file of its own.

What packs bytes without regard to what they mean is unpacked as bytes; only JPEG and fax have to know the picture.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from anylabeling.codecs.other import pillow_image
from anylabeling.codecs.tiff_tags import LONG, SHORT, UNDEFINED
from anylabeling.codecs.types import UInt8Array

JPEG = 7
FAX = frozenset({2, 3, 4})
_BLACK_IS_ZERO, _YCBCR = 1, 6
_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _PHOTOMETRIC, _FILL_ORDER = 256, 257, 258, 259, 262, 266
_STRIP_OFFSETS, _SAMPLES, _ROWS_PER_STRIP, _STRIP_COUNTS, _PLANAR = 273, 277, 278, 279, 284
_JPEG_TABLES, _SUBSAMPLING = 347, 530
_NAMES = {34925: "lzma", 50000: "zstd"}


@dataclass(frozen=True, slots=True, eq=False)
class PackedBlocks:
    """What libtiff has to know of the blocks of a file to decode one of them alone.

    Attributes:
        compression: LZW, JPEG, PackBits and so on, by its number.
        photometric: What the values are: 0 and 1 grey, 2 red, green and blue, 5 inks, 6 brightness and colour.
        tables: Of JPEG blocks, which they share; may be empty.
        subsampling: How much coarser colour is than brightness, across and down.
        last_rows: Of the last block of a file in strips; 0 where all blocks are alike.
        options: Values of other tags.
    """

    compression: int
    photometric: int
    tables: bytes
    subsampling: tuple[int, int]
    last_rows: int
    options: Mapping[int, int]

    def unpacked(self, data: bytes, width: int, rows: int, samples: int, row_bytes: int) -> UInt8Array:
        """Return uint8 (rows, row_bytes): what the block holds, as if it had not been packed.

        Raises:
            Exception: Of any kind, on damaged data.
        """
        if self.compression in FAX:
            with pillow_image().open(io.BytesIO(self._as_file(data, width, rows, 1, _BLACK_IS_ZERO, 1))) as image:
                return np.packbits(np.asarray(image), axis=1)
        if self.compression != JPEG:
            content = self._as_file(data, row_bytes, rows, 1, _BLACK_IS_ZERO, 8)
            with pillow_image().open(io.BytesIO(content)) as image:
                return np.asarray(image, np.uint8)
        photometric = self.photometric if samples > 1 else _BLACK_IS_ZERO
        with pillow_image().open(io.BytesIO(self._as_file(data, width, rows, samples, photometric, 8))) as image:
            colours = np.asarray(image if samples == 4 else image.convert("RGB" if samples == 3 else "L"))
        return colours.reshape(rows, row_bytes)

    @staticmethod
    def is_decoded(compression: int) -> bool:
        """Return whether libtiff knows what it may have been built without."""
        stream = io.BytesIO()
        try:
            pillow_image().new("L", (16, 16)).save(stream, "TIFF", compression=_NAMES[compression])
            with pillow_image().open(stream) as image:
                image.load()
        except (OSError, KeyError, ValueError):
            return False
        return True

    def _as_file(self, data: bytes, width: int, rows: int, samples: int, photometric: int, bits: int) -> bytes:
        """Return a TIFF file that holds this one block."""
        bits_at, short, long = 8, SHORT, LONG
        tags = [(_WIDTH, long, 1, width), (_HEIGHT, long, 1, rows), (_COMPRESSION, short, 1, self.compression),
                (_PHOTOMETRIC, short, 1, photometric), (_SAMPLES, short, 1, samples), (_ROWS_PER_STRIP, long, 1, rows),
                (_STRIP_COUNTS, long, 1, len(data)), (_PLANAR, short, 1, 1)]  # fmt: skip
        tags.append((_BITS, short, samples, bits_at) if samples > 2 else (_BITS, short, 1, bits))
        tags.extend((tag, short if tag == _FILL_ORDER else long, 1, value) for tag, value in self.options.items())
        if photometric == _YCBCR:
            tags.append((_SUBSAMPLING, short, 2, self.subsampling[0] | self.subsampling[1] << 16))
        tables_at = bits_at + 8
        if self.tables:
            tags.append((_JPEG_TABLES, UNDEFINED, len(self.tables), tables_at))
        data_at = tables_at + len(self.tables)
        tags.append((_STRIP_OFFSETS, long, 1, data_at))
        directory = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", *tag) for tag in sorted(tags))
        head = struct.pack("<2sHI4H", b"II", 42, data_at + len(data), 8, 8, 8, 8)
        return b"".join((head, self.tables, data, directory, bytes(4)))
