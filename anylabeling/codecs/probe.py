"""Size and orientation of a picture from its first bytes."""

from __future__ import annotations

import io
import os
from pathlib import Path

from anylabeling.codecs.dicom import dicom_size, is_dicom
from anylabeling.codecs.exif import read_tiff_directory
from anylabeling.codecs.jpeg import JpegHeader, read_jpeg_header
from anylabeling.codecs.other import pillow_image, require_heic
from anylabeling.codecs.png import SIGNATURE as PNG_SIGNATURE
from anylabeling.codecs.png import PngHeader, read_png_header
from anylabeling.codecs.source import ByteSource
from anylabeling.codecs.types import ImageHeader, make_header
from anylabeling.errors import ImageError
from anylabeling.translation import tr

_MAGIC = (
    (b"\xff\xd8\xff", "jpeg"),
    (PNG_SIGNATURE, "png"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "jp2"),
    (b"\xffO\xffQ", "jp2"),
)
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_ORIENTATION_TAG = 0x0112


def probe(path: str | os.PathLike[str]) -> ImageHeader:
    """Read size, orientation and format of a picture without decoding it.

    Raises:
        ImageError: When the file is missing, unreadable, empty, truncated within its header, or not a picture.
    """
    try:
        with Path(path).open("rb", buffering=0) as file:
            source = ByteSource.open_file(file)
            return probe_source(source, Path(path).name)
    except OSError as error:
        raise unreadable(path, error) from error


def probe_bytes(data: bytes, name: str) -> ImageHeader:
    """Like probe, for the whole content of a file; ``name`` is used in messages."""
    return probe_source(ByteSource(data), name)


def probe_source(source: ByteSource, name: str) -> ImageHeader:
    """Like probe, for a source of bytes."""
    image_format = sniff(source.head, name)
    if image_format == "jpeg":
        return jpeg_image_header(read_jpeg_header(source, name))
    if image_format == "png":
        return png_image_header(read_png_header(source, name))
    if image_format == "tiff":
        directory = read_tiff_directory(source)
        if directory and directory.width and directory.height:
            return make_header("tiff", directory.width, directory.height, directory.orientation)
    if image_format == "dicom":
        file = io.BytesIO(source.head) if source.is_complete else source.rewound_file()
        return make_header("dicom", *dicom_size(file, name), 1)
    return _probe_with_pillow(source, name, image_format)


def sniff(head: bytes, name: str) -> str:
    """Return the format by the first bytes; "" where only the decoders can tell.

    Raises:
        ImageError: When there are no bytes at all.
    """
    if not head:
        raise ImageError(tr("{name} is empty.", name=name), hint=tr("Copy the file again."))
    for magic, image_format in _MAGIC:
        if head.startswith(magic):
            return image_format
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:12] in (b"ftypavif", b"ftypavis"):
        return "avif"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return "heic"
    if head[:1] == b"P" and head[1:2] in b"123456f" and head[2:3].isspace():
        return "pnm"
    return "dicom" if is_dicom(head, name) else ""


def jpeg_image_header(header: JpegHeader) -> ImageHeader:
    """Bring a JPEG header to the common form."""
    return make_header("jpeg", header.width, header.height, header.orientation)


def png_image_header(header: PngHeader) -> ImageHeader:
    """Bring a PNG header to the common form."""
    return make_header("png", header.width, header.height, header.orientation)


def unreadable(path: str | os.PathLike[str], error: OSError) -> ImageError:
    """Build the error for a file that the system does not let us read."""
    name = Path(path).name or str(path)
    if isinstance(error, FileNotFoundError):
        sentence = tr("{name} does not exist.", name=name)
        hint = tr("It may have been moved or deleted.")
    elif isinstance(error, IsADirectoryError) or Path(path).is_dir():
        sentence, hint = tr("{name} is a folder, not a picture.", name=name), ""
    elif isinstance(error, PermissionError):
        sentence = tr("{name} may not be read.", name=name)
        hint = tr("Check the permissions of the file.")
    else:
        reason = error.strerror or str(error)
        sentence, hint = tr("{name} cannot be read: {reason}.", name=name, reason=reason), ""
    return ImageError(sentence, hint=hint, details=f"{path}: {error!r}")


def _probe_with_pillow(source: ByteSource, name: str, image_format: str) -> ImageHeader:
    image_module = pillow_image()
    if image_format == "heic":
        require_heic(name)
    try:
        with image_module.open(io.BytesIO(source.head) if source.is_complete else source.rewound_file()) as image:
            width, height = image.size
            found_format = image_format or str(image.format).lower()
            # Pillow turns TIFF files by itself, size included.
            orientation = 1 if image.format == "TIFF" else image.getexif().get(_ORIENTATION_TAG, 1)
    except Exception as error:  # noqa: BLE001 - Pillow's plug-ins raise what they please on damaged data
        if image_format:
            raise ImageError(
                tr("{name} is damaged and cannot be shown.", name=name),
                hint=tr("Copy the file again."),
                details=repr(error),
            ) from error
        raise ImageError(
            tr("{name} is not a picture that can be read here.", name=name),
            hint=tr("The content decides, not the file name."),
            details=repr(error),
        ) from error
    if orientation not in range(1, 9):
        orientation = 1
    return make_header(found_format, width, height, orientation)
