"""Training in the window: real events, a real process that speaks as the one does that trains."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from label_desk import SIZE, Desk
from qtpy.QtCore import Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication, QMessageBox

from anylabeling.document.annotation import Annotation
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.messages.training import RunState, TrainTask
from anylabeling.services.auto_labeling.runtime_info import RuntimeInfo
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.services.training import needs as needs_module
from anylabeling.services.training.run_store import RunStore
from anylabeling.views.dialogs.training import NEW, PROGRESS, RUNS, TrainingDialog

sys.path.insert(0, str(Path(__file__).parents[2] / "unit" / "services" / "training"))
from labelled_folder import trainer  # noqa: E402

LEFT = Qt.MouseButton.LeftButton


def label(folder: Path, number: int, *names: str, **fields: object) -> None:
    path = str(folder / f"{number:02}.jpg")
    shapes = tuple(Shape(ShapeKind.RECTANGLE, np.array([[2, 3], [20, 20]]), label=name) for name in names)
    store = LabelStore(root=folder)
    content = Annotation(shapes=shapes, **fields)  # type: ignore[arg-type]
    store.save(path, content, image_size=SIZE, expected=store.stamp(path), overwrite=True)


@pytest.fixture
def labelled(folder: Path) -> Path:
    for number in range(8):
        label(folder, number, "cat", *(["dog"] if number % 2 else []))
    return folder


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the packages count as installed: a process that stands in for them is what trains here."""
    info = RuntimeInfo(frozenset({"torch", "ultralytics"}), {}, False, 4)
    monkeypatch.setattr(needs_module, "runtime_info", lambda: info)


def opened(desk: Desk, *behaviour: str) -> TrainingDialog:
    """Open the dialog and wait until it knows what the labels have."""
    training = desk.program.training
    training.command = trainer(*behaviour)
    desk.program.window.actions["train_model"].trigger()
    dialog = training.dialog
    assert dialog is not None
    desk.wait_for(lambda: dialog.isVisible() and dialog.form.images.text() != "")
    return dialog


def click(widget: Any) -> None:
    QTest.mouseClick(widget, LEFT)


def rows(dialog: TrainingDialog) -> list[list[str]]:
    model = dialog.form.model
    return [[str(model.index(row, column).data()) for column in range(3)] for row in range(model.rowCount())]


@pytest.mark.usefixtures("labelled", "installed")
def test_from_the_menu_to_the_model(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    dialog = opened(desk)
    assert dialog.form.images.text() == "6 images to learn from, 2 to check with, 4 left out."
    assert [row[0] for row in rows(dialog)] == ["cat", "dog"]
    assert "fewer than 20 examples" in dialog.form.warnings.text()
    assert dialog.form.task.currentText() == "Boxes (8 images)"
    field = dialog.form.name
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "pets")
    desk.wait_for(dialog.begin_button.isEnabled)
    click(dialog.begin_button)
    desk.wait_for(lambda: (run := dialog.progress.run()) is not None and run.state is RunState.DONE)
    assert dialog.page() == PROGRESS
    assert dialog.progress.title.text() == "pets: Done"
    assert set(dialog.progress.figures) == {"mAP50", "box_loss"}
    assert dialog.progress.figures["mAP50"].text() == "1.000"
    assert dialog.progress.model.index(0, 0).data() == "cat"
    assert dialog.progress.load_button.isVisible()
    assert not dialog.progress.stop_button.isVisible()
    click(dialog.progress.log_button)
    assert "This goes into the log." in dialog.progress.log.toPlainText()
    loaded: list[str] = []
    dialog.progress.load_requested.connect(loaded.append)
    click(dialog.progress.load_button)
    assert [Path(path).name for path in loaded] == ["pets.onnx"]
    dialog.show_page(RUNS)
    desk.wait_for(lambda: dialog.runs.model.rowCount() == 1)
    assert [dialog.runs.model.index(0, column).data() for column in range(5)] == [
        "pets", "Boxes", "Done", "100 / 100", "0.850",
    ]  # fmt: skip
    assert "Start yolo11n" in dialog.runs.settings.text()


@pytest.mark.usefixtures("labelled", "installed")
def test_closed_to_the_background_and_stopped(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    dialog = opened(desk, "slow")
    click(dialog.begin_button)
    desk.wait_for(lambda: (run := dialog.progress.run()) is not None and run.share > 0)
    click(dialog.close_button)
    assert not dialog.isVisible()
    status = desk.program.window.status.work
    desk.wait_for(status.isVisible)
    desk.program.window.actions["train_model"].trigger()
    desk.wait_for(dialog.isVisible)
    assert dialog.page() == PROGRESS
    assert not dialog.begin_button.isEnabled()
    click(dialog.progress.stop_button)
    desk.wait_for(lambda: dialog.progress.run().state is RunState.STOPPED)  # type: ignore[union-attr]
    desk.wait_for(dialog.progress.resume_button.isVisible)
    desk.program.training.controller._command = trainer()  # type: ignore[union-attr]
    click(dialog.progress.resume_button)
    desk.wait_for(lambda: dialog.progress.run().state is RunState.DONE)  # type: ignore[union-attr]
    desk.wait_for(lambda: not status.isVisible())


@pytest.mark.usefixtures("labelled", "installed")
def test_the_end_of_the_program_asks_and_the_run_can_go_on(open_desk: Callable[..., Desk], qapp: QApplication) -> None:
    desk = open_desk()
    dialog = opened(desk, "wait=2")
    click(dialog.begin_button)
    desk.wait_for(lambda: (run := dialog.progress.run()) is not None and len(run.figures) == 1)
    desk.program.window.close()
    assert desk.program.window.isVisible()
    desk.wait_for(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    box: Any = QApplication.activeModalWidget()
    assert box.text() == "A model is being trained."
    click(box.button(QMessageBox.StandardButton.Cancel))
    desk.wait_for(lambda: QApplication.activeModalWidget() is None)
    desk.program.window.close()
    desk.wait_for(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    box = QApplication.activeModalWidget()
    click(next(button for button in box.buttons() if button.text() == "Stop It and Quit"))
    desk.wait_for(lambda: not desk.program.window.isVisible())
    desk.program.runner.shutdown()
    (run,) = RunStore().runs()
    assert (run.state, run.can_resume, len(run.figures)) == (RunState.INTERRUPTED, True, 1)
    del qapp


def test_what_is_missing_is_said_with_the_command(
    open_desk: Callable[..., Desk], labelled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(needs_module, "runtime_info", lambda: RuntimeInfo(frozenset({"torch"}), {}, False, 4))
    desk = open_desk()
    dialog = opened(desk)
    desk.wait_for(dialog.missing.isVisible)
    assert dialog.missing.text().startswith("Training needs packages that are not installed: ultralytics.")
    assert dialog.command.text() == f"{sys.executable} -m pip install ultralytics"
    click(dialog.copy_button)
    clipboard = QApplication.clipboard()
    assert clipboard is not None
    assert clipboard.text() == dialog.command.text()
    assert not dialog.begin_button.isEnabled()
    assert dialog.data_button.isEnabled()
    controller = desk.program.training.controller
    assert controller is not None
    controller.write_data(dialog.form.request(), str(tmp_path / "set"))
    desk.wait_for(lambda: "yolo detect train model=yolo11n.yaml" in dialog.message.text())
    assert (tmp_path / "set" / "data.yaml").is_file()
    assert labelled.is_dir()


@pytest.mark.usefixtures("labelled", "installed")
def test_classes_and_tasks_are_chosen(open_desk: Callable[..., Desk], labelled: Path) -> None:
    for number, name in ((8, "day"), (9, "day"), (10, "night"), (11, "night")):
        label(labelled, number, flags={name: True})
    desk = open_desk()
    dialog = opened(desk)
    form = dialog.form
    item = form.model.item(0)
    assert item is not None
    item.setCheckState(Qt.CheckState.Unchecked)
    desk.wait_for(lambda: rows(dialog)[0][0] == "dog")
    assert rows(dialog)[1] == ["cat", "", ""]
    assert form.request().classes == ("dog",)
    assert form.images.text() == "3 images to learn from, 1 to check with, 8 left out."
    form.task.setCurrentIndex(form.task.findData(TrainTask.CLASSIFY))
    desk.wait_for(lambda: rows(dialog)[0][0] == "day")
    assert form.image_size.value() == 224
    assert form.request().classes is None
    model: Any = form.task.model()
    outlines = model.item(form.task.findData(TrainTask.SEGMENT))
    assert not outlines.isEnabled()
    assert outlines.toolTip() == "There are only boxes. Outlines, masks or circles are needed."


@pytest.mark.usefixtures("labelled", "installed")
def test_only_what_the_file_list_shows(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    shown = desk.program.navigation.all_paths[:3]
    desk.program.navigation.narrow(shown)
    dialog = opened(desk)
    form = dialog.form
    assert form.scope.count() == 2
    form.scope.setCurrentIndex(1)
    desk.wait_for(lambda: form.images.text() == "2 images to learn from, 1 to check with, 0 left out.")


@pytest.mark.usefixtures("installed")
def test_a_folder_without_labels_says_what_to_do(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    dialog = opened(desk)
    assert dialog.form.problem.text() == "Nothing is labelled with a box or an outline."
    assert not dialog.begin_button.isEnabled()
    assert dialog.page() == NEW


@pytest.mark.usefixtures("labelled", "installed")
def test_a_failure_is_explained_and_the_run_deleted(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    dialog = opened(desk, "disk=1")
    click(dialog.begin_button)
    desk.wait_for(lambda: (run := dialog.progress.run()) is not None and run.state is RunState.FAILED)
    assert dialog.progress.problem.text().startswith("The disk is full. Make space.")
    folder = Path(dialog.progress.run().folder)  # type: ignore[union-attr]
    dialog.show_page(RUNS)
    desk.wait_for(dialog.runs.remove_button.isEnabled)
    click(dialog.runs.remove_button)
    desk.wait_for(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    box: Any = QApplication.activeModalWidget()
    click(next(button for button in box.buttons() if button.text() == "Delete"))
    desk.wait_for(lambda: dialog.runs.model.rowCount() == 0)
    assert not folder.exists()
