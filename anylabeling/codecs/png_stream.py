"""PNG pictures that are too large to be decoded whole: their rows one after the other, and the whole reduced."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs.pixels import empty_pixels, over_white, to_pixels, transparency_note, value_range
from anylabeling.codecs.png import PngHeader
from anylabeling.codecs.png_lines import png_lines
from anylabeling.codecs.png_values import PngValues, Turn, turns_of
from anylabeling.codecs.probe import png_image_header, unreadable
from anylabeling.codecs.reduced import filled, reduce_to, reduced_side
from anylabeling.codecs.types import ImageHeader, PixelFormat, UInt8Array
from anylabeling.codecs.value_ranges import ValueRange, range_of, remember_range

_BAND_BYTES = 16 << 20
_STEP_ROWS = 64
_MOST_DEEP_BYTES = 1 << 30
_MOST_SUM_BYTES = 512 << 20

Check = Callable[[], object]


class PngRows:
    """The rows of a PNG file, from the first to the last, without the whole picture in memory.

    Attributes:
        header: Size of the picture.
        pixel_format: Order of the channels of its rows.
        is_interlaced: Whether its rows do not follow each other; then it can only be reduced.
        is_transparent: Whether what was read until now is partly transparent.
        whole_bytes: Memory that a decoder takes which makes all of it at once.
        kept: The whole, reduced, where windows were asked to keep it and have all been read.
    """

    def __init__(self, path: str, png: PngHeader, pixel_format: PixelFormat) -> None:
        """Read what says how the pixels are stored.

        Raises:
            ImageError: When the file is cut or cannot be read.
        """
        self.header: ImageHeader = png_image_header(png)
        self.is_interlaced = png.is_interlaced
        self.is_transparent = False
        self.kept: UInt8Array | None = None
        self.whole_bytes = int(png.width * png.height * png.bytes_per_pixel)
        self.pixel_format = pixel_format
        self._path = path
        self._png = png
        self._name = Path(path).name
        try:
            self._values = PngValues(path, png)
        except OSError as error:
            raise unreadable(path, error) from error

    def bands(self, rows: int, check: Check | None = None) -> Iterator[UInt8Array]:
        """Yield so many rows at once as uint8 (rows, width, channels), fewer in the end.

        Raises:
            ImageError: When the file is cut, damaged or cannot be read.
        """
        limits = self._shown_range(check) if self._values.is_deep else None
        for _, _, values in self._read(lambda turn: rows, check):
            pixels, note = to_pixels(values, "", is_bgr=False, pixel_format=self.pixel_format, limits=limits)
            self.is_transparent = self.is_transparent or bool(note)
            yield pixels

    def windows(
        self, rows: Sequence[tuple[int, int]], check: Check | None = None, *, keep_factor: int = 1
    ) -> Iterator[UInt8Array]:
        """Yield the rows from one to before another, for several such windows of which none begins above the last one.

        Two of them are in memory at once, and a few rows.

        Args:
            rows: The first row of each window, and the one behind its last one.
            check: Called between some rows; what it raises ends the reading.
            keep_factor: Above 1, ``kept`` is the whole afterwards, both sides divided by this: 2, 4 or 8.
        """
        source = self.bands(_STEP_ROWS, check)
        if keep_factor > 1:
            source = self._keeping(source, keep_factor)
        last, last_top = self._empty(0), 0
        band, band_top = self._empty(0), 0
        for top, bottom in rows:
            window = self._empty(bottom - top)
            # What lies in both; piece by piece, since a copy keeps all threads from running.
            done = max(0, last_top + len(last) - top)
            for first in range(0, done, _STEP_ROWS):
                piece = last[top - last_top + first : top - last_top + min(first + _STEP_ROWS, done)]
                window[first : first + len(piece)] = piece
            while done < bottom - top:
                while band_top + len(band) <= top + done:
                    band_top += len(band)
                    band = next(source)
                piece = band[top + done - band_top : bottom - band_top]
                window[done : done + len(piece)] = piece
                done += len(piece)
            last, last_top = window, top
            yield window

    def _keeping(self, source: Iterator[UInt8Array], factor: int) -> Iterator[UInt8Array]:
        across, down = self._size(factor)
        whole, done = empty_pixels(down, across, self.pixel_format.channels), 0
        for band in source:
            count = reduced_side(len(band), factor)
            whole[done : done + count] = reduce_to(filled(band, across * factor, count * factor), across, count)
            done += count
            if done == down:
                self.kept = whole
            yield band

    def reduced(self, factor: int, check: Check | None = None) -> tuple[UInt8Array, str]:
        """Return (pixels as they lie in the file with both sides divided, note).

        The sides may be divided by more: of interlaced pictures by a power of two, and where more than 8 bits would
        take too much memory.

        Raises:
            ImageError: When the file is cut, damaged or cannot be read.
        """
        if self.is_interlaced:
            values = self._averaged_turns(self._turning_factor(factor), check)
        elif self._values.is_deep:
            values = self._averaged_rows(self._deep_factor(factor), check)
        else:
            return self._reduced_rows(factor, check), transparency_note(self._name) if self.is_transparent else ""
        pixels, note = to_pixels(values, self._name, is_bgr=False, pixel_format=self.pixel_format)
        if self._values.is_deep:
            remember_range(self._path, value_range(values))
        elif self.is_transparent:
            note = transparency_note(self._name)
        return pixels, note

    @property
    def is_deep(self) -> bool:
        """Whether it has more than 8 bits, so that all of it has to be seen before any can be shown."""
        return self._values.is_deep

    def _read(self, rows_of: Callable[[Turn], int], check: Check | None) -> Iterator[tuple[Turn, int, NDArray[Any]]]:
        """Yield some rows at once of each part: the part, the first row, and what they hold."""
        values = self._values
        try:
            lines = png_lines(self._path, self._png)
            for turn in turns_of(self._png):
                rows, line_bytes = rows_of(turn), values.line_bytes(turn.width)
                for top in range(0, turn.height, rows):
                    if check is not None:
                        check()
                    count = min(rows, turn.height - top)
                    stored = lines.read(count, line_bytes, values.pixel_bytes, is_first=top == 0)
                    yield turn, top, values.of_lines(stored, turn.width)
        except OSError as error:
            raise unreadable(self._path, error) from error

    def _band_rows(self, factor: int) -> int:
        width = self.header.stored_width * self._values.channels * (2 if self._values.is_deep else 1)
        return max(1, _BAND_BYTES // (width * factor)) * factor

    def _reduced_rows(self, factor: int, check: Check | None) -> UInt8Array:
        across, down = self._size(factor)
        pixels, done = empty_pixels(down, across, self.pixel_format.channels), 0
        for _, _, values in self._read(lambda turn: self._band_rows(factor), check):
            count = reduced_side(len(values), factor)
            even = filled(self._opaque(values), across * factor, count * factor)
            smaller = reduce_to(even, across, count)
            pixels[done : done + count] = to_pixels(smaller, "", is_bgr=False, pixel_format=self.pixel_format)[0]
            done += count
        return pixels

    def _averaged_rows(self, factor: int, check: Check | None) -> NDArray[Any]:
        across, down = self._size(factor)
        found, done = np.empty((down, across, self._values.channels), np.uint16), 0
        for _, _, values in self._read(lambda turn: self._band_rows(factor), check):
            count = reduced_side(len(values), factor)
            found[done : done + count] = reduce_to(filled(values, across * factor, count * factor), across, count)
            done += count
        return found

    def _averaged_turns(self, factor: int, check: Check | None) -> NDArray[Any]:
        """Average the parts of an interlaced picture, which lie between each other, as they come."""
        across, down = self._size(factor)
        is_deep = self._values.is_deep
        channels = self._values.channels if is_deep else {2: 1, 4: 3}.get(self._values.channels, self._values.channels)
        sums = np.zeros((down, across, channels), np.uint32 if is_deep or factor > 16 else np.uint16)
        for turn, top, values in self._read(lambda turn: self._band_rows(factor), check):
            part = values if is_deep else self._opaque(values, drop=True)
            part = _summed(part, max(1, factor // turn.across), 1, sums.dtype)
            part = _summed(part, max(1, factor // turn.down), 0, sums.dtype)
            rows = _places((turn.top + top * turn.down) // factor, len(part), max(1, turn.down // factor))
            columns = _places(turn.left // factor, part.shape[1], max(1, turn.across // factor))
            sums[rows, columns] += part
        counts = np.minimum(factor, self.header.stored_width - factor * np.arange(across, dtype=np.uint32))
        for row in range(down):
            count = (counts * min(factor, self.header.stored_height - factor * row))[:, np.newaxis]
            sums[row] = (sums[row] + count // 2) // count
        return sums.astype(np.uint16 if is_deep else np.uint8)

    def _opaque(self, values: NDArray[Any], *, drop: bool = False) -> NDArray[Any]:
        """Return colours over white, before neighbours are averaged; ``drop`` leaves out an opacity that is full."""
        if values.shape[2] not in (2, 4):
            return values
        if int(values[:, :, -1].min()) < 255:
            self.is_transparent = True
            return over_white(values)
        return values[:, :, :-1] if drop else values

    def _shown_range(self, check: Check | None) -> ValueRange:
        found = range_of(self._path)
        if found is None:
            for _, _, values in self._read(lambda turn: self._band_rows(1), check):
                low, high = value_range(values)
                found = (low, high) if found is None else (min(low, found[0]), max(high, found[1]))
            assert found is not None
            remember_range(self._path, found)
        return found

    def _size(self, factor: int) -> tuple[int, int]:
        return reduced_side(self.header.stored_width, factor), reduced_side(self.header.stored_height, factor)

    def _deep_factor(self, factor: int) -> int:
        while np.prod(self._size(factor)) * self._values.channels * 2 > _MOST_DEEP_BYTES:
            factor += 1
        return factor

    def _turning_factor(self, factor: int) -> int:
        power = 1 << (factor - 1).bit_length()
        while np.prod(self._size(power)) * self._values.channels * (4 if self._values.is_deep else 2) > _MOST_SUM_BYTES:
            power *= 2
        return power

    def _empty(self, count: int) -> UInt8Array:
        return np.empty((count, self.header.stored_width, self.pixel_format.channels), np.uint8)


def _places(first: int, count: int, step: int) -> slice:
    return slice(first, first + (count - 1) * step + 1, step)


def _summed(values: NDArray[Any], count: int, axis: int, dtype: Any) -> NDArray[Any]:
    """Return the sums of so many neighbours, fewer at the end."""
    if count == 1:
        return values

    def along(part: slice) -> tuple[slice, ...]:
        return (*(slice(None) for _ in range(axis)), part)

    total = values[along(slice(None, None, count))].astype(dtype)
    for offset in range(1, count):
        rest = values[along(slice(offset, None, count))]
        total[along(slice(0, rest.shape[axis]))] += rest
    return total
