"""What the labels of some images can teach: each label file is looked at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.areas import has_area
from anylabeling.document.formats.base import visible
from anylabeling.document.formats.image_flags import flags_of
from anylabeling.document.formats.notes import Notes
from anylabeling.document.formats.poses import poses
from anylabeling.document.label_file import read_label_file
from anylabeling.document.shape import ShapeKind
from anylabeling.errors import AppError
from anylabeling.messages.training import TrainTask
from anylabeling.services.dataset.exchange_sources import Source, SourceItem
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.parallel import BatchProcessor, ItemError
from anylabeling.utils.progress_reporter import ProgressReporter
from anylabeling.utils.turns import give_way

PARTS = {"train": "train", "training": "train", "val": "val", "valid": "val", "validation": "val"}
"""Names of folders that say what the images in them are for."""

_SLANTED = (ShapeKind.ROTATED_RECTANGLE, ShapeKind.QUADRILATERAL)
_READERS = 4


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What one image has.

    Attributes:
        item: The image.
        checked: Whether a person has checked it.
        areas: Label to number of shapes that enclose an area.
        outlined: How many of them are more than a box.
        slanted: How many of them have four corners at any angle.
        poses: Label to number of objects with key points.
        flags: Flags that are set.
        broken: Why its labels cannot be read; empty where they can.
        part: What its folder says it is for: "train", "val" or empty.
    """

    item: SourceItem
    checked: bool = False
    areas: Counter[str] = field(default_factory=Counter)
    outlined: int = 0
    slanted: int = 0
    poses: Counter[str] = field(default_factory=Counter)
    flags: tuple[str, ...] = ()
    broken: str = ""
    part: str = ""

    def labels(self, task: TrainTask) -> Counter[str]:
        """Return the labels that count for a task, with how many there are."""
        if task is TrainTask.CLASSIFY:
            # An image of two classes would be right and wrong at once.
            return Counter(self.flags) if len(self.flags) == 1 else Counter()
        return self.poses if task is TrainTask.POSE else self.areas


def survey(
    source: Source,
    *,
    cancel: CancelToken | None = None,
    on_progress: Callable[[int, int | None], object] | None = None,
) -> list[ImageFacts]:
    """Look at the labels of all images.

    Args:
        source: The images.
        cancel: Stops between two images.
        on_progress: Called with images done and in all, about ten times a second.

    Raises:
        Cancelled: When ``cancel`` was used.
    """
    items = source.items()
    reporter = ProgressReporter(on_progress, len(items))
    found: list[ImageFacts] = []
    with BatchProcessor(_facts, _READERS) as readers:
        for facts in readers.iter_items(items, cancel=cancel):
            if isinstance(facts, ItemError):
                raise facts.error
            found.append(facts)
            reporter.update(len(found))
    reporter.finish(len(found))
    if cancel is not None:
        cancel.raise_if_cancelled()
    return found


def part_of(name: str) -> str:
    """Return what the folders of an image say it is for."""
    folders: Sequence[str] = PurePosixPath(name).parent.parts
    return next((PARTS[folder.lower()] for folder in folders if folder.lower() in PARTS), "")


def _facts(item: SourceItem) -> ImageFacts:
    give_way()
    try:
        annotation = item.annotation
        if annotation is None:
            annotation = read_label_file(Path(item.label_file)) if item.label_file else Annotation()
    except AppError as error:
        return ImageFacts(item, broken=error.user_text, part=part_of(item.name))
    shapes = visible(annotation.shapes)
    areas = [shape for shape in shapes if has_area(shape)]
    with_points = poses(shapes, Notes())[0]
    return ImageFacts(
        item,
        annotation.checked,
        Counter(shape.label for shape in areas),
        sum(shape.kind is not ShapeKind.RECTANGLE and shape.kind not in _SLANTED for shape in areas),
        sum(shape.kind in _SLANTED for shape in areas),
        Counter(pose.shape.label for pose in with_points.values()),
        tuple(flags_of(annotation)),
        part=part_of(item.name),
    )
