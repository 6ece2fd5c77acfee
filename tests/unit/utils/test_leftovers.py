"""Files that a killed process left half written go; what is being written, and everything else, stays."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from anylabeling.utils.leftovers import half_name, remove_leftovers

KILLED = """
import os, signal, sys
from pathlib import Path
from anylabeling.utils.atomic_io import write_parts_atomic
def parts():
    yield b"half"
    os.kill(os.getpid(), signal.SIGKILL)
write_parts_atomic(Path(sys.argv[1]), parts())
"""


def make_old(path: Path) -> None:
    path.touch()
    then = time.time() - 3600
    os.utime(path, (then, then))


@pytest.mark.skipif(sys.platform == "win32", reason="processes are not asked for there")
def test_what_a_killed_process_left_goes(tmp_path: Path) -> None:
    folder = tmp_path / "labels" / "train"
    folder.mkdir(parents=True)
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(folder / "a.txt")])
    process.wait(60)
    (left,) = folder.iterdir()
    assert left.read_bytes() == b"half"
    # It may be another machine's that writes just now, unless one knows better.
    assert remove_leftovers(tmp_path) == 0
    assert remove_leftovers(tmp_path, {process.pid}) == 1
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="processes are not asked for there")
def test_old_ones_go_when_their_process_is_not_there(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait(60)
    gone = [tmp_path / f".a.txt.{process.pid:x}-1abcdef01.tmp", tmp_path / f".a.jpg.{process.pid:x}.part"]
    ours = tmp_path / half_name("b.txt", "-1abcdef01.tmp")
    others = [tmp_path / name for name in ("a.txt.tmp", ".hidden", ".notes.tmp", ".a.part", "c.txt")]
    for path in (*gone, ours, *others):
        make_old(path)
    assert remove_leftovers(tmp_path) == 2
    assert set(tmp_path.iterdir()) == {ours, *others}
