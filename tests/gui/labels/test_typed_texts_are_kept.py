"""Texts that are being typed: neither a kill nor the close button costs more than what was typed in the last moment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from label_desk import Desk, read, shape, write_labels
from qtpy.QtCore import Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QWidget

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
