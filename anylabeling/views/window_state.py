"""What the program remembers about its windows from one start to the next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from qtpy.QtCore import QByteArray, QSettings
from qtpy.QtWidgets import QWidget

# The other programs of this name keep "anylabeling/anylabeling"; their values mean other things.
_ORGANIZATION, _APPLICATION = "anylabeling", "window"


class WindowState:
    """Sizes and places of windows, the layout of the side column, and what was opened last."""

    def __init__(self, settings: QSettings | None = None, *, most_recent: int = 10) -> None:
        self._settings = settings or QSettings(_ORGANIZATION, _APPLICATION)
        self._most_recent = most_recent

    def clear(self) -> None:
        """Forget everything."""
        self._settings.clear()

    def save_geometry(self, name: str, window: QWidget) -> None:
        """Remember size and place of a window."""
        self._settings.setValue(f"{name}/geometry", window.saveGeometry())

    def restore_geometry(self, name: str, window: QWidget) -> bool:
        """Bring a window to its last size and place; returns whether there was one."""
        kept = self._settings.value(f"{name}/geometry")
        return isinstance(kept, QByteArray) and bool(window.restoreGeometry(kept))

    def save(self, key: str, value: object) -> None:
        """Remember a value made of dicts, lists, texts, numbers and booleans."""
        self._settings.setValue(key, json.dumps(value))

    def load(self, key: str) -> Any:
        """Return a remembered value, or None when there is none or it cannot be understood."""
        kept = self._settings.value(key)
        if not isinstance(kept, str):
            return None
        try:
            return json.loads(kept)
        except ValueError:
            return None

    def load_mapping(self, key: str) -> Mapping[str, Any]:
        """Return a remembered dict; empty when there is none."""
        value = self.load(key)
        return value if isinstance(value, dict) else {}

    def load_texts(self, key: str) -> list[str]:
        """Return a remembered list of texts; what is not a text is left out."""
        value = self.load(key)
        return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []

    @property
    def recent_paths(self) -> list[str]:
        """Folders and files that were opened, the last one first."""
        return self.load_texts("recent/paths")[: self._most_recent]

    def add_recent(self, path: str) -> list[str]:
        """Put a folder or file at the head of the list and return it."""
        paths = [path, *(known for known in self.recent_paths if known != path)][: self._most_recent]
        self.save("recent/paths", paths)
        return paths

    def clear_recent(self) -> None:
        """Forget what was opened."""
        self.save("recent/paths", [])

    def sync(self) -> None:
        """Write to disk now."""
        self._settings.sync()
