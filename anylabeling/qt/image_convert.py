"""Between numpy pixels and Qt images."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from qtpy.QtGui import QImage


def qimage_from_bgra(pixels: NDArray[np.uint8]) -> QImage:
    """Return a QImage that shows BGRA pixels without copying them.

    Args:
        pixels: uint8 (height, width, 4), C-contiguous, alpha 255. This very object keeps it alive, and none that Qt
            makes of it without copying: an image scaled to its own size, a QPixmap. Nobody may write to it.

    Returns:
        An image of format RGB32, whose bytes in memory are B, G, R, unused.

    Raises:
        ValueError: When the array has another layout.
    """
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != 4 or not pixels.flags.c_contiguous:
        raise ValueError(f"BGRA pixels must be C-contiguous uint8 (h, w, 4), got {pixels.dtype} {pixels.shape}")
    height, width = pixels.shape[:2]
    buffer: Any = pixels.data  # the stubs do not know that a memoryview is taken as it is
    image = QImage(buffer, width, height, 4 * width, QImage.Format.Format_RGB32)
    # QImage does not own the buffer; an attribute on the Python wrapper keeps the array as long as this object lives.
    cast(Any, image).pixels = pixels
    return image


def map_values(image: QImage, table: NDArray[np.uint8]) -> None:
    """Replace the colour values of an image in place.

    Args:
        image: Of 32 bits a pixel; the fourth byte of each pixel stays.
        table: uint8 (256,), what each value becomes.
    """
    from anylabeling.opencv import cv2

    pixels = _pixels_of(image)
    if pixels is None:
        return
    tables = np.empty((1, 256, 4), np.uint8)
    tables[0, :, :3] = table[:, None]
    tables[0, :, 3] = np.arange(256)
    cv2.LUT(pixels, tables, dst=pixels)


def mix_colors(image: QImage, matrix: NDArray[np.float32]) -> None:
    """Replace the colours of an image in place by mixtures of them.

    Args:
        image: Of 32 bits a pixel; the fourth byte of each pixel stays.
        matrix: float32 (3, 3): what blue, green and red become, a row each.
    """
    from anylabeling.opencv import cv2

    pixels = _pixels_of(image)
    if pixels is None:
        return
    whole = np.eye(4, dtype=np.float32)
    whole[:3, :3] = matrix
    cv2.transform(pixels, whole, dst=pixels)


def _pixels_of(image: QImage) -> NDArray[np.uint8] | None:
    """Return the bytes of an image of 32 bits a pixel to be written to: uint8 (height, width, 4)."""
    bits: Any = image.bits()  # the stubs do not know that it is a buffer
    if bits is None:
        return None
    bits.setsize(image.sizeInBytes())
    return np.frombuffer(bits, np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
