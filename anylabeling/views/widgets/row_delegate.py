"""Rows of lists, painted: a mark, a text, a note at the right and small switches."""

from __future__ import annotations

from dataclasses import dataclass

from qtpy.QtCore import QModelIndex, QRect, QRectF, QSize, Qt
from qtpy.QtGui import QColor, QPainter
from qtpy.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from anylabeling.views.icons import icon_pixmap
from anylabeling.views.theme import ROW_PX, color

SWATCH_ROLE = Qt.ItemDataRole.UserRole + 1
"""QColor of the square before the text, or None."""
NOTE_ROLE = Qt.ItemDataRole.UserRole + 2
"""Text at the right, such as a count or a score."""
MARK_ROLE = Qt.ItemDataRole.UserRole + 3
"""Pair of icon name and colour name for the mark before the text, or None."""
MUTED_ROLE = Qt.ItemDataRole.UserRole + 4
"""Whether the text is drawn faintly."""
KEY_ROLE = Qt.ItemDataRole.UserRole + 5
"""The key that chooses the row, shown in a small frame at the right, or None."""
MARK_TIP_ROLE = Qt.ItemDataRole.UserRole + 6
"""What the mark of a row says and what a click on it does."""
BADGE_ROLE = Qt.ItemDataRole.UserRole + 7
"""Name of a small icon at the right that says something about the row, or None."""
SWITCH_ROLE = Qt.ItemDataRole.UserRole + 16
"""First of the roles of the switches: whether each is on."""

_PAD_PX = 8
_SWITCH_PX = 22
_ICON_PX = 16
_SWATCH_PX = 10
_KEY_PX = 16
_BADGE_PX = 12


@dataclass(frozen=True, slots=True)
class RowSwitch:
    """A small icon at the right of a row that switches something.

    Attributes:
        name: What ``RowList.switched`` says.
        on_icon: Icon while it is on.
        off_icon: Icon while it is off, seen under the mouse only.
        tool_tip: What a click does.
    """

    name: str
    on_icon: str
    off_icon: str
    tool_tip: str = ""


class RowDelegate(QStyledItemDelegate):
    """Paints rows; ``RowList`` takes the clicks on their switches, ``FileList`` those on marks.

    Attributes:
        hot_mark: The row whose mark is under the mouse, where a click on a mark does something.
        faint_mark: Icon of rows without a mark while the mouse is over them; empty for none.
    """

    def __init__(
        self,
        view: QAbstractItemView,
        *,
        switches: tuple[RowSwitch, ...] = (),
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        pad_px: int = _PAD_PX,
    ) -> None:
        super().__init__(view)
        self.hot_mark: int | None = None
        self.faint_mark = ""
        self._pad_px = pad_px
        self._switches = switches
        self._elide = elide

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Return the same height for all rows, so that the list asks once."""
        return QSize(80, ROW_PX)

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Paint a row."""
        if painter is None:
            return
        painter.save()
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        self._paint_background(painter, option, hovered)
        rect = option.rect.adjusted(self._pad_px, 0, -4 if self._switches else -self._pad_px, 0)
        left = self._paint_lead(painter, rect, index, hovered)
        right = self._paint_switches(painter, rect, index, hovered)
        right = self._paint_key(painter, QRect(left, rect.top(), right - left, rect.height()), index)
        right = self._paint_note(painter, QRect(left, rect.top(), right - left, rect.height()), index)
        right = self._paint_badge(painter, rect, right, index)
        room = QRect(left, rect.top(), max(right - left - 6, 0), rect.height())
        muted = bool(index.data(MUTED_ROLE))
        painter.setPen(color("disabled" if muted else "text"))
        painter.setFont(option.font)
        text = option.fontMetrics.elidedText(str(index.data() or ""), self._elide, room.width())
        line = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextSingleLine)
        painter.drawText(room, line, text)
        painter.restore()

    def switch_at(self, row: QRect, x: int, y: int) -> RowSwitch | None:
        """Return the switch at a place of the list."""
        for switch, rect in zip(self._switches, self._switch_rects(row.adjusted(0, 0, -4, 0)), strict=True):
            if rect.contains(x, y):
                return switch
        return None

    def mark_rect(self, row: QRect) -> QRect:
        """Return the part of a row that counts as its mark."""
        return QRect(row.left(), row.top(), self._pad_px + _ICON_PX, row.height())

    def _paint_background(self, painter: QPainter, option: QStyleOptionViewItem, hovered: bool) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, color("selection"))
        elif hovered:
            painter.fillRect(option.rect, color("hover"))
        view = self.parent()
        focused = isinstance(view, QAbstractItemView) and view.hasFocus()
        if focused and option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(
                QRect(option.rect.left(), option.rect.top(), 2, option.rect.height()), color("accent_text")
            )

    def _paint_lead(self, painter: QPainter, rect: QRect, index: QModelIndex, hovered: bool) -> int:
        left = rect.left()
        mark = index.data(MARK_ROLE)
        if mark is not None:
            name, color_name = mark
            if not name and hovered:
                name, color_name = self.faint_mark, "disabled"
            if name:
                top = rect.top() + (rect.height() - _ICON_PX) // 2
                if self.hot_mark == index.row():
                    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(color("pressed"))
                    painter.drawRoundedRect(QRectF(left - 4, top - 2, _ICON_PX + 4, _ICON_PX + 4), 4, 4)
                device = painter.device()
                ratio = device.devicePixelRatioF() if device is not None else 1.0
                painter.drawPixmap(left - 2, top, icon_pixmap(name, _ICON_PX, color_name, ratio=ratio))
            left += _ICON_PX + 2
        swatch = index.data(SWATCH_ROLE)
        if isinstance(swatch, QColor):
            square_top = rect.top() + (rect.height() - _SWATCH_PX) / 2
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(swatch)
            painter.drawRoundedRect(QRectF(left, square_top, _SWATCH_PX, _SWATCH_PX), 2.5, 2.5)
            left += _SWATCH_PX + _PAD_PX
        return left

    def _paint_switches(self, painter: QPainter, rect: QRect, index: QModelIndex, hovered: bool) -> int:
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        places = self._switch_rects(rect)
        for number, (switch, place) in enumerate(zip(self._switches, places, strict=True)):
            on = bool(index.data(SWITCH_ROLE + number))
            if not on and not hovered:
                continue
            pixmap = icon_pixmap(switch.on_icon if on else switch.off_icon, _ICON_PX, "muted", ratio=ratio)
            inset = (_SWITCH_PX - _ICON_PX) // 2
            painter.drawPixmap(place.left() + inset, place.top() + (place.height() - _ICON_PX) // 2, pixmap)
        return places[0].left() if places else rect.right() + 1

    def _paint_note(self, painter: QPainter, rect: QRect, index: QModelIndex) -> int:
        note = index.data(NOTE_ROLE)
        if not note:
            return rect.right() + 1
        painter.setPen(color("muted"))
        width = painter.fontMetrics().horizontalAdvance(note)
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), note)
        return rect.right() - width

    def _paint_badge(self, painter: QPainter, rect: QRect, right: int, index: QModelIndex) -> int:
        name = index.data(BADGE_ROLE)
        if not name:
            return right
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        left, top = right - _BADGE_PX, rect.top() + (rect.height() - _BADGE_PX) // 2
        painter.drawPixmap(left, top, icon_pixmap(name, _BADGE_PX, "muted", ratio=ratio))
        return left

    def _paint_key(self, painter: QPainter, rect: QRect, index: QModelIndex) -> int:
        key = index.data(KEY_ROLE)
        if not key:
            return rect.right() + 1
        width = max(painter.fontMetrics().horizontalAdvance(key) + 8, _KEY_PX)
        frame = QRectF(rect.right() - width, rect.top() + (rect.height() - _KEY_PX) / 2, width, _KEY_PX)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(color("outline"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame.translated(0.5, 0.5), 3, 3)
        painter.setPen(color("muted"))
        painter.drawText(frame, int(Qt.AlignmentFlag.AlignCenter), key)
        return rect.right() - width - 6

    def _switch_rects(self, rect: QRect) -> list[QRect]:
        first = rect.right() + 1 - _SWITCH_PX * len(self._switches)
        return [
            QRect(first + _SWITCH_PX * number, rect.top(), _SWITCH_PX, rect.height())
            for number in range(len(self._switches))
        ]
