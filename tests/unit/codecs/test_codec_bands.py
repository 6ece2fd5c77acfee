"""Pictures that would take too much memory whole are read a few rows at a time, to the same pixels."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from make_images import encode, png_chunk, scene
from PIL import Image

from anylabeling import accel
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
    deep = pixels.astype(np.uint16) * 120 + 500
    return {
        "colour.png": encode(pixels, "PNG"),
        "grey.png": encode(pixels[:, :, 0], "PNG"),
        "alpha.png": encode(ghost, "PNG"),
        "grey alpha.png": encode(ghost.convert("LA"), "PNG"),
        "palette.png": encode(Image.fromarray(pixels).quantize(256), "PNG"),
        "clear palette.png": encode(clear, "PNG", transparency=bytes(range(0, 256, 8))),
        "turned.png": encode(pixels, "PNG", orientation=6),
        "named colour.png": encode(pixels, "PNG", transparency=tuple(int(value) for value in pixels[0, 0])),
        "named alpha grey.png": encode(pixels[:, :, 0], "PNG", transparency=int(pixels[100, 100, 0])),
        "deep grey.png": encode(Image.fromarray(deep[:, :, 0].copy()), "PNG"),
        "deep colour.png": png_of(deep),
        "deep alpha.png": png_of(np.dstack((deep, np.full((212, 320), 65_535, np.uint16)))),
        "two.png": encode(Image.fromarray(pixels).convert("1"), "PNG"),
        "four.png": encode(Image.fromarray(pixels).quantize(4), "PNG", bits=2),
        "sixteen.png": encode(Image.fromarray(pixels).quantize(16), "PNG", bits=4),
        "plain.tif": encode(pixels, "TIFF"),
        "lzw.tif": encode(pixels, "TIFF", compression="tiff_lzw"),
        "turned.tif": encode(pixels, "TIFF", compression="tiff_adobe_deflate", tiffinfo={274: 8}),
        "colour.bmp": encode(pixels, "BMP"),
    }


def png_of(pixels: np.ndarray) -> bytes:
    """Encode red, green, blue and maybe opacity, of 16 bits too."""
    order = [2, 1, 0, 3][: pixels.shape[2]]
    done, data = cv2.imencode(".png", pixels[:, :, order])
    assert done
    return data.tobytes()


@pytest.fixture(params=["rust", "numpy"], autouse=True)
def in_each_way(request: pytest.FixtureRequest) -> Iterator[None]:
    with accel.using(request.param):
        yield


@pytest.fixture(autouse=True)
def nothing_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bands, "MOST_WHOLE_BYTES", 0)
    monkeypatch.setattr(bands, "_LEAST_FILE_BYTES", 0)
    monkeypatch.setattr(
        "anylabeling.codecs.png_stream._BAND_BYTES", 320 * 4 * 4 * 3
    )  # several bands, the last one lower


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
    for name, data in {"interlaced.png": interlaced(pixels), "photo.jpg": encode(pixels, "JPEG")}.items():
        (tmp_path / name).write_bytes(data)
        assert png_rows(tmp_path / name, PixelFormat.RGB) is None, name


@pytest.mark.parametrize("size", [(320, 212), (61, 43), (5, 3), (1, 1), (400, 2)])
@pytest.mark.parametrize("deep", [False, True])
def test_an_interlaced_picture_is_averaged_as_its_turns_come(tmp_path: Path, size: tuple[int, int], deep: bool) -> None:
    pixels: np.ndarray = scene(*size)
    if deep:
        pixels = pixels.astype(np.uint16) * 120 + 500
    path = tmp_path / "a.png"
    path.write_bytes(interlaced(pixels))
    assert np.array_equal(np.asarray(cv2.imread(str(path), cv2.IMREAD_UNCHANGED)), pixels[:, :, ::-1])
    for factor in (2, 3, 4, 8, 32):
        limits = DecodeLimits(max_side_px=-(-max(size) // factor))
        power = 1 << (limits.reduction(*size) - 1).bit_length()
        image = decode(path, pixel_format=PixelFormat.RGB, limits=limits)
        if limits.reduction(*size) == 1:
            continue
        wanted = block_means(pixels, power)
        if deep:
            low, high = wanted.min(), wanted.max()
            wanted = (wanted - low) * (255 / (high - low) if high > low else 0)
        assert image.pixels.shape == wanted.shape
        assert np.abs(image.pixels - wanted).max() <= 1
        assert (image.full_width, image.full_height) == size


def block_means(pixels: np.ndarray, side: int) -> np.ndarray:
    """Average blocks of so many pixels, those at the edges being smaller."""
    rows, columns = range(0, pixels.shape[0], side), range(0, pixels.shape[1], side)
    return np.array([[pixels[y : y + side, x : x + side].mean(axis=(0, 1)) for x in columns] for y in rows])


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


def test_a_file_that_cannot_hold_its_pixels_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    for side in (100_000, 0x7FFF_FFFF):
        head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 16, 6, 0, 0, 0))
        pixels = png_chunk(b"IDAT", zlib.compress(bytes(1000)))
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + head + pixels + png_chunk(b"IEND", b""))
        with pytest.raises(ImageError, match="truncated"):
            decode(path, limits=SMALL)


def test_what_is_no_line_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", 320, 212, 8, 2, 0, 0, 0))
    garbage = np.random.default_rng(1).integers(0, 256, 5000, np.uint8).tobytes()
    for content in (
        garbage,
        b"\x78\x01" + garbage,
        zlib.compress(b"\x09" * 320 * 3 * 213),
        zlib.compress(bytes(9_000)),
    ):
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + head + png_chunk(b"IDAT", content) + png_chunk(b"IEND", b""))
        with pytest.raises(ImageError):
            decode(path, limits=SMALL)
    wrong_sum = bytearray(contents()["colour.png"])
    wrong_sum[-20] ^= 1  # the sum over the last pixels
    path.write_bytes(wrong_sum)
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


def interlaced(pixels: np.ndarray) -> bytes:
    """Encode red, green and blue in seven turns, as no library here does."""
    height, width = pixels.shape[:2]
    depth = 8 * pixels.itemsize
    lines = []
    for left, top, across, down in ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
                                    (0, 1, 1, 2)):  # fmt: skip
        turn = pixels[top::down, left::across].astype(">u2" if depth == 16 else np.uint8)
        lines += [b"\0" + row.tobytes() for row in turn if row.size]
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, 2, 0, 0, 1))
    return b"\x89PNG\r\n\x1a\n" + head + png_chunk(b"IDAT", zlib.compress(b"".join(lines))) + png_chunk(b"IEND", b"")


@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_every_filter_of_lines_is_undone_across_bands(tmp_path: Path, channels: int, dtype: type) -> None:
    pixels = np.random.default_rng(2).integers(0, np.iinfo(dtype).max, (60, 61, channels), dtype, endpoint=True)
    pixels[..., 3:] = np.iinfo(dtype).max
    pixels[0, 0, :3], pixels[0, 1, :3] = 0, np.iinfo(dtype).max  # nothing is stretched
    for strategy in range(5):
        filters = [cv2.IMWRITE_PNG_STRATEGY, strategy, cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_ALL_FILTERS]
        done, data = cv2.imencode(".png", pixels, filters)
        assert done
        path = tmp_path / f"{strategy}.png"
        path.write_bytes(data.tobytes())
        rows = png_rows(path, PixelFormat.BGR)
        assert rows is not None
        wanted = decode_bytes(data.tobytes(), "a", pixel_format=PixelFormat.BGR).pixels
        assert np.array_equal(np.concatenate(list(rows.bands(7))), wanted)
