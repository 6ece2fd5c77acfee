"""Read the few tags that matter from a TIFF directory, which is also what EXIF is.

Format: TIFF 6.0, section 2; EXIF 2.32 (JEITA CP-3451), section 4.6.4 for the orientation.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from anylabeling.codecs.source import ByteSource

TAG_WIDTH = 256
TAG_HEIGHT = 257
TAG_BITS = 258
TAG_ORIENTATION = 274
TAG_SAMPLES = 277

_TYPE_SHORT = 3
_TYPE_LONG = 4
_MAX_ENTRIES = 4096
_DEFAULTS = {TAG_WIDTH: 0, TAG_HEIGHT: 0, TAG_BITS: 1, TAG_ORIENTATION: 1, TAG_SAMPLES: 1}


@dataclass(frozen=True, slots=True)
class TiffDirectory:
    """The first directory of a TIFF file or an EXIF block.

    Attributes:
        width: Value of ImageWidth; 0 where it is missing.
        height: Value of ImageLength; 0 where it is missing.
        orientation: 1 to 8; 1 where it is missing or wrong.
        orientation_offset: Where the two bytes of the orientation lie in the source; -1 where there is none.
        bits: Bits of the first channel; 1 where it is missing.
        samples: Channels per pixel; 1 where it is missing.
        byte_order: "<" or ">".
        has_more_pages: Whether another directory follows.
    """

    width: int
    height: int
    orientation: int
    orientation_offset: int
    bits: int
    samples: int
    byte_order: str
    has_more_pages: bool


def read_tiff_directory(source: ByteSource, start: int = 0) -> TiffDirectory | None:
    """Read the first directory of the TIFF structure at ``start``; None when it is not one or is broken."""
    head = source.read(start, 8)
    byte_order = {b"II*\0": "<", b"MM\0*": ">"}.get(head[:4])
    if byte_order is None or len(head) < 8:
        return None
    offset = start + struct.unpack_from(byte_order + "I", head, 4)[0]
    raw_count = source.read(offset, 2)
    if len(raw_count) < 2:
        return None
    count = struct.unpack(byte_order + "H", raw_count)[0]
    if count > _MAX_ENTRIES:
        return None
    table = source.read(offset + 2, count * 12 + 4)
    values = dict(_DEFAULTS)
    orientation_offset = -1
    for position in range(0, min(count * 12, len(table) - 11), 12):
        tag, kind, length = struct.unpack_from(byte_order + "HHI", table, position)
        if tag not in values or kind not in (_TYPE_SHORT, _TYPE_LONG):
            continue
        if kind == _TYPE_SHORT and length > 2:  # more than fits here: the entry says where the values are
            raw = source.read(start + struct.unpack_from(byte_order + "I", table, position + 8)[0], 2)
        else:
            raw = table[position + 8 : position + (10 if kind == _TYPE_SHORT else 12)]
        values[tag] = int.from_bytes(raw, "little" if byte_order == "<" else "big")
        if tag == TAG_ORIENTATION and kind == _TYPE_SHORT and length == 1:
            orientation_offset = offset + 2 + position + 8
    orientation = values[TAG_ORIENTATION] if orientation_offset >= 0 else 1
    return TiffDirectory(
        width=values[TAG_WIDTH],
        height=values[TAG_HEIGHT],
        orientation=orientation if 1 <= orientation <= 8 else 1,
        orientation_offset=orientation_offset,
        bits=values[TAG_BITS],
        samples=values[TAG_SAMPLES],
        byte_order=byte_order,
        has_more_pages=any(table[count * 12 : count * 12 + 4]),
    )
