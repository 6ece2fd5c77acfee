"""Where images and labels come from when a data set is written: an open folder, or a data set of another format."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from anylabeling.codecs import ImageHeader, probe
from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.base import DatasetReader, Entry
from anylabeling.document.formats.frame import shown_frame
from anylabeling.document.formats.notes import Notes
from anylabeling.document.label_file import read_label_file
from anylabeling.errors import ImageError, LabelFileError
from anylabeling.messages.datasets import Frame
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.translation import tr


@dataclass(frozen=True, slots=True, eq=False)
class SourceItem:
    """One image of a source.

    Attributes:
        name: Its place below the folder of images, with forward slashes.
        path: Its file, or empty where it is not there.
        split: The part of the data set that it is in, or empty.
        entry: What the reader knows of it.
        label_file: The file of its labels, or empty where there is none.
        annotation: Its labels, where they are at hand.
    """

    name: str
    path: str
    split: str = ""
    entry: Entry | None = None
    label_file: str = ""
    annotation: Annotation | None = None


class Loaded(NamedTuple):
    """Labels of an image in the frame of the picture as it is shown.

    Attributes:
        annotation: The labels.
        size: Width and height as it is shown.
        orientation: How the picture is stored.
    """

    annotation: Annotation
    size: tuple[int, int]
    orientation: int


Loader = Callable[[SourceItem, Notes], Loaded]
"""Returns the labels of an image; called on any thread, and can be sent to other processes."""


class Source(Protocol):
    """Images with labels."""

    @property
    def notes(self) -> Notes:
        """What was wrong with the source as a whole."""

    def items(self) -> Sequence[SourceItem]:
        """Return all images."""

    @property
    def loader(self) -> Loader:
        """What reads the labels of an image."""


class LabelSource:
    """The images of a folder and their label files.

    Args:
        root: The folder.
        paths: The images.
        store: Their label files.
        in_memory: Labels of images that are open, which are newer than their files.
    """

    def __init__(
        self, root: str, paths: Sequence[str], store: LabelStore, in_memory: dict[str, Annotation] | None = None
    ) -> None:
        self._root = Path(os.path.abspath(root)) if root else None  # noqa: PTH100 - keeps links
        self._paths = paths
        self._store = store
        self._in_memory = in_memory or {}
        self.notes = Notes()

    def items(self) -> Sequence[SourceItem]:
        """Return all images."""
        # Each folder is listed once; asking for the label file of each image takes as long as reading it.
        files = self._store.label_files(self._paths)
        return [
            SourceItem(self._name(path), path, label_file=files.get(path, ""), annotation=self._in_memory.get(path))
            for path in self._paths
        ]

    @property
    def loader(self) -> Loader:
        """What reads the labels of an image."""
        return load_labels

    def _name(self, path: str) -> str:
        image = os.path.abspath(path)  # noqa: PTH100 - keeps links
        root = os.path.join(self._root, "") if self._root is not None else ""  # noqa: PTH118 - for each of many
        if root and image.startswith(root):
            return image[len(root) :].replace(os.sep, "/")
        return os.path.basename(image)  # noqa: PTH119 - for each of many


class ReaderSource:
    """A data set of another format.

    Args:
        reader: Reads it.
        images: Folder in which the pictures are looked for, or empty for the data set's own places.
        frame: Which picture its numbers count in.
    """

    def __init__(self, reader: DatasetReader, images: str = "", frame: Frame = Frame.AUTO) -> None:
        self._reader = reader
        self._frame = frame
        self._finder = PictureFinder(images)
        self.notes = reader.notes

    def items(self) -> Sequence[SourceItem]:
        """Return all images."""
        return [
            SourceItem(entry.name, self._finder.find(entry), entry.split, entry) for entry in self._reader.entries()
        ]

    @property
    def loader(self) -> Loader:
        """What reads the labels of an image."""
        return EntryLoader(self._reader, self._frame)


@dataclass(frozen=True, slots=True, eq=False)
class EntryLoader:
    """Reads the labels of images of a data set.

    Attributes:
        reader: Reads the data set.
        frame: Which picture its numbers count in.
    """

    reader: DatasetReader
    frame: Frame

    @property
    def stays_here(self) -> bool:
        """Whether it has to be called in the process that made it."""
        return self.reader.stays_here

    def __call__(self, item: SourceItem, notes: Notes) -> Loaded:
        """Return the labels of an image; without its picture by the size that the data set states."""
        entry = item.entry
        assert entry is not None
        if not item.path:
            if entry.size is None:
                raise LabelFileError(
                    tr("The picture of {name} was not found.", name=entry.name),
                    hint=tr("Say in which folder the pictures are."),
                )
            return Loaded(self.reader.read(entry, entry.size, notes), entry.size, 1)
        return read_entry(self.reader, entry, header_of(item.path), self.frame, notes)


class PictureFinder:
    """Finds the pictures that a data set names: at its own places, or by name in a folder that was chosen."""

    def __init__(self, folder: str = "") -> None:
        self._folder = folder
        self._by_name: dict[str, str] | None = None
        self._lock = threading.Lock()

    def find(self, entry: Entry) -> str:
        """Return the picture of an entry; empty when there is none."""
        if not self._folder:
            found = next((place for place in entry.places if place.is_file()), None)
            return str(found) if found is not None else ""
        names = self._names()
        stem = entry.name.rpartition(".")[0] or entry.name
        wanted = (entry.name, stem, entry.name.rpartition("/")[2], stem.rpartition("/")[2])
        return next((names[name] for name in wanted if name in names), "")

    def _names(self) -> dict[str, str]:
        with self._lock:
            if self._by_name is None:
                self._by_name = _names_below(self._folder)
            return self._by_name


def load_labels(item: SourceItem, notes: Notes) -> Loaded:
    """Return the labels of an image that has a label file of its own."""
    del notes
    annotation = item.annotation
    if annotation is None:
        annotation = read_label_file(Path(item.label_file)) if item.label_file else Annotation()
    header = header_of(item.path)
    return Loaded(annotation, (header.width, header.height), header.orientation)


def header_of(path: str) -> ImageHeader:
    """Return size and orientation of a picture.

    Raises:
        ImageError: When it cannot be read.
    """
    header = probe(path)
    if header.width <= 0 or header.height <= 0:
        raise ImageError(tr("{name} has no pixels.", name=Path(path).name))
    return header


def read_entry(reader: DatasetReader, entry: Entry, header: ImageHeader, frame: Frame, notes: Notes) -> Loaded:
    """Read the labels of a picture and turn them to how it is shown, where they are for how it is stored.

    Args:
        reader: Reads the data set.
        entry: The image.
        header: Size and orientation of the picture.
        frame: Which picture the numbers count in.
        notes: What is left out is counted here.
    """
    shown, stored = (header.width, header.height), (header.stored_width, header.stored_height)
    as_stored = frame is Frame.STORED or (frame is Frame.AUTO and entry.size == stored != shown)
    annotation = reader.read(entry, stored if as_stored else shown, notes)
    if as_stored and header.orientation != 1:
        notes.said("turned back")
        annotation = shown_frame(annotation, header.orientation, stored)
    return Loaded(annotation, shown, header.orientation)


def _names_below(folder: str) -> dict[str, str]:
    """Return the pictures of a folder by name below it, by that without ending, and by both without folders."""
    from anylabeling.services.imaging.scanner import scan_folder

    found: dict[str, str] = {}
    short: dict[str, str | None] = {}
    for path in scan_folder(folder):
        name = Path(path).relative_to(folder).as_posix()
        found[name] = path
        found.setdefault(name.rpartition(".")[0], path)
        for own in {name.rpartition("/")[2], name.rpartition("/")[2].rpartition(".")[0]}:
            # A name that two folders have names neither.
            short[own] = None if own in short else path
    for own, place in short.items():
        if place is not None:
            found.setdefault(own, place)
    return found
