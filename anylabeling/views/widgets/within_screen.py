"""The size of a window at first: as wanted, or as much of it as the screen has room for."""

from __future__ import annotations

from qtpy.QtCore import QSize
from qtpy.QtGui import QGuiApplication
from qtpy.QtWidgets import QWidget

_FRAME = QSize(16, 40)
"""Room for the title and the edges, which the desktop adds."""


def room_on_screen(window: QWidget) -> QSize:
    """Return how large a window can be on the screen of its parent without a part of it being outside."""
    parent = window.parentWidget()
    top = parent.window() if parent is not None else None
    handle = top.windowHandle() if top is not None else None
    screen = (handle.screen() if handle is not None else None) or QGuiApplication.primaryScreen()
    return screen.availableGeometry().size() - _FRAME if screen is not None else QSize(800, 600)


def resize_within_screen(window: QWidget, width: int, height: int, *, least: tuple[int, int] = (0, 0)) -> None:
    """Give a window its size, which no screen is too small for: at a large scale few pixels are left.

    Args:
        window: The window, not yet shown.
        width: The width that is wanted.
        height: The height that is wanted.
        least: What it should not be made smaller than by hand; none on a screen that is smaller.
    """
    room = room_on_screen(window)
    window.setMinimumSize(QSize(*least).boundedTo(room))
    window.resize(QSize(width, height).boundedTo(room))
