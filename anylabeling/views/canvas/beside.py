"""The canvas, and what is compared with it at its right: both with a line above, so that the pictures stand level."""

from __future__ import annotations

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from anylabeling.views.widgets.elided_label import ElidedLabel

_HEADING_PX = 32


class HeadedView(QWidget):
    """A widget with a line above it.

    Attributes:
        heading: What the line says.
        line: The row that it stands in.
    """

    def __init__(self, view: QWidget) -> None:
        super().__init__()
        self.heading = ElidedLabel("")
        self._bar = QWidget()
        self._bar.setFixedHeight(_HEADING_PX)
        self.line = QHBoxLayout(self._bar)
        self.line.setContentsMargins(12, 0, 4, 0)
        self.line.setSpacing(8)
        self.line.addWidget(self.heading, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(view, 1)

    def set_heading(self, text: str, tip: str = "") -> None:
        """Say something else above the view."""
        self.heading.setText(text)
        self.heading.setToolTip(tip)

    def set_headed(self, headed: bool) -> None:
        """Show or hide the line."""
        self._bar.setVisible(headed)


class Beside(QSplitter):
    """Holds the canvas, alone or with another view of the same picture."""

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.own = HeadedView(canvas)
        self.own.set_headed(False)
        self.addWidget(self.own)

    def show_beside(self, pane: QWidget | None) -> None:
        """Show something beside the canvas, as wide as it, or only the canvas with None."""
        if (other := self.widget(1)) not in (None, pane):
            other.setParent(None)
        if pane is not None:
            self.addWidget(pane)
            self.setSizes([1, 1])
        self.own.set_headed(pane is not None)
