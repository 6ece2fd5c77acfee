"""YOLO-World and YOLOE look for what is typed, with text encoders that nobody downloads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from heavy_needs import need, told_by

import anylabeling

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(600)]

PICTURE = Path(anylabeling.__file__).parent / "resources" / "samples" / "images" / "01-street-morning.jpg"
FILES = {"world": "ViT-B-32.pt", "yoloe": "mobileclip_blt.ts"}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what a process of its own has made and found."""
    need("ultralytics")
    return told_by("heavy_words.py", PICTURE, tmp_path_factory)


@pytest.mark.parametrize(("name", "rows"), [("world", 6), ("yoloe", 38)])
def test_each_name_has_its_scores(report: dict[str, Any], name: str, rows: int) -> None:
    found = report["found"][name]
    assert found["takes_text"]
    assert found["asked"]["classes"] == ["red cat", "cat"]
    assert found["asked"]["rows"] == rows
    asked, swapped, other, again = (np.array(found[key]["scores"]) for key in ("asked", "swapped", "other", "again"))
    assert np.ptp(asked) > 0.001
    np.testing.assert_allclose(swapped, asked[::-1], atol=1e-4)
    np.testing.assert_allclose(again, asked, atol=1e-6)
    assert np.abs(asked[0] - asked[1]).max() > 1e-4
    assert np.abs(other[0] - asked[1]).max() > 1e-4


def test_a_world_has_its_own_classes_without_names_and_again_after_them(report: dict[str, Any]) -> None:
    found = report["found"]["world"]
    assert found["classes"] == 80
    np.testing.assert_allclose(found["own"]["scores"], found["before"]["scores"], atol=1e-6)


def test_a_yoloe_has_no_classes_before_they_are_typed(report: dict[str, Any]) -> None:
    assert report["found"]["yoloe"]["classes"] == 0
    assert "nothing is typed" in report["found"]["yoloe"]["errors"][-1]


@pytest.mark.parametrize("name", FILES)
def test_a_missing_text_encoder_is_named_and_not_downloaded(report: dict[str, Any], name: str) -> None:
    assert FILES[name] in report["found"][name]["errors"][0]
    assert report["seen"] == []


def test_clips_text_encoder_is_computed_as_torchs_own_layers_do(report: dict[str, Any]) -> None:
    assert report["clip"] < 1e-5
