"""What the command line says holds for one run of the window, and nonsense in it is a sentence."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from anylabeling.codecs import encode_jpeg

Run = Callable[..., dict[str, Any]]
KEYS = ["flags", "label_flags", "store_data", "keep_prev", "epsilon", "labels", "sort_labels"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a small picture."""
    made = tmp_path / "pictures"
    made.mkdir()
    (made / "a.jpg").write_bytes(encode_jpeg(np.full((240, 320, 3), 90, np.uint8)))
    return made


def test_settings_of_the_command_line_hold_for_one_run(
    run_scenario: Run, folder: Path, home_dir: Path, tmp_path: Path
) -> None:
    rc = home_dir / ".anylabelingrc"
    rc.write_text("store_data: true\nepsilon: 5\n", encoding="utf-8")
    label_flags = tmp_path / "label_flags.yaml"
    label_flags.write_text("car:\n  - parked\n__all__: [hidden]\n", encoding="utf-8")
    argv = ["--flags", "dark, blurred", "--labelflags", str(label_flags), "--nodata", "--keep-prev", "--epsilon", "14"]
    argv += ["--labels", "b,a", "--nosortlabels", str(folder)]
    found = run_scenario("settings_in_force", argv, first="a.jpg", keys=KEYS)
    assert found["settings"] == {
        "flags": ["dark", "blurred"],
        "label_flags": {"car": ["parked"], "__all__": ["hidden"]},
        "store_data": False,
        "keep_prev": True,
        "epsilon": 14.0,
        "labels": ["b", "a"],
        "sort_labels": False,
    }
    assert rc.read_text(encoding="utf-8") == "store_data: true\nepsilon: 5\n"
    assert found["recent"] == 1
    (folder / "more").mkdir()
    (folder / "a.jpg").rename(folder / "more" / "a.jpg")
    later = run_scenario("settings_in_force", ["--reset-config", str(folder / "more")], first="a.jpg", keys=KEYS)
    assert later["settings"]["epsilon"] == 5.0
    assert later["settings"]["store_data"] is True
    assert later["recent"] == 1


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--labelflags", "{car: 7"], "--labelflags"),
        (["--labelflags", "[car]"], "must be a mapping"),
        (["--epsilon", "near"], "--epsilon"),
        (["--epsilon", "-3"], "epsilon"),
        (["--flags"], "--flags"),
        (["--output", "labels.json"], "--output"),
    ],
)
def test_nonsense_is_one_line_and_ends_with_2(argv: list[str], said: str, home_dir: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "anylabeling", *argv], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
