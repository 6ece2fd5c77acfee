"""A server that answers as it is told, and what loads models from it."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from served_samples import KEY

from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.model_manager import ModelManager

GREY = np.full((60, 80, 3), 114, np.uint8)


def config(folder: Path, address: str, **values: object) -> Path:
    keys = {"type": "remote", "server_url": address, "model": "samples", "api_key": KEY, "timeout": 20} | values
    path = folder / "remote.yaml"
    path.write_text("".join(f"{key}: {json.dumps(value)}\n" for key, value in keys.items()))
    return path


_loaded: list[DetectionModel] = []


def load(path: object, **options: Any) -> DetectionModel:
    _loaded.append(ModelManager().load(str(path), **options))
    return _loaded[-1]


class Hostile(http.server.ThreadingHTTPServer):
    """Answers as a function says: status, type and body, or None after it did so by itself."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _HostileHandler)
        self.address = f"http://127.0.0.1:{self.server_address[1]}"
        self.released = threading.Event()
        self.entered = threading.Event()
        self.predictions: list[Any] = []
        self.asked = 0
        self.models: dict[str, Any] = {"samples": {"display_name": "Lies", "anylabeling": dict(OURS)}}
        self.predict: Callable[[Any], tuple[int, str, bytes] | None] = lambda _handler: boxes([])
        self.list_models: Callable[[Any], tuple[int, str, bytes] | None] | None = None


class _HostileHandler(http.server.BaseHTTPRequestHandler):
    server: Hostile
    protocol_version = "HTTP/1.1"

    def log_message(self, *_args: Any) -> None:
        pass

    def do_GET(self) -> None:
        if self.server.list_models is not None:
            self._say(self.server.list_models(self))
        else:
            self._say((200, "application/json", json.dumps({"success": True, "data": self.server.models}).encode()))

    def do_POST(self) -> None:
        self.body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked += 1
        self._say(self.server.predict(self))

    def _say(self, answer: tuple[int, str, bytes] | None) -> None:
        if answer is None:
            self.close_connection = True
            return
        status, kind, body = answer
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


OURS = {"task": "detect", "classes": ["a", "b"], "weights": "w1", "min_side_px": 640, "has_iou": True}


def boxes(rows: list[list[float]], **changes: Any) -> tuple[int, str, bytes]:
    data = {
        "boxes": [row[:4] for row in rows],
        "scores": [row[4] for row in rows],
        "class_ids": [int(row[5]) for row in rows],
        "is_suppressed": False,
        "weights": "w1",
    }
    return 200, "application/json", json.dumps({"success": True, "data": data | changes}).encode()


def shapes(*rows: dict[str, Any], **changes: Any) -> tuple[int, str, bytes]:
    data = {"shapes": list(rows), "weights": "w1"} | changes
    return 200, "application/json", json.dumps({"success": True, "data": data}).encode()


def close_loaded() -> None:
    """Close the models that were loaded."""
    while _loaded:
        _loaded.pop().close()
