"""Smaller versions of pictures that are too large to be shown whole."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.errors import ImageError
from anylabeling.translation import tr

MAX_WHOLE_BYTES = 2 << 30
"""Most memory that a decoder may take which makes the whole picture before it can be reduced."""

_AVERAGED_TYPES = frozenset({"uint8", "uint16", "int16", "float32", "float64"})


def reduced_side(side_px: int, reduction: int) -> int:
    """Return a side divided by the reduction, rounded up."""
    return -(-side_px // reduction)


def reduce_to(array: NDArray[Any], width: int, height: int) -> NDArray[Any]:
    """Return an array (height, width) or (height, width, channels) brought to a smaller size by averaging.

    Types that OpenCV cannot average are sampled.
    """
    if array.shape[:2] == (height, width):
        return array
    if array.dtype.name not in _AVERAGED_TYPES:
        rows = np.linspace(0, array.shape[0] - 1, height).astype(int)
        columns = np.linspace(0, array.shape[1] - 1, width).astype(int)
        return np.asarray(array[rows][:, columns])
    from anylabeling.opencv import cv2

    smaller = np.empty((height, width, *array.shape[2:]), array.dtype)
    # OpenCV drops a single channel; written into given memory, it stays.
    cv2.resize(array, (width, height), dst=smaller, interpolation=cv2.INTER_AREA)
    return smaller


def filled(part: NDArray[Any], width: int, height: int) -> NDArray[Any]:
    """Return a part whose last row and column are repeated up to a size, so that the sides divide evenly."""
    if part.shape[:2] == (height, width):
        return np.ascontiguousarray(part)
    return np.pad(part, ((0, height - part.shape[0]), (0, width - part.shape[1]), (0, 0)), mode="edge")


def check_whole_decode(name: str, width: int, height: int, bytes_per_pixel: float) -> None:
    """Raise ImageError when a decoder that makes the whole picture at once would take too much memory."""
    if width * height * bytes_per_pixel > MAX_WHOLE_BYTES:
        raise ImageError(
            tr("{name} is too large: {width:,} x {height:,} pixels.", name=name, width=width, height=height),
            hint=tr(
                "This kind of file has to be decoded whole, which may take {max_whole_bytes} GB "
                "of memory at most. Split it, or save it as a baseline JPEG, which can be shown "
                "reduced at any size.",
                max_whole_bytes=MAX_WHOLE_BYTES >> 30,
            ),
        )


def reduced_note(name: str, full: tuple[int, int], shown: tuple[int, int]) -> str:
    """Say that a picture is shown smaller than it is."""
    return tr(
        "{name} is very large: {width:,} x {height:,} pixels. It is shown reduced to {shown_width:,} x "
        "{shown_height:,}; labels count in its full size.",
        name=name,
        width=full[0],
        height=full[1],
        shown_width=shown[0],
        shown_height=shown[1],
    )
