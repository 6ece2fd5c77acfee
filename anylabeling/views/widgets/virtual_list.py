"""A list for very many rows."""

from __future__ import annotations

from qtpy.QtCore import QAbstractItemModel, QModelIndex, Qt
from qtpy.QtGui import QPainter, QPaintEvent, QResizeEvent
from qtpy.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from anylabeling.views.theme import ROW_PX, color
from anylabeling.views.widgets.row_delegate import RowDelegate, RowSwitch


class VirtualList(QTableView):
    """A list of one column that never looks at rows which are not on the screen.

    QListView asks the model for each row whenever it lays out, which takes 0.2 s for 100,000 rows of a Python model;
    the sections of a table's header are only counted.

    Attributes:
        rows: Paints the rows.
    """

    def __init__(
        self,
        name: str,
        model: QAbstractItemModel,
        *,
        switches: tuple[RowSwitch, ...] = (),
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setModel(model)
        self.rows = RowDelegate(self, switches=switches, elide=elide)
        self.setItemDelegate(self.rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        viewport = self.viewport()
        if viewport is not None:
            # A style sheet's background counts as translucent, and everything is painted anew for each row scrolled.
            viewport.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        lines, columns = self.verticalHeader(), self.horizontalHeader()
        if lines is not None and columns is not None:
            lines.hide()
            lines.setMinimumSectionSize(ROW_PX)
            lines.setDefaultSectionSize(ROW_PX)
            lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            columns.hide()
            columns.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def moveCursor(
        self, cursorAction: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifiers | Qt.KeyboardModifier
    ) -> QModelIndex:
        """Let Home and End go to the first and last row; in a table they go along the row."""
        model, ends = self.model(), (QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd)
        if cursorAction in ends and model is not None:
            return model.index(0 if cursorAction == ends[0] else model.rowCount() - 1, 0)
        return super().moveCursor(cursorAction, modifiers)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Keep the current row in sight when it was, such as when another panel takes room and gives it back."""
        place = self.visualRect(self.currentIndex())
        height = event.oldSize().height() if event is not None else 0
        was_seen = not place.isEmpty() and place.bottom() > 0 and place.top() < height
        super().resizeEvent(event)
        if was_seen:
            self.scrollTo(self.currentIndex())

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Fill the background, and paint the rows over it."""
        if event is None:
            return
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), color("base"))
        painter.end()
        super().paintEvent(event)
