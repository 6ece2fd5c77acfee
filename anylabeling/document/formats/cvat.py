"""CVAT's own XML, "CVAT for images 1.1": every kind of shape, attributes, groups, skeletons, and tags of pictures.

``annotations.xml`` names the labels and has an ``image`` for each picture of ``images/``. See
https://docs.cvat.ai/docs/other/xml_format; what it does not say is found in what CVAT writes and reads, in
cvat/apps/dataset_manager/formats/cvat.py of https://github.com/cvat-ai/cvat.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from anylabeling.document.formats.base import (
    ClassNumbers,
    DatasetWriter,
    OutputFile,
    Record,
    WriteOptions,
    visible,
)
from anylabeling.document.formats.cvat_elements import (
    TEXT,
    Attribute,
    attribute_texts,
    attributes_of,
    coordinate,
    form_of,
    point_list,
)
from anylabeling.document.formats.cvat_labels import Facts, label_row
from anylabeling.document.formats.cvat_reader import TAG_KIND, CvatReader, is_cvat
from anylabeling.document.formats.image_flags import flags_of
from anylabeling.document.formats.notes import Notes, note_lost_fields
from anylabeling.document.formats.poses import OCCLUDED_FLAG
from anylabeling.document.formats.xml_tree import element_text, tag_text
from anylabeling.document.shape import Shape, ShapeKind

__all__ = ["CvatReader", "CvatWriter", "is_cvat"]

_NAME = "annotations.xml"
_SKELETON = "skeleton"
_SAME_PX = 0.011
"""A box that is around its points as closely as CVAT's decimals tell is one that the points make."""


@dataclass(slots=True)
class _Skeleton:
    """Points with names and the box around them, which can be written as a skeleton where its label is of no other use.

    Attributes:
        label: What it is.
        given: The attributes of its element.
        middle: Where points are put that it has not.
        points: The element of each point by name.
        rest: Its own attributes, as XML.
        apart: Box and points as elements of their own.
        facts: What the list of labels says of the skeleton; of its points by (name, attribute).
        point_facts: The same of its points.
        apart_facts: What it says of box and points.
    """

    label: str
    given: dict[str, str]
    middle: str
    points: dict[str, str]
    rest: str
    apart: str
    facts: Facts
    point_facts: Facts
    apart_facts: Facts


@dataclass(slots=True)
class _Part:
    """An image: its objects from the bottom up, its tags, and what the list of labels says of them."""

    objects: list[str | _Skeleton]
    tags: str
    facts: Facts


class CvatWriter(DatasetWriter):
    """Shapes as they are; those that CVAT does not have as what is next to them."""

    holds = frozenset(
        {"text", "description", "group", "flags", "difficult", "attributes", "score", "image flags", "image tags"}
    )

    def __init__(self, target: Path, options: WriteOptions) -> None:
        super().__init__(target, options)
        self._images: list[tuple[dict[str, str], _Part]] = []

    def encode(self, record: Record, notes: Notes) -> _Part:
        """Return the objects and tags of an image."""
        annotation, facts = record.annotation, Facts()
        shapes = []
        for shape in visible(annotation.shapes):
            if shape.label:
                shapes.append(shape)
            else:
                notes.left_out(shape.kind, "no label")
        note_lost_fields(annotation, tuple(shapes), self.holds, notes)
        groups = _group_numbers(shapes)
        skeletons = _skeletons(shapes)
        inner = {point.uid for points in skeletons.values() for point in points}
        size = (record.width, record.height)
        objects: list[str | _Skeleton] = []
        for shape in shapes:
            points = skeletons.get(shape.uid)
            if points is not None:
                objects.append(_skeleton(shape, points, size, groups, notes))
            elif shape.uid not in inner:
                objects.append(_element(shape, size, groups, facts, notes))
        return _Part(objects, _tags(flags_of(annotation), annotation.tags, facts), facts)

    def add(self, record: Record, part: _Part) -> list[OutputFile]:
        """Keep an image until the end."""
        given = {"id": str(len(self._images)), "name": record.name}
        given |= {"subset": record.split} if record.split else {}
        given |= {"width": str(record.width), "height": str(record.height)}
        self._images.append((given, part))
        return []

    def finish(self) -> list[OutputFile]:
        """Return the file."""
        facts = Facts()
        points: dict[str, tuple[Facts, ClassNumbers]] = {}
        for _, part in self._images:
            facts.add(part.facts)
        skeletons = [one for _, part in self._images for one in part.objects if isinstance(one, _Skeleton)]
        # A label of CVAT is a skeleton's or that of other shapes, never both.
        whole = {one.label for one in skeletons} - {label for label, _ in facts.types}
        for one in skeletons:
            if one.label in whole:
                facts.add(one.facts)
                known = points.setdefault(one.label, (Facts(), ClassNumbers()))
                known[0].add(one.point_facts)
                for name in one.points:
                    known[1].number(name)
            else:
                facts.add(one.apart_facts)
        names = {label: numbers.names() for label, (_, numbers) in points.items()}
        self.notes.said("as text", facts.mixed() + sum(own.mixed() for own, _ in points.values()))
        labels = self._labels(facts, {label: (own, names[label]) for label, (own, _) in points.items()})

        def content() -> bytes:
            texts = [
                '<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n<version>1.1</version>\n',
                self._meta(labels),
            ]
            for given, part in self._images:
                objects = (
                    one if isinstance(one, str) else _whole(one, names[one.label]) if one.label in whole else one.apart
                    for one in part.objects
                )
                texts.append(tag_text("image", given, "".join(objects) + part.tags))
            return "".join([*texts, "</annotations>\n"]).encode("utf-8", "replace")

        return [OutputFile(_NAME, content)]

    def _meta(self, labels: Sequence[str]) -> str:
        splits = self.options.splits
        rows = [
            element_text("id", 0, 3),
            element_text("name", self.target.name, 3),
            *([] if splits else [element_text("size", len(self._images), 3), element_text("mode", "annotation", 3)]),
            element_text("labels", list(labels), 3),
            *([element_text("subsets", "\n".join(splits), 3)] if splits else []),
        ]
        return element_text("meta", [element_text("project" if splits else "task", rows, 2)])

    def _labels(self, facts: Facts, skeletons: Mapping[str, tuple[Facts, Sequence[str]]]) -> list[str]:
        rows, colors = [], self.options.colors
        for label in dict.fromkeys((*self.options.known_classes, *(label for label, _ in facts.types))):
            rows.append(label_row(label, facts, color=colors.get(label)))
            own, names = skeletons.get(label, (Facts(), ()))
            rows += [label_row(name, own, label, color=colors.get(name)) for name in names]
        return rows


def _group_numbers(shapes: Iterable[Shape]) -> dict[int, int]:
    """Return a number above 0 for each group, its own where that is one: 0 is no group to CVAT."""
    groups = dict.fromkeys(shape.group_id for shape in shapes if shape.group_id is not None)
    numbers = {group: group for group in groups if group > 0}
    for group in groups:
        if group <= 0:
            numbers[group] = max(numbers.values(), default=0) + 1
    return numbers


def _given(shape: Shape, groups: Mapping[int, int], *, occluded: bool = True) -> dict[str, str]:
    given = {"label": shape.label, "source": "manual" if shape.score is None else "auto"}
    if occluded:
        given["occluded"] = str(int(bool(shape.flags.get(OCCLUDED_FLAG))))
    return given | {"z_order": "0"} | ({"group_id": str(groups[shape.group_id])} if shape.group_id is not None else {})


def _element(shape: Shape, size: tuple[int, int], groups: Mapping[int, int], facts: Facts, notes: Notes) -> str:
    form = form_of(shape, size, notes)
    if form is None:
        return ""
    attributes = attributes_of(shape, notes)
    facts.saw(shape.label, form.type, attributes)
    return tag_text(form.tag, _given(shape, groups) | form.place, attribute_texts(attributes))


def _tags(flags: Sequence[str], words: Sequence[str], facts: Facts) -> str:
    """Return flags as tags, and words that describe the image as tags that say that they are that."""
    mark = [Attribute(TAG_KIND, "tag", TEXT)]
    texts = []
    for label, attributes in [*((flag, []) for flag in flags), *((word, mark) for word in words)]:
        facts.saw(label, "tag", attributes)
        texts.append(tag_text("tag", {"label": label, "source": "manual"}, attribute_texts(attributes)))
    return "".join(texts)


def _skeletons(shapes: Sequence[Shape]) -> dict[int, list[Shape]]:
    """Return the points of each box that is just what is around them, by the uid of the box."""
    members: dict[int, list[Shape]] = {}
    for shape in shapes:
        if shape.group_id is not None:
            members.setdefault(shape.group_id, []).append(shape)
    found = {}
    for group in members.values():
        boxes = [shape for shape in group if shape.kind is ShapeKind.RECTANGLE]
        points = [shape for shape in group if shape.kind is ShapeKind.POINT]
        if len(boxes) == 1 and points and len(group) == len(points) + 1:
            names = {point.label for point in points}
            places = np.vstack([point.points for point in points])
            around = np.array([places.min(axis=0), places.max(axis=0)])
            own = np.array([boxes[0].points.min(axis=0), boxes[0].points.max(axis=0)])
            if len(names) == len(points) and np.abs(around - own).max() <= _SAME_PX:
                found[boxes[0].uid] = points
    return found


def _skeleton(
    box: Shape, points: Sequence[Shape], size: tuple[int, int], groups: Mapping[int, int], notes: Notes
) -> _Skeleton:
    apart_facts, facts, point_facts = Facts(), Facts(), Facts()
    apart = "".join(_element(shape, size, groups, apart_facts, notes) for shape in (box, *points))
    own = attributes_of(box, Notes())
    facts.saw(box.label, _SKELETON, own)
    inner = {}
    for point in points:
        attributes = attributes_of(point, Notes())
        point_facts.saw(point.label, "points", attributes)
        occluded = str(int(bool(point.flags.get(OCCLUDED_FLAG))))
        given = {"label": point.label, "source": "manual", "outside": "0", "occluded": occluded}
        given["points"] = point_list(point.points)
        inner[point.label] = tag_text("points", given, attribute_texts(attributes))
    middle = ",".join(map(coordinate, box.points.mean(axis=0).tolist()))
    given = _given(box.with_changes(group_id=None), groups, occluded=False)
    return _Skeleton(box.label, given, middle, inner, attribute_texts(own), apart, facts, point_facts, apart_facts)


def _whole(skeleton: _Skeleton, names: Sequence[str]) -> str:
    """Return a skeleton with all points that those of its label have; what it has not is outside of the picture."""
    hidden = {"source": "manual", "outside": "1", "occluded": "0", "points": skeleton.middle}
    points = (skeleton.points.get(name) or tag_text("points", {"label": name} | hidden) for name in names)
    return tag_text("skeleton", skeleton.given, "".join(points) + skeleton.rest)
