"""Scenes as training and test examples: letterboxed pictures with the boxes that belong on them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from anylabeling.opencv import cv2
from scripts.samples.canvas import Image, as_bytes
from scripts.samples.scenes import CLASSES, render_scene

INPUT_SIZE = 640
PADDING = 114
TRAINING_SEED = 1_000_000
"""Training scenes have this seed and the ones after it."""
TEST_SEED = 900_000_000
"""Test scenes have this seed and the ones after it; no training run gets that far."""


class Example(NamedTuple):
    """A scene as the detector sees it.

    Attributes:
        image: RGB uint8 (INPUT_SIZE, INPUT_SIZE, 3).
        labels: int64 (n,), indices into `CLASSES`.
        boxes: float32 (n, 4), ``x1, y1, x2, y2`` in pixels of ``image``.
    """

    image: Image
    labels: NDArray[np.int64]
    boxes: NDArray[np.float32]


def letterbox(image: Image, size: int = INPUT_SIZE) -> tuple[Image, float, tuple[int, int]]:
    """Scale a picture to fit a square, keeping its aspect, and centre it there.

    Args:
        image: uint8 (h, w, 3).
        size: side of the square in pixels.

    Returns:
        The square, the scale factor, and the left and upper margin in pixels.
    """
    height, width = image.shape[:2]
    gain = min(size / height, size / width)
    new_width, new_height = round(width * gain), round(height * gain)
    left, top = round((size - new_width) / 2 - 0.1), round((size - new_height) / 2 - 0.1)
    square: Image = np.full((size, size, 3), PADDING, np.uint8)
    if (new_width, new_height) != (width, height):
        image = as_bytes(cv2.resize(image, (new_width, new_height), interpolation=cv2.INTER_LINEAR))
    square[top : top + new_height, left : left + new_width] = image
    return square, gain, (left, top)


def render_example(seed: int) -> Example:
    """Render the scene of a seed and letterbox it."""
    scene = render_scene(seed)
    square, gain, (left, top) = letterbox(scene.image)
    boxes = np.array([item.box for item in scene.objects], np.float32).reshape(-1, 4)
    boxes = boxes * np.float32(gain) + np.array([left, top, left, top], np.float32)
    labels = np.array([CLASSES.index(item.label) for item in scene.objects], np.int64)
    return Example(np.ascontiguousarray(square[:, :, ::-1]), labels, boxes)
