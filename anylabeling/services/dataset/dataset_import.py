"""Take the labels of a data set of another format over into label files.

The pictures stay where they are. What an image has is kept, joined or replaced as asked; a label file that is replaced
or joined is copied first, so that nothing is lost. An image that fails is named, and the rest is done.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.base import DatasetReader, Entry
from anylabeling.document.formats.notes import Notes
from anylabeling.document.formats.registry import format_info, make_reader
from anylabeling.document.merging import with_free_groups, without_known
from anylabeling.errors import AppError, StorageError
from anylabeling.messages.datasets import ExchangeReport, ExistingLabels, ImportRequest
from anylabeling.messages.progress import ItemFailure, Progress
from anylabeling.services.dataset.exchange_sources import PictureFinder, header_of, read_entry
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.translation import tr
from anylabeling.utils import paths
from anylabeling.utils.cancellation import Cancelled, CancelToken
from anylabeling.utils.parallel import BatchProcessor, ItemError
from anylabeling.utils.progress_reporter import ProgressReporter

TakeLabels = Callable[[str, Annotation], bool]
"""Called with path and imported labels on a worker thread; True claims them, and no file is written."""

_THREADS = 4
_SAME_IOU = 0.9
"""Objects of one label whose boxes overlap by more are one."""


@dataclass(frozen=True, slots=True, eq=False)
class _Done:
    path: str
    objects: int
    notes: Notes
    written: bool


def import_dataset(
    request: ImportRequest,
    store: LabelStore,
    *,
    cancel: CancelToken | None = None,
    on_progress: Callable[[Progress], object] | None = None,
    take: TakeLabels | None = None,
    reader: DatasetReader | None = None,
) -> ExchangeReport:
    """Import a data set.

    Args:
        request: What to import.
        store: Writes the label files.
        cancel: Stops between two images; what is written by then stays.
        on_progress: Called about ten times a second.
        take: Lets the window claim the images that it has open.
        reader: The data set, where it has been opened already.

    Raises:
        UsageError: When the request makes no sense.
        LabelFileError: When there is no such data set, or it cannot be understood as a whole.
    """
    start = time.perf_counter()
    info = format_info(request.format)
    source = Path(request.source)
    found = reader if reader is not None else make_reader(info, source)
    entries = [entry for entry in found.entries() if entry.labelled]
    run = _ImportRun(request, found, store, take)
    cancelled = False
    try:
        run.go(entries, cancel, on_progress)
    except Cancelled:
        cancelled = True
    run.notes.add(found.notes)
    return ExchangeReport(
        info.title,
        str(source),
        run.images,
        run.objects,
        tuple(run.notes.sentences()),
        tuple(run.failed),
        cancelled,
        time.perf_counter() - start,
        _common_folder(run.folders),
        str(run.aside) if run.aside is not None else "",
    )


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
        )
    return present.with_changes(
        shapes=new.shapes, flags=dict(new.flags), text=new.text, description=new.description, checked=False
    )


class _ImportRun:
    """One import on its way."""

    def __init__(
        self, request: ImportRequest, reader: DatasetReader, store: LabelStore, take: TakeLabels | None
    ) -> None:
        self.images = self.objects = 0
        self.notes = Notes()
        self.failed: list[ItemFailure] = []
        self.folders: set[str] = set()
        self.aside: Path | None = None
        self._request = request
        self._reader = reader
        self._store = store
        self._take = take
        self._finder = PictureFinder(request.images)
        self._lock = threading.Lock()
        self._one_image = tuple(threading.Lock() for _ in range(64))

    def go(
        self, entries: list[Entry], cancel: CancelToken | None, on_progress: Callable[[Progress], object] | None
    ) -> None:
        """Take all images through."""
        reporter = ProgressReporter(
            None if on_progress is None else lambda done, total: on_progress(Progress(done, total, len(self.failed))),
            len(entries),
        )
        done = 0
        with BatchProcessor(self._import, _THREADS) as importing:
            for entry, result in zip(entries, importing.iter_items(entries, cancel=cancel), strict=True):
                done += 1
                if isinstance(result, ItemError):
                    error = result.error
                    reason = error.user_text if isinstance(error, AppError) else f"{type(error).__name__}: {error}"
                    self.failed.append(ItemFailure(entry.name, reason))
                else:
                    self.notes.add(result.notes)
                    self.folders.add(os.path.dirname(result.path))  # noqa: PTH120 - for each of many images
                    self.images += result.written
                    self.objects += result.objects if result.written else 0
                reporter.update(done)
        reporter.finish(done)

    def _import(self, entry: Entry) -> _Done:
        path = self._finder.find(entry)
        notes = Notes()
        if not path:
            raise StorageError(tr("The picture of {name} was not found.", name=entry.name))
        loaded = read_entry(self._reader, entry, header_of(path), self._request.frame, notes)
        new = self._filtered(loaded.annotation, notes)
        if self._take is not None and self._take(path, new):
            return _Done(path, len(new.shapes), notes, True)
        # A picture may stand in two lists, or in two folders of classes.
        with self._one_image[hash(path) % len(self._one_image)]:
            written = self._write(path, new, loaded.size, notes)
        return _Done(path, len(new.shapes), notes, written)

    def _write(self, path: str, new: Annotation, size: tuple[int, int], notes: Notes) -> bool:
        present = self._store.load(path)
        if present.error is not None:
            raise present.error
        existing = self._request.existing
        if existing is ExistingLabels.KEEP and not present.annotation.is_empty:
            notes.said("kept")
            return False
        after = merged(present.annotation, new, existing)
        if present.stamp is not None and after.content() == present.annotation.content():
            return True
        if present.stamp is not None and not present.annotation.is_empty:
            self._keep(present.label_path)
        self._store.save(path, after, image_size=size, expected=present.stamp)
        return True

    def _filtered(self, annotation: Annotation, notes: Notes) -> Annotation:
        classes = self._request.classes
        if classes is None:
            return annotation
        groups = {shape.group_id for shape in annotation.shapes if shape.label in classes} - {None}
        shapes = tuple(shape for shape in annotation.shapes if shape.label in classes or shape.group_id in groups)
        notes.said("other classes", len(annotation.shapes) - len(shapes))
        return annotation.with_changes(shapes=shapes)

    def _keep(self, label_path: Path) -> None:
        """Copy a label file to where those of this import are kept."""
        with self._lock:
            if self.aside is None:
                self.aside = _new_folder(paths.data_dir() / "replaced_labels")
        absolute = label_path.absolute()
        target = self.aside / absolute.relative_to(absolute.anchor)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(label_path, target)
        except OSError as error:
            raise StorageError(
                tr(
                    "{name} could not be kept aside, so it was not changed: {reason}.",
                    name=label_path.name,
                    reason=error.strerror or error,
                ),
                details=repr(error),
            ) from error


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


def _common_folder(folders: set[str]) -> str:
    try:
        return os.path.commonpath(folders) if folders else ""
    except ValueError:  # on different drives
        return ""
