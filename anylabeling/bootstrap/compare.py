"""Connect the comparison with another folder's labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qtpy.QtCore import QObject
from qtpy.QtWidgets import QFileDialog

from anylabeling.controllers.compare import CompareController
from anylabeling.controllers.images import OpenedImage
from anylabeling.translation import tr
from anylabeling.views.canvas.compare_pane import ComparePane
from anylabeling.views.canvas.style import DARK

if TYPE_CHECKING:
    from anylabeling.bootstrap.program import Program


class Comparison(QObject):
    """The pane beside the canvas, made when it is first wanted."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self._image: OpenedImage | None = None
        self._pane: ComparePane | None = None
        self.controller = CompareController(program.runner, program)
        self.controller.folder_changed.connect(self._on_folder_changed)

    def choose_folder(self) -> None:
        """Let the person choose a folder of label files."""
        start = self.controller.folder or self._program.navigation.root
        folder = QFileDialog.getExistingDirectory(
            self._program.window, tr("Compare with the Labels of a Folder"), start
        )
        if folder:
            self.controller.set_folder(folder)

    def on_image_opened(self, image: OpenedImage) -> None:
        """Show the same picture beside."""
        self._image = image
        if self._pane is not None and self.controller.folder is not None:
            style = self._program.window.canvas.canvas_style
            self._pane.view.set_theme(style.theme == DARK)
            self._pane.view.set_color_of(style.color_of)
            self._pane.set_image(image.image, image.serial, image.size)
            own = self._program.label_files.store.label_path(image.path).parent
            self._program.window.beside.own.set_heading(own.name or str(own), str(own))
            self.controller.show(image.path, self._program.navigation.root, image.size)

    def on_toggled(self, wanted: bool) -> None:
        """Begin or end comparing."""
        if wanted and self.controller.folder is None:
            self.choose_folder()
        elif not wanted:
            self.controller.set_folder(None)
        self._program.window.actions["compare"].setChecked(self.controller.folder is not None)

    def _on_folder_changed(self, folder: str | None) -> None:
        window = self._program.window
        if folder is None:
            window.beside.show_beside(None)
            return
        if self._pane is None:
            self._pane = ComparePane(window.canvas)
            self._pane.closed.connect(lambda: window.actions["compare"].setChecked(False))
            self.controller.loaded.connect(self._pane.set_document)
        self._pane.set_folder(folder)
        window.beside.show_beside(self._pane)
        if self._image is not None:
            self.on_image_opened(self._image)


def connect_compare(program: Program) -> None:
    """Connect the action and the pictures."""
    comparison = Comparison(program)
    program.window.actions["compare"].toggled.connect(comparison.on_toggled)
    program.images.opened.connect(comparison.on_image_opened)
