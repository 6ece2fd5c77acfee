"""What the filter does with what a model has found in one image; in other processes, where there are many images."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from anylabeling.services.auto_labeling.detections import Candidates, Detections
from anylabeling.services.filtering.detection_store import suppress
from anylabeling.services.filtering.packing import PackedResult
from anylabeling.utils.hashing import hash_file


class Seen(NamedTuple):
    """One image after the model has looked at it.

    Attributes:
        detections: The objects that survive suppression, without details.
        packed: What is to be kept; None when nothing is.
        content_hash: Hash of the file, by which it is recognised after it was moved; empty when it cannot be read.
    """

    detections: Detections
    packed: PackedResult | None = None
    content_hash: str = ""


@dataclass(frozen=True, slots=True)
class FilterWork:
    """What is done with each image; can be pickled.

    Attributes:
        iou: Overlap above which boxes of one class are one object.
        keeps: Whether what was found is to be kept.
    """

    iou: float
    keeps: bool

    def finish(self, path: str, candidates: Candidates) -> Seen:
        """Suppress, and pack what is kept; called on several threads at once."""
        kept = suppress(candidates, self.iou)
        plain = Detections(kept.boxes, kept.scores, kept.class_ids)
        if not self.keeps:
            return Seen(plain)
        try:
            content_hash = hash_file(path)
        except OSError:
            content_hash = ""
        return Seen(plain, PackedResult.of(candidates, kept, self.iou), content_hash)
