"""Folders of files that can be made again, kept below a size."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def prepare_cache_folder(folder: Path, budget_bytes: int) -> Path | None:
    """Make a folder for files that can be made again, and remove the oldest of them above a budget.

    Args:
        folder: Where they are; only files directly inside are looked at.
        budget_bytes: The most that they may take together, before new ones come.

    Returns:
        The folder, or None where it cannot be made: whatever is cached can be made again.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with os.scandir(folder) as entries:
            files = [(entry.stat(), entry.path) for entry in entries if entry.is_file(follow_symlinks=False)]
    except OSError:
        return None
    used = sum(stat.st_size for stat, _path in files)
    for stat, path in sorted(files, key=lambda file: file[0].st_mtime):
        if used <= budget_bytes:
            break
        with contextlib.suppress(OSError):  # another process may have been quicker
            Path(path).unlink()
            used -= stat.st_size
    return folder
