"""The tools beside the plain ones, worked by mouse and keys: pens, ellipses, holes, cuts, brushes, snapping."""

from __future__ import annotations

import numpy as np
import pytest
from canvas_desk import Desk
from qtpy.QtCore import QPoint, Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication, QMenu

from anylabeling.document.brush_stroke import BrushStroke
from anylabeling.document.masks import bitmap_of
from anylabeling.document.shape import Shape, ShapeKind, as_points

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
RIGHT = Qt.MouseButton.RightButton


def box(x1: float, y1: float, x2: float, y2: float, **fields: object) -> Shape:
    return Shape(ShapeKind.RECTANGLE, [[x1, y1], [x2, y2]], label="box", **fields)


def polygon(*points: tuple[float, float], **fields: object) -> Shape:
    return Shape(ShapeKind.POLYGON, points, label="tree", **fields)


def ring() -> Shape:
    hole = as_points([[140, 140], [160, 140], [160, 160], [140, 160]])
    return polygon((100, 100), (200, 100), (200, 200), (100, 200), holes=(hole,))


def test_four_clicks_make_a_quadrilateral(desk: Desk) -> None:
    desk.canvas.set_tool("quadrilateral")
    for at in ((50, 50), (150, 60), (140, 150), (40, 120)):
        desk.hand.click(*at)
    (shape,) = desk.drawn
    assert (shape.kind, shape.points.tolist()) == (
        ShapeKind.QUADRILATERAL,
        [[50, 50], [150, 60], [140, 150], [40, 120]],
    )


def test_a_drag_with_the_pen_makes_a_polygon_of_few_points(desk: Desk) -> None:
    desk.canvas.set_tool("freehand")
    angles = np.linspace(0, 2 * np.pi, 120)
    places = np.stack([200 + 60 * np.cos(angles), 150 + 60 * np.sin(angles)], axis=1).tolist()
    desk.hand.press(*places[0])
    for place in places[1:]:
        desk.hand.move(*place, down=Qt.MouseButton.LeftButton)
    desk.hand.release(*places[-1])
    (shape,) = desk.drawn
    assert shape.kind is ShapeKind.POLYGON
    assert 10 < len(shape.points) < 60
    assert np.abs(np.hypot(*(shape.points - (200, 150)).T) - 60).max() < 2


def test_a_drag_of_the_pen_is_dropped_by_escape(desk: Desk) -> None:
    desk.canvas.set_tool("freehand")
    desk.hand.press(50, 50)
    desk.hand.move(90, 90, down=Qt.MouseButton.LeftButton)
    desk.hand.key(Qt.Key.Key_Escape)
    desk.hand.release(90, 90)
    assert not desk.drawn


def test_an_ellipse_is_a_polygon_in_its_box_and_with_shift_a_circle(desk: Desk) -> None:
    desk.canvas.set_tool("ellipse")
    desk.hand.drag((50, 50), (250, 150))
    desk.hand.drag((50, 50), (250, 150), modifiers=SHIFT)
    wide, circle = desk.drawn
    assert wide.kind is ShapeKind.POLYGON
    assert [wide.points.min(axis=0).tolist(), wide.points.max(axis=0).tolist()] == [[50, 50], [250, 150]]
    assert np.ptp(circle.points, axis=0).tolist() == [200, 200]


def test_the_hole_tool_and_the_split_tool_ask_for_cuts(desk: Desk) -> None:
    cuts: list[np.ndarray] = []
    desk.canvas.cut_requested.connect(cuts.append)
    desk.canvas.split_requested.connect(cuts.append)
    desk.canvas.set_tool("hole")
    for at in ((50, 50), (90, 50), (90, 90)):
        desk.hand.click(*at)
    desk.hand.key(Qt.Key.Key_Return)
    desk.canvas.set_tool("split")
    desk.hand.drag((-20, 150), (300, 150))
    assert [cut.tolist() for cut in cuts] == [[[50, 50], [90, 50], [90, 90]], [[-20, 150], [300, 150]]]
    assert not desk.drawn


def test_the_brush_paints_a_mask_and_goes_on_with_the_selected_one(desk: Desk) -> None:
    strokes: list[BrushStroke] = []
    desk.canvas.brush_requested.connect(strokes.append)
    desk.canvas.set_tool("brush")
    desk.canvas.set_brush_size(20)
    desk.hand.drag((100, 100), (200, 100))
    (mask,) = desk.drawn
    assert mask.kind is ShapeKind.MASK
    left, top, right, bottom = bitmap_of(mask).box
    assert abs(left - 90) <= 1
    assert abs(right - 210) <= 1
    assert abs(bottom - top - 20) <= 2
    desk.add(mask)
    desk.canvas.set_selection([mask.uid])
    desk.hand.drag((150, 100), (150, 200))
    desk.hand.drag((100, 100), (120, 100), button=RIGHT)
    assert [(stroke.uid, stroke.erases, stroke.radius) for stroke in strokes] == [
        (mask.uid, False, 10.0),
        (mask.uid, True, 10.0),
    ]
    assert len(desk.drawn) == 1


def test_paint_beside_a_selected_outline_is_a_new_mask_and_at_it_pushes_it(desk: Desk) -> None:
    (uid,) = desk.open(polygon((100, 100), (200, 100), (200, 200), (100, 200)))
    strokes: list[BrushStroke] = []
    desk.canvas.brush_requested.connect(strokes.append)
    desk.canvas.set_selection([uid])
    desk.canvas.set_tool("brush")
    desk.hand.drag((300, 50), (320, 60))
    assert [shape.kind for shape in desk.drawn] == [ShapeKind.MASK]
    assert strokes == []
    desk.hand.drag((195, 150), (220, 150))
    desk.hand.drag((300, 150), (180, 150), button=RIGHT)  # what is erased may begin beside it
    assert [(stroke.uid, stroke.erases) for stroke in strokes] == [(uid, False), (uid, True)]
    assert len(desk.drawn) == 1


def test_brackets_change_the_size_of_the_brush(desk: Desk) -> None:
    desk.canvas.set_tool("brush")
    sizes: list[int] = []
    desk.canvas.brush_size_changed.connect(sizes.append)
    desk.hand.key(Qt.Key.Key_BracketRight)
    desk.hand.key(Qt.Key.Key_BracketLeft)
    assert sizes == [24, 20]
    for _ in range(40):
        desk.hand.key(Qt.Key.Key_BracketLeft)
    assert desk.canvas.brush_size == 1


def test_the_eraser_takes_from_the_first_mask_that_it_comes_to(desk: Desk) -> None:
    from anylabeling.document.masks import Bitmap, mask_shape

    mask = mask_shape(Bitmap(np.ones((60, 60), bool), 100, 100))
    assert mask is not None
    desk.open(mask)
    strokes: list[BrushStroke] = []
    desk.canvas.brush_requested.connect(strokes.append)
    desk.canvas.set_tool("eraser")
    desk.hand.drag((130, 130), (140, 130))
    desk.hand.drag((300, 250), (320, 250))
    assert [(stroke.uid, stroke.erases) for stroke in strokes] == [(mask.uid, True)]
    desk.hand.drag((130, 60), (130, 120))
    assert [(stroke.uid, stroke.erases) for stroke in strokes[1:]] == [(mask.uid, True)]
    assert strokes[1].path[-1].tolist() == pytest.approx([130, 120], abs=1)
    assert not desk.drawn


def test_a_mask_is_seen_hit_and_moved_by_whole_pixels(desk: Desk) -> None:
    from anylabeling.document.masks import Bitmap, mask_shape

    pixels = np.zeros((60, 60), bool)
    pixels[:, :20] = pixels[:, 40:] = True
    mask = mask_shape(Bitmap(pixels, 100, 100))
    assert mask is not None
    (uid,) = desk.open(mask)
    desk.hand.move(300, 250)
    assert desk.hand.pixel(110, 130) != (100, 100, 100)
    assert desk.hand.pixel(130, 130) == (100, 100, 100)
    desk.hand.click(130, 130)
    assert desk.canvas.selection() == ()
    desk.hand.drag((150, 130), (170.5, 130))
    assert desk.document.shape(uid).parameters["bbox"] == [120, 100, 179, 159]


def test_a_hole_shows_the_picture_and_is_not_hit(desk: Desk) -> None:
    desk.open(ring())
    desk.hand.move(300, 250)
    assert desk.hand.pixel(150, 150) == (100, 100, 100)
    assert desk.hand.pixel(120, 150) != (100, 100, 100)
    desk.hand.click(150, 150)
    assert desk.canvas.selection() == ()
    desk.hand.click(120, 150)
    assert len(desk.canvas.selection()) == 1


def test_vertices_of_holes_are_dragged_added_and_removed(desk: Desk) -> None:
    (uid,) = desk.open(ring())
    desk.canvas.set_selection([uid])
    desk.hand.drag((140, 140), (130, 130))
    assert desk.document.shape(uid).holes[0].tolist()[0] == [130, 130]
    desk.hand.drag((160, 150), (170, 150))
    assert [170, 150] in desk.document.shape(uid).holes[0].tolist()
    desk.hand.click(170, 150, SHIFT)
    assert len(desk.document.shape(uid).holes[0]) == 4
    assert len(desk.points(uid)) == 4
    desk.hand.drag((110, 180), (120, 190))
    assert desk.document.shape(uid).holes[0].tolist()[0] == [140, 140]


def test_alt_drag_erases_vertices_in_one_step(desk: Desk) -> None:
    dense = polygon(*((50 + 5 * number, 100) for number in range(30)), (200, 200), (50, 200))
    (uid,) = desk.open(dense)
    desk.canvas.set_selection([uid])
    desk.hand.drag((80, 100), (150, 100), modifiers=ALT)
    assert [edit.name for edit in desk.edits] == ["Erase 17 vertices"]
    left = desk.document.shape(uid).points
    assert len(left) == 15
    assert not ((left[:, 0] > 76) & (left[:, 0] < 154) & (left[:, 1] == 100)).any()


def test_alt_drag_leaves_the_vertices_that_an_outline_needs(desk: Desk) -> None:
    (uid,) = desk.open(polygon((100, 100), (110, 100), (105, 110)))
    desk.canvas.set_selection([uid])
    desk.hand.drag((90, 100), (120, 110), modifiers=ALT)
    assert len(desk.points(uid)) == 3


def test_ctrl_drag_copies_and_ctrl_click_still_selects(desk: Desk) -> None:
    first, second = desk.open(box(50, 50, 90, 90), box(200, 50, 240, 90))
    copies: list[list[Shape]] = []
    desk.canvas.copies_requested.connect(copies.append)
    desk.hand.click(70, 70)
    desk.hand.click(220, 70, CTRL)
    assert desk.canvas.selection() == (first, second)
    desk.hand.drag((70, 70), (70, 170), modifiers=CTRL)
    assert [shape.points.tolist() for shape in copies[0]] == [[[50, 150], [90, 190]], [[200, 150], [240, 190]]]
    assert not {shape.uid for shape in copies[0]} & {first, second}
    assert not desk.edits


@pytest.mark.parametrize(("choice", "moves"), [("Copy Here", False), ("Move Here", True)])
def test_a_drag_with_the_right_button_asks_at_its_end(desk: Desk, choice: str, moves: bool) -> None:
    (uid,) = desk.open(box(50, 50, 90, 90))
    copies: list[list[Shape]] = []
    menus: list[QPoint] = []
    desk.canvas.copies_requested.connect(copies.append)
    desk.canvas.menu_requested.connect(menus.append)
    desk.hand.drag((70, 70), (170, 70), button=RIGHT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    (action,) = [action for action in menu.actions() if action.text().replace("&", "") == choice]
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    QApplication.processEvents()
    assert (desk.points(uid) == [[150, 50], [190, 90]]) is moves
    assert bool(copies) is not moves
    assert not menus


def test_a_right_click_asks_for_the_menu_of_the_shape_under_it(desk: Desk) -> None:
    (uid,) = desk.open(box(50, 50, 90, 90))
    menus: list[QPoint] = []
    desk.canvas.menu_requested.connect(menus.append)
    desk.hand.click(70, 70, button=RIGHT)
    assert desk.canvas.selection() == (uid,)
    assert len(menus) == 1


def test_a_group_moves_together_but_its_points_alone(desk: Desk) -> None:
    point = Shape(ShapeKind.POINT, [[70, 70]], label="eye", group_id=4)
    head, other, eye, free = desk.open(
        box(50, 50, 90, 90, group_id=4), box(200, 50, 240, 90, group_id=4), point, box(300, 50, 340, 90)
    )
    desk.hand.drag((55, 85), (55, 95))
    assert desk.points(head) == [[50, 60], [90, 100]]
    assert desk.points(other) == [[200, 60], [240, 100]]
    assert desk.points(eye) == [[70, 80]]
    assert desk.points(free) == [[300, 50], [340, 90]]
    assert desk.edits[0].name == "Move 3 shapes"
    desk.canvas.set_selection([eye])
    desk.hand.key(Qt.Key.Key_Right)
    assert desk.points(eye) == [[71, 80]]
    assert desk.points(head) == [[50, 60], [90, 100]]


def test_a_drawn_point_snaps_to_a_vertex_then_an_edge_then_an_axis(desk: Desk) -> None:
    desk.open(box(100, 100, 200, 200))
    desk.canvas.snapper.enabled = True
    desk.canvas.set_tool("polygon")
    for at in ((101, 102), (150, 98.5), (300, 50), (301.5, 250)):
        desk.hand.click(*at)
    desk.hand.key(Qt.Key.Key_Return)
    assert desk.drawn[0].points.tolist() == [[100, 100], [150, 100], [300, 50], [300, 250]]


def test_alt_turns_snapping_round(desk: Desk) -> None:
    desk.open(box(100, 100, 200, 200))
    desk.canvas.set_tool("line")
    desk.hand.click(101, 102)
    desk.hand.click(201, 202, ALT)
    desk.canvas.snapper.enabled = True
    desk.hand.click(101, 102, ALT)
    desk.hand.click(201, 202)
    assert [shape.points.tolist() for shape in desk.drawn] == [[[101, 102], [200, 200]], [[101, 102], [200, 200]]]


def test_a_dragged_vertex_snaps_to_others_but_not_to_its_own_shape(desk: Desk) -> None:
    (_, uid) = desk.open(box(20, 20, 80, 80), polygon((100, 100), (150, 100), (150, 150)))
    desk.canvas.set_selection([uid])
    desk.canvas.snapper.enabled = True
    desk.hand.drag((100, 100), (81, 82))
    assert desk.points(uid)[0] == [80, 80]
    desk.hand.drag((80, 80), (147, 60))
    assert desk.points(uid)[0] == [150, 60]


def test_a_moved_shape_snaps_by_the_corner_that_was_taken(desk: Desk) -> None:
    _, uid = desk.open(box(100, 100, 200, 200), box(250, 120, 300, 160))
    desk.canvas.snapper.enabled = True
    desk.hand.drag((260, 135), (213, 114))
    assert desk.points(uid) == [[200, 100], [250, 140]]
    desk.canvas.snapper.enabled = False
    desk.hand.drag((210, 115), (213, 113))
    assert desk.points(uid) == [[203, 98], [253, 138]]


def test_every_tool_can_be_chosen_painted_and_left(desk: Desk) -> None:
    from anylabeling.views.canvas.tools import TOOLS

    for name in TOOLS:
        desk.canvas.set_tool(name)
        desk.hand.press(60, 60)
        desk.hand.move(120, 110, down=Qt.MouseButton.LeftButton)
        desk.canvas.grab()
        desk.hand.key(Qt.Key.Key_Escape)
        desk.hand.release(120, 110)
        desk.hand.key(Qt.Key.Key_Escape)
        assert not desk.canvas.is_drawing, name
