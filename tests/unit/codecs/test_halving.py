"""Halved versions of a picture are its averages, at any size, and can be given up half way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anylabeling.codecs.halving import halved, halvings
from anylabeling.utils.cancellation import Cancelled, CancelToken


@settings(max_examples=60, deadline=None)
@given(height=st.integers(1, 70), width=st.integers(1, 70), seed=st.integers(0, 9))
def test_each_pixel_is_the_mean_of_four(height: int, width: int, seed: int) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 4), np.uint8)
    half = halved(pixels)
    assert half.shape == (max(1, height // 2), max(1, width // 2), 4)
    rows = [0, 1] if height > 1 else [0, 0]
    columns = [0, 1] if width > 1 else [0, 0]
    for y in (0, half.shape[0] - 1):
        for x in (0, half.shape[1] - 1):
            four = pixels[np.ix_([2 * y + row for row in rows], [2 * x + column for column in columns])]
            assert np.abs(half[y, x] - four.reshape(4, 4).mean(axis=0)).max() <= 1


def test_brightness_stays() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (1500, 900, 4), np.uint8)
    levels = halvings(pixels, 100)
    assert [level.shape[:2] for level in levels] == [(750, 450), (375, 225), (187, 112), (93, 56)]
    assert all(abs(float(level.mean()) - float(pixels.mean())) < 0.6 for level in levels)
    assert not levels[0].flags.writeable
    assert halvings(np.full((8, 8, 4), 255, np.uint8), 1)[-1].tolist() == [[[255] * 4]]


def test_it_stops_between_strips() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        halvings(np.zeros((64, 64, 4), np.uint8), 8, token.raise_if_cancelled)
