"""What the driver plays: each function is one person's session in front of the window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from driver import Hands
from qtpy.QtCore import QObject, Qt
from qtpy.QtTest import QTest

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def draw_and_save(hands: Hands, first: str) -> dict[str, Any]:
    """Draw two shapes, undo and redo one, step away and back, close."""
    hands.wait_image(first)
    hands.key(Qt.Key.Key_R)
    hands.drag(20, 30, 120, 140)
    hands.give_label("crate")
    hands.key(Qt.Key.Key_P)
    for x, y in ((150, 40), (220, 60), (190, 130)):
        hands.click(x, y)
    hands.key(Qt.Key.Key_Return)
    hands.give_label("sail")
    drawn = hands.summary()
    hands.key(Qt.Key.Key_Z, CTRL)
    undone = hands.summary()
    hands.key(Qt.Key.Key_Z, CTRL | SHIFT)
    redone = hands.summary()
    hands.step(Qt.Key.Key_D)
    other_shapes = len(hands.shapes())
    hands.step(Qt.Key.Key_A)
    back = hands.summary()
    hands.close()
    return {"drawn": drawn, "undone": undone, "redone": redone, "back": back, "other_shapes": other_shapes}


def reopen(hands: Hands, first: str) -> dict[str, Any]:
    """Look at what is there."""
    hands.wait_image(first)
    found = hands.summary()
    hands.close()
    return {"shapes": found}


def label_with_model(hands: Hands, first: str) -> dict[str, Any]:
    """Run the model on the picture, undo, redo, and let a slider change the result."""
    hands.wait_image(first)
    panel = hands.window.auto_labeling
    hands.wait(lambda: panel.chip.isEnabled() and "Ready" in _state(hands), "the model")
    hands.key(Qt.Key.Key_I)
    hands.wait(hands.shapes, "detections")
    found = [[shape.label, shape.score, shape.points.tolist()] for shape in hands.shapes()]
    panel.confidence.set_value(0.8)
    panel.options_changed.emit(panel.options())
    strict = len(hands.shapes())
    panel.confidence.set_value(0.25)
    panel.options_changed.emit(panel.options())
    again = len(hands.shapes())
    hands.key(Qt.Key.Key_Z, CTRL)
    undone = len(hands.shapes())
    hands.key(Qt.Key.Key_Z, CTRL | SHIFT)
    hands.wait(hands.saved, "saving")
    hands.close()
    return {"found": found, "strict": strict, "again": again, "undone": undone}


def outline_with_ai(hands: Hands, first: str, box: list[float], click: list[float], shot: str) -> dict[str, Any]:
    """Load a model for the AI tool, outline one object by a click and one by a box, undo, save."""
    hands.wait_image(first)
    tool, chip = hands.canvas.ai_tool, hands.window.auto_labeling.chip
    hands.wait(lambda: "mobile_sam" in chip.text_shown(), "the model", 60)
    hands.key(Qt.Key.Key_Q)
    hands.wait(lambda: hands.canvas.tool() == "ai", "the tool")
    hands.wait(lambda: "Ready" in chip.text_shown(), "the embedding", 60)
    hands.drag(*box)
    hands.wait(lambda: tool.shape is not None, "the outline of the box")
    hands.window.grab().save(shot)
    marks = len(tool.marks)
    hands.key(Qt.Key.Key_F)
    hands.give_label("person")
    hands.window.auto_labeling.prompts.output.setCurrentIndex(1)
    hands.click(*click)
    hands.key(Qt.Key.Key_Return)
    hands.give_label("person")
    found = [[shape.kind.value, shape.label, shape.points.tolist()] for shape in hands.shapes()]
    hands.click(*click)
    hands.key(Qt.Key.Key_Escape)
    dropped = tool.marks == () and len(hands.shapes()) == 2
    hands.wait(hands.saved, "saving")
    hands.close()
    return {"found": found, "marks": marks, "dropped": dropped}


def read_text(hands: Hands, first: str) -> dict[str, Any]:
    """Choose the model that reads text in the panel, run it, undo, redo, save."""
    hands.wait_image(first)
    panel = hands.window.auto_labeling
    row = panel.models.findData("rapidocr")
    panel.models.setCurrentIndex(row)
    panel.models.activated.emit(row)
    hands.wait(lambda: "Ready" in _state(hands) and hands.program.auto_labeling.model is not None, "the model", 60)
    hands.key(Qt.Key.Key_I)
    hands.wait(hands.shapes, "texts", 60)
    found = [[shape.kind.value, shape.label, shape.text] for shape in hands.shapes()]
    hands.key(Qt.Key.Key_Z, CTRL)
    undone = len(hands.shapes())
    hands.key(Qt.Key.Key_Z, CTRL | SHIFT)
    hands.wait(hands.saved, "saving")
    chip = panel.chip.text_shown()
    hands.close()
    return {"found": found, "undone": undone, "chip": chip}


def label_all_and_undo_one(hands: Hands, first: str) -> dict[str, Any]:
    """Run the model over the folder, look at two images, undo the run on one of them."""
    hands.wait_image(first)
    hands.wait(lambda: "Ready" in _state(hands), "the model")
    hands.window.actions["auto_label_all"].trigger()
    hands.wait(lambda: any(text.startswith("Done") for text in hands.notices()), "the run", 90)
    current = len(hands.shapes())
    hands.step(Qt.Key.Key_D)
    second = hands.name()
    before = len(hands.shapes())
    hands.key(Qt.Key.Key_Z, CTRL)
    after = len(hands.shapes())
    if before != after:
        hands.wait(hands.saved, "saving")
    hands.close()
    return {"current": current, "second": second, "before": before, "after": after, "notices": hands.notices()}


def filter_for(hands: Hands, first: str, classes: list[str], export: str) -> dict[str, Any]:
    """Apply the image filter, export, step through the matches, clear it."""
    hands.wait_image(first)
    hands.wait(lambda: "Ready" in _state(hands), "the model")
    hands.window.actions["image_filter"].trigger()
    hands.wait(lambda: any(widget.isVisible() for widget in _dialogs("ImageFilterDialog")), "the filter's window")
    dialog: Any = _dialogs("ImageFilterDialog")[0]
    dialog.set_settings({**dialog.settings(), "selected_classes": classes, "count_mode": "at_least", "count_value": 1})
    hands.press(dialog, "Apply Filter")
    files = hands.window.file_dock
    hands.wait(lambda: hands.program.filter.summary is not None and _idle(hands), "the filter", 90)
    assert any("match" in text.lower() for text in _texts(dialog))
    found = len(hands.program.filter.summary.matches)
    hands.wait(lambda: len(files.visible_paths()) == found, "the list that follows")
    matches = [Path(path).name for path in files.visible_paths()]
    dialog.footer.buttons.export_requested.emit(export)
    hands.wait(lambda: Path(export).exists(), "the export")
    # The picture that was open is none of the matches; the title counts again once one of them is there.
    hands.wait(lambda: "filtered" in hands.window.windowTitle(), "the title of a match")
    title = hands.window.windowTitle()
    hands.window.actions["clear_filter"].trigger()
    hands.wait(lambda: len(files.visible_paths()) > len(matches), "all images again")
    total = len(files.visible_paths())
    hands.close()
    return {"matches": matches, "total": total, "title": title}


def step_over_bad_files(hands: Hands, names: list[str]) -> dict[str, Any]:
    """Step through a folder with files that cannot be opened; draw on one that can."""
    seen: dict[str, list[str]] = {}
    for number, name in enumerate(names):
        before = hands.canvas.image_id() if number else 0
        if number:
            hands.window.notifications.clear()
            hands.key(Qt.Key.Key_D)
        # A picture that fails leaves the canvas empty, and so does the failure after it.
        hands.wait(
            lambda wanted=name, old=before: (
                hands.name() == wanted and (hands.notices() or hands.canvas.image_id() not in (0, old))
            ),
            name,
        )
        seen[name] = [*hands.notices(), f"zoom {hands.window.status.zoom.text()}"]
    hands.close()
    return {"seen": seen}


def notices_of_two(hands: Hands, first: str, second: str) -> dict[str, Any]:
    """Look at the notices after the start and after the step to the next picture."""
    hands.wait(lambda: hands.name() == first and hands.canvas.image_id(), first)
    before = hands.canvas.image_id()
    hands.key(Qt.Key.Key_D)
    hands.wait(lambda: hands.name() == second and hands.canvas.image_id() not in (0, before), second)
    details = hands.window.notifications.cards[0].details_view.toPlainText()
    found = {"texts": hands.notices(), "details": details}
    hands.close()
    return found


def close_with_a_witness(hands: Hands, first: str) -> dict[str, Any]:
    """Close the window; its deletion, if there is one, wraps more objects than PyQt's table of them has room for."""
    hands.wait_image(first)
    made: list[QObject] = []
    hands.window.destroyed.connect(lambda: made.extend(QObject() for _ in range(20_000)))
    hands.close()
    return {}


def draw_where_the_folder_vanishes(hands: Hands, first: str, folder: str) -> dict[str, Any]:
    """Draw while the folder is gone, bring it back, try again."""
    hands.wait_image(first)
    away = Path(folder).rename(f"{folder}-away")
    hands.key(Qt.Key.Key_R)
    hands.drag(20, 30, 120, 140)
    hands.give_label("crate")
    hands.wait(hands.notices, "the error")
    notices = hands.notices()
    state = hands.window.status.saved.text()
    shapes = hands.summary()
    away.rename(folder)
    card = hands.window.notifications.cards[-1]
    hands.press(card, "Try Again")
    hands.wait(hands.saved, "saving after the repair")
    hands.close()
    return {"notices": notices, "state": state, "shapes": shapes}


def draw_over_broken_labels(hands: Hands, first: str) -> dict[str, Any]:
    """Draw on an image whose label file is broken; say that it may be replaced."""
    hands.wait_image(first)
    hands.wait(hands.notices, "the warning")
    notices = hands.notices()
    hands.key(Qt.Key.Key_R)
    hands.drag(20, 30, 120, 140)
    hands.give_label("crate")
    hands.wait(lambda: "not saved" in hands.window.status.saved.text(), "the state")
    _turn(hands, 60)
    untouched = Path(first).stem
    hands.press(hands.window.notifications.cards[-1], "Replace It")
    hands.wait(hands.saved, "saving")
    hands.close()
    return {"notices": notices, "stem": untouched}


def change_on_disk(hands: Hands, first: str, label_file: str) -> dict[str, Any]:
    """Draw after another program has written the label file."""
    hands.wait_image(first)
    Path(label_file).write_text(Path(label_file).read_text().replace("crate", "theirs"))
    hands.key(Qt.Key.Key_R)
    hands.drag(20, 30, 120, 140)
    hands.give_label("mine")
    hands.wait(hands.notices, "the conflict")
    notices = hands.notices()
    hands.press(hands.window.notifications.cards[-1], "Use the File")
    hands.wait(lambda: [row[1] for row in hands.summary()] == ["theirs"], "the version on disk")
    hands.close()
    return {"notices": notices}


def sliders_after_stepping(hands: Hands, first: str, second: str) -> dict[str, Any]:
    """Label one image, step to the next, move the sliders there."""
    hands.wait_image(first)
    panel = hands.window.auto_labeling
    hands.wait(lambda: "Ready" in _state(hands), "the model")
    hands.key(Qt.Key.Key_I)
    hands.wait(hands.shapes, "detections")
    found = hands.summary()
    hands.key(Qt.Key.Key_D)
    hands.wait_image(second)
    for confidence in (0.8, 0.02):
        panel.confidence.set_value(confidence)
        panel.options_changed.emit(panel.options())
        _turn(hands, 20)
    hands.wait(lambda: not hands.program.runner.busy("model"), "the model to rest")
    there = hands.summary()
    hands.key(Qt.Key.Key_A)
    hands.wait_image(first)
    back = hands.summary()
    hands.close()
    return {"found": found, "there": there, "back": back}


def delete_labels(hands: Hands, first: str) -> dict[str, Any]:
    """Delete the label file of the image by the menu, while the model looks at it."""
    hands.wait_image(first)
    hands.wait(lambda: "Ready" in _state(hands), "the model")
    before = len(hands.shapes())
    hands.window.actions["delete_label_file"].trigger()
    hands.wait(lambda: _dialogs("QMessageBox"), "the question")
    hands.window.actions["auto_label"].trigger()
    hands.press(_dialogs("QMessageBox")[0], "Delete")
    hands.wait(lambda: any("bin" in text for text in hands.notices()), "the deletion")
    hands.wait(lambda: not hands.program.runner.busy("model"), "the model to rest")
    _turn(hands, 20)
    hands.close()
    return {"before": before, "notices": hands.notices()}


def zoom_and_step(hands: Hands, names: list[str]) -> dict[str, Any]:
    """Zoom in and step, first with the zoom of each image its own, then with the zoom kept."""
    canvas = hands.canvas
    hands.wait_image(names[0])
    zooms = [canvas.zoom()]
    for name in names[1:]:
        hands.key(Qt.Key.Key_Equal, CTRL)
        zooms.append(canvas.zoom())
        hands.key(Qt.Key.Key_D)
        hands.wait_image(name)
        zooms.append(canvas.zoom())
        hands.window.actions["keep_prev_scale"].setChecked(True)
    hands.close()
    return {"zooms": zooms}


def change_label_folder(hands: Hands, first: str, folder: str) -> dict[str, Any]:
    """Change the label folder while something on the screen is not saved yet, then draw on."""
    hands.wait_image(first)
    before = len(hands.shapes())
    _draw(hands, "crate", 20)
    hands.window.actions["change_output_dir"].trigger()
    hands.wait(lambda: _dialogs("QFileDialog"), "the file dialog")
    dialog = _dialogs("QFileDialog")[0]
    dialog.selectFile(folder)
    dialog.accept()
    hands.wait(hands.saved, "saving into the other folder")
    _draw(hands, "sail", 160)
    hands.key(Qt.Key.Key_S, CTRL)
    hands.wait(hands.saved, "saving")
    found = hands.summary()
    hands.close()
    return {"before": before, "shapes": found, "notices": hands.notices()}


def _draw(hands: Hands, label: str, x: float) -> None:
    hands.key(Qt.Key.Key_R)
    hands.drag(x, 30, x + 80, 140)
    hands.give_label(label)


def _state(hands: Hands) -> str:
    return str(hands.window.auto_labeling.chip.toolTip()) + str(hands.window.auto_labeling.state.text())


def _idle(hands: Hands) -> bool:
    return not hands.window.status.work.isVisible()


def _dialogs(name: str) -> list[Any]:
    from qtpy.QtWidgets import QApplication

    return [widget for widget in QApplication.topLevelWidgets() if type(widget).__name__ == name]


def _texts(widget: Any) -> list[str]:
    from qtpy.QtWidgets import QLabel

    return [label.text() for label in widget.findChildren(QLabel)]


def _turn(hands: Hands, times: int) -> None:
    for _ in range(times):
        QTest.qWait(10)


def draw_one(hands: Hands, first: str) -> dict[str, Any]:
    """Draw a box and close."""
    hands.wait_image(first)
    hands.key(Qt.Key.Key_R)
    hands.drag(20, 30, 120, 140)
    hands.give_label("crate")
    hands.wait(hands.saved, "saving")
    hands.close()
    return {}


def read_folder_again(hands: Hands, first: str, new: str) -> dict[str, Any]:
    """Copy a picture into the open folder and read the folder again."""
    hands.wait_image(first)
    before = len(hands.window.file_dock.visible_paths())
    Path(new).write_bytes((Path(new).parent / first).read_bytes())
    hands.key(Qt.Key.Key_F5)
    hands.wait(lambda: len(hands.window.file_dock.visible_paths()) > before, "the new picture")
    name = hands.name()
    hands.close()
    return {"before": before, "name": name}


def label_large_picture(hands: Hands, first: str, corner: list[float]) -> dict[str, Any]:
    """Label a picture that is shown reduced: by the model, and by a drag at its far end; step away and back."""
    hands.wait_image(first)
    hands.wait(lambda: any("shown reduced" in text for text in hands.notices()), "the notice")
    hands.wait(lambda: hands.window.auto_labeling.chip.isEnabled() and "Ready" in _state(hands), "the model")
    hands.key(Qt.Key.Key_I)
    hands.wait(hands.shapes, "detections")
    found = [[shape.label, shape.points.tolist()] for shape in hands.shapes()]
    hands.key(Qt.Key.Key_R)
    hands.drag(corner[0] * 0.8, corner[1] * 0.8, *corner)
    hands.give_label("far")
    drawn = hands.shapes()[-1].points.tolist()
    hands.wait(hands.saved, "saving")
    image = hands.program.services.image_cache.load(hands.program.navigation.current)
    hands.canvas.zoom_original()
    hands.canvas.pan(-1e6, -1e6)
    hands.wait(hands.canvas.is_settled, "the far corner to be drawn")
    tiles, has_parts = hands.canvas.background.tiles, any("full resolution" in text for text in hands.notices())
    if has_parts:
        hands.wait(lambda: tiles.covers(tiles.area(hands.canvas.viewport, 1.0)), "full resolution")
    hands.close()
    return {"found": found, "drawn": drawn, "has_parts": has_parts, "shown": [image.width, image.height]}


def settings_in_force(hands: Hands, first: str, keys: list[str]) -> dict[str, Any]:
    """Return settings as the program has them, and how many folders it remembers."""
    hands.wait_image(first)
    config = hands.program.settings.config
    found = {key: config[key] for key in keys}
    recent = hands.window.window_state.recent_paths
    hands.close()
    return {"settings": found, "recent": len(recent)}
