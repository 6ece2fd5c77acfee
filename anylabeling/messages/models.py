"""What the window needs to know about a model and what runs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import unquote

from anylabeling.messages.auto_labeling import Tiling

AUTO = "auto"
"""In place of a backend's name: the best one that works here."""
RAPIDOCR = "rapidocr"
BUILT_IN_MODELS: Mapping[str, str] = {RAPIDOCR: "Text (PP-OCR)"}
"""Models that come with a package: what they are chosen by in place of a file, and what people call them."""
UNKNOWN_WEIGHTS = "?"
"""In place of what tells a model's weights from others, where nobody can: what it finds is not kept."""


def is_address(model: str) -> bool:
    """Return whether a model is named by the address of a server that runs it, and not by a file."""
    return model.lower().startswith(("http://", "https://"))


def short_name(model: str) -> str:
    """Return what a model is called in a list: the stem of its file, or its name and the server that runs it."""
    if not is_address(model):
        return PurePath(model).stem
    host, _, name = model.partition("#")[0].rstrip("/").partition("://")[2].partition("/")
    return f"{unquote(name.rpartition('/')[2])} ({host})" if name else host


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
        path: The weights file, the name of a built-in model, or the address of a model on a server.
        family: The model family, such as "yolo".
        task: What it does: "detect", "segment", "pose", "obb" (boxes at any angle), "classify" or "text".
        layout: The output layout that was recognised, such as "yolov8" or "end2end".
        class_names: Index is the class id.
        input_width: Pixels, or the default where the model takes any size.
        input_height: Pixels.
        dynamic_batch: Whether several images fit into one call.
        choice: Which backend runs it.
        has_iou: Whether an overlap is asked for; not where the model has removed overlapping boxes, or finds none.
        weights: What tells the weights that were loaded from others, whatever lies under ``path`` by now; may be
            UNKNOWN_WEIGHTS.
        is_agnostic: Whether boxes of different classes that overlap are one object.
        tiling: The tiles in which it looks at large pictures; None where it sees them whole only.
        can_tile: Whether it can look at tiles.
        takes_text: Whether it finds what is typed: its classes are those that it was given last.
        finds_alike: Whether it finds everything on a picture that is like an object which is marked on it.
        keeps_alike: Whether it goes on to find what is like that on other pictures.
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
    tiling: Tiling | None = None
    can_tile: bool = False
    takes_text: bool = False
    finds_alike: bool = False
    keeps_alike: bool = False
