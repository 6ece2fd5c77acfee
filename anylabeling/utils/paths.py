"""Where the program keeps things that belong to the person."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def config_file() -> Path:
    """Return the settings file, ``~/.anylabelingrc``."""
    return Path.home() / ".anylabelingrc"


def data_dir() -> Path:
    """Return the folder for models and stored results, ``~/.anylabeling``; it may not exist yet."""
    return Path.home() / ".anylabeling"


def cache_dir() -> Path:
    """Return the folder for what can be made again; it may not exist yet.

    ``$XDG_CACHE_HOME/anylabeling`` (by default in ``~/.cache``) on Linux and the like, the local application data on
    Windows, ``~/Library/Caches`` on macOS.
    """
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
        return (Path(base) if base else Path.home() / "AppData" / "Local") / "anylabeling" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "anylabeling"
    base = os.environ.get("XDG_CACHE_HOME", "")
    # The base directory specification: a relative path there is to be ignored.
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".cache") / "anylabeling"
