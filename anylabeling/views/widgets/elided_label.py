"""A label that shortens its text instead of widening its window."""

from __future__ import annotations

from qtpy.QtCore import QSize, Qt
from qtpy.QtGui import QPainter, QPaintEvent
from qtpy.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption, QWidget

from anylabeling.views.widgets.text import tip_text


class ElidedLabel(QLabel):
    """One line of text, shortened with "…" to the room there is; the whole text is in the tool tip then."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        least_px: int = 24,
    ) -> None:
        super().__init__(text, parent)
        self._mode = mode
        self._least_px = least_px
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:
        """Allow the label to become narrow."""
        return QSize(min(self._least_px, self.sizeHint().width()), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        style = self.style()
        if style is not None:
            style.drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        text = self.text()
        shown = self.fontMetrics().elidedText(text, self._mode, self.contentsRect().width())
        self.setToolTip(tip_text(text) if shown != text else "")
        painter.setPen(option.palette.color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment()), shown)
