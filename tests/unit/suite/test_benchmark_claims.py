"""What is said of speed is looked up where it is measured, and says so where it is not."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks._judge import BY_TESTS, MET, NOT_MEASURED, NOT_MET, judge
from benchmarks._results import FigureResult, RaceResult, Result
from benchmarks.claims import CLAIMS, ByTests, Claim, Limit, NotHere, Quotient, Race
from benchmarks.run_benchmarks import BENCHMARKS

PROJECT = Path(__file__).parents[3]
RESULTS = {
    "io": Result(
        name="io",
        title="",
        races=(
            RaceResult("scan of 10 files", {"ours": 2.0, "glob": 12.0}, {}),
            RaceResult("scan of 99 files", {"ours": 2.0, "glob": 9.0}, {}),
        ),
        figures=(FigureResult("one, rate", 10.0), FigureResult("two, rate", 25.0), FigureResult("wait", 7.0, "ms")),
    )
}


def verdict(check: Race | Limit | Quotient | ByTests | NotHere) -> tuple[str, str]:
    row = judge(Claim("part", "said", check), RESULTS)
    return row.verdict, row.measured


def test_the_worst_of_several_races_counts() -> None:
    check = Race("io", "scan of * files", "ours", "glob", 5)
    assert verdict(check) == (NOT_MET, "4.5x (the worst of 2)")
    assert verdict(replace(check, at_least=4.5)) == (MET, "4.5x (the worst of 2)")
    assert verdict(replace(check, race="scan of 10 *")) == (MET, "6.0x")
    assert verdict(replace(check, other="rglob"))[0] == NOT_MEASURED
    assert verdict(replace(check, benchmark="gui")) == (NOT_MEASURED, "there is no result of it")


def test_times_and_figures_have_limits() -> None:
    assert verdict(Limit("io", "scan of 9*", 2.0, runner="o*")) == (MET, "2 ms")
    assert verdict(Limit("io", "wait", 7.0)) == (MET, "7 ms")
    assert verdict(Limit("io", "wait", 6.9)) == (NOT_MET, "7 ms")
    assert verdict(Limit("io", "other", 6.9))[0] == NOT_MEASURED


def test_two_figures_are_compared() -> None:
    check = Quotient("io", "two, rate", "one, *", 2)
    assert verdict(check) == (MET, "2.5x")
    assert verdict(replace(check, at_least=3)) == (NOT_MET, "2.5x")
    assert verdict(replace(check, first="three")) == (NOT_MEASURED, "no figure for three")


def test_what_is_no_matter_of_speed_names_its_tests() -> None:
    assert verdict(ByTests("tests/unit")) == (BY_TESTS, "")
    assert verdict(NotHere("there is no GPU")) == (NOT_MEASURED, "there is no GPU")


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.said[:40])
def test_each_claim_names_what_exists(claim: Claim) -> None:
    check = claim.check
    if isinstance(check, NotHere):
        return
    if isinstance(check, ByTests):
        assert (PROJECT / check.file).exists()
        return
    assert check.benchmark in {row.name for row in BENCHMARKS}
    source = (PROJECT / "benchmarks" / f"benchmark_{check.benchmark}.py").read_text(encoding="utf-8")
    if isinstance(check, Quotient):
        return
    names = (check.race, check.ours, check.other) if isinstance(check, Race) else (check.name, check.runner)
    # Numbers and kinds are put in by the benchmark.
    for word in re.findall(r"[A-Za-z_]{5,}", " ".join(names)):
        assert word in source, word
