"""Moving about in the picture by mouse, wheel, pinch and keys, and dropping files on it."""

from __future__ import annotations

from pathlib import Path

from qtpy.QtCore import QEvent, QPointF, Qt, Signal
from qtpy.QtGui import (
    QCursor,
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from qtpy.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from anylabeling.views.canvas.image_view import ZOOM_STEP
from anylabeling.views.canvas.tiled_view import TiledView

_WHEEL_NOTCH = 120
_SCROLL_PX_PER_NOTCH = 80


class NavigableView(TiledView):
    """Adds navigation to the picture: Ctrl+wheel and pinch zoom, the wheel scrolls, Space or the middle button pans.

    Signals:
        cursor_moved: The mouse is over the image, at x, y in image pixels.
        cursor_left: The mouse is no longer over the image.
        paths_dropped: Files or folders were dropped, a list of pathlib.Path.
    """

    cursor_moved = Signal(float, float)
    cursor_left = Signal()
    paths_dropped = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._space_down = False
        self._pan_from: QPointF | None = None
        self._cursor_inside = False
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.grabGesture(Qt.GestureType.PinchGesture)

    def idle_cursor(self) -> Qt.CursorShape:
        """Return the mouse cursor while nothing pans."""
        return Qt.CursorShape.ArrowCursor

    def refresh_cursor(self) -> None:
        """Show the mouse cursor that fits the moment."""
        shape = self.idle_cursor()
        if self._pan_from is not None:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._space_down:
            shape = Qt.CursorShape.OpenHandCursor
        if self.cursor().shape() != shape:
            self.setCursor(QCursor(shape))

    @property
    def is_panning(self) -> bool:
        """Whether the mouse drags the picture."""
        return self._pan_from is not None

    def begin_pan(self, event: QMouseEvent) -> bool:
        """Start panning if the event asks for it: the middle button, or the left one with Space."""
        button = event.button()
        if button != Qt.MouseButton.MiddleButton and not (button == Qt.MouseButton.LeftButton and self._space_down):
            return False
        self._pan_from = event_position(event)
        self.refresh_cursor()
        return True

    def continue_pan(self, event: QMouseEvent) -> bool:
        """Pan along, if the mouse drags the picture; return whether it does."""
        if self._pan_from is None:
            return False
        position = event_position(event)
        step = position - self._pan_from
        self._pan_from = position
        self.pan(step.x(), step.y())
        return True

    def end_pan(self) -> bool:
        """Stop panning; return whether the mouse dragged the picture."""
        was_panning, self._pan_from = self.is_panning, None
        self.refresh_cursor()
        return was_panning

    def announce_cursor(self, position: QPointF) -> None:
        """Tell where in the image the mouse is, or that it has left it."""
        image = self.to_image(position)
        if self.has_image and self.viewport.image_rect.contains(image):
            self._cursor_inside = True
            self.cursor_moved.emit(image.x(), image.y())
        elif self._cursor_inside:
            self._cursor_inside = False
            self.cursor_left.emit()

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        """Zoom at the mouse with Ctrl, else scroll: down, or across with Shift."""
        assert event is not None
        angle, pixels = event.angleDelta(), event.pixelDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            position = event.position()
            self.set_zoom(self.zoom() * ZOOM_STEP ** ((angle.y() or angle.x()) / _WHEEL_NOTCH), position)
        else:
            notches = QPointF(angle) * (_SCROLL_PX_PER_NOTCH / _WHEEL_NOTCH)
            step = notches if pixels.isNull() else QPointF(pixels)
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not step.x():
                step = QPointF(step.y(), 0.0)
            self.pan(step.x(), step.y())
        self.announce_cursor(event.position())
        event.accept()

    def event(self, event: QEvent | None) -> bool:
        """Zoom by pinching, on a touchpad or a touch screen."""
        assert event is not None
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.set_zoom(self.zoom() * (1.0 + event.value()), event_position(event))
                return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                middle = QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint()))
                self.set_zoom(self.zoom() * pinch.scaleFactor(), middle)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Hold Space to pan with the left button."""
        assert event is not None
        if event.key() != Qt.Key.Key_Space:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self._space_down = True
            self.refresh_cursor()

    def keyReleaseEvent(self, event: QKeyEvent | None) -> None:
        """Let go of Space."""
        assert event is not None
        if event.key() != Qt.Key.Key_Space:
            super().keyReleaseEvent(event)
        elif not event.isAutoRepeat():
            self._space_down = False
            self.refresh_cursor()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Forget about Space: its release will go elsewhere."""
        assert event is not None
        self._space_down = False
        self.refresh_cursor()
        super().focusOutEvent(event)

    def leaveEvent(self, event: QEvent | None) -> None:
        """Tell that the mouse has left."""
        assert event is not None
        if self._cursor_inside:
            self._cursor_inside = False
            self.cursor_left.emit()
        super().leaveEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:
        """Accept files and folders."""
        assert event is not None
        if _local_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent | None) -> None:
        """Announce the dropped files and folders."""
        assert event is not None
        paths = _local_paths(event)
        event.acceptProposedAction()
        if paths:
            self.paths_dropped.emit(paths)


def event_position(event: QMouseEvent | QNativeGestureEvent) -> QPointF:
    """Return where in the widget an event happened; Qt 5 and Qt 6 name it differently."""
    return QPointF(event.position() if hasattr(event, "position") else event.localPos())


def keys_of(event: QKeyEvent) -> QKeySequence:
    """Return what was pressed as a setting of keys has it."""
    return QKeySequence(int(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier) | event.key())


def _local_paths(event: QDropEvent) -> list[Path]:
    data = event.mimeData()
    return [] if data is None else [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
