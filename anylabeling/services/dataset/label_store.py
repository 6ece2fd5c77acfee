"""The label files of a folder of images: find, read, write without treading on anybody's work."""

from __future__ import annotations

import errno
import functools
import itertools
import os
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anylabeling.document.annotation import Annotation
from anylabeling.document.label_file import decode_image_data, parse_annotation, read_label_bytes, write_label_file
from anylabeling.errors import LabelFileError, StorageError
from anylabeling.services.dataset.label_names import LabelNames, Owner
from anylabeling.translation import tr
from anylabeling.utils.file_stamp import FileStamp
from anylabeling.utils.turns import give_way

__all__ = ["FileStamp", "LabelConflictError", "LabelStore", "LoadedLabels", "decode_image_data"]

_PIECE = 8192


class LabelConflictError(StorageError):
    """The label file on disk is not the one that was loaded, or is broken; it was not overwritten.

    Attributes:
        is_gone: There is no such file any more.
        is_broken: It cannot be understood.
    """

    def __init__(self, text: str, *, hint: str = "", is_gone: bool = False, is_broken: bool = False) -> None:
        super().__init__(text, hint=hint)
        self.is_gone = is_gone
        self.is_broken = is_broken


@dataclass(frozen=True, slots=True)
class LoadedLabels:
    """What came of reading the labels of one image.

    Attributes:
        annotation: The content; empty when there is no file or a broken one.
        label_path: The label file, whether it exists or not.
        stamp: State of the file that was read, also of a broken one; None when there is none.
        error: Why the file could not be understood.
        store: What read it.
    """

    annotation: Annotation
    label_path: Path
    stamp: FileStamp | None = None
    error: LabelFileError | None = None
    store: LabelStore | None = None

    @classmethod
    def empty(cls, image_path: str) -> LoadedLabels:
        """Return the labels of an image that has no label file."""
        return cls(Annotation(), Path(image_path).with_suffix(".json"))


SaveListener = Callable[[str, Annotation, FileStamp, Path], object]
"""Called with image, labels, the new stamp and the label file."""


class LabelStore:
    """Reads and writes the label files of images. All methods may be called from any thread.

    Args:
        root: The folder that was opened; sub-folders below it are kept below ``output_dir``.
        output_dir: Folder for all label files, or None for beside the images. It is made at the first save.
        fsync: Wait at each save until the disk has the file.
        on_saved: Told about each label file that was written, on the thread that wrote it; quick, and raises nothing.
    """

    def __init__(
        self,
        *,
        root: Path | None = None,
        output_dir: Path | None = None,
        fsync: bool = True,
        on_saved: SaveListener | None = None,
    ) -> None:
        self._on_saved = on_saved
        self._names = LabelNames(root=root, output_dir=output_dir)
        self._fsync = fsync
        self._root, self._output_dir = root, output_dir
        self._folders: dict[str, str] = {}
        # Two images of one stem that are saved at once must not both find the name free.
        self._locks = tuple(threading.Lock() for _ in range(64))

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how to make another one for the same files, in another process."""
        return functools.partial(LabelStore, root=self._root, output_dir=self._output_dir, fsync=self._fsync), ()

    @property
    def folders(self) -> tuple[str | None, str | None]:
        """The folder that was opened and the one for label files."""
        return str(self._root) if self._root else None, str(self._output_dir) if self._output_dir else None

    def label_path(self, image_path: str) -> Path:
        """Return the label file of an image, whether it exists or not; label_names.py has the rules."""
        try:
            return self._names.label_path(image_path)
        except OSError as error:
            raise _unreachable(image_path, error) from error

    def usual_name(self, image_path: str) -> str:
        """Return what is equal for images that may want one label file; made for many, the disk is not asked."""
        folder, slash, name = image_path.rpartition(os.sep)
        place = self._folders.get(folder)
        if place is None:
            place = self._folders[folder] = self._names.folder(os.path.abspath(folder or slash or "."))[0]  # noqa: PTH100
        return f"{place}{os.sep}{(name.rpartition('.')[0] or name).casefold()}"

    def stamp(self, image_path: str) -> FileStamp | None:
        """Return the present state of an image's label file; None when there is none."""
        return self._stamp(self.label_path(image_path))

    def has_labels(self, image_path: str) -> bool:
        """Return whether an image has a label file that can be reached."""
        try:
            return self._names.label_path(image_path).is_file()
        except OSError:
            return False

    def load(self, image_path: str) -> LoadedLabels:
        """Read the labels of an image. Never raises for what is in a file; see LoadedLabels.error."""
        try:
            # Nearly always it is the first name, and then this is the only time that the file is parsed.
            usual = self._read(self._names.usual_path(image_path))
            path = self._names.label_path(image_path)
            return usual if path == usual.label_path else self._read(path)
        except OSError as error:
            trouble = LabelFileError(
                tr(
                    "The labels of {name} cannot be read: {reason}.",
                    name=Path(image_path).name,
                    reason=error.strerror or error,
                ),
                details=repr(error),
            )
            return LoadedLabels(Annotation(), LoadedLabels.empty(image_path).label_path, error=trouble, store=self)

    def save(
        self,
        image_path: str,
        annotation: Annotation,
        *,
        image_size: tuple[int, int] | None,
        expected: FileStamp | None,
        overwrite: bool = False,
        is_kept: bool = False,
    ) -> FileStamp:
        """Write the labels of an image atomically and return the new file's stamp.

        Args:
            image_path: The image.
            annotation: Its labels.
            image_size: Its width and height in pixels, in the EXIF-rotated frame, or None to keep what was stated.
            expected: The stamp from the last load or save; None when there was no file.
            overwrite: Write although the file has changed since, or is broken. A broken file is first kept aside under
                the next free name of the form ``a.json.broken-1``.
            is_kept: A broken file may go, since the caller has kept it.

        Raises:
            LabelConflictError: When the file on disk is not the expected one or is broken, and ``overwrite`` is False.
            StorageError: When it cannot be written, or nobody may write to it.
        """
        with self._locks[hash(Path(image_path).stem.casefold()) % len(self._locks)]:
            path = self.label_path(image_path)
            present = self._stamp(path)
            if present is not None:
                self._make_way(path, present, expected, overwrite=overwrite, is_kept=is_kept)
            elif expected is not None and not overwrite:
                raise _gone(path)
            self._make_output_folder(path.parent)
            image_name = self._names.image_name(image_path, path)
            write_label_file(path, annotation, image_name=image_name, image_size=image_size, fsync=self._fsync)
            written = self._stamp(path)
            if written is None:
                raise StorageError(tr("{name} disappeared right after it was saved.", name=path.name))
            self._names.remember(path, Owner(written, image_name.replace("\\", "/"), is_broken=False))
        if self._on_saved is not None:
            self._on_saved(image_path, annotation, written, path)
        return written

    def labelled(self, image_paths: Iterable[str]) -> set[str]:
        """Return those images that have a label file.

        Made for many: each folder is listed once, and a label file is opened only where several of the given images
        share a stem or an output folder.
        """
        return set(self.label_files(image_paths))

    def label_files(self, image_paths: Iterable[str]) -> dict[str, str]:
        """Return the label files of those images that have one, by image; made for many, as ``labelled``."""
        by_folder: defaultdict[str, list[str]] = defaultdict(list)
        for image_path in image_paths:
            # dirname and splitext take longer than all the rest for a hundred thousand images.
            by_folder[image_path[: max(image_path.rfind("/"), image_path.rfind(os.sep)) + 1]].append(image_path)
        found: dict[str, str] = {}
        for folder, images in by_folder.items():
            paths = self.label_files_in(folder, [image_path[len(folder) :] for image_path in images])
            found.update((image, path) for image, path in zip(images, paths, strict=True) if path is not None)
        return found

    def label_files_in(self, folder: str, names: Sequence[str]) -> list[str | None]:
        """Return the label file of each image of one folder, or None where it has none; made for many.

        Args:
            folder: The folder of the images, empty for the working directory.
            names: Their file names.
        """
        label_folder, is_shared = self._names.folder(os.path.abspath(folder or "."))  # noqa: PTH100 - keeps links
        labels = _label_stems(label_folder)
        if not labels:
            return [None] * len(names)
        stems = [name.rpartition(".")[0] or name for name in names]
        prefix = label_folder if label_folder.endswith(os.sep) else label_folder + os.sep
        if not is_shared and _are_apart(stems) and labels.isdisjoint(names):
            return [f"{prefix}{stem}.json" if stem in labels else None for stem in stems]
        counts = Counter(stem.casefold() for stem in stems)
        found: list[str | None] = []
        for name, stem in zip(names, stems, strict=True):
            is_usual = stem in labels
            image_path = folder + os.sep + name if folder and not folder.endswith(("/", os.sep)) else folder + name
            if is_usual and not is_shared and counts[stem.casefold()] == 1:
                found.append(f"{prefix}{stem}.json")
            elif (is_usual or name in labels) and self.has_labels(image_path):
                found.append(str(self.label_path(image_path)))
            else:
                found.append(None)
        return found

    def _read(self, path: Path) -> LoadedLabels:
        # The stamp is older than the bytes: a change in between is noticed at the next save.
        stamp = FileStamp.of(path)
        if stamp is None:
            return LoadedLabels(Annotation(), path, store=self)
        try:
            annotation = parse_annotation(read_label_bytes(path), path.name)
        except LabelFileError as error:
            self._names.remember(path, Owner(stamp, "", is_broken=True))
            return LoadedLabels(Annotation(), path, stamp, error, self)
        self._names.remember(path, Owner(stamp, annotation.image_path, is_broken=False))
        return LoadedLabels(annotation, path, stamp, store=self)

    def _make_way(
        self, path: Path, present: FileStamp, expected: FileStamp | None, *, overwrite: bool, is_kept: bool
    ) -> None:
        owner = self._names.owner(path)
        is_broken = owner is not None and owner.is_broken and not is_kept
        if not overwrite:
            if is_broken:
                raise LabelConflictError(
                    tr("{name} cannot be read and was not overwritten.", name=path.name),
                    hint=tr("Replacing it keeps the broken file aside."),
                    is_broken=True,
                )
            if present != expected:
                raise LabelConflictError(
                    tr("{name} has been changed by another program since it was read.", name=path.name),
                    hint=tr("Replace it with your version, or use the version on disk."),
                )
        if _is_read_only(path):
            # An atomic replacement would succeed; somebody who takes the right to write away does not want that.
            raise StorageError(
                tr("{name} is read-only.", name=path.name),
                hint=tr("Allow writing to it, or save elsewhere."),
                details=str(path),
            )
        if is_broken:
            _keep_aside(path)

    def _make_output_folder(self, folder: Path) -> None:
        # Beside the images nothing is made: a folder that is gone there was taken away by somebody.
        if self._names.output_dir is None:
            return
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                tr("The folder {folder} could not be made: {reason}.", folder=folder, reason=error.strerror or error),
                hint=tr("Choose another output folder."),
                details=repr(error),
            ) from error

    def _stamp(self, path: Path) -> FileStamp | None:
        try:
            return FileStamp.of(path)
        except OSError as error:
            raise _unreachable(str(path), error) from error


def _are_apart(stems: Sequence[str]) -> bool:
    """Whether no two differ in case only, or not at all."""
    seen: set[str] = set()
    for start in range(0, len(stems), _PIECE):
        give_way()
        seen.update(map(str.casefold, stems[start : start + _PIECE]))
    return len(seen) == len(stems)


def _label_stems(folder: str) -> set[str]:
    """Return the names of the JSON files in a folder, without the ending; none when it cannot be listed."""
    try:
        return {name[:-5] for name in os.listdir(folder) if name.endswith(".json")}  # noqa: PTH208 - many names
    except OSError:
        return set()


def _keep_aside(path: Path) -> None:
    """Copy a broken file to the next free name of the form ``a.json.broken-1``."""
    numbered = (path.with_name(f"{path.name}.broken-{number}") for number in itertools.count(1))
    try:
        data = path.read_bytes()
        with next(copy for copy in numbered if not os.path.lexists(copy)).open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise StorageError(
            tr(
                "The broken {name} could not be kept aside, so it was not replaced: {reason}.",
                name=path.name,
                reason=error.strerror or error,
            ),
            hint=tr("Check that {parent} is writable and has space.", parent=path.parent),
            details=repr(error),
        ) from error


def _is_read_only(path: Path) -> bool:
    try:
        return not path.stat().st_mode & 0o222
    except OSError:
        return False


def _gone(path: Path) -> StorageError:
    if not path.parent.is_dir():  # a drive that is away comes back with the very file
        return StorageError(
            tr("{name} could not be saved: {reason}.", name=path.name, reason=os.strerror(errno.ENOENT)),
            hint=tr("Check that {parent} exists, is writable and has space.", parent=path.parent),
            details=str(path),
        )
    return LabelConflictError(
        tr("{name} has been deleted or renamed since it was read.", name=path.name),
        hint=tr("Write it anew, or give the labels up."),
        is_gone=True,
    )


def _unreachable(path: str, error: OSError) -> StorageError:
    return StorageError(
        tr("The labels of {name} cannot be reached: {reason}.", name=Path(path).name, reason=error.strerror or error),
        hint=tr("Check that the folder is there and that you may use it."),
        details=repr(error),
    )
