"""Questions to label files, alone and together with detections."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from anylabeling.cli import main
from anylabeling.errors import UsageError
from anylabeling.messages.filtering import CountMode, CountScope, FilterQuery, FilterSource, SortKey
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.filtering.disagreement import Boxes, compare
from anylabeling.services.filtering.engine import FilterEngine

COCO_NAMES = {
    "aeroplane": "airplane",
    "diningtable": "dining table",
    "motorbike": "motorcycle",
    "pottedplant": "potted plant",
    "sofa": "couch",
    "tvmonitor": "tv",
}


def rectangle(label: str, *box: float) -> dict[str, Any]:
    return {"label": label, "points": [list(box[:2]), list(box[2:])], "shape_type": "rectangle", "flags": {}}


def write_labels(image: Path, shapes: list[dict[str, Any]], **more: Any) -> str:
    content = {"version": "1", "flags": {}, "shapes": shapes, "imagePath": image.name, "imageData": None, **more}
    image.with_suffix(".json").write_text(json.dumps(content), encoding="utf-8")
    return str(image)


@pytest.fixture
def images(tmp_path: Path) -> list[str]:
    folder = tmp_path / "images"
    (folder / "night").mkdir(parents=True)
    names = ["a.jpg", "b.jpg", "night/c.jpg", "night/d.png"]
    for name in names:
        (folder / name).touch()
    cat, dog = rectangle("cat", 0, 0, 10, 10), rectangle("dog", 0, 0, 100, 100)
    write_labels(folder / names[0], [cat, cat, dog], flags={"dark": True})
    write_labels(folder / names[1], [dog], checked=True, description="Seen at the LAKE", tags=["Rain", "city"])
    write_labels(folder / names[2], [], tags=["rain", "night"])
    return [str(folder / name) for name in names]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ({}, [0, 1]),
        ({"classes": frozenset({"cat"})}, [0]),
        ({"all_of": frozenset({"cat", "dog"})}, [0]),
        ({"none_of": frozenset({"cat"})}, [1, 2, 3]),
        ({"classes": frozenset({"nobody knows it"})}, []),
        ({"count_mode": CountMode.EXACTLY, "count_value": 2, "classes": frozenset({"cat"})}, [0]),
        ({"count_mode": CountMode.AT_LEAST, "count_value": 2, "count_scope": CountScope.PER_CLASS}, [0]),
        ({"count_mode": CountMode.AT_LEAST, "count_value": 3, "count_scope": CountScope.PER_CLASS}, []),
        ({"count_mode": CountMode.AT_MOST, "count_value": 1, "count_scope": CountScope.PER_CLASS}, [1, 2, 3]),
        ({"count_mode": CountMode.AT_MOST, "count_value": 2}, [1, 2, 3]),
        ({"box_size_px": (50, 200)}, [0, 1]),
        ({"box_size_px": (5, 20)}, [0]),
        ({"has_labels": False}, [3]),
        ({"has_labels": True}, [0, 1, 2]),
        ({"checked": True}, [1]),
        ({"flags": frozenset({"dark"})}, [0]),
        ({"tags": frozenset({"RAIN"})}, [1, 2]),
        ({"tags": frozenset({"city", "night"})}, [1, 2]),
        ({"all_tags": frozenset({"rain", "city"})}, [1]),
        ({"no_tags": frozenset({"city"})}, [0, 2, 3]),
        ({"tags": frozenset({"rain"}), "no_tags": frozenset({"night"})}, [1]),
        ({"tags": frozenset({"nobody has it"})}, []),
        ({"text": "lake"}, [1]),
        ({"name": "*.PNG"}, [3]),
        ({"folder": "night"}, [2, 3]),
        ({"folder": "images/night"}, [2, 3]),
        ({"folder": "ight"}, []),
        ({"sort": SortKey.COUNT, "reverse": True}, [1, 0]),
    ],
)
def test_labels_are_asked_without_a_model(images: list[str], question: dict[str, Any], wanted: list[int]) -> None:
    engine = FilterEngine()
    query = FilterQuery(source=FilterSource.LABELS, **question)
    summary = engine.run(query, images)
    assert [images.index(match.path) for match in summary.matches] == wanted
    assert summary.failed == ()
    assert engine.run(query, images).matches == summary.matches


def test_a_question_to_a_model_needs_one(images: list[str]) -> None:
    with pytest.raises(UsageError, match="needs a model"):
        FilterEngine().run(FilterQuery(), images)


def test_a_changed_label_file_is_noticed(images: list[str]) -> None:
    engine, query = FilterEngine(), FilterQuery(frozenset({"cat"}), source=FilterSource.LABELS)
    assert len(engine.run(query, images).matches) == 1
    write_labels(Path(images[2]), [rectangle("cat", 1, 1, 5, 5)])
    assert [match.path for match in engine.run(query, images).matches] == [images[0], images[2]]


def boxes(*objects: tuple[str, float, float, float, float, float]) -> Boxes:
    values = np.array([one[1:] for one in objects], np.float32).reshape(-1, 5)
    return Boxes(values[:, :4], [one[0] for one in objects], values[:, 4])


def test_each_kind_of_mistake_is_named() -> None:
    found = boxes(("cat", 0, 0, 100, 100, 0.9), ("dog", 200, 0, 300, 100, 0.8), ("cow", 0, 300, 50, 350, 0.1))
    known = frozenset({"cat", "dog", "cow"})

    def difference(*labels: tuple[str, float, float, float, float, float]) -> Any:
        return compare(boxes(*labels), found, confidence=0.25, known=known)

    cat, dog = ("cat", 0, 0, 100, 100, 1), ("dog", 200, 0, 300, 100, 1)
    right = difference(cat, dog)
    assert (right.score, right.reasons) == (0.0, ())
    missing = difference(cat)
    assert (missing.missing, missing.reasons) == (1, ("dog: seen, but not labelled",))
    wrong = difference(cat, ("cat", *dog[1:]))
    assert (wrong.wrong_class, wrong.missing, wrong.extra) == (1, 0, 0)
    assert wrong.reasons == ("cat: the model sees dog",)
    shifted = difference(cat, ("dog", 250, 0, 350, 100, 1))
    assert (shifted.poor_overlap, shifted.missing, shifted.extra) == (1, 0, 0)
    extra = difference(cat, dog, ("cat", 500, 500, 600, 600, 1))
    assert (extra.extra, extra.reasons) == (1, ("cat: labelled, but not seen by the model",))
    faint = difference(cat, dog, ("cow", 0, 300, 50, 350, 1))
    assert 0 < faint.score < extra.score
    unknown = difference(cat, dog, ("unicorn", 500, 500, 600, 600, 1))
    assert unknown.score == 0.0


def test_of_chosen_classes_a_mistake_is_named_for_what_it_is() -> None:
    found = boxes(("dog", 0, 0, 100, 100, 0.8), ("cow", 200, 0, 300, 100, 0.9))
    labels = boxes(("cat", 0, 0, 100, 100, 1))

    def reasons(*classes: str) -> tuple[str, ...]:
        chosen = frozenset(classes)
        return compare(labels, found, confidence=0.25, known=frozenset({"cat", "dog", "cow"}), classes=chosen).reasons

    # Whoever looks after one class learns that the other one stands there, from either side.
    assert reasons("cat") == reasons("dog") == ("cat: the model sees dog",)
    assert reasons("cow") == ("cow: seen, but not labelled",)
    assert reasons("horse") == ()


@pytest.fixture(scope="module")
def model(data_dir: Path) -> Iterator[DetectionModel]:
    manager = ModelManager()
    yield manager.load(data_dir / "models" / "yolo11n.onnx", preferred_backend="onnx-cpu")
    manager.unload()


@pytest.fixture
def labelled_photos(data_dir: Path, tmp_path: Path) -> list[str]:
    """The photos with the labels that people gave them."""
    paths = []
    for photo in sorted((data_dir / "photos" / "voc40").glob("*.jpg")):
        copy = Path(shutil.copy(photo, tmp_path))
        shapes = []
        for thing in ET.parse(photo.with_suffix(".xml")).getroot().iter("object"):
            name = thing.findtext("name", "")
            box = [float(thing.findtext(f"bndbox/{side}", "0")) for side in ("xmin", "ymin", "xmax", "ymax")]
            shapes.append(rectangle(COCO_NAMES.get(name, name), *box))
        paths.append(write_labels(copy, shapes))
    return paths


@pytest.mark.data
def test_damaged_labels_come_first(model: DetectionModel, labelled_photos: list[str]) -> None:
    engine = FilterEngine()
    classes = frozenset({"person", "dog", "cat", "bus", "car", "horse", "airplane", "train", "bird", "sheep"})
    query = FilterQuery(classes, CountMode.AT_MOST, 100, sort=SortKey.DISAGREEMENT, confidence=0.4)
    before = engine.run(query, labelled_photos, model)
    assert len(before.matches) == 40
    scores = [match.disagreement for match in before.matches]
    assert None not in scores
    assert scores == sorted(scores, key=lambda score: -(score or 0))
    # Photos on which people and the model agree, with an object that can be spoiled.
    good = [match.path for match in before.matches if not match.disagreement and match.count][:4]
    assert len(good) == 4
    for number, path in enumerate(good):
        file = Path(path).with_suffix(".json")
        shapes = [one for one in json.loads(file.read_text())["shapes"] if one["label"] in classes]
        spoiled = {
            0: [],
            1: [{**one, "label": "horse" if one["label"] != "horse" else "car"} for one in shapes],
            2: [*shapes, *(rectangle("dog", 1 + n, 1, 30 + n, 30) for n in (0, 60, 120))],
            3: [{**one, "points": [[x + 4000, y + 4000] for x, y in one["points"]]} for one in shapes],
        }[number]
        write_labels(Path(path), spoiled)
    after = engine.run(query, labelled_photos, model)
    assert after.inferred == 0
    ranks = {match.path: rank for rank, match in enumerate(after.matches)}
    by_score = {match.path: match for match in after.matches}
    undisturbed = [path for path in labelled_photos if path not in good]
    better = sum(not by_score[path].disagreement for path in undisturbed)
    assert all(by_score[path].disagreement for path in good)
    assert max(ranks[path] for path in good) < 40 - better
    # Among photos of which the model is sure, they are the first.
    agreed = {match.path for match in before.matches if (match.disagreement or 0) < 0.5}
    order = [match.path for match in after.matches if match.path in agreed]
    assert set(order[:4]) == set(good)
    assert all(by_score[path].reasons for path in good)


@pytest.mark.data
def test_both_sources_have_to_agree(model: DetectionModel, labelled_photos: list[str]) -> None:
    engine, query = FilterEngine(), FilterQuery(frozenset({"person"}))
    seen = {match.path for match in engine.run(query, labelled_photos, model).matches}
    labels = replace(query, source=FilterSource.LABELS)
    labelled = {match.path for match in engine.run(labels, labelled_photos).matches}
    both = engine.run(replace(query, source=FilterSource.BOTH), labelled_photos, model)
    assert {match.path for match in both.matches} == seen & labelled
    assert seen != labelled


def test_the_command_line_asks_labels(
    images: list[str], tmp_path: Path, home_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(Path(images[0]).parent)

    def ask(*arguments: str) -> list[str]:
        assert main(["filter", folder, "--recursive", "--source", "labels", *arguments]) == 0
        return capsys.readouterr().out.splitlines()

    assert ask("--classes", "cat") == [images[0]]
    assert ask("--has-labels", "no") == [images[3]]
    assert ask("--tags", "rain", "--no-tags", "night") == [images[1]]
    assert ask("--all-tags", "night,RAIN") == [images[2]]
    assert ask("--sort", "count") == [images[0], images[1]]
    listed = tmp_path / "list.csv"
    assert ask("--none-of", "cat", "--export", str(listed)) == []
    assert ask("--import", str(listed), "--folder", "night") == images[2:]
    with listed.open("a") as stream:
        stream.write("/elsewhere/z.jpg\n")
    assert main(["filter", folder, "--source", "labels", "--import", str(listed), "--has-labels", "no"]) == 0
    captured = capsys.readouterr()
    assert captured.out.splitlines() == [images[3]]
    assert f"are not in {folder}: left out" in captured.err
    ask("--classes", "dog", "--link-to", str(tmp_path / "dogs"))
    assert sorted(path.name for path in (tmp_path / "dogs").iterdir()) == ["a.jpg", "b.jpg"]
    ask("--classes", "dog", "--copy-to", str(tmp_path / "copies"), "--with-labels")
    assert sorted(path.name for path in (tmp_path / "copies").iterdir()) == ["a.jpg", "a.json", "b.jpg", "b.json"]
    assert main(["filter", folder, "--has-labels", "perhaps", "--source", "labels"]) == 2
    assert main(["filter", folder]) == 2
    assert "needs a model" in capsys.readouterr().err
