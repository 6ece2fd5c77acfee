"""The images of a folder as a list, searched and narrowed in memory."""

from __future__ import annotations

import os
from array import array
from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any

from qtpy.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from anylabeling.translation import tr
from anylabeling.utils.narrowing import Narrowing
from anylabeling.views.widgets.row_delegate import BADGE_ROLE, MARK_ROLE, MARK_TIP_ROLE

PATH_ROLE = Qt.ItemDataRole.UserRole + 40
_NO_PARENT = QModelIndex()


class FileState(IntEnum):
    """What is known about an image's labels."""

    NONE = 0
    LABELLED = 1
    """It has a label file."""
    CHECKED = 2
    """A person has reviewed it."""
    FAILED = 3
    """The image or its label file could not be read."""


_MARKS = {
    FileState.NONE: ("", ""),
    FileState.LABELLED: ("check", "muted"),
    FileState.CHECKED: ("checked", "success"),
    FileState.FAILED: ("warning", "error"),
}
_STATE_TEXTS = {
    FileState.NONE: tr("no labels"),
    FileState.LABELLED: tr("labelled"),
    FileState.CHECKED: tr("checked"),
    FileState.FAILED: tr("failed"),
}
_MARK_TIPS = {
    FileState.NONE: tr("No labels. A click marks the image as checked (Space)."),
    FileState.LABELLED: tr("Labelled. A click marks the image as checked (Space)."),
    FileState.CHECKED: tr("Checked. A click takes the mark away (Space)."),
    FileState.FAILED: tr("The image or its label file could not be read."),
}
_READY_TEXT = tr("Ready for the AI tool: what its model makes of the picture is kept.")


class ImageListModel(QAbstractListModel):
    """Paths in folder order; what is shown is narrowed by a list of paths, in its order, and by a search text.

    For each image it holds the path, its lower-case name to search in, and one byte of state.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths: list[str] = []
        self._root = ""
        self._needles: list[str] = []
        self._states = bytearray()
        self._numbers: dict[str, int] | None = None
        self._narrowed: Narrowing | None = None
        self._search = ""
        self._found: frozenset[str] | None = None
        self._visible: array[int] | None = None
        self._shows_narrowed = False
        self._rows: dict[int, int] | None = None
        self._row: tuple[int, int | None] | None = None
        self._ready: frozenset[str] = frozenset()

    @property
    def total(self) -> int:
        """Images in all."""
        return len(self._paths)

    @property
    def narrowed_total(self) -> int:
        """Images that the filter leaves, whatever is searched for."""
        return len(self._paths) if self._narrowed is None else len(self._narrowed.paths)

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter is on."""
        return self._narrowed is not None

    def set_images(self, paths: Sequence[str], root: str) -> None:
        """Show other images, or more of the same folder; the marks of images that stay are kept."""
        known = len(self._paths)
        if root == self._root and len(paths) >= known and list(paths[:known]) == self._paths:
            self.append_images(paths[known:])
            return
        kept = {path: state for path, state in zip(self._paths, self._states, strict=True) if state}
        self.beginResetModel()
        if root != self._root:
            self._narrowed = self._found = None
        self._root = root
        self._paths = list(paths)
        self._needles = self._lowered(self._paths)
        self._states = bytearray(len(self._paths))
        self._numbers = None
        if kept:
            for number, path in enumerate(self._paths):
                if path in kept:
                    self._states[number] = kept[path]
        self._choose_visible()
        self.endResetModel()

    def append_images(self, paths: Sequence[str]) -> None:
        """Add images at the end."""
        if not paths:
            return
        first = len(self._paths)
        needles = self._lowered(paths)
        numbers = [
            first + offset
            for offset, (path, needle) in enumerate(zip(paths, needles, strict=True))
            if self._search in needle and self._is_in(path)
        ]
        shown = self.rowCount()
        if numbers:
            self.beginInsertRows(_NO_PARENT, shown, shown + len(numbers) - 1)
        self._paths.extend(paths)
        self._needles.extend(needles)
        self._states.extend(bytes(len(paths)))
        self._numbers = None
        if self._visible is not None:
            self._visible.extend(numbers)
            self._rows = self._row = None
            self._shows_narrowed = False
        if numbers:
            self.endInsertRows()

    def set_search(self, text: str) -> None:
        """Show only images whose path below the folder contains a text, upper and lower case alike."""
        needle = text.strip().lower()
        if needle != self._search or self._found is not None:
            self._search, self._found = needle, None
            self._reset_visible()

    def set_found(self, paths: Sequence[str]) -> None:
        """Show only images that a search has found, until ``set_search``."""
        self._search, self._found = "", frozenset(paths)
        self._reset_visible()

    def set_narrowed(self, paths: Narrowing | Sequence[str] | None) -> None:
        """Show only these images, in this order, or all again with None."""
        self._narrowed = paths if paths is None or isinstance(paths, Narrowing) else Narrowing(paths, self._paths)
        self._reset_visible()

    def set_state(self, path: str, state: FileState) -> None:
        """Set the mark of one image; an unknown path is ignored."""
        number = self._number(path)
        if number is None or self._states[number] == state:
            return
        self._states[number] = state
        row = self._row_of_number(number)
        if row is not None:
            index = self.index(row)
            self.dataChanged.emit(index, index)

    def set_states(self, states: Mapping[str, FileState]) -> None:
        """Set the marks of many images at once."""
        number_of, kept = self._known_numbers().get, self._states
        for path, state in states.items():  # of a whole folder, at once: no calls but this one
            if (number := number_of(path)) is not None:
                kept[number] = state
        self._tell_all()

    def set_ready(self, paths: frozenset[str]) -> None:
        """Set the pictures that the AI tool has been made ready for."""
        self._ready = paths
        self._tell_all()

    def state(self, path: str) -> FileState:
        """Return the mark of an image; NONE for one that is not here."""
        number = self._number(path)
        return FileState.NONE if number is None else FileState(self._states[number])

    def path(self, row: int) -> str:
        """Return the image in a row of the list."""
        return self._paths[row if self._visible is None else self._visible[row]]

    def row_of(self, path: str) -> int | None:
        """Return the row in which an image is shown, or None."""
        number = self._number(path)
        if number is None:
            return None
        if self._narrowed is not None and self._shows_narrowed:
            return self._narrowed.rows.get(path)
        return self._row_of_number(number)

    def visible_paths(self) -> list[str]:
        """Return the images that are shown, in order."""
        if self._visible is None:
            return list(self._paths)
        return [self._paths[number] for number in self._visible]

    def rowCount(self, parent: QModelIndex = _NO_PARENT) -> int:
        """Return how many images are shown."""
        if parent.isValid():
            return 0
        return len(self._paths) if self._visible is None else len(self._visible)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return name, path or mark of a row."""
        row = index.row()
        if not 0 <= row < self.rowCount():
            return None
        number = row if self._visible is None else self._visible[row]
        path = self._paths[number]
        if role == Qt.ItemDataRole.DisplayRole:
            # Not Path's name, which takes ten times as long: this is called for each row drawn, which has one line.
            return os.path.basename(path).replace("\n", " ")  # noqa: PTH119
        if role == MARK_ROLE:
            return _MARKS[FileState(self._states[number])]
        if role == MARK_TIP_ROLE:
            return _MARK_TIPS[FileState(self._states[number])]
        if role == PATH_ROLE:
            return path
        if role == BADGE_ROLE:
            return "sparkle" if path in self._ready else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{path}\n{_READY_TEXT}" if path in self._ready else path
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = f"{os.path.basename(path)}, {_STATE_TEXTS[FileState(self._states[number])]}"  # noqa: PTH119
            return f"{said}. {_READY_TEXT}" if path in self._ready else said
        return None

    def _tell_all(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def _is_in(self, path: str) -> bool:
        """Whether filter and search leave an image, whatever its name."""
        return (self._narrowed is None or path in self._narrowed.rows) and (self._found is None or path in self._found)

    def _lowered(self, paths: Sequence[str]) -> list[str]:
        skip = len(self._root.rstrip("/\\")) + 1 if self._root else 0
        return [path[skip:].lower() for path in paths]

    def _number(self, path: str) -> int | None:
        return self._known_numbers().get(path)

    def _known_numbers(self) -> dict[str, int]:
        if self._numbers is None:
            self._numbers = {name: number for number, name in enumerate(self._paths)}
        return self._numbers

    def _row_of_number(self, number: int) -> int | None:
        if self._visible is None:
            return number
        if self._row is None:
            # One row is found sooner than all are numbered, which is for the next one that somebody asks about.
            found = self._visible.index(number) if number in self._visible else None
            self._row = number, found
        elif self._row[0] != number:
            if self._rows is None:
                self._rows = dict(zip(self._visible, range(len(self._visible)), strict=True))
            self._row = number, self._rows.get(number)
        return self._row[1]

    def _reset_visible(self) -> None:
        self.beginResetModel()
        self._choose_visible()
        self.endResetModel()

    def _choose_visible(self) -> None:
        self._rows = self._row = None
        self._shows_narrowed = False
        search, narrowed = self._search, self._narrowed
        if not search and narrowed is None and self._found is None:
            self._visible = None
        elif self._found is not None:
            shown = [
                number
                for path in (narrowed.paths if narrowed is not None else self._found)
                if (number := self._number(path)) is not None
            ]
            shown = [number for number in shown if self._paths[number] in self._found]
            self._visible = array("l", shown if narrowed is not None else sorted(shown))
        elif narrowed is None:
            self._visible = array("l", [number for number, text in enumerate(self._needles) if search in text])
        else:
            # In the order of the filter, which may have sorted its matches.
            numbers = narrowed.numbers if narrowed.among == self._paths else None
            if numbers is not None and not search:
                self._visible, self._shows_narrowed = numbers[:], True
                return
            known = self._known_numbers()
            shown = [number for path in narrowed.paths if (number := known.get(path)) is not None]
            self._visible = array("l", [number for number in shown if search in self._needles[number]])
