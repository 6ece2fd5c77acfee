"""Which classes count: any, or chosen ones in three groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from qtpy.QtCore import QTimer, Signal
from qtpy.QtWidgets import QGridLayout, QPushButton, QRadioButton, QVBoxLayout, QWidget

from anylabeling.translation import tr
from anylabeling.views.dialogs.image_filter.pieces import (
    GAP_PX,
    LABEL_PX,
    QWIDGETSIZE_MAX,
    group,
    row_label,
    side_by_side,
    stack,
    tight_row,
)
from anylabeling.views.widgets.class_picker import ClassPicker
from anylabeling.views.widgets.search_field import SearchField

_GROUPS = {"selected_classes": tr("any of"), "all_of": tr("all of"), "none_of": tr("none of")}
_SEARCH_PX, _LEAST_SEARCH_PX = 200, 96
_SEARCH_PAUSE_MS = 60


class ClassRows(QWidget):
    """Any class, or those that are checked as any of, all of or none of.

    Signals:
        changed: The person chose other classes.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted: dict[str, tuple[str, ...]] = dict.fromkeys(_GROUPS, ())
        self.any_radio = QRadioButton(tr("An&y class"))
        self.selected_radio = QRadioButton(tr("&Selected classes only"))
        self.any_radio.setChecked(True)
        self._radios = group(self, self.any_radio, self.selected_radio)
        self.picker = ClassPicker(_GROUPS)
        self.segments = {name: self._segment(name) for name in _GROUPS}
        self._segments = group(self, *self.segments.values())
        self.segments["selected_classes"].setChecked(True)
        self.search = SearchField(tr("Search classes"), tr("Search classes"))
        self.search.setFixedWidth(_SEARCH_PX)
        self.all_button = self._quiet_button(tr("All"), True)
        self.none_button = self._quiet_button(tr("None"), False)
        # Thousands of names are searched once the typing rests, not for each letter.
        self._search_timer = QTimer(self)
        self._search_timer.setSingleShot(True)
        self._search_timer.setInterval(_SEARCH_PAUSE_MS)
        self._search_timer.timeout.connect(lambda: self.picker.set_search(self.search.text()))
        self.search.textChanged.connect(lambda _text: self._search_timer.start())
        self._radios.buttonClicked.connect(lambda _button: self._on_changed())
        self.picker.checked_changed.connect(self._on_changed)
        self._build()
        self._refresh()

    def set_narrow(self, narrow: bool) -> None:
        """Put the search below the choice whether all classes count."""
        stack(self._rows, narrow)
        self.search.setMinimumWidth(_LEAST_SEARCH_PX if narrow else _SEARCH_PX)
        self.search.setMaximumWidth(QWIDGETSIZE_MAX if narrow else _SEARCH_PX)

    def values(self) -> dict[str, object]:
        """Return the values of the controls by setting; classes that are not on offer are left out."""
        if self.any_radio.isChecked():
            return dict.fromkeys(_GROUPS, None)
        return {name: self.picker.checked(name) or None for name in _GROUPS}

    def kept_values(self) -> dict[str, object]:
        """Return the same with classes that only another model knows: changing back and forth loses nothing."""
        if self.any_radio.isChecked():
            return dict.fromkeys(_GROUPS, None)
        return {name: self.picker.kept(name) or None for name in _GROUPS}

    def set_values(self, values: Mapping[str, object]) -> None:
        """Show values, without a signal."""
        for name in _GROUPS:
            wanted = values[name]
            self.picker.set_checked(name, map(str, wanted) if isinstance(wanted, (list, tuple, frozenset)) else ())
        chosen = any(self.picker.kept(name) for name in _GROUPS)
        (self.selected_radio if chosen else self.any_radio).setChecked(True)
        self._refresh()

    def set_names(self, names: Iterable[str], counts: Mapping[str, int] | None = None) -> None:
        """Offer names, with the number of objects of each where it is known."""
        self.picker.set_names(names, counts)
        self._refresh()

    def set_counts(self, counts: Sequence[tuple[str, int]]) -> None:
        """Show how many objects of each class there are."""
        self.picker.set_counts(dict(counts))

    @property
    def needs_choice(self) -> bool:
        """Whether only selected classes are to count and none is selected."""
        return self.selected_radio.isChecked() and not any(self.values().values())

    def _segment(self, name: str) -> QPushButton:
        button = QPushButton(_GROUPS[name].capitalize())
        button.setCheckable(True)
        button.setProperty("segment", True)
        button.setAutoDefault(False)
        button.setFixedWidth(LABEL_PX)
        button.clicked.connect(lambda: self._on_group_clicked(name))
        tips = {"selected_classes": tr("Objects of one of these"), "all_of": tr("Each of these has to be there")}
        button.setToolTip(tips.get(name, tr("None of these may be there")))
        return button

    def _quiet_button(self, text: str, check: bool) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("quiet", True)
        button.setToolTip(tr("Check the classes in the list") if check else tr("Uncheck the classes in the list"))
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.picker.check_shown(check))
        return button

    def _build(self) -> None:
        stack = QVBoxLayout()
        stack.setSpacing(2)
        for segment in self.segments.values():
            stack.addWidget(segment)
        stack.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP_PX)
        grid.addWidget(row_label(tr("Classes")), 0, 0)
        search = tight_row(self.search, self.all_button, self.none_button)
        self._rows = side_by_side(tight_row(self.any_radio, self.selected_radio, 1), search)
        self._rows.setStretch(0, 1)
        grid.addLayout(self._rows, 0, 1)
        grid.addLayout(stack, 1, 0)
        grid.addWidget(self.picker, 1, 1)

    def _on_group_clicked(self, name: str) -> None:
        self.picker.set_group(name)
        self._refresh()

    def _on_changed(self) -> None:
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        chosen = self.selected_radio.isChecked()
        offered = bool(self.picker.names())
        for part in (self.search, self.all_button, self.none_button, self.picker, *self.segments.values()):
            part.setEnabled(chosen and offered)
        for name, segment in self.segments.items():
            count = len(self.picker.checked(name))
            title = _GROUPS[name].capitalize()
            segment.setText(f"{title} {count:,}" if count and chosen else title)
            segment.setAccessibleName(tr("{title}: {count:,} classes", title=title, count=count))
