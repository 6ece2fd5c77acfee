"""A model that outlines what has a colour, as a config.yaml says it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from anylabeling.plugins import Model, ModelSource, PluginError, PredictOptions, ShapeData


class ColourModel(Model):
    """Finds connected areas whose colour lies in a range."""

    task = "segment"

    def __init__(self, colours: Mapping[str, tuple[Sequence[int], Sequence[int]]], least_area: float) -> None:
        self._colours = dict(colours)
        self._least_area = least_area
        self.class_names = tuple(self._colours)
        # What it finds may be kept: two models that say the same find the same.
        self.weights = hashlib.sha256(repr((sorted(self._colours.items()), least_area)).encode()).hexdigest()

    def predict_shapes(self, image: np.ndarray[Any, Any], options: PredictOptions) -> list[ShapeData]:
        """Return a polygon for each area; its score is the share of its box that it fills."""
        import cv2  # noqa: TID251 - the program has set it up by now

        found = []
        for name, (low, high) in self._colours.items():
            mask = cv2.inRange(image, np.array(low, np.uint8), np.array(high, np.uint8))
            outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
            for outline in outlines:
                area = cv2.contourArea(outline)
                if area < self._least_area:
                    continue
                simple = cv2.approxPolyDP(outline, 1.0, True).reshape(-1, 2)
                _, _, width, height = cv2.boundingRect(outline)
                score = float(area / max(1, width * height))
                if len(simple) >= 3 and score > options.floor:
                    found.append(ShapeData("polygon", tuple((float(x), float(y)) for x, y in simple), name, score))
        return found


def load(source: ModelSource) -> ColourModel:
    """Make a model of a config.yaml."""
    colours = source.config.get("colours")
    if not isinstance(colours, dict) or not colours:
        raise PluginError(f"{source.path.name} names no colours: it needs a key such as colours: {{red: [[150, 0, 0], "
                          "[255, 90, 90]]}")  # fmt: skip
    for name, ends in colours.items():
        is_range = isinstance(ends, list) and len(ends) == 2
        if not is_range or not all(isinstance(end, list) and len(end) == 3 for end in ends):
            raise PluginError(f"The colour {name} in {source.path.name} is no range of two colours")
    return ColourModel({str(name): (low, high) for name, (low, high) in colours.items()},
                       float(source.config.get("least_area", 50)))  # fmt: skip
