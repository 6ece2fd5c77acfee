"""YOLOE looks for what is like marked objects, on the picture that they are on and on others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from heavy_needs import need, told_by

import anylabeling

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(600)]

PICTURE = Path(anylabeling.__file__).parent / "resources" / "samples" / "images" / "01-street-morning.jpg"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what a process of its own has made and found."""
    need("ultralytics")
    return told_by("heavy_examples.py", PICTURE, tmp_path_factory)


def test_what_is_shown_becomes_the_features_that_ultralytics_makes_of_it(report: dict[str, Any]) -> None:
    assert report["keeps"]
    assert report["classes"][0] == "thing"
    ours, theirs = np.array(report["ours"]), np.array(report["theirs"])
    # The first picture is the one that the examples are on, the second another one of another shape.
    assert ours.shape == theirs.shape == (2, 2, 50)
    assert np.ptp(theirs) > 0.001
    np.testing.assert_allclose(ours, theirs, atol=1e-4)
    assert np.abs(np.array(report["other_object"])[0] - ours[0][0]).max() > 1e-4
    assert report["weights"][0] != report["weights"][1]


def test_it_goes_on_on_other_pictures_until_names_are_typed(report: dict[str, Any]) -> None:
    assert report["kept"] == [["thing"], ["thing"], ["cat"]]


def test_a_run_over_many_images_finds_it(report: dict[str, Any]) -> None:
    assert report["same"]
    assert [name for name, _ in report["run"]] == ["thing"]
    assert report["labelled"] == 2


def test_what_is_like_an_object_that_is_not_meant_is_not_found_and_nothing_twice(report: dict[str, Any]) -> None:
    assert report["found"]
    assert {row[0] for row in report["found"]} == {"object"}
    assert report["found"][0] not in report["again"]
    assert len(report["again"]) < len(report["found"])


def test_nothing_is_downloaded(report: dict[str, Any]) -> None:
    assert [event for event in report["seen"] if "ldconfig" not in event[1]] == []  # which looks for libraries
