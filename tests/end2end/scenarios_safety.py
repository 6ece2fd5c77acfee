"""Scenarios of programs that are killed, and of what the next one finds; see scenarios.py."""

from __future__ import annotations

import hashlib
import json
import random
import sys
import time
from pathlib import Path
from typing import Any
from unittest import mock

from driver import Hands
from qtpy.QtCore import QPoint, Qt
from qtpy.QtWidgets import QApplication, QMessageBox, QPushButton

from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.views.canvas.compare_pane import ComparePane

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def edit_until_killed(hands: Hands, first: str, seed: int) -> dict[str, Any]:
    """Draw, move, delete, undo, redo and step for ever; print each state of each image as it comes into being."""
    chance = random.Random(seed)
    hands.wait_image(first)

    def tell(entry: Any) -> None:
        shapes = [[shape.kind.value, shape.label, shape.points.round(2).tolist()] for shape in entry.document.shapes]
        sys.stdout.write(json.dumps([time.monotonic(), Path(entry.path).name, shapes]) + "\n")
        sys.stdout.flush()

    hands.program.documents.edited.connect(tell)
    hands.key(Qt.Key.Key_R)
    hands.drag(20, 30, 120, 140)
    hands.give_label("crate")
    hands.program.labels.set_use_last(True)
    while True:
        action = chance.choice(("draw", "draw", "draw", "undo", "redo", "delete", "step", "arrow"))
        if action == "draw":
            hands.key(Qt.Key.Key_R)
            x, y = chance.uniform(5, 200), chance.uniform(5, 150)
            hands.drag(x, y, x + chance.uniform(20, 100), y + chance.uniform(20, 80))
        elif action == "undo":
            hands.key(Qt.Key.Key_Z, CTRL)
        elif action == "redo":
            hands.key(Qt.Key.Key_Z, CTRL | SHIFT)
        elif action == "step":
            QApplication.processEvents()
            hands.key(chance.choice((Qt.Key.Key_D, Qt.Key.Key_A)))
        elif hands.shapes():
            hands.canvas.set_selection((chance.choice(hands.shapes()).uid,))
            hands.key(Qt.Key.Key_Right if action == "arrow" else Qt.Key.Key_Delete)
        until = time.monotonic() + chance.uniform(0, 0.05)
        hands.wait(lambda until=until: time.monotonic() >= until, "a moment")


def edit_many_until_killed(hands: Hands, first: str, count: int) -> dict[str, Any]:
    """Move, label, copy and take back very many boxes for ever; print a digest of each state as it comes into being."""
    hands.wait_image(first)

    def tell(entry: Any) -> None:
        shapes = [[shape.kind.value, shape.label, shape.points.round(2).tolist()] for shape in entry.document.shapes]
        digest = hashlib.sha256(json.dumps(shapes).encode()).hexdigest()
        sys.stdout.write(json.dumps([time.monotonic(), Path(entry.path).name, digest]) + "\n")
        sys.stdout.flush()

    hands.program.documents.edited.connect(tell)
    boxes = [Shape(ShapeKind.RECTANGLE, [[n % 90, n % 70], [n % 90 + 9, n % 70 + 9]], label="a") for n in range(count)]
    hands.program.documents.add(boxes, "Add boxes")
    actions, bulk = hands.window.actions, hands.program.bulk_edits
    while True:
        for name in ("move", "rotate_right", "undo", "duplicate", "undo", "convert_to_polygon", "undo", "undo"):
            hands.canvas.select_all()
            if name == "move":
                hands.key(Qt.Key.Key_Right)
            else:
                actions[name].trigger()
            hands.wait(lambda: not bulk.busy(), "the edit")


def restore_what_was_left(hands: Hands, first: str, answer: str) -> dict[str, Any]:
    """Answer the question of the next start."""
    hands.wait_image(first)
    hands.wait(lambda: any("ended before" in text for text in hands.notices()), "the question")
    question = hands.notices()
    _press(hands, answer)
    if answer == "Restore":
        hands.wait(lambda: any("restored" in text or "changed since" in text for text in hands.notices()), "the answer")
    hands.wait(lambda: not hands.program.runner.busy("journal"), "the journal")
    texts = hands.notices()
    if any("changed since" in text for text in texts):
        _press(hands, "Replace")
        hands.wait(lambda: any("restored" in text for text in hands.notices()), "the replacement")
    QApplication.processEvents()
    hands.wait_image(first)
    shown = hands.summary()
    hands.close()
    return {"question": question, "texts": texts, "shown": shown}


def draw_where_nothing_can_be_saved(hands: Hands, first: str) -> dict[str, Any]:
    """Draw one box while saving fails, wait until the journal has it, and print what is seen; then wait for the end."""
    hands.wait_image(first)
    hands.key(Qt.Key.Key_R)
    hands.drag(20, 30, 120, 140)
    hands.give_label("crate")
    hands.wait(lambda: any("could not be" in text for text in hands.notices()), "the notice")
    journal = Path.home() / ".anylabeling" / "journal"
    hands.wait(lambda: list(journal.glob("*/*.labels")), "the journal")
    sys.stdout.write(json.dumps({"notices": hands.notices(), "saved": hands.window.status.saved.text()}) + "\n")
    sys.stdout.flush()
    hands.wait(lambda: False, "being killed", 60)
    return {}


def draw_and_wait_for_the_end(hands: Hands, first: str) -> dict[str, Any]:
    """Draw a box and say so at once, before it is saved; then wait until the window is closed from outside."""
    hands.wait_image(first)
    hands.key(Qt.Key.Key_R)
    hands.drag(20, 30, 120, 140)
    hands.give_label("crate")
    sys.stdout.write("drawn\n")
    sys.stdout.flush()
    hands.wait(lambda: not hands.window.isVisible(), "the end")
    return {}


def open_a_second_window(hands: Hands, first: str) -> dict[str, Any]:
    """Look at the notices of a window on a folder that another one has open."""
    hands.wait_image(first)
    hands.wait(lambda: hands.notices(), "the warning")
    notices = hands.notices()
    hands.close()
    return {"notices": notices}


def wait_in_a_window(hands: Hands, first: str) -> dict[str, Any]:
    """Have a folder open until the parent closes the pipe."""
    hands.wait_image(first)
    hands.wait(lambda: not hands.program.runner.busy("claim"), "the claim")
    sys.stdout.write("open\n")
    sys.stdout.flush()
    sys.stdin.readline()
    hands.close()
    return {"notices": hands.notices()}


def delete_an_image(hands: Hands, first: str, second: str) -> dict[str, Any]:
    """Delete the image on the screen, and look at what is shown then."""
    hands.wait_image(first)
    hands.window.actions["delete_image"].trigger()
    hands.wait(lambda: _box() is not None, "the question")
    box = _box()
    assert box is not None
    asked = box.text()
    hands.press(box, "Delete")
    hands.wait_image(second)
    hands.wait(lambda: any("bin" in text for text in hands.notices()), "the notice")
    found = {"asked": asked, "notices": hands.notices(), "left": len(hands.program.navigation.paths)}
    hands.close()
    return found


def _press(hands: Hands, text: str) -> None:
    for card in hands.window.notifications.cards:
        for button in card.findChildren(QPushButton):
            if button.text() == text and button.isVisible():
                button.click()
                return
    raise LookupError(text)


def _box() -> QMessageBox | None:
    boxes = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMessageBox)]
    return next((box for box in boxes if box.isVisible()), None)


def compare_with_other_labels(hands: Hands, first: str, folder: str, shot: str) -> dict[str, Any]:
    """Compare with the labels of another folder, zoom and step, look at both sides, end it."""
    hands.wait_image(first)
    dialog = "qtpy.QtWidgets.QFileDialog.getExistingDirectory"
    with mock.patch(dialog, return_value=folder):
        hands.window.actions["compare"].trigger()
    (pane,) = hands.window.findChildren(ComparePane)
    hands.wait(lambda: pane.note.text(), "the other labels")
    beside = [shape.label for shape in pane.view.document.shapes]
    notes = [pane.note.text()]
    hands.canvas.set_zoom(3.0)
    zooms = [hands.canvas.zoom(), pane.view.zoom()]
    pane.view.pan(-40, -30)
    places = [canvas.view_state().centre for canvas in (hands.canvas, pane.view)]
    hands.window.grab().save(shot)
    tops = [canvas.mapTo(hands.window, QPoint(0, 0)).y() for canvas in (hands.canvas, pane.view)]
    headings = [hands.window.beside.own.heading.text(), pane.heading.text()]
    hands.step(Qt.Key.Key_D)
    hands.wait(lambda: pane.note.text(), "the labels of the next picture")
    notes.append(pane.note.text())
    for _ in range(2):
        hands.step(Qt.Key.Key_D)
        hands.wait(lambda: pane.note.text(), "the labels of another picture")
        notes.append(pane.note.text())
    widths = [hands.canvas.width(), pane.view.width()]
    hands.window.actions["compare"].trigger()
    QApplication.processEvents()
    found = {"beside": beside, "notes": notes, "zooms": zooms, "places": places, "gone": not pane.isVisible()}
    found["own"] = len(hands.shapes())
    found |= {"level": tops[0] == tops[1], "headings": headings, "widths": widths}
    found["alone"] = not hands.window.beside.own.heading.isVisible()
    hands.close()
    return found
