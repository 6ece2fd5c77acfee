"""Boxes in perspective, several points of one object, the magic wand, and what holds a drawing inside and upright."""

from __future__ import annotations

import math

import numpy as np
import pytest
from canvas_desk import IMAGE_SIZE, Desk
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QApplication

from anylabeling.codecs import PixelFormat
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.messages.prompting import ColorSeed
from anylabeling.services.auto_labeling.color_regions import ColorRegions

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


def cuboid() -> Shape:
    front = [[100, 100], [200, 100], [200, 180], [100, 180]]
    return Shape(ShapeKind.CUBOID, [*front, *([x + 40, y - 30] for x, y in front)], label="crate")


def test_a_cuboid_is_a_front_and_then_how_deep_it_is(desk: Desk) -> None:
    desk.canvas.set_tool("cuboid")
    desk.hand.drag((50, 80), (150, 180))
    assert not desk.drawn
    desk.hand.move(180, 160)
    desk.hand.click(180, 160)
    (shape,) = desk.drawn
    assert shape.kind is ShapeKind.CUBOID
    front = [[50, 80], [150, 80], [150, 180], [50, 180]]
    assert shape.points.tolist() == [*front, *([x + 30, y - 20] for x, y in front)]


def test_a_corner_of_the_front_takes_its_neighbours_and_the_back_along(desk: Desk) -> None:
    (uid,) = desk.open(cuboid())
    desk.canvas.set_selection([uid])
    desk.hand.drag((200, 180), (220, 200))
    points = desk.points(uid)
    assert points[:4] == [[100, 100], [220, 100], [220, 200], [100, 200]]
    assert points[4:] == [[140, 70], [260, 70], [260, 170], [140, 170]]
    assert desk.edits[-1].name == "Resize cuboid"


def test_the_back_moves_as_a_whole_and_with_shift_corner_by_corner(desk: Desk) -> None:
    (uid,) = desk.open(cuboid())
    desk.canvas.set_selection([uid])
    desk.hand.drag((240, 70), (250, 60))
    assert desk.points(uid)[4:] == [[150, 60], [250, 60], [250, 140], [150, 140]]
    desk.hand.drag((250, 60), (230, 80), modifiers=SHIFT)
    assert desk.points(uid)[4:] == [[150, 60], [230, 80], [250, 140], [150, 140]]
    assert desk.points(uid)[:4] == [[100, 100], [200, 100], [200, 180], [100, 180]]


def test_no_corner_of_a_cuboid_is_dragged_out_of_the_image(desk: Desk) -> None:
    (uid,) = desk.open(cuboid())
    desk.canvas.set_selection([uid])
    desk.hand.drag((200, 100), (200, 20))
    assert np.array(desk.points(uid)).min() == 0
    desk.canvas.keeps_inside = False
    desk.hand.drag((140, 0), (140, -20))
    assert np.array(desk.points(uid)).min() == -20


def test_points_of_one_object_are_set_dragged_and_erased(desk: Desk) -> None:
    desk.canvas.set_tool("points")
    for at in ((50, 50), (90, 60), (70, 120)):
        desk.hand.click(*at)
    desk.hand.key(Qt.Key.Key_Backspace)
    desk.hand.click(80, 140)
    desk.hand.key(Qt.Key.Key_Return)
    (shape,) = desk.drawn
    assert (shape.kind, shape.points.tolist()) == (ShapeKind.POINTS, [[50, 50], [90, 60], [80, 140]])
    desk.add(shape.with_changes(label="bee"))
    desk.canvas.set_tool("select")
    desk.hand.click(70, 95)  # between the points there is nothing
    assert desk.canvas.selection() == ()
    desk.hand.drag((80, 140), (100, 150))
    assert desk.points(shape.uid) == [[50, 50], [90, 60], [100, 150]]
    desk.hand.click(90, 60, SHIFT)
    assert desk.points(shape.uid) == [[50, 50], [100, 150]]
    desk.hand.drag((40, 40), (60, 60), modifiers=ALT)
    assert desk.points(shape.uid) == [[100, 150]]
    desk.hand.drag((300, 200), (60, 120))
    assert desk.canvas.selection() == (shape.uid,)


@pytest.fixture
def wand(desk: Desk) -> Desk:
    """The wand on a grey picture with a red square of 100 pixels and a blue one beside it, answered at once."""
    pixels = np.full((IMAGE_SIZE[1], IMAGE_SIZE[0], 4), 128, np.uint8)
    pixels[100:200, 50:150, :3] = (40, 40, 200)
    pixels[120:140, 80:100, :3] = (40, 40, 150)
    pixels[100:200, 200:260, :3] = (200, 60, 40)
    regions = ColorRegions(pixels, pixel_format=PixelFormat.BGRA, full_size=IMAGE_SIZE)
    tool = desk.canvas.wand_tool
    tool.signals.region_requested.connect(lambda seeds: tool.show_region(seeds, regions.shape(seeds)))
    desk.canvas.set_tool("wand")
    return desk


def box_of(shape: Shape) -> list[list[float]]:
    return [shape.points.min(axis=0).tolist(), shape.points.max(axis=0).tolist()]


def test_a_click_of_the_wand_takes_what_has_that_colour_with_its_holes(wand: Desk) -> None:
    wand.hand.click(60, 110)
    (shape,) = wand.drawn
    assert shape.kind is ShapeKind.POLYGON
    assert box_of(shape) == [[50, 100], [150, 200]]
    assert [hole.min(axis=0).tolist() for hole in shape.holes] == [[80, 120]]


def test_a_drag_of_the_wand_takes_in_more_colours_and_is_remembered(wand: Desk) -> None:
    told: list[int] = []
    wand.canvas.wand_tool.signals.tolerance_changed.connect(told.append)
    wand.hand.drag((60, 110), (60 + 80, 110))  # 160 px on the screen: 40 steps
    (shape,) = wand.drawn
    assert shape.holes == ()
    assert told == [24 + 40]


def test_a_drag_of_the_wand_whose_release_went_elsewhere_waits_to_be_ended(wand: Desk) -> None:
    wand.hand.press(60, 110)
    wand.hand.move(60 + 80, 110, down=Qt.MouseButton.LeftButton)
    wand.hand.move(60, 250)
    wand.hand.move(60, 280)
    assert not wand.drawn
    wand.hand.key(Qt.Key.Key_Return)
    (shape,) = wand.drawn
    assert shape.holes == ()


def test_shift_adds_and_ctrl_takes_away_until_enter(wand: Desk) -> None:
    wand.hand.click(60, 110, SHIFT)
    wand.hand.click(230, 150, SHIFT)
    wand.hand.click(60, 110, CTRL)
    assert not wand.drawn
    assert wand.canvas.is_drawing
    wand.hand.key(Qt.Key.Key_Return)
    (blue,) = wand.drawn
    assert box_of(blue) == [[200, 100], [260, 200]]
    wand.hand.click(60, 110, SHIFT)
    wand.hand.click(230, 150)
    assert wand.drawn[-1].kind is ShapeKind.MASK
    wand.hand.click(60, 110, SHIFT)
    wand.hand.key(Qt.Key.Key_Escape)
    assert not wand.canvas.is_drawing
    assert len(wand.drawn) == 2


def test_a_wand_that_is_answered_late_finishes_then_and_not_on_another_picture(desk: Desk) -> None:
    tool = desk.canvas.wand_tool
    asked: list[tuple[ColorSeed, ...]] = []
    tool.signals.region_requested.connect(asked.append)
    desk.canvas.set_tool("wand")
    desk.hand.click(60, 110)
    assert not desk.drawn
    tool.show_region(asked[-1], Shape(ShapeKind.RECTANGLE, [[0, 0], [9, 9]]))
    assert len(desk.drawn) == 1
    desk.hand.click(60, 110)
    desk.open()
    tool.show_region(asked[-1], Shape(ShapeKind.RECTANGLE, [[0, 0], [9, 9]]))
    assert len(desk.drawn) == 1
    desk.hand.click(-20, 110)
    assert len(asked) == 2


def test_shapes_may_leave_the_image_only_where_that_is_allowed(desk: Desk) -> None:
    desk.canvas.set_tool("rectangle")
    desk.hand.drag((300, 200), (450, 340))
    desk.canvas.keeps_inside = False
    desk.hand.drag((300, 200), (450, 340))
    inside, outside = desk.drawn
    assert inside.points.tolist() == [[300, 200], list(IMAGE_SIZE)]
    assert outside.points.tolist() == [[300, 200], [450, 340]]
    desk.add(outside)
    desk.canvas.set_tool("select")
    desk.hand.drag((350, 250), (380, 250))
    assert desk.points(outside.uid) == [[330, 200], [480, 340]]


def test_shift_holds_lines_to_the_angle_of_the_settings(desk: Desk) -> None:
    desk.canvas.angle_step_rad = math.radians(30)
    desk.canvas.set_tool("line")
    desk.hand.drag((100, 100), (200, 145), modifiers=SHIFT)
    QApplication.processEvents()
    (line,) = desk.drawn
    (x1, y1), (x2, y2) = line.points
    assert math.degrees(math.atan2(y2 - y1, x2 - x1)) == pytest.approx(30, abs=0.1)


def test_shift_pressed_during_a_drag_holds_shapes_and_points_to_an_axis(desk: Desk) -> None:
    points = [[100, 100], [160, 100], [160, 160]]
    (uid,) = desk.open(Shape(ShapeKind.POLYGON, points, label="a"))
    desk.hand.press(150, 120)
    desk.hand.move(180, 125, modifiers=SHIFT, down=LEFT)
    desk.hand.release(180, 125, SHIFT)
    assert desk.points(uid) == [[x + 30, y] for x, y in points]
    desk.hand.press(190, 160)
    desk.hand.move(192, 190, modifiers=SHIFT, down=LEFT)
    desk.hand.release(192, 190, SHIFT)
    assert desk.points(uid)[2][0] == pytest.approx(190, abs=0.01)
    assert desk.points(uid)[2][1] == pytest.approx(190, abs=0.5)
