"""The command palette: found by a few letters, run by Return, never in the way."""

from __future__ import annotations

import pytest
from qtpy.QtCore import Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication

from anylabeling.views.actions import ACTION_ROWS
from anylabeling.views.dialogs.command_palette import CommandPalette, match
from anylabeling.views.main_window import MainWindow


def titles(palette: CommandPalette) -> list[str]:
    items = (palette.tree.topLevelItem(row) for row in range(palette.tree.topLevelItemCount()))
    return [item.text(0) for item in items if item is not None]


@pytest.fixture
def palette(window: MainWindow) -> CommandPalette:
    opened = CommandPalette(window, window.actions, [])
    opened.open_over(window)
    return opened


def test_every_action_but_itself_is_listed(window: MainWindow, palette: CommandPalette) -> None:
    assert len(titles(palette)) == len(ACTION_ROWS) - 1
    assert palette.geometry().width() <= window.width()
    palette.close()


def test_typing_narrows_and_return_runs(window: MainWindow, palette: CommandPalette) -> None:
    ran: list[bool] = []
    window.actions["open_dir"].triggered.connect(lambda: ran.append(True))
    QTest.keyClicks(palette.search, "fold op")
    assert titles(palette)[0] == "Open Folder"
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert ran == [True]
    again = CommandPalette(window, window.actions, ["quit"])
    assert titles(again)[0] == "Quit"  # what was run last stands first
    again.close()


def test_arrows_move_and_escape_closes(palette: CommandPalette) -> None:
    first = palette.tree.currentItem()
    QTest.keyClick(palette.search, Qt.Key.Key_Down)
    assert palette.tree.currentItem() is not first
    QTest.keyClick(palette.search, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_what_cannot_be_done_now_stands_last_and_does_not_run(window: MainWindow, palette: CommandPalette) -> None:
    ran: list[bool] = []
    window.actions["zoom_in"].triggered.connect(lambda: ran.append(True))
    QTest.keyClicks(palette.search, "zoom in")
    assert titles(palette)[0] == "Zoom In"
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert ran == []
    assert palette.isVisible()
    QTest.keyClicks(palette.search, " and nothing else")
    assert titles(palette) == []
    assert palette.nothing.isVisible()
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    palette.close()


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [("fit", "Fit to Window", "Profit"), ("dark", "Dark", "Window in the Dark"), ("oif", "Open Image File", "Quit")],
)
def test_the_best_match_comes_first(typed: str, better: str, worse: str) -> None:
    best, other = match(typed, better, "View"), match(typed, worse, "View")
    assert best >= 0
    assert other == -1 or best < other


def test_the_menu_counts_too() -> None:
    assert match("theme dark", "Dark", "View > Theme") >= 0
    assert match("help dark", "Dark", "View > Theme") == -1
