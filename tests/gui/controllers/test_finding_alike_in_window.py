"""Finding what is alike in the whole window: by mouse and key, with a wait that shows and can be ended."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mouse import move_mouse
from qtpy.QtCore import QPointF, Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication

from anylabeling.bootstrap import Program, StartOptions
from anylabeling.codecs import encode_png
from anylabeling.config import Config
from anylabeling.document.geometry import bounds
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.views.menus import context_menu

sys.path.insert(0, str(Path(__file__).parents[2] / "unit" / "services" / "auto_labeling"))

import tiny_alike  # noqa: E402

Wait = Callable[..., None]
ALIKE = sorted([*tiny_alike.RED, *tiny_alike.VIOLET])


@pytest.fixture
def program(qapp: QApplication, home_dir: Path, tmp_path: Path, wait_for: Wait) -> Iterator[Program]:
    """The program on a picture of squares, without a model."""
    del home_dir
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "a.png").write_bytes(encode_png(tiny_alike.picture()[:, :, 2::-1]))
    config = Config({"theme": "light", "display_label_popup": False})
    made = Program(config, StartOptions(path=str(folder / "a.png"), use_plugins=False))
    made.window.resize(1100, 760)
    made.start()
    wait_for(lambda: made.documents.current is not None)
    wait_for(lambda: QApplication.activeWindow() is not None)
    yield made
    made.documents.close_current()
    made.window.set_close_guard(lambda: True)
    for widget in qapp.topLevelWidgets():
        widget.close()
    made.finish()
    made.window.deleteLater()
    made.deleteLater()
    qapp.processEvents()


def load(program: Program, folder: Path, wait_for: Wait, *, slow_steps: int = 0) -> None:
    program.load_model(str(tiny_alike.save_pair(folder, slow_steps=slow_steps)))
    wait_for(lambda: program.window.actions["find_alike"].isEnabled())  # the model is there a little before


def shapes(program: Program) -> tuple[Shape, ...]:
    return program.documents.current.document.shapes  # type: ignore[union-attr]


def places(program: Program) -> list[tiny_alike.Box]:
    return sorted(tiny_alike.place(bounds(shape)) for shape in shapes(program))


def drag(program: Program, box: tiny_alike.Box) -> None:
    """Drag the mouse from one corner of a box to the other."""
    canvas = program.window.canvas
    start, end = (canvas.to_widget(QPointF(x, y)).toPoint() for x, y in (box[:2], box[2:]))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    for step in range(1, 5):
        move_mouse(canvas, start + (end - start) * step / 4, buttons=Qt.MouseButton.LeftButton)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)


def test_a_box_of_the_ai_tool_and_a_key_find_all_alike(program: Program, tmp_path: Path, wait_for: Wait) -> None:
    load(program, tmp_path, wait_for)
    window, canvas = program.window, program.window.canvas
    window.actions["tool_ai"].trigger()
    drag(program, tiny_alike.BLUE[0])
    assert canvas.ai_tool.marks
    QTest.keyClick(canvas, Qt.Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    wait_for(lambda: len(shapes(program)) == len(tiny_alike.BLUE))
    assert places(program) == sorted(tiny_alike.BLUE)
    assert not canvas.ai_tool.marks  # they are answered
    assert set(canvas.selection()) == {shape.uid for shape in shapes(program)}
    # They are still selected; what is marked next counts.
    drag(program, tiny_alike.RED[0])
    QTest.keyClick(canvas, Qt.Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    wait_for(lambda: len(shapes(program)) > len(tiny_alike.BLUE))
    assert places(program) == sorted([*tiny_alike.BLUE, *ALIKE])
    program.documents.undo()
    program.documents.undo()
    assert shapes(program) == ()


def test_a_drawn_rectangle_is_enough_and_what_is_wrong_is_left_out_by_a_key(
    program: Program, tmp_path: Path, wait_for: Wait
) -> None:
    load(program, tmp_path, wait_for)
    window, canvas = program.window, program.window.canvas
    window.actions["tool_rectangle"].trigger()
    drag(program, tiny_alike.RED[0])
    wait_for(lambda: len(shapes(program)) == 1)
    window.actions["tool_select"].trigger()
    canvas.set_selection([shapes(program)[0].uid])
    menu = context_menu(canvas, window.actions, selected=True)
    assert window.actions["find_alike"] in menu.actions()
    menu.deleteLater()
    QTest.mouseClick(window.auto_labeling.prompts.alike, Qt.MouseButton.LeftButton)
    wait_for(lambda: len(shapes(program)) == len(ALIKE))
    assert places(program) == ALIKE
    violet = next(each for each in shapes(program) if tiny_alike.place(bounds(each)) in tiny_alike.VIOLET)
    canvas.set_selection([violet.uid])
    QTest.keyClick(canvas, Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)
    wait_for(lambda: len(shapes(program)) == len(tiny_alike.RED))
    assert places(program) == sorted(tiny_alike.RED)


def test_the_wait_shows_and_its_cross_ends_it(program: Program, tmp_path: Path, wait_for: Wait) -> None:
    load(program, tmp_path, wait_for, slow_steps=400)
    window = program.window
    program.documents.add([Shape(ShapeKind.RECTANGLE, [tiny_alike.RED[0][:2], tiny_alike.RED[0][2:]])], "add")
    window.actions["find_alike"].trigger()
    assert window.status.work.isVisible()
    assert not window.auto_labeling.prompts.alike.isEnabled()
    QTest.mouseClick(window.status.work.cancel_button, Qt.MouseButton.LeftButton)
    wait_for(lambda: not window.status.work.isVisible())
    assert len(shapes(program)) == 1
    assert window.auto_labeling.prompts.alike.isEnabled()


def test_without_a_model_the_action_is_off_and_says_why(program: Program, tmp_path: Path, wait_for: Wait) -> None:
    action, button = program.window.actions["find_alike"], program.window.auto_labeling.prompts.alike
    assert not action.isEnabled()
    assert not button.isEnabled()
    assert "takes a Segment Anything model" in action.toolTip()
    assert action.toolTip() == button.toolTip()
    load(program, tmp_path, wait_for)
    assert action.isEnabled()
    assert button.isEnabled()
    assert "Shift+F" in action.toolTip()
    program.prompting.unload()
    assert not action.isEnabled()
