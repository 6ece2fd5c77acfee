"""Tags in their order: typed with completion, moved by keys or the mouse, taken away again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qtpy.QtCore import QEvent, QModelIndex, QPoint, QRect, QRectF, QSize, QStringListModel, Qt, Signal
from qtpy.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from qtpy.QtWidgets import (
    QApplication,
    QCompleter,
    QFrame,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from anylabeling.translation import tr
from anylabeling.views.icons import icon_pixmap
from anylabeling.views.theme import color
from anylabeling.views.widgets.text import tip_text

_CHIP_PX = 22
_GAP_PX = 2
_PAD_PX = 8
_CROSS_PX = 12
_MOST_ROWS = 4
_MOST_SHOWN = 8
_EARLIER = (Qt.Key.Key_Up, Qt.Key.Key_Left)
_LATER = (Qt.Key.Key_Down, Qt.Key.Key_Right)
_AWAY = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class _Chips(QStyledItemDelegate):
    """Paints a tag as a rounded plate with a cross."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Return the room of a tag, which is never wider than the list."""
        view = self.parent()
        room = view.room_px() if isinstance(view, TagList) else 100
        wanted = option.fontMetrics.horizontalAdvance(str(index.data() or "")) + 3 * _PAD_PX + _CROSS_PX
        return QSize(min(wanted, room), _CHIP_PX)

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Paint a tag."""
        if painter is None:
            return
        enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        plate = QRectF(option.rect).adjusted(0.5, 1.5, -0.5, -1.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("accent_text" if focused else "border"), 1))
        painter.setBrush(color("selection" if focused else "hover" if hovered else "control"))
        painter.drawRoundedRect(plate, 4, 4)
        painter.setFont(option.font)
        painter.setPen(color("text" if enabled else "disabled"))
        cross = self.cross_rect(option.rect)
        room = option.rect.adjusted(_PAD_PX, 0, cross.left() - option.rect.right() - _PAD_PX // 2, 0)
        text = option.fontMetrics.elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
        if enabled:
            device = painter.device()
            ratio = device.devicePixelRatioF() if device is not None else 1.0
            painter.drawPixmap(cross.topLeft(), icon_pixmap("close", _CROSS_PX, "muted", ratio=ratio))
        painter.restore()

    @staticmethod
    def cross_rect(chip: QRect) -> QRect:
        """Return where a click takes the tag away."""
        top = chip.top() + (chip.height() - _CROSS_PX) // 2
        return QRect(chip.right() - _PAD_PX // 2 - _CROSS_PX, top, _CROSS_PX, _CROSS_PX)


class TagList(QListWidget):
    """The tags, one after the other in rows.

    Signals:
        tags_edited: The tags after a person has moved one or taken one away.
    """

    tags_edited = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dragged: int | None = None
        self._from = QPoint()
        self._moved = False
        self._chips = _Chips(self)
        self.setItemDelegate(self._chips)
        self.setAccessibleName(tr("Tags"))
        self.setAccessibleDescription(tr("Alt and an arrow key move a tag, Delete takes it away"))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setSpacing(_GAP_PX)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setObjectName("tagList")
        self.hide()

    def tags(self) -> tuple[str, ...]:
        """Return the tags in their order."""
        return tuple(self.item(row).text() for row in range(self.count()))  # type: ignore[union-attr]

    def set_tags(self, tags: Sequence[str]) -> None:
        """Show tags; the one with the focus keeps it."""
        if tuple(tags) == self.tags():
            return
        at = self.currentRow()
        current = self.currentItem()
        wanted = current.text() if current is not None else ""
        self._dragged = None
        self.clear()
        for tag in tags:
            item = QListWidgetItem(tag)
            item.setToolTip(tip_text(tag))
            self.addItem(item)
        if tags and current is not None:
            self.setCurrentRow(tags.index(wanted) if wanted in tags else min(at, len(tags) - 1))
        self.setVisible(bool(tags))
        self._fit()

    def room_px(self) -> int:
        """Return how wide a tag may be: with a scroll bar, too, which comes once all tags have their places."""
        scroll = self.verticalScrollBar()
        beside = scroll.sizeHint().width() if scroll is not None else 0
        return max(self.contentsRect().width() - beside - 2 * _GAP_PX - 2, 3 * _PAD_PX + _CROSS_PX)

    def event(self, event: QEvent | None) -> bool:
        """Keep the keys that move tags from the shortcuts of the window."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._meaning(event):
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Move the tag with the focus, or take it away."""
        meaning = self._meaning(event) if event is not None else None
        if meaning is None:
            super().keyPressEvent(event)
        elif meaning == "away":
            self._remove(self.currentRow())
        else:
            step = -1 if meaning == "earlier" else 1
            self._move(self.currentRow(), self.currentRow() + step)
            self.tags_edited.emit(self.tags())

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Take a tag away by its cross, or begin to drag it."""
        super().mousePressEvent(event)
        if event is None or event.button() != Qt.MouseButton.LeftButton:
            return
        index = self.indexAt(event.pos())
        if index.isValid() and self._chips.cross_rect(self.visualRect(index)).adjusted(-3, -5, 3, 5).contains(
            event.pos()
        ):
            self._remove(index.row())
        else:
            self._dragged = index.row() if index.isValid() else None
            self._from, self._moved = event.pos(), False

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Let the tag that is dragged take the place of the one under the mouse."""
        if event is None or self._dragged is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        if (event.pos() - self._from).manhattanLength() < QApplication.startDragDistance():
            return
        index = self.indexAt(event.pos())
        if not index.isValid() or index.row() == self._dragged:
            return
        middle, is_later = self.visualRect(index).center().x(), index.row() > self._dragged
        # Beyond its middle, or they would change places to and fro where one is much wider.
        if event.pos().x() >= middle if is_later else event.pos().x() <= middle:
            self._move(self._dragged, index.row())
            self._dragged, self._moved = index.row(), True

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """End a drag."""
        super().mouseReleaseEvent(event)
        moved, self._dragged, self._moved = self._moved, None, False
        if moved:
            self.tags_edited.emit(self.tags())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self._fit()

    def _meaning(self, event: QKeyEvent) -> str | None:
        if self.currentRow() < 0:
            return None
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers in (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier):
            return "earlier" if event.key() in _EARLIER else "later" if event.key() in _LATER else None
        return "away" if event.key() in _AWAY and modifiers == Qt.KeyboardModifier.NoModifier else None

    def _move(self, row: int, to: int) -> None:
        if not (0 <= row < self.count() and 0 <= to < self.count()):
            return
        item = self.takeItem(row)
        self.insertItem(to, item)
        self.setCurrentRow(to)
        self._fit()

    def _remove(self, row: int) -> None:
        tags = self.tags()
        self.tags_edited.emit((*tags[:row], *tags[row + 1 :]))

    def _fit(self) -> None:
        """Take the height that the rows need, up to some."""
        if not self.count():
            return
        self.doItemsLayout()
        scroll = self.verticalScrollBar()
        above = scroll.value() if scroll is not None else 0
        needed = self.visualItemRect(self.item(self.count() - 1)).bottom() + 1 + above + _GAP_PX
        most = _MOST_ROWS * (_CHIP_PX + 2 * _GAP_PX)
        height = min(max(needed, _CHIP_PX + 2 * _GAP_PX), most)
        if height != self.height():
            self.setFixedHeight(height)


class _TagLine(QLineEdit):
    """The line in which tags are typed.

    Signals:
        emptied: Backspace was pressed where nothing is left to delete.
        left_upwards: The person goes to the tags above.
        entered: It has got the focus.
    """

    emptied = Signal()
    left_upwards = Signal()
    entered = Signal()

    def event(self, event: QEvent | None) -> bool:
        """Keep Backspace from the shortcuts of the window."""
        claims = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if isinstance(event, QKeyEvent) and claims and event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Up):
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Take the last tag away with Backspace, and go to the tags with the arrow key."""
        if event is None or self.text():
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Backspace:
            # Not while the key is held down: the tags would go after the letters, unmeant.
            if not event.isAutoRepeat():
                self.emptied.emit()
        elif event.key() == Qt.Key.Key_Up:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Say that somebody is about to type."""
        super().focusInEvent(event)
        self.entered.emit()


class TagEditor(QWidget):
    """The tags of the image and a line for another one.

    Signals:
        tags_edited: The tags as the person wants them.

    Attributes:
        list: The tags.
        line: Where another one is typed.
    """

    tags_edited = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: tuple[str, ...] = ()
        self.list = TagList()
        self.list.tags_edited.connect(self.tags_edited)
        self.line = _TagLine()
        self.line.setPlaceholderText(tr("Add a tag"))
        self.line.setAccessibleName(tr("Add a tag"))
        self.line.setToolTip(tr("Enter adds the tag, Backspace takes the last one away, Up goes to the tags"))
        self.line.returnPressed.connect(self._on_return_pressed)
        self.line.emptied.connect(self._remove_last)
        self.line.left_upwards.connect(self._go_to_tags)
        self.line.entered.connect(self._on_entered)
        self._names = QStringListModel(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.list)
        column.addWidget(self.line)

    def set_tags(self, tags: Sequence[str] | None) -> None:
        """Show the tags of an image, or None for no image."""
        self.setEnabled(tags is not None)
        if tags is None:
            self.line.clear()
        had_focus = self.list.hasFocus()
        self.list.set_tags(tuple(tags or ()))
        if had_focus and not tags:
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._offer()

    def set_known(self, tags: Sequence[str]) -> None:
        """Complete from these tags."""
        self._known = tuple(tags)
        self._offer()

    def _on_entered(self) -> None:
        if self.line.completer() is None:  # its list is a window of its own, which takes time at the start
            completer = QCompleter(self._names, self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setMaxVisibleItems(_MOST_SHOWN)
            # Later: the line takes the completion itself after this signal, and would show it again.
            activated: Any = completer.activated[str]  # the stubs know no kinds of connections
            activated.connect(self._add, Qt.ConnectionType.QueuedConnection)
            popup = completer.popup()
            if popup is not None:
                popup.setProperty("framed", True)
                popup.setAccessibleName(tr("Known tags"))
            self.line.setCompleter(completer)

    def _on_return_pressed(self) -> None:
        completer = self.line.completer()
        popup = completer.popup() if completer is not None else None
        # With a proposal chosen, the completer says which one it is in a moment.
        if popup is None or not (popup.isVisible() and popup.currentIndex().isValid()):
            self._add(self.line.text())

    def _offer(self) -> None:
        there = set(self.list.tags())
        offered = [tag for tag in self._known if tag not in there]
        if offered != self._names.stringList():
            self._names.setStringList(offered)

    def _add(self, text: str) -> None:
        tag = text.strip()
        self.line.clear()
        tags = self.list.tags()
        if tag and tag not in tags:
            self.tags_edited.emit((*tags, tag))

    def _remove_last(self) -> None:
        tags = self.list.tags()
        if tags:
            self.tags_edited.emit(tags[:-1])

    def _go_to_tags(self) -> None:
        if self.list.count():
            if self.list.currentRow() < 0:
                self.list.setCurrentRow(self.list.count() - 1)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
