"""What the window needs to know about a model and what runs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

AUTO = "auto"
"""In place of a backend's name: the best one that works here."""
RAPIDOCR = "rapidocr"
BUILT_IN_MODELS: Mapping[str, str] = {RAPIDOCR: "Text (PP-OCR)"}
"""Models that come with a package: what they are chosen by in place of a file, and what people call them."""


@dataclass(frozen=True, slots=True)
class BackendChoice:
    """Which runtime was taken and why not the others.

    Attributes:
        backend: Short name, such as "onnx-cpu".
        device: Where it runs, such as "CPU" or "CUDA".
        rejected: Pairs of backend and reason for each one that was looked at before and not taken.
        notice: A sentence when something better is possible (a GPU that is not used); may be empty.
    """

    backend: str
    device: str
    rejected: tuple[tuple[str, str], ...] = ()
    notice: str = ""


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A loaded model.

    Attributes:
        name: For people, such as "yolo11n".
        path: The weights file, or the name of a built-in model.
        family: The model family, such as "yolo".
        task: What it does: "detect", "segment", "pose", "obb" (boxes at any angle), "classify" or "text".
        layout: The output layout that was recognised, such as "yolov8" or "end2end".
        class_names: Index is the class id.
        input_width: Pixels, or the default where the model takes any size.
        input_height: Pixels.
        dynamic_batch: Whether several images fit into one call.
        choice: Which backend runs it.
        has_iou: Whether an overlap is asked for; not where the model has removed overlapping boxes, or finds none.
        weights: What tells the weights that were loaded from others, whatever lies under ``path`` by now.
        is_agnostic: Whether boxes of different classes that overlap are one object.
    """

    name: str
    path: str
    family: str
    task: str
    layout: str
    class_names: tuple[str, ...]
    input_width: int
    input_height: int
    dynamic_batch: bool
    choice: BackendChoice
    has_iou: bool = True
    weights: str = ""
    is_agnostic: bool = False
