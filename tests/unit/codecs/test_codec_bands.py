"""Pictures that would take too much memory whole are read a few rows at a time, to the same pixels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from make_images import encode, png_chunk, scene
from PIL import Image

from anylabeling.codecs import DecodeLimits, PixelFormat, bands, decode, decode_bytes, png_rows
from anylabeling.errors import ImageError
from anylabeling.opencv import cv2
from anylabeling.utils.cancellation import Cancelled, CancelToken

SMALL = DecodeLimits(max_side_px=100)


def contents() -> dict[str, bytes]:
    # Divided evenly by the factor, so that both ways average the same pixels.
    pixels = scene(320, 212)
    ghost = Image.fromarray(pixels).convert("RGBA")
    ghost.putalpha(Image.fromarray(pixels[:, :, 1]))
    clear = Image.fromarray(pixels).quantize(32)
    return {
        "colour.png": encode(pixels, "PNG"),
        "grey.png": encode(pixels[:, :, 0], "PNG"),
        "alpha.png": encode(ghost, "PNG"),
        "grey alpha.png": encode(ghost.convert("LA"), "PNG"),
        "palette.png": encode(Image.fromarray(pixels).quantize(256), "PNG"),
        "clear palette.png": encode(clear, "PNG", transparency=bytes(range(0, 256, 8))),
        "turned.png": encode(pixels, "PNG", orientation=6),
        "plain.tif": encode(pixels, "TIFF"),
        "lzw.tif": encode(pixels, "TIFF", compression="tiff_lzw"),
        "turned.tif": encode(pixels, "TIFF", compression="tiff_adobe_deflate", tiffinfo={274: 8}),
        "colour.bmp": encode(pixels, "BMP"),
    }


@pytest.fixture(autouse=True)
def nothing_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bands, "MOST_WHOLE_BYTES", 0)
    monkeypatch.setattr(bands, "_LEAST_FILE_BYTES", 0)
    monkeypatch.setattr(bands, "_BAND_BYTES", 320 * 4 * 4 * 3)  # several bands, the last one lower


@pytest.mark.parametrize("name", contents())
def test_a_picture_in_bands_is_the_picture_decoded_whole(tmp_path: Path, name: str) -> None:
    data = contents()[name]
    path = tmp_path / name
    path.write_bytes(data)
    whole = decode_bytes(data, name, limits=SMALL)
    for pixel_format in PixelFormat:
        image = decode(path, limits=SMALL, pixel_format=pixel_format)
        wanted = whole.pixels if pixel_format is PixelFormat.BGRA else whole.pixels[:, :, :3]
        if pixel_format is PixelFormat.RGB:
            wanted = wanted[:, :, ::-1]
        assert (image.full_width, image.full_height) == (whole.full_width, whole.full_height)
        assert image.note == whole.note
        # Of transparent ones, this blends each pixel before they are averaged.
        assert np.abs(image.pixels.astype(int) - wanted).max() <= (24 if "clear" in name or "alpha" in name else 1)
        assert not image.pixels.flags.writeable


@pytest.mark.parametrize("name", [name for name in contents() if name.endswith("png")])
def test_rows_are_the_rows_of_the_picture(tmp_path: Path, name: str) -> None:
    data = contents()[name]
    path = tmp_path / name
    path.write_bytes(data)
    rows = png_rows(path, PixelFormat.RGB)
    assert rows is not None
    whole = np.asarray(decode_bytes(data, name, pixel_format=PixelFormat.RGB).pixels)
    if "turned" in name:
        whole = np.rot90(whole)
    # Bands of any height lie below each other; what lies beyond several of them is found again in windows.
    assert np.array_equal(np.concatenate(list(rows.bands(23))), whole)
    wanted = [(0, 90), (61, 151), (122, 212)]
    for (top, bottom), window in zip(wanted, rows.windows(wanted), strict=True):
        assert np.array_equal(window, whole[top:bottom])


def test_what_does_not_come_row_by_row(tmp_path: Path) -> None:
    pixels = scene(64, 48)
    deep = Image.fromarray(pixels[:, :, 0].astype(np.uint16) * 257)
    for name, data in {
        "deep.png": encode(deep, "PNG"),
        "named.png": encode(pixels, "PNG", transparency=(1, 2, 3)),
        "interlaced.png": interlaced(),
        "photo.jpg": encode(pixels, "JPEG"),
    }.items():
        (tmp_path / name).write_bytes(data)
        assert png_rows(tmp_path / name, PixelFormat.RGB) is None, name


def test_a_cut_or_damaged_file_is_an_error(tmp_path: Path) -> None:
    data = contents()["colour.png"]
    path = tmp_path / "cut.png"
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(ImageError, match="truncated"):
        decode(path, limits=SMALL)
    broken = bytearray(data)
    broken[len(data) // 2 : len(data) // 2 + 40] = bytes(40)
    path.write_bytes(broken)
    with pytest.raises(ImageError):
        decode(path, limits=SMALL)


def test_reading_ends_when_nobody_wants_it_any_more(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(contents()["colour.png"])
    rows, cancel = png_rows(path, PixelFormat.RGB), CancelToken()
    assert rows is not None
    found = rows.bands(8, cancel.raise_if_cancelled)
    next(found)
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(found)


def test_a_model_gets_no_more_pixels_than_it_looks_at(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(contents()["colour.png"])
    image = decode(path, pixel_format=PixelFormat.RGB, min_side_px=70)
    assert (image.width, image.height) == (80, 53)
    assert (image.full_width, image.full_height) == (320, 212)


def interlaced() -> bytes:
    """Write the header of an interlaced picture, which is all that is looked at."""
    import struct
    import zlib

    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 48, 8, 2, 0, 0, 1))
    return b"\x89PNG\r\n\x1a\n" + head + png_chunk(b"IDAT", zlib.compress(b"")) + png_chunk(b"IEND", b"")


def test_every_filter_of_lines_is_undone_across_bands(tmp_path: Path) -> None:
    pixels = scene(64, 60)
    for strategy in range(5):
        done, data = cv2.imencode(".png", pixels[:, :, ::-1], [cv2.IMWRITE_PNG_STRATEGY, strategy])
        assert done
        path = tmp_path / f"{strategy}.png"
        path.write_bytes(data.tobytes())
        rows = png_rows(path, PixelFormat.RGB)
        assert rows is not None
        assert np.array_equal(np.concatenate(list(rows.bands(7))), pixels)
