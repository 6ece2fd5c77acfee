"""The report of all benchmarks: one HTML file with its charts in it, which needs no network and no other file."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from benchmarks._judge import BY_TESTS, MET, NOT_MEASURED, NOT_MET, Judgement, judge
from benchmarks._results import FigureResult, GoalResult, RaceResult, Result
from benchmarks.claims import CLAIMS

TEMPLATE = Path(__file__).with_name("report_template.html")
_MARKS = {MET: ("good", "✓ met"), NOT_MET: ("bad", "✗ not met"), NOT_MEASURED: ("none", "– not measured here")}
_CHART_PX, _LABEL_PX, _VALUE_PX, _ROW_PX = 860, 310, 170, 26


@dataclass(frozen=True)
class Run:
    """How one benchmark went.

    Attributes:
        name: Short name.
        about: A few words.
        state: "done" or "failed".
        seconds: How long it took.
        reason: Why it failed; empty when it did not.
        said: The last lines that it printed, when it failed.
    """

    name: str
    about: str
    state: str
    seconds: float
    reason: str = ""
    said: str = ""


def write_report(path: Path, runs: Iterable[Run], results: Mapping[str, Result]) -> None:
    """Write the report; ``results`` are by the names of the benchmarks, ``runs`` in the order to show them."""
    runs = list(runs)
    judgements = [judge(claim, results) for claim in CLAIMS]
    template = string.Template(TEMPLATE.read_text(encoding="utf-8"))
    made = dt.datetime.now(dt.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    quick = " Quick: sizes were reduced, so figures say little." if any(row.quick for row in results.values()) else ""
    first = next(iter(results.values()), None)
    machine: Mapping[str, Any] = first.machine if first else {}
    path.write_text(
        template.substitute(
            title="AnyLabeling: benchmarks",
            subtitle=escape(f"{made} on {machine.get('processor') or 'a processor without a name'}.{quick}"),
            links="\n".join(f'<a href="#{escape(run.name)}">{escape(_title(run, results))}</a>' for run in runs),
            tiles=_tiles(runs, results, judgements),
            problems="".join(_problem(run) for run in runs if run.state != "done"),
            claims=_claims(judgements),
            benchmarks="".join(_benchmark(run, results.get(run.name)) for run in runs),
            machine=_machine(machine),
        ),
        encoding="utf-8",
    )


def _title(run: Run, results: Mapping[str, Result]) -> str:
    return results[run.name].title if run.name in results else run.about


def _tiles(runs: list[Run], results: Mapping[str, Result], judgements: list[Judgement]) -> str:
    goals = list(_goals(results.values()))
    judged = [row for row in judgements if row.verdict in (MET, NOT_MET)]
    figures = (
        (f"{sum(run.state == 'done' for run in runs)} of {len(runs)}", "benchmarks ran"),
        (f"{sum(is_met is True for is_met in goals)} of {sum(is_met is not None for is_met in goals)}", "goals met"),
        (f"{sum(row.verdict == MET for row in judged)} of {len(judged)}", "measured claims met"),
        (f"{sum(run.seconds for run in runs) / 60:.1f} min", "all together"),
    )
    return "".join(
        f'<div class="tile"><b>{value}</b><span class="faint">{what}</span></div>' for value, what in figures
    )


def _goals(results: Iterable[Result]) -> Iterator[bool | None]:
    for result in results:
        for race in result.races:
            yield from (goal.is_met for goal in race.goals)
        yield from (figure.is_met for figure in result.figures)


def _problem(run: Run) -> str:
    said = f"<pre>{escape(run.said)}</pre>" if run.said else ""
    return (
        f'<div class="card"><span class="mark bad">✗ {escape(run.name)} failed</span> {escape(run.reason)}{said}</div>'
    )


def _claims(judgements: Iterable[Judgement]) -> str:
    rows = "".join(
        f"<tr><td>{escape(row.claim.subject)}</td><td>{escape(row.claim.said)}</td>"
        f"<td>{_mark(row.verdict)}</td><td>{escape(row.measured)}</td>"
        f'<td class="faint wide">{escape(row.how).replace("/", "/<wbr>").replace("_", "_<wbr>")}</td></tr>'
        for row in judgements
    )
    heads = "".join(f"<th>{head}</th>" for head in ("Part", "What is said", "", "Measured", "From"))
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _mark(verdict: str) -> str:
    kind, text = _MARKS.get(verdict, ("none", f"– {BY_TESTS}"))
    return f'<span class="mark {kind}">{text}</span>'


def _benchmark(run: Run, result: Result | None) -> str:
    title = _title(run, {} if result is None else {run.name: result})
    head = f'<h2 id="{escape(run.name)}">{escape(title)}</h2>'
    if result is None:
        return f'{head}<div class="card"><span class="mark bad">✗ failed</span> {escape(run.reason)}</div>'
    failed = "" if run.state == "done" else f", which failed after what is here: {escape(run.reason)}"
    said = f'<p class="faint">benchmark_{escape(run.name)}.py, {run.seconds:.0f} s{failed}</p>'
    return head + said + "".join(map(_race, result.races)) + (_figures(result.figures) if result.figures else "")


def _race(race: RaceResult) -> str:
    notes = [*(f"not installed: {name}" for name in race.absent), *race.notes]
    listed = f'<ul class="notes">{"".join(f"<li>{escape(note)}</li>" for note in notes)}</ul>' if notes else ""
    goals = f"<table><tbody>{''.join(map(_goal, race.goals))}</tbody></table>" if race.goals else ""
    return f'<div class="card"><h3>{escape(race.name)}</h3>{chart(race)}{goals}{listed}</div>'


def _goal(goal: GoalResult) -> str:
    measured = "" if goal.measured is None else f"{goal.measured:.2f}x"
    processor = "" if goal.processor is None else f"{goal.processor:.2f}x by processor time"
    return (
        f"<tr><td>{escape(goal.ours)} against {escape(goal.other)}</td><td class='number'>{measured}</td>"
        f"<td class='number faint'>{processor}</td>"
        f"<td class='number'>goal {goal.goal:.2g}x</td><td>{_met(goal.is_met)}</td></tr>"
    )


def _met(is_met: bool | None) -> str:
    return _mark({True: MET, False: NOT_MET, None: NOT_MEASURED}[is_met])


def chart(race: RaceResult) -> str:
    """Draw the times of a race as bars from zero, as an SVG element."""
    longest = max(race.best_ms.values(), default=0.0) or 1.0
    ours_ms = race.best_ms.get(race.ours, 0.0)
    room = _CHART_PX - _LABEL_PX - _VALUE_PX
    height = _ROW_PX * len(race.best_ms) + 4
    parts = [f'<line class="axis" x1="{_LABEL_PX}" y1="0" x2="{_LABEL_PX}" y2="{height}"/>']
    for number, (name, time_ms) in enumerate(race.best_ms.items()):
        top, length = number * _ROW_PX + 4, max(1.0, room * time_ms / longest)
        is_ours = name == race.ours
        beside = "" if is_ours or not ours_ms else f" ({time_ms / ours_ms:.3g}x)"
        parts.append(
            f'<text x="{_LABEL_PX - 8}" y="{top + 14}" text-anchor="end">{escape(_short(name))}</text>'
            f'<rect class="{"ours" if is_ours else "other"}" x="{_LABEL_PX}" y="{top}" rx="2" '
            f'width="{length:.1f}" height="{_ROW_PX - 8}"/>'
            f'<text class="faint" x="{_LABEL_PX + length + 6:.1f}" y="{top + 14}">{_time(time_ms)}{beside}</text>'
        )
    title = escape(f"{race.name}: " + ", ".join(f"{name} {_time(value)}" for name, value in race.best_ms.items()))
    return f'<svg viewBox="0 0 {_CHART_PX} {height}" role="img"><title>{title}</title>{"".join(parts)}</svg>'


def _short(name: str, most: int = 44) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"


def _time(time_ms: float) -> str:
    if time_ms >= 1000:
        return f"{time_ms / 1000:.3g} s"
    return f"{time_ms:.3g} ms" if time_ms >= 0.1 else f"{time_ms * 1000:.3g} µs"


def _figures(figures: Iterable[FigureResult]) -> str:
    rows = "".join(
        f"<tr><td>{escape(row.name)}</td><td class='number'>{row.value:,.4g} {escape(row.unit)}</td>"
        f"<td class='number'>{'' if row.goal is None else f'goal {row.goal:g}'}</td>"
        f"<td>{'' if row.goal is None else _met(row.is_met)}</td><td class='faint'>{escape(row.note)}</td></tr>"
        for row in figures
    )
    return f'<div class="card"><table><tbody>{rows}</tbody></table></div>'


def _machine(machine: Mapping[str, Any]) -> str:
    versions = machine.get("versions")
    known = versions if isinstance(versions, dict) else {}
    rows = [(str(key), str(value)) for key, value in machine.items() if key != "versions" and value not in (None, "")]
    rows += [(str(name), str(version) or "not installed") for name, version in known.items()]
    body = "".join(f"<tr><td>{escape(name)}</td><td class='wide'>{escape(value)}</td></tr>" for name, value in rows)
    return f"<table><tbody>{body}</tbody></table>"
