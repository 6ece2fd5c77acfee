"""The first matches as small pictures with their boxes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qtpy.QtCore import QAbstractListModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from qtpy.QtGui import QColor, QImage, QKeyEvent, QPainter, QPen
from qtpy.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from anylabeling.messages.filtering import FilterMatch
from anylabeling.translation import tr
from anylabeling.views.icons import icon_pixmap
from anylabeling.views.theme import color, small_font

MOST_THUMBNAILS = 50
THUMBNAIL_PX = 100
_CELL_PX = 108
_MOST_BOXES = 60
_MATCH_ROLE = Qt.ItemDataRole.UserRole + 1
_PICTURE_ROLE = Qt.ItemDataRole.UserRole + 2
_NO_PARENT = QModelIndex()
ColorOf = Callable[[str], QColor]


@dataclass(frozen=True, slots=True)
class _Picture:
    """A small picture, or why there is none.

    Attributes:
        image: The pixels, or None.
        size: Width and height of the full picture in pixels.
        reason: Why it could not be read.
    """

    image: QImage | None = None
    size: tuple[int, int] = (1, 1)
    reason: str = ""


class ThumbnailModel(QAbstractListModel):
    """The first matches; a picture is asked for when it is first drawn.

    Signals:
        picture_requested: Path of an image that is to be loaded.
    """

    picture_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._matches: list[FilterMatch] = []
        self._rows: dict[str, int] = {}
        self._pictures: dict[str, _Picture] = {}
        self._asked: set[str] = set()

    @property
    def matches(self) -> list[FilterMatch]:
        """The matches that are shown. Not to be changed."""
        return self._matches

    def rowCount(self, parent: QModelIndex = _NO_PARENT) -> int:
        """Return how many there are."""
        return 0 if parent.isValid() else len(self._matches)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the match, its picture, or its words."""
        match = self._matches[index.row()]
        if role == _MATCH_ROLE:
            return match
        if role == _PICTURE_ROLE:
            return self._picture(match.path)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _words(match, self._pictures.get(match.path), in_full=True)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _words(match, self._pictures.get(match.path), in_full=False)
        return None

    def set_matches(self, matches: Sequence[FilterMatch]) -> None:
        """Show other matches; pictures of those that stay are kept."""
        shown = list(matches[:MOST_THUMBNAILS])
        if [match.path for match in shown] == [match.path for match in self._matches]:
            self._matches = shown
            self._tell(0, len(shown) - 1)
            return
        self.beginResetModel()
        self._matches = shown
        self._rows = {match.path: row for row, match in enumerate(shown)}
        self._pictures = {path: picture for path, picture in self._pictures.items() if path in self._rows}
        self._asked &= self._rows.keys()
        self.endResetModel()

    def append(self, matches: Sequence[FilterMatch]) -> None:
        """Add matches at the end while there is room."""
        first = len(self._matches)
        added = list(matches[: MOST_THUMBNAILS - first])
        if not added:
            return
        self.beginInsertRows(_NO_PARENT, first, first + len(added) - 1)
        self._matches += added
        self._rows.update({match.path: first + number for number, match in enumerate(added)})
        self.endInsertRows()

    def set_picture(self, path: str, image: QImage | None, size: tuple[int, int], reason: str = "") -> None:
        """Show the picture of a match, or that it cannot be read."""
        row = self._rows.get(path)
        if row is not None:
            self._pictures[path] = _Picture(image, size, reason)
            self._tell(row, row)

    def forget_pictures(self) -> None:
        """Ask for the pictures again when they are drawn next."""
        self._pictures.clear()
        self._asked.clear()

    def row_of(self, path: str) -> int:
        """Return the row of an image, or -1."""
        return self._rows.get(path, -1)

    def _picture(self, path: str) -> _Picture | None:
        picture = self._pictures.get(path)
        if picture is None and path not in self._asked:
            self._asked.add(path)
            self.picture_requested.emit(path)
        return picture

    def _tell(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first), self.index(last))


class _Cells(QStyledItemDelegate):
    """Draws a picture in the middle of its cell, its boxes, and how many objects count."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.color_of: ColorOf = lambda _label: color("accent")

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(_CELL_PX, _CELL_PX)

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        if painter is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        corner = (_CELL_PX - THUMBNAIL_PX) // 2
        cell = QRect(option.rect.left() + corner, option.rect.top() + corner, THUMBNAIL_PX, THUMBNAIL_PX)
        painter.fillRect(cell, color("stage"))
        match: FilterMatch = index.data(_MATCH_ROLE)
        picture: _Picture | None = index.data(_PICTURE_ROLE)
        if picture is not None and picture.image is not None:
            self._paint_picture(painter, cell, picture.image, picture.size, match)
        elif picture is not None:
            _paint_icon(painter, cell, "warning", "error")
        else:
            _paint_icon(painter, cell, "image", "disabled")
        _paint_count(painter, cell, match, option)
        self._paint_edge(painter, cell, option)
        painter.restore()

    def _paint_picture(
        self, painter: QPainter, cell: QRect, image: QImage, size: tuple[int, int], match: FilterMatch
    ) -> None:
        scale = min(THUMBNAIL_PX / max(size), 1.0)
        width, height = size[0] * scale, size[1] * scale
        place = QRectF(
            cell.left() + (THUMBNAIL_PX - width) / 2, cell.top() + (THUMBNAIL_PX - height) / 2, width, height
        )
        painter.drawImage(place, image)
        painter.setClipRect(place)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for number, (label, _score, (left, top, right, bottom)) in enumerate(match.objects):
            if number == _MOST_BOXES:
                break
            painter.setPen(QPen(self.color_of(label), 1.5))
            x, y = place.left() + left * scale, place.top() + top * scale
            painter.drawRect(QRectF(x, y, (right - left) * scale, (bottom - top) * scale))
        painter.setClipping(False)

    def _paint_edge(self, painter: QPainter, cell: QRect, option: QStyleOptionViewItem) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if not (selected or hovered):
            return
        view = self.parent()
        focused = isinstance(view, QWidget) and view.hasFocus()
        name = ("accent_text" if focused else "outline") if selected else "border"
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color(name), 2 if selected else 1))
        painter.drawRect(QRectF(cell).adjusted(-1, -1, 1, 1))


class ThumbnailView(QListView):
    """A grid of the first matches.

    Signals:
        current_path_changed: Path of the match that was clicked or reached by a key; empty for none.
        open_requested: Path of the match that is to be shown in the main window.
        picture_requested: Path of an image that is to be loaded.
    """

    current_path_changed = Signal(str)
    open_requested = Signal(str)
    picture_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.thumbnails = ThumbnailModel()
        self._cells = _Cells(self)
        self.setAccessibleName(tr("First matches"))
        self.setAccessibleDescription(tr("Enter opens the picture in the main window"))
        self.setModel(self.thumbnails)
        self.setItemDelegate(self._cells)
        self.setProperty("framed", True)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setGridSize(QSize(_CELL_PX, _CELL_PX))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setMinimumHeight(_CELL_PX + 8)
        self.thumbnails.picture_requested.connect(self.picture_requested)
        self.thumbnails.modelReset.connect(lambda: self.current_path_changed.emit(""))
        self.doubleClicked.connect(lambda index: self.open_requested.emit(self._path(index)))
        selection = self.selectionModel()
        if selection is not None:
            selection.currentChanged.connect(lambda index, _before: self.current_path_changed.emit(self._path(index)))

    def set_color_of(self, color_of: ColorOf) -> None:
        """Set the colours of the boxes by label."""
        self._cells.color_of = color_of
        self.update()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Open by Enter."""
        current = self.currentIndex()
        if event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current.isValid():
            self.open_requested.emit(self._path(current))
            return
        super().keyPressEvent(event)

    def _path(self, index: QModelIndex) -> str:
        return self.thumbnails.matches[index.row()].path if index.isValid() else ""


def _paint_icon(painter: QPainter, cell: QRect, name: str, color_name: str) -> None:
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    edge = 24
    painter.drawPixmap(
        cell.left() + (cell.width() - edge) // 2,
        cell.top() + (cell.height() - edge) // 2,
        icon_pixmap(name, edge, color_name, ratio=ratio),
    )


def _paint_count(painter: QPainter, cell: QRect, match: FilterMatch, option: QStyleOptionViewItem) -> None:
    text = f"{match.count:,}" if match.disagreement is None else f"{match.disagreement:.1f}"
    painter.setFont(small_font(option.font))
    width = painter.fontMetrics().horizontalAdvance(text) + 8
    plate = QRectF(cell.right() + 1 - width, cell.bottom() + 1 - 16, width, 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 170))
    painter.drawRect(plate)
    painter.setPen(QColor("#ffffff"))
    painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), text)


def _words(match: FilterMatch, picture: _Picture | None, *, in_full: bool) -> str:
    counts = ", ".join(f"{count} {name}" for name, count in match.counts[:8]) or tr("no objects")
    lines = [match.path if in_full else Path(match.path).name, counts, *match.reasons[:5]]
    if picture is not None and picture.reason:
        lines.append(picture.reason)
    return ("\n" if in_full else ", ").join(lines)
