"""Read the few tags that matter from a TIFF directory, which is also what EXIF is.

Format: TIFF 6.0, section 2; EXIF 2.32 (JEITA CP-3451), section 4.6.4 for the orientation.
"""

from __future__ import annotations

from dataclasses import dataclass

from anylabeling.codecs.source import ByteSource
from anylabeling.codecs.tiff_tags import LONG, LONG8, SHORT, read_tiff_entries

TAG_WIDTH = 256
TAG_HEIGHT = 257
TAG_BITS = 258
TAG_ORIENTATION = 274
TAG_SAMPLES = 277

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
    entries = read_tiff_entries(source, _DEFAULTS, start)
    if entries is None:
        return None
    values = dict(_DEFAULTS)
    for tag, entry in entries.by_tag.items():
        found = entry.values(source, entries.byte_order, 1) if entry.kind in (SHORT, LONG, LONG8) else None
        if found:
            values[tag] = found[0]
    turn = entries.by_tag.get(TAG_ORIENTATION)
    is_turned = turn is not None and turn.kind == SHORT and turn.length == 1
    orientation = values[TAG_ORIENTATION] if is_turned else 1
    return TiffDirectory(
        width=values[TAG_WIDTH],
        height=values[TAG_HEIGHT],
        orientation=orientation if 1 <= orientation <= 8 else 1,
        orientation_offset=turn.position if turn is not None and is_turned else -1,
        bits=values[TAG_BITS],
        samples=values[TAG_SAMPLES],
        byte_order=entries.byte_order,
        has_more_pages=entries.has_more,
    )
