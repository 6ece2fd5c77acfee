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

def watch(event, arguments):
    if event.startswith("socket.") or event in ("os.fork", "os.exec", "os.posix_spawn", "subprocess.Popen"):
        seen.append([event, repr(arguments)[:300]])

sys.addaudithook(watch)
import numpy as np
from anylabeling.services.auto_labeling.model_manager import ModelManager

manager = ModelManager()
model = manager.load(sys.argv[2], preferred_backend=sys.argv[1])
model.predict_shapes(np.full((90, 120, 3), 128, np.uint8))
print(json.dumps([model.info.choice.backend, seen]))
manager.unload()
"""


@pytest.mark.parametrize("backend", ["openvino", "onnx-cpu"])
def test_a_backend_calls_nobody(backend: str, home_dir: Path) -> None:
    if backend == "openvino" and importlib.util.find_spec("openvino_telemetry") is None:
        pytest.skip("openvino is not installed, or without the package that reports")
    command = [sys.executable, "-c", SCRIPT, backend, str(SAMPLE_MODEL)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout.splitlines()[-1]) == [backend, []]
    assert {path.name for path in home_dir.iterdir()} <= {".cache"}
