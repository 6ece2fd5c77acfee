"""Models that come with a package instead of a file: chosen by name wherever a file is."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anylabeling.messages.models import RAPIDOCR
from anylabeling.services.auto_labeling.backend import Availability, BackendOptions
from anylabeling.services.auto_labeling.detection_model import DetectionModel


@dataclass(frozen=True, slots=True)
class BuiltInRow:
    """Where a model lives.

    Attributes:
        name: What it is chosen by; a key of ``messages.models.BUILT_IN_MODELS``.
        open: "module:function" from a backend's name and BackendOptions to a DetectionModel.
        probe: "module:function" that returns an Availability.
        command: What installs it.
    """

    name: str
    open: str
    probe: str
    command: str


_SERVICES = "anylabeling.services.auto_labeling"

BUILT_INS: tuple[BuiltInRow, ...] = (
    BuiltInRow(
        RAPIDOCR,
        f"{_SERVICES}.models.text:open_text_model",
        f"{_SERVICES}.rapidocr_backend:probe",
        f"{_SERVICES}.rapidocr_backend:INSTALL_COMMAND",
    ),
)
"""A new one is one row here and one in BUILT_IN_MODELS."""


def find_built_in(path: Path | str) -> BuiltInRow | None:
    """Return the model that is meant by a name; None for a file."""
    return next((row for row in BUILT_INS if row.name == str(path)), None)


def open_built_in(row: BuiltInRow, preferred: str, options: BackendOptions) -> DetectionModel:
    """Load a model.

    Raises:
        BackendError: When what it needs is missing or broken.
    """
    function: Callable[[str, BackendOptions], DetectionModel] = _load(row.open)
    return function(preferred, options)


def availability(row: BuiltInRow) -> Availability:
    """Say whether a model can be used here, and why not."""
    function: Callable[[], Availability] = _load(row.probe)
    return function()


def install_command(row: BuiltInRow) -> str:
    """Return the command that installs what a model needs."""
    return str(_load(row.command))


def _load(target: str) -> Any:
    module, _, name = target.partition(":")
    return getattr(importlib.import_module(module), name)
