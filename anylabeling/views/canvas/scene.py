"""The shapes of a document prepared for drawing and hit testing."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from qtpy.QtCore import QRectF, Qt
from qtpy.QtGui import QPainterPath, QPolygonF

from anylabeling.document.document import Change, Document
from anylabeling.document.geometry import CLOSED_KINDS, CUBOID_EDGES, bounds, outline
from anylabeling.document.many import bounds_of_all
from anylabeling.document.shape import Points, Shape, ShapeKind
from anylabeling.views.canvas import hit_test
from anylabeling.views.canvas.mask_image import MaskImage
from anylabeling.views.canvas.polygons import polygon_of

MANY = 200
"""When more shapes than this change at once, everything is redrawn: a region of many parts costs more."""
_MANY_RECTS = 64
"""Looking for the boxes in each of so many rectangles takes longer than for those in any of them."""
_SORTING_COSTS = 4
"""Sorting so many times fewer uids takes as long as a look at all."""
_uid_of: Callable[[Shape], int] = operator.attrgetter("uid")
_DRAWN_BY_PATH = frozenset({ShapeKind.MASK, ShapeKind.CUBOID})


class ShapeItem:
    """One shape with what drawing and hit testing need, computed once per version of the shape.

    Attributes:
        shape: The shape.
        uid: Of the shape.
        box: Its bounding box.
        seen: What the renderer keeps of how one view shows it.
    """

    __slots__ = ("_area", "_holes", "_mask", "_outline", "_path", "_polygon", "box", "seen", "shape", "uid")

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.uid = shape.uid
        self.box = bounds(shape)
        self._outline: Points | None = None
        self._area: float | None = None
        self._polygon: QPolygonF | None = None
        self._path: QPainterPath | None = None
        self._mask: MaskImage | None = None
        self._holes: hit_test.Boxes | None = None
        self.seen: object = None

    @property
    def closed(self) -> bool:
        """Whether the outline encloses an area."""
        shape = self.shape
        return shape.kind in CLOSED_KINDS or (shape.kind is ShapeKind.OTHER and len(shape.points) > 2)

    @property
    def plain(self) -> bool:
        """Whether the outline alone is drawn."""
        return not self.shape.holes and self.shape.kind not in _DRAWN_BY_PATH

    @property
    def outline(self) -> Points:
        """The vertices that are drawn, float64 (n, 2)."""
        if self._outline is None:
            self._outline = outline(self.shape)
        return self._outline

    @property
    def vertex_count(self) -> int:
        """How many vertices are drawn."""
        return len(self.outline) + (sum(map(len, self.shape.holes)) if self.shape.holes else 0)

    @property
    def rect(self) -> QRectF:
        """The bounding box in image pixels."""
        left, top, right, bottom = self.box
        return QRectF(left, top, right - left, bottom - top)

    @property
    def area(self) -> float:
        """The enclosed area in square pixels; 0 for kinds that enclose none."""
        if self._area is None:
            holes = sum(_area(hole) for hole in self.shape.holes)
            self._area = _area(self.outline) - holes if self.closed else 0.0
        return self._area

    @property
    def polygon(self) -> QPolygonF:
        """The outline in image pixels as Qt wants it."""
        if self._polygon is None:
            self._polygon = polygon_of(self.outline)
        return self._polygon

    @property
    def mask(self) -> MaskImage:
        """The bitmap of a mask."""
        if self._mask is None:
            self._mask = MaskImage(self.shape)
        return self._mask

    @property
    def path(self) -> QPainterPath:
        """The outline with its holes, of a cuboid with its edges, of a mask along its pixels, in image pixels."""
        if self._path is None and self.shape.kind is ShapeKind.MASK:
            self._path = self.mask.path()
        elif self._path is None:
            self._path = QPainterPath()
            self._path.setFillRule(Qt.FillRule.OddEvenFill)
            for ring in (self.outline, *self.shape.holes):
                self._path.addPolygon(polygon_of(ring))
                self._path.closeSubpath()
            for start, end in CUBOID_EDGES if self.shape.kind is ShapeKind.CUBOID else ():
                self._path.moveTo(*self.shape.points[start])
                self._path.lineTo(*self.shape.points[end])
        return self._path

    def is_hit(self, x: float, y: float, tolerance: float) -> bool:
        """Whether a position lies in the shape or within a tolerance of its outline, in image pixels."""
        if self.shape.kind is ShapeKind.MASK:
            return self.mask.contains(x, y)
        if self.shape.kind is ShapeKind.POINTS:
            return hit_test.nearest_vertex(self.outline, x, y)[1] <= tolerance
        if self.closed and hit_test.contains(self.outline, x, y):
            # In a hole, which may lie outside of an outline that another program has moved, nothing is hit.
            holes = self.shape.holes
            near = hit_test.boxes_near(self._hole_boxes(), x, y, 0.0).tolist() if holes else ()
            if not any(hit_test.contains(holes[row], x, y) for row in near):
                return True
            return self.nearest_edge(x, y)[1] <= tolerance
        return hit_test.nearest_edge(self.outline, x, y, closed=self.closed)[1] <= tolerance

    def nearest_edge(self, x: float, y: float) -> tuple[int, float]:
        """Return the number of the edge nearest to a position, counted through outline and holes, and its distance."""
        best = hit_test.nearest_edge(self.outline, x, y, closed=self.closed)
        holes = self.shape.holes
        # The nearest boxes first: what lies behind a box that is farther than an edge is not looked at.
        for row, gap in hit_test.nearest_boxes(self._hole_boxes(), x, y) if holes else ():
            if gap >= best[1]:
                break
            edge, distance = hit_test.nearest_edge(holes[row], x, y, closed=True)
            if distance < best[1]:
                best = len(self.outline) + sum(map(len, holes[:row])) + edge, distance
        return best

    def _hole_boxes(self) -> hit_test.Boxes:
        """Return the bounding box of each hole; there are some."""
        if self._holes is None:
            holes = self.shape.holes
            points, counts = np.concatenate(holes), np.array(list(map(len, holes)))
            sides = [which.reduceat(points, np.cumsum(counts) - counts) for which in (np.minimum, np.maximum)]
            self._holes = np.concatenate(sides, axis=1)
        return self._holes


class Scene:
    """The shapes in drawing order, with their bounding boxes in one array.

    An item is made when somebody looks at its shape: the canvas does so while it draws, a few at a time.

    Attributes:
        shapes: Bottom first.
        boxes: float64 (n, 4): left, top, right, bottom of each shape.
        version: Grows with each change of what is there or shown.
    """

    def __init__(self) -> None:
        self.shapes: list[Shape] = []
        self.boxes: hit_test.Boxes = np.empty((0, 4))
        self.version = 0
        self._items: list[ShapeItem | None] = []
        self._rows: dict[int, int] = {}
        self._hidden: frozenset[int] = frozenset()
        self._shown: NDArray[np.bool_] = np.empty(0, dtype=bool)

    def __len__(self) -> int:
        return len(self.shapes)

    def __contains__(self, uid: object) -> bool:
        return uid in self._rows

    def item(self, uid: int) -> ShapeItem | None:
        """Return the item of a shape, or None when the document has no such shape."""
        row = self._rows.get(uid)
        return None if row is None else self.at(row)

    def at(self, row: int) -> ShapeItem:
        """Return the item of the shape at a place of the drawing order."""
        item = self._items[row]
        if item is None:
            item = self._items[row] = ShapeItem(self.shapes[row])
        return item

    def present(self, uids: Iterable[int]) -> Iterator[ShapeItem]:
        """Yield the items of those shapes that are there."""
        rows = self._rows
        return (self.at(rows[uid]) for uid in uids if uid in rows)

    def shown(self, uids: Iterable[int]) -> tuple[int, ...]:
        """Return those of some uids whose shapes are there and not hidden, bottom first."""
        wanted = (uids if isinstance(uids, frozenset) else set(uids)) - self._hidden
        rows = self._rows
        if len(wanted) * _SORTING_COSTS < len(rows):
            return tuple(sorted(wanted & rows.keys(), key=rows.__getitem__))
        return tuple([uid for uid in rows if uid in wanted])

    def boxes_of(self, uids: Iterable[int]) -> hit_test.Boxes:
        """Return the bounding boxes of those shapes that are there and not hidden."""
        rows = np.array([self._rows[uid] for uid in uids if uid in self._rows], np.intp)
        return self.boxes[rows[self._shown[rows]]]

    def is_shown(self, uid: int) -> bool:
        """Whether a shape is there and not hidden."""
        return uid in self._rows and uid not in self._hidden

    def set_hidden(self, uids: frozenset[int]) -> None:
        """Hide shapes from drawing and hit testing."""
        self._hidden = uids
        self.version += 1
        self._shown = np.ones(len(self.shapes), dtype=bool)
        if uids:
            self._shown[[self._rows[uid] for uid in uids & self._rows.keys()]] = False

    def load(self, shapes: Iterable[Shape]) -> None:
        """Take all shapes of a document."""
        self._arrange(list(shapes), {})

    def update(self, document: Document, change: Change) -> list[ShapeItem] | None:
        """Follow a change.

        Returns:
            The items that look different now, old and new versions; None when they are so many that nobody should go
            through them.
        """
        rows = self._rows
        if len(change.added) + len(change.removed) + len(change.changed) > MANY:
            self._follow(list(document.shapes))
            return None
        touched = list(self.present((*change.removed, *change.changed)))
        if change.added or change.removed or change.reordered:
            self._follow(list(document.shapes))
        else:
            self.version += 1
            for uid in change.changed:
                row = rows[uid]
                self.shapes[row] = document.shape(uid)
                self._items[row] = None
                self.boxes[row] = bounds(self.shapes[row])
        touched += self.present((*change.added, *change.changed))
        return None if change.reordered and len(self) > MANY else touched + self._all_if(change.reordered)

    def hits(self, x: float, y: float, tolerance: float) -> list[ShapeItem]:
        """Return the shown items under a position: the smallest first, among equal ones the topmost."""
        rows = hit_test.boxes_near(self.boxes, x, y, tolerance)
        found = [self.at(row) for row in rows[self._shown[rows]][::-1].tolist()]
        found = [item for item in found if item.is_hit(x, y, tolerance)]
        if len(found) > 1:  # the area of one with thousands of holes takes milliseconds
            found.sort(key=lambda item: item.area)
        return found

    def touching(self, rect: QRectF) -> list[ShapeItem]:
        """Return the shown items whose bounding boxes overlap a rectangle, bottom first."""
        return self.near(np.array([_sides(rect)]))

    def near(self, rects: hit_test.Boxes) -> list[ShapeItem]:
        """Return the shown items whose bounding boxes overlap any of some rectangles, bottom first.

        Of very many rectangles, some items that only come near one are among them.
        """
        return [self.at(row) for row in self._rows_touching(rects).tolist()]

    def outlines_in(self, rect: QRectF) -> list[int]:
        """Return the uids of the shown shapes of whose outlines some part lies inside a rectangle, bottom first."""
        rows = self._rows_touching(np.array([_sides(rect)]))
        boxes = self.boxes[rows]
        inside = (boxes[:, 0] >= rect.left()) & (boxes[:, 1] >= rect.top())
        inside &= (boxes[:, 2] <= rect.right()) & (boxes[:, 3] <= rect.bottom())
        # Whose box lies inside lies inside: only what reaches out of the rectangle is looked at.
        outlying = np.flatnonzero(~inside)
        inside[outlying] = _reaching_into(rect, [self.at(row) for row in rows[outlying].tolist()])
        return [self.shapes[row].uid for row in rows[inside].tolist()]

    def _rows_touching(self, rects: hit_test.Boxes) -> NDArray[np.intp]:
        if len(rects) > _MANY_RECTS:
            return np.flatnonzero(hit_test.boxes_near_any(self.boxes, rects) & self._shown)
        found = np.zeros(len(self.shapes), dtype=bool)
        for rect in rects.tolist():
            found[hit_test.boxes_touching(self.boxes, *rect)] = True
        return np.flatnonzero(found & self._shown)

    def _follow(self, shapes: list[Shape]) -> None:
        """Take the shapes as they are now; what is known of those that stay is kept."""
        if not self._follow_top(shapes):
            self._arrange(shapes, {item.uid: item for item in self._items if item is not None})

    def _arrange(self, shapes: list[Shape], made: dict[int, ShapeItem]) -> None:
        """Take the shapes, and the items that were made for them before."""
        self.shapes = shapes
        uids = list(map(_uid_of, shapes))
        self._rows = dict(zip(uids, range(len(uids)), strict=True))
        self._items = list(map(made.get, uids)) if made else [None] * len(uids)
        if made:
            for row, (item, shape) in enumerate(zip(self._items, shapes, strict=True)):
                if item is not None and item.shape is not shape:
                    self._items[row] = None
        # Side by side in memory: looking for the boxes in a region takes a third of the time.
        self.boxes = np.asfortranarray(bounds_of_all(shapes))
        self.set_hidden(self._hidden)

    def _follow_top(self, shapes: list[Shape]) -> bool:
        """Take shapes that differ from those that are there by some on top alone; return whether they do."""
        before, count = self.shapes, len(self.shapes)
        if len(shapes) <= count or not all(map(operator.is_, before, shapes)):
            return False
        new = shapes[count:]
        self.shapes = shapes
        self._rows.update(zip(map(_uid_of, new), range(count, len(shapes)), strict=True))
        self._items += [None] * len(new)
        self.boxes = np.asfortranarray(np.concatenate([self.boxes, bounds_of_all(new)]))
        self.set_hidden(self._hidden)
        return True

    def _all_if(self, wanted: bool) -> list[ShapeItem]:
        return [self.at(row) for row in range(len(self))] if wanted else []


def _reaching_into(rect: QRectF, items: Sequence[ShapeItem]) -> list[bool]:
    """Return which items have any part of their outlines inside a rectangle."""
    sides = _sides(rect)
    loose = [item.shape.kind is ShapeKind.POINTS for item in items]  # nothing joins them
    joined = [item for item, is_loose in zip(items, loose, strict=True) if not is_loose]
    found = iter(
        hit_test.outlines_touching([item.outline for item in joined], [item.closed for item in joined], sides).tolist()
    )
    return [
        hit_test.any_inside(item.outline, sides) if is_loose else next(found)
        for item, is_loose in zip(items, loose, strict=True)
    ]


def _sides(rect: QRectF) -> tuple[float, float, float, float]:
    return rect.left(), rect.top(), rect.right(), rect.bottom()


def _area(points: Points) -> float:
    x, y = points[:, 0], points[:, 1]
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2
