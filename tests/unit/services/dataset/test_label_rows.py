"""Label files read by compiled code say what they say to the careful reader; the index keeps them in chunks."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from anylabeling import accel
from anylabeling.document.label_file import read_label_file
from anylabeling.document.label_writer import HELPER_LABELS
from anylabeling.errors import LabelFileError
from anylabeling.services.dataset import label_chunks
from anylabeling.services.dataset.label_facts import DIFFICULT, KINDS, NO_DETAILS, facts_of
from anylabeling.services.dataset.label_index import LabelColumns, LabelIndex
from anylabeling.services.dataset.label_rows import BROKEN, CHECKED, FreshRows, read_rows
from anylabeling.services.dataset.label_store import LabelStore

IMPLEMENTATIONS = ["auto", "numpy"]

ODD_FILES = {
    "BOM": b'\xef\xbb\xbf{"shapes": []}',
    "empty": b"",
    "no object": b"[]",
    "no shapes": b"{}",
    "shapes twice": b'{"shapes": [], "shapes": []}',
    "more behind": b'{"shapes": []} x',
    "cut": b'{"shapes": [{"label": "a", "points": [[1, 2], [3',
    "latin 1": b'{"shapes": [], "image_text": "\xe4"}',
    "lone surrogate": rb'{"shapes": [{"label": "a\ud800", "points": [[1, 2], [3, 4]]}]}',
    "huge number": b'{"shapes": [{"label": "a", "points": [[1, 2], [3, 1e99]]}]}',
    "NaN": b'{"shapes": [{"label": "a", "points": [[1, 2], [3, NaN]]}]}',
    "true for 1": b'{"shapes": [{"label": "a", "points": [[1, 2], [3, true]]}]}',
    "a pair too long": b'{"shapes": [{"label": "a", "points": [[1, 2, 3], [3, 4, 5]]}]}',
    "label is a number": b'{"shapes": [{"label": 1, "points": [[1, 2], [3, 4]]}]}',
    "score is a text": b'{"shapes": [{"label": "a", "points": [[1, 2], [3, 4]], "score": "1"}]}',
    "flag is a number": b'{"shapes": [], "flags": {"a": 1}}',
    "tag is a number": b'{"shapes": [], "tags": ["a", 1]}',
    "tags are a text": b'{"shapes": [], "tags": "wet"}',
    "tags are an object": b'{"shapes": [], "tags": {"a": true}}',
    "tag is a list": b'{"shapes": [], "tags": [["a"]]}',
    "label twice": b'{"shapes": [{"label": "a", "label": "b", "points": [[1, 2], [3, 4]]}]}',
    "deep": b'{"shapes": [], "x": ' + b"[" * 5000 + b"]" * 5000 + b"}",
    "zeros": b"\0" * 50,
}

texts = st.text(max_size=8)
numbers = st.one_of(st.integers(-1000, 5000), st.floats(-1e5, 1e5, allow_nan=False))
shapes = st.fixed_dictionaries(
    {
        "label": st.one_of(st.sampled_from(["cat", "dög", "AUTOLABEL_ADD", '"\\/\n']), texts),
        "points": st.lists(st.tuples(numbers, numbers).map(list), min_size=2, max_size=5),
        "shape_type": st.sampled_from([None, "polygon", "rectangle", "circle", "linestrip", "rotation", "mäsk"]),
    },
    optional={
        "score": st.one_of(st.none(), st.floats(0, 1)),
        "text": st.one_of(st.none(), texts),
        "description": st.one_of(st.none(), texts),
        "group_id": st.one_of(st.none(), st.integers(-(2**62), 2**62)),
        "difficult": st.booleans(),
        "unknown": st.recursive(st.one_of(st.none(), st.booleans(), numbers, texts), st.lists, max_leaves=4),
    },
)
files = st.fixed_dictionaries(
    {"shapes": st.lists(shapes, max_size=4)},
    optional={
        "flags": st.one_of(st.none(), st.dictionaries(texts, st.booleans(), max_size=3)),
        "checked": st.one_of(st.none(), st.booleans()),
        "image_text": st.one_of(st.none(), texts),
        "description": st.one_of(st.none(), texts),
        "tags": st.one_of(st.none(), st.lists(texts, max_size=3), texts),
        "version": texts,
    },
)


def check_against_careful_reader(paths: list[Path], fresh: FreshRows) -> None:
    rows, first = fresh.rows, 0
    for place, path in enumerate(paths):
        row = rows.rows[place]
        assert (row["size_bytes"], row["mtime_ns"]) == (path.stat().st_size, path.stat().st_mtime_ns)
        part = slice(first, first + int(row["count"]))
        first = part.stop
        try:
            wanted = facts_of(read_label_file(path))
        except LabelFileError:
            assert (row["state"], row["count"]) == (BROKEN, 0), path
            continue
        file = wanted.files[0]
        assert [fresh.names[label] for label in rows.labels[part]] == file.labels
        assert np.array_equal(rows.boxes[part], wanted.boxes)
        assert np.array_equal(rows.scores[part], wanted.scores)
        assert row["state"] == (CHECKED if file.checked else 0)
        assert (tuple(rows.flags.get(place, ())), rows.texts.get(place, "")) == (file.flags, file.text)
        assert tuple(rows.tags.get(place, ())) == file.tags
        details = rows.details.get(place, NO_DETAILS)
        assert (details.groups, details.remarks) == (file.details.groups, file.details.remarks)


@pytest.mark.parametrize("implementation", IMPLEMENTATIONS)
def test_odd_files_are_read_as_the_careful_reader_reads_them(tmp_path: Path, implementation: str) -> None:
    paths = []
    for number, content in enumerate(ODD_FILES.values()):
        paths += [tmp_path / f"{number}.json", tmp_path / f"{number}-fine.json"]
        paths[-2].write_bytes(content)
        paths[-1].write_text(json.dumps({"shapes": [{"label": f"l{number}", "points": [[0, 0], [number, 1]]}]}))
    with accel.using(implementation):
        fresh = read_rows(list(map(str, [*paths, tmp_path / "gone.json"])), threads=2)
    assert fresh.is_there.tolist() == [True] * len(paths) + [False]
    check_against_careful_reader(paths, fresh)
    assert int((fresh.rows.rows["state"] & BROKEN > 0).sum()) >= 12


@settings(max_examples=60, deadline=None)
@given(content=files, indent=st.sampled_from([None, 2]), is_ascii=st.booleans())
@example(
    content={"shapes": [{"label": "AUTOLABEL_ADD", "points": [[0, 0], [9, 9]], "shape_type": None}], "tags": "odd"},
    indent=None,
    is_ascii=True,
)
def test_any_label_file_is_read_alike(
    tmp_path_factory: pytest.TempPathFactory, content: dict[str, Any], indent: int | None, is_ascii: bool
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.json"
    path.write_text(json.dumps(content, indent=indent, ensure_ascii=is_ascii), encoding="utf-8")
    for implementation in IMPLEMENTATIONS:
        with accel.using(implementation):
            fresh = read_rows([str(path)], threads=1)
            check_against_careful_reader([path], fresh)
            if not fresh.rows.rows["state"][0] & BROKEN:
                check_details(content, fresh)


def check_details(content: dict[str, Any], fresh: FreshRows) -> None:
    shapes = [shape for shape in content["shapes"] if shape["label"] not in HELPER_LABELS]
    kinds = {shape["shape_type"] or "polygon" for shape in shapes}
    bits, more = int(fresh.rows.rows["kinds"][0]), fresh.rows.details.get(0, NO_DETAILS)
    assert {kind for number, kind in enumerate(KINDS) if bits & 1 << number} | set(more.kinds) == kinds
    assert bool(bits & DIFFICULT) == any(shape.get("difficult") for shape in shapes)
    groups = [shape["group_id"] for shape in shapes if shape.get("group_id") is not None]
    assert more.groups == tuple(dict.fromkeys(groups))
    remarks = [shape.get("description") for shape in shapes] + [content.get("description")]
    assert more.remarks == "\n".join(filter(None, remarks))


def test_many_folders_many_changes_and_the_index_stays_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(label_chunks, "MOST_IMAGES", 7)
    chance = random.Random(3)  # noqa: S311
    images = [str(tmp_path / f"{number % 3}" / f"{number:03}.jpg") for number in range(60)]
    index, other = LabelIndex(tmp_path / "labels.sqlite"), LabelIndex(tmp_path / "labels.sqlite")
    wanted: dict[str, list[str]] = {}
    for turn in range(12):
        for image in chance.sample(images, 1 if turn % 2 else 20):
            file = Path(image).with_suffix(".json")
            file.parent.mkdir(exist_ok=True)
            if chance.random() < 0.25:
                file.unlink(missing_ok=True)
                wanted.pop(image, None)
                continue
            labels = [f"c{turn}{chance.randint(0, 3)}" for _ in range(chance.randint(0, 3))]
            content = {"shapes": [{"label": label, "points": [[turn, 0], [turn + 1, 2]]} for label in labels]}
            file.write_text(
                json.dumps({**content, "image_text": image, "description": image, "flags": {"f": turn % 2 == 0}})
            )
            os.utime(file, ns=(turn, turn * 1_000_000_007))
            wanted[image] = labels
        asked = chance.sample(images, len(images)) if turn % 3 else images
        (other if turn % 4 == 3 else index).refresh(asked, LabelStore())
        for one in (index, other):
            columns = one.columns(asked)
            assert labels_of(columns) == [wanted.get(image, []) for image in asked]
            assert columns.has_file.tolist() == [image in wanted for image in asked]
            assert columns.texts == [f"{image}\n{image}".casefold() if image in wanted else "" for image in asked]
            more = one.details(asked).more
            assert {asked[place]: found.remarks for place, found in more.items()} == {name: name for name in wanted}
        assert index.refresh(asked, LabelStore()).read == 0
        assert index.stats().entries == len(wanted)
    index.forget(images)
    assert not index.details(images).more
    assert not index.columns(images).has_file.any()
    index.close()
    other.close()


def labels_of(columns: LabelColumns) -> list[list[str]]:
    ends = columns.offsets.tolist()
    names = [columns.class_names[number] for number in columns.class_ids.tolist()]
    return [names[first:last] for first, last in zip(ends[:-1], ends[1:], strict=True)]
