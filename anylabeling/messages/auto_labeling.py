"""Requests to label images with a model."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

MIN_TILE_PX = 64
MAX_TILE_PX = 4096
MAX_TILE_OVERLAP = 0.9


class ExistingPolicy(str, Enum):
    """What happens to the shapes that an image has already."""

    KEEP = "keep"
    """New shapes are added beside them."""
    REPLACE = "replace"
    """New shapes take their place."""
    SKIP = "skip"
    """Images that have shapes are left alone and not run."""


@dataclass(frozen=True, slots=True)
class Tiling:
    """How a large picture is looked at in parts, besides as a whole.

    Attributes:
        side_px: Side of a tile in pixels of the picture; 0 for the side that the model looks at.
        overlap: Share of a tile's side that it has in common with the next one, from 0 up to 0.9.
    """

    side_px: int = 0
    overlap: float = 0.2

    def __post_init__(self) -> None:
        """Raise ValueError for tiles that are too small, or never get on."""
        if not (self.side_px == 0 or MIN_TILE_PX <= self.side_px <= MAX_TILE_PX):
            raise ValueError(f"a tile has {MIN_TILE_PX} to {MAX_TILE_PX} pixels, not {self.side_px}")
        if not 0.0 <= self.overlap <= MAX_TILE_OVERLAP:
            raise ValueError(f"tiles overlap by 0 to {MAX_TILE_OVERLAP}, not {self.overlap}")


@dataclass(frozen=True, slots=True)
class DetectOptions:
    """Which detections count.

    Attributes:
        confidence: Least score, 0-1.
        iou: Boxes of one class that overlap more than this are one object, 0-1.
        classes: Names of the classes that are wanted, or None for all.
        max_detections: At most this many per image, or per tile where it is looked at in tiles.
    """

    confidence: float = 0.25
    iou: float = 0.45
    classes: frozenset[str] | None = None
    max_detections: int = 300


@dataclass(frozen=True, slots=True)
class SuggestedOptions:
    """What a model's config says about which detections count; None where it says nothing.

    Attributes:
        confidence: Least score, 0-1.
        iou: Boxes that overlap more than this are one object, 0-1.
        classes: Names of the classes that are wanted.
        max_detections: At most this many per image.
        tiling: How large pictures are looked at.
    """

    confidence: float | None = None
    iou: float | None = None
    classes: frozenset[str] | None = None
    max_detections: int | None = None
    tiling: Tiling | None = None

    def over(self, usual: DetectOptions) -> DetectOptions:
        """Return these options with the usual ones where nothing is suggested."""
        return DetectOptions(
            usual.confidence if self.confidence is None else self.confidence,
            usual.iou if self.iou is None else self.iou,
            usual.classes if self.classes is None else self.classes,
            usual.max_detections if self.max_detections is None else self.max_detections,
        )


@dataclass(frozen=True, slots=True)
class AutoLabelRequest:
    """Label many images.

    Attributes:
        paths: The images, in the order in which they are to be done.
        options: Which detections count.
        existing: What happens to shapes that are there.
        output_dir: Folder for the label files, or None for beside the images.
    """

    paths: tuple[str, ...]
    options: DetectOptions = DetectOptions()
    existing: ExistingPolicy = ExistingPolicy.KEEP
    output_dir: str | None = None


@dataclass(frozen=True, slots=True)
class AutoLabelSummary:
    """What came of labelling many images.

    Attributes:
        labelled: Images that were run and written.
        skipped: Images left alone because they had shapes.
        failed: Pairs of path and reason.
        shapes: Shapes found in all.
        cancelled: Whether it was stopped before the end.
        seconds: Wall time.
        per_class: Pairs of class name and number found, most first.
        undone: Images that were not looked at because the disk is full.
    """

    labelled: int
    skipped: int
    failed: tuple[tuple[str, str], ...]
    shapes: int
    cancelled: bool
    seconds: float
    per_class: tuple[tuple[str, int], ...] = ()
    undone: int = 0
