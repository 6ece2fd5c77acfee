"""Tags of the image: typed, completed, put in order and taken away, with keys and mouse, and in the label files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from label_desk import Desk, read, shape, write_labels
from qtpy.QtCore import QPoint, Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication, QWidget

from anylabeling.views.widgets.tag_editor import TagEditor
from anylabeling.views.widgets.text import tip_text

Open = Callable[..., Desk]
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
LONG = "a tag of very many words that no panel at the side of a window is wide enough for, by far"


def editor_of(desk: Desk) -> TagEditor:
    return desk.window.column.image_dock.tags


def tags_of(desk: Desk, number: int = 0) -> object:
    desk.saved()
    return read(desk.image(number)).get("tags")


def enter(editor: TagEditor, *tags: str) -> None:
    editor.line.setFocus()
    for tag in tags:
        QTest.keyClicks(editor.line, tag)
        QTest.keyClick(editor.line, Qt.Key.Key_Return)


def test_tags_are_typed_and_taken_back_and_stand_in_the_label_file(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", shape("car", 10, 10), tags=["wet"], flags={"night": True})
    write_labels(folder / "01.jpg", shape("car", 10, 10), tags=[])
    desk = open_desk()
    editor, undo = editor_of(desk), desk.window.actions["undo"]
    assert editor.list.tags() == ("wet",)
    enter(editor, "  dusk ", "wet", " ", "two words")
    assert editor.list.tags() == ("wet", "dusk", "two words")
    assert undo.text().endswith("tag two words")
    assert tags_of(desk) == ["wet", "dusk", "two words"]
    assert read(desk.image(0))["flags"] == {"night": True}
    QTest.keyClick(editor.line, Qt.Key.Key_Backspace)
    assert editor.list.tags() == ("wet", "dusk")
    assert undo.text().lower().endswith("remove tag two words")
    QTest.keyClicks(editor.line, "x")
    QTest.keyClick(editor.line, Qt.Key.Key_Backspace)  # a letter, and no tag
    assert editor.list.tags() == ("wet", "dusk")
    undo.trigger()
    undo.trigger()
    assert editor.list.tags() == ("wet", "dusk")
    desk.window.actions["redo"].trigger()
    assert editor.list.tags() == ("wet", "dusk", "two words")
    for _ in range(4):
        QTest.keyClick(editor.line, Qt.Key.Key_Backspace)
    assert editor.list.tags() == ()
    assert not editor.list.isVisible()
    assert tags_of(desk) == []
    desk.program.navigation.step(1)
    desk.wait_image(1)
    assert editor.list.tags() == ()
    enter(editor, "dry")
    desk.program.navigation.step(1)
    desk.wait_image(2)
    assert tags_of(desk, 1) == ["dry"]
    assert not desk.image(2).with_suffix(".json").exists()


def test_tags_of_the_folder_and_those_used_last_are_proposed(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "05.jpg", tags=["Wet road", "dusk"])
    write_labels(folder / "06.jpg", tags="no list")
    (folder / "07.json").write_text('{"tags": ["broken"', encoding="utf-8")
    desk = open_desk()
    editor = editor_of(desk)
    enter(editor, "zebra")
    desk.wait_for(lambda: desk.work.tags.known() == ("zebra", "dusk", "Wet road"))
    desk.program.navigation.step(1)
    desk.wait_image(1)
    editor.line.setFocus()
    completer = editor.line.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    QTest.keyClicks(editor.line, "ROAD")
    desk.wait_for(popup.isVisible)
    assert popup.accessibleName() == "Known tags"
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    desk.wait_for(lambda: editor.line.text() == "")
    QApplication.processEvents()
    assert editor.list.tags() == ("Wet road",)
    assert desk.work.tags.recent[:2] == ("Wet road", "zebra")
    QTest.keyClicks(editor.line, "z")
    desk.wait_for(popup.isVisible)
    model = popup.model()
    assert model is not None
    QTest.mouseClick(popup.viewport(), LEFT, NONE, popup.visualRect(model.index(0, 0)).center())
    desk.wait_for(lambda: editor.list.tags() == ("Wet road", "zebra"))
    assert editor.line.text() == ""
    assert tags_of(desk, 1) == ["Wet road", "zebra"]


def test_tags_are_put_in_order_by_keys(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", tags=["one", "two", "three"])
    desk = open_desk()
    editor = editor_of(desk)
    editor.line.setFocus()
    QTest.keyClick(editor.line, Qt.Key.Key_Up)
    assert QApplication.focusWidget() is editor.list
    QTest.keyClick(editor.list, Qt.Key.Key_Up, ALT)
    assert editor.list.tags() == ("one", "three", "two")
    QTest.keyClick(editor.list, Qt.Key.Key_Left, CONTROL)
    QTest.keyClick(editor.list, Qt.Key.Key_Left, CONTROL)  # it is the first already
    assert editor.list.tags() == ("three", "one", "two")
    assert desk.window.actions["undo"].text().lower().endswith("change order of tags")
    QTest.keyClick(editor.list, Qt.Key.Key_Down, ALT)
    assert tags_of(desk) == ["one", "three", "two"]
    QTest.keyClick(editor.list, Qt.Key.Key_Delete)
    assert editor.list.tags() == ("one", "two")
    assert QApplication.focusWidget() is editor.list
    QTest.keyClick(editor.list, Qt.Key.Key_Backspace)
    QTest.keyClick(editor.list, Qt.Key.Key_Backspace)
    assert QApplication.focusWidget() is editor.line
    assert tags_of(desk) == []


def test_tags_are_dragged_and_removed_by_the_mouse(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", tags=["a rather wide one", "b", "c"])
    desk = open_desk()
    tag_list = editor_of(desk).list

    def place(row: int, dx: int = 0) -> QPoint:
        index = tag_list.model().index(row, 0)  # type: ignore[union-attr]
        return tag_list.visualRect(index).center() + QPoint(dx, 0)

    viewport = tag_list.viewport()
    end = place(2, 2)
    QTest.mousePress(viewport, LEFT, NONE, place(0))
    move(viewport, (place(0) + end) / 2)
    move(viewport, end)
    assert tag_list.tags() == ("b", "c", "a rather wide one")
    move(viewport, end)  # where it lies now, the mouse rests on it
    QTest.mouseRelease(viewport, LEFT, NONE, end)
    assert tags_of(desk) == ["b", "c", "a rather wide one"]
    desk.window.actions["undo"].trigger()
    assert tag_list.tags() == ("a rather wide one", "b", "c")
    chip = tag_list.visualItemRect(tag_list.item(1))
    QTest.mouseClick(viewport, LEFT, NONE, QPoint(chip.right() - 9, chip.center().y()))
    assert tag_list.tags() == ("a rather wide one", "c")


def move(widget: QWidget | None, place: QPoint) -> None:
    """Move the mouse with its button held down."""
    from qtpy.QtCore import QEvent
    from qtpy.QtGui import QMouseEvent

    assert widget is not None
    QApplication.sendEvent(
        widget,
        QMouseEvent(QEvent.Type.MouseMove, place, widget.mapToGlobal(place), Qt.MouseButton.NoButton, LEFT, NONE),
    )


def test_long_and_many_tags_stay_inside_of_the_panel(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", tags=[LONG, *(f"tag {number}" for number in range(40))])
    desk = open_desk(theme="dark")
    tag_list = editor_of(desk).list
    QApplication.processEvents()
    viewport = tag_list.viewport()
    assert viewport is not None
    assert tag_list.visualItemRect(tag_list.item(0)).right() <= viewport.width()
    assert tag_list.item(0).toolTip() == tip_text(LONG)  # type: ignore[union-attr]
    assert tag_list.height() < 130
    scroll = tag_list.verticalScrollBar()
    assert scroll is not None
    assert scroll.maximum() > 0
    below = desk.window.column.image_dock
    assert below.height() >= tag_list.height() + editor_of(desk).line.height()
