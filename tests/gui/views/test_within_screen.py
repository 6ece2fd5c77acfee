"""Windows on a screen with few pixels, as a large scale leaves them."""

from __future__ import annotations

from collections.abc import Callable

from qtpy.QtCore import QPoint, QRect, QSize
from qtpy.QtWidgets import QApplication, QDialog, QPushButton

from anylabeling.config import Config
from anylabeling.views.dialogs.performance_settings import PerformanceSettingsDialog
from anylabeling.views.dialogs.settings import SettingsDialog
from anylabeling.views.dialogs.shortcuts import ShortcutsDialog
from anylabeling.views.dialogs.statistics import StatisticsDialog
from anylabeling.views.main_window import MainWindow
from anylabeling.views.widgets.within_screen import resize_within_screen, room_on_screen

SMALL = QSize(803, 472)
"""What a display of 1280x800 has room for at a scale of 1.5, less the frame of a window."""


def test_a_window_is_never_larger_than_its_screen(window: MainWindow) -> None:
    dialog = QDialog(window)
    resize_within_screen(dialog, 300, 200, least=(100, 80))
    assert (dialog.size(), dialog.minimumSize()) == (QSize(300, 200), QSize(100, 80))
    resize_within_screen(dialog, 30_000, 30_000, least=(20_000, 20_000))
    screen = QApplication.primaryScreen()
    assert screen is not None
    assert dialog.size() == dialog.minimumSize() == room_on_screen(dialog)
    assert screen.availableGeometry().contains(QRect(screen.availableGeometry().topLeft(), dialog.size()))


def test_dialogs_keep_their_buttons_on_a_small_screen(window: MainWindow, show: Callable[[QDialog], QDialog]) -> None:
    config = Config({})
    dialogs = [
        StatisticsDialog(window),
        SettingsDialog(config, window),
        PerformanceSettingsDialog(config, window),
        ShortcutsDialog(window, window.actions),
    ]
    ends: list[bool] = []
    for dialog in dialogs:
        dialog.resize(SMALL)
        show(dialog)
        assert dialog.size() == SMALL  # nothing in it asks for more
        ends += [
            dialog.rect().contains(QRect(button.mapTo(dialog, QPoint(0, 0)), button.size()))
            for button in dialog.findChildren(QPushButton)
            if button.isVisible() and button.text().replace("&", "") in ("Close", "Export CSV")
        ]
    assert ends == [True] * len(dialogs)


def test_a_window_comes_back_where_it_was_left(window: MainWindow, show: Callable[[QDialog], QDialog]) -> None:
    first = StatisticsDialog(window)
    show(first)
    assert first.size() == QSize(760, 640)
    first.resize(900, 500)
    first.move(120, 90)
    QApplication.processEvents()
    first.close()
    again = StatisticsDialog(window)
    show(again)
    assert again.size() == QSize(900, 500)
    assert again.pos() == first.pos()
    other = ShortcutsDialog(window, window.actions)
    assert other.size() == QSize(520, 640)  # each has a place of its own


def test_what_was_left_on_a_large_screen_fits_on_a_small_one(
    window: MainWindow, show: Callable[[QDialog], QDialog]
) -> None:
    first = StatisticsDialog(window)
    show(first)
    first.resize(20_000, 20_000)
    first.close()
    again = StatisticsDialog(window)
    show(again)
    screen = QApplication.primaryScreen()
    assert screen is not None
    assert screen.availableGeometry().contains(again.geometry())
