"""What goes over the wire between a server of models and its clients: how it is written, and what is believed of it.

The paths and the frame of the answers are those of X-AnyLabeling-Server (0.0.10), so that clients and servers of either
program understand each other; what is beyond them stands under keys that the other one passes over.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import orjson

from anylabeling.document.label_reader import parse_annotation
from anylabeling.document.label_writer import shape_record
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.errors import LabelFileError
from anylabeling.messages.auto_labeling import SuggestedOptions
from anylabeling.services.auto_labeling.detections import MAX_CANDIDATES, Candidates
from anylabeling.services.auto_labeling.model_files import MAX_CLASSES, clean_name
from anylabeling.services.auto_labeling.models.yolo_classify import ClassDetails
from anylabeling.services.auto_labeling.object_details import ObjectDetails
from anylabeling.services.auto_labeling.shape_candidates import NameTable, candidates_of, scaled

PROTOCOL = 1
"""Goes up when clients of before would misunderstand an answer."""
OURS = "anylabeling"
"""Key under which stands what X-AnyLabeling-Server does not have."""
LOOSE_IOU = 0.9
"""Objects that overlap by more are one in any case; the rest is decided where the person is."""

MODELS_PATH, PREDICT_PATH, HEALTH_PATH = "/v1/models", "/v1/predict", "/health"
KEY_HEADER = "Token"

_MAX_POINTS = 1_000_000
_MAX_MODELS = 1000
_MAX_TEXT = 10_000
_SHAPE_KEYS = frozenset(
    {"label", "shape_type", "points", "score", "group_id", "text", "description", "difficult", "direction",
     "attributes", "holes", "x_shape"}
)  # fmt: skip
_TASKS = frozenset({"detect", "segment", "pose", "obb", "classify", "text", "prompt"})


class WireError(ValueError):
    """An answer makes no sense; the message is a part of a sentence."""


@dataclass(frozen=True, slots=True)
class RemoteModelInfo:
    """A model as its server describes it.

    Attributes:
        id: Its name in requests.
        title: For people.
        task: As in ModelInfo; empty where the server does not say.
        classes: Index is the class id; None where the server does not say.
        weights: What tells its weights from others; empty where the server does not say.
        min_side_px: The long side that a picture has to keep; 0 for all of it.
        has_iou: Whether an overlap is asked for.
        has_confidence: Whether a least score can be asked for.
        is_agnostic: Whether boxes of different classes that overlap are one object.
        input_width: Pixels, or 0.
        input_height: Pixels, or 0.
        suggested: What it says about which detections count.
        device: Where it runs.
        takes_text: Whether it finds what is typed.
        is_ours: Whether the server is one of this program.
    """

    id: str
    title: str
    task: str = ""
    classes: tuple[str, ...] | None = None
    weights: str = ""
    min_side_px: int = 0
    has_iou: bool = True
    has_confidence: bool = True
    is_agnostic: bool = False
    input_width: int = 0
    input_height: int = 0
    suggested: SuggestedOptions = SuggestedOptions()
    device: str = ""
    takes_text: bool = False
    is_ours: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a server found in one picture, before it is known which picture that was.

    Attributes:
        data: The content under "data".
        weights: What tells the weights that were used from others; may be empty.
    """

    data: Mapping[str, Any] = field(default_factory=dict)
    weights: str = ""


def encode(value: Any) -> bytes:
    """Return JSON; arrays of numbers are written as lists."""
    return orjson.dumps(value, option=orjson.OPT_SERIALIZE_NUMPY)


def decode(body: bytes) -> dict[str, Any]:
    """Return the object in an answer.

    Raises:
        WireError: When it is none.
    """
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise WireError("it is no JSON") from error
    if not isinstance(value, dict):
        raise WireError("it is no object")
    return value


def failure(code: str, message: str) -> bytes:
    """Return the body of an answer that refuses."""
    return encode({"success": False, "error": {"code": code, "message": message}})


def success(data: Any) -> bytes:
    """Return the body of an answer that gives what was asked for."""
    return encode({"success": True, "data": data, OURS: {"protocol": PROTOCOL}})


# What a server writes


def shape_rows(shapes: Sequence[Shape]) -> list[dict[str, Any]]:
    """Return shapes as rows; a rectangle has its four corners, as clients of X-AnyLabeling want it."""
    rows = []
    for shape in shapes:
        row = shape_record(shape)
        if shape.kind is ShapeKind.RECTANGLE:
            (left, top), (right, bottom) = shape.points
            row["points"] = [[left, top], [right, top], [right, bottom], [left, bottom]]
        elif shape.kind is ShapeKind.ROTATED_RECTANGLE:
            row = {**row, "shape_type": "rotation", "direction": _direction(shape)}
            row.pop("x_shape", None)
        rows.append(row)
    return rows


def candidate_data(found: Candidates, shapes: Sequence[Shape] | None) -> dict[str, Any]:
    """Return every candidate: boxes, scores and classes, or the shapes that they stand for.

    Args:
        found: The candidates.
        shapes: Their shapes, where a box does not say all; None else.
    """
    data: dict[str, Any] = {"is_suppressed": found.is_suppressed, "is_agnostic": found.is_agnostic}
    if shapes is not None:
        return {**data, "shapes": shape_rows(shapes)}
    return {
        **data,
        "boxes": np.ascontiguousarray(found.boxes),
        "scores": np.ascontiguousarray(found.scores),
        "class_ids": np.ascontiguousarray(found.class_ids),
    }


# What a client believes


def read_models(body: Mapping[str, Any]) -> tuple[RemoteModelInfo, ...]:
    """Return the models of a server.

    Raises:
        WireError: When the answer is none.
    """
    data = body.get("data")
    if not isinstance(data, Mapping) or len(data) > _MAX_MODELS:
        raise WireError("it holds no list of models")
    return tuple(_read_model(str(name), row) for name, row in data.items() if isinstance(row, Mapping))


def read_answer(body: Mapping[str, Any]) -> Answer:
    """Return what a server found.

    Raises:
        WireError: When the answer holds nothing of the kind.
    """
    data = body.get("data")
    if not isinstance(data, Mapping):
        raise WireError("it holds no objects")
    weights = data.get("weights")
    return Answer(data, weights if isinstance(weights, str) else "")


def candidates_in(
    answer: Answer, table: NameTable, size: tuple[int, int], scale: tuple[float, float], *, floor: float, has_iou: bool
) -> Candidates:
    """Return what a server found as candidates.

    Args:
        answer: What it said.
        table: The classes of the model.
        size: Width and height of the whole picture in pixels.
        scale: What its coordinates are multiplied by, across and down, to be pixels of that picture.
        floor: The least score.
        has_iou: Whether overlapping objects are still to be removed where it does not say.

    Raises:
        WireError: When it makes no sense: other numbers than there should be, coordinates outside of the picture.
    """
    data = answer.data
    suppressed = data.get("is_suppressed")
    is_suppressed = bool(suppressed) if isinstance(suppressed, bool) else not has_iou
    if "boxes" in data:
        return _boxes(data, table, size, floor, is_suppressed=is_suppressed)
    shapes = read_shapes(data.get("shapes"), size, scale)
    return candidates_of(shapes, table, size, floor=floor, is_suppressed=is_suppressed)


def read_shapes(rows: Any, size: tuple[int, int], scale: tuple[float, float] = (1.0, 1.0)) -> tuple[Shape, ...]:
    """Return shapes that a stranger wrote.

    Args:
        rows: The list of shapes.
        size: Width and height of the picture in pixels; nothing may lie farther from it than it is large.
        scale: What the coordinates are multiplied by, across and down.

    Raises:
        WireError: When they make no sense.
    """
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise WireError("it holds no list of shapes")
    if len(rows) > MAX_CANDIDATES:
        raise WireError(f"it holds {len(rows):,} shapes")
    points = sum(len(row["points"]) for row in rows if isinstance(row.get("points"), list))
    if points > _MAX_POINTS:
        raise WireError(f"it holds {points:,} points")
    kept = [{key: value for key, value in row.items() if key in _SHAPE_KEYS and value is not None} for row in rows]
    try:
        shapes = parse_annotation(orjson.dumps({"shapes": kept}), "answer").shapes
    except (LabelFileError, orjson.JSONEncodeError) as error:
        raise WireError(str(getattr(error, "user_text", error)).partition(": ")[2] or "a shape is none") from error
    return tuple(_placed(shape, size, scale) for shape in shapes)


def _read_model(name: str, row: Mapping[str, Any]) -> RemoteModelInfo:
    ours = row.get(OURS)
    if isinstance(ours, Mapping):
        return _read_ours(name, row, ours)
    widgets = row.get("widgets")
    values = {}
    for widget in widgets if isinstance(widgets, list) else ():
        if isinstance(widget, Mapping) and isinstance(widget.get("name"), str):
            values[widget["name"]] = widget.get("value")
    return RemoteModelInfo(
        id=name,
        title=_text(row.get("display_name")) or clean_name(name),
        classes=_classes(row.get("classes")),
        has_iou="edit_iou" in values,
        has_confidence="edit_conf" in values,
        takes_text=row.get("batch_processing_mode") == "text_prompt",
        suggested=SuggestedOptions(_share(values.get("edit_conf")), _share(values.get("edit_iou"))),
    )


def _read_ours(name: str, row: Mapping[str, Any], ours: Mapping[str, Any]) -> RemoteModelInfo:
    task = ours.get("task")
    return RemoteModelInfo(
        id=name,
        title=_text(row.get("display_name")) or clean_name(name),
        task=task if task in _TASKS else "",
        classes=_classes(ours.get("classes")),
        weights=_text(ours.get("weights")),
        min_side_px=_whole(ours.get("min_side_px"), 1 << 16),
        has_iou=ours.get("has_iou") is not False,
        is_agnostic=ours.get("is_agnostic") is True,
        input_width=_whole(ours.get("input_width"), 1 << 16),
        input_height=_whole(ours.get("input_height"), 1 << 16),
        suggested=SuggestedOptions(_share(ours.get("confidence")), _share(ours.get("iou"))),
        device=_text(ours.get("device")),
        takes_text=ours.get("takes_text") is True,
        is_ours=True,
    )


def _boxes(
    data: Mapping[str, Any], table: NameTable, size: tuple[int, int], floor: float, *, is_suppressed: bool
) -> Candidates:
    try:
        boxes = np.asarray(data["boxes"], np.float32).reshape(-1, 4)
        scores = np.asarray(data["scores"], np.float32).reshape(-1)
        class_ids = np.asarray(data["class_ids"], np.int64).reshape(-1)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise WireError("its boxes are none") from error
    if not len(boxes) == len(scores) == len(class_ids) <= MAX_CANDIDATES:
        raise WireError("its boxes and scores differ in number")
    longest = 3.0 * max(size)
    if not (np.abs(boxes) <= longest).all() or not ((scores >= 0) & (scores <= 1.001)).all():
        raise WireError("its boxes or scores are no numbers of a picture")
    if len(class_ids) and not (class_ids.min() >= 0 and class_ids.max() < len(table.names)):
        raise WireError("it names a class that the model does not have")
    order = np.argsort(-scores, kind="stable")
    order = order[scores[order] > np.float32(floor)]
    details: ObjectDetails | None = ClassDetails() if data.get("gives_flags") is True else None
    return Candidates(
        boxes=boxes[order],
        scores=scores[order],
        class_ids=class_ids[order].astype(np.int32),
        image_width=size[0],
        image_height=size[1],
        floor=floor,
        is_suppressed=is_suppressed,
        is_agnostic=data.get("is_agnostic") is True,
        details=details,
    )


def _placed(shape: Shape, size: tuple[int, int], scale: tuple[float, float]) -> Shape:
    limits = np.array(size, np.float64)
    if not ((shape.points * scale >= -limits) & (shape.points * scale <= 2 * limits)).all():
        raise WireError("a shape lies outside of the picture")
    score = shape.score
    if score is not None and not 0 <= score <= 1.001:
        raise WireError("a score is none")
    changes: dict[str, Any] = {
        "label": clean_name(shape.label) or "object",
        "score": None if score is None else min(1.0, round(score, 4)),
        "text": shape.text[:_MAX_TEXT],
        "description": shape.description[:_MAX_TEXT],
        "extra": {},
        "flags": {},
        "locked": False,
    }
    clean = shape.with_changes(**changes)
    return clean if scale == (1.0, 1.0) else scaled(clean, *scale)


def _direction(shape: Shape) -> float:
    (x1, y1), (x2, y2) = shape.points[:2]
    return math.atan2(y2 - y1, x2 - x1) % (2 * math.pi)


def _classes(value: Any) -> tuple[str, ...] | None:
    if isinstance(value, Mapping):
        value = list(value.values())
    if not isinstance(value, list) or not 0 < len(value) <= MAX_CLASSES:
        return None
    names = tuple(clean_name(str(name)) or f"class_{place}" for place, name in enumerate(value))
    return names if len(set(names)) == len(names) else None


def _text(value: Any) -> str:
    return clean_name(value) if isinstance(value, str) else ""


def _share(value: Any) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and 0 <= value <= 1 else None


def _whole(value: Any, most: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most else 0
