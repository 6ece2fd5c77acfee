"""The AI tool in the real program: marks on a photo become shapes in its label file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from anylabeling.document.label_file import read_label_file

PERSON = [223.0, 408.5, 344.5, 860.2]
OTHER_PERSON = [47.4, 399.4, 239.6, 904.2]
CLICK = [143.5, 702.0]


@pytest.mark.data
def test_mobile_sam_outlines_by_box_and_by_click(
    run_scenario: Callable[..., dict[str, Any]], tmp_path: Path, data_dir: Path
) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    shutil.copy(data_dir / "photos" / "bus.jpg", photos / "bus.jpg")
    shot = os.environ.get("ANYLABELING_TEST_SHOT", str(tmp_path / "prompting.png"))
    found = run_scenario(
        "outline_with_ai",
        [str(photos), "--model", str(data_dir / "models" / "mobile_sam.encoder.onnx")],
        first="bus.jpg",
        box=PERSON,
        click=CLICK,
        shot=shot,
        timeout_s=180,
    )
    assert found["marks"] == 1
    assert found["dropped"]
    assert [(kind, label) for kind, label, _ in found["found"]] == [("polygon", "person"), ("rectangle", "person")]
    for (_, _, points), expected in zip(found["found"], (PERSON, OTHER_PERSON), strict=True):
        assert overlap(np.array(points), expected) >= 0.85
    written = read_label_file(photos / "bus.json")
    assert [shape.points.tolist() for shape in written.shapes] == [points for _, _, points in found["found"]]
    assert Path(shot).stat().st_size > 10_000


def overlap(points: np.ndarray, box: list[float]) -> float:
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    width = min(right, box[2]) - max(left, box[0])
    height = min(bottom, box[3]) - max(top, box[1])
    if width <= 0 or height <= 0:
        return 0.0
    both = width * height
    return float(both / ((right - left) * (bottom - top) + (box[2] - box[0]) * (box[3] - box[1]) - both))
