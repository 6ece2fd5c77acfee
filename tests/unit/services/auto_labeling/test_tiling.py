"""Tiles cover a picture, and their pixels are those of the picture, from memory and from the file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anylabeling.accel import _rust, stat_files
from anylabeling.codecs import PixelFormat, bands, decode
from anylabeling.codecs.types import UInt8Array
from anylabeling.messages.auto_labeling import Tiling
from anylabeling.opencv import cv2
from anylabeling.services.auto_labeling import tiling
from anylabeling.services.auto_labeling.tiling import Picture, Rect, tile_rows
from anylabeling.utils.cancellation import Cancelled, CancelToken

JPEG_IN_PARTS = [
    pytest.param(".jpg", marks=pytest.mark.skipif(_rust.module() is None, reason="the Rust module is not built")),
    ".bmp",
]


@given(
    width=st.integers(1, 3000),
    height=st.integers(1, 3000),
    side=st.integers(64, 4096),
    overlap=st.floats(0, 0.8),
)
def test_tiles_cover_the_picture_and_overlap(width: int, height: int, side: int, overlap: float) -> None:
    rows = tile_rows(width, height, Tiling(side, overlap), 640)
    if width <= side and height <= side:
        assert rows == []
        return
    for axis, length in ((0, width), (1, height)):
        starts = [rect[axis] for rect in (rows[0] if axis == 0 else [row[0] for row in rows])]
        size = rows[0][0][axis + 2]
        assert size == min(side, length)
        assert starts[0] == 0
        assert starts[-1] + size == length
        # Rounding to whole pixels takes one away at most.
        assert all(
            after - before <= side * (1 - overlap) + 1 for before, after in zip(starts, starts[1:], strict=False)
        )
        assert starts == sorted(set(starts))
    assert len({rect[2:] for row in rows for rect in row}) == 1


def test_the_side_is_the_models_own_where_none_is_given() -> None:
    assert tile_rows(1000, 500, Tiling(0, 0.0), 500) == [[Rect(0, 0, 500, 500), Rect(500, 0, 500, 500)]]


@pytest.mark.parametrize(("side", "overlap"), [(-1, 0.2), (63, 0.2), (4097, 0.2), (640, -0.1), (640, 0.91)])
def test_tiles_that_make_no_sense_are_refused(side: int, overlap: float) -> None:
    with pytest.raises(ValueError, match="tile"):
        Tiling(side, overlap)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".bmp", ".tif"])
def test_parts_of_a_file_are_those_of_the_decoded_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    path = saved(tmp_path / f"large{suffix}")
    whole = decode(path, pixel_format=PixelFormat.RGB).pixels
    rows = tile_rows(900, 700, Tiling(128, 0.3), 640)
    monkeypatch.setattr(tiling, "_LARGE_PIXELS", 1000)
    picture = Picture.of_file(str(path))
    assert not picture.is_decoded
    assert (picture.width, picture.height) == (900, 700)
    found = list(picture.parts(rows, None))
    assert [rect for rect, _ in found] == [rect for row in rows for rect in row]
    for rect, pixels in found:
        np.testing.assert_array_equal(as_rgb(pixels), whole[rect.top : rect.bottom, rect.left : rect.right])
    seen = as_rgb(picture.whole(300))
    if suffix == ".png" or (suffix == ".jpg" and _rust.module() is None):  # decoded as a whole there
        np.testing.assert_array_equal(seen, whole)
    else:
        assert seen.shape == (350, 450, 3)
        half = cv2.resize(whole, (450, 350), interpolation=cv2.INTER_AREA)
        assert np.abs(seen.astype(int) - half).mean() < 6


@pytest.mark.parametrize("suffix", JPEG_IN_PARTS)
def test_a_reduced_picture_has_its_parts_from_the_file(tmp_path: Path, suffix: str) -> None:
    path = saved(tmp_path / f"large{suffix}")
    whole = decode(path).pixels
    reduced = np.ascontiguousarray(whole[::4, ::4])
    rows = tile_rows(900, 700, Tiling(512), 640)
    picture = Picture.of_pixels(reduced, PixelFormat.BGRA, (900, 700), str(path))
    assert picture.whole(100) is reduced
    for rect, pixels in picture.parts(rows, None):
        np.testing.assert_array_equal(pixels, whole[rect.top : rect.bottom, rect.left : rect.right])


@pytest.mark.parametrize("is_open", [False, True])
def test_a_png_too_large_for_memory_is_read_row_by_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_open: bool
) -> None:
    path = saved(tmp_path / "large.png")
    whole = decode(path, pixel_format=PixelFormat.RGB).pixels
    for room, name in ((tiling, "_LARGE_PIXELS"), (bands, "MOST_WHOLE_BYTES"), (bands, "_LEAST_FILE_BYTES")):
        monkeypatch.setattr(room, name, 1000)
    if is_open:  # the window has it reduced already
        picture = Picture.of_pixels(whole[::4, ::4], PixelFormat.RGB, (900, 700), str(path))
    else:
        picture = Picture.of_file(str(path))
        assert not picture.is_decoded
        assert picture.whole(300).shape == (350, 450, 3)
        assert not picture.is_decoded
    for rect, pixels in picture.parts(tile_rows(900, 700, Tiling(128, 0.3), 640), None, 300):
        np.testing.assert_array_equal(pixels, whole[rect.top : rect.bottom, rect.left : rect.right])
    if not is_open:  # its parts have given the whole by the way
        before = picture.whole(300)
        path.unlink()
        assert picture.is_read_once
        assert picture.whole(300) is before
        assert np.abs(before.astype(int) - cv2.resize(whole, (450, 350), interpolation=cv2.INTER_AREA)).max() <= 1


def test_without_a_file_parts_of_a_reduced_picture_are_reduced() -> None:
    reduced = np.zeros((50, 100, 3), np.uint8)
    picture = Picture.of_pixels(reduced, PixelFormat.RGB, (400, 200))
    shapes = {pixels.shape for _, pixels in picture.parts(tile_rows(400, 200, Tiling(100, 0.0), 640), None)}
    assert shapes == {(25, 25, 3)}


@pytest.mark.parametrize("suffix", JPEG_IN_PARTS)
def test_reading_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    monkeypatch.setattr(tiling, "_LARGE_PIXELS", 1000)
    cancel = CancelToken()
    path = saved(tmp_path / f"large{suffix}")
    parts = Picture.of_file(str(path)).parts(tile_rows(900, 700, Tiling(64), 640), cancel)
    next(parts)
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(parts)


def saved(path: Path) -> Path:
    """Write a picture of 900 x 700 pixels in which every part looks different."""
    y, x = np.mgrid[0:700, 0:900]
    pixels = np.stack([x * 255 // 900, y * 255 // 700, (x // 7 + y // 5) % 2 * 120], axis=2).astype(np.uint8)
    arguments = [cv2.IMWRITE_TIFF_COMPRESSION, 1] if path.suffix == ".tif" else []
    assert cv2.imwrite(str(path), pixels, arguments)
    assert stat_files([str(path)])[0][0] > 0
    return path


def as_rgb(pixels: UInt8Array) -> UInt8Array:
    return pixels[:, :, 2::-1] if pixels.shape[2] == 4 else pixels
