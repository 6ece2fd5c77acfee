"""Change the labels in all label files of a folder as one operation that can be finished, stopped and taken back.

Each file is replaced atomically, after its content has gone to the journal. A file that somebody changes meanwhile is
read again; one that somebody has changed since is never taken back.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from anylabeling.document.label_file import read_label_bytes
from anylabeling.errors import LabelFileError, StorageError
from anylabeling.messages.labels import FolderSummary, InterruptedChange, LabelChange
from anylabeling.messages.progress import ItemFailure, Progress
from anylabeling.services.dataset import folder_journal as journals
from anylabeling.services.dataset.folder_journal import FolderJournal, JournalError, Replaced, digest
from anylabeling.services.dataset.label_changes import changed_bytes
from anylabeling.translation import tr
from anylabeling.utils import paths
from anylabeling.utils.atomic_io import write_bytes_atomic
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.file_stamp import FileStamp

ResultT = TypeVar("ResultT")

_CHUNK_FILES = 64
_CHUNK_BYTES = 16 << 20
_PROGRESS_S = 0.1


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A label file that was replaced.

    Attributes:
        image: The image.
        before: State of the file that was replaced.
        after: State of the file that is there now.
        shapes: Objects that are concerned.
    """

    image: str
    before: FileStamp
    after: FileStamp
    shapes: int


@dataclass(frozen=True, slots=True)
class Watcher:
    """What the caller wants to know and to say while files are changed; called on the working thread.

    Attributes:
        cancel: Stops it between two files.
        on_progress: Called with a Progress about ten times a second.
        on_changed: Called with each ChangedFile.
        defer: Asked for each image; when it says yes, the file is left for a later round.
    """

    cancel: CancelToken = field(default_factory=CancelToken)
    on_progress: Callable[[Progress], object] = lambda _progress: None
    on_changed: Callable[[ChangedFile], object] = lambda _file: None
    defer: Callable[[str], bool] = lambda _image: False


@dataclass(frozen=True, slots=True)
class _Prepared:
    image: str
    path: Path
    stamp: FileStamp
    before: bytes
    after: bytes
    shapes: int


class FolderChange:
    """One operation over the label files of a folder.

    Rounds may run on different threads, but not two at a time. Each round returns the images that were put off.
    """

    def __init__(self, journal: FolderJournal) -> None:
        self._journal = journal
        self._files = self._shapes = self._looked_at = 0
        self._failed: list[ItemFailure] = []
        self._cancelled = False
        self._total = 0
        self._told_s = 0.0

    @classmethod
    def begin(
        cls, change: LabelChange, root: str, label_files: Mapping[str, str], *, parent: Path | None = None
    ) -> FolderChange:
        """Write down what is going to be done.

        Args:
            change: What happens to the labels.
            root: The folder of images.
            label_files: The label files by image; images without one are not to be in it.
            parent: Folder of all journals; the person's own when None.

        Raises:
            StorageError: When that cannot be written. Nothing has been changed then.
        """
        folder = parent or operations_dir()
        journals.prune(folder)
        return cls(FolderJournal.create(folder, change, root, label_files))

    @classmethod
    def open(cls, operation_id: str, *, parent: Path | None = None) -> FolderChange | None:
        """Return an operation that was begun before, or None when it is gone or in use elsewhere."""
        journal = FolderJournal.open((parent or operations_dir()) / operation_id)
        return cls(journal) if journal is not None else None

    @property
    def id(self) -> str:
        """The operation's name among all."""
        return self._journal.id

    @property
    def change(self) -> LabelChange:
        """What happens to the labels."""
        return self._journal.change

    @property
    def state(self) -> str:
        """How far it has come; see folder_journal."""
        return self._journal.state

    def label_files(self) -> dict[str, str]:
        """Return the label files by image, as they were when the operation began."""
        return self._journal.plan()

    def replaced_images(self) -> list[str]:
        """Return the images whose label files it has replaced, each once."""
        return list(dict.fromkeys(one.image for one in self._journal.replaced()))

    def start_round(self, state: str, total: int) -> None:
        """Begin to count; ``state`` is RUNNING or UNDOING.

        Raises:
            StorageError: When the state cannot be written down.
        """
        self._files = self._shapes = self._looked_at = 0
        self._failed, self._cancelled, self._total = [], False, total
        self._journal.set_state(state)

    def run(self, label_files: Mapping[str, str], watcher: Watcher) -> list[str]:
        """Change files; those that are as wanted already are left alone, so that it can be called again.

        Args:
            label_files: The label files by image.
            watcher: Who is told.

        Returns:
            Images that were put off.

        Raises:
            StorageError: When the journal cannot be written. What is done by then stays and is in the journal.
        """
        deferred: list[str] = []
        waiting: list[_Prepared] = []
        for image, label_path in label_files.items():
            if watcher.cancel.cancelled:
                self._cancelled = True
                break
            if watcher.defer(image):
                deferred.append(image)
                continue
            prepared = self._guarded(label_path, partial(self._prepare, image, Path(label_path)))
            if prepared is None:
                self._through(watcher)
                continue
            waiting.append(prepared)
            if len(waiting) >= _CHUNK_FILES or sum(len(one.before) for one in waiting) > _CHUNK_BYTES:
                self._replace(waiting, watcher, deferred)
                waiting = []
        self._replace(waiting, watcher, deferred)
        return deferred

    def undo(self, watcher: Watcher, images: Collection[str] | None = None) -> list[str]:
        """Put back what was there before, except where a file has been changed since.

        Args:
            watcher: Who is told.
            images: Only these; all when None.

        Returns:
            Images that were put off.
        """
        deferred: list[str] = []
        # A file that changed under the operation's hands is in the journal twice; the last record counts.
        last = {one.label_path: number for number, one in enumerate(self._journal.replaced())}
        for number, one in enumerate(self._journal.replaced()):
            if last[one.label_path] != number or (images is not None and one.image not in images):
                continue
            if watcher.cancel.cancelled:
                self._cancelled = True
                break
            if watcher.defer(one.image):
                deferred.append(one.image)
                continue
            restored = self._guarded(one.label_path, partial(self._restore, one))
            if restored is not None:
                watcher.on_changed(restored)
            self._through(watcher)
        return deferred

    def fail(self, image: str, reason: str) -> None:
        """Note an image that is left as it is."""
        self._failed.append(ItemFailure(image, reason))

    def finish(self) -> FolderSummary:
        """Say what came of the rounds, and write down that they are over."""
        undoing = self._journal.state == journals.UNDOING
        over = journals.UNDONE if undoing else journals.DONE
        state = journals.STOPPED if self._cancelled else over
        if self._files and hasattr(os, "sync"):
            # The files were not synced one by one; from here on the journal is no longer there to mend them.
            os.sync()
        self._journal.set_state(state)
        return FolderSummary(
            self._journal.change.name,
            self._looked_at,
            self._files,
            self._shapes,
            tuple(self._failed),
            self._cancelled,
            undoing,
        )

    def tidy(self) -> None:
        """Remove the half-written copies that a killed process left beside its label files."""
        names: dict[Path, set[str]] = {}
        for label_path in self._journal.plan().values():
            path = Path(label_path)
            names.setdefault(path.parent, set()).add(path.name)
        for folder, labels in names.items():
            with contextlib.suppress(OSError):
                for entry in folder.iterdir():
                    # As utils/atomic_io.py names them: a dot, the name, eight characters.
                    is_copy = entry.name.startswith(".") and entry.name.endswith(".tmp")
                    if is_copy and entry.name[1:].rsplit(".", 2)[0] in labels:
                        entry.unlink()

    def close(self) -> None:
        """Let other processes have the journal."""
        self._journal.close()

    def forget(self) -> None:
        """Remove the journal; the operation cannot be taken back any more."""
        self._journal.remove()

    def _prepare(self, image: str, path: Path) -> _Prepared | None:
        stamp = FileStamp.of(path)
        if stamp is None:
            return None
        before = read_label_bytes(path)
        result = changed_bytes(before, path.name, self._journal.change)
        if result is None:
            return None
        _check_writable(path)
        return _Prepared(image, path, stamp, before, *result)

    def _replace(self, prepared: Iterable[_Prepared], watcher: Watcher, deferred: list[str]) -> None:
        listed = [one for one in prepared if not self._is_deferred(one, watcher, deferred)]
        if not listed:
            return
        self._journal.append(_record(one) for one in listed)
        for one in listed:
            # Asked again: keeping what was there may have taken a while, and somebody may have opened the image.
            if self._is_deferred(one, watcher, deferred):
                continue
            changed = self._guarded(str(one.path), partial(self._write, one))
            if changed is not None:
                watcher.on_changed(changed)
            self._through(watcher)

    def _is_deferred(self, one: _Prepared, watcher: Watcher, deferred: list[str]) -> bool:
        if not watcher.defer(one.image):
            return False
        deferred.append(one.image)
        return True

    def _write(self, one: _Prepared) -> ChangedFile | None:
        if FileStamp.of(one.path) != one.stamp:
            again = self._prepare(one.image, one.path)
            if again is None:
                return None
            self._journal.append([_record(again)])
            if FileStamp.of(again.path) != again.stamp:
                raise StorageError(tr("{name} is being changed by another program.", name=one.path.name))
            one = again
        write_bytes_atomic(one.path, one.after, fsync=False)
        return self._changed(one.image, one.path, one.stamp, one.shapes)

    def _restore(self, one: Replaced) -> ChangedFile | None:
        path = Path(one.label_path)
        stamp = FileStamp.of(path)
        if stamp is None:
            raise StorageError(tr("{name} has been deleted or renamed since.", name=path.name))
        present = read_label_bytes(path)
        if present == one.before:
            return None
        # An empty file is what a power cut makes of one that was not synced.
        if digest(present) != one.after_digest and present:
            raise StorageError(tr("{name} has been changed since.", name=path.name))
        _check_writable(path)
        if FileStamp.of(path) != stamp:
            raise StorageError(tr("{name} is being changed by another program.", name=path.name))
        write_bytes_atomic(path, one.before, fsync=False)
        return self._changed(one.image, path, stamp, one.shapes)

    def _changed(self, image: str, path: Path, before: FileStamp, shapes: int) -> ChangedFile:
        after = FileStamp.of(path)
        if after is None:
            raise StorageError(tr("{name} disappeared right after it was saved.", name=path.name))
        self._files += 1
        self._shapes += shapes
        return ChangedFile(image, before, after, shapes)

    def _guarded(self, label_path: str, work: Callable[[], ResultT | None]) -> ResultT | None:
        """Call a function; what goes wrong with one file is noted, and the others go on."""
        try:
            return work()
        except (LabelFileError, StorageError) as error:
            if isinstance(error, JournalError):
                raise
            self.fail(label_path, error.user_text)
        except OSError as error:
            self.fail(label_path, f"{Path(label_path).name}: {error.strerror or error}.")
        return None

    def _through(self, watcher: Watcher) -> None:
        self._looked_at += 1
        now = time.monotonic()
        if now - self._told_s >= _PROGRESS_S:
            self._told_s = now
            watcher.on_progress(Progress(self._looked_at, self._total or None, len(self._failed)))


def operations_dir() -> Path:
    """Return the folder in which the journals of this person are kept; it may not exist yet."""
    return paths.data_dir() / "label_operations"


def interrupted_changes(parent: Path | None = None) -> list[InterruptedChange]:
    """Return the operations that a process was in the middle of when it ended, oldest first."""
    found = []
    for journal in journals.interrupted(parent or operations_dir()):
        done = sum(map(_is_replaced, {one.label_path: one for one in journal.replaced()}.values()))
        found.append(
            InterruptedChange(
                journal.id,
                journal.change.name,
                journal.root,
                done,
                len(journal.plan()),
                journal.state == journals.UNDOING,
            )  # fmt: skip
        )
        journal.close()
    return found


def _is_replaced(one: Replaced) -> bool:
    try:
        return digest(Path(one.label_path).read_bytes()) == one.after_digest
    except OSError:
        return False


def _record(one: _Prepared) -> Replaced:
    return Replaced(one.image, str(one.path), one.before, digest(one.after), one.shapes)


def _check_writable(path: Path) -> None:
    # An atomic replacement would succeed; somebody who takes the right to write away does not want that.
    if not path.stat().st_mode & 0o222:
        raise StorageError(tr("{name} is read-only.", name=path.name))
