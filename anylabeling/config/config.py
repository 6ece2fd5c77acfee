"""The settings as they are in force: a snapshot of values and where each came from."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from anylabeling.config.schema import SETTINGS, nearest_key
from anylabeling.config.setting import validate
from anylabeling.config.shortcuts import effective_shortcuts


class Source(str, Enum):
    """Where a value came from; a later one wins."""

    DEFAULT = "default"
    FILE = "file"
    ENVIRONMENT = "environment"
    COMMAND_LINE = "command line"


class Config(Mapping[str, Any]):
    """A snapshot of all settings by dotted key; a change makes a new one.

    A list is a tuple, a shortcut a tuple of key sequences (empty when unbound), a mapping a fresh dict.
    """

    __slots__ = ("_sources", "_values")

    def __init__(self, values: Mapping[str, object] | None = None, *, source: Source = Source.FILE) -> None:
        """Start from the defaults.

        Args:
            values: Settings that differ, not yet checked.
            source: Where they came from.

        Raises:
            KeyError: For a key that is no setting.
            ValueError: For a value that does not fit.
        """
        self._values: dict[str, Any] = _defaults()
        self._sources: dict[str, Source] = {}
        if values:
            self._values = {**self._values, **_checked(values)}
            self._sources = dict.fromkeys(values, source)

    def __getitem__(self, key: str) -> Any:
        try:
            value = self._values[key]
        except KeyError:
            raise KeyError(_unknown(key)) from None
        # A copy, so that no caller can change what all others read.
        return dict(value) if isinstance(value, dict) else value

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def __repr__(self) -> str:
        changed = {key: self._values[key] for key in self._sources}
        return f"Config({changed})"

    def source(self, key: str) -> Source:
        """Return where the value of a setting came from."""
        if key not in SETTINGS:
            raise KeyError(_unknown(key))
        return self._sources.get(key, Source.DEFAULT)

    def is_default(self, key: str) -> bool:
        """Return whether a setting has its default value, wherever that came from."""
        return bool(self[key] == _defaults()[key])

    def section(self, prefix: str) -> dict[str, Any]:
        """Return the settings of a section, such as "performance.", by the rest of their key."""
        return {key.removeprefix(prefix): self[key] for key in self._values if key.startswith(prefix)}

    def shortcuts(self) -> dict[str, tuple[str, ...]]:
        """Return the key sequences of each action by its name ("save"), with no key given to two actions at once."""
        chosen = frozenset(key for key in self._sources if not self.is_default(key))
        effective, _ = effective_shortcuts(self._values, chosen)
        return {key.partition(".")[2]: keys for key, keys in effective.items()}

    def with_overrides(self, changes: Mapping[str, object], source: Source) -> Config:
        """Return a snapshot with other values for some settings.

        Args:
            changes: Values by key, not yet checked.
            source: Where they come from.

        Raises:
            KeyError: For a key that is no setting.
            ValueError: For a value that does not fit.
        """
        return self.with_checked(_checked(changes), source)

    def with_checked(self, changes: Mapping[str, object], source: Source) -> Config:
        """Return a snapshot with other values that validate() has already passed."""
        result = Config()
        result._values = {**self._values, **changes}
        result._sources = {**self._sources, **dict.fromkeys(changes, source)}
        return result


@functools.cache
def _defaults() -> dict[str, Any]:
    return {key: setting.default for key, setting in SETTINGS.items()}


def _checked(changes: Mapping[str, object]) -> dict[str, Any]:
    checked: dict[str, Any] = {}
    for key, raw in changes.items():
        if key not in SETTINGS:
            raise KeyError(_unknown(key))
        try:
            checked[key] = validate(SETTINGS[key], raw)
        except ValueError as error:
            raise ValueError(f"{key} {error}") from None
    return checked


def _unknown(key: str) -> str:
    nearest = nearest_key(key)
    return f"{key} is no setting" + (f"; did you mean {nearest}?" if nearest else "")
