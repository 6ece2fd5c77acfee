"""Rotated boxes: overlaps against an independent computation, and known cases."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anylabeling.services.auto_labeling.rotated_boxes import corners_of_rotated, nms_rotated, rotated_iou

sides = st.floats(1, 60)
places = st.floats(-30, 30)
boxes = st.tuples(places, places, sides, sides, st.floats(-math.pi, math.pi))


def plain_iou(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Cut one box off at each side of the other, corner by corner, and measure what is left."""
    polygon = [tuple(corner) for corner in corners_of_rotated(np.array([one]))[0].tolist()]
    window = corners_of_rotated(np.array([other]))[0].tolist()
    for (ax, ay), (bx, by) in zip(window, window[1:] + window[:1], strict=True):
        result = []
        for (px, py), (qx, qy) in zip(polygon, polygon[1:] + polygon[:1], strict=True):
            p_in = (bx - ax) * (py - ay) - (by - ay) * (px - ax)
            q_in = (bx - ax) * (qy - ay) - (by - ay) * (qx - ax)
            if p_in >= 0:
                result.append((px, py))
            if p_in * q_in < 0:
                share = p_in / (p_in - q_in)
                result.append((px + share * (qx - px), py + share * (qy - py)))
        polygon = result
        if not polygon:
            return 0.0
    pairs = zip(polygon, polygon[1:] + polygon[:1], strict=True)
    inter = abs(sum(px * qy - py * qx for (px, py), (qx, qy) in pairs)) / 2
    return inter / (one[2] * one[3] + other[2] * other[3] - inter)


@given(boxes, boxes)
def test_the_overlap_agrees_with_plain_clipping(one: tuple[float, ...], other: tuple[float, ...]) -> None:
    assert rotated_iou(np.array(one), np.array([other]))[0] == pytest.approx(plain_iou(one, other), abs=1e-6)


@given(boxes, st.sampled_from([0, math.pi / 2, math.pi, -math.pi / 2]))
def test_a_box_overlaps_itself_however_it_is_written(one: tuple[float, ...], turn: float) -> None:
    x, y, width, height, angle = one
    swapped = abs(math.sin(turn)) > 0.5
    same = (x, y, *((height, width) if swapped else (width, height)), angle + turn)
    assert rotated_iou(np.array(one), np.array([same]))[0] == pytest.approx(1.0, abs=1e-6)


def test_known_overlaps() -> None:
    square = np.array([0, 0, 10, 10, 0.0])
    others = np.array(
        [
            [5, 0, 10, 10, 0],
            [0, 0, 10, 10, math.pi / 4],
            [10, 0, 10, 10, 0],
            [50, 0, 9, 9, 1],
            [0, 0, 5, 5, 0.7],
            [0, 0, 0, 0, 0],
        ]
    )
    octagon = 200 * (math.sqrt(2) - 1)
    wanted = [1 / 3, octagon / (200 - octagon), 0, 0, 0.25, 0]
    np.testing.assert_allclose(rotated_iou(square, others), wanted, atol=1e-9)


def test_suppression_is_by_class_and_best_first() -> None:
    found = np.array(
        [[0, 0, 20, 4, 0.5], [0, 0, 20, 4, 0.55], [0, 0, 20, 4, 0.55], [0, 0, 20, 4, 2.0], [60, 0, 9, 9, 0]]
    )
    scores, classes = np.array([0.5, 0.9, 0.7, 0.8, 0.6]), np.array([0, 0, 1, 0, 0])
    assert nms_rotated(found, scores, classes, 0.45).tolist() == [1, 3, 2, 4]
    assert nms_rotated(found, scores, classes, 0.45, 2).tolist() == [1, 3]
    assert nms_rotated(found[:0], scores[:0], classes[:0], 0.45).tolist() == []
