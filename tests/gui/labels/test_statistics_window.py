"""The statistics: numbers of the folder and of the image, plots, tables."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable
from pathlib import Path

from label_desk import Desk, shape, write_labels
from qtpy.QtCore import QPointF, Qt
from qtpy.QtWidgets import QApplication

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Open = Callable[..., Desk]


def test_numbers_plots_and_tables(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", shape("bus", 10, 10), shape("person", 60, 60), checked=True)
    write_labels(folder / "01.jpg", shape("bus", 10, 10), flags={"night": True, "rain": False}, tags=["wet"])
    write_labels(folder / "02.jpg", tags=["wet", "dusk"])
    (folder / "03.json").write_bytes(b"{")
    desk = open_desk()
    desk.key(Qt.Key.Key_T, CONTROL | SHIFT)
    dialog = desk.dialog("StatisticsDialog")
    desk.wait_for(dialog.figures)
    shown = {name: label.text() for name, label in dialog.tiles.items()}
    assert shown == {"images": "12", "labelled": "3", "checked": "1", "objects": "3", "labels": "2", "broken": "1"}
    assert [(bar.name, bar.value) for bar in dialog.classes.bars()] == [("bus", 2), ("person", 1)]
    assert dialog.classes.text_at(QPointF(5, 5)) == "bus: 2\nin 2 images, median 30×20 px"
    assert [(bar.name, bar.value) for bar in dialog.flags.bars()] == [("night", 1)]
    assert [(bar.name, bar.value) for bar in dialog.tags.bars()] == [("wet", 2), ("dusk", 1)]
    assert [bar.value for bar in dialog.per_image.bars()] == [10, 1, 1]
    assert dialog.sizes.text_at(QPointF(dialog.sizes.width() * 2.5 / 12, 5)) == "16 to 32 px: 3"
    desk.program.runner.set_width("statistics", 1)
    for table, expected in (
        ("classes", [["bus", "2", "0.6667", "2", "30.0", "20.0"], ["person", "1", "0.3333", "1", "30.0", "20.0"]]),
        ("images", [[str(desk.image(1)), "1", "1", "0", "night", "wet", "1"]]),
        ("words", [["flag", "night", "1", "0.0833"], ["tag", "wet", "2", "0.1667"], ["tag", "dusk", "1", "0.0833"]]),
    ):
        dialog.export_requested.emit(table)
        chooser = desk.dialog("QFileDialog")
        target = folder.parent / f"{table}-out.csv"
        chooser.fileSelected.emit(str(target))
        chooser.reject()
        desk.wait_for(target.is_file)
        rows = list(csv.reader(target.read_text(encoding="utf-8-sig").splitlines()))
        assert [row for row in rows if row in expected] == expected
    dialog.resize(dialog.minimumSize())
    QApplication.processEvents()
    plots = [plot.geometry() for plot in (dialog.sizes, dialog.places, dialog.per_image)]
    assert not any(one.intersects(other) for one, other in itertools.combinations(plots, 2))
    dialog.scope.setCurrentIndex(1)
    assert dialog.tiles["objects"].text() == "2"
    desk.canvas.set_selection([desk.canvas.document.shapes[0].uid])  # type: ignore[union-attr]
    desk.key(Qt.Key.Key_Delete)
    desk.wait_for(lambda: dialog.tiles["objects"].text() == "1")
    desk.saved()
    dialog.scope.setCurrentIndex(0)
    desk.wait_for(lambda: dialog.tiles["objects"].text() == "2", 20.0)


def test_where_there_is_nothing_it_says_what_to_do(open_desk: Open) -> None:
    desk = open_desk()
    desk.key(Qt.Key.Key_T, CONTROL | SHIFT)
    dialog = desk.dialog("StatisticsDialog")
    desk.wait_for(dialog.figures)
    assert dialog.message.isVisible()
    assert dialog.message.text().startswith("Nothing is labelled yet.")
    assert dialog.tiles["images"].text() == "12"
