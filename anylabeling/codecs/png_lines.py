"""The lines of a PNG file from the first to the last, as they are stored, without the whole in memory.

Format: Portable Network Graphics, third edition, sections 9 (filters), 10 (compression) and 11 (chunks). The compiled
module inflates on a thread of its own while filters are undone; without it, zlib and OpenCV do the same by turns.
"""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path
from typing import BinaryIO, Protocol

import numpy as np

from anylabeling import accel
from anylabeling.codecs.jpeg import damaged, truncated
from anylabeling.codecs.png import CHANNELS, SIGNATURE, PngHeader
from anylabeling.codecs.types import UInt8Array
from anylabeling.errors import ImageError

_PIECE_BYTES = 1 << 20
_MOST_INFLATION = 1032
"""Deflate cannot make more bytes of one."""
# Which kind of picture has filters that look so many bytes to the left: colour type, depth, channels.
_KINDS = {1: (0, 8, 1), 2: (0, 16, 1), 3: (2, 8, 3), 4: (6, 8, 4), 6: (2, 16, 3), 8: (6, 16, 4)}


class PngLines(Protocol):
    """Gives the lines of one file, each once."""

    def read(self, count: int, line_bytes: int, pixel_bytes: int, *, is_first: bool) -> UInt8Array:
        """Return uint8 (count, line_bytes), the filters undone.

        Args:
            count: How many lines.
            line_bytes: Of each, without the number of its filter.
            pixel_bytes: How far filters look to the left; 1 where pixels are smaller than a byte.
            is_first: Whether nothing lies above the first of them.

        Raises:
            ImageError: When the file is cut or damaged.
            OSError: When it cannot be read.
        """
        ...


def png_lines(path: str, header: PngHeader) -> PngLines:
    """Return what reads the lines of a file.

    Raises:
        ImageError: When the file ends before its pixels do, as far as that is seen without reading them.
        OSError: When it cannot be read.
    """
    _check_end(path, header)
    compiled = accel.open_png_lines(path, header.pixels_at)
    return _CompiledLines(path, compiled) if compiled is not None else _PlainLines(path, header.pixels_at)


class _CompiledLines:
    def __init__(self, path: str, lines: accel.PngLines) -> None:
        self._path = path
        self._lines = lines

    def read(self, count: int, line_bytes: int, pixel_bytes: int, *, is_first: bool) -> UInt8Array:
        found: UInt8Array = np.empty((count, line_bytes), np.uint8)
        problem = self._lines.read(line_bytes, pixel_bytes, is_first, found.reshape(-1))
        if problem:
            raise _problem(Path(self._path).name, problem)
        return found


class _PlainLines:
    def __init__(self, path: str, position: int) -> None:
        self._name = Path(path).name
        self._bytes = _Inflated(path, position)
        self._above = b""

    def read(self, count: int, line_bytes: int, pixel_bytes: int, *, is_first: bool) -> UInt8Array:
        above = b"" if is_first else self._above
        lines = self._unfiltered(above + self._bytes.take(count * (line_bytes + 1)), line_bytes, pixel_bytes)
        found = lines[1:] if above else lines
        self._above = b"\0" + found[-1].tobytes()
        return found

    def _unfiltered(self, lines: bytes, line_bytes: int, pixel_bytes: int) -> UInt8Array:
        """Return some lines as a picture of their own; what its pixels mean does not matter here."""
        from anylabeling.opencv import cv2

        colour_type, depth, channels = _KINDS[pixel_bytes]
        width, count = line_bytes // pixel_bytes, len(lines) // (line_bytes + 1)
        size = struct.pack(">IIBBBBB", width, count, depth, colour_type, 0, 0, 0)
        content = b"".join(
            (SIGNATURE, _chunk(b"IHDR", size), _chunk(b"IDAT", zlib.compress(lines, 0)), _chunk(b"IEND", b""))
        )
        array = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
        if array is None or array.shape[:2] != (count, width):
            raise damaged(self._name, "a line cannot be decoded")
        if channels > 1:  # OpenCV has blue first
            array = array[:, :, [2, 1, 0, 3][:channels]]
        stored = np.ascontiguousarray(array, ">u2" if depth == 16 else np.uint8)
        return stored.view(np.uint8).reshape(count, line_bytes)


def _check_end(path: str, header: PngHeader) -> None:
    """Raise ImageError for a file without its last chunk: that would be seen when all of it has been read."""
    name = Path(path).name
    with Path(path).open("rb", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        if size * _MOST_INFLATION < header.width * header.height * CHANNELS[header.colour_type] * header.bit_depth // 8:
            raise truncated(name)
        file.seek(max(0, size - (64 << 10)))
        if b"\0\0\0\0IEND\xaeB`\x82" in file.read():
            return
        position = header.pixels_at
        while position + 12 <= size:
            file.seek(position)
            head = file.read(8)
            if head[4:] == b"IEND":
                return
            position += 12 + int.from_bytes(head[:4], "big")
    raise truncated(name)


def _problem(name: str, text: str) -> ImageError | OSError:
    kind, _, detail = text.partition(": ")
    if kind == "unreadable":
        code = int(detail) if detail.isdigit() else 0
        return OSError(code, os.strerror(code))
    return truncated(name) if kind == "truncated" else damaged(name, text)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return b"".join(
        (struct.pack(">I", len(content)), kind, content, struct.pack(">I", zlib.crc32(content, zlib.crc32(kind))))
    )


class _Inflated:
    """The bytes that the pixel chunks hold, a few at a time."""

    def __init__(self, path: str, position: int) -> None:
        self._name = Path(path).name
        self._file: BinaryIO = Path(path).open("rb", buffering=0)  # noqa: SIM115 - closed with the last reference
        self._file.seek(position)
        self._inflater = zlib.decompressobj()
        self._left_in_chunk = 0
        self._sum = 0
        self._packed = b""

    def __del__(self) -> None:
        self._file.close()

    def take(self, size: int) -> bytes:
        """Return the next bytes.

        Raises:
            ImageError: When the file ends before, or is damaged.
        """
        parts: list[bytes] = []
        while size > 0:
            if not self._packed:
                self._packed = self._read_piece()
            try:
                part = self._inflater.decompress(self._packed, size)
            except zlib.error as error:
                raise damaged(self._name, str(error)) from error
            self._packed = self._inflater.unconsumed_tail
            if self._inflater.eof and len(part) < size:
                raise truncated(self._name)
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _read_piece(self) -> bytes:
        while self._left_in_chunk == 0:
            head = self._file.read(8)
            if len(head) < 8 or head[4:] != b"IDAT":
                raise truncated(self._name)
            self._left_in_chunk, self._sum = int.from_bytes(head[:4], "big"), zlib.crc32(b"IDAT")
            if self._left_in_chunk == 0:
                self._file.seek(4, os.SEEK_CUR)
        piece = self._file.read(min(_PIECE_BYTES, self._left_in_chunk))
        if not piece:
            raise truncated(self._name)
        self._left_in_chunk -= len(piece)
        self._sum = zlib.crc32(piece, self._sum)
        if self._left_in_chunk == 0 and self._file.read(4) != self._sum.to_bytes(4, "big"):
            raise damaged(self._name, "a checksum is wrong")
        return piece
