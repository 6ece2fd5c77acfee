"""What the image filter finds in the window is what a plain loop finds, and a model runs once for each picture."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qtpy.QtCore import QPoint, Qt
from qtpy.QtTest import QTest

from anylabeling.codecs import PixelFormat, decode
from anylabeling.messages.auto_labeling import DetectOptions
from anylabeling.services.auto_labeling.detection_model import DetectionModel

Open = Callable[..., Any]


def plain_counts(model: DetectionModel, folder: Path, confidence: float = 0.25) -> dict[str, Counter[str]]:
    """What the model finds in each picture, one after the other, with none of the filter's code."""
    found: dict[str, Counter[str]] = {}
    for path in sorted(folder.glob("*.jpg")):
        image = decode(path, pixel_format=PixelFormat.RGB, min_side_px=model.min_side_px)
        candidates = model.candidates(image.pixels, full_size=(image.full_width, image.full_height))
        chosen = candidates.select(DetectOptions(confidence=confidence, iou=0.45), model.class_names)
        found[path.name] = Counter(model.class_names[number] for number in chosen.class_ids.tolist())
    return found


def check_four_questions(desk: Any, folder: Path, one: str, other: str) -> None:
    """Ask for a class, for at least 3, for exactly 1 and for two classes; compare with the loop."""
    plain = plain_counts(desk.program.auto_labeling.model, folder)
    counts = desk.dialog.form.counts

    def expect(wanted: Callable[[Counter[str]], bool]) -> None:
        expected = sorted(name for name, found in plain.items() if wanted(found))
        assert 0 < len(expected) < len(plain)
        assert sorted(desk.listed()) == expected
        assert desk.said().startswith(f"{len(expected)} match")

    desk.click(desk.dialog.form.classes.selected_radio, QPoint(8, 8))
    desk.pick(one)
    desk.apply()
    expect(lambda found: found[one] > 0)
    inferred = desk.inferred()
    counts.mode_box.setFocus()
    QTest.keyClick(counts.mode_box, Qt.Key.Key_Down)
    counts.count_spin.setFocus()
    counts.count_spin.selectAll()
    QTest.keyClicks(counts.count_spin, "3")
    desk.settle()
    expect(lambda found: found[one] >= 3)
    QTest.keyClick(counts.mode_box, Qt.Key.Key_Down)
    counts.count_spin.selectAll()
    QTest.keyClicks(counts.count_spin, "1")
    desk.settle()
    expect(lambda found: found[one] == 1)
    desk.pick(other)
    QTest.keyClick(counts.mode_box, Qt.Key.Key_Home)
    desk.settle()
    expect(lambda found: found[one] + found[other] > 0)
    # All but the first answer came from what was known; applying says the same.
    live = desk.listed()
    desk.apply()
    assert desk.listed() == live
    assert desk.inferred() == inferred
    total = len(plain)
    assert desk.dialog.footer.cache.label.text().startswith(f"from cache: {total} of {total}")
    assert desk.program.window.file_dock.chip_label.text() == f"{len(live)} of {total} ·"
    desk.click(desk.program.window.file_dock.clear_button)
    assert len(desk.listed()) == total
    assert desk.said() == ""


def test_questions_to_the_bundled_model(open_program: Open, samples: Path, sample_model: Path) -> None:
    desk = open_program(samples, sample_model)
    check_four_questions(desk, samples, "person", "car")


@pytest.mark.data
@pytest.mark.timeout(300)
def test_questions_about_photos(open_program: Open, data_dir: Path, tmp_path: Path) -> None:
    folder = tmp_path / "voc40"
    folder.mkdir()
    for photo in sorted((data_dir / "photos" / "voc40").glob("*.jpg"))[::2]:
        shutil.copy(photo, folder)
    desk = open_program(folder, data_dir / "models" / "yolo11n.onnx")
    check_four_questions(desk, folder, "person", "bicycle")


def test_labels_are_asked_without_a_model_and_compared_with_it(
    open_program: Open, samples: Path, sample_model: Path, tmp_path: Path
) -> None:
    from anylabeling.__main__ import main

    # The model's own boxes as labels, one of which is then given another class.
    assert main(["label", str(samples), "--model", str(sample_model)]) == 0
    damaged = samples / "08-winter-village.json"
    labelled = damaged.read_text(encoding="utf-8")
    assert '"label": "person"' in labelled
    damaged.write_text(labelled.replace('"label": "person"', '"label": "car"'), encoding="utf-8")
    desk = open_program(samples)
    form = desk.dialog.form
    assert not desk.dialog.footer.buttons.apply_button.isEnabled()
    desk.click(form.source.radios["labels"], QPoint(8, 8))
    desk.wait_for(lambda: "person" in form.classes.picker.names())
    assert form.classes.picker.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole).endswith("objects")
    desk.click(form.classes.selected_radio, QPoint(8, 8))
    desk.pick("car")
    desk.apply()
    assert damaged.with_suffix(".jpg").name in desk.listed()
    assert not form.counts.slider.isEnabled()
    # Both: the picture whose labels were damaged comes first.
    desk.program.choose_model(str(sample_model))
    desk.wait_for(lambda: form.source.model is not None, 60)
    desk.click(form.source.radios["both"], QPoint(8, 8))
    desk.click(form.classes.any_radio, QPoint(8, 8))
    form.counts.sort_box.setFocus()
    QTest.keyClick(form.counts.sort_box, Qt.Key.Key_End)
    desk.apply()
    assert desk.listed()[0] == damaged.with_suffix(".jpg").name
    first = desk.dialog.results.thumbnails.thumbnails.matches[0]
    assert any("car" in reason and "person" in reason for reason in first.reasons)
