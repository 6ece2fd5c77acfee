"""Connect plug-ins: when they are loaded, what they are told of, their actions, and the dialog that lists them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from qtpy.QtCore import QObject

from anylabeling.config import Config
from anylabeling.config.schema import SETTINGS
from anylabeling.config.shortcuts import PREFIX
from anylabeling.controllers.documents import OpenDocument
from anylabeling.controllers.images import OpenedImage
from anylabeling.messages.auto_labeling import AutoLabelSummary
from anylabeling.messages.plugins import PluginAction, PluginInfo
from anylabeling.views.plugin_menu import KEYS_PREFIX, PluginMenu

if TYPE_CHECKING:
    from anylabeling.bootstrap.program import Program
    from anylabeling.document.annotation import Annotation
    from anylabeling.document.shape import Shape
    from anylabeling.services.auto_labeling.label_run import ChangeResult
    from anylabeling.views.dialogs.plugins import PluginsDialog

_DISABLED, _KEYS = "plugins.disabled", "plugins.shortcuts"


class PluginWork(QObject):
    """What belongs to plug-ins in the window.

    Attributes:
        menu: Their actions.
        dialog: The list of plug-ins once it has been opened.
    """

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self._infos: tuple[PluginInfo, ...] = ()
        self._folder = ""
        self._scanning = False
        self.menu = PluginMenu(program.window, program.window.actions)
        self.menu.triggered.connect(self._run)
        self.dialog: PluginsDialog | None = None

    def load(self) -> None:
        """Load the plug-ins; the first picture is on the screen."""
        self._program.plugins.load(str(self._program.settings.config["language"]))

    def on_loaded(self) -> None:
        """Tell plug-ins what was opened before they were there."""
        self._folder = ""
        self.on_scanned(scanning=self._scanning)
        entry = self._program.documents.current
        if entry is not None:
            self._shown(entry.path, entry.image_size)

    def on_actions(self, actions: list[PluginAction]) -> None:
        """Show the actions of plug-ins."""
        self.menu.set_actions(actions, self._program.settings.config[_KEYS] or {})

    def on_changed(self, infos: tuple[PluginInfo, ...]) -> None:
        """Show how the plug-ins stand."""
        self._infos = infos
        if self.dialog is not None:
            self.dialog.set_plugins(infos)

    def on_settings(self, config: Config, keys: frozenset[str]) -> None:
        """Follow the settings."""
        if _DISABLED in keys:
            self._program.plugins.follow_settings()
        if _KEYS in keys or any(key.startswith(PREFIX) for key in keys):
            self.menu.set_keys(config[_KEYS] or {})

    def show(self) -> None:
        """Show the list of plug-ins."""
        if self.dialog is None:
            from anylabeling.views.dialogs.plugins import PluginsDialog

            self.dialog = PluginsDialog(self._program.window)
            self.dialog.switched.connect(self._switch)
        self._program.plugins.show()
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def changer(self) -> ChangeResult | None:
        """Return what changes the results of models, or None."""
        plugins = self._program.plugins
        return plugins.change_result if plugins.changes_results else None

    # What plug-ins are told of

    def on_folder_opened(self, _folder: str) -> None:
        """Wait for its images."""
        self._folder = ""

    def on_scanned(self, *, scanning: bool) -> None:
        """Tell of a folder, once its images are known."""
        navigation = self._program.navigation
        self._scanning = scanning
        if scanning or not navigation.root or navigation.root == self._folder:
            return
        self._folder = navigation.root
        root, paths = navigation.root, tuple(navigation.all_paths)

        def value() -> Any:
            from anylabeling.plugins.api_values import FolderData

            return FolderData(root, paths)

        self._program.plugins.tell("on_folder_opened", value)

    def on_image_opened(self, image: OpenedImage) -> None:
        """Tell of a picture on the screen."""
        self._shown(image.path, image.size)

    def on_drawn(self, entry: OpenDocument, shapes: list[Shape]) -> None:
        """Tell of shapes that were drawn."""
        for shape in shapes:
            self._program.plugins.shape_finished(partial(_image, entry), shape)

    def on_about_to_save(self, entry: OpenDocument, annotation: Annotation) -> None:
        """Tell of labels that are about to be written."""
        self._program.plugins.tell("on_saving", partial(_saved, entry, annotation))

    def on_run_finished(self, summary: AutoLabelSummary) -> None:
        """Tell of a run over many pictures."""
        self._program.plugins.run_finished(summary)

    def _shown(self, path: str, size: tuple[int, int]) -> None:
        def value() -> Any:
            from anylabeling.plugins.api_values import ImageData

            return ImageData(path, *size)

        self._program.plugins.tell("on_image_shown", value)

    def _run(self, name: str) -> None:
        program = self._program
        program.plugins.run_action(
            name, program.window.canvas.selection(), program.navigation.root or "", tuple(program.navigation.paths)
        )

    def _switch(self, name: str, on: bool) -> None:
        disabled = set(self._program.settings.config[_DISABLED] or ())
        changed = disabled - {name} if on else disabled | {name}
        self._program.settings.set(_DISABLED, sorted(changed) or None)


def connect_plugins(program: Program) -> None:
    """Connect everything."""
    program.plugin_work = work = PluginWork(program)
    plugins = program.plugins
    plugins.notified.connect(program.notify)
    plugins.actions_changed.connect(work.on_actions)
    plugins.changed.connect(work.on_changed)
    plugins.loaded.connect(work.on_loaded)
    program.settings.changed.connect(work.on_settings)
    program.window.actions["manage_plugins"].triggered.connect(lambda _checked=False: work.show())
    program.navigation.folder_opened.connect(work.on_folder_opened)
    program.navigation.scanning_changed.connect(lambda scanning: work.on_scanned(scanning=scanning))
    program.images.opened.connect(work.on_image_opened)
    program.labels.drawn.connect(work.on_drawn)
    program.saving.about_to_save.connect(work.on_about_to_save)
    program.batch.finished.connect(work.on_run_finished)
    program.auto_labeling.result_changer = work.changer
    program.batch.result_changer = work.changer
    program.outlining.result_changer = work.changer
    program.finding_alike.result_changer = work.changer


def plugin_keys(config: Config) -> list[str]:
    """Return the names under which the shortcut editor knows the actions of plug-ins whose keys were chosen."""
    return [f"{KEYS_PREFIX}{name}" for name in config[_KEYS] or {}]


def with_keys(config: Config, chosen: Mapping[str, list[str] | None]) -> dict[str, Any]:
    """Return the settings that follow from keys for actions of the program and of plug-ins; None for the defaults."""
    changes: dict[str, Any] = {}
    given = dict(config[_KEYS] or {})
    for name, keys in chosen.items():
        if name.startswith(KEYS_PREFIX):
            given[name.removeprefix(KEYS_PREFIX)] = keys
        else:
            changes[PREFIX + name] = SETTINGS[PREFIX + name].default if keys is None else keys
    if any(name.startswith(KEYS_PREFIX) for name in chosen):
        changes[_KEYS] = {name: list(keys) for name, keys in given.items() if keys is not None} or None
    return changes


def _saved(entry: OpenDocument, annotation: Annotation) -> Any:
    from anylabeling.plugins.api_values import SavedData
    from anylabeling.plugins.values import all_data

    return SavedData(_image(entry), all_data(annotation.shapes), dict(annotation.flags))


def _image(entry: OpenDocument) -> Any:
    from anylabeling.plugins.api_values import ImageData

    return ImageData(entry.path, *entry.image_size)
