"""What the stored lines of a PNG file mean: samples of any depth, palettes and transparent colours.

Format: Portable Network Graphics, third edition, sections 7 (packing of samples), 8.1 (seven turns of an interlaced
picture) and 11 (PLTE, tRNS).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs.png import CHANNELS, PALETTE, SIGNATURE, PngHeader
from anylabeling.codecs.types import UInt8Array

_MOST_COLOUR_BYTES = 768


class Turn(NamedTuple):
    """A part of the pixels that is stored as a picture of its own.

    Attributes:
        left: Column of its first pixel.
        top: Row of its first pixel.
        across: From one of its columns to the next.
        down: From one of its rows to the next.
        width: Its columns.
        height: Its rows.
    """

    left: int
    top: int
    across: int
    down: int
    width: int
    height: int


_TURNS = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def turns_of(header: PngHeader) -> list[Turn]:
    """Return the parts in which the pixels of a picture are stored: one, or up to seven where it is interlaced."""
    if not header.is_interlaced:
        return [Turn(0, 0, 1, 1, header.width, header.height)]
    found = []
    for left, top, across, down in _TURNS:
        width, height = -(-(header.width - left) // across), -(-(header.height - top) // down)
        if width > 0 and height > 0:
            found.append(Turn(left, top, across, down, width, height))
    return found


class PngValues:
    """Turns stored lines into numbers: uint8 or uint16 (rows, width, channels), red first, opacity last.

    Attributes:
        channels: Of what comes out: 1 to 4.
        pixel_bytes: How far the filters of lines look to the left.
        is_deep: Whether the numbers have 16 bits.
    """

    def __init__(self, path: str, header: PngHeader) -> None:
        """Read the palette and the transparent colours of a file."""
        self._header = header
        stored = CHANNELS[header.colour_type]
        palette, clear = _colours(path, header)
        self._table = _full_table(palette, clear) if header.colour_type == PALETTE else None
        has_key = header.colour_type in (0, 2) and len(clear) == 2 * stored
        self._key = np.frombuffer(clear, ">u2").astype(np.uint16) if has_key else None
        self.pixel_bytes = max(1, stored * header.bit_depth // 8)
        self.is_deep = header.bit_depth == 16
        if self._table is not None:
            self.channels = 4
        else:
            self.channels = stored + (self._key is not None)

    def line_bytes(self, width: int) -> int:
        """Return the bytes of a line of so many pixels."""
        return -(-width * CHANNELS[self._header.colour_type] * self._header.bit_depth // 8)

    def of_lines(self, lines: UInt8Array, width: int) -> NDArray[Any]:
        """Return the numbers that some lines (rows, bytes) hold."""
        depth, stored = self._header.bit_depth, CHANNELS[self._header.colour_type]
        if depth < 8:
            samples: NDArray[Any] = unpacked_bits(lines, depth)[:, :width, np.newaxis]
        elif self.is_deep:
            samples = lines.view(">u2").astype(np.uint16).reshape(len(lines), width, stored)
        else:
            samples = lines.reshape(len(lines), width, stored)
        if self._table is not None:
            return self._table.take(samples[:, :, 0]).view(np.uint8).reshape(len(lines), width, 4)
        key = None if self._key is None else (samples == self._key.astype(samples.dtype)).all(axis=2)
        if depth < 8:
            samples = samples * np.uint8(255 // ((1 << depth) - 1))
        if key is None:
            return samples
        full = np.iinfo(samples.dtype).max
        opacity = np.where(key, 0, full).astype(samples.dtype)
        return np.concatenate((samples, opacity[:, :, np.newaxis]), axis=2)


def unpacked_bits(lines: UInt8Array, depth: int) -> UInt8Array:
    """Return samples of 1, 2 or 4 bits, the first one being the highest bits of a byte."""
    if depth == 1:
        return np.unpackbits(lines, axis=1)
    shifts = np.arange(8 - depth, -1, -depth, dtype=np.uint8)
    samples: UInt8Array = (lines[:, :, np.newaxis] >> shifts) & np.uint8((1 << depth) - 1)
    return samples.reshape(len(lines), -1)


def _full_table(palette: bytes, clear: bytes) -> NDArray[np.uint32]:
    """Return red, green, blue and opacity of each index; one behind the last colour is black."""
    table = np.zeros((256, 4), np.uint8)
    table[:, 3] = 255
    colours = np.frombuffer(palette[: len(palette) // 3 * 3], np.uint8).reshape(-1, 3)
    table[: len(colours), :3] = colours
    table[: len(clear), 3] = np.frombuffer(clear, np.uint8)
    return table.view(np.uint32)[:, 0]


def _colours(path: str, header: PngHeader) -> tuple[bytes, bytes]:
    """Return the content of PLTE and tRNS; the header was read already, so the chunks are there."""
    palette, clear = b"", b""
    if header.colour_type != PALETTE and not header.has_transparency:
        return palette, clear
    with Path(path).open("rb", buffering=0) as file:
        position = len(SIGNATURE)
        while position < header.pixels_at:
            file.seek(position)
            head = file.read(8)
            length = int.from_bytes(head[:4], "big")
            if head[4:] == b"PLTE":
                palette = file.read(min(length, _MOST_COLOUR_BYTES))
            elif head[4:] == b"tRNS":
                clear = file.read(min(length, _MOST_COLOUR_BYTES // 3))
            position += 12 + length
    return palette, clear
