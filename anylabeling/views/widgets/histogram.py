"""Bars over a range of values, with a handle that says from which value on they count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from qtpy.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from qtpy.QtGui import QFont, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from qtpy.QtWidgets import QSizePolicy, QSlider, QToolTip, QWidget

from anylabeling.translation import tr
from anylabeling.views.theme import color, small_font

_TOP_PX = 20
_BOTTOM_PX = 16
_SIDE_PX = 8
_HANDLE_PX = 10
_LEAST_BAR_PX = 2


class Histogram(QSlider):
    """A slider whose groove is a histogram. Mouse, arrow keys, Page Up, Page Down, Home and End move the handle.

    The height of a bar is the square root of its number: a few objects stay visible beside very many.

    Signals:
        handle_moved: The value of the handle, while the person moves it.
    """

    handle_moved = Signal(float)

    def __init__(
        self,
        title: str,
        *,
        values: tuple[float, float],
        step: float,
        text_of: Callable[[float], str],
        parent: QWidget | None = None,
    ) -> None:
        """Make it empty.

        Args:
            title: What is counted; stands above the bars and is the accessible name.
            values: Least and greatest value of the axis.
            step: Distance between two values of the handle.
            text_of: Returns a value as text.
            parent: The widget that it is in.
        """
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._title = title
        self._low, self._high = values
        self._step = step
        self._text_of = text_of
        self._bins: tuple[int, ...] = ()
        self._noun = ""
        self._counted = "above"
        self._quiet = False
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._apply_range()
        self.valueChanged.connect(self._on_value_changed)

    @property
    def bins(self) -> tuple[int, ...]:
        """The numbers that are shown."""
        return self._bins

    def set_bins(self, bins: Sequence[int], noun: str) -> None:
        """Show numbers for bins of equal width over the whole axis; ``noun`` is what is counted, in the plural."""
        self._bins, self._noun = tuple(bins), noun
        self.update()

    def set_axis(self, low: float, high: float) -> None:
        """Change the ends of the axis; the handle stays at its value."""
        value = self.handle()
        self._low, self._high = low, high
        self._apply_range()
        self.set_handle(value)

    def set_counted(self, side: Literal["above", "below", "at"]) -> None:
        """Say which bars count: those from the handle up, down to it, or the one at it."""
        self._counted = side
        self.update()

    def handle(self) -> float:
        """Return the value of the handle."""
        return self._low + self.value() * self._step

    def set_handle(self, value: float) -> None:
        """Move the handle without a signal."""
        self._quiet = True
        self.setValue(round((value - self._low) / self._step))
        self._quiet = False
        self.setAccessibleDescription(tr("from {value}", value=self._text_of(self.handle())))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the usual size."""
        return QSize(240, 112)

    def minimumSizeHint(self) -> QSize:
        """Return the size below which nothing can be read."""
        return QSize(160, 56)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Move by the arrow keys in steps that can be seen; Enter stays with the window."""
        if event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Bring the handle under the mouse."""
        if event is not None and event.button() == Qt.MouseButton.LeftButton and self.isEnabled():
            self.setSliderDown(True)
            self._move_to(event.pos().x())
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Drag the handle."""
        if event is not None and self.isSliderDown():
            self._move_to(event.pos().x())

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """Let the handle go."""
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)
            self.update()

    def event(self, event: QEvent | None) -> bool:
        """Say the number of the bar under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            text = self.text_at(event.pos().x())
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return bool(super().event(event))

    def text_at(self, x: int) -> str:
        """Return what the bar at a place stands for."""
        if not self._bins:
            return ""
        share = (x - _SIDE_PX) / max(self._width(), 1)
        number = min(max(int(share * len(self._bins)), 0), len(self._bins) - 1)
        width = (self._high - self._low) / len(self._bins)
        start = self._low + number * width
        if width <= self._step:
            span = self._text_of(start)
        else:
            span = tr("{value} to {value2}", value=self._text_of(start), value2=self._text_of(start + width))
        return f"{span}: {self._bins[number]:,} {self._noun}"

    def x_of(self, value: float) -> float:
        """Return the place of a value."""
        return _SIDE_PX + (value - self._low) / max(self._high - self._low, 1e-9) * self._width()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw title, bars, axis and handle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(small_font(self.font()))
        self._paint_frame(painter)
        floor = self.height() - _BOTTOM_PX
        self._paint_bars(painter, floor)
        self._paint_texts(painter, floor)
        if self.isEnabled() and self._bins:
            self._paint_handle(painter, floor)

    def _paint_frame(self, painter: QPainter) -> None:
        painter.setPen(QPen(color("accent_text" if self.hasFocus() else "border"), 1))
        painter.setBrush(color("base"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _paint_bars(self, painter: QPainter, floor: int) -> None:
        most = max(self._bins, default=0)
        room = floor - _TOP_PX
        width = self._width() / max(len(self._bins), 1)
        gap = 1.0 if width > 3 else 0.0
        handle = self.x_of(self.handle())
        painter.setPen(Qt.PenStyle.NoPen)
        for number, count in enumerate(self._bins):
            if not count:
                continue
            height = max(_LEAST_BAR_PX, room * (count / most) ** 0.5)
            left = _SIDE_PX + number * width
            counts = self.isEnabled() and self._counts(left + width / 2, handle, width)
            painter.setBrush(color("accent_text" if counts else "outline"))
            painter.drawRect(QRectF(left, floor - height, max(width - gap, 1.0), height))
        painter.setPen(QPen(color("border"), 1))
        painter.drawLine(QPointF(_SIDE_PX, floor + 0.5), QPointF(self.width() - _SIDE_PX, floor + 0.5))

    def _counts(self, middle: float, handle: float, width: float) -> bool:
        # A bar that begins at the handle is the one at it.
        is_above, is_below = middle >= handle, middle <= handle + width
        return (self._counted == "below" or is_above) and (self._counted == "above" or is_below)

    def _paint_texts(self, painter: QPainter, floor: int) -> None:
        inside = self.rect().adjusted(_SIDE_PX, 0, -_SIDE_PX, 0)
        head = inside.adjusted(0, 2, 0, 0)
        head.setHeight(_TOP_PX - 2)
        painter.setPen(color("muted"))
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        painter.drawText(head, int(left | Qt.AlignmentFlag.AlignVCenter), self._title)
        foot = inside
        foot.setTop(floor + 1)
        handle = self.x_of(self.handle()) if self.isEnabled() and self._bins else self.width() / 2
        # The handle covers what stands under it.
        for side, text in ((left, self._text_of(self._low)), (right, self._text_of(self._high))):
            room = painter.fontMetrics().horizontalAdvance(text) + _SIDE_PX + _HANDLE_PX / 2
            if (handle if side == left else self.width() - handle) > room:
                painter.drawText(foot, int(side | Qt.AlignmentFlag.AlignVCenter), text)
        if self.isEnabled() and self._bins:
            font = QFont(painter.font())
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(color("text"))
            painter.drawText(head, int(right | Qt.AlignmentFlag.AlignVCenter), self._text_of(self.handle()))

    def _paint_handle(self, painter: QPainter, floor: int) -> None:
        x = self.x_of(self.handle())
        painter.setPen(QPen(color("text"), 1.5))
        painter.drawLine(QPointF(x, _TOP_PX), QPointF(x, floor))
        radius = _HANDLE_PX / 2
        painter.setBrush(color("accent" if self.isSliderDown() or self.hasFocus() else "base"))
        painter.drawEllipse(QPointF(x, floor), radius, radius)

    def _move_to(self, x: int) -> None:
        share = (x - _SIDE_PX) / max(self._width(), 1)
        self.setValue(round(share * (self._high - self._low) / self._step))
        self.update()

    def _apply_range(self) -> None:
        self._quiet = True
        steps = round((self._high - self._low) / self._step)
        self.setRange(0, steps)
        self.setPageStep(max(1, steps // 10))
        self._quiet = False

    def _width(self) -> int:
        return self.width() - 2 * _SIDE_PX

    def _on_value_changed(self, _value: int) -> None:
        self.update()
        self.setAccessibleDescription(tr("from {value}", value=self._text_of(self.handle())))
        if not self._quiet:
            self.handle_moved.emit(self.handle())
