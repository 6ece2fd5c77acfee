"""What models of other tasks than detection put into the open image, live sliders and undo included."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from qtpy.QtWidgets import QApplication

from anylabeling.controllers.auto_labeling import AutoLabelingController
from anylabeling.controllers.documents import DocumentController, OpenDocument
from anylabeling.controllers.images import OpenedImage
from anylabeling.document.edits import AddShapes
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.messages.auto_labeling import DetectOptions, ExistingPolicy
from anylabeling.messages.notices import Notice
from anylabeling.opencv import cv2
from anylabeling.qt.image_convert import qimage_from_bgra
from anylabeling.qt.task_runner import TaskRunner
from anylabeling.services.auto_labeling.clip_tokens import VOCABULARY
from anylabeling.services.auto_labeling.model_manager import ModelManager

sys.path.insert(0, str(Path(__file__).parents[2] / "unit" / "services" / "auto_labeling"))

import tiny_models as tiny  # noqa: E402
import tiny_sam3  # noqa: E402

SIZE = (128, 128)


class Desk:
    """An open image and the controller that labels it."""

    def __init__(self, runner: TaskRunner, wait_for: object) -> None:
        self.runner = runner
        self.wait_for = wait_for
        self.documents = DocumentController()
        self.manager = ModelManager()
        self.controller = AutoLabelingController(runner, self.manager, self.documents)
        self.notices: list[Notice] = []
        self.counts: list[int] = []
        self.controller.notified.connect(self.notices.append)
        self.controller.finished.connect(self.counts.append)
        pixels = np.full((*SIZE, 4), 90, np.uint8)
        self.entry: OpenDocument = self.documents.show("/pictures/a.png", SIZE, None)
        self.controller.set_image(OpenedImage("/pictures/a.png", pixels, SIZE, None, "", qimage_from_bgra(pixels)))

    def load(self, path: Path) -> None:
        self.controller.load(str(path))
        self.wait_for(lambda: self.manager.current is not None, 30.0)  # type: ignore[operator]

    def run(self) -> int:
        before = len(self.counts)
        self.controller.run()
        self.wait_for(lambda: len(self.counts) > before, 30.0)  # type: ignore[operator]
        return self.counts[-1]

    @property
    def shapes(self) -> tuple[Shape, ...]:
        return self.entry.document.shapes

    @property
    def flags(self) -> dict[str, bool]:
        return dict(self.entry.document.annotation.flags)


@pytest.fixture
def desk(qapp: QApplication, wait_for: object, home_dir: Path) -> Iterator[Desk]:
    """Return an open image without labels."""
    del qapp, home_dir
    runner = TaskRunner()
    made = Desk(runner, wait_for)
    yield made
    made.manager.unload()
    runner.shutdown()


def save(folder: Path, output: np.ndarray, **metadata: str) -> Path:
    made = tiny.constant_model(output.shape, values=output, metadata=tiny.ultralytics_metadata(**metadata))
    return tiny.save(made, folder / "tiny.onnx")


def test_a_classifier_marks_the_image_as_one_step(desk: Desk, tmp_path: Path) -> None:
    desk.load(save(tmp_path, np.array([[0.1, 0.3, 0.6]], np.float32), task="classify"))
    own = Shape(ShapeKind.POINT, [[1, 1]], label="mine")
    desk.documents.push(AddShapes.on_top(desk.entry.document, [own]))
    desk.controller.set_existing(ExistingPolicy.REPLACE)
    assert desk.run() == 2
    assert desk.flags == {"blue": True, "green": True}
    assert desk.notices[-1].text == "The image is marked as blue, green."
    assert desk.shapes == (own,)
    desk.controller.set_options(DetectOptions(confidence=0.5))
    assert desk.flags == {"blue": True}
    desk.controller.set_options(DetectOptions(confidence=0.09))
    assert desk.flags == {"blue": True, "green": True, "red": True}
    desk.documents.undo()
    assert (desk.flags, desk.shapes) == ({}, (own,))


def test_poses_get_groups_that_are_free_and_follow_the_slider(desk: Desk, tmp_path: Path) -> None:
    output = np.zeros((1, 10, tiny.CELLS_V8), np.float32)
    output[0, :, 0] = (20, 32, 24, 16, 0.9, 0, 0, 10, 26, 0.97)
    output[0, :, 1] = (50, 32, 20, 16, 0, 0, 0.6, 44, 30, 0.8)
    desk.load(save(tmp_path, output, task="pose", kpt_shape="[1, 3]"))
    own = Shape(ShapeKind.POINT, [[1, 1]], label="mine", group_id=2)
    desk.documents.push(AddShapes.on_top(desk.entry.document, [own]))
    assert desk.run() == 2
    assert [shape.group_id for shape in desk.shapes] == [2, 3, 3, 4, 4]
    desk.controller.set_options(DetectOptions(confidence=0.7))
    assert [shape.label for shape in desk.shapes] == ["mine", "red", "point_0"]
    desk.controller.set_options(DetectOptions(confidence=0.5))
    assert [shape.group_id for shape in desk.shapes] == [2, 3, 3, 4, 4]
    desk.documents.undo()
    assert desk.shapes == (own,)


def test_outlines_follow_the_slider_and_come_back_as_they_were(desk: Desk, data_dir: Path) -> None:
    pixels = cv2.cvtColor(cv2.imread(str(data_dir / "photos" / "bus.jpg")), cv2.COLOR_BGR2BGRA)
    size = (pixels.shape[1], pixels.shape[0])
    desk.entry = desk.documents.show("/pictures/bus.jpg", size, None)
    desk.controller.set_image(OpenedImage("/pictures/bus.jpg", pixels, size, None, "", qimage_from_bgra(pixels)))
    desk.load(data_dir / "models" / "yolo11n-seg.onnx")
    desk.run()
    first = [(shape.label, shape.points.tolist()) for shape in desk.shapes]
    assert {label for label, _ in first} == {"bus", "person"}
    for confidence in (0.6, 0.7, 0.8):  # as a drag of the slider does
        desk.controller.set_options(DetectOptions(confidence=confidence))
    desk.wait_for(lambda: all((shape.score or 0) >= 0.8 for shape in desk.shapes))  # type: ignore[operator]
    assert 0 < len(desk.shapes) < len(first)
    desk.controller.set_options(DetectOptions())
    desk.wait_for(lambda: len(desk.shapes) == len(first))  # type: ignore[operator]
    assert [(shape.label, shape.points.tolist()) for shape in desk.shapes] == first
    desk.documents.undo()
    assert desk.shapes == ()


def test_what_is_typed_is_found_and_typed_anew(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / VOCABULARY).write_bytes(gzip.compress(b"a vocabulary\nr e\nre d</w>\nt h\nth i\nthi n\nthin g</w>"))
    _, _, decoder = tiny_sam3.save(tmp_path, red=512 + 1, thing=512 + 5)
    shown: list[tuple[str, ...]] = []
    desk.controller.model_changed.connect(lambda info: shown.append(info.class_names))
    desk.load(decoder)
    assert desk.run() == -1
    assert "nothing is typed" in desk.notices[-1].text
    desk.controller.set_text(("red", "thing"))
    assert shown == [(), ("red", "thing")]
    assert desk.run() == 3
    assert {shape.kind for shape in desk.shapes} == {ShapeKind.POLYGON}
    # Another question in place of the answer to the one before it, of which nothing was changed.
    desk.controller.set_text(("thing",))
    assert desk.run() == 2
    assert [shape.label for shape in desk.shapes] == ["thing", "thing"]
    desk.documents.undo()
    assert desk.shapes == ()
