"""New objects go on in the group that was given last, where that is wished."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from label_desk import Desk, read, shape, write_labels
from qtpy.QtCore import Qt
from qtpy.QtTest import QTest

Open = Callable[..., Desk]


def groups(desk: Desk) -> list[int | None]:
    assert desk.canvas.document is not None
    return [one.group_id for one in desk.canvas.document.shapes]


def test_new_objects_get_the_group_number_that_was_given_last(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", shape("car", 5, 5), shape("wheel", 60, 5, group_id=6), shape("lamp", 110, 5))
    desk = open_desk(display_label_popup=False)
    desk.window.actions["auto_use_last_gid"].trigger()
    assert desk.program.settings.config["auto_use_last_gid"] is True
    desk.key(Qt.Key.Key_R)
    desk.drag(5, 40, 30, 60)
    assert groups(desk) == [None, 6, None, None]  # no number was given yet
    desk.key(Qt.Key.Key_V)
    document = desk.canvas.document
    assert document is not None
    desk.canvas.set_selection([document.shapes[0].uid, document.shapes[3].uid])
    desk.key(Qt.Key.Key_G)
    desk.canvas.set_selection(())
    desk.key(Qt.Key.Key_R)
    desk.drag(40, 40, 70, 60)
    assert groups(desk) == [7, 6, None, 7, 7]
    desk.program.navigation.step(1)
    desk.wait_image(1)
    desk.drag(5, 5, 30, 30)
    assert groups(desk) == [7]
    desk.window.actions["auto_use_last_gid"].trigger()
    desk.drag(40, 40, 70, 60)
    assert groups(desk) == [7, None]
    desk.saved()
    assert [one["group_id"] for one in read(desk.image(1))["shapes"]] == [7, None]


def test_the_dialog_offers_the_number_and_may_end_it(open_desk: Open) -> None:
    desk = open_desk(auto_use_last_gid=True)
    assert desk.window.actions["auto_use_last_gid"].isChecked()
    desk.key(Qt.Key.Key_R)
    wished = ((12, "none", 12), (None, "12", 12), (0, "12", None), (None, "none", None))
    for number, (typed, offered, expected) in enumerate(wished):
        desk.drag(5 + 35 * number, 5, 30 + 35 * number, 30)
        dialog = desk.dialog("LabelDialog")
        assert dialog.group_spin.text() == offered
        if typed is not None:
            dialog.group_spin.setValue(typed if typed else dialog.group_spin.minimum())
        desk.type_into(dialog.line, "car")
        QTest.keyClick(dialog.line, Qt.Key.Key_Return)
        assert groups(desk)[-1] == expected
