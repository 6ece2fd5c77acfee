"""Thumbnails have the size asked for and the look of the picture."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from anylabeling.codecs import PixelFormat, decode, encode_jpeg, encode_png
from anylabeling.errors import ImageError
from anylabeling.services.imaging.thumbnails import load_thumbnail


@pytest.mark.parametrize("suffix", [".jpg", ".png"])
@pytest.mark.parametrize("shape", [(600, 1000), (1000, 600), (100, 100), (60, 40), (3, 2000)])
def test_size(tmp_path: Path, suffix: str, shape: tuple[int, int]) -> None:
    pixels = np.zeros((*shape, 3), np.uint8)
    pixels[:, shape[1] // 2 :] = (200, 100, 50)
    path = tmp_path / f"picture{suffix}"
    path.write_bytes(encode_jpeg(pixels) if suffix == ".jpg" else encode_png(pixels))
    image = load_thumbnail(path, 100, pixel_format=PixelFormat.RGB)
    assert max(image.width, image.height) == min(100, max(shape))
    scale = min(1.0, 100 / max(shape))
    assert (image.width, image.height) == (max(1, round(shape[1] * scale)), max(1, round(shape[0] * scale)))
    assert (image.full_width, image.full_height) == (shape[1], shape[0])
    assert image.pixels[0, -1] == pytest.approx((200, 100, 50), abs=6)
    assert image.pixels[0, 0] == pytest.approx((0, 0, 0), abs=6)
    assert not image.pixels.flags.writeable


def test_real_photo_looks_the_same(data_dir: Path) -> None:
    from anylabeling.opencv import cv2

    path = data_dir / "photos" / "bus.jpg"
    small = load_thumbnail(path, 128).pixels
    expected = cv2.resize(decode(path).pixels, (96, 128), interpolation=cv2.INTER_AREA)
    assert np.abs(small.astype(int) - expected)[:, :, :3].mean() < 4


def test_broken(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match="does not exist"):
        load_thumbnail(tmp_path / "gone.jpg", 100)
