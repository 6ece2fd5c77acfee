"""Fields for the attributes of an object, made from the schema of its label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qtpy.QtCore import Qt
from qtpy.QtGui import QDoubleValidator
from qtpy.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QLineEdit, QWidget

from anylabeling.document.attributes import AttributeKind, AttributeSpec
from anylabeling.translation import tr

_NOTHING = "–"
_PLAIN_LIMIT = 15


class AttributeForm(QWidget):
    """One row for each attribute. Values that the schema does not know are shown as they are and kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._specs: tuple[AttributeSpec, ...] = ()
        self._kept: dict[str, Any] = {}
        self.fields: dict[str, QWidget] = {}
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setSpacing(8)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Take the values of an object; ``set_specs`` shows them."""
        self._kept = dict(values)
        self._specs = ()

    def set_specs(self, specs: Sequence[AttributeSpec]) -> None:
        """Show the attributes of a label, with what was filled in for those that stay."""
        wanted = tuple(specs)
        if wanted == self._specs and self.fields:
            return
        self._kept = self.values()
        while self._form.rowCount():
            self._form.removeRow(0)
        self.fields = {}
        self._specs = wanted
        for spec in wanted:
            field = _field(spec, self._kept.get(spec.name, spec.default))
            field.setAccessibleName(spec.name)
            name = QLabel(spec.name)
            name.setTextFormat(Qt.TextFormat.PlainText)
            name.setBuddy(field)
            self._form.addRow(name, field)
            self.fields[spec.name] = field
        self.setVisible(bool(wanted))

    def names(self) -> list[QWidget]:
        """Return what stands before the fields."""
        labels = (self._form.labelForField(field) for field in self.fields.values())
        return [label for label in labels if label is not None]

    def values(self) -> dict[str, Any]:
        """Return the values that are filled in, and those that the schema does not know."""
        found = dict(self._kept)
        for spec in self._specs:
            field = self.fields.get(spec.name)
            if field is None:
                continue
            value = _value(spec, field, self._kept.get(spec.name))
            if value is None:
                found.pop(spec.name, None)
            else:
                found[spec.name] = value
        return found

    def problem(self) -> str:
        """Return what is wrong with a field in a sentence, or an empty text."""
        for spec in self._specs:
            field = self.fields.get(spec.name)
            if spec.kind is AttributeKind.NUMBER and isinstance(field, QLineEdit) and field.text().strip():
                number = _number(field.text())
                if number is None or not spec.accepts(number):
                    return tr("{name} must be {range}.", name=spec.name, range=_range_text(spec))
        return ""

    def has_values(self) -> bool:
        """Whether the object had values of its own."""
        return bool(self._kept)


def _field(spec: AttributeSpec, value: object) -> QWidget:
    if spec.kind is AttributeKind.CHECK:
        box = QCheckBox()
        box.setTristate(value is None)
        box.setCheckState(_check_state(value))
        return box
    if spec.kind is AttributeKind.CHOICE:
        choices = QComboBox()
        choices.addItem(_NOTHING)
        choices.addItems(spec.choices)
        if isinstance(value, str) and value and value not in spec.choices:
            choices.addItem(value)  # somebody else's value is neither lost nor hidden
        choices.setCurrentText(value if isinstance(value, str) and value else _NOTHING)
        choices.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choices.setMinimumContentsLength(10)
        return choices
    line = QLineEdit("" if value is None else _shown(value))
    if spec.kind is AttributeKind.NUMBER:
        line.setValidator(QDoubleValidator(line))
        line.setPlaceholderText(_range_text(spec))
    return line


def _value(spec: AttributeSpec, field: QWidget, before: object) -> object:
    if isinstance(field, QCheckBox):
        state = field.checkState()
        return None if state == Qt.CheckState.PartiallyChecked else state == Qt.CheckState.Checked
    if isinstance(field, QComboBox):
        return None if field.currentText() == _NOTHING else field.currentText()
    assert isinstance(field, QLineEdit)
    text = field.text()
    if before is not None and text == _shown(before):
        return before
    if not text.strip():
        return None
    return _number(text) if spec.kind is AttributeKind.NUMBER else text


def _check_state(value: object) -> Qt.CheckState:
    if value is None:
        return Qt.CheckState.PartiallyChecked
    on = value is True or (isinstance(value, str) and value.casefold() in ("true", "yes", "1"))
    return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked


def _number(text: str) -> int | float | None:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    if number.is_integer() and abs(number) < 10**_PLAIN_LIMIT:
        return int(number)
    return number


def _shown(value: object) -> str:
    return value if isinstance(value, str) else str(value)


def _range_text(spec: AttributeSpec) -> str:
    least, greatest = (None if bound is None else f"{bound:g}" for bound in (spec.least, spec.greatest))
    if least is not None and greatest is not None:
        return tr("a number from {least} to {greatest}", least=least, greatest=greatest)
    if least is not None:
        return tr("a number, at least {least}", least=least)
    return tr("a number, at most {greatest}", greatest=greatest) if greatest is not None else tr("a number")
