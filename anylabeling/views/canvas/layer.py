"""The shapes at rest, drawn once into a pixmap of the widget's size and then only copied."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from qtpy.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from qtpy.QtGui import QPainter, QPixmap, QRegion

from anylabeling.document.shape import ShapeKind
from anylabeling.views.canvas.hit_test import Boxes
from anylabeling.views.canvas.huge import is_huge
from anylabeling.views.canvas.renderer import Renderer
from anylabeling.views.canvas.scene import Scene, ShapeItem
from anylabeling.views.canvas.viewport import Viewport

_AT_ONCE_VERTICES = 2500
"""A region with fewer vertices is redrawn at once, not in slices: about 4 ms."""
_ITEM_COST = 10
"""What a shape costs besides its vertices, in vertices."""
_SLANTED_COST = 60
"""The same of one whose lines are smoothed, as those of all but upright boxes are."""
_MASK_COST = 300
"""The same of a mask, whose pixels are coloured."""
_DRAFT_FROM = 150_000
"""Vertices from which on all of it is drawn roughly first."""
_BATCH_VERTICES = 1200
"""Drawn between two looks at the clock: about 2 ms."""
_MOST_PARTS = 12
"""A dirty region of more rectangles is drawn in slices as a whole."""
_LINE_REACH_PX = 8
"""How far lines and handles reach around their shape."""
_PLATE_REACH_PX = (300, 24)
"""How far a plate may reach to the right of and above its shape's corner."""


@dataclass(frozen=True, slots=True)
class _Target:
    """What a pixmap shows: equal targets show equal pixels when nothing is dirty."""

    view: tuple[float, float, float]
    size: tuple[int, int]
    device_pixel_ratio: float


@dataclass(slots=True)
class _Job:
    """A drawing under way: first the shapes, then the plates of the same items.

    With ``patch_at``, the pixmap is a patch for this place of the finished one. A draft has rough lines, which take a
    quarter of the time; it is drawn first where there is much, and then once more with smooth ones.
    """

    target: _Target
    pixmap: QPixmap
    region: QRegion
    items: list[ShapeItem]
    step: int = 0
    piece: int | None = None
    patch_at: QPoint | None = None
    is_draft: bool = False
    refines: bool = False
    is_part: bool = False


class ShapesLayer:
    """Draws shapes into a pixmap, in slices when there are many.

    A finished pixmap stays on the screen, moved and scaled to the present view, until the next one is ready; a moved
    view draws only the strips that came into sight, a changed shape only its surroundings.

    Attributes:
        selected: Uids that are drawn as selected.
        lifted: Uids that are left out, because somebody draws them elsewhere.
        version: Grows whenever there is more to be seen.
    """

    def __init__(self, scene: Scene, renderer: Renderer) -> None:
        self.selected: frozenset[int] = frozenset()
        self.lifted: frozenset[int] = frozenset()
        self._scene = scene
        self._renderer = renderer
        self._ready: QPixmap | None = None
        self._ready_target: _Target | None = None
        self._stale = False
        self._is_draft = False
        self.version = 0
        self._dirty = QRegion()
        self._job: _Job | None = None

    @property
    def has_something(self) -> bool:
        """Whether some view has been drawn."""
        return self._ready is not None

    def shows(self, view: Viewport, device_pixel_ratio: float, *, roughly: bool = False) -> bool:
        """Whether the present view is drawn completely, or at least with rough lines."""
        current = self._ready_target == _target(view, device_pixel_ratio) and not self._stale
        if roughly and self._is_draft:
            return current and self._dirty.isEmpty()
        return current and self._job is None and self._dirty.isEmpty() and not self._is_draft

    def invalidate(self) -> None:
        """Draw everything again; what is there stays on the screen until then."""
        self._job = None
        self._stale = True
        self._dirty = QRegion()

    def clear(self) -> None:
        """Forget what is there: it belongs to another picture."""
        self.invalidate()
        self._ready = self._ready_target = None

    def invalidate_region(self, region: QRegion) -> None:
        """Draw a part of the widget again."""
        if self._job is not None:
            if self._job.target == self._ready_target and not self._job.refines:
                self._dirty += self._job.region
            self._job = None
        self._dirty += region

    def prepare(self, view: Viewport, device_pixel_ratio: float, budget_s: float) -> bool:
        """Work for about ``budget_s`` seconds at showing the view; return whether it is done."""
        deadline = time.perf_counter() + budget_s
        target = _target(view, device_pixel_ratio)
        if self._job is not None and self._job.target != target:
            self.invalidate_region(QRegion())
        if self._job is None:
            if self.shows(view, device_pixel_ratio):
                return True
            self._job = self._plan(target, view)
            if time.perf_counter() >= deadline and not _is_little(self._job.items):
                return False  # to prepare thousands took all of this turn
        job = self._job
        if not self._work(job, view, float("inf") if _is_little(job.items) else deadline):
            return False
        if job.patch_at is None or self._ready is None:
            self._ready = job.pixmap
        else:
            _lay(job.pixmap, job.patch_at, self._ready, job.region)
        if not job.is_part:
            self._is_draft = job.is_draft
        self._ready_target, self._job, self._stale = job.target, None, False
        self.version += 1
        return self._dirty.isEmpty() and not self._is_draft

    def paint(self, painter: QPainter, view: Viewport) -> None:
        """Draw what is there, moved and scaled to the view where it shows another one."""
        if self._ready is None or self._ready_target is None:
            if self._job is not None:
                _scale, x, y = self._job.target.view
                painter.drawPixmap(view.offset - QPointF(x, y), self._job.pixmap)
            return
        if self._ready.isNull():
            return
        if self._ready_target.view == view.key():
            painter.drawPixmap(0, 0, self._ready)
            return
        scale, x, y = self._ready_target.view
        ratio = view.scale / scale
        size = QRectF(self._ready.rect()).size() * (ratio / self._ready.devicePixelRatio())
        at = view.offset - QPointF(x, y) * ratio
        painter.drawPixmap(QRectF(at, size), self._ready, QRectF(self._ready.rect()))

    def _plan(self, target: _Target, view: Viewport) -> _Job:
        """Choose the least drawing that brings the target about."""
        whole = QRect(QPoint(0, 0), QSize(*target.size))
        before, dirty, self._dirty = self._ready_target, self._dirty, QRegion()
        ready = None if self._ready is None or self._ready.isNull() else self._ready
        if ready is not None and before == target and not self._stale:
            if not (seen := dirty & QRegion(whole)).isEmpty() or not self._is_draft:
                return self._plan_parts(target, ready, seen, view)
            items = self._items_in(QRegion(whole), view)
            return _Job(target, _empty(target), QRegion(whole), items, refines=True)
        region = QRegion(whole)
        shift = None if ready is None or before is None or self._stale else _whole_shift(before, target)
        if shift is None and not (items := self._items_in(region, view)):
            # Clearing a pixmap of the window's size and laying it over the picture takes milliseconds.
            return _Job(target, QPixmap(), region, items)
        pixmap = _empty(target)
        if shift is not None and ready is not None:
            painter = QPainter(pixmap)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            painter.drawPixmap(shift, ready)
            painter.end()
            region = region - QRegion(whole.translated(shift)) + (dirty.translated(shift) & region)
            return _Job(target, pixmap, region, self._items_in(region, view), is_draft=self._is_draft)
        return _Job(target, pixmap, region, items, is_draft=_is_much(items))

    def _plan_parts(self, target: _Target, ready: QPixmap, dirty: QRegion, view: Viewport) -> _Job:
        """Choose as much of what is dirty as is drawn at once, in place; the rest stays dirty.

        A part in which too much lies for that is drawn in slices, into a patch, so that nobody sees it half done.
        """
        region, items = dirty, self._items_in(dirty, view)
        if _is_little(items):
            return _Job(target, ready, region, items, is_part=True)
        rects = dirty.rects() if hasattr(dirty, "rects") else list(dirty)
        if len(rects) > _MOST_PARTS:
            return _sliced(target, ready, region, items)
        drawn_rect = self._renderer.drawn_rect
        placed = [(drawn_rect(item, view).toAlignedRect(), item) for item in items]
        region, items = QRegion(), []
        for rect in rects:
            more = region + QRegion(rect)
            found = [item for place, item in placed if more.intersects(place)]
            if not region.isEmpty() and not _is_little(found):
                break
            region, items = more, found
        self._dirty = dirty - region
        if not _is_little(items):
            return _sliced(target, ready, region, items)
        return _Job(target, ready, region, items, is_part=True)

    def _items_in(self, region: QRegion, view: Viewport) -> list[ShapeItem]:
        """Return what is drawn in a region, bottom first; a plate may reach into it from a shape beside it."""
        sides = [rect.getCoords() for rect in (region.rects() if hasattr(region, "rects") else region)]
        # Qt's last pixel lies inside of a rectangle. Without any, nothing is near.
        rects = np.array(sides, np.float64).reshape(-1, 4) + (0, 0, 1, 1)
        # Whatever is in sight was drawn before, but for what is to be drawn now, which has its plate in the region.
        wide = min(self._renderer.style.widest_plate + 4, _PLATE_REACH_PX[0]) if self._ready else _PLATE_REACH_PX[0]
        found = self._touching(rects, view, wide, _PLATE_REACH_PX[1])
        if region.boundingRect() == view.widget_rect.toRect() and region.rectCount() == 1:
            return found
        inside = {item.uid for item in self._touching(rects, view, _LINE_REACH_PX, _LINE_REACH_PX)}
        reaches_in = self._renderer.plate_touches
        return [item for item in found if item.uid in inside or reaches_in(item, view, region)]

    def _touching(self, rects: Boxes, view: Viewport, to_left: float, to_bottom: float) -> list[ShapeItem]:
        reach = rects + (-to_left, -_LINE_REACH_PX, _LINE_REACH_PX, to_bottom)
        areas = (reach - (view.offset.x(), view.offset.y()) * 2) / view.scale
        return [item for item in self._scene.near(areas) if item.uid not in self.lifted]

    def _work(self, job: _Job, view: Viewport, deadline: float) -> bool:
        """Draw items until done or until the time has come, one at least; return whether it is done."""
        if job.pixmap.isNull():
            return True
        painter = QPainter(job.pixmap)
        if job.patch_at is not None:
            painter.translate(-job.patch_at)
        painter.setClipRegion(job.region)
        if job.step == 0 and job.piece is None:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            painter.fillRect(job.region.boundingRect(), Qt.GlobalColor.transparent)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        count, renderer = len(job.items), self._renderer
        started = False
        while job.step < count and not (started and time.perf_counter() >= deadline):
            started = True
            if is_huge(item := job.items[job.step]):
                job.piece = renderer.draw_huge(
                    painter, item, view, job.piece, deadline, selected=item.uid in self.selected
                )
                job.step += job.piece is None
                continue
            batch = _batch(job.items, job.step)
            renderer.draw_items(painter, batch, view, self.selected, smooth=not job.is_draft)
            job.step += len(batch)
        while count <= job.step < 2 * count and not (started and time.perf_counter() >= deadline):
            started = True
            renderer.draw_plate(painter, job.items[job.step - count], view, job.target.device_pixel_ratio)
            job.step += 1
        painter.end()
        return job.step >= 2 * count


def _empty(target: _Target) -> QPixmap:
    pixmap = QPixmap(QSize(*target.size) * target.device_pixel_ratio)
    pixmap.setDevicePixelRatio(target.device_pixel_ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap


def _is_much(items: list[ShapeItem]) -> bool:
    """Return whether drawing items smoothly takes about a third of a second or more."""
    slanted = sum(item.shape.kind is not ShapeKind.RECTANGLE for item in items)
    cost = (len(items) - slanted) * _ITEM_COST + slanted * _SLANTED_COST
    return cost > _DRAFT_FROM or sum(len(item.shape.points) for item in items) > _DRAFT_FROM


def _sliced(target: _Target, ready: QPixmap, region: QRegion, items: list[ShapeItem]) -> _Job:
    """Return the drawing of a region apart from what is on the screen: a patch, which takes less than a copy of all."""
    box, ratio = region.boundingRect(), target.device_pixel_ratio
    if ratio != int(ratio):  # its edges would lie between pixels
        return _Job(target, ready.copy(), region, items, is_part=True)
    patch = QPixmap(box.size() * ratio)
    patch.setDevicePixelRatio(ratio)
    patch.fill(Qt.GlobalColor.transparent)
    return _Job(target, patch, region, items, patch_at=box.topLeft(), is_part=True)


def _lay(patch: QPixmap, at: QPoint, onto: QPixmap, region: QRegion) -> None:
    painter = QPainter(onto)
    painter.setClipRegion(region)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    painter.drawPixmap(at, patch)
    painter.end()


def _target(view: Viewport, device_pixel_ratio: float) -> _Target:
    size = view.widget_rect.size().toSize()
    return _Target(view.key(), (size.width(), size.height()), device_pixel_ratio)


def _batch(items: list[ShapeItem], start: int) -> list[ShapeItem]:
    """Return the items from a position on that make one stroke of work; a huge one begins the next."""
    vertices = 0
    for end in range(start, len(items)):
        if is_huge(items[end]):
            return items[start:end]
        vertices += _cost(items[end])
        if vertices >= _BATCH_VERTICES:
            return items[start : end + 1]
    return items[start:]


def _cost(item: ShapeItem) -> int:
    """Return what drawing a shape takes, in vertices."""
    return item.vertex_count + (_MASK_COST if item.shape.kind is ShapeKind.MASK else _ITEM_COST)


def _is_little(items: list[ShapeItem]) -> bool:
    """Return whether items are drawn at once; of many it looks at none."""
    if len(items) * _ITEM_COST > _AT_ONCE_VERTICES:
        return False
    return sum(map(_cost, items)) <= _AT_ONCE_VERTICES


def _whole_shift(before: _Target, after: _Target) -> QPoint | None:
    """Return how far the view moved, if it did nothing but move by whole pixels."""
    (scale, *start), (other_scale, *end) = before.view, after.view
    if scale != other_scale or (before.size, before.device_pixel_ratio) != (after.size, after.device_pixel_ratio):
        return None
    dx, dy = end[0] - start[0], end[1] - start[1]
    return QPoint(round(dx), round(dy)) if dx == round(dx) and dy == round(dy) else None
