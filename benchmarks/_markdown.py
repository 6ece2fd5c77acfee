"""Goals and figures as tables of a Markdown document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from benchmarks._results import FigureResult, RaceResult, Result

_SAID = {True: "met", False: "**missed**", None: "not measured"}


def markdown_figures(results: Iterable[Result]) -> str:
    """Return a section for each result that has goals: what, against what, measured, wanted, met or not."""
    return "\n".join(_section(result) for result in results if any(_rows(result)))


def _section(result: Result) -> str:
    processor, cores = result.machine.get("processor") or "unknown", result.machine.get("cores") or "?"
    load = result.machine.get("load")
    busy = f", with a load of {load:.1f}" if isinstance(load, (int, float)) else ""
    quick = ", quick" if result.quick else ""
    return "\n".join(
        (
            f"### {result.title}",
            "",
            f"`python -m benchmarks.benchmark_{result.name}` on {processor}, {cores} cores{busy}{quick}:",
            "",
            "| what | measured | by processor time | goal | |",
            "| --- | ---: | ---: | ---: | --- |",
            *_rows(result),
            "",
        )
    )


def _rows(result: Result) -> Iterator[str]:
    for race in result.races:
        yield from _race_rows(race)
    for figure in result.figures:
        if figure.goal is not None:
            yield _figure_row(figure)


def _race_rows(race: RaceResult) -> Iterator[str]:
    for goal in race.goals:
        measured = "" if goal.measured is None else _times(goal.measured)
        what = f"{_cell(race.name)}: {_cell(goal.ours)} against {_cell(goal.other)}"
        processor = "" if goal.processor is None else _times(goal.processor)
        yield f"| {what} | {measured} | {processor} | {goal.goal:.2g}x | {_SAID[goal.is_met]} |"


def _figure_row(figure: FigureResult) -> str:
    wanted = f"{'at most' if figure.better == 'less' else 'at least'} {figure.goal:g} {figure.unit}"
    return f"| {_cell(figure.name)} | {figure.value:.3g} {figure.unit} | | {wanted} | {_SAID[figure.is_met]} |"


def _times(ratio: float) -> str:
    return f"{ratio:,.0f}x" if ratio >= 100 else f"{ratio:.3g}x"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
