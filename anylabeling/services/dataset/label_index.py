"""What the label files of many images say, in a SQLite file: questions about labels open no label file.

A refresh looks at the stamps of the label files and reads those that have changed; saving tells the index as well. The
answers come as arrays over all images, which are kept until something changes.
"""

from __future__ import annotations

import itertools
import logging
import os
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from anylabeling.document.annotation import Annotation
from anylabeling.errors import StorageError
from anylabeling.messages.filtering import CacheStats
from anylabeling.services.dataset.label_facts import FileFacts, LabelFacts, facts_of, read_label_facts
from anylabeling.services.dataset.label_store import FileStamp, LabelStore
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.sqlite_file import SqliteFile

_logger = logging.getLogger(__name__)

_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS labels (id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS folders (id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS images (
    folder_id INTEGER NOT NULL,
    name BLOB NOT NULL,
    label_path BLOB NOT NULL,
    mtime_ns INTEGER NOT NULL,
    size_bytes INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    checked INTEGER NOT NULL,
    broken INTEGER NOT NULL,
    flags BLOB,
    text BLOB,
    objects BLOB NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (folder_id, name)
) WITHOUT ROWID
"""
OBJECT_DTYPE = np.dtype([("box", "<f4", 4), ("score", "<f4"), ("label", "<u4")])

_READ_CHUNK = 512
_Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True, eq=False)
class LabelColumns:
    """What is known about the labels of some images.

    Attributes:
        has_file: bool (n,): whether there is a label file.
        checked: bool (n,): whether a person has reviewed the image.
        broken: bool (n,): whether the label file cannot be understood.
        flags: The flags that are set in each image.
        texts: All texts of each image, folded to lower case.
        offsets: int64 (n + 1,): image i has the objects offsets[i] to offsets[i + 1].
        boxes: float32 (objects, 4), left, top, right, bottom in picture pixels.
        scores: float32 (objects,): 1 where the shape has none.
        class_ids: int32 (objects,).
        class_names: Index is the class id.
        fingerprint: Changes with every label file.
    """

    has_file: NDArray[np.bool_]
    checked: NDArray[np.bool_]
    broken: NDArray[np.bool_]
    flags: list[frozenset[str]]
    texts: list[str]
    offsets: NDArray[np.int64]
    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    class_ids: NDArray[np.int32]
    class_names: tuple[str, ...]
    fingerprint: bytes


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


class _Folder(NamedTuple):
    path: bytes
    names: list[bytes]
    places: list[int]


class LabelIndex:
    """The labels of images by path. Any thread may call any method; one that fails says so in the notices."""

    def __init__(self, path: Path | None) -> None:
        """Prepare; nothing is opened before the first use.

        Args:
            path: The database, or None to keep all in memory.
        """
        self._file = SqliteFile(path, _SCHEMA, _VERSION)
        self._lock = threading.Lock()
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
            cancel: Stops it; what was read by then is kept.
            on_progress: Called with label files read and to be read.

        Raises:
            Cancelled: When ``cancel`` was used.
        """
        start = time.perf_counter()
        token = cancel or CancelToken()
        label_files = label_store.label_files(image_paths)
        token.raise_if_cancelled()
        changed, gone, unchanged = self._compare(image_paths, label_files)
        broken = done = 0
        for first in range(0, len(changed), _READ_CHUNK):
            token.raise_if_cancelled()
            part = changed[first : first + _READ_CHUNK]
            facts = read_label_facts([label_files[image] for image, _stamp in part])
            self._store([(image, label_files[image], stamp) for image, stamp in part], facts)
            broken += sum(file.is_broken for file in facts.files)
            done += len(part)
            if on_progress is not None:
                on_progress(done, len(changed))
        if gone:
            self._write(lambda connection: _remove(connection, gone))
        summary = RefreshSummary(len(changed), unchanged, len(gone), broken, time.perf_counter() - start)
        with self._lock:
            self._hits += unchanged
            self._misses += len(changed)
        _logger.info("Label index: %s", summary)
        return summary

    def update(self, image_path: str, annotation: Annotation, stamp: FileStamp, label_path: Path | str) -> None:
        """Take over what was just saved.

        Args:
            image_path: The image.
            annotation: What its label file says now.
            stamp: The state of the label file, as saving returned it.
            label_path: The label file.
        """
        self._store([(image_path, os.fspath(label_path), stamp)], facts_of(annotation))

    def columns(self, image_paths: Sequence[str]) -> LabelColumns:
        """Return what is known about images, as of the last refresh or update; unknown ones have no label file."""
        paths = tuple(image_paths)
        with self._lock:
            generation, kept = self._generation, self._columns
        version = self._data_version()
        if kept is not None and kept[:2] == (generation, version) and kept[2] == paths:
            return kept[3]
        try:
            columns = self._file.read(lambda connection: _load(connection, paths))
        except StorageError as error:
            self._fail(error)
            columns = _Columns(len(paths)).result(())
        with self._lock:
            self._columns = (generation, version, paths, columns)
        return columns

    def stats(self) -> CacheStats:
        """Return how the index is doing; entries are images with a label file."""
        try:
            entries = self._file.read(lambda connection: connection.execute("SELECT count(*) FROM images").fetchone())
            return CacheStats(
                self._hits, self._misses, int(entries[0]), self._file.size_bytes(), self._file.is_persistent
            )
        except StorageError:
            return CacheStats(self._hits, self._misses, 0, 0, self._file.is_persistent)

    def clear(self) -> None:
        """Forget everything; the next refresh reads all label files."""
        self._write(lambda connection: [connection.execute(f"DELETE FROM {name}") for name in ("images", "folders")])

    def take_notices(self) -> tuple[str, ...]:
        """Return what the person should know since the last call, such as that a damaged file was set aside."""
        return self._file.take_notices()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _data_version(self) -> int:
        """Return a number that changes when another program changes the file."""
        try:
            return int(self._file.read(lambda c: c.execute("PRAGMA data_version").fetchone()[0]))
        except StorageError:
            return -1

    def _compare(
        self, image_paths: Sequence[str], label_files: dict[str, str]
    ) -> tuple[list[tuple[str, FileStamp]], list[str], int]:
        """Return images whose label file has to be read, images without one that are known, and how many are known."""
        known = self._known(image_paths)
        changed: list[tuple[str, FileStamp]] = []
        unchanged = 0
        for image, label_path in label_files.items():
            try:
                status = os.stat(label_path)  # noqa: PTH116 - very many
            except OSError:
                continue
            entry = known.pop(image, None)
            state = (status.st_mtime_ns, status.st_size, status.st_ino)
            if entry is not None and entry[1:] == state and entry[0] == os.fsencode(label_path):
                unchanged += 1
            else:
                changed.append((image, FileStamp(*state)))
        return changed, [image for image in known if image not in label_files], unchanged

    def _known(self, image_paths: Sequence[str]) -> dict[str, tuple[bytes, int, int, int]]:
        def load(connection: sqlite3.Connection) -> dict[str, tuple[bytes, int, int, int]]:
            found: dict[str, tuple[bytes, int, int, int]] = {}
            for folder in _by_folder(image_paths):
                where = dict(zip(folder.names, folder.places, strict=True))
                for name, label_path, mtime_ns, size_bytes, inode in connection.execute(
                    "SELECT i.name, i.label_path, i.mtime_ns, i.size_bytes, i.inode FROM images i "
                    "JOIN folders f ON f.id = i.folder_id WHERE f.path = ?",
                    (folder.path,),
                ):
                    place = where.get(name)
                    if place is not None:
                        found[image_paths[place]] = (label_path, mtime_ns, size_bytes, inode)
            return found

        try:
            return self._file.read(load)
        except StorageError as error:
            self._fail(error)
            return {}

    def _store(self, files: Sequence[tuple[str, str, FileStamp]], facts: LabelFacts) -> None:
        places: dict[int, tuple[int, bytes]] = {}

        def store(connection: sqlite3.Connection) -> None:
            ids = _label_ids(connection, facts.files)
            objects = np.zeros(len(facts.boxes), OBJECT_DTYPE)
            objects["box"], objects["score"] = facts.boxes, facts.scores
            objects["label"] = [ids[label] for file in facts.files for label in file.labels]
            data = objects.tobytes()
            rows, start = [], 0
            for folder in _by_folder([image for image, _label_path, _stamp in files]):
                folder_id = _folder_id(connection, folder.path)
                places.update(zip(folder.places, zip(itertools.repeat(folder_id), folder.names), strict=False))
            for number, ((_image, label_path, stamp), file) in enumerate(zip(files, facts.files, strict=True)):
                end = start + len(file.labels) * OBJECT_DTYPE.itemsize
                rows.append((*places[number], *_row(label_path, stamp, file, data[start:end])))
                start = end
            connection.executemany(f"INSERT OR REPLACE INTO images VALUES ({','.join('?' * 12)})", rows)

        self._write(store)

    def _write(self, work: Callable[[sqlite3.Connection], object]) -> None:
        try:
            self._file.write(work)
        except StorageError as error:
            self._fail(error)
        with self._lock:
            self._generation += 1

    def _fail(self, error: StorageError) -> None:
        _logger.warning("%s %s", error, error.details)
        self._file.note(str(error))


def _folder_id(connection: sqlite3.Connection, path: bytes) -> int:
    connection.execute("INSERT OR IGNORE INTO folders (path) VALUES (?)", (path,))
    return int(connection.execute("SELECT id FROM folders WHERE path = ?", (path,)).fetchone()[0])


def _row(label_path: str, stamp: FileStamp, file: FileFacts, objects: bytes) -> _Row:
    return (
        os.fsencode(label_path),
        stamp.mtime_ns,
        stamp.size_bytes,
        stamp.inode,
        file.checked,
        file.is_broken,
        orjson.dumps(file.flags) if file.flags else None,
        file.text.encode("utf-8", "surrogatepass") if file.text else None,
        objects,
        zlib.crc32(objects),
    )


def _label_ids(connection: sqlite3.Connection, files: Sequence[FileFacts]) -> dict[str, int]:
    names = {label for file in files for label in file.labels}
    ids: dict[str, int] = {}
    for name in names:
        encoded = name.encode("utf-8", "surrogatepass")
        connection.execute("INSERT OR IGNORE INTO labels (name) VALUES (?)", (encoded,))
        ids[name] = connection.execute("SELECT id FROM labels WHERE name = ?", (encoded,)).fetchone()[0]
    return ids


def _remove(connection: sqlite3.Connection, images: Sequence[str]) -> None:
    connection.executemany(
        "DELETE FROM images WHERE folder_id = (SELECT id FROM folders WHERE path = ?) AND name = ?",
        map(_split, images),
    )


def _split(image_path: str) -> tuple[bytes, bytes]:
    folder, name = os.path.split(os.path.abspath(image_path))  # noqa: PTH100, PTH206 - very many
    return os.fsencode(folder), os.fsencode(name)


def _by_folder(image_paths: Sequence[str]) -> list[_Folder]:
    """Return the images by absolute folder, with their places in the list."""
    folders: dict[str, _Folder] = {}
    same: dict[bytes, _Folder] = {}
    separator, fsencode = os.sep, os.fsencode
    for place, path in enumerate(image_paths):
        end = path.rfind(separator) + 1
        folder = folders.get(path[:end])
        if folder is None:
            absolute = fsencode(os.path.abspath(path[:end] or "."))  # noqa: PTH100 - resolve() would follow links
            folder = folders[path[:end]] = same.setdefault(absolute, _Folder(absolute, [], []))
        folder.names.append(fsencode(path[end:]))
        folder.places.append(place)
    return list(same.values())


def _load(connection: sqlite3.Connection, image_paths: Sequence[str]) -> LabelColumns:
    columns = _Columns(len(image_paths))
    for folder in _by_folder(image_paths):
        rows = connection.execute(
            "SELECT name, checked, broken, flags, text, objects, mtime_ns, size_bytes FROM images "
            "WHERE folder_id = (SELECT id FROM folders WHERE path = ?)",
            (folder.path,),
        ).fetchall()
        if rows:
            columns.add(folder, rows)
    names = connection.execute("SELECT id, name FROM labels ORDER BY id").fetchall()
    return columns.result(names)


class _Columns:
    """Puts the rows of several folders together."""

    def __init__(self, images: int) -> None:
        self._has_file, self._checked, self._broken = (np.zeros(images, np.bool_) for _ in range(3))
        self._stamps = np.full((images, 2), -1, np.int64)
        self._flags: list[frozenset[str]] = [frozenset()] * images
        self._texts = [""] * images
        self._blobs: list[bytes] = [b""] * images

    def add(self, folder: _Folder, rows: list[_Row]) -> None:
        """Take the rows of one folder."""
        where = dict(zip(folder.names, folder.places, strict=True))
        names, checked, broken, flags, texts, objects, mtimes, sizes = zip(*rows, strict=True)
        places = np.array([where.get(name, -1) for name in names], np.int64)
        wanted = places >= 0
        at = places[wanted]
        self._has_file[at] = True
        self._checked[at] = np.array(checked, np.bool_)[wanted]
        self._broken[at] = np.array(broken, np.bool_)[wanted]
        self._stamps[at, 0] = np.array(mtimes, np.int64)[wanted]
        self._stamps[at, 1] = np.array(sizes, np.int64)[wanted]
        for place, flag, text, blob in zip(places.tolist(), flags, texts, objects, strict=True):
            if place < 0:
                continue
            self._blobs[place] = blob
            if flag is not None:
                self._flags[place] = frozenset(orjson.loads(flag))
            if text is not None:
                self._texts[place] = text.decode("utf-8", "surrogatepass").casefold()

    def result(self, names: Sequence[tuple[int, bytes]]) -> LabelColumns:
        """Return the columns; ``names`` are ids and names of the labels."""
        lengths = np.fromiter(map(len, self._blobs), np.int64, len(self._blobs)) // OBJECT_DTYPE.itemsize
        offsets = np.zeros(len(self._blobs) + 1, np.int64)
        np.cumsum(lengths, out=offsets[1:])
        objects = np.frombuffer(b"".join(self._blobs), OBJECT_DTYPE)
        class_names = [""] * ((names[-1][0] if names else 0) + 1)
        for number, name in names:
            class_names[number] = name.decode("utf-8", "surrogatepass")
        return LabelColumns(
            self._has_file,
            self._checked,
            self._broken,
            self._flags,
            self._texts,
            offsets,
            np.ascontiguousarray(objects["box"]),
            np.ascontiguousarray(objects["score"]),
            np.minimum(objects["label"], len(class_names) - 1).astype(np.int32),
            tuple(class_names),
            self._stamps.tobytes(),
        )
