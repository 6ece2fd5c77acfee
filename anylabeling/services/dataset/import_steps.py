"""What an import does to each image: read its labels, join them with what it has, and save; in any process."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.base import DatasetReader, Entry
from anylabeling.document.formats.notes import Notes
from anylabeling.document.merging import with_free_groups, without_known
from anylabeling.document.shape import Shape
from anylabeling.errors import StorageError
from anylabeling.messages.datasets import ExistingLabels, ImportRequest
from anylabeling.services.dataset.exchange_blocks import Failed
from anylabeling.services.dataset.exchange_sources import header_of, read_entry
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.translation import tr
from anylabeling.utils import paths

_SAME_IOU = 0.9
"""Objects of one label whose boxes overlap by more are one."""


@dataclass(frozen=True, slots=True, eq=False)
class Imported:
    """An image that went through.

    Attributes:
        path: Its picture.
        objects: How many objects the data set has for it.
        notes: What was left out.
        written: Whether its labels were taken over.
    """

    path: str
    objects: int
    notes: Notes
    written: bool


class Fresh(NamedTuple):
    """What a data set has for an image.

    Attributes:
        annotation: The labels, of the classes that were asked for.
        size: Width and height as the picture is shown.
        notes: What was left out.
    """

    annotation: Annotation
    size: tuple[int, int]
    notes: Notes


class KeptAside:
    """The folder with copies of the label files that an import changes; it is made when the first one is kept.

    Args:
        folder: The folder, where there is one already.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._lock = threading.Lock()

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how to make another one for the same folder, in another process."""
        return KeptAside, (self.folder,)

    def make(self) -> Path:
        """Make the folder where that has not been done."""
        with self._lock:
            if self.folder is None:
                self.folder = _new_folder(paths.data_dir() / "replaced_labels")
            return self.folder

    def remove_empty(self) -> None:
        """Remove the folder where nothing was kept."""
        if self.folder is not None and not any(self.folder.iterdir()):
            self.folder.rmdir()
            self.folder = None

    def keep(self, label_path: Path) -> None:
        """Copy a label file; a copy that is there is older, and stays.

        Raises:
            StorageError: When it cannot be copied.
        """
        absolute = label_path.absolute()
        target = self.make() / absolute.relative_to(absolute.anchor)
        half = target.with_name(f".{target.name[:100]}.{os.getpid():x}.{threading.get_ident():x}.part")
        try:
            if target.exists():
                return
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(label_path, half)
            half.replace(target)
        except OSError as error:
            half.unlink(missing_ok=True)
            raise StorageError(
                tr(
                    "{name} could not be kept aside, so it was not changed: {reason}.",
                    name=label_path.name,
                    reason=error.strerror or error,
                ),
                details=repr(error),
            ) from error


class ImportImage:
    """Takes the labels of an image over into its label file.

    Args:
        request: What to import.
        reader: The data set.
        store: Writes the label files.
        aside: Where those that are changed are kept.
    """

    def __init__(self, request: ImportRequest, reader: DatasetReader, store: LabelStore, aside: KeptAside) -> None:
        self._request = request
        self._reader = reader
        self._store = store
        self._aside = aside

    def __call__(self, item: tuple[Entry, str], /, *, again: bool) -> Imported | Failed:
        """Take over the labels of an entry for its picture."""
        entry, path = item
        try:
            fresh = self.read(entry, path)
            written = self.write(path, fresh, source=entry.data, again=again)
            return Imported(path, len(fresh.annotation.shapes), fresh.notes, written)
        except Exception as error:  # noqa: BLE001 - it is named, and the others are done
            return Failed.of(entry.name, error)

    def read(self, entry: Entry, path: str) -> Fresh:
        """Return what the data set has for an image.

        Raises:
            AppError: When the picture or its labels cannot be read.
        """
        notes = Notes()
        if not path:
            raise StorageError(tr("The picture of {name} was not found.", name=entry.name))
        loaded = read_entry(self._reader, entry, header_of(path), self._request.frame, notes)
        return Fresh(self._filtered(loaded.annotation, notes), loaded.size, notes)

    def write(self, path: str, fresh: Fresh, *, source: object = None, again: bool = False) -> bool:
        """Write the label file of an image; return whether it has the labels of the data set now.

        Args:
            path: The image.
            fresh: What the data set has for it.
            source: The file that this was read from, if it is one of this image alone: where label files have the name
                that it has, as those of ISAT, it makes way for one.
            again: A process that ended may have written it already.

        Raises:
            AppError: When it cannot be written, or what is there cannot be understood.
        """
        present = self._store.load(path)
        is_source = present.error is not None and isinstance(source, Path) and _is_same(source, present.label_path)
        if present.error is not None and not is_source:
            raise present.error
        existing, new = self._request.existing, fresh.annotation
        if again and not present.annotation.is_empty and _has_all(present.annotation, new, existing):
            return True
        if existing is ExistingLabels.KEEP and not present.annotation.is_empty:
            fresh.notes.said("kept")
            return False
        after = merged(present.annotation, new, existing)
        if present.stamp is not None and after.content() == present.annotation.content() and not is_source:
            return True
        if present.stamp is not None and (is_source or not present.annotation.is_empty):
            self._aside.keep(present.label_path)
        self._store.save(path, after, image_size=fresh.size, expected=present.stamp, is_kept=is_source)
        return True

    def _filtered(self, annotation: Annotation, notes: Notes) -> Annotation:
        classes = self._request.classes
        if classes is None:
            return annotation
        groups = {shape.group_id for shape in annotation.shapes if shape.label in classes} - {None}
        shapes = tuple(shape for shape in annotation.shapes if shape.label in classes or shape.group_id in groups)
        notes.said("other classes", len(annotation.shapes) - len(shapes))
        return annotation.with_changes(shapes=shapes)


def merged(present: Annotation, new: Annotation, existing: ExistingLabels) -> Annotation:
    """Return what an image has after others' labels have been imported.

    Args:
        present: What it has.
        new: What is imported.
        existing: MERGE or REPLACE; with KEEP, an image that has something keeps it.
    """
    if existing is ExistingLabels.KEEP and not present.is_empty:
        return present
    if existing is ExistingLabels.MERGE:
        added = with_free_groups(present.shapes, without_known(present.shapes, new.shapes, _SAME_IOU))
        return present.with_changes(
            shapes=(*present.shapes, *added),
            flags={**new.flags, **present.flags, **{name: True for name, value in new.flags.items() if value}},
            text=present.text or new.text,
            description=present.description or new.description,
            tags=tuple(dict.fromkeys((*present.tags, *new.tags))) if new.tags else present.tags,
        )
    return present.with_changes(
        shapes=new.shapes,
        flags=dict(new.flags),
        text=new.text,
        description=new.description,
        tags=new.tags,
        checked=False,
    )


def _has_all(present: Annotation, new: Annotation, existing: ExistingLabels) -> bool:
    """Return whether an image has others' labels already, in whatever groups; beside its own only with MERGE."""
    wanted, there = Counter(map(_identity, new.shapes)), Counter(map(_identity, present.shapes))
    is_there = not wanted - there if existing is ExistingLabels.MERGE else wanted == there
    is_there = is_there and set(new.tags) <= set(present.tags)
    return is_there and all(present.flags.get(name) for name, value in new.flags.items() if value)


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False


def _identity(shape: Shape) -> tuple[object, ...]:
    return shape.kind, shape.label, shape.points.tobytes()


def _new_folder(parent: Path) -> Path:
    """Make a folder that is named by the time."""
    stem = time.strftime("%Y-%m-%d-%H%M%S")
    number = 1
    while True:
        folder = parent / (stem if number == 1 else f"{stem}-{number}")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            number += 1
        except OSError as error:
            raise StorageError(
                tr("The folder {folder} could not be made: {reason}.", folder=folder, reason=error.strerror or error),
                details=repr(error),
            ) from error
        else:
            return folder
