"""Random mouse and keys in the real window: undoing all gives the start, redoing all the end, and files what is shown.

``ANYLABELING_SOAK_ACTIONS`` and ``ANYLABELING_SOAK_SEED`` make it longer and another one.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

from label_desk import SIZE, Desk, shape, write_labels
from mouse import move_mouse
from qtpy.QtCore import Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication, QMenu

from anylabeling.document.label_file import read_label_file

Open = Callable[..., Desk]
ACTIONS = int(os.environ.get("ANYLABELING_SOAK_ACTIONS", "150"))
SEED = int(os.environ.get("ANYLABELING_SOAK_SEED", "6"))
NONE, CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
TOOLS = (
    *["select"] * 6, "rectangle", "rotated_rectangle", "quadrilateral", "cuboid", "polygon", "freehand", "circle",
    "ellipse", "line", "linestrip", "point", "points", "brush", "eraser", "hole", "split",
)  # fmt: skip
KINDS = (
    "polygon",
    "rectangle",
    "rotated_rectangle",
    "quadrilateral",
    "circle",
    "linestrip",
    "points",
    "mask",
    "cuboid",
)
CHOICES = (
    "undo", "redo", "cut", "copy", "paste", "duplicate", "delete", "select_all", "invert_selection",
    "select_same_label", "select_group", "select_next", "group_selected_shapes", "ungroup_selected_shapes",
    "toggle_lock", "hide_selected", "bring_to_front", "send_backward", "merge_shapes", "subtract_shapes",
    "intersect_shapes", "exclude_shapes", "rotate_left", "rotate_right_more", "add_point_to_edge", "simplify_shapes",
    "snap", "keep_inside", "zoom_to_selection", "fit_window", "hide_all", "link_shapes", "toggle_checked",
    "label_digit_1", "label_digit_2", *(f"convert_to_{kind}" for kind in KINDS),
)  # fmt: skip
MID_DRAG = (Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return)
KEYS = (*MID_DRAG, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight)


class Hands:
    """Does what a restless person could do."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk = desk
        self.random = random.Random(seed)
        self.shown = 0

    def play(self) -> None:
        """Do one thing, and turn away from a menu that came of it, or choose from it."""
        act = self.random.choices(
            (self.drag, self.click, self.key, self.choose, self.tool, self.step), (6, 4, 3, 6, 3, 1)
        )
        act[0]()
        QApplication.processEvents()
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            here = [action for action in menu.actions() if action.text().endswith("Here")]
            menu.close()
            if here:
                self.random.choice(here).trigger()

    def drag(self) -> None:
        """Drag with either button and any key, and press another key on the way now and then."""
        canvas, at = self.desk.canvas, self.desk.at
        start, end = self._place(), self._place()
        held = self.random.choice((NONE, NONE, NONE, CONTROL, SHIFT, ALT))
        button = self.random.choice((*[Qt.MouseButton.LeftButton] * 9, Qt.MouseButton.RightButton))
        move_mouse(canvas, at(*start), modifiers=held)
        QTest.mousePress(canvas, button, held, at(*start))
        for share in (0.4, 0.8):
            place = tuple(a + (b - a) * share for a, b in zip(start, end, strict=True))
            move_mouse(canvas, at(*place), buttons=button, modifiers=held)
        if self.random.random() < 0.1:
            QTest.keyClick(canvas, self.random.choice(MID_DRAG))
        if self.random.random() < 0.05:
            self.choose()
        move_mouse(canvas, at(*end), buttons=button, modifiers=held)
        QTest.mouseRelease(canvas, button, held, at(*end))

    def click(self) -> None:
        """Click somewhere."""
        self.desk.click(*self._place(), self.random.choice((NONE, NONE, CONTROL, SHIFT)))

    def key(self) -> None:
        """Press a key of the canvas."""
        QTest.keyClick(self.desk.canvas, self.random.choice(KEYS), self.random.choice((NONE, SHIFT)))

    def choose(self) -> None:
        """Choose from a menu."""
        self.desk.window.actions[self.random.choice(CHOICES)].trigger()

    def tool(self) -> None:
        """Take another tool."""
        self.desk.window.actions[f"tool_{self.random.choice(TOOLS)}"].trigger()

    def step(self) -> None:
        """Go to one of three images."""
        self.shown = self.random.choice([number for number in range(3) if number != self.shown])
        self.desk.program.navigation.go_to(str(self.desk.image(self.shown)))
        self.desk.wait_image(self.shown)

    def _place(self) -> tuple[float, float]:
        document = self.desk.canvas.document
        if document is None or not document.shapes or self.random.random() < 0.3:
            return self.random.uniform(-9, SIZE[0] + 9), self.random.uniform(-9, SIZE[1] + 9)
        x, y = self.random.choice(self.random.choice(document.shapes).points.tolist())
        return x + self.random.uniform(-8, 8), y + self.random.uniform(-8, 8)


def test_random_mouse_and_keys(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "01.jpg", shape("bus", 10, 10, group_id=3), shape("car", 60, 40, locked=True))
    desk = open_desk(display_label_popup=False, labels=["car", "bus"], **{"canvas.brush_size": 12})
    hands, documents = Hands(desk, SEED), desk.program.documents
    for _ in range(ACTIONS):
        hands.play()
    desk.key(Qt.Key.Key_Escape)
    desk.wait_for(lambda: not desk.program.bulk_edits.busy())
    edited = [entry for number in range(3) if (entry := documents.find(str(desk.image(number)))) is not None]
    assert sum(entry.stack.count() for entry in edited) > ACTIONS / 20
    for entry in edited:
        end, steps = entry.document.snapshot().content(), entry.stack.index()
        entry.stack.setIndex(0)
        assert [one.label for one in entry.document.shapes] == (["bus", "car"] if "01" in entry.path else [])
        assert entry.document.hidden == frozenset()
        entry.stack.setIndex(steps)
        assert entry.document.snapshot().content() == end
    QApplication.processEvents()
    assert set(desk.window.shape_dock.selection()) == set(desk.canvas.selection())
    desk.saved()
    for entry in edited:
        labels = Path(entry.path).with_suffix(".json")
        found = [one.content() for one in read_label_file(labels).shapes] if labels.exists() else []
        assert found == [one.content() for one in entry.document.shapes]
