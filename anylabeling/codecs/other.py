"""All other formats, by OpenCV where it is right and by Pillow for the rest."""

from __future__ import annotations

import functools
import io
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs.pixels import to_pixels
from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.errors import ImageError
from anylabeling.translation import tr

HEIC_COMMAND = "pip install pillow-heif"
"""Installs what reads HEIC; the extra ``heic`` of this program does the same."""

_DEEP_PILLOW_MODES = frozenset({"I", "F", "I;16", "I;16B", "I;16L", "I;16N"})


@functools.cache
def pillow_image() -> ModuleType:
    """Return ``PIL.Image`` without its own limit on size: the one of this package is checked from the header."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None
    return Image


@functools.cache
def _heic_problem() -> str:
    """Let Pillow open HEIC; return why it cannot, or an empty text."""
    try:
        import pillow_heif
    except ImportError as error:
        return str(error)
    pillow_heif.register_heif_opener()
    return ""


def require_heic(name: str) -> None:
    """Make sure that Pillow can open HEIC pictures.

    Raises:
        ImageError: When the package for it is not installed or does not load.
    """
    problem = _heic_problem()
    if problem:
        raise ImageError(
            tr("{name} is a HEIC picture; what reads them is not installed.", name=name),
            hint=tr("Install it with: {heic_command}", heic_command=HEIC_COMMAND),
            details=problem,
        )


def decode_with_opencv(
    data: bytes, name: str, *, pixel_format: PixelFormat, keep_all: bool, reduction: int = 1
) -> tuple[UInt8Array, str]:
    """Decode to (pixels, note) with OpenCV, and with Pillow where OpenCV gives up.

    Args:
        data: The whole file.
        name: File name for messages.
        pixel_format: Layout wanted.
        keep_all: Keep alpha and depths above 8 bits, which are then converted here by the rules of to_pixels.
        reduction: By what the sides are divided.

    Raises:
        ImageError: When neither can decode it.
    """
    from anylabeling.opencv import cv2

    flags = cv2.IMREAD_UNCHANGED if keep_all else cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION
    try:
        array: NDArray[Any] | None = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
    except cv2.error as error:
        return decode_with_pillow(data, name, pixel_format=pixel_format, reason=str(error), reduction=reduction)
    if array is None:
        return decode_with_pillow(data, name, pixel_format=pixel_format, reduction=reduction)
    return to_pixels(array, name, is_bgr=True, pixel_format=pixel_format, reduction=reduction)


def decode_with_pillow(
    data: bytes, name: str, *, pixel_format: PixelFormat, reason: str = "", reduction: int = 1
) -> tuple[UInt8Array, str]:
    """Decode the first frame to (pixels, note) with Pillow.

    Args:
        data: The whole file.
        name: File name for messages.
        pixel_format: Layout wanted.
        reason: What another decoder said before; goes into the details of an error.
        reduction: By what the sides are divided.

    Raises:
        ImageError: When the file is truncated, damaged, or of no kind that Pillow knows.
    """
    image_module = pillow_image()
    try:
        with image_module.open(io.BytesIO(data)) as image:
            if reduction > 1 and image.format == "JPEG":
                # Decoded at a half, a quarter or an eighth; the caller averages what is left.
                image.draft(None, (max(1, image.width // reduction), max(1, image.height // reduction)))
                reduction = 1
            plain = _to_plain_mode(image)
            if reduction > 1 and plain.mode in ("L", "RGB", "RGBA"):
                # Here, where it makes no copy of the whole picture.
                plain, reduction = plain.reduce(reduction), 1
            array = np.asarray(plain)
    except (OSError, ValueError, SyntaxError, TypeError, EOFError, IndexError, KeyError, MemoryError) as error:
        raise _pillow_error(name, error, reason) from error
    except Exception as error:  # noqa: BLE001 - Pillow's plug-ins raise what they please on damaged data
        raise _pillow_error(name, error, reason) from error
    return to_pixels(array, name, is_bgr=False, pixel_format=pixel_format, reduction=reduction)


def _to_plain_mode(image: Any) -> Any:
    if image.mode in _DEEP_PILLOW_MODES or image.mode in ("L", "RGB", "RGBA"):
        if "transparency" not in image.info or image.mode in _DEEP_PILLOW_MODES:
            return image
        return image.convert("RGBA")
    if image.mode in ("P", "PA", "LA", "La", "RGBa"):
        has_alpha = image.mode != "P" or "transparency" in image.info
        return image.convert("RGBA" if has_alpha else "RGB")
    return image.convert("L" if image.mode == "1" else "RGB")


def _pillow_error(name: str, error: Exception, reason: str) -> ImageError:
    details = f"{reason}; {error!r}" if reason else repr(error)
    text = str(error).lower()
    if "truncated" in text or isinstance(error, EOFError):
        return ImageError(
            tr("{name} is truncated: the file ends before the picture does.", name=name),
            hint=tr("Copy the file again."),
            details=details,
        )
    if "cannot identify" in text:
        return ImageError(tr("{name} is not a picture that can be read here.", name=name), details=details)
    return ImageError(
        tr("{name} is damaged and cannot be shown.", name=name), hint=tr("Copy the file again."), details=details
    )
