"""Labels that are in no label file yet, kept so that a killed program loses none of them.

Each running program has a folder of its own below the journal's, with a lock that ends with the process. A file in it
holds the labels of one image: a line of JSON that says which image and which label file, then the label file's content.
What lies in a folder whose lock is free was left behind.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import shutil
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from anylabeling.document.annotation import Annotation
from anylabeling.document.label_file import encode_annotation, parse_annotation
from anylabeling.errors import AppError, LabelFileError, StorageError
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.translation import tr
from anylabeling.utils.atomic_io import write_parts_atomic
from anylabeling.utils.file_lock import lock_file
from anylabeling.utils.file_stamp import FileStamp

_log = logging.getLogger(__name__)
_LOCK_NAME = "lock"
_SUFFIX = ".labels"


@dataclass(frozen=True, slots=True)
class Unsaved:
    """Labels of one image that were not saved.

    Attributes:
        image: The image file.
        annotation: Its labels, without a picture embedded in them.
        image_size: Width and height in pixels, in the EXIF-rotated frame.
        stamp: The state of the label file that they were made from; None when there was none.
        root: The folder of images that was open; None when none was.
        output_dir: The folder for label files; None for beside the images.
        time_s: When they were kept, in seconds since the epoch.
        picture: State of the image file that they were made on; None when that is not known.
    """

    image: str
    annotation: Annotation
    image_size: tuple[int, int]
    stamp: FileStamp | None
    root: str | None = None
    output_dir: str | None = None
    time_s: float = 0.0
    picture: FileStamp | None = None

    def store(self) -> LabelStore:
        """Return the label store that they belong to."""
        return LabelStore(
            root=Path(self.root) if self.root else None, output_dir=Path(self.output_dir) if self.output_dir else None
        )


class PictureChangedError(StorageError):
    """The picture is not the one that labels were made on; they were not written."""


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """Unsaved labels of a program that has ended, and the file that keeps them."""

    unsaved: Unsaved
    kept_in: Path


class EditJournal:
    """The unsaved labels of this process. Any thread may use it.

    Args:
        folder: Folder of all journals; made when something has to be kept.
    """

    def __init__(self, folder: Path) -> None:
        self._parent = folder
        self._lock = threading.Lock()
        self._own: Path | None = None
        self._own_lock: BinaryIO | None = None

    def keep(self, unsaved: Unsaved) -> None:
        """Keep the labels of an image in place of what was kept for it before.

        The disk is not waited for: this guards against the end of the process, saving against that of the machine.

        Raises:
            StorageError: When they cannot be written.
        """
        facts = {
            "image": unsaved.image,
            "size": unsaved.image_size,
            "stamp": None if unsaved.stamp is None else _fields(unsaved.stamp),
            "root": unsaved.root,
            "output_dir": unsaved.output_dir,
            "time": unsaved.time_s or time.time(),
            "picture": None if unsaved.picture is None else _fields(unsaved.picture),
        }
        # An embedded picture may be a hundred megabytes, and it is in the label file already.
        labels = encode_annotation(
            replace(unsaved.annotation, image_data=None), image_name=unsaved.image, image_size=unsaved.image_size
        )
        with self._lock:
            path = self._folder() / _name(unsaved.image)
            write_parts_atomic(path, (json.dumps(facts).encode("ascii"), b"\n", labels), fsync=False)

    def forget(self, image: str) -> None:
        """Keep the labels of an image no longer: they are saved or given up."""
        with self._lock:
            if self._own is not None:
                with contextlib.suppress(OSError):
                    (self._own / _name(image)).unlink(missing_ok=True)

    def close(self, *, discard: bool = False) -> None:
        """End this process's journal. What is kept in it is found by the next program, unless it is discarded."""
        with self._lock:
            if self._own is None or self._own_lock is None:
                return
            if discard or not any(self._own.glob(f"*{_SUFFIX}")):
                shutil.rmtree(self._own, ignore_errors=True)
            self._own_lock.close()
            self._own = self._own_lock = None

    def left_behind(self) -> list[LeftBehind]:
        """Return what programs that ended without saving have left, oldest first; of one image the newest only."""
        newest: dict[str, LeftBehind] = {}
        for path in self._files_left():
            found = _read(path)
            if found is None:
                continue
            known = newest.get(found.image)
            if known is None or known.unsaved.time_s <= found.time_s:
                newest[found.image] = LeftBehind(found, path)
        return sorted(newest.values(), key=lambda one: one.unsaved.time_s)

    def restore(
        self, found: Sequence[LeftBehind], *, overwrite: bool = False, any_picture: bool = False
    ) -> tuple[list[LeftBehind], list[tuple[LeftBehind, AppError]]]:
        """Write labels that were left behind into their label files; see ``write_back``.

        Returns:
            What is restored, which the journal keeps no longer, and what is not with the reason, which stays.
        """
        done: list[LeftBehind] = []
        failed: list[tuple[LeftBehind, AppError]] = []
        for left in found:
            error = _tried(left, overwrite=overwrite, any_picture=any_picture)
            if error is None:
                done.append(left)
            else:
                failed.append((left, error))
        self.discard(done)
        return done, failed

    def discard(self, found: Iterable[LeftBehind]) -> None:
        """Forget what was left behind, older versions of the same images too."""
        names = {left.kept_in.name for left in found}
        for path in self._files_left():
            if path.name in names:
                with contextlib.suppress(OSError):
                    path.unlink()
        for folder in {path.parent for path in self._parent.glob(f"*/{_LOCK_NAME}")}:
            self._remove_if_empty(folder)

    def _folder(self) -> Path:
        if self._own is None or not self._own.is_dir():
            folder = self._parent / f"{time.strftime('%Y%m%d-%H%M%S')}-{os.urandom(4).hex()}"
            try:
                folder.mkdir(parents=True)
                self._own_lock = lock_file(folder / _LOCK_NAME)
            except OSError as error:
                raise StorageError(
                    tr("Unsaved labels cannot be kept on disk: {reason}.", reason=error.strerror or error),
                    hint=tr("Check that {parent} is writable and has space, or save.", parent=self._parent),
                    details=repr(error),
                ) from error
            self._own = folder
        return self._own

    def _files_left(self) -> Iterator[Path]:
        try:
            folders = sorted(entry for entry in self._parent.iterdir() if entry.is_dir())
        except OSError:
            return
        for folder in folders:
            if folder == self._own:
                continue
            try:
                lock = lock_file(folder / _LOCK_NAME)
            except OSError:
                continue
            if lock is None:  # that program is running
                continue
            with lock:
                yield from sorted(folder.glob(f"*{_SUFFIX}"))

    def _remove_if_empty(self, folder: Path) -> None:
        if folder == self._own or any(folder.glob(f"*{_SUFFIX}")):
            return
        with contextlib.suppress(OSError):
            lock = lock_file(folder / _LOCK_NAME)
            if lock is not None:
                with lock:
                    shutil.rmtree(folder, ignore_errors=True)


def write_back(left: LeftBehind, *, overwrite: bool = False, any_picture: bool = False) -> None:
    """Write labels that were left behind into their label file.

    Raises:
        LabelConflictError: When that file has changed since, and ``overwrite`` is False.
        PictureChangedError: When the image has, and ``any_picture`` is False.
        StorageError: When it cannot be written, or the image is gone.
    """
    unsaved = left.unsaved
    picture = FileStamp.of(Path(unsaved.image)) if Path(unsaved.image).is_file() else None
    if picture is None:
        raise StorageError(
            tr("{name} is not there any more.", name=Path(unsaved.image).name),
            hint=tr("Its labels are kept; put the image back, or give them up."),
            details=f"{unsaved.image}\n{left.kept_in}",
        )
    if unsaved.picture is not None and not picture.same_content_as(unsaved.picture) and not any_picture:
        raise PictureChangedError(
            tr("{name} is another file than the one that the labels were made for.", name=Path(unsaved.image).name),
            hint=tr("Restore the labels all the same, or give them up."),
            details=f"{unsaved.image}\n{left.kept_in}",
        )
    store, annotation = unsaved.store(), unsaved.annotation
    embedded = store.load(unsaved.image).annotation.image_data
    if embedded is not None:
        annotation = replace(annotation, image_data=embedded)
    store.save(unsaved.image, annotation, image_size=unsaved.image_size, expected=unsaved.stamp, overwrite=overwrite)


def _tried(left: LeftBehind, *, overwrite: bool, any_picture: bool) -> AppError | None:
    try:
        write_back(left, overwrite=overwrite, any_picture=any_picture)
    except AppError as error:
        return error
    return None


def _fields(stamp: FileStamp) -> list[int]:
    return [stamp.mtime_ns, stamp.size_bytes, stamp.inode]


def _stamp(fields: list[int] | None) -> FileStamp | None:
    return None if fields is None else FileStamp(*(int(field) for field in fields))


def _name(image: str) -> str:
    return hashlib.blake2b(os.fsencode(image), digest_size=16).hexdigest() + _SUFFIX


def _read(path: Path) -> Unsaved | None:
    try:
        head, _, labels = path.read_bytes().partition(b"\n")
        facts = json.loads(head)
        width, height = facts["size"]
        return Unsaved(
            image=str(facts["image"]),
            annotation=parse_annotation(labels, path.name),
            image_size=(int(width), int(height)),
            stamp=_stamp(facts["stamp"]),
            root=facts["root"],
            output_dir=facts["output_dir"],
            time_s=float(facts["time"]),
            picture=_stamp(facts.get("picture")),
        )
    except (OSError, ValueError, KeyError, TypeError, LabelFileError) as error:
        _log.warning("%s holds no labels that can be read: %r", path, error)
        return None
