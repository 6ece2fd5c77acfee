"""JPEG: header by hand, pixels by libjpeg-turbo straight into the layout asked for.

Format: ITU-T T.81, annex B; EXIF 2.32 for the APP1 segment.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

import numpy as np

from anylabeling import accel
from anylabeling.codecs.buffers import PIXEL_BUFFERS
from anylabeling.codecs.exif import read_tiff_directory
from anylabeling.codecs.other import decode_with_pillow
from anylabeling.codecs.reduced import MAX_WHOLE_BYTES
from anylabeling.codecs.source import ByteSource
from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.errors import ImageError
from anylabeling.translation import tr

_APP1 = 0xE1
_START_OF_SCAN = 0xDA
_END_OF_IMAGE = b"\xff\xd9"
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SEQUENTIAL_FRAMES = frozenset({0xC0, 0xC1})
_EXIF_PREFIX = b"Exif\0\0"
_SCALES = (8, 4, 2)
# Where the compiled decoder beats libjpeg-turbo: there most of the work is reading the data, not transforming it.
_COMPILED_SCALES = (8, 4)
# Of tiny pictures libjpeg-turbo takes scales that lie between ours.
_COMPILED_MIN_SIDE_PX = 16
_PILLOW_BYTES_PER_PIXEL = 4


@dataclass(frozen=True, slots=True)
class JpegHeader:
    """What the segments before the first scan say.

    Attributes:
        width: Stored width in pixels.
        height: Stored height in pixels.
        orientation: EXIF orientation, 1 to 8.
        components: 1 grey, 3 colour, 4 CMYK or YCCK.
        is_sequential: Whether there is one pass from top to bottom (baseline or extended, not progressive).
        samples_per_pixel: Stored values per pixel, less where colours are stored coarser.
    """

    width: int
    height: int
    orientation: int
    components: int
    is_sequential: bool
    samples_per_pixel: float

    @property
    def least_bytes(self) -> int:
        """Fewer bytes than this cannot hold one sequential scan: each block of 8 x 8 takes two bits at least."""
        return int(self.samples_per_pixel * self.width * self.height / 64 * 2 / 8)

    @property
    def least_progressive_bytes(self) -> int:
        """Fewer bytes than this cannot hold the means of all blocks: each takes a bit at least."""
        return int(self.samples_per_pixel * self.width * self.height / 64 / 8)

    @property
    def coefficient_bytes(self) -> int:
        """Memory that a decoder needs for the whole picture at once; a sequential one is decoded row by row."""
        return 0 if self.is_sequential else int(2 * self.samples_per_pixel * self.width * self.height)


def read_jpeg_header(source: ByteSource, name: str) -> JpegHeader:
    """Read size and orientation.

    Raises:
        ImageError: When the data ends before the size, or the frame header makes no sense.
    """
    orientation = 0
    position = 2
    while True:
        marker, position = _next_marker(source, position, name)
        if marker in _STANDALONE:
            continue
        segment = source.read(position, 2)
        if len(segment) < 2:
            raise truncated(name)
        length = int.from_bytes(segment, "big")
        if marker in _START_OF_FRAME:
            frame = source.read(position + 2, 6)
            if len(frame) < 6:
                raise truncated(name)
            height, width = int.from_bytes(frame[1:3], "big"), int.from_bytes(frame[3:5], "big")
            if width == 0 or height == 0:
                raise damaged(name, "the frame header gives no size")
            samples = _samples_per_pixel(source.read(position + 8, 3 * frame[5]), frame[5])
            return JpegHeader(width, height, orientation or 1, frame[5], marker in _SEQUENTIAL_FRAMES, samples)
        if marker == _START_OF_SCAN:
            raise damaged(name, "a scan comes before the frame header")
        if marker == _APP1 and orientation == 0 and source.read(position + 2, 6) == _EXIF_PREFIX:
            directory = read_tiff_directory(source, position + 8)
            orientation = directory.orientation if directory else 1
        position += max(length, 2)


def decode_jpeg(
    data: bytes,
    header: JpegHeader,
    name: str,
    *,
    pixel_format: PixelFormat,
    min_side_px: int | None = None,
    reduction: int = 1,
    into: UInt8Array | None = None,
) -> tuple[UInt8Array, str]:
    """Decode to (pixels, note), without applying the orientation.

    Args:
        data: The whole file.
        header: What read_jpeg_header returned for it.
        name: File name for messages.
        pixel_format: Layout wanted; the alpha of BGRA is 255.
        min_side_px: The long side may shrink to 1/2, 1/4 or 1/8 as long as it stays at least this.
        reduction: The sides are divided by at least this, as far as 1/2, 1/4 and 1/8 go.
        into: Memory for the pixels; used where it is large enough and the decoder can.

    Raises:
        ImageError: When the file is truncated or cannot be decoded.
    """
    if header.is_sequential and len(data) < header.least_bytes:
        raise truncated(name)
    if is_decoded_coarsely(header):
        return _decode_coarsely(data, header, name, pixel_format), ""
    import simplejpeg

    if header.components not in (1, 3):
        return decode_with_pillow(data, name, pixel_format=pixel_format, reduction=reduction)
    scale = max(_choose_scale(header, min_side_px), _scale_for(reduction))
    width, height = -(-header.width // scale), -(-header.height // scale)
    size_bytes = width * height * pixel_format.channels
    buffer = into if into is not None and into.nbytes >= size_bytes else PIXEL_BUFFERS.take(size_bytes)
    if (
        scale in _COMPILED_SCALES
        and header.is_sequential
        and min(width, height) >= _COMPILED_MIN_SIDE_PX
        and accel.decode_jpeg(data, pixel_format.value, scale, buffer) is not None
    ):
        return buffer[:size_bytes].reshape(height, width, pixel_format.channels), ""

    def decode_strictly(content: bytes) -> UInt8Array:
        # The size limits ask for exactly this scale; strict turns every warning of the decoder into an error.
        limits = {"min_width": width, "min_height": height, "min_factor": 2} if scale > 1 else {}
        pixels: UInt8Array = simplejpeg.decode_jpeg(content, pixel_format.value, buffer=buffer, **limits)
        return pixels

    try:
        return decode_strictly(data), ""
    except ValueError as error:
        reason = str(error)
    if header.is_sequential and _END_OF_IMAGE not in data[-2:]:
        # With the end mark put back, a complete picture decodes without a warning and a cut one does not.
        with contextlib.suppress(ValueError):
            pixels = decode_strictly(data + _END_OF_IMAGE)
            return pixels, tr("{name} lacks its end mark; the picture is complete.", name=name)
    return _decode_leniently(data, header, name, pixel_format, reason, reduction)


def is_decoded_coarsely(header: JpegHeader) -> bool:
    """Return whether a picture is so large that only an eighth of it can be had: a progressive one of above 2 GB."""
    is_large = header.coefficient_bytes > MAX_WHOLE_BYTES and header.components in (1, 3)
    return is_large and accel.decodes_progressive_eighth()


def _decode_coarsely(data: bytes, header: JpegHeader, name: str, pixel_format: PixelFormat) -> UInt8Array:
    if len(data) < header.least_progressive_bytes:
        raise truncated(name)
    width, height = -(-header.width // 8), -(-header.height // 8)
    buffer = PIXEL_BUFFERS.take(width * height * pixel_format.channels)
    found = accel.decode_progressive_eighth(data, pixel_format.value, buffer)
    if isinstance(found, str):
        raise truncated(name) if found == "truncated" else damaged(name, found)
    return buffer.reshape(height, width, pixel_format.channels)


def truncated(name: str) -> ImageError:
    """Build the error for a file that ends too early."""
    return ImageError(
        tr("{name} is truncated: the file ends before the picture does.", name=name), hint=tr("Copy the file again.")
    )


def damaged(name: str, details: str) -> ImageError:
    """Build the error for a file whose content makes no sense."""
    return ImageError(
        tr("{name} is damaged and cannot be shown.", name=name), hint=tr("Copy the file again."), details=details
    )


def encode_jpeg(pixels: UInt8Array, *, quality: int = 90, pixel_format: PixelFormat = PixelFormat.RGB) -> bytes:
    """Encode uint8 (height, width, channels) pixels as JPEG; an alpha channel is ignored."""
    import simplejpeg

    encoded: bytes = simplejpeg.encode_jpeg(
        np.ascontiguousarray(pixels), quality=quality, colorspace=pixel_format.value, colorsubsampling="420"
    )
    return encoded


def _choose_scale(header: JpegHeader, min_side_px: int | None) -> int:
    if min_side_px is None:
        return 1
    long_side = max(header.width, header.height)
    return next((scale for scale in _SCALES if -(-long_side // scale) >= min_side_px), 1)


def _scale_for(reduction: int) -> int:
    return next((scale for scale in (1, *sorted(_SCALES)) if scale >= reduction), max(_SCALES))


def _samples_per_pixel(components: bytes, count: int) -> float:
    # Each component: id, sampling factors across and down in one byte, table.
    areas = [(factors >> 4) * (factors & 15) for factors in components[1::3]]
    factors_across = [max(1, factors >> 4) for factors in components[1::3]]
    factors_down = [max(1, factors & 15) for factors in components[1::3]]
    if not areas:
        return float(count)
    return sum(areas) / (max(factors_across) * max(factors_down))


def _decode_leniently(
    data: bytes, header: JpegHeader, name: str, pixel_format: PixelFormat, reason: str, reduction: int
) -> tuple[UInt8Array, str]:
    if reduction > 1 and "premature" in reason.lower():
        raise truncated(name)  # Pillow would say the same after decoding the whole picture
    if header.width * header.height * _PILLOW_BYTES_PER_PIXEL > MAX_WHOLE_BYTES:
        raise damaged(name, reason)
    # Pillow overlooks wrong bytes as other viewers do, but refuses a file that ends early.
    pixels, _note = decode_with_pillow(data, name, pixel_format=pixel_format, reason=reason, reduction=reduction)
    if "extraneous" in reason and "before marker 0xd9" not in reason:
        return pixels, ""
    return pixels, tr(
        "{name} holds damaged data ({reason}); parts of the picture may be wrong.", name=name, reason=reason
    )


def _next_marker(source: ByteSource, position: int, name: str) -> tuple[int, int]:
    # Like libjpeg: anything before the next marker is skipped, and a marker may be preceded by any number of 0xFF.
    while True:
        pair = source.read(position, 2)
        if len(pair) < 2:
            raise truncated(name)
        if pair[0] == 0xFF and pair[1] not in (0x00, 0xFF):
            return pair[1], position + 2
        position = position + 1 if pair[0] == 0xFF else _find_mark(source, position + 1)


def _find_mark(source: ByteSource, position: int) -> int:
    while True:
        window = source.read(position, 4096)
        found = window.find(b"\xff")
        if found >= 0 or not window:
            return position + max(found, 0)
        position += len(window)
