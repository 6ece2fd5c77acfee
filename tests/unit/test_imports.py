"""Importing what lies below the window loads neither Qt, nor a runtime, nor anything else that is slow to load.

The import contracts in pyproject.toml see import statements; these tests see what really happens, imports by string
included, in an interpreter that has imported nothing else.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import anylabeling

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PACKAGE = Path(anylabeling.__file__).parent
PROJECT = PACKAGE.parent

WINDOW_ROOMS = {"app", "bootstrap", "controllers", "qt", "views"}
QT = {"PyQt5", "PyQt6", "PySide2", "PySide6", "qtpy", "sip"}
RUNTIMES = {"onnxruntime", "openvino", "tensorrt", "tensorrt_rtx", "torch", "torchvision", "ultralytics", "ray"}
# What the window shows its first picture without: imported by whoever uses it, when it is used.
LATE = (
    "anylabeling.cli",
    "anylabeling.controllers.training",
    "anylabeling.messages.diagnostics",
    "anylabeling.messages.filtering",
    "anylabeling.messages.labels",
    "anylabeling.messages.statistics",
    "anylabeling.plugins",
    "anylabeling.messages.training",
    "anylabeling.services.auto_labeling.assistants",
    "anylabeling.services.auto_labeling.backend",
    "anylabeling.services.auto_labeling.backend_registry",
    "anylabeling.services.auto_labeling.detections",
    "anylabeling.services.auto_labeling.embeddings",
    "anylabeling.services.auto_labeling.model_spec",
    "anylabeling.services.auto_labeling.models",
    "anylabeling.services.auto_labeling.pipeline",
    "anylabeling.services.auto_labeling.preprocess",
    "anylabeling.services.auto_labeling.runtime_info",
    "anylabeling.services.dataset.folder_change",
    "anylabeling.services.dataset.folder_journal",
    "anylabeling.services.dataset.label_index",
    "anylabeling.services.dataset.statistics",
    "anylabeling.services.filtering.",
    "anylabeling.services.training",
    "anylabeling.views.dialogs.",
    "csv",
    "multiprocessing",
    "sqlite3",
    "subprocess",
    "tempfile",
    "zipfile",
)
SLOW_TO_LOAD = {"cv2", "onnx", "PIL", "simplejpeg", "ruamel", "shapely"}
THREAD_MAKERS = {
    "Thread",
    "Timer",
    "ThreadPoolExecutor",
    "ProcessPoolExecutor",
    "ThreadPool",
    "Pool",
    "QThread",
    "QThreadPool",
}
THREAD_ROOMS = {"qt/task_runner.py", "utils/parallel.py"}


def python_files() -> list[Path]:
    """Return the source files of the package, those of namespace folders such as resources included."""
    return sorted(PACKAGE.rglob("*.py"))


def module_name(file: Path) -> str:
    parts = file.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(file: Path) -> str:
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def modules_below_the_window() -> list[str]:
    return [module_name(file) for file in python_files() if room_of(file) not in WINDOW_ROOMS]


def loaded_after_importing(modules: list[str]) -> set[str]:
    """Return the top-level names in sys.modules after importing the modules in a fresh interpreter."""
    return {name.partition(".")[0] for name in all_loaded_after_importing(modules)}


def all_loaded_after_importing(modules: list[str]) -> set[str]:
    """Return all of sys.modules after importing the modules in a fresh interpreter."""
    code = (
        "import importlib, json, sys\n"
        "for name in json.loads(sys.argv[1]):\n"
        "    importlib.import_module(name)\n"
        "print(json.dumps(sorted(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(modules)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


def late_among(loaded: set[str]) -> list[str]:
    """Return the modules that belong to LATE; a name that ends with a dot stands for what is inside of a package."""
    inside = tuple(f"{name}.".replace("..", ".") for name in LATE)
    return sorted(name for name in loaded if name in LATE or name.startswith(inside))


def contract(contract_id: str) -> dict[str, Any]:
    declared = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts: list[dict[str, Any]] = declared["tool"]["importlinter"]["contracts"]
    return next(entry for entry in contracts if entry["id"] == contract_id)


def test_the_rooms_below_the_window_load_neither_qt_nor_a_runtime() -> None:
    modules = modules_below_the_window()
    assert {"anylabeling.document", "anylabeling.services", "anylabeling.utils"} <= set(modules)
    assert loaded_after_importing(modules) & (QT | RUNTIMES) == set()


def test_slow_libraries_are_loaded_when_they_are_used() -> None:
    modules = [name for name in modules_below_the_window() if name != "anylabeling.opencv"]
    assert loaded_after_importing(modules) & SLOW_TO_LOAD == set()


def test_the_window_itself_starts_without_slow_libraries_and_runtimes() -> None:
    modules = [module_name(file) for file in python_files() if module_name(file) != "anylabeling.opencv"]
    loaded = loaded_after_importing(modules)
    assert "qtpy" in loaded
    assert loaded & (SLOW_TO_LOAD | RUNTIMES) == set()


def test_the_program_is_imported_without_what_its_first_picture_does_not_need() -> None:
    loaded = all_loaded_after_importing(["anylabeling.app", "anylabeling.bootstrap"])
    assert "anylabeling.views.main_window" in loaded
    # QtPy asks what system this is, for which Python 3.10 loads subprocess.
    assert late_among(loaded - all_loaded_after_importing(["qtpy"])) == []


def test_the_names_of_what_comes_late_are_right() -> None:
    every = {module_name(file) for file in python_files()} | sys.stdlib_module_names
    assert [name for name in LATE if not any(f"{other}.".startswith(name.rstrip(".") + ".") for other in every)] == []


def test_the_contract_against_qt_names_every_room_below_the_window() -> None:
    named = set(contract("no-qt-below-qt")["source_modules"])
    rooms = {f"anylabeling.{room_of(file)}" for file in python_files()}
    beside = {f"anylabeling.{name}" for name in (*WINDOW_ROOMS, "__init__", "__main__", "resources")}
    assert rooms - beside - named == set()


def test_threads_are_made_in_two_places_only() -> None:
    made = []
    for file in python_files():
        path = file.relative_to(PACKAGE).as_posix()
        if path in THREAD_ROOMS:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            name = getattr(called, "attr", "") or getattr(called, "id", "")
            if name in THREAD_MAKERS:
                made.append(f"{path}:{node.lineno} {name}")
    assert made == []
