"""Connect the dialog for models on servers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qtpy.QtCore import QObject

from anylabeling.controllers.remote_models import RemoteModelsController

if TYPE_CHECKING:
    from anylabeling.bootstrap.program import Program
    from anylabeling.views.dialogs.remote_models import RemoteModelsDialog


class RemoteModels(QObject):
    """The dialog, made when it is first wanted.

    Attributes:
        controller: Asks the servers.
        dialog: The dialog once it has been opened.
    """

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self.controller = RemoteModelsController(program.runner, self)
        self.dialog: RemoteModelsDialog | None = None

    def show(self) -> None:
        """Show the dialog."""
        if self.dialog is None:
            self.dialog = self._make()
        self.controller.refresh()
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
        self.dialog.server.setFocus()

    def _make(self) -> RemoteModelsDialog:
        from anylabeling.views.dialogs.remote_models import RemoteModelsDialog

        dialog, controller = RemoteModelsDialog(self._program.window), self.controller
        dialog.models_requested.connect(controller.ask)
        dialog.cancel_requested.connect(controller.cancel)
        dialog.forget_requested.connect(controller.forget)
        dialog.load_requested.connect(self._program.choose_model)
        dialog.finished.connect(lambda _result: controller.cancel())
        controller.servers_changed.connect(dialog.set_servers)
        controller.models_known.connect(dialog.set_models)
        controller.failed.connect(dialog.show_failure)
        controller.asking_changed.connect(dialog.set_asking)
        return dialog


def connect_remote_models(program: Program) -> None:
    """Connect the action and the panel."""
    program.remote_models = remote = RemoteModels(program)
    program.window.actions["remote_models"].triggered.connect(lambda _checked=False: remote.show())
    program.window.auto_labeling.server_requested.connect(remote.show)
