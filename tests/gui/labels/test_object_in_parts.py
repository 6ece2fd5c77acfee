"""An outlined object in several parts becomes a group: one question, one undo step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from label_desk import Desk, shape, write_labels
from mouse import move_mouse
from qtpy.QtCore import Qt
from qtpy.QtTest import QTest

from anylabeling.services.auto_labeling.mask_shapes import crop_mask, mask_to_shapes

Open = Callable[..., Desk]


def two_parts() -> np.ndarray:
    """Return logits of an object that a rail cuts in two, with a crumb beside it."""
    logits = np.full((100, 100), -4.0, np.float32)
    logits[10:40, 20:50] = logits[50:70, 20:50] = logits[80:84, 80:84] = 4.0
    return logits


def test_the_parts_are_labelled_together(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", shape("wheel", 60, 5, group_id=6))
    desk = open_desk()
    canvas = desk.canvas
    canvas.set_tool("ai")
    tool = canvas.ai_tool
    mask = crop_mask(two_parts(), step=(1.0, 1.0), score=0.9, image_size=(100, 100))
    move_mouse(canvas, desk.at(50, 50))
    assert tool.add_point_at_mouse(positive=True)
    tool.show_answer(tool.marks, mask, mask_to_shapes(mask))
    desk.key(Qt.Key.Key_Return)
    dialog = desk.dialog("LabelDialog")
    desk.type_into(dialog.line, "person")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert canvas.document is not None
    found = [(one.kind.value, one.label, one.group_id) for one in canvas.document.shapes]
    assert found == [("rectangle", "wheel", 6), ("polygon", "person", 7), ("polygon", "person", 7)]
    upper, lower = (one.points for one in canvas.document.shapes[1:])
    assert (upper[:, 1].max(), lower[:, 1].min()) == (40, 50)
    assert len({one.uid for one in canvas.document.shapes}) == 3
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(canvas.document.shapes) == 1
