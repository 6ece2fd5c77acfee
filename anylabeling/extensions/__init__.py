"""Optional compiled modules: what is there, and why not. The program reaches them through ``anylabeling.accel`` only.

Nothing compiled is loaded by importing this package. See README.md in this folder for how to build them.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import TypedDict

BUILD_COMMAND = "python anylabeling/extensions/setup_extensions.py build_ext --inplace"
"""Run in the root of the checkout, after ``pip install cython numpy setuptools``."""

INTERFACE = 1
"""Counts changes of what the modules offer; a module built for another number is not used."""

MODULES = (
    "fast_nms",
    "fast_rotated",
    "fast_polygons",
    "fast_overlaps",
    "fast_transforms",
    "fast_names",
    "fast_pixels",
)

_NOT_BUILT = "it is not built"
_FOLDER = Path(__file__).resolve().parent
_SOURCE_SUFFIXES = (".pyx", ".pxd", ".h")


class ExtensionStatus(TypedDict):
    """What is known of one compiled module.

    Attributes:
        available: Whether it is there and can be used.
        state: "present", "missing" (never built), or "broken" (built, but cannot be used as it is).
        version: Version of the program that it was built for; empty when it is not available.
        reason: Why it is not available, or what to know about it; empty when all is well.
        command: What builds it.
    """

    available: bool
    state: str
    version: str
    reason: str
    command: str


def load(name: str) -> ModuleType:
    """Return one compiled module.

    Raises:
        ImportError: When it was never built, does not load on this machine, or was built for another version of the
            program; the text says which, in words for a person.
    """
    if name not in MODULES:
        raise ImportError(f"there is no compiled module {name}")
    full_name = f"{__name__}.{name}"
    file = _built_file(full_name)
    if file is None:
        raise ImportError(_NOT_BUILT)
    try:
        _check_whole(full_name, file)
        module = importlib.import_module(full_name)
    except Exception as error:  # noqa: BLE001 - a module built elsewhere can fail in any way, and must not be missed
        raise ImportError(f"it does not load here: {type(error).__name__}: {error}") from error
    if getattr(module, "INTERFACE", None) != INTERFACE:
        raise ImportError("it was built for another version of the program: build it again")
    return module


def extensions_available() -> bool:
    """Say whether every compiled module is there and loads."""
    return all(status["available"] for status in get_extension_status().values())


def get_extension_status() -> dict[str, ExtensionStatus]:
    """Return what is known of each compiled module, by its name; never raises. It loads those that are there."""
    return {name: _status(name) for name in MODULES}


def source_digest(folder: Path = _FOLDER) -> str:
    """Return a digest of all sources in a folder; a built module carries the one it was built from."""
    import hashlib  # only who asks for the status needs it

    digest = hashlib.sha256()
    for file in sorted(file for file in folder.iterdir() if file.suffix in _SOURCE_SUFFIXES):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _built_file(full_name: str) -> Path | None:
    try:
        spec = importlib.util.find_spec(full_name)
    except ValueError:  # something without a specification stands in its place
        return None
    return Path(spec.origin) if spec and spec.origin else None


def _check_whole(full_name: str, file: Path) -> None:
    from anylabeling.extensions._elf import is_cut_off  # here, since the build reads this file without the package

    if full_name not in sys.modules and is_cut_off(file):
        raise EOFError("its file is cut off: build it again")


def _status(name: str) -> ExtensionStatus:
    try:
        module = load(name)
    except ImportError as error:
        state = "missing" if str(error) == _NOT_BUILT else "broken"
        return {"available": False, "state": state, "version": "", "reason": str(error), "command": BUILD_COMMAND}
    return {
        "available": True,
        "state": "present",
        # Both can be missing: modules of other ages and hands are found under these names.
        "version": str(getattr(module, "BUILT_FOR", "unknown")),
        "reason": _what_to_know(str(getattr(module, "SOURCE_DIGEST", ""))),
        "command": BUILD_COMMAND,
    }


def _what_to_know(built_from: str) -> str:
    try:
        digest = source_digest()
    except OSError as error:
        return f"whether its source has changed since it was built cannot be told: {error.strerror}"
    return "" if built_from == digest else "its source has changed since it was built"
