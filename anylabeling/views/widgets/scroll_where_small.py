"""The body of a window: all in sight where the screen has room for it, scrolled where it has not."""

from __future__ import annotations

from qtpy.QtCore import QEvent, QObject, QSize, Qt
from qtpy.QtGui import QResizeEvent, QShowEvent
from qtpy.QtWidgets import QAbstractSlider, QAbstractSpinBox, QComboBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from anylabeling.views.widgets.within_screen import room_on_screen

_CHANGED_BY_WHEEL = (QComboBox, QAbstractSpinBox, QAbstractSlider)


class _Page(QWidget):
    """Gives its content all of itself, and needs what that needs at the least.

    An area that scrolls would give a layout with texts that wrap the height that it would like to have.
    """

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setObjectName("page")
        self._content = content
        content.setParent(self)

    def minimumSizeHint(self) -> QSize:
        """Return what the content cannot do without, at the width that there is."""
        size = self._content.minimumSizeHint().expandedTo(self._content.minimumSize())
        layout = self._content.layout()
        if isinstance(layout, QVBoxLayout) and layout.hasHeightForWidth():
            size.setHeight(max(size.height(), layout.minimumHeightForWidth(max(self.width(), size.width()))))
        return size

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Let the content be as large."""
        super().resizeEvent(event)
        self._content.setGeometry(self.rect())


class ScrollWhereSmall(QScrollArea):
    """Stands in the layout of a window, beside what has to stay in sight, such as its buttons.

    The window cannot be made smaller than its content as long as the screen has room for that. On a smaller screen, or
    at a large scale, the content keeps the size that it needs and is scrolled.

    Args:
        content: What may be scrolled.
    """

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it has it, and brings itself into view
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self._known_room = QSize()
        self._content = content
        self._page = _Page(content)
        content.installEventFilter(self)
        self.setWidget(self._page)

    def minimumSizeHint(self) -> QSize:
        """Return what the content needs, or what the screen leaves for it."""
        least = self._page.minimumSizeHint()
        room = self._room()
        bar = self.verticalScrollBar()
        if least.height() > room.height() and bar is not None:
            least.setWidth(least.width() + bar.sizeHint().width())
        return least.boundedTo(room)

    def sizeHint(self) -> QSize:
        """Return what the content would like to have."""
        return self._content.sizeHint().expandedTo(self.minimumSizeHint())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Texts that wrap need another height at another width."""
        super().resizeEvent(event)
        if event is not None and event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def showEvent(self, event: QShowEvent | None) -> None:
        """Watch for the wheel over what it would change."""
        if event is not None:
            super().showEvent(event)
        window = self.window()
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)
        for kind in _CHANGED_BY_WHEEL:
            for control in self._content.findChildren(kind):
                control.removeEventFilter(self)
                control.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Follow content that grows; let the wheel scroll, not change what the mouse happens to be over."""
        if event is None:
            return False
        if event.type() == QEvent.Type.LayoutRequest and watched is self._content:
            self._page.updateGeometry()
            self.updateGeometry()
        elif event.type() == QEvent.Type.LayoutRequest and watched is self.window():
            room = self._room()
            if room != self._known_room:  # what stands beside this has grown or shrunk
                self._known_room = room
                self.updateGeometry()
        elif event.type() == QEvent.Type.Wheel and isinstance(watched, _CHANGED_BY_WHEEL):
            bar = self.verticalScrollBar()
            if bar is not None and bar.maximum() and not watched.hasFocus():
                event.ignore()
                return True
        return bool(super().eventFilter(watched, event))

    def _room(self) -> QSize:
        """Return what the screen leaves for this, when the window is as large as it can be."""
        window = self.window()
        room = room_on_screen(window) if window is not None else QSize(800, 600)
        layout = window.layout() if window is not None else None
        if not isinstance(layout, QVBoxLayout):
            return room
        margins = layout.contentsMargins()
        room -= QSize(margins.left() + margins.right(), margins.top() + margins.bottom())
        items = [layout.itemAt(index) for index in range(layout.count())]
        others = [item for item in items if item is not None and item.widget() is not self and not item.isEmpty()]
        taken = len(others) * max(layout.spacing(), 0)
        for item in others:
            least = item.minimumSize().height()
            taken += max(least, item.heightForWidth(room.width())) if item.hasHeightForWidth() else least
        return QSize(room.width(), max(room.height() - taken, 0))
