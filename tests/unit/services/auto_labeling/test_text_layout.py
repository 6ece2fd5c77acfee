"""Pieces of long pictures cover them, and the lines found in them come together again, each once."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from anylabeling.services.auto_labeling.models.text_layout import (
    MOST_SHORT_PX,
    OVERLAP_PX,
    Corners,
    Piece,
    cut_out,
    joined,
    pieces,
    reading_order,
    working_size,
)

sides = st.integers(1, 30_000)


@given(sides, sides)
def test_the_scale_keeps_the_proportions_and_bounds_the_short_side(width: int, height: int) -> None:
    across, down = working_size(width, height)
    assert 1 <= min(across, down) <= MOST_SHORT_PX
    if min(width, height) > 50:
        assert abs(across / width - down / height) * min(width, height) <= 1.5


@given(sides, sides)
def test_pieces_cover_the_picture_and_overlap(width: int, height: int) -> None:
    parts = pieces(width, height)
    assert (parts[0].left, parts[0].top, parts[-1].right, parts[-1].bottom) == (0, 0, width, height)
    for one, after in zip(parts, parts[1:], strict=False):
        shared = max(one.right - after.left if width >= height else 0, one.bottom - after.top if height > width else 0)
        assert shared >= OVERLAP_PX


def quad(left: float, top: float, right: float, bottom: float) -> Corners:
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


@given(st.lists(st.tuples(st.integers(20, 7000), st.integers(60, 4000), st.integers(0, 9)), min_size=1, max_size=10))
def test_lines_cut_between_pieces_come_together(spans: list[tuple[int, int, int]]) -> None:
    # One line per row of 60 px, each as the pieces see it: cut at their ends.
    rows = {row: (left, min(7990, left + length)) for left, length, row in spans}
    parts = pieces(8000, 700)
    found = []
    for part in parts:
        seen = [
            quad(max(left, part.left), 20 + 60 * row, min(right, part.right), 50 + 60 * row)
            for row, (left, right) in rows.items()
            if min(right, part.right) - max(left, part.left) > 5
        ]
        found.append((part, np.array(seen, np.float32).reshape(-1, 4, 2), np.full(len(seen), 0.9, np.float32)))
    corners, scores = joined(found)
    together = sorted(
        (round(float(line[:, 1].min() - 20) / 60), *map(float, (line[:, 0].min(), line[:, 0].max())))
        for line in corners
    )
    assert len(scores) == len(corners) == len(rows)
    for (row, left, right), (wanted_row, (wanted_left, wanted_right)) in zip(
        together, sorted(rows.items()), strict=True
    ):
        assert row == wanted_row
        assert abs(left - wanted_left) <= 1.5
        assert abs(right - wanted_right) <= 1.5


def test_two_lines_in_one_piece_stay_two_even_where_they_touch() -> None:
    lines = np.stack([quad(10, 10, 200, 40), quad(10, 38, 200, 70)])
    corners, _ = joined([(Piece(0, 0, 500, 500), lines, np.array([0.9, 0.8], np.float32))])
    assert np.array_equal(corners, lines)


def test_reading_order_is_row_by_row() -> None:
    lines = np.stack([quad(300, 12, 400, 42), quad(10, 100, 90, 130), quad(10, 10, 200, 40), quad(200, 104, 300, 128)])
    assert reading_order(lines).tolist() == [2, 0, 1, 3]
    assert reading_order(np.zeros((0, 4, 2), np.float32)).tolist() == []


def test_a_line_that_runs_downwards_is_laid_down() -> None:
    picture = np.zeros((300, 100, 3), np.uint8)
    picture[10:60, 20:60] = 255  # the beginning of a text that runs downwards
    line = cut_out(picture, quad(20, 10, 60, 290))
    assert line.shape == (40, 280, 3)
    assert line[:, :45].mean() > 200
    assert line[:, 60:].mean() < 20
