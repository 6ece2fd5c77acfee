"""DICOM pictures, read by pydicom where it is installed (the extra ``dicom``)."""

from __future__ import annotations

import io
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs.pixels import to_pixels
from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.errors import ImageError
from anylabeling.translation import tr

DICOM_COMMAND = 'pip install "pydicom>=3" "pylibjpeg[all]"'
"""Installs what reads DICOM; the extra ``dicom`` of this program does the same."""

DICOM_SUFFIXES = frozenset({".dcm", ".dicom"})
MAGIC_OFFSET, MAGIC = 128, b"DICM"
"""Four letters behind a preamble that may hold anything (DICOM PS3.10, 7.1)."""

_SIZE_TAGS = ("Rows", "Columns")


def is_dicom(head: bytes, name: str) -> bool:
    """Return whether a file with this beginning and name is DICOM; old ones have no preamble, only their name."""
    if head[MAGIC_OFFSET : MAGIC_OFFSET + len(MAGIC)] == MAGIC:
        return True
    return name.lower().endswith(tuple(DICOM_SUFFIXES))


def dicom_size(file: BinaryIO, name: str) -> tuple[int, int]:
    """Return width and height; the pixels are not read.

    Raises:
        ImageError: When pydicom is missing, or the file holds no picture or is damaged.
    """
    pydicom = _pydicom(name)
    try:
        dataset = pydicom.dcmread(file, stop_before_pixels=True, force=True, specific_tags=list(_SIZE_TAGS))
        height, width = (int(dataset.get(tag) or 0) for tag in _SIZE_TAGS)
    except Exception as error:  # noqa: BLE001 - pydicom raises what it pleases on damaged data
        raise _damaged(name, error) from error
    if width <= 0 or height <= 0:
        raise ImageError(tr("{name} is a DICOM file without a picture.", name=name))
    return width, height


def decode_dicom(data: bytes, name: str, *, pixel_format: PixelFormat, reduction: int = 1) -> tuple[UInt8Array, str]:
    """Decode the first frame to (pixels, note).

    Grey values are shown in the window that the file names (PS3.3, C.11.2), else from their minimum to their maximum.

    Args:
        data: The whole file.
        name: File name for messages.
        pixel_format: Layout wanted.
        reduction: By what the sides are divided.

    Raises:
        ImageError: When pydicom or what unpacks the pixels is missing, or the file is damaged.
    """
    pydicom = _pydicom(name)
    try:
        dataset = pydicom.dcmread(io.BytesIO(data), force=True)
        array = _first_frame(dataset)
    except (RuntimeError, NotImplementedError) as error:
        # pydicom says so where no package is there for the way in which the pixels are packed.
        raise ImageError(
            tr("The pixels of {name} are packed in a way that cannot be read here.", name=name),
            hint=tr("Install it with: {command}", command=DICOM_COMMAND),
            details=str(error),
        ) from error
    except Exception as error:  # noqa: BLE001 - pydicom raises what it pleases on damaged data
        raise _damaged(name, error) from error
    pixels, note = to_pixels(array, name, is_bgr=False, pixel_format=pixel_format, reduction=reduction)
    if int(dataset.get("NumberOfFrames") or 1) > 1:
        note = f"{note} {tr('{name} has several pages; the first is shown.', name=name)}".strip()
    return pixels, note


def _pydicom(name: str) -> Any:
    try:
        import pydicom
        import pydicom.pixels
    except ImportError as error:
        raise ImageError(
            tr("{name} is a DICOM picture; what reads them is not installed.", name=name),
            hint=tr("Install it with: {command}", command=DICOM_COMMAND),
            details=str(error),
        ) from error
    return pydicom


def _first_frame(dataset: Any) -> NDArray[Any]:
    from pydicom.pixels import apply_color_lut, apply_modality_lut, apply_voi_lut, pixel_array

    array: NDArray[Any] = pixel_array(dataset, index=0)  # colours come as RGB
    kind = str(dataset.get("PhotometricInterpretation", "MONOCHROME2"))
    if kind == "PALETTE COLOR":
        colors: NDArray[Any] = apply_color_lut(array, dataset)
        return (colors >> 8).astype(np.uint8) if colors.dtype == np.uint16 else colors
    if array.ndim == 3:
        return _in_eight_bits(array, dataset)
    values: NDArray[Any] = apply_modality_lut(array, dataset)
    if "VOILUTSequence" in dataset:
        values = apply_voi_lut(values, dataset)
    elif dataset.get("WindowWidth") is not None and dataset.get("WindowCenter") is not None:
        values = _windowed(values, _first(dataset.WindowCenter), _first(dataset.WindowWidth))
    elif values.dtype != np.uint8:
        values = _windowed(values, *_whole_range(values))
    return _inverted(values) if kind == "MONOCHROME1" else values


def _windowed(values: NDArray[Any], centre: float, width: float) -> NDArray[np.uint8]:
    """Return what a linear window shows (PS3.3, C.11.2.1.2.1)."""
    spread = max(width - 1.0, 1e-6)
    shown = ((values.astype(np.float32) - (centre - 0.5)) / spread + 0.5) * 255.0
    eight_bits: NDArray[np.uint8] = np.clip(np.rint(shown), 0, 255).astype(np.uint8)
    return eight_bits


def _whole_range(values: NDArray[Any]) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    return (low + high + 1.0) / 2, high - low + 1.0


def _inverted(values: NDArray[Any]) -> NDArray[Any]:
    return values.max() + values.min() - values if values.dtype != np.uint8 else 255 - values


def _in_eight_bits(array: NDArray[Any], dataset: Any) -> NDArray[Any]:
    bits = int(dataset.get("BitsStored") or 8)
    return array if array.dtype == np.uint8 else (array >> max(bits - 8, 0)).astype(np.uint8)


def _first(value: Any) -> float:
    """Return a number, or the first of several windows."""
    return float(value) if isinstance(value, (int, float, str)) else float(next(iter(value)))


def _damaged(name: str, error: Exception) -> ImageError:
    return ImageError(
        tr("{name} is damaged and cannot be shown.", name=name), hint=tr("Copy the file again."), details=repr(error)
    )
