"""Pictures come out turned as EXIF says, exactly once, in every format and layout."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from make_images import encode, exif_block, png_chunk, scene, with_app1
from PIL import Image, ImageOps

from anylabeling.codecs import PixelFormat, decode, decode_bytes, probe, probe_bytes

ORIENTATIONS = range(1, 9)
FORMATS = {
    "JPEG": {"quality": 95, "subsampling": 0},
    "PNG": {},
    "WEBP": {"lossless": True},
    "TIFF": {},
}


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("image_format", FORMATS)
def test_turned_like_pillow_does(image_format: str, orientation: int, tmp_path: Path) -> None:
    data = encode(scene(), image_format, orientation=orientation, **FORMATS[image_format])
    expected = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB"))
    path = tmp_path / "picture"
    path.write_bytes(data)
    header = probe(path)
    assert (header.width, header.height) == (expected.shape[1], expected.shape[0])
    assert (header.stored_width, header.stored_height) == (61, 43)
    assert header.orientation == orientation
    assert header.format == image_format.lower()
    for pixel_format in PixelFormat:
        image = decode(path, pixel_format=pixel_format)
        assert (image.full_width, image.full_height) == (header.width, header.height)
        assert image.is_full_size
        order = [0, 1, 2] if pixel_format is PixelFormat.RGB else [2, 1, 0]
        difference = np.abs(image.pixels[:, :, order].astype(int) - expected)
        assert difference.max() <= (4 if image_format == "JPEG" else 0)
        assert not image.pixels.flags.writeable
        assert image.pixels.flags.c_contiguous
        if pixel_format is PixelFormat.BGRA:
            assert (image.pixels[:, :, 3] == 255).all()


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("dtype", [np.uint16, np.float32])
def test_deep_tiff_is_turned_once(orientation: int, dtype: type) -> None:
    values = (np.arange(43 * 61).reshape(43, 61) % 251).astype(dtype)
    data = encode(Image.fromarray(values), "TIFF", tiffinfo={0x0112: orientation})
    expected = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data)))).astype(float)
    image = decode_bytes(data, "deep.tif", pixel_format=PixelFormat.RGB)
    assert image.pixels.shape[:2] == expected.shape
    assert np.abs(image.pixels[:, :, 0] - expected * 255 / 250).max() <= 0.51


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("byte_order", ["<", ">"])
def test_both_byte_orders(orientation: int, byte_order: str) -> None:
    block = exif_block(orientation, byte_order, entries_before=30)
    jpeg = with_app1(encode(scene(), "JPEG"), b"Exif\0\0" + block)
    assert probe_bytes(jpeg, "a.jpg").orientation == orientation
    assert Image.open(io.BytesIO(jpeg)).getexif()[0x0112] == orientation


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_png_exif_behind_the_pixels(orientation: int, tmp_path: Path) -> None:
    data = encode(np.tile(scene(), (40, 20, 1)), "PNG", compress_level=0)
    assert len(data) > 1_000_000
    path = tmp_path / "late.png"
    path.write_bytes(data[:-12] + png_chunk(b"eXIf", exif_block(orientation)) + data[-12:])
    header = probe(path)
    assert header.orientation == orientation
    image = decode(path)
    assert (image.width, image.height) == (header.width, header.height)
    loaded = Image.open(path)
    loaded.load()
    turned = ImageOps.exif_transpose(loaded)
    assert np.array_equal(image.pixels[:, :, 2::-1], np.asarray(turned))


def test_eXIf_letters_in_a_comment_are_no_exif_chunk() -> None:  # noqa: N802 - the chunk is called so
    data = encode(scene(), "PNG")
    comment = png_chunk(b"tEXt", b"c\0" + b"\0\0\0\x1a" + b"eXIf" + exif_block(6) + b"\0\0\0\0")
    assert probe_bytes(data[:-12] + comment + data[-12:], "a.png").orientation == 1


@pytest.mark.parametrize("wrong", [0, 9, 65535])
def test_wrong_orientation_values_mean_none(wrong: int) -> None:
    jpeg = with_app1(encode(scene(), "JPEG"), b"Exif\0\0" + exif_block(wrong))
    assert probe_bytes(jpeg, "a.jpg").orientation == 1
    assert decode_bytes(jpeg, "a.jpg").width == 61


def test_exif_and_frame_far_into_the_file(tmp_path: Path) -> None:
    jpeg = with_app1(encode(scene(), "JPEG"), b"Exif\0\0" + exif_block(8))
    for _ in range(5):
        jpeg = with_app1(jpeg, b"http://ns.adobe.com/xap/1.0/\0" + b"x" * 60_000)
    path = tmp_path / "far.jpg"
    path.write_bytes(jpeg)
    assert probe(path) == probe_bytes(jpeg, "far.jpg")
    assert probe(path)[:3] == (43, 61, 8)


def test_scaled_decode_of_a_turned_picture() -> None:
    big = np.repeat(np.repeat(scene(), 16, axis=0), 16, axis=1)
    jpeg = encode(big, "JPEG", orientation=6, quality=95)
    full = decode_bytes(jpeg, "a.jpg", pixel_format=PixelFormat.RGB)
    half = decode_bytes(jpeg, "a.jpg", pixel_format=PixelFormat.RGB, min_side_px=300)
    assert (half.width, half.height) == (full.width // 2, full.height // 2)
    assert (half.full_width, half.full_height) == (full.full_width, full.full_height)
    assert np.abs(half.pixels.astype(int) - full.pixels[1::2, 1::2]).mean() < 2
