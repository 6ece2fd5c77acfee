"""Where the pixels of TIFF and BMP files lie, block by block.

Format: TIFF 6.0, its supplement for deflate (compression 8), TIFF Technical Note 2 (JPEG in TIFF), BigTIFF;
BITMAPINFOHEADER for BMP.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from functools import cache

from anylabeling.codecs.exif import read_tiff_directory
from anylabeling.codecs.source import ByteSource
from anylabeling.codecs.tiff_tags import LONG, SHORT, UNDEFINED, read_tiff_entries
from anylabeling.codecs.types import ImageHeader, make_header

_PLAIN, _LZW, _JPEG, _PACKBITS = 1, 5, 7, 32773
_DEFLATE = frozenset({8, 32946})
_MAX_BLOCKS = 1 << 20
_MAX_TABLE_BYTES = 64 << 10
_MAX_PACKED_BLOCK_BYTES = 64 << 20
_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _PHOTOMETRIC, _FILL_ORDER = 256, 257, 258, 259, 262, 266
_STRIP_OFFSETS, _SAMPLES, _ROWS_PER_STRIP, _STRIP_COUNTS, _PLANAR, _PREDICTOR = 273, 277, 278, 279, 284, 317
_TILE_WIDTH, _TILE_HEIGHT, _TILE_OFFSETS, _TILE_COUNTS, _SAMPLE_FORMAT = 322, 323, 324, 325, 339
_JPEG_TABLES, _SUBSAMPLING = 347, 530
_DEFAULTS = {_BITS: 1, _COMPRESSION: 1, _FILL_ORDER: 1, _SAMPLES: 1, _PLANAR: 1, _PREDICTOR: 1, _SAMPLE_FORMAT: 1}
_WANTED = frozenset({*_DEFAULTS, _WIDTH, _HEIGHT, _PHOTOMETRIC, _STRIP_OFFSETS, _ROWS_PER_STRIP, _STRIP_COUNTS,
                     _TILE_WIDTH, _TILE_HEIGHT, _TILE_OFFSETS, _TILE_COUNTS, _JPEG_TABLES, _SUBSAMPLING})  # fmt: skip
_YCBCR = 6


@dataclass(frozen=True, slots=True, eq=False)
class PackedBlocks:
    """What libtiff has to know of the blocks of a file to decode one of them alone.

    Attributes:
        compression: LZW, JPEG or PackBits, by its number.
        photometric: What the values are: 0 and 1 grey, 2 red, green and blue, 6 brightness and colour.
        predictor: 2 where each value is stored as the difference to its neighbour.
        tables: Of JPEG blocks, which they share; may be empty.
        subsampling: How much coarser colour is than brightness, across and down.
        last_rows: Of the last block of a file in strips; 0 where all blocks are alike.
    """

    compression: int
    photometric: int
    predictor: int
    tables: bytes
    subsampling: tuple[int, int]
    last_rows: int

    def as_file(self, data: bytes, width: int, rows: int, samples: int) -> bytes:
        """Return a TIFF file that holds this one block."""
        bits_at, short, long = 8, SHORT, LONG
        tags = [(_WIDTH, long, 1, width), (_HEIGHT, long, 1, rows), (_COMPRESSION, short, 1, self.compression),
                (_PHOTOMETRIC, short, 1, self.photometric), (_SAMPLES, short, 1, samples),
                (_ROWS_PER_STRIP, long, 1, rows), (_STRIP_COUNTS, long, 1, len(data)), (_PLANAR, short, 1, 1),
                (_PREDICTOR, short, 1, self.predictor)]  # fmt: skip
        tags.append((_BITS, short, 3, bits_at) if samples == 3 else (_BITS, short, 1, 8))
        if self.photometric == _YCBCR:
            tags.append((_SUBSAMPLING, short, 2, self.subsampling[0] | self.subsampling[1] << 16))
        tables_at = bits_at + 6
        if self.tables:
            tags.append((_JPEG_TABLES, UNDEFINED, len(self.tables), tables_at))
        data_at = tables_at + len(self.tables)
        tags.append((_STRIP_OFFSETS, long, 1, data_at))
        directory = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", *tag) for tag in sorted(tags))
        head = struct.pack("<2sHI3H", b"II", 42, data_at + len(data), 8, 8, 8)
        return b"".join((head, self.tables, data, directory, bytes(4)))


@dataclass(frozen=True, slots=True, eq=False)
class RawLayout:
    """Where the pixels of a file lie.

    Attributes:
        header: Size and orientation.
        samples: Bytes per pixel.
        block: Width and height of a strip or tile in pixels.
        row_bytes: From one row of a block to the next.
        offsets: Where each block begins, row by row of blocks.
        counts: Bytes of each packed block; empty when they lie plainly.
        packed: How blocks are packed that are not simply deflated.
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
    packed: PackedBlocks | None = None
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
    compression, predictor = value(_COMPRESSION), value(_PREDICTOR)
    colours = ((1, (0,)), (1, (1,)), (3, (2,)), *([(3, (_YCBCR,))] if compression == _JPEG else []))
    is_bytes = set(tags.get(_BITS, (1,))) == {8} and set(tags.get(_SAMPLE_FORMAT, (1,))) == {1}
    if not (width and height and (samples, photometric) in colours and is_bytes):
        return None
    if not value(_FILL_ORDER) == 1 == value(_PLANAR):
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
    if compression != _PLAIN:
        fits = len(sizes) == len(offsets) and block[0] * block[1] * samples <= _MAX_PACKED_BLOCK_BYTES
        is_known = compression in _DEFLATE or (compression in (_LZW, _JPEG, _PACKBITS) and _unpacks_blocks())
        if not fits or not is_known or predictor not in (1, 2):
            return None
    packed = None
    if compression not in (_PLAIN, *_DEFLATE):
        tables = bytes(tags.get(_JPEG_TABLES, ()))
        across, down = (*tags.get(_SUBSAMPLING, ()), 2, 2)[:2]
        last_rows = 0 if _TILE_WIDTH in tags else height % block[1]
        packed = PackedBlocks(compression, photometric[0], predictor, tables, (across, down), last_rows)
    return RawLayout(
        make_header("tiff", width, height, directory.orientation),
        samples,
        block,
        block[0] * samples,
        offsets,
        sizes if compression != _PLAIN else (),
        packed,
        is_inverted=photometric == (0,) and packed is None,
        is_differenced=compression in _DEFLATE and predictor == 2,
    )


@cache
def _unpacks_blocks() -> bool:
    """Return whether libtiff is there, which decodes the blocks that are not simply deflated."""
    from PIL import features

    return bool(features.check("libtiff"))


def _read_tags(source: ByteSource) -> dict[int, tuple[int, ...]] | None:
    """Read all tags of the first directory whose values are numbers that count here."""
    entries = read_tiff_entries(source, _WANTED)
    if entries is None:
        return None
    tags: dict[int, tuple[int, ...]] = {}
    for tag, entry in entries.by_tag.items():
        if (entry.kind == UNDEFINED) != (tag == _JPEG_TABLES) or entry.length > _MAX_BLOCKS:
            continue
        if entry.kind == UNDEFINED and entry.length > _MAX_TABLE_BYTES:
            continue
        values = entry.values(source, entries.byte_order, _MAX_BLOCKS)
        if values is None:
            return None
        tags[tag] = values
    return tags
