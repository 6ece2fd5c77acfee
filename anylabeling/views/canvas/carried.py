"""Very many shapes that are dragged at once: drawn once into a picture of their own, which then follows the mouse."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from qtpy.QtCore import QPointF
from qtpy.QtGui import QPainter

from anylabeling.document.shape import Shape
from anylabeling.views.canvas.layer import ShapesLayer
from anylabeling.views.canvas.renderer import Renderer
from anylabeling.views.canvas.scene import Scene
from anylabeling.views.canvas.viewport import Viewport

Step = tuple[float, float]


class _Carried:
    """The shapes of one drag."""

    def __init__(self, renderer: Renderer, shapes: Sequence[Shape]) -> None:
        self.shapes = shapes
        self.uids = frozenset(shape.uid for shape in shapes)
        self.step: Step = (0.0, 0.0)
        scene = Scene()
        scene.load(shapes)
        self.layer = ShapesLayer(scene, renderer)
        self.layer.selected = self.uids
        self._first: Viewport | None = None

    def seen(self, view: Viewport) -> Viewport:
        """Return the view in which the shapes as they were look like the moved ones, on whole pixels."""
        moved = copy.copy(view)
        dx, dy = (round(side * view.scale) for side in self.step)
        moved.offset = view.offset + QPointF(dx, dy)
        return moved

    def prepare(self, view: Viewport, device_pixel_ratio: float, budget_s: float) -> bool:
        """Work at showing the view; until there is something to be seen, at that in which the drag began."""
        seen = self.seen(view)
        if not self.layer.has_something:
            self._first = seen = self._first or seen
        return self.layer.prepare(seen, device_pixel_ratio, budget_s)


class CarriedShapes:
    """The shapes that a drag carries, and those of the last one until they are drawn where they belong."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer
        self._carried: _Carried | None = None
        self._leaving: _Carried | None = None

    @property
    def uids(self) -> frozenset[int]:
        """The shapes that a drag carries now."""
        return self._carried.uids if self._carried is not None else frozenset()

    def show(self, shapes: Sequence[Shape], step: Step) -> None:
        """Show shapes so far away from where they are."""
        if self._carried is None or self._carried.shapes is not shapes:
            self._leaving, self._carried = None, _Carried(self._renderer, shapes)
        self._carried.step = step

    def drop(self, *, at_end: bool) -> bool:
        """End a drag; return whether there was one.

        Args:
            at_end: The shapes have been moved. Otherwise they are back where they were.
        """
        if self._carried is None:
            return False
        self._leaving, self._carried = self._carried, None
        if not at_end:
            self._leaving.step = (0.0, 0.0)
        return True

    def clear(self) -> None:
        """Forget everything."""
        self._carried = self._leaving = None

    def arrived(self) -> bool:
        """Take note that everything is drawn where it belongs; return whether that changes anything."""
        before, self._leaving = self._leaving, None
        return before is not None

    def prepare(self, view: Viewport, device_pixel_ratio: float, budget_s: float) -> bool:
        """Work for about ``budget_s`` seconds at what is carried; return whether it is done."""
        return self._carried is None or self._carried.prepare(view, device_pixel_ratio, budget_s)

    @property
    def version(self) -> int:
        """Grows whenever there is more to be seen."""
        return self._carried.layer.version if self._carried is not None else 0

    def paint(self, painter: QPainter, view: Viewport) -> None:
        """Draw what is carried."""
        for one in (self._carried, self._leaving):
            if one is not None:
                one.layer.paint(painter, one.seen(view))
