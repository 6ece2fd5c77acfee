"""The file list: 100,000 rows, search, marks, the filter chip, mouse and keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from qtpy.QtCore import Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication

from anylabeling.utils.narrowing import Narrowing
from anylabeling.views.docks.file_dock import FileDock, FileState
from anylabeling.views.widgets.row_delegate import MARK_ROLE

MANY = [f"/data/street/{number // 1000:03}/IMG_{number:06}.jpg" for number in range(100_000)]
LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def dock(qapp: QApplication, show: Callable[[FileDock], FileDock]) -> FileDock:
    dock = FileDock()
    dock.resize(300, 500)
    return show(dock)


def click_row(dock: FileDock, row: int) -> None:
    place = dock.view.visualRect(dock.model.index(row)).center()
    QTest.mouseClick(dock.view.viewport(), LEFT, NO_KEYS, place)


def test_a_hundred_thousand_images_are_listed_and_searched(dock: FileDock, qapp: QApplication) -> None:
    dock.set_images(MANY, "/data/street")
    qapp.processEvents()
    assert dock.model.rowCount() == 100_000
    assert dock.count_text() == "100,000"
    dock.set_current(MANY[70_000])
    for text in ("i", "im", "IMG_0999", "", "IMG_0999"):
        dock.search.setText(text)
        qapp.processEvents()
    assert dock.visible_paths() == [path for path in MANY if "IMG_0999" in path]
    assert dock.count_text() == "100 / 100,000"


def test_search_ignores_case_and_looks_below_the_folder_only(dock: FileDock) -> None:
    dock.set_images(["/street/a/Bus.JPG", "/street/b/car.png"], "/street")
    told: list[str] = []
    dock.search_changed.connect(told.append)
    dock.search.setFocus()
    QTest.keyClicks(dock.search, "bus")
    assert dock.visible_paths() == ["/street/a/Bus.JPG"]
    assert told == ["b", "bu", "bus"]
    dock.search.setText("street")
    assert dock.visible_paths() == []
    assert dock.message.isVisible()
    assert dock.message.text() == "No image matches."
    QTest.keyClick(dock.search, Qt.Key.Key_Escape)
    assert len(dock.visible_paths()) == 2


def test_a_click_chooses_an_image_and_showing_it_does_not(dock: FileDock) -> None:
    chosen: list[str] = []
    dock.image_chosen.connect(chosen.append)
    dock.set_images(MANY[:50], "/data/street")
    dock.set_current(MANY[3])
    assert chosen == []
    assert dock.view.currentIndex().row() == 3
    click_row(dock, 5)
    QTest.keyClick(dock.view, Qt.Key.Key_Down)
    assert chosen == [MANY[5], MANY[6]]


def test_the_current_image_is_scrolled_to_and_survives_a_search(dock: FileDock, qapp: QApplication) -> None:
    chosen: list[str] = []
    dock.set_images(MANY, "/data/street")
    dock.image_chosen.connect(chosen.append)
    dock.set_current(MANY[70_000])
    qapp.processEvents()
    assert dock.view.viewport().rect().contains(dock.view.visualRect(dock.view.currentIndex()).center())
    dock.search.setText("070")
    assert dock.model.path(dock.view.currentIndex().row()) == MANY[70_000]
    dock.search.setText("IMG_000001")
    assert not dock.view.currentIndex().isValid()
    dock.search.clear()
    assert dock.model.path(dock.view.currentIndex().row()) == MANY[70_000]
    assert chosen == []


def test_keys_lead_from_the_search_to_an_image(dock: FileDock) -> None:
    chosen: list[str] = []
    dock.set_images(MANY[:100], "/data/street")
    dock.image_chosen.connect(chosen.append)
    dock.focus_search()
    QTest.keyClicks(dock.search, "00004")
    QTest.keyClick(dock.search, Qt.Key.Key_Return)
    assert chosen == [MANY[4]]
    QTest.keyClick(dock.search, Qt.Key.Key_Down)
    assert dock.view.hasFocus()
    QTest.keyClick(dock.view, Qt.Key.Key_Down)
    assert chosen == [MANY[4], MANY[40]]


def test_marks_follow_the_states_and_stay_when_images_are_added(dock: FileDock) -> None:
    dock.set_images(MANY[:3], "/data/street")
    dock.set_states({MANY[0]: FileState.LABELLED, "/elsewhere.jpg": FileState.FAILED})
    dock.set_state(MANY[1], FileState.FAILED)
    dock.append_images(MANY[3:6])
    dock.set_images(MANY[:8], "/data/street")
    marks = [dock.model.index(row).data(MARK_ROLE)[0] for row in range(8)]
    assert marks == ["check", "warning", "", "", "", "", "", ""]
    assert dock.model.index(0).data(Qt.ItemDataRole.ToolTipRole) == MANY[0]
    assert dock.model.index(0).data() == "IMG_000000.jpg"


def test_images_that_come_while_a_search_is_on_are_searched_too(dock: FileDock) -> None:
    dock.set_images(["/d/a1.jpg"], "/d")
    dock.search.setText("a")
    dock.append_images(["/d/b1.jpg", "/d/a2.jpg"])
    assert dock.visible_paths() == ["/d/a1.jpg", "/d/a2.jpg"]
    assert dock.count_text() == "2 / 3"


def test_a_filter_shows_a_chip_that_clears_it(dock: FileDock) -> None:
    wishes: list[bool] = []
    dock.clear_filter_requested.connect(lambda: wishes.append(True))
    dock.set_images(MANY[:100], "/data/street")
    assert not dock.chip.isVisible()
    dock.set_narrowed([MANY[9], MANY[2]])
    assert dock.chip.isVisible()
    # In the order of the filter, which may have sorted its matches.
    assert dock.visible_paths() == [MANY[9], MANY[2]]
    assert dock.count_text() == "2 / 100"
    assert dock.chip_label.text() == "2 of 100 ·"
    assert dock.clear_button.text() == "Clear Filter"
    QTest.mouseClick(dock.clear_button, LEFT)
    assert wishes == [True]
    dock.set_narrowed(None)
    assert not dock.chip.isVisible()
    assert len(dock.visible_paths()) == 100


def test_a_filter_of_images_that_are_not_all_here(dock: FileDock) -> None:
    dock.set_images(MANY[:10], "/data/street")
    dock.set_narrowed(Narrowing([MANY[7], MANY[2], MANY[20]], MANY[:30]))
    assert dock.visible_paths() == [MANY[7], MANY[2]]
    dock.append_images(MANY[10:30])
    assert dock.visible_paths() == [MANY[7], MANY[2], MANY[20]]
    assert [dock.model.row_of(path) for path in (MANY[2], MANY[20], MANY[0])] == [1, 2, None]
    dock.set_narrowed(Narrowing([MANY[20], MANY[2]], MANY[:30]))
    assert dock.visible_paths() == [MANY[20], MANY[2]]
    assert [dock.model.row_of(path) for path in (MANY[2], MANY[20], MANY[0])] == [1, 0, None]
    dock.set_state(MANY[2], FileState.CHECKED)
    assert dock.model.state(MANY[2]) is FileState.CHECKED


def test_another_folder_forgets_filter_and_marks(dock: FileDock) -> None:
    dock.set_images(MANY[:10], "/data/street")
    dock.set_narrowed(MANY[:2])
    dock.set_state(MANY[0], FileState.LABELLED)
    dock.set_images(["/other/x.jpg"], "/other")
    assert dock.visible_paths() == ["/other/x.jpg"]
    assert dock.model.state("/other/x.jpg") is FileState.NONE


def test_a_name_of_two_lines_takes_one_row(dock: FileDock) -> None:
    dock.set_images(["/d/a\nb.jpg"], "/d")
    assert dock.model.index(0).data() == "a b.jpg"
