"""The performance settings: one row per setting, changes told at once, what differs is marked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from qtpy.QtCore import Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication, QLabel, QLineEdit, QSpinBox, QToolButton

from anylabeling.config import SETTINGS, Config
from anylabeling.messages.diagnostics import LiveFigures
from anylabeling.messages.filtering import CacheStats
from anylabeling.views.dialogs.performance_settings import PerformanceSettingsDialog

LEFT = Qt.MouseButton.LeftButton
BATCH, CACHE = "performance.batch_size", "performance.image_cache_size_mb"


@pytest.fixture
def dialog(show: Callable[[PerformanceSettingsDialog], PerformanceSettingsDialog]) -> PerformanceSettingsDialog:
    return show(PerformanceSettingsDialog(Config()))


def changes(dialog: PerformanceSettingsDialog) -> list[tuple[str, object]]:
    told: list[tuple[str, object]] = []
    dialog.setting_changed.connect(lambda key, value: told.append((key, value)))
    return told


def test_every_performance_setting_has_a_row_with_its_value(dialog: PerformanceSettingsDialog) -> None:
    assert set(dialog.rows) == {key for key in SETTINGS if key.startswith("performance.")} == set(dialog.keys())
    for key, row in dialog.rows.items():
        assert row.value() == Config()[key]
        assert row.control.accessibleName()
    assert not dialog.reset_button.isEnabled()


def test_a_change_is_told_marked_and_taken_back(dialog: PerformanceSettingsDialog) -> None:
    told = changes(dialog)
    row = dialog.rows[BATCH]
    QTest.keyClick(row.control, Qt.Key.Key_Up)
    assert told == [(BATCH, 5)]
    assert row.mark.isVisible()
    assert row.reset_button.toolTip() == "Reset to the default: 4 images"
    assert dialog.reset_button.isEnabled()
    QTest.mouseClick(row.reset_button, LEFT)
    assert told[-1] == (BATCH, 4)
    assert not row.mark.isVisible()


def test_the_cache_can_be_off_and_a_value_beyond_the_offer_is_kept(dialog: PerformanceSettingsDialog) -> None:
    told = changes(dialog)
    control = dialog.rows[CACHE].control
    assert isinstance(control, QSpinBox)
    dialog.set_values(Config({CACHE: 0}))
    assert control.text() == "off"
    dialog.set_values(Config({CACHE: 8192}))
    assert dialog.rows[CACHE].value() == 8192
    dialog.set_values(Config({CACHE: 64}))
    assert dialog.rows[CACHE].value() == 64
    assert told == []
    dialog.set_values(Config())
    dialog.pages.setCurrentRow(2)
    control.setFocus()
    QTest.keyClick(control, Qt.Key.Key_Home)
    for _ in range(8):
        QTest.keyClick(control, Qt.Key.Key_Down)
    assert told[-1] == (CACHE, 0)
    assert all(value == 0 or value >= 128 for _, value in told)  # type: ignore[operator]


def test_pages_by_key_and_reset(dialog: PerformanceSettingsDialog) -> None:
    wishes: list[bool] = []
    dialog.reset_requested.connect(lambda: wishes.append(True))
    dialog.set_values(Config({BATCH: 9}))
    dialog.pages.setFocus()
    QTest.keyClick(dialog.pages, Qt.Key.Key_Down)
    assert dialog.stack.currentIndex() == 1
    assert dialog.rows["performance.num_worker_threads"].isVisible()
    QTest.mouseClick(dialog.reset_button, LEFT)
    assert wishes == [True]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_modules_say_why_and_how(dialog: PerformanceSettingsDialog, qapp: QApplication) -> None:
    assert dialog.pages.item(5).isHidden()
    dialog.set_module_status(
        [("Rust", "present", "1.2.0", ""), ("TensorRT", "missing", "not installed", "pip install tensorrt")]
    )
    dialog.pages.setCurrentRow(5)
    qapp.processEvents()
    texts = [label.text() for label in dialog.modules.findChildren(QLabel)]
    assert "not installed" in texts
    assert [line.text() for line in dialog.modules.findChildren(QLineEdit)] == ["pip install tensorrt"]
    QTest.mouseClick(dialog.modules.findChildren(QToolButton)[0], LEFT)
    clipboard = qapp.clipboard()
    assert clipboard is not None
    assert clipboard.text() == "pip install tensorrt"


def test_figures_are_plotted_and_said(dialog: PerformanceSettingsDialog, qapp: QApplication) -> None:
    live = dialog.live
    for step in range(80):
        live.show_figures(LiveFigures(step << 20, 100 << 20, step, step, 1, (30.0, 31.4), {"decode": 3, "infer": 1}))
    assert [figure.text() for figure in live.figures()] == ["79 of 100 MB", "99%", "31 ms", "4 images"]
    assert live.waiting.toolTip() == "decode 3, infer 1"
    assert live.decoding.accessibleName() == "Decoding: 31 ms. 31 ms on average over the latest 2"
    values, points = live.cache.plot.values(), live.cache.plot.points()
    assert len(values) == len(points) == 60
    assert values[-1] == 0.79
    assert all(0 <= point.x() <= live.cache.plot.width() for point in points)
    assert points[0].y() > points[-1].y()
    before = live.cache.plot.grab().toImage()
    live.show_figures(LiveFigures(0, 0, 0, 0, 0, (), {}))
    qapp.processEvents()
    assert [figure.text() for figure in live.figures()] == ["off", "none yet", "none yet", "nothing"]
    assert live.cache.plot.grab().toImage() != before


def test_the_result_cache_is_described(dialog: PerformanceSettingsDialog) -> None:
    dialog.set_result_cache(CacheStats(24, 1, 41, 1_258_291, True))
    assert dialog.result_cache.text() == (
        "Now kept on disk: 41 answers of the image filter, 1.2 MB; "
        "96% of 25 questions answered from there since the start."
    )
    dialog.set_result_cache(CacheStats(0, 0, 1, 80, False))
    assert "in memory: 1 answer of the image filter, 80 bytes; nothing asked" in dialog.result_cache.text()


def test_who_looks_is_told(dialog: PerformanceSettingsDialog) -> None:
    told: list[bool] = []
    dialog.shown_changed.connect(told.append)
    dialog.close()
    dialog.show()
    assert told == [False, True]


def test_nothing_is_cut_at_the_smallest_size(dialog: PerformanceSettingsDialog, qapp: QApplication) -> None:
    dialog.resize(dialog.minimumSize())
    for page in range(dialog.pages.count()):
        dialog.pages.setCurrentRow(page)
        qapp.processEvents()
        for row in dialog.rows.values():
            if row.isVisible():
                right = row.control.mapTo(dialog, row.control.rect().topRight()).x()
                assert right <= dialog.width()
    assert dialog.height() <= 720
