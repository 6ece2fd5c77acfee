"""Reading result files: those of the common form, and any other JSON of figures."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_OWN_KEYS = frozenset(("form", "title", "made", "quick", "machine", "races", "figures"))
_UNITS = (
    ("per_s", "1/s", "more"),
    ("_ms", "ms", "less"),
    ("seconds", "s", "less"),
    ("_s", "s", "less"),
    ("_mb", "MB", "less"),
    ("times_faster", "x", "more"),
)


class ResultError(Exception):
    """A result file cannot be used; the text says which and why."""


@dataclass(frozen=True)
class GoalResult:
    """How much faster one runner must be than another, and was; ``measured`` is None where one of them is missing.

    ``processor`` is the same by the time that all threads took of the processors, None where that is not known.
    """

    ours: str
    other: str
    goal: float
    measured: float | None
    processor: float | None = None

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is met; None where it cannot be said."""
        return None if self.measured is None else self.measured >= self.goal


@dataclass(frozen=True)
class RaceResult:
    """One comparison: times of a call in milliseconds by runner, goals, and what to know."""

    name: str
    best_ms: dict[str, float]
    median_ms: dict[str, float]
    absent: tuple[str, ...] = ()
    goals: tuple[GoalResult, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def ours(self) -> str:
        """The runner that all is compared with: the first one where there are no goals."""
        return self.goals[0].ours if self.goals else next(iter(self.best_ms), "")


@dataclass(frozen=True)
class FigureResult:
    """A single figure; ``better`` is "less", "more" or empty, ``goal`` None where there is none."""

    name: str
    value: float
    unit: str = ""
    better: str = ""
    goal: float | None = None
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        if self.goal is None or not self.better:
            return None
        return self.value <= self.goal if self.better == "less" else self.value >= self.goal


@dataclass(frozen=True)
class Result:
    """One result file.

    Attributes:
        name: The benchmark, such as "nms"; the file's name without its ending.
        title: What it is about.
        quick: Whether sizes were reduced.
        machine: What the figures depend on, as the benchmark wrote it.
    """

    name: str
    title: str
    quick: bool = False
    made: str = ""
    machine: dict[str, Any] = field(default_factory=dict)
    races: tuple[RaceResult, ...] = ()
    figures: tuple[FigureResult, ...] = ()


def read_result(path: Path) -> Result:
    """Read a result file.

    Numbers outside the common form become figures named by the keys that lead to them.

    Raises:
        ResultError: When it cannot be read or holds no results.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ResultError(f"{path}: {error}") from error
    if not isinstance(content, dict):
        raise ResultError(f"{path}: this is no result of a benchmark")
    try:
        races = tuple(_race(row) for row in content.get("races", ()))
        figures = [] if _is_mapping(content.get("figures")) else [_figure(row) for row in content.get("figures", ())]
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise ResultError(f"{path}: this is no result of a benchmark: {error!r}") from error
    others = {key: value for key, value in content.items() if key not in _OWN_KEYS}
    if _is_mapping(content.get("figures")):
        others = {**content["figures"], **others}
    figures += _numbers(others)
    if not races and not figures:
        raise ResultError(f"{path}: there are no figures in it")
    machine = content.get("machine")
    name = path.stem.removeprefix("benchmark_")
    return Result(
        name=name,
        title=str(content.get("title") or name),
        quick=bool(content.get("quick")),
        made=str(content.get("made", "")),
        machine=machine if isinstance(machine, dict) else {},
        races=races,
        figures=tuple(figures),
    )


def read_results(path: Path) -> dict[str, Result]:
    """Read one file, or all result files of a folder; return them by the names of the benchmarks.

    Raises:
        ResultError: When one cannot be read or there is none.
    """
    if path.is_file():
        result = read_result(path)
        return {result.name: result}
    files = sorted(file for file in path.glob("*.json") if file.name != "runs.json")
    if not files:
        raise ResultError(f"{path}: there are no result files")
    return {result.name: result for result in map(read_result, files)}


def _race(row: dict[str, Any]) -> RaceResult:
    goals = (
        GoalResult(
            str(goal["ours"]),
            str(goal["other"]),
            float(goal["goal"]),
            _optional(goal.get("measured")),
            _optional(goal.get("processor")),
        )
        for goal in row.get("goals", ())
    )
    return RaceResult(
        name=str(row["name"]),
        best_ms=_times(row["best_ms"]),
        median_ms=_times(row.get("median_ms", {})),
        absent=tuple(map(str, row.get("absent", ()))),
        goals=tuple(goals),
        notes=tuple(map(str, row.get("notes", ()))),
    )


def _figure(row: dict[str, Any]) -> FigureResult:
    return FigureResult(
        name=str(row["name"]),
        value=_finite(row["value"]),
        unit=str(row.get("unit", "")),
        better=str(row.get("better", "")),
        goal=_optional(row.get("goal")),
        note=str(row.get("note", "")),
    )


def _times(row: dict[str, Any]) -> dict[str, float]:
    return {str(runner): _finite(value) for runner, value in row.items()}


def _finite(value: object) -> float:
    number = float(value)  # type: ignore[arg-type]  # what is no number is refused by it
    if not math.isfinite(number):
        raise ValueError(f"{value!r} is no figure")
    return number


def _optional(value: object) -> float | None:
    return None if value is None else _finite(value)


def _is_mapping(value: object) -> bool:
    return isinstance(value, dict)


def _numbers(content: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[FigureResult]:
    for key, value in content.items():
        if isinstance(value, dict):
            yield from _numbers(value, (*path, str(key)))
        elif isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
            unit, better = next(((unit, better) for part, unit, better in _UNITS if part in str(key)), ("", ""))
            yield FigureResult(", ".join((*path, str(key).replace("_", " "))), float(value), unit, better)
