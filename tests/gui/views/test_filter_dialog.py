"""The image filter's dialog asks exactly what the person set."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from qtpy.QtCore import Qt
from qtpy.QtTest import QTest

from anylabeling.config import Config
from anylabeling.messages.filtering import CountMode, FilterMatch, FilterQuery, FilterSummary
from anylabeling.messages.models import ModelInfo
from anylabeling.messages.progress import Progress
from anylabeling.views.dialogs.image_filter import ImageFilterDialog

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(show: Callable[[ImageFilterDialog], ImageFilterDialog]) -> ImageFilterDialog:
    dialog = ImageFilterDialog()
    dialog.set_settings(Config().section("image_filter."))
    return show(dialog)


def queries(dialog: ImageFilterDialog) -> list[FilterQuery]:
    asked: list[FilterQuery] = []
    dialog.apply_requested.connect(asked.append)
    return asked


def test_without_a_model_it_says_what_to_do(dialog: ImageFilterDialog) -> None:
    asked = queries(dialog)
    wishes: list[bool] = []
    dialog.model_open_requested.connect(lambda: wishes.append(True))
    assert not dialog.apply_button.isEnabled()
    assert "Load a model first." in dialog.message.text()
    QTest.mouseClick(dialog.open_model_button, LEFT)
    assert wishes == [True]
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert asked == []


def test_it_asks_for_the_chosen_classes_number_and_confidence(dialog: ImageFilterDialog, model: ModelInfo) -> None:
    dialog.set_model(model)
    asked = queries(dialog)
    QTest.mouseClick(dialog.apply_button, LEFT)
    assert asked == [FilterQuery()]
    QTest.keyClick(dialog.selected_radio, Qt.Key.Key_Space)
    view = dialog.classes.view
    for row in (0, 1):
        QTest.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.model().index(row, 0)).center())
    QTest.keyClick(dialog.mode_box, Qt.Key.Key_Down)
    dialog.count_spin.selectAll()
    QTest.keyClicks(dialog.count_spin, "3")
    QTest.keyClick(dialog.confidence.slider, Qt.Key.Key_PageUp)
    dialog.classes.search.setFocus()
    QTest.keyClick(dialog.classes.search, Qt.Key.Key_Return)
    assert asked[-1] == FilterQuery(frozenset({"person", "bus"}), CountMode.AT_LEAST, 3, 0.35)
    settings = dialog.settings()
    assert settings["selected_classes"] == ("person", "bus")
    assert (settings["count_mode"], settings["count_value"]) == ("at_least", 3)


def test_selected_classes_without_any_is_refused(dialog: ImageFilterDialog, model: ModelInfo) -> None:
    dialog.set_model(model)
    asked = queries(dialog)
    dialog.selected_radio.click()
    QTest.mouseClick(dialog.apply_button, LEFT)
    assert asked == []
    assert dialog.message.text() == "Choose at least one class, or any class."


def test_settings_come_back_and_classes_of_other_models_are_kept(dialog: ImageFilterDialog, model: ModelInfo) -> None:
    kept = {
        "selected_classes": ("person", "zebra"),
        "count_mode": "exactly",
        "count_value": 2,
        "confidence": 0.6,
        "last_export_dir": None,
    }
    dialog.set_settings(kept)
    dialog.set_model(model)
    assert dialog.query() == FilterQuery(frozenset({"person"}), CountMode.EXACTLY, 2, 0.6)
    assert dialog.settings() == kept


def test_a_run_shows_matches_and_can_be_cancelled(dialog: ImageFilterDialog, model: ModelInfo) -> None:
    dialog.set_model(model)
    cancelled: list[bool] = []
    dialog.cancel_requested.connect(lambda: cancelled.append(True))
    height = dialog.height()
    dialog.set_running(True)
    dialog.set_progress(Progress(6120, 9871, 0, 118, 32), 412)
    assert dialog.matches_label.text() == "412 matches"
    assert dialog.progress.label.text() == "6,120 / 9,871 · 118/s · 0:32 left"
    assert not dialog.apply_button.isEnabled()
    assert dialog.height() == height
    QTest.mouseClick(dialog.cancel_button, LEFT)
    assert cancelled == [True]
    matches = tuple(FilterMatch(f"/{number}.jpg", 1) for number in range(412))
    dialog.set_summary(FilterSummary(FilterQuery(), 9871, matches, (("/x.jpg", "broken"),), False, 83.2))
    dialog.set_running(False)
    assert dialog.message.text() == "in 9,871 images, 1:23 · 1 could not be read"
    assert dialog.export_button.isEnabled()
    assert dialog.apply_button.isEnabled()


def test_results_are_copied_cleared_and_no_match_gives_advice(dialog: ImageFilterDialog, model: ModelInfo) -> None:
    dialog.set_model(model)
    wishes: list[str] = []
    dialog.copy_requested.connect(lambda: wishes.append("copy"))
    dialog.clear_requested.connect(lambda: wishes.append("clear"))
    dialog.set_summary(FilterSummary(FilterQuery(), 10, (FilterMatch("/a.jpg", 1),), (), False, 1.0))
    menu = dialog.export_button.menu()
    assert [action.text() for action in menu.actions() if action.text()] == ["JSON…", "Text…", "CSV…", "Copy Paths"]
    menu.actions()[-1].trigger()
    QTest.mouseClick(dialog.clear_button, LEFT)
    assert wishes == ["copy", "clear"]
    assert not dialog.export_button.isEnabled()
    dialog.set_summary(FilterSummary(FilterQuery(), 10, (), (), False, 1.0))
    assert dialog.matches_label.text() == "0 matches"
    assert "lower the confidence" in dialog.message.text()


def test_escape_closes_without_a_question(dialog: ImageFilterDialog) -> None:
    assert not dialog.isModal()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
