"""Figures of a folder or an image, as they cross to the window."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """What is known about the objects of one label.

    Attributes:
        label: The label.
        objects: How many there are.
        images: In how many images.
        width_px: Median width of their boxes in pixels.
        height_px: Median height of their boxes in pixels.
    """

    label: str
    objects: int
    images: int
    width_px: float
    height_px: float


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """The statistics of some images.

    Attributes:
        images: How many there are.
        labelled: Images with at least one object, set flag or tag.
        checked: Images that a person has reviewed.
        broken: Label files that cannot be understood.
        objects: Objects in all.
        classes: By label, the commonest first.
        flags: How many images have each flag.
        tags: How many images have each tag.
        size_edges_px: Edges of the bins of ``sizes``: the square root of the box's area, in pixels.
        sizes: Objects in each bin.
        places: int64 (rows, columns): objects whose centre lies in each cell, from the upper left.
        places_extent_px: Width and height of the area that ``places`` covers.
        per_image: Images with 0, 1, 2 ... objects; the last is "so many or more".
    """

    images: int = 0
    labelled: int = 0
    checked: int = 0
    broken: int = 0
    objects: int = 0
    classes: tuple[ClassFigures, ...] = ()
    flags: tuple[tuple[str, int], ...] = ()
    tags: tuple[tuple[str, int], ...] = ()
    size_edges_px: tuple[float, ...] = ()
    sizes: IntArray = field(default_factory=lambda: np.zeros(0, np.int64))
    places: IntArray = field(default_factory=lambda: np.zeros((0, 0), np.int64))
    places_extent_px: tuple[float, float] = (0.0, 0.0)
    per_image: IntArray = field(default_factory=lambda: np.zeros(0, np.int64))
