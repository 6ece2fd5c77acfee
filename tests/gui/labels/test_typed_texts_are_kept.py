"""Texts that are being typed: neither a kill nor the close button costs more than what was typed in the last moment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from label_desk import Desk, read, shape, write_labels
from qtpy.QtCore import Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QToolButton, QWidget

Open = Callable[..., Desk]


@pytest.fixture
def desk(open_desk: Open, folder: Path) -> Desk:
    write_labels(folder / "00.jpg", shape("line", 10, 10, text="old"))
    opened = open_desk()
    opened.click(20, 20)
    opened.key(Qt.Key.Key_T)
    return opened


def fields(desk: Desk) -> dict[str, QWidget]:
    dock = desk.window.column.text_dock
    return {"text": dock.text_line, "description": dock.image_description, "image_text": dock.image_text}


@pytest.mark.parametrize("name", ["text", "description", "image_text"])
def test_what_is_typed_without_a_pause_is_saved_meanwhile_and_is_one_step(desk: Desk, folder: Path, name: str) -> None:
    field = fields(desk)[name]
    field.setFocus()
    getattr(field, "selectAll")()  # noqa: B009 - of two classes
    before = read(folder / "00.jpg")

    def of(record: dict[str, object]) -> object:
        return record["shapes"][0]["text"] if name == "text" else record.get(name, "")  # type: ignore[index]

    typed: list[str] = []

    def saved_while_typing() -> bool:
        QTest.keyClicks(field, "x")
        typed.append("x")
        found = str(of(read(folder / "00.jpg")))
        return bool(found) and set(found) == {"x"}

    desk.wait_for(saved_while_typing, 20.0)
    desk.window.column.text_dock.flush()
    desk.saved()
    assert of(read(folder / "00.jpg")) == "".join(typed)
    entry = desk.program.documents.current
    assert entry is not None
    assert entry.stack.count() == 1
    desk.program.documents.undo()
    desk.saved()
    assert of(read(folder / "00.jpg")) == of(before)


def test_closing_takes_along_what_was_typed_last(desk: Desk, folder: Path) -> None:
    dock = desk.window.column.text_dock
    QTest.keyClicks(dock.text_line, "new")
    desk.program.close()
    desk.wait_for(lambda: not desk.window.isVisible())
    assert read(folder / "00.jpg")["shapes"][0]["text"] == "new"


def test_undo_by_the_mouse_takes_back_what_was_typed_last(desk: Desk) -> None:
    window, dock, entry = desk.window, desk.window.column.text_dock, desk.program.documents.current
    assert entry is not None
    start = entry.document.snapshot().content()
    desk.key(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert len(desk.labels()) == 2
    dock.image_text.setFocus()
    QTest.keyClicks(dock.image_text, "so 7")
    action = window.actions["undo"]
    button = next(one for one in window.findChildren(QToolButton) if one.defaultAction() is action and one.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (entry.document.annotation.text, len(desk.labels())) == ("", 2)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert entry.document.snapshot().content() == start


def test_a_step_that_is_taken_back_amid_typing_leaves_the_typed_text_a_step_of_its_own(desk: Desk) -> None:
    dock, entry = desk.window.column.text_dock, desk.program.documents.current
    assert entry is not None
    start = entry.document.snapshot().content()
    desk.key(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    dock.image_text.setFocus()
    QTest.keyClicks(dock.image_text, "so 7")
    entry.stack.undo()  # as a change of the whole folder does that is taken back; the selected copy goes
    desk.wait_for(lambda: entry.document.annotation.text == "so 7")
    entry.stack.setIndex(0)
    assert entry.document.snapshot().content() == start
