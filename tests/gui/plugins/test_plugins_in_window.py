"""Plug-ins in the window: actions, keys, hooks, results of models, and those that go wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import tiny_prompt_models
from plugin_packages import CONFIG, install_example, make_package
from qtpy.QtCore import QPoint, Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication

from anylabeling.bootstrap import Program
from anylabeling.codecs import encode_png
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.messages.plugins import PluginState
from anylabeling.views.actions import ACTION_ROWS
from anylabeling.views.dialogs.command_palette import CommandPalette
from anylabeling.views.dialogs.shortcuts import ShortcutsDialog

Start = Callable[..., Program]
WaitFor = Callable[..., None]

LISTENER = """
    from anylabeling.plugins import *
    heard = []
    class Made(Plugin):
        api_version = 1
        title = "Listener"
        def actions(self):
            return [Action("shout", "Shout", lambda request: ActionResult(f"{len(request.images)} images"), "folder")]
        def on_started(self, program): heard.append(("started", program.has_window))
        def on_folder_opened(self, folder): heard.append(("folder", len(folder.images)))
        def on_image_shown(self, image): heard.append(("image", image.path[-5:], image.width))
        def on_shape_finished(self, image, shape): heard.append(("drawn", shape.kind, shape.label))
        def on_saving(self, saved): heard.append(("saving", len(saved.shapes)))
        def on_run_finished(self, run): heard.append(("run", run.labelled))
        def on_closing(self): heard.append(("closing",))
"""


def heard() -> list[tuple[object, ...]]:
    return list(sys.modules["listener"].heard)


def square(left: int, top: int, side: int, label: str = "") -> Shape:
    return Shape(ShapeKind.RECTANGLE, np.array([[left, top], [left + side, top + side]]), label=label)


def test_plug_ins_are_told_what_happens(site: Path, start: Start, wait_for: WaitFor) -> None:
    make_package(site, "listener", LISTENER)
    program = start()
    wait_for(lambda: ("image", "a.png", 160) in heard())
    assert heard()[0] == ("started", True)
    wait_for(lambda: ("folder", 2) in heard())
    program.labels.on_canvas_shape_drawn(square(5, 5, 20))
    wait_for(lambda: ("saving", 1) in heard())
    assert ("drawn", "rectangle", "object") in heard()
    program.navigation.step(1)
    wait_for(lambda: ("image", "b.png", 50) in heard())
    program.plugins.finish()
    assert heard()[-1] == ("closing",)


def test_an_action_is_in_menu_palette_and_shortcuts_and_changes_the_picture_in_one_step(
    site: Path, start: Start, wait_for: WaitFor, qapp: QApplication
) -> None:
    install_example(site)
    program = start()
    window = program.window
    action = window.actions["colours.name_by_colour"]
    wait_for(action.isEnabled)
    menu = next(w for w in window.actions["manage_plugins"].associatedWidgets() if w.inherits("QMenu"))
    assert [entry.text() for entry in menu.actions()] == ["Name by Colour", "", "&Manage Plug-ins…"]
    program.documents.add([square(25, 15, 20), square(95, 65, 20, "kept")], "Add")
    window.canvas.set_selection([])
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    document = program.documents.current.document  # type: ignore[union-attr]
    wait_for(lambda: [shape.label for shape in document.shapes] == ["red", "kept"])
    assert program.documents.undo_text() == "Name by Colour"
    program.documents.undo()
    assert [shape.label for shape in document.shapes] == ["", "kept"]
    palette = CommandPalette(window, window.actions, [], (*ACTION_ROWS, *program.plugin_work.menu.rows))
    palette.search.setText("name by col")
    item = palette.tree.topLevelItem(0)
    assert item is not None
    assert (item.text(0), item.text(1)) == ("Plug-ins: Name by Colour", "Ctrl+Alt+N")
    palette.close()
    program.dialogs.show_shortcuts()
    dialog = next(widget for widget in qapp.topLevelWidgets() if isinstance(widget, ShortcutsDialog))
    dialog.keys_chosen.emit({"plugin:colours.name_by_colour": ["Ctrl+Alt+J"]})
    assert action.shortcut().toString() == "Ctrl+Alt+J"
    assert program.settings.config["plugins.shortcuts"] == {"colours.name_by_colour": ("Ctrl+Alt+J",)}
    dialog.keys_chosen.emit({"plugin:colours.name_by_colour": ["Ctrl+S"]})
    assert action.shortcuts() == []  # it belongs to another action
    assert window.actions["save"].shortcut().toString() == "Ctrl+S"
    dialog.defaults_wanted.emit(["plugin:colours.name_by_colour", "save"])
    assert action.shortcut().toString() == "Ctrl+Alt+N"
    assert program.settings.config["plugins.shortcuts"] is None
    dialog.close()


def test_an_action_whose_picture_was_changed_meanwhile_changes_nothing(
    site: Path, start: Start, wait_for: WaitFor
) -> None:
    make_package(
        site,
        "slow-one",
        """
        import threading
        from anylabeling.plugins import *
        go, entered = threading.Event(), threading.Event()
        def run(request):
            entered.set()
            assert go.wait(20)
            return ActionResult("Done.", ())
        class Made(Plugin):
            api_version = 1
            def actions(self): return [Action("clear", "Clear", run, "image")]
        """,
    )
    program = start()
    said: list[str] = []
    program.plugins.notified.connect(lambda notice: said.append(notice.text))
    program.documents.add([square(5, 5, 20, "mine")], "Add")
    program.window.actions["slow-one.clear"].trigger()
    module = sys.modules["slow_one"]
    assert module.entered.wait(60)
    program.documents.add([square(9, 9, 20, "later")], "Add")
    module.go.set()
    wait_for(lambda: said)
    assert said == ["Clear: the image was changed meanwhile, so nothing was changed."]
    assert [shape.label for shape in program.documents.current.document.shapes] == ["mine", "later"]  # type: ignore[union-attr]


def test_models_of_plug_ins_run_in_the_window_and_results_are_changed(
    site: Path, start: Start, wait_for: WaitFor
) -> None:
    install_example(site)
    program = start(model=str(CONFIG))
    wait_for(lambda: program.window.auto_labeling.info.text() == "2 classes · any size")
    assert program.auto_labeling.model is not None
    program.auto_labeling.run()
    document = program.documents.current.document  # type: ignore[union-attr]
    wait_for(lambda: len(document.shapes) == 2)
    points = np.concatenate([shape.points for shape in document.shapes])
    assert (points == points.round()).all()
    # A moved slider asks the plug-in again, beside the window, and stays one step.
    program.window.auto_labeling.confidence.set_value(0.999)
    program.auto_labeling.set_options(program.window.auto_labeling.options())
    wait_for(lambda: not document.shapes)
    program.window.auto_labeling.confidence.set_value(0.2)
    program.auto_labeling.set_options(program.window.auto_labeling.options())
    wait_for(lambda: len(document.shapes) == 2)
    program.documents.undo()
    assert not document.shapes


def test_what_is_outlined_all_at_once_is_changed_too(
    site: Path, start: Start, wait_for: WaitFor, folder: Path, tmp_path: Path
) -> None:
    make_package(
        site,
        "changer",
        """
        from dataclasses import replace
        from anylabeling.plugins import Plugin
        class Made(Plugin):
            api_version = 1
            def change_model_shapes(self, image, shapes):
                return [replace(shape, label=f"thing in {image.width}") for shape in shapes[:3]]
        """,
    )
    (folder / "a.png").write_bytes(encode_png(np.full((120, 200, 3), 250, np.uint8)))
    program = start()
    program.load_model(str(tiny_prompt_models.save_pair(tmp_path)[0]))
    wait_for(lambda: program.prompting.info is not None)
    program.window.actions["outline_all"].trigger()
    document = program.documents.current.document  # type: ignore[union-attr]
    wait_for(lambda: document.shapes)
    assert [shape.label for shape in document.shapes] == ["thing in 200"] * 3


def test_a_plug_in_that_fails_is_named_once_and_its_things_go(site: Path, start: Start, wait_for: WaitFor) -> None:
    make_package(
        site,
        "fails",
        """
        from anylabeling.plugins import *
        class Made(Plugin):
            api_version = 1
            def actions(self): return [Action("boom", "Boom", lambda request: 1 // 0, "image")]
            def on_image_shown(self, image): pass
        """,
    )
    program = start()
    said: list[str] = []
    program.plugins.notified.connect(lambda notice: said.append(notice.text))
    wait_for(program.window.actions["fails.boom"].isEnabled)
    program.window.actions["fails.boom"].trigger()
    wait_for(lambda: "fails.boom" not in program.window.actions)
    assert said == [
        "The plug-in of fails is switched off: Boom: ZeroDivisionError: integer division or modulo by zero."
    ]
    program.navigation.step(1)
    wait_for(lambda: str(program.navigation.current).endswith("b.png"))
    assert len(said) == 1


def test_a_plug_in_that_hangs_holds_up_nobody(site: Path, start: Start, wait_for: WaitFor) -> None:
    make_package(
        site,
        "hangs",
        """
        import threading
        from anylabeling.plugins import *
        go = threading.Event()
        class Made(Plugin):
            api_version = 1
            def on_image_shown(self, image): go.wait(60)
        """,
    )
    make_package(site, "listener", LISTENER)
    program = start()
    for _ in range(250):
        program.plugin_work._shown(str(program.navigation.current), (160, 120))
    wait_for(lambda: len([row for row in heard() if row[0] == "image"]) > 200)
    infos = {info.id: info for info in program.plugins.host.infos()}  # type: ignore[union-attr]
    assert infos["hangs"].state is PluginState.FAILED
    assert "does not come to an end" in infos["hangs"].error
    assert infos["listener"].state is PluginState.ON
    sys.modules["hangs"].go.set()


def test_the_list_of_plug_ins_switches_them_off_and_on(site: Path, start: Start, wait_for: WaitFor) -> None:
    make_package(site, "listener", LISTENER)
    make_package(site, "gone", "import nothing_of_this_name\n")
    program = start()
    program.window.actions["manage_plugins"].trigger()
    dialog = program.plugin_work.dialog
    assert dialog is not None
    wait_for(lambda: set(dialog.boxes) == {"listener", "gone"})
    assert not dialog.boxes["gone"].isEnabled()
    assert dialog.boxes["listener"].isChecked()
    QTest.mouseClick(dialog.boxes["listener"], Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert program.settings.config["plugins.disabled"] == ("listener",)
    wait_for(lambda: "listener.shout" not in program.window.actions)
    count = len(heard())
    program.navigation.step(1)
    wait_for(lambda: program.documents.current.path.endswith("b.png"))  # type: ignore[union-attr]
    dialog.boxes["listener"].click()
    wait_for(lambda: "listener.shout" in program.window.actions)
    assert program.settings.config["plugins.disabled"] is None
    assert len(heard()) == count


def test_without_plug_ins_nothing_of_them_is_imported(
    site: Path, start: Start, wait_for: WaitFor, qapp: QApplication
) -> None:
    make_package(site, "listener", LISTENER)
    program = start(use_plugins=False)
    program.window.actions["manage_plugins"].trigger()
    assert program.plugin_work.dialog is not None
    wait_for(program.plugin_work.dialog.empty.isVisible)
    assert "listener" not in sys.modules
    assert set(program.window.actions) == {row.id for row in ACTION_ROWS}


@pytest.mark.parametrize("disabled", [["listener"], ["listener", "other"]])
def test_what_is_switched_off_in_the_settings_is_not_imported(site: Path, start: Start, disabled: list[str]) -> None:
    make_package(site, "listener", LISTENER)
    program = start(**{"plugins.disabled": disabled})
    assert "listener" not in sys.modules
    assert [info.state for info in program.plugins.host.infos()] == [PluginState.OFF]  # type: ignore[union-attr]
