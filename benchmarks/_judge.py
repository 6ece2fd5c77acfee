"""Looking up in results what a claim says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sized
from dataclasses import dataclass
from fnmatch import fnmatchcase

from benchmarks._results import FigureResult, RaceResult, Result
from benchmarks.claims import ByTests, Claim, Limit, NotHere, Quotient, Race

MET, NOT_MET, NOT_MEASURED, BY_TESTS = "met", "not met", "not measured here", "checked by tests"


@dataclass(frozen=True)
class Judgement:
    """A claim beside what was measured.

    Attributes:
        claim: What is said.
        verdict: MET, NOT_MET, NOT_MEASURED or BY_TESTS.
        measured: The figure in words, or why there is none.
        how: What it was taken from.
    """

    claim: Claim
    verdict: str
    measured: str
    how: str


def judge(claim: Claim, results: Mapping[str, Result]) -> Judgement:
    """Say whether a claim holds in some results, which are by the names of the benchmarks."""
    check = claim.check
    if isinstance(check, ByTests):
        return Judgement(claim, BY_TESTS, "", check.file)
    if isinstance(check, NotHere):
        return Judgement(claim, NOT_MEASURED, check.reason, "")
    if check.benchmark not in results:
        return Judgement(claim, NOT_MEASURED, "there is no result of it", f"benchmark_{check.benchmark}.py")
    result = results[check.benchmark]
    if isinstance(check, Race):
        return _judge_race(claim, check, result)
    if isinstance(check, Limit):
        return _judge_limit(claim, check, result)
    return _judge_quotient(claim, check, result)


def _judge_race(claim: Claim, check: Race, result: Result) -> Judgement:
    found = []
    for race in _races(result, check.race):
        ours, other = _time(race, check.ours), _time(race, check.other)
        if ours and other:
            found.append((other / ours, race.name))
    if not found:
        return Judgement(claim, NOT_MEASURED, f"no times of {check.ours} and {check.other}", _file(check.benchmark))
    ratio, name = min(found)
    verdict = MET if ratio >= check.at_least else NOT_MET
    return Judgement(claim, verdict, f"{ratio:.1f}x{_worst_of(found)}", f"{_file(check.benchmark)}: {name}")


def _judge_limit(claim: Claim, check: Limit, result: Result) -> Judgement:
    if check.runner:
        times = ((_time(race, check.runner), race.name, "ms") for race in _races(result, check.name))
        found = [row for row in times if row[0] is not None]
    else:
        found = [(figure.value, figure.name, figure.unit) for figure in _figures(result, check.name)]
    if not found:
        return Judgement(claim, NOT_MEASURED, f"no figure for {check.runner or check.name}", _file(check.benchmark))
    value, name, unit = max(found, key=lambda row: row[0] or 0.0)
    verdict = MET if (value or 0.0) <= check.at_most else NOT_MET
    return Judgement(claim, verdict, f"{value:.3g} {unit}{_worst_of(found)}", f"{_file(check.benchmark)}: {name}")


def _judge_quotient(claim: Claim, check: Quotient, result: Result) -> Judgement:
    first = [figure.value for figure in _figures(result, check.first)]
    second = [figure.value for figure in _figures(result, check.second)]
    if not first or not second or not max(second) > 0:
        missing = check.second if first else check.first
        return Judgement(claim, NOT_MEASURED, f"no figure for {missing}", _file(check.benchmark))
    ratio = max(first) / max(second)
    verdict = MET if ratio >= check.at_least else NOT_MET
    return Judgement(claim, verdict, f"{ratio:.1f}x", f"{_file(check.benchmark)}: {check.first}")


def _races(result: Result, pattern: str) -> Iterator[RaceResult]:
    return (race for race in result.races if fnmatchcase(race.name, pattern))


def _figures(result: Result, pattern: str) -> Iterator[FigureResult]:
    return (figure for figure in result.figures if fnmatchcase(figure.name, pattern))


def _time(race: RaceResult, pattern: str) -> float | None:
    return next((value for name, value in race.best_ms.items() if fnmatchcase(name, pattern) and value > 0), None)


def _worst_of(found: Sized) -> str:
    return f" (the worst of {len(found)})" if len(found) > 1 else ""


def _file(benchmark: str) -> str:
    return f"benchmark_{benchmark}.py"
