"""The size and place of a window: as it was left, else as wanted, and never more than the screen has room for."""

from __future__ import annotations

from qtpy.QtCore import QEvent, QObject, QSize
from qtpy.QtGui import QGuiApplication
from qtpy.QtWidgets import QWidget

from anylabeling.views.window_state import WindowState

_FRAME = QSize(16, 40)
"""Room for the title and the edges, which the desktop adds."""


def room_on_screen(window: QWidget) -> QSize:
    """Return how large a window can be on the screen of its parent without a part of it being outside."""
    parent = window.parentWidget()
    top = parent.window() if parent is not None else None
    handle = top.windowHandle() if top is not None else None
    screen = (handle.screen() if handle is not None else None) or QGuiApplication.primaryScreen()
    return screen.availableGeometry().size() - _FRAME if screen is not None else QSize(800, 600)


class _Place(QObject):
    """Keeps where a window is whenever it is closed; goes with it."""

    def __init__(self, window: QWidget, state: WindowState, name: str) -> None:
        super().__init__(window)
        self._window, self._state, self._name = window, state, name
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Remember size and place."""
        if event is not None and event.type() == QEvent.Type.Hide and not event.spontaneous():
            self._state.save_geometry(self._name, self._window)
        return bool(super().eventFilter(watched, event))


def resize_within_screen(window: QWidget, width: int, height: int, *, least: tuple[int, int] = (0, 0)) -> None:
    """Give a window its size, which no screen is too small for: at a large scale few pixels are left.

    A window of the main window comes back with the size and the place that it was left with.

    Args:
        window: The window, not yet shown.
        width: The width that is wanted.
        height: The height that is wanted.
        least: What it should not be made smaller than by hand; none on a screen that is smaller.
    """
    room = room_on_screen(window)
    window.setMinimumSize(QSize(*least).boundedTo(room))
    window.resize(QSize(width, height).boundedTo(room))
    parent = window.parentWidget()
    state = getattr(parent.window(), "window_state", None) if parent is not None else None
    if isinstance(state, WindowState):
        name = f"dialog/{type(window).__name__}"
        if state.restore_geometry(name, window):
            _bring_within_screen(window)
        _Place(window, state, name)


def _bring_within_screen(window: QWidget) -> None:
    """Let no part of a window be outside: the screen may have been a larger one when it was left."""
    place = window.geometry()
    screen = QGuiApplication.screenAt(place.center()) or QGuiApplication.primaryScreen()
    if screen is None or screen.availableGeometry().contains(place):
        return
    room = screen.availableGeometry()
    size = place.size().boundedTo(room.size() - _FRAME)
    x = min(max(window.x(), room.left()), room.right() + 1 - size.width() - _FRAME.width())
    y = min(max(window.y(), room.top()), room.bottom() + 1 - size.height() - _FRAME.height())
    window.resize(size)
    window.move(x, y)
