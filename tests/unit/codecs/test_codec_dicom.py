"""DICOM pictures are read where the optional package is there, and named with the remedy where it is not."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from anylabeling.codecs import IMAGE_SUFFIXES, PixelFormat, decode, probe
from anylabeling.errors import ImageError

GREY = np.arange(48, dtype=np.uint16).reshape(6, 8) * 80


def write_dicom(path: Path, array: NDArray[Any], *, preamble: bool = True, **more: Any) -> Path:
    pydicom = pytest.importorskip("pydicom")
    from pydicom.dataset import FileMetaDataset
    from pydicom.uid import ExplicitVRLittleEndian, SecondaryCaptureImageStorage, generate_uid

    data = pydicom.Dataset()
    data.SOPClassUID, data.SOPInstanceUID = SecondaryCaptureImageStorage, generate_uid()
    frames = array.shape[0] if array.ndim == 4 else 1
    colours = array.ndim > 2
    data.Rows, data.Columns = array.shape[-3:-1] if colours else array.shape
    data.SamplesPerPixel = 3 if colours else 1
    if colours:
        data.PlanarConfiguration = 0
    if frames > 1:
        data.NumberOfFrames = frames
    data.PhotometricInterpretation = "RGB" if colours else "MONOCHROME2"
    data.BitsAllocated = data.BitsStored = 8 * array.dtype.itemsize
    data.HighBit, data.PixelRepresentation = data.BitsStored - 1, 0
    data.PixelData = array.tobytes()
    for name, value in more.items():
        setattr(data, name, value)
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = data.SOPClassUID, data.SOPInstanceUID
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data.file_meta = meta
    less: Any = {} if preamble else {"little_endian": True, "implicit_vr": False}
    data.save_as(path, enforce_file_format=preamble, **less)
    return path


def grey_of(path: Path) -> NDArray[Any]:
    pixels = decode(path, pixel_format=PixelFormat.RGB).pixels
    assert (pixels[..., 0] == pixels[..., 1]).all()
    return pixels[..., 0]


def test_without_the_package_the_reason_and_the_remedy_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pydicom", None)
    path = tmp_path / "scan"  # the content decides, not the name
    path.write_bytes(bytes(128) + b"DICM" + bytes(64))
    for read in (probe, decode):
        with pytest.raises(ImageError, match="scan is a DICOM picture; what reads them is not installed") as caught:
            read(path)
        assert 'pip install "pydicom>=3"' in caught.value.hint


def test_grey_values_without_a_window_go_from_black_to_white(tmp_path: Path) -> None:
    path = write_dicom(tmp_path / "scan.dcm", GREY)
    header = probe(path)
    assert (header.format, header.width, header.height) == ("dicom", 8, 6)
    shown = grey_of(path)
    assert (shown[0, 0], shown[-1, -1]) == (0, 255)
    assert (np.diff(shown.ravel().astype(int)) >= 0).all()
    assert {".dcm", ".dicom"} <= IMAGE_SUFFIXES


def test_the_window_of_the_file_and_its_scale_count(tmp_path: Path) -> None:
    # Rescaled to -1000 and up; the window shows 0 to 1000 of that: stored values 1000 to 2000.
    path = write_dicom(
        tmp_path / "ct.dcm", GREY, RescaleIntercept=-1000, RescaleSlope=1, WindowCenter=[500, 40], WindowWidth=[1000, 9]
    )
    shown = grey_of(path)
    assert (shown[GREY < 1000] == 0).all()
    assert (shown[GREY > 2000] == 255).all()
    assert abs(int(shown[GREY == 1520][0]) - 133) <= 1


def test_inverted_grey_is_shown_as_a_viewer_shows_it(tmp_path: Path) -> None:
    shown = grey_of(write_dicom(tmp_path / "x-ray.dcm", GREY, PhotometricInterpretation="MONOCHROME1"))
    assert (shown[0, 0], shown[-1, -1]) == (255, 0)


def test_colours_and_the_first_of_several_frames(tmp_path: Path) -> None:
    frames = np.zeros((2, 4, 5, 3), np.uint8)
    frames[0, :, :, 0], frames[1, :, :, 2] = 200, 90
    image = decode(write_dicom(tmp_path / "echo.dcm", frames), pixel_format=PixelFormat.RGB)
    np.testing.assert_array_equal(image.pixels, frames[0])
    assert image.note == "echo.dcm has several pages; the first is shown."


def test_files_without_preamble_and_damaged_ones(tmp_path: Path) -> None:
    old = write_dicom(tmp_path / "old.dcm", GREY, preamble=False)
    assert grey_of(old).shape == (6, 8)
    whole = write_dicom(tmp_path / "whole.dcm", GREY).read_bytes()
    for length in (140, len(whole) // 2, len(whole) - 30):
        cut = tmp_path / "cut.dcm"
        cut.write_bytes(whole[:length])
        with pytest.raises(ImageError, match="cut.dcm"):
            decode(cut)
