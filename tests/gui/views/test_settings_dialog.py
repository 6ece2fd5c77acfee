"""The settings: every kind of value can be seen, changed and given back; a search finds rows of all pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from qtpy.QtCore import Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication, QCheckBox, QColorDialog, QComboBox, QLineEdit

from anylabeling.config import SETTINGS, Config
from anylabeling.config.setting import validate
from anylabeling.views.dialogs.setting_controls import ColorButton, MappingEdit, TextListEdit
from anylabeling.views.dialogs.settings import SettingsDialog

Changes = list[tuple[str, object]]
VALUES = {
    "labels": ("person", "traffic light, red"),
    "label_flags": {"per.*": ("occluded",)},
    "canvas.crosshair_color": (255, 0, 0),
    "validate_label": "exact",
    "file_search": "IMG",
}


@pytest.fixture
def dialog(qapp: QApplication, show: Callable[[SettingsDialog], SettingsDialog]) -> SettingsDialog:
    return show(SettingsDialog(Config(VALUES)))


@pytest.fixture
def changes(dialog: SettingsDialog) -> Changes:
    found: Changes = []
    dialog.setting_changed.connect(lambda key, value: found.append((key, value)))
    return found


def test_every_value_is_shown_as_it_is(dialog: SettingsDialog) -> None:
    config = Config(VALUES)
    for key in dialog.keys():  # noqa: SIM118 - a method of its own
        row = dialog.rows[key]
        assert validate(SETTINGS[key], row.value()) == config[key], key
        assert row.is_default() == config.is_default(key), key


def test_controls_of_each_kind_tell_what_was_chosen(dialog: SettingsDialog, changes: Changes) -> None:
    box, combo, line = (dialog.rows[key].control for key in ("keep_prev", "validate_label", "file_search"))
    texts, mapping = dialog.rows["labels"].control, dialog.rows["label_flags"].control
    assert isinstance(box, QCheckBox)
    assert isinstance(combo, QComboBox)
    assert isinstance(line, QLineEdit)
    assert isinstance(texts, TextListEdit)
    assert isinstance(mapping, MappingEdit)
    assert texts.text() == '["person", "traffic light, red"]'
    box.click()
    combo.setCurrentIndex(0)
    line.clear()
    line.editingFinished.emit()
    texts.setText("bus,  car, bus")
    QTest.keyClick(texts, Qt.Key.Key_Return)
    mapping.setPlainText("bus: [full, empty]\n'car|van':\n  - parked")
    mapping.take_over()
    assert changes == [
        ("keep_prev", True),
        ("validate_label", None),
        ("file_search", None),
        ("labels", ("bus", "car")),
        ("label_flags", {"bus": ["full", "empty"], "car|van": ["parked"]}),
    ]


def test_a_mapping_that_cannot_be_understood_changes_nothing_and_is_said(
    dialog: SettingsDialog, changes: Changes
) -> None:
    row = dialog.rows["label_flags"]
    assert isinstance(row.control, MappingEdit)
    row.control.setPlainText("person: [")
    row.control.take_over()
    assert changes == []
    assert "YAML" in row.problem.text()
    row.control.setPlainText("")
    row.control.take_over()
    assert changes == [("label_flags", None)]
    assert row.problem.isHidden()


def test_colours_are_chosen_and_given_up(dialog: SettingsDialog, changes: Changes) -> None:
    button = dialog.rows["canvas.crosshair_color"].control
    assert isinstance(button, ColorButton)
    assert button.button.text() == "#ff0000"
    chooser: QColorDialog = button.choose()
    chooser.setCurrentColor(Qt.GlobalColor.blue)
    chooser.accept()
    button.none_button.click()
    assert changes == [("canvas.crosshair_color", (0, 0, 255)), ("canvas.crosshair_color", None)]


def test_a_colour_that_nobody_chose_is_named_and_one_that_was_is_shown(
    dialog: SettingsDialog, changes: Changes
) -> None:
    row = dialog.rows["shape.line_color"]
    button = row.control
    assert isinstance(button, ColorButton)
    assert (button.button.text(), button.button.icon().isNull()) == ("accent", True)
    chooser: QColorDialog = button.choose()
    chooser.setCurrentColor(Qt.GlobalColor.blue)
    chooser.accept()
    assert (button.button.text(), button.button.icon().isNull()) == ("#0000ff", False)
    assert row.reset_button.toolTip() == "Reset to the default: accent"
    row.reset_button.click()
    assert button.button.text() == "accent"
    assert changes == [("shape.line_color", (0, 0, 255, 255)), ("shape.line_color", (0, 255, 0, 128))]


def test_the_words_of_the_settings_file_are_shown_as_words_for_people(dialog: SettingsDialog) -> None:
    combo = dialog.rows["label_completion"].control
    assert isinstance(combo, QComboBox)
    assert [combo.itemText(row) for row in range(combo.count())] == ["at the start", "anywhere"]
    combo.setCurrentIndex(1)
    assert dialog.rows["label_completion"].value() == "contains"
    assert dialog.rows["label_completion"].reset_button.toolTip() == "Reset to the default: at the start"


def test_the_search_finds_rows_of_all_pages_and_resetting_takes_what_is_seen(dialog: SettingsDialog) -> None:
    asked: list[list[str]] = []
    dialog.reset_requested.connect(asked.append)
    assert dialog.rows["theme"].isVisible()
    assert not dialog.rows["labels"].isVisible()
    QTest.keyClicks(dialog.search, "crosshair colour")
    shown = [key for key, row in dialog.rows.items() if row.isVisible()]
    assert shown == ["canvas.crosshair_color"]
    dialog.reset_button.click()
    assert asked == [["canvas.crosshair_color"]]
    dialog.search.setText("nothing of that kind")
    assert dialog.nothing.isVisible()
    dialog.search.clear()
    dialog.pages.setCurrentRow(1)
    assert dialog.rows["labels"].isVisible()


def test_enter_ends_what_is_typed_and_leaves_the_window_open(dialog: SettingsDialog) -> None:
    dialog.search.setFocus()
    QTest.keyClicks(dialog.search, "font")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.close_button.setFocus()
    QTest.keyClick(dialog.close_button, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    dialog.show()
    QTest.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
