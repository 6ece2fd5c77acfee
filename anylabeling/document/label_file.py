"""Label files: JSON beside the image that AnyLabeling, labelme and X-AnyLabeling read and write too."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path

from anylabeling.document.annotation import Annotation
from anylabeling.document.label_reader import parse_annotation
from anylabeling.document.label_writer import encode_annotation
from anylabeling.errors import LabelFileError
from anylabeling.translation import tr
from anylabeling.utils.atomic_io import write_bytes_atomic

__all__ = [
    "MAX_FILE_BYTES",
    "decode_image_data",
    "encode_annotation",
    "parse_annotation",
    "read_label_file",
    "write_label_file",
]

MAX_FILE_BYTES = 1 << 30
"""A file beyond this is no label file, even with a large picture embedded."""


def read_label_file(path: Path) -> Annotation:
    """Return the annotation that a label file holds.

    Raises:
        LabelFileError: When it cannot be opened or understood. It is never changed.
    """
    return parse_annotation(read_label_bytes(path), path.name)


def read_label_bytes(path: Path) -> bytes:
    """Return the content of a label file of a sane size.

    Raises:
        LabelFileError: When it cannot be opened or is larger than MAX_FILE_BYTES.
    """
    try:
        size_bytes = path.stat().st_size
        if size_bytes > MAX_FILE_BYTES:
            raise LabelFileError(
                tr(
                    "{name} cannot be read: {size_bytes:,.0f} MB is too much for a label file.",
                    name=path.name,
                    size_bytes=size_bytes / 1000000.0,
                ),
                hint=tr("The file is left as it is."),
            )
        return path.read_bytes()
    except OSError as error:
        raise LabelFileError(
            tr("{name} cannot be read: {reason}.", name=path.name, reason=error.strerror or error),
            hint=tr("Check that {path} exists and that you may read it.", path=path),
            details=repr(error),
        ) from error


def write_label_file(
    path: Path,
    annotation: Annotation,
    *,
    image_name: str,
    image_size: tuple[int, int] | None,
    fsync: bool = True,
) -> None:
    """Write an annotation atomically: a reader sees the old file or the new one.

    Args:
        path: The label file; its folder must exist.
        annotation: What to write.
        image_name: The picture's path as seen from the label file's folder, with forward slashes.
        image_size: The picture's width and height in pixels, in the EXIF-rotated frame, or None to keep what the
            annotation states.
        fsync: Wait until the disk has it.

    Raises:
        StorageError: When it cannot be written. The old file is untouched.
    """
    data = encode_annotation(annotation, image_name=image_name, image_size=image_size)
    write_bytes_atomic(path, data, fsync=fsync)


def decode_image_data(annotation: Annotation) -> bytes | None:
    """Return the picture that is embedded in a label file as the bytes of an image file; None when there is none."""
    text = annotation.image_data
    if not text:
        return None
    if text.startswith("data:"):
        text = text.partition(",")[2]
    try:
        # Line breaks are what some encoders add; anything else that is not base64 is no picture.
        return base64.b64decode("".join(text.split()), validate=True) or None
    except (binascii.Error, ValueError):
        return None


def with_image(annotation: Annotation, image_path: str) -> Annotation:
    """Return the annotation with a copy of the picture's file inside; one that is there is kept.

    A picture that cannot be read is left out: the labels are worth more than the copy.
    """
    if annotation.image_data:
        return annotation
    try:
        data = Path(image_path).read_bytes()
    except OSError:
        return annotation
    return annotation.with_changes(image_data=base64.b64encode(data).decode("ascii"))
