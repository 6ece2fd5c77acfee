"""The sample model and a running server of models, for tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import anylabeling

RESOURCES = Path(anylabeling.__file__).parent / "resources" / "samples"
SAMPLE_MODEL = RESOURCES / "model" / "samples-yolo.onnx"
KEY = "a-key-of-the-tests"


@dataclass
class Served:
    """A running server and what it wrote into its log."""

    address: str
    models: list[Any]
    log: list[str] = field(default_factory=list)


Serve = Callable[..., Served]
