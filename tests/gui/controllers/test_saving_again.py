"""What could not be saved is saved by itself once that is possible again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from anylabeling.controllers import saving
from anylabeling.controllers.documents import DocumentController
from anylabeling.controllers.saving import SaveController
from anylabeling.document.label_file import read_label_file
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.messages.notices import Notice
from anylabeling.qt.task_runner import TaskRunner
from anylabeling.services.dataset.label_store import LabelStore

SIZE = (400, 300)


def test_labels_are_saved_when_the_disk_is_back(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait_for: Callable[..., None]
) -> None:
    monkeypatch.setattr(saving, "_AGAIN_MS", 30)
    in_the_way = tmp_path / "drive"
    in_the_way.touch()
    store = LabelStore(root=tmp_path, output_dir=in_the_way / "labels")
    runner, documents = TaskRunner(), DocumentController()
    controller = SaveController(runner, documents, lambda: store)
    notices: list[Notice] = []
    settled: list[str] = []
    controller.notified.connect(notices.append)
    controller.settled.connect(settled.append)
    try:
        entries = []
        for name in ("a", "b"):
            entries.append(documents.show(str(tmp_path / f"{name}.png"), SIZE, None))
            documents.add((Shape(ShapeKind.RECTANGLE, np.array([[1.0, 2.0], [30.0, 40.0]]), "cup"),), "Add")
            wait_for(lambda: len(notices) == len(entries))
        # It goes on trying, and says so once only.
        tried: list[object] = []
        controller.about_to_save.connect(lambda *_what: tried.append(_what))
        wait_for(lambda: len(tried) >= 4)
        assert len(notices) == 2
        assert all(controller.is_waiting(entry) for entry in entries)
        in_the_way.unlink()
        wait_for(lambda: not any(entry.dirty for entry in entries))
        assert len(settled) == 2
        for entry in entries:
            assert [shape.label for shape in read_label_file(Path(store.label_path(entry.path))).shapes] == ["cup"]
    finally:
        runner.shutdown()
