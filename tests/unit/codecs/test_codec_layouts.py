"""Depths, palettes, transparency and colour models come out as sensible 8-bit colour."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_images import encode, scene
from PIL import Image

from anylabeling.codecs import PixelFormat, decode, decode_bytes, encode_jpeg, encode_png, probe_bytes
from anylabeling.codecs.animation import has_more_frames
from anylabeling.opencv import cv2


def decode_rgb(data: bytes, name: str = "picture") -> np.ndarray:
    return decode_bytes(data, name, pixel_format=PixelFormat.RGB).pixels


def over_white(rgba: np.ndarray) -> np.ndarray:
    alpha = rgba[:, :, 3:].astype(float) / 255
    return np.rint(rgba[:, :, :3] * alpha + 255 * (1 - alpha))


@pytest.mark.parametrize("image_format", ["PNG", "BMP", "TIFF", "PPM", "GIF"])
def test_lossless_colour(image_format: str) -> None:
    pixels = scene()
    if image_format == "GIF":  # at most 256 colours
        pixels = np.zeros_like(pixels)
        pixels[10:20, 5:] = (255, 128, 0)
    data = encode(pixels, image_format)
    assert np.array_equal(decode_rgb(data), pixels)
    assert probe_bytes(data, "a")[:2] == (61, 43)
    assert np.array_equal(decode_bytes(data, "a").pixels[:, :, 2::-1], pixels)


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "BMP", "TIFF", "WEBP", "PPM"])
def test_grey(image_format: str) -> None:
    grey = scene()[:, :, 0]
    image = decode_rgb(encode(grey, image_format, **({"lossless": True} if image_format == "WEBP" else {})))
    assert (image[:, :, 0] == image[:, :, 1]).all()
    assert (image[:, :, 0] == image[:, :, 2]).all()
    assert np.abs(image[:, :, 0].astype(int) - grey).max() <= 3


def test_cmyk_jpeg_looks_like_its_rgb() -> None:
    data = encode(Image.fromarray(scene()).convert("CMYK"), "JPEG", quality=95)
    assert np.abs(decode_rgb(data).astype(int) - scene()).mean() < 3
    turned = encode(Image.fromarray(scene()).convert("CMYK"), "JPEG", quality=95, orientation=6)
    assert decode_rgb(turned).shape == (61, 43, 3)


@pytest.mark.parametrize("bits", [1, 2, 4, 8])
def test_palette_png(bits: int) -> None:
    image = Image.fromarray((scene()[:, :, 0] // 32 & (2**bits - 1)).astype(np.uint8), "P")
    image.putpalette([value for index in range(2**bits) for value in (index * 31 % 256, 255 - index, 40)])
    assert np.array_equal(decode_rgb(encode(image, "PNG", bits=bits)), np.asarray(image.convert("RGB")))


def test_black_and_white_png() -> None:
    mask = scene()[:, :, 0] > 100
    assert np.array_equal(decode_rgb(encode(Image.fromarray(mask), "PNG"))[:, :, 0], mask * 255)


@pytest.mark.parametrize("image_format", ["PNG", "WEBP", "TIFF"])
def test_transparency_is_shown_over_white(image_format: str) -> None:
    rgba = np.dstack([scene(), np.linspace(0, 255, 43 * 61).reshape(43, 61).astype(np.uint8)])
    options = {"lossless": True, "exact": True} if image_format == "WEBP" else {}
    data = encode(rgba, image_format, **options)
    image = decode_bytes(data, "cut.png")
    assert np.abs(image.pixels[:, :, 2::-1] - over_white(rgba)).max() <= 1
    assert (image.pixels[:, :, 3] == 255).all()
    assert "white" in image.note


def test_opaque_alpha_changes_nothing_and_says_nothing() -> None:
    rgba = np.dstack([scene(), np.full((43, 61), 255, np.uint8)])
    image = decode_bytes(encode(rgba, "PNG"), "a.png")
    assert image.note == ""
    assert np.array_equal(image.pixels[:, :, [2, 1, 0, 3]], rgba)


def test_transparent_palette_grey_and_colour() -> None:
    palette = Image.fromarray((scene()[:, :, 0] // 64).astype(np.uint8), "P")
    palette.putpalette([10, 20, 30, 200, 100, 0, 0, 200, 0, 5, 5, 250])
    files = {
        "palette": encode(palette, "PNG", transparency=1),
        "grey": encode(np.where(scene()[:, :, 0] > 90, 90, 30).astype(np.uint8), "PNG", transparency=90),
        "colour": encode(
            np.where(scene()[:, :, :1] > 90, [9, 8, 7], [1, 2, 3]).astype(np.uint8), "PNG", transparency=(9, 8, 7)
        ),
        "grey-alpha": encode(Image.fromarray(scene()[:, :, 1:], "LA"), "PNG"),
    }
    for name, data in files.items():
        expected = over_white(np.asarray(Image.open(io.BytesIO(data)).convert("RGBA")))
        assert np.abs(decode_rgb(data) - expected).max() <= 1, name
        assert (decode_rgb(data) == 255).all(axis=2).any() or name == "grey-alpha", name


def test_32_bit_bitmap_without_alpha_is_not_empty() -> None:
    bgrx = np.dstack([scene()[:, :, ::-1], np.zeros((43, 61), np.uint8)])
    header = b"BM" + (54 + bgrx.nbytes).to_bytes(4, "little") + bytes(4) + (54).to_bytes(4, "little")
    header += (40).to_bytes(4, "little") + (61).to_bytes(4, "little") + (43).to_bytes(4, "little")
    header += (1).to_bytes(2, "little") + (32).to_bytes(2, "little") + bytes(24)
    assert np.array_equal(decode_rgb(header + bgrx[::-1].tobytes()), scene())


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_16_bit_is_stretched_over_all_channels_together(suffix: str) -> None:
    deep = scene()[:, :, ::-1].astype(np.uint16) * 40 + 1000
    _, encoded = cv2.imencode(suffix, deep)
    image = decode_bytes(encoded.tobytes(), "deep" + suffix, pixel_format=PixelFormat.RGB)
    low, high = deep.min(), deep.max()
    expected = (deep[:, :, ::-1].astype(float) - low) * 255 / (high - low)
    assert np.abs(image.pixels - expected).max() <= 0.51
    assert f"{low}" in image.note
    assert "16-bit" in image.note


def test_16_bit_grey_alpha_and_flat() -> None:
    deep = np.dstack([scene().astype(np.uint16) * 257, np.full((43, 61), 65535, np.uint16)])
    deep[:20, :, 3] = 0
    _, encoded = cv2.imencode(".png", deep)
    image = decode_bytes(encoded.tobytes(), "deep.png").pixels
    assert (image[:20] == 255).all()
    assert (image[20:, :, :3] < 255).any()
    _, flat = cv2.imencode(".png", np.full((5, 5), 7, np.uint16))
    assert (decode_rgb(flat.tobytes()) == 0).all()


def test_float_tiff_with_holes() -> None:
    values = np.linspace(-3, 5, 43 * 61, dtype=np.float32).reshape(43, 61)
    expected = np.rint((values + 3) * 255 / 8)
    holes = values.copy()
    holes[3, 4], holes[5, 6], holes[7, 8] = np.nan, np.inf, -np.inf
    image = decode_rgb(encode(Image.fromarray(holes), "TIFF"))
    difference = np.abs(image[:, :, 0] - expected)
    difference[[3, 5, 7], [4, 6, 8]] = 0
    assert difference.max() <= 1
    assert image[3, 4, 0] == 0
    assert image[5, 6, 0] == 255
    assert image[7, 8, 0] == 0


@pytest.mark.parametrize("suffix", ["gif", "png", "webp"])
def test_an_animation_shows_its_first_picture_and_says_so(tmp_path: Path, suffix: str) -> None:
    pictures = [Image.new("RGB", (12, 8), color) for color in ("red", "lime", "blue")]
    for name, more in (("still", []), ("moving", pictures[1:])):
        path = tmp_path / f"{name}.{suffix}"
        pictures[0].save(path, save_all=True, append_images=more, comment="one") if more else pictures[0].save(path)
        image = decode(path)
        assert image.pixels[4, 6, 2] > 200  # red
        assert image.note == (f"moving.{suffix} is an animation; its first picture is shown." if more else "")
    cut = (tmp_path / f"moving.{suffix}").read_bytes()
    for length in range(0, len(cut), 7):
        has_more_frames(cut[:length], suffix)  # whatever is missing, nothing is raised


def test_several_pages_show_the_first() -> None:
    pages = [Image.fromarray(scene()), Image.fromarray(255 - scene())]
    image = decode_bytes(encode(pages[0], "TIFF", save_all=True, append_images=pages[1:]), "scan.tif")
    assert np.array_equal(image.pixels[:, :, 2::-1], scene())
    assert "first" in image.note


@pytest.mark.parametrize("min_side_px", [None, 1, 100, 122, 123, 244, 245, 488, 489, 976, 10_000])
def test_scaled_decode_keeps_the_long_side(min_side_px: int | None) -> None:
    data = encode(np.repeat(np.repeat(scene(), 16, axis=0), 16, axis=1), "JPEG")
    image = decode_bytes(data, "a.jpg", min_side_px=min_side_px)
    assert (image.full_width, image.full_height) == (976, 688)
    assert max(image.width, image.height) >= min(min_side_px or 976, 976)
    expected = {None: 976, 1: 122, 100: 122, 122: 122, 123: 244, 244: 244, 245: 488, 488: 488}
    assert image.width == expected.get(min_side_px, 976)
    assert image.height == image.width * 688 // 976


@settings(max_examples=60, deadline=None)
@given(
    width=st.integers(1, 70),
    height=st.integers(1, 70),
    scale_to=st.integers(1, 80),
    pixel_format=st.sampled_from(PixelFormat),
)
def test_any_size_of_jpeg(width: int, height: int, scale_to: int, pixel_format: PixelFormat) -> None:
    data = encode_jpeg(scene(width, height))
    image = decode_bytes(data, "a.jpg", pixel_format=pixel_format, min_side_px=scale_to)
    assert image.pixels.shape[2] == pixel_format.channels
    scales = {(-(-width // scale), -(-height // scale)) for scale in (1, 2, 4, 8)}
    assert (image.width, image.height) in scales
    assert max(image.width, image.height) >= min(scale_to, max(width, height))


@settings(max_examples=60, deadline=None)
@given(
    width=st.integers(1, 70),
    height=st.integers(1, 70),
    seed=st.integers(0, 99),
    pixel_format=st.sampled_from(PixelFormat),
)
def test_png_round_trip(width: int, height: int, seed: int, pixel_format: PixelFormat) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, pixel_format.channels), dtype=np.uint8)
    pixels[:, :, 3:] = 255
    data = encode_png(pixels, pixel_format=pixel_format)
    assert np.array_equal(decode_bytes(data, "a.png", pixel_format=pixel_format).pixels, pixels)


def test_decode_into_given_memory(tmp_path: Path) -> None:
    memory = np.zeros(61 * 43 * 4 + 10, np.uint8)
    for name, data in (
        ("a.jpg", encode(scene(), "JPEG")),
        ("b.jpg", encode(scene(), "JPEG", orientation=6)),
        ("c.png", encode(scene(), "PNG")),
    ):
        (tmp_path / name).write_bytes(data)
        memory[:] = 0
        image = decode(tmp_path / name, into=memory)
        assert np.shares_memory(image.pixels, memory)
        assert np.array_equal(image.pixels, decode(tmp_path / name).pixels)
        assert memory.flags.writeable
        with pytest.raises(ValueError, match="cannot hold"):
            decode(tmp_path / name, into=memory[:100])


def test_real_photos_equal_opencv(data_dir: Path) -> None:
    for path in [data_dir / "photos" / "bus.jpg", *sorted((data_dir / "photos" / "voc40").glob("*.jpg"))[:10]]:
        image = decode(path, pixel_format=PixelFormat.BGR)
        assert np.abs(image.pixels.astype(int) - cv2.imread(str(path))).max() <= 2
