"""Pictures that are too large to be decoded whole: read a few rows at a time, and reduced on the way.

Format: Portable Network Graphics, third edition, sections 7 (lines), 9 (filters) and 11 (chunks).
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np

from anylabeling.codecs.jpeg import damaged, truncated
from anylabeling.codecs.pixels import apply_orientation, empty_pixels, to_pixels, transparency_note
from anylabeling.codecs.png import SIGNATURE, PngHeader, read_png_header
from anylabeling.codecs.probe import png_image_header, sniff, unreadable
from anylabeling.codecs.raw_layout import read_raw_layout
from anylabeling.codecs.raw_regions import RawPicture, filled
from anylabeling.codecs.reduced import reduce_to, reduced_note, reduced_side
from anylabeling.codecs.source import ByteSource
from anylabeling.codecs.types import DecodedImage, DecodeLimits, ImageHeader, PixelFormat, UInt8Array

MOST_WHOLE_BYTES = 512 << 20
"""Pictures that take more are read in bands where their format allows it."""
_LEAST_FILE_BYTES = 256 << 10
"""A smaller file cannot hold so much: what is deflated takes a thousandth at least."""

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PALETTE = 3
_PIECE_BYTES = 1 << 20
_BAND_BYTES = 16 << 20
_STEP_ROWS = 64


class PngRows:
    """The rows of a PNG file, from the first to the last, without the whole picture in memory.

    Attributes:
        header: Size of the picture.
        pixel_format: Order of the channels of its rows.
        is_transparent: Whether what was read until now is partly transparent.
    """

    def __init__(self, path: str, png: PngHeader, pixel_format: PixelFormat) -> None:
        """Open nothing yet; ``png_rows`` says which files this reads."""
        self.header: ImageHeader = png_image_header(png)
        self.is_transparent = False
        self._path = path
        self._png = png
        self.pixel_format = pixel_format

    def bands(self, rows: int, check: Callable[[], object] | None = None) -> Iterator[UInt8Array]:
        """Yield so many rows at once as uint8 (rows, width, channels), fewer in the end.

        Raises:
            ImageError: When the file is cut, damaged or cannot be read.
        """
        name = Path(self._path).name
        line_bytes = 1 + self._png.width * _CHANNELS[self._png.colour_type]
        try:
            with Path(self._path).open("rb", buffering=0) as file:
                file.seek(len(SIGNATURE))
                table, lines = _read_until_pixels(file, name), _Inflated(file, name)
                above = b""
                for top in range(0, self._png.height, rows):
                    if check is not None:
                        check()
                    count = min(rows, self._png.height - top)
                    raw = self._unfiltered(above, lines.take(count * line_bytes), count, name)
                    above = b"\0" + _as_stored(raw[-1]).tobytes()
                    yield self._finished(raw, table)
        except OSError as error:
            raise unreadable(self._path, error) from error

    def windows(
        self, rows: Sequence[tuple[int, int]], check: Callable[[], object] | None = None
    ) -> Iterator[UInt8Array]:
        """Yield the rows from one to before another, for several such windows of which none begins above the last one.

        Two of them are in memory at once, and a few rows.
        """
        source = self.bands(_STEP_ROWS, check)
        last, last_top = _empty_rows(0, self), 0
        band, band_top = _empty_rows(0, self), 0
        for top, bottom in rows:
            window = _empty_rows(bottom - top, self)
            # What lies in both; piece by piece, since a copy keeps all threads from running.
            done = max(0, last_top + len(last) - top)
            for first in range(0, done, _STEP_ROWS):
                piece = last[top - last_top + first : top - last_top + min(first + _STEP_ROWS, done)]
                window[first : first + len(piece)] = piece
            while done < bottom - top:
                while band_top + len(band) <= top + done:
                    band_top += len(band)
                    band = next(source)
                piece = band[top + done - band_top : bottom - band_top]
                window[done : done + len(piece)] = piece
                done += len(piece)
            last, last_top = window, top
            yield window

    def _unfiltered(self, above: bytes, lines: bytes, count: int, name: str) -> UInt8Array:
        """Return the values of some lines: a picture of their own, below the line before them."""
        from anylabeling.opencv import cv2

        colour_type = 0 if self._png.colour_type == _PALETTE else self._png.colour_type
        size = struct.pack(">IIBBBBB", self._png.width, count + bool(above), 8, colour_type, 0, 0, 0)
        content = b"".join(
            (SIGNATURE, _chunk(b"IHDR", size), _chunk(b"IDAT", zlib.compress(above + lines, 0)), _chunk(b"IEND", b""))
        )
        array = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
        if array is None or array.shape[:2] != (count + bool(above), self._png.width):
            raise damaged(name, "a line cannot be decoded")
        values = np.asarray(array, np.uint8)[1 if above else 0 :]
        if colour_type == 4:  # OpenCV makes three of the one grey
            return np.ascontiguousarray(values[:, :, 2:] if values.ndim == 3 else values)
        return values

    def _finished(self, raw: UInt8Array, table: UInt8Array) -> UInt8Array:
        if self._png.colour_type == _PALETTE:
            raw = table[raw]
        pixels, note = to_pixels(raw, "", is_bgr=True, pixel_format=self.pixel_format)
        self.is_transparent = self.is_transparent or bool(note)
        return pixels


def _empty_rows(count: int, rows: PngRows) -> UInt8Array:
    """Return memory for some rows of a picture."""
    return np.empty((count, rows.header.stored_width, rows.pixel_format.channels), np.uint8)


def png_rows(path: str | os.PathLike[str], pixel_format: PixelFormat) -> PngRows | None:
    """Return what reads a very large PNG file row by row; None for others, and where its rows do not follow each other.

    Raises:
        ImageError: When the file is missing, unreadable, or damaged within its header.
    """
    try:
        with Path(path).open("rb", buffering=0) as file:
            source = ByteSource.open_file(file)
            if sniff(source.head, Path(path).name) != "png":
                return None
            return _rows_of(os.fspath(path), source, pixel_format)
    except OSError as error:
        raise unreadable(path, error) from error


def decode_in_bands(
    path: str,
    file: BinaryIO,
    *,
    pixel_format: PixelFormat,
    min_side_px: int | None,
    limits: DecodeLimits,
    check: Callable[[], object] | None = None,
) -> DecodedImage | None:
    """Decode a picture that has to be reduced because of its size; None where that is better done whole, or has to be.

    Raises:
        ImageError: When the file is damaged.
        OSError: When it cannot be read.
    """
    if os.fstat(file.fileno()).st_size < _LEAST_FILE_BYTES:
        return None
    source, name = ByteSource.open_file(file), Path(path).name
    image_format = sniff(source.head, name)
    if image_format == "png":
        rows = _rows_of(path, source, pixel_format)
        if rows is None or (factor := _reduction(rows.header, limits, min_side_px)) == 1:
            return None
        pixels = _reduced_rows(rows, factor, pixel_format.channels, check)
        note = transparency_note(name) if rows.is_transparent else ""
        return _image(name, pixels, rows.header, note)
    layout = read_raw_layout(source, image_format)
    if layout is None or layout.header.width * layout.header.height * layout.samples <= MOST_WHOLE_BYTES:
        return None
    if (factor := _reduction(layout.header, limits, min_side_px)) == 1:
        return None
    size = (layout.header.stored_width, layout.header.stored_height)
    window = (0, 0, reduced_side(size[0], factor), reduced_side(size[1], factor))
    pixels = RawPicture(path, layout).read(window, factor, check)
    pixels = to_pixels(pixels, name, is_bgr=True, pixel_format=pixel_format)[0]
    return _image(name, pixels, layout.header, "")


def _rows_of(path: str, source: ByteSource, pixel_format: PixelFormat) -> PngRows | None:
    png = read_png_header(source, Path(path).name)
    is_plain = png.bit_depth == 8 and not png.is_interlaced and png.colour_type in _CHANNELS
    is_opaque = not png.has_transparency or png.colour_type == _PALETTE
    if not (is_plain and is_opaque) or png.width * png.height * png.bytes_per_pixel <= MOST_WHOLE_BYTES:
        return None
    return PngRows(path, png, pixel_format)


def _reduction(header: ImageHeader, limits: DecodeLimits, min_side_px: int | None) -> int:
    factor = limits.reduction(header.width, header.height)
    longest = max(header.width, header.height)
    enough = next((each for each in (8, 4, 2) if longest // each >= (min_side_px or longest)), 1)
    return max(factor, enough)


def _reduced_rows(rows: PngRows, factor: int, channels: int, check: Callable[[], object] | None) -> UInt8Array:
    width, height = rows.header.stored_width, rows.header.stored_height
    across, down = reduced_side(width, factor), reduced_side(height, factor)
    pixels = empty_pixels(down, across, channels)
    at_once = max(1, _BAND_BYTES // (width * 4 * factor))
    for number, band in enumerate(rows.bands(at_once * factor, check)):
        count = reduced_side(band.shape[0], factor)
        even = filled(band, across * factor, count * factor)
        pixels[number * at_once : number * at_once + count] = reduce_to(even, across, count)
    return pixels


def _image(name: str, pixels: UInt8Array, header: ImageHeader, note: str) -> DecodedImage:
    turned = apply_orientation(pixels, header.orientation)
    turned.flags.writeable = False
    size = (header.width, header.height)
    text = f"{reduced_note(name, size, (turned.shape[1], turned.shape[0]))} {note}".strip()
    return DecodedImage(turned, header.width, header.height, text)


def _as_stored(line: UInt8Array) -> UInt8Array:
    """Return the values of a line in the order of the file; OpenCV has blue first."""
    if line.ndim == 1 or line.shape[1] == 2:
        return line
    return line[:, [2, 1, 0, 3][: line.shape[1]]]


def _chunk(kind: bytes, content: bytes) -> bytes:
    return b"".join(
        (struct.pack(">I", len(content)), kind, content, struct.pack(">I", zlib.crc32(content, zlib.crc32(kind))))
    )


def _read_until_pixels(file: BinaryIO, name: str) -> UInt8Array:
    """Go to the first chunk of pixels; return the palette as 256 rows of blue, green, red and opacity."""
    table = np.full((256, 4), 255, np.uint8)
    table[:, :3] = 0
    while True:
        head = file.read(8)
        if len(head) < 8:
            raise truncated(name)
        length, kind = int.from_bytes(head[:4], "big"), head[4:]
        if kind == b"IDAT":
            file.seek(-8, os.SEEK_CUR)
            return table
        if kind == b"PLTE" and length <= 768:
            colours = np.frombuffer(file.read(length), np.uint8)
            table[: length // 3, 2::-1] = colours[: length // 3 * 3].reshape(-1, 3)
        elif kind == b"tRNS" and length <= 256:
            table[:length, 3] = np.frombuffer(file.read(length), np.uint8)
        else:
            file.seek(length, os.SEEK_CUR)
            length = 0
        file.seek(4, os.SEEK_CUR)


class _Inflated:
    """The bytes that the pixel chunks hold, a few at a time."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._name = name
        self._inflater = zlib.decompressobj()
        self._left_in_chunk = 0
        self._sum = 0
        self._packed = b""

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
