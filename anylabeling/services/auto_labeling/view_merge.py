"""One answer from what a detector found in a whole picture and in overlapping tiles of it.

Two boxes of one class are one object when they agree about what both views show: cut off at the part of the picture
that the views share, they have an IoU of a half. That holds for objects of any size, and leaves a small one in front of
a large one alone, which the overlap of the smaller, as other programs take it, does not. Where a view ends in the
middle of an object, its box ends there, too: such a side is taken from a view that goes on. What a view shows of an
object that another one shows more of is a piece, and goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from anylabeling.messages.auto_labeling import DetectOptions
from anylabeling.services.auto_labeling.detections import Candidates
from anylabeling.services.auto_labeling.object_details import Indices
from anylabeling.services.auto_labeling.tiling import Rect

Boxes = NDArray[np.float64]

_OWN_IOU = 0.7
"""What one view says several times of one object. A person's choice of a lower overlap is applied to the whole."""
_MOST_IN_VIEW = 1000
_SAME_IOU = 0.5
_PIECE_SHARE = 0.7
"""So much of a piece lies within the object that it is a piece of."""
_EDGE_SHARE, _LEAST_EDGE_PX = 0.015, 2.0
"""A box that ends this close to the end of a view, as a share of its side, is cut off there."""
_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What was found in one part of a picture.

    Attributes:
        rect: Where the part is; the whole picture for the one that shows all.
        found: The candidates, in pixels of the picture, overlapping ones within the view suppressed.
    """

    rect: Rect
    found: Candidates


class _Pairs(NamedTuple):
    first: Indices
    second: Indices
    iou: NDArray[np.float64]


def view_of(rect: Rect, found: Candidates) -> View:
    """Return what was found in a part, suppressed and moved into the picture.

    Args:
        rect: The part.
        found: Its candidates, in pixels of the part.
    """
    options = DetectOptions(0.0, _OWN_IOU, None, _MOST_IN_VIEW)
    # Boxes within the part, as they are wherever objects are made of them; the names decide nothing here.
    kept = found.select(options, ())
    details = kept.details
    offset = np.array([rect.left, rect.top] * 2, np.float32)
    moved = replace(
        found,
        boxes=kept.boxes + offset,
        scores=kept.scores,
        class_ids=kept.class_ids,
        details=None if details is None else details.moved(kept.boxes, rect.left, rect.top),
    )
    return View(rect, moved)


def merge_views(whole: View, rows: Sequence[Sequence[View]]) -> Candidates:
    """Return the objects of a picture from those of its views, each once.

    Args:
        whole: What was found in all of it.
        rows: What was found in its tiles, row by row.
    """
    views = [whole, *(view for row in rows for view in row)]
    table = _Table.of(views)
    groups = _Groups(table)
    groups.join(_pairs(table, _neighbours(rows)))
    members = groups.members()
    boxes, cut = _joined_boxes(table, members)
    keep = _without_pieces(table, members, boxes, cut)
    order = keep[np.argsort(-table.scores[[members[number][0] for number in keep.tolist()]], kind="stable")]
    chosen = [members[number] for number in order.tolist()]
    best = np.array([rows_of[0] for rows_of in chosen], np.int64)
    parts = [view.found.details for view in views]
    known = [part for part in parts if part is not None]
    return replace(
        whole.found,
        boxes=np.ascontiguousarray(boxes[order], np.float32),
        scores=table.scores[best],
        class_ids=table.class_ids[best],
        details=known[0].joined(known, _pieces(table, chosen)) if known else None,
        views=len(views),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """The boxes of all views, one after the other.

    Attributes:
        boxes: float64 (n, 4).
        scores: float32 (n,).
        class_ids: int32 (n,).
        groups: int32 (n,): what may be one object: the class, or nothing where classes do not matter.
        views: int64 (n,): the view of each box, 0 for the whole picture.
        cut: bool (n, 4): which sides end where their view does, and the picture does not.
        starts: int64 (views + 1,): where the boxes of each view begin.
        rects: float64 (views, 4): left, top, right, bottom of the views.
    """

    boxes: Boxes
    scores: NDArray[np.float32]
    class_ids: NDArray[np.int32]
    groups: NDArray[np.int32]
    views: Indices
    cut: NDArray[np.bool_]
    starts: Indices
    rects: Boxes

    @classmethod
    def of(cls, views: Sequence[View]) -> _Table:
        counts = [len(view.found) for view in views]
        rects = np.array([(*view.rect[:2], view.rect.right, view.rect.bottom) for view in views], np.float64)
        boxes = np.concatenate([view.found.boxes for view in views]).astype(np.float64)
        class_ids = np.concatenate([view.found.class_ids for view in views])
        owners = np.repeat(np.arange(len(views)), counts)
        edges = np.maximum(_LEAST_EDGE_PX, _EDGE_SHARE * (rects[:, 2:] - rects[:, :2]))
        near = np.abs(boxes - rects[owners]) <= np.tile(edges, 2)[owners]
        inner = rects != rects[0]
        return cls(
            boxes,
            np.concatenate([view.found.scores for view in views]),
            class_ids,
            np.zeros_like(class_ids) if views[0].found.is_agnostic else class_ids,
            owners,
            near & inner[owners],
            np.concatenate([[0], np.cumsum(counts)]),
            rects,
        )

    def rows(self, view: int) -> slice:
        """Return which boxes are those of a view."""
        return slice(int(self.starts[view]), int(self.starts[view + 1]))


def _neighbours(rows: Sequence[Sequence[View]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of views that share a part of the picture, as places in all of them; the whole one is 0."""
    columns = len(rows[0]) if rows else 0
    for row, views in enumerate(rows):
        for column, view in enumerate(views):
            place = 1 + row * columns + column
            yield 0, place
            for lower in range(row, len(rows)):
                if rows[lower][0].rect.top >= view.rect.bottom:
                    break
                for other in range(column + 1 if lower == row else 0, columns):
                    rect = rows[lower][other].rect
                    if rect.left >= view.rect.right:
                        break
                    if rect.right > view.rect.left:
                        yield place, 1 + lower * columns + other


def _pairs(table: _Table, neighbours: Iterator[tuple[int, int]]) -> _Pairs:
    """Return the pairs of boxes of different views that agree about what both views show."""
    found: list[tuple[Indices, Indices, NDArray[np.float64]]] = []
    for one, other in neighbours:
        shared = _common(table.rects[one], table.rects[other])
        first, second = _seen(table, one, shared), _seen(table, other, shared)
        if not len(first[0]) or not len(second[0]):
            continue
        same = table.groups[first[0]][:, np.newaxis] == table.groups[second[0]]
        iou = np.where(same, _iou(first[1], second[1]), 0.0)
        left, right = np.nonzero(iou >= _SAME_IOU)
        found.append((first[0][left], second[0][right], iou[left, right]))
    if not found:
        nothing = np.zeros(0, np.int64)
        return _Pairs(nothing, nothing, np.zeros(0))
    return _Pairs(*(np.concatenate(column) for column in zip(*found, strict=True)))


def _seen(table: _Table, view: int, shared: Boxes) -> tuple[Indices, Boxes]:
    """Return the boxes of a view of which something lies in a part that it shares, and what does."""
    rows = table.rows(view)
    clipped = _common(table.boxes[rows], shared)
    inside = np.flatnonzero((clipped[:, 2:] - clipped[:, :2] > 0).all(axis=1))
    return inside + rows.start, clipped[inside]


def _common(one: Boxes, other: Boxes) -> Boxes:
    low = np.maximum(one[..., :2], other[..., :2])
    return np.concatenate([low, np.minimum(one[..., 2:], other[..., 2:])], axis=-1)


def _areas(boxes: Boxes) -> NDArray[np.float64]:
    sides = np.maximum(boxes[..., 2:] - boxes[..., :2], 0.0)
    areas: NDArray[np.float64] = sides[..., 0] * sides[..., 1]
    return areas


def _iou(one: Boxes, other: Boxes) -> NDArray[np.float64]:
    """Return the IoU of each of some boxes (n, 4) with each of others (m, 4), float64 (n, m)."""
    inter = _areas(_common(one[:, np.newaxis], other[np.newaxis]))
    union = _areas(one)[:, np.newaxis] + _areas(other) - inter
    iou: NDArray[np.float64] = np.divide(inter, union, out=np.zeros_like(inter), where=union > 0)
    return iou


class _Groups:
    """Boxes that are one object, with at most one of each view: what one view holds for two is two."""

    def __init__(self, table: _Table) -> None:
        self._table = table
        self._group = list(range(len(table.boxes)))
        self._rows = [[row] for row in self._group]
        self._views = [{view} for view in table.views.tolist()]

    def join(self, pairs: _Pairs) -> None:
        """Join the boxes of each pair, those that agree best first."""
        for place in np.argsort(-pairs.iou, kind="stable").tolist():
            one, other = self._group[pairs.first[place]], self._group[pairs.second[place]]
            if one == other or self._views[one] & self._views[other]:
                continue
            if len(self._rows[one]) < len(self._rows[other]):
                one, other = other, one
            for row in self._rows[other]:
                self._group[row] = one
            self._rows[one] += self._rows[other]
            self._views[one] |= self._views[other]
            self._rows[other] = []

    def members(self) -> list[Indices]:
        """Return the boxes of each object, the best first."""
        scores = self._table.scores
        return [np.array(sorted(rows, key=lambda row: (-scores[row], row)), np.int64) for rows in self._rows if rows]


def _joined_boxes(table: _Table, members: Sequence[Indices]) -> tuple[Boxes, NDArray[np.bool_]]:
    """Return the box of each object, and which of its sides no view shows.

    Each side is that of a view that goes on there, rather of a tile than of the whole picture, which shows less.
    """
    boxes = np.empty((len(members), 4))
    cut = np.zeros((len(members), 4), np.bool_)
    for number, rows in enumerate(members):
        if len(rows) == 1:
            boxes[number], cut[number] = table.boxes[rows[0]], table.cut[rows[0]]
            continue
        ranked = sorted(rows.tolist(), key=lambda row: table.views[row] == 0)
        for side in range(4):
            seen = next((row for row in ranked if not table.cut[row, side]), None)
            if seen is not None:
                boxes[number, side] = table.boxes[seen, side]
                continue
            sides = table.boxes[rows, side]
            boxes[number, side] = sides.min() if side < 2 else sides.max()
            cut[number, side] = True
        boxes[number, 2:] = np.maximum(boxes[number, 2:], boxes[number, :2])
    return boxes, cut


def _without_pieces(table: _Table, members: Sequence[Indices], boxes: Boxes, cut: NDArray[np.bool_]) -> Indices:
    """Return which objects are no pieces of others that go on where they are cut off."""
    pieces = np.flatnonzero(cut.any(axis=1))
    groups = np.array([table.groups[rows[0]] for rows in members], np.int32)
    areas = _areas(boxes)
    outside = np.array([-1.0, -1.0, 1.0, 1.0])
    gone = np.zeros(len(members), np.bool_)
    step = max(1, _AT_ONCE // max(1, len(boxes)))
    for start in range(0, len(pieces), step):
        some = pieces[start : start + step]
        inter = _areas(_common(boxes[some][:, np.newaxis], boxes[np.newaxis]))
        inside = inter >= _PIECE_SHARE * areas[some][:, np.newaxis]
        beyond = (boxes[np.newaxis] - boxes[some][:, np.newaxis]) * outside > _LEAST_EDGE_PX
        goes_on = (beyond & cut[some][:, np.newaxis]).any(axis=2)
        alike = groups[some][:, np.newaxis] == groups
        larger = areas > areas[some][:, np.newaxis]
        gone[some] = (inside & goes_on & alike & larger).any(axis=1)
    return np.flatnonzero(~gone)


def _pieces(table: _Table, members: Sequence[Indices]) -> list[Indices]:
    """Return of which boxes the details of each object are: the best that shows all of it, else all of its pieces."""
    chosen = []
    for rows in members:
        complete = [row for row in rows.tolist() if not table.cut[row].any()]
        tile = next((row for row in complete if table.views[row] != 0), None)
        one = tile if tile is not None else next(iter(complete), None)
        chosen.append(rows if one is None else np.array([one], np.int64))
    return chosen
