"""Pictures beyond what can be shown come reduced, with their full size and a note; bombs are refused soon."""

from __future__ import annotations

import contextlib
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_images import encode, jpeg_in_strips, png_chunk, scene
from PIL import Image

from anylabeling import accel
from anylabeling.codecs import DecodeLimits, PixelFormat, decode_bytes, encode_jpeg, encode_png, jpeg, probe_bytes
from anylabeling.errors import ImageError
from anylabeling.opencv import cv2

SMALL = DecodeLimits(max_side_px=100)


def files(pixels: np.ndarray) -> dict[str, bytes]:
    deep = pixels[:, :, 0].astype(np.uint16) * 257
    return {
        "colour.jpg": encode_jpeg(pixels, quality=95),
        "progressive.jpg": encode(pixels, "JPEG", quality=95, progressive=True),
        "cmyk.jpg": encode(Image.fromarray(pixels).convert("CMYK"), "JPEG", quality=95),
        "colour.png": encode_png(pixels),
        "grey.png": encode(pixels[:, :, 0], "PNG"),
        "deep.png": encode(Image.fromarray(deep), "PNG"),
        "palette.png": encode(Image.fromarray(pixels).quantize(64), "PNG"),
        "colour.tif": encode(pixels, "TIFF", compression="tiff_lzw"),
        "alpha.tif": encode(Image.fromarray(pixels).convert("RGBA"), "TIFF"),
        "colour.bmp": encode(pixels, "BMP"),
        "colour.webp": encode(pixels, "WEBP", lossless=True),
        "colour.gif": encode(Image.fromarray(pixels).quantize(64), "GIF"),
    }


@pytest.mark.parametrize("name", list(files(scene())))
def test_a_large_picture_of_any_format_comes_reduced(name: str) -> None:
    pixels = scene(330, 210)
    image = decode_bytes(files(pixels)[name], name, pixel_format=PixelFormat.RGB, limits=SMALL)
    assert (image.full_width, image.full_height) == (330, 210)
    assert max(image.width, image.height) <= 100
    assert min(image.width / 330, image.height / 210) > 0.2
    assert f"{name} is very large: 330 x 210 pixels" in image.note
    if name.startswith("colour") and not name.endswith("gif"):
        expected = cv2.resize(pixels, (image.width, image.height), interpolation=cv2.INTER_AREA)
        assert np.abs(image.pixels.astype(int) - expected).max() <= 12
        assert np.abs(image.pixels.astype(int) - expected).mean() <= 2


@settings(max_examples=60, deadline=None)
@given(
    width=st.integers(1, 400),
    height=st.integers(1, 400),
    max_side=st.integers(1, 300),
    max_kilobytes=st.integers(1, 300),
    orientation=st.integers(1, 8),
    kind=st.sampled_from(["JPEG", "PNG"]),
)
def test_limits_hold_for_any_size(
    width: int, height: int, max_side: int, max_kilobytes: int, orientation: int, kind: str
) -> None:
    limits = DecodeLimits(max_side, max_kilobytes << 10)
    data = encode(np.full((height, width, 3), 90, np.uint8), kind, orientation=orientation)
    image = decode_bytes(data, "any", limits=limits)
    header = probe_bytes(data, "any")
    assert (image.full_width, image.full_height) == (header.width, header.height)
    assert max(image.width, image.height) <= max_side
    assert image.size_bytes <= max_kilobytes << 10
    assert image.is_full_size == (limits.reduction(header.width, header.height) == 1)
    assert ("very large" in image.note) != image.is_full_size
    assert np.abs(image.pixels[:, :, :3].astype(int) - 90).max() <= 1


def test_a_reduced_picture_is_turned_as_its_orientation_says() -> None:
    pixels = scene(320, 160)
    upright = decode_bytes(encode(pixels, "PNG"), "a", limits=SMALL).pixels
    turned = decode_bytes(encode(pixels, "PNG", orientation=6), "a", limits=SMALL)
    assert (turned.full_width, turned.full_height) == (160, 320)
    assert np.abs(turned.pixels.astype(int) - np.rot90(upright, -1)).max() <= 2


def test_more_than_qt_can_paint_across() -> None:
    jpeg = jpeg_in_strips(40_000, 64, lambda row, rows: np.full((rows, 40_000, 3), 60 + row, np.uint8))
    for data in (jpeg, encode_png(np.full((64, 40_000, 3), 60, np.uint8))):
        image = decode_bytes(data, "wide")
        assert (image.full_width, image.full_height) == (40_000, 64)
        assert (image.width, image.height) == (20_000, 32)
        assert "It is shown reduced to 20,000 x 32; labels count in its full size." in image.note


def test_a_jpeg_is_reduced_without_being_decoded_whole() -> None:
    tracemalloc = pytest.importorskip("tracemalloc")
    data = jpeg_in_strips(8192, 2048, lambda row, rows: np.full((rows, 8192, 3), row % 256, np.uint8))
    tracemalloc.start()
    image = decode_bytes(data, "large", limits=DecodeLimits(max_bytes=1 << 20))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert image.size_bytes <= 1 << 20
    assert peak < 8 << 20 < 8192 * 2048 * 4


@pytest.mark.parametrize(("colour_type", "depth"), [(0, 8), (2, 8), (6, 16), (3, 8)])
def test_a_decompression_bomb_is_refused_by_its_header(colour_type: int, depth: int) -> None:
    side = 60_000
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, depth, colour_type, 0, 0, 0))
    data = (
        b"\x89PNG\r\n\x1a\n"
        + header
        + (png_chunk(b"PLTE", bytes(768)) if colour_type == 3 else b"")
        + png_chunk(b"IDAT", zlib.compress(bytes(1 << 20)))
        + png_chunk(b"IEND", b"")
    )
    with pytest.raises(ImageError, match="is too large: 60,000 x 60,000 pixels") as caught:
        decode_bytes(data, "bomb.png")
    assert "Split it" in caught.value.hint


def test_a_progressive_bomb_is_refused_by_its_header() -> None:
    data = bytearray(encode(scene(64, 64), "JPEG", progressive=True))
    frame = data.index(b"\xff\xc2")
    data[frame + 5 : frame + 9] = struct.pack(">HH", 65_000, 65_000)
    problem = "truncated" if accel.decodes_progressive_eighth() else "is too large: 65,000 x 65,000 pixels"
    with pytest.raises(ImageError, match=problem):
        decode_bytes(bytes(data), "bomb.jpg")


@pytest.mark.skipif(not accel.decodes_progressive_eighth(), reason="the Rust module is not built")
@pytest.mark.parametrize("subsampling", [0, 1, 2])
@pytest.mark.parametrize("grey", [False, True])
@pytest.mark.parametrize("marks", [{}, {"restart_marker_blocks": 7}])
@pytest.mark.parametrize("size", [(640, 480), (333, 217), (9, 5)])
def test_of_a_progressive_picture_beyond_memory_an_eighth_is_shown(
    monkeypatch: pytest.MonkeyPatch, subsampling: int, grey: bool, marks: dict[str, int], size: tuple[int, int]
) -> None:
    pixels = scene(*size)
    source = pixels[:, :, 1] if grey else pixels
    data = encode(source, "JPEG", quality=95, progressive=True, subsampling=subsampling, **marks)
    monkeypatch.setattr(jpeg, "MAX_WHOLE_BYTES", 0)
    image = decode_bytes(data, "a.jpg", pixel_format=PixelFormat.RGB, limits=DecodeLimits(max_side_px=max(size) // 2))
    width, height = size[0] // 8, size[1] // 8
    assert (image.width, image.height) == (-(-size[0] // 8), -(-size[1] // 8))
    assert (image.full_width, image.full_height) == size
    wanted = (
        cv2.resize(source[: height * 8, : width * 8], (width, height), interpolation=cv2.INTER_AREA) if height else 0
    )
    if grey and height:
        wanted = wanted[:, :, np.newaxis]
    # Coarser colours are those of their block; at the edges blocks hold what the encoder made up.
    assert np.abs(image.pixels[:height, :width].astype(int) - wanted).max(initial=0) <= (4 if grey else 12)
    assert "very large" in image.note


@pytest.mark.skipif(not accel.decodes_progressive_eighth(), reason="the Rust module is not built")
def test_a_damaged_progressive_picture_beyond_memory_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    data = encode(scene(320, 240), "JPEG", progressive=True)
    monkeypatch.setattr(jpeg, "MAX_WHOLE_BYTES", 0)
    for cut in range(200, len(data) - 2, 97):
        with pytest.raises(ImageError):
            decode_bytes(data[:cut], "a.jpg", limits=SMALL)
    for place in range(2, len(data), 61):
        broken = bytearray(data)
        broken[place] ^= 0x55
        with contextlib.suppress(ImageError):
            decode_bytes(bytes(broken), "a.jpg", limits=SMALL)


def test_a_cut_large_picture_is_refused() -> None:
    jpeg = jpeg_in_strips(1600, 1600, lambda row, _rows: noise(row))
    for name, data in (("cut.jpg", jpeg), ("cut.png", encode_png(scene(800, 600)))):
        with pytest.raises(ImageError, match=f"{name} is truncated"):
            decode_bytes(data[: len(data) // 2], name, limits=SMALL)


def noise(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 255, (16, 1600, 3), np.uint8)
