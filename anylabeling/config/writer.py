"""Keep changed settings in the configuration file.

Only what is given is written: a value from the environment or the command line reaches the file only when a person sets
it. Everything else in the file stays as it is.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from anylabeling.config.reading import RawFile, read_config_file
from anylabeling.config.schema import SETTINGS
from anylabeling.config.setting import SettingKind, validate
from anylabeling.errors import ConfigError, StorageError
from anylabeling.translation import tr

_WAIT_FOR_OTHERS_S = 1.0
_lock = threading.Lock()


def save_settings(path: Path, changes: Mapping[str, object]) -> Path | None:
    """Write some settings into the configuration file.

    The file is read again, so that what another window or an editor wrote meanwhile is kept, and replaced in one step.
    A default is not added where the file does not name the setting; a setting that it names gets the new value. When
    nothing changes, nothing is written.

    Args:
        path: The file; a symbolic link stays one. It need not exist, its folder must.
        changes: Values by dotted key.

    Returns:
        Where a file that could not be understood was put aside, or None.

    Raises:
        KeyError: For a key that is no setting.
        ValueError: For a value that does not fit.
        ConfigError: When the file is laid out so that it cannot be changed safely. It is untouched.
        StorageError: When it cannot be written. It is untouched.
    """
    # At start-up nothing is written, and these take a third of the import time of all of the configuration.
    from anylabeling.config.editing import FIRST_LINE, apply_changes
    from anylabeling.utils.atomic_io import write_text_atomic

    checked = {key: validate(SETTINGS[key], value) for key, value in changes.items()}
    with _lock, _folder_lock(path):
        raw_file = read_config_file(path)
        if raw_file.problem:
            needed = _needed(checked, RawFile())
            if not needed:
                return None
            aside = _set_aside(path, raw_file.problem)
            write_text_atomic(path, apply_changes(FIRST_LINE, needed))
            return aside
        needed = _needed(checked, raw_file)
        if needed:
            text = apply_changes(raw_file.text or FIRST_LINE, needed)
            if text != raw_file.text:
                write_text_atomic(path, text)
        return None


def _needed(checked: Mapping[str, Any], raw_file: RawFile) -> dict[str, Any]:
    """Return what the file must be changed in, as it is written there."""
    result = {}
    for key, value in checked.items():
        setting = SETTINGS[key]
        if _is_in(raw_file.tree, key) or value != setting.default:
            # A shortcut is always a list, so that it differs from what the other program of this name dumps.
            result[key] = list(value) if setting.kind is SettingKind.SHORTCUT else value
    return result


def _is_in(tree: Mapping[Any, Any], key: str) -> bool:
    section, _, name = key.rpartition(".")
    inner = tree.get(section) if section else None
    return key in tree or (isinstance(inner, Mapping) and name in inner)


def _set_aside(path: Path, problem: str) -> Path:
    """Copy a file that cannot be understood to a free name beside it."""
    import shutil

    if path.is_dir():
        raise StorageError(
            tr("The settings cannot be saved: {path} is a folder.", path=path),
            hint=tr("Move the folder away, then change them again."),
        )
    for number in range(1, 1000):
        aside = path.with_name(f"{path.name}.broken-{number}")
        try:
            with path.open("rb") as source, aside.open("xb") as target:
                shutil.copyfileobj(source, target)
        except FileExistsError:
            continue
        except OSError as error:
            raise StorageError(
                tr(
                    "The settings cannot be saved: {path} {problem}, and it cannot be put aside.",
                    path=path,
                    problem=problem,
                ),
                hint=tr("Move the file away, then change them again."),
                details=repr(error),
            ) from error
        return aside
    raise ConfigError(
        tr("The settings cannot be saved: {path} {problem}.", path=path, problem=problem),
        hint=tr("Mend the file or move it away."),
    )


@contextlib.contextmanager
def _folder_lock(path: Path) -> Iterator[None]:
    """Keep other processes from writing the file at the same time, where the system can lock a folder.

    Without it the last writer wins. A lock that is not to be had within a second is not waited for any longer.
    """
    handle = _lock_folder(path.parent)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _lock_folder(folder: Path) -> int | None:
    try:
        import fcntl
    except ImportError:
        return None
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    deadline = time.monotonic() + _WAIT_FOR_OTHERS_S
    while _is_held_by_another(fcntl.flock, handle, fcntl.LOCK_EX | fcntl.LOCK_NB) and time.monotonic() < deadline:
        time.sleep(0.01)
    return handle


def _is_held_by_another(lock: Callable[[int, int], None], handle: int, operation: int) -> bool:
    try:
        lock(handle, operation)
    except BlockingIOError:
        return True
    except OSError:
        # A file system without locks.
        return False
    return False
