"""Bring new shapes together with those that an image has."""

from __future__ import annotations

from collections.abc import Iterable

from anylabeling.document.annotation import Annotation
from anylabeling.document.shape import Shape
from anylabeling.messages.auto_labeling import ExistingPolicy


def merge_shapes(annotation: Annotation, new_shapes: Iterable[Shape], policy: ExistingPolicy) -> Annotation:
    """Return the annotation with new shapes: on top of the old ones, in their place, or only where there were none."""
    if policy is ExistingPolicy.SKIP and annotation.shapes:
        return annotation
    kept = annotation.shapes if policy is ExistingPolicy.KEEP else ()
    return annotation.with_changes(shapes=(*kept, *new_shapes))
