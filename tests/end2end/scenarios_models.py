"""Scenarios about what models bring into the window; see driver.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qtpy.QtCore import Qt
from qtpy.QtTest import QTest

if TYPE_CHECKING:
    from driver import Hands


def read_thresholds(hands: Hands, first: str) -> dict[str, Any]:
    """Wait for the model, look at the sliders and at what counts, and run it."""
    hands.wait_image(first)
    panel, controller = hands.window.auto_labeling, hands.program.auto_labeling
    hands.wait(lambda: "class" in panel.info.text(), "the model", 60)
    found = [panel.confidence.value(), panel.iou.value(), controller.options.confidence, controller.options.iou]
    classes = [sorted(options.classes or ()) for options in (panel.options(), controller.options)]
    panel.run_button.click()
    hands.wait(hands.shapes, "the objects")
    labels = [shape.label for shape in hands.shapes()]
    hands.wait(hands.saved, "saving")
    hands.close()
    return {"thresholds": found, "classes": classes, "labels": labels}


def outline_everything(hands: Hands, first: str, shot: str) -> dict[str, Any]:
    """Press the button in the panel, take the step back, start again and cancel in the status bar."""
    hands.wait_image(first)
    panel, work = hands.window.auto_labeling, hands.window.status.work
    hands.window.actions["toggle_auto_labeling"].setChecked(True)
    button = panel.prompts.everything
    hands.wait(button.isEnabled, "the model", 60)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    hands.wait(work.isVisible, "the progress")
    waits = not button.isEnabled()
    hands.wait(hands.shapes, "the outlines", 60)
    found = [[shape.kind.value, shape.label] for shape in hands.shapes()]
    selected = len(hands.canvas.selection())
    hands.window.grab().save(shot)
    hands.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    undone = len(hands.shapes())
    hands.window.actions["outline_all"].trigger()
    hands.wait(work.isVisible, "the progress")
    QTest.mouseClick(work.cancel_button, Qt.MouseButton.LeftButton)
    hands.wait(lambda: not work.isVisible(), "the end")
    cancelled = len(hands.shapes())
    hands.wait(hands.saved, "saving")
    hands.close()
    return {
        "waits": waits, "found": found, "selected": selected, "undone": undone,
        "cancelled": cancelled,
    }  # fmt: skip
