"""What is seen after undo and redo: what came back is selected, hidden shapes are as they were, menus say what."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from label_desk import Desk, shape, write_labels
from mouse import move_mouse
from qtpy.QtCore import Qt
from qtpy.QtTest import QTest

from anylabeling.views.actions import without_key

Open = Callable[..., Desk]
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


def select(desk: Desk, *labels: str) -> None:
    """Select the shapes with some labels."""
    assert desk.canvas.document is not None
    desk.canvas.set_selection([one.uid for one in desk.canvas.document.shapes if one.label in labels])


def selected(desk: Desk) -> list[str]:
    """Return the labels of the selected shapes."""
    assert desk.canvas.document is not None
    return [desk.canvas.document.shape(uid).label for uid in desk.canvas.selection()]


def undo(desk: Desk) -> None:
    """Press the key of undo."""
    desk.key(Qt.Key.Key_Z, CONTROL)


def redo(desk: Desk) -> None:
    """Press the key of redo."""
    desk.key(Qt.Key.Key_Z, CONTROL | SHIFT)


def test_what_undo_and_redo_bring_back_is_selected(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", shape("a", 10, 10), shape("b", 60, 10), shape("c", 110, 10))
    desk = open_desk()
    select(desk, "a", "c")
    desk.key(Qt.Key.Key_Delete)
    assert selected(desk) == []
    undo(desk)
    assert selected(desk) == ["a", "c"]
    desk.key(Qt.Key.Key_Right)
    select(desk, "b")
    undo(desk)
    assert selected(desk) == ["a", "c"]
    select(desk, "b")
    redo(desk)
    assert selected(desk) == ["a", "c"]
    undo(desk)
    redo(desk)
    undo(desk)
    select(desk, "b")
    desk.key(Qt.Key.Key_D, CONTROL)
    undo(desk)
    redo(desk)
    assert (desk.labels(), selected(desk)) == (["a", "b", "c", "b"], ["b"])
    undo(desk)
    select(desk, "b")
    desk.key(Qt.Key.Key_H, SHIFT)
    assert selected(desk) == []
    undo(desk)
    assert selected(desk) == ["b"]


def test_one_of_a_group_stays_selected_alone(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", shape("a", 10, 10), shape("b", 60, 10), shape("c", 110, 10))
    desk = open_desk()
    select(desk, "a", "b")
    desk.key(Qt.Key.Key_G)
    select(desk, "a")
    desk.key(Qt.Key.Key_Down)
    undo(desk)
    assert selected(desk) == ["a"]  # the other one has only gone with it
    undo(desk)
    assert selected(desk) == ["a", "b"]


def test_hidden_one_by_one_is_undone_and_stays_with_its_image(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", shape("a", 10, 10), shape("b", 60, 10))
    desk = open_desk()
    document = desk.canvas.document
    assert document is not None
    a, b = (one.uid for one in document.shapes)
    desk.window.shape_dock.view.setCurrentIndex(desk.window.shape_dock.model.index(0))
    desk.key(Qt.Key.Key_Space, widget=desk.window.shape_dock.view)
    assert not desk.canvas.scene.is_shown(a)
    assert desk.window.actions["undo"].text() == "&Undo hide a"
    desk.key(Qt.Key.Key_A, CONTROL)
    assert selected(desk) == ["b"]
    desk.key(Qt.Key.Key_D)
    desk.wait_image(1)
    desk.key(Qt.Key.Key_A)
    desk.wait_image(0)
    assert (desk.canvas.scene.is_shown(a), desk.canvas.scene.is_shown(b)) == (False, True)
    undo(desk)
    assert desk.canvas.scene.is_shown(a)
    redo(desk)
    desk.key(Qt.Key.Key_H)  # all
    desk.key(Qt.Key.Key_H)
    assert desk.canvas.scene.is_shown(a)
    assert desk.window.actions["undo"].text() == "&Undo show a"
    desk.key(Qt.Key.Key_H)
    desk.key(Qt.Key.Key_H)  # a look at the picture is no step
    undo(desk)
    assert (desk.canvas.scene.is_shown(a), desk.canvas.scene.is_shown(b)) == (False, True)


def test_knives_leave_alone_what_is_hidden_or_locked(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", shape("a", 10, 10), shape("b", 10, 60))
    desk = open_desk()
    select(desk, "a")
    desk.key(Qt.Key.Key_H, SHIFT)
    desk.key(Qt.Key.Key_J)
    desk.drag(25, 2, 25, 110)
    assert desk.labels() == ["a", "b", "b"]
    undo(desk)
    desk.key(Qt.Key.Key_V)
    undo(desk)
    select(desk, "a")
    desk.key(Qt.Key.Key_K, CONTROL)
    desk.key(Qt.Key.Key_J)
    desk.drag(25, 2, 25, 110)  # meant for the selected one, not for all others
    assert desk.labels() == ["a", "b"]
    assert [card.text for card in desk.window.notifications.cards] == ["These shapes are locked."]
    desk.window.notifications.cards[0].close_button.click()
    desk.key(Qt.Key.Key_V)
    desk.key(Qt.Key.Key_Delete)
    assert [card.text for card in desk.window.notifications.cards] == ["These shapes are locked."]


def test_escape_gives_a_band_and_a_right_drag_up(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", shape("a", 10, 10), shape("b", 60, 10))
    desk = open_desk()
    menus: list[object] = []
    desk.canvas.menu_requested.connect(menus.append)
    select(desk, "b")
    move_mouse(desk.canvas, desk.at(2, 100))
    QTest.mousePress(desk.canvas, LEFT, Qt.KeyboardModifier.NoModifier, desk.at(2, 100))
    move_mouse(desk.canvas, desk.at(30, 2), buttons=LEFT)
    assert selected(desk) == ["a"]
    desk.key(Qt.Key.Key_Escape)
    QTest.mouseRelease(desk.canvas, LEFT, Qt.KeyboardModifier.NoModifier, desk.at(30, 2))
    assert selected(desk) == ["b"]
    QTest.mousePress(desk.canvas, RIGHT, Qt.KeyboardModifier.NoModifier, desk.at(75, 20))
    move_mouse(desk.canvas, desk.at(90, 60), buttons=RIGHT)
    desk.key(Qt.Key.Key_Escape)
    QTest.mouseRelease(desk.canvas, RIGHT, Qt.KeyboardModifier.NoModifier, desk.at(90, 60))
    assert (menus, desk.canvas.is_drawing) == ([], False)
    QTest.mousePress(desk.canvas, LEFT, Qt.KeyboardModifier.NoModifier, desk.at(75, 20))
    move_mouse(desk.canvas, desk.at(90, 60), buttons=LEFT)
    undo(desk)  # takes back the drag, and no step
    QTest.mouseRelease(desk.canvas, LEFT, Qt.KeyboardModifier.NoModifier, desk.at(90, 60))
    assert desk.program.documents.redo_text() is None
    assert desk.canvas.document is not None
    assert desk.canvas.document.revision == 0


def test_odd_labels_stand_in_the_menus_as_they_are(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", shape("R&D\tlab", 10, 10), shape("x" * 300, 60, 10))
    desk = open_desk(labels=["R&D", "y" * 100])
    undo_action = desk.window.actions["undo"]
    select(desk, "R&D\tlab")
    desk.key(Qt.Key.Key_Delete)
    assert undo_action.text() == "&Undo delete R&&D lab"
    assert without_key(undo_action.text()) == "Undo delete R&D lab"
    select(desk, "x" * 300)
    desk.key(Qt.Key.Key_Delete)
    assert len(undo_action.text()) < 80
    assert undo_action.text().endswith("x…")
    assert desk.window.actions["label_digit_1"].text() == "&1  R&&D"
    assert len(desk.window.actions["label_digit_2"].text()) < 80


def test_what_is_locked_takes_its_group_nowhere(open_desk: Open, folder: Path) -> None:
    rows = [shape("a", 10, 10, group_id=1, locked=True), shape("b", 60, 10, group_id=1), shape("c", 110, 10)]
    write_labels(folder / "00.jpg", *rows)
    desk = open_desk()
    assert desk.canvas.document is not None

    def lefts() -> list[float]:
        assert desk.canvas.document is not None
        return [round(float(one.points[0][0])) for one in desk.canvas.document.shapes]

    desk.drag(25, 20, 35, 60)
    select(desk, "a")
    desk.key(Qt.Key.Key_Right)
    assert (lefts(), selected(desk)) == ([10, 60, 110], ["a"])
    select(desk, "a", "c")
    desk.key(Qt.Key.Key_Right)
    assert lefts() == [10, 60, 111]
    select(desk, "b")
    desk.key(Qt.Key.Key_Right)
    assert lefts() == [10, 61, 111]
    desk.window.shape_dock.lock_requested.emit(desk.canvas.document.shapes[0].uid, False)
    assert desk.window.actions["undo"].text() == "&Undo unlock a"


def test_tool_tips_show_labels_as_they_are(open_desk: Open, folder: Path) -> None:
    text = "a long remark " * 30
    write_labels(folder / "00.jpg", shape("<b>x</b>", 10, 10), shape("car", 60, 10, description=text))
    desk = open_desk()
    role = Qt.ItemDataRole.ToolTipRole
    tips = []
    for model in (desk.window.shape_dock.model, desk.window.label_dock.model):
        tips += [str(model.index(row).data(role)) for row in range(2)]
    assert all("&lt;b&gt;x&lt;/b&gt;" in tip and tip.startswith("<qt>") for tip in tips[::2])
    assert tips[1].startswith("<qt>car · rectangle · a long remark ")  # which goes on in the next line
    assert tips[3] == "car"


def test_the_history_stays_when_an_image_comes_back_while_it_is_being_saved(open_desk: Open, folder: Path) -> None:
    file = write_labels(folder / "00.jpg", shape("a", 10, 10))
    desk = open_desk()
    entry, program = desk.program.documents.current, desk.program
    assert entry is not None
    select(desk, "a")
    desk.key(Qt.Key.Key_Right)
    before, deadline = file.stat().st_mtime_ns, time.monotonic() + 20
    program.saving.save_current()
    while file.stat().st_mtime_ns == before and time.monotonic() < deadline:
        pass  # the window does not know yet that the file is written
    opened: list[object] = []
    program.images.opened.connect(opened.append)
    program.images.show(str(desk.image(0)), program.label_files.store)
    desk.wait_for(lambda: opened and not program.saving.busy(), 20.0)
    assert program.documents.current is entry
    undo(desk)
    assert entry.document.shapes[0].points[0].tolist() == [10, 10]


def test_lines_of_a_label_stand_in_one_line(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", shape("one\ntwo\tthree", 10, 10, text="A\n1"), shape("one two three", 60, 10))
    desk = open_desk()
    canvas, dock = desk.canvas, desk.window.label_dock
    assert canvas.document is not None
    items = [canvas.scene.at(row) for row in range(2)]
    assert [canvas.renderer.plate_text(item) for item in items] == ["one two three A 1", "one two three"]
    rows = [dock.view.visualRect(dock.model.index(row)) for row in range(2)]
    desk.wait_for(lambda: dock.view.viewport().rect().contains(rows[1]))  # type: ignore[union-attr]
    select(desk)
    shown = dock.view.viewport().grab().toImage()  # type: ignore[union-attr]
    words = [shown.copy(row.adjusted(30, 0, -80, 0)) for row in rows]
    assert words[0] == words[1]
