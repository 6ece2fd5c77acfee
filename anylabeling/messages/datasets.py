"""What crosses between the window and the services about data sets of other programs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from anylabeling.messages.progress import ItemFailure


class ImageMode(str, Enum):
    """What becomes of the pictures of an exported data set."""

    COPY = "copy"
    LINK = "link"
    """Hard links, or symbolic ones where the disk is another."""
    NONE = "none"


class ExistingLabels(str, Enum):
    """What becomes of images that have labels when others are imported."""

    KEEP = "keep"
    """They are left alone."""
    MERGE = "merge"
    """Objects that they do not have yet are added."""
    REPLACE = "replace"
    """The imported labels take the place of theirs, whose files are kept aside."""


class Frame(str, Enum):
    """Which picture the numbers of a data set count in, where it is stored turned (EXIF)."""

    AUTO = "auto"
    """Import: as stored where the data set states that size, else as shown. Export: as shown."""
    SHOWN = "shown"
    STORED = "stored"


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What to export.

    Attributes:
        format: Its id in ``document.formats.registry``.
        target: The folder of the data set.
        images: What becomes of the pictures.
        splits: Names and shares of the parts, such as (("train", 80), ("val", 20)); empty for one piece.
        seed: Another number divides the images in another way.
        only_labelled: Leave out images without any label.
        only_checked: Leave out images that nobody has checked.
        classes: Only objects of these labels; None for all.
        frame: Which picture the numbers count in.
        known_classes: Labels that get the first numbers, in this order, in a data set that has none yet.
        overwrite: Write into a folder that is not empty.
        compressed: Run lengths of COCO as texts rather than lists.
        colors: Labels whose colour may be another than their name gives them, with red, green and blue.
    """

    format: str
    target: str
    images: ImageMode = ImageMode.COPY
    splits: tuple[tuple[str, int], ...] = ()
    seed: int = 0
    only_labelled: bool = False
    only_checked: bool = False
    classes: frozenset[str] | None = None
    frame: Frame = Frame.AUTO
    known_classes: tuple[str, ...] = ()
    overwrite: bool = False
    compressed: bool = True
    colors: tuple[tuple[str, tuple[int, int, int]], ...] = ()


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What to import.

    Attributes:
        format: Its id in ``document.formats.registry``.
        source: The folder of the data set, or a file of it.
        images: Folder in which the pictures are looked for; empty for the data set's own places.
        existing: What becomes of images that have labels.
        classes: Only objects of these labels; None for all.
        frame: Which picture the numbers count in.
    """

    format: str
    source: str
    images: str = ""
    existing: ExistingLabels = ExistingLabels.KEEP
    classes: frozenset[str] | None = None
    frame: Frame = Frame.AUTO


@dataclass(frozen=True, slots=True)
class ExchangeReport:
    """What came of an export or import.

    Attributes:
        format: Title of the format, for people.
        place: The folder that was written, or read.
        images: Images that were written, or whose labels were taken over.
        objects: Objects that are in them.
        lines: Sentences about what is not as it was.
        failed: Images that failed; the others are done.
        cancelled: Whether it was stopped before its end.
        seconds: How long it took.
        image_folder: Import: the folder that holds the pictures, or empty.
        kept_aside: Import: the folder with the label files that were replaced, or empty.
    """

    format: str
    place: str
    images: int = 0
    objects: int = 0
    lines: tuple[str, ...] = ()
    failed: tuple[ItemFailure, ...] = ()
    cancelled: bool = False
    seconds: float = 0.0
    image_folder: str = ""
    kept_aside: str = ""
