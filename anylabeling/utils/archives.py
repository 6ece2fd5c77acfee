"""Unpack archives that come from anywhere."""

from __future__ import annotations

import shutil
import stat
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from anylabeling.errors import StorageError
from anylabeling.translation import tr

_BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class UnpackLimits:
    """What an archive may hold.

    Attributes:
        max_bytes: Bytes of all files together, as they really come out.
        max_files: Number of files.
    """

    max_bytes: int = 16 << 30
    max_files: int = 2000


class ArchiveError(StorageError):
    """An archive is damaged or holds something that it should not."""


def unpack_zip(archive: Path, target: Path, *, limits: UnpackLimits | None = None) -> None:
    """Unpack a zip file into a folder that does not exist yet.

    The files go to a temporary folder beside the target, which then takes its name: the target has all of them or does
    not exist. Paths that lead outside, absolute paths, links and devices are refused, and so is an archive whose files
    are larger than it says or than the limits allow.

    Raises:
        ArchiveError: When the archive is refused or damaged.
        StorageError: When the disk does not take it.
    """
    allowed = limits or UnpackLimits()
    try:
        with zipfile.ZipFile(archive) as source:
            members = [info for info in source.infolist() if not info.is_dir()]
            _check(archive.name, members, allowed)
            workspace = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
            try:
                _extract(source, members, workspace, allowed, archive.name)
                workspace.replace(target)
            except BaseException:
                shutil.rmtree(workspace, ignore_errors=True)
                raise
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise ArchiveError(tr("{name} is damaged or no zip file.", name=archive.name), details=repr(error)) from error
    except OSError as error:
        raise StorageError(
            tr("{name} could not be unpacked: {reason}.", name=archive.name, reason=error.strerror or error),
            hint=tr("Check that {parent} is writable and has space.", parent=target.parent),
            details=repr(error),
        ) from error


def _check(name: str, members: list[zipfile.ZipInfo], limits: UnpackLimits) -> None:
    if len(members) > limits.max_files:
        raise ArchiveError(tr("{name} holds {count:,} files, more than a model has.", name=name, count=len(members)))
    if sum(info.file_size for info in members) > limits.max_bytes:
        size_gb = limits.max_bytes / 2**30
        raise ArchiveError(tr("{name} would take more than {size_gb:.1f} GB.", name=name, size_gb=size_gb))
    for info in members:
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in info.filename or not path.parts:
            raise ArchiveError(tr("{name} wants to write outside its folder: {path!r}.", name=name, path=info.filename))
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in (0, stat.S_IFREG):
            raise ArchiveError(tr("{name} holds a link or a device: {path!r}.", name=name, path=info.filename))


def _extract(
    source: zipfile.ZipFile, members: list[zipfile.ZipInfo], folder: Path, limits: UnpackLimits, name: str
) -> None:
    written = 0
    for info in members:
        path = folder.joinpath(*PurePosixPath(info.filename.replace("\\", "/")).parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        with source.open(info) as stream, path.open("xb") as out:
            size = 0
            while block := stream.read(_BLOCK_BYTES):
                size += len(block)
                written += len(block)
                if size > info.file_size or written > limits.max_bytes:
                    raise ArchiveError(tr("{path} in {name} is larger than it says.", path=info.filename, name=name))
                out.write(block)
