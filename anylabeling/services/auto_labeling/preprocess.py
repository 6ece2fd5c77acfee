"""Bring pictures into the form that a network takes, without converting them at full size."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling import accel
from anylabeling.codecs.types import PixelFormat, UInt8Array

Blob = NDArray[np.float32]

PAD_VALUE = 114
"""The grey that Ultralytics pads with in training and inference."""

_BYTE_TO_UNIT = 1.0 / 255.0
_RED_GREEN_BLUE = {PixelFormat.RGB: (0, 1, 2), PixelFormat.BGR: (2, 1, 0), PixelFormat.BGRA: (2, 1, 0)}
_scratch = threading.local()


@dataclass(frozen=True, slots=True)
class Letterbox:
    """Where a picture lies inside a network's input.

    Attributes:
        image_width: Width of the whole picture in pixels.
        image_height: Height of the whole picture in pixels.
        input_width: Width of the network's input.
        input_height: Height of the network's input.
        left: First column of the picture in the input.
        top: First row of the picture in the input.
        width: Columns that the picture takes there.
        height: Rows that the picture takes there.
    """

    image_width: int
    image_height: int
    input_width: int
    input_height: int
    left: int
    top: int
    width: int
    height: int

    @classmethod
    def fit(cls, image_width: int, image_height: int, input_width: int, input_height: int) -> Letterbox:
        """Fit a picture into an input: one scale for both sides, centred, rounded as Ultralytics' LetterBox does."""
        scale = min(input_width / image_width, input_height / image_height)
        width = min(input_width, max(1, round(image_width * scale)))
        height = min(input_height, max(1, round(image_height * scale)))
        left = round((input_width - width) / 2 - 0.1)
        top = round((input_height - height) / 2 - 0.1)
        return cls(image_width, image_height, input_width, input_height, left, top, width, height)

    @classmethod
    def corner(cls, image_width: int, image_height: int, input_width: int, input_height: int) -> Letterbox:
        """Fit a picture into the upper left corner of an input, with one scale for both sides, rounded down."""
        scale = min(input_width / image_width, input_height / image_height)
        width, height = (max(1, int(side * scale)) for side in (image_width, image_height))
        return cls(image_width, image_height, input_width, input_height, 0, 0, width, height)

    @classmethod
    def stretch(cls, image_width: int, image_height: int, input_width: int, input_height: int) -> Letterbox:
        """Let a picture fill an input, each side by its own scale."""
        return cls(image_width, image_height, input_width, input_height, 0, 0, input_width, input_height)

    def __reduce__(self) -> tuple[Any, ...]:
        """Return type and values: what a dataclass does by itself takes ten times as long, once for each picture."""
        return Letterbox, tuple(getattr(self, name) for name in self.__slots__)

    def to_input(self, boxes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return boxes (n, 4) in input pixels that are given in image pixels."""
        scale = np.array([self.width / self.image_width, self.height / self.image_height] * 2, np.float32)
        offset = np.array([self.left, self.top, self.left, self.top], np.float32)
        return (boxes * scale + offset).astype(np.float32, copy=False)

    def to_image(self, boxes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Scale boxes (n, 4) xyxy from input pixels back to picture pixels; they are not clipped."""
        # Each side by its own factor: the size in the input is rounded, so the two differ a little.
        x_scale, y_scale = self.image_width / self.width, self.image_height / self.height
        offset = np.array([self.left, self.top, self.left, self.top], np.float32)
        scale = np.array([x_scale, y_scale, x_scale, y_scale], np.float32)
        return (boxes - offset) * scale


class BlobPool:
    """Hand out float32 arrays of one shape and take them back; any thread may call it.

    A fresh array of a batch costs more in page faults than filling it.
    """

    def __init__(self, keep: int = 16) -> None:
        self._idle: deque[Blob] = deque(maxlen=keep)

    def take(self, shape: tuple[int, ...]) -> Blob:
        """Return an array with undefined content."""
        while True:
            try:
                blob = self._idle.pop()
            except IndexError:
                return np.empty(shape, np.float32)
            if blob.shape == shape:
                return blob

    def give(self, blob: NDArray[Any]) -> None:
        """Take an array back; nobody may use it any more. One of another type is let go."""
        if blob.dtype == np.float32:
            self._idle.append(blob)


def letterbox_into(blob: Blob, image: UInt8Array, pixel_format: PixelFormat, box: Letterbox) -> None:
    """Fill a network's input with a picture: RGB planes, 0-1, bilinear, the rest grey.

    The picture is resized first and unpacked then, so that nothing is converted at full size.

    Args:
        blob: float32 (3, input_height, input_width), written over completely.
        image: uint8 (height, width, channels). It may be smaller than the letterbox's picture (a scaled decode).
        pixel_format: Order of the image's channels.
        box: Where the picture goes.

    Raises:
        ValueError: When the arrays do not have these shapes and types.
    """
    from anylabeling.opencv import cv2

    check_image(image, pixel_format)
    if blob.shape != (3, box.input_height, box.input_width) or blob.dtype != np.float32:
        raise ValueError(f"the blob must be float32 (3, {box.input_height}, {box.input_width}), got {blob.shape}")
    if image.shape[:2] != (box.height, box.width):
        resized = _buffer("resized", (box.height, box.width, image.shape[2]))
        cv2.resize(image, (box.width, box.height), dst=resized, interpolation=cv2.INTER_LINEAR)
        image = resized
    bottom, right = box.top + box.height, box.left + box.width
    grey = np.float32(PAD_VALUE) * np.float32(_BYTE_TO_UNIT)
    blob[:, : box.top] = grey
    blob[:, bottom:] = grey
    blob[:, box.top : bottom, : box.left] = grey
    blob[:, box.top : bottom, right:] = grey
    inside = blob[:, box.top : bottom, box.left : right]
    accel.unpack_planes(image, _RED_GREEN_BLUE[pixel_format], _BYTE_TO_UNIT, inside)


def letterbox_bytes(
    image: UInt8Array, pixel_format: PixelFormat, box: Letterbox, into: UInt8Array | None = None
) -> UInt8Array:
    """Return a network's input as bytes (input_height, input_width, 3) RGB, for a backend that scales them itself.

    Args:
        image: uint8 (height, width, channels). It may be smaller than the letterbox's picture (a scaled decode).
        pixel_format: Order of the image's channels.
        box: Where the picture goes.
        into: Memory for the result, or None for new memory.

    Raises:
        ValueError: When the array is no such picture.
    """
    from anylabeling.opencv import cv2

    check_image(image, pixel_format)
    blob: UInt8Array = np.empty((box.input_height, box.input_width, 3), np.uint8) if into is None else into
    bottom, right = box.top + box.height, box.left + box.width
    blob[: box.top] = blob[bottom:] = PAD_VALUE
    blob[box.top : bottom, : box.left] = blob[box.top : bottom, right:] = PAD_VALUE
    inside = blob[box.top : bottom, box.left : right]
    is_rgb = pixel_format is PixelFormat.RGB
    size = (box.width, box.height)
    if image.shape[:2] != (box.height, box.width):
        # OpenCV writes into rows of a larger array only while it need not make one of its own.
        target = inside if is_rgb else _buffer("resized", (box.height, box.width, image.shape[2]))
        cv2.resize(image, size, dst=target, interpolation=cv2.INTER_LINEAR)
        image = target
    elif is_rgb:
        inside[...] = image
    if not is_rgb:
        code = cv2.COLOR_BGRA2RGB if pixel_format is PixelFormat.BGRA else cv2.COLOR_BGR2RGB
        cv2.cvtColor(image, code, dst=inside)
    return blob


def check_image(image: UInt8Array, pixel_format: PixelFormat) -> None:
    """Raise ValueError unless the array is a picture of this format with at least one pixel."""
    if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != pixel_format.channels or image.size == 0:
        raise ValueError(
            f"expected a uint8 picture (height, width, {pixel_format.channels}), got {image.dtype} {image.shape}"
        )


def _buffer(name: str, shape: tuple[int, ...]) -> UInt8Array:
    """Return this thread's scratch memory of a name in the given shape."""
    size = int(np.prod(shape))
    memory: UInt8Array | None = getattr(_scratch, name, None)
    if memory is None or memory.size < size:
        memory = np.empty(size, np.uint8)
        setattr(_scratch, name, memory)
    return memory[:size].reshape(shape)
