"""The files that a filter's result is written to."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from anylabeling.errors import StorageError, UsageError
from anylabeling.messages.filtering import CountMode, FilterMatch, FilterQuery, FilterSummary
from anylabeling.services.filtering.export import check_export_path, export_results

PATHS = ("/photos/a.jpg", '/photos/with, comma and "quotes".jpg', "/photos/größe.jpg")


def summary(*paths: str) -> FilterSummary:
    query = FilterQuery(frozenset({"person", "car"}), CountMode.AT_LEAST, 3, 0.4, 0.5)
    found = tuple(FilterMatch(path, 3, (("person", 2), ("car", 1)), 0.87) for path in paths)
    return FilterSummary(query, 100, found, (), False, 1.0)


def test_json_holds_totals_settings_and_results(tmp_path: Path) -> None:
    export_results(tmp_path / "out.json", summary(*PATHS))
    content = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert list(content) == ["total_images", "filtered_images", "filter_settings", "results"]
    assert (content["total_images"], content["filtered_images"]) == (100, 3)
    assert content["filter_settings"] == {
        "selected_classes": ["car", "person"],
        "count_mode": "at_least",
        "count_value": 3,
        "confidence": 0.4,
        "iou": 0.5,
    }
    assert content["results"][0] == {
        "image_path": PATHS[0],
        "count": 3,
        "classes": {"person": 2, "car": 1},
        "best_score": 0.87,
        "detections": [],
    }


def test_text_has_a_path_a_line_and_csv_a_header(tmp_path: Path) -> None:
    export_results(tmp_path / "out.TXT", summary(*PATHS))
    assert (tmp_path / "out.TXT").read_text(encoding="utf-8").splitlines() == list(PATHS)
    export_results(tmp_path / "out.csv", summary(*PATHS))
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        assert list(csv.reader(stream)) == [["image_path"], *([path] for path in PATHS)]


@pytest.mark.parametrize("suffix", [".json", ".txt", ".csv"])
def test_names_that_are_no_text_survive(tmp_path: Path, suffix: str) -> None:
    odd = os.fsdecode(b"/photos/\xff\xfe.jpg")
    export_results(tmp_path / f"out{suffix}", summary(odd))
    if suffix == ".json":
        content = json.loads((tmp_path / "out.json").read_bytes())
        assert content["results"][0]["image_path"] == odd
    else:
        assert b"/photos/\xff\xfe.jpg" in (tmp_path / f"out{suffix}").read_bytes()


def test_other_endings_are_refused_before_anything_is_done(tmp_path: Path) -> None:
    for name in ("out.pdf", "out"):
        with pytest.raises(UsageError, match="ending"):
            check_export_path(tmp_path / name)
        with pytest.raises(UsageError):
            export_results(tmp_path / name, summary())
    with pytest.raises(UsageError, match="does not exist"):
        check_export_path(tmp_path / "nowhere" / "out.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        export_results(tmp_path / "gone" / "out.csv", summary(*PATHS))
