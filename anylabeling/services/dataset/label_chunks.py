"""The tables of the label index: images in chunks of some hundreds, each a few columns of bytes.

A row for each image would take longer to write than to read the label files, and longer to read back than a question
may take. A change of one image writes its chunk anew.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from anylabeling.services.dataset.label_rows import ROW_DTYPE, LabelRows

if TYPE_CHECKING:
    import sqlite3

VERSION = 2
SCHEMA = """
CREATE TABLE IF NOT EXISTS labels (id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS folders (id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS chunks (
    id INTEGER PRIMARY KEY,
    folder_id INTEGER NOT NULL,
    images INTEGER NOT NULL,
    names BLOB NOT NULL,
    label_paths BLOB NOT NULL,
    rows BLOB NOT NULL,
    boxes BLOB NOT NULL,
    scores BLOB NOT NULL,
    labels BLOB NOT NULL,
    extra BLOB NOT NULL,
    checksum INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS chunks_by_folder ON chunks (folder_id)
"""

MOST_IMAGES = 1024
_COLUMNS = "id, names, label_paths, rows, boxes, scores, labels, extra, checksum"


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


def load(connection: sqlite3.Connection, folder: bytes) -> FolderRows:
    """Return what is known of a folder."""
    statement = f"SELECT {_COLUMNS} FROM chunks WHERE folder_id = (SELECT id FROM folders WHERE path = ?) ORDER BY id"
    return _rows_of(connection.execute(statement, (folder,)).fetchall())


def label_names(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the names of the labels; index is their number."""
    found = connection.execute("SELECT id, name FROM labels ORDER BY id").fetchall()
    names = [""] * ((found[-1][0] if found else 0) + 1)
    for number, name in found:
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
        replaced = {name for name in itertools.chain(gone, names) if name in chunk_of}
        touched = {chunk_of[name] for name in replaced}
        if not touched and len(names) < MOST_IMAGES // 2:
            touched |= self._small_chunk(connection, folder_id, len(names))
        parts = self._taken_out(connection, touched, replaced)
        for name in replaced:
            del chunk_of[name]
        if names:
            parts.append(new)
        if not parts:
            return
        rows = FolderRows.join(parts)
        all_names = rows.name_list
        for first in range(0, len(all_names), MOST_IMAGES):
            last = min(first + MOST_IMAGES, len(all_names))
            is_whole = last - first == len(all_names)
            part = rows if is_whole else rows.take(np.arange(first, last))
            number = _insert(connection, folder_id, part)
            chunk_of.update(dict.fromkeys(all_names[first:last], number))

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

    def _small_chunk(self, connection: sqlite3.Connection, folder_id: int, images: int) -> set[int]:
        """Return a chunk that has room: images that are labelled one by one do not get a chunk each."""
        row = connection.execute(
            "SELECT id FROM chunks WHERE folder_id = ? AND images <= ? ORDER BY images LIMIT 1",
            (folder_id, MOST_IMAGES - images),
        ).fetchone()
        return set() if row is None else {row[0]}

    def _taken_out(self, connection: sqlite3.Connection, chunks: set[int], unwanted: set[bytes]) -> list[FolderRows]:
        """Remove chunks and return what of them is to stay."""
        parts = []
        for number in sorted(chunks):
            rows = _rows_of(connection.execute(f"SELECT {_COLUMNS} FROM chunks WHERE id = ?", (number,)).fetchall())
            names = rows.name_list
            staying = [place for place, name in enumerate(names) if name not in unwanted]
            if staying:
                parts.append(rows.take(np.array(staying, np.int64)))
            connection.execute("DELETE FROM chunks WHERE id = ?", (number,))
        return parts


def _insert(connection: sqlite3.Connection, folder_id: int, part: FolderRows) -> int:
    columns = part.names, part.label_paths, *part.content.packed()
    cursor = connection.execute(
        "INSERT INTO chunks (folder_id, images, names, label_paths, rows, boxes, scores, labels, extra, checksum) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (folder_id, len(part.content), *columns, _checksum(columns)),
    )
    return cursor.lastrowid or 0


def _rows_of(chunks: list[tuple[int, bytes, bytes, bytes, bytes, bytes, bytes, bytes, int]]) -> FolderRows:
    """Put chunks together; one that is damaged counts as unknown."""
    intact = [chunk for chunk in chunks if _checksum(chunk[1:-1]) == chunk[-1]]
    if not intact:
        return NOTHING
    _ids, names, label_paths, rows, boxes, scores, labels, extra, _sums = zip(*intact, strict=True)
    lengths = [len(part) // ROW_DTYPE.itemsize for part in rows]
    first_rows = itertools.accumulate(lengths, initial=0)
    rows_together, *objects = (b"".join(parts) for parts in (rows, boxes, scores, labels))
    content = LabelRows.unpacked(
        rows_together, objects[0], objects[1], objects[2], zip(first_rows, extra, strict=False)
    )
    return FolderRows(b"\0".join(names), b"\0".join(label_paths), content)


def _checksum(columns: Iterable[bytes]) -> int:
    value = 0
    for column in columns:
        value = zlib.crc32(column, value)
    return value
