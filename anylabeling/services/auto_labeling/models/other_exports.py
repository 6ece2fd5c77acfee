"""Detectors whose exports have inputs and outputs of their own; ``graph_layouts`` makes them ones that are read here.

What tells them apart, and what they want, is in the documents and exporters of their makers:

- RT-DETR, RT-DETRv2, D-FINE, DEIM: ``images`` and ``orig_target_sizes``; labels, boxes, scores. RGB 0-1, stretched.
  A DEIMv2 upon DINOv3 wants ImageNet's mean and deviation as well.
  By another exporter ``pixel_values``; ``logits`` and ``pred_boxes``, of a file or a config that names the model.
- RF-DETR: ``dets`` (centre, size as shares) and ``labels`` (logits). ImageNet's mean and deviation, stretched. Column 0
  of a model that was trained anew belongs to nothing, and the pretrained one counts as COCO's categories do, up to 90.
  One for outlines gives a mask for each object besides, (1, objects, rows, columns), positive inside.
- YOLOX: rows of cells that are offsets and logarithms. BGR 0-255, the picture in the upper left corner.
- YOLO-NAS: boxes by their corners, and scores, RGB 0-1; or, with preprocessing and suppression inside, bytes and four
  outputs. DAMO-YOLO: scores and boxes, RGB 0-255, the picture in the upper left corner.
- YOLOv6 and Gold-YOLO: as YOLOv5, with an objectness of one and a row for each cell.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from anylabeling.errors import ModelError
from anylabeling.services.auto_labeling.graph_layouts import OUTPUT
from anylabeling.services.auto_labeling.model_spec import (
    MASKS,
    GraphChange,
    ModelFacts,
    ModelSpec,
    TensorInfo,
    numbered_names,
)
from anylabeling.services.auto_labeling.models.coco_names import COCO_COLUMNS, COCO_NAMES
from anylabeling.services.auto_labeling.models.yolo_config import is_agnostic, suggested_options
from anylabeling.services.auto_labeling.models.yolo_layout import (
    LAYOUT_V5,
    LAYOUT_V8,
    MAX_SIDE_PX,
    anchor_counts,
    class_names_of,
    default_size_of,
)
from anylabeling.services.auto_labeling.postprocess import END_TO_END, RTDETR
from anylabeling.translation import tr

_BYTES = 255.0
_IMAGENET_MEAN, _IMAGENET_DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
_DINO = "dinov3"
"""In the names of those DEIMv2 that want ImageNet's mean and deviation; the other ones do not."""
_UNNAMED = 1000
"""How many names are made up where the network writes class numbers and nobody says up to which."""
_SIGMOID_DETRS = ("rtdetr", "dfine", "deim")
"""Of what another exporter calls logits and pred_boxes, those whose scores are sigmoids and that want RGB 0-1."""
_STRIDES = (8, 16, 32, 64)
_BATCH_OUTPUTS = {"boxes": "pred_boxes", "scores": "pred_scores", "classes": "pred_classes", "count": "num_predictions"}


@dataclass(frozen=True, slots=True)
class _Found:
    """What an export was recognised as.

    Attributes:
        name: For people.
        change: What is done to its graph; None where nothing is.
        layout: What comes out then.
        fit: How a picture is put into its input.
        names: The classes.
    """

    name: str
    change: GraphChange | None
    layout: str
    fit: str
    names: tuple[str, ...]


def identify(facts: ModelFacts) -> ModelSpec | None:
    """Return the spec of such an export, or None when the file is something else.

    Raises:
        ModelError: When it is one of two kinds that look alike, and nothing says which; or does not fit its classes.
    """
    picture = _picture(facts)
    if picture is None:
        return None
    sources: dict[str, str] = {}
    names = class_names_of(facts, sources)
    batch, _, height, width = picture.shape
    size = (width, height) if width is not None and height is not None else None
    default_size = default_size_of(facts, size, 32, sources)
    found = _recognised(facts, names, default_size)
    if found is None:
        return None
    is_fixed = size is not None or (found.change is not None and found.change.kind in ("grid", "sized"))
    return ModelSpec(
        path=facts.path,
        name=facts.name,
        family="yolo",
        task="segment" if found.change is not None and MASKS in found.change.tensors else "detect",
        layout=found.layout,
        class_names=found.names,
        stride=32,
        input_size=default_size if is_fixed else None,
        default_size=default_size,
        batch=batch,
        input_names=(picture.name,),
        output_names=_outputs_of(found.change) or (facts.outputs[0].name,),
        extras=1 if found.change is not None and MASKS in found.change.tensors else 0,
        input_dtype="float16" if picture.dtype == "float16" else "float32",
        pixel_scale=1 / 255,
        suggested=suggested_options(facts, found.names),
        is_agnostic=is_agnostic(facts.config),
        shapes=facts.shapes(),
        value_sized=facts.value_sized,
        sources=sources,
        change=found.change,
        fit=found.fit,
        maker=found.name,
    )


def _outputs_of(change: GraphChange | None) -> tuple[str, ...]:
    if change is None:
        return ()
    return (OUTPUT, change.tensors[MASKS]) if MASKS in change.tensors else (OUTPUT,)


def _picture(facts: ModelFacts) -> TensorInfo | None:
    pictures = [info for info in facts.inputs if len(info.shape) == 4 and info.shape[1] == 3]
    if len(pictures) != 1 or pictures[0].dtype not in {"float32", "float16", "uint8"}:
        return None
    sides = [side for side in pictures[0].shape[2:] if side is not None]
    return pictures[0] if all(8 <= side <= MAX_SIDE_PX for side in sides) else None


def _recognised(facts: ModelFacts, names: tuple[str, ...], size: tuple[int, int]) -> _Found | None:
    if len(facts.inputs) == 2:
        return _sized(facts, names)
    if len(facts.inputs) != 1:
        return None
    outputs = {info.name: info for info in facts.outputs}
    if set(_BATCH_OUTPUTS.values()) <= outputs.keys():
        tensors = {part: name for part, name in _BATCH_OUTPUTS.items() if part != "count"}
        scale = _BYTES if facts.inputs[0].dtype == "uint8" else 1.0
        change = GraphChange("rows", tensors, scale=scale)
        return _Found("YOLO-NAS", change, END_TO_END, "letterbox", names or numbered_names(_UNNAMED))
    if facts.inputs[0].dtype == "uint8":
        return None
    flat = [info for info in facts.outputs if len(info.shape) == 3]
    if len(facts.outputs) == len(flat) == 2:
        return _pair(facts, names, flat, size)
    if len(facts.outputs) == 3 and len(flat) == 2:
        return _with_masks(facts, names, flat)
    if len(facts.outputs) == len(flat) == 1:
        return _single(facts, names, flat[0], size)
    return None


def _sized(facts: ModelFacts, names: tuple[str, ...]) -> _Found | None:
    """Recognise a DETR that is told a size: three outputs, classes, boxes and scores."""
    size = next((info for info in facts.inputs if len(info.shape) == 2 and info.shape[1] in (2, None)), None)
    boxes = [info for info in facts.outputs if len(info.shape) == 3 and info.shape[2] in (4, None)]
    flat = [info for info in facts.outputs if len(info.shape) == 2]
    classes = [info for info in flat if info.dtype in {"int64", "int32"}]
    scores = [info for info in flat if info not in classes]
    if size is None or len(facts.outputs) != 3 or not len(boxes) == len(classes) == len(scores) == 1:
        return None
    tensors = {"size": size.name, "boxes": boxes[0].name, "scores": scores[0].name, "classes": classes[0].name}
    change = GraphChange("sized", tensors)
    if any(_DINO in str(name).lower() for name in (facts.path.stem, facts.name, facts.config.get("name", ""))):
        change = replace(change, mean=_IMAGENET_MEAN, deviation=_IMAGENET_DEVIATION)
    return _Found("DETR", change, END_TO_END, "stretch", names or numbered_names(_UNNAMED))


def _pair(facts: ModelFacts, names: tuple[str, ...], flat: list[TensorInfo], size: tuple[int, int]) -> _Found | None:
    """Recognise boxes and scores as two outputs."""
    boxes = [info for info in flat if info.shape[2] == 4]
    if len(boxes) == 2:  # four classes: the boxes are where their maker has them
        boxes = [next((info for info in boxes if info.name.lower() in {"dets", "boxes"}), boxes[0])]
    if len(boxes) != 1:
        return None
    scores = next(info for info in flat if info is not boxes[0])
    tensors = {"boxes": boxes[0].name, "scores": scores.name}
    columns = scores.shape[2]
    rows = boxes[0].shape[1]
    kind = _kind(facts)
    if (scores.name, boxes[0].name) == ("logits", "pred_boxes") and any(part in kind for part in _SIGMOID_DETRS):
        if columns is None or (names and columns != len(names)):
            raise _unfitting(facts, columns or 0, names)
        change = GraphChange("logits", tensors, columns=tuple(range(columns)))
        return _Found("DETR", change, RTDETR, "stretch", names or numbered_names(columns))
    if "rfdetr" in kind or (boxes[0].name, scores.name) == ("dets", "labels"):
        return None if columns is None else _rf_detr(facts, names, tensors, columns)
    is_of_cells = rows in anchor_counts(*size)
    if not is_of_cells and not any(part in kind for part in ("nas", "damo")):
        return None
    if columns is not None and names and columns != len(names):
        raise _unfitting(facts, columns, names)
    known = names or (numbered_names(columns) if columns is not None else ())
    if "nas" in kind:
        return _Found("YOLO-NAS", GraphChange("corners", tensors), LAYOUT_V8, "letterbox", known)
    if "damo" in kind:
        return _Found("DAMO-YOLO", GraphChange("corners", tensors, scale=_BYTES), LAYOUT_V8, "corner", known)
    raise ModelError(
        tr(
            "{name} gives boxes and scores, which several kinds of models do that want their pictures in different "
            "ways ({value}).",
            name=facts.path.name,
            value=facts.shapes(),
        ),
        hint=tr(
            "Say which it is in a config.yaml beside it: type, such as yolo_nas or damo_yolo, model_path and classes."
        ),
    )


def _rf_detr(facts: ModelFacts, names: tuple[str, ...], tensors: dict[str, str], columns: int) -> _Found:
    if columns == len(COCO_COLUMNS) + 11 and len(names) in (0, len(COCO_NAMES)):
        used, known = COCO_COLUMNS, names or COCO_NAMES
    elif names and columns == len(names) + 1:
        used, known = tuple(range(1, columns)), names
    elif not names or columns == len(names):
        used, known = tuple(range(columns)), names or numbered_names(columns)
    else:
        raise _unfitting(facts, columns, names)
    change = GraphChange("logits", tensors, mean=_IMAGENET_MEAN, deviation=_IMAGENET_DEVIATION, columns=used)
    return _Found("RF-DETR", change, RTDETR, "stretch", known)


def _with_masks(facts: ModelFacts, names: tuple[str, ...], flat: list[TensorInfo]) -> _Found | None:
    """Recognise RF-DETR with a mask for each object, positive inside; the output may be called by a number."""
    boxes, scores = (next((info for info in flat if info.name == name), None) for name in ("dets", "labels"))
    masks = next((info for info in facts.outputs if len(info.shape) == 4), None)
    if boxes is None or scores is None or masks is None or boxes.shape[2] != 4:
        return None
    rows, columns = masks.shape[1] or boxes.shape[1], scores.shape[2]
    if rows is None or columns is None:
        return None
    found = _rf_detr(facts, names, {"boxes": boxes.name, "scores": scores.name, MASKS: masks.name}, columns)
    return found if found.change is None else replace(found, change=replace(found.change, rows=rows))


def _single(facts: ModelFacts, names: tuple[str, ...], output: TensorInfo, size: tuple[int, int]) -> _Found | None:
    """Recognise a row of objectness and scores for each cell: YOLOX, YOLOv6, Gold-YOLO, which look the same."""
    kind, (_, rows, columns) = _kind(facts), output.shape
    is_yolox = "yolox" in kind
    if not is_yolox and not any(part in kind for part in ("yolov6", "yolo6", "goldyolo")):
        return None
    if columns is None or columns < 6 or (rows is not None and rows not in anchor_counts(*size)):
        return None
    if names and columns != 5 + len(names):
        raise _unfitting(facts, columns - 5, names)
    known = names or numbered_names(columns - 5)
    if not is_yolox:
        return _Found("YOLOv6", None, LAYOUT_V5, "letterbox", known)
    count = 4 if rows == max(anchor_counts(*size)) or facts.config.get("p6") is True else 3
    change = GraphChange("grid", {"rows": output.name}, scale=_BYTES, reverses_channels=True, strides=_STRIDES[:count])
    return _Found("YOLOX", change, LAYOUT_V5, "corner", known)


def _kind(facts: ModelFacts) -> str:
    """Return what the config, else the name of the file says it is, without signs between the letters."""
    told = str(facts.config.get("type", "")) or facts.path.stem
    return "".join(character for character in told.lower() if character.isalnum())


def _unfitting(facts: ModelFacts, columns: int, names: tuple[str, ...]) -> ModelError:
    return ModelError(
        tr(
            "{name} has scores for {columns} classes, and {named} names are given ({value}).",
            name=facts.path.name,
            columns=columns,
            named=len(names),
            value=facts.shapes(),
        ),
        hint=tr("Give a name for each of them, in their order."),
    )
