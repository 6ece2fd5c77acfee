"""What thousands of selected objects cost at once: ``python -m benchmarks.benchmark_bulk_edits [--output FILE.json]``.

Runs the real program on one picture, selects all objects and edits them, takes each edit back and makes it again, while
a timer notes the longest time in which the event loop handled nothing. Needs a display (Xvfb will do).
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks._common import Report, parse_arguments
from benchmarks.benchmark_gui import GOAL_BLOCKED_MS, Bench

SIZE = (4000, 3000)
COUNT = 10_000
VERTICES = 100


def main() -> int:
    """Run all measurements and return the exit code."""
    arguments = parse_arguments(__doc__)
    report = Report("Edits of thousands of objects", output=arguments.output, quick=arguments.quick)
    count = 1000 if arguments.quick else COUNT
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(HOME=home, XDG_CONFIG_HOME=f"{home}/.config", XDG_CACHE_HOME=f"{home}/.cache")
        folder = Path(home) / "picture"
        folder.mkdir()
        _make_picture(folder)
        bench = Bench(folder, report)
        bench.program.settings.set("auto_save", False)  # what saving costs is measured elsewhere
        bench.rest(0.5)
        for what, shapes in (("boxes", _boxes(count)), ("polygons", _polygons(count // 2))):
            Edits(bench, f"{len(shapes):,} {what}", shapes).run(is_boxes=what == "boxes")
        bench.program.window.set_close_guard(lambda: True)
        bench.program.close()
        bench.program.finish()
    report.write(arguments.output)
    return 0


class Edits:
    """The edits of one set of objects."""

    def __init__(self, bench: Bench, what: str, shapes: list[Any]) -> None:
        self.bench = bench
        self.program = bench.program
        self.what = what
        self.shapes = shapes
        self.canvas = self.program.window.canvas

    def run(self, *, is_boxes: bool) -> None:
        """Measure all of them; each begins with all objects as they were and selected."""
        from qtpy.QtCore import Qt
        from qtpy.QtTest import QTest

        from anylabeling.document.shape import ShapeKind

        program, actions = self.program, self.program.window.actions
        documents = program.documents
        self._measure("add", lambda: documents.add(self.shapes, "Add shapes"))
        self.canvas.set_selection(())
        self._measure("select all", self.canvas.select_all, undone=False)
        self._measure("relabel", lambda: program.labels.relabel(self.canvas.selection(), "other"))
        self._measure("move by an arrow key", lambda: QTest.keyClick(self.canvas, Qt.Key.Key_Right))
        self._measure("lock", actions["toggle_lock"].trigger)
        self._measure("group", actions["group_selected_shapes"].trigger)
        self._measure("turn", actions["rotate_right"].trigger)
        self._measure("hide", actions["hide_selected"].trigger)
        if is_boxes:
            self._measure("convert to polygons", lambda: program.shape_editing.convert(self._all(), ShapeKind.POLYGON))
            self._measure("convert to circles", lambda: program.shape_editing.convert(self._all(), ShapeKind.CIRCLE))
        else:
            self._measure("simplify", actions["simplify_shapes"].trigger)
            self._measure("convert to boxes", lambda: program.shape_editing.convert(self._all(), ShapeKind.RECTANGLE))
            self._measure("merge", actions["merge_shapes"].trigger)
        self._measure("duplicate", actions["duplicate"].trigger)
        self._measure("copy", actions["copy"].trigger, undone=False)
        self._measure("paste", actions["paste"].trigger)
        self._measure("delete", actions["delete"].trigger, last=True)

    def _all(self) -> tuple[int, ...]:
        selection: tuple[int, ...] = self.canvas.selection()
        return selection

    def _measure(self, name: str, act: Callable[[], object], *, undone: bool = True, last: bool = False) -> None:
        documents = self.program.documents
        self._settle()
        before = documents.current.document.revision, documents.undo_text()
        self._block(name, act, lambda: not undone or documents.undo_text() != before[1])
        if not undone:
            return
        self._block(f"{name}, undo", documents.undo, lambda: documents.undo_text() == before[1])
        if name == "add" or last:
            self._block(f"{name}, redo", documents.redo, lambda: documents.undo_text() != before[1])
            return
        self.canvas.select_all()

    def _block(self, name: str, act: Callable[[], object], done: Callable[[], bool]) -> None:
        self.bench.pulse.restart()
        act()
        self.bench.wait(done)
        self._settle()
        blocked_ms = self.bench.pulse.longest_ms
        self.bench.report.figure(f"{self.what}: {name}, longest block", blocked_ms, "ms", goal=GOAL_BLOCKED_MS)

    def _settle(self) -> None:
        self.bench.wait(self.canvas.is_settled)
        self.bench.rest(0.05)


def _make_picture(folder: Path) -> None:
    from anylabeling.codecs import PixelFormat, encode_jpeg
    from benchmarks.benchmark_io import photo

    (folder / "a.jpg").write_bytes(encode_jpeg(photo(*SIZE, 2), pixel_format=PixelFormat.BGR))


def _boxes(count: int) -> list[Any]:
    from anylabeling.document.shape import Shape, ShapeKind

    corners = np.random.default_rng(3).uniform(0, (3900, 2900), (count, 2))
    return [
        Shape(ShapeKind.RECTANGLE, np.array([corner, corner + 40]), label=f"c{index % 7}")
        for index, corner in enumerate(corners)
    ]


def _polygons(count: int) -> list[Any]:
    from anylabeling.document.shape import Shape, ShapeKind

    generator = np.random.default_rng(4)
    angles = np.linspace(0, 2 * np.pi, VERTICES, endpoint=False)
    circle = np.stack([np.cos(angles), np.sin(angles)], 1)
    return [
        Shape(
            ShapeKind.POLYGON,
            generator.uniform(60, (3940, 2940)) + circle * generator.uniform(15, 50),
            label=f"c{n % 7}",
        )
        for n in range(count)
    ]


if __name__ == "__main__":
    sys.exit(main())
