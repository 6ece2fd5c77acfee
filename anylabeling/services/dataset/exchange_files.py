"""Names, parts and pictures of an exported data set."""

from __future__ import annotations

import contextlib
import io
import math
import os
import random
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from anylabeling.codecs.other import pillow_image, require_heic
from anylabeling.document.formats.base import stem_of
from anylabeling.errors import ImageError, StorageError, UsageError
from anylabeling.messages.datasets import ImageMode
from anylabeling.translation import tr
from anylabeling.utils.atomic_io import write_bytes_atomic
from anylabeling.utils.leftovers import half_name

_QUALITY = 95
_UNWRITABLE = dict.fromkeys([*range(32), 127, *range(0xD800, 0xE000)], "_")


def unique_names(names: Sequence[str]) -> tuple[list[str], int]:
    """Return names of which no two are equal without their ending, in any case; and how many were changed.

    What no file of a data set can hold goes as well: bytes that are no text, and ends of lines.
    """
    taken: set[str] = set()
    result = []
    changed = 0
    # Those that keep their name come first, so that a number never takes the name of another one.
    plain = [name.translate(_UNWRITABLE) for name in names]
    usual = {stem_of(name).casefold() for name in plain}
    for given, name in zip(names, plain, strict=True):
        stem, own, number = stem_of(name), name, 1
        while stem_of(own).casefold() in taken or (number > 1 and stem_of(own).casefold() in usual):
            number += 1
            own = f"{stem}-{number}{name[len(stem) :]}"
        taken.add(stem_of(own).casefold())
        changed += own != given
        result.append(own)
    return result, changed


def parts_of(splits: Sequence[tuple[str, int]], seed: int) -> Iterator[str]:
    """Yield the part of one image after the other, so that the shares hold for any number of them."""
    if not splits:
        while True:
            yield ""
    divisor = math.gcd(*(share for _, share in splits))
    block = [name for name, share in splits for _ in range(share // divisor)]
    chance = random.Random(seed)  # noqa: S311 - it divides images
    while True:
        chance.shuffle(block)
        yield from block


def check_splits(splits: Sequence[tuple[str, int]]) -> None:
    """Raise UsageError unless the shares make sense."""
    names = [name for name, _ in splits]
    if any(share <= 0 or share > 1_000_000 for _, share in splits) or len(set(names)) != len(names):
        raise UsageError(
            tr("The parts of the data set make no sense."),
            hint=tr("Give shares such as train:80,val:20, each above 0 and once."),
        )
    if any(name not in ("train", "val", "test") for name in names):
        raise UsageError(tr("The parts of a data set are train, val and test."))


def check_target(target: Path, *, overwrite: bool) -> None:
    """Make the folder of a data set.

    Raises:
        UsageError: When it is a file, or holds something and may not be written into.
        StorageError: When it cannot be made.
    """
    if target.exists() and not target.is_dir():
        raise UsageError(tr("{name} is not a folder.", name=target.name))
    try:
        target.mkdir(parents=True, exist_ok=True)
        is_empty = not any(not entry.name.startswith(".") for entry in target.iterdir())
    except OSError as error:
        raise StorageError(
            tr("The folder {folder} could not be made: {reason}.", folder=target, reason=error.strerror or error),
            details=repr(error),
        ) from error
    if not is_empty and not overwrite:
        raise UsageError(
            tr("The folder {name} is not empty.", name=target.name),
            hint=tr("Choose an empty one, or allow to write into it; its class numbers then stay."),
        )


def put_picture(source: Path, target: Path, mode: ImageMode, *, upright: bool) -> None:
    """Copy or link a picture, complete or not at all.

    Args:
        source: The picture.
        target: Its new place; what is there is replaced, unless it is the picture itself.
        mode: Copy or link.
        upright: Write the pixels as they are shown. Such a picture is never linked.

    Raises:
        StorageError: When it cannot be written.
        ImageError: When it has to be turned and cannot be read.
    """
    try:
        if mode is ImageMode.LINK and not upright and _linked_anew(source, target):
            return
        if _is_same(source, target):
            return
        if upright:
            target.parent.mkdir(parents=True, exist_ok=True)
            write_bytes_atomic(target, _upright(source), fsync=False)
            return
        try:
            _put(source, target, mode)
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
            _put(source, target, mode)
    except OSError as error:
        raise StorageError(
            tr("{name} could not be saved: {reason}.", name=target.name, reason=error.strerror or error),
            hint=tr("Check that {parent} exists, is writable and has space.", parent=target.parent),
            details=repr(error),
        ) from error


def write_file(target: Path, data: bytes) -> None:
    """Write a file of a data set; its folder is made.

    Raises:
        StorageError: When it cannot be written.
    """
    try:
        # Looked at once for each file: all but the first find the folder there.
        if not os.path.isdir(target.parent):  # noqa: PTH112 - half the time of Path.is_dir
            target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            tr(
                "The folder {folder} could not be made: {reason}.", folder=target.parent, reason=error.strerror or error
            ),
            details=repr(error),
        ) from error
    write_bytes_atomic(target, data, fsync=False)


def _linked_anew(source: Path, target: Path) -> bool:
    """Link a picture where nothing is yet, which is one call to the system; return whether that was so."""
    try:
        try:
            _link_new(source, target)
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
            _link_new(source, target)
    except FileExistsError:
        return False
    return True


def _is_same(source: Path, target: Path) -> bool:
    try:
        there = os.stat(target)  # noqa: PTH116 - half the time of Path.stat, for each of many
    except OSError:
        return False
    return os.path.samestat(there, os.stat(source))  # noqa: PTH116, PTH121 - as above


def _put(source: Path, target: Path, mode: ImageMode) -> None:
    half = target.with_name(half_name(target.name[:100], "part"))
    try:
        if mode is ImageMode.LINK:
            _link(source, half)
        else:
            shutil.copy2(source, half)
        half.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)
        raise


def _link(source: Path, target: Path) -> None:
    try:
        _link_new(source, target)
    except FileExistsError:  # left behind by a kill
        target.unlink()
        _link_new(source, target)


def _link_new(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except (FileNotFoundError, FileExistsError):
        raise
    except OSError:
        target.symlink_to(source.absolute())


def _upright(path: Path) -> bytes:
    """Return a picture with its pixels as they are shown, in its own format."""
    pillow = pillow_image()
    from PIL import ImageOps

    if path.suffix.lower() in (".heic", ".heif", ".hif"):
        require_heic(path.name)
    try:
        with pillow.open(path) as image:
            turned = ImageOps.exif_transpose(image)
            kind = image.format
            options = {"quality": _QUALITY, "subsampling": 0} if kind == "JPEG" else {}
            if image.info.get("icc_profile"):
                options["icc_profile"] = image.info["icc_profile"]
            stream = io.BytesIO()
            turned.save(stream, kind, **options)
    except Exception as error:  # noqa: BLE001 - Pillow's plug-ins raise what they please
        raise ImageError(
            tr("{name} is stored turned and could not be written upright.", name=path.name), details=repr(error)
        ) from error
    return stream.getvalue()
