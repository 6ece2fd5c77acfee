"""What a task keeps of each object besides its box, so that another choice needs no other run of the model."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from anylabeling import accel
from anylabeling.document.shape import Shape
from anylabeling.messages.auto_labeling import DetectOptions

if TYPE_CHECKING:
    from anylabeling.services.auto_labeling.detections import Detections

Indices = NDArray[np.int64]


class ObjectDetails(ABC):
    """Values for each box, in the order of the boxes; frozen, so that any thread may hold them.

    Attributes:
        gives_flags: Whether what was found marks the image as a whole.
        takes_long: Whether making shapes is too much for a thread that has a window to serve.
    """

    gives_flags: ClassVar[bool] = False
    takes_long: ClassVar[bool] = False

    @abstractmethod
    def take(self, indices: Indices) -> ObjectDetails:
        """Return the details of some of the boxes, in the order of ``indices``."""

    def suppress(
        self,
        boxes: NDArray[np.float32],
        scores: NDArray[np.float32],
        class_ids: NDArray[np.int32],
        options: DetectOptions,
    ) -> Indices:
        """Return which of these objects survive non-maximum suppression, best first.

        Args:
            boxes: float32 (n, 4), left, top, right, bottom.
            scores: float32 (n,), descending.
            class_ids: int32 (n,).
            options: Overlap and the greatest number.
        """
        return accel.nms(boxes, scores, class_ids, options.iou, options.max_detections)

    def moved(self, boxes: NDArray[np.float32], left: float, top: float) -> ObjectDetails:
        """Return the details of objects that were found in a part of a picture, in the picture.

        Args:
            boxes: float32 (n, 4): where they are in the part, left, top, right, bottom within it.
            left: First column of the part, in picture pixels.
            top: Its first row.

        Raises:
            NotImplementedError: When what is known of the objects has no place.
        """
        raise NotImplementedError

    @classmethod
    def joined(cls, parts: Sequence[ObjectDetails], members: Sequence[Indices]) -> ObjectDetails:
        """Return the details of objects that were found in several parts of a picture.

        Args:
            parts: What ``moved`` returned for each part; the rows of all are counted on.
            members: For each object its rows: one, or those of its pieces, best first.

        Raises:
            NotImplementedError: As for ``moved``.
        """
        raise NotImplementedError

    @abstractmethod
    def to_shapes(self, found: Detections, class_names: Sequence[str]) -> list[Shape]:
        """Return the shapes of the objects that were found; those of one object that has several share a group id.

        The group ids count from 1: whoever puts the shapes into an image moves them clear of those that are there.
        """

    def flags(self, found: Detections, class_names: Sequence[str]) -> dict[str, bool]:
        """Return the marks that the objects give to the image as a whole."""
        del found, class_names
        return {}
