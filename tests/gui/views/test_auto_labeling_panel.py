"""The model's panel says what is wanted, while a slider moves too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from qtpy.QtCore import Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QPushButton

from anylabeling.config import Config
from anylabeling.messages.auto_labeling import DetectOptions, ExistingPolicy, SuggestedOptions, Tiling
from anylabeling.messages.models import BackendChoice, ModelInfo
from anylabeling.messages.progress import Progress
from anylabeling.views.docks.auto_labeling_panel import AutoLabelingPanel
from anylabeling.views.widgets.model_chip import EMPTY_TEXT

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(show: Callable[[AutoLabelingPanel], AutoLabelingPanel]) -> AutoLabelingPanel:
    panel = AutoLabelingPanel(Config())
    panel.resize(300, 600)
    return show(panel)


def told(panel: AutoLabelingPanel) -> list[DetectOptions]:
    options: list[DetectOptions] = []
    panel.options_changed.connect(options.append)
    return options


def test_sliders_tell_the_options_at_each_step(panel: AutoLabelingPanel, model: ModelInfo) -> None:
    panel.set_model(model)
    options = told(panel)
    panel.confidence.slider.setFocus()
    QTest.keyClick(panel.confidence.slider, Qt.Key.Key_Right)
    QTest.keyClick(panel.confidence.slider, Qt.Key.Key_Right)
    assert [option.confidence for option in options] == [0.26, 0.27]
    panel.iou.spin.setFocus()
    panel.iou.spin.selectAll()
    QTest.keyClicks(panel.iou.spin, "0.6")
    QTest.keyClick(panel.iou.spin, Qt.Key.Key_Return)
    assert options[-1] == DetectOptions(0.27, 0.6, None, 300)
    assert panel.iou.slider.value() == 60


def test_classes_are_searched_and_chosen(panel: AutoLabelingPanel, model: ModelInfo) -> None:
    panel.set_model(model)
    options = told(panel)
    panel.only_some.click()
    assert panel.classes.isVisible()
    assert options[-1].classes == frozenset(model.class_names)
    QTest.mouseClick(panel.classes.none_button, LEFT)
    assert options[-1].classes == frozenset()
    assert not panel.run_button.isEnabled()
    QTest.keyClicks(panel.classes.search, "CA")
    view = panel.classes.view
    assert [view.model().index(row, 0).data() for row in range(view.model().rowCount())] == ["car", "cat"]
    QTest.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.model().index(1, 0)).center())
    assert options[-1].classes == {"cat"}
    view.setFocus()
    view.setCurrentIndex(view.model().index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert options[-1].classes == {"car", "cat"}
    assert panel.classes.summary.text() == "2 of 5 chosen"
    assert panel.run_button.isEnabled()


def test_what_a_config_suggests_is_shown_and_goes_with_its_model(panel: AutoLabelingPanel, model: ModelInfo) -> None:
    panel.set_model(model)
    panel.only_some.click()
    QTest.mouseClick(panel.classes.none_button, LEFT)
    panel.classes.view.setFocus()
    panel.classes.view.setCurrentIndex(panel.classes.view.model().index(1, 0))
    QTest.keyClick(panel.classes.view, Qt.Key.Key_Space)
    own = panel.options()
    assert own == DetectOptions(0.25, 0.45, frozenset({"bus"}), 300)
    other = replace(model, path="/models/config.yaml")
    panel.set_suggested(SuggestedOptions(0.25, 0.6, frozenset({"cat", "dog"}), 20))
    panel.set_model(other)
    assert panel.options() == DetectOptions(0.25, 0.6, frozenset({"cat", "dog"}), 20)
    assert panel.classes.isVisible()
    # The same model on another backend: what the person has chosen since stays.
    panel.only_some.click()
    panel.set_model(replace(other, choice=BackendChoice("cv2.dnn", "CPU")))
    assert panel.options().classes is None
    panel.set_suggested(SuggestedOptions())
    panel.set_model(model)
    assert panel.options() == replace(own, iou=0.6)
    panel.only_some.click()
    panel.set_suggested(SuggestedOptions())
    panel.set_model(other)
    assert panel.options().classes is None


def test_without_a_model_nothing_can_run_and_the_chip_says_so(panel: AutoLabelingPanel, model: ModelInfo) -> None:
    assert panel.chip.text_shown() == EMPTY_TEXT
    assert not panel.run_button.isEnabled()
    panel.set_model(model)
    assert panel.chip.text_shown() == "tiny · CPU"
    runs: list[str] = []
    panel.run_requested.connect(lambda: runs.append("one"))
    panel.run_all_requested.connect(lambda: runs.append("all"))
    QTest.mouseClick(panel.run_button, LEFT)
    QTest.mouseClick(panel.run_all_button, LEFT)
    assert runs == ["one", "all"]


def test_states_are_shown_on_panel_and_chip(panel: AutoLabelingPanel, model: ModelInfo) -> None:
    panel.set_model(model)
    panel.set_state("running 12 of 400", "running")
    assert panel.chip.text_shown() == "tiny · CPU running 12 of 400"
    assert not panel.run_button.isEnabled()
    panel.set_state("The file is not a model.", "failed")
    assert panel.chip.text_shown() == "tiny · CPU failed"
    assert panel.state.text() == "The file is not a model."
    assert panel.chip.toolTip() == "The file is not a model."
    assert panel.run_button.isEnabled()
    cancelled: list[bool] = []
    panel.cancel_requested.connect(lambda: cancelled.append(True))
    panel.set_progress(Progress(12, 400, 1, 5.26, 73))
    assert panel.progress.label.text() == "12 / 400 · 5.3/s · 1:13 left · 1 failed"
    QTest.mouseClick(panel.progress.cancel_button, LEFT)
    assert cancelled == [True]
    panel.set_progress(None)
    assert not panel.progress.isVisible()


def test_recent_models_and_a_file(panel: AutoLabelingPanel, model: ModelInfo) -> None:
    chosen: list[str] = []
    opened: list[bool] = []
    panel.model_chosen.connect(chosen.append)
    panel.model_open_requested.connect(lambda: opened.append(True))
    panel.set_recent_models(["/models/tiny.onnx", "/models/large.onnx"])
    panel.set_model(model)
    panel.models.setFocus()
    QTest.keyClick(panel.models, Qt.Key.Key_Down)
    assert chosen == ["/models/large.onnx"]
    QTest.keyClick(panel.models, Qt.Key.Key_End)
    assert opened == [True]
    assert panel.models.currentText() == "tiny"


def test_what_happens_to_existing_objects(panel: AutoLabelingPanel) -> None:
    assert panel.existing() is ExistingPolicy.KEEP
    policies: list[ExistingPolicy] = []
    panel.existing_changed.connect(policies.append)
    panel.existing_box.setFocus()
    QTest.keyClick(panel.existing_box, Qt.Key.Key_Down)
    assert policies == [ExistingPolicy.REPLACE]


def test_every_control_has_a_name_and_is_reached_by_tab(panel: AutoLabelingPanel, model: ModelInfo) -> None:
    panel.set_model(model)
    panel.models.setFocus()
    seen = []
    for _ in range(12):
        widget = panel.focusWidget()
        seen.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    for widget in (panel.models, panel.confidence.slider, panel.confidence.spin, panel.only_some, panel.existing_box,
                   panel.run_button, panel.run_all_button):  # fmt: skip
        assert any(widget is other for other in seen)
    for button in panel.findChildren(QPushButton):
        assert button.text() or button.accessibleName()


def test_a_model_that_removes_overlapping_boxes_itself_is_asked_for_no_overlap(
    panel: AutoLabelingPanel, model: ModelInfo
) -> None:
    panel.set_model(replace(model, layout="end2end", has_iou=False))
    assert not panel.iou.isEnabled()
    assert panel.confidence.isEnabled()
    panel.set_model(model)
    assert panel.iou.isEnabled()


def test_what_reads_text_is_among_the_models_and_is_shown_when_it_is_loaded(
    panel: AutoLabelingPanel, model: ModelInfo
) -> None:
    chosen: list[str] = []
    panel.model_chosen.connect(chosen.append)
    panel.set_recent_models(["/models/tiny.onnx"])
    panel.set_model(model)
    texts = [panel.models.itemText(row) for row in range(panel.models.count())]
    assert texts.count("Text (PP-OCR)") == 1
    panel.models.setFocus()
    QTest.keyClicks(panel.models, "Text")
    panel.models.activated.emit(panel.models.currentIndex())
    assert chosen[-1] == "rapidocr"
    panel.set_model(replace(model, name="Text (PP-OCR)", path="rapidocr", class_names=("text",), has_iou=False))
    assert panel.models.currentText() == "Text (PP-OCR)"
    assert panel.models.count() == len(texts)


def test_tiles_are_switched_on_with_their_side_and_overlap(panel: AutoLabelingPanel, model: ModelInfo) -> None:
    wishes: list[Tiling | None] = []
    panel.tiling_changed.connect(wishes.append)
    panel.set_model(replace(model, can_tile=True))
    assert panel.tiling() is None
    assert not panel.tiles.side.isVisible()
    QTest.mouseClick(panel.tiles.box, LEFT, pos=panel.tiles.box.rect().center() / 4)
    assert panel.tiles.side.isVisible()
    assert panel.tiles.side.text() == "Automatic"
    for spin, text in ((panel.tiles.side, "512"), (panel.tiles.overlap, "25")):
        spin.setFocus()
        spin.selectAll()
        QTest.keyClicks(spin, text)
        QTest.keyClick(spin, Qt.Key.Key_Return)
    QTest.keyClick(panel.tiles.box, Qt.Key.Key_Space)
    assert wishes == [Tiling(0, 0.2), Tiling(512, 0.2), Tiling(512, 0.25), None]


def test_tiles_are_for_models_that_can_look_at_them(panel: AutoLabelingPanel, model: ModelInfo) -> None:
    panel.set_model(replace(model, task="classify"))
    assert not panel.tiles.isEnabled()
    panel.set_model(replace(model, can_tile=True))
    assert panel.tiles.isEnabled()


def test_a_config_that_suggests_tiles_and_the_settings_are_shown(panel: AutoLabelingPanel, model: ModelInfo) -> None:
    wishes: list[Tiling | None] = []
    panel.tiling_changed.connect(wishes.append)
    panel.set_suggested(SuggestedOptions(tiling=Tiling(640, 0.3)))
    panel.set_model(replace(model, can_tile=True))
    assert panel.tiling() == Tiling(640, 0.3)
    assert wishes == []
    panel.tiles.apply(Config({"auto_labeling.tiles": True, "auto_labeling.tile_px": 320}))
    assert wishes == [Tiling(320, 0.2)]


def test_names_are_typed_for_models_that_find_them(panel: AutoLabelingPanel, model: ModelInfo) -> None:
    wishes: list[tuple[str, ...]] = []
    runs: list[bool] = []
    panel.text_changed.connect(wishes.append)
    panel.run_requested.connect(lambda: runs.append(True))
    panel.set_model(model)
    assert not panel.text.isVisible()
    panel.set_model(replace(model, takes_text=True, class_names=()))
    assert panel.text.isVisible()
    assert not panel.run_button.isEnabled()
    panel.text.line.setFocus()
    QTest.keyClicks(panel.text.line, " person,red  car, person,")
    assert wishes == []
    QTest.keyClick(panel.text.line, Qt.Key.Key_Return)
    QTest.keyClick(panel.text.line, Qt.Key.Key_Return)
    assert wishes == [("person", "red car")]
    assert runs == [True, True]
    panel.set_model(replace(model, takes_text=True, class_names=wishes[0]))
    assert panel.run_button.isEnabled()
    assert panel.classes.classes() == list(wishes[0])


def test_the_last_names_are_there_again(show: Callable[[AutoLabelingPanel], AutoLabelingPanel]) -> None:
    panel = show(AutoLabelingPanel(Config({"auto_labeling.text_prompt": ["person", "red car"]})))
    assert panel.text.names() == ("person", "red car")
    assert panel.text.line.text() == "person, red car"
