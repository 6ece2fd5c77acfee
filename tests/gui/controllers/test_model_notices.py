"""What a person is told about a model that is not trusted, is being built, or changes its backend."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from qtpy import QtWidgets

sys.path.insert(0, str(Path(__file__).parents[2] / "unit" / "services" / "auto_labeling"))

import tiny_models as tiny  # noqa: E402

from anylabeling.controllers.auto_labeling import AutoLabelingController  # noqa: E402
from anylabeling.controllers.documents import DocumentController  # noqa: E402
from anylabeling.errors import UntrustedModelError  # noqa: E402
from anylabeling.messages.models import BackendChoice  # noqa: E402
from anylabeling.messages.notices import Notice  # noqa: E402
from anylabeling.qt.task_runner import TaskRunner  # noqa: E402
from anylabeling.services.auto_labeling.backend import ProgressReport  # noqa: E402
from anylabeling.services.auto_labeling.backend_registry import AUTO  # noqa: E402
from anylabeling.services.auto_labeling.detection_model import DetectionModel  # noqa: E402
from anylabeling.services.auto_labeling.model_manager import ModelManager  # noqa: E402
from anylabeling.utils.cancellation import CancelToken  # noqa: E402

WaitFor = Callable[[Callable[[], object]], None]


class DistrustfulManager(ModelManager):
    """Loads real models, but asks for trust first, as for a .pt file: PyTorch is not there in these tests."""

    def load(
        self,
        path: Path | str,
        *,
        preferred_backend: str = AUTO,
        trust: bool = False,
        on_progress: ProgressReport | None = None,
        cancel: CancelToken | None = None,
    ) -> DetectionModel:
        if not trust:
            raise UntrustedModelError("It is not trusted yet.", hint="Know where it is from.")
        if on_progress is not None:
            on_progress("Building an engine", 0.4)
        return super().load(path, preferred_backend=preferred_backend, cancel=cancel)


class Window:
    """The controller and all that it says."""

    def __init__(self) -> None:
        self.runner = TaskRunner()
        self.manager = DistrustfulManager()
        self.controller = AutoLabelingController(self.runner, self.manager, DocumentController())
        self.notices: list[Notice] = []
        self.states: list[tuple[str, str]] = []
        self.models: list[object] = []
        self.controller.notified.connect(self.notices.append)
        self.controller.state_changed.connect(lambda text, kind: self.states.append((text, kind)))
        self.controller.model_changed.connect(self.models.append)


@pytest.fixture
def window(qapp: QtWidgets.QApplication) -> Iterator[Window]:
    made = Window()
    yield made
    made.manager.unload()
    made.runner.shutdown()


def test_a_model_is_trusted_with_one_click(window: Window, tmp_path: Path, wait_for: WaitFor) -> None:
    path = tiny.save(tiny.redness_detector(), tmp_path / "redness.onnx")
    window.controller.load(str(path))
    wait_for(lambda: window.notices)
    notice = window.notices[0]
    assert (notice.text, notice.hint, notice.level) == ("It is not trusted yet.", "Know where it is from.", "warning")
    assert window.states[-1] == ("Not loaded: it is not trusted", "failed")
    assert window.manager.current is None
    ((text, trust_and_load),) = notice.actions
    assert text == "Trust and Load"
    trust_and_load()
    wait_for(lambda: window.models)
    assert window.manager.current is not None
    assert ("Building an engine: 40%", "loading") in window.states
    assert window.states[-1] == ("Ready", "ready")


def test_a_change_of_the_backend_is_told(window: Window, tmp_path: Path, wait_for: WaitFor) -> None:
    window.controller.load(str(tiny.save(tiny.redness_detector(), tmp_path / "redness.onnx")), trust=True)
    wait_for(lambda: window.models)
    window.manager.choice_changed.emit(BackendChoice("onnx-cpu", "CPU", notice="It goes on with onnx-cpu."))
    wait_for(lambda: window.notices)
    assert window.notices[-1].text == "It goes on with onnx-cpu."
    assert len(window.models) == 2
