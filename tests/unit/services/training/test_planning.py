"""What labels allow to train, how images are divided, which numbers classes get."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from labelled_folder import add, box, boxes_folder, facts_of, outline, point, slanted

from anylabeling.messages.training import TrainRequest, TrainTask
from anylabeling.services.dataset.exchange_sources import SourceItem
from anylabeling.services.training.planning import Division, divide, offers
from anylabeling.services.training.survey import ImageFacts, part_of


def plan(folder: Path, task: TrainTask = TrainTask.DETECT, **options: object) -> Division:
    return divide(facts_of(folder), TrainRequest(task, **options))  # type: ignore[arg-type]


def possible(folder: Path) -> set[str]:
    return {offer.task.value for offer in offers(facts_of(folder)) if not offer.problem}


def test_only_what_the_labels_allow_is_offered(tmp_path: Path) -> None:
    add(tmp_path, "a.jpg", box("cat"))
    assert possible(tmp_path) == {"detect"}
    add(tmp_path, "b.jpg", outline("cat"))
    assert possible(tmp_path) == {"detect", "segment"}
    add(tmp_path, "c.jpg", slanted("cat"))
    add(tmp_path, "d.jpg", box("cat", 1), point("nose", 1))
    add(tmp_path, "e.jpg", flags={"day": True})
    assert possible(tmp_path) == {"detect", "segment", "obb", "pose"}
    add(tmp_path, "f.jpg", flags={"night": True, "day": False})
    assert possible(tmp_path) == {"detect", "segment", "obb", "pose", "classify"}


def test_the_reason_says_what_is_missing(tmp_path: Path) -> None:
    add(tmp_path, "a.jpg")
    reasons = {offer.task: offer.problem for offer in offers(facts_of(tmp_path))}
    assert reasons[TrainTask.DETECT] == "Nothing is labelled with a box or an outline."
    assert "Classify Images" in reasons[TrainTask.CLASSIFY]
    add(tmp_path, "b.jpg", box("cat"))
    reasons = {offer.task: offer.problem for offer in offers(facts_of(tmp_path))}
    assert reasons[TrainTask.SEGMENT] == "There are only boxes. Outlines, masks or circles are needed."


def test_counts_and_warnings(tmp_path: Path) -> None:
    boxes_folder(tmp_path)
    add(tmp_path, "none.jpg")
    add(tmp_path, "background.jpg", checked=True)
    (tmp_path / "broken.jpg").write_bytes((tmp_path / "00.jpg").read_bytes())
    (tmp_path / "broken.json").write_text("{ this is no label file")
    found = plan(tmp_path).plan
    assert found.problem == ""
    assert (found.training, found.validation, found.left_out, found.images) == (9, 2, 2, 13)
    cat, dog = found.classes
    assert (cat.label, cat.training + cat.validation, cat.images) == ("cat", 10, 10)
    assert (dog.label, dog.training + dog.validation) == ("dog", 5)
    assert dog.validation >= 1
    assert found.warnings[0].startswith("2 classes have fewer than 20 examples to learn from: cat (")
    assert "1 label file cannot be read and is left out." in found.warnings


def test_checked_images_only(tmp_path: Path) -> None:
    boxes_folder(tmp_path, 4)
    assert plan(tmp_path, only_checked=True).plan.problem == "No checked image has labels for this."
    add(tmp_path, "x.jpg", box("bird"), checked=True)
    add(tmp_path, "y.jpg", box("bird"), checked=True)
    found = plan(tmp_path, only_checked=True)
    assert found.classes == ("bird",)
    assert (found.plan.training, found.plan.validation) == (1, 1)


def test_parts_by_folders(tmp_path: Path) -> None:
    for place in ("train/a.jpg", "train/b.jpg", "images/valid/c.jpg", "d.jpg"):
        add(tmp_path, place, box("cat"))
    found = plan(tmp_path, use_parts=True)
    assert found.plan.has_parts
    assert {item.name: item.split for item in found.items} == {
        "train/a.jpg": "train",
        "train/b.jpg": "train",
        "images/valid/c.jpg": "val",
    }
    (tmp_path / "images/valid/c.json").unlink()
    assert "folder named val" in plan(tmp_path, use_parts=True).plan.problem


@pytest.mark.parametrize(("name", "part"), [("a.jpg", ""), ("Train/a.jpg", "train"), ("x/validation/y/a.jpg", "val")])
def test_part_of_a_folder(name: str, part: str) -> None:
    assert part_of(name) == part


def test_too_few_images(tmp_path: Path) -> None:
    assert plan(tmp_path).plan.problem == "Nothing is labelled with a box or an outline."
    add(tmp_path, "a.jpg", box("cat"))
    assert plan(tmp_path).plan.problem.startswith("At least two labelled images are needed")
    add(tmp_path, "b.jpg", box("cat"))
    found = plan(tmp_path).plan
    assert (found.problem, found.training, found.validation) == ("", 1, 1)


def test_a_classifier_needs_one_class_for_an_image(tmp_path: Path) -> None:
    for number, flags in enumerate(({"day": True}, {"day": True}, {"night": True}, {"night": True}, {"a": 1, "b": 1})):
        add(tmp_path, f"{number}.jpg", flags=dict.fromkeys(flags, True))
    found = plan(tmp_path, TrainTask.CLASSIFY)
    assert found.classes == ("day", "night")
    assert (found.plan.training, found.plan.validation, found.plan.left_out) == (3, 1, 1)
    assert "1 image has several flags and is left out." in found.plan.warnings


def test_numbers_of_classes_stay_those_of_the_start_weights(tmp_path: Path) -> None:
    for number, name in enumerate(("ant", "dog", "cat", "bee")):
        add(tmp_path, f"{number}.jpg", box(name), box("zebra"))
    facts = facts_of(tmp_path)
    request = TrainRequest(TrainTask.DETECT, known_classes=("bee", "dog", "unused"))
    assert divide(facts, request).classes == ("bee", "dog", "ant", "cat", "zebra")
    model = ("dog", "person", "cat")
    assert divide(facts, request, model).classes == ("dog", "cat", "bee", "ant", "zebra")
    kept = TrainRequest(TrainTask.DETECT, keep_classes=True)
    assert divide(facts, kept, model).classes == ("dog", "person", "cat", "ant", "bee", "zebra")
    chosen = TrainRequest(TrainTask.DETECT, classes=("cat", "zebra"))
    assert divide(facts, chosen).classes == ("cat", "zebra")


images = st.lists(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 3), min_size=1, max_size=4), min_size=2)


@given(images, st.integers(1, 90), st.integers(0, 5))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_class_that_can_is_in_both_parts(found: list[dict[str, int]], percent: int, seed: int) -> None:
    facts = [
        ImageFacts(SourceItem(f"{place}.jpg", f"/{place}.jpg"), areas=Counter(one)) for place, one in enumerate(found)
    ]
    request = TrainRequest(TrainTask.DETECT, validation_percent=percent, seed=seed)
    division = divide(facts, request)
    sizes = Counter(item.split for item in division.items)
    assert sizes["train"] >= 1
    assert sizes["val"] >= 1
    assert sizes["val"] <= max(1, round(len(found) * percent / 100))
    # Nothing is only checked with where it could be learned from.
    lone = Counter(label for one in found for label in one)
    for share in division.plan.classes:
        assert share.training or lone[share.label] == 1 or sizes["val"] == 1
    assert [item.split for item in division.items] == [item.split for item in divide(facts, request).items]
