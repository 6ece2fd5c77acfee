"""The scissors tool: clicks around an object, and the line between them follows its edge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from canvas_desk import Desk
from qtpy.QtCore import Qt

from anylabeling.controllers.edge_following import EDGE_LANE, EdgeController
from anylabeling.controllers.images import OpenedImage
from anylabeling.document.document import Document
from anylabeling.qt.image_convert import qimage_from_bgra
from anylabeling.qt.task_runner import TaskRunner

WaitFor = Callable[..., None]
CENTRE, RADIUS = np.array((200.0, 150.0)), 90.0


@pytest.fixture
def runner(desk: Desk, tmp_path: Path) -> Iterator[TaskRunner]:
    """Return the runner behind the desk's scissors; the picture is a bright disc on a dark ground."""
    y, x = np.mgrid[:300, :400]
    pixels = np.full((300, 400, 4), (40, 40, 40, 255), np.uint8)
    pixels[np.hypot(x - CENTRE[0], y - CENTRE[1]) < RADIUS] = (220, 220, 220, 255)
    made = TaskRunner()
    edges, tool = EdgeController(made), desk.canvas.scissors_tool
    tool.signals.path_requested.connect(edges.find)
    edges.path_found.connect(tool.show_path)
    edges.set_image(OpenedImage(str(tmp_path), pixels, (400, 300), None, "", qimage_from_bgra(pixels)))
    desk.canvas.set_tool("scissors")
    yield made
    made.shutdown()


def rim(degrees: float) -> tuple[float, float]:
    angle = np.radians(degrees)
    return float(CENTRE[0] + RADIUS * np.cos(angle)), float(CENTRE[1] + RADIUS * np.sin(angle))


def follow(desk: Desk, runner: TaskRunner, wait_for: WaitFor, degrees: float) -> None:
    """Move to a position on the rim, wait for the line, click."""
    desk.hand.move(*rim(degrees))
    wait_for(lambda: not runner.busy(EDGE_LANE))
    desk.hand.click(*rim(degrees))
    wait_for(lambda: not runner.busy(EDGE_LANE))


def test_four_clicks_make_a_round_polygon(desk: Desk, runner: TaskRunner, wait_for: WaitFor) -> None:
    for degrees in (0, 90, 180, 270, 360):
        follow(desk, runner, wait_for, degrees)
    (shape,) = desk.drawn
    distances = np.hypot(*(shape.points - CENTRE).T)
    # Four straight lines would have four points and pass at 0.7 of the radius.
    assert len(shape.points) >= 12
    assert distances == pytest.approx(np.full(len(distances), RADIUS), abs=4)


def test_backspace_takes_a_stretch_back_and_escape_drops(desk: Desk, runner: TaskRunner, wait_for: WaitFor) -> None:
    tool = desk.canvas.scissors_tool
    follow(desk, runner, wait_for, 0)
    follow(desk, runner, wait_for, 90)
    before = list(tool.points)
    follow(desk, runner, wait_for, 180)
    assert len(tool.points) > len(before) + 1
    desk.hand.key(Qt.Key.Key_Backspace)
    assert tool.points == before
    desk.hand.key(Qt.Key.Key_Escape)
    assert tool.points == []
    assert desk.drawn == []


def test_enter_ends_it_without_edges_too(desk: Desk, wait_for: WaitFor) -> None:
    desk.canvas.set_tool("scissors")
    for x, y in ((20, 20), (120, 20), (120, 90)):
        desk.hand.click(x, y)
    desk.hand.key(Qt.Key.Key_Return)
    (shape,) = desk.drawn
    assert shape.points.tolist() == [[pytest.approx(x, abs=0.6), pytest.approx(y, abs=0.6)] for x, y in
                                     ((20, 20), (120, 20), (120, 90))]  # fmt: skip


def test_a_half_drawn_outline_waits_for_its_picture_and_its_tool(
    desk: Desk, runner: TaskRunner, wait_for: WaitFor
) -> None:
    canvas = desk.canvas
    tool = canvas.scissors_tool
    follow(desk, runner, wait_for, 0)
    follow(desk, runner, wait_for, 90)
    one = list(tool.points)
    follow(desk, runner, wait_for, 180)
    drawn = list(tool.points)
    assert len(drawn) > len(one) + 1
    canvas.set_tool("select")
    assert not canvas.is_drawing
    canvas.set_tool("scissors")
    assert tool.points == drawn
    own, other = canvas.document, Document()
    canvas.set_document(other)
    assert tool.points == []
    canvas.set_document(own)
    assert tool.points == drawn
    desk.hand.key(Qt.Key.Key_Backspace)  # takes the whole last line back, as if nothing had come between
    assert tool.points == one
    follow(desk, runner, wait_for, 180)
    desk.hand.key(Qt.Key.Key_Return)
    assert len(desk.drawn) == 1
    canvas.set_tool("select")
    canvas.set_tool("scissors")
    assert tool.points == []
