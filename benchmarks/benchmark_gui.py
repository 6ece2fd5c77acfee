"""How long the window keeps anyone waiting: ``python -m benchmarks.benchmark_gui [--output FILE.json]``.

Runs the real program on pictures that it makes: steps through 12-megapixel JPEGs and PNGs and through a large folder,
labels and filters many images, and edits dense labels, while a timer notes the longest time in which the event loop
handled nothing. Needs a display (Xvfb will do).
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks._common import Report, parse_arguments
from benchmarks._start_probe import memory_mb

PROJECT = Path(__file__).resolve().parents[1]
MODEL = PROJECT / "anylabeling" / "resources" / "samples" / "model" / "samples-yolo.onnx"
GOAL_BLOCKED_MS = 50.0


class Pulse:
    """Notes the longest pause between two turns of the event loop.

    Attributes:
        longest_ms: By the clock.
        longest_busy_ms: The same, as far as the program's threads had a processor meanwhile: without what other
            programs took from it.
    """

    def __init__(self) -> None:
        from qtpy.QtCore import Qt, QTimer

        self.longest_ms = self.longest_busy_ms = 0.0
        self._last = time.perf_counter()
        self._last_busy = time.process_time()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(1)

    def restart(self) -> None:
        """Forget what was noted."""
        self.longest_ms, self._last = 0.0, time.perf_counter()
        self.longest_busy_ms, self._last_busy = 0.0, time.process_time()

    def _beat(self) -> None:
        now, busy = time.perf_counter(), time.process_time()
        paused_ms, busy_ms = (now - self._last) * 1000, (busy - self._last_busy) * 1000
        self.longest_ms = max(self.longest_ms, paused_ms)
        self.longest_busy_ms = max(self.longest_busy_ms, min(paused_ms, busy_ms))
        self._last, self._last_busy = now, busy


class Bench:
    """The program with a pulse and the figures."""

    def __init__(self, folder: Path, report: Report) -> None:
        from qtpy.QtWidgets import QApplication

        from anylabeling.bootstrap import Program, StartOptions
        from anylabeling.config import Config
        from anylabeling.utils import collector

        collector.calm()
        self.app = QApplication([])
        self.pulse = Pulse()
        self.program: Any = Program(Config({"logger_level": "warning"}), StartOptions(path=str(folder)))
        self.report = report
        self.fresh = 0
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
            # The pulse wakes it. With a limit in ms, Qt would not wait at all: a loop that spins takes a processor and
            # the interpreter from the threads that are measured.
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def rest(self, seconds: float) -> None:
        """Let the program do what it does in the background."""
        end = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() > end)

    @contextmanager
    def measured(self, name: str, *, takes_time: bool = True) -> Iterator[None]:
        """Take the longest time in which the event loop handled nothing during the block, and how long all took."""
        self.pulse.restart()
        started = time.perf_counter()
        yield
        seconds, blocked_ms = time.perf_counter() - started, self.pulse.longest_ms
        if takes_time:
            self.report.figure(f"{name}, all of it", seconds, "s")
        self.report.figure(f"{name}, longest block of the window", blocked_ms, "ms", goal=GOAL_BLOCKED_MS)

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

    def jump(self, folder: Path) -> float:
        """Show a picture that nothing has read yet and return the milliseconds until it is painted."""
        canvas = self.program.window.canvas
        self.fresh += 1
        source = min(path for path in folder.iterdir() if path.suffix in (".jpg", ".png"))
        path = folder / f"z{self.fresh}" / source.name
        path.parent.mkdir()
        path.write_bytes(source.read_bytes())
        before = canvas.image_id()
        started = time.perf_counter()
        self.program.navigation.go_to(str(path))
        self.wait(lambda: canvas.image_id() != before)
        canvas.repaint()
        took = (time.perf_counter() - started) * 1000
        self.rest(0.5)
        return took


def main() -> int:
    """Run all measurements and return the exit code."""
    arguments = parse_arguments(__doc__)
    report = Report("The window while it is used", output=arguments.output, quick=arguments.quick)
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(HOME=home, XDG_CONFIG_HOME=f"{home}/.config", XDG_CACHE_HOME=f"{home}/.cache")
        folders = _make_pictures(Path(home), 6 if arguments.quick else 24, 200 if arguments.quick else 10_000)
        bench = Bench(folders["small"], report)
        _step(bench, folders, 3 if arguments.quick else 6)
        _work(bench, folders, 500 if arguments.quick else 5000)
        bench.program.close()
        bench.program.finish()
    report.write(arguments.output)
    return 0


def _step(bench: Bench, folders: dict[str, Path], steps: int) -> None:
    for name, what, dwell_s, cold_ms in (
        ("jpeg12", "12-megapixel JPEG", 0.6, 70.0),
        ("png12", "12-megapixel PNG", 1.5, 200.0),
    ):
        with bench.measured(f"open a folder of {what}", takes_time=False):
            bench.open(folders[name])
            bench.rest(dwell_s)
        with bench.measured(f"stepping, {what}", takes_time=False):
            taken = statistics.median(bench.step(dwell_s) for _ in range(steps))
        bench.report.figure(f"next picture, {what}, preloaded", taken, "ms", goal=16)
        cold = statistics.median(bench.jump(folders[name]) for _ in range(steps))
        bench.report.figure(f"next picture, {what}, cold", cold, "ms", goal=cold_ms)
        alone = _decoding_alone(next(path for path in folders[name].iterdir() if path.is_file()), steps)
        bench.report.figure(f"decoding alone, {what}", alone, "ms", note="into memory that is there already")
    bench.open(folders["small"])
    bench.rest(0.5)
    with bench.measured("stepping, small pictures", takes_time=False):
        taken = statistics.median(bench.step(0.1) for _ in range(20))
    count = len(list(folders["small"].iterdir()))
    bench.report.figure(f"next picture, folder of {count:,}", taken, "ms", goal=8)
    _watch_memory(bench, 50 if count < 1000 else 500)


def _decoding_alone(path: Path, rounds: int) -> float:
    """Return the milliseconds that reading and decoding a file takes by itself."""
    from anylabeling.codecs import decode

    taken = []
    for _ in range(rounds + 1):
        started = time.perf_counter()
        decode(path)
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken[1:])


def _watch_memory(bench: Bench, steps: int) -> None:
    """Note what many steps add to the memory, once a small image cache is full."""
    bench.program.settings.set("performance.image_cache_size_mb", 128)
    for _ in range(110):
        bench.step(0.01)
    before = memory_mb()
    for _ in range(steps):
        bench.step(0.01)
    bench.report.figure(f"memory that {steps} steps add, image cache full", memory_mb() - before, "MB", goal=20)
    bench.program.settings.set("performance.image_cache_size_mb", 512)


def _work(bench: Bench, folders: dict[str, Path], boxes: int) -> None:
    with bench.measured("load the model"):
        bench.program.auto_labeling.load(str(MODEL))
        bench.wait(lambda: bench.program.auto_labeling.model is not None)
    with bench.measured("label one picture of 12 megapixels"):
        bench.open(folders["jpeg12"])
        done: list[int] = []
        bench.program.auto_labeling.finished.connect(done.append)
        bench.program.auto_labeling.run()
        bench.wait(lambda: done)
        bench.rest(0.5)
    count = len(list(folders["jpeg12"].glob("*.jpg")))
    with bench.measured(f"label {count} pictures of 12 megapixels"):
        bench.program.window.actions["auto_label_all"].trigger()
        bench.wait(lambda: not bench.program.batch.running)
    with bench.measured(f"filter {count} pictures of 12 megapixels"):
        from anylabeling.messages.filtering import FilterQuery

        bench.program.filter.run(FilterQuery())
        bench.wait(lambda: bench.program.filter.summary is not None)
    shapes = _boxes(boxes)
    with bench.measured(f"add and save {boxes:,} boxes"):
        bench.program.documents.add(shapes, "Add boxes")
        bench.wait(lambda: not bench.program.documents.unsaved())
        bench.rest(0.3)
    with bench.measured("open 500 polygons of 100 points"):
        bench.open(folders["dense"])
        bench.rest(0.5)


def _boxes(count: int) -> list[Any]:
    """Return what a model's thread hands to the window."""
    from anylabeling.document.shape import Shape, ShapeKind

    corners = np.random.default_rng(3).uniform(0, 2900, (count, 2))
    return [
        Shape(ShapeKind.RECTANGLE, np.array([corner, corner + 40]), label=f"c{index % 7}")
        for index, corner in enumerate(corners)
    ]


def _make_pictures(home: Path, large_count: int, small_count: int) -> dict[str, Path]:
    from anylabeling.codecs import PixelFormat, encode_jpeg, encode_png
    from benchmarks.benchmark_io import photo

    generator = np.random.default_rng(1)
    large = photo(4000, 3000, 2)
    folders = {name: home / name for name in ("jpeg12", "png12", "small", "dense")}
    for folder in folders.values():
        folder.mkdir()
    jpeg = encode_jpeg(large, pixel_format=PixelFormat.BGR)
    png = encode_png(large, pixel_format=PixelFormat.BGR)
    small = encode_jpeg(np.ascontiguousarray(large[:480, :640]), pixel_format=PixelFormat.BGR)
    for index in range(large_count):
        (folders["jpeg12"] / f"j{index:02d}.jpg").write_bytes(jpeg)
    for index in range(large_count // 3 + 5):
        (folders["png12"] / f"p{index}.png").write_bytes(png)
    for index in range(small_count):
        (folders["small"] / f"s{index:05d}.jpg").write_bytes(small)
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
