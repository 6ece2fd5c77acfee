"""The one way to change a setting: check, keep, tell."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from anylabeling.config.config import Config, Source
from anylabeling.config.schema import SETTINGS
from anylabeling.config.writer import save_settings
from anylabeling.utils.events import Event


class ConfigStore:
    """Holds the settings in force, changes them, and writes what was changed.

    A change is in force at once, also when it cannot be written. It takes the place of a value from the environment or
    the command line until the program ends; only the change itself goes into the file.

    Attributes:
        changed: Emits the frozenset of keys whose value changed, on the thread that changed them.
    """

    def __init__(self, config: Config, path: Path) -> None:
        """Start from loaded settings.

        Args:
            config: The settings in force.
            path: The file that changes are kept in.
        """
        self.changed: Event[[frozenset[str]]] = Event()
        self._config = config
        self._path = path
        self._pending: dict[str, Any] = {}
        self._lock = threading.Lock()
        self._flush_lock = threading.Lock()

    @property
    def config(self) -> Config:
        """Return the settings in force; a snapshot that does not change."""
        return self._config

    @property
    def path(self) -> Path:
        """Return the file that changes are kept in."""
        return self._path

    def set(self, key: str, value: object, *, write: bool = True) -> frozenset[str]:
        """Change one setting; see update."""
        return self.update({key: value}, write=write)

    def reset(self, keys: Iterable[str], *, write: bool = True) -> frozenset[str]:
        """Give settings their defaults again; see update."""
        return self.update({key: SETTINGS[key].default for key in keys}, write=write)

    def update(self, changes: Mapping[str, object], *, write: bool = True) -> frozenset[str]:
        """Change several settings together: all of them, or none when one does not fit.

        Args:
            changes: Values by key.
            write: Write them now, on this thread. With False they wait for flush(), which any thread may call.

        Returns:
            The keys whose value changed.

        Raises:
            KeyError: For a key that is no setting.
            ValueError: For a value that does not fit. Nothing has changed.
            StorageError: When the file cannot be written. The values are in force, listeners know, and
                pending_changes() still holds them.
            ConfigError: Likewise, when the file cannot be changed safely.
        """
        with self._lock:
            old = self._config
            candidate = old.with_overrides(changes, Source.FILE)
            changed = frozenset(key for key in changes if candidate[key] != old[key])
            # Choosing what a command-line flag happens to say is a choice that is to last.
            chosen = changed | {key for key in changes if old.source(key) in (Source.ENVIRONMENT, Source.COMMAND_LINE)}
            self._config = old.with_checked({key: candidate[key] for key in chosen}, Source.FILE)
            self._pending.update({key: candidate[key] for key in chosen})
        try:
            if write:
                self.flush()
        finally:
            if changed:
                self.changed.emit(changed)
        return changed

    def pending_changes(self) -> dict[str, Any]:
        """Return what is in force but not in the file yet."""
        with self._lock:
            return dict(self._pending)

    def flush(self) -> Path | None:
        """Write what is pending, on this thread; several threads may call it.

        Returns:
            Where a file that could not be understood was put aside, or None.

        Raises:
            StorageError: When the file cannot be written; the changes stay pending.
            ConfigError: When the file cannot be changed safely; likewise.
        """
        with self._flush_lock:
            pending = self.pending_changes()
            if not pending:
                return None
            aside = save_settings(self._path, pending)
            with self._lock:
                for key, value in pending.items():
                    if key in self._pending and self._pending[key] == value:
                        del self._pending[key]
            return aside
