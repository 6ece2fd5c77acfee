"""The same picture again with other labels, beside the canvas: zoomed and moved together with it."""

from __future__ import annotations

from pathlib import Path

from qtpy.QtCore import QPoint, Qt, Signal
from qtpy.QtGui import QImage, QMouseEvent
from qtpy.QtWidgets import QToolButton, QWidget

from anylabeling.document.document import Document
from anylabeling.translation import tr
from anylabeling.views.canvas.beside import HeadedView
from anylabeling.views.canvas.shape_view import ShapeView
from anylabeling.views.icons import icon
from anylabeling.views.widgets.elided_label import ElidedLabel


class CompareView(ShapeView):
    """Shows shapes and lets nobody change them; dragging moves the picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._last = QPoint()
        self.setAcceptDrops(False)
        self.setAccessibleName(tr("Labels of the other folder"))

    def idle_cursor(self) -> Qt.CursorShape:
        """Say that the picture can be dragged."""
        return Qt.CursorShape.OpenHandCursor

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Drag the picture with any button."""
        if event is not None:
            self._last = event.pos()

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Move the picture along."""
        if event is not None and event.buttons():
            moved, self._last = event.pos() - self._last, event.pos()
            self.pan(moved.x(), moved.y())


class ComparePane(HeadedView):
    """A read-only view of other labels with a line that says whose they are.

    Attributes:
        view: The picture with its shapes.
        note: How many objects there are, or why none.

    Signals:
        closed: The person wants no comparison any more.
    """

    closed = Signal()

    def __init__(self, canvas: ShapeView) -> None:
        """Make the pane; it follows ``canvas`` and the canvas follows it."""
        self.view = CompareView()
        super().__init__(self.view)
        self._canvas = canvas
        self._following = False
        self.note = ElidedLabel()
        self.note.setProperty("muted", True)
        close = QToolButton()
        close.setIcon(icon("close"))
        close.setAccessibleName(tr("Close the comparison"))
        close.setToolTip(tr("Close the comparison"))
        close.clicked.connect(lambda: self.closed.emit())
        self.line.addWidget(self.note)
        self.line.addWidget(close)
        canvas.zoom_changed.connect(lambda _zoom: self._follow(canvas, self.view))
        self.view.zoom_changed.connect(lambda _zoom: self._follow(self.view, canvas))

    def set_folder(self, folder: str) -> None:
        """Name the folder that the labels are from."""
        self.set_heading(Path(folder).name or folder, folder)

    def set_image(self, image: QImage | None, image_id: int, full_size: tuple[int, int]) -> None:
        """Show another picture, without shapes until ``set_document``."""
        self.view.set_document(None)
        self.note.clear()
        self.view.set_image(image, image_id=image_id, full_size=full_size)
        self._follow(self._canvas, self.view)

    def set_document(self, document: Document | None, note: str) -> None:
        """Show shapes, or none with the reason."""
        self.view.set_document(document)
        self.note.setText(note)

    def _follow(self, leader: ShapeView, follower: ShapeView) -> None:
        if self._following or not self.isVisible():
            return
        self._following = True
        try:
            follower.restore_view_state(leader.view_state())
        finally:
            self._following = False
