"""Two results are compared by how much faster we are than others, with room for noise, and a regression is an error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks._results import ResultError, read_result, read_results
from benchmarks.compare_results import main


def write(path: Path, best_ms: dict[str, float], *, wait_ms: float = 5.0, rate: float = 10.0, **more: Any) -> Path:
    goals = [{"ours": "ours", "other": "theirs", "goal": 2, "measured": None}]
    races = [{"name": "a race", "best_ms": best_ms, "median_ms": best_ms, "goals": goals, "notes": []}]
    figures = [
        {"name": "wait", "value": wait_ms, "unit": "ms", "better": "less"},
        {"name": "rate", "value": rate, "unit": "1/s", "better": "more"},
        {"name": "size", "value": rate, "unit": "MB", "better": ""},
    ]
    content = {"form": 1, "title": path.stem, "machine": {"processor": "one"}, "races": races, "figures": figures}
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({**content, **more}), encoding="utf-8")
    return path


def run(old: Path, new: Path, *options: str) -> int:
    return main([str(old), str(new), *options])


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return write(tmp_path / "old" / "io.json", {"ours": 1.0, "theirs": 4.0})


def test_a_slower_machine_is_no_regression(old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = write(tmp_path / "new" / "io.json", {"ours": 3.0, "theirs": 12.0}, machine={"processor": "two"})
    assert run(old, new) == 0
    said = capsys.readouterr().out
    assert "different processors: one, two" in said
    assert "1.00  as before  io: a race (ours: 4x as fast as theirs, now 4x)" in said
    assert "3 figures compared, 0 slower" in said


def test_losing_against_others_is_one(old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = write(tmp_path / "new" / "io.json", {"ours": 2.0, "theirs": 4.0})
    assert run(old, new) == 1
    assert "2.00x slower    io: a race (ours: 4x as fast as theirs, now 2x)" in capsys.readouterr().out
    assert run(old, new, "--allow", "2.1") == 0
    assert run(new, old) == 0
    assert "2.00x faster" in capsys.readouterr().out


def test_the_time_itself_counts_where_nothing_else_ran(old: Path, tmp_path: Path) -> None:
    assert run(old, write(tmp_path / "new.json", {"ours": 1.6})) == 0
    assert run(old, write(tmp_path / "new.json", {"ours": 1.75})) == 1


def test_figures_know_what_is_better(old: Path, tmp_path: Path) -> None:
    same = {"ours": 1.0, "theirs": 4.0}
    assert run(old, write(tmp_path / "new.json", same, wait_ms=9.0)) == 1
    assert run(old, write(tmp_path / "new.json", same, wait_ms=2.0)) == 0
    assert run(old, write(tmp_path / "new.json", same, rate=5.0)) == 1
    assert run(old, write(tmp_path / "new.json", same, rate=50.0)) == 0


def test_folders_are_compared_file_by_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    times = {"ours": 1.0, "theirs": 4.0}
    write(tmp_path / "old" / "io.json", times)
    write(tmp_path / "old" / "nms.json", times)
    write(tmp_path / "new" / "io.json", times)
    (tmp_path / "new" / "runs.json").write_text("[]", encoding="utf-8")
    assert run(tmp_path / "old", tmp_path / "new") == 0
    assert "nms: only in" in capsys.readouterr().out


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", "no", '{"races": 3}', '{"races": [{"name": "a", "best_ms": {"b": "c"}}]}', "[" * 100_000],
)
def test_what_is_no_result_is_named(
    content: str, old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text(content, encoding="utf-8")
    assert run(old, bad) == 2
    assert "bad.json" in capsys.readouterr().err
    assert run(old, tmp_path / "missing.json") == 2
    assert run(old, write(tmp_path / "other.json", {"else": 1.0}, races=[], figures=[], x_ms=3.0)) == 2


def test_figures_of_other_forms_are_found(tmp_path: Path) -> None:
    content = {"machine": {}, "backends": {"cpu": {"median_ms": 3.5, "not run": "why"}, "images_per_s": 9}, "on": True}
    path = tmp_path / "benchmark_inference.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    result = read_result(path)
    assert result.name == "inference"
    assert [(row.name, row.value, row.unit, row.better) for row in result.figures] == [
        ("backends, cpu, median ms", 3.5, "ms", "less"),
        ("backends, images per s", 9.0, "1/s", "more"),
    ]
    with pytest.raises(ResultError, match="there are no result files"):
        read_results(tmp_path / "nothing")
