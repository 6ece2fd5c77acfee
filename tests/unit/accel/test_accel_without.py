"""Everything works the same with each kind of compiled modules turned off, and where none of them was ever built."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from anylabeling.accel import CHOICES
from anylabeling.accel._dispatch import ENVIRONMENT

HERE = Path(__file__).parent
UNIT = HERE.parent
# Where pictures, folders and names go through compiled code.
TESTS = (UNIT / "codecs" / "test_codec_orientation.py", UNIT / "codecs" / "test_codec_layouts.py")
MORE = (UNIT / "services" / "imaging" / "test_scanner.py", HERE / "test_accel_natural_sort.py")


def run(tests: tuple[Path, ...], *options: str, choice: str) -> str:
    """Run tests in a process of their own; return what was said, after checking that all passed."""
    environment = {**os.environ, ENVIRONMENT: choice, "PYTHONPATH": str(HERE)}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options, *map(str, tests)]
    if importlib.util.find_spec("pytest_xvfb"):
        command.append("--no-xvfb")
    done = subprocess.run(
        command, cwd=UNIT.parents[1], env=environment, capture_output=True, text=True, timeout=110, check=False
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done.stdout


@pytest.mark.parametrize("choice", [choice for choice in CHOICES if choice != "auto"])
def test_with_one_kind_only(choice: str) -> None:
    assert " passed" in run(TESTS, choice=choice)


def test_where_nothing_was_built() -> None:
    said = run((*TESTS, *MORE), "-p", "hidden_modules", choice="auto")
    assert "fast_names: it is not built" in said
