"""Suppression of rotated boxes by every implementation, against polygons clipped by hand."""

from __future__ import annotations

import math
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anylabeling.accel import _numpy

Point = tuple[float, float]


def corners(box: list[float]) -> list[Point]:
    cx, cy, width, height, angle = box
    ux, uy = math.cos(angle), math.sin(angle)
    a, b = max(width, 0.0) / 2, max(height, 0.0) / 2
    return [
        (cx + s * a * ux - t * b * uy, cy + s * a * uy + t * b * ux) for s, t in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]


def clipped(polygon: list[Point], a: Point, b: Point) -> list[Point]:
    def side(p: Point) -> float:
        return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])

    result: list[Point] = []
    for p, q in zip(polygon, polygon[1:] + polygon[:1], strict=True):
        if side(p) >= 0:
            result.append(p)
        if (side(p) > 0) != (side(q) > 0) and side(p) != side(q):
            t = side(p) / (side(p) - side(q))
            result.append((p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])))
    return result


def area(polygon: list[Point]) -> float:
    pairs = zip(polygon, polygon[1:] + polygon[:1], strict=True)
    return abs(sum(p[0] * q[1] - q[0] * p[1] for p, q in pairs)) / 2


def plain_iou(first: list[float], second: list[float]) -> float:
    shared, frame = corners(second), corners(first)
    for a, b in zip(frame, frame[1:] + frame[:1], strict=True):
        shared = clipped(shared, a, b) if shared else []
    inter = area(shared) if len(shared) > 2 else 0.0
    union = area(corners(first)) + area(corners(second)) - inter
    return inter / union if union > 0 else 0.0


BOX = st.tuples(
    st.floats(-20, 20),
    st.floats(-20, 20),
    st.floats(0.5, 30),
    st.floats(0.5, 30),
    st.one_of(st.floats(-7, 7), st.sampled_from([0.0, math.pi / 2, math.pi, math.pi / 4])),
)


@settings(max_examples=50, deadline=None)
@given(first=BOX, second=BOX)
def test_two_boxes(accel: ModuleType, first: tuple[float, ...], second: tuple[float, ...]) -> None:
    expected = plain_iou(list(first), list(second))
    boxes, scores, classes = np.array([first, second]), np.array([0.9, 0.8]), np.zeros(2, int)
    for threshold in (expected - 1e-6, expected + 1e-6):
        if 0 <= threshold <= 1:
            kept = accel.nms_rotated(boxes, scores, classes, threshold)
            assert kept.tolist() == ([0] if expected > threshold else [0, 1])


@settings(max_examples=50, deadline=None)
@given(data=st.data(), count=st.integers(0, 40), threshold=st.sampled_from([0.0, 0.1, 0.45, 0.9, 1.0]))
def test_kept_sets_equal_the_reference(accel: ModuleType, data: st.DataObject, count: int, threshold: float) -> None:
    seed = data.draw(st.integers(0, 2**32 - 1))
    random = np.random.default_rng(seed)
    boxes = np.column_stack(
        [random.uniform(0, 60, (count, 2)), random.uniform(-2, 40, (count, 2)), random.uniform(-4, 4, count)]
    )
    if data.draw(st.booleans()):
        # Right angles and whole numbers: edges that lie on each other.
        boxes = np.round(boxes / 4) * 4
        boxes[:, 4] = random.integers(-3, 4, count) * (math.pi / 2)
    if count and data.draw(st.booleans()):
        boxes[data.draw(st.integers(0, count - 1)), data.draw(st.integers(0, 4))] = data.draw(
            st.sampled_from([math.nan, math.inf, -math.inf, 1e300, 1e16])
        )
    scores = np.round(random.random(count), 1).astype(np.float32)
    classes = random.integers(0, 2, count)
    limit = data.draw(st.integers(0, count + 1))
    kept = accel.nms_rotated(boxes, scores, classes, threshold, limit)
    assert kept.dtype == np.int64
    assert kept.tolist() == _numpy.nms_rotated(boxes, scores, classes, threshold, limit).tolist()


def test_many_boxes_equal_the_reference(accel: ModuleType) -> None:
    random = np.random.default_rng(8)
    count = 1500
    boxes = np.column_stack(
        [random.uniform(0, 640, (count, 2)), random.uniform(5, 120, (count, 2)), random.uniform(-4, 4, count)]
    )
    scores, classes = random.random(count), random.integers(0, 3, count)
    expected = _numpy.nms_rotated(boxes, scores, classes, 0.3, count).tolist()
    assert 300 < len(expected) < count
    assert accel.nms_rotated(boxes, scores, classes, 0.3, count).tolist() == expected
    assert accel.nms_rotated(boxes.astype(np.float32).astype(np.float64), scores, classes, 0.3, 9).size == 9


def test_upright_boxes_are_suppressed_as_by_nms(accel: ModuleType) -> None:
    random = np.random.default_rng(9)
    # Sizes and places in eighths, so that corners have no rounding.
    centres, sizes = random.integers(0, 800, (300, 2)) / 8, random.integers(8, 320, (300, 2)) / 8
    upright = np.hstack([centres - sizes / 2, centres + sizes / 2])
    rotated = np.column_stack([centres, sizes, np.zeros(300)])
    scores, classes = random.random(300).astype(np.float32), np.zeros(300, int)
    for threshold in (0.21, 0.47, 0.71):
        assert (
            accel.nms_rotated(rotated, scores, classes, threshold, 300).tolist()
            == accel.nms(upright, scores, classes, threshold, 300).tolist()
        )


@pytest.mark.parametrize("angle", [0.0, 0.3, math.pi / 2, 1e6])
def test_boxes_that_only_touch_do_not_overlap(accel: ModuleType, angle: float) -> None:
    ux, uy = math.cos(angle), math.sin(angle)
    boxes = np.array([[0, 0, 10, 4, angle], [10 * ux, 10 * uy, 10, 4, angle], [-4 * uy, 4 * ux, 10, 4, angle]])
    assert accel.nms_rotated(boxes, np.array([0.3, 0.2, 0.1]), np.zeros(3, int), 0.0).tolist() == [0, 1, 2]
    moved = boxes + [0.01 * ux, 0.01 * uy, 0, 0, 0] * np.array([[0], [-1], [0]])
    assert accel.nms_rotated(moved, np.array([0.3, 0.2, 0.1]), np.zeros(3, int), 0.0).tolist() == [0, 2]
