"""PNG: header by hand, pixels by the compiled decoder where it is there, else by OpenCV.

Format: Portable Network Graphics, third edition, sections 5 and 11.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np

from anylabeling import accel
from anylabeling.codecs.exif import read_tiff_directory
from anylabeling.codecs.jpeg import damaged, truncated
from anylabeling.codecs.other import decode_with_opencv, decode_with_pillow
from anylabeling.codecs.pixels import empty_pixels, transparency_note
from anylabeling.codecs.reduced import reduce_to, reduced_side
from anylabeling.codecs.source import ByteSource
from anylabeling.codecs.types import PixelFormat, UInt8Array

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOUR_WITH_ALPHA = (4, 6)
PALETTE = 3
CHANNELS = {0: 1, 2: 3, PALETTE: 1, 4: 2, 6: 4}
"""Numbers of a pixel as they are stored, by the colour type."""
_TAIL_BYTES = 64 << 10
# Beyond this, a decoder that keeps the stored channels takes less memory until the picture is reduced.
_MOST_PASSING_BYTES = 512 << 20
_MAX_EXIF_BYTES = 64 << 10


@dataclass(frozen=True, slots=True)
class PngHeader:
    """What the chunks around the pixels say.

    Attributes:
        width: Stored width in pixels.
        height: Stored height in pixels.
        orientation: EXIF orientation, 1 to 8.
        bit_depth: Bits per channel, 1 to 16.
        colour_type: 0 grey, 2 colour, 3 palette, 4 grey with alpha, 6 colour with alpha.
        has_transparency: Whether a tRNS chunk names transparent colours.
        is_interlaced: Whether its rows come in seven turns, coarse ones first.
        pixels_at: Where the first chunk of pixels begins.
    """

    width: int
    height: int
    orientation: int
    bit_depth: int
    colour_type: int
    has_transparency: bool
    is_interlaced: bool
    pixels_at: int

    @property
    def bytes_per_pixel(self) -> float:
        """Memory per pixel that a decoder needs for the whole picture at once."""
        channels = {0: 1, 2: 3, PALETTE: 3, 4: 2}.get(self.colour_type, 4)
        return channels * max(1.0, self.bit_depth / 8)


def read_png_header(source: ByteSource, name: str) -> PngHeader:
    """Read size, layout and orientation.

    Raises:
        ImageError: When the data ends before the pixels or the header makes no sense.
    """
    head = source.read(8, 21)
    if len(head) < 21:
        raise truncated(name)
    width, height = int.from_bytes(head[8:12], "big"), int.from_bytes(head[12:16], "big")
    if head[4:8] != b"IHDR" or width == 0 or height == 0:
        raise damaged(name, "the header chunk is wrong")
    orientation, has_transparency = 0, False
    position = 8
    while True:
        length, kind = _chunk_at(source, position, name)
        if kind == b"IDAT":
            break
        if kind == b"eXIf" and orientation == 0:
            orientation = _orientation_at(source, position + 8)
        has_transparency = has_transparency or kind == b"tRNS"
        position += 12 + length
    orientation = orientation or _orientation_in_tail(source)
    return PngHeader(width, height, orientation, head[16], head[17], has_transparency, bool(head[20]), position)


def decode_png(
    data: bytes, header: PngHeader, name: str, *, pixel_format: PixelFormat, reduction: int = 1
) -> tuple[UInt8Array, str]:
    """Decode to (pixels, note), without applying the orientation; the sides are divided by ``reduction``.

    Raises:
        ImageError: When the file is truncated or cannot be decoded.
    """
    _check_complete(data, name)
    size_bytes = header.height * header.width * pixel_format.channels
    if header.bit_depth == 8 and not header.has_transparency and (reduction == 1 or size_bytes <= _MOST_PASSING_BYTES):
        pixels = empty_pixels(header.height, header.width, pixel_format.channels)
        is_transparent = accel.decode_png(data, pixel_format.value, pixels.reshape(-1))
        if is_transparent is not None:
            smaller = reduce_to(pixels, reduced_side(header.width, reduction), reduced_side(header.height, reduction))
            return np.asarray(smaller, np.uint8), transparency_note(name) if is_transparent else ""
    keep_all = header.bit_depth == 16 or header.colour_type in _COLOUR_WITH_ALPHA
    if header.has_transparency:
        # OpenCV drops the transparent colour of grey and true-colour pictures.
        if header.colour_type != PALETTE:
            return decode_with_pillow(data, name, pixel_format=pixel_format, reduction=reduction)
        keep_all = True
    return decode_with_opencv(data, name, pixel_format=pixel_format, keep_all=keep_all, reduction=reduction)


def encode_png(pixels: UInt8Array, *, pixel_format: PixelFormat = PixelFormat.RGB, compression: int = 1) -> bytes:
    """Encode uint8 (height, width, channels) pixels as PNG; BGRA keeps its alpha.

    Raises:
        ValueError: When OpenCV refuses the array.
    """
    from anylabeling.opencv import cv2

    source = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR) if pixel_format is PixelFormat.RGB else pixels
    succeeded, encoded = cv2.imencode(".png", source, [cv2.IMWRITE_PNG_COMPRESSION, compression])
    if not succeeded:
        raise ValueError(f"An array of shape {pixels.shape} cannot be written as PNG.")
    return bytes(np.asarray(encoded).tobytes())


def _chunk_at(source: ByteSource, position: int, name: str) -> tuple[int, bytes]:
    head = source.read(position, 8)
    if len(head) < 8:
        raise truncated(name)
    return int.from_bytes(head[:4], "big"), head[4:]


def _check_complete(data: bytes, name: str) -> None:
    # The decoder would fill the rest of a cut picture with black.
    position = len(SIGNATURE)
    while position + 12 <= len(data):
        if data[position + 4 : position + 8] == b"IEND":
            return
        position += 12 + int.from_bytes(data[position : position + 4], "big")
    raise truncated(name)


def _orientation_at(source: ByteSource, position: int) -> int:
    directory = read_tiff_directory(source, position)
    return directory.orientation if directory else 1


def _orientation_in_tail(source: ByteSource) -> int:
    # The EXIF chunk may also follow the pixels. Walking there would touch every pixel chunk, so it is looked for from
    # the end; the checksum says whether it is one.
    tail = source.read_tail(_TAIL_BYTES)
    found = tail.rfind(b"eXIf")
    while found >= 4:
        length = int.from_bytes(tail[found - 4 : found], "big")
        end = found + 4 + length
        if length <= _MAX_EXIF_BYTES and tail[end : end + 4] == zlib.crc32(tail[found:end]).to_bytes(4, "big"):
            return _orientation_at(ByteSource(tail[found + 4 : end]), 0)
        found = tail.rfind(b"eXIf", 0, found)
    return 1
