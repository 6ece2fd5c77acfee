"""Parts of TIFF and BMP files that lie in blocks of plain or deflated pixels.

Files are read, not mapped into memory: a mapped file that is cut meanwhile would end the process.
Format: TIFF 6.0 (and its supplement for deflate, compression 8); BITMAPINFOHEADER for BMP.
"""

from __future__ import annotations

import math
import struct
import threading
import zlib
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from anylabeling.codecs.exif import read_tiff_directory
from anylabeling.codecs.jpeg import damaged, truncated
from anylabeling.codecs.pixels import to_pixels
from anylabeling.codecs.reduced import reduce_to
from anylabeling.codecs.source import ByteSource
from anylabeling.codecs.types import ImageHeader, PixelFormat, UInt8Array, make_header

_PLAIN = 1
_DEFLATE = frozenset({8, 32946})
_MAX_BLOCKS = 1 << 20
_MAX_ENTRIES = 4096
_MAX_DEFLATED_BLOCK_BYTES = 64 << 20
_KEPT_BLOCK_BYTES = 32 << 20
_BAND_BYTES = 16 << 20
_KINDS = {3: "H", 4: "I"}
_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _PHOTOMETRIC, _FILL_ORDER = 256, 257, 258, 259, 262, 266
_STRIP_OFFSETS, _SAMPLES, _ROWS_PER_STRIP, _STRIP_COUNTS, _PLANAR, _PREDICTOR = 273, 277, 278, 279, 284, 317
_TILE_WIDTH, _TILE_HEIGHT, _TILE_OFFSETS, _TILE_COUNTS, _SAMPLE_FORMAT = 322, 323, 324, 325, 339
_DEFAULTS = {_BITS: 1, _COMPRESSION: 1, _FILL_ORDER: 1, _SAMPLES: 1, _PLANAR: 1, _PREDICTOR: 1, _SAMPLE_FORMAT: 1}


@dataclass(frozen=True, slots=True, eq=False)
class RawLayout:
    """Where the pixels of a file lie.

    Attributes:
        header: Size and orientation.
        samples: Bytes per pixel.
        block: Width and height of a strip or tile in pixels.
        row_bytes: From one row of a block to the next.
        offsets: Where each block begins, row by row of blocks.
        counts: Bytes of each deflated block; empty when they lie plainly.
        is_bgr: Whether blue comes first.
        is_inverted: Whether 0 is white.
        is_bottom_up: Whether the last row comes first.
        is_differenced: Whether each value is stored as the difference to its neighbour.
    """

    header: ImageHeader
    samples: int
    block: tuple[int, int]
    row_bytes: int
    offsets: tuple[int, ...]
    counts: tuple[int, ...] = ()
    is_bgr: bool = False
    is_inverted: bool = False
    is_bottom_up: bool = False
    is_differenced: bool = False

    @property
    def blocks_across(self) -> int:
        """Blocks in a row of blocks."""
        return -(-self.header.stored_width // self.block[0])


def read_raw_layout(source: ByteSource, image_format: str) -> RawLayout | None:
    """Return where the pixels of a TIFF or BMP file lie; None for every other kind."""
    if image_format == "bmp":
        return _bmp_layout(source)
    return _tiff_layout(source) if image_format == "tiff" else None


class RawPicture:
    """Reads parts of a file; a few of the blocks that were inflated last are kept.

    Args:
        path: The file.
        layout: What read_raw_layout returned for it.
    """

    def __init__(self, path: str, layout: RawLayout) -> None:
        self._path = path
        self._layout = layout
        self._lock = threading.Lock()
        self._inflated: OrderedDict[int, UInt8Array] = OrderedDict()

    def read(self, window: tuple[int, int, int, int], scale_divisor: int) -> UInt8Array:
        """Return BGRA pixels of (left, top, width, height) as they lie in the file, divided by averaging.

        Raises:
            ImageError: When the file is truncated or its blocks are damaged.
            OSError: When it cannot be read.
        """
        left, top, width, height = window
        header, step = self._layout.header, scale_divisor
        columns = (left * step, min((left + width) * step, header.stored_width))
        pixels = np.empty((height, width, 4), np.uint8)
        band = max(1, _BAND_BYTES // ((columns[1] - columns[0]) * self._layout.samples * step))
        with self._lock, Path(self._path).open("rb", buffering=0) as file:
            for first in range(0, height, band):
                last = min(first + band, height)
                rows = ((top + first) * step, min((top + last) * step, header.stored_height))
                part = self._read_rows(file, columns, rows)
                if step > 1:
                    part = np.asarray(
                        reduce_to(_filled(part, width * step, (last - first) * step), width, last - first)
                    )
                pixels[first:last] = self._to_bgra(part)
        return pixels

    def _to_bgra(self, part: UInt8Array) -> UInt8Array:
        if self._layout.samples == 4:  # the fourth byte of a 32-bit bitmap is not transparency
            part = part[:, :, :3]
        if self._layout.is_inverted:
            part = 255 - part
        is_bgr = self._layout.is_bgr
        return to_pixels(np.ascontiguousarray(part), "", is_bgr=is_bgr, pixel_format=PixelFormat.BGRA)[0]

    def _read_rows(self, file: BinaryIO, columns: tuple[int, int], rows: tuple[int, int]) -> UInt8Array:
        layout, total = self._layout, self._layout.header.stored_height
        if layout.is_bottom_up:
            rows = (total - rows[1], total - rows[0])
        block_width, block_height = layout.block
        part = np.empty((rows[1] - rows[0], columns[1] - columns[0], layout.samples), np.uint8)
        for down in range(rows[0] // block_height, -(-rows[1] // block_height)):
            top, bottom = max(rows[0], down * block_height), min(rows[1], (down + 1) * block_height)
            for across in range(columns[0] // block_width, -(-columns[1] // block_width)):
                left, right = max(columns[0], across * block_width), min(columns[1], (across + 1) * block_width)
                x, y = left - across * block_width, top - down * block_height
                area = (x, y, x + right - left, y + bottom - top)
                target = part[top - rows[0] : bottom - rows[0], left - columns[0] : right - columns[0]]
                target[...] = self._read_block(file, down * layout.blocks_across + across, area)
        return part[::-1] if layout.is_bottom_up else part

    def _read_block(self, file: BinaryIO, index: int, area: tuple[int, int, int, int]) -> UInt8Array:
        """Return the pixels (left, top, right, bottom) of a block."""
        left, top, right, bottom = area
        if self._layout.counts:
            block = self._inflate(file, index)
            if block.shape[0] < bottom:
                raise truncated(Path(self._path).name)
            return block[top:bottom, left:right]
        samples, row_bytes = self._layout.samples, self._layout.row_bytes
        start = self._layout.offsets[index] + top * row_bytes + left * samples
        wanted = (right - left) * samples
        if wanted * 4 >= row_bytes:
            data = self._read_at(file, start, (bottom - top - 1) * row_bytes + wanted)
            lines = np.lib.stride_tricks.as_strided(
                np.frombuffer(data, np.uint8), (bottom - top, wanted), (row_bytes, 1), writeable=False
            )
        else:
            pieces = [self._read_at(file, start + row * row_bytes, wanted) for row in range(bottom - top)]
            lines = np.frombuffer(b"".join(pieces), np.uint8)
        return lines.reshape(bottom - top, right - left, samples)

    def _read_at(self, file: BinaryIO, position: int, size: int) -> bytes:
        file.seek(position)
        data = file.read(size)
        while len(data) < size and (more := file.read(size - len(data))):
            data += more
        if len(data) < size:
            raise truncated(Path(self._path).name)
        return data

    def _inflate(self, file: BinaryIO, index: int) -> UInt8Array:
        kept = self._inflated.get(index)
        if kept is not None:
            self._inflated.move_to_end(index)
            return kept
        layout, name = self._layout, Path(self._path).name
        full_bytes = layout.row_bytes * layout.block[1]
        count = layout.counts[index]
        if count > 2 * full_bytes + 1024:
            raise damaged(name, f"block {index} takes {count} bytes")
        try:
            data = zlib.decompressobj().decompress(self._read_at(file, layout.offsets[index], count), full_bytes)
        except zlib.error as error:
            raise damaged(name, f"block {index}: {error}") from error
        rows = len(data) // layout.row_bytes
        shape = (rows, layout.block[0], layout.samples)
        block: UInt8Array = np.frombuffer(data, np.uint8, rows * layout.row_bytes).reshape(shape)
        if layout.is_differenced:
            block = np.cumsum(block, axis=1, dtype=np.uint8)
        self._inflated[index] = block
        while sum(kept.nbytes for kept in self._inflated.values()) > _KEPT_BLOCK_BYTES and len(self._inflated) > 1:
            self._inflated.popitem(last=False)
        return block


def _filled(part: UInt8Array, width: int, height: int) -> UInt8Array:
    """Repeat the last row and column, so that the sides divide evenly."""
    if part.shape[:2] == (height, width):
        return np.ascontiguousarray(part)
    return np.pad(part, ((0, height - part.shape[0]), (0, width - part.shape[1]), (0, 0)), mode="edge")


def _bmp_layout(source: ByteSource) -> RawLayout | None:
    head = source.read(0, 54)
    if len(head) < 54:
        return None
    start, size, width, height, _planes, bits, compression = struct.unpack_from("<IIiiHHI", head, 10)
    if size < 40 or width <= 0 or height == 0 or bits not in (24, 32) or compression != 0:
        return None
    samples = bits // 8
    return RawLayout(
        make_header("bmp", width, abs(height), 1),
        samples,
        (width, abs(height)),
        (width * samples + 3) & ~3,
        (start,),
        is_bgr=True,
        is_bottom_up=height > 0,
    )


def _tiff_layout(source: ByteSource) -> RawLayout | None:
    directory, tags = read_tiff_directory(source), _read_tags(source)
    if directory is None or tags is None:
        return None

    def value(tag: int) -> int:
        values = tags.get(tag, ())
        return values[0] if values else _DEFAULTS.get(tag, 0)

    width, height, samples, photometric = value(_WIDTH), value(_HEIGHT), value(_SAMPLES), tags.get(_PHOTOMETRIC, ())
    is_plain_colour = (samples, photometric) in ((1, (0,)), (1, (1,)), (3, (2,)))
    is_bytes = set(tags.get(_BITS, (1,))) == {8} and set(tags.get(_SAMPLE_FORMAT, (1,))) == {1}
    if not (width and height and is_plain_colour and is_bytes and value(_FILL_ORDER) == 1 == value(_PLANAR)):
        return None
    if _TILE_WIDTH in tags:
        block, offsets, counts = (value(_TILE_WIDTH), value(_TILE_HEIGHT)), tags.get(_TILE_OFFSETS), _TILE_COUNTS
    else:
        block = (width, min(value(_ROWS_PER_STRIP) or height, height))
        offsets, counts = tags.get(_STRIP_OFFSETS), _STRIP_COUNTS
    if _TILE_WIDTH in tags and (block[0] % 16 or block[1] % 16):
        return None
    if not offsets or 0 in block or len(offsets) != math.ceil(width / block[0]) * math.ceil(height / block[1]):
        return None
    sizes = tags.get(counts, ())
    is_deflated, predictor = value(_COMPRESSION) in _DEFLATE, value(_PREDICTOR)
    if is_deflated:
        fits = len(sizes) == len(offsets) and block[0] * block[1] * samples <= _MAX_DEFLATED_BLOCK_BYTES
        if not fits or predictor not in (1, 2):
            return None
    elif value(_COMPRESSION) != _PLAIN:
        return None
    return RawLayout(
        make_header("tiff", width, height, directory.orientation),
        samples,
        block,
        block[0] * samples,
        offsets,
        sizes if is_deflated else (),
        is_inverted=photometric == (0,),
        is_differenced=is_deflated and predictor == 2,
    )


def _read_tags(source: ByteSource) -> dict[int, tuple[int, ...]] | None:
    """Read all tags of the first directory whose values are short or long numbers."""
    head = source.read(0, 8)
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(head[:4])
    if order is None or len(head) < 8:
        return None
    offset = struct.unpack_from(order + "I", head, 4)[0]
    raw_count = source.read(offset, 2)
    if len(raw_count) < 2 or (count := struct.unpack(order + "H", raw_count)[0]) > _MAX_ENTRIES:
        return None
    table = source.read(offset + 2, count * 12)
    tags: dict[int, tuple[int, ...]] = {}
    wanted = {*_DEFAULTS, _WIDTH, _HEIGHT, _PHOTOMETRIC, _STRIP_OFFSETS, _ROWS_PER_STRIP, _STRIP_COUNTS,
              _TILE_WIDTH, _TILE_HEIGHT, _TILE_OFFSETS, _TILE_COUNTS}  # fmt: skip
    for position in range(0, len(table) - 11, 12):
        tag, kind, length = struct.unpack_from(order + "HHI", table, position)
        if tag not in wanted or kind not in _KINDS or length > _MAX_BLOCKS:
            continue
        size = length * struct.calcsize("<" + _KINDS[kind])
        raw = table[position + 8 : position + 8 + size]
        if size > 4:
            raw = source.read(struct.unpack_from(order + "I", table, position + 8)[0], size)
        if len(raw) < size:
            return None
        tags[tag] = struct.unpack(f"{order}{length}{_KINDS[kind]}", raw)
    return tags
