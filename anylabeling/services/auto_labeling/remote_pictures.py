"""Pictures on their way to a server."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.services.auto_labeling.preprocess import check_image

_QUALITY = 95
_LARGER = 2
"""A picture that is more than so many times as large as the model wants it is made smaller before it is sent."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A picture as it goes to the server.

    Attributes:
        content: A JPEG or PNG file.
        kind: Its type.
        size: Its width and height in pixels.
        full_size: Those of the whole picture.
    """

    content: bytes
    kind: str
    size: tuple[int, int]
    full_size: tuple[int, int]


def picture_to_send(
    image: UInt8Array,
    pixel_format: PixelFormat,
    full_size: tuple[int, int] | None,
    *,
    min_side_px: int,
    max_side_px: int = 0,
    image_format: str = "jpeg",
) -> Sent:
    """Write a picture as a file, no larger than the server can make use of.

    Args:
        image: uint8 (height, width, channels).
        pixel_format: Order of its channels.
        full_size: Width and height of the whole picture, where ``image`` is a smaller version of it.
        min_side_px: The long side that the model makes use of.
        max_side_px: The longest side that is wanted; 0 for no wish.
        image_format: "jpeg", or "png" for no loss.

    Raises:
        ValueError: When the array is no picture.
    """
    from anylabeling.codecs import encode_png

    check_image(image, pixel_format)
    size = full_size or (image.shape[1], image.shape[0])
    image = _fitted(image, max_side_px or _LARGER * min_side_px)
    shown = (image.shape[1], image.shape[0])
    if image_format == "png":
        pixels = image[:, :, :3] if pixel_format is PixelFormat.BGRA else image
        order = PixelFormat.BGR if pixel_format is PixelFormat.BGRA else pixel_format
        return Sent(encode_png(np.ascontiguousarray(pixels), pixel_format=order), "image/png", shown, size)
    return Sent(_jpeg(image, pixel_format), "image/jpeg", shown, size)


def _fitted(image: UInt8Array, most: int) -> UInt8Array:
    from anylabeling.opencv import cv2

    longest = max(image.shape[:2])
    if longest <= most:
        return image
    width, height = (max(1, round(side * most / longest)) for side in image.shape[1::-1])
    return np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _jpeg(image: UInt8Array, pixel_format: PixelFormat) -> bytes:
    import simplejpeg

    encoded: bytes = simplejpeg.encode_jpeg(
        np.ascontiguousarray(image), quality=_QUALITY, colorspace=pixel_format.value, colorsubsampling="444"
    )
    return encoded
