"""The question that the image filter answers, and its answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Range = tuple[float, float]
"""Least and greatest value, both included."""


class CountMode(str, Enum):
    """How the number of matching objects is compared with the wanted one."""

    ANY = "any"
    """At least one."""
    AT_LEAST = "at_least"
    EXACTLY = "exactly"
    AT_MOST = "at_most"
    """None counts too."""


class CountScope(str, Enum):
    """Which objects are counted together."""

    TOTAL = "total"
    """All that count, whatever their class."""
    PER_CLASS = "per_class"
    """Each class by itself."""


class FilterSource(str, Enum):
    """Where the objects come from."""

    DETECTIONS = "detections"
    """What the model finds."""
    LABELS = "labels"
    """What the label files on disk say; no model is needed."""
    BOTH = "both"
    """The conditions on objects have to hold for the detections and for the labels."""


class SortKey(str, Enum):
    """The order of the matches."""

    FOLDER = "folder"
    """As the images were given."""
    COUNT = "count"
    """Most objects first."""
    CONFIDENCE = "confidence"
    """Highest score first."""
    DISAGREEMENT = "disagreement"
    """Where labels and detections differ most first."""


@dataclass(frozen=True, slots=True)
class FilterQuery:
    """Which images are wanted. Every condition that is set has to hold.

    Objects count when their class is in ``classes`` or ``all_of`` (any class where both are None), their score in the
    confidence range and their box in the size range; labels count whatever their score. With only ``none_of`` set, or
    only sorted by disagreement, ANY puts no condition on the number.

    Attributes:
        classes: Names of which any counts, or None for all classes.
        count_mode: How the number of objects is compared.
        count_value: The wanted number, 1-100; not used by ANY.
        confidence: Least score of a detection that counts, 0-1.
        iou: Overlap above which boxes of one class are one object, 0-1.
        source: Where the objects come from.
        all_of: Names each of which has to be there, or None.
        none_of: Names none of which may be there, or None.
        count_scope: Whether the number is that of all objects together or of each class. By class, every name in
            ``all_of`` has to pass; of the others one that passes is enough, but AT_MOST holds for each.
        confidence_max: Greatest score of a detection that counts.
        box_size_px: Range of the square root of a box's area in pixels, or None.
        image_width: Range of the picture's width in pixels, or None.
        image_height: Range of the picture's height in pixels, or None.
        has_labels: Whether a label file is there, or None for either.
        checked: Whether a person has marked the image as reviewed, or None for either.
        flags: Flags of the image all of which are set.
        tags: Tags of the image, in upper or lower case, of which one is there, or None.
        all_tags: Tags each of which is there, or None.
        no_tags: Tags none of which is there, or None.
        text: Contained in the texts and descriptions of the image and its objects, in upper or lower case.
        name: Pattern of the file name with ``*``, ``?`` and ``[]``, in upper or lower case; empty for all.
        folder: A folder, or its last parts; images in it and below it. Empty for all.
        sort: Order of the matches.
        reverse: Turn that order around.
    """

    classes: frozenset[str] | None = None
    count_mode: CountMode = CountMode.ANY
    count_value: int = 1
    confidence: float = 0.25
    iou: float = 0.45
    source: FilterSource = FilterSource.DETECTIONS
    all_of: frozenset[str] | None = None
    none_of: frozenset[str] | None = None
    count_scope: CountScope = CountScope.TOTAL
    confidence_max: float = 1.0
    box_size_px: Range | None = None
    image_width: Range | None = None
    image_height: Range | None = None
    has_labels: bool | None = None
    checked: bool | None = None
    flags: frozenset[str] = frozenset()
    tags: frozenset[str] | None = None
    all_tags: frozenset[str] | None = None
    no_tags: frozenset[str] | None = None
    text: str = ""
    name: str = ""
    folder: str = ""
    sort: SortKey = SortKey.FOLDER
    reverse: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.count_value <= 100:
            raise ValueError("the count must be between 1 and 100")
        if not (0.0 <= self.confidence <= 1.0 and 0.0 <= self.iou <= 1.0):
            raise ValueError("confidence and IoU must be between 0 and 1")
        if not self.confidence <= self.confidence_max <= 1.0:
            raise ValueError("the greatest confidence must be between the least one and 1")
        if any(names is not None and not names for names in (self.classes, self.all_of, self.none_of)):
            raise ValueError("choose at least one class")
        if any(tags is not None and not tags for tags in (self.tags, self.all_tags, self.no_tags)):
            raise ValueError("name at least one tag")
        for limits in (self.box_size_px, self.image_width, self.image_height):
            if limits is not None and not 0 <= limits[0] <= limits[1]:
                raise ValueError("a range must go from a smaller to a greater number")

    @property
    def needs_model(self) -> bool:
        """Whether the answer depends on what a model detects."""
        return self.source is not FilterSource.LABELS or self.sort is SortKey.DISAGREEMENT

    @property
    def needs_labels(self) -> bool:
        """Whether the answer depends on the label files."""
        return (
            self.source is not FilterSource.DETECTIONS
            or self.sort is SortKey.DISAGREEMENT
            or self.has_labels is not None
            or self.checked is not None
            or bool(self.flags)
            or self.asks_for_tags
            or bool(self.text)
        )

    @property
    def asks_for_tags(self) -> bool:
        """Whether the answer depends on the tags of images."""
        return any(tags is not None for tags in (self.tags, self.all_tags, self.no_tags))

    @property
    def named_classes(self) -> frozenset[str]:
        """All class names that the question speaks of."""
        return frozenset().union(*(names for names in (self.classes, self.all_of, self.none_of) if names))


class MatchedObject(NamedTuple):
    """One object in an image that matches.

    Attributes:
        label: Its class.
        score: 0-1; 1 for a shape that a person drew.
        box: Left, top, right, bottom in picture pixels.
    """

    label: str
    score: float
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class MatchedObjects:
    """The objects that count in an image, kept as arrays since there may be very many images.

    Attributes:
        boxes: float32 (n, 4), left, top, right, bottom in picture pixels.
        scores: float32 (n,).
        class_ids: Integers (n,).
        class_names: Index is the class id.
    """

    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    class_ids: NDArray[np.int32]
    class_names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.boxes)

    def __iter__(self) -> Iterator[MatchedObject]:
        for box, score, class_id in zip(
            self.boxes.tolist(), self.scores.tolist(), self.class_ids.tolist(), strict=True
        ):
            yield MatchedObject(self.class_names[class_id], score, tuple(box))


NO_OBJECTS = MatchedObjects(np.zeros((0, 4), np.float32), np.zeros(0, np.float32), np.zeros(0, np.int32), ())


@dataclass(frozen=True, slots=True)
class FilterMatch:
    """One image that matches.

    Attributes:
        path: The image.
        count: Objects that count.
        counts: Pairs of class name and number, most first.
        best_score: The highest score among them.
        disagreement: How much labels and detections differ, 0 for not at all; None where it was not asked for or there
            is no label file to compare with.
        reasons: What differs, one sentence each, the weightiest first.
        objects: The objects themselves.
    """

    path: str
    count: int
    counts: tuple[tuple[str, int], ...] = ()
    best_score: float = 0.0
    disagreement: float | None = None
    reasons: tuple[str, ...] = ()
    objects: MatchedObjects = field(default=NO_OBJECTS, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class FilterSummary:
    """What came of a filter run.

    Attributes:
        query: The question.
        total: Images looked at.
        matches: Those that match, in the order that the question asks for.
        failed: Pairs of path and reason.
        cancelled: Whether it was stopped before the end.
        seconds: Wall time.
        from_cache: Images whose answer was known without running the model or reading the labels again.
        inferred: Images that the model was run on.
        removed: Pairs of a condition and the number of images that it removed, most first.
        notices: Sentences for the person, such as that a damaged cache was set aside.
    """

    query: FilterQuery
    total: int
    matches: tuple[FilterMatch, ...]
    failed: tuple[tuple[str, str], ...]
    cancelled: bool
    seconds: float
    from_cache: int = 0
    inferred: int = 0
    removed: tuple[tuple[str, int], ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CacheStats:
    """How a cache is doing.

    Attributes:
        hits: Questions answered from it since the start.
        misses: Questions that it could not answer.
        entries: What it holds.
        size_bytes: What that takes on disk or in memory.
        persistent: Whether it outlives the program.
    """

    hits: int
    misses: int
    entries: int
    size_bytes: int
    persistent: bool

    @property
    def hit_rate(self) -> float:
        """Share of questions that were answered, 0-1."""
        asked = self.hits + self.misses
        return self.hits / asked if asked else 0.0


SCORE_BINS = 20
"""Bins of equal width between 0 and 1 in which scores are counted."""


@dataclass(frozen=True, slots=True)
class FilterDistribution:
    """What is known of the images that a question is about, without running a model.

    Attributes:
        images: Images of which the objects are known.
        scores: For each of SCORE_BINS bins the number of objects of the wanted classes; empty where objects have no
            scores that count.
        counts: Index n is the number of images with n objects that count; the last one stands for all above, too.
        classes: Pairs of class name and number of objects that are sure enough, in the order of the classes.
    """

    images: int
    scores: tuple[int, ...]
    counts: tuple[int, ...]
    classes: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class FilterCaches:
    """How what the image filter remembers is doing.

    Attributes:
        answers: Whole answers; None where they are not kept.
        detections: What models have found; an entry is a pair of image and model.
    """

    answers: CacheStats | None
    detections: CacheStats
