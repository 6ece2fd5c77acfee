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


def to_pixels(
    array: NDArray[Any], name: str, *, is_bgr: bool, pixel_format: PixelFormat, reduction: int = 1
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
        array, note = _to_uint8(array, name)
        notes.append(note)
    if array.shape[2] in (2, 4) and int(array[:, :, -1].min()) < 255:
        array = _over_white(array)
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


def _to_uint8(array: NDArray[Any], name: str) -> tuple[UInt8Array, str]:
    from anylabeling.opencv import cv2

    if array.dtype == np.bool_:
        return array.astype(np.uint8) * 255, ""
    channels = array.shape[2]
    alpha = array[:, :, -1:] if channels in (2, 4) else None
    colours = array if alpha is None else array[:, :, :-1]
    low, high = _finite_range(colours)
    span = high - low
    scale = 255.0 / span if span > 0 else 0.0
    result = np.empty(array.shape, np.uint8)
    for start in range(0, array.shape[0], _STRIP_ROWS):
        strip = colours[start : start + _STRIP_ROWS].astype(np.float64)
        strip = np.nan_to_num(np.clip(strip, low, high), nan=low, copy=False)
        result[start : start + _STRIP_ROWS, :, : colours.shape[2]] = cv2.convertScaleAbs(
            strip - low, alpha=scale
        ).reshape(strip.shape)
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


def _finite_range(array: NDArray[Any]) -> tuple[float, float]:
    if np.issubdtype(array.dtype, np.floating):
        finite = np.isfinite(array)
        if not finite.all():
            array = array[finite]
    return (float(array.min()), float(array.max())) if array.size else (0.0, 0.0)


def _over_white(array: UInt8Array) -> UInt8Array:
    result = np.empty((*array.shape[:2], array.shape[2] - 1), np.uint8)
    for start in range(0, array.shape[0], _STRIP_ROWS):
        strip = array[start : start + _STRIP_ROWS].astype(np.uint16)
        alpha = strip[:, :, -1:]
        result[start : start + _STRIP_ROWS] = (strip[:, :, :-1] * alpha + 255 * (255 - alpha) + 127) // 255
    return result
