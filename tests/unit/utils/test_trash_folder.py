"""What is deleted can be had back: it lies in the bin with a note of where it was."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest

from anylabeling.utils.trash_folder import move_to_trash_folder

pytestmark = pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="the system has a bin of its own")


@pytest.fixture(autouse=True)
def data_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data"


def noted(where: Path) -> bytes:
    note = where.parents[1] / "info" / f"{where.name}.trashinfo"
    lines = note.read_text(encoding="ascii").splitlines()
    assert lines[0] == "[Trash Info]"
    assert lines[2].startswith("DeletionDate=2")
    return unquote_to_bytes(lines[1].removeprefix("Path="))


@pytest.mark.parametrize(
    "name",
    [b"a.jpg", b"two words.jpg", b"new\nline.jpg", b"latin\xe9.jpg", "😀.jpg".encode(), b"L" * 246 + b".jpg",
     b"x." + b"y" * 250, "é".encode() * 125 + b".jpg", b".hidden"],
    ids=["usual", "blank", "line feed", "not UTF-8", "emoji", "long", "long ending", "long in bytes", "hidden"],
)  # fmt: skip
def test_any_name_goes_there_and_the_note_has_it_whole(tmp_path: Path, name: bytes) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    path = folder / os.fsdecode(name)
    for content in (b"one", b"two"):  # the second one of the same name does not replace the first
        path.write_bytes(content)
        where = move_to_trash_folder(path)
        assert not path.exists()
        assert where.read_bytes() == content
        assert noted(where) == os.fsencode(path)


def test_what_lies_there_without_a_note_is_not_replaced(tmp_path: Path, data_home: Path) -> None:
    old = data_home / "Trash" / "files" / "a.jpg"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"old")
    (tmp_path / "a.jpg").write_bytes(b"new")
    where = move_to_trash_folder(tmp_path / "a.jpg")
    assert (old.read_bytes(), where.read_bytes()) == (b"old", b"new")
    assert [note.name for note in (data_home / "Trash" / "info").iterdir()] == [f"{where.name}.trashinfo"]


def test_a_link_goes_itself(tmp_path: Path) -> None:
    (tmp_path / "real.jpg").write_bytes(b"real")
    (tmp_path / "link.jpg").symlink_to(tmp_path / "real.jpg")
    where = move_to_trash_folder(tmp_path / "link.jpg")
    assert where.is_symlink()
    assert (tmp_path / "real.jpg").read_bytes() == b"real"


def test_where_there_is_no_bin_the_file_is_kept(
    tmp_path: Path, data_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_home.write_bytes(b"a file, so that there is no bin below it")
    (tmp_path / "a.jpg").write_bytes(b"kept")
    monkeypatch.setattr("anylabeling.utils.trash_folder.os.getuid", lambda: "x" * 300)  # nor one of the drive
    with pytest.raises(OSError, match=r".+"):
        move_to_trash_folder(tmp_path / "a.jpg")
    assert (tmp_path / "a.jpg").read_bytes() == b"kept"


@pytest.mark.skipif(not os.path.ismount("/dev/shm"), reason="no second drive at hand")  # noqa: PTH114
def test_a_file_of_another_drive_goes_into_its_bin(tmp_path: Path) -> None:
    if os.stat("/dev/shm").st_dev == tmp_path.stat().st_dev or not os.access("/dev/shm", os.W_OK):  # noqa: PTH116
        pytest.skip("no second drive at hand")
    path = Path("/dev/shm") / f"{os.getpid()}-for-the-bin.jpg"
    path.write_bytes(b"there")
    where = move_to_trash_folder(path)
    try:
        assert where.parent == Path(f"/dev/shm/.Trash-{os.getuid()}/files")
        assert where.read_bytes() == b"there"
        assert noted(where) == os.fsencode(path.name)
    finally:
        (where.parents[1] / "info" / f"{where.name}.trashinfo").unlink()
        where.unlink()
        with contextlib.suppress(OSError):  # it may be in use
            for made in (where.parent, where.parents[1] / "info", where.parents[1]):
                made.rmdir()
