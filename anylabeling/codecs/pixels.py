"""Bring any decoded array to uint8 pixels in the layout asked for, and turn it as EXIF says."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs.buffers import PIXEL_BUFFERS
from anylabeling.codecs.reduced import reduce_to, reduced_side
from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.translation import tr

_STRIP_ROWS = 256
_BLENDED_ROWS = 16
_TABLE_VALUES = 1 << 16

ValueRange = tuple[float, float]


def to_pixels(
    array: NDArray[Any],
    name: str,
    *,
    is_bgr: bool,
    pixel_format: PixelFormat,
    reduction: int = 1,
    limits: ValueRange | None = None,
) -> tuple[UInt8Array, str]:
    """Return (pixels, note) for a decoded array.

    Values that are not 8-bit are stretched from the picture's minimum and maximum over all channels to 0-255.
    Transparency is shown over white, for the window and for models alike. Of more than four channels the first three
    are used.

    Args:
        array: (height, width) or (height, width, channels) of any number type; two channels are grey and alpha.
        name: File name for the note.
        is_bgr: Whether colours come blue first.
        pixel_format: Layout wanted.
        reduction: By what the sides are divided, before anything else.
        limits: The values that become 0 and 255, where they are not those of this array.
    """
    notes: list[str] = []
    if array.ndim == 2:
        array = array[:, :, np.newaxis]
    if array.shape[2] > 4:
        notes.append(tr("{name} has {count} channels; the first three are shown.", name=name, count=array.shape[2]))
        array = array[:, :, :3]
    if reduction > 1:
        array = reduce_to(array, reduced_side(array.shape[1], reduction), reduced_side(array.shape[0], reduction))
    if array.dtype != np.uint8:
        array, note = _to_uint8(array, name, limits)
        notes.append(note)
    if array.shape[2] in (2, 4) and int(array[:, :, -1].min()) < 255:
        array = over_white(array)
        notes.append(transparency_note(name))
    return _to_layout(array, is_bgr=is_bgr, pixel_format=pixel_format), " ".join(filter(None, notes))


def transparency_note(name: str) -> str:
    """Say that a picture was blended over white."""
    return tr("{name} is partly transparent; it is shown over white.", name=name)


def apply_orientation(pixels: UInt8Array, orientation: int) -> UInt8Array:
    """Return the pixels turned and mirrored as the EXIF orientation (1 to 8) says; the same array for 1."""
    if orientation == 1:
        return pixels
    from anylabeling.opencv import cv2

    height, width, channels = pixels.shape
    shape = (width, height, channels) if orientation >= 5 else (height, width, channels)
    target = empty_pixels(*shape)
    if orientation in (3, 6, 8):
        codes = {3: cv2.ROTATE_180, 6: cv2.ROTATE_90_CLOCKWISE, 8: cv2.ROTATE_90_COUNTERCLOCKWISE}
        cv2.rotate(pixels, codes[orientation], dst=target)
    elif orientation in (2, 4):
        cv2.flip(pixels, 1 if orientation == 2 else 0, dst=target)
    else:
        cv2.transpose(pixels, dst=target)
        if orientation == 7:
            cv2.flip(target, -1, dst=target)
    return target


def empty_pixels(height: int, width: int, channels: int) -> UInt8Array:
    """Return an uninitialised uint8 array (height, width, channels) from the buffer pool."""
    return PIXEL_BUFFERS.take(height * width * channels).reshape(height, width, channels)


def _to_layout(array: NDArray[Any], *, is_bgr: bool, pixel_format: PixelFormat) -> UInt8Array:
    from anylabeling.opencv import cv2

    height, width, channels = array.shape
    wants_bgr = pixel_format is not PixelFormat.RGB
    if channels == pixel_format.channels and (channels == 1 or is_bgr == wants_bgr):
        return np.ascontiguousarray(array, dtype=np.uint8)
    target = empty_pixels(height, width, pixel_format.channels)
    source_layout = {1: "GRAY", 2: "GRAY", 3: "BGR" if is_bgr else "RGB", 4: "BGRA" if is_bgr else "RGBA"}[channels]
    source = np.ascontiguousarray(array[:, :, 0] if channels == 2 else array)
    if source_layout == pixel_format.value:
        return source
    cv2.cvtColor(source, getattr(cv2, f"COLOR_{source_layout}2{pixel_format.value}"), dst=target)
    return target


def _to_uint8(array: NDArray[Any], name: str, limits: ValueRange | None) -> tuple[UInt8Array, str]:
    if array.dtype == np.bool_:
        return array.astype(np.uint8) * 255, ""
    channels = array.shape[2]
    alpha = array[:, :, -1:] if channels in (2, 4) else None
    colours = array if alpha is None else array[:, :, :-1]
    low, high = limits or value_range(array)
    result = np.empty(array.shape, np.uint8)
    if array.dtype == np.uint16 and array.size > _TABLE_VALUES:
        table = _stretched(np.arange(_TABLE_VALUES), low, high)
        for start in range(0, array.shape[0], _STRIP_ROWS):
            strip = colours[start : start + _STRIP_ROWS]
            result[start : start + _STRIP_ROWS, :, : colours.shape[2]] = table.take(strip)
    else:
        for start in range(0, array.shape[0], _STRIP_ROWS):
            strip = colours[start : start + _STRIP_ROWS]
            result[start : start + _STRIP_ROWS, :, : colours.shape[2]] = _stretched(strip, low, high)
    if alpha is not None:
        opaque = float(np.iinfo(alpha.dtype).max) if np.issubdtype(alpha.dtype, np.integer) else 1.0
        result[:, :, -1:] = np.clip(np.rint(alpha * (255.0 / opaque)), 0, 255)
    bits = array.dtype.itemsize * 8
    if np.issubdtype(array.dtype, np.floating):
        kind = tr("{bits}-bit floating-point", bits=bits)
    else:
        kind = tr("{bits}-bit", bits=bits)
    note = tr(
        "{name} is a {kind} picture: its values {low:g} to {high:g} are shown as 0 to 255.",
        name=name,
        kind=kind,
        low=low,
        high=high,
    )
    return result, note


def value_range(array: NDArray[Any]) -> ValueRange:
    """Return the lowest and the highest finite value of the colours of (height, width, channels)."""
    if array.shape[2] in (2, 4):
        array = array[:, :, :-1]
    if np.issubdtype(array.dtype, np.floating):
        finite = np.isfinite(array)
        if not finite.all():
            array = array[finite]
    return (float(array.min()), float(array.max())) if array.size else (0.0, 0.0)


def _stretched(values: NDArray[Any], low: float, high: float) -> UInt8Array:
    from anylabeling.opencv import cv2

    scale = 255.0 / (high - low) if high > low else 0.0
    numbers = np.nan_to_num(np.clip(values.astype(np.float64), low, high), nan=low, copy=False)
    return np.asarray(cv2.convertScaleAbs(numbers - low, alpha=scale), np.uint8).reshape(values.shape)


def over_white(array: UInt8Array) -> UInt8Array:
    """Return the colours of (height, width, 2 or 4 channels), the last one being the opacity, blended over white."""
    from anylabeling.opencv import cv2

    height, width, channels = array.shape
    result = np.empty((height, width, channels - 1), np.uint8)
    for start in range(0, height, _BLENDED_ROWS):
        strip = np.ascontiguousarray(array[start : start + _BLENDED_ROWS])
        alpha = cv2.extractChannel(strip, channels - 1)
        if channels == 4:
            missing = cv2.cvtColor(cv2.bitwise_not(strip), cv2.COLOR_BGRA2BGR)
            alpha = cv2.cvtColor(alpha, cv2.COLOR_GRAY2BGR)
        else:
            missing = cv2.bitwise_not(cv2.extractChannel(strip, 0))
        blended = cv2.bitwise_not(cv2.multiply(missing, alpha, scale=1 / 255))
        result[start : start + _BLENDED_ROWS] = blended.reshape(strip.shape[0], width, channels - 1)
    return result
