"""A store that nobody has any more leaves no open file behind."""

from __future__ import annotations

import gc
import sqlite3
from pathlib import Path

import pytest

from anylabeling.utils.sqlite_file import SqliteFile

SCHEMA = "CREATE TABLE things (name TEXT)"


@pytest.mark.parametrize("name", [None, "things.sqlite"])
def test_a_store_that_nobody_closed_is_closed_with_it(tmp_path: Path, name: str | None) -> None:
    path = tmp_path / name if name else None
    store = SqliteFile(path, SCHEMA, 1)
    store.write(lambda connection: connection.execute("INSERT INTO things VALUES ('cup')"))
    connection = store.read(lambda connection: connection)
    del store
    gc.collect()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("SELECT * FROM things")
    if path is not None:
        again = SqliteFile(path, SCHEMA, 1)
        assert again.read(lambda connection: connection.execute("SELECT * FROM things").fetchall()) == [("cup",)]
        again.close()


def test_a_closed_store_opens_again(tmp_path: Path) -> None:
    store = SqliteFile(tmp_path / "things.sqlite", SCHEMA, 1)
    first = store.read(lambda connection: connection)
    store.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        first.execute("SELECT 1")
    assert store.read(lambda connection: connection.execute("SELECT count(*) FROM things").fetchone()) == (0,)
    store.close()
