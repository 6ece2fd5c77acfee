"""What the label files of many images say, in a SQLite file: questions about labels open no label file.

A refresh looks at the stamps of the label files and reads those that have changed; saving tells the index as well. The
answers come as arrays over all images, which are kept until something changes.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from anylabeling.document.annotation import Annotation
from anylabeling.errors import StorageError
from anylabeling.messages.filtering import CacheStats
from anylabeling.services.dataset import label_chunks
from anylabeling.services.dataset.folders import Folder, by_folder
from anylabeling.services.dataset.label_chunks import ChunkWriter, FolderRows
from anylabeling.services.dataset.label_columns import (
    LabelColumns,
    LabelDetails,
    columns_of,
    details_of,
    no_columns,
    no_details,
    rows_at,
)
from anylabeling.services.dataset.label_facts import facts_of
from anylabeling.services.dataset.label_rows import BROKEN, FreshRows, joined_names, read_rows, rows_of
from anylabeling.services.dataset.label_store import FileStamp, LabelStore
from anylabeling.utils import turns
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.many_files import stat_many
from anylabeling.utils.parallel import BatchProcessor, ItemError, default_worker_count
from anylabeling.utils.sqlite_file import SqliteFile

if TYPE_CHECKING:
    import sqlite3

_logger = logging.getLogger(__name__)

_READ_AT_ONCE = label_chunks.MOST_IMAGES
_SAVED_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class RefreshSummary:
    """What a refresh did.

    Attributes:
        read: Label files that were read.
        unchanged: Label files that were known.
        removed: Images whose label file is gone.
        broken: Label files among those read that cannot be understood.
        seconds: Wall time.
    """

    read: int
    unchanged: int
    removed: int
    broken: int
    seconds: float


class _Work(NamedTuple):
    """Label files of one folder that have to be read."""

    folder: bytes
    names: list[str]
    label_paths: list[str]


class LabelIndex:
    """The labels of images by path. Any thread may call any method; one that fails says so in the notices."""

    def __init__(self, path: Path | None) -> None:
        """Prepare; nothing is opened before the first use.

        Args:
            path: The database, or None to keep all in memory.
        """
        self._file = SqliteFile(path, label_chunks.SCHEMA, label_chunks.VERSION)
        self._lock = threading.Lock()
        self._writer = ChunkWriter()
        # What was saved since the last question, to be written together; lost in a kill, the next look finds it anew.
        self._saved: dict[tuple[bytes, str], tuple[str, FreshRows]] = {}
        self._generation = 0
        self._columns: tuple[int, int, tuple[str, ...], LabelColumns] | None = None
        self._hits = 0
        self._misses = 0

    def refresh(
        self,
        image_paths: Sequence[str],
        label_store: LabelStore,
        *,
        cancel: CancelToken | None = None,
        on_progress: Callable[[int, int], object] | None = None,
    ) -> RefreshSummary:
        """Bring the index up to date for some images: only label files that have changed are read.

        Args:
            image_paths: The images.
            label_store: Says which label file belongs to which image.
            cancel: Stops it, or lets it rest; what was read by then is kept.
            on_progress: Called now and then with images looked at and images in all.

        Raises:
            Cancelled: When ``cancel`` was used.
        """
        start = time.perf_counter()
        token = cancel or CancelToken()
        self._write_saved()
        look = _Look(self._known, label_store, by_folder(image_paths), token)
        broken = done = 0
        # Looking for changes, reading, and writing what was read go on side by side.
        with BatchProcessor(_read, default_worker_count()) as reader:
            for result in reader.iter_items(look.batches(), cancel=token):
                if isinstance(result, ItemError):
                    raise result.error
                parts, fresh = result
                self._store(parts, fresh)
                broken += int(np.count_nonzero(fresh.rows.rows["state"] & BROKEN))
                done += len(fresh.is_there)
                if on_progress is not None:
                    on_progress(look.looked_at, len(image_paths))
        removed = sum(map(len, look.gone.values()))
        if removed:
            self._write(lambda connection: self._remove(connection, look.gone))
        summary = RefreshSummary(done, look.unchanged, removed, broken, time.perf_counter() - start)
        with self._lock:
            self._hits += look.unchanged
            self._misses += done
        _logger.info("Label index: %s", summary)
        return summary

    def look(
        self,
        image_paths: Sequence[str],
        label_store: LabelStore,
        *,
        cancel: CancelToken | None = None,
        on_progress: Callable[[int, int], object] | None = None,
    ) -> LabelColumns:
        """Bring the index up to date and return what it says; see ``refresh`` and ``columns``.

        Damage may come to light only when an answer is read. Then all label files are read again.
        """
        before = self._file.times_set_aside
        self.refresh(image_paths, label_store, cancel=cancel, on_progress=on_progress)
        columns = self.columns(image_paths)
        if self._file.times_set_aside == before:
            return columns
        self.refresh(image_paths, label_store, cancel=cancel, on_progress=on_progress)
        return self.columns(image_paths)

    def update(self, image_path: str, annotation: Annotation, stamp: FileStamp, label_path: Path | str) -> None:
        """Take over what was just saved. Quick: it is written to the file later, with others.

        Args:
            image_path: The image.
            annotation: What its label file says now.
            stamp: The state of the label file, as saving returned it.
            label_path: The label file.
        """
        fresh = rows_of(facts_of(annotation), stamp.size_bytes, stamp.mtime_ns)
        folder, name = os.path.split(os.path.abspath(image_path))  # noqa: PTH100, PTH206 - keeps links
        with self._lock:
            self._saved[os.fsencode(folder), name] = os.fspath(label_path), fresh
            self._generation += 1
            is_full = len(self._saved) >= _SAVED_AT_ONCE
        if is_full:
            self._write_saved()

    def forget(self, image_paths: Sequence[str]) -> None:
        """Forget images, such as those that were renamed or deleted."""
        self._write_saved()
        gone = {folder.path: [os.fsencode(name) for name in folder.names] for folder in by_folder(image_paths)}
        self._write(lambda connection: self._remove(connection, gone))

    def columns(self, image_paths: Sequence[str]) -> LabelColumns:
        """Return what is known about images, as of the last refresh or update; unknown ones have no label file."""
        paths = tuple(image_paths)
        self._write_saved()
        with self._lock:
            generation, kept = self._generation, self._columns
        version = self._data_version()
        if kept is not None and kept[:2] == (generation, version) and kept[2] == paths:
            return kept[3]
        turns.give_way()
        try:
            columns = self._file.read(lambda connection: columns_of(connection, paths))
        except StorageError as error:
            self._fail(error)
            columns = no_columns(len(paths))
        with self._lock:
            self._columns = (generation, version, paths, columns)
        return columns

    def details(self, image_paths: Sequence[str]) -> LabelDetails:
        """Return what is asked about rarely; otherwise as columns."""
        self._write_saved()
        try:
            return self._file.read(lambda connection: details_of(connection, image_paths))
        except StorageError as error:
            self._fail(error)
            return no_details(len(image_paths))

    def stats(self) -> CacheStats:
        """Return how the index is doing; entries are images with a label file."""
        try:
            entries, size_bytes = self._file.read(label_chunks.count), self._file.size_bytes()
        except StorageError:
            entries = size_bytes = 0
        return CacheStats(self._hits, self._misses, entries, size_bytes, self._file.is_persistent)

    def clear(self) -> None:
        """Forget everything; the next refresh reads all label files."""
        with self._lock:
            self._saved.clear()
        self._write(self._clear)

    def take_notices(self) -> tuple[str, ...]:
        """Return what the person should know since the last call, such as that a damaged file was set aside."""
        return self._file.take_notices()

    def close(self) -> None:
        """Write what was saved and close the file; the next use opens it again."""
        self._write_saved()
        self._file.close()

    def _write_saved(self) -> None:
        with self._lock:
            saved, self._saved = self._saved, {}
        if saved:
            parts = [_Work(folder, [name], [path]) for (folder, name), (path, _rows) in saved.items()]
            self._store(_together(parts), FreshRows.join([rows for _path, rows in saved.values()]))

    def _data_version(self) -> int:
        """Return a number that changes when another program changes the file."""
        try:
            return int(self._file.read(lambda c: c.execute("PRAGMA data_version").fetchone()[0]))
        except StorageError:
            return -1

    def _known(self, folder: bytes) -> FolderRows:
        try:
            return self._file.read(lambda connection: label_chunks.load(connection, folder, label_chunks.FILES))
        except StorageError as error:
            self._fail(error)
            return label_chunks.NOTHING

    def _store(self, parts: Sequence[_Work], fresh: FreshRows) -> None:
        def store(connection: sqlite3.Connection) -> None:
            rows = fresh.rows.with_labels(self._writer.label_numbers(connection, fresh.names))
            first = 0
            for part in parts:
                last = first + len(part.names)
                chosen = np.flatnonzero(fresh.is_there[first:last])
                is_all = len(chosen) == len(rows)
                names = part.names if is_all else [part.names[place] for place in chosen.tolist()]
                paths = part.label_paths if is_all else [part.label_paths[place] for place in chosen.tolist()]
                new = FolderRows(
                    joined_names(names), joined_names(paths), rows if is_all else rows.take(chosen + first)
                )
                lost = [] if is_all else [os.fsencode(name) for name in part.names]
                self._writer.replace(connection, part.folder, lost, new)
                first = last

        self._write(store)

    def _clear(self, connection: sqlite3.Connection) -> None:
        label_chunks.clear(connection)
        self._writer.forget()

    def _remove(self, connection: sqlite3.Connection, gone: dict[bytes, list[bytes]]) -> None:
        for folder, names in gone.items():
            self._writer.replace(connection, folder, names, label_chunks.NOTHING)

    def _write(self, work: Callable[[sqlite3.Connection], object]) -> None:
        def guarded(connection: sqlite3.Connection) -> None:
            try:
                work(connection)
            except BaseException:
                self._writer.forget()
                raise

        try:
            self._file.write(guarded)
        except StorageError as error:
            self._writer.forget()
            self._fail(error)
        with self._lock:
            self._generation += 1

    def _fail(self, error: StorageError) -> None:
        _logger.warning("%s %s", error, error.details)
        self._file.note(str(error))


class _Look:
    """One look at the label files of many images.

    Attributes:
        gone: Images by folder whose label file is gone.
        unchanged: Label files that are as they were.
        looked_at: Images that were looked at.
    """

    def __init__(
        self,
        known: Callable[[bytes], FolderRows],
        label_store: LabelStore,
        folders: Sequence[Folder],
        cancel: CancelToken,
    ) -> None:
        self.gone: dict[bytes, list[bytes]] = {}
        self.unchanged = 0
        self.looked_at = 0
        self._known = known
        self._label_store = label_store
        self._folders = folders
        self._cancel = cancel

    def batches(self) -> Iterator[list[_Work]]:
        """Yield what has to be read, in portions: each small enough to stop after it, large enough to pay."""
        batch: list[_Work] = []
        room = _READ_AT_ONCE
        for folder in self._folders:
            self._cancel.raise_if_cancelled()
            part = self._changed(folder)
            first = 0
            while first < len(part.names):
                last = min(first + room, len(part.names))
                batch.append(_Work(part.folder, part.names[first:last], part.label_paths[first:last]))
                room -= last - first
                first = last
                if not room:
                    yield batch
                    batch, room = [], _READ_AT_ONCE
        if batch:
            yield batch

    def _changed(self, folder: Folder) -> _Work:
        turns.give_way()
        paths = self._label_store.label_files_in(os.fsdecode(folder.path), folder.names)
        turns.give_way()
        fresh, lost = _difference(folder, paths, self._known(folder.path))
        if lost:
            self.gone[folder.path] = lost
        self.unchanged += len(paths) - paths.count(None) - len(fresh)
        self.looked_at += len(paths)
        if len(fresh) == len(paths):
            return _Work(folder.path, folder.names, [path for path in paths if path is not None])
        return _Work(folder.path, [folder.names[n] for n in fresh], [paths[n] or "" for n in fresh])


def _together(parts: Sequence[_Work]) -> list[_Work]:
    """Make one of parts that follow each other and are of one folder."""
    together: list[_Work] = []
    for part in parts:
        if together and together[-1].folder == part.folder:
            together[-1].names.extend(part.names)
            together[-1].label_paths.extend(part.label_paths)
        else:
            together.append(part)
    return together


def _read(parts: list[_Work]) -> tuple[list[_Work], FreshRows]:
    # One thread: several calls run at once.
    return parts, read_rows([path for part in parts for path in part.label_paths], threads=1)


def _difference(folder: Folder, paths: Sequence[str | None], rows: FolderRows) -> tuple[list[int], list[bytes]]:
    """Return which images of a folder have a new or changed label file, and the names of known ones without one."""
    if not len(rows.content):
        return [place for place, path in enumerate(paths) if path is not None], []
    at = rows_at(folder, rows)
    there = [place for place, path in enumerate(paths) if path is not None]
    known = at[there] if there else np.zeros(0, np.int64)
    candidates = np.flatnonzero(known >= 0)
    chosen = [paths[there[place]] or "" for place in candidates.tolist()]
    stamps = rows.content.rows[known[candidates]]
    turns.give_way()
    sizes, mtimes_ns = stat_many(chosen, threads=default_worker_count())
    same = (stamps["size_bytes"] == sizes) & (stamps["mtime_ns"] == mtimes_ns)
    if len(chosen) != len(rows.content) or joined_names(chosen) != rows.label_paths:
        kept = rows.label_paths.split(b"\0")
        at_kept = known[candidates].tolist()
        same &= np.array([os.fsencode(path) == kept[row] for path, row in zip(chosen, at_kept, strict=True)], np.bool_)
    turns.give_way()
    as_before = np.zeros(len(there), np.bool_)
    as_before[candidates[same]] = True
    fresh = [place for place, is_same in zip(there, as_before.tolist(), strict=True) if not is_same]
    lost = [
        os.fsencode(folder.names[place])
        for place, (path, row) in enumerate(zip(paths, at.tolist(), strict=True))
        if path is None and row >= 0
    ]
    return fresh, lost
