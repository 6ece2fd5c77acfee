"""Pixels as planes of numbers: the reference implementation, in numpy."""

from __future__ import annotations

import operator
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from anylabeling.accel import _checks


def unpack_planes(image: NDArray[np.uint8], channels: Sequence[int], scale: float, planes: NDArray[np.float32]) -> None:
    """Write three channels as planes; see ``anylabeling.accel.unpack_planes``."""
    with np.errstate(over="ignore"):
        factor = np.float32(_checks.number(scale, "scale"))
    if not isinstance(image, np.ndarray) or image.dtype != np.uint8 or image.ndim != 3:
        raise ValueError("image must be uint8 (height, width, channels)")
    height, width, count = image.shape
    first, second, third = (operator.index(channel) for channel in channels)
    for channel in (first, second, third):
        if not 0 <= channel < count:
            raise ValueError(f"there is no channel {channel} among {count}")
    if (
        not isinstance(planes, np.ndarray)
        or planes.dtype != np.float32
        or planes.shape != (3, height, width)
        or not planes.flags.behaved
    ):
        raise ValueError(f"planes must be float32 (3, {height}, {width}) that can be written to")
    for plane, channel in zip(planes, (first, second, third), strict=True):
        np.multiply(image[:, :, channel], factor, out=plane, dtype=np.float32)
