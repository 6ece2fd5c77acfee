"""A small plot of the latest values of one figure, with its name and its value now."""

from __future__ import annotations

from collections.abc import Sequence

from qtpy.QtCore import QPointF, QRectF, QSize, Qt
from qtpy.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from qtpy.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from anylabeling.views.theme import color
from anylabeling.views.widgets.elided_label import ElidedLabel

_HEIGHT_PX = 32
_LINE_PX = 1.5
_FILL_OPACITY = 0.18


class Sparkline(QWidget):
    """Values from left to right, the newest at the right edge, on a scale from 0 to the largest.

    Args:
        length: How many values fit.
        largest: The top of the scale; None takes the largest value that is shown.
        is_whole: So many values are to come: the first one is at the left edge and stays there.
        from_least: The scale begins at the least value that is shown rather than at 0.
        height_px: How high it is.
    """

    def __init__(
        self,
        length: int = 60,
        *,
        largest: float | None = None,
        is_whole: bool = False,
        from_least: bool = False,
        height_px: int = _HEIGHT_PX,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._length = length
        self._largest = largest
        self._is_whole = is_whole
        self._from_least = from_least
        self._values: list[float] = []
        self.setFixedHeight(height_px)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Ask for room for about a pixel and a half per value."""
        return QSize(96, self.height())

    def values(self) -> list[float]:
        """Return what is shown, oldest first."""
        return list(self._values)

    def add(self, value: float) -> None:
        """Show one more value; the oldest leaves when there is no room."""
        self.set_values([*self._values, value])

    def set_values(self, values: Sequence[float]) -> None:
        """Show the latest of these values, oldest first."""
        latest = list(values[-self._length :])
        if latest != self._values:
            self._values = latest
            self.update()

    def points(self) -> list[QPointF]:
        """Return where the values lie in the widget."""
        top = self._largest if self._largest is not None else max(self._values, default=0.0)
        base = min(self._values, default=0.0) if self._from_least else 0.0
        span = top - base
        inside = QRectF(self.rect()).adjusted(1, _LINE_PX, -1, -_LINE_PX)
        step = inside.width() / max(1, self._length - 1)
        first = inside.left() if self._is_whole else inside.right() - step * (len(self._values) - 1)
        return [
            QPointF(
                first + step * index,
                inside.bottom() - inside.height() * (min((value - base) / span, 1.0) if span > 0 else 0.0),
            )
            for index, value in enumerate(self._values)
        ]

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the line, what lies under it, and the zero line."""
        painter = QPainter(self)
        base = self.height() - 0.5
        painter.setPen(QPen(color("border"), 1))
        painter.drawLine(QPointF(0, base), QPointF(self.width(), base))
        points = self.points()
        if len(points) > 1:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            fill = color("accent_text")
            fill.setAlphaF(_FILL_OPACITY)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawPolygon(QPolygonF([QPointF(points[0].x(), base), *points, QPointF(points[-1].x(), base)]))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color("accent_text"), _LINE_PX))
            painter.drawPolyline(QPolygonF(points))
        painter.end()


class Figure(QWidget):
    """A figure: its name, its value in words, and its plot.

    Attributes:
        plot: The plot.
    """

    def __init__(self, title: str, plot: Sparkline, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self.plot = plot
        self._value = ElidedLabel("")
        name = QLabel(title)
        name.setProperty("muted", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(name)
        column.addWidget(self._value)
        column.addWidget(plot)

    def text(self) -> str:
        """Return the value in words."""
        return self._value.text()

    def set_text(self, text: str, tip: str = "") -> None:
        """Show a value in words.

        Args:
            text: The value.
            tip: What there is to say besides, shown under the mouse.
        """
        self._value.setText(text)
        self.setToolTip(tip)
        self.setAccessibleName(f"{self._title}: {text}. {tip}".strip())
