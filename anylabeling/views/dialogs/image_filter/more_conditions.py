"""Conditions that are rarely used, in a section that folds and counts those that are set."""

from __future__ import annotations

from collections.abc import Mapping

from qtpy.QtCore import QSignalBlocker, Signal
from qtpy.QtWidgets import QGridLayout, QLineEdit, QSpinBox, QWidget

from anylabeling.translation import tr
from anylabeling.views.dialogs.image_filter.pieces import GAP_PX, choice_box, choose, limit_spin, row_label, tight_row
from anylabeling.views.dialogs.image_filter.question import MORE_DEFAULTS, set_count
from anylabeling.views.widgets.section import FoldableSection
from anylabeling.views.widgets.slider_box import SliderBox

_LABEL_PX = 112
_COLUMNS = 3
_LABEL_FILES = {"any": tr("with or without"), "yes": tr("there is one"), "no": tr("there is none")}
_CHECKED = {"any": tr("checked or not"), "yes": tr("checked"), "no": tr("not checked")}
_SIZES = {"box": tr("Object size"), "width": tr("Image width"), "height": tr("Image height")}


class MoreConditions(FoldableSection):
    """Sizes, files, marks, texts and names.

    Signals:
        changed: The person changed something.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("More conditions"), parent)
        self.iou = SliderBox(
            tr("Overlap"), 0.45, tool_tip=tr("IoU: boxes of one class that overlap more are one object")
        )
        self.limits: dict[str, QSpinBox] = {}
        for name, title in _SIZES.items():
            self.limits[f"{name}_min_px"] = limit_spin(tr("Least {value}", value=title.lower()))
            self.limits[f"{name}_max_px"] = limit_spin(tr("Greatest {value}", value=title.lower()))
        self.has_labels = choice_box(
            {"any": tr("with or without"), "yes": tr("there is one"), "no": tr("there is none")}, tr("Label file")
        )
        self.checked = choice_box(
            {"any": tr("checked or not"), "yes": tr("checked"), "no": tr("not checked")}, tr("Checked")
        )
        self.flags = self._line(tr("Flags"), tr("blurred, night"))
        self.tags = {
            "tags": self._line(tr("Tags, any of"), tr("rain, snow")),
            "all_tags": self._line(tr("Tags, all of"), tr("city, night")),
            "no_tags": self._line(tr("Tags, none of"), tr("blurred")),
        }
        self.text = self._line(tr("Text contains"), tr("a word"))
        self.name = self._line(tr("File name"), tr("street or *_07.jpg"))
        self._build()
        self._connect()
        self.fit_to_content()
        self._refresh()

    def values(self) -> dict[str, object]:
        """Return the values of the controls by setting."""
        return {
            "iou": round(self.iou.value(), 2),
            **{name: spin.value() for name, spin in self.limits.items()},
            "has_labels": self.has_labels.currentData(),
            "checked": self.checked.currentData(),
            "flags": _listed(self.flags),
            **{name: _listed(line) for name, line in self.tags.items()},
            "text_contains": self.text.text().strip() or None,
            "name_pattern": self.name.text().strip() or None,
        }

    def set_values(self, values: Mapping[str, object]) -> None:
        """Show values, without a signal."""
        with QSignalBlocker(self):
            self.iou.set_value(float(str(values["iou"])))
            for name, spin in self.limits.items():
                spin.setValue(int(str(values[name])))
            choose(self.has_labels, values["has_labels"])
            choose(self.checked, values["checked"])
            for name, line in (("flags", self.flags), *self.tags.items()):
                names = values.get(name)
                line.setText(", ".join(map(str, names)) if isinstance(names, (list, tuple)) else "")
            self.text.setText(str(values["text_contains"] or ""))
            self.name.setText(str(values["name_pattern"] or ""))
        self._refresh()

    def reset(self) -> None:
        """Set none of them."""
        self.set_values(MORE_DEFAULTS)

    def set_with_overlap(self, with_overlap: bool) -> None:
        """Say whether the model leaves overlapping boxes to be removed."""
        self.iou.setEnabled(with_overlap)

    def set_columns(self, columns: int) -> None:
        """Place the conditions in so many columns, three at most."""
        rows = -(-len(self._cells) // columns)
        while self._grid.count():
            self._grid.takeAt(0)
        for column in range(2 * _COLUMNS):
            self._grid.setColumnStretch(column, 0)
            self._grid.setColumnMinimumWidth(column, 0)
        for number, (label, control) in enumerate(self._cells):
            column, row = divmod(number, rows)
            self._grid.addWidget(label, row, 2 * column)
            self._grid.addWidget(control, row, 2 * column + 1)
            self._grid.setColumnStretch(2 * column + 1, 1)
            if column:
                self._grid.setColumnMinimumWidth(2 * column, _LABEL_PX + GAP_PX)
        self.fit_to_content()

    def _build(self) -> None:
        self._grid = grid = QGridLayout()
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(GAP_PX)
        grid.setVerticalSpacing(GAP_PX)
        cells: list[tuple[str, QWidget, QWidget]] = [
            *(
                (tr("{title}, px", title=title), self._limits(name), self.limits[f"{name}_min_px"])
                for name, title in _SIZES.items()
            ),
            (tr("Label file"), self.has_labels, self.has_labels),
            (tr("Checked"), self.checked, self.checked),
            (tr("Tags, any of"), self.tags["tags"], self.tags["tags"]),
            (tr("Tags, all of"), self.tags["all_tags"], self.tags["all_tags"]),
            (tr("Tags, none of"), self.tags["no_tags"], self.tags["no_tags"]),
            (tr("Flags"), self.flags, self.flags),
            (tr("Text contains"), self.text, self.text),
            (tr("File name"), self.name, self.name),
            (tr("Overlap"), self.iou, self.iou.slider),
        ]
        self._cells = [(row_label(title, buddy, _LABEL_PX), control) for title, control, buddy in cells]
        self.body_layout.addLayout(grid)
        self.set_columns(_COLUMNS)

    def _limits(self, name: str) -> QWidget:
        holder = QWidget()
        least, greatest = self.limits[f"{name}_min_px"], self.limits[f"{name}_max_px"]
        holder.setLayout(tight_row(least, row_label(tr("to"), None, 0), greatest, 1))
        return holder

    def _connect(self) -> None:
        signals = [
            self.iou.value_changed,
            self.has_labels.currentIndexChanged,
            self.checked.currentIndexChanged,
            *(line.textChanged for line in (self.flags, *self.tags.values(), self.text, self.name)),
            *(spin.valueChanged for spin in self.limits.values()),
        ]
        for signal in signals:
            signal.connect(self._on_changed)

    def _on_changed(self, *_: object) -> None:
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        count = set_count(self.values())
        self.set_count(tr("{count} set", count=count) if count else "")

    def _line(self, name: str, example: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(name)
        line.setPlaceholderText(example)
        line.setMinimumWidth(140)
        return line


def _listed(line: QLineEdit) -> list[str] | None:
    """Return the names between commas in a field; None where there are none."""
    return [name.strip() for name in line.text().split(",") if name.strip()] or None
