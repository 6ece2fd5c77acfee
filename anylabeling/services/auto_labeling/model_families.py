"""The model families by name. A new family is one file under ``models/`` and one row here."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from anylabeling.errors import ModelError
from anylabeling.translation import tr

if TYPE_CHECKING:
    from anylabeling.services.auto_labeling.backend import BackendOptions
    from anylabeling.services.auto_labeling.detection_model import DetectionModel
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

FAMILIES: tuple[FamilyRow, ...] = (
    FamilyRow("other_exports", f"{_MODELS}.other_exports:identify", f"{_MODELS}.yolo:YoloModel"),
    FamilyRow("yolo", f"{_MODELS}.yolo_layout:identify", f"{_MODELS}.yolo:YoloModel"),
)
"""In the order in which they are asked whether a file is theirs."""


class OpeningFamily(Protocol):
    """A family that opens its models by itself: what runs them is none of the backends."""

    @property
    def name(self) -> str:
        """The family."""

    def find(self, path: str) -> Any:
        """Return what ``open`` needs for a file or address; None when it is not of this family."""

    def open(self, found: Any, options: BackendOptions) -> DetectionModel:
        """Load the model.

        Raises:
            ModelError: When it cannot be loaded.
            BackendError: When what runs it is not there.
            Cancelled: When ``options.cancel`` asks for it.
        """


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """A family of this program that opens its models by itself.

    Attributes:
        name: The family.
        find_target: "module:function", see OpeningFamily.find.
        open_target: "module:function", see OpeningFamily.open.
    """

    name: str
    find_target: str
    open_target: str

    def find(self, path: str) -> Any:
        """See OpeningFamily."""
        return _load(self.find_target)(path)

    def open(self, found: Any, options: BackendOptions) -> DetectionModel:
        """See OpeningFamily."""
        model: DetectionModel = _load(self.open_target)(found, options)
        return model


OPENING_FAMILIES: tuple[OpeningRow, ...] = (
    OpeningRow(
        "grounding_dino",
        f"{_MODELS}.grounding_dino:find_grounding_dino",
        f"{_MODELS}.grounding_dino:open_grounding_dino",
    ),
    OpeningRow("yolo_world", f"{_MODELS}.yolo_world:find_yolo_world", f"{_MODELS}.yolo_world:open_yolo_world"),
    OpeningRow("sam3", f"{_MODELS}.sam3:find_sam3", f"{_MODELS}.sam3:open_sam3"),
    OpeningRow(
        "remote", "anylabeling.services.auto_labeling.remote_config:find_remote", f"{_MODELS}.remote:open_remote"
    ),
)

_providers: list[Callable[[], Iterable[OpeningFamily]]] = []


def add_provider(provider: Callable[[], Iterable[OpeningFamily]]) -> None:
    """Let somebody give more families; it is asked each time that a model is opened."""
    if provider not in _providers:
        _providers.append(provider)


def remove_provider(provider: Callable[[], Iterable[OpeningFamily]]) -> None:
    """Ask somebody no more."""
    if provider in _providers:
        _providers.remove(provider)


def find_opening(path: Path | str) -> tuple[OpeningFamily, Any] | None:
    """Return the family that opens a file or address by itself, and what it needs for that; None for all others.

    Raises:
        ModelError: When a config of such a family makes no sense.
    """
    given = (family for provider in _providers for family in provider())
    for family in (*OPENING_FAMILIES, *given):
        found = family.find(str(path))
        if found is not None:
            return family, found
    return None


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
