"""Zoom, pan, fit, the mouse position, dropped files."""

from __future__ import annotations

from pathlib import Path

import pytest
from canvas_desk import IMAGE_SIZE, Desk
from qtpy.QtCore import QMimeData, QPoint, QPointF, QRectF, Qt, QUrl
from qtpy.QtGui import QDragEnterEvent, QDropEvent, QImage
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication

from anylabeling.document.shape import Shape, ShapeKind

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def offset(desk: Desk) -> tuple[float, float]:
    point = desk.canvas.to_widget(QPointF(0, 0))
    return point.x(), point.y()


def test_ctrl_wheel_keeps_the_point_under_the_mouse(desk: Desk) -> None:
    told: list[float] = []
    desk.canvas.zoom_changed.connect(told.append)
    for notches in (3, 2, -4):
        at = desk.hand.at(120, 90)
        before = desk.canvas.to_image(QPointF(at))
        desk.hand.wheel(120, 90, notches, CTRL)
        after = desk.canvas.to_widget(before)
        assert (after - QPointF(at)).manhattanLength() <= 1.0
    assert told == [pytest.approx(2 * 1.25**3), pytest.approx(2 * 1.25**5), pytest.approx(2 * 1.25)]


def test_zoom_is_limited(desk: Desk) -> None:
    desk.canvas.set_zoom(1000.0)
    assert desk.canvas.zoom() == 64.0
    desk.canvas.set_zoom(0.0001)
    assert desk.canvas.zoom() == 0.01


def test_the_wheel_scrolls_down_and_with_shift_across(desk: Desk) -> None:
    desk.canvas.set_zoom(8.0)
    x, y = offset(desk)
    desk.hand.wheel(200, 150, -1)
    assert offset(desk) == (x, y - 80)
    desk.hand.wheel(200, 150, 1, SHIFT)
    assert offset(desk) == (x + 80, y - 80)


def test_the_middle_button_pans(desk: Desk) -> None:
    desk.open(Shape(ShapeKind.RECTANGLE, [[100, 100], [160, 140]], label="box"))
    desk.canvas.set_zoom(4.0)
    x, y = offset(desk)
    start = QPoint(500, 400)
    image = desk.canvas.to_image(QPointF(start))
    QTest.mousePress(desk.canvas, Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier, start)
    assert desk.canvas.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    desk.hand.move(image.x() + 10, image.y() - 5, down=Qt.MouseButton.MiddleButton)
    QTest.mouseRelease(desk.canvas, Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier, start)
    assert offset(desk) == (x + 40, y - 20)
    assert not desk.edits
    assert desk.canvas.cursor().shape() != Qt.CursorShape.ClosedHandCursor


def test_space_and_the_left_button_pan_and_select_nothing(desk: Desk) -> None:
    desk.open(Shape(ShapeKind.RECTANGLE, [[0, 0], [400, 300]], label="box"))
    desk.canvas.set_zoom(4.0)
    x, y = offset(desk)
    QTest.keyPress(desk.canvas, Qt.Key.Key_Space)
    assert desk.canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
    at = desk.canvas.to_image(QPointF(500, 400))
    desk.hand.press(at.x(), at.y())
    desk.hand.move(at.x() + 5, at.y() + 5, down=Qt.MouseButton.LeftButton)
    desk.hand.release(at.x(), at.y())
    QTest.keyRelease(desk.canvas, Qt.Key.Key_Space)
    assert offset(desk) == (x + 20, y + 20)
    assert desk.canvas.selection() == ()


def test_the_picture_cannot_be_lost(desk: Desk) -> None:
    for _ in range(100):
        desk.hand.wheel(200, 150, -5)
        desk.hand.wheel(200, 150, -5, SHIFT)
    middle = desk.canvas.to_image(QPointF(500, 400))
    assert QRectF(0, 0, *IMAGE_SIZE).contains(middle)


def test_a_fitted_picture_fits_again_after_a_resize_until_the_person_zooms(desk: Desk) -> None:
    desk.canvas.fit_window()
    first = desk.canvas.zoom()
    desk.canvas.resize(600, 500)
    QApplication.processEvents()
    assert desk.canvas.zoom() < first
    shown = QRectF(desk.canvas.to_widget(QPointF(0, 0)), desk.canvas.to_widget(QPointF(*IMAGE_SIZE)))
    assert QRectF(desk.canvas.rect()).contains(shown)
    assert shown.width() > 560
    desk.canvas.fit_width()
    assert desk.canvas.to_widget(QPointF(IMAGE_SIZE[0], 0)).x() == pytest.approx(592, abs=1)
    desk.canvas.zoom_original()
    desk.canvas.resize(800, 700)
    QApplication.processEvents()
    assert desk.canvas.zoom() == 1.0


def test_a_resize_keeps_the_middle_of_a_zoomed_picture(desk: Desk) -> None:
    desk.canvas.zoom_to_rect(QRectF(100, 100, 50, 40))
    desk.canvas.resize(700, 640)
    QApplication.processEvents()
    middle = desk.canvas.to_image(QPointF(350, 320))
    assert (middle.x(), middle.y()) == (pytest.approx(125, abs=0.2), pytest.approx(120, abs=0.2))


def test_zoom_and_position_are_restored_on_another_picture(desk: Desk) -> None:
    desk.canvas.set_zoom(6.0, QPointF(100, 100))
    state = desk.canvas.view_state()
    before = offset(desk)
    desk.canvas.fit_window()
    desk.open()
    desk.canvas.restore_view_state(state)
    assert desk.canvas.zoom() == 6.0
    assert offset(desk) == (pytest.approx(before[0], abs=1), pytest.approx(before[1], abs=1))


def test_a_smaller_picture_stands_for_the_whole_image(desk: Desk) -> None:
    half = QImage(200, 150, QImage.Format.Format_RGB32)
    half.fill(Qt.GlobalColor.blue)
    desk.canvas.set_image(half, image_id=77, full_size=IMAGE_SIZE)
    desk.canvas.set_zoom(2.0)
    assert desk.canvas.image_id() == 77
    assert desk.canvas.image_size() == IMAGE_SIZE
    assert desk.hand.pixel(399, 299) == (0, 0, 255)
    desk.canvas.set_tool("rectangle")
    desk.hand.drag((300, 200), (380, 280))
    assert desk.drawn[0].points.tolist() == [[300, 200], [380, 280]]


def test_without_a_picture_it_says_what_to_do_and_takes_no_clicks(desk: Desk) -> None:
    desk.canvas.set_image(None, image_id=5)
    assert desk.canvas.image_id() == 0
    desk.canvas.set_tool("rectangle")
    desk.hand.drag((10, 10), (50, 50))
    desk.hand.key(Qt.Key.Key_Return)
    assert not desk.drawn
    picture = desk.canvas.grab().toImage()
    background = picture.pixelColor(5, 5)
    row = {picture.pixelColor(x, picture.height() // 2).rgb() for x in range(picture.width())}
    assert row - {background.rgb()}


def test_the_mouse_position_is_told_over_the_image_only(desk: Desk) -> None:
    moved: list[tuple[float, float]] = []
    left: list[bool] = []
    desk.canvas.cursor_moved.connect(lambda x, y: moved.append((x, y)))
    desk.canvas.cursor_left.connect(lambda: left.append(True))
    desk.hand.move(120, 90)
    assert moved[-1] == (120, 90)
    assert not left
    desk.hand.move(-20, 90)
    assert left == [True]


def test_dropped_files_and_folders_are_announced(desk: Desk, tmp_path: Path) -> None:
    dropped: list[list[Path]] = []
    desk.canvas.paths_dropped.connect(dropped.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path)), QUrl("https://example.org/picture.jpg")])
    actions = Qt.DropAction.CopyAction
    buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(10, 10), actions, data, buttons, modifiers)
    QApplication.sendEvent(desk.canvas, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(desk.canvas, QDropEvent(QPointF(10, 10), actions, data, buttons, modifiers))
    assert dropped == [[tmp_path]]


def test_it_says_what_it_is_to_a_screen_reader(desk: Desk) -> None:
    assert desk.canvas.accessibleName() == "Canvas"
    assert "Escape" in desk.canvas.accessibleDescription()
    assert desk.canvas.focusPolicy() == Qt.FocusPolicy.StrongFocus
