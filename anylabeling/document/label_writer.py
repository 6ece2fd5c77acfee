"""From an Annotation to the bytes of a label file that AnyLabeling, labelme and X-AnyLabeling all open.

All three know six kinds of shapes. Any other kind is written as its outline, with one more key ``x_shape`` that
restores it for us: ``{"kind", "parameters", "points"}``, and ``"vertices"`` where the outline is not made of them. It
counts only while its points equal the shape's, so another program that moves the outline wins.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from anylabeling import __version__
from anylabeling.document import label_json
from anylabeling.document.annotation import Annotation
from anylabeling.document.geometry import outline
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.errors import StorageError
from anylabeling.translation import tr
from anylabeling.utils.turns import give_way

TOP_KEYS = frozenset(
    {
        "version",
        "flags",
        "checked",
        "shapes",
        "imagePath",
        "imageData",
        "imageHeight",
        "imageWidth",
        "text",
        "image_text",
        "description",
        "tags",
    }
)
"""Keys of the file that have a field in Annotation."""

SHAPE_KEYS = frozenset(
    {
        "label",
        "score",
        "text",
        "points",
        "group_id",
        "description",
        "difficult",
        "shape_type",
        "flags",
        "attributes",
        "locked",
    }
)
"""Keys of a shape that have a field in Shape."""

HOLES_KEY = "holes"
"""Key of a polygon's holes, a list of outlines. Programs that do not know it keep it and show the outer outline."""

HELPER_LABELS = frozenset({"AUTOLABEL_OBJECT", "AUTOLABEL_ADD", "AUTOLABEL_REMOVE"})
"""Labels of prompts that AnyLabeling holds as shapes for a while and never means to keep."""

_GIVES_WAY_AFTER = 100
"""Shapes, after which another thread may go on."""

_COMMON_KINDS = frozenset(
    {
        ShapeKind.POLYGON,
        ShapeKind.RECTANGLE,
        ShapeKind.CIRCLE,
        ShapeKind.LINE,
        ShapeKind.LINESTRIP,
        ShapeKind.POINT,
    }
)


def written_type(kind: ShapeKind, point_count: int) -> str:
    """Return the ``shape_type`` under which a shape is written: one of the six that all programs know."""
    if kind in _COMMON_KINDS:
        return kind.value
    return {1: "point", 2: "linestrip"}.get(point_count, "polygon")


def kept_values(annotation: Annotation) -> Iterator[dict[str, Any]]:
    """Yield the parts of an annotation that may hold anything: attributes, parameters and unknown keys."""
    if annotation.extra:
        yield dict(annotation.extra)
    for shape in annotation.shapes:
        for part in (shape.extra, shape.attributes, shape.parameters):
            if part:
                yield dict(part)


def encode_annotation(annotation: Annotation, *, image_name: str, image_size: tuple[int, int] | None) -> bytes:
    """Return the content of a label file.

    Args:
        annotation: What to write. Helper labels of AnyLabeling are left out.
        image_name: The picture's path as seen from the label file's folder, with forward slashes.
        image_size: The picture's width and height in pixels, in the EXIF-rotated frame; None keeps what the annotation
            states.

    Raises:
        StorageError: When a kept value has no form in JSON.
    """
    size = image_size or annotation.image_size
    record: dict[str, Any] = {"version": __version__, "flags": dict(annotation.flags)}
    if annotation.checked:
        record["checked"] = True
    record["shapes"] = list(_shape_records(annotation.shapes))
    record["imagePath"] = image_name
    record["imageData"] = annotation.image_data
    record["imageHeight"] = int(size[1]) if size else None
    record["imageWidth"] = int(size[0]) if size else None
    if annotation.text:
        record["image_text"] = annotation.text
    if annotation.description:
        record["description"] = annotation.description
    if annotation.tags:
        record["tags"] = list(annotation.tags)
    for key, value in annotation.extra.items():
        record.setdefault(key, value)
    try:
        return label_json.dumps(record, plain=all(map(label_json.is_plain, kept_values(annotation))))
    except (TypeError, ValueError) as error:
        raise StorageError(
            tr("The labels of {image_name} could not be saved: {error}.", image_name=image_name, error=error),
            hint=tr("A value that another program or a model left at a shape has no form in a label file."),
            details=repr(error),
        ) from error


def _shape_records(shapes: Sequence[Shape]) -> Iterator[dict[str, Any]]:
    for number, shape in enumerate(shapes):
        if number % _GIVES_WAY_AFTER == 0:
            give_way()
        if shape.label not in HELPER_LABELS:
            yield shape_record(shape)


def shape_record(shape: Shape) -> dict[str, Any]:
    """Return one entry of the file's list of shapes; its points are arrays."""
    # A cuboid's own points would make an outline that crosses itself.
    points = np.ascontiguousarray(outline(shape) if shape.kind is ShapeKind.CUBOID else shape.points)
    shape_type = written_type(shape.kind, len(points))
    record: dict[str, Any] = {key: value for key, value in shape.extra.items() if key not in SHAPE_KEYS}
    record["label"] = shape.label
    if shape.score is not None and math.isfinite(shape.score):
        record["score"] = float(shape.score)
    if shape.text:
        record["text"] = shape.text
    record["points"] = points
    if shape.holes:
        record[HOLES_KEY] = [np.ascontiguousarray(hole) for hole in shape.holes]
    record["group_id"] = None if shape.group_id is None else int(shape.group_id)
    record["description"] = shape.description
    if shape.difficult:
        record["difficult"] = True
    record["shape_type"] = shape_type
    record["flags"] = dict(shape.flags)
    if shape.attributes:
        record["attributes"] = dict(shape.attributes)
    if shape.locked:
        record["locked"] = True
    if shape_type != shape.kind.value or shape.parameters:
        note = record["x_shape"] = {"kind": shape.kind.value, "parameters": dict(shape.parameters), "points": points}
        if shape.kind is ShapeKind.CUBOID:
            note["vertices"] = np.ascontiguousarray(shape.points)
    return record
