"""Ask servers for their models without blocking the window, and remember the servers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qtpy.QtCore import QObject, Signal

from anylabeling.errors import AppError
from anylabeling.messages.notices import Notice
from anylabeling.messages.remote import RemoteModelRow, ServerRow
from anylabeling.qt.task_runner import Task, TaskRunner
from anylabeling.translation import tr

if TYPE_CHECKING:
    from anylabeling.services.auto_labeling.remote_servers import RemoteServers

_LANE = "servers"


class RemoteModelsController(QObject):
    """The window's way to models on servers.

    Signals:
        servers_changed: List of ServerRow, the last used first.
        models_known: Address of a server and its list of RemoteModelRow.
        failed: Address of a server, and the Notice that says what is wrong.
        asking_changed: Whether a server is being asked.
    """

    servers_changed = Signal(object)
    models_known = Signal(str, object)
    failed = Signal(str, object)
    asking_changed = Signal(bool)

    def __init__(self, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner

    def refresh(self) -> None:
        """Read the list of servers; ``servers_changed`` follows."""
        self._runner.submit(f"{_LANE} list", lambda _task: _known(), on_done=self.servers_changed.emit)

    def ask(self, address: str, key: str) -> None:
        """Ask a server for its models; one that answers is remembered with its key.

        Args:
            address: Such as ``http://192.168.1.5:8100``; one without a scheme is taken for http.
            key: Empty for the one that is stored.
        """
        wanted = address.strip().rstrip("/")
        if "://" not in wanted:
            wanted = f"http://{wanted}"
        self.asking_changed.emit(True)
        self._runner.submit(
            _LANE,
            lambda task: _ask(task, wanted, key),
            on_done=lambda rows: self._on_known(wanted, rows),
            on_error=lambda error: self.failed.emit(wanted, _notice(error)),
            on_finished=lambda: self.asking_changed.emit(self._runner.busy(_LANE)),
            newest_wins=True,
        )

    def cancel(self) -> None:
        """Wait for no answer any more."""
        self._runner.cancel_lane(_LANE)

    def forget(self, address: str) -> None:
        """Forget a server and its key."""

        def work(_task: Task) -> list[ServerRow]:
            _servers().remove(address)
            return _known()

        self._runner.submit(
            f"{_LANE} list",
            work,
            on_done=self.servers_changed.emit,
            on_error=lambda error: self.failed.emit(address, _notice(error)),
        )

    def _on_known(self, address: str, rows: list[RemoteModelRow]) -> None:
        self.models_known.emit(address, rows)
        self.refresh()


def _ask(task: Task, address: str, key: str) -> list[RemoteModelRow]:
    from anylabeling.services.auto_labeling.remote_client import RemoteServer
    from anylabeling.services.auto_labeling.remote_config import known_key, model_address, split_address
    from anylabeling.services.auto_labeling.remote_servers import KnownServer

    split_address(f"{address}/m")  # says what is wrong with it
    used = key or known_key(address)
    server = RemoteServer(address, used)
    try:
        models = server.models(task.token)
    finally:
        server.close()
    _servers().add(KnownServer(address, key or _servers().key(address)))
    return [
        RemoteModelRow(
            model_address(address, model.id, is_prompt=model.task == "prompt"),
            model.id,
            model.title,
            model.task,
            len(model.classes or ()) or None,
            model.device,
        )
        for model in models
    ]


def _known() -> list[ServerRow]:
    return [ServerRow(server.address, bool(server.api_key)) for server in _servers().all()]


def _servers() -> RemoteServers:
    from anylabeling.services.auto_labeling.remote_servers import RemoteServers

    return RemoteServers()


def _notice(error: Exception) -> Notice:
    known = error if isinstance(error, AppError) else AppError(tr("The server was not asked."), details=repr(error))
    return Notice(known.user_text, known.hint, known.details, "error")
