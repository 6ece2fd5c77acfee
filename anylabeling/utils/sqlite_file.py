"""A SQLite file for what can be made again: it survives a kill, and a damaged one is set aside and begun anew."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from anylabeling.errors import StorageError
from anylabeling.translation import tr

if TYPE_CHECKING:
    import sqlite3

_logger = logging.getLogger(__name__)

ResultT = TypeVar("ResultT")

_BUSY_S = 20.0
_COMPANIONS = ("-wal", "-shm", "-journal")


class _OtherVersionError(Exception):
    """The file was made by a program of another version."""


class SqliteFile:
    """One connection that any thread may use, one call at a time.

    The file is in write-ahead mode: a transaction that was committed outlives the process, one that was not leaves no
    trace. Where no file can be made, a database in memory takes its place.

    Attributes:
        times_set_aside: How often the file was found damaged and begun anew.
    """

    def __init__(self, path: Path | None, schema: str, version: int) -> None:
        """Prepare; the file is opened at the first use.

        Args:
            path: The file, or None for a database in memory.
            schema: Statements that make the tables of an empty file.
            version: A file with another ``user_version`` is begun anew.
        """
        self._path = path
        self._schema = schema
        self._version = version
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._release: weakref.finalize[..., SqliteFile] | None = None
        self._notices: list[str] = []
        self.times_set_aside = 0

    @property
    def is_persistent(self) -> bool:
        """Whether the content outlives the program."""
        return self._path is not None

    def read(self, work: Callable[[sqlite3.Connection], ResultT]) -> ResultT:
        """Call a function with the connection.

        A damaged file is set aside; the function then sees an empty one.

        Raises:
            StorageError: When SQLite fails for another reason.
        """
        with self._lock:
            return self._guarded(work)

    def write(self, work: Callable[[sqlite3.Connection], ResultT]) -> ResultT:
        """Call a function inside a transaction, which is committed when it returns; see read for the errors."""
        import sqlite3  # here: it is not needed before the first picture is shown

        def transaction(connection: sqlite3.Connection) -> ResultT:
            connection.execute("BEGIN IMMEDIATE")
            try:
                result = work(connection)
                connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise
            return result

        with self._lock:
            return self._guarded(transaction)

    def set_aside(self, reason: str) -> None:
        """Take the file out of the way, keeping it for whoever wants to look at it, and begin anew."""
        with self._lock:
            self.close()
            self.times_set_aside += 1
            if self._path is None:
                return
            aside = self._path.with_name(f"{self._path.name}.broken")
            try:
                self._path.replace(aside)
            except OSError as error:
                _logger.warning("%s is damaged and cannot be moved: %s", self._path, error)
                self._path = None
                self._note("A damaged cache could not be set aside; results are kept in memory until the end.")
                return
            for suffix in _COMPANIONS:
                with contextlib.suppress(OSError):
                    Path(f"{self._path}{suffix}").unlink()
            _logger.warning("%s was damaged (%s) and was set aside as %s.", self._path, reason, aside.name)
            self._note(f"The cache {self._path.name} was damaged. It was set aside as {aside.name} and is made anew.")

    def note(self, sentence: str) -> None:
        """Keep a sentence for the person; each is told once until it is taken."""
        with self._lock:
            self._note(sentence)

    def take_notices(self) -> tuple[str, ...]:
        """Return the sentences that have come up since the last call."""
        with self._lock:
            notices, self._notices = tuple(self._notices), []
        return notices

    def size_bytes(self) -> int:
        """Return what the content takes, without what is free inside the file."""

        def measure(connection: sqlite3.Connection) -> int:
            pages, free, page = (
                int(connection.execute(f"PRAGMA {name}").fetchone()[0])
                for name in ("page_count", "freelist_count", "page_size")
            )
            return (pages - free) * page

        return self.read(measure)

    def close(self) -> None:
        """Close the file; the next use opens it again. A database in memory is lost."""
        import sqlite3  # here: it is not needed before the first picture is shown

        with self._lock:
            connection, self._connection = self._connection, None
            if self._release is not None:
                self._release.detach()
            if connection is not None:
                with contextlib.suppress(sqlite3.Error):
                    connection.close()

    def _guarded(self, work: Callable[[sqlite3.Connection], ResultT]) -> ResultT:
        import sqlite3  # here: it is not needed before the first picture is shown

        try:
            try:
                return work(self._open())
            except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
                if not _is_damage(error):
                    raise
                self.set_aside(str(error))
                return work(self._open())
        except sqlite3.Error as error:
            where = "in memory" if self._path is None else self._path
            raise StorageError(
                tr("The cache {where} cannot be used: {error}.", where=where, error=error),
                hint=tr("Check that the disk has space and that the folder is writable."),
                details=repr(error),
            ) from error

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = self._connect()
            # A store that nobody closes is closed when nobody has it any more; the end of the program takes all.
            self._release = weakref.finalize(self, self._connection.close)
            self._release.atexit = False
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        import sqlite3  # here: it is not needed before the first picture is shown

        if self._path is not None:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                try:
                    return self._prepared(self._path)
                except _OtherVersionError as error:
                    # What it holds can be made again, so nobody has to know.
                    _logger.info("%s has %s and is begun anew.", self._path, error)
                    for suffix in ("", *_COMPANIONS):
                        Path(f"{self._path}{suffix}").unlink(missing_ok=True)
                    return self._prepared(self._path)
            except (OSError, sqlite3.OperationalError) as error:
                _logger.warning("%s cannot be opened: %s", self._path, error)
                self._note(f"The cache {self._path} cannot be used ({error}); results are kept in memory.")
                self._path = None
        return self._prepared(None)

    def _prepared(self, path: Path | None) -> sqlite3.Connection:
        import sqlite3  # here: it is not needed before the first picture is shown

        connection = sqlite3.connect(
            ":memory:" if path is None else os.fspath(path),
            timeout=_BUSY_S,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version not in (0, self._version):
                raise _OtherVersionError(f"version {version} instead of {self._version}")  # noqa: TRY301
            if version == 0:
                # Long values lie in chains of pages: fewer and larger ones are read in half the time.
                connection.execute("PRAGMA page_size = 16384")
                connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            # What was committed is safe from a kill of the process; only a power cut may cost the last transactions.
            for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "temp_store = MEMORY", "cache_size = -16000"):
                connection.execute(f"PRAGMA {pragma}")
            if version == 0:
                connection.executescript(
                    f"BEGIN IMMEDIATE; {self._schema}; PRAGMA user_version = {self._version}; COMMIT"
                )
        except BaseException:
            connection.close()
            raise
        return connection

    def _note(self, sentence: str) -> None:
        if sentence not in self._notices:
            self._notices.append(sentence)


def _is_damage(error: sqlite3.DatabaseError | UnicodeDecodeError) -> bool:
    import sqlite3  # here: it is not needed before the first picture is shown

    # Trouble with the work has classes of its own in the module; plain DatabaseError is trouble with the file. Its
    # message may quote what stands in the file in place of a name, and when that is no text, the module fails to tell.
    # The version said which tables and columns there are.
    if isinstance(error, UnicodeDecodeError) or type(error) is sqlite3.DatabaseError:
        return True
    return str(error).startswith(("Could not decode to UTF-8", "no such table", "no such column"))
