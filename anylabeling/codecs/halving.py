"""Smaller versions of a picture, each of half the sides of the one before, for drawing it small.

Pixels are averaged as one 32-bit number each, all channels at once: (a & b) + (((a ^ b) & 0xFEFEFEFE) >> 1) is the mean
of each byte rounded down, (a | b) - (...) the one rounded up. One after the other they keep the brightness. Nothing but
numpy is needed, whose loops release the interpreter's lock.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs.pixels import empty_pixels
from anylabeling.codecs.types import UInt8Array

_HIGH_BITS = np.uint32(0xFEFEFEFE)
_ONE = np.uint32(1)
_STRIP_PIXELS = 1 << 16


def halved(pixels: UInt8Array, check: Callable[[], object] = lambda: None) -> UInt8Array:
    """Return BGRA pixels (height, width, 4), contiguous, at half the sides, rounded down, at least 1.

    Args:
        pixels: The picture.
        check: Called between strips; what it raises ends the work.
    """
    height, width = max(1, pixels.shape[0] // 2), max(1, pixels.shape[1] // 2)
    result = empty_pixels(height, width, 4)
    source, target = pixels.view(np.uint32)[:, :, 0], result.view(np.uint32)[:, :, 0]
    rows = max(1, _STRIP_PIXELS // pixels.shape[1])
    for start in range(0, height, rows):
        check()
        strip = source[2 * start : 2 * (start + rows)]
        upper = strip[0::2][:height]
        lower = strip[1::2] if len(strip) > 1 else upper
        tall = _mean(upper[: len(lower)], lower, round_up=True)
        left = tall[:, 0::2][:, :width]
        right = tall[:, 1::2] if tall.shape[1] > 1 else left
        target[start : start + len(tall)] = _mean(left, right, round_up=False)
    return result


def halvings(pixels: UInt8Array, smallest_px: int, check: Callable[[], object] = lambda: None) -> list[UInt8Array]:
    """Return the picture halved once, twice and so on until no side is longer than ``smallest_px``; see halved."""
    found: list[UInt8Array] = []
    last = pixels
    while max(last.shape[:2]) > smallest_px:
        last = halved(last, check)
        last.flags.writeable = False
        found.append(last)
    return found


def _mean(a: NDArray[np.uint32], b: NDArray[np.uint32], *, round_up: bool) -> NDArray[np.uint32]:
    half = np.bitwise_xor(a, b)
    half &= _HIGH_BITS
    half >>= _ONE
    if round_up:
        return np.asarray((a | b) - half)
    half += a & b
    return half
