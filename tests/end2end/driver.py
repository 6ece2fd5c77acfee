"""Start the real ``anylabeling.app.main()`` and play a scenario with real mouse and key events.

usage: driver.py SCENARIO JSON_VALUES ARGV...

``QApplication.exec_`` is replaced by the scenario, which runs the event loop itself; nothing of the program is. The
last line printed is "FOUND " and what the scenario returned, as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qtpy.QtCore import QEventLoop, QPoint, QPointF, Qt, QTimer
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication, QLineEdit, QMainWindow, QPushButton, QWidget

sys.path.insert(0, str(Path(__file__).parents[1]))
from mouse import move_mouse  # noqa: E402


class Hands:
    """What a person does: look at the window, move the mouse, press keys, wait for something to happen."""

    def __init__(self, program: Any) -> None:
        self.program = program
        windows = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMainWindow)]
        self.window: Any = windows[0]
        self.canvas: Any = self.window.canvas
        self.activate()

    def activate(self) -> None:
        """Give the window the focus, which no window manager does here; keys of actions work in the active one only."""
        self.window.activateWindow()
        self.wait(lambda: QApplication.activeWindow() is not None, "the window to be active")

    def wait(self, condition: Callable[[], object], what: str, limit_s: float = 60.0) -> None:
        """Run the event loop until the condition holds."""
        deadline = time.monotonic() + limit_s
        # With a limit in ms, Qt would not wait at all but spin.
        wake = QTimer()
        wake.start(5)
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError(f"waited {limit_s} s for: {what}")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        wake.stop()

    def wait_image(self, name: str) -> None:
        """Wait until a picture of that name is on the screen with its document."""

        def shown() -> bool:
            # The status bar names the picture that was asked for while the one before is still on the screen.
            entry = self.program.documents.current
            there = entry is not None and Path(entry.path).name == name and self.canvas.document is entry.document
            return there and self.name() == name and bool(self.canvas.image_id())

        self.wait(shown, f"image {name}")

    def step(self, key: Qt.Key) -> None:
        """Press a key that changes the image and wait until another one is shown, or none because it failed."""
        before = self.canvas.image_id()
        self.key(key)
        self.wait(lambda: self.canvas.image_id() != before, "another image")

    def name(self) -> str:
        """Return the file name in the status bar."""
        return str(self.window.status.name.text())

    def shapes(self) -> list[Any]:
        """Return the shapes on the canvas."""
        return list(self.canvas.document.shapes) if self.canvas.document else []

    def summary(self) -> list[list[Any]]:
        """Return kind, label and rounded points of each shape."""
        return [[shape.kind.value, shape.label, shape.points.round(1).tolist()] for shape in self.shapes()]

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        if QApplication.activeWindow() is not self.window:
            self.activate()
        QTest.keyClick(self.canvas, key, modifiers)

    def position(self, x: float, y: float) -> QPoint:
        """Return the widget position of an image position."""
        point = self.canvas.to_widget(QPointF(x, y))
        return QPoint(round(point.x()), round(point.y()))

    def drag(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Press at one image position, move, release at another."""
        start, end = self.position(x1, y1), self.position(x2, y2)
        move_mouse(self.canvas, start)
        QTest.mousePress(self.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
        move_mouse(self.canvas, (start + end) / 2, buttons=Qt.MouseButton.LeftButton)
        move_mouse(self.canvas, end, buttons=Qt.MouseButton.LeftButton)
        QTest.mouseRelease(self.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)

    def click(self, x: float, y: float) -> None:
        """Click at an image position."""
        move_mouse(self.canvas, self.position(x, y))
        QTest.mouseClick(self.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self.position(x, y))

    def give_label(self, label: str) -> None:
        """Type into the label dialog that is open and accept it."""
        self.wait(lambda: self._dialog_field() is not None, "the label dialog")
        field = self._dialog_field()
        assert field is not None
        field.selectAll()
        QTest.keyClicks(field, label)
        QTest.keyClick(field, Qt.Key.Key_Return)
        self.wait(lambda: self._dialog_field() is None, "the label dialog to close")

    def saved(self) -> bool:
        """Whether the status bar says that all is saved."""
        return str(self.window.status.saved.text()).startswith("saved ")

    def notices(self) -> list[str]:
        """Return the texts of the notices on the screen."""
        return [card.text for card in self.window.notifications.cards]

    def press(self, dialog: QWidget, text: str) -> None:
        """Click the button of a dialog that has this text."""
        for button in dialog.findChildren(QPushButton):
            if button.text().replace("&", "") == text and button.isVisible():
                QTest.mouseClick(button, Qt.MouseButton.LeftButton)
                return
        raise LookupError(f"no button {text}")

    def close(self) -> None:
        """Close the window and wait until it is gone."""
        self.window.close()
        self.wait(lambda: not self.window.isVisible(), "the window to close")

    def _dialog_field(self) -> QLineEdit | None:
        for widget in QApplication.topLevelWidgets():
            if type(widget).__name__ == "LabelDialog" and widget.isVisible():
                found = widget.findChild(QLineEdit)
                return found if isinstance(found, QLineEdit) else None
        return None


def main() -> int:
    """Run the program with the scenario in place of its event loop."""
    name, values, argv = sys.argv[1], json.loads(sys.argv[2]), sys.argv[3:]
    sys.path.insert(0, str(Path(__file__).parent))
    from importlib import import_module

    # No more of them than needed: what they import of the window would be in English whatever the settings say.
    rooms = (import_module(file.stem) for file in sorted(Path(__file__).parent.glob("scenarios*.py")))
    scenario = next(getattr(room, name) for room in rooms if hasattr(room, name))
    found: dict[str, Any] = {}

    def play(*_args: object) -> int:
        # The program that main() has made; importing its class here would be too early for the language.
        found.update(scenario(Hands(sys._getframe(1).f_locals["program"]), **values) or {})
        return 0

    QApplication.exec_ = staticmethod(play)
    from anylabeling.app import main as open_window

    code = open_window(argv)
    sys.stdout.write("FOUND " + json.dumps(found) + "\n")
    sys.stdout.flush()
    return code


if __name__ == "__main__":
    sys.exit(main())
