"""Scenarios of shapes that are worked on with every tool and key; see scenarios.py."""

from __future__ import annotations

from typing import Any

from driver import Hands
from mouse import move_mouse
from qtpy.QtCore import Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication, QMenu

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def edit_shapes(hands: Hands, first: str) -> dict[str, Any]:
    """Draw with the tools that share buttons, cut, merge, turn, lock, order, copy to the next image; undo all."""
    hands.wait_image(first)
    names: list[str] = []

    def note() -> None:
        names.append(str(hands.window.actions["undo"].text()).replace("&", "").removeprefix("Undo "))

    hands.key(Qt.Key.Key_O, SHIFT)
    for corner in ((20, 20), (120, 30), (110, 120), (30, 110)):
        hands.click(*corner)
    hands.give_label("field")
    note()
    hands.key(Qt.Key.Key_J, SHIFT)
    for corner in ((50, 50), (70, 50), (60, 70)):
        hands.click(*corner)
    hands.key(Qt.Key.Key_Return)
    note()
    ring = hands.summary(), len(hands.shapes()[0].holes)
    hands.key(Qt.Key.Key_C, SHIFT)
    hands.drag(90, 90, 180, 160)
    hands.give_label("pond")
    hands.key(Qt.Key.Key_V)
    hands.key(Qt.Key.Key_A, CTRL)
    hands.key(Qt.Key.Key_M, CTRL | SHIFT)
    note()
    merged = hands.summary()
    for key, modifiers in (
        (Qt.Key.Key_Right, ALT | SHIFT),
        (Qt.Key.Key_S, SHIFT),
        (Qt.Key.Key_Right, SHIFT),
        (Qt.Key.Key_K, CTRL),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_K, CTRL),
        (Qt.Key.Key_H, SHIFT),
    ):
        hands.key(key, modifiers)
        note()
    hidden = hands.canvas.selection()
    hands.key(Qt.Key.Key_Z, CTRL)
    hands.key(Qt.Key.Key_A, CTRL)
    hands.key(Qt.Key.Key_C, CTRL)
    text = QApplication.clipboard().text()
    hands.wait(hands.saved, "the save")
    hands.step(Qt.Key.Key_D)
    hands.wait(lambda: hands.canvas.document is not None, "the next image")
    hands.key(Qt.Key.Key_V, CTRL)
    note()
    pasted = [
        shape.content() == other.content() for shape, other in zip(hands.shapes(), _of(hands, first), strict=True)
    ]
    hands.step(Qt.Key.Key_A)
    hands.wait_image(first)
    while hands.window.actions["undo"].isEnabled():
        hands.key(Qt.Key.Key_Z, CTRL)
    hands.close()
    return {
        "names": names, "ring": ring, "merged": merged, "hidden": hidden, "text": text, "pasted": pasted,
        "left": len(hands.shapes()),
    }  # fmt: skip


def paint_and_split(hands: Hands, first: str) -> dict[str, Any]:
    """Paint a mask, go on painting it, erase from it, split it, turn it into polygons by the context menu."""
    hands.wait_image(first)
    sizes = []

    def pixels() -> int:
        from anylabeling.document.masks import bitmap_of

        return sum(int(bitmap_of(shape).pixels.sum()) for shape in hands.shapes())

    hands.key(Qt.Key.Key_B)
    hands.drag(40, 60, 160, 60)
    hands.give_label("path")
    sizes.append(pixels())
    hands.drag(100, 60, 100, 150)
    sizes.append(pixels())
    hands.key(Qt.Key.Key_B, SHIFT)
    hands.drag(40, 60, 60, 60)
    sizes.append(pixels())
    hands.key(Qt.Key.Key_J)
    hands.drag(-20, 100, 220, 100)
    sizes.append(pixels())
    parts = [shape.kind.value for shape in hands.shapes()]
    hands.key(Qt.Key.Key_V)
    at = hands.position(100, 130)
    move_mouse(hands.canvas, at)
    QTest.mouseClick(hands.canvas, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, at)
    hands.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu), "the context menu")
    menu = QApplication.activePopupWidget()
    texts = [action.text().replace("&", "") for action in menu.actions()] if isinstance(menu, QMenu) else []
    if menu is not None:
        menu.close()
    hands.window.actions["convert_to_polygon"].trigger()
    kinds = sorted(shape.kind.value for shape in hands.shapes())
    hands.wait(hands.saved, "the save")
    hands.close()
    return {"sizes": sizes, "parts": parts, "menu": texts, "kinds": kinds}


def _of(hands: Hands, name: str) -> list[Any]:
    entries = [entry for path, entry in hands.program.documents._open.items() if path.endswith(name)]  # noqa: SLF001
    return list(entries[0].document.shapes)
