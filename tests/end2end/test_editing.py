"""Shapes in the real window: every tool by its key, every step undone by its name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from anylabeling.codecs import encode_jpeg
from anylabeling.document.label_file import read_label_file
from anylabeling.document.shape import ShapeKind

Run = Callable[..., dict[str, Any]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of two small pictures."""
    made = tmp_path / "pictures"
    made.mkdir()
    generator = np.random.default_rng(5)
    for name in ("a.jpg", "b.jpg"):
        pixels = np.repeat(np.repeat(generator.integers(40, 220, (24, 32, 3), np.uint8), 10, 0), 10, 1)
        (made / name).write_bytes(encode_jpeg(np.ascontiguousarray(pixels)))
    return made


def test_shapes_are_worked_on_by_keys_copied_to_the_next_image_and_undone_by_name(
    run_scenario: Run, folder: Path
) -> None:
    found = run_scenario("edit_shapes", [str(folder)], first="a.jpg")
    assert found["names"] == [
        "add field",
        "cut hole into field",
        "merge 2 shapes",
        "rotate field",
        "simplify field",
        "move polygon",
        "lock field",
        "lock field",  # a locked shape is not deleted
        "unlock field",
        "hide field",
        "paste field",
    ]
    assert [found["ring"][0][0][0], found["ring"][1]] == ["polygon", 1]
    assert [label for _, label, _ in found["merged"]] == ["field"]
    assert found["hidden"] == []
    assert found["pasted"] == [True]
    assert found["left"] == 0
    copied = json.loads(found["text"])["shapes"]
    assert (copied[0]["label"], len(copied[0]["holes"])) == ("field", 1)
    (written,) = read_label_file(folder / "b.json").shapes
    assert len(written.holes) == 1


def test_a_mask_is_painted_erased_split_and_becomes_a_polygon(run_scenario: Run, folder: Path) -> None:
    found = run_scenario("paint_and_split", [str(folder)], first="a.jpg")
    painted, more, erased, split = found["sizes"]
    assert painted < more
    assert erased < more
    assert split == erased
    assert found["parts"] == ["mask", "mask"]
    assert {"Edit Label…", "Convert To", "Order", "Delete"} <= set(found["menu"])
    assert found["kinds"] == ["polygon", "polygon"]
    kinds = sorted(shape.kind for shape in read_label_file(folder / "a.json").shapes)
    assert kinds == [ShapeKind.POLYGON, ShapeKind.POLYGON]
