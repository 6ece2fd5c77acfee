"""How long the image filter's window keeps the event loop waiting: ``python -m benchmarks.benchmark_filter_window``.

Starts the real program on many pictures (links to the bundled ones) with label files, whose detections are stored
already, and uses its image filter: applies it, drags a histogram's handle, types, sorts, clears, exports. A timer beats
all the while; the longest time between two beats is what a person would feel as a hitch. Beside it stand, for that very
pause, the time that the window itself computed, and the time that it waited for a processor, which other programs or
threads had. The rest it waited for the interpreter. Needs a display, such as that of ``xvfb-run``.
"""

from __future__ import annotations

import argparse
import ctypes
import itertools
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

SAMPLES = Path(__file__).resolve().parents[1] / "anylabeling" / "resources" / "samples"
GOAL_MS = 50.0


class Pause(NamedTuple):
    """How long nothing happened in the event loop, and why."""

    wall_ms: float
    own_ms: float
    queued_ms: float


class Heart:
    """Beats in the event loop and remembers the longest pause: its length, the thread's own time, its wait to run."""

    def __init__(self) -> None:
        from qtpy.QtCore import Qt, QTimer

        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._beat)
        # Through ctypes, which keeps the interpreter meanwhile: reading it usually would be one more turn to wait for.
        self._read = ctypes.PyDLL(None).pread
        self._buffer = ctypes.create_string_buffer(100)
        try:
            self._schedule = os.open(f"/proc/self/task/{threading.get_native_id()}/schedstat", os.O_RDONLY)
        except OSError:  # another system
            self._schedule = -1
        self.reset()
        self._timer.start()

    def reset(self) -> None:
        """Forget what was."""
        self.longest = Pause(0.0, 0.0, 0.0)
        self._at, self._cpu, self._queued = time.perf_counter(), time.thread_time(), self._waited()

    def _beat(self) -> None:
        now, cpu, queued = time.perf_counter(), time.thread_time(), self._waited()
        if now - self._at > self.longest.wall_ms / 1000:
            self.longest = Pause((now - self._at) * 1000, (cpu - self._cpu) * 1000, (queued - self._queued) / 1e6)
        self._at, self._cpu, self._queued = now, cpu, queued

    def _waited(self) -> int:
        if self._schedule < 0:
            return 0
        self._read(self._schedule, self._buffer, 99, ctypes.c_long(0))
        return int(self._buffer.value.split()[1])


def main() -> int:
    """Measure, print, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", type=int, default=10_000, help="pictures in the folder")
    parser.add_argument("--output", type=Path, help="write the figures to this JSON file")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(HOME=home, XDG_CONFIG_HOME=f"{home}/.config", XDG_CACHE_HOME=f"{home}/.cache")
        figures = Session(Path(home), arguments.images).play()
    if arguments.output is not None:
        found = {name: pause._asdict() for name, pause in figures.items()}
        arguments.output.write_text(json.dumps({"images": arguments.images, "longest": found}, indent=2))
    return 0


class Session:
    """One person's session with the image filter."""

    def __init__(self, home: Path, images: int) -> None:
        from qtpy.QtWidgets import QApplication

        from anylabeling.bootstrap import Program, StartOptions
        from anylabeling.config import Config
        from anylabeling.utils import collector

        collector.calm()  # as the program's own entry does
        folder = home / "pictures"
        folder.mkdir()
        # The crowded ones have more candidates than are kept: for another overlap the model would run again.
        sources = sorted(path for path in (SAMPLES / "images").glob("*.jpg") if "crowded" not in path.name)
        for number, source in zip(range(images), itertools.cycle(sources)):  # noqa: B905 - cycle has no end
            (folder / f"{number:06}.jpg").hardlink_to(source)
        labels = _label_files(home, len(sources))
        for number in range(images):
            (folder / f"{number:06}.json").hardlink_to(labels[number % len(labels)])
        self.app = QApplication([])
        self.heart = Heart()
        model = SAMPLES / "model" / "samples-yolo.onnx"
        config = Config({"theme": "light", "logger_level": "warning"})
        self.program = Program(config, StartOptions(path=str(folder), model=str(model)))
        self.folder, self.images, self.sources = folder, images, len(sources)
        self.figures: dict[str, Pause] = {}

    def play(self) -> dict[str, Pause]:
        """Do everything, and return the longest pauses in ms by what was done."""
        program = self.program
        program.start()
        self._wait(lambda: len(program.navigation.all_paths) == self.images)
        self._step("the labels of the folder are read", lambda: self._wait(lambda: program.auto_labeling.model))
        self._store_detections()
        self._settle()
        self._step("nothing for a second: the machine's own", lambda: self._turn(1.0))
        self._step("open the window", program.image_filter.show)
        dialog: Any = program.image_filter.dialog
        form, results, buttons = dialog.form, dialog.results, dialog.footer.buttons
        self._step("apply, all from stored detections", buttons.apply_button.click)
        self._step("apply again, from the kept answer", buttons.apply_button.click)
        self._step("drag the confidence handle", lambda: self._drag(results.scores))
        self._step("hold an arrow key on it", lambda: self._hold(results.scores))
        self._step("drag the count handle", lambda: self._drag(results.counts))
        self._step("another threshold", lambda: form.counts.least.setValue(0.5))
        self._step("another overlap", lambda: self._then_apply(lambda: form.more.iou.slider.setValue(60)))
        self._step("sort by count", lambda: form.counts.sort_box.setCurrentIndex(1))
        self._step("sort by disagreement", lambda: self._then_apply(lambda: form.counts.sort_box.setCurrentIndex(3)))
        self._step("search classes", lambda: [form.classes.search.setText(text) for text in ("p", "pe", "per", "")])
        self._step("other classes", self._choose_class)
        self._step("by labels", self._by_labels)
        self._step("back to detections, all classes", self._back)
        self._step("scroll the thumbnails", self._scroll)
        for ending in ("txt", "csv", "json"):
            path = str(self.folder.parent / f"r.{ending}")
            self._step(f"export {ending.upper()}", partial(buttons.export_requested.emit, path))
        self._step("copy the paths", buttons.copy_requested.emit)
        self._step("import the JSON as the list", partial(buttons.import_requested.emit, path))
        self._step("clear the filter", buttons.clear_button.click)
        self._touch(100)
        self._step("apply, 100 pictures have changed", buttons.apply_button.click)
        dialog.close()
        program.close()
        program.finish()
        return self.figures

    def _store_detections(self) -> None:
        from anylabeling.codecs import PixelFormat
        from anylabeling.services.auto_labeling.pipeline import decode_for
        from anylabeling.services.filtering.identities import FileSet

        model = self.program.services.models.current
        assert model is not None
        stores = self.program.services.filter_stores()
        identity = stores.identities.identify(model.info)
        assert identity is not None
        paths = self.program.navigation.all_paths
        found = []
        for path in paths[: self.sources]:
            image = decode_for(model, path)
            size = (image.full_width, image.full_height)
            found.append(model.candidates(image.pixels, pixel_format=PixelFormat.RGB, full_size=size))
        files = FileSet.of(paths)
        for number in range(len(paths)):
            stores.detections.put(identity, files, number, found[number % len(found)], iou=0.45)
        stores.detections.flush()

    def _step(self, name: str, action: Callable[[], object]) -> None:
        self._turn(0.2)
        self.heart.reset()
        action()
        self._settle()
        self.figures[name] = wall, own, queued = self.heart.longest
        parts = f"(own time {own:5.1f} ms, waited for a processor {queued:5.1f} ms)"
        print(f"{name:<44} {wall:7.1f} ms  {parts}  {'ok' if wall <= GOAL_MS else 'over 50 ms'}", flush=True)

    def _settle(self) -> None:
        runner, program = self.program.runner, self.program
        names = ("", " preview", " list", " figures", " caches", " labels", " thumbnails", " leftovers")
        lanes = ("export", "survey", *(f"filter{name}" for name in names))
        self._turn(0.3)
        self._wait(lambda: not (program.filter.running or any(runner.busy(lane) for lane in lanes)))
        self._turn(0.5)

    def _drag(self, histogram: Any) -> None:
        from qtpy.QtCore import QPoint, Qt
        from qtpy.QtTest import QTest

        middle = histogram.height() // 2
        start, end = round(histogram.x_of(histogram.handle())), histogram.width() - 20
        QTest.mousePress(histogram, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(start, middle))
        for x in (*range(start, end, 3), *range(end, start, -3)):
            QTest.mouseMove(histogram, QPoint(x, middle))
            self._turn(0.015)
        QTest.mouseRelease(histogram, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(start, middle))

    def _hold(self, histogram: Any) -> None:
        from qtpy.QtCore import Qt
        from qtpy.QtTest import QTest

        for key in [Qt.Key.Key_Right] * 30 + [Qt.Key.Key_Left] * 30:
            QTest.keyClick(histogram, key)
            self._turn(0.03)

    def _choose_class(self) -> None:
        classes = self.program.image_filter.dialog.form.classes  # type: ignore[union-attr]
        classes.selected_radio.click()
        for row in (0, 1, 2):
            classes.picker.clicked.emit(classes.picker.model().index(row, 0))
            self._turn(0.2)

    def _then_apply(self, change: Callable[[], object]) -> None:
        change()
        self.program.image_filter.dialog.footer.buttons.apply_button.click()  # type: ignore[union-attr]

    def _by_labels(self) -> None:
        dialog: Any = self.program.image_filter.dialog
        dialog.form.classes.any_radio.click()
        dialog.form.source.radios["labels"].click()
        dialog.footer.buttons.apply_button.click()

    def _back(self) -> None:
        dialog: Any = self.program.image_filter.dialog
        dialog.footer.buttons.reset_button.click()
        dialog.form.source.radios["detections"].click()
        dialog.footer.buttons.apply_button.click()

    def _scroll(self) -> None:
        view: Any = self.program.image_filter.dialog.results.thumbnails  # type: ignore[union-attr]
        for value in range(0, view.verticalScrollBar().maximum(), 20):
            view.verticalScrollBar().setValue(value)
            self._turn(0.01)

    def _touch(self, number: int) -> None:
        for path in self.program.navigation.all_paths[:: max(1, self.images // number)][:number]:
            content = Path(path).read_bytes()
            Path(path).unlink()  # the bundled picture is another name of the same file
            Path(path).write_bytes(content)

    def _turn(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        self._wait(lambda: time.monotonic() > deadline)

    def _wait(self, condition: Callable[[], object], limit_s: float = 300.0) -> None:
        from qtpy.QtCore import QEventLoop

        deadline = time.monotonic() + limit_s
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError("the program did not get there")
            # The heart wakes it. With a limit in ms, Qt would not wait at all but compete with the threads.
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _label_files(home: Path, number: int) -> list[Path]:
    """Write label files with a few boxes each, for many names to be links to."""
    made = []
    for place in range(number):
        boxes = [(10 + 40 * k, 20 + 30 * place % 90, 60 + 40 * k, 90 + 30 * place % 90) for k in range(1 + place % 5)]
        shapes = [
            {"label": ("cup", "bottle")[k % 2], "shape_type": "rectangle", "points": [[x, y], [right, bottom]]}
            for k, (x, y, right, bottom) in enumerate(boxes)
        ]
        path = home / f"labels-{place}.json"
        path.write_text(
            json.dumps({"version": "5.0.1", "flags": {}, "shapes": shapes, "imagePath": "", "imageData": None})
        )
        made.append(path)
    return made


if __name__ == "__main__":
    sys.exit(main())
