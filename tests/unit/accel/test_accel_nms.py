"""Every implementation of the box functions against the plain definition."""

from __future__ import annotations

import functools
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from anylabeling.accel import _numpy


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


@settings(max_examples=50, deadline=None)
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


@settings(max_examples=60, deadline=None)
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


def spread_boxes(seed: int, count: int, side: float = 640.0) -> np.ndarray:
    random = np.random.default_rng(seed)
    centres = random.uniform(0, side, (count, 2))
    sizes = np.exp(random.uniform(np.log(4), np.log(250), (count, 2)))
    return np.hstack([centres - sizes / 2, centres + sizes / 2])


# Sizes from which a grid is used, thresholds where its reach is widest and narrowest, and coordinates that leave no
# digits, or none of float32, for the distance of centres.
@pytest.mark.parametrize("threshold", [0.0, 1e-6, 0.2, 0.45, 0.7, 0.999, 1.0])
@pytest.mark.parametrize("kind", ["plain", "far", "tiny", "huge", "beyond floats", "grid", "line", "one place"])
def test_large_classes_by_any_threshold(accel: ModuleType, kind: str, threshold: float) -> None:
    boxes, scores, classes = large_classes(kind)
    assert accel.nms(boxes, scores, classes, threshold, 700).tolist() == plainly_kept(kind, threshold)


@functools.cache
def plainly_kept(kind: str, threshold: float) -> list[int]:
    """Return what the double loop keeps, which takes it longer than all the others together."""
    return plain_nms(*large_classes(kind), threshold, 700)


def large_classes(kind: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    boxes = spread_boxes(5, 700)
    if kind == "far":
        boxes += 1e7
    elif kind in ("tiny", "huge", "beyond floats"):
        boxes *= {"tiny": 1e-36, "huge": 1e29, "beyond floats": 1e160}[kind]
    elif kind == "grid":
        # Whole numbers make IoUs that are exactly the threshold.
        boxes = np.round(boxes / 32) * 32
    elif kind == "line":
        boxes[:, [1, 3]] = [10, 20]
    elif kind == "one place":
        boxes[:] = boxes[0]
    if kind != "beyond floats":
        boxes = boxes.astype(np.float32)
    random = np.random.default_rng(6)
    scores = np.round(random.random(700), 2).astype(np.float32)
    classes = (random.random(700) < 0.2).astype(np.int64)
    return boxes, scores, classes


@settings(max_examples=8, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    count=st.integers(380, 900),
    threshold=st.floats(0, 1),
    step=st.sampled_from([0.0, 0.5, 4.0, 16.0]),
    double=st.booleans(),
)
def test_large_classes_equal_the_double_loop(
    accel: ModuleType, seed: int, count: int, threshold: float, step: float, double: bool
) -> None:
    boxes = spread_boxes(seed, count)
    if step:
        boxes = np.round(boxes / step) * step
    if not double:
        boxes = boxes.astype(np.float32)
    boxes[seed % count] = [5, 5, 1, 1]
    scores = np.random.default_rng(seed + 1).random(count).astype(np.float32)
    classes = np.zeros(count, np.int32)
    assert accel.nms(boxes, scores, classes, threshold, count).tolist() == plain_nms(
        boxes, scores, classes, threshold, count
    )


# Sizes from which vectors of floats look around in a grid, too; the plain loop would take long.
@pytest.mark.parametrize("kind", ["plain", "inverted", "far", "small", "grid", "grid of doubles", "line", "one place"])
@pytest.mark.parametrize("threshold", [0.0, 1e-6, 0.2, 0.5, 0.999, 1.0])
def test_grids_equal_the_reference(accel: ModuleType, kind: str, threshold: float) -> None:
    boxes = spread_boxes(8, 1100)
    boxes[300:500] = boxes[300] + np.random.default_rng(9).normal(0, 0.5, (200, 4))
    if kind == "inverted":
        boxes[::7] = boxes[::7, [2, 1, 0, 3]]
    elif kind in ("far", "small"):
        boxes = boxes + 1e7 if kind == "far" else boxes * 1e-11
    elif kind.startswith("grid"):
        boxes = np.round(boxes / 16) * 16 * (1.0 if kind == "grid" else 0.1)
    elif kind == "line":
        boxes[:, [1, 3]] = [10, 20]
    elif kind == "one place":
        boxes[:] = boxes[0]
    if kind != "grid of doubles":
        boxes = boxes.astype(np.float32)
    scores = np.round(np.random.default_rng(10).random(1100), 2).astype(np.float32)
    classes = np.zeros(1100, np.int32)
    expected = _numpy.nms(boxes, scores, classes, threshold, 1100).tolist()
    assert accel.nms(boxes, scores, classes, threshold, 1100).tolist() == expected
    assert accel.nms(boxes, scores, classes, threshold, 40).tolist() == expected[:40]


@pytest.mark.parametrize("count", [30, 600, 3000])
@pytest.mark.parametrize("kind", ["even", "close together, one far away", "two values", "any size"])
def test_order_of_scores(accel: ModuleType, kind: str, count: int) -> None:
    random = np.random.default_rng(count)
    scores = random.random(count)
    if kind == "close together, one far away":
        scores = 0.9 + scores * 1e-5
        scores[count // 2] = 1e-30
    elif kind == "two values":
        scores = np.round(scores)
    elif kind == "any size":
        scores = (scores - 0.5) * 10.0 ** random.integers(-30, 30, count)
    scores = scores.astype(np.float32)
    lefts = np.arange(count) * 10.0
    boxes = np.column_stack([lefts, lefts * 0, lefts + 5, lefts * 0 + 5]).astype(np.float32)
    kept = accel.nms(boxes, scores, np.zeros(count, np.int32), 0.5, count)
    assert kept.tolist() == np.argsort(-scores, kind="stable").tolist()


@pytest.mark.parametrize("classes", [[2**63 - 1, -(2**63), 0], [10**9, -(10**9), 10**9], [True, False, True]])
def test_any_whole_number_is_a_class(accel: ModuleType, classes: list[int]) -> None:
    boxes = np.array([[0, 0, 9, 9]] * 3, np.float32)
    scores = np.array([0.1, 0.2, 0.3], np.float32)
    for class_type in ("int64", "uint8", "int8", "uint64"):
        numbers = np.array(classes) if class_type == "int64" else (np.array(classes) % 101).astype(class_type)
        expected = plain_nms(boxes, scores, numbers, 0.5, 3)
        assert accel.nms(boxes, scores, numbers, 0.5, 3).tolist() == expected


def test_scores_of_any_sign_and_size(accel: ModuleType) -> None:
    scores = np.array([0.0, -0.0, -1.0, 3e38, 1e-45, -3e38, 1.0, np.inf, -np.inf, np.nan], np.float32)
    boxes = np.array([[10 * i, 0, 10 * i + 5, 5] for i in range(10)], np.float32)
    assert accel.nms(boxes, scores, np.zeros(10, int), 0.5, 20).tolist() == [3, 6, 4, 0, 1, 2, 5]


def test_what_nms_refuses(accel: ModuleType) -> None:
    boxes, scores, classes = np.zeros((3, 4), np.float32), np.zeros(3, np.float32), np.zeros(3, int)
    for function, width in ((accel.nms, 4), (accel.nms_rotated, 5)):
        good = np.zeros((3, width))
        for threshold in (np.nan, -0.1, 1.1, np.inf):
            with pytest.raises(ValueError, match="iou_threshold must be from 0 to 1"):
                function(good, scores, classes, threshold)
        with pytest.raises(ValueError, match=r"boxes must have the shape \(n, "):
            function(np.zeros((3, 3)), scores, classes, 0.5)
        with pytest.raises(ValueError, match="as many scores as boxes: 2 for 3"):
            function(good, scores[:2], classes, 0.5)
        with pytest.raises(ValueError, match="as many classes as boxes: 4 for 3"):
            function(good, scores, np.zeros(4, int), 0.5)
        with pytest.raises(TypeError, match="classes must be integers"):
            function(good, scores, np.zeros(3), 0.5)
        with pytest.raises(TypeError, match="boxes must be real numbers"):
            function(np.full((3, width), "1"), scores, classes, 0.5)
        with pytest.raises(TypeError, match="scores must be real numbers"):
            function(good, np.zeros(3, complex), classes, 0.5)
        with pytest.raises(ValueError, match=r"scores must have the shape \(n,\)"):
            function(good, np.zeros((3, 1)), classes, 0.5)
    assert accel.nms(boxes, scores, classes, 0.5, -5).tolist() == []


def test_arrays_of_any_layout(accel: ModuleType) -> None:
    boxes = spread_boxes(1, 200).astype(np.float32)
    scores = np.random.default_rng(2).random(200).astype(np.float32)
    classes = np.arange(200) % 3
    expected = accel.nms(boxes, scores, classes, 0.3, 200).tolist()
    wide = np.zeros((400, 8), np.float32)
    wide[::2, ::2] = boxes
    layouts = [
        (np.asfortranarray(boxes), scores[::-1][::-1], classes.astype(np.uint16)),
        (wide[::2, ::2], np.repeat(scores, 2)[::2], np.repeat(classes, 2)[::2]),
        (boxes.astype(">f4"), scores.astype(">f4"), classes.astype(">i8")),
        (boxes.tolist(), scores.tolist(), classes.tolist()),
        (boxes.astype(np.float64), scores.astype(np.float64), classes.astype(np.int32)),
    ]
    for layout in layouts:
        assert accel.nms(*layout, 0.3, 200).tolist() == expected
