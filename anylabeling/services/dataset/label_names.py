"""Which label file belongs to which image.

As in the peers, the label file of ``a.jpg`` is ``a.json`` beside it; with an output folder the sub-folders below the
root are kept, so that equal names in two sub-folders do not meet. One rule is added, for ``a.jpg`` and ``a.png`` in one
folder: ``a.json`` belongs to the image that its ``imagePath`` names, and the other one uses ``a.png.json``. Images from
different folders that share one flat output folder are told apart in the same way, at last by a hash of their path.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections import OrderedDict
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from anylabeling.codecs import IMAGE_SUFFIXES
from anylabeling.document.label_file import parse_annotation, read_label_bytes
from anylabeling.errors import LabelFileError
from anylabeling.utils.file_stamp import FileStamp

_REMEMBERED = 20_000


class Owner(NamedTuple):
    """What a label file on disk says about itself.

    Attributes:
        stamp: The file's state when it said so.
        image_path: The picture as the file names it, with forward slashes; empty when it does not.
        is_broken: The file cannot be understood.
    """

    stamp: FileStamp
    image_path: str
    is_broken: bool


class LabelNames:
    """Finds label files; all methods may be called from any thread."""

    def __init__(self, *, root: Path | None, output_dir: Path | None) -> None:
        self._root = _absolute(root)
        self._output_dir = _absolute(output_dir)
        self._lock = threading.Lock()
        self._owners: OrderedDict[Path, Owner] = OrderedDict()
        self._latest = threading.local()

    @property
    def output_dir(self) -> Path | None:
        """The folder of all label files, or None for beside the images."""
        return self._output_dir

    def folder(self, image_folder: str) -> tuple[str, bool]:
        """Return the folder of the labels of an image folder, and whether other image folders may share it."""
        if self._output_dir is None:
            return image_folder, False
        if self._root is not None:
            below = os.path.relpath(image_folder, self._root) if _same_drive(image_folder, self._root) else ".."
            if below.split(os.sep, 1)[0] != "..":
                return os.path.normpath(self._output_dir / below), False
        return str(self._output_dir), True

    def usual_path(self, image_path: str) -> Path:
        """Return the label file that an image uses unless another image has it."""
        image, folder, _ = self._places(image_path)
        return folder / f"{image.stem}.json"

    def label_path(self, image_path: str) -> Path:
        """Return the label file of an image, whether it exists or not.

        Raises:
            OSError: When the file system does not tell.
        """
        image, folder, is_shared = self._places(image_path)
        first = folder / f"{image.stem}.json"
        owner = self.owner(first)
        if owner is not None and _names(owner, image, folder, is_shared):
            return first
        others = [folder / f"{image.name}.json"]
        if is_shared:
            digest = hashlib.blake2b(os.fsencode(image.parent), digest_size=4).hexdigest()
            others.append(folder / f"{image.name}.{digest}.json")
        found = [(path, self.owner(path)) for path in others]
        for path, other in found:
            if other is not None and _names(other, image, folder, is_shared):
                return path
        if owner is None or _may_claim(owner, image, folder):
            return first
        return next((path for path, other in found if other is None), others[-1])

    def _places(self, image_path: str) -> tuple[Path, Path, bool]:
        # Reading and writing the labels of an image asks three times in a row, for each of thousands of images.
        latest: tuple[str, tuple[Path, Path, bool]] | None = getattr(self._latest, "places", None)
        if latest is not None and latest[0] == image_path:
            return latest[1]
        image = Path(os.path.abspath(image_path))  # noqa: PTH100 - resolve() would follow links to another folder
        folder, is_shared = self.folder(str(image.parent))
        places = image, Path(folder), is_shared
        if os.path.isabs(image_path):  # noqa: PTH117 - it is a string
            self._latest.places = image_path, places
        return places

    def image_name(self, image_path: str, label_path: Path) -> str:
        """Return the image's path as seen from the label file's folder, with forward slashes."""
        image = Path(os.path.abspath(image_path))  # noqa: PTH100 - see _places
        if image.parent == label_path.parent:
            return image.name
        if not _same_drive(image, label_path):
            return image.as_posix()
        return Path(os.path.relpath(image, label_path.parent)).as_posix()

    def owner(self, label_path: Path) -> Owner | None:
        """Return what a label file says about itself, or None when there is no such file."""
        stamp = FileStamp.of(label_path)
        if stamp is None:
            return None
        with self._lock:
            known = self._owners.get(label_path)
        if known is not None and known.stamp == stamp:
            return known
        try:
            image_path, is_broken = parse_annotation(read_label_bytes(label_path), label_path.name).image_path, False
        except LabelFileError:
            image_path, is_broken = "", True
        return self.remember(label_path, Owner(stamp, image_path, is_broken))

    def remember(self, label_path: Path, owner: Owner) -> Owner:
        """Note what a label file says, so that it need not be read again while its stamp stays."""
        with self._lock:
            self._owners[label_path] = owner
            self._owners.move_to_end(label_path)
            if len(self._owners) > _REMEMBERED:
                self._owners.popitem(last=False)
        return owner


def _names(owner: Owner, image: Path, folder: Path, is_shared: bool) -> bool:
    """Return whether a label file names this image and no other."""
    if PurePosixPath(owner.image_path).name != image.name:
        return False
    # Elsewhere only the name counts: data sets are copied and moved together with their label files.
    return not is_shared or not _is_another(folder / owner.image_path, image)


def _may_claim(owner: Owner, image: Path, folder: Path) -> bool:
    """Return whether an image may use the label file of its stem although that names another picture.

    Pictures are renamed and converted while their label files stay, so the stem counts unless the other picture is
    still there. A broken file is nobody's and everybody's: nobody may write over it unasked.
    """
    if owner.is_broken:
        return True
    named = PurePosixPath(owner.image_path)
    # The second case: "a.png.json" is the second choice of a.png, and the first one of a.png.jpg.
    if image.stem.casefold() in (named.stem.casefold(), named.name.casefold()):
        return not (_is_another(image.parent / named.name, image) or _is_another(folder / owner.image_path, image))
    siblings = {suffix for low in IMAGE_SUFFIXES for suffix in (low, low.upper())} - {image.suffix}
    before = sorted(suffix for suffix in siblings if suffix < image.suffix)
    return not any(_is_another(image.with_suffix(suffix), image) for suffix in before)


def _is_another(candidate: Path, image: Path) -> bool:
    """Return whether a file exists and is not this image."""
    try:
        return candidate.is_file() and not (image.exists() and candidate.samefile(image))
    except OSError:
        return False


def _same_drive(first: str | Path, second: str | Path) -> bool:
    return os.path.splitdrive(first)[0].casefold() == os.path.splitdrive(second)[0].casefold()


def _absolute(path: Path | None) -> Path | None:
    return None if path is None else Path(os.path.abspath(path))  # noqa: PTH100 - see _places
