"""Times what a person feels on the canvas: mouse moves, repaints, zoom, pan, drags, on dense and on large images.

Run it with a display (or under xvfb-run): ``python -m benchmarks.bench_canvas``. It prints one line per figure.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np
from qtpy.QtCore import QEvent, QPointF, Qt
from qtpy.QtGui import QImage, QMouseEvent
from qtpy.QtWidgets import QApplication

from anylabeling.document.document import Document
from anylabeling.document.edits import AddShapes
from anylabeling.document.geometry import rotated_rectangle_corners
from anylabeling.document.masks import mask_shape, stroke
from anylabeling.document.shape import Shape, ShapeKind, as_points
from anylabeling.views.canvas.canvas import Canvas
from anylabeling.views.canvas.handles import ROTATE_HANDLE
from anylabeling.views.canvas.tools.spots import handle_points

SIZE = (1920, 1080)


def dense_polygons(count: int, vertices: int) -> list[Shape]:
    """Return jagged polygons of 30 to 100 pixels across, spread over the image."""
    rng = np.random.default_rng(7)
    shapes = []
    for number in range(count):
        centre = rng.uniform((60, 60), (1860, 1020))
        angles = np.sort(rng.uniform(0, 2 * np.pi, vertices))
        radii = rng.uniform(15, 50) * rng.uniform(0.7, 1, vertices)
        points = centre + radii[:, None] * np.stack([np.cos(angles), np.sin(angles)], axis=1)
        shapes.append(Shape(ShapeKind.POLYGON, points.clip(0, (1919, 1079)), label=f"c{number % 12}"))
    return shapes


def rectangles(count: int) -> list[Shape]:
    """Return rectangles with scores, as a detector finds them."""
    rng = np.random.default_rng(8)
    corners = rng.uniform((0, 0), (1800, 1000), (count, 2))
    sizes = rng.uniform(10, 120, (count, 2))
    return [
        Shape(ShapeKind.RECTANGLE, [corner, corner + size], label=f"c{number % 12}", score=0.5)
        for number, (corner, size) in enumerate(zip(corners, sizes, strict=True))
    ]


def rotated_rectangles(count: int) -> list[Shape]:
    """Return rectangles at all angles."""
    rng = np.random.default_rng(10)
    return [
        Shape(
            ShapeKind.ROTATED_RECTANGLE,
            rotated_rectangle_corners(*rng.uniform((60, 60), (1860, 1020)), *rng.uniform(10, 90, 2), rng.uniform(0, 6)),
            label=f"c{number % 12}",
        )
        for number in range(count)
    ]


class Bench:
    """A canvas on the screen with a document, and ways to time it."""

    def __init__(self, title: str, shapes: list[Shape], image_size: tuple[int, int] = SIZE) -> None:
        self.title = title
        self.canvas = Canvas()
        self.canvas.resize(*SIZE)
        pixels = np.random.default_rng(1).integers(0, 255, (image_size[1], image_size[0], 4), dtype=np.uint8)
        self.pixels = pixels
        self.image = QImage(pixels.data, *image_size, QImage.Format.Format_RGB32)
        self.document = Document()
        self.canvas.edit_requested.connect(self.document.apply)
        self.canvas.show()
        QApplication.processEvents()
        started = time.perf_counter()
        self.canvas.set_image(self.image, image_id=1)
        self.canvas.set_document(Document())
        self.canvas.repaint()
        self.report("first paint of the picture", [time.perf_counter() - started])
        self.canvas.set_document(self.document)
        started = time.perf_counter()
        self.document.apply(AddShapes.on_top(self.document, shapes))
        QApplication.processEvents()
        while not self.canvas.is_settled(roughly=True):
            QApplication.processEvents()
        self.report(f"adding {len(shapes)} shapes until all are seen", [time.perf_counter() - started])
        self.settle()
        self.report(f"adding {len(shapes)} shapes until all are drawn", [time.perf_counter() - started])

    def settle(self) -> None:
        """Wait until everything is drawn."""
        QApplication.processEvents()
        while not self.canvas.is_settled():
            QApplication.processEvents()

    def report(self, what: str, seconds: list[float]) -> None:
        """Print the median and the worst of some times."""
        worst = f"  worst {max(seconds) * 1e3:7.2f}" if len(seconds) > 1 else ""
        print(f"{self.title:28} {what:48} {statistics.median(seconds) * 1e3:8.2f} ms{worst}", flush=True)

    def each(self, what: str, step: Callable[[int], object], count: int = 40) -> None:
        """Time ``count`` calls with their events."""
        seconds = []
        for number in range(count):
            started = time.perf_counter()
            step(number)
            QApplication.processEvents()
            seconds.append(time.perf_counter() - started)
        self.report(what, seconds)
        self.settle()

    def next_picture(self, number: int) -> None:
        """Show another picture of the same size."""
        self.canvas.set_image(QImage(self.image), image_id=number + 2)
        self.canvas.repaint()

    def mouse(self, number: int, kind: QEvent.Type = QEvent.Type.MouseMove, *, down: bool = False) -> None:
        """Send a mouse event along a diagonal."""
        at = QPointF(SIZE[0] * (0.2 + 0.01 * number), SIZE[1] * (0.3 + 0.006 * number))
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        cause = none if kind == QEvent.Type.MouseMove else left
        event = QMouseEvent(kind, at, at, cause, left if down else none, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self.canvas, event)

    def slices(self, what: str, change: Callable[[], object]) -> None:
        """Time a change until all is drawn, and the longest time that the event loop was blocked meanwhile."""
        started = last = time.perf_counter()
        change()
        longest = 0.0
        while True:
            QApplication.processEvents()
            now = time.perf_counter()
            longest, last = max(longest, now - last), now
            if self.canvas.is_settled():
                break
        self.report(f"{what}, until all is drawn", [time.perf_counter() - started])
        self.report(f"{what}, longest block", [longest])


def masks(count: int) -> list[Shape]:
    """Return masks of blobs of 60 to 200 pixels across."""
    rng = np.random.default_rng(9)
    found = []
    for number in range(count):
        path = rng.uniform((60, 60), (1860, 1020)) + rng.uniform(-60, 60, (4, 2))
        mask = mask_shape(stroke([(float(x), float(y)) for x, y in path], float(rng.uniform(8, 30)), SIZE))
        assert mask is not None
        found.append(mask.with_changes(label=f"c{number % 12}"))
    return found


def with_holes(shapes: list[Shape]) -> list[Shape]:
    """Return polygons with a hole each, half as large."""
    centres = [shape.points.mean(axis=0) for shape in shapes]
    return [
        shape.with_changes(holes=(as_points(centre + (shape.points - centre) / 2),))
        for shape, centre in zip(shapes, centres, strict=True)
    ]


_DRAGS = {
    ShapeKind.POLYGON: "drag of a vertex",
    ShapeKind.RECTANGLE: "resize of a rectangle",
    ShapeKind.ROTATED_RECTANGLE: "resize of a rotated rectangle",
}


def drag_vertex(bench: Bench) -> None:
    """Time drags of a selected polygon's vertex or of a rectangle's corner, without and with snapping, and turns."""
    canvas = bench.canvas
    shape = max(bench.document.shapes, key=lambda candidate: len(candidate.points))
    if shape.kind not in _DRAGS:
        return
    canvas.set_selection([shape.uid])
    bench.settle()  # what was selected before is drawn anew
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    ways = [(_DRAGS[shape.kind], 0, False), (f"{_DRAGS[shape.kind]}, snapping", 0, True)]
    if shape.kind is ShapeKind.ROTATED_RECTANGLE:
        ways.append(("turn of a rotated rectangle", ROTATE_HANDLE, False))
    for name, handle, snaps in ways:
        canvas.snapper.enabled = snaps
        item = canvas.scene.item(shape.uid)
        assert item is not None
        start = canvas.to_widget(QPointF(*handle_points(item, canvas.zoom())[handle]))

        def send(kind: QEvent.Type, offset: float, cause: Qt.MouseButton, start: QPointF = start) -> None:
            at = start + QPointF(offset, offset / 2)
            held = none if kind == QEvent.Type.MouseButtonRelease else left
            event = QMouseEvent(kind, at, at, cause, held, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(canvas, event)

        send(QEvent.Type.MouseButtonPress, 0, left)
        bench.each(name, lambda number: send(QEvent.Type.MouseMove, 5 + number, none))
        send(QEvent.Type.MouseButtonRelease, 0, left)
    canvas.snapper.enabled = False


def run(title: str, shapes: list[Shape], image_size: tuple[int, int] = SIZE) -> None:
    """Time one set of shapes."""
    bench = Bench(title, shapes, image_size)
    canvas = bench.canvas
    bench.each("next picture with its repaint", bench.next_picture, 20)
    bench.each("repaint", lambda _: canvas.repaint())
    bench.each("mouse move with its repaint", bench.mouse, 60)
    canvas.set_crosshair(True)
    canvas.set_tool("rectangle")
    bench.each("mouse move with crosshair", bench.mouse, 60)
    canvas.set_tool("select")
    bench.slices("redraw of all", lambda: canvas.set_show_labels(True))
    bench.slices("zoom step", lambda: canvas.set_zoom(canvas.zoom() * 1.25))
    bench.each("pan by 10 px", lambda _: canvas.pan(10, 5))
    bench.each("wheel zoom steps", lambda number: canvas.set_zoom(1.0 + 0.1 * number), 20)
    bench.slices("zoom back", canvas.fit_window)
    if shapes:
        bench.mouse(20, QEvent.Type.MouseButtonPress, down=True)
        bench.each("drag of a shape", lambda number: bench.mouse(20 + number % 20, down=True))
        bench.mouse(0, QEvent.Type.MouseButtonRelease)
        drag_vertex(bench)
        bench.slices("select all", canvas.select_all)
        bench.each("mouse move with all selected", bench.mouse, 60)
    canvas.close()


def main() -> None:
    """Time all sets."""
    app = QApplication([])
    run("500 polygons x 100", dense_polygons(500, 100))
    run("5,000 rectangles", rectangles(5000))
    run("5,000 rotated rectangles", rotated_rectangles(5000))
    run("5,000 polygons x 100", dense_polygons(5000, 100))
    run("500 polygons x 100 with holes", with_holes(dense_polygons(500, 100)))
    run("200 masks", masks(200))
    run("12 megapixels, no shapes", [], (4000, 3000))
    app.quit()


if __name__ == "__main__":
    main()
