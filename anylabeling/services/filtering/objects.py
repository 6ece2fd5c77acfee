"""The objects of many images in a few arrays, so that a question to 100,000 images is a handful of numpy calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class ObjectTable:
    """Objects, image by image, best first within each.

    Attributes:
        offsets: int64 (images + 1,): image i has the objects offsets[i] to offsets[i + 1].
        boxes: float32 (objects, 4), left, top, right, bottom in picture pixels.
        scores: float32 (objects,); 1 where nobody gave one.
        class_ids: int32 (objects,).
        class_names: Index is the class id.
    """

    offsets: IntArray
    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    class_ids: NDArray[np.int32]
    class_names: tuple[str, ...]

    @classmethod
    def empty(cls, images: int, class_names: tuple[str, ...] = ()) -> ObjectTable:
        """Return a table of images without objects."""
        nothing = np.zeros((0, 4), np.float32), np.zeros(0, np.float32), np.zeros(0, np.int32)
        return cls(np.zeros(images + 1, np.int64), *nothing, class_names)

    @classmethod
    def single(
        cls,
        boxes: NDArray[np.float32],
        scores: NDArray[np.float32],
        class_ids: NDArray[np.int32],
        class_names: tuple[str, ...],
    ) -> ObjectTable:
        """Return a table of one image."""
        return cls(np.array([0, len(boxes)], np.int64), boxes, scores, class_ids, class_names)

    @classmethod
    def join(cls, parts: Sequence[ObjectTable]) -> ObjectTable:
        """Return the images of several tables, one after the other; the class names are those of the first."""
        lengths = np.concatenate([np.diff(part.offsets) for part in parts])
        return cls(
            offsets_of(lengths),
            np.concatenate([part.boxes for part in parts]),
            np.concatenate([part.scores for part in parts]),
            np.concatenate([part.class_ids for part in parts]),
            parts[0].class_names,
        )

    def __len__(self) -> int:
        """Return the number of images."""
        return len(self.offsets) - 1

    @property
    def owners(self) -> IntArray:
        """The image of each object, int64 (objects,)."""
        return np.repeat(np.arange(len(self), dtype=np.int64), np.diff(self.offsets))

    def take(self, images: IntArray) -> ObjectTable:
        """Return a table of some of the images, in the given order."""
        lengths = np.diff(self.offsets)[images]
        rows = rows_of(self.offsets[images], lengths)
        return ObjectTable(
            offsets_of(lengths), self.boxes[rows], self.scores[rows], self.class_ids[rows], self.class_names
        )


def offsets_of(lengths: NDArray[np.integer]) -> IntArray:
    """Return where each of some runs begins, and where the last one ends: int64 (runs + 1,)."""
    offsets = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    return offsets


def rows_of(starts: IntArray, lengths: IntArray) -> IntArray:
    """Return the numbers in several runs, one run after the other, int64."""
    total = int(lengths.sum())
    if not total:
        return np.zeros(0, np.int64)
    ends = np.cumsum(lengths)
    runs: IntArray = np.repeat(starts - (ends - lengths), lengths)
    return np.arange(total, dtype=np.int64) + runs
