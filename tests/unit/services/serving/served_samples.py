"""The sample model and a running server of models, for tests."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

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


def ask(
    address: str, method: str, target: str, body: bytes = b"", kind: str = "image/jpeg", **headers: str
) -> tuple[int, dict[str, Any]]:
    """Return the status and the object of an answer."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    given = {"Token": KEY, "Content-Type": kind} | {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, target, body, {name: value for name, value in given.items() if value})
    response = connection.getresponse()
    content = json.loads(response.read())
    connection.close()
    return response.status, content
