"""A very large picture at full resolution: ``python -m benchmarks.benchmark_tiles [--output FILE.json]``.

Makes a JPEG of 20,000 x 12,000 pixels, reads parts of it, and pans over it in the real program while a timer notes the
longest time in which the event loop handled nothing. Needs a display (Xvfb will do).
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks._common import Report, parse_arguments
from benchmarks.benchmark_gui import Bench

if TYPE_CHECKING:
    from qtpy.QtCore import QPoint

GOAL_TILE_MS = 50.0
STEPS = 300


def main() -> int:
    """Run all measurements and return the exit code."""
    arguments = parse_arguments(__doc__)
    report = Report("Very large pictures", output=arguments.output, quick=arguments.quick)
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(HOME=home, XDG_CONFIG_HOME=f"{home}/.config", XDG_CACHE_HOME=f"{home}/.cache")
        folder = Path(home) / "large"
        folder.mkdir()
        path = folder / "large.jpg"
        # Less than the cache takes whole would never be read in tiles.
        _write_large(path, (4, 3) if arguments.quick else (5, 4))
        _read_parts(report, path)
        _pan(report, folder)
    report.write(arguments.output)
    return 0


def _write_large(path: Path, times: tuple[int, int]) -> None:
    """Write a picture of 4,000 x 3,000 pixels so many times across and down."""
    import simplejpeg

    from anylabeling.opencv import cv2

    rng = np.random.default_rng(3)
    part = cv2.resize(rng.integers(0, 256, (300, 400, 3), np.uint8), (4000, 3000), interpolation=cv2.INTER_CUBIC)
    part = np.clip(part + rng.normal(0, 4, part.shape), 0, 255).astype(np.uint8)
    path.write_bytes(simplejpeg.encode_jpeg(np.tile(part, (times[1], times[0], 1)), quality=88))


def _read_parts(report: Report, path: Path) -> None:
    from anylabeling.codecs import region_reader

    reader = region_reader(path)
    if reader is None:
        print("Without the Rust module JPEG is not read in parts.")
        return
    before = _resident_mb()
    started = time.perf_counter()
    reader.read(0, 0, 512, 512)
    report.figure("one pass over the file, and its first tile", time.perf_counter() - started, "s")
    width, height = reader.size(1)
    rng, times = np.random.default_rng(0), []
    for _ in range(200):
        column, row = int(rng.integers(0, width // 512)), int(rng.integers(0, height // 512))
        started = time.perf_counter()
        reader.read(512 * column, 512 * row, 512, 512)
        times.append((time.perf_counter() - started) * 1000)
    report.figure("a tile of 512 x 512", statistics.median(times), "ms", goal=GOAL_TILE_MS)
    report.figure("memory that reading parts takes", _resident_mb() - before, "MB")


def _pan(report: Report, folder: Path) -> None:
    from qtpy.QtCore import QPoint

    bench = Bench(folder, report)
    canvas = bench.program.window.canvas
    bench.rest(3.0)
    tiles = canvas.background.tiles

    def is_sharp() -> bool:
        return bool(tiles.covers(tiles.area(canvas.viewport, canvas.devicePixelRatioF())))

    with bench.measured("zoom to full resolution"):
        canvas.zoom_original()
        bench.wait(is_sharp)
    frames = []
    middle = canvas.rect().center()
    left = canvas.viewport.visible_rect().left()
    with bench.measured("pan over the picture"):
        _mouse(canvas, "MouseButtonPress", middle)
        for step in range(STEPS):
            started = time.perf_counter()
            _mouse(canvas, "MouseMove", middle - QPoint(17 * step, 9 * step))
            canvas.repaint()
            frames.append((time.perf_counter() - started) * 1000)
            bench.rest(0.008)
        _mouse(canvas, "MouseButtonRelease", middle - QPoint(17 * STEPS, 9 * STEPS))
    report.figure("pixels panned across", canvas.viewport.visible_rect().left() - left, "px")
    report.figure("a frame of the pan, median", statistics.median(frames), "ms", goal=16.0)
    started = time.perf_counter()
    bench.wait(is_sharp)
    report.figure("until all is sharp after the pan", (time.perf_counter() - started) * 1000, "ms")
    report.figure("memory of pictures and tiles", bench.program.services.image_cache.stats().used_bytes / 2**20, "MB")
    bench.program.close()
    bench.program.finish()


def _mouse(canvas: Any, kind: str, at: QPoint) -> None:
    from qtpy.QtCore import QEvent, QPointF, Qt
    from qtpy.QtGui import QMouseEvent
    from qtpy.QtWidgets import QApplication

    position, button = QPointF(at), Qt.MouseButton.MiddleButton
    everywhere, none = QPointF(canvas.mapToGlobal(at)), Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(getattr(QEvent.Type, kind), position, everywhere, button, button, none)
    QApplication.sendEvent(canvas, event)


def _resident_mb() -> float:
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    sys.exit(main())
