"""Small versions of pictures."""

from __future__ import annotations

import os

import numpy as np

from anylabeling.codecs import DecodedImage, PixelFormat, decode


def load_thumbnail(
    path: str | os.PathLike[str], max_side_px: int, *, pixel_format: PixelFormat = PixelFormat.BGRA
) -> DecodedImage:
    """Return a picture whose long side is at most ``max_side_px``; smaller pictures keep their size.

    The result carries the full size of the picture. JPEG files are decoded at a fraction of their size, though at twice
    the size asked for, which averaging then brings down without blurring.

    Raises:
        ImageError: When it cannot be read or decoded.
    """
    return shrink(decode(path, pixel_format=pixel_format, min_side_px=2 * max_side_px), max_side_px)


def shrink(image: DecodedImage, max_side_px: int) -> DecodedImage:
    """Return the image with a long side of at most ``max_side_px``, averaging pixels; itself when it is small."""
    scale = max_side_px / max(image.full_width, image.full_height)
    if scale >= 1 or max(image.width, image.height) <= max_side_px:
        return image
    from anylabeling.opencv import cv2

    size = (max(1, round(image.full_width * scale)), max(1, round(image.full_height * scale)))
    pixels = np.asarray(cv2.resize(image.pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    pixels.flags.writeable = False
    return DecodedImage(pixels, image.full_width, image.full_height, image.note)
