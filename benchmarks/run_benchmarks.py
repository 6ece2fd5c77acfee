"""Run all benchmarks: ``python -m benchmarks.run_benchmarks --output-dir results/ [--only NAME ...] [--quick]``.

Each runs in a process of its own, writes its figures to ``results/NAME.json`` and what it said to ``results/NAME.log``.
In the end ``results/report.html`` shows all of them with the machine, the goals and the claims; it needs no network and
no other file. ``results/figures.md`` has the goals as tables for a document. A benchmark that fails is named with the
reason, and the others go on. With --only, what an earlier run left in the folder is kept.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks._markdown import markdown_figures
from benchmarks._report import Run, write_report
from benchmarks._results import Result, ResultError, read_result

PROJECT = Path(__file__).resolve().parents[1]
LIMIT_S = 1800
REPORT_NAME = "report.html"
RUNS_NAME = "runs.json"
FIGURES_NAME = "figures.md"


@dataclass(frozen=True)
class Benchmark:
    """One benchmark.

    Attributes:
        name: Short name, that of its result file.
        module: What Python runs, as after ``-m``.
        about: A few words.
        quick: Its arguments for smaller sizes.
        needs_display: Whether it opens windows.
    """

    name: str
    module: str
    about: str
    quick: tuple[str, ...] = ("--quick",)
    needs_display: bool = False


BENCHMARKS = (
    Benchmark("startup", "benchmarks.benchmark_startup", "start of the program", needs_display=True),
    Benchmark("gui", "benchmarks.benchmark_gui", "the window while it is used", needs_display=True),
    Benchmark("bulk", "benchmarks.benchmark_bulk_edits", "edits of thousands of objects", needs_display=True),
    Benchmark("tiles", "benchmarks.benchmark_tiles", "very large pictures", needs_display=True),
    Benchmark("io", "benchmarks.benchmark_io", "folders and pictures"),
    Benchmark("nms", "benchmarks.benchmark_nms", "suppression of overlapping boxes"),
    Benchmark("polygons", "benchmarks.benchmark_polygons", "outlines, points and names"),
    Benchmark("filtering", "benchmarks.benchmark_filtering", "the image filter"),
    Benchmark(
        "inference",
        "benchmarks.benchmark_inference",
        "models",
        quick=("--count", "8", "--rounds", "3", "--turns", "1"),
    ),
)


def main(arguments: list[str] | None = None, benchmarks: Sequence[Benchmark] = BENCHMARKS) -> int:
    """Run what is asked for and return 0, or 1 when a benchmark failed."""
    options = _options(arguments, benchmarks)
    chosen = [row for row in benchmarks if not options.only or row.name in options.only]
    folder: Path = options.output_dir
    folder.mkdir(parents=True, exist_ok=True)
    runs = _earlier_runs(folder, {row.name for row in chosen}) if options.only else []
    for row in chosen:
        print(f"{row.name}: {row.about} ...", flush=True)
        run = run_one(row, folder, quick=options.quick, limit_s=options.limit_s)
        runs.append(run)
        print(
            f"{row.name}: {run.state} after {run.seconds:.0f} s" + (f": {run.reason}" if run.reason else ""), flush=True
        )
        # After each, so that an end on the way leaves what there is.
        _write(folder, runs)
    print(f"\n{folder / REPORT_NAME}")
    names = {row.name for row in chosen}
    return 0 if all(run.state == "done" for run in runs if run.name in names) else 1


def run_one(row: Benchmark, folder: Path, *, quick: bool, limit_s: float) -> Run:
    """Run one benchmark and return how it went; its figures lie in the folder then."""
    output, log = folder / f"{row.name}.json", folder / f"{row.name}.log"
    output.unlink(missing_ok=True)
    command = [sys.executable, "-m", row.module, "--output", str(output.resolve()), *(row.quick if quick else ())]
    if row.needs_display and _lacks_display():
        xvfb_run = shutil.which("xvfb-run")
        if xvfb_run is None:
            return Run(row.name, row.about, "failed", 0.0, "it needs a display: install xvfb, or set DISPLAY")
        command = [xvfb_run, "-a", *command]
    started = time.perf_counter()
    with log.open("wb") as stream:
        code = _call(command, stream.fileno(), limit_s)
    seconds = time.perf_counter() - started
    if code is None:
        return Run(row.name, row.about, "failed", seconds, f"it was ended after {limit_s:g} s", _tail(log))
    if code:
        return Run(row.name, row.about, "failed", seconds, f"it ended with {code}", _tail(log))
    try:
        read_result(output)
    except ResultError as error:
        return Run(row.name, row.about, "failed", seconds, str(error), _tail(log))
    return Run(row.name, row.about, "done", seconds)


def _call(command: list[str], output: int, limit_s: float) -> int | None:
    """Run a command with all that it starts; return its exit status, or None where the time was not enough."""
    path = os.pathsep.join(filter(None, (str(PROJECT), os.environ.get("PYTHONPATH"))))
    process = subprocess.Popen(
        command,
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": path},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        return process.wait(limit_s)
    except subprocess.TimeoutExpired:
        return None
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _lacks_display() -> bool:
    named = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM")
    return sys.platform.startswith("linux") and not named


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:])


def _earlier_runs(folder: Path, again: set[str]) -> list[Run]:
    """Return what an earlier run left in the folder, without what is run again now."""
    try:
        rows = json.loads((folder / RUNS_NAME).read_text(encoding="utf-8"))
        runs = [Run(**row) for row in rows]
        return [run for run in runs if run.name not in again and (folder / f"{run.name}.json").exists()]
    except (OSError, ValueError, TypeError):
        return []


def _write(folder: Path, runs: list[Run]) -> None:
    (folder / RUNS_NAME).write_text(json.dumps([asdict(run) for run in runs], indent=1) + "\n", encoding="utf-8")
    results = {result.name: result for result in _results(folder, runs)}
    write_report(folder / REPORT_NAME, runs, results)
    (folder / FIGURES_NAME).write_text(markdown_figures(results.values()), encoding="utf-8")


def _results(folder: Path, runs: list[Run]) -> Iterator[Result]:
    for run in runs:
        # One that failed on the way may have left something.
        with contextlib.suppress(ResultError):
            yield read_result(folder / f"{run.name}.json")


def _options(arguments: list[str] | None, benchmarks: Sequence[Benchmark]) -> argparse.Namespace:
    names = [row.name for row in benchmarks]
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0] if __doc__ else None)
    parser.add_argument("--output-dir", type=Path, default=Path("results"), help="where to write (%(default)s)")
    parser.add_argument("--only", nargs="+", choices=names, metavar="NAME", help=f"some of: {', '.join(names)}")
    parser.add_argument("--quick", action="store_true", help="smaller sizes, to see that everything runs")
    parser.add_argument(
        "--limit-s", type=float, default=LIMIT_S, metavar="SECONDS", help="most time for each (%(default)s)"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
