"""The font of the window and of what is written at shapes, chosen in the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from label_desk import Desk, shape, write_labels
from qtpy.QtCore import Qt
from qtpy.QtGui import QFontDatabase, QFontInfo
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication, QLabel

from anylabeling.views.dialogs.setting_controls import FontFamilyBox
from anylabeling.views.theme import FONT_PX, apply_font

Open = Callable[..., Desk]


@pytest.fixture(autouse=True)
def usual_font(qapp: QApplication) -> Iterator[None]:
    yield
    apply_font(qapp, None)


@pytest.fixture
def other_family(qapp: QApplication) -> str:
    usual = QFontInfo(qapp.font()).family()
    database = QFontDatabase()
    latin = database.families(QFontDatabase.WritingSystem.Latin)
    others = [family for family in latin if family != usual and "Mono" in family and database.isScalable(family)]
    if not others:
        pytest.skip("there is no other font here")
    return others[0]


def plates(desk: Desk) -> tuple[float, float]:
    return desk.canvas.canvas_style.plate_size("a rather long label, iii")


def test_a_font_is_chosen_in_the_settings_and_counts_at_once(
    open_desk: Open, folder: Path, other_family: str, qapp: QApplication
) -> None:
    write_labels(folder / "00.jpg", shape("iiiiiiiiii", 20, 60))
    desk = open_desk()
    usual, width, shown = qapp.font().family(), plates(desk), desk.canvas.grab().toImage()
    desk.window.actions["settings"].trigger()
    dialog = desk.dialog("SettingsDialog")
    box = dialog.rows["font_family"].control
    assert isinstance(box, FontFamilyBox)
    assert box.count() == 1  # looking for fonts waits until somebody wants one
    dialog.activateWindow()
    box.setFocus()
    desk.wait_for(box.hasFocus)
    assert box.findData(other_family) > 0
    before = box.currentIndex()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentIndex() == before + 1
    assert desk.program.settings.config["font_family"] == box.itemData(before + 1)
    box.setCurrentIndex(box.findData(other_family))
    box.activated.emit(box.currentIndex())
    assert desk.program.settings.config["font_family"] == other_family
    assert (qapp.font().family(), qapp.font().pixelSize()) == (other_family, FONT_PX)
    headings = [one for one in dialog.findChildren(QLabel) if one.property("heading")]
    assert {one.font().family() for one in headings} == {other_family}
    assert all(one.font().bold() or one.font().weight() > 50 for one in headings)
    assert plates(desk) != width
    desk.wait_for(lambda: desk.canvas.grab().toImage() != shown)
    dialog.rows["font_family"].reset_button.click()
    assert qapp.font().family() == usual
    assert plates(desk) == width


def test_a_font_that_is_not_here_is_said_and_the_usual_one_used(open_desk: Open, qapp: QApplication) -> None:
    usual = qapp.font().family()
    desk = open_desk(font_family="No Such Sans")
    assert qapp.font().family() == usual
    assert "There is no font No Such Sans here." in desk.notices()
    desk.window.actions["settings"].trigger()
    box = desk.dialog("SettingsDialog").rows["font_family"].control
    assert box.currentText() == "No Such Sans"  # the setting is not lost by looking at it
    box.fill()
    assert box.value() == "No Such Sans"
