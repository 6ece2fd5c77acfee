"""What all benchmarks share: races in which the runners take turns, ratios against goals, and result files."""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from importlib import metadata
from pathlib import Path

Runner = Callable[[], object]

FORM = 1
"""Counts changes of the form of result files."""

_VERSIONS = (
    "numpy",
    "opencv-python",
    "pillow",
    "simplejpeg",
    "onnxruntime",
    "PyQt5",
    "anylabeling",
    "anylabeling-rust",
    "Cython",
    "maturin",
    "kornia_rs",
    "natsort",
    "scandir-rs",
    "shapely",
    "torch",
    "torchvision",
)


@dataclass(frozen=True)
class Goal:
    """How much faster than another runner ours must be.

    Attributes:
        ours: Name of our runner.
        other: Name of the runner to beat.
        ratio: Least quotient of the other's time and ours.
    """

    ours: str
    other: str
    ratio: float


@dataclass(frozen=True)
class Verdict:
    """A goal beside what was measured; ``measured`` is None where a runner is missing here.

    ``processor`` is the same by the time that all threads took of the processors: where a machine is busy it says more
    about the work, where it is not it says nothing about working side by side.
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


@dataclass
class Race:
    """The times of one comparison.

    Attributes:
        name: What was done.
        best_ms: Shortest time of each runner; what other processes add is least there.
        median_ms: Median time of each runner.
        processor_ms: Shortest time that each took of the processors, with all its threads.
        absent: Runners that are not installed here.
        verdicts: The goals.
        notes: What to know about it.
    """

    name: str
    best_ms: dict[str, float] = field(default_factory=dict)
    median_ms: dict[str, float] = field(default_factory=dict)
    processor_ms: dict[str, float] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Figure:
    """A single figure.

    Attributes:
        name: What was measured.
        value: The figure.
        unit: Such as "ms" or "images/s".
        better: "less" or "more"; empty where neither is.
        goal: The most where less is better, else the least; None for none.
        note: What to know about it.
    """

    name: str
    value: float
    unit: str
    better: str = "less"
    goal: float | None = None
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        if self.goal is None or not self.better:
            return None
        return self.value <= self.goal if self.better == "less" else self.value >= self.goal


class Report:
    """Runs races, prints them as they end, and writes them to a file.

    Attributes:
        title: What the benchmark is about.
        output: Where results are written as they come; None for nowhere.
        quick: Whether sizes were reduced.
        races: What was compared.
        figures: What was measured by itself.
    """

    def __init__(self, title: str, *, output: Path | None = None, quick: bool = False) -> None:
        self.title = title
        self.output = output
        self.quick = quick
        self.races: list[Race] = []
        self.figures: list[Figure] = []

    def race(
        self,
        name: str,
        runners: Mapping[str, Runner | None],
        *,
        goals: tuple[Goal, ...] = (),
        rounds: int = 7,
        repeat: int = 1,
        turn_ms: float = 0.0,
        notes: tuple[str, ...] = (),
    ) -> Race:
        """Time the runners turn by turn, one untimed turn first.

        Args:
            name: What is done.
            runners: Functions by name; None for one that is not installed here.
            goals: What is checked afterwards.
            rounds: Timed turns of each.
            repeat: Calls per turn; the time is that of one call.
            turn_ms: More calls per turn where these take less than so much: a fast runner is as warm then.
            notes: Printed with the result.
        """
        there = {runner: function for runner, function in runners.items() if function is not None}
        times: dict[str, list[float]] = {runner: [] for runner in there}
        processor: dict[str, list[float]] = {runner: [] for runner in there}
        calls = dict.fromkeys(there, repeat)
        for number in range(rounds + 1):
            for runner, function in there.items():
                if not number:
                    # What a first call loads says nothing of those that follow.
                    function()
                start, used = time.perf_counter(), time.process_time()
                for _ in range(calls[runner]):
                    function()
                took_ms, used_ms = (time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000
                if number:
                    times[runner].append(took_ms / calls[runner])
                    processor[runner].append(used_ms / calls[runner])
                else:
                    calls[runner] = max(repeat, round(turn_ms * calls[runner] / took_ms))
        race = Race(
            name,
            best_ms={runner: min(values) for runner, values in times.items()},
            median_ms={runner: statistics.median(values) for runner, values in times.items()},
            processor_ms={runner: min(values) for runner, values in processor.items()},
            absent=[runner for runner in runners if runner not in there],
            notes=list(notes),
        )
        race.verdicts = [_verdict(goal, race) for goal in goals]
        self.races.append(race)
        print_race(race)
        # What ends on the way leaves what there is.
        self.write(self.output)
        return race

    def figure(
        self, name: str, value: float, unit: str, *, better: str = "less", goal: float | None = None, note: str = ""
    ) -> Figure:
        """Take and print a figure that is compared with nothing here; see Figure for the arguments."""
        figure = Figure(name, value, unit, better, goal, note)
        self.figures.append(figure)
        said = "" if figure.is_met is None else f"  goal {goal:g}: {'met' if figure.is_met else 'MISSED'}"
        print(f"{name:<46} {value:12,.2f} {unit}{said}" + (f"  ({note})" if note else ""), flush=True)
        return figure

    def write(self, path: Path | None) -> None:
        """Write everything as JSON, with the machine and the versions; nothing where there is no path."""
        if path is None:
            return
        content = {
            "form": FORM,
            "title": self.title,
            "made": datetime.now(timezone.utc).isoformat(timespec="seconds"),
            "quick": self.quick,
            "machine": machine(),
            "races": [
                {
                    "name": race.name,
                    "best_ms": race.best_ms,
                    "median_ms": race.median_ms,
                    "processor_ms": race.processor_ms,
                    "absent": race.absent,
                    "goals": [{**asdict(verdict), "is_met": verdict.is_met} for verdict in race.verdicts],
                    "notes": race.notes,
                }
                for race in self.races
            ],
            "figures": [{**asdict(figure), "is_met": figure.is_met} for figure in self.figures],
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def parse_arguments(description: str | None) -> argparse.Namespace:
    """Read the options that all benchmarks have: ``output`` (a path or None) and ``quick`` (fewer and smaller)."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--output", type=Path, metavar="FILE.json", help="also write the results there")
    parser.add_argument("--quick", action="store_true", help="smaller sizes and fewer rounds, to see that it runs")
    return parser.parse_args()


def machine() -> dict[str, object]:
    """Return what the figures depend on."""
    versions = {name: _version(name) for name in _VERSIONS}
    return {
        "system": platform.platform(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
        "python": sys.version.split()[0],
        "versions": versions,
    }


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def _verdict(goal: Goal, race: Race) -> Verdict:
    measured, processor = (_ratio(goal, times) for times in (race.best_ms, race.processor_ms))
    return Verdict(goal.ours, goal.other, goal.ratio, measured, processor)


def _ratio(goal: Goal, times_ms: Mapping[str, float]) -> float | None:
    ours, other = times_ms.get(goal.ours), times_ms.get(goal.other)
    return other / ours if ours and other else None


def print_race(race: Race) -> None:
    """Print the times of a race and what became of its goals."""
    print(f"\n{race.name}")
    for runner, best in race.best_ms.items():
        print(f"  {runner:<44} {best:10.3f} ms best {race.median_ms[runner]:10.3f} ms median")
    for runner in race.absent:
        print(f"  {runner:<44} not installed")
    for verdict in race.verdicts:
        said = {None: "not measured", True: "met", False: "MISSED"}[verdict.is_met]
        measured = "" if verdict.measured is None else f"{verdict.measured:.2f}x, "
        if verdict.processor is not None:
            measured += f"{verdict.processor:.2f}x by processor time, "
        print(f"  {verdict.ours} against {verdict.other}: {measured}goal {verdict.goal:g}x: {said}")
    for note in race.notes:
        print(f"  ({note})")
    sys.stdout.flush()
