"""The files that a filter's result is written to."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import numpy as np
import pytest

from anylabeling.errors import StorageError, UsageError
from anylabeling.messages.filtering import CountMode, FilterMatch, FilterQuery, FilterSummary, MatchedObjects
from anylabeling.services.filtering.export import check_export_path, export_results, gather_matches, import_paths

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
def test_a_name_with_a_line_break_is_read_back_or_left_out(tmp_path: Path, suffix: str) -> None:
    paths = ["/photos/two\nlines.jpg", "/photos/a\rb.jpg", "/photos/end.jpg\r", "/photos/c.jpg"]
    left_out = export_results(tmp_path / f"out{suffix}", summary(*paths))
    assert left_out == ([paths[0], paths[2]] if suffix == ".txt" else [])
    assert import_paths(tmp_path / f"out{suffix}") == [path for path in paths if path not in left_out]


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


def test_class_counts_are_further_columns(tmp_path: Path) -> None:
    export_results(tmp_path / "out.csv", summary(PATHS[0]), class_counts=True)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        assert list(csv.reader(stream)) == [["image_path", "car", "person"], [PATHS[0], "1", "2"]]


def test_json_holds_the_detections_of_each_image(tmp_path: Path) -> None:
    boxes = np.array([[1, 2, 30.456, 40]], np.float32)
    objects = MatchedObjects(boxes, np.array([0.87654], np.float32), np.array([1], np.int32), ("car", "person"))
    match = FilterMatch("/a.jpg", 1, (("person", 1),), 0.8765, objects=objects)
    export_results(tmp_path / "out.json", FilterSummary(FilterQuery(), 1, (match,), (), False, 1.0))
    result = json.loads((tmp_path / "out.json").read_bytes())["results"][0]
    assert result["detections"] == [{"label": "person", "score": 0.8765, "box": [1, 2, 30.46, 40]}]


@pytest.mark.parametrize("suffix", [".json", ".txt", ".csv"])
def test_what_was_exported_can_be_read_back(tmp_path: Path, suffix: str) -> None:
    paths = [*PATHS, os.fsdecode(b"/photos/\xff.jpg")]
    export_results(tmp_path / f"out{suffix}", summary(*paths))
    assert import_paths(tmp_path / f"out{suffix}") == paths


def test_lists_of_others_are_read_and_other_files_are_not(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_bytes(b"\xef\xbb\xbfa.jpg\r\n\r\n/b/c.jpg\r\na.jpg\r\n")
    assert import_paths(tmp_path / "list.txt") == [str(tmp_path / "a.jpg"), "/b/c.jpg"]
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\0\0")
    (tmp_path / "other.csv").write_text("name,size\na,1\n")
    (tmp_path / "other.json").write_text('{"results": [{"path": 1}]}')
    for name in ("picture.txt", "other.csv", "other.json", "gone.txt"):
        with pytest.raises(UsageError, match=name):
            import_paths(tmp_path / name)


@pytest.mark.parametrize("link", [True, False])
def test_matches_are_gathered_in_a_folder_that_keeps_what_it_has(tmp_path: Path, link: bool) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "same.jpg").write_text(name)
    target = tmp_path / "out" / "deep"
    paths = [str(tmp_path / name / "same.jpg") for name in ("a", "b")]
    made = gather_matches(target, paths, link=link)
    assert [path.name for path in made] == ["same.jpg", "same-2.jpg"]
    assert [path.read_text() for path in made] == ["a", "b"]
    assert made[0].samefile(paths[0]) is link
    with pytest.raises(StorageError, match="could not be put"):
        gather_matches(tmp_path / "copies", [paths[0], str(tmp_path / "gone.jpg")], link=link)
    assert [path.name for path in (tmp_path / "copies").iterdir()] == ["same.jpg"]
