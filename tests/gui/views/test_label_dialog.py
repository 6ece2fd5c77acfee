"""The label dialog: completion, the list, validation, and the rest of a shape's fields."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from qtpy.QtCore import QPoint, Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication, QDialog

from anylabeling.config import Config
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.views.dialogs.jump_to_image import JumpToImageDialog
from anylabeling.views.dialogs.label import LabelAnswer, LabelDialog

KNOWN = ["person", "bus", "bicycle", "traffic light"]
Open = Callable[..., tuple[LabelDialog, list[LabelAnswer]]]


@pytest.fixture
def ask(show: Callable[[QDialog], QDialog], qapp: QApplication) -> Open:
    def open_dialog(
        settings: dict[str, object] | None = None, **fields: object
    ) -> tuple[LabelDialog, list[LabelAnswer]]:
        dialog = LabelDialog(None, Config(settings or {}))
        shape = Shape(ShapeKind.POINT, np.zeros((1, 2)), **fields)  # type: ignore[arg-type]
        answers: list[LabelAnswer] = []
        dialog.accepted_with.connect(answers.append)
        dialog.open_for(shape, KNOWN, position=QPoint(200, 200))
        show(dialog)
        return dialog, answers

    return open_dialog


def rows(dialog: LabelDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_typing_completes_from_the_start_and_enter_accepts(ask: Open) -> None:
    dialog, answers = ask()
    assert rows(dialog) == KNOWN
    QTest.keyClicks(dialog.line, "pe")
    assert dialog.line.text() == "person"
    assert rows(dialog) == ["person"]
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert [answer.label for answer in answers] == ["person"]
    assert not dialog.isVisible()


def test_contains_finds_in_the_middle_and_arrows_choose(ask: Open) -> None:
    dialog, answers = ask({"label_completion": "contains"})
    QTest.keyClicks(dialog.line, "C")
    assert dialog.line.text() == "C"
    assert rows(dialog) == ["bicycle", "traffic light"]
    QTest.keyClick(dialog.line, Qt.Key.Key_Down)
    QTest.keyClick(dialog.line, Qt.Key.Key_Down)
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert answers[0].label == "traffic light"


def test_a_new_label_may_be_typed_over_the_proposed_one(ask: Open) -> None:
    dialog, answers = ask(label="person")
    assert dialog.list.currentItem().text() == "person"
    QTest.keyClicks(dialog.line, "zebra ")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert answers[0].label == "zebra"


def test_a_double_click_in_the_list_accepts(ask: Open) -> None:
    dialog, answers = ask()
    place = dialog.list.visualItemRect(dialog.list.item(1)).center()
    QTest.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert dialog.line.text() == "bus"
    QTest.mouseDClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert answers[0].label == "bus"


def test_exact_refuses_what_is_not_in_the_list(ask: Open) -> None:
    dialog, answers = ask({"validate_label": "exact", "label_completion": "contains"})
    QTest.keyClicks(dialog.line, "zebra")
    assert rows(dialog) == []
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert rows(dialog) == KNOWN
    assert dialog.problem.text() == "“zebra” is not in the list of labels. Choose one of those."
    dialog.line.selectAll()
    QTest.keyClicks(dialog.line, "cycle")
    assert not dialog.problem.isVisible()
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert answers[0].label == "bicycle"


def test_an_empty_label_is_refused_and_escape_drops_the_question(ask: Open) -> None:
    dialog, answers = ask()
    dropped: list[bool] = []
    dialog.rejected.connect(lambda: dropped.append(True))
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert dialog.problem.isVisible()
    QTest.keyClick(dialog.line, Qt.Key.Key_Escape)
    assert dropped == [True]
    assert answers == []


def test_the_other_fields_are_shown_when_there_are_any_and_come_back(ask: Open) -> None:
    settings: dict[str, object] = {"label_flags": {"per.*": ["occluded"], "bus": ["parked"]}}
    dialog, answers = ask(settings, label="person", text="A 1", group_id=3, flags={"old": True})
    assert dialog.more.isVisible()
    assert list(dialog._flag_boxes) == ["old", "occluded"]
    dialog._flag_boxes["occluded"].click()
    dialog.difficult_box.click()
    dialog.line.setText("bus")
    assert list(dialog._flag_boxes) == ["old", "parked"]
    dialog.line.setText("person")
    dialog._flag_boxes["occluded"].click()
    dialog.accept()
    assert answers == [LabelAnswer("person", "A 1", "", True, 3, {"old": True, "occluded": True})]
    assert {"label", "text", "description", "difficult", "group_id", "flags"} <= set(answers[0].fields())


def test_nothing_more_is_folded_away(ask: Open) -> None:
    dialog, _ = ask()
    assert not dialog.more.isVisible()
    QTest.mouseClick(dialog.more_button, Qt.MouseButton.LeftButton)
    assert dialog.more.isVisible()


def test_going_to_an_image_by_number(show: Callable[[QDialog], QDialog]) -> None:
    dialog = JumpToImageDialog(None, 9871, 4)
    chosen: list[int] = []
    dialog.index_chosen.connect(chosen.append)
    show(dialog)
    assert dialog.number.value() == 5
    QTest.keyClicks(dialog.number, "412")
    QTest.keyClick(dialog.number, Qt.Key.Key_Return)
    assert chosen == [411]


def test_a_dialog_that_grows_stays_on_the_screen(ask: Open, wait_for: Callable[..., None]) -> None:
    dialog, _answers = ask()
    screen = dialog.screen()
    assert screen is not None
    room = screen.availableGeometry()
    dialog.move(room.right() - dialog.width() - 8, room.bottom() - dialog.height() - 8)
    small = dialog.height()
    QTest.mouseClick(dialog.more_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: dialog.height() > small)
    assert room.contains(dialog.geometry())


def test_a_dialog_asked_for_at_the_edge_is_wholly_on_the_screen(ask: Open) -> None:
    dialog, _answers = ask()
    screen = dialog.screen()
    assert screen is not None
    room = screen.availableGeometry()
    dialog.close()
    dialog.open_for(Shape(ShapeKind.POINT, np.zeros((1, 2))), [], position=room.bottomRight())
    assert room.contains(dialog.geometry())


@pytest.mark.parametrize(("group_id", "score"), [(7_000_000_000, 93.5), (-4, -0.5), (-1, None), (1_000_001, 1.0)])
def test_what_the_fields_cannot_show_stays_as_it_was(ask: Open, group_id: int, score: float | None) -> None:
    text = "line\nand line" * 4000
    dialog, answers = ask(label="  person ", text=text, description=text, group_id=group_id, score=score)
    dialog.difficult_box.click()
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert answers == [LabelAnswer("  person ", text, text, True, group_id, score=score)]


def test_other_values_replace_what_the_fields_could_not_show(ask: Open) -> None:
    dialog, answers = ask(label="  person ", description="x" * 40_000, group_id=7_000_000_000, score=93.5)
    dialog.group_spin.setValue(12)
    dialog.score_spin.setValue(0.5)
    dialog.description_line.setText("short")
    dialog.line.setText(" bus ")
    dialog.accept()
    assert answers == [LabelAnswer("bus", "", "short", False, 12, score=0.5)]


def test_a_label_that_is_never_saved_is_refused(ask: Open) -> None:
    dialog, answers = ask()
    dialog.line.setText("AUTOLABEL_OBJECT")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert answers == []
    assert dialog.problem.isVisible()
