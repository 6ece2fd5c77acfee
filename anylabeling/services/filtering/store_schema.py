"""The tables of the detection store and the statements on them."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from anylabeling.services.auto_labeling.detections import CANDIDATE_FLOOR
from anylabeling.services.filtering.identities import FileSet

if TYPE_CHECKING:
    import sqlite3

VERSION = 1
SCHEMA = """
CREATE TABLE IF NOT EXISTS models (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE
);
CREATE TABLE IF NOT EXISTS entries (
    id INTEGER PRIMARY KEY,
    model_id INTEGER NOT NULL,
    path BLOB NOT NULL,
    size_bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    used_at REAL NOT NULL,
    UNIQUE (model_id, path)
);
CREATE INDEX IF NOT EXISTS entries_by_content ON entries (content_hash) WHERE content_hash <> '';
CREATE INDEX IF NOT EXISTS entries_by_use ON entries (used_at);
CREATE TABLE IF NOT EXISTS kept (
    entry_id INTEGER PRIMARY KEY,
    iou REAL NOT NULL,
    data BLOB NOT NULL,
    checksum INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS derived (
    entry_id INTEGER PRIMARY KEY,
    iou REAL NOT NULL,
    data BLOB NOT NULL,
    checksum INTEGER NOT NULL,
    complete_from REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS candidates (
    entry_id INTEGER PRIMARY KEY,
    complete_from REAL NOT NULL,
    data BLOB NOT NULL,
    checksum INTEGER NOT NULL
);
CREATE TRIGGER IF NOT EXISTS entry_removed AFTER DELETE ON entries BEGIN
    DELETE FROM kept WHERE entry_id = old.id;
    DELETE FROM derived WHERE entry_id = old.id;
    DELETE FROM candidates WHERE entry_id = old.id;
END
"""

_SELECT_KEPT = """
SELECT e.id, e.path, e.size_bytes, e.mtime_ns, e.used_at,
       coalesce(k.data, d.data), coalesce(k.checksum, d.checksum, 0), k.data IS NULL, coalesce(d.complete_from <= ?, 0)
FROM entries e
LEFT JOIN kept k ON k.entry_id = e.id AND k.iou IN (?, -1)
LEFT JOIN derived d ON d.entry_id = e.id AND d.iou = ?
WHERE e.model_id = ? AND e.path IN ({marks})
"""
_SELECT_CANDIDATES = """
SELECT e.id, e.width, e.height, c.complete_from, c.data, c.checksum
FROM entries e JOIN candidates c ON c.entry_id = e.id
WHERE c.complete_from <= ? AND e.id IN ({marks})
"""


def model_id(connection: sqlite3.Connection, key: str) -> int | None:
    """Return the number of a model, or None when nothing of it is stored."""
    row = connection.execute("SELECT id FROM models WHERE key = ?", (key,)).fetchone()
    return None if row is None else int(row[0])


def select_kept(
    connection: sqlite3.Connection, model: int, paths: Sequence[bytes], iou: float, floor: float
) -> list[tuple[Any, ...]]:
    """Return id, path, size, mtime, time of use, boxes, checksum, whether they were derived, whether these suffice."""
    statement = _SELECT_KEPT.format(marks=_marks(len(paths)))
    return connection.execute(statement, (floor, iou, iou, model, *paths)).fetchall()


def select_candidates(connection: sqlite3.Connection, ids: Sequence[int], floor: float) -> list[tuple[Any, ...]]:
    """Return id, width, height, least threshold, boxes, checksum of those that can answer for ``floor``."""
    return connection.execute(_SELECT_CANDIDATES.format(marks=_marks(len(ids))), (floor, *ids)).fetchall()


def insert(connection: sqlite3.Connection, rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows of model key, path, size, mtime, width, height, hash, time, iou, kept, least threshold, candidates."""
    models: dict[str, int] = {}
    for key, path, *entry, iou, kept, complete_from, candidates in rows:
        model = models.get(key)
        if model is None:
            connection.execute("INSERT OR IGNORE INTO models (key) VALUES (?)", (key,))
            model = models[key] = model_id(connection, key) or 0
        before = _kept_before(connection, model, path, entry[0], entry[1], iou)
        connection.execute("DELETE FROM entries WHERE model_id = ? AND path = ?", (model, path))
        cursor = connection.execute(
            "INSERT INTO entries (model_id, path, size_bytes, mtime_ns, width, height, content_hash, used_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (model, path, *entry),
        )
        number = cursor.lastrowid
        connection.execute("INSERT INTO kept VALUES (?, ?, ?, ?)", (number, iou, kept, zlib.crc32(kept)))
        connection.execute(
            "INSERT INTO candidates VALUES (?, ?, ?, ?)", (number, complete_from, candidates, zlib.crc32(candidates))
        )
        if before is not None:
            connection.execute("INSERT INTO derived VALUES (?, ?, ?, ?, ?)", (number, *before, CANDIDATE_FLOOR))


def _kept_before(
    connection: sqlite3.Connection, model: int, path: bytes, size_bytes: int, mtime_ns: int, iou: float
) -> tuple[Any, ...] | None:
    """Return overlap, boxes and checksum of what the model found in the same file for another overlap.

    Where there are too many candidates to keep them all, going back to that overlap would need the model again.
    """
    found: tuple[Any, ...] | None = connection.execute(
        "SELECT k.iou, k.data, k.checksum FROM entries e JOIN kept k ON k.entry_id = e.id "
        "WHERE e.model_id = ? AND e.path = ? AND e.size_bytes = ? AND e.mtime_ns = ? AND k.iou NOT IN (?, -1)",
        (model, path, size_bytes, mtime_ns, iou),
    ).fetchone()
    return found


def insert_derived(connection: sqlite3.Connection, rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows of entry, iou, boxes, checksum, least threshold; entries that are gone meanwhile are left out."""
    connection.executemany(
        "INSERT OR REPLACE INTO derived (entry_id, iou, data, checksum, complete_from) "
        "SELECT id, ?, ?, ?, ? FROM entries WHERE id = ?",
        ((*values, entry) for entry, *values in rows),
    )


def touch(connection: sqlite3.Connection, ids: Iterable[tuple[int]], now: float) -> None:
    """Note that entries were used."""
    connection.executemany("UPDATE entries SET used_at = ? WHERE id = ?", ((now, entry) for (entry,) in ids))


def adopt(connection: sqlite3.Connection, model_key: str, files: FileSet, hashes: dict[int, str], now: float) -> int:
    """Give entries whose content lies at another path now that path, or copy them when the old file is still there."""
    model = model_id(connection, model_key)
    adopted = 0
    for index, content_hash in hashes.items() if model is not None else ():
        row = connection.execute(
            "SELECT id, path FROM entries WHERE content_hash = ? AND model_id = ? AND size_bytes = ?",
            (content_hash, model, int(files.sizes[index])),
        ).fetchone()
        if row is None or not content_hash:
            continue
        entry, old_path = row
        place = (files.keys[index], int(files.mtimes_ns[index]), now)
        if old_path != files.keys[index]:
            connection.execute("DELETE FROM entries WHERE model_id = ? AND path = ?", (model, files.keys[index]))
        if old_path == files.keys[index] or not os.path.lexists(old_path):
            connection.execute("UPDATE entries SET path = ?, mtime_ns = ?, used_at = ? WHERE id = ?", (*place, entry))
        else:
            _copy(connection, entry, place)
        adopted += 1
    return adopted


def evict(connection: sqlite3.Connection, share: float) -> int:
    """Remove a share of the entries, those that were not used for the longest time; returns how many."""
    wanted = max(1, int(count(connection) * share))
    return connection.execute(
        "DELETE FROM entries WHERE id IN (SELECT id FROM entries ORDER BY used_at, id LIMIT ?)", (wanted,)
    ).rowcount


def clear(connection: sqlite3.Connection) -> None:
    """Remove everything."""
    for table in ("kept", "derived", "candidates", "entries", "models"):
        connection.execute(f"DELETE FROM {table}")


def shrink(connection: sqlite3.Connection) -> None:
    """Give free space back to the disk."""
    connection.execute("PRAGMA incremental_vacuum").fetchall()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def count(connection: sqlite3.Connection) -> int:
    """Return the number of entries."""
    return int(connection.execute("SELECT count(*) FROM entries").fetchone()[0])


def _copy(connection: sqlite3.Connection, entry: int, place: tuple[bytes, int, float]) -> None:
    cursor = connection.execute(
        "INSERT INTO entries (model_id, path, size_bytes, mtime_ns, width, height, content_hash, used_at) "
        "SELECT model_id, ?, size_bytes, ?, width, height, content_hash, ? FROM entries WHERE id = ?",
        (*place, entry),
    )
    for table, columns in (("kept", "iou, data, checksum"), ("candidates", "complete_from, data, checksum")):
        connection.execute(
            f"INSERT INTO {table} (entry_id, {columns}) SELECT ?, {columns} FROM {table} WHERE entry_id = ?",
            (cursor.lastrowid, entry),
        )


def _marks(count: int) -> str:
    return ",".join("?" * count)
