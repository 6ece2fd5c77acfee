"""Asks for the number of the image to go to."""

from __future__ import annotations

from qtpy.QtCore import Signal
from qtpy.QtWidgets import QDialog, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from anylabeling.translation import tr
from anylabeling.views.widgets.ok_cancel import ok_cancel
from anylabeling.views.widgets.text import count_text


class JumpToImageDialog(QDialog):
    """A number between 1 and the number of images.

    Signals:
        index_chosen: Place of the image in the list, counted from 0.
    """

    index_chosen = Signal(int)

    def __init__(self, parent: QWidget | None, total: int, index: int) -> None:
        """Ask for a number.

        Args:
            parent: The window.
            total: Images in the list.
            index: Place of the image that is shown, counted from 0.
        """
        super().__init__(parent)
        self.setWindowTitle(tr("Go to Image"))
        self.number = QSpinBox()
        self.number.setAccessibleName(tr("Number of the image"))
        self.number.setGroupSeparatorShown(True)
        self.number.setMinimumWidth(110)
        self.number.setRange(1, max(total, 1))
        self.number.setValue(index + 1)
        self.number.selectAll()
        self.total = QLabel(tr("of {count}", count=count_text(total)))
        self.total.setProperty("muted", True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(QLabel(tr("Image")))
        row.addWidget(self.number, 1)
        row.addWidget(self.total)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addLayout(row)
        layout.addWidget(ok_cancel(self))

    def accept(self) -> None:
        """Send the place."""
        self.number.interpretText()
        super().accept()
        self.index_chosen.emit(self.number.value() - 1)
