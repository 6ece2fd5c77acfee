"""Run the real program in a process of its own and drive it with real events."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

_DRIVER = Path(__file__).with_name("driver.py")


@pytest.fixture
def run_scenario(home_dir: Path) -> Callable[..., dict[str, Any]]:
    """Return ``run_scenario(name, argv, **values)``: start main() with argv, play a scenario, return its findings."""

    def run(name: str, argv: list[str], *, timeout_s: float = 90, **values: Any) -> dict[str, Any]:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("QT_QPA")}
        finished = subprocess.run(
            [sys.executable, str(_DRIVER), name, json.dumps(values), *argv],
            capture_output=True,
            text=True,
            timeout=timeout_s,
            env=environment,
            check=False,
        )
        lines = [line for line in finished.stdout.splitlines() if line.startswith("FOUND ")]
        assert finished.returncode == 0, f"exit {finished.returncode}\n{finished.stdout}\n{finished.stderr}"
        assert lines, f"the scenario did not end\n{finished.stdout}\n{finished.stderr}"
        found: dict[str, Any] = json.loads(lines[-1].removeprefix("FOUND "))
        found["stderr"] = finished.stderr
        return found

    return run
