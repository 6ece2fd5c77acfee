"""Make the model factory of this folder importable, and give tests loaded models."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import tiny_models  # noqa: E402

from anylabeling.services.auto_labeling.detection_model import DetectionModel  # noqa: E402
from anylabeling.services.auto_labeling.model_manager import ModelManager  # noqa: E402


@pytest.fixture(scope="session", autouse=True)
def cache_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the backends store in the cache folder out of the person's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def manager() -> Iterator[ModelManager]:
    """Return a manager that lets its model go at the end."""
    made = ModelManager()
    yield made
    made.unload()


@pytest.fixture
def redness(tmp_path: Path, manager: ModelManager) -> DetectionModel:
    """Return a detector that finds one "red" box with the picture's mean redness as its score."""
    return manager.load(tiny_models.save(tiny_models.redness_detector(), tmp_path / "redness.onnx"))
