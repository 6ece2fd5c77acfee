"""The one import of openvino, also for packages that would import it by themselves: call this first."""

from __future__ import annotations

import importlib
import sys
import threading
from typing import Any

_REPORTER = "openvino_telemetry"
_importing = threading.Lock()


def import_openvino() -> Any:
    """Import the package without its reports.

    At each import it would tell Google Analytics so, from a fork of the whole process, and leave files in the home
    folder. It does without the package that does this where that package cannot be imported.

    Raises:
        Exception: Whatever a broken installation raises.
    """
    with _importing:
        modules: dict[str, Any] = sys.modules
        is_new = _REPORTER not in modules
        if is_new:
            modules[_REPORTER] = None  # which says to the import system: there is no such module
        try:
            return importlib.import_module("openvino")
        finally:
            if is_new:
                del modules[_REPORTER]
