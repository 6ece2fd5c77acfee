"""The images of the folder: search, marks, and the one that is shown."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence

from qtpy.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from qtpy.QtGui import QKeyEvent
from qtpy.QtWidgets import QAbstractItemView, QHBoxLayout, QLabel, QPushButton, QWidget

from anylabeling.translation import tr
from anylabeling.utils.narrowing import Narrowing
from anylabeling.views.docks.file_list import FileList
from anylabeling.views.models.image_list_model import FileState, ImageListModel
from anylabeling.views.widgets.search_field import SearchField
from anylabeling.views.widgets.section import FoldableSection, empty_note
from anylabeling.views.widgets.text import count_text

__all__ = ["FileDock", "FileState"]

_EXAMPLES = (
    (tr("Without &objects"), "shape::0"),
    (tr("With o&bjects"), "shape::>0"),
    (tr("Not &checked"), "checked::0"),
    (tr("&With a label…"), "label::"),
    (tr("Without a l&abel…"), "!label::"),
    (tr("With a &difficult object"), "difficult::1"),
    (tr("With a &kind of object…"), "type::"),
    (tr("With a &score from – to…"), "score::[0.3,0.5]"),
    (tr("With a &text…"), "text::"),
    (tr("With a &flag…"), "flag::"),
    (tr("With a ta&g…"), "tag::"),
)
"""What the menu of the search offers: its words, and what it types."""
_SEARCH_HELP = tr(
    "Part of a name; <pattern>; #12 for the image of this number; conditions such as label::car shape::>2 !checked::1"
)


class FileDock(FoldableSection):
    """The list of images.

    Signals:
        image_chosen: Path of the image that the person wants to see.
        mark_toggle_requested: Path of an image that is to be marked as checked, or no longer.
        search_changed: The text that is searched for.
        search_again_requested: What was typed is to be looked for anew: Enter was pressed.
        clear_filter_requested: The list is to show all images again.
    """

    image_chosen = Signal(str)
    mark_toggle_requested = Signal(str)
    search_changed = Signal(str)
    search_again_requested = Signal()
    clear_filter_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Files"), parent)
        self._current: str | None = None
        self._quiet = False
        self.model = ImageListModel(self)
        self.search = self._make_search()
        self.chip = self._make_chip()
        self.view = self._make_view()
        self.message = empty_note("")
        self.problem = self._make_problem()
        search_row = QHBoxLayout()
        search_row.setContentsMargins(8, 2, 8, 6)
        search_row.addWidget(self.search)
        chip_row = QHBoxLayout()
        chip_row.setContentsMargins(8, 0, 8, 6)
        chip_row.addWidget(self.chip)
        self.body_layout.addLayout(search_row)
        self.body_layout.addWidget(self.problem)
        self.body_layout.addLayout(chip_row)
        self.body_layout.addWidget(self.message, 1)
        self.body_layout.addWidget(self.view, 1)
        self.set_least_height(140)
        self._refresh()

    def set_images(self, paths: Sequence[str], root: str) -> None:
        """Show the images of a folder, in the given order."""
        with self._quietly():
            self.model.set_images(paths, root)
        self._refresh()

    def append_images(self, paths: Sequence[str]) -> None:
        """Add images at the end, while the folder is being read."""
        self.model.append_images(paths)
        self._refresh()

    def set_current(self, path: str | None) -> None:
        """Mark the image that is shown, without asking for it."""
        self._current = path
        self._show_current()

    def set_state(self, path: str, state: FileState) -> None:
        """Set the mark of one image."""
        self.model.set_state(path, state)

    def set_states(self, states: Mapping[str, FileState]) -> None:
        """Set the marks of many images."""
        self.model.set_states(states)

    def set_narrowed(self, paths: Narrowing | Sequence[str] | None) -> None:
        """Show only these images, or all with None."""
        with self._quietly():
            self.model.set_narrowed(paths)
        self._refresh()

    def asks_for_more_than_names(self) -> bool:
        """Whether what is typed is more than a part of a name: a pattern, a number, a condition on labels."""
        text = self.search.text().strip()
        return "::" in text or (text.startswith("#") and text[1:].isdigit()) or (text[:1] == "<" and text[-1:] == ">")

    def set_found(self, paths: Sequence[str]) -> None:
        """Show only images that a search has found."""
        with self._quietly():
            self.model.set_found(paths)
        self._refresh()

    def set_search_problem(self, text: str) -> None:
        """Say why nothing can be searched for; an empty text takes it away."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def visible_paths(self) -> list[str]:
        """Return the images that the list shows, in order."""
        return self.model.visible_paths()

    def focus_search(self) -> None:
        """Put the cursor into the search field, opening the section if need be."""
        self.set_folded(False)
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Let the arrow keys, Enter and Esc of the search field work on the list."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_search_key(event)
        return super().eventFilter(watched, event)

    def _on_search_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.search.clear()
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if key == Qt.Key.Key_Down and not event.modifiers() & Qt.KeyboardModifier.AltModifier and self.model.rowCount():
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.view.currentIndex().isValid():
                self.view.setCurrentIndex(self.model.index(0))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.asks_for_more_than_names():
            if self.search.text().startswith("#") and self.model.rowCount() == 1:
                self.view.setCurrentIndex(self.model.index(0))
            else:
                self.search_again_requested.emit()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.model.rowCount():
            current = self.view.currentIndex()
            self.view.setCurrentIndex(current if current.isValid() else self.model.index(0))
            return True
        return False

    def _on_search_edited(self, text: str) -> None:
        if not self.asks_for_more_than_names():
            with self._quietly():
                self.model.set_search(text)
            self._refresh()
        self.search_changed.emit(text)

    def _on_row_opened(self, index: QModelIndex) -> None:
        if self.model.path(index.row()) != self._current:
            self._on_row_changed(index, QModelIndex())
        else:
            self._show_current()

    def _move_cursor(self, index: QModelIndex) -> None:
        selection = self.view.selectionModel()
        if selection is not None:
            with self._quietly():
                selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.view.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def _on_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and not self._quiet:
            path = self.model.path(current.row())
            if path != self._current:
                self._current = path
                self.image_chosen.emit(path)

    def _refresh(self) -> None:
        model = self.model
        shown, total = model.rowCount(), model.total
        partial = model.is_narrowed or shown != total
        self.set_count(f"{shown:,} / {total:,}" if partial else count_text(total) if total else "")
        self.chip.setVisible(model.is_narrowed)
        self.chip_label.setText(
            tr("{narrowed_total:,} of {total:,} ·", narrowed_total=model.narrowed_total, total=total)
        )
        self.message.setText(tr("Open a folder, or drop one here.") if not total else tr("No image matches."))
        self.message.setVisible(not shown)
        self.view.setVisible(bool(shown))
        self._show_current()

    def _show_current(self) -> None:
        row = self.model.row_of(self._current) if self._current is not None else None
        selection = self.view.selectionModel()
        if selection is None:
            return
        with self._quietly():
            if row is None:
                selection.clear()
            elif self.view.currentIndex().row() != row or not selection.hasSelection():
                self.view.setCurrentIndex(self.model.index(row))
        if row is not None:
            self.view.scrollTo(self.model.index(row), QAbstractItemView.ScrollHint.EnsureVisible)

    @contextlib.contextmanager
    def _quietly(self) -> Iterator[None]:
        """Let the list's row change without asking for an image."""
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    def _make_search(self) -> SearchField:
        search = SearchField(tr("Search"), tr("Search in the file list"))
        search.textChanged.connect(self._on_search_edited)
        search.setToolTip(_SEARCH_HELP)
        search.offer(_EXAMPLES)
        search.installEventFilter(self)
        return search

    def _make_problem(self) -> QLabel:
        problem = QLabel("")
        problem.setProperty("kind", "error")
        problem.setWordWrap(True)
        problem.setTextFormat(Qt.TextFormat.PlainText)
        problem.setContentsMargins(12, 0, 12, 6)
        problem.hide()
        return problem

    def _make_chip(self) -> QWidget:
        chip = QWidget()
        chip.setObjectName("filterChip")
        chip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.chip_label = QLabel("")
        self.clear_button = QPushButton(tr("Clear Filter"))
        self.clear_button.setProperty("link", True)
        self.clear_button.setToolTip(tr("Show all images again"))
        self.clear_button.clicked.connect(lambda: self.clear_filter_requested.emit())
        row = QHBoxLayout(chip)
        row.setContentsMargins(8, 2, 4, 2)
        row.setSpacing(0)
        row.addWidget(self.chip_label)
        row.addWidget(self.clear_button)
        row.addStretch(1)
        chip.hide()
        return chip

    def _make_view(self) -> FileList:
        view = FileList(tr("Files"), self.model)
        view.mark_toggled.connect(lambda index: self.mark_toggle_requested.emit(self.model.path(index.row())))
        view.row_opened.connect(self._on_row_opened)
        view.cursor_moved.connect(self._move_cursor)
        selection = view.selectionModel()
        if selection is not None:
            selection.currentChanged.connect(self._on_row_changed)
        return view
