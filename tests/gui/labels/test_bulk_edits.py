"""Thousands of shapes are edited as one step that blocks nothing, and never on another picture than theirs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from label_desk import Desk, read
from qtpy.QtCore import Qt
from qtpy.QtGui import QGuiApplication
from qtpy.QtTest import QTest

from anylabeling.controllers.bulk_edits import AT_ONCE
from anylabeling.controllers.documents import CHANGED_AT_ONCE
from anylabeling.document.shape import Shape, ShapeKind

Open = Callable[..., Desk]
CONTROL = Qt.KeyboardModifier.ControlModifier
MANY = 3 * AT_ONCE


def boxes(count: int = MANY) -> list[Shape]:
    corners = np.random.default_rng(3).uniform(2, 90, (count, 2)).round(1)
    return [Shape(ShapeKind.RECTANGLE, [at, at + 9], label=f"c{n % 3}") for n, at in enumerate(corners)]


def kinds(desk: Desk, number: int = 0) -> set[str]:
    entry = desk.program.documents.find(str(desk.image(number)))
    assert entry is not None
    return {shape.kind.value for shape in entry.document.shapes}


def filled(open_desk: Open, **settings: object) -> Desk:
    """Return a desk with many boxes, all of them selected."""
    desk = open_desk(**settings)
    desk.program.documents.add(boxes(), "Add boxes")
    desk.saved()
    assert len(desk.canvas.selection()) == MANY
    return desk


def test_many_are_converted_on_a_thread_and_by_one_step(open_desk: Open) -> None:
    desk = filled(open_desk)
    bulk, document = desk.program.bulk_edits, desk.canvas.document
    assert document is not None
    before = document.snapshot().content()
    desk.window.actions["convert_to_polygon"].trigger()
    assert bulk.busy()
    assert kinds(desk) == {"rectangle"}
    desk.wait_for(lambda: not bulk.busy())
    assert kinds(desk) == {"polygon"}
    assert len(desk.canvas.selection()) == MANY
    assert desk.window.actions["undo"].text() == f"&Undo convert {MANY} shapes to polygon"
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert document.snapshot().content() == before
    desk.window.actions["redo"].trigger()
    desk.saved()
    assert {one["shape_type"] for one in read(desk.image(0))["shapes"]} == {"polygon"}


def test_what_is_made_goes_to_its_own_picture(open_desk: Open) -> None:
    desk = filled(open_desk)
    desk.window.actions["convert_to_circle"].trigger()
    desk.program.navigation.step(1)
    desk.wait_image(1)
    desk.wait_for(lambda: not desk.program.bulk_edits.busy())
    assert kinds(desk) == {"circle"}
    assert kinds(desk, 1) == set()
    assert desk.canvas.selection() == ()
    desk.saved()
    assert {one["shape_type"] for one in read(desk.image(0))["shapes"]} == {"circle"}
    assert not desk.image(1).with_suffix(".json").exists()


def test_undo_gives_up_what_is_still_being_made(open_desk: Open) -> None:
    desk = filled(open_desk)
    desk.window.actions["convert_to_polygon"].trigger()
    desk.key(Qt.Key.Key_Z, CONTROL)
    desk.wait_for(lambda: not desk.program.bulk_edits.busy())
    assert kinds(desk) == {"rectangle"}
    assert len(desk.labels()) == MANY  # the step before is still there
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert desk.labels() == []


def test_an_edit_meanwhile_is_not_lost_and_those_that_follow_wait(open_desk: Open) -> None:
    desk = filled(open_desk)
    document = desk.canvas.document
    assert document is not None
    first, second, last = (document.shapes[place].uid for place in (0, 1, -1))
    desk.window.actions["rotate_right"].trigger()
    desk.window.actions["convert_to_polygon"].trigger()
    desk.program.documents.change([first], "Label", label="changed meanwhile")
    desk.program.documents.delete([second])
    desk.wait_for(lambda: not desk.program.bulk_edits.busy())
    assert document.shape(first).label == "changed meanwhile"
    assert document.shape(first).kind is ShapeKind.POLYGON
    assert second not in document
    assert document.shape(last).kind is ShapeKind.POLYGON
    assert document.shape(last).points[0][1] != document.shape(last).points[1][1]  # it was turned before
    names = []
    while desk.window.actions["undo"].isEnabled():
        names.append(str(desk.program.documents.undo_text()))
        desk.program.documents.undo()
    left = MANY - 1
    assert names == [
        f"Convert {left} shapes to polygon",
        f"Rotate {left} shapes",
        "Delete c1",
        "Label",
        "Add boxes",
    ]


def test_copies_of_many_come_through_the_clipboard_in_order(open_desk: Open) -> None:
    desk = filled(open_desk)
    for action in ("copy", "paste", "duplicate"):
        desk.window.actions[action].trigger()
    desk.wait_for(lambda: not desk.program.bulk_edits.busy(), 20.0)
    document = desk.canvas.document
    assert document is not None
    assert len(document.shapes) == 3 * MANY
    assert len({shape.uid for shape in document.shapes}) == 3 * MANY
    moved = [tuple(shape.points[0] - document.shapes[0].points[0]) for shape in document.shapes[::MANY]]
    assert [tuple(np.round(step).tolist()) for step in moved] == [(0, 0), (10, 10), (10, 10)]
    desk.program.documents.undo()
    desk.program.documents.undo()
    desk.canvas.select_all()
    desk.window.actions["cut"].trigger()
    desk.program.navigation.step(1)
    desk.wait_image(1)
    desk.window.actions["paste"].trigger()
    desk.wait_for(lambda: not desk.program.bulk_edits.busy(), 20.0)
    assert len(desk.labels()) == MANY
    assert document.shapes == ()


def test_all_are_moved_by_an_arrow_key_and_back(open_desk: Open) -> None:
    desk = filled(open_desk)
    document = desk.canvas.document
    assert document is not None
    before = [shape.points for shape in document.shapes]
    for _ in range(5):
        QTest.keyClick(desk.canvas, Qt.Key.Key_Right)
    assert desk.program.bulk_edits.busy()
    desk.wait_for(lambda: not desk.program.bulk_edits.busy())
    assert all(np.array_equal(new.points, old + (5, 0)) for new, old in zip(document.shapes, before, strict=True))
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert all(new.points is old for new, old in zip(document.shapes, before, strict=True))


def test_closing_waits_for_what_is_being_made(open_desk: Open, folder: Path) -> None:
    desk = filled(open_desk)
    desk.window.actions["convert_to_polygon"].trigger()
    desk.window.close()
    assert desk.window.isVisible()
    desk.wait_for(lambda: not desk.window.isVisible())
    assert {one["shape_type"] for one in read(folder / "00.jpg")["shapes"]} == {"polygon"}


def test_an_edit_of_shapes_that_are_gone_is_none(open_desk: Open) -> None:
    desk = filled(open_desk)
    desk.window.actions["rotate_right"].trigger()
    desk.window.actions["intersect_shapes"].trigger()
    desk.program.documents.delete(desk.canvas.selection())
    desk.wait_for(lambda: not desk.program.bulk_edits.busy())
    assert desk.labels() == []
    assert desk.program.documents.undo_text() == f"Delete {MANY} shapes"
    assert desk.notices() == []


def test_labels_of_very_many_are_changed_on_the_thread_too(open_desk: Open) -> None:
    desk = open_desk()
    many = CHANGED_AT_ONCE + 10
    desk.program.documents.add(boxes(many), "Add boxes")
    desk.program.labels.relabel(desk.canvas.selection(), "other")
    assert desk.program.bulk_edits.busy()
    desk.window.actions["toggle_lock"].trigger()
    desk.wait_for(lambda: not desk.program.bulk_edits.busy())
    assert set(desk.labels()) == {"other"}
    document = desk.canvas.document
    assert document is not None
    assert all(shape.locked for shape in document.shapes)
    assert desk.window.actions["undo"].text() == f"&Undo lock {many:,} shapes"
    desk.program.documents.undo()
    desk.program.documents.undo()
    assert set(desk.labels()) == {"c0", "c1", "c2"}
    assert len(desk.canvas.selection()) == many


def test_moves_of_a_held_key_add_up_and_end_at_the_edge_of_the_picture(open_desk: Open) -> None:
    desk = filled(open_desk)
    document = desk.canvas.document
    assert document is not None
    width = desk.canvas.image_size()[0]
    for _ in range(40):
        QTest.keyClick(desk.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    desk.wait_for(lambda: not desk.program.bulk_edits.busy())
    assert max(float(shape.points[:, 0].max()) for shape in document.shapes) == width
    desk.program.documents.undo()
    assert desk.program.documents.undo_text() == "Add boxes"  # all of it was one step


def test_a_move_after_one_that_was_given_up_is_made(open_desk: Open) -> None:
    desk = filled(open_desk)
    document = desk.canvas.document
    assert document is not None
    before = document.shapes[0].points
    for _ in range(3):
        QTest.keyClick(desk.canvas, Qt.Key.Key_Right)
    desk.key(Qt.Key.Key_Z, CONTROL)  # the first is being made, the others wait
    QTest.keyClick(desk.canvas, Qt.Key.Key_Down)
    desk.wait_for(lambda: not desk.program.bulk_edits.busy())
    assert np.array_equal(document.shapes[0].points, before + (0, 1))


def test_a_move_goes_to_its_own_picture_and_closing_waits_for_it(open_desk: Open, folder: Path) -> None:
    desk = filled(open_desk)
    before = min(float(one["points"][0][0]) for one in read(folder / "00.jpg")["shapes"])
    QTest.keyClick(desk.canvas, Qt.Key.Key_Right)
    desk.program.navigation.step(1)
    QTest.keyClick(desk.canvas, Qt.Key.Key_Right)
    desk.window.close()
    desk.wait_for(lambda: not desk.window.isVisible())
    after = min(float(one["points"][0][0]) for one in read(folder / "00.jpg")["shapes"])
    assert round(after - before, 1) in (1, 2)  # the second key may have come before the other picture
    assert not (folder / "01.json").exists()


def test_a_drag_of_all_is_one_step(open_desk: Open) -> None:
    desk = open_desk()
    small = [Shape(ShapeKind.RECTANGLE, [[n % 40 + 5, n % 30 + 5], [n % 40 + 14, n % 30 + 14]]) for n in range(MANY)]
    desk.program.documents.add([*small, Shape(ShapeKind.RECTANGLE, [[60, 55], [100, 95]])], "Add boxes")
    document = desk.canvas.document
    assert document is not None
    before = document.snapshot().content()
    first = document.shapes[0].points
    desk.drag(80, 75, 50, 75)  # the large one by its middle, to the edge of the picture
    desk.wait_for(lambda: not desk.program.bulk_edits.busy())
    moved = document.shapes[0].points - first
    assert moved[0][0] < 0
    assert np.allclose([shape.points[0][0] for shape in document.shapes], before_lefts(before) + moved[0][0])
    desk.key(Qt.Key.Key_Z, CONTROL)
    assert document.snapshot().content() == before


def before_lefts(content: object) -> np.ndarray[Any, Any]:
    """Return the left sides of the boxes of an annotation's content."""
    shapes = content[0]  # type: ignore[index]
    return np.array([shape[1][0][0] for shape in shapes])


def test_what_is_pasted_is_what_the_text_says(open_desk: Open) -> None:
    desk = filled(open_desk)
    desk.window.actions["copy"].trigger()
    desk.wait_for(lambda: not desk.program.bulk_edits.busy())
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    own = clipboard.text()
    desk.program.navigation.step(1)
    desk.wait_image(1)
    document = desk.canvas.document
    assert document is not None
    contents = []
    for text in (None, own):
        if text is not None:
            clipboard.setText(text)  # as another program would put it there
        desk.window.actions["paste"].trigger()
        desk.wait_for(lambda: not desk.program.bulk_edits.busy() and len(desk.labels()) == MANY)
        contents.append([shape.content() for shape in document.shapes])
        desk.program.documents.undo()
    assert contents[0] == contents[1]
