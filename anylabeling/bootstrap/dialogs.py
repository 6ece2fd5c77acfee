"""Dialogs: built when first wanted, connected to the controllers, never in the way of the event loop."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qtpy.QtCore import Qt, QUrl
from qtpy.QtGui import QDesktopServices
from qtpy.QtWidgets import QFileDialog, QMessageBox

from anylabeling.bootstrap.performance import make_performance_dialog
from anylabeling.bootstrap.plugins import plugin_keys, with_keys
from anylabeling.config.shortcuts import PREFIX
from anylabeling.messages.auto_labeling import AutoLabelRequest, ExistingPolicy
from anylabeling.messages.models import BUILT_IN_MODELS, is_address
from anylabeling.messages.notices import Notice
from anylabeling.translation import tr
from anylabeling.views.actions import ACTION_ROWS
from anylabeling.views.widgets.text import breakable
from anylabeling.views.widgets.within_screen import resize_within_screen

if TYPE_CHECKING:
    from anylabeling.bootstrap.program import Program
    from anylabeling.views.dialogs.model_store import ModelStoreDialog
    from anylabeling.views.dialogs.performance_settings import PerformanceSettingsDialog
    from anylabeling.views.dialogs.settings import SettingsDialog

_MOST_RECENT_MODELS = 8


class Dialogs:
    """Opens every dialog of the program.

    Attributes:
        performance_dialog: The performance settings once they have been opened.
        settings_dialog: The other settings once they have been opened.
        model_store_dialog: The downloadable models once they have been shown.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self.performance_dialog: PerformanceSettingsDialog | None = None
        self.model_store_dialog: ModelStoreDialog | None = None
        self.settings_dialog: SettingsDialog | None = None

    # Files and folders

    def open_folder(self) -> None:
        """Let the person choose a folder of images."""
        start = self._program.navigation.root or str(Path.home())
        self._choose(tr("Open a folder of images"), start, self._program.navigation.open, folder=True)

    def open_file(self) -> None:
        """Let the person choose an image or a label file."""
        from anylabeling.codecs import IMAGE_SUFFIXES

        start = self._program.navigation.current or str(Path.home())
        patterns = " ".join(f"*{suffix}" for suffix in sorted({*IMAGE_SUFFIXES, ".json"}))
        self._choose(
            tr("Open an image or a label file"),
            start,
            self._program.navigation.open,
            tr("Images ({patterns})", patterns=patterns),
        )

    def open_model(self) -> None:
        """Let the person choose a model."""
        recent = self.recent_models()
        files = [path for path in recent if not is_address(path)]
        start = str(Path(files[0]).parent) if files else str(Path.home())
        patterns = " ".join(f"*{suffix}" for suffix in self._program.model_suffixes())
        self._choose(
            tr("Choose a model"),
            start,
            self._program.choose_model,
            tr("Models ({patterns});;All files (*)", patterns=patterns),
        )

    def change_output_dir(self) -> None:
        """Let the person choose where label files are kept."""
        start = self._program.label_files.output_dir or self._program.navigation.root or str(Path.home())

        def use(folder: str) -> None:
            self._program.label_files.set_output_dir(folder)
            self._program.saving.save_all()

        self._choose(tr("Choose the folder for label files"), start, use, folder=True)

    def save_as(self) -> None:
        """Write the labels of the image to another file once."""
        entry = self._program.documents.current
        if entry is None:
            return
        start = str(self._program.label_files.store.label_path(entry.path))
        self._choose(tr("Save the labels as"), start, self._program.saving.save_copy, tr("Labels (*.json)"), save=True)

    def delete_label_file(self) -> None:
        """Put the label file of the image into the bin, when the person means it."""
        path = self._program.navigation.current
        if path is not None:
            self.ask(
                tr("Delete the labels of {name}?", name=Path(path).name),
                tr("The label file goes to the system's bin."),
                ((tr("Delete"), lambda: self._program.label_files.delete(path)),),
            )

    # Filter, settings, help

    def show_performance(self) -> None:
        """Show the performance settings."""
        if self.performance_dialog is None:
            self.performance_dialog = make_performance_dialog(self._program)
        self.performance_dialog.show()
        self.performance_dialog.raise_()

    def show_settings(self) -> None:
        """Show the settings that are not about speed."""
        if self.settings_dialog is None:
            from anylabeling.views.dialogs.settings import SettingsDialog

            settings = self._program.settings
            dialog = self.settings_dialog = SettingsDialog(settings.config, self._program.window)
            dialog.setting_changed.connect(settings.set)
            dialog.reset_requested.connect(settings.reset)
            settings.changed.connect(lambda config, _keys: dialog.set_values(config))
        self.settings_dialog.show()
        self.settings_dialog.raise_()

    def show_model_store(self) -> None:
        """Show the models that can be downloaded."""
        if self.model_store_dialog is None:
            self.model_store_dialog = self._make_model_store()
        self._program.model_store.refresh()
        self.model_store_dialog.show()
        self.model_store_dialog.raise_()

    def show_about(self) -> None:
        """Show what the program is."""
        from anylabeling.views.dialogs.about import AboutDialog

        AboutDialog(self._program.window).open()

    def show_shortcuts(self) -> None:
        """Show all keys, to be changed."""
        from anylabeling.views.dialogs.shortcuts import ShortcutsDialog

        settings, window = self._program.settings, self._program.window

        def changed() -> list[str]:
            config = settings.config
            own = [key.removeprefix(PREFIX) for key in config if key.startswith(PREFIX) and not config.is_default(key)]
            return [*own, *plugin_keys(config)]

        rows = (*ACTION_ROWS, *self._program.plugin_work.menu.rows)
        dialog = ShortcutsDialog(window, window.actions, changed(), rows)
        dialog.keys_chosen.connect(lambda chosen: settings.update(with_keys(settings.config, chosen)))
        dialog.defaults_wanted.connect(lambda names: settings.update(with_keys(settings.config, dict.fromkeys(names))))
        follow = settings.changed.connect(lambda _config, _keys: dialog.refresh(changed()))

        def stop_following() -> None:
            with contextlib.suppress(RuntimeError, TypeError):  # at the end of the program the settings go first
                settings.changed.disconnect(follow)

        dialog.destroyed.connect(stop_following)
        dialog.open()

    def show_documentation(self) -> None:
        """Open the user guide, or say where it is."""
        guide = Path(__file__).resolve().parents[2] / "docs" / "guide" / "README.md"
        if not guide.is_file() or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(guide))):
            self._program.notify(
                Notice(tr("The user guide is in the folder docs of the program's source."), level="info")
            )

    def jump_to_image(self) -> None:
        """Let the person type the number of an image."""
        from anylabeling.views.dialogs.jump_to_image import JumpToImageDialog

        navigation = self._program.navigation
        dialog = JumpToImageDialog(self._program.window, len(navigation.paths), max(navigation.index(), 0))
        dialog.index_chosen.connect(navigation.go_to_index)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # Questions

    def confirm_run_all(self, request: AutoLabelRequest, run: Callable[[], object]) -> None:
        """Ask before shapes are replaced; otherwise run at once."""
        if request.existing is not ExistingPolicy.REPLACE:
            run()
            return
        count = len(request.paths)
        self.ask(
            tr("Replace the objects of {count:,} images?", count=count),
            tr("What is labelled there goes; each image can be undone one by one until the program ends."),
            ((tr("Replace"), run),),
        )

    def ask_unsaved(self, names: Sequence[str]) -> None:
        """Ask what becomes of labels that are not saved."""
        closing = self._program.closing

        def save_elsewhere() -> None:
            closing.stay()
            self.change_output_dir()

        listed = ", ".join(names[:3]) + (tr(" and {number:,} more", number=len(names) - 3) if len(names) > 3 else "")
        self.ask(
            tr("The labels of {listed} are not saved.", listed=listed),
            tr("Save them, or leave and give them up."),
            (
                (tr("Save"), closing.save_and_close),
                (tr("Save Elsewhere…"), save_elsewhere),
                (tr("Give Up"), closing.discard_and_close),
            ),
            on_cancel=closing.stay,
        )

    # Models that were used

    def recent_models(self) -> list[str]:
        """Return models that were used before and still exist, the last one first."""
        kept = self._program.window.window_state.load_texts("recent/models")
        return [path for path in kept if path not in BUILT_IN_MODELS and (is_address(path) or Path(path).exists())]

    def remember_model(self, path: str) -> list[str]:
        """Return the list of models with this one at its head."""
        others = [known for known in self.recent_models() if known != path]
        # A built-in model has its own place in the list of models.
        return (others if path in BUILT_IN_MODELS else [path, *others])[:_MOST_RECENT_MODELS]

    # Pieces

    def _make_model_store(self) -> ModelStoreDialog:
        from anylabeling.views.dialogs.model_store import ModelStoreDialog

        store = self._program.model_store
        dialog = ModelStoreDialog(self._program.window)
        dialog.download_requested.connect(store.download)
        dialog.cancel_requested.connect(store.cancel)
        dialog.remove_requested.connect(store.remove)
        dialog.sizes_requested.connect(store.ask_sizes)
        store.size_known.connect(dialog.set_size)
        dialog.load_requested.connect(self._program.choose_model)
        dialog.file_requested.connect(self.open_model)
        store.models_changed.connect(dialog.set_models)
        store.progressed.connect(dialog.set_progress)
        store.ended.connect(dialog.set_ended)
        return dialog

    def _choose(
        self,
        title: str,
        start: str,
        use: Callable[[str], object],
        patterns: str = "",
        *,
        folder: bool = False,
        save: bool = False,
    ) -> None:
        dialog = QFileDialog(self._program.window, title, start, patterns)
        resize_within_screen(dialog, 880, 560)
        if folder:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly, False)
        elif save:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix("json")
            dialog.selectFile(start)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        chosen: Any = dialog.fileSelected  # the stubs want a slot that returns nothing
        chosen.connect(use)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask(
        self,
        text: str,
        explanation: str,
        answers: Sequence[tuple[str, Callable[[], object]]],
        on_cancel: Callable[[], object] | None = None,
    ) -> None:
        """Ask a question with answers of which one is done; Cancel is always there."""
        box = QMessageBox(self._program.window)
        box.setTextFormat(Qt.TextFormat.PlainText)  # a file may be called <b>.jpg
        box.setText(breakable(text))  # a name without spaces would widen it beyond the screen
        box.setInformativeText(breakable(explanation))
        buttons: dict[Any, Callable[[], object]] = {}
        for label, action in answers:
            buttons[box.addButton(label, QMessageBox.ButtonRole.AcceptRole)] = action
        box.addButton(QMessageBox.StandardButton.Cancel)

        def answered(_result: int) -> None:
            action = buttons.get(box.clickedButton(), on_cancel)
            box.deleteLater()
            if action is not None:
                action()

        box.finished.connect(answered)
        box.open()
