"""Every implementation of the box functions against the plain definition."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp


def area(box: list[float]) -> float:
    return max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0)


def plain_iou(a: list[float], b: list[float]) -> tuple[float, float]:
    width = max(min(a[2], b[2]) - max(a[0], b[0]), 0.0)
    height = max(min(a[3], b[3]) - max(a[1], b[1]), 0.0)
    inter = width * height
    return inter, area(a) + area(b) - inter


def plain_nms(boxes: np.ndarray, scores: np.ndarray, classes: np.ndarray, threshold: float, limit: int) -> list[int]:
    rows = [[float(value) for value in box] for box in boxes]
    usable = [i for i in range(len(rows)) if np.isfinite(rows[i]).all() and np.isfinite(scores[i])]
    kept: list[int] = []
    for index in sorted(usable, key=lambda i: -float(scores[i])):
        for better in kept:
            if classes[better] == classes[index]:
                inter, union = plain_iou(rows[better], rows[index])
                if inter > 0 and inter > threshold * union:
                    break
        else:
            kept.append(index)
    return kept[:limit]


# Few distinct values make equal scores, equal boxes, touching and nested ones frequent.
COORDINATES = st.one_of(
    st.integers(-8, 8).map(float), st.floats(-1e4, 1e4, width=32), st.sampled_from([np.nan, np.inf, -np.inf])
)
SCORES = st.one_of(st.sampled_from([0.0, 0.5, 1.0]), st.floats(0, 1, width=32), st.just(np.nan))


@settings(max_examples=400, deadline=None)
@given(
    data=st.data(),
    count=st.integers(0, 24),
    threshold=st.sampled_from([0.0, 0.3, 0.45, 0.5, 1.0]),
    limit=st.integers(0, 30),
)
def test_nms_equals_the_double_loop(
    accel: ModuleType, data: st.DataObject, count: int, threshold: float, limit: int
) -> None:
    boxes = data.draw(hnp.arrays(np.float32, (count, 4), elements=COORDINATES))
    scores = data.draw(hnp.arrays(np.float32, count, elements=SCORES))
    classes = data.draw(hnp.arrays(np.int64, count, elements=st.integers(0, 3)))
    kept = accel.nms(boxes, scores, classes, threshold, limit)
    assert kept.dtype == np.int64
    assert kept.tolist() == plain_nms(boxes, scores, classes, threshold, limit)


@pytest.mark.parametrize(("count", "class_count"), [(300, 1), (1500, 1), (3000, 2), (1500, 80)])
def test_nms_of_many_boxes(accel: ModuleType, count: int, class_count: int) -> None:
    random = np.random.default_rng(count)
    centres = random.uniform(0, 640, (count, 2))
    sizes = random.uniform(20, 200, (count, 2))
    boxes = np.hstack([centres - sizes / 2, centres + sizes / 2]).astype(np.float32)
    scores = np.round(random.random(count), 2).astype(np.float32)  # many ties
    classes = random.integers(0, class_count, count)
    expected = plain_nms(boxes, scores, classes, 0.45, count)
    assert accel.nms(boxes, scores, classes, 0.45, count).tolist() == expected
    assert accel.nms(boxes, scores, classes, 0.45, 17).tolist() == expected[:17]


def test_far_away_classes_do_not_touch(accel: ModuleType) -> None:
    # Moving boxes apart by class in float32 loses the fractions that decide here.
    boxes = np.array([[0.1, 0.1, 10.1, 10.1], [5.1, 0.1, 15.1, 10.1]], np.float32)
    scores = np.array([0.9, 0.8], np.float32)
    for number in (0, 10_000_000):
        assert accel.nms(boxes, scores, np.array([number, number]), 0.3333, 10).tolist() == [0]
        assert accel.nms(boxes, scores, np.array([number, number]), 0.3334, 10).tolist() == [0, 1]
    assert accel.nms(boxes, scores, np.array([-1, 5]), 0.0, 10).tolist() == [0, 1]


def test_nms_leaves_its_input_alone(accel: ModuleType) -> None:
    boxes = np.array([[0, 0, 2, 2], [0, 0, 2, 2]], np.float32)
    scores = np.array([0.5, 0.5], np.float32)
    for array in (boxes, scores):
        array.flags.writeable = False
    assert accel.nms(boxes, scores, np.zeros(2, int), 0.5, 5).tolist() == [0]
    assert accel.nms(np.empty((0, 4), np.float32), np.empty(0, np.float32), np.empty(0, int), 0.5, 5).tolist() == []


FINITE = st.one_of(st.integers(-8, 8).map(float), st.floats(-1e4, 1e4, width=32))


@settings(max_examples=100, deadline=None)
@given(data=st.data(), rows=st.integers(0, 6), columns=st.integers(0, 6))
def test_iou_matrix(accel: ModuleType, data: st.DataObject, rows: int, columns: int) -> None:
    first = data.draw(hnp.arrays(np.float32, (rows, 4), elements=FINITE))
    second = data.draw(hnp.arrays(np.float32, (columns, 4), elements=FINITE))
    matrix = accel.iou_matrix(first, second)
    assert matrix.shape == (rows, columns)
    for row in range(rows):
        for column in range(columns):
            inter, union = plain_iou([float(v) for v in first[row]], [float(v) for v in second[column]])
            assert matrix[row, column] == pytest.approx(inter / union if union > 0 else 0.0)
