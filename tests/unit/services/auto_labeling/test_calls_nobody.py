"""What runs models reports to nobody: no connection, no process made for one, no file in the home folder."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

import anylabeling

SAMPLE_MODEL = Path(anylabeling.__file__).parent / "resources" / "samples" / "model" / "samples-yolo.onnx"

SCRIPT = """
import json, sys
seen = []

calls = ("connect", "getaddrinfo", "gethostbyname", "sendto", "sendmsg")
events = {*(f"socket.{call}" for call in calls), "os.fork", "os.exec", "os.posix_spawn", "subprocess.Popen"}

def watch(event, arguments):
    if event in events:
        seen.append([event, repr(arguments)[:300]])

sys.addaudithook(watch)
import numpy as np
from anylabeling.services.auto_labeling.model_manager import ModelManager

manager = ModelManager()
model = manager.load(sys.argv[2], preferred_backend=sys.argv[1])
model.predict_shapes(np.random.default_rng(1).integers(0, 255, (90, 120, 3), np.uint8))
print(json.dumps([model.info.choice.backend, seen]))
manager.unload()
"""


@pytest.mark.parametrize("model", [str(SAMPLE_MODEL), "rapidocr"], ids=["detector", "text"])
@pytest.mark.parametrize("backend", ["openvino", "onnx-cpu"])
def test_a_backend_calls_nobody(backend: str, model: str, home_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if backend == "openvino" and importlib.util.find_spec("openvino_telemetry") is None:
        pytest.skip("openvino is not installed, or without the package that reports")
    monkeypatch.delenv("ORT_DISABLE_TELEMETRY", raising=False)
    command = [sys.executable, "-c", SCRIPT, backend, model]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout.splitlines()[-1]) == [backend, []]
    left = {str(path.relative_to(home_dir)) for path in home_dir.rglob("*") if path.is_file()}
    assert all(name.startswith(".cache/anylabeling/") for name in left), left
