"""What a person does with the program, and label files as other programs write them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mouse import move_mouse
from qtpy.QtCore import QPoint, QPointF, Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from anylabeling.bootstrap import Program

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
SIZE = (160, 120)


def shape(label: str, left: float, top: float, **more: Any) -> dict[str, Any]:
    """Return a rectangle of 30 x 20 as X-AnyLabeling writes it, with a key that nobody knows."""
    points = [[left, top], [left + 30, top], [left + 30, top + 20], [left, top + 20]]
    return {
        "label": label,
        "score": None,
        "points": points,
        "group_id": None,
        "description": "",
        "difficult": False,
        "shape_type": "rectangle",
        "flags": {},
        "attributes": {},
        "kie_linking": [],
        "theirs": {"n": 12345678901234567890},
        **more,
    }


def write_labels(image: Path, *shapes: dict[str, Any], **more: Any) -> Path:
    """Write the label file of an image."""
    record = {"version": "3.2.1", "flags": {}, "checked": False, "shapes": list(shapes), "imagePath": image.name,
              "imageData": None, "imageHeight": SIZE[1], "imageWidth": SIZE[0], **more}  # fmt: skip
    path = image.with_suffix(".json")
    path.write_text(json.dumps(record, indent=2), encoding="utf-8")
    return path


def read(image: Path) -> dict[str, Any]:
    """Return what the label file of an image says."""
    found: dict[str, Any] = json.loads(image.with_suffix(".json").read_text(encoding="utf-8"))
    return found


def labels_of(image: Path) -> list[str]:
    """Return the labels in the label file of an image."""
    return [one["label"] for one in read(image)["shapes"]]


class Desk:
    """A program and what a person does with it."""

    def __init__(self, program: Program, folder: Path, wait_for: Callable[..., None]) -> None:
        self.program = program
        self.folder = folder
        self.wait_for = wait_for
        self.window = program.window
        self.canvas = program.window.canvas
        self.work = program.label_work

    def image(self, number: int) -> Path:
        """Return the path of an image, counted from 0."""
        return self.folder / f"{number:02}.jpg"

    def wait_image(self, number: int) -> None:
        """Wait until an image is on the screen with its document."""

        def shown() -> bool:
            entry = self.program.documents.current
            there = entry is not None and entry.path == str(self.image(number))
            return there and entry is not None and self.canvas.document is entry.document

        self.wait_for(shown, 20.0)

    def key(self, key: Any, modifiers: Any = NONE, widget: QWidget | None = None) -> None:
        """Press a key where the focus is, by default on the picture."""
        if widget is None and QApplication.activeWindow() is not self.window:
            self.window.activateWindow()
            self.wait_for(lambda: QApplication.activeWindow() is self.window)
        QTest.keyClick(widget or self.canvas, key, modifiers)

    def at(self, x: float, y: float) -> QPoint:
        """Return the place of an image position on the canvas."""
        place = self.canvas.to_widget(QPointF(x, y))
        return QPoint(round(place.x()), round(place.y()))

    def click(self, x: float, y: float, modifiers: Any = NONE) -> None:
        """Click at an image position."""
        move_mouse(self.canvas, self.at(x, y))
        QTest.mouseClick(self.canvas, LEFT, modifiers, self.at(x, y))

    def drag(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Drag from one image position to another."""
        move_mouse(self.canvas, self.at(x1, y1))
        QTest.mousePress(self.canvas, LEFT, NONE, self.at(x1, y1))
        move_mouse(self.canvas, self.at((x1 + x2) / 2, (y1 + y2) / 2), buttons=LEFT)
        move_mouse(self.canvas, self.at(x2, y2), buttons=LEFT)
        QTest.mouseRelease(self.canvas, LEFT, NONE, self.at(x2, y2))

    def labels(self) -> list[str]:
        """Return the labels on the screen, bottom first."""
        assert self.canvas.document is not None
        return [one.label for one in self.canvas.document.shapes]

    def saved(self) -> None:
        """Wait until everything is in its label file."""
        saving, documents = self.program.saving, self.program.documents
        self.wait_for(lambda: not documents.unsaved() and not saving.busy(), 20.0)

    def folder_is_quiet(self) -> None:
        """Wait until no change of the folder runs or is about to."""
        QApplication.processEvents()
        self.wait_for(lambda: not self.work.folder.running, 30.0)
        self.saved()

    def notices(self) -> list[str]:
        """Return the texts of the notices on the screen."""
        return [card.text for card in self.window.notifications.cards]

    def press(self, widget: QWidget, text: str) -> None:
        """Click the visible button of this text."""
        for button in widget.findChildren(QPushButton):
            if button.text().replace("&", "") == text and button.isVisible():
                QTest.mouseClick(button, LEFT)
                return
        raise LookupError(f"no button {text}")

    def dialog(self, name: str) -> Any:
        """Wait for a dialog of this class and return it."""

        def found() -> list[QWidget]:
            return [one for one in QApplication.topLevelWidgets() if type(one).__name__ == name and one.isVisible()]

        self.wait_for(found, 10.0)
        return found()[0]

    def type_into(self, line: QLineEdit, text: str) -> None:
        """Replace what a line holds by typing."""
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, text)
