"""Keys that come while a shape is half drawn mean that shape, not the one drawn before, which is still selected."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from label_desk import Desk
from mouse import move_mouse
from qtpy.QtCore import Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication

Open = Callable[..., Desk]
CONTROL = Qt.KeyboardModifier.ControlModifier


def draw_first(desk: Desk) -> None:
    """Draw a rectangle, which is selected then, and begin a polygon."""
    desk.key(Qt.Key.Key_R)
    desk.drag(10, 10, 40, 40)
    desk.wait_for(lambda: len(desk.labels()) == 1)
    desk.key(Qt.Key.Key_P)
    for place in ((60, 20), (100, 20), (100, 60)):
        desk.click(*place)
    assert len(desk.canvas.selection()) == 1


def test_a_digit_names_what_is_being_drawn(open_desk: Open) -> None:
    desk = open_desk(labels=["car", "bus"], display_label_popup=False)
    draw_first(desk)
    before = desk.labels()
    desk.key(Qt.Key.Key_2)
    assert (desk.labels(), desk.canvas.is_drawing) == (before, True)
    desk.key(Qt.Key.Key_2)  # the same once more does not take it back
    desk.key(Qt.Key.Key_Return)
    assert desk.labels() == [*before, "bus"]
    desk.key(Qt.Key.Key_1)  # nothing is half drawn: the selected one
    assert desk.labels() == [*before, "car"]


def test_a_digit_with_a_tool_of_its_own_drops_no_points(open_desk: Open) -> None:
    desk = open_desk(display_label_popup=False, digit_shortcuts={"3": {"label": "van", "mode": "rectangle"}})
    draw_first(desk)
    desk.key(Qt.Key.Key_3)
    assert (desk.canvas.tool(), desk.canvas.is_drawing) == ("polygon", True)
    desk.key(Qt.Key.Key_Return)
    assert desk.labels()[1:] == ["van"]


def test_delete_takes_the_last_point_back(open_desk: Open) -> None:
    desk = open_desk(display_label_popup=False)
    draw_first(desk)
    desk.click(60, 60)
    desk.key(Qt.Key.Key_Delete)
    assert len(desk.labels()) == 1
    desk.key(Qt.Key.Key_Return)
    assert desk.canvas.document is not None
    assert [len(one.points) for one in desk.canvas.document.shapes] == [2, 3]
    desk.key(Qt.Key.Key_Delete)
    assert len(desk.labels()) == 1


def test_grouping_nothing_is_no_group(open_desk: Open) -> None:
    desk = open_desk(display_label_popup=False, auto_use_last_gid=True)
    desk.key(Qt.Key.Key_G)
    desk.key(Qt.Key.Key_R)
    desk.drag(10, 10, 40, 40)
    assert desk.canvas.document is not None
    assert [one.group_id for one in desk.canvas.document.shapes] == [None]


def test_the_last_point_goes_where_there_is_no_step_to_undo(open_desk: Open) -> None:
    desk = open_desk(display_label_popup=False, **{"shortcuts.undo_last_point": ["Ctrl+Z", "Ctrl+J"]})
    desk.key(Qt.Key.Key_P)
    for place in ((60, 20), (100, 20), (100, 60), (60, 60), (30, 40)):
        desk.click(*place)
    assert not desk.window.actions["undo"].isEnabled()
    desk.key(Qt.Key.Key_Z, CONTROL)
    desk.key(Qt.Key.Key_J, CONTROL)
    desk.key(Qt.Key.Key_Return)
    assert desk.canvas.document is not None
    assert [len(one.points) for one in desk.canvas.document.shapes] == [3]
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert desk.labels() == []


def test_the_eraser_goes_on_with_another_mask(open_desk: Open) -> None:
    desk = open_desk(display_label_popup=False)
    desk.canvas.set_brush_size(10)
    desk.key(Qt.Key.Key_B)
    desk.drag(20, 30, 140, 30)
    desk.key(Qt.Key.Key_Escape)
    desk.drag(20, 80, 140, 80)
    desk.key(Qt.Key.Key_Escape)
    assert desk.canvas.document is not None
    low, high = desk.canvas.document.shapes
    desk.key(Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    desk.drag(60, 15, 60, 45)
    assert desk.canvas.document.shape(low.uid) is not low
    desk.drag(60, 65, 60, 95)  # the first one is not selected by what was erased from it
    assert desk.canvas.document.shape(high.uid) is not high
    assert (desk.canvas.selection(), len(desk.labels())) == ((), 2)


def test_a_half_drawn_polygon_waits_for_its_tool_and_its_image(open_desk: Open) -> None:
    desk = open_desk(display_label_popup=False)
    draw_first(desk)
    desk.key(Qt.Key.Key_V)  # an accident, or to look at another shape
    assert not desk.canvas.is_drawing
    desk.key(Qt.Key.Key_Right)
    desk.key(Qt.Key.Key_P)
    assert desk.canvas.is_drawing
    desk.key(Qt.Key.Key_D)
    desk.wait_image(1)
    assert not desk.canvas.is_drawing
    for place in ((20, 20), (50, 20)):
        desk.click(*place)
    desk.key(Qt.Key.Key_A)
    desk.wait_image(0)
    desk.click(60, 60)
    desk.key(Qt.Key.Key_Return)
    assert desk.canvas.document is not None
    assert [len(one.points) for one in desk.canvas.document.shapes] == [2, 4]
    desk.key(Qt.Key.Key_D)
    desk.wait_image(1)
    assert not desk.canvas.is_drawing  # two points are soon set anew
    desk.key(Qt.Key.Key_A)
    desk.wait_image(0)
    for place in ((60, 80), (80, 80), (80, 110)):
        desk.click(*place)
    desk.key(Qt.Key.Key_Escape)
    desk.key(Qt.Key.Key_V)
    desk.key(Qt.Key.Key_P)
    assert not desk.canvas.is_drawing


def test_a_drag_ends_where_it_was_when_its_release_went_elsewhere(open_desk: Open) -> None:
    desk = open_desk(display_label_popup=False)

    def drag(buttons: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        move_mouse(desk.canvas, desk.at(25, 25))
        QTest.mousePress(desk.canvas, buttons, Qt.KeyboardModifier.NoModifier, desk.at(25, 25))
        for place in ((35, 45), (45, 55)):
            move_mouse(desk.canvas, desk.at(*place), buttons=buttons)
        for place in ((100, 90), (140, 20)):  # another window has got the release
            move_mouse(desk.canvas, desk.at(*place))
        assert not desk.canvas.is_drawing
        QApplication.processEvents()

    draw_first(desk)
    desk.key(Qt.Key.Key_Escape)
    desk.key(Qt.Key.Key_V)
    drag()
    assert desk.canvas.document is not None
    assert desk.canvas.document.shapes[0].points.ravel() == pytest.approx([30, 40, 60, 70], abs=1)
    desk.key(Qt.Key.Key_Z, CONTROL)
    drag(Qt.MouseButton.RightButton)
    assert QApplication.activePopupWidget() is None
    assert desk.canvas.document.shapes[0].points.ravel() == pytest.approx([10, 10, 40, 40], abs=1)
    desk.canvas.set_selection(())
    desk.key(Qt.Key.Key_B)
    desk.canvas.set_brush_size(6)
    drag()
    assert [one.kind.value for one in desk.canvas.document.shapes] == ["rectangle", "mask"]
    assert desk.canvas.document.shapes[1].points.max() < 62
