"""The rows of the file list: a mark that can be clicked, and a cursor that looks at rows without opening them."""

from __future__ import annotations

from qtpy.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPoint, Qt, Signal
from qtpy.QtGui import QHelpEvent, QKeyEvent, QMouseEvent
from qtpy.QtWidgets import QToolTip, QWidget

from anylabeling.views.widgets.row_delegate import MARK_TIP_ROLE
from anylabeling.views.widgets.virtual_list import VirtualList

_CONTROL = Qt.KeyboardModifier.ControlModifier


class FileList(VirtualList):
    """A list of images whose marks are ticked by a click on them or with the space bar.

    Ctrl with an arrow key moves the cursor alone; Enter opens the image that it is at.

    Attributes:
        marks_editable: Whether marks can be ticked.

    Signals:
        mark_toggled: Index of a row whose mark was ticked; selection and cursor stay as they are.
        row_opened: Index of the row that Enter was pressed at.
        cursor_moved: The cursor is to go to a row, and nothing else is to happen.
    """

    mark_toggled = Signal(QModelIndex)
    row_opened = Signal(QModelIndex)
    cursor_moved = Signal(QModelIndex)

    def __init__(self, name: str, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        super().__init__(name, model, elide=Qt.TextElideMode.ElideMiddle, parent=parent)
        self.marks_editable = True
        self.rows.faint_mark = "check"
        self._pressed = False

    def set_marks_editable(self, editable: bool) -> None:
        """Let marks be ticked, or only be seen."""
        self.marks_editable = editable
        self.rows.faint_mark = "check" if editable else ""

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Take a click on a mark before it chooses the row."""
        index = self._mark_at(event.pos()) if event is not None else QModelIndex()
        left = event is not None and event.button() == Qt.MouseButton.LeftButton
        self._pressed = index.isValid() and left
        if self._pressed:
            self.mark_toggled.emit(index)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Show which mark a click would tick."""
        if not self._pressed:
            super().mouseMoveEvent(event)
        self._set_under_mouse(self._mark_at(event.pos()) if event is not None else QModelIndex())

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """End a click."""
        if not self._pressed:
            super().mouseReleaseEvent(event)
        self._pressed = False

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        """Count two quick clicks on a mark as two clicks."""
        if event is not None and self._mark_at(event.pos()).isValid():
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def leaveEvent(self, event: QEvent | None) -> None:
        """No mark is under the mouse any more."""
        self._set_under_mouse(QModelIndex())
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Tick with the space bar, move the cursor alone with Ctrl and an arrow key, open with Enter."""
        if event is None:
            return
        key, index, modifiers = event.key(), self.currentIndex(), event.modifiers()
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(key)) if modifiers == _CONTROL else None
        plain = modifiers & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if key == Qt.Key.Key_Space and self.marks_editable and index.isValid():
            self.mark_toggled.emit(index)
        elif steps is not None:
            self._move_cursor(index.row() + steps)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and index.isValid():
            self.row_opened.emit(index)
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent | None) -> bool:
        """Say what a mark means and what a click does when the mouse rests on it."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self._mark_at(event.pos())
            if index.isValid():
                QToolTip.showText(event.globalPos(), str(index.data(MARK_TIP_ROLE)), self)
                return True
        return bool(super().viewportEvent(event))

    def _move_cursor(self, row: int) -> None:
        model = self.model()
        if model is not None and 0 <= row < model.rowCount():
            self.cursor_moved.emit(model.index(row, 0))

    def _mark_at(self, place: QPoint) -> QModelIndex:
        index = self.indexAt(place)
        if self.marks_editable and index.isValid() and self.rows.mark_rect(self.visualRect(index)).contains(place):
            return index
        return QModelIndex()

    def _set_under_mouse(self, index: QModelIndex) -> None:
        before, now = self.rows.hot_mark, index.row() if index.isValid() else None
        model = self.model()
        if now == before or model is None:
            return
        self.rows.hot_mark = now
        for row in (before, now):
            if row is not None:
                self.update(model.index(row, 0))
