"""Which implementation of each inner function runs.

Chosen, in this order, by ``use``, by the environment variable ANYLABELING_ACCEL, by the setting, else "auto". Nothing
compiled is loaded before a function is called for the first time.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

logger = logging.getLogger(__name__)

CHOICES = ("auto", "rust", "cython", "numpy")
"""auto: of each function the fastest that is there. Another name: that one where it offers the function, else numpy."""

ENVIRONMENT = "ANYLABELING_ACCEL"

_CYTHON_MODULES = MappingProxyType(
    {
        "iou_matrix": "fast_nms",
        "natural_sort_keys": "fast_names",
        "natural_sorted": "fast_names",
        "nms": "fast_nms",
        "nms_rotated": "fast_rotated",
        "points_in_polygons": "fast_polygons",
        "polygon_areas": "fast_polygons",
        "polygon_bounds": "fast_polygons",
        "polygon_iou": "fast_overlaps",
        "polygon_iou_matrix": "fast_overlaps",
        "polygon_measures": "fast_polygons",
        "polygon_perimeters": "fast_polygons",
        "simplify": "fast_polygons",
        "transform_points": "fast_transforms",
        "unpack_planes": "fast_pixels",
    }
)

_BY_SPEED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {name: ("cython", "rust") if name == "natural_sorted" else ("cython",) for name in _CYTHON_MODULES}
)
"""Compiled implementations of each function, the fastest first; numpy has them all."""


@dataclass(frozen=True, slots=True)
class FunctionStatus:
    """What runs when a function is called.

    Attributes:
        implementation: "rust", "cython" or "numpy".
        reason: Why it is not a faster one; empty when it is the fastest.
    """

    implementation: str
    reason: str


class _Table(dict[str, Callable[..., Any]]):
    """The functions that are in use, found out when they are called first."""

    def __missing__(self, name: str) -> Callable[..., Any]:
        with _lock:
            function, status = _resolve(name)
            self[name] = function
        if status.implementation == "numpy":
            logger.debug("%s runs in numpy: %s", name, status.reason)
        return function


_lock = threading.RLock()
_used: str | None = None
_setting: str | None = None
_refused_value = ""

table = _Table()
"""The function to call by its name, such as ``table["nms"]``."""


def use(name: str | None) -> None:
    """Choose implementations from now on, whatever the environment and the settings say.

    Args:
        name: One of CHOICES; None leaves the choice to them again.

    Raises:
        ValueError: When there is no such choice.
    """
    global _used  # noqa: PLW0603 - one choice for the process
    with _lock:
        _used = None if name is None else _checked(name)
        table.clear()


@contextlib.contextmanager
def using(name: str) -> Iterator[None]:
    """Choose implementations for a block, in all threads.

    Raises:
        ValueError: When there is no such choice.
    """
    before = _used
    use(name)
    try:
        yield
    finally:
        use(before)


def follow_setting(name: str) -> None:
    """Take a value of the setting ``performance.accel``; the environment goes over it.

    Raises:
        ValueError: When there is no such choice.
    """
    global _setting  # noqa: PLW0603 - one choice for the process
    name = _checked(name)
    if name != _setting:
        with _lock:
            _setting = name
            table.clear()


def chosen() -> str:
    """Return which of CHOICES is in force."""
    return _used or _from_environment() or _setting or "auto"


def allows(implementation: str) -> bool:
    """Say whether "rust", "cython" or "numpy" may be used where it is there."""
    return chosen() in ("auto", implementation) or implementation == "numpy"


def status() -> dict[str, FunctionStatus]:
    """Return what runs when each function is called, and why nothing faster. It loads the modules that are there."""
    return {name: _resolve(name)[1] for name in _BY_SPEED}


def _checked(name: str) -> str:
    if name not in CHOICES:
        raise ValueError(f"there is no implementation {name!r}; choose one of {', '.join(CHOICES)}")
    return name


def _from_environment() -> str | None:
    global _refused_value  # noqa: PLW0603 - said once, not at every call
    value = os.environ.get(ENVIRONMENT, "").strip().lower()
    if value in CHOICES:
        return value
    if value and value != _refused_value:
        _refused_value = value
        logger.warning("%s is %r; it takes one of %s", ENVIRONMENT, value, ", ".join(CHOICES))
    return None


def _resolve(name: str) -> tuple[Callable[..., Any], FunctionStatus]:
    reasons = []
    for implementation in _BY_SPEED[name]:
        if not allows(implementation):
            reasons.append(f"{implementation} is not chosen ({chosen()} is)")
            continue
        try:
            function = _compiled(implementation, name)
        except ImportError as error:
            reasons.append(f"{implementation}: {error}")
        else:
            return function, FunctionStatus(implementation, "; ".join(reasons))
    from anylabeling.accel import _numpy

    reference: Callable[..., Any] = getattr(_numpy, name)
    return reference, FunctionStatus("numpy", "; ".join(reasons))


def _compiled(implementation: str, name: str) -> Callable[..., Any]:
    if implementation == "rust":
        from anylabeling import rust_extensions

        module = rust_extensions.load()
    else:
        from anylabeling import extensions

        module = extensions.load(_CYTHON_MODULES[name])
    function: Callable[..., Any] | None = getattr(module, name, None)
    if function is None:
        raise ImportError("it was built before it offered this: build it again")
    return function
