"""Where the tiles of a large picture lie, and how its pixels come to them a few at a time."""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from typing import NamedTuple

import numpy as np

from anylabeling.codecs import PixelFormat, PngRows, RegionReader, decode, png_rows, probe, region_reader
from anylabeling.codecs.types import UInt8Array
from anylabeling.messages.auto_labeling import Tiling
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.parallel import Outcome, Stage, iter_stages
from anylabeling.utils.processors import available_cpus

_LARGE_PIXELS = 1 << 25
"""Larger pictures are not decoded ahead: two of them wait at most, or none where parts can be read from the file."""
_TILES_IN_READ = 8
_READ_PIXELS = 1 << 22
"""About so much is read at once, and a tile at least; a few of them wait."""
_MOST_READ_PIXELS = 1 << 24
_READERS = 4


class Rect(NamedTuple):
    """A part of a picture, in its pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The column after the last one."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """The row after the last one."""
        return self.top + self.height


def tile_rows(width: int, height: int, tiling: Tiling, own_side_px: int) -> list[list[Rect]]:
    """Return the tiles of a picture, row by row; none where one tile would show all of it.

    All tiles of a picture have the same size. They are spread evenly, and overlap by at least what is asked for.

    Args:
        width: Of the picture.
        height: Of the picture.
        tiling: How large they are.
        own_side_px: Side where the tiling leaves it to the model.
    """
    side = tiling.side_px or own_side_px
    if width <= side and height <= side:
        return []
    columns, rows = _starts(width, side, tiling.overlap), _starts(height, side, tiling.overlap)
    size = (min(side, width), min(side, height))
    return [[Rect(left, top, *size) for left in columns] for top in rows]


def _starts(length: int, side: int, overlap: float) -> list[int]:
    if length <= side:
        return [0]
    step = max(1, math.floor(side * (1.0 - overlap)))
    count = math.ceil((length - side) / step) + 1
    return [round(number * (length - side) / (count - 1)) for number in range(count)]


class Picture:
    """The pixels of one picture: as a whole, and in parts at full resolution where they can be read.

    Attributes:
        width: Of the whole picture.
        height: Of the whole picture.
        pixel_format: Order of the channels of what is returned.
    """

    def __init__(
        self,
        size: tuple[int, int],
        pixel_format: PixelFormat,
        *,
        pixels: UInt8Array | None = None,
        path: str | None = None,
        reader: RegionReader | None = None,
        in_rows: PngRows | None = None,
    ) -> None:
        """Take pixels, or a file that is read when they are wanted."""
        self.width, self.height = size
        self.pixel_format = pixel_format
        self._pixels = pixels
        self._path = path
        self._reader = reader
        self._rows = in_rows

    @classmethod
    def of_pixels(
        cls, pixels: UInt8Array, pixel_format: PixelFormat, size: tuple[int, int], path: str | None = None
    ) -> Picture:
        """Return a picture that is there already; where it is reduced, its file has the parts in full resolution."""
        if (pixels.shape[1], pixels.shape[0]) == size or path is None:
            return cls(size, pixel_format, pixels=pixels)
        reader = region_reader(path)
        if reader is None:
            return cls(size, pixel_format, pixels=pixels, in_rows=_rows_of(path, size, pixel_format))
        if size != (reader.header.width, reader.header.height):
            return cls(size, pixel_format, pixels=pixels)
        is_alike = pixel_format is PixelFormat.BGRA
        return cls(size, PixelFormat.BGRA, pixels=pixels if is_alike else None, reader=reader)

    @classmethod
    def of_file(cls, path: str) -> Picture:
        """Return a picture in a file, decoded unless it is so large that it should be read when its turn comes.

        Raises:
            ImageError: When it cannot be read.
        """
        header = probe(path)
        if header.width * header.height > _LARGE_PIXELS:
            size, reader = (header.width, header.height), region_reader(path)
            if reader is None:
                in_rows = _rows_of(path, size, PixelFormat.RGB)
                return cls(size, PixelFormat.RGB, path=path, in_rows=in_rows)
            return cls(size, PixelFormat.BGRA, path=path, reader=reader)
        image = decode(path, pixel_format=PixelFormat.RGB)
        return cls((image.full_width, image.full_height), PixelFormat.RGB, pixels=image.pixels)

    @property
    def is_decoded(self) -> bool:
        """Whether its pixels are there already."""
        return self._pixels is not None

    @property
    def is_read_once(self) -> bool:
        """Whether its file takes long to read, and gives the whole by the way when its parts are read."""
        return self._rows is not None and self._pixels is None and not self._rows.is_deep

    def whole(self, min_side_px: int) -> UInt8Array:
        """Return all of it; reduced where that is less to read, down to a long side of ``min_side_px``.

        Raises:
            ImageError: When it cannot be read.
        """
        if self._rows is not None and self._pixels is None:
            assert self._path is not None
            if self._rows.kept is not None:
                return self._rows.kept
            return decode(self._path, pixel_format=self.pixel_format, min_side_px=min_side_px).pixels
        if self._reader is None or self._pixels is not None:
            return self._decoded()
        return _read_whole(self._reader, min_side_px)

    def parts(
        self, rows: Sequence[Sequence[Rect]], cancel: CancelToken | None, whole_px: int | None = None
    ) -> Generator[tuple[Rect, UInt8Array], None, None]:
        """Yield the pixels of each part, row by row; of a file, a few parts are read ahead, or all of a row.

        Args:
            rows: The parts; they reach to the last row of the picture.
            cancel: Ends the reading.
            whole_px: Where the picture is read once, the long side that ``whole`` has to have afterwards.

        Raises:
            ImageError: When it cannot be read.
            Cancelled: When ``cancel`` was used.
        """
        if self._rows is not None:
            windows = [(row[0].top, row[0].bottom) for row in rows]
            check = cancel.raise_if_cancelled if cancel is not None else None
            factor = 1 if whole_px is None else _divisor(max(self.width, self.height), whole_px)
            for row, pixels in zip(rows, self._rows.windows(windows, check, keep_factor=factor), strict=True):
                for rect in row:
                    yield rect, pixels[:, rect.left : rect.right]
            return
        if self._reader is None:
            pixels = self._decoded()
            for row in rows:
                for rect in row:
                    yield rect, self._cut(pixels, rect)
            return
        reader = self._reader
        step = max(1, min(_TILES_IN_READ, _READ_PIXELS // (rows[0][0].width * rows[0][0].height)))
        groups = [row[first : first + step] for row in rows for first in range(0, len(row), step)]
        stage = Stage("read", lambda group: _read_group(reader, group), workers=min(_READERS, available_cpus()))
        outcome: Outcome[Sequence[Rect]]
        for outcome in iter_stages(groups, [stage], queue_size=2, cancel=cancel):
            if outcome.error is not None:
                raise outcome.error
            yield from outcome.value

    def _decoded(self) -> UInt8Array:
        if self._pixels is None:
            assert self._path is not None
            self._pixels = decode(self._path, pixel_format=self.pixel_format).pixels
        return self._pixels

    def _cut(self, pixels: UInt8Array, rect: Rect) -> UInt8Array:
        height, width = pixels.shape[:2]
        if (width, height) == (self.width, self.height):
            return pixels[rect.top : rect.bottom, rect.left : rect.right]
        # What is too large for memory was decoded to a smaller version of itself.
        x, y = width / self.width, height / self.height
        top, left = math.floor(rect.top * y), math.floor(rect.left * x)
        return pixels[top : max(top + 1, math.ceil(rect.bottom * y)), left : max(left + 1, math.ceil(rect.right * x))]


def _rows_of(path: str, size: tuple[int, int], pixel_format: PixelFormat) -> PngRows | None:
    """Return what reads a picture from its first row to its last; None where that is not how it lies, or not needed."""
    rows = png_rows(path, pixel_format)
    is_upright = rows is not None and rows.header.orientation == 1 and (rows.header.width, rows.header.height) == size
    return rows if is_upright else None


def _divisor(longest_px: int, min_side_px: int) -> int:
    return next((each for each in (8, 4, 2) if longest_px // each >= min_side_px), 1)


def _read_group(reader: RegionReader, group: Sequence[Rect]) -> list[tuple[Rect, UInt8Array]]:
    """Read parts that lie beside each other, in one go where they are not too large together."""
    first, last = group[0], group[-1]
    width = last.right - first.left
    if width * first.height > _MOST_READ_PIXELS:
        return [(rect, reader.read(*rect)) for rect in group]
    pixels = reader.read(first.left, first.top, width, first.height)
    return [(rect, pixels[:, rect.left - first.left : rect.right - first.left]) for rect in group]


def _read_whole(reader: RegionReader, min_side_px: int) -> UInt8Array:
    longest = max(reader.size(1))
    divisor = _divisor(longest, min_side_px)
    width, height = reader.size(divisor)
    whole: UInt8Array = np.empty((height, width, 4), np.uint8)
    rows = max(1, _MOST_READ_PIXELS // width)
    for top in range(0, height, rows):
        count = min(rows, height - top)
        whole[top : top + count] = reader.read(0, top, width, count, divisor)
    return whole
