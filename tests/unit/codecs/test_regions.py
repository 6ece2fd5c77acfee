"""Parts of large pictures are the pixels that a whole decode gives; damaged files give errors and nothing else."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make_images import encode, plain_tiff, scene
from PIL import Image

from anylabeling import accel
from anylabeling.accel import _rust
from anylabeling.codecs import DecodeLimits, PixelFormat, RegionReader, bands, decode, region_reader
from anylabeling.codecs.reduced import reduce_to
from anylabeling.errors import ImageError
from anylabeling.opencv import cv2

needs_rust = pytest.mark.skipif(_rust.module() is None, reason="the Rust module is not built")

RAW_FILES: dict[str, dict[str, object]] = {
    "plain.tif": {"format": "TIFF"},
    "plain strips.tif": {"format": "TIFF", "tiffinfo": {278: 7}},
    "deflated.tif": {"format": "TIFF", "compression": "tiff_adobe_deflate"},
    "old deflate.tif": {"format": "TIFF", "compression": "tiff_deflate"},
    "predicted.tif": {"format": "TIFF", "compression": "tiff_adobe_deflate", "tiffinfo": {317: 2}},
    "lzw.tif": {"format": "TIFF", "compression": "tiff_lzw"},
    "lzw strips.tif": {"format": "TIFF", "compression": "tiff_lzw", "tiffinfo": {278: 7, 317: 2}},
    "packbits.tif": {"format": "TIFF", "compression": "packbits", "tiffinfo": {278: 16}},
    "beyond 4 GB.tif": {"format": "TIFF", "big_tiff": True},
    "deflated beyond 4 GB.tif": {"format": "TIFF", "big_tiff": True, "compression": "tiff_adobe_deflate"},
    "colour.bmp": {"format": "BMP"},
}
JPEG_FILES: dict[str, dict[str, object]] = {
    "444.jpg": {"subsampling": 0},
    "422.jpg": {"subsampling": 1},
    "420.jpg": {"subsampling": 2},
    "optimized.jpg": {"subsampling": 2, "optimize": True},
    "restarts.jpg": {"subsampling": 2, "restart_marker_blocks": 7},
    "restart rows.jpg": {"subsampling": 0, "restart_marker_rows": 1},
}


def opened(path: Path) -> RegionReader:
    reader = region_reader(path)
    assert reader is not None
    return reader


def write(folder: Path, name: str, pixels: np.ndarray, **options: object) -> Path:
    path = folder / name
    path.write_bytes(encode(pixels, str(options.pop("format", "JPEG")), **options))
    return path


def windows(width: int, height: int) -> list[tuple[int, int, int, int]]:
    """Corners, edges, the middle, single pixels, and the whole."""
    w, h = max(1, width // 3), max(1, height // 4)
    return [
        (0, 0, width, height),
        (0, 0, w, h),
        (width - w, height - h, w, h),
        (width // 2, height // 3, w, h),
        (width - 1, 0, 1, height),
        (0, height - 1, width, 1),
        (width // 2, height // 2, 1, 1),
    ]


@pytest.mark.parametrize("name", RAW_FILES)
def test_parts_of_plain_files_are_exact(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, name, scene(203, 157), **RAW_FILES[name])
    whole, reader = decode(path).pixels, opened(path)
    for left, top, width, height in windows(203, 157):
        part = reader.read(left, top, width, height)
        assert np.array_equal(part, whole[top : top + height, left : left + width])
    assert not part.flags.writeable


@pytest.mark.parametrize("name", ["deflated.tif", "plain.tif", "colour.bmp"])
@pytest.mark.parametrize("divisor", [2, 4, 8])
def test_divided_parts_are_averaged(tmp_path: Path, name: str, divisor: int) -> None:
    path = write(tmp_path, name, scene(208, 160), **RAW_FILES[name])
    whole = reduce_to(decode(path).pixels, 208 // divisor, 160 // divisor)
    part = opened(path).read(3, 5, 17, 11, divisor)
    assert np.abs(part.astype(int) - whole[5:16, 3:20]).max() <= 1


def test_sides_that_do_not_divide_evenly_round_up(tmp_path: Path) -> None:
    reader = opened(write(tmp_path, "a.tif", scene(203, 157), format="TIFF"))
    assert reader.size(8) == (26, 20)
    assert reader.read(24, 18, 2, 2, 8).shape == (2, 2, 4)


@pytest.mark.parametrize("invert", [False, True])
def test_grey_tiff(tmp_path: Path, invert: bool) -> None:
    extra: dict[str, object] = {"tiffinfo": {262: 0}} if invert else {}
    path = write(tmp_path, "grey.tif", scene(90, 70)[:, :, 0], format="TIFF", **extra)
    assert np.array_equal(opened(path).read(5, 6, 40, 30), decode(path).pixels[6:36, 5:45])


@pytest.mark.parametrize("subsampling", [0, 2])
@pytest.mark.parametrize("grey", [False, True])
def test_jpeg_in_tiff(tmp_path: Path, grey: bool, subsampling: int) -> None:
    pixels = scene(203, 160)[:, :, 0] if grey else scene(203, 160)
    info = {278: 16} if grey else {278: 16, 530: (2, 2) if subsampling else (1, 1)}
    path = write(tmp_path, "a.tif", pixels, format="TIFF", compression="jpeg", quality=90, tiffinfo=info)
    whole, reader = decode(path).pixels, opened(path)
    for left, top, width, height in windows(203, 160):
        part = reader.read(left, top, width, height)
        # Where a decoder has both strips at once, colour between them may be smoothed across.
        assert np.abs(part.astype(int) - whole[top : top + height, left : left + width]).max() <= (
            6 if subsampling else 2
        )
    assert np.abs(reader.read(0, 0, 203, 160)[:, :, :3].astype(int) - decode(path).pixels[:, :, :3]).mean() < 1


def other_tiffs(width: int, height: int) -> dict[str, bytes]:
    """TIFF files that are more than grey or colour of 8 bits."""
    pixels = scene(width, height)
    image = Image.fromarray(pixels)
    ghost = image.convert("RGBA")
    ghost.putalpha(Image.fromarray(pixels[:, :, 1]))
    clear, deep = np.asarray(ghost), pixels.astype(np.uint16) * 120 + 500
    multiplied = clear.copy()
    multiplied[:, :, :3] = clear[:, :, :3] * (clear[:, :, 3:] / 255)
    palette = image.quantize(200)
    inks = image.convert("CMYK")
    return {
        "alpha": encode(ghost, "TIFF"),
        "alpha lzw": encode(ghost, "TIFF", compression="tiff_lzw", tiffinfo={278: 7, 317: 2}),
        "alpha deflate": encode(ghost, "TIFF", compression="tiff_adobe_deflate"),
        "grey alpha": encode(ghost.convert("LA"), "TIFF"),
        "multiplied": plain_tiff(multiplied, photometric=2, tag_338=(1,)),
        "unused fourth": plain_tiff(clear, photometric=2, tag_338=(0,)),
        "palette": encode(palette, "TIFF"),
        "palette lzw": encode(palette, "TIFF", compression="tiff_lzw"),
        "palette packbits": encode(palette, "TIFF", compression="packbits"),
        "inks": encode(inks, "TIFF"),
        "inks lzw": encode(inks, "TIFF", compression="tiff_lzw"),
        "inks jpeg": encode(inks, "TIFF", compression="jpeg", quality=95, tiffinfo={278: 16}),
        "two": encode(image.convert("1"), "TIFF"),
        "two packbits": encode(image.convert("1"), "TIFF", compression="packbits"),
        "fax": encode(image.convert("1"), "TIFF", compression="group4"),
        "fax 3": encode(image.convert("1"), "TIFF", compression="group3", tiffinfo={278: 7}),
        "deep grey": encode(Image.fromarray(deep[:, :, 0].copy()), "TIFF"),
        "deep lzw": cv2_tiff(deep, 5),
        "deep deflate": cv2_tiff(deep, 8),
        "deep apart": plain_tiff(deep, photometric=2, apart=True),
        "deep backwards": plain_tiff(deep, photometric=2, order=">"),
        "signed": plain_tiff(deep[:, :, :1].astype(np.int16) - 3000, photometric=1),
        "real": plain_tiff(deep[:, :, :1].astype(np.float32) / 7 - 9, photometric=1, order=">"),
        "apart": plain_tiff(pixels, photometric=2, apart=True),
        "backwards": plain_tiff(pixels, photometric=2, order=">"),
        "lzma": encode(image, "TIFF", compression="lzma"),
    }


def cv2_tiff(pixels: np.ndarray, compression: int) -> bytes:
    done, data = cv2.imencode(".tif", pixels[:, :, ::-1], [cv2.IMWRITE_TIFF_COMPRESSION, compression])
    assert done
    return data.tobytes()


@pytest.mark.parametrize("name", other_tiffs(8, 8))
def test_parts_of_any_tiff_look_like_all_of_it(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.tif"
    path.write_bytes(other_tiffs(203, 157)[name])
    whole = decode(path).pixels
    # Where it is shown reduced, that says which values are black and white; here nobody has shown it.
    monkeypatch.setattr("anylabeling.codecs.raw_regions._RANGE_DIVISOR", 1)
    reader = opened(path)
    for left, top, width, height in windows(203, 157):
        part = reader.read(left, top, width, height)
        # A decoder that has all strips of a JPEG smooths colours across them.
        assert np.abs(part.astype(int) - whole[top : top + height, left : left + width]).max() <= (
            6 if "jpeg" in name else 1
        )


@pytest.mark.parametrize("name", other_tiffs(8, 8))
def test_any_large_tiff_is_reduced_band_by_band(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.tif"
    path.write_bytes(other_tiffs(320, 212)[name])
    limits = DecodeLimits(max_side_px=100)
    whole = decode(path, limits=limits)
    monkeypatch.setattr(bands, "MOST_WHOLE_BYTES", 0)
    monkeypatch.setattr(bands, "_LEAST_FILE_BYTES", 0)
    monkeypatch.setattr("anylabeling.codecs.raw_regions._BAND_BYTES", 320 * 4 * 4 * 3)
    monkeypatch.setattr(sys.modules["anylabeling.codecs.decode"], "decode_bytes", None)  # nothing is read whole
    image = decode(path, limits=limits)
    assert image.pixels.shape == (53, 80, 4)
    assert image.note == whole.note
    # What is transparent is blended pixel by pixel here, and of whole ones after they were averaged.
    assert np.abs(image.pixels.astype(int) - whole.pixels).max() <= (24 if "alpha" in name else 3)


def test_deep_colours_that_lie_apart_are_not_mixed(tmp_path: Path) -> None:
    deep = scene(90, 70).astype(np.uint16) * 120 + 500
    for name, data in {
        "apart.tif": plain_tiff(deep, photometric=2, apart=True),
        "beside.tif": cv2_tiff(deep, 5),
    }.items():
        (tmp_path / name).write_bytes(data)
    assert np.array_equal(decode(tmp_path / "apart.tif").pixels, decode(tmp_path / "beside.tif").pixels)


def test_deep_parts_look_like_the_reduced_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pixels = np.full((212, 320, 3), 1000, np.uint16)
    pixels[:, 160:] = 3000
    pixels[100, 100] = 65_535  # one bright pixel, which is averaged away
    path = tmp_path / "a.tif"
    path.write_bytes(cv2_tiff(pixels, 5))
    monkeypatch.setattr(bands, "MOST_WHOLE_BYTES", 0)
    monkeypatch.setattr(bands, "_LEAST_FILE_BYTES", 0)
    image = decode(path, limits=DecodeLimits(max_side_px=40))
    part = opened(path).read(120, 0, 80, 40)
    assert part[0, 0].tolist() == image.pixels[0, 15].tolist()
    assert part[0, 79].tolist() == image.pixels[0, 25].tolist()


def test_a_tiff_beyond_4_gb_is_turned_once(tmp_path: Path) -> None:
    pixels = scene(123, 75)
    path = write(tmp_path, "a.tif", pixels, format="TIFF", big_tiff=True, tiffinfo={274: 6})
    image = decode(path, pixel_format=PixelFormat.RGB)
    assert np.array_equal(image.pixels, np.rot90(pixels, -1))
    assert np.array_equal(opened(path).read(0, 0, 75, 123)[:, :, 2::-1], image.pixels)


def test_tiled_tiff(tmp_path: Path) -> None:
    import struct

    pixels = scene(100, 70)
    padded = np.zeros((96, 128, 3), np.uint8)
    padded[:70, :100] = pixels
    tiles = [padded[y : y + 32, x : x + 32].tobytes() for y in range(0, 96, 32) for x in range(0, 128, 32)]
    data = bytearray(struct.pack("<2sHI", b"II", 42, 8))
    after = 8 + 2 + 11 * 12 + 4
    arrays, first_tile = after, after + 6 + 2 * 4 * len(tiles)
    offsets = [first_tile + 3072 * index for index in range(len(tiles))]
    tags = [(256, 3, 1, 100), (257, 3, 1, 70), (258, 3, 3, arrays), (259, 3, 1, 1), (262, 3, 1, 2), (277, 3, 1, 3),
            (284, 3, 1, 1), (322, 3, 1, 32), (323, 3, 1, 32), (324, 4, len(tiles), arrays + 6),
            (325, 4, len(tiles), arrays + 6 + 4 * len(tiles))]  # fmt: skip
    data += struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", *tag) for tag in tags) + bytes(4)
    data += struct.pack("<3H", 8, 8, 8) + struct.pack(f"<{len(tiles)}I", *offsets)
    data += struct.pack(f"<{len(tiles)}I", *[3072] * len(tiles)) + b"".join(tiles)
    path = tmp_path / "tiled.tif"
    path.write_bytes(data)
    assert np.array_equal(decode(path, pixel_format=PixelFormat.RGB).pixels, pixels)
    assert np.array_equal(opened(path).read(20, 25, 70, 40)[:, :, 2::-1], pixels[25:65, 20:90])


@needs_rust
@pytest.mark.parametrize("name", JPEG_FILES)
@pytest.mark.parametrize("divisor", [1, 2, 4, 8])
def test_parts_of_jpeg_are_exact(tmp_path: Path, name: str, divisor: int) -> None:
    # Wider than a group of the index, so that parts begin in the middle of a line.
    path = write(tmp_path, name, scene(1301, 203), quality=88, **JPEG_FILES[name])
    reader = opened(path)
    width, height = reader.size(divisor)
    buffer = np.empty(width * height * 4, np.uint8)
    assert accel.decode_jpeg(path.read_bytes(), "BGRA", divisor, buffer) == (width, height)
    whole = buffer.reshape(height, width, 4)
    if divisor == 1:
        assert np.array_equal(whole, decode(path).pixels)
    for left, top, across, down in windows(width, height):
        part = reader.read(left, top, across, down, divisor)
        assert np.array_equal(part, whole[top : top + down, left : left + across]), (left, top)


@needs_rust
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_part_of_any_size(tmp_path: Path, data: st.DataObject) -> None:
    width, height = data.draw(st.integers(1, 700)), data.draw(st.integers(1, 60))
    options: dict[str, object] = {
        "subsampling": data.draw(st.integers(0, 2)),
        "quality": data.draw(st.integers(20, 95)),
    }
    if data.draw(st.booleans()):
        options["restart_marker_blocks"] = data.draw(st.integers(1, 50))
    path = write(tmp_path, f"{width}.jpg", scene(width, height), **options)
    left, top = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    across, down = data.draw(st.integers(1, width - left)), data.draw(st.integers(1, height - top))
    part = opened(path).read(left, top, across, down)
    assert np.array_equal(part, decode(path).pixels[top : top + down, left : left + across])


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["TIFF", pytest.param("JPEG", marks=needs_rust)])
def test_parts_are_turned_as_exif_says(tmp_path: Path, kind: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    extra: dict[str, object] = {"tiffinfo": {274: orientation}} if kind == "TIFF" else {"exif": exif}
    path = write(tmp_path, f"turned.{kind.lower()}", scene(123, 75), format=kind, **extra)
    whole, reader = decode(path).pixels, opened(path)
    assert reader.size(1) == (whole.shape[1], whole.shape[0]) == ((75, 123) if orientation >= 5 else (123, 75))
    for left, top, width, height in windows(whole.shape[1], whole.shape[0]):
        part = reader.read(left, top, width, height)
        assert np.array_equal(part, whole[top : top + height, left : left + width]), (left, top)


def test_what_cannot_be_read_in_parts(tmp_path: Path) -> None:
    pixels = scene(64, 48)
    for name, options in {
        "a.png": {"format": "PNG"},
        "a.webp": {"format": "WEBP"},
        "progressive.jpg": {"progressive": True},
    }.items():
        assert region_reader(write(tmp_path, name, pixels, **options)) is None
    # Numbers of 12 bits lie across the borders of bytes.
    (tmp_path / "odd.tif").write_bytes(plain_tiff(pixels, photometric=2, tag_258=(12, 12, 12)))
    assert region_reader(tmp_path / "odd.tif") is None


def test_without_rust_a_jpeg_stays_reduced(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jpg", scene(64, 48))
    with accel.using("numpy"):
        assert region_reader(path) is None


@pytest.mark.parametrize("name", ["plain.tif", "deflated.tif", "colour.bmp", pytest.param("420.jpg", marks=needs_rust)])
def test_a_truncated_file_is_an_error(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, name, scene(400, 300), **(RAW_FILES | JPEG_FILES)[name])
    data = path.read_bytes()
    reader = opened(path)
    path.write_bytes(data[: len(data) * 2 // 3])
    with pytest.raises(ImageError, match="changed"):
        reader.read(0, 200, 100, 100)
    if (reader := region_reader(path)) is not None:  # a TIFF may keep its directory at the end
        with pytest.raises(ImageError):
            reader.read(0, 0, 400, 300)


def test_parts_outside_are_refused(tmp_path: Path) -> None:
    reader = opened(write(tmp_path, "a.bmp", scene(64, 48), format="BMP"))
    for window in ((0, 0, 65, 1), (-1, 0, 4, 4), (0, 0, 0, 4), (60, 40, 4, 9)):
        with pytest.raises(ValueError, match="no part"):
            reader.read(*window)
    with pytest.raises(ValueError, match="no part"):
        reader.read(0, 0, 4, 4, 3)


@needs_rust
def test_a_stopped_reader_ends(tmp_path: Path) -> None:
    reader = opened(write(tmp_path, "a.jpg", scene(640, 480)))
    reader.stop()
    with pytest.raises(ImageError):
        reader.read(0, 0, 64, 64)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.parametrize("name", [*RAW_FILES, *(pytest.param(name, marks=needs_rust) for name in JPEG_FILES)])
def test_damage_gives_pixels_or_an_error(tmp_path: Path, name: str, data: st.DataObject) -> None:
    source = tmp_path / name
    if not source.exists():
        write(tmp_path, name, scene(150, 90), **(RAW_FILES | JPEG_FILES)[name])
    damaged = bytearray(source.read_bytes())
    near_head = data.draw(st.booleans())
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, 300 if near_head else len(damaged) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / f"damaged {name}"
    path.write_bytes(damaged[: data.draw(st.integers(0, len(damaged)))] if data.draw(st.booleans()) else damaged)
    try:
        reader = region_reader(path)
        if reader is not None:
            width, height = reader.size(1)
            part = reader.read(width // 2, height // 2, min(20, width - width // 2), min(20, height - height // 2))
            assert part.ndim == 3
    except ImageError:
        pass


def test_a_directory_that_lies_takes_no_memory(tmp_path: Path) -> None:
    import tracemalloc

    path = write(tmp_path, "a.tif", scene(64, 48), format="TIFF", compression="tiff_adobe_deflate")
    data = bytearray(path.read_bytes())
    offset = int.from_bytes(data[4:8], "little")
    for entry in range(offset + 2, len(data) - 12, 12):
        if data[entry : entry + 2] in ((256).to_bytes(2, "little"), (278).to_bytes(2, "little")):
            data[entry + 2 : entry + 12] = b"\4\0\1\0\0\0" + (0x7FFFFFFF).to_bytes(4, "little")
    path.write_bytes(data)
    tracemalloc.start()
    try:
        assert region_reader(path) is None
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()
    assert os.path.getsize(path) < 1 << 20  # noqa: PTH202 - the file is small, what it promises is not
