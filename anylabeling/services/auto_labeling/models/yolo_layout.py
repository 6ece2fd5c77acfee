"""Recognise YOLO models by what their file says and by the shapes of their outputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from anylabeling.errors import ModelError
from anylabeling.services.auto_labeling.model_files import names_from, parse_names
from anylabeling.services.auto_labeling.model_spec import Dim, ModelFacts, ModelSpec, TensorInfo, numbered_names
from anylabeling.services.auto_labeling.models.yolo_config import is_agnostic, share_of, suggested_options, whole_number
from anylabeling.services.auto_labeling.models.yolo_outputs import layout_of
from anylabeling.services.auto_labeling.models.yolo_tasks import (
    TASK_WORDS,
    TaskFacts,
    has_nms_inside,
    pose_class_names,
    task_facts,
)
from anylabeling.services.auto_labeling.postprocess import BEST_CLASS, END_TO_END, RTDETR, RTDETR_BEST, YOLOV8
from anylabeling.translation import tr

LAYOUT_V5 = "yolov5"
"""Output (batch, anchors, 5 + classes + extras): centre x, y, width, height, objectness, one score per class."""
LAYOUT_V8 = YOLOV8
"""Output (batch, 4 + classes + extras, anchors): centre x, y, width, height, scores. YOLO11 has it too."""
LAYOUT_CLASSES = "classes"
"""Output (batch, classes): one score per class."""

DEFAULT_SIDE_PX = 640
MAX_SIDE_PX = 8192
_END_TO_END_CLASSES = 1000
"""How many names are made up where the file has none: the network writes numbers, and does not say up to which."""

_HINT = tr("Models in the YOLOv5, YOLOv8, YOLO11 and RT-DETR layouts and end-to-end exports of them can be opened.")
_MOST_QUERIES = 1000
"""RT-DETR gives 300 boxes, YOLO thousands."""


@dataclass(frozen=True, slots=True)
class _Input:
    """The input of a network that takes pictures."""

    tensor: TensorInfo
    batch: int | None
    size: tuple[int, int] | None


def identify(facts: ModelFacts) -> ModelSpec | None:
    """Return the spec of a YOLO model, or None when the file is something else.

    Raises:
        ModelError: When it is a YOLO model of a task or layout that is not known, or its parts contradict each other.
    """
    taken = _picture_input(facts)
    if taken is None:
        return None
    sources: dict[str, str] = {}
    names = class_names_of(facts, sources)
    task = task_facts(facts, names)
    outputs = _outputs(facts, task)
    if outputs is None:
        return None
    stride = _stride(facts, sources)
    default_size = default_size_of(facts, taken.size, stride, sources)
    layout, class_count = _layout(facts, outputs[0], names, taken.size, task)
    if class_count is not None and not names:
        names = numbered_names(class_count)
        sources["class_names"] = "numbered: the file has none"
    return ModelSpec(
        path=facts.path,
        name=facts.name,
        family="yolo",
        task=task.task,
        layout=layout,
        class_names=names,
        stride=stride,
        input_size=taken.size,
        default_size=default_size,
        batch=taken.batch,
        input_names=(taken.tensor.name,),
        output_names=tuple(output.name for output in outputs),
        input_dtype=taken.tensor.dtype,
        pixel_scale=1 / 255,
        suggested=suggested_options(facts, names),
        is_agnostic=is_agnostic(facts.config),
        extras=task.extras,
        key_points=task.key_points,
        key_point_names=task.key_point_names,
        least_key_point_score=share_of(facts.config, "kpt_threshold"),
        shapes=facts.shapes(),
        value_sized=facts.value_sized,
        sources=sources,
        vocabulary=facts.metadata.get("vocabulary", ""),
    )


def resolve(spec: ModelSpec, output_shapes: Sequence[tuple[int, ...]]) -> ModelSpec:
    """Check outputs that the model really gave against its spec, and fill in what only a run could tell.

    Args:
        spec: The spec as read.
        output_shapes: Shapes of the outputs for an input of ``spec.default_size``, with the batch axis.

    Raises:
        ModelError: When the outputs do not fit the layout; the sentence holds the shapes.
    """
    layout, named = spec.layout, len(spec.class_names)
    shape = output_shapes[0]
    if layout in (RTDETR, RTDETR_BEST) and len(shape) == 3:
        # Which of the two a checkpoint gives depends on the version of the package that runs it.
        layout = _rtdetr_layout(shape[2] - spec.extras, named, layout)
        spec = spec.with_changes(layout=layout)
    if len(shape) == 3 and layout_of(spec, shape[1]) == BEST_CLASS:
        # The graph was edited to choose among the scores: what it had before is what the layout speaks of.
        shape = (shape[0], 4 + named + spec.extras, shape[2])
        output_shapes = (shape, *output_shapes[1:])
    if len(shape) == 3 and not layout:
        layout = _layout_of_shape(shape[1], shape[2], named or None, spec.default_size, spec.extras) or ""
    if spec.path.suffix.lower() == ".pt" and layout in (END_TO_END, LAYOUT_V8) and len(shape) == 3:
        # Whether a network that can do without suppression does so depends on the version of the package, too.
        layout = END_TO_END if shape[2] == 6 + spec.extras and shape[1] <= _MOST_QUERIES else LAYOUT_V8
    if not layout or not _fits(spec, layout, output_shapes):
        shapes = ", ".join(f"[{','.join(map(str, each))}]" for each in output_shapes)
        raise ModelError(
            tr(
                "{name} gave an output of a layout that this program does not know: "
                "{shapes} for {named} classes ({all}).",
                name=spec.path.name,
                shapes=shapes,
                named=named or "unnamed",
                all=spec.shapes,
            ),
            hint=_HINT,
        )
    found = _class_count(layout, shape, spec.extras)
    return spec.with_changes(layout=layout, class_names=spec.class_names or numbered_names(found or 0))


def _fits(spec: ModelSpec, layout: str, shapes: Sequence[tuple[int, ...]]) -> bool:
    named, shape = len(spec.class_names), shapes[0]
    if len(shape) != (2 if layout == LAYOUT_CLASSES else 3):
        return False
    if layout in (END_TO_END, RTDETR_BEST):
        fits = shape[2] == 6 + spec.extras and named > 0
    else:
        found = _class_count(layout, shape, spec.extras)
        fits = found is not None and found >= 1 and named in (0, found)
    if spec.task == "segment":
        planes = shape[1] if spec.has_own_masks else spec.extras
        return fits and any(len(other) == 4 and other[1] == planes for other in shapes[1:])
    return fits


def _class_count(layout: str, shape: Sequence[Dim], extras: int) -> int | None:
    """Return how many classes an output has, or None where the layout or an open axis does not tell."""
    axis, others = {
        LAYOUT_V8: (1, 4 + extras),
        LAYOUT_V5: (-1, 5 + extras),
        LAYOUT_CLASSES: (-1, 0),
        RTDETR: (-1, 4 + extras),
    }.get(layout, (None, 0))
    length = None if axis is None else shape[axis]
    return None if length is None else length - others


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


def _outputs(facts: ModelFacts, task: TaskFacts) -> tuple[TensorInfo, ...] | None:
    """Return the outputs that the task reads, boxes first; None where there are none that could be meant."""
    if task.task == "classify":
        is_one = len(facts.outputs) == 1 and len(facts.outputs[0].shape) == 2
        return facts.outputs if is_one else None
    flat = [output for output in facts.outputs if len(output.shape) == 3]
    planes = tuple(output for output in facts.outputs[1:] if len(output.shape) == 4 and task.task == "segment")
    # Old YOLOv5 exports hand out their raw heads (5 axes) beside the decoded output.
    others = [output for output in facts.outputs if len(output.shape) != 3 and output not in planes]
    known = all(len(output.shape) == 5 for output in others)
    return (flat[0], *planes) if len(flat) == 1 and known and facts.outputs[0] is flat[0] else None


def class_names_of(facts: ModelFacts, sources: dict[str, str]) -> tuple[str, ...]:
    """Return the class names that a config or the file gives, and note in ``sources`` which; empty without any.

    Raises:
        ModelError: When a config lists classes that cannot be read.
    """
    listed = pose_class_names(facts.config) or facts.config.get("classes")
    if listed:
        names = names_from(listed)
        if names is None:
            raise ModelError(
                tr("The classes that the config of {name} lists cannot be read.", name=facts.path.name),
                hint=tr("Give a list of names, or a mapping of number to name."),
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
        number = whole_number(value, 1, 256)
        if number is not None:
            sources["stride"] = source
            # A stride below 32 is that of the finest head; sides must still suit the coarsest.
            return max(32, number)
    sources["stride"] = "assumed"
    return 32


def default_size_of(
    facts: ModelFacts, size: tuple[int, int] | None, stride: int, sources: dict[str, str]
) -> tuple[int, int]:
    """Return the width and height of the input: the demanded ``size``, else what the config or the file says."""
    if size is not None:
        return size
    width = whole_number(facts.config.get("input_width"), 1, MAX_SIDE_PX)
    height = whole_number(facts.config.get("input_height"), 1, MAX_SIDE_PX)
    if width and height:
        sources["default_size"] = "config"
        return _rounded_up(width, stride), _rounded_up(height, stride)
    sides = [whole_number(part, 1, MAX_SIDE_PX) for part in facts.metadata.get("imgsz", "").strip("[]() ").split(",")]
    if len(sides) == 2 and sides[0] and sides[1]:
        sources["default_size"] = "metadata"
        return _rounded_up(sides[1], stride), _rounded_up(sides[0], stride)
    sources["default_size"] = "assumed"
    side = _rounded_up(DEFAULT_SIDE_PX, stride)
    return side, side


def _layout(
    facts: ModelFacts, output: TensorInfo, names: tuple[str, ...], size: tuple[int, int] | None, task: TaskFacts
) -> tuple[str, int | None]:
    if task.task == "classify":
        layout: str | None = LAYOUT_CLASSES if len(names) in (0, output.shape[1]) or output.shape[1] is None else None
    elif _is_rtdetr(facts, output, names, task):
        layout = _rtdetr_layout(output.shape[2], len(names), RTDETR_BEST if "head" in facts.metadata else RTDETR)
        if layout == RTDETR_BEST and not names:
            names = numbered_names(_END_TO_END_CLASSES)
            return layout, len(names)
    elif has_nms_inside(facts, task.extras):
        # A checkpoint describes what its network has before the suppression, which only a run shows.
        is_open = output.shape[2] is None
        layout = END_TO_END if is_open or output.shape[2] == 6 + task.extras else None
        if layout and not names:
            names = numbered_names(_END_TO_END_CLASSES)
            return layout, len(names)
    elif output.shape[1] is None and output.shape[2] is None:
        kind = str(facts.config.get("type", "")).lower()
        if kind.startswith("yolov5"):
            return LAYOUT_V5, None
        # Metadata with a task is written by Ultralytics' newer exports, whose layout is the second one.
        return (LAYOUT_V8, None) if "task" in facts.metadata or kind.startswith("yolo") else ("", None)
    else:
        layout = _layout_of_shape(output.shape[1], output.shape[2], len(names) or None, size, task.extras)
        if layout is None and output.shape[1:] == (None, 6 + task.extras) and names:
            layout = END_TO_END
    if layout is None:
        count = f"{len(names)} class names" if names else "no class names"
        extra = f", {task.extras} more values for each box" if task.extras else ""
        raise ModelError(
            tr(
                "{name} has a layout that this program does not know for {task_words} ({value}; {count}{extra}).",
                name=facts.path.name,
                task_words=TASK_WORDS[task.task],
                value=facts.shapes(),
                count=count,
                extra=extra,
            ),
            hint=_HINT,
        )
    return layout, _class_count(layout, output.shape, task.extras)


def _is_rtdetr(facts: ModelFacts, output: TensorInfo, names: tuple[str, ...], task: TaskFacts) -> bool:
    """Say whether it is an RT-DETR: by what the file says, or by few boxes with a score for each of the classes."""
    if task.task != "detect":
        return False
    said = (facts.metadata.get("head", ""), facts.metadata.get("description", ""), str(facts.config.get("type", "")))
    if any("rtdetr" in text.lower().replace("-", "").replace("_", "") for text in said):
        return True
    rows, columns = output.shape[1:]
    return bool(names) and columns == 4 + len(names) and columns != 6 and rows is not None and rows <= _MOST_QUERIES


def _rtdetr_layout(columns: Dim, class_count: int, otherwise: str) -> str:
    if columns is None or (columns == 6 and class_count == 2):
        return otherwise
    return RTDETR_BEST if columns == 6 else RTDETR


def _layout_of_shape(
    rows: Dim, columns: Dim, class_count: int | None, size: tuple[int, int] | None, extras: int
) -> str | None:
    """Return the layout that fits an output (batch, rows, columns), or None."""
    fits_v8 = rows is not None and rows > 4 + extras and class_count in (None, rows - 4 - extras)
    fits_v5 = columns is not None and columns > 5 + extras and class_count in (None, columns - 5 - extras)
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


def _rounded_up(side: int, stride: int) -> int:
    return -(-side // stride) * stride
