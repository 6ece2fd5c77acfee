"""What a plug-in that brings formats of data sets is made of."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from anylabeling.plugins.api_values import ShapeData


@dataclass(frozen=True, slots=True)
class ExportedImage:
    """A picture on its way into a data set.

    Attributes:
        name: Its place below a folder of pictures, with forward slashes; no other picture has it, also without its
            ending.
        width: In pixels.
        height: In pixels.
        shapes: Its objects, of the kinds that the format holds.
        flags: Its marks.
        split: "train", "val", "test", or empty.
        text: What is written on it.
        description: A remark.
        tags: Its tags.
        checked: Whether somebody has checked it.
    """

    name: str
    width: int
    height: int
    shapes: tuple[ShapeData, ...]
    flags: Mapping[str, bool] = field(default_factory=dict)
    split: str = ""
    text: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    checked: bool = False

    @property
    def stem(self) -> str:
        """The name without its ending."""
        folder, slash, file = self.name.rpartition("/")
        return folder + slash + (file.rpartition(".")[0] or file)


@dataclass(frozen=True, slots=True)
class FileData:
    """A file of a data set.

    Attributes:
        path: Its place in the data set, with forward slashes.
        content: What is in it.
    """

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class WriteRequest:
    """What a writer is to write.

    Attributes:
        target: Folder of the data set; there may be one already, whose class numbers are to stay.
        splits: The parts that there will be; empty for one piece.
        known_classes: Labels that get the first numbers, in this order.
        with_images: Whether the pictures are put into the data set, too.
    """

    target: Path
    splits: tuple[str, ...] = ()
    known_classes: tuple[str, ...] = ()
    with_images: bool = True


class FormatWriter(ABC):
    """Writes one data set. Its methods are called on one thread at a time, ``add`` in the order of the pictures."""

    def image_places(self, image: ExportedImage) -> Sequence[str]:
        """Return where the picture goes in the data set, with forward slashes."""
        return ["/".join(part for part in ("images", image.split, image.name) if part)]

    @abstractmethod
    def add(self, image: ExportedImage) -> Sequence[FileData]:
        """Take a picture and return the files that are complete now.

        Raises:
            PluginError: When this picture cannot be written; the others are.
        """

    def finish(self) -> Sequence[FileData]:
        """Return the files of the data set as a whole."""
        return ()


@dataclass(frozen=True, slots=True)
class ImportedImage:
    """A picture as a data set names it.

    Attributes:
        name: Its place below a folder of pictures, with forward slashes.
        places: Files that may be the picture, the likeliest first.
        size: Width and height as the data set states them, or None.
        split: "train", "val", "test", or empty.
        data: What the reader needs to read its labels.
    """

    name: str
    places: tuple[Path, ...] = ()
    size: tuple[int, int] | None = None
    split: str = ""
    data: Any = None


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a picture.

    Attributes:
        shapes: Its objects.
        flags: Its marks.
        text: What is written on it.
        description: A remark.
        tags: Its tags.
    """

    shapes: tuple[ShapeData, ...] = ()
    flags: Mapping[str, bool] = field(default_factory=dict)
    text: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()


class FormatReader(ABC):
    """Reads one data set. ``read`` may be called on several threads at once."""

    @abstractmethod
    def entries(self) -> Sequence[ImportedImage]:
        """Return the pictures that it has labels for.

        Raises:
            PluginError: When it is no such data set.
        """

    @abstractmethod
    def read(self, image: ImportedImage, size: tuple[int, int]) -> Labels:
        """Return the labels of a picture.

        Args:
            image: One of ``entries``.
            size: Its real width and height in pixels.

        Raises:
            PluginError: When they cannot be understood.
        """


@dataclass(frozen=True, slots=True)
class DatasetFormat:
    """A format of data sets.

    Attributes:
        id: Its name on the command line; small letters, digits and hyphens.
        title: For people.
        holds: What it is for, in a few words.
        writer: Makes a writer; None for a format that is only read.
        reader: Makes a reader of a folder, or of a file in it; None for one that is only written.
        detect: Says whether a folder or file looks like this format; None where nobody can tell.
        kinds: Kinds of shapes that it holds; None for all. Others are left out, and the report says so.
        fields: What it holds besides label and points: any of "score", "text", "description", "group", "flags",
            "difficult", "attributes", "image flags", "image text", "image description", "image tags", "checked". The
            report names what is lost.
        needs_images: Whether the data set is nothing without pictures.
    """

    id: str
    title: str
    holds: str = ""
    writer: Callable[[WriteRequest], FormatWriter] | None = None
    reader: Callable[[Path], FormatReader] | None = None
    detect: Callable[[Path], bool] | None = None
    kinds: frozenset[str] | None = None
    fields: frozenset[str] = frozenset()
    needs_images: bool = False
