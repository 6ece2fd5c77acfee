"""Whether a compiled module's file is whole: loading one that was cut off ends the process with a bus error."""

from __future__ import annotations

import struct
from pathlib import Path

_IDENTITY = b"\x7fELF\x02\x01"  # 64 bits, lowest byte first
_HEADER = struct.Struct("<16xHHIQQQIHHHHHH")
_SEGMENT = struct.Struct("<IIQQQQQQ")
_LOADED = 1


def is_cut_off(file: Path) -> bool:
    """Say whether a file of Linux's format for programs ends before what the system would map of it.

    Files of other formats are not judged. The format is that of the System V ABI, "Object Files".

    Raises:
        OSError: When the file cannot be read.
    """
    with file.open("rb") as stream:
        head = stream.read(_HEADER.size)
        if not head.startswith(_IDENTITY):
            return False
        if len(head) < _HEADER.size:
            return True
        _, _, _, _, first, _, _, _, size, count, _, _, _ = _HEADER.unpack(head)
        stream.seek(first)
        table = stream.read(size * count)
        end = stream.seek(0, 2)
    if size < _SEGMENT.size or len(table) < size * count:
        return True
    for start in range(0, len(table), size):
        kind, _, offset, _, _, length, _, _ = _SEGMENT.unpack_from(table, start)
        if kind == _LOADED and offset + length > end:
            return True
    return False
