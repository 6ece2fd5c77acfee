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
from typing import BinaryIO

import numpy as np

from anylabeling.codecs.jpeg import damaged, truncated
from anylabeling.codecs.other import pillow_image
from anylabeling.codecs.pixels import to_pixels
from anylabeling.codecs.raw_layout import PackedBlocks, RawLayout
from anylabeling.codecs.reduced import reduce_to
from anylabeling.codecs.types import PixelFormat, UInt8Array

_KEPT_BLOCK_BYTES = 64 << 20
"""A row of tiles of a picture of 32,000 pixels across lies in as many bytes of strips."""
_BAND_BYTES = 16 << 20
_MAX_POSITION = 1 << 62


class RawPicture:
    """Reads parts of a file; a few of the blocks that were unpacked last are kept.

    Args:
        path: The file.
        layout: What read_raw_layout returned for it.
    """

    def __init__(self, path: str, layout: RawLayout) -> None:
        self._path = path
        self._layout = layout
        self._lock = threading.Lock()
        self._unpacked: OrderedDict[int, UInt8Array] = OrderedDict()

    def read(
        self, window: tuple[int, int, int, int], scale_divisor: int, check: Callable[[], object] | None = None
    ) -> UInt8Array:
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
                if check is not None:
                    check()
                last = min(first + band, height)
                rows = ((top + first) * step, min((top + last) * step, header.stored_height))
                part = self._read_rows(file, columns, rows)
                if step > 1:
                    part = np.asarray(reduce_to(filled(part, width * step, (last - first) * step), width, last - first))
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
            block = self._unpack(file, index)
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
        if position > _MAX_POSITION:
            raise truncated(Path(self._path).name)
        file.seek(position)
        data = file.read(size)
        while len(data) < size and (more := file.read(size - len(data))):
            data += more
        if len(data) < size:
            raise truncated(Path(self._path).name)
        return data

    def _unpack(self, file: BinaryIO, index: int) -> UInt8Array:
        kept = self._unpacked.get(index)
        if kept is not None:
            self._unpacked.move_to_end(index)
            return kept
        layout, name = self._layout, Path(self._path).name
        full_bytes = layout.row_bytes * layout.block[1]
        count = layout.counts[index]
        if count > 2 * full_bytes + 1024:
            raise damaged(name, f"block {index} takes {count} bytes")
        data = self._read_at(file, layout.offsets[index], count)
        block = self._inflated(data, index) if layout.packed is None else self._decoded(data, index, layout.packed)
        self._unpacked[index] = block
        while sum(kept.nbytes for kept in self._unpacked.values()) > _KEPT_BLOCK_BYTES and len(self._unpacked) > 1:
            self._unpacked.popitem(last=False)
        return block

    def _inflated(self, data: bytes, index: int) -> UInt8Array:
        layout = self._layout
        try:
            plain = zlib.decompressobj().decompress(data, layout.row_bytes * layout.block[1])
        except zlib.error as error:
            raise damaged(Path(self._path).name, f"block {index}: {error}") from error
        rows = len(plain) // layout.row_bytes
        shape = (rows, layout.block[0], layout.samples)
        block: UInt8Array = np.frombuffer(plain, np.uint8, rows * layout.row_bytes).reshape(shape)
        return np.cumsum(block, axis=1, dtype=np.uint8) if layout.is_differenced else block

    def _decoded(self, data: bytes, index: int, packed: PackedBlocks) -> UInt8Array:
        """Have libtiff decode a block, given as a file of its own."""
        layout = self._layout
        is_last = index == len(layout.offsets) - 1
        rows = packed.last_rows if is_last and packed.last_rows else layout.block[1]
        content = packed.as_file(data, layout.block[0], rows, layout.samples)
        try:
            with pillow_image().open(io.BytesIO(content)) as image:
                block = np.asarray(image.convert("RGB" if layout.samples == 3 else "L"))
        except Exception as error:  # noqa: BLE001 - Pillow raises what it pleases on damaged data
            raise damaged(Path(self._path).name, f"block {index}: {error!r}") from error
        return block.reshape(rows, layout.block[0], layout.samples)


def filled(part: UInt8Array, width: int, height: int) -> UInt8Array:
    """Return a part whose last row and column are repeated up to a size, so that the sides divide evenly."""
    if part.shape[:2] == (height, width):
        return np.ascontiguousarray(part)
    return np.pad(part, ((0, height - part.shape[0]), (0, width - part.shape[1]), (0, 0)), mode="edge")
