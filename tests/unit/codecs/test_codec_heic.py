"""HEIC pictures are read where the optional package is there, and named with the remedy where it is not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from make_images import scene
from PIL import Image

from anylabeling.codecs import IMAGE_SUFFIXES, PixelFormat, decode, decode_bytes, probe
from anylabeling.codecs import other as other_module
from anylabeling.errors import ImageError

HEAD = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64)


@pytest.fixture
def without_the_package(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    other_module._heic_problem.cache_clear()
    yield
    other_module._heic_problem.cache_clear()


def test_without_the_package_the_reason_and_the_remedy_are_said(without_the_package: None, tmp_path: Path) -> None:
    path = tmp_path / "photo.heic"
    path.write_bytes(HEAD)
    for read in (probe, decode):
        with pytest.raises(
            ImageError, match="photo.heic is a HEIC picture; what reads them is not installed"
        ) as caught:
            read(path)
        assert caught.value.hint == "Install it with: pip install pillow-heif"


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_heic_picture_is_read_and_not_turned_by_exif(tmp_path: Path, orientation: int) -> None:
    # ISO/IEC 23008-12: how a picture is turned is a property of its own in the file; the EXIF tag does not count.
    heif = pytest.importorskip("pillow_heif")
    heif.register_heif_opener()
    path = tmp_path / "photo.heic"
    exif = Image.Exif()
    exif[0x0112] = orientation
    pixels = scene(320, 192)
    try:
        Image.fromarray(pixels).save(path, "HEIF", quality=90, exif=exif)
    except (OSError, RuntimeError, ValueError) as error:
        pytest.skip(f"this build of pillow-heif cannot write: {error}")
    header, image = probe(path), decode(path, pixel_format=PixelFormat.RGB)
    assert header.format == "heic"
    assert (header.width, header.height) == (image.full_width, image.full_height) == pixels.shape[1::-1]
    assert np.abs(image.pixels.astype(int) - pixels).mean() < 4
    assert ".heic" in IMAGE_SUFFIXES
    with pytest.raises(ImageError, match="photo.heic"):
        decode_bytes(path.read_bytes()[:2000], "photo.heic")
