"""Compare two results: ``python -m benchmarks.compare_results OLD NEW``, two files or two folders of them.

Prints what changed, as ratios, and exits with 1 when something became slower by more than is allowed for noise. Where
our runner was compared with others, what counts is how many times faster it is than these, since that holds on machines
and under loads of all kinds; where it was not, the time itself, for which the allowance is squared.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks._results import FigureResult, RaceResult, Result, ResultError, read_results

USUAL_ALLOWANCE = 1.3
"""Ratios of interleaved runs differ by less than a tenth on a quiet machine, by about a quarter on one in use."""


@dataclass(frozen=True)
class Change:
    """How a figure changed.

    Attributes:
        name: The benchmark and what was measured.
        ratio: How many times worse the new one is; below 1 it is better.
        detail: Both figures.
        alone: Whether it is a time of ours by itself, which moves with the load.
    """

    name: str
    ratio: float
    detail: str
    alone: bool = False

    def allowed(self, allowance: float) -> float:
        """Return the greatest ratio that is still noise."""
        return allowance * allowance if self.alone else allowance


def compare(old: Result, new: Result) -> Iterator[Change]:
    """Yield how each figure that both have changed."""
    old_races = {race.name: race for race in old.races}
    for race in new.races:
        before = old_races.get(race.name)
        if before is not None:
            change = compare_races(before, race)
            if change is not None:
                yield replace(change, name=f"{new.name}: {race.name}")
    old_figures = {figure.name: figure for figure in old.figures}
    for figure in new.figures:
        known = old_figures.get(figure.name)
        ratio = None if known is None else _figure_ratio(known, figure)
        if known is not None and ratio is not None:
            detail = f"{known.value:.4g} {figure.unit}, now {figure.value:.4g} {figure.unit}"
            yield Change(f"{new.name}: {figure.name}", ratio, detail, alone=True)


def compare_races(old: RaceResult, new: RaceResult) -> Change | None:
    """Return how our runner changed, beside the others that both races have; None where it is not in both."""
    ours = new.ours
    before, now = old.best_ms.get(ours, 0.0), new.best_ms.get(ours, 0.0)
    if not before > 0 or not now > 0:
        return None
    others = [goal.other for goal in new.goals if goal.ours == ours]
    speeds = [
        (old.best_ms[other] / before, new.best_ms[other] / now)
        for other in others
        if old.best_ms.get(other, 0.0) > 0 and new.best_ms.get(other, 0.0) > 0
    ]
    if not speeds:
        return Change(new.name, now / before, f"{ours}: {before:.4g} ms, now {now:.4g} ms", alone=True)
    ratio = statistics.median(was / is_now for was, is_now in speeds)
    was, is_now = speeds[0]
    return Change(new.name, ratio, f"{ours}: {was:.4g}x as fast as {others[0]}, now {is_now:.4g}x")


def _figure_ratio(old: FigureResult, new: FigureResult) -> float | None:
    if not new.better or not old.value > 0 or not new.value > 0:
        return None
    return new.value / old.value if new.better == "less" else old.value / new.value


def main(arguments: list[str] | None = None) -> int:
    """Print what changed and return 0, or 1 where something became slower, or 2 where a result cannot be used."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0] if __doc__ else None)
    parser.add_argument("old", type=Path, help="a result file, or a folder of them")
    parser.add_argument("new", type=Path, help="a result file, or a folder of them")
    parser.add_argument(
        "--allow",
        type=float,
        default=USUAL_ALLOWANCE,
        metavar="RATIO",
        help="how many times slower is still noise (%(default)s)",
    )
    options = parser.parse_args(arguments)
    if not options.allow >= 1:
        parser.error("--allow takes a number from 1 on")
    try:
        old, new = read_results(options.old), read_results(options.new)
    except ResultError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    pairs = _pairs(old, new)
    changes = [change for before, now in pairs for change in compare(before, now)]
    if not changes:
        sys.stderr.write("the two have no figure in common\n")
        return 2
    for before, now in pairs:
        _say_what_differs(before, now)
    _show(changes, options.allow)
    for name in sorted(set(old) - {before.name for before, _now in pairs}):
        print(f"{name}: only in {options.old}")
    slower = sum(change.ratio > change.allowed(options.allow) for change in changes)
    print(f"\n{len(changes)} figures compared, {slower} slower by more than noise")
    return 1 if slower else 0


def _pairs(old: dict[str, Result], new: dict[str, Result]) -> list[tuple[Result, Result]]:
    if len(old) == len(new) == 1:
        # Two files are compared whatever they are called.
        return [(next(iter(old.values())), next(iter(new.values())))]
    return [(old[name], result) for name, result in new.items() if name in old]


def _say_what_differs(old: Result, new: Result) -> None:
    if old.quick != new.quick:
        print(f"{new.name}: one of the two was quick, with other sizes")
    before, now = (str(result.machine.get("processor", "unknown")) for result in (old, new))
    if before != now:
        print(f"{new.name}: measured on different processors: {before}, {now}")


def _show(changes: list[Change], allowance: float) -> None:
    for change in sorted(changes, key=lambda change: -change.ratio):
        allowed = change.allowed(allowance)
        if change.ratio > allowed:
            said = f"{change.ratio:6.2f}x slower  "
        elif change.ratio * allowed < 1:
            said = f"{1 / change.ratio:6.2f}x faster  "
        else:
            said = f"{change.ratio:6.2f}  as before"
        print(f"{said}  {change.name} ({change.detail})")


if __name__ == "__main__":
    sys.exit(main())
