"""Pictures that are too large to be decoded whole: read a few rows at a time, and reduced on the way."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from anylabeling.codecs.pixels import apply_orientation
from anylabeling.codecs.png import read_png_header
from anylabeling.codecs.png_stream import PngRows
from anylabeling.codecs.probe import sniff, unreadable
from anylabeling.codecs.raw_layout import read_raw_layout
from anylabeling.codecs.raw_regions import RawPicture
from anylabeling.codecs.reduced import MAX_WHOLE_BYTES, reduced_note
from anylabeling.codecs.source import ByteSource
from anylabeling.codecs.types import DecodedImage, DecodeLimits, ImageHeader, PixelFormat, UInt8Array

MOST_WHOLE_BYTES = 512 << 20
"""Pictures that take more are read in bands where their format allows it."""
_LEAST_FILE_BYTES = 256 << 10
"""A smaller file cannot hold so much: what is deflated takes a thousandth at least."""
_MOST_DEEP_BYTES = 1 << 30

_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}


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
            rows = _rows_of(os.fspath(path), source, pixel_format)
            return None if rows is None or rows.is_interlaced else rows
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
        if rows is None:
            return None
        factor = _reduction(rows.header, limits, min_side_px)
        if factor == 1 and rows.whole_bytes <= MAX_WHOLE_BYTES:
            return None
        pixels, note = rows.reduced(factor, check)
        return _image(name, pixels, rows.header, note)
    layout = read_raw_layout(source, image_format)
    if layout is None or layout.whole_bytes <= MOST_WHOLE_BYTES:
        return None
    factor = _reduction(layout.header, limits, min_side_px)
    if factor == 1 and layout.whole_bytes <= MAX_WHOLE_BYTES:
        return None
    while layout.is_deep and layout.whole_bytes // factor**2 > _MOST_DEEP_BYTES:
        factor += 1
    pixels, note = RawPicture(path, layout).reduced(factor, pixel_format, check)
    return _image(name, pixels, layout.header, note)


def _rows_of(path: str, source: ByteSource, pixel_format: PixelFormat) -> PngRows | None:
    png = read_png_header(source, Path(path).name)
    is_known = png.bit_depth in _DEPTHS.get(png.colour_type, ())
    if not is_known or png.width * png.height * png.bytes_per_pixel <= MOST_WHOLE_BYTES:
        return None
    return PngRows(path, png, pixel_format)


def _reduction(header: ImageHeader, limits: DecodeLimits, min_side_px: int | None) -> int:
    factor = limits.reduction(header.width, header.height)
    longest = max(header.width, header.height)
    enough = next((each for each in (8, 4, 2) if longest // each >= (min_side_px or longest)), 1)
    return max(factor, enough)


def _image(name: str, pixels: UInt8Array, header: ImageHeader, note: str) -> DecodedImage:
    turned = apply_orientation(pixels, header.orientation)
    turned.flags.writeable = False
    size, shown = (header.width, header.height), (turned.shape[1], turned.shape[0])
    reduced = reduced_note(name, size, shown) if shown != size else ""
    return DecodedImage(turned, header.width, header.height, f"{reduced} {note}".strip())
