"""Recognise YOLO detection models by what their file says and by the shapes of their outputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anylabeling.errors import ModelError
from anylabeling.services.auto_labeling.model_files import clean_name, names_from, parse_names
from anylabeling.services.auto_labeling.model_spec import Dim, ModelFacts, ModelSpec, TensorInfo, numbered_names

LAYOUT_V5 = "yolov5"
"""Output (batch, anchors, 5 + classes): centre x, y, width, height, objectness, one score per class."""
LAYOUT_V8 = "yolov8"
"""Output (batch, 4 + classes, anchors): centre x, y, width, height, one score per class. YOLO11 has it too."""

DEFAULT_SIDE_PX = 640
MAX_SIDE_PX = 8192

_TASK_WORDS = {
    "segment": "segmentation",
    "pose": "pose",
    "obb": "oriented-box",
    "classify": "classification",
}
_TASK_SUFFIXES = {"seg": "segment", "pose": "pose", "obb": "obb", "cls": "classify"}


@dataclass(frozen=True, slots=True)
class _Input:
    """The input of a network that takes pictures."""

    tensor: TensorInfo
    batch: int | None
    size: tuple[int, int] | None


def identify(facts: ModelFacts) -> ModelSpec | None:
    """Return the spec of a YOLO detection model, or None when the file is something else.

    Raises:
        ModelError: When it is a YOLO model of a task that cannot run yet, or its parts contradict each other.
    """
    taken = _picture_input(facts)
    if taken is None:
        return None
    _refuse_other_tasks(facts)
    output = _detection_output(facts)
    if output is None:
        return None
    sources: dict[str, str] = {}
    names = _class_names(facts, sources)
    stride = _stride(facts, sources)
    default_size = _default_size(facts, taken, stride, sources)
    layout, class_count = _layout(facts, output, names, taken.size)
    if class_count is not None and not names:
        names = numbered_names(class_count)
        sources["class_names"] = "numbered: the file has none"
    return ModelSpec(
        path=facts.path,
        name=facts.name,
        family="yolo",
        task="detect",
        layout=layout,
        class_names=names,
        stride=stride,
        input_size=taken.size,
        default_size=default_size,
        batch=taken.batch,
        input_names=(taken.tensor.name,),
        output_names=(output.name,),
        input_dtype=taken.tensor.dtype,
        pixel_scale=1 / 255,
        confidence=_share(facts.config, "confidence_threshold", "conf_threshold"),
        iou=_share(facts.config, "nms_threshold", "iou_threshold"),
        shapes=facts.shapes(),
        sources=sources,
    )


def resolve(spec: ModelSpec, output_shape: tuple[int, ...]) -> ModelSpec:
    """Check an output that the model really gave against its spec, and fill in what only a run could tell.

    Args:
        spec: The spec as read.
        output_shape: Shape of the first output for an input of ``spec.default_size``.

    Raises:
        ModelError: When the output does not fit the layout; the sentence holds the shapes.
    """
    layout, class_count = spec.layout, len(spec.class_names)
    if len(output_shape) == 3 and not layout:
        layout = _layout_of_shape(output_shape[1], output_shape[2], class_count or None, spec.default_size) or ""
    found = {LAYOUT_V8: output_shape[1] - 4, LAYOUT_V5: output_shape[-1] - 5}.get(layout, 0) if layout else 0
    if len(output_shape) != 3 or found < 1 or (class_count and found != class_count):
        shape = ",".join(map(str, output_shape))
        raise ModelError(
            f"{spec.path.name} gave an output of a layout that this program does not know: "
            f"[{shape}] for {class_count or 'unnamed'} classes ({spec.shapes}).",
            hint="Detection models in the YOLOv5, YOLOv8 and YOLO11 layouts can be opened.",
        )
    return spec.with_changes(layout=layout, class_names=spec.class_names or numbered_names(found))


def anchor_counts(width: int, height: int) -> frozenset[int]:
    """Return how many cells YOLO heads have for an input size, with strides up to 32 and up to 64."""
    counts = []
    total = 0
    for stride in (8, 16, 32, 64):
        total += -(-width // stride) * -(-height // stride)
        counts.append(total)
    return frozenset(counts[2:])


def _picture_input(facts: ModelFacts) -> _Input | None:
    if len(facts.inputs) != 1:
        return None
    tensor = facts.inputs[0]
    if len(tensor.shape) != 4 or tensor.dtype not in {"float32", "float16"}:
        return None
    batch, channels, height, width = tensor.shape
    if channels not in (3, None) or (channels is None and width == 3):
        return None
    size = (width, height) if width is not None and height is not None else None
    if size is not None and not all(8 <= side <= MAX_SIDE_PX for side in size):
        return None
    return _Input(tensor, batch, size)


def _refuse_other_tasks(facts: ModelFacts) -> None:
    kind = str(facts.config.get("type", "")).lower()
    task = facts.metadata.get("task", "").strip().lower()
    if not task:
        task = _TASK_SUFFIXES.get(kind.rpartition("_")[2], "")
    if not task and any(len(output.shape) == 4 and output.shape[1] == 32 for output in facts.outputs[1:]):
        task = "segment"
    if not task and len(facts.outputs) == 1 and len(facts.outputs[0].shape) == 2:
        task = "classify"
    if task in _TASK_WORDS:
        raise ModelError(
            f"{facts.path.name} is a {_TASK_WORDS[task]} model; this version runs detection models only.",
            hint="Choose the detection model of the same series.",
            details=facts.shapes(),
        )
    if task not in ("", "detect"):
        raise ModelError(
            f"{facts.path.name} is made for the task {clean_name(task)!r}; this version runs detection models only.",
            details=facts.shapes(),
        )
    if _has_nms_inside(facts):
        raise ModelError(
            f"{facts.path.name} is an end-to-end model with non-maximum suppression inside, which this version cannot "
            f"read yet ({facts.shapes()}).",
            hint="Export it again without it (nms=False).",
        )


def _has_nms_inside(facts: ModelFacts) -> bool:
    if "'nms': True" in facts.metadata.get("args", "") or facts.metadata.get("end2end", "").lower() == "true":
        return True
    shape = facts.outputs[0].shape if facts.outputs else ()
    # 6 columns: a box, a score, a class. A YOLOv5 with one class has 6 as well, but thousands of rows.
    return len(shape) == 3 and shape[2] == 6 and shape[1] is not None and shape[1] <= 1000 and len(facts.outputs) == 1


def _detection_output(facts: ModelFacts) -> TensorInfo | None:
    flat = [output for output in facts.outputs if len(output.shape) == 3]
    # Old YOLOv5 exports hand out their raw heads (5 axes) beside the decoded output.
    raw_heads = all(len(output.shape) == 5 for output in facts.outputs if len(output.shape) != 3)
    return flat[0] if len(flat) == 1 and raw_heads and facts.outputs[0] is flat[0] else None


def _class_names(facts: ModelFacts, sources: dict[str, str]) -> tuple[str, ...]:
    listed = facts.config.get("classes")
    if listed:
        names = names_from(listed)
        if names is None:
            raise ModelError(
                f"The classes that the config of {facts.path.name} lists cannot be read.",
                hint="Give a list of names, or a mapping of number to name.",
            )
        sources["class_names"] = "config"
        return names
    text = facts.metadata.get("names", "")
    names = parse_names(text) if text else None
    if names is not None:
        sources["class_names"] = "metadata"
    return names or ()


def _stride(facts: ModelFacts, sources: dict[str, str]) -> int:
    for source, value in (("config", facts.config.get("stride")), ("metadata", facts.metadata.get("stride"))):
        number = _whole(value, 1, 256)
        if number is not None:
            sources["stride"] = source
            # A stride below 32 is that of the finest head; sides must still suit the coarsest.
            return max(32, number)
    sources["stride"] = "assumed"
    return 32


def _default_size(facts: ModelFacts, taken: _Input, stride: int, sources: dict[str, str]) -> tuple[int, int]:
    if taken.size is not None:
        return taken.size
    width = _whole(facts.config.get("input_width"), 1, MAX_SIDE_PX)
    height = _whole(facts.config.get("input_height"), 1, MAX_SIDE_PX)
    if width and height:
        sources["default_size"] = "config"
        return _rounded_up(width, stride), _rounded_up(height, stride)
    sides = [_whole(part, 1, MAX_SIDE_PX) for part in facts.metadata.get("imgsz", "").strip("[]() ").split(",")]
    if len(sides) == 2 and sides[0] and sides[1]:
        sources["default_size"] = "metadata"
        return _rounded_up(sides[1], stride), _rounded_up(sides[0], stride)
    sources["default_size"] = "assumed"
    side = _rounded_up(DEFAULT_SIDE_PX, stride)
    return side, side


def _layout(
    facts: ModelFacts, output: TensorInfo, names: tuple[str, ...], size: tuple[int, int] | None
) -> tuple[str, int | None]:
    rows, columns = output.shape[1], output.shape[2]
    kind = str(facts.config.get("type", "")).lower()
    if rows is None and columns is None:
        # Metadata with a task is written by Ultralytics' newer exports, whose layout is the second one.
        if kind.startswith("yolov5"):
            return LAYOUT_V5, None
        return (LAYOUT_V8, None) if "task" in facts.metadata or kind.startswith("yolo") else ("", None)
    layout = _layout_of_shape(rows, columns, len(names) or None, size)
    if layout is None:
        count = f"{len(names)} class names" if names else "no class names"
        raise ModelError(
            f"{facts.path.name} has a layout that this program does not know ({facts.shapes()}; {count}).",
            hint="Detection models in the YOLOv5, YOLOv8 and YOLO11 layouts can be opened.",
        )
    classes = rows if layout == LAYOUT_V8 else columns
    return layout, None if classes is None else classes - (4 if layout == LAYOUT_V8 else 5)


def _layout_of_shape(rows: Dim, columns: Dim, class_count: int | None, size: tuple[int, int] | None) -> str | None:
    """Return the layout that fits an output (batch, rows, columns), or None."""
    fits_v8 = rows is not None and rows > 4 and class_count in (None, rows - 4)
    fits_v5 = columns is not None and columns > 5 and class_count in (None, columns - 5)
    if size is not None and rows is not None and columns is not None:
        cells = anchor_counts(*size)
        # As many rows as cells, with objectness: boxes that still have to be decoded (YOLOX). Reading them as pixels
        # would give nonsense.
        fits_v5 = fits_v5 and rows not in cells
        if class_count is None:
            fits_v8 = fits_v8 and columns in cells
            fits_v5 = fits_v5 and rows in {3 * count for count in cells}
    if fits_v8 and fits_v5:
        # Both numbers fit: there are always more boxes than values per box.
        fits_v8 = rows is None or columns is None or rows <= columns
        fits_v5 = not fits_v8
    if fits_v8:
        return LAYOUT_V8
    return LAYOUT_V5 if fits_v5 else None


def _whole(value: object, least: int, greatest: int) -> int | None:
    try:
        number = int(float(value)) if isinstance(value, int | float | str) else None
    except (ValueError, OverflowError):
        return None
    return number if number is not None and least <= number <= greatest else None


def _share(config: Mapping[str, Any], *keys: str) -> float | None:
    for key in keys:
        value = config.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0.0 <= value <= 1.0:
            return float(value)
    return None


def _rounded_up(side: int, stride: int) -> int:
    return -(-side // stride) * stride
