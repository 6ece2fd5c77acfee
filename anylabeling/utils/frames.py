"""Fit a picture of any size into a frame that exists already."""

from __future__ import annotations

import numpy as np

from anylabeling.codecs.types import UInt8Array


def fitted_side_px(frame: UInt8Array) -> int:
    """Return the longest side that a picture can have in a frame (height, width, 3)."""
    return int(max(frame.shape[:2]))


def fit_into(frame: UInt8Array, pixels: UInt8Array, full_width: int, full_height: int, pad: int) -> None:
    """Write a picture into a frame: whole, centred, resized bilinearly.

    Args:
        frame: uint8 (height, width, 3), written over completely.
        pixels: uint8 (height, width, 3), the picture or a smaller version of it.
        full_width: Width of the whole picture in pixels; decides the proportions.
        full_height: Height of the whole picture in pixels.
        pad: Value beside the picture.
    """
    from anylabeling.opencv import cv2

    frame_height, frame_width = frame.shape[:2]
    scale = min(frame_width / full_width, frame_height / full_height)
    width = min(frame_width, max(1, round(full_width * scale)))
    height = min(frame_height, max(1, round(full_height * scale)))
    left, top = max(0, round((frame_width - width) / 2 - 0.1)), max(0, round((frame_height - height) / 2 - 0.1))
    frame[...] = pad
    if pixels.shape[:2] != (height, width):
        resized = np.empty((height, width, 3), np.uint8)
        cv2.resize(pixels, (width, height), dst=resized, interpolation=cv2.INTER_LINEAR)
        pixels = resized
    frame[top : top + height, left : left + width] = pixels
