"""The file list scrolls by moving what is there: only rows that come into sight are painted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from qtpy.QtCore import QPoint, QRect, QStringListModel
from qtpy.QtGui import QImage, QPainter
from qtpy.QtWidgets import QApplication, QWidget

from anylabeling.views.theme import ROW_PX, apply_theme
from anylabeling.views.widgets.row_delegate import RowDelegate
from anylabeling.views.widgets.virtual_list import VirtualList


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    bits: Any = image.constBits()
    bits.setsize(image.sizeInBytes())
    return np.frombuffer(bits, np.uint8).reshape(image.height(), image.width(), 4)[..., :3].copy()


def on_screen(widget: QWidget) -> np.ndarray:
    """Return what the screen shows of a widget, not what it would paint now."""
    screen = widget.screen()
    assert screen is not None
    window = widget.window()
    at = widget.mapTo(window, widget.rect().topLeft())
    return pixels(screen.grabWindow(int(window.winId()), at.x(), at.y(), widget.width(), widget.height()).toImage())


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_row_further_paints_few_rows_and_shows_what_painting_all_would(
    qapp: QApplication, show: Callable[[Any], Any], wait_for, monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    apply_theme(qapp, theme)
    rows: list[QRect] = []
    paint = RowDelegate.paint

    def count(self: RowDelegate, painter: QPainter | None, option: Any, index: Any) -> None:
        rows.append(QRect(option.rect))
        paint(self, painter, option, index)

    monkeypatch.setattr(RowDelegate, "paint", count)
    view = VirtualList("Files", QStringListModel([f"picture {number}.jpg" for number in range(200)]))
    view.resize(300, 12 * ROW_PX)
    show(view)
    model, viewport = view.model(), view.viewport()
    assert model is not None
    assert viewport is not None
    for row in range(30):
        rows.clear()
        view.setCurrentIndex(model.index(row, 0))
        view.scrollTo(model.index(row, 0))
        wait_for(lambda: rows)
        qapp.processEvents()
        assert row < 2 or len(rows) <= 4
    wait_for(lambda: np.array_equal(on_screen(viewport), pixels(viewport.grab().toImage())))


def test_below_the_last_row_is_the_colour_of_the_list(qapp: QApplication, show: Callable[[Any], Any]) -> None:
    apply_theme(qapp, "light")
    view = VirtualList("Files", QStringListModel(["a.jpg"]))
    view.resize(300, 12 * ROW_PX)
    show(view)
    viewport = view.viewport()
    assert viewport is not None
    below = pixels(viewport.grab().toImage())[2 * ROW_PX :]
    assert (below == 255).all()


def test_the_current_row_stays_in_sight_while_the_list_gets_less_room_and_more(
    qapp: QApplication, show: Callable[[Any], Any]
) -> None:
    view = VirtualList("Files", QStringListModel([f"{number}.jpg" for number in range(200)]))
    view.resize(300, 12 * ROW_PX)
    show(view)
    model, viewport = view.model(), view.viewport()
    assert model is not None
    assert viewport is not None
    last = model.index(199, 0)
    view.setCurrentIndex(last)
    view.scrollTo(last)
    for rows in (2, 7, 12):
        view.resize(300, rows * ROW_PX)
        qapp.processEvents()
        assert viewport.rect().contains(view.visualRect(last)), rows
    view.scrollToTop()
    view.resize(300, 4 * ROW_PX)
    qapp.processEvents()
    assert view.indexAt(QPoint(2, 2)).row() == 0, "who has scrolled away is left there"
