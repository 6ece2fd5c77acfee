"""The model families by name. A new family is one file under ``models/`` and one row here."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from anylabeling.errors import ModelError
from anylabeling.translation import tr

if TYPE_CHECKING:
    from anylabeling.services.auto_labeling.model_spec import ModelFacts, ModelSpec


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """Where a family lives.

    Attributes:
        name: The family.
        identify: "module:function" from ModelFacts to ModelSpec, or to None when the file is not of this family.
        model: "module:class", built from a spec, a backend and the BackendChoice.
    """

    name: str
    identify: str
    model: str


_MODELS = "anylabeling.services.auto_labeling.models"

FAMILIES: tuple[FamilyRow, ...] = (FamilyRow("yolo", f"{_MODELS}.yolo_layout:identify", f"{_MODELS}.yolo:YoloModel"),)
"""In the order in which they are asked whether a file is theirs."""


def identifier(row: FamilyRow) -> Callable[[ModelFacts], ModelSpec | None]:
    """Return the function that says whether a file is of this family."""
    function: Callable[[ModelFacts], ModelSpec | None] = _load(row.identify)
    return function


def model_class(family: str) -> Callable[..., Any]:
    """Return the class of a family's models.

    Raises:
        ModelError: When there is no such family.
    """
    for row in FAMILIES:
        if row.name == family:
            found: Callable[..., Any] = _load(row.model)
            return found
    raise ModelError(tr("There is no model family named {family}.", family=family))


def _load(target: str) -> Any:
    module, _, name = target.partition(":")
    return getattr(importlib.import_module(module), name)
