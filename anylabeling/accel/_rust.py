"""What the Rust module does, behind plain functions that say when it does not: callers then take their own way."""

from __future__ import annotations

import functools
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.accel import _dispatch
from anylabeling.rust_extensions import load

logger = logging.getLogger(__name__)

_WHOLE_BATCH = 1 << 40

OnCancel = Callable[[Callable[[], object]], Callable[[], object]]
"""Registers a function to be called when stopping is asked for; returns what takes it back."""


def module() -> ModuleType | None:
    """Return the Rust module where it is there and the choice of implementations allows it."""
    return _load() if _dispatch.allows("rust") else None


@functools.cache
def _load() -> ModuleType | None:
    try:
        return load()
    except ImportError as error:
        logger.debug("anylabeling_rust is not used: %s", error)
        return None


def decode_jpeg(data: bytes, layout: str, scale: int, out: NDArray[np.uint8]) -> tuple[int, int] | None:
    """Decode a sequential JPEG as it lies in the file, the pixels being those of libjpeg-turbo.

    Args:
        data: The whole file.
        layout: "RGB", "BGR" or "BGRA".
        scale: 1, 2, 4 or 8, the divisor of both sides, rounded up.
        out: One-dimensional, contiguous; holds the rows without gaps afterwards.

    Returns:
        (width, height), or None where another decoder is needed; ``out`` has undefined content then.
    """
    rust = module()
    if rust is None:
        return None
    result: tuple[int, int] | str = rust.decode_jpeg(data, layout, scale, out)
    return None if isinstance(result, str) else result


def decodes_progressive_eighth() -> bool:
    """Return whether the module is there that decode_progressive_eighth needs."""
    return hasattr(module(), "decode_progressive_eighth")


def decode_progressive_eighth(data: bytes, layout: str, out: NDArray[np.uint8]) -> tuple[int, int] | str:
    """Decode a progressive JPEG, grey or colour, at an eighth of its size, as it lies in the file, with little memory.

    Args:
        data: The whole file.
        layout: "RGB", "BGR" or "BGRA".
        out: One-dimensional, contiguous; holds the rows without gaps afterwards.

    Returns:
        (width, height), or why that is not possible; ``out`` has undefined content then.
    """
    rust = module()
    if rust is None:
        return "the module is not there"
    result: tuple[int, int] | str = rust.decode_progressive_eighth(data, layout, out)
    return result


class JpegRegions:
    """Parts of a sequential JPEG file, decoded without the rest. See open_jpeg_regions."""

    def __init__(self, regions: Any, flag: Any) -> None:
        self._regions = regions
        self._flag = flag

    def make_index(self) -> str:
        """Go through the file once, the first time; returns why that is not possible, or an empty text."""
        result: int | str = self._regions.index(self._flag)
        return result if isinstance(result, str) else ""

    def read(self, window: tuple[int, int, int, int], scale: int, layout: str, out: NDArray[np.uint8]) -> str:
        """Decode a part as it lies in the file, after make_index.

        Args:
            window: Left, top, width and height in pixels of the picture divided by ``scale``.
            scale: 1, 2, 4 or 8.
            layout: "RGB", "BGR" or "BGRA".
            out: One-dimensional, contiguous; holds the rows without gaps afterwards.

        Returns:
            Why that is not possible, ``out`` having undefined content then; or an empty text.
        """
        result: bool | str = self._regions.read(window, scale, layout, out)
        return result if isinstance(result, str) else ""

    def stop(self) -> None:
        """End make_index early, in any thread."""
        self._flag.set()


def open_jpeg_regions(path: str) -> JpegRegions | None:
    """Return what decodes parts of a JPEG file; None where the module is not there or the file is of another kind."""
    rust = module()
    if rust is None:
        return None
    regions = rust.JpegRegions.open(path)
    return None if isinstance(regions, str) else JpegRegions(regions, rust.CancelFlag())


class PngLines:
    """The lines of a PNG file, one after the other, while a thread inflates the next ones. See open_png_lines."""

    def __init__(self, lines: Any) -> None:
        self._lines = lines

    def read(self, line_bytes: int, pixel_bytes: int, is_first: bool, out: NDArray[np.uint8]) -> str:
        """Fill an array with the next lines, their filters undone and left out.

        Args:
            line_bytes: Of each line.
            pixel_bytes: How far filters look to the left: 1, 2, 3, 4, 6 or 8.
            is_first: Whether nothing lies above the first of them.
            out: One-dimensional, contiguous, of a whole number of lines.

        Returns:
            Why that is not possible, ``out`` having undefined content then; or an empty text.
        """
        result: bool | str = self._lines.read(line_bytes, pixel_bytes, is_first, out)
        return result if isinstance(result, str) else ""


def open_png_lines(path: str, position: int) -> PngLines | None:
    """Return what reads the lines of a PNG file whose first chunk of pixels begins there; None without the module."""
    rust = module()
    if rust is None or not hasattr(rust, "PngLines"):
        return None
    return PngLines(rust.PngLines(path, position))


def decode_png(data: bytes, layout: str, out: NDArray[np.uint8]) -> bool | None:
    """Decode a PNG with 8 bits per channel as it lies in the file, over white.

    Args:
        data: The whole file.
        layout: "RGB", "BGR" or "BGRA".
        out: One-dimensional, contiguous; holds the rows without gaps afterwards.

    Returns:
        Whether anything is transparent, or None where another decoder is needed; ``out`` has undefined content then.
    """
    rust = module()
    if rust is None:
        return None
    result: bool | str = rust.decode_png(data, layout, out)
    return None if isinstance(result, str) else result


def load_frames(
    paths: Sequence[str],
    frames: NDArray[np.uint8],
    *,
    pad: int,
    threads: int,
    map_files: bool = False,
    on_cancel: OnCancel | None = None,
) -> list[tuple[int, int] | None]:
    """Load JPEG and PNG files into frames of one size: whole, fitted, centred, turned as EXIF says.

    Args:
        paths: The files.
        frames: uint8 (n, height, width, 3) RGB, contiguous, written over.
        pad: Value beside a picture.
        threads: How many work at once, this one included.
        map_files: Map files into memory instead of reading them. A mapped file that is cut meanwhile ends the process.
        on_cancel: Where stopping is asked for; what is not loaded then is None.

    Returns:
        For each path the (width, height) of the whole picture, or None where the frame must be filled in another way.

    Raises:
        ValueError: When the frames do not fit the paths.
    """
    rust = module()
    if rust is None:
        return [None] * len(paths)
    flag = rust.CancelFlag()
    withdraw = on_cancel(flag.set) if on_cancel else None
    try:
        results = rust.load_images(list(paths), frames, pad=pad, threads=threads, map=map_files, cancel=flag)
    finally:
        if withdraw is not None:
            withdraw()
    return [None if isinstance(result, str) else result for result in results]


def scan_batches(
    root: str,
    *,
    suffixes: Iterable[str],
    recursive: bool,
    threads: int,
    on_cancel: OnCancel | None = None,
    batch_paths: int | None = None,
) -> Iterator[tuple[list[str], list[tuple[str, OSError]]]] | None:
    """Scan a folder tree by the rules of services.imaging.scanner.

    Args:
        root: Where to look; the paths begin with it.
        suffixes: Lower-case endings with their dot.
        recursive: Whether to look into sub-folders.
        threads: Folders that are listed at once.
        on_cancel: Where stopping is asked for; the iteration ends then.
        batch_paths: Paths at a time; None for all at once.

    Returns:
        Lists of paths, with the folders that could not be listed; None where the module is not there.

    Raises:
        OSError: When the root cannot be listed.
    """
    rust = module()
    if rust is None or not hasattr(rust, "FolderScan"):
        return None
    flag = rust.CancelFlag()
    withdraw = on_cancel(flag.set) if on_cancel else None
    scan = rust.FolderScan(flag)
    code = scan.start(root, os.path.realpath(root), list(suffixes), recursive, threads)
    if code:
        if withdraw is not None:
            withdraw()
        raise _os_error(code, root)
    return _batches(scan, batch_paths or _WHOLE_BATCH, withdraw)


def _batches(
    scan: object, batch_paths: int, withdraw: Callable[[], object] | None
) -> Iterator[tuple[list[str], list[tuple[str, OSError]]]]:
    next_batch: Callable[[int], tuple[list[str], list[tuple[str, int]]] | None] = scan.next_batch  # type: ignore[attr-defined]
    try:
        while (batch := next_batch(batch_paths)) is not None:
            paths, skipped = batch
            if not paths and not skipped:
                break
            yield paths, [(folder, _os_error(code, folder)) for folder, code in skipped]
    finally:
        if withdraw is not None:
            withdraw()


def stat_files(paths: Sequence[str], *, threads: int = 1) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the sizes in bytes and the modification times in nanoseconds of files; -1 where that cannot be told."""
    sizes, times = np.empty(len(paths), np.int64), np.empty(len(paths), np.int64)
    rust = module()
    if rust is not None and hasattr(rust, "stat_files"):
        rust.stat_files(list(paths), sizes, times, threads)
        return sizes, times
    for index, path in enumerate(paths):
        sizes[index], times[index] = _size_and_time(path)
    return sizes, times


def _size_and_time(path: str) -> tuple[int, int]:
    try:
        status = os.stat(path)  # noqa: PTH116 - a Path for each would double the time
    except (OSError, ValueError):
        return -1, -1
    return status.st_size, status.st_mtime_ns


def _os_error(code: int, path: str) -> OSError:
    return OSError(code, os.strerror(code), path)
