"""Side by side with the labels of another folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from anylabeling.codecs import encode_jpeg
from anylabeling.document.annotation import Annotation
from anylabeling.document.label_file import write_label_file
from anylabeling.document.shape import Shape, ShapeKind


def test_the_other_labels_are_beside_and_follow(run_scenario: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    folder, others = tmp_path / "pictures", tmp_path / "others"
    folder.mkdir()
    others.mkdir()
    for name in ("a", "b", "c", "d"):
        (folder / f"{name}.jpg").write_bytes(encode_jpeg(np.full((240, 320, 3), 120, np.uint8)))
    boxes = [
        Shape(ShapeKind.RECTANGLE, np.array([[x, 20.0], [x + 60.0, 90.0]]), label=label)
        for x, label in ((20.0, "cat"), (150.0, "dog"))
    ]
    write_label_file(others / "a.json", Annotation(shapes=tuple(boxes)), image_name="a.jpg", image_size=(320, 240))
    write_label_file(others / "c.json", Annotation(shapes=(boxes[0],)), image_name="c.jpg", image_size=(640, 480))
    (others / "d.json").write_text('{"shapes": [' + " " * 300, encoding="utf-8")
    before = sorted((path, path.stat().st_mtime_ns) for path in tmp_path.rglob("*") if path.is_file())
    found = run_scenario(
        "compare_with_other_labels", [str(folder)], first="a.jpg", folder=str(others), shot=str(tmp_path / "shot.png")
    )
    assert found["beside"] == ["cat", "dog"]
    assert found["notes"][:3] == ["2 objects", "b.json is not there.", "1 object, made for 640 × 480 pixels"]
    assert found["notes"][3].startswith("d.json cannot be read")
    assert found["widths"][0] == pytest.approx(found["widths"][1], abs=2)  # a long sentence takes no room away
    assert found["zooms"] == [3.0, 3.0]
    assert found["places"][0] == pytest.approx(found["places"][1], abs=0.02)
    assert found["level"]
    assert found["headings"] == ["pictures", "others"]
    assert found["gone"]
    assert found["alone"]
    assert found["own"] == 0
    assert [entry for entry in before if (entry[0], entry[0].stat().st_mtime_ns) != entry] == []
