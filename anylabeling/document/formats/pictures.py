"""The pixels of a picture as they are shown, for formats that write parts or copies of it; its kind is kept."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs import DecodeLimits, PixelFormat, RegionReader, decode, probe, region_reader
from anylabeling.codecs.exif import read_tiff_directory
from anylabeling.codecs.png import read_png_header
from anylabeling.codecs.source import ByteSource
from anylabeling.errors import ImageError
from anylabeling.translation import tr

Image = NDArray[Any]
"""uint8 or uint16, (height, width) for grey, or (height, width, 3) with blue first."""

_TILE_PX = 4096
_MOST_PIXELS = 1 << 28
_QUALITY = 95


class Picture:
    """A picture that parts are taken out of, turned as it is shown.

    Args:
        path: Its file.
        whole: All of it is wanted, to look at: what is too large comes reduced, and more than 8 bits are made 8.

    Raises:
        ImageError: When it cannot be read.
    """

    def __init__(self, path: str, *, whole: bool = False) -> None:
        header = probe(path)
        self._size = header.width, header.height
        self._reader: RegionReader | None = None
        self._pixels: Image | None = None
        if not whole and DecodeLimits().reduction(header.width, header.height) > 1:
            # It would come reduced; most large formats can be read in parts.
            self._reader = region_reader(path)
        if self._reader is None:
            keeps_depth = not whole and header.orientation == 1
            deep = _deep_pixels(path, header.format) if keeps_depth else None
            self._pixels = decode(path, pixel_format=PixelFormat.BGR).pixels if deep is None else deep

    def part(self, left: int, top: int, right: int, bottom: int) -> Image:
        """Return the pixels in a box that lies within the picture, fewer where it is reduced; grey where all are."""
        if self._pixels is not None:
            height, width = self._pixels.shape[:2]
            x, y = width / self._size[0], height / self._size[1]
            x1, y1 = min(round(left * x), width - 1), min(round(top * y), height - 1)
            return _as_grey(self._pixels[y1 : max(round(bottom * y), y1 + 1), x1 : max(round(right * x), x1 + 1)])
        assert self._reader is not None
        area = (right - left) * (bottom - top)
        divisor = next((one for one in (1, 2, 4) if area // one**2 <= _MOST_PIXELS), 8)
        width, height = self._reader.size(divisor)
        left, top = min(left // divisor, width - 1), min(top // divisor, height - 1)
        right, bottom = min(-(-right // divisor), width), min(-(-bottom // divisor), height)
        pixels = np.empty((bottom - top, right - left, 3), np.uint8)
        for y1 in range(top, bottom, _TILE_PX):
            for x1 in range(left, right, _TILE_PX):
                width, height = min(_TILE_PX, right - x1), min(_TILE_PX, bottom - y1)
                tile = self._reader.read(x1, y1, width, height, divisor)[..., :3]
                pixels[y1 - top : y1 - top + height, x1 - left : x1 - left + width] = tile
        return _as_grey(pixels)


def jpeg_or_png(pixels: Image) -> tuple[str, bytes]:
    """Return the ending and content of a file: JPEG, or PNG for what JPEG cannot hold."""
    from anylabeling.opencv import cv2

    fits = pixels.dtype == np.uint8 and max(pixels.shape[:2]) < 65500
    return ("jpg", encoded(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])) if fits else ("png", png(pixels))


def png(pixels: Image) -> bytes:
    """Return a PNG; of four channels the last is how opaque a pixel is."""
    from anylabeling.opencv import cv2

    return encoded(".png", pixels, [cv2.IMWRITE_PNG_COMPRESSION, 1])


def encoded(ending: str, pixels: Image, options: list[int]) -> bytes:
    """Return pixels as a file.

    Raises:
        ImageError: When OpenCV refuses them.
    """
    from anylabeling.opencv import cv2

    done, data = cv2.imencode(ending, np.ascontiguousarray(pixels), options)
    if not done:
        raise ImageError(tr("A part of the picture could not be written as a picture."))
    return bytes(data.tobytes())


def _as_grey(pixels: Image) -> Image:
    if pixels.ndim == 2:
        return pixels
    first = pixels[..., 0]
    is_grey = np.array_equal(first, pixels[..., 1]) and np.array_equal(first, pixels[..., 2])
    return first if is_grey else pixels


def _deep_pixels(path: str, image_format: str) -> Image | None:
    """Return the pixels of a PNG or TIFF of 16 bits as they are; None for any other picture."""
    from anylabeling.opencv import cv2

    if not _is_deep(path, image_format):
        return None
    with open(path, "rb") as stream:  # noqa: PTH123 - paths of files are texts here
        data = np.frombuffer(stream.read(), np.uint8)
    try:
        pixels = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
    except cv2.error:
        return None
    if pixels is None or pixels.dtype != np.uint16 or (pixels.ndim == 3 and pixels.shape[2] != 3):
        return None
    return np.asarray(pixels)


def _is_deep(path: str, image_format: str) -> bool:
    if image_format not in ("png", "tiff"):
        return False
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as above
            source = ByteSource.open_file(file)
            if image_format == "png":
                return read_png_header(source, path).bit_depth == 16
            directory = read_tiff_directory(source)
            return directory is not None and directory.bits == 16
    except OSError:
        return False
