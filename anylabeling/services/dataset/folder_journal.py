"""What a change of a whole folder leaves behind, so that it can be finished or taken back, also after a kill.

Each operation has a folder of its own: ``operation.json`` says what it is and how far it came, ``plan`` names its label
files, ``before`` holds the content of each file that it replaces, written and synced before the file itself.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import struct
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from anylabeling.errors import StorageError
from anylabeling.messages.labels import LabelChange
from anylabeling.utils.atomic_io import write_bytes_atomic
from anylabeling.utils.file_lock import lock_file


class JournalError(StorageError):
    """What is about to be replaced could not be kept, so nothing may be replaced."""


RUNNING, DONE, UNDOING, UNDONE, STOPPED = "running", "done", "undoing", "undone", "stopped"

_HEAD = struct.Struct("<4sIIIQ16s16sI")
_MAGIC = b"ALJ1"
_LOCK = "lock"
_KEPT_OPERATIONS = 20
_KEPT_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class Replaced:
    """A label file that an operation replaces.

    Attributes:
        image: The image.
        label_path: Its label file.
        before: The whole content before.
        after_digest: What ``digest`` returns for the content after.
        shapes: Objects that are concerned.
    """

    image: str
    label_path: str
    before: bytes
    after_digest: bytes
    shapes: int


def digest(data: bytes) -> bytes:
    """Return 16 bytes that tell contents apart."""
    return hashlib.blake2b(data, digest_size=16).digest()


class FolderJournal:
    """The record of one operation. One thread at a time uses it.

    Attributes:
        folder: Where it is kept.
        change: What is done to the labels.
        root: The folder of images.
        state: One of RUNNING, DONE, UNDOING, UNDONE, STOPPED.
    """

    def __init__(self, folder: Path, change: LabelChange, root: str, state: str, lock: BinaryIO) -> None:
        self.folder = folder
        self.change = change
        self.root = root
        self.state = state
        self._lock = lock
        self._stream: BinaryIO | None = None

    @property
    def id(self) -> str:
        """The operation's name among all."""
        return self.folder.name

    @classmethod
    def create(cls, parent: Path, change: LabelChange, root: str, label_files: Mapping[str, str]) -> FolderJournal:
        """Begin the record of an operation.

        Args:
            parent: The folder of all operations; it is made.
            change: What is going to be done.
            root: The folder of images.
            label_files: The label files by image.

        Raises:
            JournalError: When it cannot be written; nothing may be changed then.
        """
        folder = parent / f"{time.strftime('%Y%m%d-%H%M%S')}-{os.urandom(4).hex()}"
        try:
            folder.mkdir(parents=True)
            lock = lock_file(folder / _LOCK)
            assert lock is not None  # nobody else knows this folder
            plan = b"\0".join(os.fsencode(part) for pair in label_files.items() for part in pair)
            (folder / "plan").write_bytes(plan)
        except OSError as error:
            raise _failed(folder, error) from error
        journal = cls(folder, change, root, RUNNING, lock)
        journal.set_state(RUNNING)
        return journal

    @classmethod
    def open(cls, folder: Path) -> FolderJournal | None:
        """Return the record in a folder; None when another process uses it or it makes no sense."""
        lock = None
        try:
            facts = json.loads((folder / "operation.json").read_text(encoding="utf-8"))
            only = facts.get("only")
            change = LabelChange(
                dict(facts["renames"]),
                frozenset(facts["deletes"]),
                str(facts["name"]),
                dict(facts.get("kinds", {})),
                {int(group): new for group, new in facts.get("groups", {}).items()},
                None if only is None else frozenset(only),
            )
            root, state = str(facts["root"]), str(facts["state"])
            lock = lock_file(folder / _LOCK)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return cls(folder, change, root, state, lock) if lock is not None else None

    def set_state(self, state: str) -> None:
        """Write down how far it has come.

        Raises:
            StorageError: When it cannot be written.
        """
        self.state = state
        facts: dict[str, Any] = {
            "name": self.change.name,
            "renames": dict(self.change.renames),
            "deletes": sorted(self.change.deletes),
            "kinds": dict(self.change.kinds),
            "groups": {str(group): new for group, new in self.change.groups.items()},
            "only": None if self.change.only is None else sorted(self.change.only),
            "root": self.root,
            "state": state,
        }
        write_bytes_atomic(self.folder / "operation.json", json.dumps(facts, indent=2).encode("ascii"))

    def plan(self) -> dict[str, str]:
        """Return the label files by image, as they were when the operation began."""
        try:
            parts = (self.folder / "plan").read_bytes().split(b"\0")
        except OSError:
            return {}
        names = [os.fsdecode(part) for part in parts]
        return dict(zip(names[::2], names[1::2], strict=False))

    def append(self, replaced: Iterable[Replaced]) -> None:
        """Keep what is about to be replaced; when this returns, the disk has it.

        Raises:
            JournalError: When it cannot be written; the files must not be replaced then.
        """
        try:
            if self._stream is None:
                self._stream = (self.folder / "before").open("ab")
            for one in replaced:
                self._stream.write(_packed(one))
            self._stream.flush()
            os.fsync(self._stream.fileno())
        except OSError as error:
            raise _failed(self.folder, error) from error

    def replaced(self) -> Iterator[Replaced]:
        """Yield what was kept, in order; a half record at the end, of which no file was written, is left out."""
        try:
            stream = (self.folder / "before").open("rb")
        except OSError:
            return
        with stream:
            while (one := _unpacked(stream)) is not None:
                yield one

    def close(self) -> None:
        """Let others use it."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None
        self._lock.close()

    def remove(self) -> None:
        """Forget the operation; it cannot be undone any more."""
        self.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def prune(parent: Path) -> None:
    """Forget the oldest operations that are over where there are too many or they are too large."""
    kept_bytes = 0
    for number, folder in enumerate(sorted(_folders(parent), reverse=True)):
        kept_bytes += sum(entry.stat().st_size for entry in folder.iterdir() if entry.is_file())
        if number and (number >= _KEPT_OPERATIONS or kept_bytes > _KEPT_BYTES):
            journal = FolderJournal.open(folder)
            if journal is not None and journal.state not in (RUNNING, UNDOING):
                journal.remove()
            elif journal is not None:
                journal.close()


def interrupted(parent: Path) -> list[FolderJournal]:
    """Return the operations that a process was in the middle of when it ended, oldest first, ready for use."""
    found = []
    for folder in sorted(_folders(parent)):
        journal = FolderJournal.open(folder)
        if journal is None:
            continue
        if journal.state in (RUNNING, UNDOING):
            found.append(journal)
        else:
            journal.close()
    return found


def _folders(parent: Path) -> list[Path]:
    try:
        return [entry for entry in parent.iterdir() if entry.is_dir()]
    except OSError:
        return []


def _packed(one: Replaced) -> bytes:
    image, label_path = os.fsencode(one.image), os.fsencode(one.label_path)
    body = image + label_path + zlib.compress(one.before, 1)
    head = _HEAD.pack(
        _MAGIC, len(image), len(label_path), one.shapes, len(body), digest(one.before), one.after_digest,
        zlib.crc32(body),
    )  # fmt: skip
    return head + body


def _unpacked(stream: BinaryIO) -> Replaced | None:
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    magic, image_length, path_length, shapes, length, before_digest, after_digest, checksum = _HEAD.unpack(head)
    if magic != _MAGIC:
        return None
    body = stream.read(length)
    if len(body) < length or zlib.crc32(body) != checksum:
        return None
    before = zlib.decompress(body[image_length + path_length :])
    if digest(before) != before_digest:
        return None
    image, path = body[:image_length], body[image_length : image_length + path_length]
    return Replaced(os.fsdecode(image), os.fsdecode(path), before, after_digest, shapes)


def _failed(folder: Path, error: OSError) -> JournalError:
    return JournalError(
        f"The change was not made, since what it replaces could not be kept: {error.strerror or error}.",
        hint=f"Check that {folder.parent} is writable and has space.",
        details=repr(error),
    )
