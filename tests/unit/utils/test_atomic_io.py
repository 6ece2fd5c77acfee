"""Large files are written whole, though in several calls."""

from __future__ import annotations

from pathlib import Path

from anylabeling.utils.atomic_io import _AT_ONCE_BYTES, write_parts_atomic


def test_parts_of_any_length_follow_each_other(tmp_path: Path) -> None:
    large = bytes(range(256)) * (_AT_ONCE_BYTES // 256 * 2 + 1)
    parts = [b"head\n", large, b"", large[:_AT_ONCE_BYTES], b"tail"]
    path = tmp_path / "a.json"
    path.write_bytes(b"before")
    write_parts_atomic(path, parts, fsync=False)
    assert path.read_bytes() == b"".join(parts)
    assert list(tmp_path.iterdir()) == [path]
