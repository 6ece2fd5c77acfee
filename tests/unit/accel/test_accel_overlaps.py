"""Overlaps of polygons by every implementation, against formulas of another kind."""

from __future__ import annotations

import math
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anylabeling.accel import _numpy

Ring = np.ndarray


def signed_overlap(first: Ring, second: Ring) -> float:
    """Return the shared area of two simple polygons: what lies below each pair of edges, with the signs of both."""
    low = min(first[:, 1].min(), second[:, 1].min())
    total = 0.0
    for (ax, ay), (bx, by) in zip(first, np.roll(first, -1, axis=0), strict=True):
        for (cx, cy), (dx, dy) in zip(second, np.roll(second, -1, axis=0), strict=True):
            left, right = max(min(ax, bx), min(cx, dx)), min(max(ax, bx), max(cx, dx))
            if left >= right:
                continue
            heights = [
                [ay + (by - ay) * (x - ax) / (bx - ax) - low for x in (left, right)],
                [cy + (dy - cy) * (x - cx) / (dx - cx) - low for x in (left, right)],
            ]
            (a0, a1), (c0, c1) = heights
            if (a0 - c0) * (a1 - c1) < 0:
                cut = (a0 - c0) / ((a0 - c0) - (a1 - c1))
                middle = a0 + cut * (a1 - a0)
                piece = cut * (min(a0, c0) + middle) / 2 + (1 - cut) * (middle + min(a1, c1)) / 2
            else:
                piece = (min(a0, c0) + min(a1, c1)) / 2
            total += math.copysign(1, bx - ax) * math.copysign(1, dx - cx) * piece * (right - left)
    return abs(total)


def shoelace(ring: Ring) -> float:
    x, y = ring.T
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def star(seed: int, count: int, centre: tuple[float, float], radius: float) -> Ring:
    random = np.random.default_rng(seed)
    # No gap of half a turn, so that the middle is inside and no edges cross.
    angles = (np.arange(count) + random.uniform(0, 0.8, count)) / count * 2 * np.pi
    radii = random.uniform(0.3, 1, count) * radius
    return np.array(centre) + np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1)


SEEDS = st.integers(0, 2**32 - 1)


@settings(max_examples=50, deadline=None)
@given(
    seed=SEEDS,
    counts=st.tuples(st.integers(3, 60), st.integers(3, 60)),
    centre=st.tuples(st.floats(-80, 80), st.floats(-80, 80)),
    offset=st.sampled_from([0.0, 1e5]),
)
def test_simple_polygons(
    accel: ModuleType, seed: int, counts: tuple[int, int], centre: tuple[float, float], offset: float
) -> None:
    first, second = star(seed, counts[0], (0, 0), 50), star(seed + 1, counts[1], centre, 40)
    both = signed_overlap(first, second)
    union = shoelace(first) + shoelace(second) - both
    found = accel.polygon_iou(first + offset, second + offset)
    assert found == pytest.approx(both / union, abs=1e-7 if offset else 1e-11)
    assert accel.polygon_iou(second[::-1] + offset, np.roll(first, 3, axis=0) + offset) == pytest.approx(
        found, abs=1e-7
    )


# Whole numbers in a small square: corners on edges, edges on edges, outlines that cross themselves or go back.
SMALL = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=14)


@settings(max_examples=50, deadline=None)
@given(first=SMALL, second=SMALL, scale=st.sampled_from([1.0, 1 / 3, 1e12, 1e-12]))
def test_any_outlines_equal_the_reference(
    accel: ModuleType, first: list[tuple[int, int]], second: list[tuple[int, int]], scale: float
) -> None:
    a, b = np.array(first, float).reshape(-1, 2) * scale, np.array(second, float).reshape(-1, 2) * scale
    found = accel.polygon_iou(a, b)
    assert 0 <= found <= 1
    assert found == pytest.approx(_numpy.polygon_iou(a, b), abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, counts=st.tuples(st.integers(3, 40), st.integers(3, 40)))
def test_scribbles_equal_the_reference(accel: ModuleType, seed: int, counts: tuple[int, int]) -> None:
    random = np.random.default_rng(seed)
    first, second = random.normal(size=(counts[0], 2)), random.normal(size=(counts[1], 2))
    assert accel.polygon_iou(first, second) == pytest.approx(_numpy.polygon_iou(first, second), abs=1e-9)
    # Every value of a few is shared by many: nothing but ties.
    coarse = np.round(random.normal(size=(60, 2)))
    assert accel.polygon_iou(coarse, coarse[::-1]) == pytest.approx(_numpy.polygon_iou(coarse, coarse), abs=1e-9)


def test_known_overlaps(accel: ModuleType) -> None:
    square = np.array([[0, 0], [4, 0], [4, 4], [0, 4]], float)
    bow_tie = np.array([[0, 0], [4, 4], [4, 0], [0, 4]], float)
    ring = np.array([[0, 0], [4, 0], [4, 4], [0, 4], [0, 0], [1, 1], [1, 3], [3, 3], [3, 1], [1, 1]], float)
    for first, second, expected in (
        (square, square, 1.0),
        (square, square[::-1], 1.0),
        (square, square + [4, 0], 0.0),
        (square, square + [5, 5], 0.0),
        (square, square + [2, 0], 1 / 3),
        (square, square / 2, 0.25),
        (square, bow_tie, 0.5),
        (square, ring, 0.75),
        (square, square[:2], 0.0),
        (square, np.empty((0, 2)), 0.0),
        (square[[0, 1, 1, 0]], square, 0.0),
        (np.zeros((5, 2)), np.zeros((5, 2)), 0.0),
    ):
        assert accel.polygon_iou(first, second) == pytest.approx(expected, abs=1e-12)
        assert accel.polygon_iou(second, first) == pytest.approx(expected, abs=1e-12)


def test_far_away_polygons_keep_their_digits(accel: ModuleType) -> None:
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) + 1e9
    assert accel.polygon_iou(square, square + 0.5) == pytest.approx(1 / 7, rel=1e-12)


def test_many_corners(accel: ModuleType) -> None:
    angles = np.linspace(0, 2 * np.pi, 5000, endpoint=False)
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    lens = 2 * math.acos(0.5) - 0.5 * math.sqrt(3)
    expected = lens / (2 * math.pi - lens)
    if accel.status()["polygon_iou"].implementation == "numpy":
        circle = circle[::10]
    assert accel.polygon_iou(circle, circle + [1, 0]) == pytest.approx(expected, abs=1e-4)
    comb = np.array([[x, (x % 2) * 100 + x * 0.01] for x in range(400)] + [[399, -1], [0, -1]], float)
    assert accel.polygon_iou(comb, comb) == pytest.approx(1.0)


@settings(max_examples=60, deadline=None)
@given(data=st.data(), counts=st.tuples(st.integers(0, 5), st.integers(0, 5)))
def test_matrix_holds_every_pair(accel: ModuleType, data: st.DataObject, counts: tuple[int, int]) -> None:
    groups = [[np.array(data.draw(SMALL), float).reshape(-1, 2) for _ in range(count)] for count in counts]
    packed = []
    for group in groups:
        packed += [np.concatenate([np.empty((0, 2)), *group]), np.cumsum([0, *map(len, group)])]
    matrix = accel.polygon_iou_matrix(*packed)
    assert matrix.shape == counts
    for row, first in enumerate(groups[0]):
        for column, second in enumerate(groups[1]):
            assert matrix[row, column] == pytest.approx(accel.polygon_iou(first, second), abs=1e-9)


def test_what_is_refused(accel: ModuleType) -> None:
    square = np.array([[0, 0], [4, 0], [4, 4], [0, 4]], float)
    for value in (np.nan, np.inf, -np.inf, 1e16):
        broken = square.copy()
        broken[2, 1] = value
        for arguments in ((broken, square), (square, broken)):
            with pytest.raises(ValueError, match="must be finite and at most"):
                accel.polygon_iou(*arguments)
        with pytest.raises(ValueError, match="points_b must be finite and at most"):
            accel.polygon_iou_matrix(square, [0, 4], broken, [0, 4])
    with pytest.raises(ValueError, match=r"points_a must have the shape \(n, 2\)"):
        accel.polygon_iou(square.ravel(), square)
    with pytest.raises(TypeError, match="points_b must be real numbers"):
        accel.polygon_iou(square, [["1", "2"]])
    for offsets in ([], [0, 3], [0, 5, 4], [-1, 4]):
        with pytest.raises(ValueError, match="Offsets must rise"):
            accel.polygon_iou_matrix(square, offsets, square, [0, 4])
