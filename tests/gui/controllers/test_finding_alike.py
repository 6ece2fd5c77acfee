"""All that is like a selected object comes in one step; what is wrong is left out; nothing is found twice."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from qtpy.QtWidgets import QApplication

from anylabeling.controllers.documents import DocumentController
from anylabeling.controllers.finding_alike import AlikeController
from anylabeling.controllers.images import OpenedImage
from anylabeling.document.edits import AddShapes
from anylabeling.document.geometry import bounds
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.messages.notices import Notice
from anylabeling.messages.prompting import OutputKind
from anylabeling.qt.image_convert import qimage_from_bgra
from anylabeling.qt.task_runner import TaskRunner
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.auto_labeling.prompt_manager import PromptModels

sys.path.insert(0, str(Path(__file__).parents[2] / "unit" / "services" / "auto_labeling"))

import tiny_alike  # noqa: E402

Wait = Callable[..., None]
ALIKE = [*tiny_alike.RED, *tiny_alike.VIOLET]


class Desk:
    """An open picture of red, violet and blue squares on grey, and the controller."""

    def __init__(self, runner: TaskRunner) -> None:
        self.outliners, self.detectors = PromptModels(), ModelManager()
        self.documents = DocumentController()
        self.controller = AlikeController(runner, (self.outliners, self.detectors), self.documents)
        self.notices: list[Notice] = []
        self.counts: list[int] = []
        self.running: list[bool] = []
        self.selected: tuple[int, ...] = ()
        self.controller.notified.connect(self.notices.append)
        self.controller.finished.connect(self.counts.append)
        self.controller.running_changed.connect(self.running.append)
        self.documents.selection_requested.connect(lambda uids: setattr(self, "selected", uids))
        pixels = tiny_alike.picture()
        self.entry = self.documents.show("/pictures/a.png", tiny_alike.SIZE, None)
        self.controller.set_image(
            OpenedImage("/pictures/a.png", pixels, tiny_alike.SIZE, None, "", qimage_from_bgra(pixels))
        )

    def add(self, box: tuple[float, float, float, float], label: str) -> Shape:
        shape = Shape(ShapeKind.RECTANGLE, np.array(box).reshape(2, 2), label)
        self.documents.push(AddShapes.on_top(self.entry.document, [shape], "add"))
        return shape

    def places(self, label: str) -> list[tiny_alike.Box]:
        """Return the squares that the shapes with a label are around."""
        return sorted(tiny_alike.place(bounds(shape)) for shape in self.entry.document.shapes if shape.label == label)


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    del qapp
    runner = TaskRunner()
    made = Desk(runner)
    made.outliners.load(tiny_alike.save_pair(tmp_path))
    yield made
    runner.shutdown()
    made.outliners.unload()


def test_all_like_the_selected_one_come_in_one_step_with_its_label(desk: Desk, wait_for: Wait) -> None:
    first = desk.add(tiny_alike.RED[0], "berry")
    assert desk.controller.find([first.uid])
    wait_for(lambda: desk.running == [True, False])
    assert desk.places("berry") == sorted(ALIKE)
    assert desk.counts == [len(ALIKE) - 1]
    assert len(desk.selected) == len(ALIKE) - 1
    desk.documents.undo()
    assert desk.entry.document.shapes == (first,)
    desk.documents.redo()
    # Nothing is found twice, and that is said.
    assert desk.controller.find([first.uid])
    wait_for(lambda: len(desk.counts) == 2)
    assert desk.counts[1] == 0
    assert "Nothing more" in desk.notices[-1].text


def test_a_box_that_is_no_shape_yet_is_among_what_is_found(desk: Desk, wait_for: Wait) -> None:
    box = Shape(ShapeKind.RECTANGLE, np.array(tiny_alike.BLUE[0]).reshape(2, 2))
    desk.controller.set_output(OutputKind.RECTANGLE)
    assert desk.controller.find([], [box])
    wait_for(lambda: desk.running == [True, False])
    assert desk.places("object") == sorted(tiny_alike.BLUE)
    assert {shape.kind for shape in desk.entry.document.shapes} == {ShapeKind.RECTANGLE}


def test_several_different_exemplars_find_more(desk: Desk, wait_for: Wait) -> None:
    both = [desk.add(tiny_alike.RED[0], "square"), desk.add(tiny_alike.BLUE[0], "square")]
    desk.controller.find([shape.uid for shape in both])
    wait_for(lambda: desk.running == [True, False])
    assert desk.places("square") == sorted([*ALIKE, *tiny_alike.BLUE])


def test_wrong_ones_are_left_out_with_all_that_are_like_them(desk: Desk, wait_for: Wait) -> None:
    first = desk.add(tiny_alike.RED[0], "berry")
    desk.controller.find([first.uid])
    wait_for(lambda: desk.running == [True, False])
    violet = [s for s in desk.entry.document.shapes if tiny_alike.place(bounds(s)) in tiny_alike.VIOLET]
    assert desk.controller.leave_out([violet[0].uid])
    wait_for(lambda: desk.running == [True, False, True, False])
    assert desk.places("berry") == sorted(tiny_alike.RED)
    desk.documents.undo()
    assert desk.places("berry") == sorted(ALIKE)
    desk.documents.undo()
    assert desk.entry.document.shapes == (first,)


def test_what_was_edited_since_stays_when_wrong_ones_are_left_out(desk: Desk, wait_for: Wait) -> None:
    first = desk.add(tiny_alike.RED[0], "berry")
    desk.controller.find([first.uid])
    wait_for(lambda: desk.running == [True, False])
    found = desk.entry.document.shapes[1:]
    desk.documents.change([found[0].uid], "rename", label="mine")
    assert not desk.controller.leave_out([found[0].uid])
    assert desk.controller.leave_out([found[1].uid])
    wait_for(lambda: desk.running == [True, False, True, False])
    assert [shape.label for shape in desk.entry.document.shapes if shape.uid == found[0].uid] == ["mine"]


def test_a_cancelled_run_leaves_the_picture_as_it_is(desk: Desk, wait_for: Wait) -> None:
    first = desk.add(tiny_alike.RED[0], "berry")
    desk.controller.progressed.connect(lambda _progress: desk.controller.cancel())
    desk.controller.find([first.uid])
    wait_for(lambda: desk.running == [True, False])
    assert desk.counts == []
    assert desk.entry.document.shapes == (first,)


def test_without_an_object_or_a_model_it_is_said_what_is_missing(desk: Desk) -> None:
    point = Shape(ShapeKind.POINT, np.array([[5.0, 5.0]]))
    desk.documents.push(AddShapes.on_top(desk.entry.document, [point], "add"))
    assert not desk.controller.find([])
    assert not desk.controller.find([point.uid])
    assert "Select an object" in desk.notices[-1].text
    assert desk.controller.reason == ""
    desk.outliners.unload()
    assert "Segment Anything" in desk.controller.reason
    first = desk.add(tiny_alike.RED[0], "berry")
    assert not desk.controller.find([first.uid])
    assert desk.notices[-1].text == desk.controller.reason
    assert desk.running == []


def test_a_model_that_cannot_tell_is_named(desk: Desk, tmp_path: Path) -> None:
    import tiny_models

    desk.outliners.unload()
    reasons: list[str] = []
    desk.controller.reason_changed.connect(reasons.append)
    desk.detectors.load(tiny_models.save(tiny_models.redness_detector(), tmp_path / "boxes.onnx"))
    desk.controller.follow_models()
    assert "boxes" in reasons[0]
    desk.detectors.unload()
