"""The shapes of the document as a list that follows each edit."""

from __future__ import annotations

import operator
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from qtpy.QtCore import QAbstractListModel, QItemSelection, QItemSelectionRange, QModelIndex, QObject, Qt, Signal
from qtpy.QtGui import QColor

from anylabeling.document.document import Change, Document
from anylabeling.document.shape import Shape
from anylabeling.translation import tr
from anylabeling.views.widgets.row_delegate import MUTED_ROLE, NOTE_ROLE, SWATCH_ROLE, SWITCH_ROLE
from anylabeling.views.widgets.text import score_text, tip_text

UID_ROLE = Qt.ItemDataRole.UserRole + 40
HIDDEN_ROLE = SWITCH_ROLE
LOCKED_ROLE = SWITCH_ROLE + 1
SORTS = ("label", "score")

Rgb = tuple[int, int, int]
_Key = tuple[Any, ...]
_MOST_TEXT = 200
_NO_PARENT = QModelIndex()
_sorting: Callable[[Shape], _Key] = operator.attrgetter("label", "score")
# Beyond this, one reset is cheaper than moving rows one by one.
_MANY = 64
# Looking for one row among all of them costs as much as passing by so many.
_SEARCH_COSTS = 16


def _by_label(shape: Shape) -> _Key:
    return (shape.label.casefold(), shape.label, -(shape.score if shape.score is not None else 2.0), shape.uid)


def _by_score(shape: Shape) -> _Key:
    return (-(shape.score if shape.score is not None else -1.0), shape.label.casefold(), shape.uid)


def _sorted_uids(shapes: Sequence[Shape], *, by_score: bool) -> list[int]:
    """Return the uids in the order of ``_by_label`` or ``_by_score``, which take ten times as long for thousands."""
    labels = [shape.label for shape in shapes]
    ordered = sorted(set(labels), key=lambda label: (label.casefold(), label))
    # Labels that differ in their letters' case alone rank alike where the score comes first.
    folded = {name: rank for rank, name in enumerate(dict.fromkeys(label.casefold() for label in ordered))}
    ranks = {label: folded[label.casefold()] if by_score else rank for rank, label in enumerate(ordered)}
    rows = np.fromiter(map(ranks.__getitem__, labels), np.int64, len(labels))
    unscored = -1.0 if by_score else 2.0
    scores = np.array([unscored if shape.score is None else shape.score for shape in shapes], np.float64)
    uids = np.array([shape.uid for shape in shapes], np.int64)
    keys = (uids, rows, -scores) if by_score else (uids, -scores, rows)
    found: list[int] = uids[np.lexsort(keys)].tolist()
    return found


class ShapeListModel(QAbstractListModel):
    """Shapes sorted by label or by score. Few changes move single rows, many changes reset the list.

    Signals:
        hidden_changed: Uids of the shapes that the canvas is not to show.
    """

    hidden_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._disconnect: Callable[[], None] | None = None
        self._shapes: dict[int, Shape] = {}
        self._uids: list[int] = []
        self._hidden: frozenset[int] = frozenset()
        self._hidden_labels: frozenset[str] = frozenset()
        self._key: Callable[[Shape], _Key] = _by_label
        self._color_of: Callable[[str], Rgb] = lambda _label: (128, 128, 128)

    @property
    def hidden(self) -> frozenset[int]:
        """Uids of the shapes that are not shown on the canvas."""
        return self._hidden

    def set_document(self, document: Document | None) -> None:
        """Show the shapes of another document; hidden are those that were when it was shown last, and hidden labels."""
        if self._disconnect is not None:
            self._disconnect()
            self._disconnect = None
        self._document = document
        self._hidden = document.hidden if document is not None else frozenset()
        if document is not None and self._hidden_labels:
            self._hidden |= {shape.uid for shape in document.shapes if shape.label in self._hidden_labels}
        if document is not None:
            self._disconnect = document.changed.connect(self.on_document_changed)
        self._reload()
        self.hidden_changed.emit(self._hidden)

    def set_sort(self, sort: str) -> None:
        """Sort by "label" or by "score"."""
        self._key = _by_score if sort == "score" else _by_label
        self._reload()

    def set_color_of(self, color_of: Callable[[str], Rgb]) -> None:
        """Take the colours of the labels from a function."""
        self._color_of = color_of
        self._repaint_all()

    def set_hidden(self, hidden: Iterable[int]) -> None:
        """Say which shapes are hidden; uids that are not here are dropped."""
        wanted = frozenset(hidden) & self._shapes.keys()
        if wanted != self._hidden:
            self._hidden = wanted
            self._repaint_all()
            self.hidden_changed.emit(wanted)

    def set_label_hidden(self, label: str, hidden: bool) -> None:
        """Hide or show all shapes of a label, those that come later included."""
        uids = {uid for uid, shape in self._shapes.items() if shape.label == label}
        self._hidden_labels = self._hidden_labels | {label} if hidden else self._hidden_labels - {label}
        self.set_hidden(self._hidden | uids if hidden else self._hidden - uids)

    def shape(self, row: int) -> Shape:
        """Return the shape in a row."""
        return self._shapes[self.uid(row)]

    def uid(self, row: int) -> int:
        """Return the uid of the shape in a row."""
        return self._uids[row]

    def uids(self) -> list[int]:
        """Return all uids in the order of the rows."""
        return list(self._uids)

    def row_of(self, uid: int) -> int | None:
        """Return the row of a shape, or None."""
        shape = self._shapes.get(uid)
        return None if shape is None else self._place(self._key(shape))

    def _place(self, key: _Key) -> int:
        """Return the row before which a shape with this key belongs."""
        return bisect_left(self._uids, key, key=lambda uid: self._key(self._shapes[uid]))

    def selection_of(self, uids: Iterable[int]) -> QItemSelection:
        """Return the rows of shapes as a selection of few ranges."""
        wanted = frozenset(uids)
        if len(wanted) * _SEARCH_COSTS > len(self._uids):
            rows = [row for row, uid in enumerate(self._uids) if uid in wanted]
        else:
            rows = sorted(row for row in map(self.row_of, wanted) if row is not None)
        selection = QItemSelection()
        start = 0
        for position in range(1, len(rows) + 1):
            if position == len(rows) or rows[position] != rows[position - 1] + 1:
                # Made directly: ``index`` asks for the number of rows and columns first.
                first, last = self.createIndex(rows[start], 0), self.createIndex(rows[position - 1], 0)
                selection.append(QItemSelectionRange(first, last))
                start = position
        return selection

    def on_document_changed(self, change: Change) -> None:
        """Follow an edit of the document."""
        if change.visibility and self._document is not None:
            self.set_hidden(self._hidden.union(change.hidden).difference(change.shown))
            return
        before = self._hidden
        self._follow(change)
        if self._document is not None and change.added and (self._hidden_labels or self._document.hidden):
            new = (self._document.shape(uid) for uid in change.added if uid in self._document)
            known, labels = self._document.hidden, self._hidden_labels
            self._hidden |= {shape.uid for shape in new if shape.uid in known or shape.label in labels}
        if self._hidden != before:
            self.hidden_changed.emit(self._hidden)

    def _follow(self, change: Change) -> None:
        if len(change.added) + len(change.removed) + len(change.changed) > _MANY:
            if change.added or change.removed or not self._take_versions(change.changed):
                self._reload()
            return
        for uid in change.removed:
            self._take(uid)
        if self._document is None:
            return
        for uid in change.added:
            if uid in self._document:
                self._take(uid)
                self._put(self._document.shape(uid))
        for uid in change.changed:
            if uid in self._document:
                self._replace(self._document.shape(uid))

    def rowCount(self, parent: QModelIndex = _NO_PARENT) -> int:
        """Return the number of shapes."""
        return 0 if parent.isValid() else len(self._uids)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows."""
        if not 0 <= index.row() < len(self._uids):
            return None
        shape = self.shape(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return _title(shape)
        if role == NOTE_ROLE:
            return score_text(shape.score)
        if role == SWATCH_ROLE:
            return QColor(*self._color_of(shape.label))
        if role in (HIDDEN_ROLE, MUTED_ROLE):
            return shape.uid in self._hidden
        if role == LOCKED_ROLE:
            return shape.locked
        if role == UID_ROLE:
            return shape.uid
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_text(_tool_tip(shape))
        return None

    def _reload(self) -> None:
        self.beginResetModel()
        shapes = self._document.shapes if self._document is not None else ()
        self._shapes = {shape.uid: shape for shape in shapes}
        self._uids = _sorted_uids(shapes, by_score=self._key is _by_score)
        self._hidden &= self._shapes.keys()
        self.endResetModel()

    def _take_versions(self, uids: Sequence[int]) -> bool:
        """Show other versions of many shapes, unless that changes their order: a list that is reset costs more."""
        new = self._document.present(uids) if self._document is not None else []
        known = self._shapes
        before = [known[shape.uid] for shape in new if shape.uid in known]
        if len(before) != len(new) or list(map(_sorting, before)) != list(map(_sorting, new)):
            return False
        known.update((shape.uid, shape) for shape in new)
        self._repaint_all()
        return True

    def _take(self, uid: int) -> None:
        row = self.row_of(uid)
        if row is None:
            return
        self.beginRemoveRows(_NO_PARENT, row, row)
        del self._uids[row]
        del self._shapes[uid]
        self._hidden -= {uid}
        self.endRemoveRows()

    def _put(self, shape: Shape) -> None:
        row = self._place(self._key(shape))
        self.beginInsertRows(_NO_PARENT, row, row)
        self._uids.insert(row, shape.uid)
        self._shapes[shape.uid] = shape
        self.endInsertRows()

    def _replace(self, shape: Shape) -> None:
        row = self.row_of(shape.uid)
        if row is None:
            self._put(shape)
            return
        key = self._key(shape)
        if key != self._key(self._shapes[shape.uid]):
            # A move keeps the selection of the row, which taking it out would not.
            target = self._place(key)
            if target not in (row, row + 1):
                self.beginMoveRows(_NO_PARENT, row, row, _NO_PARENT, target)
                del self._uids[row]
                row = target if target < row else target - 1
                self._uids.insert(row, shape.uid)
                self._shapes[shape.uid] = shape
                self.endMoveRows()
        self._shapes[shape.uid] = shape
        self.dataChanged.emit(self.index(row), self.index(row))

    def _repaint_all(self) -> None:
        if self._uids:
            self.dataChanged.emit(self.index(0), self.index(len(self._uids) - 1))


def _title(shape: Shape) -> str:
    """Return the label, and what the object says where it is text."""
    text = " ".join(shape.text[:_MOST_TEXT].split())
    label = shape.label or tr("(no label)")
    return f"{label} · {text}" if text else label


def _tool_tip(shape: Shape) -> str:
    parts = [shape.label or tr("(no label)"), shape.kind.value.replace("_", " ")]
    if shape.group_id is not None:
        parts.append(tr("group {group_id}", group_id=shape.group_id))
    parts += [text for text in (shape.text, shape.description) if text]
    if shape.difficult:
        parts.append(tr("difficult"))
    return " · ".join(parts)
