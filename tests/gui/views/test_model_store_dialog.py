"""The dialog of models: search, download from a real server, load, delete."""

from __future__ import annotations

import functools
import http.server
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from qtpy.QtCore import Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication

from anylabeling.controllers.model_store import ModelStoreController
from anylabeling.messages.model_store import CatalogueEntry
from anylabeling.qt.task_runner import TaskRunner
from anylabeling.services.auto_labeling.model_store import ModelStore
from anylabeling.views.dialogs.model_store import ModelStoreDialog


class _QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_args: Any) -> None:
        pass


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "served"
    folder.mkdir()
    with zipfile.ZipFile(folder / "tiny.zip", "w") as archive:
        archive.writestr("config.yaml", "type: yolov8\n")
        archive.writestr("tiny.onnx", b"weights" * 300_000)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_QuietHandler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join(60)


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    assert made.shutdown(5)


def test_search_download_load_and_delete(
    address: str, runner: TaskRunner, tmp_path: Path, show: Callable[..., Any], wait_for: Callable[..., None]
) -> None:
    catalogue = (
        CatalogueEntry("tiny", "Tiny detector", "detect", "Boxes", f"{address}/tiny.zip", "MIT"),
        CatalogueEntry("gone", "Gone detector", "detect", "Boxes", f"{address}/gone.zip", "MIT"),
    )
    controller = ModelStoreController(runner, lambda: ModelStore(tmp_path / "models", catalogue))
    dialog = show(ModelStoreDialog())
    notices: list[Any] = []
    loaded: list[str] = []
    controller.notified.connect(notices.append)
    controller.models_changed.connect(dialog.set_models)
    controller.progressed.connect(dialog.set_progress)
    controller.ended.connect(dialog.set_ended)
    controller.size_known.connect(dialog.set_size)
    dialog.sizes_requested.connect(controller.ask_sizes)
    dialog.download_requested.connect(controller.download)
    dialog.remove_requested.connect(controller.remove)
    dialog.load_requested.connect(loaded.append)
    controller.refresh()
    wait_for(lambda: dialog.tree.topLevelItemCount() == 2)
    wait_for(lambda: dialog.tree.topLevelItem(0).text(3) == "2 MB")  # without that anybody has chosen it

    QTest.keyClicks(dialog.search, "gone")
    hidden = [dialog.tree.topLevelItem(row).isHidden() for row in range(2)]
    assert hidden == [True, False]
    dialog.tree.setCurrentItem(dialog.tree.topLevelItem(1))
    QTest.mouseClick(dialog.action_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: notices)
    assert "404" in notices[0].text

    dialog.search.clear()
    dialog.tree.setCurrentItem(dialog.tree.topLevelItem(0))
    wait_for(lambda: dialog.tree.topLevelItem(0).text(3) == "2 MB")
    QTest.mouseClick(dialog.action_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: dialog.action_button.text() == "Load")
    assert dialog.tree.topLevelItem(0).text(4) == "on this machine"
    QTest.mouseClick(dialog.action_button, Qt.MouseButton.LeftButton)
    assert loaded == [str(tmp_path / "models" / "tiny" / "config.yaml")]

    QTest.mouseClick(dialog.remove_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: dialog.action_button.text() == "Download")
    assert not (tmp_path / "models" / "tiny").exists()
