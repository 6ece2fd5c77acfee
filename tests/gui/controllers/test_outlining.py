"""Everything on the open picture is outlined in one step; a cancelled run leaves it as it is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from qtpy.QtWidgets import QApplication

from anylabeling.controllers.documents import DocumentController
from anylabeling.controllers.images import OpenedImage
from anylabeling.controllers.outlining import OutliningController
from anylabeling.messages.notices import Notice
from anylabeling.qt.image_convert import qimage_from_bgra
from anylabeling.qt.task_runner import TaskRunner
from anylabeling.services.auto_labeling.prompt_manager import PromptModels

sys.path.insert(0, str(Path(__file__).parents[2] / "unit" / "services" / "auto_labeling"))

import tiny_prompt_models as tiny  # noqa: E402

SIZE = (200, 120)
Wait = Callable[..., None]


class Desk:
    """An open bright picture and the controller."""

    def __init__(self, runner: TaskRunner) -> None:
        self.models = PromptModels()
        self.documents = DocumentController()
        self.controller = OutliningController(runner, self.models, self.documents)
        self.notices: list[Notice] = []
        self.counts: list[int] = []
        self.running: list[bool] = []
        self.selected: tuple[int, ...] = ()
        self.controller.notified.connect(self.notices.append)
        self.controller.finished.connect(self.counts.append)
        self.controller.running_changed.connect(self.running.append)
        self.documents.selection_requested.connect(lambda uids: setattr(self, "selected", uids))
        pixels = np.full((SIZE[1], SIZE[0], 4), 250, np.uint8)
        self.entry = self.documents.show("/pictures/a.png", SIZE, None)
        self.controller.set_image(OpenedImage("/pictures/a.png", pixels, SIZE, None, "", qimage_from_bgra(pixels)))


@pytest.fixture
def desk(qapp: QApplication) -> Iterator[Desk]:
    del qapp
    runner = TaskRunner()
    made = Desk(runner)
    yield made
    runner.shutdown()
    made.models.unload()


def test_all_objects_come_in_one_step_and_are_selected(desk: Desk, tmp_path: Path, wait_for: Wait) -> None:
    encoder, _ = tiny.save_pair(tmp_path)
    desk.models.load(encoder)
    desk.controller.run()
    wait_for(lambda: desk.running == [True, False])
    shapes = desk.entry.document.shapes
    assert desk.counts == [len(shapes)]
    assert len(shapes) > 20  # the tiny model sees a disc wherever it is asked
    assert {shape.kind.value for shape in shapes} == {"polygon"}
    assert set(desk.selected) == {shape.uid for shape in shapes}
    desk.documents.undo()
    assert desk.entry.document.shapes == ()
    desk.documents.redo()
    desk.controller.run()
    wait_for(lambda: len(desk.counts) == 2)
    assert desk.counts[1] < desk.counts[0] / 4  # what is labelled is not found again


def test_a_cancelled_run_leaves_the_picture_as_it_is(desk: Desk, tmp_path: Path, wait_for: Wait) -> None:
    encoder, _ = tiny.save_pair(tmp_path)
    desk.models.load(encoder)
    desk.controller.progressed.connect(lambda _progress: desk.controller.cancel())
    desk.controller.run()
    wait_for(lambda: desk.running == [True, False])
    assert desk.counts == []
    assert desk.entry.document.shapes == ()


def test_without_a_model_it_is_said_what_is_missing(desk: Desk) -> None:
    desk.controller.run()
    assert "Segment Anything" in desk.notices[0].text
    assert desk.running == []
