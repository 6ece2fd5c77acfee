"""The image filter: its controllers, its window, and the connections between them and the rest of the program."""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from qtpy.QtCore import QObject, QTimer
from qtpy.QtGui import QColor, QGuiApplication

from anylabeling.controllers.filter_export import FilterExportController
from anylabeling.controllers.filter_facts import FilterFactsController
from anylabeling.controllers.filter_thumbnails import FilterThumbnails
from anylabeling.messages.models import ModelInfo
from anylabeling.translation import tr
from anylabeling.views.widgets.within_screen import room_on_screen

if TYPE_CHECKING:
    from anylabeling.bootstrap.program import Program
    from anylabeling.messages.filtering import FilterQuery, FilterSummary
    from anylabeling.messages.progress import Progress
    from anylabeling.views.dialogs.image_filter import ImageFilterDialog

_GEOMETRY = "image_filter"
_FOLDED = "image_filter/more_folded"
_THUMBNAIL_PX = 100
_FIGURES_EVERY_MS = 1500


class ImageFilter(QObject):
    """Everything about the image filter that is not the engine.

    Attributes:
        dialog: The window once it has been opened.
        facts: What the window shows besides matches.
        exports: Files, folders and lists.
        thumbnails: Small pictures.
    """

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self._model: ModelInfo | None = None
        self.dialog: ImageFilterDialog | None = None
        services, navigation, label_files = program.services, program.navigation, program.label_files
        self.facts = FilterFactsController(
            program.runner,
            navigation,
            lambda: services.models.current,
            services.filter_stores,
            lambda: label_files.store,
            self,
        )
        self.exports = FilterExportController(
            program.runner, navigation, lambda: program.filter.summary, lambda: label_files.store, self
        )
        self.thumbnails = FilterThumbnails(program.runner, self)
        self._root = ""
        self._figures = QTimer(self)
        self._figures.setInterval(_FIGURES_EVERY_MS)
        self._figures.timeout.connect(self._ask_figures)
        self._connect_program()

    def show(self) -> None:
        """Show the window; nothing runs until the person applies the filter."""
        if self.dialog is None:
            self.dialog = self._make_dialog()
            # In a turn of its own: making the window and showing it takes too long for one.
            QTimer.singleShot(0, self.show)
            return
        if self.dialog.form.reads_labels:
            self.facts.ask_label_classes()
        self.facts.ask_caches()
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def remember(self) -> None:
        """Keep what the controls say, and where the window is."""
        dialog = self.dialog
        if dialog is None:
            return
        self._program.settings.update({f"image_filter.{name}": value for name, value in dialog.settings().items()})
        state = self._program.window.window_state
        state.save_geometry(_GEOMETRY, dialog)
        state.save(_FOLDED, dialog.form.more.folded)

    def _connect_program(self) -> None:
        program, engine = self._program, self._program.filter
        window = program.window

        def show_progress(progress: Progress, matches: int) -> None:
            window.status.set_work(progress, tr("Filtering, {matches:,} found", matches=matches))

        def show_gathering(progress: Progress | None) -> None:
            if not engine.running:
                window.status.set_work(progress, tr("Copying") if progress is not None else "")

        engine.progressed.connect(show_progress)
        engine.running_changed.connect(lambda running: None if running else window.status.set_work(None, ""))
        window.status.work_cancel_requested.connect(engine.cancel)
        window.status.work_cancel_requested.connect(self.exports.cancel)
        self.exports.progressed.connect(show_gathering)
        for source in (self.facts, self.exports):
            source.notified.connect(program.notify)
        window.file_dock.clear_filter_requested.connect(engine.clear)
        window.actions["clear_filter"].triggered.connect(lambda _checked=False: engine.clear())
        window.actions["image_filter"].triggered.connect(lambda _checked=False: self.show())
        program.navigation.images_changed.connect(self._on_images_changed)
        program.auto_labeling.model_changed.connect(self._on_model_changed)

    def _make_dialog(self) -> ImageFilterDialog:
        from anylabeling.views.dialogs.image_filter import ImageFilterDialog

        program = self._program
        state = program.window.window_state
        dialog = ImageFilterDialog(program.window)
        dialog.set_model(self._model)
        dialog.form.source.set_recent_models(program.dialogs.recent_models())
        dialog.set_settings(program.settings.config.section("image_filter."))
        dialog.form.more.set_folded(state.load(_FOLDED) is not False)
        dialog.results.thumbnails.set_color_of(self._color_of)
        if not state.restore_geometry(_GEOMETRY, dialog):
            dialog.resize(dialog.sizeHint().boundedTo(room_on_screen(dialog)))
        dialog.finished.connect(lambda _result: self.remember())
        self._connect_engine(dialog)
        self._connect_panels(dialog)
        self._connect_footer(dialog)
        dialog.set_images(len(program.navigation.all_paths))
        dialog.set_narrowed(program.navigation.narrowed)
        program.navigation.narrowed_changed.connect(lambda paths: dialog.set_narrowed(paths is not None))
        self._show_place(dialog)
        return dialog

    def _connect_engine(self, dialog: ImageFilterDialog) -> None:
        engine = self._program.filter

        def apply(query: FilterQuery) -> None:
            self.remember()
            self.thumbnails.cancel()
            engine.run(query)

        def pause(paused: bool) -> None:
            (engine.pause if paused else engine.resume)()

        def finished(summary: FilterSummary) -> None:
            dialog.set_summary(summary)
            self.facts.ask_caches()
            self.facts.ask_distribution(summary.query)

        def previewed(summary: FilterSummary) -> None:
            dialog.set_summary(summary)
            # After the answer, not beside it: threads that compete for the interpreter keep the window waiting.
            self.facts.ask_distribution(summary.query)

        def running_changed(running: bool) -> None:
            dialog.set_running(running)
            (self._figures.start if running else self._figures.stop)()

        dialog.apply_requested.connect(apply)
        dialog.preview_requested.connect(engine.preview)
        dialog.pause_requested.connect(pause)
        dialog.cancel_requested.connect(engine.cancel)
        dialog.cancel_requested.connect(self.exports.cancel)
        dialog.clear_requested.connect(engine.clear)
        engine.running_changed.connect(running_changed)
        engine.paused_changed.connect(dialog.set_paused)
        engine.progressed.connect(dialog.set_progress)
        engine.matched.connect(dialog.add_matches)
        engine.finished.connect(finished)
        engine.previewed.connect(previewed)
        engine.cleared.connect(lambda: dialog.set_summary(None))
        engine.failed.connect(lambda text: dialog.show_message(text, "error"))

    def _connect_panels(self, dialog: ImageFilterDialog) -> None:
        program, source, results = self._program, dialog.form.source, dialog.results
        pictures = results.thumbnails.thumbnails

        def load(path: str) -> None:
            self.thumbnails.request(path, round(_THUMBNAIL_PX * dialog.devicePixelRatioF()))

        def model_state(text: str, kind: str) -> None:
            source.set_model_state(text if kind == "loading" else "")

        source.model_open_requested.connect(program.dialogs.open_model)
        source.model_chosen.connect(program.choose_model)
        program.auto_labeling.state_changed.connect(model_state)
        dialog.form.label_classes_requested.connect(self.facts.ask_label_classes)
        results.open_requested.connect(program.navigation.go_to)
        results.picture_requested.connect(load)
        self.thumbnails.loaded.connect(pictures.set_picture)
        self.thumbnails.failed.connect(lambda path, reason: pictures.set_picture(path, None, (1, 1), reason))
        self.facts.label_classes_known.connect(dialog.set_label_classes)
        self.facts.distribution_known.connect(dialog.set_distribution)
        self.facts.caches_known.connect(dialog.footer.cache.set_caches)
        navigation = program.navigation
        navigation.images_changed.connect(lambda paths, _root: dialog.set_images(len(paths)))
        navigation.images_appended.connect(lambda _added: dialog.set_images(len(navigation.all_paths)))
        navigation.current_changed.connect(lambda _path: self._show_place(dialog))

    def _connect_footer(self, dialog: ImageFilterDialog) -> None:
        program, buttons = self._program, dialog.footer.buttons
        settings = program.settings

        def export(path: str) -> None:
            settings.set("image_filter.last_export_dir", str(Path(path).parent))
            self.exports.export(path, class_counts=buttons.class_counts.isChecked())

        def gather(folder: str, link: bool) -> None:
            self.exports.gather(folder, link=link, labels=buttons.with_labels.isChecked())

        def copy() -> None:
            clipboard, text = QGuiApplication.clipboard(), self.exports.as_text()
            if clipboard is not None and text:
                clipboard.setText(text)

        buttons.export_requested.connect(export)
        buttons.gather_requested.connect(gather)
        buttons.copy_requested.connect(copy)
        buttons.import_requested.connect(self.exports.import_list)
        for part in (buttons, dialog.footer.cache):
            part.option_changed.connect(lambda name, value: settings.set(f"image_filter.{name}", value))
        dialog.footer.cache.clear_requested.connect(lambda both: self.facts.clear_caches(detections=both))
        self.exports.reported.connect(dialog.show_message)
        self.exports.progressed.connect(dialog.set_gathering)

    def _on_model_changed(self, model: ModelInfo | None) -> None:
        self._model = model
        if self.dialog is not None:
            self.dialog.set_model(model)
            self.dialog.form.source.set_recent_models(self._program.dialogs.recent_models())

    def _on_images_changed(self, _paths: object, root: str) -> None:
        self.thumbnails.forget()
        if root != self._root:
            # What was found in another folder says nothing about this one.
            self._root = root
            if self._program.filter.running or self._program.filter.summary is not None:
                self._program.filter.drop()
            if self.dialog is not None:
                self.dialog.set_distribution(None)
        if self.dialog is not None and self.dialog.isVisible() and self.dialog.form.reads_labels:
            self.facts.ask_label_classes()

    def _ask_figures(self) -> None:
        query = self._program.filter.query
        if query is not None and self.dialog is not None and self.dialog.isVisible():
            self.facts.ask_distribution(query)
            self.facts.ask_caches()

    def _show_place(self, dialog: ImageFilterDialog) -> None:
        navigation = self._program.navigation
        current, root = navigation.current, navigation.root
        folder = os.path.dirname(current) if current else ""  # noqa: PTH120 - a name, nothing is opened
        inside = folder.startswith(root) and root
        dialog.form.set_subfolder(folder, os.path.relpath(folder, os.path.dirname(root)) if inside else folder)  # noqa: PTH120

    def _color_of(self, label: str) -> QColor:
        return self._program.window.canvas.canvas_style.of(label).solid.color()


def connect_filter(program: Program) -> None:
    """Make the image filter and connect it."""
    program.image_filter = ImageFilter(program)
    # Reading its modules takes longer than making the window: done on the side, before anybody wants it.
    program.after_first_image(lambda: program.runner.submit("filter caches", lambda _task: _read_modules()))


def _read_modules() -> None:
    importlib.import_module("anylabeling.views.dialogs.image_filter")
