"""What a format could not hold, counted, in sentences for people: nothing is left out in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from anylabeling.document.annotation import Annotation
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.translation import tr, trn


class Notes:
    """Counts what was written as something else, and what was left out. Used by one thread at a time."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str, str]] = Counter()

    def __bool__(self) -> bool:
        return bool(self._counts)

    def written_as(self, kind: ShapeKind, target: str) -> None:
        """Note a shape that was written as something else, a key of TARGETS."""
        self._counts["as", kind.value, target] += 1

    def left_out(self, kind: ShapeKind, reason: str) -> None:
        """Note a shape that was left out for a reason, a key of REASONS."""
        self._counts["out", kind.value, reason] += 1

    def lost(self, field: str, count: int = 1) -> None:
        """Note values that have no place in the format, a key of FIELDS."""
        if count:
            self._counts["field", field, ""] += count

    def said(self, subject: str, count: int = 1) -> None:
        """Note something else, a key of SUBJECTS."""
        if count:
            self._counts["said", subject, ""] += count

    def add(self, other: Notes) -> None:
        """Take over the counts of another one."""
        self._counts.update(other._counts)

    def counts(self) -> Mapping[tuple[str, str, str], int]:
        """Return what was counted: what happened, to what, and how."""
        return dict(self._counts)

    def sentences(self) -> list[str]:
        """Return a sentence for each thing that happened, the most frequent first."""
        ordered = sorted(self._counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return [_sentence(*key, count) for key, count in ordered]


def counted_kind(kind: ShapeKind, count: int) -> str:
    """Return a number of shapes of one kind in words."""
    words = _KINDS.get(kind)
    return words(count) if words is not None else trn("%n shape", "%n shapes", count)


def note_lost_fields(annotation: Annotation, shapes: tuple[Shape, ...], holds: frozenset[str], notes: Notes) -> None:
    """Count what is known about an image and its shapes and is no part of a format.

    Args:
        annotation: The image.
        shapes: The shapes that are written.
        holds: Keys of FIELDS that the format has a place for.
        notes: Where it is counted.
    """
    if all(map(_is_plain, shapes)):
        shapes = ()
    for field, has in _SHAPE_FIELDS.items():
        if field not in holds:
            notes.lost(field, sum(map(has, shapes)))
    for field, is_set in _IMAGE_FIELDS.items():
        if field not in holds:
            notes.lost(field, int(is_set(annotation)))


def _is_plain(shape: Shape) -> bool:
    """Say whether nothing is known about a shape beyond its place and label, as of most."""
    return not (
        shape.text
        or shape.description
        or shape.flags
        or shape.difficult
        or shape.attributes
        or shape.score is not None
        or shape.group_id is not None
    )


_SHAPE_FIELDS: Mapping[str, Callable[[Shape], bool]] = {
    "score": lambda shape: shape.score is not None,
    "text": lambda shape: bool(shape.text),
    "description": lambda shape: bool(shape.description),
    "group": lambda shape: shape.group_id is not None,
    "flags": lambda shape: any(shape.flags.values()),
    "difficult": lambda shape: shape.difficult,
    "attributes": lambda shape: bool(shape.attributes),
}
_IMAGE_FIELDS: Mapping[str, Callable[[Annotation], bool]] = {
    "image flags": lambda annotation: any(annotation.flags.values()),
    "image text": lambda annotation: bool(annotation.text),
    "image description": lambda annotation: bool(annotation.description),
    "image tags": lambda annotation: bool(annotation.tags),
    "checked": lambda annotation: annotation.checked,
}

_KINDS: Mapping[ShapeKind, Callable[[int], str]] = {
    ShapeKind.POLYGON: lambda count: trn("%n polygon", "%n polygons", count),
    ShapeKind.RECTANGLE: lambda count: trn("%n rectangle", "%n rectangles", count),
    ShapeKind.ROTATED_RECTANGLE: lambda count: trn("%n rotated rectangle", "%n rotated rectangles", count),
    ShapeKind.QUADRILATERAL: lambda count: trn("%n quadrilateral", "%n quadrilaterals", count),
    ShapeKind.CIRCLE: lambda count: trn("%n circle", "%n circles", count),
    ShapeKind.LINE: lambda count: trn("%n line", "%n lines", count),
    ShapeKind.LINESTRIP: lambda count: trn("%n line strip", "%n line strips", count),
    ShapeKind.POINT: lambda count: trn("%n point", "%n points", count),
    ShapeKind.MASK: lambda count: trn("%n mask", "%n masks", count),
    ShapeKind.CUBOID: lambda count: trn("%n cuboid", "%n cuboids", count),
    ShapeKind.POINTS: lambda count: trn("%n object of points", "%n objects of points", count),
}

TARGETS: Mapping[str, Callable[[], str]] = {
    "box": lambda: tr("boxes around them"),
    "polygon": lambda: tr("polygons"),
    "rotated box": lambda: tr("the least rotated boxes around them"),
    "joined outline": lambda: tr("one outline, with cuts to the holes and from part to part"),
    "run lengths": lambda: tr("bitmaps"),
    "one object": lambda: tr("parts of one object with the others of their group"),
}
"""What a shape was written as."""

REASONS: Mapping[str, Callable[[], str]] = {
    "no area": lambda: tr("the format holds areas only"),
    "outside": lambda: tr("they lie outside of the picture"),
    "no object": lambda: tr("they belong to no object, or their name is not among its key points"),
    "hidden": lambda: tr("other objects cover them"),
    "no text": lambda: tr("they have no text"),
    "no label": lambda: tr("they have no label"),
    "only flags": lambda: tr("the format holds flags of images only"),
    "no place": lambda: tr("the format has no place for them"),
}
"""Why a shape was left out."""

FIELDS: Mapping[str, Callable[[int], str]] = {
    "score": lambda count: trn("%n score has no place in the format.", "%n scores have no place in the format.", count),
    "text": lambda count: trn("%n text has no place in the format.", "%n texts have no place in the format.", count),
    "description": lambda count: trn(
        "%n remark on an object has no place in the format.",
        "%n remarks on objects have no place in the format.",
        count,
    ),
    "group": lambda count: trn(
        "The group of %n object has no place in the format.",
        "The groups of %n objects have no place in the format.",
        count,
    ),
    "flags": lambda count: trn(
        "The flags of %n object have no place in the format.",
        "The flags of %n objects have no place in the format.",
        count,
    ),
    "difficult": lambda count: trn(
        "That %n object is difficult has no place in the format.",
        "That %n objects are difficult has no place in the format.",
        count,
    ),
    "attributes": lambda count: trn(
        "The attributes of %n object have no place in the format.",
        "The attributes of %n objects have no place in the format.",
        count,
    ),
    "image flags": lambda count: trn(
        "The flags of %n image have no place in the format.",
        "The flags of %n images have no place in the format.",
        count,
    ),
    "image text": lambda count: trn(
        "The text of %n image has no place in the format.", "The texts of %n images have no place in the format.", count
    ),
    "image description": lambda count: trn(
        "The remark on %n image has no place in the format.",
        "The remarks on %n images have no place in the format.",
        count,
    ),
    "image tags": lambda count: trn(
        "The tags of %n image have no place in the format.",
        "The tags of %n images have no place in the format.",
        count,
    ),
    "checked": lambda count: trn(
        "That %n image is checked has no place in the format.",
        "That %n images are checked has no place in the format.",
        count,
    ),
}
"""What may be known and have no place."""

SUBJECTS: Mapping[str, Callable[[int], str]] = {
    "clipped": lambda count: trn(
        "%n object was cut at the edge of the picture.", "%n objects were cut at the edge of the picture.", count
    ),
    "rounded": lambda count: trn(
        "%n object was rounded to whole pixels.", "%n objects were rounded to whole pixels.", count
    ),
    "turned": lambda count: trn(
        "%n picture is stored turned and was written upright.",
        "%n pictures are stored turned and were written upright.",
        count,
    ),
    "turned labels": lambda count: trn(
        "The labels of %n picture were turned as it is stored.",
        "The labels of %n pictures were turned as they are stored.",
        count,
    ),
    "turned back": lambda count: trn(
        "The labels of %n picture were for the picture as it is stored, and were turned upright.",
        "The labels of %n pictures were for the pictures as they are stored, and were turned upright.",
        count,
    ),
    "renamed": lambda count: trn(
        "%n picture got another name: another one has it, or no file of a data set can hold it.",
        "%n pictures got other names: others have theirs, or no file of a data set can hold them.",
        count,
    ),
    "name changed": lambda count: trn(
        "%n label was written with _ for its spaces.", "%n labels were written with _ for their spaces.", count
    ),
    "as text": lambda count: trn(
        "%n object has an attribute that is written as text.",
        "%n objects have attributes that are written as text.",
        count,
    ),
    "flags as attributes": lambda count: trn(
        "The flags of %n object were written as attributes.",
        "The flags of %n objects were written as attributes.",
        count,
    ),
    "ellipses": lambda count: trn("%n ellipse is a polygon here.", "%n ellipses are polygons here.", count),
    "no letters": lambda count: trn(
        "The name of %n object has letters that no font on this computer has.",
        "The names of %n objects have letters that no font on this computer has.",
        count,
    ),
    "skeleton groups": lambda count: trn(
        "The group of %n skeleton was left out: its points are one.",
        "The groups of %n skeletons were left out: the points of each are one.",
        count,
    ),
    "tag attributes": lambda count: trn(
        "The attributes of %n tag were left out.", "The attributes of %n tags were left out.", count
    ),
    "parts": lambda count: trn("%n part of an object was left out.", "%n parts of objects were left out.", count),
    "bad entries": lambda count: trn(
        "%n entry that makes no sense was left out.", "%n entries that make no sense were left out.", count
    ),
    "no pictures": lambda count: trn(
        "%n entry names no picture that is there.", "%n entries name no pictures that are there.", count
    ),
    "void": lambda count: trn(
        "The undecided borders (255) of %n picture were left out.",
        "The undecided borders (255) of %n pictures were left out.",
        count,
    ),
    "overlaps": lambda count: trn(
        "In %n picture objects overlap; the upper one counts.",
        "In %n pictures objects overlap; the upper one counts.",
        count,
    ),
    "more flags": lambda count: trn(
        "%n image has several flags and stands in several folders.",
        "%n images have several flags and stand in several folders.",
        count,
    ),
    "no flags": lambda count: trn(
        "%n image without a flag was left out.", "%n images without a flag were left out.", count
    ),
    "instances": lambda count: trn(
        "%n object is no object of its own any more where others of its label touch it.",
        "%n objects are no objects of their own any more where others of their label touch them.",
        count,
    ),
    "unlabelled": lambda count: trn(
        "%n image without labels was left out.", "%n images without labels were left out.", count
    ),
    "unchecked": lambda count: trn(
        "%n image that is not checked was left out.", "%n images that are not checked were left out.", count
    ),
    "other classes": lambda count: trn(
        "%n object of a label that was not chosen was left out.",
        "%n objects of labels that were not chosen were left out.",
        count,
    ),
    "kept": lambda count: trn(
        "%n image has labels already and was left alone.", "%n images have labels already and were left alone.", count
    ),
}
"""What else may be said."""


def _sentence(what: str, subject: str, how: str, count: int) -> str:
    if what == "field":
        return FIELDS[subject](count)
    if what == "said":
        return SUBJECTS[subject](count)
    things = counted_kind(ShapeKind(subject), count)
    if what == "as":
        return tr("{things} written as {target}.", things=things, target=TARGETS[how]())
    return tr("{things} left out: {reason}.", things=things, reason=REASONS[how]())
