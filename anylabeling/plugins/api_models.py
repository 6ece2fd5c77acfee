"""What a plug-in that brings models is made of."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from anylabeling.plugins.api_values import Picture, ShapeData


@dataclass(frozen=True, slots=True)
class PredictOptions:
    """What is asked of a model.

    Attributes:
        floor: The least score that is of use. The person's own threshold is applied later, and may change without
            another call, so everything above the floor is wanted.
        typed: What the person typed, for a model that ``takes_text``: it is to find this, by these names.
        is_cancelled: Says whether the person does not want the answer any more. What takes long asks it now and then
            and returns, with whatever.
    """

    floor: float = 0.05
    typed: tuple[str, ...] = ()
    is_cancelled: Callable[[], bool] = bool


@dataclass(frozen=True, slots=True)
class ModelSource:
    """What a model is to be loaded from.

    Attributes:
        path: The file that the person chose: a config.yaml, or a file of the family.
        config: What a config.yaml says; empty for another file.
    """

    path: Path
    config: Mapping[str, Any] = field(default_factory=dict)


class Model(ABC):
    """A loaded model. Its methods are called on threads of the program, as many at once as ``concurrency`` says.

    Attributes:
        class_names: All classes; empty where they are known only once they are found.
        task: "detect", "segment", "pose", "obb" or "text": what the program calls the model.
        device: Where it runs, for people.
        weights: What tells it from a model that finds something else, such as a digest of its file; empty where nobody
            can tell. Only with it the program remembers what was found.
        batch_size: The most pictures in one call that it gains by.
        concurrency: How many calls may run at once.
        max_side_px: Larger pictures are made smaller for it; 0 for no limit.
        tile_px: Side of the parts in which it looks at large pictures, where the person wants tiles; 0 where it cannot.
        takes_text: Whether it finds what is typed; see ``PredictOptions.typed``.
        removes_overlaps: Whether objects that overlap are gone from what it returns; else the program removes them, as
            the person wants it.
    """

    class_names: Sequence[str] = ()
    task: str = "detect"
    device: str = "CPU"
    weights: str = ""
    batch_size: int = 1
    concurrency: int = 1
    max_side_px: int = 0
    tile_px: int = 0
    takes_text: bool = False
    removes_overlaps: bool = True

    @abstractmethod
    def predict_shapes(self, image: Picture, options: PredictOptions) -> Sequence[ShapeData]:
        """Return the objects in a picture, in pixels of ``image``; those with the same group_id are one object.

        Args:
            image: uint8 (height, width, 3), RGB, not to be written to.
            options: What is asked.

        Raises:
            PluginError: When it fails at this picture, for a reason that the person can understand.
        """

    def predict_shapes_batch(self, images: Sequence[Picture], options: PredictOptions) -> list[Sequence[ShapeData]]:
        """Return the objects in each of some pictures, which may differ in size."""
        return [self.predict_shapes(image, options) for image in images]

    def close(self) -> None:  # noqa: B027 - most have nothing to free
        """Free what it holds; called once, when nobody uses it any more."""


@dataclass(frozen=True, slots=True)
class ModelFamily:
    """A kind of models.

    Attributes:
        name: The ``type`` of a config.yaml that names such a model; small letters, digits and underscores.
        title: For people.
        load: Loads a model; raises PluginError when it cannot be loaded.
        suffixes: Endings of files that are such models by themselves, such as ".myw".
        matches: Looks at a file with one of these endings and says whether it is one; None takes all of them.
    """

    name: str
    title: str
    load: Callable[[ModelSource], Model]
    suffixes: tuple[str, ...] = ()
    matches: Callable[[Path], bool] | None = None
