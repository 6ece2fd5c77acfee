"""Make the helpers of the training tests importable, and give each test a home folder of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "auto_labeling"))


@pytest.fixture(autouse=True)
def own_home(home_dir: Path) -> Path:
    return home_dir
