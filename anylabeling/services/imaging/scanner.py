"""List the pictures of a folder, fast and in natural order."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet

from anylabeling.accel import natural_sorted, scan_batches
from anylabeling.codecs import IMAGE_SUFFIXES
from anylabeling.errors import ScanError
from anylabeling.translation import tr
from anylabeling.utils.cancellation import CancelToken

logger = logging.getLogger(__name__)

_CHUNK_PATHS = 2000
_SCAN_THREADS = 4


def scan_folder(
    folder: str | os.PathLike[str],
    *,
    recursive: bool = True,
    suffixes: AbstractSet[str] = IMAGE_SUFFIXES,
    cancel: CancelToken | None = None,
    on_chunk: Callable[[list[str]], object] | None = None,
    on_skip: Callable[[str, OSError], object] | None = None,
) -> list[str]:
    """Return the paths of all pictures in a folder.

    Files are told by their suffix alone and none is opened. Files and folders whose name begins with a dot are left
    out. Links to folders are followed unless they lead back into the folder or to one that was already visited.

    Args:
        folder: Where to look; the paths returned begin with it.
        recursive: Whether to look into sub-folders.
        suffixes: Lower-case endings with their dot.
        cancel: Stops the scan.
        on_chunk: Called on this thread with lists of at most 2,000 paths as they are found; the lists one after the
            other are the result, so that a window can show the first ones at once.
        on_skip: Called on this thread with a sub-folder that cannot be listed, and why; it is logged in any case.

    Returns:
        Paths in natural order, folder by folder: a folder stands among the files by its name.

    Raises:
        ScanError: When the folder itself is missing, not a folder, or unreadable.
        Cancelled: When ``cancel`` was used.
    """
    root = os.fspath(folder)
    if cancel is not None:
        cancel.raise_if_cancelled()
    batch_paths = None if on_chunk is None else _CHUNK_PATHS
    try:
        compiled = scan_batches(
            root,
            suffixes=suffixes,
            recursive=recursive,
            threads=_SCAN_THREADS,
            on_cancel=None if cancel is None else cancel.on_cancel,
            batch_paths=batch_paths,
        )
        if compiled is None:
            walk = _Walk(root, recursive=recursive, suffixes=suffixes, cancel=cancel, on_skip=on_skip)
            batches = walk.files(walk.list_folder(root))
        else:
            batches = _reporting_skips(compiled, on_skip)
    except OSError as error:
        raise _unreadable(root, error) from error
    return _gather(batches, cancel, on_chunk)


def _gather(
    batches: Iterator[list[str]], cancel: CancelToken | None, on_chunk: Callable[[list[str]], object] | None
) -> list[str]:
    paths: list[str] = []
    announced = 0
    for batch in batches:
        paths += batch
        while on_chunk is not None and len(paths) - announced >= _CHUNK_PATHS:
            on_chunk(paths[announced : announced + _CHUNK_PATHS])
            announced += _CHUNK_PATHS
            if cancel is not None:
                cancel.raise_if_cancelled()
    if cancel is not None:
        cancel.raise_if_cancelled()
    if on_chunk is not None and announced < len(paths):
        on_chunk(paths[announced:])
    return paths


def _reporting_skips(
    batches: Iterator[tuple[list[str], list[tuple[str, OSError]]]], on_skip: Callable[[str, OSError], object] | None
) -> Iterator[list[str]]:
    for paths, skipped in batches:
        for folder, error in skipped:
            _report_skip(folder, error, on_skip)
        yield paths


def _report_skip(folder: str, error: OSError, on_skip: Callable[[str, OSError], object] | None) -> None:
    logger.warning("Skipped the folder %s: %s", folder, error.strerror or error)
    if on_skip is not None:
        on_skip(folder, error)


class _Walk:
    """One walk over a tree, with what it has visited."""

    def __init__(
        self,
        root: str,
        *,
        recursive: bool,
        suffixes: AbstractSet[str],
        cancel: CancelToken | None,
        on_skip: Callable[[str, OSError], object] | None,
    ) -> None:
        self._real_root = os.path.realpath(root)
        self._recursive = recursive
        self._suffixes = suffixes
        self._cancel = cancel
        self._on_skip = on_skip
        self._visited: set[tuple[int, int]] = set()

    def check(self) -> None:
        if self._cancel is not None:
            self._cancel.raise_if_cancelled()

    def files(self, listing: list[str]) -> Iterator[list[str]]:
        """Yield the files of a listing and of all folders in it; sub-folders are marked by a trailing separator."""
        # A stack, not recursion: a tree may be deeper than Python's limit.
        stack = [listing]
        while stack:
            current = stack.pop()
            end = next((index for index, path in enumerate(current) if path.endswith(os.sep)), len(current))
            if end:
                yield current[:end]
            if end == len(current):
                continue
            if end + 1 < len(current):
                stack.append(current[end + 1 :])
            sub_folder = current[end][: -len(os.sep)]
            try:
                stack.append(self.list_folder(sub_folder))
            except OSError as error:
                _report_skip(sub_folder, error, self._on_skip)

    def list_folder(self, folder: str) -> list[str]:
        """Return the pictures and, with a trailing separator, the sub-folders of one folder, in natural order."""
        self.check()
        status = os.stat(folder)  # noqa: PTH116
        identity = (status.st_dev, status.st_ino)
        if identity in self._visited:
            return []
        self._visited.add(identity)
        suffixes, recursive = self._suffixes, self._recursive
        names: list[str] = []
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if name[0] == ".":
                    continue
                dot = name.rfind(".")
                if dot > 0 and name[dot:].lower() in suffixes and _is_file(entry):
                    names.append(name)
                elif recursive and _is_folder(entry) and not self._leads_back(entry):
                    names.append(name + os.sep)
        prefix = folder if folder.endswith(os.sep) else folder + os.sep
        return [prefix + name for name in natural_sorted(names)]

    def _leads_back(self, entry: os.DirEntry[str]) -> bool:
        if not entry.is_symlink():
            return False
        target = os.path.realpath(entry.path)
        inside = os.path.commonpath((target, self._real_root)) if target[:1] == self._real_root[:1] else ""
        return inside in (target, self._real_root)


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link that leads to itself
        return False


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _unreadable(folder: str, error: OSError) -> ScanError:
    name = os.path.basename(os.path.normpath(folder)) or folder  # noqa: PTH119
    if isinstance(error, FileNotFoundError):
        return ScanError(
            tr("The folder {name} does not exist.", name=name),
            hint=tr("It may have been moved or deleted."),
            details=repr(error),
        )
    if isinstance(error, NotADirectoryError):
        return ScanError(tr("{name} is not a folder.", name=name), details=repr(error))
    if isinstance(error, PermissionError):
        return ScanError(
            tr("The folder {name} may not be read.", name=name),
            hint=tr("Check the permissions of the folder."),
            details=repr(error),
        )
    return ScanError(
        tr("The folder {name} cannot be listed: {reason}.", name=name, reason=error.strerror or error),
        details=repr(error),
    )
