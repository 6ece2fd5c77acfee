"""Parts of TIFF and BMP files whose pixels lie in blocks, each of which can be read alone.

Files are read, not mapped into memory: a mapped file that is cut meanwhile would end the process.
"""

from __future__ import annotations

import io
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs.jpeg import damaged, truncated
from anylabeling.codecs.pixels import over_white, to_pixels, transparency_note, value_range
from anylabeling.codecs.png_values import unpacked_bits
from anylabeling.codecs.raw_layout import Opacity, RawLayout
from anylabeling.codecs.reduced import filled, reduce_to, reduced_side
from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.codecs.value_ranges import ValueRange, range_of, remember_range

_KEPT_BLOCK_BYTES = 64 << 20
"""A row of tiles of a picture of 32,000 pixels across lies in as many bytes of strips."""
_BAND_BYTES = 16 << 20
_MAX_POSITION = 1 << 62
_RANGE_DIVISOR = 8
_MOST_SWELLING = 16
"""What packs well elsewhere may make a block larger: fax codes do that to fine patterns."""

Check = Callable[[], object]
Window = tuple[int, int, int, int]


class RawPicture:
    """Reads parts of a file; a few of the blocks that were unpacked last are kept.

    Args:
        path: The file.
        layout: What read_raw_layout returned for it.
        content: Its bytes, where they are in memory.
    """

    def __init__(self, path: str, layout: RawLayout, content: bytes | None = None) -> None:
        self._path = path
        self._content = content
        self._name = Path(path).name
        self._layout = layout
        self._lock = threading.Lock()
        self._unpacked: OrderedDict[int, UInt8Array] = OrderedDict()
        self._is_transparent = False
        table = np.full((256, 4), 255, np.uint8)
        for channel, values in enumerate(layout.palette):
            table[: len(values), channel] = np.frombuffer(values, np.uint8)
        self._table = table.view(np.uint32)[:, 0]

    def read(self, window: Window, scale_divisor: int, check: Check | None = None) -> UInt8Array:
        """Return BGRA pixels of (left, top, width, height) as they lie in the file, divided by averaging.

        The first part of a picture of more than 8 bits takes a pass over the file, unless it was decoded before.

        Raises:
            ImageError: When the file is truncated or its blocks are damaged.
            OSError: When it cannot be read.
        """
        limits = self._shown_range(check) if self._layout.is_deep else None
        values = self._averaged(window, scale_divisor, check)
        return to_pixels(values, "", is_bgr=self._layout.is_bgr, pixel_format=PixelFormat.BGRA, limits=limits)[0]

    def reduced(self, factor: int, pixel_format: PixelFormat, check: Check | None = None) -> tuple[UInt8Array, str]:
        """Return (all pixels as they lie in the file with both sides divided, note).

        Raises:
            ImageError: When the file is truncated or its blocks are damaged.
            OSError: When it cannot be read.
        """
        values = self._averaged(self._whole(factor), factor, check)
        pixels, note = to_pixels(values, self._name, is_bgr=self._layout.is_bgr, pixel_format=pixel_format)
        if self._layout.is_deep and self._content is None:
            remember_range(self._path, value_range(values))
        elif self._is_transparent:
            note = transparency_note(self._name)
        return pixels, note

    def _open(self) -> BinaryIO:
        return Path(self._path).open("rb", buffering=0) if self._content is None else io.BytesIO(self._content)

    def _whole(self, factor: int) -> Window:
        header = self._layout.header
        return 0, 0, reduced_side(header.stored_width, factor), reduced_side(header.stored_height, factor)

    def _shown_range(self, check: Check | None) -> ValueRange:
        found = range_of(self._path)
        if found is None:
            found = value_range(self._averaged(self._whole(_RANGE_DIVISOR), _RANGE_DIVISOR, check))
            remember_range(self._path, found)
        return found

    def _averaged(self, window: Window, step: int, check: Check | None) -> NDArray[Any]:
        """Return the numbers of a part, divided by averaging; of 8 bits, what is transparent is blended before."""
        left, top, width, height = window
        layout = self._layout
        columns = (left * step, min((left + width) * step, layout.header.stored_width))
        line_bytes = (columns[1] - columns[0]) * layout.samples * max(1, layout.bits // 8)
        band, values = max(1, _BAND_BYTES // (line_bytes * step)), np.empty((0, 0, 0), np.uint8)
        with self._lock, self._open() as file:
            for first in range(0, height, band):
                if check is not None:
                    check()
                last = min(first + band, height)
                rows = ((top + first) * step, min((top + last) * step, layout.header.stored_height))
                part: NDArray[Any] = self._meant(self._read_rows(file, columns, rows))
                if step > 1:
                    part = reduce_to(filled(part, width * step, (last - first) * step), width, last - first)
                if first == 0:
                    values = np.empty((height, *part.shape[1:]), part.dtype)
                values[first:last] = part
        return values

    def _meant(self, part: NDArray[Any]) -> NDArray[Any]:
        """Return the colours of some numbers, and their opacity where they have more than 8 bits."""
        layout = self._layout
        if layout.palette:
            return np.ascontiguousarray(self._table.take(part[:, :, 0]).view(np.uint8).reshape(*part.shape[:2], 4))
        if layout.dtype == "u1" and layout.bits < 8:
            part = part * np.uint8(255 // ((1 << layout.bits) - 1))
        if layout.is_inverted and part.dtype.kind == "u":
            part = np.iinfo(part.dtype).max - part
        if layout.is_cmyk:
            return _without_inks(part)
        if layout.opacity is Opacity.NONE:
            # What follows the colours is nothing that can be shown, as the fourth byte of a bitmap.
            return np.ascontiguousarray(part[:, :, : layout.colours])
        if layout.opacity is Opacity.MULTIPLIED and part.dtype.kind == "u":
            full = np.iinfo(part.dtype).max
            missing = full - part[:, :, -1:]
            self._is_transparent = self._is_transparent or bool(missing.any())
            return np.asarray(np.minimum(part[:, :, :-1], full - missing) + missing)
        if layout.is_deep:
            return part
        if int(part[:, :, -1].min()) == 255:
            return np.ascontiguousarray(part[:, :, :-1])
        self._is_transparent = True
        return over_white(part)

    def _read_rows(self, file: BinaryIO, columns: tuple[int, int], rows: tuple[int, int]) -> NDArray[Any]:
        layout, total = self._layout, self._layout.header.stored_height
        if layout.is_bottom_up:
            rows = (total - rows[1], total - rows[0])
        block_width, block_height = layout.block
        native = np.dtype(layout.dtype).newbyteorder("=")
        part = np.empty((rows[1] - rows[0], columns[1] - columns[0], layout.samples), native)
        planes = layout.samples if layout.is_apart else 1
        for down in range(rows[0] // block_height, -(-rows[1] // block_height)):
            top, bottom = max(rows[0], down * block_height), min(rows[1], (down + 1) * block_height)
            for across in range(columns[0] // block_width, -(-columns[1] // block_width)):
                left, right = max(columns[0], across * block_width), min(columns[1], (across + 1) * block_width)
                x, y = left - across * block_width, top - down * block_height
                area = (x, y, x + right - left, y + bottom - top)
                target = part[top - rows[0] : bottom - rows[0], left - columns[0] : right - columns[0]]
                for plane in range(planes):
                    index = (plane * layout.blocks_down + down) * layout.blocks_across + across
                    into = target[:, :, plane : plane + 1] if layout.is_apart else target
                    into[...] = self._read_block(file, index, area)
        return part[::-1] if layout.is_bottom_up else part

    def _read_block(self, file: BinaryIO, index: int, area: Window) -> NDArray[Any]:
        """Return the numbers (left, top, right, bottom) of a block."""
        left, top, right, bottom = area
        layout = self._layout
        if layout.counts or layout.bits < 8:
            lines = self._unpack(file, index) if layout.counts else self._plain_lines(file, index, top, bottom)
            first = top if layout.counts else 0
            if lines.shape[0] < first + bottom - top:
                raise truncated(self._name)
            return self._numbers(lines[first : first + bottom - top])[:, left:right]
        pixel_bytes, row_bytes = layout.samples_together * layout.bits // 8, layout.row_bytes
        start = layout.offsets[index] + top * row_bytes + left * pixel_bytes
        wanted = (right - left) * pixel_bytes
        if wanted * 4 >= row_bytes:
            data = self._read_at(file, start, (bottom - top - 1) * row_bytes + wanted)
            lines = np.lib.stride_tricks.as_strided(
                np.frombuffer(data, np.uint8), (bottom - top, wanted), (row_bytes, 1), writeable=False
            )
        else:
            pieces = [self._read_at(file, start + row * row_bytes, wanted) for row in range(bottom - top)]
            lines = np.frombuffer(b"".join(pieces), np.uint8).reshape(bottom - top, wanted)
        return lines.view(layout.dtype).reshape(bottom - top, right - left, layout.samples_together)

    def _plain_lines(self, file: BinaryIO, index: int, top: int, bottom: int) -> UInt8Array:
        row_bytes = self._layout.row_bytes
        data = self._read_at(file, self._layout.offsets[index] + top * row_bytes, (bottom - top) * row_bytes)
        return np.frombuffer(data, np.uint8).reshape(bottom - top, row_bytes)

    def _numbers(self, lines: UInt8Array) -> NDArray[Any]:
        """Return the numbers (rows, columns, samples) of whole lines of a block."""
        layout = self._layout
        if layout.bits < 8:
            return unpacked_bits(lines, layout.bits)[:, : layout.block[0], np.newaxis]
        return lines.view(layout.dtype).reshape(len(lines), layout.block[0], layout.samples_together)

    def _read_at(self, file: BinaryIO, position: int, size: int) -> bytes:
        if position > _MAX_POSITION:
            raise truncated(self._name)
        file.seek(position)
        data = file.read(size)
        while len(data) < size and (more := file.read(size - len(data))):
            data += more
        if len(data) < size:
            raise truncated(self._name)
        return data

    def _unpack(self, file: BinaryIO, index: int) -> UInt8Array:
        """Return the lines of a block, uint8 (rows, bytes), differences undone."""
        kept = self._unpacked.get(index)
        if kept is not None:
            self._unpacked.move_to_end(index)
            return kept
        layout = self._layout
        count = layout.counts[index]
        if count > _MOST_SWELLING * layout.row_bytes * layout.block[1] + 1024:
            raise damaged(self._name, f"block {index} takes {count} bytes")
        data = self._read_at(file, layout.offsets[index], count)
        lines = self._inflated(data, index) if layout.packed is None else self._decoded(data, index)
        if layout.is_differenced:
            numbers = self._numbers(lines)
            native = np.cumsum(numbers, axis=1, dtype=numbers.dtype.newbyteorder("="))
            lines = native.astype(numbers.dtype).view(np.uint8).reshape(lines.shape)
        self._unpacked[index] = lines
        while sum(kept.nbytes for kept in self._unpacked.values()) > self._most_kept and len(self._unpacked) > 1:
            self._unpacked.popitem(last=False)
        return lines

    @property
    def _most_kept(self) -> int:
        return _KEPT_BLOCK_BYTES * max(1, self._layout.bits // 8)

    def _inflated(self, data: bytes, index: int) -> UInt8Array:
        row_bytes = self._layout.row_bytes
        try:
            plain = zlib.decompressobj().decompress(data, row_bytes * self._layout.block[1])
        except zlib.error as error:
            raise damaged(self._name, f"block {index}: {error}") from error
        rows = len(plain) // row_bytes
        return np.frombuffer(plain, np.uint8, rows * row_bytes).reshape(rows, row_bytes)

    def _decoded(self, data: bytes, index: int) -> UInt8Array:
        """Have libtiff decode a block."""
        layout, packed = self._layout, self._layout.packed
        assert packed is not None
        is_last = (index + 1) % (layout.blocks_across * layout.blocks_down) == 0
        rows = packed.last_rows if is_last and packed.last_rows else layout.block[1]
        try:
            return packed.unpacked(data, layout.block[0], rows, layout.samples_together, layout.row_bytes)
        except Exception as error:  # noqa: BLE001 - Pillow raises what it pleases on damaged data
            raise damaged(self._name, f"block {index}: {error!r}") from error


def _without_inks(part: UInt8Array) -> UInt8Array:
    """Return red, green and blue of the inks cyan, magenta, yellow and black."""
    from anylabeling.opencv import cv2

    inks = np.ascontiguousarray(part[:, :, :4])
    paper = cv2.bitwise_not(inks)
    black = cv2.cvtColor(cv2.extractChannel(paper, 3), cv2.COLOR_GRAY2BGR)
    return np.asarray(cv2.multiply(cv2.cvtColor(paper, cv2.COLOR_BGRA2BGR), black, scale=1 / 255), np.uint8)
