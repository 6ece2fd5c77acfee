"""Change settings from the window: check, apply, and write the file off the GUI thread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qtpy.QtCore import QObject, Signal

from anylabeling.config import Config
from anylabeling.config.store import ConfigStore
from anylabeling.errors import AppError
from anylabeling.messages.notices import Notice
from anylabeling.qt.task_runner import TaskRunner
from anylabeling.qt.throttle import Debounce
from anylabeling.translation import tr

_LANE = "settings"


class SettingsController(QObject):
    """The window's way to the settings.

    Signals:
        changed: The Config in force and the frozenset of keys that changed.
        notified: A Notice for the person.
    """

    changed = Signal(object, object)
    notified = Signal(object)

    def __init__(self, store: ConfigStore, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._runner = runner
        self._debounce = Debounce(self._write, pause_ms=400, limit_ms=2000, parent=self)
        store.changed.connect(lambda keys: self.changed.emit(store.config, keys))

    @property
    def config(self) -> Config:
        """The settings in force."""
        return self._store.config

    def set(self, key: str, value: object) -> None:
        """Change one setting."""
        self.update({key: value})

    def update(self, changes: Mapping[str, object]) -> None:
        """Change settings; a value that does not fit changes nothing and is said."""
        try:
            self._store.update(changes, write=False)
        except (KeyError, ValueError) as error:
            self.notified.emit(Notice(tr("This setting was not changed."), str(error.args[0]), level="warning"))
            return
        self._debounce.request()

    def reset(self, keys: Iterable[str]) -> None:
        """Give settings their defaults again."""
        self._store.reset(keys, write=False)
        self._debounce.request()

    def finish(self) -> None:
        """Write what is pending now; the program ends."""
        self._debounce.cancel()
        try:
            self._store.flush()
        except AppError as error:
            self._on_failed(error)

    def _write(self) -> None:
        self._runner.submit(
            _LANE, lambda _task: self._store.flush(), on_done=self._on_written, on_error=self._on_failed
        )

    def _on_written(self, aside: object) -> None:
        if aside is not None:
            text = tr(
                "{name} could not be understood; it was kept as {aside} and a new one written.",
                name=self._store.path.name,
                aside=aside,
            )
            self.notified.emit(Notice(text, level="warning"))

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, AppError):
            self.notified.emit(Notice(error.user_text, error.hint, error.details, "warning"))
        else:
            self.notified.emit(Notice(tr("The settings could not be written."), details=repr(error), level="warning"))
