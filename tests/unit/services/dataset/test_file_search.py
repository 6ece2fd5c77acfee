"""The search of the file list finds what its conditions say."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.services.dataset.file_query import SearchError, parse_query
from anylabeling.services.dataset.file_search import find_images
from anylabeling.services.dataset.label_index import LabelIndex
from anylabeling.services.dataset.label_store import LabelStore

Find = Callable[[str], list[str]]


def shape(label: str, **more: Any) -> dict[str, Any]:
    return {"label": label, "points": [[1, 1], [9, 9]], "shape_type": "rectangle", **more}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of six pictures; two of them have no label file."""
    records: dict[str, dict[str, Any]] = {
        "a1.jpg": {"shapes": [shape("car"), shape("Traffic Light", score=0.4)], "checked": True},
        "a2.jpg": {"shapes": [shape("car", group_id=3, difficult=True, description="Half hidden")]},
        "b1.jpg": {"shapes": [shape("bus", shape_type="circle", text="Linie 7")], "flags": {"night": True},
                   "tags": ["Wet road", "dusk"]},
        "sub/b2.jpg": {"shapes": [shape("van", shape_type="cuboid")], "tags": ["dusk"]},
    }  # fmt: skip
    for name in (*records, "b3.jpg", "sub/c.jpg"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"")
        if name in records:
            record = {"version": "1", "flags": {}, "imagePath": path.name, "imageData": None, **records[name]}
            path.with_suffix(".json").write_text(json.dumps(record))
    return tmp_path


@pytest.fixture
def find(folder: Path) -> Find:
    """Return a search over the folder, which gives names."""
    paths = [str(folder / name) for name in ("a1.jpg", "a2.jpg", "b1.jpg", "b3.jpg", "sub/b2.jpg", "sub/c.jpg")]
    index, store = LabelIndex(None), LabelStore(root=folder)

    def find_names(text: str) -> list[str]:
        found = find_images(parse_query(text), paths, str(folder), lambda: index, store)
        return [Path(path).stem for path in found]

    return find_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("B", ["b1", "b3", "b2", "c"]),  # "sub", too: what is below the folder counts
        ("<^[ab]1>", ["a1", "b1"]),
        ("#3", ["b1"]),
        ("#0", []),
        ("shape::0", ["b3", "c"]),
        ("shape::>1", ["a1"]),
        ("shape::[1,1]", ["a2", "b1", "b2"]),
        ("label::CAR", ["a1", "a2"]),
        ("label::traffic light", ["a1"]),
        ("label::traf*", ["a1"]),
        ("!label::car", ["b1", "b3", "b2", "c"]),
        ("label::car checked::0", ["a2"]),
        ("a label::car shape::<2", ["a2"]),
        ("checked::1", ["a1"]),
        ("score::[0.3,0.4]", ["a1"]),
        ("flag::night", ["b1"]),
        ("tag::wet road", ["b1"]),
        ("tag::dusk", ["b1", "b2"]),
        ("tag::w* tag::dusk label::bus", ["b1"]),
        ("!tag::wet* shape::>0", ["a1", "a2", "b2"]),
        ("b tag::wet", []),
        ("text::linie", ["b1"]),
        ("difficult::1", ["a2"]),
        ("difficult::0 shape::>0", ["a1", "b1", "b2"]),
        ("gid::3", ["a2"]),
        ("type::circle", ["b1"]),
        ("!type::rectangle shape::>0", ["b1", "b2"]),
        ("description::hidden", ["a2"]),
        ("description::hidden gid::[1,5] label::car", ["a2"]),
        ("!gid::3", ["a1", "b1", "b3", "b2", "c"]),
        ("type::c*", ["b1", "b2"]),
        ("type::cuboid", ["b2"]),
    ],
)
def test_what_is_found(find: Find, text: str, names: list[str]) -> None:
    assert find(text) == names


def test_a_changed_label_file_is_read_again(find: Find, folder: Path) -> None:
    assert find("type::circle") == ["b1"]
    path = folder / "b1.json"
    path.write_text(path.read_text().replace("circle", "rectangle"))
    assert find("type::circle") == []
    path.write_text("{")
    assert find("type::rectangle") == ["a1", "a2"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<(>", "<(> is no pattern"),
        ("colour::red", "colour:: is not known; there are label, shape"),
        ("label::", "Type what label:: has to be."),
        ("shape::many", "shape:: is a number, >2, <5, or [2,5]."),
        ("score::[a,b]", "score:: is a number"),
        ("checked::maybe", "checked:: is 1 or 0."),
    ],
)
def test_what_makes_no_sense_is_said(text: str, why: str) -> None:
    with pytest.raises(SearchError, match=".*") as caught:
        parse_query(text)
    assert caught.value.user_text.startswith(why)


def test_an_edit_that_was_saved_is_found_without_reading_files(folder: Path) -> None:
    index, store, image = LabelIndex(None), LabelStore(root=folder), str(folder / "b3.jpg")
    (folder / "b3.json").write_text(json.dumps({"shapes": [shape("x")]}))
    index.refresh([image], store)
    loaded = store.load(image)
    changed = Shape(ShapeKind.LINE, [[1, 1], [5, 5]], label="x", group_id=12, difficult=True, description="Far")
    after = loaded.annotation.with_changes(shapes=(changed,))
    stamp = store.save(image, after, image_size=(9, 9), expected=loaded.stamp)
    index.update(image, after, stamp, store.label_path(image))
    for text in ("type::line", "gid::12", "difficult::1", "description::far"):
        assert find_images(parse_query(text), [image], str(folder), lambda: index, store) == [image]
    assert find_images(parse_query("type::rectangle"), [image], str(folder), lambda: index, store) == []
    assert index.refresh([image], store).read == 0
