"""Choosing a model on a server in the window, and running it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import tiny_models
import tiny_prompt_models
from qtpy.QtCore import QPointF, Qt
from qtpy.QtTest import QTest

from anylabeling.bootstrap import Program
from anylabeling.document.shape import ShapeKind
from anylabeling.messages.notices import Notice
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.auto_labeling.prompt_manager import PromptModels
from anylabeling.services.serving.http_server import ModelServer
from anylabeling.services.serving.requests import Desk
from anylabeling.services.serving.served_model import ServedModel, ServeLimits
from anylabeling.services.serving.served_prompts import ServedPrompts
from anylabeling.utils.cancellation import CancelToken
from anylabeling.views.docks import auto_labeling_panel

Start = Callable[..., Program]
WaitFor = Callable[..., None]
KEY = "the-key-of-the-server"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ModelServer]:
    limits = ServeLimits()
    model = ModelManager().load(tiny_models.save(tiny_models.redness_detector(), tmp_path / "redness.onnx"))
    served = ServedModel("redness", model, limits)
    made = ModelServer(Desk([served], limits), "127.0.0.1", 0, api_key=KEY, max_bytes=1 << 24, log=lambda _line: None)
    stop = made.stop = CancelToken()  # type: ignore[attr-defined]
    thread = threading.Thread(target=made.serve_until, args=(stop,), daemon=True)
    thread.start()
    yield made
    stop.cancel()
    thread.join(60)
    served.close()


def test_a_server_is_added_and_its_model_labels_one_image_and_all(
    server: ModelServer, start: Start, wait_for: WaitFor, folder: Path
) -> None:
    program = start(use_plugins=False)
    program.window.actions["remote_models"].trigger()
    dialog = program.remote_models.dialog
    assert dialog is not None
    assert not dialog.ask_button.isEnabled()
    dialog.server.setEditText(server.address)
    QTest.keyClicks(dialog.key, "wrong")
    QTest.mouseClick(dialog.ask_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: "does not accept the key" in dialog.state.text())
    dialog.key.clear()
    QTest.keyClicks(dialog.key, KEY)
    QTest.keyClick(dialog.key, Qt.Key.Key_Return)
    wait_for(lambda: dialog.tree.topLevelItemCount() == 1)
    item = dialog.tree.topLevelItem(0)
    assert item is not None
    assert [item.text(column) for column in range(4)] == ["redness", "boxes", "3", "CPU"]
    assert dialog.key.text() == ""
    QTest.mouseClick(dialog.load_button, Qt.MouseButton.LeftButton)
    panel = program.window.auto_labeling
    wait_for(lambda: panel.models.currentText() == f"redness ({server.address.partition('//')[2]})")
    assert program.auto_labeling.model is not None
    address = f"{server.address}/redness"
    assert program.settings.config["auto_labeling.last_model"] == address
    program.auto_labeling.run()
    document = program.documents.current.document  # type: ignore[union-attr]
    wait_for(lambda: document.shapes)
    assert {shape.label for shape in document.shapes} <= {"red", "green", "blue"}
    program.documents.undo()
    done: list[object] = []
    program.batch.finished.connect(done.append)
    program.window.actions["auto_label_all"].trigger()
    wait_for(lambda: done)
    assert done[0].labelled == 2  # type: ignore[attr-defined]
    wait_for(lambda: (folder / "b.json").exists())
    assert KEY not in (folder / "b.json").read_text()
    config = program.config_store.path
    assert not config.exists() or KEY not in config.read_text()


@pytest.fixture
def outliner(tmp_path: Path) -> Iterator[str]:
    """Return the address of a Segment Anything model on a server without a key."""
    limits = ServeLimits()
    encoder, _decoder = tiny_prompt_models.save_pair(tmp_path)
    served = ServedPrompts("sam", PromptModels().load(encoder), limits)
    made = ModelServer(Desk([served], limits), "127.0.0.1", 0, max_bytes=1 << 24, log=lambda _line: None)
    stop = CancelToken()
    thread = threading.Thread(target=made.serve_until, args=(stop,), daemon=True)
    thread.start()
    yield f"{made.address}/sam#prompt"
    stop.cancel()
    thread.join(60)
    served.close()


def test_the_ai_tool_outlines_with_a_model_on_a_server(outliner: str, start: Start, wait_for: WaitFor) -> None:
    program = start(use_plugins=False)
    program.load_model(outliner)
    wait_for(lambda: program.prompting.info is not None)
    window, canvas = program.window, program.window.canvas
    assert program.auto_labeling.model is None
    window.actions["tool_ai"].trigger()
    place = canvas.to_widget(QPointF(50, 30))
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place.toPoint())
    wait_for(lambda: window.actions["finish_object"].isEnabled())
    document = program.documents.current.document  # type: ignore[union-attr]

    def finished() -> bool:
        window.actions["finish_object"].trigger()
        return bool(document.shapes)

    wait_for(finished)
    assert document.shapes[0].kind is ShapeKind.POLYGON
    program.documents.undo()
    window.actions["outline_all"].trigger()
    said: list[Notice] = []
    program.outlining.notified.connect(said.append)
    wait_for(lambda: said)
    assert (
        said[0].level == "info"
    )  # hundreds of marks were answered; nothing on this picture is an object to this model


def test_a_known_server_needs_no_key_again_and_can_be_forgotten(
    server: ModelServer, start: Start, wait_for: WaitFor
) -> None:
    program = start(use_plugins=False)
    remote = program.remote_models
    remote.controller.ask(server.address, KEY)
    row = program.window.auto_labeling.models.findData(auto_labeling_panel._SERVER)
    program.window.auto_labeling.models.activated.emit(row)
    dialog = remote.dialog
    assert dialog is not None
    wait_for(lambda: dialog.server.currentText() == server.address)
    wait_for(lambda: dialog.key.placeholderText() == "The stored key is used")
    dialog.ask_button.click()
    wait_for(lambda: dialog.tree.topLevelItemCount() == 1 and dialog.ask_button.text() == "Show Models")
    dialog.forget_button.click()
    wait_for(lambda: not dialog.forget_button.isVisible())
    dialog.ask_button.click()
    wait_for(lambda: "does not accept the key" in dialog.state.text())


def test_a_server_that_is_away_at_the_start_is_a_notice(server: ModelServer, start: Start, wait_for: WaitFor) -> None:
    address = server.address
    server.stop.cancel()  # type: ignore[attr-defined]
    wait_for(lambda: server.socket.fileno() < 0)
    said: list[Notice] = []
    program = start(use_plugins=False, **{"auto_labeling.last_model": f"{address}/redness"})
    program.auto_labeling.notified.connect(said.append)
    wait_for(lambda: program.auto_labeling.model is None and not program.runner.busy("model"))
    program.auto_labeling.load(f"{address}/redness")
    wait_for(lambda: said)
    assert "nothing listens there" in said[0].text
    assert program.documents.current is not None
