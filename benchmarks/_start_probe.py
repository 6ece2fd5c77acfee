"""Started by benchmark_startup.py in a process of its own: opens the program or a bare window, says what came when.

Arguments: "program" or "bare", the moment of the start by the system's clock that only goes forward, what to open, and
how many images the list will hold. Prints one line of JSON with seconds since that moment, and megabytes.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

LIMIT_S = 60.0


def main() -> None:
    """Open what is asked for and print the figures."""
    kind, started, path, count = sys.argv[1], float(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    figures = bare_window(path) if kind == "bare" else program(path, count)
    for name in [name for name in figures if name.endswith("_s")]:
        figures[name] -= started
    print(json.dumps(figures), flush=True)
    # Not the program's end: what it still does is not what is measured.
    os._exit(0)


def bare_window(path: str) -> dict[str, float]:
    """Show one picture in a window that has nothing else."""
    import numpy as np  # noqa: F401 - the program needs it before the first picture
    from qtpy.QtGui import QPixmap
    from qtpy.QtWidgets import QApplication, QLabel, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    label = QLabel()
    label.setPixmap(QPixmap(path))
    window.setCentralWidget(label)
    window.resize(1400, 900)
    window.show()
    app.processEvents()
    label.repaint()
    return {"first_picture_s": time.monotonic(), "memory_mb": memory_mb()}


def program(path: str, count: int) -> dict[str, float]:
    """Run the program's own entry, with its event loop turned here until picture and list are there."""
    from qtpy.QtWidgets import QApplication

    figures: dict[str, float] = {}

    def drive(*_: Any) -> int:
        from qtpy.QtWidgets import QAbstractItemView

        from anylabeling.views.canvas.canvas import Canvas

        app: Any = QApplication.instance()
        window = max(app.topLevelWidgets(), key=lambda widget: widget.width() * widget.height())
        canvas = window.findChildren(Canvas)[0]
        models = [view.model() for view in window.findChildren(QAbstractItemView) if view.model() is not None]
        figures["window_s"] = time.monotonic()
        wait(app, canvas.image_id)
        canvas.repaint()
        figures["first_picture_s"] = time.monotonic()
        figures["memory_mb"] = memory_mb()
        wait(app, lambda: any(model.rowCount() == count for model in models))
        figures["whole_list_s"] = time.monotonic()
        return 0

    for name in ("exec", "exec_"):
        if hasattr(QApplication, name):
            setattr(QApplication, name, staticmethod(drive))
    from anylabeling.app import main as open_window

    open_window([path, "--logger-level", "error"])
    return figures


def wait(app: Any, condition: Callable[[], object]) -> None:
    """Turn the event loop until something holds."""
    end = time.monotonic() + LIMIT_S
    while not condition():
        if time.monotonic() > end:
            sys.exit("the program did not get there")
        app.processEvents()
        time.sleep(0.0005)


def memory_mb() -> float:
    """Return the memory of this process that is in use, 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    main()
