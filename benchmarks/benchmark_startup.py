"""How soon the program is there: ``python -m benchmarks.benchmark_startup [--output FILE.json] [--quick]``.

Starts the real program again and again, each time in a new process, turn by turn with a window of the same toolkit that
shows a picture and has nothing else. Times are from the start of the process. Needs a display (Xvfb will do).
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from anylabeling.codecs import encode_jpeg
from benchmarks._common import Race, Report, parse_arguments, print_race

PROBE = Path(__file__).with_name("_start_probe.py")
SAMPLES = Path(__file__).resolve().parents[1] / "anylabeling" / "resources" / "samples" / "images"
GOALS_MS = {2: 500.0, 10_000: 600.0, 100_000: 1000.0}


def main() -> None:
    """Measure, print, and write the figures."""
    arguments = parse_arguments(__doc__)
    report = Report("Start of the program", output=arguments.output, quick=arguments.quick)
    rounds = 2 if arguments.quick else 7
    time_imports(report, rounds)
    with tempfile.TemporaryDirectory(prefix="anylabeling-benchmark-") as name:
        home = Path(name)
        folders = {count: make_folder(home, count) for count in GOALS_MS if count < 100_000 or not arguments.quick}
        time_starts(report, home, folders, rounds)
    report.write(arguments.output)


def make_folder(home: Path, count: int) -> Path:
    """Make a folder of so many images in sub-folders of 1,000: names of one small file, and a photo as the first."""
    folder = home / f"pictures-{count}"
    folder.mkdir()
    small = home / "small.jpg"
    if not small.exists():
        import numpy as np

        small.write_bytes(encode_jpeg(np.full((480, 640, 3), 90, np.uint8)))
    (folder / "000000.jpg").write_bytes(min(SAMPLES.glob("*.jpg")).read_bytes())
    for number in range(1, count):
        target = folder if number < 1000 else folder / f"part {number // 1000:03}"
        target.mkdir(exist_ok=True)
        os.link(small, target / f"{number:06}.jpg")
        if number % 50_000 == 0:
            # File systems allow a file so many names only.
            small.unlink()
            small.write_bytes((target / f"{number:06}.jpg").read_bytes())
    return folder


def time_imports(report: Report, rounds: int) -> None:
    """Time starting Python with nothing, with the package, and with what a command without a window takes."""
    modules = {"import anylabeling": "anylabeling", "import anylabeling.cli": "anylabeling.cli", "Python alone": "sys"}
    report.race(
        "starting Python and importing",
        {name: partial(_import, module) for name, module in modules.items()},
        rounds=rounds,
    )


def _import(module: str) -> None:
    subprocess.run([sys.executable, "-c", f"import {module}"], check=True)


def time_starts(report: Report, home: Path, folders: dict[int, Path], rounds: int) -> None:
    """Start the program on each folder and the bare window, turn by turn."""
    picture = folders[2] / "000000.jpg"
    times: dict[str, list[dict[str, float]]] = {}
    for turn in range(rounds + 1):
        for count, folder in folders.items():
            figures = start("program", home, folder, count)
            if turn:
                times.setdefault(str(count), []).append(figures)
        figures = start("bare", home, picture, 0)
        if turn:
            times.setdefault("bare", []).append(figures)
    best = {name: min(row["first_picture_s"] for row in rows) * 1000 for name, rows in times.items()}
    median = {name: statistics.median(row["first_picture_s"] for row in rows) * 1000 for name, rows in times.items()}
    names = {str(count): f"AnyLabeling, {count:,} pictures" for count in folders} | {
        "bare": "a bare window with a picture"
    }
    race = Race(
        "start to the first picture",
        best_ms={names[name]: value for name, value in best.items()},
        median_ms={names[name]: value for name, value in median.items()},
    )
    report.races.append(race)
    print_race(race)
    for count in folders:
        rows = times[str(count)]
        report.figure(f"start to the first picture, {count:,} pictures", best[str(count)], "ms", goal=GOALS_MS[count])
        whole = min(row["whole_list_s"] for row in rows) * 1000
        report.figure(f"start to the whole list, {count:,} pictures", whole, "ms", note="the window is used meanwhile")
        report.figure(f"memory at the first picture, {count:,} pictures", min(row["memory_mb"] for row in rows), "MB")


def start(kind: str, home: Path, path: Path, count: int) -> dict[str, float]:
    """Start the program or the bare window in a new process and return its figures."""
    environment = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home)}
    command = [sys.executable, str(PROBE), kind, repr(time.monotonic()), str(path), str(count)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        sys.exit(f"the program ended with {done.returncode}: {(done.stderr or done.stdout)[-2000:]}")
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


if __name__ == "__main__":
    main()
