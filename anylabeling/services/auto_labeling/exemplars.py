"""What a person marks so that everything like it is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anylabeling.document.geometry import CLOSED_KINDS, bounds
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.messages.prompting import BoxMark

NOT_MEANT = "\0not meant"
"""The class of what is like an exemplar that is not meant; no label of a person's."""


@dataclass(frozen=True, slots=True, eq=False)
class Exemplar:
    """An object that others are like, or are not like.

    Attributes:
        shape: Where it is.
        positive: Whether what is like it is wanted; else it is not wanted although it looks like what is.
    """

    shape: Shape
    positive: bool = True

    @property
    def box(self) -> BoxMark:
        """The rectangle around it."""
        return BoxMark(*bounds(self.shape))

    @property
    def is_outlined(self) -> bool:
        """Whether its shape says which pixels belong to it, and not only where it is."""
        return self.shape.kind in CLOSED_KINDS and self.shape.kind is not ShapeKind.RECTANGLE


def can_be_exemplar(shape: Shape, image_size: tuple[int, int]) -> bool:
    """Return whether a shape has an area in the picture."""
    left, top, right, bottom = bounds(shape)
    across = min(right, image_size[0]) - max(left, 0.0)
    down = min(bottom, image_size[1]) - max(top, 0.0)
    return shape.kind in CLOSED_KINDS and across >= 1.0 and down >= 1.0


def boxes_of(exemplars: Sequence[Exemplar], image_size: tuple[int, int]) -> NDArray[np.float32]:
    """Return their rectangles, as far as they lie in the picture: float32 (n, 4), left, top, right, bottom."""
    rows = np.array([bounds(exemplar.shape) for exemplar in exemplars], np.float32).reshape(-1, 4)
    clipped: NDArray[np.float32] = np.clip(rows, 0.0, np.array([*image_size, *image_size], np.float32))
    return clipped
