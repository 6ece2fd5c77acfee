"""What a YOLO model is made to do, and how many values its boxes have for it."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anylabeling.errors import ModelError
from anylabeling.services.auto_labeling.model_files import MAX_METADATA_CHARS, clean_name
from anylabeling.services.auto_labeling.model_spec import ModelFacts
from anylabeling.services.auto_labeling.models.yolo_pose import COCO_KEY_POINTS
from anylabeling.translation import tr

TASKS = ("detect", "segment", "pose", "obb", "classify")
TASK_WORDS = {
    "detect": "detection",
    "segment": "segmentation",
    "pose": "pose",
    "obb": "oriented-box",
    "classify": "classification",
}

_SUFFIXES = {"seg": "segment", "pose": "pose", "obb": "obb", "cls": "classify"}
_MAX_KEY_POINTS = 1000
_MAX_PROTOTYPES = 1024
_USUAL_PROTOTYPES = 32


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """The task of a model.

    Attributes:
        task: One of TASKS.
        extras: Values that each box has after its classes.
        key_points: How many key points each box has, and values for each (2 or 3); None in other tasks.
        key_point_names: A name for each key point.
    """

    task: str
    extras: int = 0
    key_points: tuple[int, int] | None = None
    key_point_names: tuple[str, ...] = ()


def task_facts(facts: ModelFacts, class_names: tuple[str, ...]) -> TaskFacts:
    """Return the task by the file's metadata, else its config, else the shapes of its outputs.

    Args:
        facts: What the file says.
        class_names: Empty where it does not name them.

    Raises:
        ModelError: When the task is one that this program does not know, or its outputs do not fit the task.
    """
    task = _task(facts, class_names)
    if task == "segment":
        return TaskFacts(task, _prototype_count(facts))
    if task == "obb":
        return TaskFacts(task, 1)
    if task == "pose":
        key_points = _key_points(facts, len(class_names) or 1)
        return TaskFacts(task, key_points[0] * key_points[1], key_points, _key_point_names(facts, key_points[0]))
    return TaskFacts(task)


def has_nms_inside(facts: ModelFacts, extras: int = 0) -> bool:
    """Say whether the model suppresses overlapping boxes itself: each row is a box, a score and a class."""
    if "'nms': True" in facts.metadata.get("args", "") or facts.metadata.get("end2end", "").lower() == "true":
        return True
    if str(facts.config.get("type", "")).lower().startswith("yolov10"):
        return True
    shape = facts.outputs[0].shape if facts.outputs else ()
    # A YOLOv5 with one class has 6 columns as well, but thousands of rows.
    return len(shape) == 3 and shape[2] == 6 + extras and shape[1] is not None and shape[1] <= 1000


def pose_class_names(config: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the class names of a config that lists key points by class; empty for other configs."""
    listed = config.get("classes")
    if isinstance(listed, Mapping) and listed and all(isinstance(points, list) for points in listed.values()):
        return tuple(clean_name(str(name)) or f"class_{index}" for index, name in enumerate(listed))
    return ()


def _task(facts: ModelFacts, class_names: tuple[str, ...]) -> str:
    told = facts.metadata.get("task", "").strip().lower()
    if not told:
        kind = str(facts.config.get("type", "")).lower()
        # Such as yolo11_pose, or yolo11_pose_track of X-AnyLabeling.
        told = next((_SUFFIXES[part] for part in kind.split("_") if part in _SUFFIXES), "")
    axes = len(facts.outputs[0].shape) if facts.outputs else 0
    planes = [output for output in facts.outputs[1:] if len(output.shape) == 4]
    if not told and axes == 3 and any(output.shape[1] == _USUAL_PROTOTYPES for output in planes):
        told = "segment"
    # Any network of two axes looks like a classifier; one that names a class for each number is one.
    if not told and len(facts.outputs) == 1 and axes == 2 and facts.outputs[0].shape[1] == len(class_names):
        told = "classify"
    if not told and "kpt_shape" in facts.metadata:
        told = "pose"
    told = told or "detect"
    if told not in TASKS:
        raise ModelError(
            tr(
                "{name} is made for the task {value!r}, which this version cannot run.",
                name=facts.path.name,
                value=clean_name(told),
            ),
            hint=tr("It runs models for {names}.", names=", ".join(TASKS)),
            details=facts.shapes(),
        )
    return told


def _prototype_count(facts: ModelFacts) -> int:
    planes = [output for output in facts.outputs[1:] if len(output.shape) == 4]
    if len(planes) != 1:
        raise ModelError(
            tr(
                "{name} is a segmentation model with no mask prototypes among its outputs ({value}).",
                name=facts.path.name,
                value=facts.shapes(),
            ),
            hint=tr("Export it again, with all of its outputs."),
        )
    count = planes[0].shape[1]
    return count if count is not None and count <= _MAX_PROTOTYPES else _USUAL_PROTOTYPES


def _key_points(facts: ModelFacts, class_count: int) -> tuple[int, int]:
    told = facts.config.get("kpt_shape") or _literal(facts.metadata.get("kpt_shape", ""))
    if isinstance(told, list | tuple) and len(told) == 2 and all(isinstance(part, int) for part in told):
        count, values = told
        if 0 < count <= _MAX_KEY_POINTS and values in (2, 3):
            return count, values
    names = _listed_key_points(facts)
    shape = facts.outputs[0].shape if facts.outputs else ()
    lengths = [length for length in shape[1:] if length is not None]
    # There are always more boxes than values per box.
    spare = min(lengths, default=0) - 4 - class_count
    for values in (3, 2):
        count = len(names) or spare // values
        if spare > 0 and count * values == spare and count <= _MAX_KEY_POINTS:
            return count, values
    raise ModelError(
        tr(
            "{name} is a pose model that does not say how many key points it has ({value}).",
            name=facts.path.name,
            value=facts.shapes(),
        ),
        hint=tr("Give it a config.yaml with the key kpt_shape, such as [17, 3]."),
    )


def _key_point_names(facts: ModelFacts, count: int) -> tuple[str, ...]:
    listed = _listed_key_points(facts)
    if len(listed) == count:
        return listed
    return COCO_KEY_POINTS if count == len(COCO_KEY_POINTS) else tuple(f"point_{index}" for index in range(count))


def _listed_key_points(facts: ModelFacts) -> tuple[str, ...]:
    """Return the names that a config lists under a class, or that newer exports write into the file; else nothing."""
    config = facts.config
    for told in (config.get("kpt_names"), config.get("classes"), _literal(facts.metadata.get("kpt_names", ""))):
        listed = next(iter(told.values()), None) if isinstance(told, Mapping) else told
        # A plain list under "classes" names classes.
        if isinstance(listed, list | tuple) and (isinstance(told, Mapping) or told is not config.get("classes")):
            names = listed[: _MAX_KEY_POINTS + 1]
            return tuple(clean_name(str(name)) or f"point_{index}" for index, name in enumerate(names))
    return ()


def _literal(text: str) -> object:
    if not text or len(text) > MAX_METADATA_CHARS or not re.match(r"\s*[\[({]", text):
        return None
    try:
        value: object = ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None
    return value
