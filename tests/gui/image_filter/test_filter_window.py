"""The window of the image filter: empty places, runs, thumbnails, histograms, keys, and what it remembers."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mouse import move_mouse
from qtpy.QtCore import QPoint, Qt
from qtpy.QtGui import QImage
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QAbstractButton, QApplication, QMessageBox, QWidget

from anylabeling.views.dialogs.image_filter import ImageFilterDialog
from anylabeling.views.dialogs.image_filter.thumbnails import _PICTURE_ROLE

Open = Callable[..., Any]
LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


def pictures(desk: Any) -> list[Any]:
    model = desk.dialog.results.thumbnails.thumbnails
    return [model.index(row, 0).data(_PICTURE_ROLE) for row in range(model.rowCount())]


def drag(widget: QWidget, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(widget, LEFT, NO_KEYS, start)
    move_mouse(widget, (start + end) / 2, buttons=LEFT)
    move_mouse(widget, end, buttons=LEFT)
    QTest.mouseRelease(widget, LEFT, NO_KEYS, end)


def test_empty_places_say_what_is_missing(open_program: Open, tmp_path: Path, samples: Path) -> None:
    desk = open_program(None)
    note, apply = desk.dialog.results.note, desk.dialog.footer.buttons.apply_button
    assert note.text() == "Open a folder of images first."
    assert not apply.isEnabled()
    (tmp_path / "empty").mkdir()
    desk.program.navigation.open(str(tmp_path / "empty"))
    desk.wait_for(lambda: not desk.program.runner.busy("scan"))
    assert note.text() == "Open a folder of images first."
    desk.program.navigation.open(str(samples))
    desk.wait_for(lambda: "No model" in note.text())
    assert not apply.isEnabled()
    desk.click(desk.dialog.form.source.radios["labels"], QPoint(8, 8))
    desk.wait_for(lambda: note.text() == "Apply Filter looks through 16 images. Nothing runs before.")
    desk.apply()
    assert desk.said().startswith("0 matches in 16 images")
    assert note.text() == "No image matches. Most were ruled out by having no objects: 16 of 16."
    assert desk.listed() == []
    clear = desk.dialog.footer.buttons.clear_button
    desk.wait_for(clear.isEnabled)
    desk.click(clear)
    desk.wait_for(lambda: len(desk.listed()) == 16)
    # Nothing is left to clear.
    assert not clear.isEnabled()


def test_opening_runs_nothing_and_broken_pictures_are_left_out(
    open_program: Open, samples: Path, sample_model: Path
) -> None:
    (samples / "99-broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    desk = open_program(samples, sample_model)
    before = desk.inferred()
    desk.settle()
    assert desk.inferred() == before
    desk.apply()
    assert "1 could not be read (99-broken.jpg)" in desk.said()
    assert "99-broken.jpg" not in desk.listed()
    assert [card.text for card in desk.program.window.notifications.cards] == ["1 image could not be read."]
    # Deleted after it was found: its small picture says so, and nothing else happens.
    Path(desk.dialog.results.thumbnails.thumbnails.matches[0].path).unlink()
    desk.program.image_filter.thumbnails.forget()
    desk.dialog.results.thumbnails.thumbnails.forget_pictures()
    desk.dialog.results.thumbnails.viewport().update()
    desk.wait_for(lambda: (pictures(desk)[0] or note_loaded()).reason, 20)


class note_loaded:  # noqa: N801 - stands for a picture that is not there yet
    reason = ""


def test_a_run_shows_matches_rests_goes_on_and_stops(open_program: Open, samples: Path, sample_model: Path) -> None:
    for number in range(12):
        for name in ("06-crowded-plaza.jpg", "09-crowded-beach.jpg"):
            shutil.copy(samples / name, samples / f"{number:02}-{name}")
    desk = open_program(samples, sample_model)
    dialog, buttons = desk.dialog, desk.dialog.footer.buttons
    total = len(desk.listed())
    height = dialog.height()
    desk.click(buttons.apply_button)
    assert not buttons.apply_button.isEnabled()
    desk.wait_for(lambda: dialog.results.thumbnails.thumbnails.matches, 60)
    desk.click(buttons.pause_button)
    assert buttons.pause_button.text() == "&Go On Looking"
    desk.wait_for(lambda: "paused" in dialog.results.progress.label.text(), 20)
    # Resting means that nothing more comes once what was under way is through.
    desk.wait_for(lambda: _rests(desk), 60)
    assert desk.program.filter.running
    desk.click(buttons.pause_button)
    desk.wait_for(lambda: dialog.results.match_count > 3, 60)
    desk.click(buttons.cancel_button)
    desk.settle()
    assert "stopped after" in desk.said()
    assert 0 < desk.program.filter.summary.total <= total
    assert dialog.height() == height
    known = desk.inferred()
    live: list[str] = []
    desk.program.filter.progressed.connect(lambda *_: live.append(dialog.footer.cache.label.text()))
    desk.apply()
    assert "stopped" not in desk.said()
    # What is known from the run before is told while the rest is looked at.
    stored = f"from cache: {desk.program.filter.summary.from_cache} of "
    assert all(text.startswith(stored) for text in live)
    assert not live[0].startswith(f"{stored}{total} ")
    assert desk.program.filter.summary.from_cache > 0
    assert desk.inferred() - known <= total - desk.program.filter.summary.from_cache


def test_applying_again_replaces_the_run(open_program: Open, samples: Path, sample_model: Path) -> None:
    desk = open_program(samples, sample_model)
    desk.click(desk.dialog.footer.buttons.apply_button)
    desk.wait_for(lambda: desk.dialog.results.match_count > 0, 60)
    desk.click(desk.dialog.form.classes.selected_radio, QPoint(8, 8))
    desk.pick("cup")
    desk.apply()
    shown = [Path(match.path).name for match in desk.dialog.results.thumbnails.thumbnails.matches]
    assert shown == desk.listed()
    assert 0 < desk.dialog.results.match_count == len(shown) < 16
    assert all("cup" in dict(match.counts) for match in desk.program.filter.summary.matches)


def _rests(desk: Any) -> bool:
    before = desk.inferred()
    QTest.qWait(400)
    return bool(desk.inferred() == before)


def test_thumbnails_show_paths_and_open_pictures(open_program: Open, samples: Path, sample_model: Path) -> None:
    desk = open_program(samples, sample_model)
    desk.apply()
    view, results = desk.dialog.results.thumbnails, desk.dialog.results
    desk.wait_for(lambda: all(picture is not None for picture in pictures(desk)), 30)
    first: QImage = pictures(desk)[0].image
    assert max(first.width(), first.height()) == round(100 * desk.dialog.devicePixelRatioF())
    second = view.thumbnails.index(1, 0)
    QTest.mouseClick(view.viewport(), LEFT, NO_KEYS, view.visualRect(second).center())
    assert results.path.text() == view.thumbnails.matches[1].path
    QTest.mouseDClick(view.viewport(), LEFT, NO_KEYS, view.visualRect(second).center())
    assert desk.program.navigation.current == view.thumbnails.matches[1].path
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert desk.program.navigation.current == view.thumbnails.matches[2].path
    assert desk.program.filter.summary is not None
    # The boxes are drawn: the picture is not what it is without them.
    drawn = view.grab().toImage()
    view.thumbnails.set_matches([])
    results.set_matches([])
    assert drawn != view.grab().toImage()


def test_the_handle_filters_live_without_a_model(open_program: Open, samples: Path, sample_model: Path) -> None:
    desk = open_program(samples, sample_model)
    desk.apply()
    results, counts = desk.dialog.results, desk.dialog.form.counts
    inferred, all_matches = desk.inferred(), len(desk.listed())
    scores = results.scores
    middle = scores.height() // 2
    assert sum(scores.bins) > 0
    objects = sum(match.count for match in desk.program.filter.summary.matches)
    threshold = 0.9
    drag(scores, QPoint(int(scores.x_of(0.25)), middle), QPoint(round(scores.x_of(threshold)), middle))
    assert abs(counts.least.value() - threshold) < 0.02
    desk.settle()
    assert 0 < sum(match.count for match in desk.program.filter.summary.matches) < objects
    assert results.match_count == len(desk.listed()) <= all_matches
    assert all(match.best_score >= threshold - 0.02 for match in desk.program.filter.summary.matches)
    moved = counts.least.value()
    scores.setFocus()
    for _ in range(3):
        QTest.keyClick(scores, Qt.Key.Key_Left)
    assert abs(moved - counts.least.value() - 0.03) < 0.001
    QTest.keyClick(scores, Qt.Key.Key_Home)
    QTest.keyClick(scores, Qt.Key.Key_PageUp)
    desk.settle()
    assert counts.least.value() == 0.1
    assert len(desk.listed()) >= all_matches
    # The other one: at least as many objects as where it is dropped.
    bars = results.counts
    drag(bars, QPoint(int(bars.x_of(1)), middle), QPoint(int(bars.x_of(5)), middle))
    desk.settle()
    assert (counts.mode_box.currentText(), counts.count_spin.value()) == ("at least", 5)
    assert all(match.count >= 5 for match in desk.program.filter.summary.matches)
    assert desk.inferred() == inferred
    # A number far beyond what any picture has is shown as it is.
    counts.set_count(60)
    desk.settle()
    assert (bars.handle(), desk.listed()) == (60, [])
    assert 60 < len(bars.bins) <= 100
    counts.set_count(2)
    desk.settle()
    assert bars.handle() == 2
    assert len(bars.bins) < 60
    # Below what was kept the model has to be asked again, and only Apply does that.
    counts.least.setValue(0.01)
    desk.settle()
    assert desk.said().endswith("The conditions have changed: Apply Filter looks again.")
    assert desk.inferred() == inferred


def test_moved_pictures_are_recognised_when_asked(open_program: Open, samples: Path, sample_model: Path) -> None:
    first = open_program(samples, sample_model)
    first.apply()
    found, inferred = first.listed(), first.inferred()
    moved = samples.rename(samples.with_name("moved"))
    again = open_program(moved, sample_model)
    option = again.dialog.footer.cache.moved
    assert not option.isChecked()
    again.click(option, QPoint(8, option.height() // 2))
    assert again.program.settings.config["image_filter.recognise_moved"] is True
    again.apply()
    assert again.listed() == found
    assert again.inferred() == inferred
    assert again.dialog.footer.cache.label.text().startswith("from cache: 16 of 16")


def test_cache_is_shown_and_cleared(open_program: Open, samples: Path, sample_model: Path) -> None:
    desk = open_program(samples, sample_model)
    line = desk.dialog.footer.cache
    desk.apply()
    desk.apply()
    assert line.label.text().startswith("from cache: 16 of 16 · hit rate 50% · 1 entry, ")
    assert "detections of 16 images" in line.label.text()
    inferred = desk.inferred()
    for answer, left in (("Forget Answers", "detections of 16 images"), ("Forget All", "detections of 0 images")):
        desk.click(line.clear_button)
        desk.press(line.findChild(QMessageBox), answer)
        desk.wait_for(lambda text=left: text in line.label.text() and "0 entries, 0 bytes" in line.label.text(), 20)
    desk.apply()
    assert desk.inferred() == inferred + 16


def test_enter_applies_from_everywhere_and_escape_lets_the_run_go_on(
    open_program: Open, samples: Path, sample_model: Path
) -> None:
    desk = open_program(samples, sample_model)
    dialog = desk.dialog
    asked: list[object] = []
    dialog.apply_requested.connect(asked.append)
    form = dialog.form
    for number, part in enumerate(
        (form.classes.picker, form.counts.mode_box, form.counts.count_spin, form.more.text, form.counts.per_class), 1
    ):
        form.more.set_folded(False)
        part.setEnabled(True)
        part.setFocus()
        QTest.keyClick(part, Qt.Key.Key_Return)
        assert len(asked) == number, part
        desk.settle()
    form.classes.picker.setFocus()
    desk.click(dialog.footer.buttons.reset_button)
    desk.program.image_filter.facts.clear_caches(detections=True)
    desk.settle()
    desk.click(dialog.footer.buttons.apply_button)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    desk.settle()
    assert desk.program.filter.summary is not None
    assert not desk.program.filter.summary.cancelled


def test_every_control_is_reached_by_tab_and_named(open_program: Open, samples: Path, sample_model: Path) -> None:
    desk = open_program(samples, sample_model)
    dialog: ImageFilterDialog = desk.dialog
    dialog.form.more.set_folded(False)
    desk.click(dialog.form.classes.selected_radio, QPoint(8, 8))
    desk.pick("person")
    desk.apply()
    reached: list[QWidget] = []
    dialog.form.source.models.setFocus()
    for _ in range(80):
        focused = QApplication.focusWidget()
        if focused is None or focused in reached:
            break
        reached.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    form, buttons, results = dialog.form, dialog.footer.buttons, dialog.results
    for wanted in (
        *(form.classes.search, form.classes.picker, form.counts.mode_box, form.counts.least, form.counts.slider),
        *(form.counts.greatest, form.counts.sort_box, form.counts.reverse, form.more.header, form.more.text),
        *(form.more.limits["box_min_px"], form.more.flags, form.more.iou.slider, results.thumbnails, results.scores),
        *(results.counts, dialog.footer.cache.clear_button, buttons.import_button, buttons.export_button),
        *(buttons.reset_button, buttons.clear_button, buttons.apply_button),
    ):
        assert wanted in reached, wanted.accessibleName() or wanted
    # In reading order, from top to bottom.
    tops = [
        part.mapTo(dialog, QPoint(0, 0)).y() for part in (form.classes.search, form.counts.mode_box, results.scores)
    ]
    assert tops == sorted(tops)
    nameless = [
        part
        for part in reached
        if not part.accessibleName() and not (isinstance(part, QAbstractButton) and part.text())
    ]
    assert nameless == []


def test_tags_are_conditions(open_program: Open, samples: Path, sample_model: Path) -> None:
    pictures = sorted(samples.glob("*.jpg"))
    for picture, tags in zip(pictures, (["Rain", "city"], ["rain"], ["snow"], []), strict=False):
        content = {"shapes": [], "imagePath": picture.name, "tags": tags}
        picture.with_suffix(".json").write_text(json.dumps(content), encoding="utf-8")
    desk = open_program(samples, sample_model)
    form = desk.dialog.form
    desk.click(form.source.radios["labels"], QPoint(8, 8))
    form.more.set_folded(False)
    for name, text in (("tags", "rain, snow"), ("no_tags", "CITY")):
        line = form.more.tags[name]
        line.setFocus()
        QTest.keyClicks(line, text)
    desk.apply()
    assert desk.listed() == [pictures[1].name, pictures[2].name]
    assert form.more.count_text() == "2 set"
    form.more.reset()
    form.more.tags["all_tags"].setText("rain, city")
    desk.apply()
    assert desk.listed() == [pictures[0].name]
    desk.dialog.close()
    assert desk.program.settings.config["image_filter.all_tags"] == ("rain", "city")


def test_what_was_set_comes_back(open_program: Open, samples: Path, sample_model: Path) -> None:
    desk = open_program(samples, sample_model)
    form = desk.dialog.form
    desk.click(form.classes.selected_radio, QPoint(8, 8))
    desk.pick("person")
    desk.click(form.classes.segments["none_of"])
    desk.pick("car")
    form.more.name.setText("crowded")
    form.counts.set_count(2)
    desk.dialog.resize(1010, 690)
    desk.apply()
    found = desk.listed()
    assert found
    assert all("crowded" in name for name in found)
    assert form.more.count_text() == "1 set"
    desk.dialog.close()
    settings = desk.program.settings.config.section("image_filter.")
    assert settings["selected_classes"] == ("person",)
    assert settings["none_of"] == ("car",)
    assert settings["name_pattern"] == "crowded"
    again = open_program(samples, sample_model, **{f"image_filter.{name}": settings[name] for name in settings})
    assert again.dialog.query() == desk.program.filter.query
    assert again.dialog.size() == desk.dialog.size()
    again.apply()
    assert again.listed() == found
    again.click(again.dialog.footer.buttons.reset_button)
    assert again.dialog.form.values()["selected_classes"] is None
    assert again.dialog.form.more.count_text() == ""
