"""What a model says about an image, and how it joins what the image has: the same in a document and in a label file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from anylabeling.document.annotation import Annotation
from anylabeling.document.document import Document, Edit
from anylabeling.document.edits import AddShapes, SetImageFields, replace_all
from anylabeling.document.merging import with_free_groups, with_model_flags, without_known
from anylabeling.document.shape import Shape
from anylabeling.translation import tr


@dataclass(frozen=True, slots=True, eq=False)
class ModelResult:
    """Shapes, or flags from a classifier.

    Attributes:
        shapes: The objects. Shapes of one object share a group id, counted from 1.
        flags: Classes of the image as a whole, each True.
        flag_names: All classes of a classifier; empty for a model that finds objects. A classifier leaves shapes alone.
    """

    shapes: tuple[Shape, ...] = ()
    flags: Mapping[str, bool] = field(default_factory=dict)
    flag_names: tuple[str, ...] = ()


class ResultEdit(NamedTuple):
    """The edit for a result, None when it changes nothing, and how many objects or flags are new by it."""

    edit: Edit | None
    new_count: int


def is_labelled(annotation: Annotation, *, by_flags: bool) -> bool:
    """Say whether an image has what a model would give it: shapes, or true flags."""
    return any(annotation.flags.values()) if by_flags else bool(annotation.shapes)


def with_result(annotation: Annotation, result: ModelResult, *, replace: bool, iou: float) -> Annotation:
    """Return an annotation with a result in it.

    Args:
        annotation: As it is.
        result: What the model says.
        replace: Whether the result takes the place of the shapes, or of other flags that the model knows.
        iou: Shapes of one label that overlap by more than this are one object; used where shapes are kept.
    """
    if result.flag_names:
        return annotation.with_changes(flags=_flags(annotation.flags, result, replace=replace))
    if replace:
        return annotation.with_changes(shapes=result.shapes)
    return annotation.with_changes(shapes=(*annotation.shapes, *_new(annotation.shapes, result, iou)))


def result_edit(document: Document, result: ModelResult, *, replace: bool, iou: float) -> ResultEdit:
    """Return the edit that does to a document what with_result does to an annotation."""
    if result.flag_names:
        before = dict(document.annotation.flags)
        after = _flags(before, result, replace=replace)
        count = sum(not before.get(name, False) for name in result.flags)
        name = tr("Mark with model ({count})", count=count)
        return ResultEdit(SetImageFields.to(document, name, flags=after) if after != before else None, count)
    removes = replace and bool(document.shapes)
    new = result.shapes if removes else _new(document.shapes, result, iou)
    count = object_count(new)
    name = tr("Label with model ({count})", count=count)
    if removes:
        return ResultEdit(replace_all(document, new, name), count)
    return ResultEdit(AddShapes.on_top(document, new, name) if new else None, count)


def object_count(shapes: tuple[Shape, ...]) -> int:
    """Return how many objects shapes of a model stand for; a group is one."""
    return sum(shape.group_id is None for shape in shapes) + len({shape.group_id for shape in shapes} - {None})


def object_counts(shapes: tuple[Shape, ...]) -> tuple[tuple[str, int], ...]:
    """Return pairs of label and number of objects, most first; a group counts once, by its first shape."""
    seen: set[int] = set()
    counts: Counter[str] = Counter()
    for shape in shapes:
        if shape.group_id is None or shape.group_id not in seen:
            counts[shape.label] += 1
        if shape.group_id is not None:
            seen.add(shape.group_id)
    return tuple(counts.most_common())


def _new(existing: tuple[Shape, ...], result: ModelResult, iou: float) -> tuple[Shape, ...]:
    return tuple(with_free_groups(existing, without_known(existing, result.shapes, iou)))


def _flags(present: Mapping[str, bool], result: ModelResult, *, replace: bool) -> dict[str, bool]:
    return with_model_flags(present, result.flags, result.flag_names, replace=replace)
