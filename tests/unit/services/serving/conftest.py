"""A server of models in this process, with the sample model behind a key."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "auto_labeling"))

from hostile_server import Hostile, close_loaded  # noqa: E402
from served_samples import KEY, RESOURCES, SAMPLE_MODEL, Serve, Served  # noqa: E402

from anylabeling.services.auto_labeling import remote_client  # noqa: E402
from anylabeling.services.auto_labeling.detection_model import DetectionModel  # noqa: E402
from anylabeling.services.auto_labeling.model_manager import ModelManager  # noqa: E402
from anylabeling.services.serving.http_server import ModelServer  # noqa: E402
from anylabeling.services.serving.requests import Desk  # noqa: E402
from anylabeling.services.serving.served_model import ServedModel, ServeLimits  # noqa: E402
from anylabeling.services.serving.served_prompts import ServedPrompts  # noqa: E402
from anylabeling.utils.cancellation import CancelToken  # noqa: E402


@pytest.fixture(scope="session")
def pictures() -> list[str]:
    return sorted(map(str, (RESOURCES / "images").glob("*.jpg")))


@pytest.fixture(scope="module")
def local_model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DetectionModel]:
    manager = ModelManager()
    yield manager.load(SAMPLE_MODEL)
    manager.unload()


@pytest.fixture(scope="module")
def serve() -> Iterator[Serve]:
    """Return a function that serves loaded models until the tests of the file are over."""
    running: list[tuple[CancelToken, threading.Thread, Served]] = []

    def start(models: dict[str, Any], *, key: str = KEY, limits: ServeLimits | None = None, batch: int = 16) -> Served:
        allowed = limits or ServeLimits()
        served: list[ServedModel | ServedPrompts] = [
            ServedPrompts(name, model, allowed)
            if model.info.task == "prompt"
            else ServedModel(name, model, allowed, batch=batch)
            for name, model in models.items()
        ]
        made = Served("", served)
        server = ModelServer(
            Desk(served, allowed), "127.0.0.1", 0, api_key=key, max_bytes=allowed.max_bytes, log=made.log.append
        )
        made.address = server.address
        stop = CancelToken()
        thread = threading.Thread(target=server.serve_until, args=(stop,), daemon=True)
        thread.start()
        running.append((stop, thread, made))
        return made

    yield start
    for stop, thread, made in running:
        stop.cancel()
        thread.join(60)
        assert not thread.is_alive()
        for model in made.models:
            model.close()


@pytest.fixture(scope="module")
def samples(serve: Serve) -> Served:
    """Return a server with the sample model under the name "samples"."""
    return serve({"samples": ModelManager().load(SAMPLE_MODEL)})


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    """Return a server that answers as it is told."""
    made = Hostile()
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield made
    made.released.set()
    made.shutdown()
    made.server_close()
    thread.join(60)


@pytest.fixture
def remote_home(home_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep the person's servers, keys and proxies out of a test, and close the models that it loads."""
    monkeypatch.delenv("ANYLABELING_API_KEY", raising=False)
    # Nothing of these tests may depend on what stands between this machine and others.
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setattr(remote_client, "_FIRST_PAUSE_S", 0.001)
    yield
    close_loaded()
