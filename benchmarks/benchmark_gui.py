"""How long the window keeps anyone waiting: ``python -m benchmarks.benchmark_gui [--output FILE.json]``.

Runs the real program on pictures that it makes: steps through 12-megapixel JPEGs and PNGs and through a large folder,
labels and filters many images, and edits dense labels, while a timer notes the longest time in which the event loop
handled nothing. Needs a display (Xvfb will do).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

PROJECT = Path(__file__).resolve().parents[1]
MODEL = PROJECT / "anylabeling" / "resources" / "samples" / "model" / "samples-yolo.onnx"
GOAL_BLOCKED_MS = 50.0


class Pulse:
    """Notes the longest pause between two turns of the event loop."""

    def __init__(self) -> None:
        from qtpy.QtCore import Qt, QTimer

        self.longest_ms = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(1)

    def restart(self) -> None:
        """Forget what was noted."""
        self.longest_ms, self._last = 0.0, time.perf_counter()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest_ms, self._last = max(self.longest_ms, (now - self._last) * 1000), now


class Bench:
    """The program with a pulse and the figures."""

    def __init__(self, folder: Path) -> None:
        from qtpy.QtWidgets import QApplication

        from anylabeling.bootstrap import Program, StartOptions
        from anylabeling.config import Config

        self.app = QApplication([])
        self.program: Any = Program(Config({"logger_level": "warning"}), StartOptions(path=str(folder)))
        self.figures: dict[str, dict[str, float]] = {}
        self.pulse = Pulse()
        self.program.window.resize(1400, 900)
        self.program.start()
        self.wait(self.shown)

    def shown(self) -> bool:
        """Whether the current picture is on the screen."""
        return bool(self.program.window.canvas.image_id())

    def wait(self, condition: Callable[[], object], limit_s: float = 300.0) -> None:
        """Run the event loop until the condition holds."""
        from qtpy.QtCore import QEventLoop

        deadline = time.monotonic() + limit_s
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError("the program did not get there")
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)

    def rest(self, seconds: float) -> None:
        """Let the program do what it does in the background."""
        end = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() > end)

    @contextmanager
    def measured(self, name: str) -> Iterator[dict[str, float]]:
        """Note the longest block of the event loop during the block, and what the block adds."""
        figure: dict[str, float] = {}
        self.pulse.restart()
        started = time.perf_counter()
        yield figure
        figure["seconds"] = round(time.perf_counter() - started, 3)
        figure["blocked_ms"] = round(self.pulse.longest_ms, 1)
        self.figures[name] = figure
        print(f"{name:34s} " + "  ".join(f"{key} {value:,.1f}" for key, value in figure.items()), flush=True)

    def open(self, folder: Path) -> None:
        """Open a folder and wait for its first picture."""
        before = self.program.window.canvas.image_id()
        self.program.navigation.open(str(folder))
        self.wait(lambda: self.program.window.canvas.image_id() not in (0, before))

    def step(self, dwell_s: float) -> float:
        """Go to the next picture and return the milliseconds until it is painted."""
        canvas = self.program.window.canvas
        before = canvas.image_id()
        started = time.perf_counter()
        self.program.window.actions["next_image"].trigger()
        self.wait(lambda: canvas.image_id() != before)
        canvas.repaint()
        took = (time.perf_counter() - started) * 1000
        self.rest(dwell_s)
        return took


def main() -> int:
    """Run all measurements and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--output", type=Path, help="write the figures to this JSON file")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(HOME=home, XDG_CONFIG_HOME=f"{home}/.config", XDG_CACHE_HOME=f"{home}/.cache")
        figures = _run(Path(home))
    if arguments.output:
        machine = {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count()}
        arguments.output.write_text(json.dumps({"machine": machine, "figures": figures}, indent=2), encoding="utf-8")
    return 0


def _run(home: Path) -> dict[str, dict[str, float]]:
    folders = _make_pictures(home)
    bench = Bench(folders["small"])
    for name, dwell_s in (("jpeg12", 0.6), ("png12", 1.5)):
        with bench.measured(f"open {name}"):
            bench.open(folders[name])
            bench.rest(dwell_s)
        with bench.measured(f"step {name}, preloaded") as figure:
            figure["median_ms"] = statistics.median(bench.step(dwell_s) for _ in range(6))
    with bench.measured("open 2,000 small"):
        bench.open(folders["small"])
        bench.rest(0.5)
    with bench.measured("step 2,000 small") as figure:
        figure["median_ms"] = statistics.median(bench.step(0.1) for _ in range(20))
    with bench.measured("load the model"):
        bench.program.auto_labeling.load(str(MODEL))
        bench.wait(lambda: bench.program.auto_labeling.model is not None)
    with bench.measured("label 12-megapixel picture"):
        bench.open(folders["jpeg12"])
        done: list[int] = []
        bench.program.auto_labeling.finished.connect(done.append)
        bench.program.auto_labeling.run()
        bench.wait(lambda: done)
        bench.rest(0.5)
    with bench.measured("label all, 24 of 12 megapixels"):
        bench.program.window.actions["auto_label_all"].trigger()
        bench.wait(lambda: not bench.program.batch.running)
    with bench.measured("filter 24 of 12 megapixels"):
        from anylabeling.messages.filtering import FilterQuery

        bench.program.filter.run(FilterQuery())
        bench.wait(lambda: bench.program.filter.summary is not None)
    with bench.measured("add and save 5,000 boxes"):
        _add_boxes(bench, 5000)
    with bench.measured("open 500 polygons of 100 points"):
        bench.open(folders["dense"])
        bench.rest(0.5)
    bench.program.close()
    bench.program.finish()
    return bench.figures


def _add_boxes(bench: Bench, count: int) -> None:
    from anylabeling.document.shape import Shape, ShapeKind

    corners = np.random.default_rng(3).uniform(0, 2900, (count, 2))
    shapes = [
        Shape(ShapeKind.RECTANGLE, np.array([corner, corner + 40]), label=f"c{index % 7}")
        for index, corner in enumerate(corners)
    ]
    bench.program.documents.add(shapes, "Add boxes")
    bench.wait(lambda: not bench.program.documents.unsaved())
    bench.rest(0.3)


def _make_pictures(home: Path) -> dict[str, Path]:
    from anylabeling.codecs import encode_jpeg, encode_png

    generator = np.random.default_rng(1)
    blocks = generator.integers(30, 220, (300, 400, 3), np.uint8)
    large = np.ascontiguousarray(np.repeat(np.repeat(blocks, 10, 0), 10, 1))
    large += generator.integers(0, 12, large.shape, np.uint8)
    folders = {name: home / name for name in ("jpeg12", "png12", "small", "dense")}
    for folder in folders.values():
        folder.mkdir()
    jpeg, png = encode_jpeg(large), encode_png(large)
    small = encode_jpeg(np.ascontiguousarray(large[:480, :640]))
    for index in range(24):
        (folders["jpeg12"] / f"j{index:02d}.jpg").write_bytes(jpeg)
    for index in range(7):
        (folders["png12"] / f"p{index}.png").write_bytes(png)
    for index in range(2000):
        (folders["small"] / f"s{index:04d}.jpg").write_bytes(small)
    (folders["dense"] / "d.jpg").write_bytes(jpeg)
    angles = np.linspace(0, 2 * np.pi, 100, endpoint=False)
    circle = np.stack([np.cos(angles), np.sin(angles)], 1)
    shapes = [
        {
            "label": f"c{index % 12}",
            "shape_type": "polygon",
            "points": (generator.uniform(100, 2900, 2) + circle * generator.uniform(30, 90)).round(2).tolist(),
        }
        for index in range(500)
    ]
    content = {"version": "5.0.0", "shapes": shapes, "imagePath": "d.jpg", "imageData": None}
    (folders["dense"] / "d.json").write_text(json.dumps(content), encoding="utf-8")
    return folders


if __name__ == "__main__":
    sys.exit(main())
