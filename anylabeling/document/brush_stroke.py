"""What a brush did between press and release."""

from __future__ import annotations

from dataclasses import dataclass

from anylabeling.document.shape import Points


@dataclass(frozen=True, slots=True, eq=False)
class BrushStroke:
    """A stroke over one shape.

    Attributes:
        uid: The shape.
        path: float64 (n, 2), n >= 1: where the middle of the brush went, in image pixels.
        radius: Of the brush, in image pixels.
        erases: Whether it takes away.
        image_size: Width and height in pixels; nothing is painted outside.
    """

    uid: int
    path: Points
    radius: float
    erases: bool
    image_size: tuple[int, int]
