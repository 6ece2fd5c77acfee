"""The values that probing and decoding return."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

UInt8Array = NDArray[np.uint8]

IMAGE_SUFFIXES = frozenset(
    {
        ".avif",
        ".bmp",
        ".dcm",
        ".dib",
        ".dicom",
        ".gif",
        ".heic",
        ".heif",
        ".hif",
        ".jfif",
        ".jp2",
        ".jpe",
        ".jpeg",
        ".jpg",
        ".pbm",
        ".pgm",
        ".png",
        ".pnm",
        ".ppm",
        ".tif",
        ".tiff",
        ".webp",
    }
)
"""Lower-case file name endings, with their dot, of the pictures that a folder scan lists."""


class PixelFormat(enum.Enum):
    """The order of the channels of one pixel in memory."""

    RGB = "RGB"
    BGR = "BGR"
    BGRA = "BGRA"

    @property
    def channels(self) -> int:
        """Number of channels, which is also the number of bytes per pixel."""
        return len(self.value)


class ImageHeader(NamedTuple):
    """What the first bytes of a picture say.

    Attributes:
        width: Pixels across, after the EXIF orientation is applied.
        height: Pixels down, after the EXIF orientation is applied.
        orientation: The EXIF orientation, 1 to 8; 1 where there is none or a wrong one.
        format: "jpeg", "png", "tiff", "webp" and so on, decided by content, not by file name.
        stored_width: Pixels across as they lie in the file.
        stored_height: Pixels down as they lie in the file.
    """

    width: int
    height: int
    orientation: int
    format: str
    stored_width: int
    stored_height: int


def make_header(image_format: str, stored_width: int, stored_height: int, orientation: int) -> ImageHeader:
    """Build an ImageHeader: orientations 5 to 8 swap the sides."""
    width, height = (stored_height, stored_width) if orientation >= 5 else (stored_width, stored_height)
    return ImageHeader(width, height, orientation, image_format, stored_width, stored_height)


@dataclass(frozen=True, slots=True)
class DecodeLimits:
    """How large the pixels of one picture may get; a larger picture is decoded to a smaller version of itself.

    Attributes:
        max_side_px: The longest side. Qt's painter counts pixels in 16 bits.
        max_bytes: Memory of the pixels, counted with four channels.
    """

    max_side_px: int = 32_767
    max_bytes: int = 2 << 30

    def reduction(self, width: int, height: int) -> int:
        """Return the least whole number by which both sides must be divided for a picture to fit; 1 when it does."""
        factor = -(-max(width, height) // self.max_side_px)
        while -(-width // factor) * -(-height // factor) * PixelFormat.BGRA.channels > self.max_bytes:
            factor += 1
        return factor


@dataclass(frozen=True, slots=True, eq=False)
class DecodedImage:
    """A decoded picture in the EXIF-rotated frame.

    Attributes:
        pixels: uint8 (height, width, channels), C-contiguous, read-only. May be smaller than the picture when a scaled
            decode was asked for.
        full_width: Width of the whole picture in pixels; coordinates in label files refer to it.
        full_height: Height of the whole picture in pixels.
        note: One sentence for the person when what is shown is not simply what the file holds (16-bit values scaled,
            first page of several, a damaged file); empty otherwise.
    """

    pixels: UInt8Array
    full_width: int
    full_height: int
    note: str = ""

    @property
    def width(self) -> int:
        """Width of ``pixels``."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Height of ``pixels``."""
        return int(self.pixels.shape[0])

    @property
    def size_bytes(self) -> int:
        """Bytes that ``pixels`` takes in memory."""
        return int(self.pixels.nbytes)

    @property
    def is_full_size(self) -> bool:
        """Whether ``pixels`` has the size of the whole picture."""
        return self.width == self.full_width and self.height == self.full_height
