"""The optional module ``anylabeling_rust``: whether it is there, and why not.

It is a distribution of its own, built from this folder; see README.md here. The program reaches it through
``anylabeling.accel`` only, and nothing compiled is loaded by importing this package.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
from types import ModuleType
from typing import TypedDict

BUILD_COMMAND = "cd anylabeling/rust_extensions && maturin develop --release"
"""Run in the root of the checkout, with Rust from rustup.rs and after ``pip install maturin``."""

VERSION = "0.4.0"
"""The version of ``anylabeling_rust`` that this program works with; the same as in Cargo.toml."""

_MODULE = "anylabeling_rust"


class RustStatus(TypedDict):
    """What is known of the module.

    Attributes:
        available: Whether it is there and can be used.
        state: "present", "missing" (never built), or "broken" (built, but cannot be used as it is).
        version: Its version; empty when it is not there.
        reason: Why it is not available; empty when it is.
        command: What builds it.
    """

    available: bool
    state: str
    version: str
    reason: str
    command: str


@functools.cache
def load() -> ModuleType:
    """Return the module.

    Raises:
        ImportError: When it was never built, does not load on this machine, or has another version; the text says
            which, in words for a person.
    """
    if importlib.util.find_spec(_MODULE) is None:
        raise ImportError("it is not built")
    try:
        module = importlib.import_module(_MODULE)
    except Exception as error:  # noqa: BLE001 - a module built elsewhere can fail in any way, and must not be missed
        raise ImportError(f"it does not load here: {type(error).__name__}: {error}") from error
    found = str(getattr(module, "__version__", "unknown"))
    if found != VERSION:
        raise ImportError(f"its version is {found}, this program needs {VERSION}: build it again")
    return module


def rust_available() -> bool:
    """Say whether the module is there, loads, and has the right version."""
    return get_rust_status()["available"]


def get_rust_status() -> RustStatus:
    """Return what is known of the module; it is loaded where it is there."""
    try:
        module = load()
    except ImportError as error:
        reason = str(error)
        state = "missing" if reason == "it is not built" else "broken"
        return RustStatus(available=False, state=state, version="", reason=reason, command=BUILD_COMMAND)
    return RustStatus(
        available=True, state="present", version=str(module.__version__), reason="", command=BUILD_COMMAND
    )
