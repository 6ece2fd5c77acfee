"""The AI tool on the canvas by mouse and keys, with a small real model behind it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from canvas_desk import Desk
from qtpy.QtCore import QEvent, Qt
from qtpy.QtWidgets import QApplication

from anylabeling.codecs import encode_jpeg
from anylabeling.controllers.images import OpenedImage
from anylabeling.controllers.prompting import PROMPT_LANE, PromptAnswer, PromptingController
from anylabeling.document.geometry import bounds
from anylabeling.document.shape import ShapeKind
from anylabeling.messages.prompting import BoxMark, Mark, OutputKind, PointMark, StrokeMark
from anylabeling.qt.image_convert import qimage_from_bgra
from anylabeling.qt.task_runner import TaskRunner
from anylabeling.services.auto_labeling.embedding_preloader import EmbeddingPreloader
from anylabeling.services.auto_labeling.prompt_manager import PromptModels
from anylabeling.services.imaging.image_cache import ImageCache

sys.path.insert(0, str(Path(__file__).parents[2] / "unit" / "services" / "auto_labeling"))
import tiny_prompt_models as tiny  # noqa: E402

RADIUS = tiny.RADIUS * 400 / 1024
"""In pixels of the desk's picture, which is 400 px wide."""
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
WaitFor = Callable[..., None]


class Assistant:
    """The tool with its controller, as the program connects them."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self.runner = TaskRunner()
        self.models = PromptModels()
        cache = ImageCache(0)
        self.controller = PromptingController(self.runner, self.models, EmbeddingPreloader(cache.load))
        self.tool = desk.canvas.ai_tool
        self.states: list[tuple[str, str]] = []
        self.notices: list[str] = []
        self.answers: list[PromptAnswer] = []
        self.tool.signals.marks_changed.connect(self.controller.set_marks)
        self.controller.answered.connect(self.on_answered)
        self.controller.unanswered.connect(self.tool.give_up_waiting)
        self.controller.state_changed.connect(lambda text, kind: self.states.append((text, kind)))
        self.controller.notified.connect(lambda notice: self.notices.append(notice.text))
        desk.canvas.tool_changed.connect(lambda name: self.controller.set_active(name == "ai"))
        self.image = self.picture(folder / "picture.jpg")
        self.controller.set_image(self.image)

    def picture(self, path: Path) -> OpenedImage:
        """Return a picture with a red disc on green, as the desk's canvas would show it."""
        pixels = np.full((300, 400, 3), (60, 140, 70), np.uint8)
        y, x = np.mgrid[:300, :400]
        pixels[(x - 200) ** 2 + (y - 150) ** 2 < 60**2] = (200, 50, 40)
        path.write_bytes(encode_jpeg(pixels))
        bgra = np.dstack([pixels[:, :, ::-1], np.full((300, 400), 255, np.uint8)])
        bgra = np.ascontiguousarray(bgra)
        return OpenedImage(str(path), bgra, (400, 300), None, "", qimage_from_bgra(bgra))

    def on_answered(self, answer: PromptAnswer) -> None:
        self.answers.append(answer)
        self.tool.show_answer(answer.marks, answer.mask, answer.shapes)

    def close(self) -> None:
        self.controller.answered.disconnect(self.on_answered)  # one that is under way comes after the canvas has gone
        self.controller.stop()
        self.runner.shutdown()
        self.models.unload()


@pytest.fixture
def plain(desk: Desk, tmp_path: Path) -> Iterator[Assistant]:
    """Return the tool without a model, chosen."""
    made = Assistant(desk, tmp_path)
    desk.canvas.set_tool("ai")
    yield made
    made.close()


@pytest.fixture
def assistant(desk: Desk, tmp_path: Path, wait_for: WaitFor) -> Iterator[Assistant]:
    """Return the tool with a model that answers with a disc around the first point, chosen and ready."""
    made = Assistant(desk, tmp_path)
    desk.canvas.set_tool("ai")
    made.controller.load(str(tiny.save_pair(tmp_path)[0]))
    wait_for(lambda: ("Ready", "prompt") in made.states, 20)
    made.notices.clear()
    yield made
    made.close()


def test_a_click_shows_the_mask_and_enter_makes_it_a_shape(assistant: Assistant, wait_for: WaitFor) -> None:
    desk, tool = assistant.desk, assistant.tool
    assert desk.hand.pixel(150, 120) == (100, 100, 100)
    desk.hand.click(150, 120)
    wait_for(lambda: tool.shape is not None)
    red, _, blue = desk.hand.pixel(140, 110)
    assert (red, blue) != (100, 100)
    assert desk.hand.pixel(150 + RADIUS + 10, 120) == (100, 100, 100)
    assert desk.drawn == []
    desk.hand.key(Qt.Key.Key_Return)
    (shape,) = desk.drawn
    assert shape.kind is ShapeKind.POLYGON
    assert shape.score is None
    expected = (150 - RADIUS, 120 - RADIUS, 150 + RADIUS, 120 + RADIUS)
    assert bounds(shape) == pytest.approx(expected, abs=1.5)
    assert tool.marks == ()
    assert desk.hand.pixel(140, 110) == (100, 100, 100)


def test_marks_by_mouse(assistant: Assistant) -> None:
    hand, tool = assistant.desk.hand, assistant.tool
    hand.click(100, 100)
    hand.click(120, 100, SHIFT)
    hand.click(140, 100, button=Qt.MouseButton.RightButton)
    assert [mark.positive for mark in tool.marks if isinstance(mark, PointMark)] == [True, False, False]
    hand.drag((50, 40), (200, 180))
    box, *points = tool.marks
    assert isinstance(box, BoxMark)
    assert (box.left, box.top, box.right, box.bottom) == pytest.approx((50, 40, 200, 180), abs=0.6)
    assert len(points) == 3
    hand.drag((300, 250), (390, 400))  # from the right to beyond the image: the newer box replaces the older
    box, *points = tool.marks
    assert isinstance(box, BoxMark)
    assert (box.right, box.bottom) == pytest.approx((390, 300), abs=0.6)
    assert len(points) == 3


def test_backspace_takes_back_and_escape_drops(assistant: Assistant, wait_for: WaitFor) -> None:
    desk, tool = assistant.desk, assistant.tool
    desk.hand.click(100, 100)
    desk.hand.drag((50, 40), (200, 180))
    desk.hand.key(Qt.Key.Key_Backspace)
    assert [type(mark) for mark in tool.marks] == [PointMark]
    wait_for(lambda: tool.shape is not None)
    desk.hand.click(120, 120)
    desk.hand.key(Qt.Key.Key_Escape)
    assert tool.marks == ()
    wait_for(lambda: not assistant.runner.busy(PROMPT_LANE))
    assert desk.hand.pixel(100, 100) == (100, 100, 100)
    assert not desk.canvas.is_drawing
    desk.hand.key(Qt.Key.Key_Return)
    assert desk.drawn == []


def test_enter_before_the_answer_waits_for_it(assistant: Assistant, wait_for: WaitFor) -> None:
    desk = assistant.desk
    desk.hand.click(150, 120)
    desk.hand.key(Qt.Key.Key_Return)
    wait_for(lambda: desk.drawn)
    assert len(desk.drawn) == 1


def test_points_under_the_mouse_without_a_click(assistant: Assistant) -> None:
    desk, tool = assistant.desk, assistant.tool
    QApplication.sendEvent(desk.canvas, QEvent(QEvent.Type.Leave))
    assert not tool.add_point_at_mouse(True)
    desk.hand.move(80, 70)
    assert tool.add_point_at_mouse(True)
    assert tool.add_point_at_mouse(False)
    assert [mark.positive for mark in tool.marks if isinstance(mark, PointMark)] == [True, False]


def test_a_mouse_that_rests_on_the_object_since_before_the_tool_was_chosen_counts(assistant: Assistant) -> None:
    desk, tool = assistant.desk, assistant.tool
    desk.canvas.set_tool("select")
    desk.hand.move(80, 70)
    desk.canvas.set_tool("ai")
    assert tool.add_point_at_mouse(True)
    (mark,) = tool.marks
    assert isinstance(mark, PointMark)
    assert (mark.x, mark.y) == pytest.approx((80, 70), abs=1)


@pytest.mark.parametrize(
    ("output", "kind"),
    [
        (OutputKind.POLYGON, "polygon"),
        (OutputKind.RECTANGLE, "rectangle"),
        (OutputKind.ROTATED_RECTANGLE, "rotated_rectangle"),
    ],
)
def test_what_comes_out(assistant: Assistant, wait_for: WaitFor, output: OutputKind, kind: str) -> None:
    desk = assistant.desk
    desk.hand.click(150, 120)
    wait_for(lambda: assistant.tool.shape is not None)
    assistant.controller.set_output(output)
    desk.hand.key(Qt.Key.Key_Return)
    assert [shape.kind.value for shape in desk.drawn] == [kind]


def test_the_newest_marks_win(assistant: Assistant, wait_for: WaitFor) -> None:
    marks: list[tuple[Mark, ...]] = [(PointMark(50.0 + 3 * step, 100.0),) for step in range(40)]
    for these in marks:
        assistant.controller.set_marks(these)
    wait_for(lambda: not assistant.runner.busy(PROMPT_LANE) and assistant.answers, 20)
    answered = [answer.marks for answer in assistant.answers]
    assert answered[-1] == marks[-1]
    assert len(answered) < len(marks)


def test_another_picture_drops_the_marks_and_late_answers(assistant: Assistant, wait_for: WaitFor) -> None:
    desk, tool = assistant.desk, assistant.tool
    desk.hand.click(150, 120)
    desk.open()
    assistant.controller.set_image(assistant.image)
    assert tool.marks == ()
    wait_for(lambda: not assistant.runner.busy(PROMPT_LANE))
    assert tool.shape is None


def test_another_tool_drops_the_marks(assistant: Assistant) -> None:
    desk = assistant.desk
    desk.hand.click(150, 120)
    desk.canvas.set_tool("rectangle")
    assert assistant.tool.marks == ()
    assert desk.drawn == []


def test_without_a_model_a_box_is_enough_and_it_says_so(plain: Assistant, wait_for: WaitFor) -> None:
    desk, tool = plain.desk, plain.tool
    assert len(plain.notices) == 1
    assert "by their colours" in plain.notices[0]
    desk.hand.click(20, 20)
    assert len(plain.notices) == 2
    desk.hand.key(Qt.Key.Key_Escape)
    desk.hand.drag((125, 75), (275, 225))
    wait_for(lambda: tool.shape is not None, 20)
    desk.hand.key(Qt.Key.Key_Return)
    (shape,) = desk.drawn
    assert bounds(shape) == pytest.approx((140, 90, 260, 210), abs=4)


def test_a_box_whose_release_went_elsewhere_ends_where_the_mouse_was_last(plain: Assistant) -> None:
    desk, tool = plain.desk, plain.tool
    desk.hand.press(125, 75)
    desk.hand.move(200, 150, down=Qt.MouseButton.LeftButton)
    desk.hand.move(275, 225, down=Qt.MouseButton.LeftButton)
    desk.hand.move(390, 290)  # a window that came up got the release
    (box,) = tool.marks
    assert isinstance(box, BoxMark)
    assert (box.left, box.top, box.right, box.bottom) == pytest.approx((125, 75, 275, 225), abs=1)
    desk.hand.key(Qt.Key.Key_Escape)
    assert not tool.is_busy


def test_a_stroke_with_ctrl_over_an_object_outlines_it(plain: Assistant, wait_for: WaitFor) -> None:
    desk, tool = plain.desk, plain.tool
    desk.hand.drag((165, 150), (235, 150), modifiers=CTRL)
    (stroke,) = tool.marks
    assert isinstance(stroke, StrokeMark)
    assert stroke.positive
    assert stroke.points[0] == pytest.approx((165, 150), abs=0.6)
    assert stroke.points[-1] == pytest.approx((235, 150), abs=0.6)
    assert len(stroke.points) > 3
    wait_for(lambda: tool.shape is not None, 20)
    desk.hand.key(Qt.Key.Key_Return)
    (shape,) = desk.drawn
    assert bounds(shape) == pytest.approx((140, 90, 260, 210), abs=5)


def test_strokes_refine_a_box_and_are_taken_back_one_by_one(plain: Assistant, wait_for: WaitFor) -> None:
    desk, tool = plain.desk, plain.tool
    tool.draws_strokes = True
    desk.hand.drag((125, 75), (275, 225))
    desk.hand.drag((170, 140), (230, 140))
    desk.hand.drag((130, 80), (130, 200), modifiers=SHIFT)
    box, on, beside = tool.marks
    assert isinstance(box, BoxMark)
    assert isinstance(on, StrokeMark)
    assert isinstance(beside, StrokeMark)
    assert (on.positive, beside.positive) == (True, False)
    wait_for(lambda: tool.shape is not None, 20)
    desk.hand.key(Qt.Key.Key_Backspace)
    assert tool.marks == (box, on)
    desk.hand.key(Qt.Key.Key_Backspace)
    assert tool.marks == (box,)
    desk.hand.key(Qt.Key.Key_Escape)
    assert tool.marks == ()


def test_the_mask_follows_while_a_stroke_is_drawn(plain: Assistant, wait_for: WaitFor) -> None:
    desk, tool = plain.desk, plain.tool
    before = desk.hand.pixel(200, 120)
    desk.hand.press(165, 150, CTRL)
    for x in (175, 190, 205, 220):
        desk.hand.move(x, 150, modifiers=CTRL, down=Qt.MouseButton.LeftButton)
    wait_for(lambda: desk.hand.pixel(200, 120) != before, 20)
    assert desk.drawn == []
    drawn_so_far = tool.marks
    desk.hand.release(220, 150, CTRL)
    assert len(tool.marks) == 1
    assert drawn_so_far[0].points == tool.marks[0].points  # type: ignore[union-attr]


def test_a_stroke_tells_a_model_points_along_it(assistant: Assistant, wait_for: WaitFor) -> None:
    desk, tool = assistant.desk, assistant.tool
    desk.hand.drag((150, 120), (170, 120), modifiers=CTRL)
    wait_for(lambda: tool.shape is not None, 20)
    assert tool.shape is not None
    left, top, right, bottom = bounds(tool.shape)
    assert left < 160 < right
    assert top < 120 < bottom
