"""Letterboxing: where the picture lies, its colours, and the way back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from anylabeling.codecs import PixelFormat
from anylabeling.services.auto_labeling.preprocess import BlobPool, Letterbox, letterbox_into

SIDES = st.integers(1, 6000)
INPUTS = st.sampled_from([32, 64, 320, 640, 1280])


def picture(height: int, width: int, seed: int = 1) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


@given(SIDES, SIDES, INPUTS, INPUTS)
def test_the_picture_fits_centred_and_boxes_find_their_way_back(w: int, h: int, input_w: int, input_h: int) -> None:
    box = Letterbox.fit(w, h, input_w, input_h)
    assert 1 <= box.width <= input_w
    assert 1 <= box.height <= input_h
    assert box.width == input_w or box.height == input_h
    assert abs(2 * box.left + box.width - input_w) <= 1
    assert abs(2 * box.top + box.height - input_h) <= 1
    whole = np.array([[box.left, box.top, box.left + box.width, box.top + box.height]], np.float32)
    np.testing.assert_allclose(box.to_image(whole), [[0, 0, w, h]], atol=max(w, h) * 1e-5)


def test_the_sizes_are_those_of_the_usual_letterbox() -> None:
    assert Letterbox.fit(810, 1080, 640, 640) == Letterbox(810, 1080, 640, 640, 80, 0, 480, 640)
    assert Letterbox.fit(1280, 720, 640, 640) == Letterbox(1280, 720, 640, 640, 0, 140, 640, 360)
    assert Letterbox.fit(500, 333, 640, 640).top == 107


@pytest.mark.parametrize("pixel_format", list(PixelFormat))
def test_every_channel_order_gives_the_same_planes(pixel_format: PixelFormat) -> None:
    rgb = picture(48, 64)
    stored = {
        PixelFormat.RGB: rgb,
        PixelFormat.BGR: np.ascontiguousarray(rgb[..., ::-1]),
        PixelFormat.BGRA: np.dstack([rgb[..., ::-1], np.full((48, 64), 255, np.uint8)]),
    }[pixel_format]
    box = Letterbox.fit(64, 48, 64, 64)
    blob = np.full((3, 64, 64), np.nan, np.float32)
    letterbox_into(blob, stored, pixel_format, box)
    np.testing.assert_allclose(blob[:, 8:56], rgb.transpose(2, 0, 1) / 255.0, atol=1e-6)
    np.testing.assert_allclose(blob[:, :8], 114 / 255, atol=1e-6)
    np.testing.assert_allclose(blob[:, 56:], 114 / 255, atol=1e-6)


def test_resizing_is_bilinear_to_half_a_grey_level() -> None:
    image = picture(333, 500)
    box = Letterbox.fit(500, 333, 640, 640)
    blob = np.empty((3, 640, 640), np.float32)
    letterbox_into(blob, image, PixelFormat.RGB, box)
    inside = blob[:, box.top : box.top + box.height].transpose(1, 2, 0) * 255
    assert np.abs(inside - bilinear(image, box.width, box.height)).max() <= 1.0


def test_a_blob_that_is_used_again_holds_nothing_of_the_picture_before() -> None:
    blob = np.empty((3, 64, 64), np.float32)
    fresh = np.empty((3, 64, 64), np.float32)
    letterbox_into(blob, picture(64, 20), PixelFormat.RGB, Letterbox.fit(20, 64, 64, 64))
    wide, box = picture(10, 64, seed=2), Letterbox.fit(64, 10, 64, 64)
    letterbox_into(blob, wide, PixelFormat.RGB, box)
    letterbox_into(fresh, wide, PixelFormat.RGB, box)
    np.testing.assert_array_equal(blob, fresh)


def test_a_smaller_decode_lies_where_the_whole_picture_would() -> None:
    flat = np.full((600, 800, 3), 200, np.uint8)
    box = Letterbox.fit(800, 600, 64, 64)
    whole, small = np.empty((3, 64, 64), np.float32), np.empty((3, 64, 64), np.float32)
    letterbox_into(whole, flat, PixelFormat.RGB, box)
    letterbox_into(small, flat[::4, ::4].copy(), PixelFormat.RGB, box)
    np.testing.assert_array_equal(whole, small)


@pytest.mark.parametrize("shape", [(0, 5, 3), (5, 5), (5, 5, 4), (5, 5, 1)])
def test_arrays_that_are_no_pictures_are_refused(shape: tuple[int, ...]) -> None:
    blob = np.empty((3, 64, 64), np.float32)
    with pytest.raises(ValueError, match="expected a uint8 picture"):
        letterbox_into(blob, np.zeros(shape, np.uint8), PixelFormat.RGB, Letterbox.fit(5, 5, 64, 64))


def test_a_pool_gives_memory_again_but_never_of_another_shape() -> None:
    pool = BlobPool()
    first = pool.take((3, 8, 8))
    pool.give(first)
    assert pool.take((3, 8, 8)) is first
    pool.give(first)
    assert pool.take((3, 4, 4)).shape == (3, 4, 4)


def bilinear(image: NDArray[np.uint8], width: int, height: int) -> NDArray[np.float64]:
    """Resize in full precision with half-pixel centres and edges that repeat."""

    def positions(count: int, source: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        at = np.clip((np.arange(count) + 0.5) * source / count - 0.5, 0, source - 1)
        low = np.floor(at).astype(np.int64)
        return low, np.minimum(low + 1, source - 1), at - low

    x0, x1, fx = positions(width, image.shape[1])
    y0, y1, fy = positions(height, image.shape[0])
    rows = image[y0] * (1 - fy)[:, None, None] + image[y1] * fy[:, None, None]
    result: NDArray[np.float64] = rows[:, x0] * (1 - fx)[None, :, None] + rows[:, x1] * fx[None, :, None]
    return result
