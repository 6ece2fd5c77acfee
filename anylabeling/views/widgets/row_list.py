"""A list of painted rows with small switches at the right."""

from __future__ import annotations

from qtpy.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPoint, Qt, Signal
from qtpy.QtGui import QHelpEvent, QMouseEvent
from qtpy.QtWidgets import QToolTip, QWidget

from anylabeling.views.widgets.row_delegate import RowSwitch
from anylabeling.views.widgets.virtual_list import VirtualList


class RowList(VirtualList):
    """A list whose rows have switches.

    Signals:
        switched: Name of the switch that was clicked and the row's index; the selection stays as it is.
    """

    switched = Signal(str, QModelIndex)

    def __init__(
        self,
        name: str,
        model: QAbstractItemModel,
        *,
        switches: tuple[RowSwitch, ...] = (),
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, model, switches=switches, elide=elide, parent=parent)
        self._pressed = False

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Take a click on a switch before the row is selected by it."""
        hit = self._hit(event)
        self._pressed = hit is not None
        if hit is not None:
            self.switched.emit(hit[0].name, hit[1])
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Select nothing by dragging away from a switch."""
        if not self._pressed:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """End a click."""
        if not self._pressed:
            super().mouseReleaseEvent(event)
        self._pressed = False

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        """Count two quick clicks on a switch as two clicks."""
        if self._hit(event) is not None:
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def viewportEvent(self, event: QEvent | None) -> bool:
        """Say what a switch does when the mouse rests on it."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            hit = self._at(event.pos())
            if hit is not None and hit[0].tool_tip:
                QToolTip.showText(event.globalPos(), hit[0].tool_tip, self)
                return True
        return bool(super().viewportEvent(event))

    def _hit(self, event: QMouseEvent | None) -> tuple[RowSwitch, QModelIndex] | None:
        if event is None or event.button() != Qt.MouseButton.LeftButton:
            return None
        return self._at(event.pos())

    def _at(self, place: QPoint) -> tuple[RowSwitch, QModelIndex] | None:
        index = self.indexAt(place)
        if not index.isValid():
            return None
        switch = self.rows.switch_at(self.visualRect(index), place.x(), place.y())
        return None if switch is None else (switch, index)
