"""What is seen: colours, plates, handles, the crosshair; and that only what changed is painted again."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from canvas_desk import IMAGE_SIZE, Desk
from qtpy.QtCore import QEvent, QObject, QPointF
from qtpy.QtGui import QColor, QImage, QPaintEvent, QRegion
from qtpy.QtWidgets import QApplication

from anylabeling.document.document import Document
from anylabeling.document.edits import AddShapes, ChangeShapes, RemoveShapes
from anylabeling.document.geometry import moved
from anylabeling.document.shape import Shape, ShapeKind

GREY = (100, 100, 100)
RED = (220, 20, 20)


def box(x1: float, y1: float, x2: float, y2: float, label: str = "box") -> Shape:
    return Shape(ShapeKind.RECTANGLE, [[x1, y1], [x2, y2]], label=label)


def dense(count: int) -> list[Shape]:
    rng = np.random.default_rng(3)
    angles = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    rays = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return [
        Shape(ShapeKind.POLYGON, rng.uniform(30, 270, 2) + rays * rng.uniform(5, 25), label=f"c{number % 5}")
        for number in range(count)
    ]


class PaintSpy(QObject):
    """Collects the regions that a widget paints."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.region = QRegion()
        desk.canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return False

    def painted(self, action: Callable[[], object]) -> QRegion:
        """Return what is painted in consequence of an action."""
        QApplication.processEvents()
        self.region = QRegion()
        action()
        QApplication.processEvents()
        return self.region


def picture(desk: Desk) -> np.ndarray:
    """Return the screen as an array."""
    image = desk.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    return np.frombuffer(bits, np.uint8).reshape(image.height(), image.width(), 4)[..., :3].copy()


def test_lines_are_two_pixels_at_any_zoom_and_fills_translucent(desk: Desk) -> None:
    desk.canvas.set_color_of(lambda _: RED)
    desk.canvas.set_show_labels(False)
    desk.open(box(100, 100, 200, 180))
    for zoom in (2.0, 1.0, 4.0):
        desk.canvas.set_zoom(zoom)
        at = desk.canvas.to_widget(QPointF(150, 100))
        screen = desk.canvas.grab().toImage()
        column = [screen.pixelColor(int(at.x()), int(at.y()) + step).getRgb()[:3] for step in range(-4, 5)]
        assert column.count(RED) == 2
    inside = desk.hand.pixel(150, 140)
    assert inside == pytest.approx([100 + 0.18 * (new - 100) for new in RED], abs=2)
    desk.canvas.select_all()
    assert desk.hand.pixel(150, 140) == pytest.approx([100 + 0.32 * (new - 100) for new in RED], abs=2)


def test_fill_opacity_is_set(desk: Desk) -> None:
    desk.canvas.set_color_of(lambda _: RED)
    desk.open(box(100, 100, 200, 180))
    desk.canvas.set_fill_opacity(0.5)
    assert desk.hand.pixel(150, 140) == pytest.approx([100 + 0.5 * (new - 100) for new in RED], abs=2)


def test_a_plate_carries_the_label_and_disappears_on_small_shapes(desk: Desk) -> None:
    desk.canvas.set_color_of(lambda _: RED)
    desk.open(box(100, 100, 200, 180))
    # The plate sits above the upper left corner: half of its height up.
    assert desk.hand.pixel(101.5, 95) == RED
    desk.canvas.set_show_labels(False)
    assert desk.hand.pixel(101.5, 95) == GREY
    desk.canvas.set_show_labels(True)
    desk.canvas.set_zoom(0.4)
    assert desk.hand.pixel(103, 82) == GREY


def test_selected_shapes_have_white_handles(desk: Desk) -> None:
    (uid,) = desk.open(box(100, 100, 200, 180))
    assert desk.hand.pixel(200, 180) != (255, 255, 255)
    desk.canvas.set_selection([uid])
    for x, y in ((100, 100), (200, 100), (200, 180), (100, 180), (150, 100)):
        assert desk.hand.pixel(x, y) == (255, 255, 255)
    desk.canvas.set_selection([])
    assert desk.hand.pixel(200, 180) != (255, 255, 255)


def test_dense_outlines_show_handles_near_the_mouse_only(desk: Desk) -> None:
    angles = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    circle = np.array([200, 150]) + 80 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    (uid,) = desk.open(Shape(ShapeKind.POLYGON, circle, label="disk"))
    desk.canvas.set_selection([uid])
    desk.hand.move(275, 150)
    assert desk.hand.pixel(*circle[3]) == (255, 255, 255)
    assert desk.hand.pixel(*circle[60]) != (255, 255, 255)
    desk.hand.move(125, 150)
    assert desk.hand.pixel(*circle[3]) != (255, 255, 255)
    assert desk.hand.pixel(*circle[63]) == (255, 255, 255)


def test_hovering_thickens_the_line(desk: Desk) -> None:
    desk.canvas.set_color_of(lambda _: RED)
    desk.open(box(100, 100, 200, 180))
    at = desk.canvas.to_widget(QPointF(170, 180)).toPoint()

    def thickness() -> int:
        screen = desk.canvas.grab().toImage()
        return sum(screen.pixelColor(at.x(), at.y() + step).getRgb()[:3] == RED for step in range(-6, 7))

    before = thickness()
    desk.hand.move(150, 140)
    assert thickness() > before
    desk.hand.move(300, 250)
    assert thickness() == before


def test_the_crosshair_is_black_and_white_and_belongs_to_drawing(desk: Desk) -> None:
    desk.canvas.set_crosshair(True)
    desk.hand.move(150, 140)
    assert desk.hand.pixel(50, 140) == GREY
    desk.canvas.set_tool("rectangle")
    desk.hand.move(150, 140)
    screen = desk.canvas.grab().toImage()
    at = desk.hand.at(150, 140)
    left, right = desk.hand.at(0, 0).x(), desk.hand.at(*IMAGE_SIZE).x()
    row = {screen.pixelColor(x, at.y()).getRgb()[:3] for x in range(left + 2, right - 2)}
    assert row == {(255, 255, 255), (0, 0, 0)}
    assert screen.pixelColor(at.x() + 40, at.y() + 2).getRgb()[:3] == GREY
    desk.hand.move(160, 100)
    assert desk.hand.pixel(50, 140) == GREY
    desk.canvas.set_crosshair(False)
    assert desk.hand.pixel(50, 100) == GREY


def test_themes_colour_what_is_around_the_picture(desk: Desk) -> None:
    desk.canvas.set_theme(True)
    assert desk.canvas.grab().toImage().pixelColor(2, 2).name() == "#1e1e1e"
    desk.canvas.set_theme(False)
    assert desk.canvas.grab().toImage().pixelColor(2, 2).name() == "#f3f3f3"


def test_large_enlargements_show_pixels_as_squares(desk: Desk) -> None:
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(0)
    image.setPixel(1, 1, 0xFFFFFF)
    desk.canvas.set_image(image, image_id=9)
    desk.canvas.set_zoom(60.0)
    for x, y in ((1.05, 1.05), (1.95, 1.95)):
        assert desk.hand.pixel(x, y) == (255, 255, 255)
    assert desk.hand.pixel(0.95, 1.5) == (0, 0, 0)


def test_an_edit_paints_only_its_surroundings(desk: Desk) -> None:
    uid, _ = desk.open(box(50, 50, 70, 70), box(200, 150, 390, 290))
    spy = PaintSpy(desk)
    shape = desk.document.shape(uid)
    area = spy.painted(lambda: desk.document.apply(ChangeShapes.to(desk.document, [moved(shape, 10, 0)])))
    rect = area.boundingRect()
    assert 0 < rect.width() * rect.height() < 150 * 150
    assert rect.contains(desk.hand.at(50, 50))
    assert rect.contains(desk.hand.at(80, 70))


def test_a_mouse_move_over_nothing_paints_nothing(desk: Desk) -> None:
    desk.open(box(50, 50, 70, 70))
    desk.hand.move(200, 200)
    spy = PaintSpy(desk)
    assert spy.painted(lambda: desk.hand.move(210, 205)).isEmpty()


def test_what_is_patched_equals_what_is_drawn_from_scratch(desk: Desk, wait_for: Callable[..., None]) -> None:
    desk.open(*dense(60))
    picture(desk)
    document = desk.document
    for step in range(12):
        shape = document.shapes[step * 3]
        document.apply(ChangeShapes.to(document, [moved(shape, 4 + step, 3)]))
        picture(desk)
    document.apply(RemoveShapes.of(document, [document.shapes[5].uid]))
    picture(desk)
    document.apply(AddShapes.on_top(document, dense(3)))
    desk.canvas.pan(37, -21)
    picture(desk)
    desk.canvas.pan(-12, 45)
    wait_for(desk.canvas.is_settled)
    patched = picture(desk)
    other = Document(document.snapshot())
    desk.canvas.set_document(other)
    wait_for(desk.canvas.is_settled)
    assert np.array_equal(picture(desk), patched)


def test_many_shapes_are_all_drawn_in_the_end(desk: Desk, wait_for: Callable[..., None]) -> None:
    desk.open()
    empty = picture(desk)
    desk.document.apply(AddShapes.on_top(desk.document, dense(1500)))
    wait_for(desk.canvas.is_settled)
    full = picture(desk)
    x, y = desk.hand.at(150, 150).x(), desk.hand.at(150, 150).y()
    middle = np.s_[y - 150 : y + 150, x - 150 : x + 150]
    assert (full[middle] != empty[middle]).any(axis=2).mean() > 0.99
    desk.canvas.set_hidden(frozenset(shape.uid for shape in desk.document.shapes))
    wait_for(desk.canvas.is_settled)
    assert np.array_equal(picture(desk), empty)


def test_a_large_picture_is_drawn_with_care_in_the_end(desk: Desk, wait_for: Callable[..., None]) -> None:
    stripes = np.zeros((3000, 4000, 4), np.uint8)
    stripes[::2] = 255
    desk.canvas.set_image(QImage(stripes.data, 4000, 3000, QImage.Format.Format_RGB32), image_id=11)
    desk.canvas.fit_window()
    QApplication.processEvents()
    wait_for(desk.canvas.is_settled)
    QApplication.processEvents()
    inside = picture(desk)[300:500, 300:700]
    assert abs(float(inside.mean()) - 127.5) < 4
    assert inside.std() < 30


def test_halved_versions_that_come_later_are_used(desk: Desk, wait_for: Callable[..., None]) -> None:
    desk.canvas.set_image(filled(4000, 3000, 10), image_id=12)
    desk.canvas.expect_levels()
    desk.canvas.fit_window()
    QApplication.processEvents()
    assert not desk.canvas.is_settled()
    desk.canvas.set_levels([filled(2000, 1500, 200), filled(1000, 750, 200)], image_id=11)  # of the one before
    assert not desk.canvas.is_settled()
    desk.canvas.set_levels([filled(2000, 1500, 90), filled(1000, 750, 90)], image_id=12)
    wait_for(desk.canvas.is_settled)
    assert np.unique(picture(desk)[300:500, 300:700, :3]).tolist() == [90]
    desk.canvas.set_zoom(1.0)
    wait_for(desk.canvas.is_settled)
    assert np.unique(picture(desk)[300:500, 300:700, :3]).tolist() == [10]


def filled(width: int, height: int, level: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(level, level, level))
    return image


@pytest.mark.parametrize("scale", [0.31, 0.5, 0.77])
def test_nothing_of_an_earlier_view_stays_around_the_picture(desk: Desk, scale: float) -> None:
    desk.open()
    canvas = desk.canvas
    canvas.set_zoom(20.0)
    picture(desk)  # the picture is everywhere now
    canvas.set_zoom(scale)
    canvas.pan(7.4, -3.3)
    screen, around = picture(desk), canvas.canvas_style.theme.background
    top_left, bottom_right = canvas.to_widget(QPointF(0, 0)), canvas.to_widget(QPointF(*IMAGE_SIZE))
    outside = np.ones(screen.shape[:2], np.bool_)
    outside[
        round(top_left.y()) - 1 : round(bottom_right.y()) + 1, round(top_left.x()) - 1 : round(bottom_right.x()) + 1
    ] = False
    assert outside.sum() > 1000
    assert (screen[outside] == (around.blue(), around.green(), around.red())).all()


def roughly_seen(desk: Desk) -> None:
    while not desk.canvas.is_settled(roughly=True):
        QApplication.processEvents()


def finished(desk: Desk) -> None:
    while not desk.canvas.is_settled():
        QApplication.processEvents()


def test_very_many_outlines_are_seen_roughly_first_and_then_as_they_are(desk: Desk) -> None:
    many, last = dense(2600), box(20, 20, 120, 120)
    desk.open(*many)
    finished(desk)
    smooth = picture(desk)
    desk.canvas.set_show_labels(True)  # all is drawn anew
    desk.canvas.repaint()
    QApplication.processEvents()
    roughly_seen(desk)
    assert not desk.canvas.is_settled()
    QApplication.processEvents()
    rough = picture(desk)
    assert (rough != smooth).any()
    assert np.abs(rough.astype(int) - smooth).mean() < 40  # the same outlines in the same colours
    # What changes meanwhile is seen at once, and is still there when all is smooth.
    document = desk.canvas.document
    assert document is not None
    document.apply(AddShapes.on_top(document, [last]))
    roughly_seen(desk)
    assert not desk.canvas.is_settled()
    finished(desk)
    QApplication.processEvents()
    both = picture(desk)
    desk.open(*many, last)
    finished(desk)
    QApplication.processEvents()
    assert np.array_equal(picture(desk), both)
    document = desk.canvas.document
    assert document is not None
    document.apply(RemoveShapes.of(document, [last.uid]))
    finished(desk)
    QApplication.processEvents()
    assert np.array_equal(picture(desk), smooth)
