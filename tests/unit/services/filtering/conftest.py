"""Make the model factory of the auto-labeling tests importable."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "auto_labeling"))
