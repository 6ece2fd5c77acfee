"""Size the selected rectangle with the mouse wheel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from qtpy.QtCore import QEvent, QObject, QPointF, Qt
from qtpy.QtGui import QWheelEvent

from anylabeling.document.shape import Points, Shape, ShapeKind
from anylabeling.translation import tr

if TYPE_CHECKING:
    from anylabeling.views.canvas.canvas import Canvas

_NOTCH = 120.0
_LEAST_PX = 1.0
_SERIES = "wheel"


class WheelEdit(QObject):
    """Takes the wheel for the one rectangle that is selected, before the canvas scrolls.

    With the mouse inside, a turn away from the person makes the rectangle larger on all sides; outside, it moves the
    side that is nearest outwards. Turns that follow each other are one step to undo.

    Attributes:
        scale_step: By how much of its size a rectangle grows with each notch.
        adjust_step_px: How far a side moves with each notch, in image pixels.
    """

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.scale_step = 0.05
        self.adjust_step_px = 2.0

    def set_on(self, on: bool) -> None:
        """Take the wheel, or leave it to the canvas, which then has one place less that sees all its events."""
        self._canvas.removeEventFilter(self)
        if on:
            self._canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Size the rectangle; everything else goes on to the canvas."""
        if isinstance(event, QWheelEvent) and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            notches = event.angleDelta().y() / _NOTCH
            shape = self._shape()
            if shape is not None and notches:
                self._size(shape, self._canvas.to_image(event.position()), notches)
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def _shape(self) -> Shape | None:
        canvas = self._canvas
        if canvas.document is None or canvas.tool() != "select" or canvas.is_drawing or len(canvas.selection()) != 1:
            return None
        shape = canvas.document.shape(canvas.selection()[0])
        return shape if shape.kind is ShapeKind.RECTANGLE and not shape.locked else None

    def _size(self, shape: Shape, spot: QPointF, notches: float) -> None:
        sized = sized_box(
            shape.points, (spot.x(), spot.y()), notches, scale_step=self.scale_step, step_px=self.adjust_step_px
        )
        placed = [self._canvas.placed(QPointF(*corner)) for corner in sized.tolist()]
        if not np.array_equal(placed, shape.points):
            name = tr("Resize {label}", label=shape.label)
            self._canvas.submit_edit([shape.with_changes(points=np.array(placed))], name, series=_SERIES)


def sized_box(
    points: Points, spot: tuple[float, float], notches: float, *, scale_step: float, step_px: float
) -> Points:
    """Return the upper left and lower right corner of a rectangle that a wheel has made larger or smaller.

    Args:
        points: Two opposite corners, float64 (2, 2), in image pixels.
        spot: Where the mouse is. Inside, all sides move by the same share; outside, the nearest one moves.
        notches: How far the wheel was turned, positive for larger.
        scale_step: The share for each notch.
        step_px: Pixels for each notch.
    """
    low, high = points.min(axis=0), points.max(axis=0)
    place = np.array(spot)
    if ((low <= place) & (place <= high)).all():
        middle = (low + high) / 2
        half = np.maximum((high - low) / 2 * (1 + scale_step) ** notches, _LEAST_PX / 2)
        return np.stack([middle - half, middle + half])
    # How far the mouse lies beyond each side; it is outside, so one of them is positive.
    beyond = np.concatenate([low - place, place - high])
    side = int(beyond.argmax())
    axis = side % 2
    if side < 2:
        low = low.copy()
        low[axis] = min(low[axis] - notches * step_px, high[axis] - _LEAST_PX)
    else:
        high = high.copy()
        high[axis] = max(high[axis] + notches * step_px, low[axis] + _LEAST_PX)
    return np.stack([low, high])
