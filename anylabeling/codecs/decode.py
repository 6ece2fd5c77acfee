"""Decode a picture of any known format."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np

from anylabeling.codecs.animation import has_more_frames
from anylabeling.codecs.bands import decode_in_bands
from anylabeling.codecs.dicom import MAGIC, MAGIC_OFFSET, decode_dicom
from anylabeling.codecs.exif import read_tiff_directory
from anylabeling.codecs.jpeg import JpegHeader, decode_jpeg, is_decoded_coarsely, read_jpeg_header
from anylabeling.codecs.other import decode_with_opencv, decode_with_pillow
from anylabeling.codecs.pixels import apply_orientation
from anylabeling.codecs.png import decode_png, read_png_header
from anylabeling.codecs.probe import jpeg_image_header, png_image_header, probe_source, sniff, unreadable
from anylabeling.codecs.raw_layout import read_raw_layout
from anylabeling.codecs.raw_regions import RawPicture
from anylabeling.codecs.reduced import check_whole_decode, reduce_to, reduced_note, reduced_side
from anylabeling.codecs.source import ByteSource
from anylabeling.codecs.types import DecodedImage, DecodeLimits, ImageHeader, PixelFormat, UInt8Array
from anylabeling.errors import ImageError
from anylabeling.translation import tr

DEFAULT_LIMITS = DecodeLimits()
"""What fits into Qt and into memory."""

_ALPHA_FORMATS = frozenset({"webp", "jp2", "avif", "tiff", "pnm"})


def decode(
    path: str | os.PathLike[str],
    *,
    pixel_format: PixelFormat = PixelFormat.BGRA,
    min_side_px: int | None = None,
    limits: DecodeLimits = DEFAULT_LIMITS,
    into: UInt8Array | None = None,
    check: Callable[[], object] | None = None,
) -> DecodedImage:
    """Read and decode a picture, turned as its EXIF orientation says.

    The format is decided by the content. Transparency is shown over white (alpha is 255 everywhere). Values with more
    than 8 bits are stretched from their minimum and maximum to 0-255, with a note. Of several pages or frames the
    first is read. A picture beyond the limits comes reduced by a whole number, with a note.

    Args:
        path: The file.
        pixel_format: Order of the channels.
        min_side_px: Allows a smaller picture, for thumbnails and models: the long side is halved up to three times
            while it stays at least this many pixels. Only JPEG makes use of it, and what is too large to be decoded
            whole. None gives the full size.
        limits: How large the pixels may get.
        into: A one-dimensional, writable uint8 array to decode into; it must hold the pixels of the full picture in
            this format. Without it the memory comes from a pool and returns there by itself.
        check: Called between the rows of what is too large to be decoded whole; what it raises ends that.

    Returns:
        The pixels, read-only, with the size of the whole picture.

    Raises:
        ImageError: When the file is missing, unreadable, empty, truncated, not a picture, or takes too much memory to
            decode.
        ValueError: When ``into`` is too small.
    """
    try:
        with Path(path).open("rb", buffering=0) as file:
            if into is None:
                large = decode_in_bands(
                    os.fspath(path),
                    file,
                    pixel_format=pixel_format,
                    min_side_px=min_side_px,
                    limits=limits,
                    check=check,
                )
                if large is not None:
                    return large
                file.seek(0)
            data = file.readall()
    except OSError as error:
        raise unreadable(path, error) from error
    except MemoryError as error:
        raise _no_memory(Path(path).name, error) from error
    name = Path(path).name
    return decode_bytes(data, name, pixel_format=pixel_format, min_side_px=min_side_px, limits=limits, into=into)


def decode_bytes(
    data: bytes,
    name: str,
    *,
    pixel_format: PixelFormat = PixelFormat.BGRA,
    min_side_px: int | None = None,
    limits: DecodeLimits = DEFAULT_LIMITS,
    into: UInt8Array | None = None,
) -> DecodedImage:
    """Decode the whole content of a picture file; see decode. ``name`` is used in messages."""
    try:
        header, pixels, note = _decode_stored(data, name, pixel_format, min_side_px, limits, into)
        pixels = apply_orientation(pixels, header.orientation)
    except MemoryError as error:
        raise _no_memory(name, error) from error
    if into is not None:
        pixels = _copy_into(pixels, into)
    pixels.flags.writeable = False
    reduction = limits.reduction(header.width, header.height)
    if reduction > 1:
        size = (header.width, header.height)
        note = f"{reduced_note(name, size, (pixels.shape[1], pixels.shape[0]))} {note}".strip()
    if header.format == "jpeg" or reduction > 1:
        return DecodedImage(pixels, header.width, header.height, note)
    return DecodedImage(pixels, pixels.shape[1], pixels.shape[0], note)


def _no_memory(name: str, error: MemoryError) -> ImageError:
    return ImageError(
        tr("{name} needs more memory than is free.", name=name),
        hint=tr("Close other programs."),
        details=repr(error),
    )


def _decode_stored(
    data: bytes,
    name: str,
    pixel_format: PixelFormat,
    min_side_px: int | None,
    limits: DecodeLimits,
    into: UInt8Array | None,
) -> tuple[ImageHeader, UInt8Array, str]:
    """Decode to (header, pixels as they lie in the file, note)."""
    source = ByteSource(data)
    image_format = sniff(data[: MAGIC_OFFSET + len(MAGIC)], name)
    if image_format == "jpeg":
        jpeg_header = read_jpeg_header(source, name)
        header = jpeg_image_header(jpeg_header)
        reduction = limits.reduction(header.width, header.height)
        check_whole_decode(name, header.width, header.height, _jpeg_bytes_per_pixel(jpeg_header, reduction))
        direct = into if header.orientation == 1 and reduction == 1 else None
        pixels, note = decode_jpeg(
            data,
            jpeg_header,
            name,
            pixel_format=pixel_format,
            min_side_px=min_side_px,
            reduction=reduction,
            into=direct,
        )
        return header, _fitted(pixels, header, reduction), note
    if image_format == "png":
        png_header = read_png_header(source, name)
        header = png_image_header(png_header)
        check_whole_decode(name, header.width, header.height, png_header.bytes_per_pixel)
        reduction = limits.reduction(header.width, header.height)
        pixels, note = decode_png(data, png_header, name, pixel_format=pixel_format, reduction=reduction)
    else:
        header = probe_source(source, name)
        check_whole_decode(name, header.width, header.height, PixelFormat.BGRA.channels)
        reduction = limits.reduction(header.width, header.height)
        pixels, note = _decode_other(data, header, name, pixel_format, reduction)
    if has_more_frames(data, header.format):
        note = f"{note} {tr('{name} is an animation; its first picture is shown.', name=name)}".strip()
    return header, pixels, note


def _jpeg_bytes_per_pixel(header: JpegHeader, reduction: int) -> float:
    if is_decoded_coarsely(header):
        return PixelFormat.BGRA.channels / 64
    at_once = header.coefficient_bytes / (header.width * header.height)
    if header.components in (1, 3):
        return at_once
    # CMYK goes through Pillow, which makes all that is asked for at once.
    scale = next(each for each in (8, 4, 2, 1) if each <= reduction)
    return at_once + 4.0 / scale**2


def _fitted(pixels: UInt8Array, header: ImageHeader, reduction: int) -> UInt8Array:
    """Bring what a decoder could not reduce far enough by itself to the size that the limits ask for."""
    width, height = reduced_side(header.stored_width, reduction), reduced_side(header.stored_height, reduction)
    if pixels.shape[0] <= height and pixels.shape[1] <= width:
        return pixels
    return np.asarray(reduce_to(pixels, width, height), np.uint8)


def _decode_other(
    data: bytes, header: ImageHeader, name: str, pixel_format: PixelFormat, reduction: int
) -> tuple[UInt8Array, str]:
    if header.format == "tiff":
        return _decode_tiff(data, name, pixel_format, reduction)
    if header.format == "dicom":
        return decode_dicom(data, name, pixel_format=pixel_format, reduction=reduction)
    if header.format in _ALPHA_FORMATS:
        return decode_with_opencv(data, name, pixel_format=pixel_format, keep_all=True, reduction=reduction)
    if header.format == "bmp":
        # The fourth byte of a 32-bit bitmap is usually unused and zero: not transparency.
        return decode_with_opencv(data, name, pixel_format=pixel_format, keep_all=False, reduction=reduction)
    return decode_with_pillow(data, name, pixel_format=pixel_format, reduction=reduction)


def _decode_tiff(data: bytes, name: str, pixel_format: PixelFormat, reduction: int) -> tuple[UInt8Array, str]:
    directory = read_tiff_directory(ByteSource(data))
    if directory is None:  # BigTIFF: probing went through Pillow, which turns it by itself
        return decode_with_pillow(data, name, pixel_format=pixel_format, reduction=reduction)
    layout = read_raw_layout(ByteSource(data), "tiff")
    if directory.orientation != 1:
        # Both decoders turn TIFF pictures, each by its own rules; told that nothing is turned, they leave it to us.
        patched = bytearray(data)
        offset = directory.orientation_offset
        patched[offset : offset + 2] = (1).to_bytes(2, "little" if directory.byte_order == "<" else "big")
        data = bytes(patched)
    if layout is not None and layout.is_apart and layout.is_deep:
        # OpenCV takes numbers of different colours for neighbours.
        pixels, note = RawPicture(name, layout, data).reduced(reduction, pixel_format)
    elif directory.bits <= 8 and directory.samples in (2, 4):
        # OpenCV multiplies colours by their alpha, which would darken the edges a second time.
        pixels, note = decode_with_pillow(data, name, pixel_format=pixel_format, reduction=reduction)
    else:
        pixels, note = decode_with_opencv(data, name, pixel_format=pixel_format, keep_all=True, reduction=reduction)
    if directory.has_more_pages:
        note = f"{note} {tr('{name} has several pages; the first is shown.', name=name)}".strip()
    return pixels, note


def _copy_into(pixels: UInt8Array, into: UInt8Array) -> UInt8Array:
    if into.nbytes < pixels.nbytes:
        raise ValueError(f"A buffer of {into.nbytes} bytes cannot hold {pixels.nbytes} bytes of pixels.")
    target = into[: pixels.nbytes].reshape(pixels.shape)
    if not np.may_share_memory(pixels, into):
        target[...] = pixels
    return target
