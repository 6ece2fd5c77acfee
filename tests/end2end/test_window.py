"""The real program from start to close: draw, step, save, reopen; models, filter; everything that goes wrong."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from anylabeling.codecs import encode_jpeg
from anylabeling.document.label_file import decode_image_data, read_label_file
from anylabeling.services.dataset.label_index import LabelIndex
from anylabeling.services.dataset.label_store import LabelStore

Run = Callable[..., dict[str, Any]]
PICTURES = ("a.jpg", "b.jpg", "c.jpg")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of three small pictures."""
    made = tmp_path / "pictures"
    made.mkdir()
    generator = np.random.default_rng(5)
    for name in PICTURES:
        pixels = np.repeat(np.repeat(generator.integers(40, 220, (24, 32, 3), np.uint8), 10, 0), 10, 1)
        (made / name).write_bytes(encode_jpeg(np.ascontiguousarray(pixels)))
    return made


@pytest.fixture
def photos(tmp_path: Path, data_dir: Path) -> Path:
    """Return a folder of real photos that may be written to."""
    made = tmp_path / "photos"
    made.mkdir()
    for name in ("bus.jpg", "zidane.jpg"):
        shutil.copy(data_dir / "photos" / name, made / name)
    for path in sorted((data_dir / "photos" / "voc40").glob("*.jpg"))[:8]:
        shutil.copy(path, made / path.name)
    return made


def test_draw_undo_redo_step_save_and_reopen(run_scenario: Run, folder: Path, home_dir: Path) -> None:
    found = run_scenario("draw_and_save", [str(folder)], first="a.jpg")
    kinds = [(kind, label) for kind, label, _ in found["drawn"]]
    assert kinds == [("rectangle", "crate"), ("polygon", "sail")]
    assert found["drawn"][0][2] == [
        [pytest.approx(20, abs=1), pytest.approx(30, abs=1)],
        [pytest.approx(120, abs=1), pytest.approx(140, abs=1)],
    ]
    assert found["undone"] == found["drawn"][:1]
    assert found["redone"] == found["drawn"]
    assert found["other_shapes"] == 0
    assert found["back"] == found["drawn"]
    written = read_label_file(folder / "a.json")
    assert [[s.kind.value, s.label, s.points.round(1).tolist()] for s in written.shapes] == found["drawn"]
    assert written.image_path == "a.jpg"
    assert written.image_size == (320, 240)
    assert not (folder / "b.json").exists()
    # The label index was told about it: nobody has to read the file again to find the picture by its labels.
    index = LabelIndex(home_dir / ".cache" / "anylabeling" / "labels.sqlite")
    images = [str(folder / name) for name in PICTURES]
    assert index.columns(images).has_file.tolist() == [True, False, False]
    assert index.refresh(images, LabelStore()).read == 0
    index.close()
    again = run_scenario("reopen", [str(folder / "a.jpg")], first="a.jpg")
    assert again["shapes"] == found["drawn"]


def test_model_labels_a_photo_and_sliders_change_the_result(run_scenario: Run, photos: Path, data_dir: Path) -> None:
    argv = [str(photos / "bus.jpg"), "--model", str(data_dir / "models" / "yolo11n.onnx")]
    found = run_scenario("label_with_model", argv, first="bus.jpg")
    scores = sorted(((label, round(score, 2)) for label, score, _ in found["found"]), key=lambda row: -row[1])
    assert scores == [("bus", 0.94), ("person", 0.9), ("person", 0.85), ("person", 0.83), ("person", 0.4)]
    assert found["strict"] == 4
    assert found["again"] == 5
    assert found["undone"] == 0
    assert len(read_label_file(photos / "bus.json").shapes) == 5


def test_label_all_gives_each_image_one_undo_step(run_scenario: Run, photos: Path, data_dir: Path) -> None:
    first = min(path.name for path in photos.glob("*.jpg"))
    argv = [str(photos), "--model", str(data_dir / "models" / "yolo11n.onnx")]
    found = run_scenario("label_all_and_undo_one", argv, first=first)
    assert found["current"] > 0
    assert found["before"] > 0
    assert found["after"] == 0
    assert len(list(photos.glob("*.json"))) == len(list(photos.glob("*.jpg")))
    assert read_label_file((photos / found["second"]).with_suffix(".json")).shapes == ()


def test_filter_narrows_the_list_and_exports(run_scenario: Run, photos: Path, data_dir: Path, tmp_path: Path) -> None:
    export = tmp_path / "found.json"
    first = min(path.name for path in photos.glob("*.jpg"))
    argv = [str(photos), "--model", str(data_dir / "models" / "yolo11n.onnx")]
    found = run_scenario("filter_for", argv, first=first, classes=["bus"], export=str(export))
    assert "bus.jpg" in found["matches"]
    assert "zidane.jpg" not in found["matches"]
    assert found["total"] == 10
    assert "filtered from 10" in found["title"]
    written = json.loads(export.read_text())
    assert set(written) == {"total_images", "filtered_images", "filter_settings", "results"}
    assert written["filtered_images"] == len(found["matches"])


def test_bad_files_are_named_and_the_program_goes_on(run_scenario: Run, folder: Path) -> None:
    whole = (folder / "a.jpg").read_bytes()
    (folder / "d-cut.jpg").write_bytes(whole[: len(whole) // 2])
    (folder / "e-empty.png").write_bytes(b"")
    (folder / "f-text.jpg").write_text("not a picture")
    names = [*PICTURES, "d-cut.jpg", "e-empty.png", "f-text.jpg"]
    found = run_scenario("step_over_bad_files", [str(folder)], names=names)
    for name in PICTURES:
        notices, zoom = found["seen"][name][:-1], found["seen"][name][-1]
        assert notices == []
        assert zoom.endswith("%")
    for name in names[3:]:
        assert any(name in text for text in found["seen"][name]), found["seen"]
        assert found["seen"][name][-1] == "zoom "  # what is not shown has none


def test_labels_of_a_folder_that_vanishes_stay_until_it_is_back(run_scenario: Run, folder: Path) -> None:
    found = run_scenario("draw_where_the_folder_vanishes", [str(folder)], first="a.jpg", folder=str(folder))
    assert any("a.jpg" in text or "a.json" in text for text in found["notices"])
    assert "not saved" in found["state"]
    assert [row[1] for row in found["shapes"]] == ["crate"]
    assert [shape.label for shape in read_label_file(folder / "a.json").shapes] == ["crate"]


def test_broken_label_file_is_kept_until_the_person_says_so(run_scenario: Run, folder: Path) -> None:
    (folder / "a.json").write_text('{"shapes": [{"label": "half')
    found = run_scenario("draw_over_broken_labels", [str(folder)], first="a.jpg")
    assert any("a.json" in text for text in found["notices"])
    assert [shape.label for shape in read_label_file(folder / "a.json").shapes] == ["crate"]
    assert (folder / "a.json.broken-1").read_text() == '{"shapes": [{"label": "half'


def test_another_program_is_not_overwritten(run_scenario: Run, folder: Path) -> None:
    shape = {"label": "crate", "points": [[10, 10], [50, 60]], "shape_type": "rectangle"}
    content = {"shapes": [shape], "imagePath": "a.jpg", "imageData": None}
    (folder / "a.json").write_text(json.dumps(content))
    found = run_scenario("change_on_disk", [str(folder)], first="a.jpg", label_file=str(folder / "a.json"))
    assert any("changed by another program" in text for text in found["notices"])
    assert [shape.label for shape in read_label_file(folder / "a.json").shapes] == ["theirs"]


def test_sliders_change_only_what_is_on_the_screen(run_scenario: Run, photos: Path, data_dir: Path) -> None:
    names = sorted(path.name for path in photos.glob("*.jpg"))
    second = names[names.index("bus.jpg") - 1]
    argv = [str(photos / second), "--model", str(data_dir / "models" / "yolo11n.onnx")]
    found = run_scenario("sliders_after_stepping", argv, first=second, second="bus.jpg")
    assert found["found"]
    assert found["there"] == []
    assert found["back"] == found["found"]


def test_deleted_labels_go_to_the_bin(run_scenario: Run, folder: Path, data_dir: Path, home_dir: Path) -> None:
    shape = {"label": "crate", "points": [[10, 10], [50, 60]], "shape_type": "rectangle"}
    content = json.dumps({"shapes": [shape], "imagePath": "a.jpg", "imageData": None})
    (folder / "a.json").write_text(content)
    argv = [str(folder), "--model", str(data_dir / "models" / "yolo11n.onnx")]
    found = run_scenario("delete_labels", argv, first="a.jpg")
    assert found["before"] == 1
    assert any("a.json was put into the bin" in text for text in found["notices"])
    assert not (folder / "a.json").exists()
    binned = [path for path in home_dir.rglob("a.json") if path.parent.name == "files"]
    assert [path.read_text() for path in binned] == [content]


def test_changing_the_label_folder_takes_along_what_is_not_saved(
    run_scenario: Run, folder: Path, tmp_path: Path, home_dir: Path
) -> None:
    (home_dir / ".anylabelingrc").write_text("auto_save: false\n")  # so that the first shape waits for the folder
    shape = {"label": "old", "points": [[200, 100], [250, 160]], "shape_type": "rectangle"}
    content = json.dumps({"shapes": [shape], "imagePath": "a.jpg", "imageData": None})
    (folder / "a.json").write_text(content)
    labels = tmp_path / "labels"
    labels.mkdir()
    found = run_scenario("change_label_folder", [str(folder)], first="a.jpg", folder=str(labels))
    assert found["before"] == 1
    assert [label for _, label, _ in found["shapes"]] == ["old", "crate", "sail"]
    assert [shape.label for shape in read_label_file(labels / "a.json").shapes] == ["old", "crate", "sail"]
    assert (folder / "a.json").read_text() == content
    assert found["notices"] == []


def test_another_image_is_fitted_unless_the_zoom_is_to_stay(run_scenario: Run, folder: Path) -> None:
    fitted, zoomed, second, zoomed_again, third = run_scenario("zoom_and_step", [str(folder)], names=PICTURES)["zooms"]
    assert zoomed > fitted
    assert second == pytest.approx(fitted)
    assert third == pytest.approx(zoomed_again)
    assert zoomed_again > fitted


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_without_a_display_one_line_says_so(home_dir: Path) -> None:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {key: value for key, value in os.environ.items() if key not in hidden}
    run = subprocess.run(
        [sys.executable, "-m", "anylabeling"], capture_output=True, text=True, env=environment, check=False, timeout=60
    )
    assert run.returncode == 2
    assert "no display" in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1


def test_problems_of_the_settings_are_told_together(run_scenario: Run, folder: Path, home_dir: Path) -> None:
    wrong = ["auto_saev: false", "theme: pink", "no_such_key: 1", "performance: {batch_size: many}", "logger_level: 7"]
    (home_dir / ".anylabelingrc").write_text("\n".join(wrong))
    Image.new("RGB", (9, 9)).save(folder / "0.gif", save_all=True, append_images=[Image.new("RGB", (9, 9), "red")])
    shutil.copy(folder / "0.gif", folder / "1.gif")
    found = run_scenario("notices_of_two", [str(folder)], first="0.gif", second="1.gif")
    # And a remark that holds for both pictures is made once.
    assert found["texts"] == ["5 problems in .anylabelingrc.", "0.gif is an animation; its first picture is shown."]
    assert [word for word in ("auto_saev", "pink", "no_such_key", "many", "7") if word not in found["details"]] == []


def test_the_end_is_no_crash_however_many_objects_the_window_takes_along(run_scenario: Run, folder: Path) -> None:
    run_scenario("close_with_a_witness", [str(folder)], first="a.jpg")


def test_pictures_are_put_into_label_files_when_the_settings_say_so(
    run_scenario: Run, folder: Path, home_dir: Path
) -> None:
    (home_dir / ".anylabelingrc").write_text("store_data: true\n")
    run_scenario("draw_one", [str(folder)], first="a.jpg")
    written = read_label_file(folder / "a.json")
    assert decode_image_data(written) == (folder / "a.jpg").read_bytes()


def test_folder_is_read_again_on_request(run_scenario: Run, folder: Path) -> None:
    found = run_scenario("read_folder_again", [str(folder)], first="a.jpg", new=str(folder / "z.jpg"))
    assert found["before"] == 3
    assert found["name"] == "a.jpg"
