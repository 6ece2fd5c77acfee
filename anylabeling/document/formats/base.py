"""What all formats share: records, class numbers that stay, writers and readers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.notes import Notes
from anylabeling.document.labels import Rgb
from anylabeling.document.shape import Shape


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """One image with its labels on the way into a data set.

    Attributes:
        name: Its place below the folder of images, with forward slashes; unlike that of any other in the data set, also
            without its ending.
        width: In pixels, of the frame that the labels count in.
        height: In pixels, of that frame.
        annotation: The labels.
        split: "train", "val", "test", or empty for a data set in one piece.
        path: The picture's file, or empty.
    """

    name: str
    width: int
    height: int
    annotation: Annotation
    split: str = ""
    path: str = ""

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return stem_of(self.name)


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One image as a data set names it.

    Attributes:
        name: Its place below a folder of images, with forward slashes.
        places: Files that may be the picture, the likeliest first; none of them outside of the data set.
        size: Width and height in pixels as the data set states them, or None.
        split: "train", "val", "test", or empty.
        data: What the reader needs to read its labels.
        labelled: Whether the data set says something about it; a picture that is only there has no labels to take over.
    """

    name: str
    places: tuple[Path, ...] = ()
    size: tuple[int, int] | None = None
    split: str = ""
    data: Any = None
    labelled: bool = True


class OutputFile(NamedTuple):
    """A file of a data set.

    Attributes:
        path: Its place in the data set, with forward slashes.
        content: Its bytes, or a function that makes them, called on any thread.
    """

    path: str
    content: bytes | Callable[[], bytes]

    def data(self) -> bytes:
        """Return the bytes."""
        return self.content if isinstance(self.content, bytes) else self.content()


class ClassNumbers:
    """The numbers of labels. A number that is given stays; a new label gets the next one behind all.

    Args:
        known: Label to number, as they are in the data set.
        first: The number of the first label in an empty data set.
    """

    def __init__(self, known: Mapping[str, int] | Iterable[str] = (), *, first: int = 0) -> None:
        self._first = first
        if isinstance(known, Mapping):
            self._numbers = dict(known)
        else:
            self._numbers = {}
            for name in known:
                self.number(name)

    def number(self, label: str) -> int:
        """Return the number of a label; one that is new gets the next number."""
        found = self._numbers.get(label)
        if found is None:
            found = max(self._numbers.values(), default=self._first - 1) + 1
            self._numbers[label] = found
        return found

    def numbers(self) -> dict[str, int]:
        """Return all labels with their numbers, by number."""
        return dict(sorted(self._numbers.items(), key=lambda pair: pair[1]))

    def names(self) -> list[str]:
        """Return the labels by number from ``first`` on; a number that nobody has gives an empty text."""
        by_number = {number: label for label, number in self._numbers.items()}
        return [by_number.get(number, "") for number in range(self._first, max(by_number, default=-1) + 1)]


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """How a data set is written.

    Attributes:
        splits: The parts that there will be, such as ("train", "val"); empty for a data set in one piece.
        known_classes: Labels that get the first numbers, in this order, where the data set has none yet.
        compressed: Write run lengths of COCO as short texts rather than lists of numbers.
        with_images: The pictures are put into the data set, too.
        colors: The colours of labels that have not the one that their name gives them.
    """

    splits: tuple[str, ...] = ()
    known_classes: tuple[str, ...] = ()
    compressed: bool = True
    with_images: bool = True
    colors: Mapping[str, Rgb] = field(default_factory=dict)


class DatasetWriter(ABC):
    """Writes one data set. ``encode`` is called on any thread; all else on one, in the order of the images.

    ``encode`` may also be called on copies in other processes, where it does not see what ``add`` took so far.

    Attributes:
        holds: Keys of notes.FIELDS that the format has a place for.
        has_small_parts: Whether what ``encode`` and ``add`` return can be sent to other processes for little.
        takes_pixels: Whether ``encode`` reads the pictures. They are upright then, and so are the labels, always.
        notes: What was left out by ``add`` and ``finish``, where all images are known.
    """

    holds: ClassVar[frozenset[str]] = frozenset()
    has_small_parts: ClassVar[bool] = True
    takes_pixels: ClassVar[bool] = False

    def __init__(self, target: Path, options: WriteOptions) -> None:
        """Look at what is there.

        Args:
            target: The folder of the data set; its class numbers are kept where it has some.
            options: How it is written.

        Raises:
            LabelFileError: When a file that numbers the classes cannot be understood.
        """
        self.target = target
        self.options = options
        self.notes = Notes()

    def image_places(self, record: Record) -> list[str]:
        """Return where the picture goes in the data set, with forward slashes; most formats want one place."""
        return [joined("images", record.split, record.name)]

    @abstractmethod
    def encode(self, record: Record, notes: Notes) -> Any:
        """Return what becomes of the labels of an image, with everything counted that the format cannot hold.

        In which part of the data set the image is going to be is not known yet.
        """

    @abstractmethod
    def add(self, record: Record, part: Any) -> list[OutputFile]:
        """Take what ``encode`` made of an image and return the files that are complete now.

        The record has no shapes here, and none for ``image_places``.
        """

    def finish(self) -> list[OutputFile]:
        """Return the files of the data set as a whole."""
        return []


class DatasetReader(ABC):
    """Reads one data set. ``read`` is called on any thread.

    Attributes:
        stays_here: Whether ``read`` has to be called in the process that made the reader.
        notes: What was wrong with the files of the data set as a whole.
    """

    stays_here: ClassVar[bool] = False

    def __init__(self, source: Path) -> None:
        """Look at the data set.

        Args:
            source: Its folder, or a file of it.

        Raises:
            LabelFileError: When it is none, or a file that is needed cannot be understood.
        """
        self.source = source
        self.root = source if source.is_dir() else source.parent
        self.notes = Notes()

    @abstractmethod
    def entries(self) -> Sequence[Entry]:
        """Return the images that it has labels for, or pictures that it knows to have none."""

    @abstractmethod
    def read(self, entry: Entry, size: tuple[int, int], notes: Notes) -> Annotation:
        """Return the labels of an image.

        Args:
            entry: The image.
            size: Its width and height in pixels, in the frame that the labels count in.
            notes: What is left out is counted here.

        Raises:
            LabelFileError: When its labels cannot be understood.
        """


@dataclass(frozen=True, slots=True)
class FormatInfo:
    """One row of the list of formats.

    Attributes:
        id: Its name on the command line.
        title: Its name for people.
        holds: What it is for, in a few words.
        module: The module below ``document.formats``.
        writer: Name of its writer there, or empty.
        reader: Name of its reader there, or empty.
        needs_images: Whether the data set is nothing without pictures.
        keeps_places: Whether label files go beside the pictures rather than into a folder of the format's own.
        open_writer: Makes its writer, where it is none of ``module``.
        open_reader: Makes its reader, where it is none of ``module``.
        looks: Says whether a folder or file looks like it, where it is none of ``module``.
    """

    id: str
    title: str
    holds: str
    module: str
    writer: str = ""
    reader: str = ""
    needs_images: bool = False
    keeps_places: bool = False
    aliases: tuple[str, ...] = field(default=())
    open_writer: Callable[[Path, WriteOptions], DatasetWriter] | None = None
    open_reader: Callable[[Path], DatasetReader] | None = None
    looks: Callable[[Path], bool] | None = None

    @property
    def can_write(self) -> bool:
        """Whether there is a writer."""
        return bool(self.writer) or self.open_writer is not None

    @property
    def can_read(self) -> bool:
        """Whether there is a reader."""
        return bool(self.reader) or self.open_reader is not None


def joined(*parts: str) -> str:
    """Join parts of a path with forward slashes; empty ones are left out."""
    return "/".join(part for part in parts if part)


def stem_of(name: str) -> str:
    """Return a name with forward slashes without its ending."""
    folder, slash, file = name.rpartition("/")
    stem, dot, _ending = file.rpartition(".")
    return folder + slash + (stem if dot and stem else file)


def visible(shapes: Iterable[Shape]) -> tuple[Shape, ...]:
    """Return the shapes as a tuple; helpers of other programs are none."""
    from anylabeling.document.label_writer import HELPER_LABELS

    return tuple(shape for shape in shapes if shape.label not in HELPER_LABELS)
