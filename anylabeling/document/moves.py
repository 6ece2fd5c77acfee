"""Moves of very many shapes, which somebody makes on a thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from anylabeling.document.many import bounds_of_all, moved_all
from anylabeling.document.shape import Shape


@dataclass(frozen=True, slots=True)
class Move:
    """Steps that shapes are to make as a whole.

    Attributes:
        uids: The shapes.
        steps: To the right and down, one after the other, in image pixels.
        name: The step's name for the Edit menu.
        inside: Width and height of the image that the shapes stay in, or None when they may leave it.
        series: See ChangeShapes.
    """

    uids: tuple[int, ...]
    steps: tuple[tuple[float, float], ...]
    name: str
    inside: tuple[float, float] | None = None
    series: str = ""

    def followed_by(self, later: Move) -> Move | None:
        """Return this move and a later one as one, or None when they are not of one series or of other shapes."""
        if not self.series or replace(later, steps=self.steps) != self:
            return None
        return replace(self, steps=self.steps + later.steps)

    def of(self, shapes: Sequence[Shape]) -> list[Shape]:
        """Return the shapes where they are then; none when they stay where they are."""
        if not shapes:
            return []
        boxes = bounds_of_all(shapes)
        low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
        total = np.zeros(2)
        for step in self.steps:
            total += (
                step
                if self.inside is None
                else [
                    limited(step[axis], low[axis] + total[axis], high[axis] + total[axis], self.inside[axis])
                    for axis in (0, 1)
                ]
            )
        return moved_all(shapes, float(total[0]), float(total[1])) if total.any() else []


def limited(step: float, low: float, high: float, size: float) -> float:
    """Return the part of a step along one axis that keeps what reaches from low to high between 0 and a size.

    What already lies outside may come back in but goes no further out.
    """
    return float(min(max(step, min(-low, 0.0)), max(size - high, 0.0)))
