"""Import and export in the window, by the keyboard and with images that are open."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from label_desk import Desk
from qtpy.QtCore import Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication

from anylabeling.bootstrap.exchange import Exchange
from anylabeling.document.edits import AddShapes
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.messages.datasets import ImageMode
from anylabeling.views.theme import apply_theme

BOX = np.array([[10, 10], [40, 30]])


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Desk:
    return open_desk()


def exchange_of(desk: Desk) -> Exchange:
    found = desk.program.findChild(Exchange)
    assert isinstance(found, Exchange)
    return found


def add_box(desk: Desk, label: str) -> None:
    entry = desk.program.documents.current
    assert entry is not None
    shape = Shape(ShapeKind.RECTANGLE, BOX, label=label)
    desk.program.documents.push(AddShapes.on_top(entry.document, (shape,), "add"), entry)


def test_export_by_the_keyboard_holds_what_is_not_saved_yet(
    desk: Desk, tmp_path: Path, wait_for: Callable[..., None]
) -> None:
    desk.program.saving.auto_save = False
    add_box(desk, "cat")
    exchange = exchange_of(desk)
    desk.program.window.actions["export_dataset"].trigger()
    dialog = exchange.export_dialog
    assert dialog is not None
    wait_for(dialog.isVisible)
    wait_for(lambda: QApplication.activeWindow() is dialog)
    assert not dialog.action_button.isEnabled()
    assert QApplication.focusWidget() is dialog.format
    QTest.keyClick(dialog.format, Qt.Key.Key_End)
    QTest.keyClick(dialog.format, Qt.Key.Key_Home)
    QTest.keyClick(dialog.format, Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert focused is dialog.target.line
    QTest.keyClicks(dialog.target.line, str(tmp_path / "out"))
    QTest.keyClick(dialog.target.line, Qt.Key.Key_Return)
    wait_for(dialog.report.isVisible)
    assert dialog.report.toPlainText().startswith("YOLO boxes: 12 images with 1 object.")
    assert (tmp_path / "out/labels/00.txt").read_text().startswith("0 ")
    assert (tmp_path / "out/classes.txt").read_text() == "cat\n"
    assert dialog.isVisible()
    dialog.close()


def test_formats_without_sense_without_pictures_offer_no_leaving_out(desk: Desk) -> None:
    exchange = exchange_of(desk)
    exchange.show_export()
    dialog = exchange.export_dialog
    assert dialog is not None
    dialog.images.setCurrentIndex(dialog.images.findData(ImageMode.NONE))
    dialog.choose_format("classify-folders")
    assert dialog.request().images is ImageMode.COPY
    dialog.divided.setChecked(True)
    assert dialog.request().splits == (("train", 80), ("val", 20))
    dialog.close()


def test_import_into_the_open_folder_is_a_step_that_can_be_undone(
    desk: Desk, folder: Path, tmp_path: Path, wait_for: Callable[..., None]
) -> None:
    images = [{"id": number, "file_name": f"{number:02}.jpg"} for number in range(12)]
    rows = [{"image_id": number, "category_id": 1, "bbox": [10, 10, 30, 20]} for number in range(12)]
    content = {"images": images, "annotations": rows, "categories": [{"id": 1, "name": "bird"}]}
    (tmp_path / "instances.json").write_text(json.dumps(content))
    exchange = exchange_of(desk)
    desk.program.window.actions["import_dataset"].trigger()
    dialog = exchange.import_dialog
    assert dialog is not None
    wait_for(dialog.isVisible)
    dialog.source.line.setText(str(tmp_path / "instances.json"))
    dialog.images.line.setText(str(folder))
    QTest.keyClick(dialog.images.line, Qt.Key.Key_Return)
    wait_for(dialog.report.isVisible)
    assert dialog.report.toPlainText() == "COCO: 12 images with 12 objects."
    dialog.close()
    entry = desk.program.documents.current
    assert entry is not None
    assert [shape.label for shape in entry.document.shapes] == ["bird"]
    entry.stack.undo()
    assert entry.document.shapes == ()
    wait_for(lambda: len(list(folder.glob("*.json"))) >= 11)
    wait_for(lambda: desk.program.label_files.is_labelled(str(folder / "05.jpg")))


def test_the_files_of_isat_of_the_open_folder_are_taken_over(
    open_desk: Callable[..., Desk], folder: Path, wait_for: Callable[..., None]
) -> None:
    ring = {"category": "bird", "group": 1, "segmentation": [[10, 10], [40, 10], [40, 30]], "layer": 1, "note": ""}
    info = {"description": "ISAT", "name": "", "width": 160, "height": 120, "depth": 3, "note": ""}
    for number in range(12):
        (folder / f"{number:02}.json").write_text(json.dumps({"info": info, "objects": [ring]}))
    desk = open_desk()
    before = desk.program.documents.current
    assert before is not None
    assert [text for text in desk.notices() if "File > Import" in text]
    exchange = exchange_of(desk)
    desk.program.window.actions["import_dataset"].trigger()
    dialog = exchange.import_dialog
    assert dialog is not None
    dialog.source.line.setText(str(folder))
    QTest.keyClick(dialog.source.line, Qt.Key.Key_Return)
    wait_for(dialog.report.isVisible, 20.0)
    assert dialog.report.toPlainText().startswith("ISAT: 12 images with 12 objects.")
    dialog.close()
    wait_for(lambda: desk.labels() == ["bird"])
    assert desk.notices() == ["Done: 12 images with 12 objects."]  # nothing offers to replace the files any more
    written = (folder / "00.json").read_bytes()
    desk.program.saving.replace_file(before)
    desk.saved()
    assert (folder / "00.json").read_bytes() == written


def test_what_keeps_an_import_from_beginning_is_said_in_the_dialog(
    desk: Desk, tmp_path: Path, wait_for: Callable[..., None]
) -> None:
    exchange = exchange_of(desk)
    exchange.show_import()
    dialog = exchange.import_dialog
    assert dialog is not None
    dialog.source.line.setText(str(tmp_path / "nowhere"))
    dialog.action_button.click()
    wait_for(dialog.report.isVisible)
    assert "nowhere does not exist." in dialog.report.toPlainText()
    wait_for(lambda: not exchange.controller.running)
    dialog.close()


def test_a_report_is_read_at_once_in_the_look_of_the_program(
    qapp: QApplication, desk: Desk, tmp_path: Path, wait_for: Callable[..., None]
) -> None:
    before = qapp.styleSheet(), qapp.font(), qapp.palette()
    apply_theme(qapp, "light")
    try:
        add_box(desk, "cat")
        exchange = exchange_of(desk)
        exchange.show_export()
        dialog = exchange.export_dialog
        assert dialog is not None
        wait_for(dialog.isVisible)
        dialog.choose_format("drawn")
        dialog.target.line.setText(str(tmp_path / "out"))
        dialog.action_button.click()
        wait_for(dialog.report.isVisible)
        # Five lines are in sight, without a hand at the edge of the dialog.
        lines = 5 * dialog.report.fontMetrics().lineSpacing()
        wait_for(lambda: dialog.report.viewport().height() > lines)
        assert len(list((tmp_path / "out").glob("*.jpg"))) == 12
        dialog.close()
    finally:
        qapp.setStyleSheet(before[0])
        qapp.setFont(before[1])
        qapp.setPalette(before[2])
