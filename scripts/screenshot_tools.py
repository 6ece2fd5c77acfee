"""What the scripts that make screenshots have in common."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def wait(app: Any, condition: Callable[[], object], limit_s: float = 60.0) -> None:
    """Run the event loop until a condition holds.

    Raises:
        TimeoutError: When it does not within the limit.
    """
    deadline = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the program did not get there")
        app.processEvents()
        time.sleep(0.005)


def save(app: Any, widget: Any, path: Path) -> None:
    """Save a picture of a widget once it has come to rest."""
    deadline = time.monotonic() + 0.5
    wait(app, lambda: time.monotonic() > deadline)
    widget.grab().save(str(path))
    print(path)
