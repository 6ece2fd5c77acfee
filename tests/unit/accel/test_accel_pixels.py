"""Planes of pixels by every implementation, against the plain formula."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

RANDOM = np.random.default_rng(4)


@settings(max_examples=50, deadline=None)
@given(
    height=st.integers(0, 5),
    width=st.integers(0, 70),
    count=st.integers(1, 6),
    scale=st.sampled_from([1 / 255, 1.0, -0.3]),
    spaced=st.tuples(st.integers(1, 3), st.integers(1, 2)),
    data=st.data(),
)
def test_each_plane_is_its_channel_times_the_factor(
    accel: ModuleType, height: int, width: int, count: int, scale: float, spaced: tuple[int, int], data: st.DataObject
) -> None:
    channels = data.draw(st.lists(st.integers(0, count - 1), min_size=3, max_size=3))
    rows, columns = spaced
    whole = RANDOM.integers(0, 256, (height * rows, width * columns, count), np.uint8)
    image = whole[::rows, ::columns]
    around = np.full((3, height + 2, width + 3), -1, np.float32)
    planes = around[:, 1:-1, 2:-1] if width else around[:, 1:-1, :0]
    accel.unpack_planes(image, channels, scale, planes)
    for plane, channel in zip(planes, channels, strict=True):
        np.testing.assert_array_equal(plane, image[..., channel].astype(np.float32) * np.float32(scale))
    around[:, 1:-1, 2 : 2 + width] = -1
    assert (around == -1).all()


def test_planes_whose_pixels_lie_apart_are_filled_too(accel: ModuleType) -> None:
    image = RANDOM.integers(0, 256, (4, 9, 4), np.uint8)
    pixels = np.zeros((4, 9, 3), np.float32)
    accel.unpack_planes(image, (2, 1, 0), 1.0, pixels.transpose(2, 0, 1))
    np.testing.assert_array_equal(pixels, image[..., 2::-1])
    upside_down = np.zeros((3, 4, 9), np.float32)
    accel.unpack_planes(image[::-1], (0, 1, 2), 1.0, upside_down[:, ::-1])
    np.testing.assert_array_equal(upside_down, image[..., :3].transpose(2, 0, 1))


IMAGE = np.zeros((2, 3, 3), np.uint8)
PLANES = np.zeros((3, 2, 3), np.float32)
READ_ONLY = PLANES.copy()
READ_ONLY.flags.writeable = False


@pytest.mark.parametrize(
    ("image", "channels", "planes"),
    [
        (IMAGE.astype(np.int16), (0, 1, 2), PLANES),
        (IMAGE[0], (0, 1, 2), PLANES),
        (IMAGE.tolist(), (0, 1, 2), PLANES),
        (IMAGE, (0, 1, 3), PLANES),
        (IMAGE, (0, -1, 2), PLANES),
        (IMAGE, (0, 1), PLANES),
        (IMAGE, (0, 1, 2, 0), PLANES),
        (IMAGE, (0, 1, 2), PLANES[:2]),
        (IMAGE, (0, 1, 2), PLANES.astype(np.float64)),
        (IMAGE, (0, 1, 2), PLANES.astype(">f4")),
        (IMAGE, (0, 1, 2), PLANES.tolist()),
        (IMAGE, (0, 1, 2), READ_ONLY),
    ],
)
def test_what_does_not_fit_is_refused(accel: ModuleType, image: Any, channels: Any, planes: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - numpy and Python have their own words for some of these
        accel.unpack_planes(image, channels, 1.0, planes)


def test_channels_are_whole_numbers(accel: ModuleType) -> None:
    with pytest.raises(TypeError):
        accel.unpack_planes(IMAGE, (0, 1, 1.5), 1.0, PLANES)
    with pytest.raises(TypeError):
        accel.unpack_planes(IMAGE, "012", 1.0, PLANES)
