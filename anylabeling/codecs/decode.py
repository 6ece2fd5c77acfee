"""Decode a picture of any known format."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from anylabeling.codecs.exif import read_tiff_directory
from anylabeling.codecs.jpeg import decode_jpeg, read_jpeg_header
from anylabeling.codecs.other import decode_with_opencv, decode_with_pillow
from anylabeling.codecs.pixels import apply_orientation
from anylabeling.codecs.png import decode_png, read_png_header
from anylabeling.codecs.probe import jpeg_image_header, png_image_header, probe_source, sniff, unreadable
from anylabeling.codecs.source import ByteSource
from anylabeling.codecs.types import DecodedImage, ImageHeader, PixelFormat, UInt8Array
from anylabeling.errors import ImageError

MAX_DECODED_BYTES = 2 << 30
"""Largest picture that is decoded, as bytes with four channels."""

_ALPHA_FORMATS = frozenset({"webp", "jp2", "avif", "tiff", "pnm"})


def decode(
    path: str | os.PathLike[str],
    *,
    pixel_format: PixelFormat = PixelFormat.BGRA,
    min_side_px: int | None = None,
    into: UInt8Array | None = None,
) -> DecodedImage:
    """Read and decode a picture, turned as its EXIF orientation says.

    The format is decided by the content. Transparency is shown over white (alpha is 255 everywhere). Values with more
    than 8 bits are stretched from their minimum and maximum to 0-255, with a note. Of several pages or frames the
    first is read.

    Args:
        path: The file.
        pixel_format: Order of the channels.
        min_side_px: Allows a smaller picture, for thumbnails and models: the long side is halved up to three times
            while it stays at least this many pixels. Only JPEG makes use of it. None gives the full size.
        into: A one-dimensional, writable uint8 array to decode into; it must hold the pixels of the full picture in
            this format. Without it the memory comes from a pool and returns there by itself.

    Returns:
        The pixels, read-only, with the size of the whole picture.

    Raises:
        ImageError: When the file is missing, unreadable, empty, truncated, not a picture, or larger than
            MAX_DECODED_BYTES.
        ValueError: When ``into`` is too small.
    """
    try:
        with Path(path).open("rb", buffering=0) as file:
            data = file.readall()
    except OSError as error:
        raise unreadable(path, error) from error
    return decode_bytes(data, Path(path).name, pixel_format=pixel_format, min_side_px=min_side_px, into=into)


def decode_bytes(
    data: bytes,
    name: str,
    *,
    pixel_format: PixelFormat = PixelFormat.BGRA,
    min_side_px: int | None = None,
    into: UInt8Array | None = None,
) -> DecodedImage:
    """Decode the whole content of a picture file; see decode. ``name`` is used in messages."""
    try:
        header, pixels, note = _decode_stored(data, name, pixel_format, min_side_px, into)
        pixels = apply_orientation(pixels, header.orientation)
    except MemoryError as error:
        raise ImageError(
            f"{name} needs more memory than is free.", hint="Close other programs.", details=repr(error)
        ) from error
    if into is not None:
        pixels = _copy_into(pixels, into)
    pixels.flags.writeable = False
    if header.format == "jpeg":  # the only one that may come at a part of its size
        return DecodedImage(pixels, header.width, header.height, note)
    return DecodedImage(pixels, pixels.shape[1], pixels.shape[0], note)


def _decode_stored(
    data: bytes, name: str, pixel_format: PixelFormat, min_side_px: int | None, into: UInt8Array | None
) -> tuple[ImageHeader, UInt8Array, str]:
    """Decode to (header, pixels as they lie in the file, note)."""
    source = ByteSource(data)
    image_format = sniff(data[:32], name)
    if image_format == "jpeg":
        jpeg_header = read_jpeg_header(source, name)
        header = jpeg_image_header(jpeg_header)
        _check_size(header, name)
        direct = into if header.orientation == 1 else None
        pixels, note = decode_jpeg(
            data, jpeg_header, name, pixel_format=pixel_format, min_side_px=min_side_px, into=direct
        )
    elif image_format == "png":
        png_header = read_png_header(source, name)
        header = png_image_header(png_header)
        _check_size(header, name)
        pixels, note = decode_png(data, png_header, name, pixel_format=pixel_format)
    else:
        header = probe_source(source, name)
        _check_size(header, name)
        pixels, note = _decode_other(data, header, name, pixel_format)
    return header, pixels, note


def _decode_other(data: bytes, header: ImageHeader, name: str, pixel_format: PixelFormat) -> tuple[UInt8Array, str]:
    if header.format == "tiff":
        return _decode_tiff(data, name, pixel_format)
    if header.format in _ALPHA_FORMATS:
        return decode_with_opencv(data, name, pixel_format=pixel_format, keep_all=True)
    if header.format == "bmp":
        # The fourth byte of a 32-bit bitmap is usually unused and zero: not transparency.
        return decode_with_opencv(data, name, pixel_format=pixel_format, keep_all=False)
    return decode_with_pillow(data, name, pixel_format=pixel_format)


def _decode_tiff(data: bytes, name: str, pixel_format: PixelFormat) -> tuple[UInt8Array, str]:
    directory = read_tiff_directory(ByteSource(data))
    if directory is None:  # BigTIFF: probing went through Pillow, which turns it by itself
        return decode_with_pillow(data, name, pixel_format=pixel_format)
    if directory.orientation != 1:
        # Both decoders turn TIFF pictures, each by its own rules; told that nothing is turned, they leave it to us.
        patched = bytearray(data)
        offset = directory.orientation_offset
        patched[offset : offset + 2] = (1).to_bytes(2, "little" if directory.byte_order == "<" else "big")
        data = bytes(patched)
    if directory.bits <= 8 and directory.samples in (2, 4):
        # OpenCV multiplies colours by their alpha, which would darken the edges a second time.
        pixels, note = decode_with_pillow(data, name, pixel_format=pixel_format)
    else:
        pixels, note = decode_with_opencv(data, name, pixel_format=pixel_format, keep_all=True)
    if directory.has_more_pages:
        note = f"{note} {name} has several pages; the first is shown.".strip()
    return pixels, note


def _check_size(header: ImageHeader, name: str) -> None:
    if header.width * header.height * PixelFormat.BGRA.channels > MAX_DECODED_BYTES:
        raise ImageError(
            f"{name} is too large: {header.width:,} x {header.height:,} pixels.",
            hint=f"The limit is {MAX_DECODED_BYTES >> 30} GB of memory for one picture; split or shrink it.",
        )


def _copy_into(pixels: UInt8Array, into: UInt8Array) -> UInt8Array:
    if into.nbytes < pixels.nbytes:
        raise ValueError(f"A buffer of {into.nbytes} bytes cannot hold {pixels.nbytes} bytes of pixels.")
    target = into[: pixels.nbytes].reshape(pixels.shape)
    if not np.may_share_memory(pixels, into):
        target[...] = pixels
    return target
