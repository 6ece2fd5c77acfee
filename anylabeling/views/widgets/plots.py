"""Plots for a few numbers: bars and a map of cells, painted in the colours of the theme."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from qtpy.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from qtpy.QtGui import QColor, QHelpEvent, QImage, QPainter, QPaintEvent
from qtpy.QtWidgets import QSizePolicy, QToolTip, QWidget

from anylabeling.translation import tr
from anylabeling.views.theme import color, small_font
from anylabeling.views.widgets.text import count_text

_ROW_PX = 22
_GAP_PX = 8
_LEAST_BAR_PX = 2
_NAME_GAP_PX = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        name: What it stands for.
        value: How long it is.
        note: What the tool tip adds; may be empty.
        rgb: Its colour, or None for the accent.
    """

    name: str
    value: int
    note: str = ""
    rgb: tuple[int, int, int] | None = None


class _Plot(QWidget):
    """What all plots have in common: a tool tip for the part under the mouse, a text for screen readers."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setMinimumWidth(120)

    def text_at(self, position: QPointF) -> str:
        """Return what the tool tip says at a place; empty for nothing."""
        return ""

    def event(self, event: QEvent | None) -> bool:
        """Show the tool tip of the part under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.text_at(QPointF(event.pos())), self)
            return True
        return bool(super().event(event))


class BarList(_Plot):
    """Bars that lie below each other, each with its name at the left and its number at the right."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show other bars."""
        self._bars = tuple(bars)
        listed = ", ".join(f"{bar.name} {bar.value:,}" for bar in self._bars[:20])
        self.setAccessibleDescription(listed)
        self.updateGeometry()
        self.update()

    def bars(self) -> tuple[Bar, ...]:
        """Return the bars."""
        return self._bars

    def sizeHint(self) -> QSize:
        """Return the room for all bars."""
        return QSize(280, max(_ROW_PX * len(self._bars), _ROW_PX))

    def minimumSizeHint(self) -> QSize:
        """Return the room for all bars at the least width."""
        return QSize(160, self.sizeHint().height())

    def text_at(self, position: QPointF) -> str:
        """Return name, number and note of the bar in that row."""
        row = int(position.y()) // _ROW_PX
        if not 0 <= row < len(self._bars):
            return ""
        bar = self._bars[row]
        return f"{bar.name}: {bar.value:,}" + (f"\n{bar.note}" if bar.note else "")

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the rows that are to be seen."""
        if event is None or not self._bars:
            return
        painter = QPainter(self)
        metrics = painter.fontMetrics()
        most = max(bar.value for bar in self._bars) or 1
        # A pixel more than the widest name: where a pixel of Qt is a fraction of one of the screen, it would be cut.
        names = min(max(metrics.horizontalAdvance(bar.name) for bar in self._bars) + 1, int(self.width() * 0.4))
        numbers = max(metrics.horizontalAdvance(count_text(bar.value)) for bar in self._bars)
        room = max(self.width() - names - numbers - 2 * _GAP_PX, 8)
        first, last = event.rect().top() // _ROW_PX, event.rect().bottom() // _ROW_PX
        for row in range(max(first, 0), min(last + 1, len(self._bars))):
            bar, top = self._bars[row], row * _ROW_PX
            name = metrics.elidedText(" ".join(bar.name.split()), Qt.TextElideMode.ElideRight, names)
            painter.setPen(color("text"))
            painter.drawText(QRect(0, top, names, _ROW_PX), int(Qt.AlignmentFlag.AlignVCenter), name)
            length = max(room * bar.value / most, _LEAST_BAR_PX if bar.value else 0)
            place = QRectF(names + _GAP_PX, top + 5, length, _ROW_PX - 10)
            painter.fillRect(place, QColor(*bar.rgb) if bar.rgb is not None else color("accent"))
            painter.setPen(color("muted"))
            number = QRect(self.width() - numbers, top, numbers, _ROW_PX)
            align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(number, int(align), count_text(bar.value))


class ColumnPlot(_Plot):
    """Columns that stand beside each other, with a scale below."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._bars: tuple[Bar, ...] = ()
        self.setMinimumHeight(120)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show other columns; the name of each stands below it where there is room."""
        self._bars = tuple(bars)
        self.setAccessibleDescription(", ".join(f"{bar.name} {bar.value:,}" for bar in self._bars))
        self.update()

    def bars(self) -> tuple[Bar, ...]:
        """Return the columns."""
        return self._bars

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(280, 150)

    def text_at(self, position: QPointF) -> str:
        """Return name and number of the column there."""
        number = int(position.x() // self._step()) if self._bars else -1
        if not 0 <= number < len(self._bars):
            return ""
        bar = self._bars[number]
        return f"{bar.note or bar.name}: {bar.value:,}"

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw columns, the scale and the greatest number."""
        if not self._bars:
            return
        painter = QPainter(self)
        painter.setFont(small_font(self.font()))
        metrics = painter.fontMetrics()
        most, step = max(bar.value for bar in self._bars) or 1, self._step()
        base = self.height() - metrics.height() - 4
        room = max(base - metrics.height() - 4, 8)
        widest = max(metrics.horizontalAdvance(bar.name) for bar in self._bars)
        every = max(math.ceil((widest + _NAME_GAP_PX) / step), 1)  # evenly, also where some names are shorter
        for number, bar in enumerate(self._bars):
            left = number * step
            height = max(room * bar.value / most, _LEAST_BAR_PX if bar.value else 0)
            painter.fillRect(QRectF(left + 1, base - height, max(step - 2, 1), height), color("accent"))
            painter.setPen(color("muted"))
            width = metrics.horizontalAdvance(bar.name)
            middle = min(max(left + step / 2 - width / 2, 0.0), self.width() - float(width))
            if number % every == 0:
                painter.drawText(QPointF(middle, self.height() - metrics.descent() - 1), bar.name)
            if bar.value == most:
                text = count_text(bar.value)
                start = min(max(left + step / 2 - metrics.horizontalAdvance(text) / 2, 0), self.width())
                painter.drawText(QPointF(start, base - height - 4), text)
        painter.setPen(color("border"))
        painter.drawLine(QPointF(0, base + 0.5), QPointF(self.width(), base + 0.5))

    def _step(self) -> float:
        return self.width() / max(len(self._bars), 1)


class CellMap(_Plot):
    """A map of cells, the fuller the stronger the colour."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._cells: NDArray[np.int64] = np.zeros((0, 0), np.int64)
        self._extent = (1.0, 1.0)
        self.setMinimumHeight(150)

    def set_cells(self, cells: NDArray[np.int64], extent_px: tuple[float, float]) -> None:
        """Show other cells.

        Args:
            cells: int64 (rows, columns) from the upper left.
            extent_px: Width and height of what they cover.
        """
        self._cells, self._extent = cells, (max(extent_px[0], 1.0), max(extent_px[1], 1.0))
        self.setAccessibleDescription(
            tr("{value:,} objects", value=int(cells.sum())) if cells.size else tr("no objects")
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(280, 180)

    def text_at(self, position: QPointF) -> str:
        """Return the number of a cell and where it is."""
        place = self._place()
        if not self._cells.size or not place.contains(position):
            return ""
        rows, columns = self._cells.shape
        row = min(int((position.y() - place.top()) / place.height() * rows), rows - 1)
        column = min(int((position.x() - place.left()) / place.width() * columns), columns - 1)
        x, y = (column + 0.5) / columns * self._extent[0], (row + 0.5) / rows * self._extent[1]
        return tr("{value:,} around x {x:.0f} y {y:.0f}", value=int(self._cells[row, column]), x=x, y=y)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the cells in the shape of what they cover."""
        painter = QPainter(self)
        place = self._place()
        painter.fillRect(place, color("base"))
        if self._cells.size and self._cells.max() > 0:
            rows, columns = self._cells.shape
            # The root lets cells with few objects be seen beside one that has most of them.
            strength = np.sqrt(self._cells / self._cells.max())
            accent = color("accent_text")
            pixels = np.empty((rows, columns, 4), np.uint8)
            pixels[..., :3] = (accent.blue(), accent.green(), accent.red())
            pixels[..., 3] = np.round(255 * strength)
            image = QImage(pixels.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_ARGB32)
            painter.drawImage(place, image)
        painter.setPen(color("border"))
        painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))

    def _place(self) -> QRectF:
        scale = min(self.width() / self._extent[0], self.height() / self._extent[1])
        width, height = self._extent[0] * scale, self._extent[1] * scale
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
