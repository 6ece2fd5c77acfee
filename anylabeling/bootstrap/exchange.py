"""Connect import and export of data sets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qtpy.QtCore import QObject
from qtpy.QtWidgets import QWidget

from anylabeling.composition import label_store
from anylabeling.controllers.exchange import ExchangeController
from anylabeling.messages.datasets import ExchangeReport, ExportRequest, ImportRequest
from anylabeling.translation import tr

if TYPE_CHECKING:
    from anylabeling.bootstrap.program import Program
    from anylabeling.messages.progress import Progress
    from anylabeling.services.dataset.label_store import LabelStore
    from anylabeling.views.dialogs.exchange import ExchangeDialog, ExportDialog, ImportDialog

_FORMAT_KEY = "export/format"


class Exchange(QObject):
    """The two dialogs, made when they are first wanted.

    Attributes:
        controller: Does the work.
        export_dialog: The export dialog once it has been opened.
        import_dialog: The import dialog once it has been opened.
    """

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self.controller = ExchangeController(program.runner, program.documents, self)
        self.export_dialog: ExportDialog | None = None
        self.import_dialog: ImportDialog | None = None

    def show_export(self) -> None:
        """Show the export dialog."""
        if self.export_dialog is None:
            from anylabeling.views.dialogs.exchange import ExportDialog

            self.export_dialog = dialog = ExportDialog(self._program.window)
            dialog.export_requested.connect(self._export)
            self.controller.exported.connect(dialog.show_report)
            self._connect(dialog)
            for known in self._program.window.window_state.load_texts(_FORMAT_KEY)[:1]:
                dialog.choose_format(known)
        self._show(self.export_dialog, self.export_dialog.format)

    def show_import(self) -> None:
        """Show the import dialog."""
        if self.import_dialog is None:
            from anylabeling.views.dialogs.exchange import ImportDialog

            self.import_dialog = dialog = ImportDialog(self._program.window)
            dialog.import_requested.connect(self._import)
            self.controller.imported.connect(dialog.show_report)
            self._connect(dialog)
        self._show(self.import_dialog, self.import_dialog.source)

    def on_imported(self, report: ExchangeReport) -> None:
        """Show what was imported: open its folder where another one is open, else look at the label files again."""
        navigation, program = self._program.navigation, self._program
        folder = report.image_folder
        if not folder:
            return
        root = Path(navigation.root) if navigation.root else None
        if root is None or not Path(folder).is_relative_to(root):
            navigation.open(folder)
            return
        program.label_files.look_at(navigation.all_paths)
        program.label_work.survey.ask_soon()
        entry, store = program.documents.current, program.label_files.store
        # The image on the screen may have been opened while its file was being written.
        if entry is not None and not entry.dirty and store.stamp(entry.path) != entry.stamp:
            program.images.show(entry.path, store)

    def _export(self, request: ExportRequest) -> None:
        program = self._program
        program.window.window_state.save(_FORMAT_KEY, [request.format])
        labels, color = program.settings.config["labels"] or (), program.label_work.color
        colors = tuple((label, color(label)) for label in program.labels.known())
        request = replace(request, known_classes=tuple(labels), colors=colors)
        navigation = program.navigation
        self.controller.export(request, navigation.root, navigation.paths, program.label_files.store)

    def _import(self, request: ImportRequest) -> None:
        self.controller.import_labels(request, self._store_for)

    def _store_for(self, folder: str) -> LabelStore:
        """Return the label files for a folder: those in use where it is part of what is open."""
        root, files = self._program.navigation.root, self._program.label_files
        if root and Path(folder).absolute().is_relative_to(root):
            return files.store
        return label_store(folder, files.output_dir)

    def _connect(self, dialog: ExchangeDialog) -> None:
        dialog.cancel_requested.connect(self.controller.cancel)
        self.controller.running_changed.connect(dialog.set_running)
        self.controller.progressed.connect(dialog.set_progress)
        self.controller.failed.connect(dialog.show_error)
        dialog.set_running(self.controller.running)

    def _show(self, dialog: ExchangeDialog, first: QWidget) -> None:
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        first.setFocus()


def connect_exchange(program: Program) -> None:
    """Connect the actions and the work."""
    exchange = Exchange(program)
    controller, window = exchange.controller, program.window

    def show_progress(progress: Progress) -> None:
        window.status.set_work(progress, tr("Data set"))

    controller.notified.connect(program.notify)
    controller.progressed.connect(show_progress)
    controller.running_changed.connect(lambda running: None if running else window.status.set_work(None, ""))
    controller.imported.connect(exchange.on_imported)
    window.status.work_cancel_requested.connect(controller.cancel)
    window.actions["import_dataset"].triggered.connect(lambda _checked=False: exchange.show_import())
    window.actions["export_dataset"].triggered.connect(lambda _checked=False: exchange.show_export())
