"""The body of a window that is scrolled where the screen is too small for it, and only there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from qtpy.QtCore import QPoint, QPointF, QSize, Qt
from qtpy.QtGui import QWheelEvent
from qtpy.QtWidgets import QApplication, QDialog, QLabel, QPlainTextEdit, QPushButton, QSpinBox, QVBoxLayout, QWidget

from anylabeling.views.widgets import scroll_where_small
from anylabeling.views.widgets.scroll_where_small import ScrollWhereSmall

Show = Callable[[QDialog], QDialog]


def make(rows: int) -> tuple[QDialog, ScrollWhereSmall, list[QSpinBox]]:
    """Return a dialog of so many numbers, a text that wraps and one that may be of any height, above a button."""
    page = QWidget()
    column = QVBoxLayout(page)
    numbers = [QSpinBox() for _ in range(rows)]
    for number in numbers:
        column.addWidget(number)
    note = QLabel("words that go on " * 20)
    note.setWordWrap(True)
    column.addWidget(note)
    column.addWidget(QPlainTextEdit())
    dialog = QDialog()
    layout = QVBoxLayout(dialog)
    body = ScrollWhereSmall(page)
    layout.addWidget(body, 1)
    layout.addWidget(QPushButton("Close"))
    return dialog, body, numbers


def reach(body: ScrollWhereSmall) -> int:
    bar = body.verticalScrollBar()
    assert bar is not None
    return bar.maximum()


def test_nothing_scrolls_where_there_is_room_for_the_least(show: Show) -> None:
    dialog, body, _numbers = make(4)
    show(dialog)
    dialog.resize(400, 10)  # as low as it may become
    QApplication.processEvents()
    assert dialog.height() > 150
    assert reach(body) == 0


def test_a_small_screen_scrolls_and_the_wheel_changes_no_number(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scroll_where_small, "room_on_screen", lambda _window: QSize(500, 200))
    dialog, body, numbers = make(20)
    show(dialog)
    dialog.resize(400, 10)
    QApplication.processEvents()
    assert dialog.minimumSizeHint().height() <= 200
    assert reach(body) > 100
    button = dialog.findChild(QPushButton)
    assert button is not None
    assert dialog.rect().contains(button.geometry())
    place = numbers[3].rect().center()
    wheel = QWheelEvent(
        QPointF(place), QPointF(numbers[3].mapToGlobal(place)), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(numbers[3], wheel)
    assert numbers[3].value() == 0


def test_what_grows_later_is_taken_into_account(show: Show) -> None:
    dialog, body, numbers = make(2)
    show(dialog)
    least = dialog.minimumSizeHint().height()
    numbers[0].setMinimumHeight(120)
    QApplication.processEvents()
    assert dialog.minimumSizeHint().height() > least + 60
    assert reach(body) == 0
