"""Whatever is passed in: every implementation answers as the reference does, or refuses it in the same way."""

from __future__ import annotations

import math
import threading
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anylabeling.accel import _numpy

PACKED = np.zeros(6, np.dtype([("tag", "u1"), ("xy", "<f8", (2,)), ("box", "<f4", (4,))]))
UNALIGNED = PACKED["xy"]
RANDOM = np.random.default_rng(4)

STRANGE: list[Any] = [
    None,
    "text",
    b"bytes",
    3,
    math.nan,
    [],
    [[]],
    [[1, 2], [3]],
    [[1, 2], [3, 4]],
    [[1.5, math.nan], [math.inf, -math.inf]],
    [["1", "2"]],
    {"a": 1},
    {1, 2},
    object(),
    np.array(5.0),
    np.zeros((0, 7)),
    np.zeros((7, 0)),
    np.zeros((2, 2, 2)),
    np.zeros((3, 4), np.float32),
    np.zeros((3, 5), np.longdouble),
    np.ones((3, 4), np.float16),
    np.ones((3, 2), bool),
    np.ones((3, 2), complex),
    np.array([[1, 2], [None, 4]], object),
    np.array(["2020-01-01"], "datetime64[D]"),
    np.array([1, 2], "timedelta64[s]"),
    np.full((3, 4), 2**64 - 1, np.uint64),
    np.full(3, 2**64 - 1, np.uint64),
    np.full(3, -(2**63), np.int64),
    np.arange(3),
    np.arange(4, dtype=">i2"),
    np.array([0, 4]),
    np.array([0, 2, 1]),
    np.array([0, 2**62]),
    np.array([0.0, 3.0]),
    RANDOM.normal(size=(4, 2)),
    RANDOM.normal(size=(8, 2))[::-2],
    RANDOM.normal(size=(2, 4)).T,
    RANDOM.normal(size=(4, 2)).astype(">f8"),
    UNALIGNED,
    UNALIGNED[:, 0],
    PACKED["box"],
    PACKED,
    np.ma.masked_array(np.ones((3, 2)), mask=[[0, 1]] * 3),
    np.ones((4, 2)).view(np.recarray),
    np.full((3, 4), 1e308),
    np.full((3, 2), 5e-324),
    np.full((3, 5), 1e38, np.float32),
    np.broadcast_to(np.float64(1.0), (3, 2)),
    np.zeros(2, np.float32),
    np.zeros(3, np.float32),
    memoryview(np.ones((3, 2))),
    range(3),
]
ANYTHING = st.integers(0, len(STRANGE) - 1).map(STRANGE.__getitem__)
NUMBER = st.sampled_from([0.0, 0.5, 1, -1, math.nan, math.inf, 1e300, 10**30, -(10**30), None, "0.5", [0.5], True])

ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "nms": (ANYTHING, ANYTHING, ANYTHING, NUMBER, NUMBER),
    "nms_rotated": (ANYTHING, ANYTHING, ANYTHING, NUMBER, NUMBER),
    "iou_matrix": (ANYTHING, ANYTHING),
    "transform_points": (ANYTHING, ANYTHING),
    "polygon_measures": (ANYTHING, ANYTHING),
    "points_in_polygons": (ANYTHING, ANYTHING, ANYTHING),
    "polygon_iou": (ANYTHING, ANYTHING),
    "polygon_iou_matrix": (ANYTHING, ANYTHING, ANYTHING, ANYTHING),
    "simplify": (ANYTHING, NUMBER),
    "unpack_planes": (ANYTHING, ANYTHING, NUMBER, ANYTHING),
    "natural_sorted": (ANYTHING,),
    "natural_sort_keys": (ANYTHING,),
}


def outcome(function: Any, arguments: tuple[Any, ...]) -> Any:
    """Return the result, or the kind of error."""
    try:
        with np.errstate(all="ignore"):
            return function(*arguments)
    except (TypeError, ValueError, OverflowError, NotImplementedError, IndexError, MemoryError) as error:
        # Python's own conversions say OverflowError where numpy says ValueError.
        return TypeError if isinstance(error, (TypeError, NotImplementedError)) else ValueError


def assert_same(found: Any, expected: Any) -> None:
    if isinstance(expected, (type, list)):
        assert found == expected
    elif isinstance(expected, tuple):
        for one, other in zip(found, expected, strict=True):
            assert_same(one, other)
    else:
        assert np.asarray(found).dtype == np.asarray(expected).dtype
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", ARGUMENTS)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_anything(accel: ModuleType, name: str, data: st.DataObject) -> None:
    arguments = tuple(data.draw(argument) for argument in ARGUMENTS[name])
    found, expected = outcome(getattr(accel, name), arguments), outcome(getattr(_numpy, name), arguments)
    if isinstance(expected, type):
        # Where several arguments are wrong, any of them may be named first.
        assert isinstance(found, type)
    else:
        assert_same(found, expected)


GOOD: dict[str, tuple[Any, ...]] = {
    "nms": (np.ones((3, 4), np.float32), np.ones(3, np.float32), np.zeros(3, int), 0.5, 3),
    "nms_rotated": (np.ones((3, 5)), np.ones(3, np.float32), np.zeros(3, int), 0.5, 3),
    "transform_points": (np.ones((3, 2)), np.ones((2, 3))),
    "polygon_measures": (np.ones((4, 2)), np.array([0, 4])),
    "points_in_polygons": (np.ones((3, 2)), np.ones((4, 2)), np.array([0, 1, 4])),
    "polygon_iou": (np.ones((4, 2)), np.eye(2)[[0, 1, 1]]),
    "polygon_iou_matrix": (np.ones((4, 2)), np.array([0, 4]), np.ones((4, 2)), np.array([0, 4])),
    "simplify": (np.ones((4, 2)), 0.5),
}


@pytest.mark.parametrize("name", GOOD)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_one_argument_is_strange(accel: ModuleType, name: str, data: st.DataObject) -> None:
    arguments = list(GOOD[name])
    arguments[data.draw(st.integers(0, len(arguments) - 1))] = data.draw(ANYTHING)
    assert_same(outcome(getattr(accel, name), tuple(arguments)), outcome(getattr(_numpy, name), tuple(arguments)))


def test_more_rows_than_there_is_memory(accel: ModuleType) -> None:
    endless = np.broadcast_to(np.float32(1.0), (2**44, 4))
    numbers = np.broadcast_to(np.float32(1.0), (2**44,))
    with pytest.raises((MemoryError, ValueError)):
        accel.nms(endless, numbers, np.broadcast_to(np.int64(1), (2**44,)), 0.5)
    with pytest.raises((MemoryError, ValueError)):
        accel.polygon_iou(endless[:, :2], endless[:, :2])
    with pytest.raises(ValueError, match="as many scores"):
        accel.nms(np.zeros((2, 4)), numbers[:3], np.zeros(2, int), 0.5)


def test_arrays_that_change_meanwhile_break_nothing(accel: ModuleType) -> None:
    # Whoever changes an array during a call gets nonsense or an error, but never memory that is not theirs.
    count = 3000
    boxes = RANDOM.uniform(0, 100, (count, 4)).astype(np.float32)
    scores = RANDOM.random(count).astype(np.float32)
    classes = RANDOM.integers(0, 50, count)
    offsets, points = np.arange(0, count + 1, 10), RANDOM.normal(size=(count, 2))
    stop = threading.Event()

    def disturb() -> None:
        while not stop.is_set():
            classes[:] = 10**12
            boxes[:] = np.nan
            offsets[:] = 2**40
            classes[:] = -5
            boxes[:] = 1e30
            offsets[:] = np.arange(0, count + 1, 10)

    thread = threading.Thread(target=disturb)
    thread.start()
    try:
        for _ in range(8):
            outcome(accel.nms, (boxes, scores, classes, 0.5, count))
            outcome(accel.polygon_measures, (points, offsets))
            outcome(accel.points_in_polygons, (points[:5], points, offsets))
    finally:
        stop.set()
        thread.join()
