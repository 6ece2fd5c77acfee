"""What thousands of selected objects cost at once: ``python -m benchmarks.benchmark_bulk_edits [--output FILE.json]``.

Runs the real program, selects all objects of a picture and edits them, takes each edit back and makes it again, drags
them, goes to another picture that has as many and comes back, while a timer notes the longest time in which the event
loop handled nothing. Needs a display (Xvfb will do). Where other programs took the processors meanwhile, the note says
how much of that time this one was at work.
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
        _make_pictures(folder, count // 2)
        bench = Bench(folder, report)
        bench.program.settings.set("auto_save", False)  # what saving costs is measured elsewhere
        bench.rest(2.0)  # what a start does in the background is measured elsewhere, too
        for what, shapes in (("boxes", _boxes(count)), ("polygons", _polygons(count // 2))):
            edits = Edits(bench, f"{len(shapes):,} {what}", shapes)
            edits.run(is_boxes=what == "boxes")
            edits.pictures()
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
        self._left = 0

    def run(self, *, is_boxes: bool) -> None:
        """Measure all of them; each begins with all objects as they were and selected."""
        from qtpy.QtCore import Qt
        from qtpy.QtTest import QTest

        from anylabeling.document.many import find_boxes
        from anylabeling.document.shape import ShapeKind

        program, actions = self.program, self.program.window.actions
        documents = program.documents
        find_boxes(self.shapes)  # as the thread does that a model or an import runs on
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
        documents.undo()
        self.canvas.select_all()
        actions["group_selected_shapes"].trigger()
        self._measure("ungroup", actions["ungroup_selected_shapes"].trigger)
        self._block(
            "hide all, show all", lambda: [self.program.window.shape_dock.toggle_all_hidden() for _ in range(2)]
        )
        self._select_by_rectangle()
        self._drag_all()

    def pictures(self) -> None:
        """Measure what goes from picture to picture; it ends on the first one, without objects."""
        from qtpy.QtGui import QGuiApplication

        actions = self.program.window.actions
        self.canvas.select_all()
        self._measure("copy", actions["copy"].trigger, undone=False)
        self.bench.rest(0.5)
        self._block("to a picture with as many outlines, first time", lambda: self._go(1), self._arrived)
        self._measure("paste there", actions["paste"].trigger)
        clipboard = QGuiApplication.clipboard()
        assert clipboard is not None
        clipboard.setText(clipboard.text())  # as if another program had put it there
        self._measure("paste what another program copied", actions["paste"].trigger)
        self._block("back again", lambda: self._go(-1), self._arrived)
        self._block("to it again", lambda: self._go(1), self._arrived)
        self._block("back once more", lambda: self._go(-1), self._arrived)
        self.canvas.select_all()
        self._settle()
        actions["delete"].trigger()
        self._settle()

    def _go(self, step: int) -> None:
        self._left = self.canvas.image_id()
        self.program.navigation.step(step)

    def _arrived(self) -> bool:
        return self.canvas.image_id() != self._left

    def _select_by_rectangle(self) -> None:
        """Draw a rectangle over half of the picture, beginning beside it."""
        self.canvas.set_selection(())
        width, height = self.canvas.width(), self.canvas.height()
        ends = [(width * share // 40, height * share // 50) for share in range(1, 25)]
        self._mouse("select by a rectangle", (1, 1), ends)

    def _drag_all(self) -> None:
        """Drag all objects by one of them, where neither a handle nor an edge of any is near."""
        from qtpy.QtCore import QPointF

        from anylabeling.views.canvas.tools.spots import find_spot

        self.canvas.select_all()
        self._settle()
        for x in range(self.canvas.width() // 3, self.canvas.width() // 3 * 2):
            y = self.canvas.height() // 2
            spot = find_spot(self.canvas, QPointF(x, y))
            if spot is not None and spot.handle is None and spot.edge is None:
                self._mouse("drag all", (x, y), [(x + n, y + n // 2) for n in range(1, 25)])
                return
        raise RuntimeError("there is no place where a press would take all objects")

    def _mouse(self, name: str, start: tuple[int, int], way: list[tuple[int, int]]) -> None:
        from qtpy.QtCore import QPoint, Qt
        from qtpy.QtTest import QTest

        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        self._settle()

        def drag() -> None:
            QTest.mousePress(self.canvas, left, none, QPoint(*start))
            for place in way:
                _move_mouse(self.canvas, QPoint(*place))
                self.bench.rest(0.015)
            QTest.mouseRelease(self.canvas, left, none, QPoint(*way[-1]))

        self._block(name, drag)

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

    def _block(self, name: str, act: Callable[[], object], done: Callable[[], bool] = lambda: True) -> None:
        pulse = self.bench.pulse
        pulse.restart()
        act()
        self.bench.wait(done)
        self._settle()
        blocked_ms, busy_ms = pulse.longest_ms, pulse.longest_busy_ms
        note = f"{busy_ms:.0f} ms of it at work" if busy_ms < 0.9 * blocked_ms else ""
        self.bench.report.figure(
            f"{self.what}: {name}, longest block", blocked_ms, "ms", goal=GOAL_BLOCKED_MS, note=note
        )

    def _settle(self) -> None:
        self.bench.wait(lambda: not self.program.bulk_edits.busy() and self.canvas.is_settled())
        self.bench.rest(0.05)


def _move_mouse(canvas: Any, place: Any) -> None:
    from qtpy.QtCore import QEvent, QPointF, Qt
    from qtpy.QtGui import QMouseEvent
    from qtpy.QtWidgets import QApplication

    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    at = QPointF(place)
    event = QMouseEvent(QEvent.Type.MouseMove, at, at, none, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas, event)


def _make_pictures(folder: Path, count: int) -> None:
    """Make two pictures, the second one with the label file of as many outlines."""
    from anylabeling.codecs import PixelFormat, encode_jpeg
    from anylabeling.document.annotation import Annotation
    from anylabeling.document.label_file import write_label_file
    from benchmarks.benchmark_io import photo

    for name, seed in (("a", 2), ("b", 3)):
        (folder / f"{name}.jpg").write_bytes(encode_jpeg(photo(*SIZE, seed), pixel_format=PixelFormat.BGR))
    annotation = Annotation(shapes=tuple(_polygons(count)))
    write_label_file(folder / "b.json", annotation, image_name="b.jpg", image_size=SIZE)


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
