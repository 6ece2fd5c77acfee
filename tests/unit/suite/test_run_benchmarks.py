"""The suite runs each benchmark in a process of its own, names what failed, and writes one page that stands alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from benchmarks._results import read_result
from benchmarks.run_benchmarks import BENCHMARKS, Benchmark, main

PROJECT = Path(__file__).parents[3]
TINY = """
import sys
from benchmarks._common import Goal, Report, parse_arguments

arguments = parse_arguments("tiny")
report = Report("Sums & <differences>", quick=arguments.quick)
report.race(
    "a sum of few and of many",
    {"few": lambda: sum(range(10)), "many": lambda: sum(range(100_000)), "absent": None},
    goals=(Goal("few", "many", 2), Goal("few", "absent", 2), Goal("many", "few", 2)),
    rounds=3,
    notes=("a <note>",),
)
report.figure("a figure", 12.5, "ms", goal=20)
report.figure("another", 12.5, "1/s", better="more", goal=20)
print("said by the benchmark")
report.write(arguments.output)
"""
MODULES = {
    "bench_tiny": TINY,
    "bench_failing": "raise SystemExit('there is no disk <here>')",
    "bench_halfway": TINY.replace("report = Report(", "report = Report(output=arguments.output, title=").partition(
        "report.fig"
    )[0]
    + "raise SystemExit('no memory')",
    "bench_silent": "pass",
    "bench_rubbish": "import sys; open(sys.argv[sys.argv.index('--output') + 1], 'w').write('{\"races\": [1]}')",
    "bench_endless": "import time; time.sleep(600)",
}
TINY_ROWS = tuple(Benchmark(name.removeprefix("bench_"), name, f"about {name}") for name in MODULES)


@pytest.fixture(autouse=True)
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "modules"
    folder.mkdir()
    for name, code in MODULES.items():
        (folder / f"{name}.py").write_text(code, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))


class Page(HTMLParser):
    """Collects what a page is made of, and fails on tags that do not close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.words = ""
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag not in ("meta", "wbr"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_a_failing_benchmark_is_reported_in_its_place_and_the_others_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "results"
    names = ["failing", "tiny", "silent", "rubbish"]
    assert main(["--output-dir", str(folder), "--only", *names], TINY_ROWS) == 1
    runs = {run["name"]: run for run in json.loads((folder / "runs.json").read_text(encoding="utf-8"))}
    assert {name: run["state"] for name, run in runs.items()} == {
        "tiny": "done",
        "failing": "failed",
        "silent": "failed",
        "rubbish": "failed",
    }
    assert "there is no disk <here>" in runs["failing"]["said"]
    assert "No such file" in runs["silent"]["reason"]
    assert "this is no result of a benchmark" in runs["rubbish"]["reason"]
    assert "said by the benchmark" in (folder / "tiny.log").read_text(encoding="utf-8")
    assert "failing: failed" in capsys.readouterr().out
    page = Page((folder / "report.html").read_text(encoding="utf-8"))
    for words in ("failing failed", "there is no disk <here>", "Sums & <differences>", "1 of 4", "a <note>"):
        assert words in page.words, words


def test_the_report_shows_times_goals_and_figures_and_needs_nothing_else(tmp_path: Path) -> None:
    assert main(["--output-dir", str(tmp_path), "--only", "tiny", "--quick"], TINY_ROWS) == 0
    result = read_result(tmp_path / "tiny.json")
    assert result.quick
    (race,) = result.races
    assert set(race.best_ms) == {"few", "many"}
    assert race.absent == ("absent",)
    assert [goal.is_met for goal in race.goals] == [True, None, False]
    assert [figure.is_met for figure in result.figures] == [True, False]
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    page = Page(text)
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert all(address.startswith("#") for address in page.addresses)
    assert not re.search(r"https?:|url\(|@import", text)
    assert "prefers-color-scheme: dark" in text
    assert page.tags.count("rect") == 2
    for words in ("not installed: absent", "a figure", "goal 20", "12.5 ms", "Quick:", "2 of 4", "✓ met", "✗ not met"):
        assert words in page.words, words
    from benchmarks.claims import CLAIMS

    for claim in CLAIMS:
        assert claim.said in page.words


def test_what_was_run_before_is_kept_and_goals_become_tables(tmp_path: Path) -> None:
    assert main(["--output-dir", str(tmp_path), "--only", "tiny"], TINY_ROWS) == 0
    assert main(["--output-dir", str(tmp_path), "--only", "failing"], TINY_ROWS) == 1
    runs = json.loads((tmp_path / "runs.json").read_text(encoding="utf-8"))
    assert [(run["name"], run["state"]) for run in runs] == [("tiny", "done"), ("failing", "failed")]
    assert main(["--output-dir", str(tmp_path), "--only", "tiny"], TINY_ROWS) == 0
    table = (tmp_path / "figures.md").read_text(encoding="utf-8")
    assert "| a sum of few and of many: few against absent |  |  | 2x | not measured |" in table
    assert "| another | 12.5 1/s | | at least 20 1/s | **missed** |" in table


def test_what_a_benchmark_measured_before_it_failed_is_shown(tmp_path: Path) -> None:
    assert main(["--output-dir", str(tmp_path), "--only", "halfway"], TINY_ROWS) == 1
    words = Page((tmp_path / "report.html").read_text(encoding="utf-8")).words
    for part in ("halfway failed", "no memory", "a sum of few and of many", "which failed after what is here"):
        assert part in words, part


def test_a_benchmark_that_does_not_end_is_ended(tmp_path: Path) -> None:
    assert main(["--output-dir", str(tmp_path), "--only", "endless", "--limit-s", "0.5"], TINY_ROWS) == 1
    (run,) = json.loads((tmp_path / "runs.json").read_text(encoding="utf-8"))
    assert run["reason"] == "it was ended after 0.5 s"


def test_every_benchmark_of_the_folder_is_run() -> None:
    files = {file.stem for file in (PROJECT / "benchmarks").glob("benchmark_*.py")}
    assert {row.module.removeprefix("benchmarks.") for row in BENCHMARKS} <= files
    wanted = {"filtering", "inference", "io", "nms", "polygons", "gui", "startup"}
    assert wanted <= {row.name for row in BENCHMARKS}


@pytest.mark.parametrize("name", ["run_benchmarks", "compare_results", "benchmark_nms", "benchmark_io"])
def test_each_starts_by_its_path_from_any_folder(name: str, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, str(PROJECT / "benchmarks" / f"{name}.py"), "--help"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "usage:" in done.stdout
