"""What models have in common that find what is typed and run by themselves."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from anylabeling.services.auto_labeling.detection_model import BytesNetwork
from anylabeling.services.auto_labeling.detections import CANDIDATE_FLOOR, Candidates
from anylabeling.services.auto_labeling.model_spec import ModelSpec
from anylabeling.services.auto_labeling.one_by_one import OneByOneModel


class TypedNamesModel(OneByOneModel):
    """Any thread may call it; see ``models.yolo.YoloModel`` for what the members mean."""

    spec: ModelSpec | None = None
    bytes_network: BytesNetwork | None = None
    one_shape = False
    concurrency = 1
    keeps_pictures = True

    def __init__(self, names: tuple[str, ...]) -> None:
        """Look for these names."""
        self._names = names

    @property
    def class_names(self) -> tuple[str, ...]:
        """What is looked for."""
        return self._names

    def finish(self, prepared: Any, output: Any, *, floor: float = CANDIDATE_FLOOR) -> Candidates:
        """Read what was found; third stage."""
        return self._candidates(output, prepared.size, floor)

    @abstractmethod
    def _candidates(self, found: Any, size: tuple[int, int], floor: float) -> Candidates:
        """Return what was found as candidates for a picture of a size."""
