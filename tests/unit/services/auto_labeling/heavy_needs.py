"""What the heavy tests need: skipped where it is missing, unless it was installed for them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from anylabeling.services.auto_labeling.runtime_info import runtime_info


def need(module: str) -> None:
    """Skip a test where a module is missing; fail in the environment that was made to have it."""
    if runtime_info().has(module):
        return
    if os.environ.get("ANYLABELING_HEAVY"):
        pytest.fail(f"{module} is missing, although this environment was made for it")
    pytest.skip(f"{module} is not installed (make test-heavy)")


def told_by(script: str, picture: Path, folders: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what a script beside the tests has made and found: Ultralytics changes the process that imports it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("YOLO_", "XDG_"))}
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name(script)), str(folders.mktemp("models")), str(picture)],
        capture_output=True,
        text=True,
        timeout=540,
        check=False,
        env={**environment, "HOME": str(folders.mktemp("home")), "OMP_WAIT_POLICY": "PASSIVE"},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
