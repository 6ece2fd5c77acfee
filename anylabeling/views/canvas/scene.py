"""The shapes of a document prepared for drawing and hit testing."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

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

Box = tuple[float, float, float, float]

_DRAWN_BY_PATH = frozenset({ShapeKind.MASK, ShapeKind.CUBOID})


class ShapeItem:
    """One shape with what drawing and hit testing need, computed once per version of the shape."""

    __slots__ = ("_area", "_mask", "_outline", "_path", "_polygon", "box", "shape", "uid")

    def __init__(self, shape: Shape, box: Box | None = None) -> None:
        self.shape = shape
        self.uid = shape.uid
        self.box = bounds(shape) if box is None else box
        self._outline: Points | None = None
        self._area: float | None = None
        self._polygon: QPolygonF | None = None
        self._path: QPainterPath | None = None
        self._mask: MaskImage | None = None

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
            if not any(hit_test.contains(hole, x, y) for hole in self.shape.holes):
                return True
            return self.nearest_edge(x, y)[1] <= tolerance
        return hit_test.nearest_edge(self.outline, x, y, closed=self.closed)[1] <= tolerance

    def touches(self, rect: QRectF) -> bool:
        """Whether any part of the outline lies inside a rectangle."""
        left, top, right, bottom = rect.left(), rect.top(), rect.right(), rect.bottom()
        if self.shape.kind is ShapeKind.POINTS:
            inside = (self.outline >= (left, top)) & (self.outline <= (right, bottom))
            return bool(inside.all(axis=1).any())
        return hit_test.outline_touches(self.outline, left, top, right, bottom, closed=self.closed)

    def nearest_edge(self, x: float, y: float) -> tuple[int, float]:
        """Return the number of the edge nearest to a position, counted through outline and holes, and its distance."""
        best = hit_test.nearest_edge(self.outline, x, y, closed=self.closed)
        start = len(self.outline)
        for hole in self.shape.holes:
            edge, distance = hit_test.nearest_edge(hole, x, y, closed=True)
            if distance < best[1]:
                best = start + edge, distance
            start += len(hole)
        return best


class Scene:
    """The shapes in drawing order, with their bounding boxes in one array.

    Attributes:
        items: Bottom first.
        boxes: float64 (n, 4): left, top, right, bottom of each item.
    """

    def __init__(self) -> None:
        self.items: list[ShapeItem] = []
        self.boxes: hit_test.Boxes = np.empty((0, 4))
        self._by_uid: dict[int, ShapeItem] = {}
        self._rows: dict[int, int] = {}
        self._hidden: frozenset[int] = frozenset()
        self._shown: NDArray[np.bool_] = np.empty(0, dtype=bool)

    def __len__(self) -> int:
        return len(self.items)

    def __contains__(self, uid: object) -> bool:
        return uid in self._by_uid

    def item(self, uid: int) -> ShapeItem | None:
        """Return the item of a shape, or None when the document has no such shape."""
        return self._by_uid.get(uid)

    def present(self, uids: Iterable[int]) -> Iterator[ShapeItem]:
        """Yield the items of those shapes that are there."""
        return (self._by_uid[uid] for uid in uids if uid in self._by_uid)

    def is_shown(self, uid: int) -> bool:
        """Whether a shape is there and not hidden."""
        return uid in self._by_uid and uid not in self._hidden

    def set_hidden(self, uids: frozenset[int]) -> None:
        """Hide shapes from drawing and hit testing."""
        self._hidden = uids
        self._shown = np.ones(len(self.items), dtype=bool)
        if uids:
            self._shown[:] = [item.uid not in uids for item in self.items]

    def load(self, shapes: Iterable[Shape]) -> None:
        """Take all shapes of a document."""
        self._by_uid = {item.uid: item for item in _items_of(list(shapes))[0]}
        self._arrange(list(self._by_uid.values()))

    def update(self, document: Document, change: Change) -> list[ShapeItem]:
        """Follow a change and return the items that look different now: old and new versions."""
        known = self._by_uid
        touched = [item for item in map(known.get, (*change.removed, *change.changed)) if item is not None]
        for uid in change.removed:
            known.pop(uid, None)
        fresh, boxes = _items_of(document.present((*change.added, *change.changed)))
        known.update((item.uid, item) for item in fresh)
        if change.added or change.removed or change.reordered:
            self._arrange([known[shape.uid] for shape in document.shapes])
        elif fresh:
            rows = [self._rows[item.uid] for item in fresh]
            for row, item in zip(rows, fresh, strict=True):
                self.items[row] = item
            self.boxes[rows] = boxes
        return touched + fresh

    def hits(self, x: float, y: float, tolerance: float) -> list[ShapeItem]:
        """Return the shown items under a position: the smallest first, among equal ones the topmost."""
        rows = hit_test.boxes_near(self.boxes, x, y, tolerance)
        found = [self.items[row] for row in rows[self._shown[rows]][::-1]]
        found = [item for item in found if item.is_hit(x, y, tolerance)]
        found.sort(key=lambda item: item.area)
        return found

    def touching(self, *rects: QRectF) -> list[ShapeItem]:
        """Return the shown items whose bounding boxes overlap any of the rectangles, bottom first."""
        found = np.zeros(len(self.items), dtype=bool)
        for rect in rects:
            found[hit_test.boxes_touching(self.boxes, rect.left(), rect.top(), rect.right(), rect.bottom())] = True
        return [self.items[row] for row in np.flatnonzero(found & self._shown)]

    def outlines_in(self, rect: QRectF) -> list[ShapeItem]:
        """Return the shown items of whose outlines some part lies inside a rectangle, bottom first."""
        return [item for item in self.touching(rect) if item.touches(rect)]

    def _arrange(self, items: list[ShapeItem]) -> None:
        self.items = items
        self._rows = {item.uid: row for row, item in enumerate(items)}
        sides = itertools.chain.from_iterable(item.box for item in items)
        self.boxes = np.fromiter(sides, np.float64, 4 * len(items)).reshape(-1, 4)
        self.set_hidden(self._hidden)


def _items_of(shapes: Sequence[Shape]) -> tuple[list[ShapeItem], hit_test.Boxes]:
    """Prepare shapes, the boxes of all in one go: a call per shape would block the window for many."""
    boxes = bounds_of_all(shapes)
    return [ShapeItem(shape, tuple(box)) for shape, box in zip(shapes, boxes.tolist(), strict=True)], boxes


def _area(points: Points) -> float:
    x, y = points[:, 0], points[:, 1]
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2
