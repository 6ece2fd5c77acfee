"""Find the pictures in a file of CVAT, which may be large: each as the bytes that say what is on it.

A file for images has an ``image`` for each picture, one for videos a ``track`` for each object, with an element for
each frame that it is on.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from anylabeling.document.formats.reading import MAX_JSON_BYTES, broken, read_bytes
from anylabeling.document.formats.xml_tree import Element, XmlError, parse_xml, run_parser, safe_parser
from anylabeling.translation import tr

_MOST_DEPTH = 64
_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*?encoding=[\"']([A-Za-z0-9._-]+)[\"'][^>]*\?>")
_ROOT = re.compile(rb"<annotations[\s>]")
_HEAD_BYTES = 4096

Piece = tuple[Mapping[str, str] | None, bytes]
"""A part of a file of CVAT as XML, with the attributes of the track that it is of."""


@dataclass(slots=True)
class Scan:
    """What a file of CVAT holds.

    Attributes:
        labels: The elements that describe labels.
        frame_size: Width and height of the frames of a video, or None.
        frame_count: How many pictures the task has, or 0.
        images: The attributes of each picture, and its whole element as XML.
        frames: By number, what is on the frames of a video: the attributes of a track, and its element there as XML.
    """

    labels: list[Element] = field(default_factory=list)
    frame_size: tuple[int, int] | None = None
    frame_count: int = 0
    images: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    frames: dict[int, list[Piece]] = field(default_factory=dict)


def scan_file(path: Path) -> Iterator[tuple[str, Scan]]:
    """Yield the name and content of each file of CVAT in a file: of itself, or of those in a zip.

    Raises:
        LabelFileError: When it cannot be understood.
    """
    found = zipped_files(path) if path.suffix.lower() == ".zip" else [(path.name, read_bytes(path, MAX_JSON_BYTES))]
    for name, data in found:
        yield name, _scan(name, data)


def parse_piece(data: bytes, *, keep_spaces: bool = False) -> Element:
    """Return the element that a piece of a file begins with; words and comments may stand behind it.

    Raises:
        XmlError: When it is none.
    """
    return parse_xml(b"<piece>" + data + b"</piece>", keep_spaces=keep_spaces).children[0]


def begins_like_cvat(path: Path) -> bool:
    """Say whether a file is CVAT's by its first bytes; of a zip by those of the XML files in it."""
    try:
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive:
                return any(_is_ours(archive, member) for member in _members(archive))
        with path.open("rb") as stream:
            return _ROOT.search(stream.read(_HEAD_BYTES).replace(b"\0", b"")) is not None
    except (OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zipfile.BadZipFile):
        return False


def zipped_files(path: Path) -> list[tuple[str, bytes]]:
    """Return the files of CVAT in a zip; nothing is unpacked.

    Raises:
        LabelFileError: When it is damaged, or one of them is absurdly large.
    """
    found = []
    try:
        with zipfile.ZipFile(path) as archive:
            for member in _members(archive):
                if not _is_ours(archive, member):
                    continue
                # A member may hold more than it says: what comes out counts.
                with archive.open(member) as stream:
                    data = stream.read(MAX_JSON_BYTES + 1)
                if len(data) > MAX_JSON_BYTES:
                    raise broken(path.name, tr("it is larger than {size:,} MB", size=MAX_JSON_BYTES >> 20))
                found.append((f"{path.name}/{member.filename}", data))
    except OSError as error:
        raise broken(path.name, error.strerror or error, repr(error)) from error
    except (ValueError, RuntimeError, NotImplementedError, EOFError, zipfile.BadZipFile) as error:
        raise broken(path.name, tr("{name} is damaged or no zip file.", name=path.name), repr(error)) from error
    return found


def _members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [info for info in archive.infolist() if info.filename.lower().endswith(".xml") and not info.is_dir()]


def _is_ours(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    with archive.open(member) as stream:
        return _ROOT.search(stream.read(_HEAD_BYTES).replace(b"\0", b"")) is not None


def _as_utf8(data: bytes) -> bytes:
    """Return a text in UTF-8, in which parts of it can be read by themselves."""
    declared = _DECLARATION.match(data)
    encoding = declared.group(1).decode("ascii") if declared is not None else "utf-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding, declared = "utf-16", None
    if encoding.lower() in ("utf-8", "utf8", "us-ascii", "ascii"):
        return data
    try:
        text = data[declared.end() if declared is not None else 0 :].decode(encoding)
    except (LookupError, UnicodeError, ValueError) as error:
        raise XmlError(f"its encoding is not known: {error}") from error
    return re.sub(r"^\s*<\?xml.*?\?>", "", text, count=1, flags=re.DOTALL).encode("utf-8", "replace")


class _Scanner:
    """Takes a text apart. The end of an element is known when the next one begins or another one ends."""

    def __init__(self, data: bytes) -> None:
        self.scan = Scan()
        self._data = data
        self._parser = safe_parser()
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end
        self._depth = 0
        self._begin = -1
        self._current: tuple[str, dict[str, str]] = ("", {})
        self._track: dict[str, str] = {}
        self._is_over = False

    def run(self) -> Scan:
        """Return what is in it."""
        run_parser(self._parser, self._data)
        return self.scan

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._close()
        self._depth += 1
        if self._depth > _MOST_DEPTH:
            raise XmlError("it has too many elements")
        if self._depth == 1 and name != "annotations":
            raise XmlError("it is no file of CVAT")
        if self._depth == 2 and name == "track":
            self._track = attributes
        elif (self._depth == 2 and name in ("image", "meta")) or (self._depth == 3 and self._track):
            self._begin, self._current = self._parser.CurrentByteIndex, (name, attributes)

    def _end(self, name: str) -> None:
        self._close()
        if self._begin >= 0 and self._depth == (3 if self._track else 2):
            self._is_over = True
        elif self._depth == 2 and name == "track":
            self._track = {}
        self._depth -= 1

    def _close(self) -> None:
        """Take the element that is over, up to where the parser is now."""
        if not self._is_over:
            return
        piece = self._data[self._begin : self._parser.CurrentByteIndex]
        (name, attributes), self._begin, self._is_over = self._current, -1, False
        if name == "meta":
            _read_meta(parse_piece(piece), self.scan)
        elif name == "image":
            self.scan.images.append((attributes, piece))
        else:
            self._add_to_frame(attributes, piece)

    def _add_to_frame(self, attributes: dict[str, str], piece: bytes) -> None:
        frame = attributes.get("frame", "")
        if attributes.get("outside") == "1" or not (frame.isascii() and frame.isdigit() and len(frame) < 10):
            return
        # Of a track there is one, however many frames it is on.
        self.scan.frames.setdefault(int(frame), []).append((self._track, piece))


def _scan(name: str, data: bytes) -> Scan:
    try:
        return _Scanner(_as_utf8(data)).run()
    except XmlError as error:
        raise broken(name, error) from error


def _read_meta(meta: Element, scan: Scan) -> None:
    for child in meta.children:
        if child.name == "labels":
            scan.labels += child.all("label")
        elif child.name == "original_size":
            sides = child.value("width"), child.value("height")
            if all(side.isascii() and side.isdigit() and 0 < len(side) < 8 for side in sides):
                scan.frame_size = int(sides[0]), int(sides[1])
        elif child.name == "size" and child.text.isascii() and child.text.isdigit() and len(child.text) < 10:
            scan.frame_count = int(child.text)
        elif child.name in ("task", "project", "job", "tasks"):
            _read_meta(child, scan)
