"""The objects of the image: label, score, shown or hidden, locked or free."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from qtpy.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QObject, QSize, Qt, QTimer, Signal
from qtpy.QtGui import QKeyEvent
from qtpy.QtWidgets import QAbstractItemView, QAction, QActionGroup, QMenu, QToolButton, QWidget

from anylabeling.document.document import Change, Document
from anylabeling.translation import tr
from anylabeling.views.icons import icon
from anylabeling.views.models.shape_list_model import Rgb, ShapeListModel
from anylabeling.views.widgets.row_delegate import RowSwitch
from anylabeling.views.widgets.row_list import RowList
from anylabeling.views.widgets.section import FoldableSection, empty_note
from anylabeling.views.widgets.text import count_text

_MANY = 500
_MANY_RANGES = 50
_SOON_MS = 20
"""Selecting thousands waits so long: it shares no turn with what the canvas draws, and is done once for a few."""
_SORT_TEXTS = {"label": tr("Sort by &label"), "score": tr("Sort by &score")}


class ShapeDock(FoldableSection):
    """The list of objects; its selection and the canvas's follow each other.

    Signals:
        selection_changed: Uids that the person selected here.
        hidden_changed: Uids that the canvas is not to show.
        hide_requested: Uids of shapes, and whether they are to be hidden or shown.
        lock_requested: Uid of a shape and whether it is to be locked.
        label_edit_requested: Uid of the shape whose label is to change.
    """

    selection_changed = Signal(tuple)
    hidden_changed = Signal(object)
    hide_requested = Signal(tuple, bool)
    lock_requested = Signal(int, bool)
    label_edit_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Objects"), parent)
        self._document: Document | None = None
        self._disconnect: Callable[[], None] | None = None
        self._wanted: frozenset[int] = frozenset()
        self._quiet = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SOON_MS)
        self._later.timeout.connect(self._apply_selection)
        self.model = ShapeListModel(self)
        self.model.hidden_changed.connect(self.hidden_changed)
        self.view = self._make_view()
        self.message = empty_note("")
        self.body_layout.addWidget(self.message, 1)
        self.body_layout.addWidget(self.view, 1)
        self.add_header_widget(self._make_sort_button())
        self._refresh()

    def set_document(self, document: Document | None) -> None:
        """Show the objects of another document."""
        if self._disconnect is not None:
            self._disconnect()
            self._disconnect = None
        self._document = document
        self._wanted = frozenset()
        self._later.stop()
        self._quiet = True
        self.model.set_document(document)
        self._quiet = False
        if document is not None:
            # Connected after the model, so that its rows are up to date when this is called.
            self._disconnect = document.changed.connect(self._on_document_changed)
        self._refresh()

    def set_selection(self, uids: Iterable[int]) -> None:
        """Select objects because the canvas did."""
        self._wanted = frozenset(uids)
        self._follow()

    def selection(self) -> tuple[int, ...]:
        """Return the uids that are selected, in the order of the rows."""
        selection = self.view.selectionModel()
        if selection is None:
            return ()
        if self._later.isActive():
            return tuple([uid for uid in self.model.uids() if uid in self._wanted])
        # Ranges, not rows: thousands of shapes that a model adds are selected as few ranges.
        ranges = sorted((span.top(), span.bottom()) for span in selection.selection())
        return tuple([self.model.uid(row) for top, bottom in ranges for row in range(top, bottom + 1)])

    def set_color_provider(self, color_of: Callable[[str], Rgb]) -> None:
        """Take the colours of the labels from a function of the label's name."""
        self.model.set_color_of(color_of)

    def set_hidden(self, uids: Iterable[int]) -> None:
        """Hide these objects and show all others."""
        self.model.set_hidden(uids)

    def set_label_hidden(self, label: str, hidden: bool) -> None:
        """Hide or show all objects of a label."""
        self.model.set_label_hidden(label, hidden)

    def toggle_all_hidden(self) -> None:
        """Hide every object, or show all when all are hidden."""
        everything = frozenset(self.model.uids())
        if self.model.hidden == everything:
            self.show_all()
        else:
            self.model.set_hidden(everything)

    def show_all(self) -> None:
        """Show every object, those too that were hidden one by one."""
        one_by_one = self._document.hidden & self.model.hidden if self._document is not None else frozenset()
        self.model.set_hidden(one_by_one)
        if one_by_one:
            self.hide_requested.emit(tuple(sorted(one_by_one)), False)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Space shows or hides the selected objects, Enter and F2 edit the label."""
        if watched is self.view and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key == Qt.Key.Key_Space and self.selection():
                self._toggle_hidden(self.selection())
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and self.view.currentIndex().isValid():
                self.label_edit_requested.emit(self.model.uid(self.view.currentIndex().row()))
                return True
        return super().eventFilter(watched, event)

    def _toggle_hidden(self, uids: tuple[int, ...]) -> None:
        hidden = self.model.hidden
        hides = not hidden.issuperset(uids)
        self.hide_requested.emit(tuple(uid for uid in uids if (uid in hidden) is not hides), hides)

    def _on_switched(self, name: str, index: QModelIndex) -> None:
        uid = self.model.uid(index.row())
        chosen = self.selection()
        if name == "hidden":
            self._toggle_hidden(chosen if uid in chosen else (uid,))
        else:
            self.lock_requested.emit(uid, not self.model.shape(index.row()).locked)

    def _on_selection_changed(self, *_: object) -> None:
        if self._quiet:
            return
        self._later.stop()  # what the person has selected here counts
        self._wanted = frozenset(self.selection())
        self.selection_changed.emit(self.selection())

    def _on_document_changed(self, change: Change) -> None:
        # Rows that were taken out or reset lose their selection; the canvas still has it.
        selection = self.view.selectionModel()
        selected = _count(selection) if selection is not None else 0
        if change.added or change.removed or selected != len(self._wanted):
            self._follow()
        if change.added or change.removed:
            self._refresh()

    def _follow(self) -> None:
        """Select what the canvas has selected; very many in a turn of their own, once for all that comes before."""
        if len(self._wanted) > _MANY:
            if not self._later.isActive():
                self._later.start()
        else:
            self._later.stop()
            self._apply_selection()

    def _apply_selection(self) -> None:
        self._later.stop()
        selection = self.view.selectionModel()
        if selection is None or self._is_selected(selection):
            return
        self._quiet = True
        chosen = self.model.selection_of(self._wanted)
        if len(chosen) > _MANY_RANGES:
            self._select_many(selection, chosen)
        else:
            selection.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if not chosen.isEmpty():
            first = self.model.index(chosen[0].top())  # they follow each other
            selection.setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.view.scrollTo(first)
        self._quiet = False

    def _select_many(self, selection: QItemSelectionModel, chosen: QItemSelection) -> None:
        """Select ranges and nothing else.

        Qt compares each one with each that was selected, and asks where each lies in the view: 180 ms for 1,500.
        """
        selection.reset()
        was_blocked = selection.blockSignals(True)
        selection.select(chosen, QItemSelectionModel.SelectionFlag.Select)
        selection.blockSignals(was_blocked)
        viewport = self.view.viewport()
        if viewport is not None:
            viewport.update()

    def _is_selected(self, selection: QItemSelectionModel) -> bool:
        """Whether what is wanted is selected, no more and no less."""
        return _count(selection) == len(self._wanted) and frozenset(self.selection()) == self._wanted

    def _on_sort_chosen(self, action: QAction) -> None:
        self._quiet = True
        self.model.set_sort(str(action.data()))
        self._quiet = False
        self._apply_selection()

    def _refresh(self) -> None:
        count = self.model.rowCount()
        self.set_count(count_text(count) if count else "")
        self.message.setText(
            tr("Draw an object, or let the model label the image.") if self._document else tr("No image.")
        )
        self.message.setVisible(not count)
        self.view.setVisible(bool(count))

    def _make_view(self) -> RowList:
        switches = (
            RowSwitch("hidden", "eye_off", "eye", tr("Show or hide")),
            RowSwitch("locked", "lock", "unlock", tr("Protect against changes, or allow them")),
        )
        view = RowList(tr("Objects"), self.model, switches=switches)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.switched.connect(self._on_switched)
        view.doubleClicked.connect(lambda index: self.label_edit_requested.emit(self.model.uid(index.row())))
        view.installEventFilter(self)
        selection = view.selectionModel()
        if selection is not None:
            selection.selectionChanged.connect(self._on_selection_changed)
        return view

    def _make_sort_button(self) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon("sort"))
        button.setIconSize(QSize(16, 16))
        button.setToolTip(tr("Order of the list"))
        button.setAccessibleName(tr("Order of the list"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        group = QActionGroup(menu)
        for sort, text in _SORT_TEXTS.items():
            action = QAction(text, menu)
            action.setData(sort)
            action.setCheckable(True)
            action.setChecked(sort == "label")
            group.addAction(action)
            menu.addAction(action)
        group.triggered.connect(self._on_sort_chosen)
        button.setMenu(menu)
        return button


def _count(selection: QItemSelectionModel) -> int:
    return sum(span.height() for span in selection.selection())
