"""The entries of a TIFF directory, of classic files and of those beyond 4 GB.

Format: TIFF 6.0, section 2; BigTIFF (libtiff's own description): the same with 8 bytes for counts and positions.
"""

from __future__ import annotations

import struct
from collections.abc import Container
from typing import NamedTuple

from anylabeling.codecs.source import ByteSource

SHORT, LONG, UNDEFINED, LONG8 = 3, 4, 7, 16

_MAX_ENTRIES = 4096
_SIZES = {SHORT: 2, LONG: 4, UNDEFINED: 1, LONG8: 8}
_CODES = {SHORT: "H", LONG: "I", UNDEFINED: "B", LONG8: "Q"}
_BIG = {b"II+\0": "<", b"MM\0+": ">"}
_CLASSIC = {b"II*\0": "<", b"MM\0*": ">"}


class TiffEntry(NamedTuple):
    """Where the values of a tag lie.

    Attributes:
        kind: SHORT, LONG, UNDEFINED or LONG8.
        length: How many values.
        position: Of the first one in the source.
        raw: The values, where they stand in the directory itself.
    """

    kind: int
    length: int
    position: int
    raw: bytes

    @property
    def stands_inside(self) -> bool:
        """Whether the values stand in the directory itself."""
        return bool(self.raw)

    def values(self, source: ByteSource, byte_order: str, most: int) -> tuple[int, ...] | None:
        """Return the first values, at most so many; None where the file ends before."""
        count = min(self.length, most)
        size = count * _SIZES[self.kind]
        raw = self.raw[:size] if self.raw else source.read(self.position, size)
        return struct.unpack(f"{byte_order}{count}{_CODES[self.kind]}", raw) if len(raw) == size else None


class TiffEntries(NamedTuple):
    """The first directory of a TIFF structure.

    Attributes:
        byte_order: "<" or ">".
        by_tag: The entries that were asked for.
        has_more: Whether another directory follows.
    """

    byte_order: str
    by_tag: dict[int, TiffEntry]
    has_more: bool


def read_tiff_entries(source: ByteSource, wanted: Container[int], start: int = 0) -> TiffEntries | None:
    """Read the entries of some tags from the directory of the TIFF structure at ``start``; None when it is broken."""
    head = source.read(start, 16)
    is_big = head[:4] in _BIG
    byte_order = _BIG.get(head[:4]) or _CLASSIC.get(head[:4])
    if byte_order is None or len(head) < (16 if is_big else 8):
        return None
    if is_big and struct.unpack_from(byte_order + "HH", head, 4) != (8, 0):
        return None
    word, word_bytes, entry = ("Q", 8, byte_order + "HHQ") if is_big else ("I", 4, byte_order + "HHI")
    offset = start + struct.unpack_from(byte_order + word, head, word_bytes)[0]
    counter = "Q" if is_big else "H"
    raw_count = source.read(offset, 8 if is_big else 2)
    if len(raw_count) < (8 if is_big else 2):
        return None
    count = struct.unpack(byte_order + counter, raw_count)[0]
    if count > _MAX_ENTRIES:
        return None
    offset += len(raw_count)
    entry_bytes = 4 + 2 * word_bytes
    table = source.read(offset, count * entry_bytes + word_bytes)
    by_tag: dict[int, TiffEntry] = {}
    for position in range(0, min(count * entry_bytes, len(table) - entry_bytes + 1), entry_bytes):
        tag, kind, length = struct.unpack_from(entry, table, position)
        if tag not in wanted or kind not in _SIZES or not length:
            continue
        place = position + entry_bytes - word_bytes
        size = length * _SIZES[kind]
        if size <= word_bytes:
            by_tag[tag] = TiffEntry(kind, length, offset + place, table[place : place + size])
        else:
            by_tag[tag] = TiffEntry(kind, length, start + struct.unpack_from(byte_order + word, table, place)[0], b"")
    return TiffEntries(byte_order, by_tag, any(table[count * entry_bytes :]))
