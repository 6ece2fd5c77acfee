"""Programs at the same images or label files know of each other, whoever came first and whoever is left."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from anylabeling.services.dataset.folder_claim import FolderClaim


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    return tmp_path / "open"


def test_who_comes_last_is_told_also_when_the_first_has_gone(claims: Path, tmp_path: Path) -> None:
    first, second, third = (FolderClaim(claims) for _ in range(3))
    folder = str(tmp_path / "pictures")
    assert first.claim(folder) is None
    other = second.claim(folder)
    assert other is not None
    assert other.root == os.path.realpath(folder)
    assert second.claim(folder) is None  # once; reading the folder again says nothing new
    first.release()
    assert third.claim(folder) is not None
    second.release()
    third.release()
    assert list(claims.iterdir()) == []
    assert first.claim(folder) is None


def test_links_and_folders_inside_are_the_same_place(claims: Path, tmp_path: Path) -> None:
    (tmp_path / "pictures" / "inside").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "pictures", target_is_directory=True)
    first, second = FolderClaim(claims), FolderClaim(claims)
    assert first.claim(str(tmp_path / "pictures")) is None
    for root in ("link", "pictures/inside", "."):
        assert second.claim(str(tmp_path / root)) is not None, root
    assert second.claim(str(tmp_path / "pictures2")) is None


def test_one_folder_of_label_files_is_the_same_place(claims: Path, tmp_path: Path) -> None:
    first, second = FolderClaim(claims), FolderClaim(claims)
    assert first.claim(str(tmp_path / "a"), str(tmp_path / "labels")) is None
    assert second.claim(str(tmp_path / "b"), str(tmp_path / "other")) is None
    assert second.claim(str(tmp_path / "b"), str(tmp_path / "labels")) is not None
    assert second.claim(str(tmp_path / "a"), str(tmp_path / "other")) is not None  # the same images
    assert second.claim(str(tmp_path / "labels" / "inside")) is not None


def test_a_program_that_was_killed_has_nothing(claims: Path, tmp_path: Path) -> None:
    code = (
        "import sys, os, signal; from pathlib import Path\n"
        "from anylabeling.services.dataset.folder_claim import FolderClaim\n"
        "claim = FolderClaim(Path(sys.argv[1])); claim.claim(sys.argv[2]); os._exit(1)"
    )
    folder = str(tmp_path / "pictures")
    subprocess.run([sys.executable, "-c", code, str(claims), folder], check=False)
    assert len(list(claims.iterdir())) == 2
    mine = FolderClaim(claims)
    assert mine.claim(folder) is None
    mine.release()
    assert list(claims.iterdir()) == []


def test_where_nothing_can_be_kept_nobody_is_warned(tmp_path: Path) -> None:
    (tmp_path / "open").write_bytes(b"a file where the claims should be")
    claim = FolderClaim(tmp_path / "open")
    assert claim.claim(str(tmp_path)) is None
    claim.release()
