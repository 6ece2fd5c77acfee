"""The tables of the label index: images in chunks of some hundreds, each a few columns of bytes.

A row for each image would take longer to write than to read the label files, and longer to read back than a question
may take. A change of one image writes its chunk anew.
"""

from __future__ import annotations

import itertools
import os
import zlib
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from anylabeling.services.dataset.label_rows import ROW_DTYPE, LabelRows

if TYPE_CHECKING:
    import sqlite3

VERSION = 5
SCHEMA = """
CREATE TABLE IF NOT EXISTS labels (id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS folders (id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS chunks (
    id INTEGER PRIMARY KEY,
    folder_id INTEGER NOT NULL,
    images INTEGER NOT NULL,
    checksums BLOB NOT NULL,
    names BLOB NOT NULL,
    rows BLOB NOT NULL,
    labels BLOB NOT NULL,
    scores BLOB NOT NULL,
    boxes BLOB NOT NULL,
    extra BLOB NOT NULL,
    label_paths BLOB NOT NULL,
    details BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS chunks_by_folder ON chunks (folder_id)
"""

MOST_IMAGES = 1024
_ALL = ("names", "rows", "labels", "scores", "boxes", "extra", "label_paths", "details")

Columns = tuple[str, ...]
FILES: Columns = ("names", "rows", "label_paths")
"""What tells which label files have changed."""
OBJECTS: Columns = ("names", "rows", "labels", "scores", "boxes", "extra")
"""What questions about objects need."""
DETAILS: Columns = ("names", "rows", "details")
"""What is asked about rarely."""


class FolderRows(NamedTuple):
    """What is known of images in one folder.

    Attributes:
        names: File names of the images, with zeros between them; empty where there are none.
        label_paths: The label file of each, in the same way.
        content: What the label files say; labels are numbers of this database.
    """

    names: bytes
    label_paths: bytes
    content: LabelRows

    @property
    def name_list(self) -> list[bytes]:
        """The file names."""
        return self.names.split(b"\0") if len(self.content) else []

    def take(self, chosen: NDArray[np.int64]) -> FolderRows:
        """Return some of the images."""
        numbers = chosen.tolist()
        names, paths = self.name_list, self.label_paths.split(b"\0")
        return FolderRows(
            b"\0".join(names[number] for number in numbers),
            b"\0".join(paths[number] for number in numbers),
            self.content.take(chosen),
        )

    @classmethod
    def join(cls, parts: Sequence[FolderRows]) -> FolderRows:
        """Return the images of several that are not empty."""
        return cls(
            b"\0".join(part.names for part in parts),
            b"\0".join(part.label_paths for part in parts),
            LabelRows.join([part.content for part in parts]),
        )


NOTHING = FolderRows(b"", b"", LabelRows.unpacked(b"", b"", b"", b"", ()))


def load(connection: sqlite3.Connection, folder: bytes, columns: Columns = _ALL) -> FolderRows:
    """Return what is known of a folder; columns that are not asked for are left empty."""
    return unpacked(read(connection, folder, columns), columns)


def read(connection: sqlite3.Connection, folder: bytes, columns: Columns) -> list[tuple[bytes, ...]]:
    """Return the chunks of a folder as they are kept.

    Raises:
        sqlite3.DatabaseError: When one is damaged.
    """
    return _read(connection, "folder_id = (SELECT id FROM folders WHERE path = ?) ORDER BY id", folder, columns)


def unpacked(chunks: Sequence[tuple[bytes, ...]], columns: Columns) -> FolderRows:
    """Put chunks together."""
    if not chunks:
        return NOTHING
    found: dict[str, Sequence[bytes]] = dict(zip(columns, zip(*chunks, strict=True), strict=True))
    firsts = [0, *itertools.accumulate(len(part) // ROW_DTYPE.itemsize for part in found["rows"])]
    rows, boxes, scores, labels = (b"".join(found.get(name, ())) for name in ("rows", "boxes", "scores", "labels"))
    extra, details = (zip(firsts, found.get(name, ()), strict=False) for name in ("extra", "details"))
    content = LabelRows.unpacked(rows, boxes, scores, labels, extra, details)
    paths = b"\0".join(map(_unpacked_paths, found.get("label_paths", ())))
    return FolderRows(b"\0".join(found["names"]), paths, content)


def label_names(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the names of the labels; index is their number."""
    found = connection.execute("SELECT id, name FROM labels ORDER BY id").fetchall()
    names = [""] * ((found[-1][0] if found else 0) + 1)
    for number, name in found:
        if not isinstance(name, bytes) or not 0 <= number < len(names):
            raise _damaged()
        names[number] = name.decode("utf-8", "surrogatepass")
    return tuple(names)


def clear(connection: sqlite3.Connection) -> None:
    """Forget everything."""
    for table in ("chunks", "folders", "labels"):
        connection.execute(f"DELETE FROM {table}")


def count(connection: sqlite3.Connection) -> int:
    """Return the number of images."""
    return int(connection.execute("SELECT coalesce(sum(images), 0) FROM chunks").fetchone()[0])


class ChunkWriter:
    """Puts images into the chunks of their folders. It remembers which chunk has which image while nobody else writes.

    Used inside transactions of one connection only.
    """

    def __init__(self) -> None:
        self._state: tuple[int, int] | None = None
        self._folder_ids: dict[bytes, int] = {}
        self._chunk_of: dict[int, dict[bytes, int]] = {}
        self._label_numbers: dict[str, int] = {}

    def label_numbers(self, connection: sqlite3.Connection, names: Sequence[str]) -> NDArray[np.uint32]:
        """Return the numbers of labels, which new ones get here."""
        self._look(connection)
        numbers = self._label_numbers
        for name in names:
            if name not in numbers:
                encoded = name.encode("utf-8", "surrogatepass")
                connection.execute("INSERT OR IGNORE INTO labels (name) VALUES (?)", (encoded,))
                found = connection.execute("SELECT id FROM labels WHERE name = ?", (encoded,)).fetchone()
                numbers[name] = found[0]
        return np.array([numbers[name] for name in names], np.uint32)

    def forget(self) -> None:
        """Begin anew, such as after a transaction that came to nothing."""
        self._state = None

    def replace(self, connection: sqlite3.Connection, folder: bytes, gone: Iterable[bytes], new: FolderRows) -> None:
        """Remove images of a folder and add others; one that is there already is replaced."""
        self._look(connection)
        folder_id = self._folder_id(connection, folder)
        chunk_of = self._chunks(connection, folder_id)
        names = new.name_list
        place_of = {name: place for place, name in enumerate(names)}
        unwanted = set(gone) | place_of.keys()
        touched = {chunk_of[name] for name in unwanted if name in chunk_of}
        for number in sorted(touched):
            if not self._change(connection, number, unwanted, place_of, new):
                for name in [name for name, chunk in chunk_of.items() if chunk == number]:
                    del chunk_of[name]
        added = np.array([place for place, name in enumerate(names) if name not in chunk_of], np.int64)
        for name in unwanted - place_of.keys():
            chunk_of.pop(name, None)
        if added.size:
            self._append(connection, folder_id, new if added.size == len(names) else new.take(added))

    def _look(self, connection: sqlite3.Connection) -> None:
        # Another connection's writing changes the version; a file that was set aside is another connection here.
        state = id(connection), int(connection.execute("PRAGMA data_version").fetchone()[0])
        if state != self._state:
            self._state = state
            self._folder_ids.clear()
            self._chunk_of.clear()
            self._label_numbers.clear()

    def _folder_id(self, connection: sqlite3.Connection, path: bytes) -> int:
        known = self._folder_ids.get(path)
        if known is None:
            connection.execute("INSERT OR IGNORE INTO folders (path) VALUES (?)", (path,))
            known = connection.execute("SELECT id FROM folders WHERE path = ?", (path,)).fetchone()[0]
            self._folder_ids[path] = known
        return known

    def _chunks(self, connection: sqlite3.Connection, folder_id: int) -> dict[bytes, int]:
        chunk_of = self._chunk_of.get(folder_id)
        if chunk_of is None:
            chunk_of = self._chunk_of[folder_id] = {}
            for number, names in connection.execute("SELECT id, names FROM chunks WHERE folder_id = ?", (folder_id,)):
                chunk_of.update(dict.fromkeys(names.split(b"\0"), number))
        return chunk_of

    def _change(
        self,
        connection: sqlite3.Connection,
        number: int,
        unwanted: Container[bytes],
        place_of: Mapping[bytes, int],
        new: FolderRows,
    ) -> bool:
        """Change the images of one chunk where they stand, so that it keeps the order of the folder.

        Returns:
            Whether the chunk is still there.
        """
        old = _load(connection, number)
        names = old.name_list
        order = []
        for place, name in enumerate(names):
            if name in place_of:
                order.append(len(names) + place_of[name])
            elif name not in unwanted:
                order.append(place)
        if order:
            parts = [old, new] if len(new.content) else [old]
            _put(connection, number, FolderRows.join(parts).take(np.array(order, np.int64)))
        else:
            connection.execute("DELETE FROM chunks WHERE id = ?", (number,))
        return bool(order)

    def _append(self, connection: sqlite3.Connection, folder_id: int, new: FolderRows) -> None:
        """Add images behind those that are there: labelled one by one, they do not get a chunk each."""
        chunk_of = self._chunk_of[folder_id]
        statement = "SELECT id, images FROM chunks WHERE folder_id = ? ORDER BY id DESC LIMIT 1"
        last = connection.execute(statement, (folder_id,)).fetchone()
        if last is not None and last[1] + len(new.content) <= MOST_IMAGES:
            _put(connection, last[0], FolderRows.join([_load(connection, last[0]), new]))
            chunk_of.update(dict.fromkeys(new.name_list, last[0]))
            return
        names = new.name_list
        for first in range(0, len(names), MOST_IMAGES):
            end = min(first + MOST_IMAGES, len(names))
            part = new if end - first == len(names) else new.take(np.arange(first, end))
            chunk_of.update(dict.fromkeys(names[first:end], _insert(connection, folder_id, part)))


def _insert(connection: sqlite3.Connection, folder_id: int, part: FolderRows) -> int:
    columns = _packed(part)
    marks = ", ".join("?" * (3 + len(_ALL)))
    cursor = connection.execute(
        f"INSERT INTO chunks (folder_id, images, checksums, {', '.join(_ALL)}) VALUES ({marks})",
        (folder_id, len(part.content), _checksums(columns), *columns),
    )
    return cursor.lastrowid or 0


def _put(connection: sqlite3.Connection, number: int, part: FolderRows) -> None:
    columns = _packed(part)
    connection.execute(
        f"UPDATE chunks SET images = ?, checksums = ?, {', '.join(f'{name} = ?' for name in _ALL)} WHERE id = ?",
        (len(part.content), _checksums(columns), *columns, number),
    )


def _packed(part: FolderRows) -> tuple[bytes, ...]:
    rows, boxes, scores, labels, extra, details = part.content.packed()
    return part.names, rows, labels, scores, boxes, extra, _packed_paths(part.label_paths), details


def _packed_paths(paths: bytes) -> bytes:
    """Return paths with what they begin with, mostly a folder, only once: the folder, and then the names."""
    folder = paths[: paths.split(b"\0", 1)[0].rfind(os.fsencode(os.sep)) + 1]
    if not folder or paths.count(b"\0" + folder) != paths.count(b"\0"):
        return b"\0" + paths
    return folder + b"\0" + paths[len(folder) :].replace(b"\0" + folder, b"\0")


def _unpacked_paths(packed: bytes) -> bytes:
    folder, _zero, names = packed.partition(b"\0")
    return folder + names.replace(b"\0", b"\0" + folder)


def _load(connection: sqlite3.Connection, number: int) -> FolderRows:
    return unpacked(_read(connection, "id = ?", number, _ALL), _ALL)


def _read(
    connection: sqlite3.Connection, condition: str, value: int | bytes, columns: Columns
) -> list[tuple[bytes, ...]]:
    statement = f"SELECT checksums, {', '.join(columns)} FROM chunks WHERE {condition}"
    places = [_ALL.index(name) for name in columns]
    chunks = connection.execute(statement, (value,)).fetchall()
    if not all(_is_intact(chunk[0], chunk[1:], places) for chunk in chunks):
        raise _damaged()
    return [chunk[1:] for chunk in chunks]


def _is_intact(checksums: bytes, columns: Sequence[bytes], places: Sequence[int]) -> bool:
    try:
        return np.frombuffer(checksums, "<u4")[list(places)].tobytes() == _checksums(columns)
    except (TypeError, ValueError, IndexError):  # not even bytes, or too few of them
        return False


def _damaged() -> Exception:
    """Return the error of SQLite that has the file set aside and made anew."""
    import sqlite3  # here: it is not needed before the first picture is shown

    return sqlite3.DatabaseError("a part of it is not what was written")


def _checksums(columns: Iterable[bytes]) -> bytes:
    return np.array([zlib.crc32(column) for column in columns], "<u4").tobytes()
