"""Files that are cut, damaged, disguised or too large are named in one clear sentence."""

from __future__ import annotations

import contextlib
import io
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_images import encode, exif_block, png_chunk, scene, with_app1
from PIL import Image

from anylabeling.codecs import PixelFormat, decode, decode_bytes, probe, probe_bytes
from anylabeling.errors import ImageError

LARGE = np.tile(scene(), (6, 6, 1))


@pytest.fixture(scope="module")
def jpeg() -> bytes:
    return encode(LARGE, "JPEG", quality=90)


@pytest.mark.parametrize("part", [0.0005, 0.01, 0.05, 0.2, 0.5, 0.9, 0.99, 0.999])
@pytest.mark.parametrize(
    ("image_format", "options"),
    [("JPEG", {}), ("JPEG", {"progressive": True}), ("PNG", {}), ("TIFF", {}), ("WEBP", {}), ("BMP", {})],
)
def test_cut_files_are_errors(image_format: str, options: dict[str, bool], part: float) -> None:
    data = encode(LARGE, image_format, **options)
    cut = data[: max(int(len(data) * part), 12)]
    with pytest.raises(ImageError) as caught:
        decode_bytes(cut, "holiday.x")
    assert "holiday.x" in caught.value.user_text
    if image_format in ("JPEG", "PNG"):
        assert "is truncated" in caught.value.user_text


def test_jpeg_cut_at_every_byte_near_the_end(jpeg: bytes) -> None:
    for cut in range(3, 40):
        with pytest.raises(ImageError, match="is truncated"):
            decode_bytes(jpeg[:-cut], "a.jpg")


def test_jpeg_without_its_end_mark_only_is_shown_whole(jpeg: bytes) -> None:
    whole = decode_bytes(jpeg, "a.jpg")
    for cut in (1, 2):
        image = decode_bytes(jpeg[:-cut], "a.jpg")
        assert np.array_equal(image.pixels, whole.pixels)
        assert "end mark" in image.note


def test_progressive_jpeg_cut_between_its_passes_is_truncated() -> None:
    data = encode(LARGE, "JPEG", progressive=True)
    last_scan = data.rindex(b"\xff\xda")
    tables = data.rfind(b"\xff\xc4", 0, last_scan)
    with pytest.raises(ImageError, match="is truncated"):
        decode_bytes(data[:tables], "a.jpg")


def test_harmless_bytes_are_overlooked(jpeg: bytes) -> None:
    whole = decode_bytes(jpeg, "a.jpg", pixel_format=PixelFormat.RGB).pixels
    scan = jpeg.index(b"\xff\xda")
    harmless = {
        "before a marker": jpeg[:scan] + b"\x12\x34\x56" + jpeg[scan:],
        "fill bytes": jpeg[:scan] + b"\xff\xff\xff" + jpeg[scan:],
        "behind the end": jpeg + b"appended by a camera" * 100,
    }
    for name, data in harmless.items():
        image = decode_bytes(data, "a.jpg", pixel_format=PixelFormat.RGB)
        assert np.abs(image.pixels.astype(int) - whole).mean() < 1, name
        assert image.note == "", name
        assert probe_bytes(data, "a.jpg")[:2] == (LARGE.shape[1], LARGE.shape[0])


def test_damage_inside_is_shown_with_a_note(jpeg: bytes) -> None:
    middle = len(jpeg) // 2
    for damaged in (jpeg[:middle] + jpeg[middle + 200 :], jpeg[:middle] + b"\xff\xd0" + jpeg[middle + 2 :]):
        image = decode_bytes(damaged, "a.jpg")
        assert (image.width, image.height) == (LARGE.shape[1], LARGE.shape[0])
        assert "damaged" in image.note


def test_extra_bytes_do_not_hide_a_cut(jpeg: bytes) -> None:
    scan = jpeg.index(b"\xff\xda")
    with pytest.raises(ImageError, match="is truncated"):
        decode_bytes((jpeg[:scan] + b"\x12\x34\x56" + jpeg[scan:])[:-500], "a.jpg")


def test_things_that_are_no_pictures(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").write_bytes(b"")
    (tmp_path / "text.jpg").write_text("Dear diary,\n" * 50)
    (tmp_path / "folder.jpg").mkdir()
    sentences = {
        "empty.jpg": "empty.jpg is empty",
        "text.jpg": "text.jpg is not a picture",
        "folder.jpg": "folder.jpg is a folder",
        "gone.jpg": "gone.jpg does not exist",
    }
    for name, sentence in sentences.items():
        for read in (probe, decode):
            with pytest.raises(ImageError, match=sentence):
                read(tmp_path / name)


def test_content_decides_not_the_suffix(tmp_path: Path) -> None:
    path = tmp_path / "really_a_png.jpg"
    path.write_bytes(encode(scene(), "PNG"))
    assert probe(path).format == "png"
    assert np.array_equal(decode(path, pixel_format=PixelFormat.RGB).pixels, scene())
    bare = tmp_path / "no_suffix"
    bare.write_bytes(encode(scene(), "JPEG"))
    assert probe(str(bare)).format == "jpeg"


def test_bombs_are_refused_from_their_header() -> None:
    png = encode(scene(), "PNG")
    ihdr = struct.pack(">II", 60_000, 60_000) + png[24:29]
    bombs = {"bomb.png": png[:8] + png_chunk(b"IHDR", ihdr) + png[33:]}
    jpeg = bytearray(encode(scene(), "JPEG"))
    frame = jpeg.index(b"\xff\xc0")
    jpeg[frame + 5 : frame + 9] = struct.pack(">HH", 65_000, 65_000)
    bombs["bomb.jpg"] = bytes(jpeg)
    bmp = bytearray(encode(scene(), "BMP"))
    bmp[18:26] = struct.pack("<II", 60_000, 60_000)
    bombs["bomb.bmp"] = bytes(bmp)
    for name, data in bombs.items():
        # A JPEG can be decoded to a smaller version at any size, but not from so few bytes.
        with pytest.raises(ImageError, match=f"{name} is t(oo large|runcated)"):
            decode_bytes(data, name)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@settings(max_examples=80, deadline=None)
@given(
    image_format=st.sampled_from(["JPEG", "PNG", "TIFF", "GIF", "BMP", "WEBP"]),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=8),
    header_only=st.booleans(),
)
def test_changed_bytes_give_a_picture_or_an_image_error(
    image_format: str, changes: list[tuple[float, int]], header_only: bool
) -> None:
    data = bytearray(encode(scene(), image_format, orientation=6 if image_format != "BMP" else 0))
    extent = min(len(data), 200) if header_only else len(data)
    for place, value in changes:
        data[int(place * extent)] = value
    for read in (probe_bytes, decode_bytes):
        with contextlib.suppress(ImageError):
            result = read(bytes(data), "a")
            assert min(result[:2] if isinstance(result, tuple) else result.pixels.shape) > 0


@settings(max_examples=80, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_in_the_exif_block(data: bytes) -> None:
    jpeg = with_app1(encode(scene(), "JPEG"), b"Exif\0\0" + data)
    assert probe_bytes(jpeg, "a.jpg").stored_width == 61


@settings(max_examples=80, deadline=None)
@given(
    orientation=st.integers(0, 12),
    byte_order=st.sampled_from("<>"),
    before=st.integers(0, 60),
    padding=st.integers(0, 9000),
)
def test_orientation_agrees_with_pillow(orientation: int, byte_order: str, before: int, padding: int) -> None:
    jpeg = encode(scene(), "JPEG")
    jpeg = with_app1(jpeg, b"Exif\0\0" + exif_block(orientation, byte_order, entries_before=before) + bytes(padding))
    expected = Image.open(io.BytesIO(jpeg)).getexif().get(0x0112)
    assert probe_bytes(jpeg, "a.jpg").orientation == (expected if expected in range(1, 9) else 1)
