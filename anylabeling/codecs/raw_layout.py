"""Where the pixels of TIFF and BMP files lie, block by block, and what their numbers mean.

Format: TIFF 6.0, its supplement for deflate (compression 8), TIFF Technical Note 2 (JPEG in TIFF), BigTIFF;
BITMAPINFOHEADER for BMP.
"""

from __future__ import annotations

import enum
import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from anylabeling.codecs.exif import read_tiff_directory
from anylabeling.codecs.packed_blocks import FAX, JPEG, PackedBlocks
from anylabeling.codecs.source import ByteSource
from anylabeling.codecs.tiff_tags import UNDEFINED, read_tiff_entries
from anylabeling.codecs.types import ImageHeader, make_header

_PLAIN, _LZW, _LZMA, _PACKBITS, _ZSTD = 1, 5, 34925, 32773, 50000
_DEFLATE = frozenset({8, 32946})
_BY_LIBTIFF = frozenset({_LZW, _LZMA, _PACKBITS, _ZSTD, JPEG, *FAX})
_MAX_BLOCKS = 1 << 20
_MAX_TABLE_BYTES = 64 << 10
_MAX_PACKED_BLOCK_BYTES = 64 << 20
_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _PHOTOMETRIC, _FILL_ORDER = 256, 257, 258, 259, 262, 266
_STRIP_OFFSETS, _SAMPLES, _ROWS_PER_STRIP, _STRIP_COUNTS, _PLANAR, _PREDICTOR = 273, 277, 278, 279, 284, 317
_TILE_WIDTH, _TILE_HEIGHT, _TILE_OFFSETS, _TILE_COUNTS, _SAMPLE_FORMAT = 322, 323, 324, 325, 339
_JPEG_TABLES, _SUBSAMPLING, _COLOUR_MAP, _EXTRA, _FAX_3, _FAX_4 = 347, 530, 320, 338, 292, 293
_DEFAULTS = {_BITS: 1, _COMPRESSION: 1, _FILL_ORDER: 1, _SAMPLES: 1, _PLANAR: 1, _PREDICTOR: 1, _SAMPLE_FORMAT: 1}
_WANTED = frozenset({*_DEFAULTS, _WIDTH, _HEIGHT, _PHOTOMETRIC, _STRIP_OFFSETS, _ROWS_PER_STRIP, _STRIP_COUNTS,
                     _TILE_WIDTH, _TILE_HEIGHT, _TILE_OFFSETS, _TILE_COUNTS, _JPEG_TABLES, _SUBSAMPLING, _COLOUR_MAP,
                     _EXTRA, _FAX_3, _FAX_4})  # fmt: skip
_WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB, _PALETTE, _CMYK, _YCBCR = 0, 1, 2, 3, 5, 6
_COLOURS = {_WHITE_IS_ZERO: 1, _BLACK_IS_ZERO: 1, _RGB: 3, _PALETTE: 1, _CMYK: 4, _YCBCR: 3}
_KINDS = {1: "u", 2: "i", 3: "f"}
_SEPARATE = 2
_MOST_SAMPLES = 16
_OPTIONS = (_FILL_ORDER, _FAX_3, _FAX_4)


class Opacity(enum.Enum):
    """What the sample behind the colours is."""

    NONE = "none"
    STRAIGHT = "straight"
    MULTIPLIED = "multiplied"


@dataclass(frozen=True, slots=True, eq=False)
class RawLayout:
    """Where the pixels of a file lie.

    Attributes:
        header: Size and orientation.
        samples: Numbers per pixel.
        block: Width and height of a strip or tile in pixels.
        row_bytes: From one row of a block to the next.
        offsets: Where each block begins, row by row of blocks; where colours lie apart, those of the first one first.
        bits: Of each number: 1, 2, 4, or whole bytes.
        dtype: Type of each number in memory as numpy names it, in the byte order of the file.
        colours: How many of the numbers are colours, before the opacity and what else there is.
        opacity: What the number behind the colours is.
        palette: Red, green and blue of each index, 8 bits each; empty where the numbers are colours themselves.
        counts: Bytes of each packed block; empty when they lie plainly.
        packed: How blocks are packed that are not simply deflated.
        is_apart: Whether each colour has blocks of its own.
        is_bgr: Whether blue comes first.
        is_cmyk: Whether the colours are those of inks.
        is_inverted: Whether 0 is white.
        is_bottom_up: Whether the last row comes first.
        is_differenced: Whether each value is stored as the difference to its neighbour.
    """

    header: ImageHeader
    samples: int
    block: tuple[int, int]
    row_bytes: int
    offsets: tuple[int, ...]
    bits: int = 8
    dtype: str = "u1"
    colours: int = 3
    opacity: Opacity = Opacity.NONE
    palette: tuple[bytes, ...] = ()
    counts: tuple[int, ...] = ()
    packed: PackedBlocks | None = None
    is_apart: bool = False
    is_bgr: bool = False
    is_cmyk: bool = False
    is_inverted: bool = False
    is_bottom_up: bool = False
    is_differenced: bool = False

    @property
    def blocks_across(self) -> int:
        """Blocks in a row of blocks."""
        return -(-self.header.stored_width // self.block[0])

    @property
    def blocks_down(self) -> int:
        """Rows of blocks."""
        return -(-self.header.stored_height // self.block[1])

    @property
    def samples_together(self) -> int:
        """Numbers of a pixel that lie beside each other."""
        return 1 if self.is_apart else self.samples

    @property
    def is_deep(self) -> bool:
        """Whether the numbers have another range than 0 to 255."""
        return self.bits > 8 or self.dtype != "u1"

    @property
    def whole_bytes(self) -> int:
        """Memory of all numbers."""
        return self.header.width * self.header.height * self.samples * max(8, self.bits) // 8


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


class _Tags:
    """The numbers of the first directory that count here."""

    def __init__(self, by_tag: Mapping[int, tuple[int, ...]], byte_order: str) -> None:
        self.by_tag = by_tag
        self.byte_order = byte_order

    def value(self, tag: int) -> int:
        values = self.by_tag.get(tag, ())
        return values[0] if values else _DEFAULTS.get(tag, 0)

    def values(self, tag: int) -> tuple[int, ...]:
        return self.by_tag.get(tag, ())


def _tiff_layout(source: ByteSource) -> RawLayout | None:
    directory, tags = read_tiff_directory(source), _read_tags(source)
    if directory is None or tags is None:
        return None
    width, height, samples = tags.value(_WIDTH), tags.value(_HEIGHT), tags.value(_SAMPLES)
    compression, photometric = tags.value(_COMPRESSION), tags.value(_PHOTOMETRIC)
    dtype, colours = _dtype_of(tags), _COLOURS.get(photometric, 0)
    if not (width and height and dtype and _PHOTOMETRIC in tags.by_tag):
        return None
    if not 0 < colours <= samples <= _MOST_SAMPLES or not _colours_are_known(tags, dtype):
        return None
    is_apart = tags.value(_PLANAR) == _SEPARATE and samples > 1
    places = _blocks_of(tags, (width, height), samples if is_apart else 1)
    if places is None:
        return None
    block, offsets, counts = places
    bits = tags.value(_BITS)
    row_bytes = -(-block[0] * (1 if is_apart else samples) * bits // 8)
    if compression != _PLAIN:
        is_known = compression in _DEFLATE or (compression in _BY_LIBTIFF and _unpacks(compression))
        if not is_known or len(counts) != len(offsets) or row_bytes * block[1] > _MAX_PACKED_BLOCK_BYTES:
            return None
    return RawLayout(
        make_header("tiff", width, height, directory.orientation),
        samples,
        block,
        row_bytes,
        offsets,
        bits,
        dtype,
        colours,
        _opacity_of(tags, samples, colours),
        _palette_of(tags, bits) if photometric == _PALETTE else (),
        counts if compression != _PLAIN else (),
        _packed_of(tags, height % block[1]) if compression not in (_PLAIN, *_DEFLATE) else None,
        is_apart=is_apart,
        is_cmyk=photometric == _CMYK,
        is_inverted=photometric == _WHITE_IS_ZERO,
        is_differenced=compression not in (_PLAIN, JPEG) and tags.value(_PREDICTOR) == 2,
    )


def _dtype_of(tags: _Tags) -> str:
    """Return the type of the numbers; empty where it is none that is read here."""
    bits, kinds = set(tags.values(_BITS) or (1,)), set(tags.values(_SAMPLE_FORMAT) or (1,))
    if len(bits) != 1 or len(kinds) != 1:
        return ""
    depth, kind = bits.pop(), _KINDS.get(kinds.pop(), "")
    if depth in (1, 2, 4, 8) and kind == "u":
        return "u1"
    if (depth, kind) in ((16, "u"), (16, "i"), (32, "f"), (64, "f")):
        return f"{tags.byte_order}{kind}{depth // 8}"
    return ""


def _colours_are_known(tags: _Tags, dtype: str) -> bool:
    compression, photometric, bits = tags.value(_COMPRESSION), tags.value(_PHOTOMETRIC), tags.value(_BITS)
    samples, is_apart = tags.value(_SAMPLES), tags.value(_PLANAR) == _SEPARATE
    if tags.value(_FILL_ORDER) != 1 and compression not in FAX:
        return False
    if photometric == _YCBCR or compression == JPEG:
        is_usual = samples in (1, 3) or (samples == 4 and photometric == _CMYK)
        return compression == JPEG and is_usual and bits == 8 and (samples == 1 or not is_apart)
    if compression in FAX:
        return bits == 1 == samples
    if photometric in (_PALETTE, _CMYK) and (dtype != "u1" or (photometric == _CMYK and bits != 8)):
        return False
    if photometric == _PALETTE and (samples != 1 or len(tags.values(_COLOUR_MAP)) != 3 << bits):
        return False
    # Of smaller numbers, those of several colours lie across the borders of bytes.
    return (bits >= 8 or samples == 1) and tags.value(_PREDICTOR) in ((1, 2) if bits >= 8 and dtype[1] != "f" else (1,))


def _blocks_of(
    tags: _Tags, size: tuple[int, int], planes: int
) -> tuple[tuple[int, int], tuple[int, ...], tuple[int, ...]] | None:
    """Return the sides of a block, where each begins, and how long each is; None where they cannot be right."""
    width, height = size
    if _TILE_WIDTH in tags.by_tag:
        block = (tags.value(_TILE_WIDTH), tags.value(_TILE_HEIGHT))
        offsets, counts = tags.values(_TILE_OFFSETS), tags.values(_TILE_COUNTS)
        if block[0] % 16 or block[1] % 16:
            return None
    else:
        block = (width, min(tags.value(_ROWS_PER_STRIP) or height, height))
        offsets, counts = tags.values(_STRIP_OFFSETS), tags.values(_STRIP_COUNTS)
    if 0 in block or len(offsets) != planes * math.ceil(width / block[0]) * math.ceil(height / block[1]):
        return None
    return block, offsets, counts


def _opacity_of(tags: _Tags, samples: int, colours: int) -> Opacity:
    if samples not in (2, 4) or samples != colours + 1:
        return Opacity.NONE
    kind = tags.values(_EXTRA)[:1]
    if kind == (0,):
        return Opacity.NONE
    return Opacity.MULTIPLIED if kind == (1,) else Opacity.STRAIGHT


def _palette_of(tags: _Tags, bits: int) -> tuple[bytes, ...]:
    values, count = tags.values(_COLOUR_MAP), 1 << bits
    # Some programs write numbers of 8 bits where 16 belong.
    shift = 8 if max(values) > 255 else 0
    return tuple(bytes(value >> shift for value in values[part * count : (part + 1) * count]) for part in range(3))


def _packed_of(tags: _Tags, last_rows: int) -> PackedBlocks:
    across, down = (*tags.values(_SUBSAMPLING), 2, 2)[:2]
    return PackedBlocks(
        tags.value(_COMPRESSION),
        tags.value(_PHOTOMETRIC),
        bytes(tags.values(_JPEG_TABLES)),
        (across, down),
        0 if _TILE_WIDTH in tags.by_tag else last_rows,
        {tag: tags.value(tag) for tag in _OPTIONS if tags.value(_COMPRESSION) in FAX and tag in tags.by_tag},
    )


@cache
def _unpacks(compression: int) -> bool:
    """Return whether libtiff is there, and decodes blocks of this kind, which is not always built into it."""
    from PIL import features

    if not features.check("libtiff"):
        return False
    return compression not in (_LZMA, _ZSTD) or PackedBlocks.is_decoded(compression)


def _read_tags(source: ByteSource) -> _Tags | None:
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
    return _Tags(tags, entries.byte_order)
