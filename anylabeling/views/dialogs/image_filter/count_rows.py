"""How many objects, how sure, where, and in which order."""

from __future__ import annotations

from collections.abc import Mapping

from qtpy.QtCore import QSignalBlocker, Qt, Signal
from qtpy.QtWidgets import QCheckBox, QDoubleSpinBox, QHBoxLayout, QRadioButton, QSlider, QSpinBox, QVBoxLayout, QWidget

from anylabeling.translation import tr
from anylabeling.views.dialogs.image_filter.pieces import (
    GAP_PX,
    LABEL_PX,
    choice_box,
    choose,
    group,
    row_label,
    side_by_side,
    stack,
    tight_row,
)
from anylabeling.views.widgets.elided_label import ElidedLabel

_MODES = {"any": tr("any number"), "at_least": tr("at least"), "exactly": tr("exactly"), "at_most": tr("at most")}
_SORTS = {
    "folder": tr("folder order"),
    "count": tr("most objects"),
    "confidence": tr("highest confidence"),
    "disagreement": tr("disagreement"),
}
_SPIN_PX = 64


class CountRows(QWidget):
    """Count and confidence in one row, scope and order in the next.

    Signals:
        changed: The person changed something.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mode_box = choice_box(_MODES, tr("How the number of objects is compared"))
        self.count_spin = QSpinBox()
        self.count_spin.setRange(1, 100)
        self.count_spin.setAccessibleName(tr("Number of objects"))
        self.count_spin.setFixedWidth(_SPIN_PX)
        self.per_class = QCheckBox(tr("&each class by itself"))
        self.per_class.setToolTip(tr("Compare the number of each class, not that of all objects together"))
        self.least = self._score_spin(tr("Least confidence"), 0.25)
        self.greatest = self._score_spin(tr("Greatest confidence"), 1.0)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 100)
        self.slider.setPageStep(10)
        self.slider.setAccessibleName(tr("Least confidence"))
        self.slider.setMinimumWidth(96)
        self.folder_radio = QRadioButton(tr("&Whole folder"))
        self.subfolder_radio = QRadioButton(tr("This s&ub-folder"))
        self.folder_radio.setChecked(True)
        self._scopes = group(self, self.folder_radio, self.subfolder_radio)
        self.subfolder = ElidedLabel("", mode=Qt.TextElideMode.ElideMiddle, least_px=64)
        self.subfolder.setProperty("muted", True)
        self.sort_box = choice_box(_SORTS, tr("Order of the matches"))
        self.reverse = QCheckBox(tr("re&versed"))
        self._build()
        self._connect()
        self._refresh()

    def values(self) -> dict[str, object]:
        """Return the values of the controls by setting."""
        return {
            "count_mode": self.mode_box.currentData(),
            "count_value": self.count_spin.value(),
            "count_scope": "per_class" if self.per_class.isChecked() else "total",
            "confidence": round(self.least.value(), 2),
            "confidence_max": round(self.greatest.value(), 2),
            "scope": "subfolder" if self.subfolder_radio.isChecked() else "folder",
            "sort": self.sort_box.currentData(),
            "reverse": self.reverse.isChecked(),
        }

    def set_values(self, values: Mapping[str, object]) -> None:
        """Show values, without a signal."""
        with QSignalBlocker(self):
            choose(self.mode_box, values["count_mode"])
            self.count_spin.setValue(int(str(values["count_value"])))
            self.per_class.setChecked(values["count_scope"] == "per_class")
            self.least.setValue(float(str(values["confidence"])))
            self.greatest.setValue(float(str(values["confidence_max"])))
            (self.subfolder_radio if values["scope"] == "subfolder" else self.folder_radio).setChecked(True)
            choose(self.sort_box, values["sort"])
            self.reverse.setChecked(bool(values["reverse"]))
        self._refresh()

    def set_confidence(self, value: float) -> None:
        """Set the least confidence as if the person had."""
        self.least.setValue(value)

    def set_count(self, value: int) -> None:
        """Set the number of objects as if the person had; from "any number" on it means "at least"."""
        if self.mode_box.currentData() == "any":
            choose(self.mode_box, "at_least")
        self.count_spin.setValue(value)

    def set_subfolder(self, name: str, path: str) -> None:
        """Say which sub-folder the open image is in; empty when there is none."""
        self.subfolder.setText(name)
        self.subfolder_radio.setToolTip(path)

    def set_with_scores(self, with_scores: bool) -> None:
        """Say whether objects have scores that count."""
        for part in (self.least, self.greatest, self.slider):
            part.setEnabled(with_scores)

    def set_narrow(self, narrow: bool) -> None:
        """Put count and confidence, place and order one below the other."""
        for rows in self._rows:
            stack(rows, narrow)
        for label in (self._score_label, self._sort_label):
            label.setFixedWidth(LABEL_PX if narrow else label.sizeHint().width())

    def _build(self) -> None:
        self._score_label = row_label(tr("Con&fidence"), self.least, 0)
        self._sort_label = row_label(tr("Sor&t by"), self.sort_box, 0)
        first = tight_row(row_label(tr("C&ount"), self.mode_box), self.mode_box, self.count_spin, self.per_class, 1)
        scores = QHBoxLayout()
        scores.setSpacing(GAP_PX)
        scores.addWidget(self._score_label)
        scores.addWidget(self.least)
        scores.addWidget(self.slider, 1)
        scores.addWidget(row_label(tr("to"), None, 0))
        scores.addWidget(self.greatest)
        places = tight_row(row_label(tr("Look in")), self.folder_radio, self.subfolder_radio)
        places.addWidget(self.subfolder, 1)
        order = tight_row(self._sort_label, self.sort_box, self.reverse, 1)
        self._rows = side_by_side(first, scores), side_by_side(places, order)
        self._rows[0].setStretch(0, 1)
        self._rows[0].setStretch(1, 2)
        self._rows[1].setStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_PX)
        for row in self._rows:
            layout.addLayout(row)

    def _connect(self) -> None:
        for signal in (
            self.mode_box.currentIndexChanged,
            self.count_spin.valueChanged,
            self.per_class.toggled,
            self.least.valueChanged,
            self.greatest.valueChanged,
            self._scopes.buttonClicked,
            self.sort_box.currentIndexChanged,
            self.reverse.toggled,
        ):
            signal.connect(self._on_changed)
        self.slider.valueChanged.connect(lambda hundredths: self.least.setValue(hundredths / 100))

    def _on_changed(self, *_: object) -> None:
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(self.least.value() * 100))
        self.count_spin.setEnabled(self.mode_box.currentData() != "any")

    def _score_spin(self, name: str, value: float) -> QDoubleSpinBox:
        spin = QDoubleSpinBox()
        spin.setRange(0.0, 1.0)
        spin.setDecimals(2)
        spin.setSingleStep(0.05)
        spin.setValue(value)
        spin.setKeyboardTracking(False)
        spin.setAccessibleName(name)
        spin.setFixedWidth(_SPIN_PX)
        return spin
