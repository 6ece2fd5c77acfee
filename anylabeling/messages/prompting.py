"""What crosses between the canvas, where a person marks an object, and a model that outlines it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray


class OutputKind(str, Enum):
    """What an outlined object becomes."""

    POLYGON = "polygon"
    RECTANGLE = "rectangle"
    ROTATED_RECTANGLE = "rotated_rectangle"


@dataclass(frozen=True, slots=True)
class PointMark:
    """A position that belongs to the object, or does not.

    Attributes:
        x: In image pixels.
        y: In image pixels.
        positive: Whether it belongs to the object.
    """

    x: float
    y: float
    positive: bool = True


@dataclass(frozen=True, slots=True)
class ColorSeed:
    """A pixel whose colour selects what hangs together with it.

    Attributes:
        x: In image pixels.
        y: In image pixels.
        tolerance: How much each channel may differ, 0-255.
        adds: Whether its region is added to the selection, or taken away.
    """

    x: float
    y: float
    tolerance: int
    adds: bool = True


@dataclass(frozen=True, slots=True)
class BoxMark:
    """A rectangle around the object, in image pixels."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class StrokeMark:
    """A line drawn over the object, or over what is not the object.

    Attributes:
        points: Positions along it in image pixels.
        positive: Whether it lies on the object.
    """

    points: tuple[tuple[float, float], ...]
    positive: bool = True


Mark = PointMark | BoxMark | StrokeMark


@dataclass(frozen=True, slots=True, eq=False)
class Mask:
    """Where an object is.

    Attributes:
        logits: float32 (h, w), read-only: above 0 is the object. Only the part around the object is kept.
        left: Position of the first column's left edge in image pixels.
        top: Position of the first row's upper edge in image pixels.
        step_x: Width of a column in image pixels.
        step_y: Height of a row in image pixels.
        score: How good the model thinks that the mask is, 0-1.
        image_size: Width and height of the image in pixels.
    """

    logits: NDArray[np.float32]
    left: float
    top: float
    step_x: float
    step_y: float
    score: float
    image_size: tuple[int, int]

    @property
    def is_empty(self) -> bool:
        """Whether no object was found."""
        return self.logits.size == 0
