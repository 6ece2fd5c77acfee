"""How a picture is put before a network that finds text: the scale, the pieces, and the lines of all pieces joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs.types import UInt8Array

Corners = NDArray[np.float32]

MOST_SHORT_PX = 1536
"""The short side of a picture is scaled down to this: finer text than that is rare, and time grows with the area."""
LEAST_SHORT_PX = 736
MOST_ENLARGED = 4.0
MOST_ENLARGED_LONG_PX = 2048
PIECE_PX = 2560
OVERLAP_PX = 320
_EDGE_PX = 3.0
_SAME_LINE = 0.5
_INSIDE = 0.7
_UPRIGHT = 1.5


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a picture, in its pixels.

    Attributes:
        left: First column.
        top: First row.
        right: Column after the last.
        bottom: Row after the last.
    """

    left: int
    top: int
    right: int
    bottom: int


def working_size(width: int, height: int) -> tuple[int, int]:
    """Return the width and height at which text is looked for in a picture.

    Small pictures are enlarged. A large one is made smaller by its short side, so that text in a tall screenshot stays
    readable.
    """
    short, long = min(width, height), max(width, height)
    scale = min(1.0, MOST_SHORT_PX / short)
    if short < LEAST_SHORT_PX:
        scale = max(1.0, min(LEAST_SHORT_PX / short, MOST_ENLARGED, MOST_ENLARGED_LONG_PX / long))
    return max(1, round(width * scale)), max(1, round(height * scale))


def pieces(width: int, height: int) -> list[Piece]:
    """Return the pieces of a picture: itself, or parts along its long side that overlap."""
    long = max(width, height)
    if long <= PIECE_PX:
        return [Piece(0, 0, width, height)]
    count = -(-(long - OVERLAP_PX) // (PIECE_PX - OVERLAP_PX))
    starts = [round(index * (long - PIECE_PX) / (count - 1)) for index in range(count)]
    if width >= height:
        return [Piece(start, 0, start + PIECE_PX, height) for start in starts]
    return [Piece(0, start, width, start + PIECE_PX) for start in starts]


def joined(found: Sequence[tuple[Piece, Corners, NDArray[np.float32]]]) -> tuple[Corners, NDArray[np.float32]]:
    """Return the lines of all pieces, each once: one that is cut between two pieces is put together.

    Args:
        found: For each piece in order, corners (n, 4, 2) in the picture's pixels and scores (n,).

    Returns:
        Corners float32 (n, 4, 2) and scores float32 (n,).
    """
    lines: list[tuple[int, Corners, float]] = []
    for number, (_piece, corners, scores) in enumerate(found):
        for quad, score in zip(corners, scores.tolist(), strict=True):
            lines = _with_line(lines, number, quad, score, found)
    if not lines:
        return np.zeros((0, 4, 2), np.float32), np.zeros(0, np.float32)
    return np.stack([quad for _, quad, _ in lines]), np.array([score for *_, score in lines], np.float32)


def cut_out(picture: UInt8Array, corners: Corners) -> UInt8Array:
    """Return a line of text cut out of a picture and turned level; one that runs downwards or upwards is laid down.

    Args:
        picture: uint8 (height, width, 3).
        corners: float32 (4, 2), clockwise from the upper left.
    """
    from anylabeling.opencv import cv2

    sides = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    width, height = max(1, int(max(sides[0], sides[2]))), max(1, int(max(sides[1], sides[3])))
    level = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    turn = cv2.getPerspectiveTransform(np.ascontiguousarray(corners, np.float32), level)
    line = cv2.warpPerspective(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    if height >= _UPRIGHT * width:
        line = np.rot90(line)
    return np.ascontiguousarray(line, np.uint8)


def reading_order(corners: Corners) -> NDArray[np.int64]:
    """Return the numbers of lines (n, 4, 2) from top to bottom, and from left to right where they are side by side."""
    if not len(corners):
        return np.zeros(0, np.int64)
    tops, bottoms = corners[:, :, 1].min(axis=1), corners[:, :, 1].max(axis=1)
    lefts, middles = corners[:, :, 0].min(axis=1), (tops + bottoms) / 2
    rows: list[list[int]] = []
    for index in np.argsort(middles, kind="stable").tolist():
        # Beside the row before when its middle lies within that row's first line.
        if rows and tops[rows[-1][0]] < middles[index] < bottoms[rows[-1][0]]:
            rows[-1].append(index)
        else:
            rows.append([index])
    return np.array([index for row in rows for index in sorted(row, key=lambda line: float(lefts[line]))], np.int64)


def _with_line(
    lines: list[tuple[int, Corners, float]],
    number: int,
    quad: Corners,
    score: float,
    found: Sequence[tuple[Piece, Corners, NDArray[np.float32]]],
) -> list[tuple[int, Corners, float]]:
    """Return the lines with one more, which may be one of the piece before, or go on with one."""
    for place, (other_number, other, other_score) in enumerate(lines):
        if other_number != number - 1:
            continue
        shared, smaller = _shared(quad, other)
        if shared <= 0:
            continue
        best = max(score, other_score)
        cut = _is_cut(other, found[number - 1][0], at_end=True) and _is_cut(quad, found[number][0], at_end=False)
        if cut and _along(quad, other) >= _SAME_LINE:
            return [*lines[:place], (number, _around(quad, other), best), *lines[place + 1 :]]
        if shared >= _INSIDE * smaller:
            larger = quad if _area(quad) > _area(other) else other
            return [*lines[:place], (number, larger, best), *lines[place + 1 :]]
    return [*lines, (number, quad, score)]


def _bounds(quad: Corners) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    return quad.min(axis=0), quad.max(axis=0)


def _area(quad: Corners) -> float:
    low, high = _bounds(quad)
    return float(np.prod(high - low))


def _shared(one: Corners, other: Corners) -> tuple[float, float]:
    """Return the area that the boxes around two lines share, and the area of the smaller box."""
    (low, high), (other_low, other_high) = _bounds(one), _bounds(other)
    sides = np.clip(np.minimum(high, other_high) - np.maximum(low, other_low), 0, None)
    return float(np.prod(sides)), min(_area(one), _area(other))


def _along(one: Corners, other: Corners) -> float:
    """Return how much of the thinner line's thickness two lines share."""
    (low, high), (other_low, other_high) = _bounds(one), _bounds(other)
    axis = int(np.argmin(np.minimum(high - low, other_high - other_low)))
    shared = min(high[axis], other_high[axis]) - max(low[axis], other_low[axis])
    return float(shared / max(1e-6, min(high[axis] - low[axis], other_high[axis] - other_low[axis])))


def _is_cut(quad: Corners, piece: Piece, *, at_end: bool) -> bool:
    low, high = _bounds(quad)
    if at_end:
        return bool(high[0] >= piece.right - _EDGE_PX or high[1] >= piece.bottom - _EDGE_PX)
    return bool(low[0] <= piece.left + _EDGE_PX or low[1] <= piece.top + _EDGE_PX)


def _around(one: Corners, other: Corners) -> Corners:
    from anylabeling.opencv import cv2

    box = cv2.boxPoints(cv2.minAreaRect(np.concatenate([one, other]).astype(np.float32)))
    sums, differences = box.sum(axis=1), box[:, 1] - box[:, 0]
    order = [int(sums.argmin()), int(differences.argmin()), int(sums.argmax()), int(differences.argmax())]
    return np.asarray(box[order], np.float32)
