"""Folders are listed completely, in natural order, without loops, and quickly."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from anylabeling.errors import ScanError
from anylabeling.services.imaging.scanner import scan_folder
from anylabeling.utils.cancellation import Cancelled, CancelToken


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def relative(folder: Path, paths: list[str]) -> list[str]:
    return [Path(path).relative_to(folder).as_posix() for path in paths]


def test_only_pictures_in_natural_order(tmp_path: Path) -> None:
    touch(
        tmp_path, "img10.jpg", "img2.JPG", "img1.Png", "notes.txt", "img1.json", "noext", ".hidden.jpg", "jpg", ".jpg"
    )
    assert relative(tmp_path, scan_folder(tmp_path)) == ["img1.Png", "img2.JPG", "img10.jpg"]
    assert scan_folder(str(tmp_path) + os.sep) == scan_folder(tmp_path)
    assert relative(tmp_path, scan_folder(tmp_path, suffixes={".txt"})) == ["notes.txt"]


def test_sub_folders_stand_where_their_names_do(tmp_path: Path) -> None:
    touch(
        tmp_path, "c.jpg", "b/2.jpg", "b/10.jpg", "a10/1.jpg", "a2/1.jpg", "b/deep/x.png", ".git/1.jpg", "d.jpg/1.jpg"
    )
    expected = ["a2/1.jpg", "a10/1.jpg", "b/2.jpg", "b/10.jpg", "b/deep/x.png", "c.jpg", "d.jpg/1.jpg"]
    assert relative(tmp_path, scan_folder(tmp_path)) == expected
    assert relative(tmp_path, scan_folder(tmp_path, recursive=False)) == ["c.jpg"]
    assert all(path.startswith(str(tmp_path)) for path in scan_folder(tmp_path))


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_links_do_not_loop_or_repeat(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    touch(root, "a/1.jpg", "z.jpg")
    touch(outside, "2.jpg", "sub/3.jpg")
    (root / "up").symlink_to(root)
    (root / "a" / "top").symlink_to(tmp_path)
    (root / "b").symlink_to(root / "a")
    (root / "ext1").symlink_to(outside)
    (root / "ext2").symlink_to(outside)
    (outside / "sub" / "back").symlink_to(outside)
    (outside / "into").symlink_to(root)
    (root / "linked.jpg").symlink_to(outside / "2.jpg")
    (root / "dangling.jpg").symlink_to(tmp_path / "nowhere.jpg")
    (root / "nowhere").symlink_to(tmp_path / "nowhere")
    (root / "itself").symlink_to("itself")
    (root / "itself.jpg").symlink_to("itself.jpg")
    expected = ["a/1.jpg", "ext1/2.jpg", "ext1/sub/3.jpg", "linked.jpg", "z.jpg"]
    assert relative(root, scan_folder(root)) == expected
    (tmp_path / "alias").symlink_to(root)
    assert len(scan_folder(tmp_path / "alias")) == len(expected)


@pytest.mark.skipif(sys.platform == "win32", reason="file names are text there")
def test_names_that_are_not_text(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9 2.jpg"
    try:
        os.close(os.open(raw, os.O_CREAT))
    except OSError:
        pytest.skip("this file system wants UTF-8")
    (found,) = scan_folder(tmp_path)
    assert os.fsencode(found) == raw


def test_folders_that_cannot_be_listed(tmp_path: Path) -> None:
    touch(tmp_path, "file.jpg")
    with pytest.raises(ScanError, match="gone does not exist"):
        scan_folder(tmp_path / "gone")
    with pytest.raises(ScanError, match=r"file\.jpg is not a folder"):
        scan_folder(tmp_path / "file.jpg")


def test_sub_folder_that_vanishes_is_reported_and_the_rest_listed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    # Folders shortly ahead may be listed before the first chunk comes: the one that vanishes is far behind.
    touch(tmp_path, *(f"a/{number}.jpg" for number in range(2500)), *(f"b{n}/1.jpg" for n in range(40)))
    touch(tmp_path, "y/1.jpg", "z/1.jpg")

    def remove_y(_chunk: list[str]) -> None:
        if (tmp_path / "y").exists():
            (tmp_path / "y" / "1.jpg").unlink()
            (tmp_path / "y").rmdir()

    skipped: list[tuple[str, OSError]] = []
    paths = scan_folder(tmp_path, on_chunk=remove_y, on_skip=lambda folder, error: skipped.append((folder, error)))
    assert len(paths) == 2541
    assert paths[-1] == str(tmp_path / "z" / "1.jpg")
    assert [folder for folder, _ in skipped] == [str(tmp_path / "y")]
    assert isinstance(skipped[0][1], FileNotFoundError)
    assert "Skipped the folder" in caplog.text
    caplog.clear()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="everything is readable for this user")
def test_unreadable_folders(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    touch(tmp_path, "locked/1.jpg", "open.jpg")
    (tmp_path / "locked").chmod(0)
    try:
        assert relative(tmp_path, scan_folder(tmp_path)) == ["open.jpg"]
        with pytest.raises(ScanError, match="may not be read"):
            scan_folder(tmp_path / "locked")
    finally:
        (tmp_path / "locked").chmod(0o700)
        caplog.clear()


def test_large_tree_in_chunks(tmp_path: Path) -> None:
    for number in range(20):
        folder = tmp_path / f"day {number}"
        folder.mkdir()
        for index in range(1000):
            (folder / f"IMG_{index}.jpg").touch()
    chunks: list[list[str]] = []
    paths = scan_folder(tmp_path, on_chunk=chunks.append)
    assert len(paths) == 20_000
    assert [path for chunk in chunks for path in chunk] == paths
    assert max(map(len, chunks)) <= 2000
    assert relative(tmp_path, paths[:2]) == ["day 0/IMG_0.jpg", "day 0/IMG_1.jpg"]
    assert relative(tmp_path, paths[2000:2001]) == ["day 2/IMG_0.jpg"]


@pytest.fixture
def deep_folder(tmp_path: Path) -> Iterator[Path]:
    """Return a folder with a picture 1,200 folders below; taken apart again, since shutil.rmtree calls itself."""
    start = Path.cwd()
    os.chdir(tmp_path)
    for _ in range(1200):
        Path("d").mkdir()
        os.chdir("d")
    Path("x.jpg").touch()
    os.chdir(start)
    yield tmp_path
    os.chdir(str(tmp_path) + "/d" * 1200)
    Path("x.jpg").unlink()
    for _ in range(1200):
        os.chdir("..")
        Path("d").rmdir()
    os.chdir(start)


def test_very_deep_tree(deep_folder: Path) -> None:
    (path,) = scan_folder(deep_folder)
    assert path == str(deep_folder) + "/d" * 1200 + "/x.jpg"


def test_cancel(tmp_path: Path) -> None:
    touch(tmp_path, *(f"{folder}/{number}.jpg" for folder in "ab" for number in range(2100)))
    token = CancelToken()
    with pytest.raises(Cancelled):
        scan_folder(tmp_path, cancel=token, on_chunk=lambda _chunk: token.cancel())
