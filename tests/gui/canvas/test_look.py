"""How the picture is shown: tone, grid, navigator; its pixels stay what they are."""

from __future__ import annotations

import numpy as np
import pytest
from mouse import move_mouse
from qtpy.QtCore import QPoint, QPointF, Qt
from qtpy.QtGui import QColor, QImage, QPainter
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication

from anylabeling.qt.image_convert import map_values, qimage_from_bgra
from anylabeling.views.canvas.canvas import Canvas
from anylabeling.views.canvas.grid import paint_grid
from anylabeling.views.canvas.navigator import Navigator
from anylabeling.views.canvas.tone import Tone
from anylabeling.views.canvas.viewport import Viewport
from anylabeling.views.dialogs.look import LookDialog


@pytest.fixture
def shown(qapp: QApplication) -> Canvas:
    canvas = Canvas()
    canvas.resize(400, 300)
    pixels = np.full((300, 400, 4), (40, 100, 200, 255), np.uint8)
    pixels[:, 200:] = (100, 100, 100, 255)
    canvas.set_image(qimage_from_bgra(pixels), image_id=1)
    canvas.fit_window()
    canvas.show()
    QTest.qWaitForWindowExposed(canvas)
    return canvas


def seen(canvas: Canvas, x: int, y: int) -> tuple[int, int, int]:
    at = canvas.to_widget(QPointF(x, y))
    color = QColor(canvas.grab().toImage().pixel(QPoint(round(at.x()), round(at.y()))))
    return color.red(), color.green(), color.blue()


def test_tone_changes_what_is_seen_and_comes_back(shown: Canvas) -> None:
    before = seen(shown, 100, 150)
    shown.set_tone(Tone(brightness=0.2))
    brighter = seen(shown, 100, 150)
    assert all(after == min(255, value + 51) for value, after in zip(before, brighter, strict=True))
    shown.set_tone(Tone(contrast=-1.0))
    assert seen(shown, 100, 150) == seen(shown, 300, 150)
    shown.set_tone(Tone())
    assert seen(shown, 100, 150) == before
    shown.close()


def test_gamma_lifts_the_middle_and_leaves_the_ends() -> None:
    table = Tone(gamma=2.0).table()
    assert table[0] == 0
    assert table[255] == 255
    assert table[64] == pytest.approx(128, abs=1)
    assert np.array_equal(Tone().table(), np.arange(256))


def test_the_given_pixels_are_not_touched(shown: Canvas) -> None:
    pixels = np.full((50, 50, 4), 77, np.uint8)
    pixels.setflags(write=False)
    shown.set_image(qimage_from_bgra(pixels), image_id=2)
    shown.set_tone(Tone(brightness=0.5))
    shown.grab()
    assert (pixels == 77).all()
    image = QImage(33, 7, QImage.Format.Format_RGB32)
    image.fill(QColor(10, 20, 30))
    map_values(image, Tone(brightness=0.1).table())
    assert QColor(image.pixel(32, 6)).red() == 36  # 10 and a tenth of 255
    shown.close()


def test_the_grid_lies_on_whole_steps_and_thins_out(shown: Canvas) -> None:
    plain = seen(shown, 64, 150)
    shown.set_grid(64)
    assert seen(shown, 64, 150) != plain
    assert seen(shown, 96, 150) == plain
    shown.set_grid(2)
    rows = shown.grab().toImage()
    y = round(shown.to_widget(QPointF(0, 151)).y())
    colors = {rows.pixel(x, y) for x in range(20, 100)}
    assert len(colors) > 1  # lines, and picture between them
    shown.set_grid(0)
    assert seen(shown, 64, 150) == plain
    shown.close()


@pytest.mark.parametrize("grey", [0, 110, 128, 255])
def test_the_grid_is_seen_on_any_ground(qapp: QApplication, grey: int) -> None:
    view = Viewport()
    view.set_image_size(64, 64)
    view.set_widget_size(64, 64)
    view.fit_window()
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(QColor(grey, grey, grey))
    painter = QPainter(image)
    paint_grid(painter, view, 16)
    painter.end()
    x = round(view.to_widget(QPointF(16, 0)).x())
    seen_there = {QColor(image.pixel(x, y)).red() for y in range(20, 44)}
    assert max(abs(value - grey) for value in seen_there) > 40


def test_the_navigator_is_there_while_the_picture_is_cut_off_and_goes_where_one_clicks(shown: Canvas) -> None:
    navigator = Navigator(shown)
    navigator.set_wanted(True)
    assert not navigator.isVisible()
    shown.set_zoom(4.0)
    assert navigator.isVisible()
    QTest.mouseClick(
        navigator, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        QPoint(navigator.width() * 3 // 4, navigator.height() // 4),
    )  # fmt: skip
    middle = shown.to_image(QPointF(shown.rect().center()))
    assert middle.x() == pytest.approx(300, abs=5)
    assert middle.y() == pytest.approx(75, abs=5)
    picture = navigator.grab().toImage()
    assert picture.pixel(navigator.width() * 3 // 4, navigator.height() // 4) != picture.pixel(
        3, navigator.height() - 4
    )
    shown.fit_window()
    assert not navigator.isVisible()
    shown.close()


def test_the_dialog_says_what_its_sliders_say(qapp: QApplication) -> None:
    dialog = LookDialog(None, Tone(0.1, -0.2, 1.0), 0.18, False, 64)
    tones: list[Tone] = []
    opacities: list[float] = []
    grids: list[tuple[bool, int]] = []
    dialog.tone_changed.connect(tones.append)
    dialog.opacity_changed.connect(opacities.append)
    dialog.grid_changed.connect(lambda on, size: grids.append((on, size)))
    assert dialog.tone() == Tone(0.1, -0.2, 1.0)
    QTest.keyClick(dialog.brightness, Qt.Key.Key_Right)
    QTest.keyClick(dialog.opacity, Qt.Key.Key_PageUp)
    QTest.keyClick(dialog.grid, Qt.Key.Key_Space)
    assert tones == [Tone(0.11, -0.2, 1.0)]
    assert opacities == [0.28]
    assert grids == [(True, 64)]
    dialog.reset()
    assert tones[-1] == Tone()
    dialog.close()


def test_saturation_moves_colours_from_their_grey_and_leaves_grey_alone(shown: Canvas) -> None:
    red, green, blue = seen(shown, 100, 150)
    grey = round(0.299 * red + 0.587 * green + 0.114 * blue)
    shown.set_tone(Tone(saturation=-1.0))
    assert seen(shown, 100, 150) == pytest.approx((grey, grey, grey), abs=1)
    assert seen(shown, 300, 150) == (100, 100, 100)
    shown.set_tone(Tone(saturation=0.1))
    wanted = tuple(min(255, round(grey + 1.3 * (value - grey))) for value in (red, green, blue))
    assert seen(shown, 100, 150) == pytest.approx(wanted, abs=1)
    shown.set_tone(Tone(brightness=0.2, saturation=-1.0))
    assert seen(shown, 300, 150) == (151, 151, 151)
    shown.close()


def test_the_crosshair_is_as_strong_as_wanted_and_only_where_it_is_wanted(shown: Canvas) -> None:
    shown.set_crosshair(True)
    shown.marks.set_crosshair(QColor("white"), 1, 0.5, ["rectangle"])
    plain = seen(shown, 350, 150)
    for tool, expected in (("polygon", 100), ("rectangle", 178)):
        shown.set_tool(tool)
        move_mouse(shown, shown.to_widget(QPointF(220, 150)).toPoint())
        assert seen(shown, 350, 150)[0] == pytest.approx(expected, abs=2), tool
    assert plain == (100, 100, 100)
    shown.close()


def test_the_small_picture_has_pixels_of_its_own_even_where_it_is_not_smaller(qapp: QApplication) -> None:
    pixels = np.full((90, 180, 4), (40, 100, 200, 255), np.uint8)
    canvas = Canvas()
    canvas.set_image(qimage_from_bgra(pixels), image_id=1)
    small = canvas.background.small_image(180)
    pixels[:] = 0  # what happens to memory that is given back
    assert (small.width(), QColor(small.pixel(9, 9)).red()) == (180, 200)
