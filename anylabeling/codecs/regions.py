"""Parts of large pictures at full resolution, read without decoding the rest."""

from __future__ import annotations

import os
import threading
from abc import ABC, abstractmethod
from pathlib import Path

import numpy as np

from anylabeling import accel
from anylabeling.codecs.jpeg import damaged, read_jpeg_header, truncated
from anylabeling.codecs.pixels import apply_orientation
from anylabeling.codecs.probe import jpeg_image_header, sniff, unreadable
from anylabeling.codecs.raw_layout import RawLayout, read_raw_layout
from anylabeling.codecs.raw_regions import RawPicture
from anylabeling.codecs.reduced import reduced_side
from anylabeling.codecs.source import ByteSource
from anylabeling.codecs.types import ImageHeader, PixelFormat, UInt8Array
from anylabeling.errors import ImageError
from anylabeling.translation import tr

_MAX_REGION_PIXELS = 1 << 24

Stamp = tuple[int, int, int]


class RegionReader(ABC):
    """Reads parts of one picture. Any thread may call it; a file that was changed since is refused.

    Attributes:
        path: The file.
        header: Its size and orientation.
    """

    def __init__(self, path: str, header: ImageHeader, stamp: Stamp) -> None:
        self.path = path
        self.header = header
        self.stamp = stamp

    @property
    def name(self) -> str:
        """File name for messages."""
        return Path(self.path).name

    def size(self, scale_divisor: int) -> tuple[int, int]:
        """Return width and height of the whole picture divided by ``scale_divisor``, rounded up."""
        return reduced_side(self.header.width, scale_divisor), reduced_side(self.header.height, scale_divisor)

    def read(self, left: int, top: int, width: int, height: int, scale_divisor: int = 1) -> UInt8Array:
        """Return a part of the picture divided by ``scale_divisor``.

        The first part of a JPEG takes a pass over the whole file, as that of a TIFF of more than 8 bits does which was
        not decoded before; ``stop`` ends that early.

        Args:
            left: First column, in pixels of the divided picture, turned as EXIF says.
            top: First row.
            width: Columns.
            height: Rows.
            scale_divisor: 1, 2, 4 or 8.

        Returns:
            uint8 (height, width, 4) BGRA, read-only.

        Raises:
            ImageError: When the file was changed, is truncated, damaged, or cannot be read; when it was stopped.
            ValueError: When the part is empty, larger than 16 megapixels, or not within the picture.
        """
        whole_width, whole_height = self.size(scale_divisor)
        inside = 0 <= left < left + width <= whole_width and 0 <= top < top + height <= whole_height
        if scale_divisor not in (1, 2, 4, 8) or not inside or width * height > _MAX_REGION_PIXELS:
            raise ValueError(f"no part of the picture: {left}, {top}, {width}, {height} at 1/{scale_divisor}")
        if _stamp(self.path) != self.stamp:
            raise ImageError(tr("{name} was changed by another program.", name=self.name), hint=tr("Open it again."))
        window = _stored_window((left, top, width, height), (whole_width, whole_height), self.header.orientation)
        pixels = apply_orientation(self._read_stored(window, scale_divisor), self.header.orientation)
        pixels.flags.writeable = False
        return pixels

    def stop(self) -> None:  # noqa: B027 - most have nothing to stop
        """End a pass over the file that is under way; what takes one cannot be read afterwards."""

    @abstractmethod
    def _read_stored(self, window: tuple[int, int, int, int], scale_divisor: int) -> UInt8Array:
        """Read (left, top, width, height) as it lies in the file."""


class _JpegReader(RegionReader):
    def __init__(self, path: str, header: ImageHeader, stamp: Stamp, regions: accel.JpegRegions) -> None:
        super().__init__(path, header, stamp)
        self._regions = regions
        self._lock = threading.Lock()

    def stop(self) -> None:
        self._regions.stop()

    def _read_stored(self, window: tuple[int, int, int, int], scale_divisor: int) -> UInt8Array:
        with self._lock:
            problem = self._regions.make_index()
        pixels = np.empty((window[3], window[2], 4), np.uint8)
        problem = problem or self._regions.read(window, scale_divisor, PixelFormat.BGRA.value, pixels.reshape(-1))
        if problem:
            raise truncated(self.name) if problem == "truncated" else damaged(self.name, problem)
        return pixels


class _RawReader(RegionReader):
    def __init__(self, path: str, header: ImageHeader, stamp: Stamp, layout: RawLayout) -> None:
        super().__init__(path, header, stamp)
        self._picture = RawPicture(path, layout)
        self._stopped = threading.Event()

    def stop(self) -> None:
        self._stopped.set()

    def _read_stored(self, window: tuple[int, int, int, int], scale_divisor: int) -> UInt8Array:
        try:
            return self._picture.read(window, scale_divisor, self._check)
        except OSError as error:
            raise unreadable(self.path, error) from error

    def _check(self) -> None:
        if self._stopped.is_set():
            raise damaged(self.name, "stopped")


def region_reader(path: str | os.PathLike[str]) -> RegionReader | None:
    """Return what reads parts of a picture; None where its format, or what is installed here, does not allow it.

    Sequential JPEG with the compiled decoder; TIFF and BigTIFF in strips or tiles, as read_raw_layout says, which is
    nearly any; uncompressed BMP of 24 or 32 bits. Only the header is read here.

    Raises:
        ImageError: When the file is missing, unreadable, or damaged within its header.
    """
    text = os.fspath(path)
    try:
        stamp = _stamp(text)
        with Path(text).open("rb", buffering=0) as file:
            source = ByteSource.open_file(file)
            image_format = sniff(source.head, Path(text).name)
            if image_format == "jpeg":
                header = jpeg_image_header(read_jpeg_header(source, Path(text).name))
                return _jpeg_reader(text, header, stamp)
            raw = read_raw_layout(source, image_format)
    except OSError as error:
        raise unreadable(path, error) from error
    if raw is None or stamp is None:
        return None
    return _RawReader(text, raw.header, stamp, raw)


def _jpeg_reader(path: str, header: ImageHeader, stamp: Stamp | None) -> RegionReader | None:
    regions = accel.open_jpeg_regions(path)
    if regions is None or stamp is None:
        return None
    return _JpegReader(path, header, stamp, regions)


def _stored_window(
    window: tuple[int, int, int, int], whole: tuple[int, int], orientation: int
) -> tuple[int, int, int, int]:
    """Map a part of the turned picture to the part of the stored one that becomes it."""
    (left, top, width, height), (whole_width, whole_height) = window, whole
    if orientation in (2, 3, 6, 7):
        left = whole_width - left - width
    if orientation in (3, 4, 7, 8):
        top = whole_height - top - height
    # What was mirrored along the turned axes is swapped last.
    return (top, left, height, width) if orientation >= 5 else (left, top, width, height)


def _stamp(path: str) -> Stamp | None:
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
