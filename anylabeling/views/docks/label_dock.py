"""The labels: how many objects have each, its colour, shown or hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qtpy.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from qtpy.QtGui import QKeyEvent
from qtpy.QtWidgets import QWidget

from anylabeling.translation import tr
from anylabeling.views.models.label_list_model import LabelListModel, LabelRow
from anylabeling.views.widgets.row_delegate import RowSwitch
from anylabeling.views.widgets.row_list import RowList
from anylabeling.views.widgets.section import FoldableSection, empty_note
from anylabeling.views.widgets.text import count_text


class LabelDock(FoldableSection):
    """The list of labels.

    Signals:
        label_selected: The label that the person chose for what comes next.
        label_visibility_changed: A label and whether its objects are shown.
        select_requested: All objects of this label are to be selected.
    """

    label_selected = Signal(str)
    label_visibility_changed = Signal(str, bool)
    select_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Labels"), parent)
        self.model = LabelListModel(self)
        self.view = RowList(
            tr("Labels"), self.model, switches=(RowSwitch("hidden", "eye_off", "eye", tr("Show or hide its objects")),)
        )
        self.view.switched.connect(self._on_switched)
        self.view.clicked.connect(self._on_row_chosen)
        self.view.activated.connect(self._on_row_chosen)
        self.view.installEventFilter(self)
        self.view.doubleClicked.connect(lambda index: self.select_requested.emit(self.model.name(index.row())))
        self.message = empty_note(tr("Labels appear here as they are used."))
        self.body_layout.addWidget(self.message, 1)
        self.body_layout.addWidget(self.view, 1)
        self.view.hide()

    def set_labels(self, labels: Sequence[LabelRow]) -> None:
        """Show labels.

        Args:
            labels: Name, number of objects in this image, and colour (red, green, blue) of each, in order.
        """
        current = self.view.currentIndex()
        name = self.model.name(current.row()) if current.isValid() else ""
        self.model.set_labels(labels)
        row = self.model.row_of(name) if name else None
        if row is not None:
            self.view.setCurrentIndex(self.model.index(row))
        self.set_count(count_text(len(labels)) if labels else "")
        self.message.setVisible(not labels)
        self.view.setVisible(bool(labels))

    def set_keys(self, keys: Mapping[str, str]) -> None:
        """Show which key gives which label."""
        self.model.set_keys(keys)

    def set_label_hidden(self, label: str, hidden: bool) -> None:
        """Hide or show the objects of a label."""
        if hidden != (label in self.model.hidden):
            self.model.set_hidden(label, hidden)
            self.label_visibility_changed.emit(label, not hidden)

    def hidden_labels(self) -> frozenset[str]:
        """Return the labels whose objects are not shown."""
        return self.model.hidden

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Space shows or hides the objects of the current label."""
        if (
            watched is self.view
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Space
            and self.view.currentIndex().isValid()
        ):
            self._on_switched("hidden", self.view.currentIndex())
            return True
        return super().eventFilter(watched, event)

    def _on_row_chosen(self, index: QModelIndex) -> None:
        self.label_selected.emit(self.model.name(index.row()))

    def _on_switched(self, _name: str, index: QModelIndex) -> None:
        label = self.model.name(index.row())
        self.set_label_hidden(label, label not in self.model.hidden)
