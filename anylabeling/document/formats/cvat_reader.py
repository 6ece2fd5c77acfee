"""Reads CVAT's own XML, for images and for videos; a shape that makes no sense is left out, and the others are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.base import DatasetReader, Entry
from anylabeling.document.formats.cvat_elements import CHECKBOX, NUMBER, TEXT
from anylabeling.document.formats.cvat_scan import Scan, begins_like_cvat, parse_piece, scan_file
from anylabeling.document.formats.cvat_shapes import AttributeKinds, ShapeReader
from anylabeling.document.formats.notes import Notes
from anylabeling.document.formats.reading import FolderIndex, broken, picture_inside, safe_name, whole
from anylabeling.document.formats.xml_tree import Element, XmlError
from anylabeling.translation import tr

TAG_KIND = "kind"
"""The attribute by which a tag that this program wrote says what it was: a word that describes the image, or a flag."""

_SPLITS = {"train": "train", "training": "train", "val": "val", "valid": "val", "validation": "val", "test": "test"}
_INPUTS = {"checkbox": CHECKBOX, "number": NUMBER}
_FRAME_ENDINGS = (".png", ".jpg")


class CvatReader(DatasetReader):
    """Reads a file, all files of a folder that are CVAT's, or those in a zip, out of which no picture is taken."""

    def __init__(self, source: Path) -> None:
        super().__init__(source)
        self._files = [source] if source.is_file() else cvat_files(source)
        self._kinds: list[AttributeKinds] = []
        if not self._files:
            raise broken(source.name, tr("there is no file of CVAT in it"))

    def entries(self) -> Sequence[Entry]:
        """Return the images, and the frames of videos that have something on them."""
        found: list[Entry] = []
        index = FolderIndex()
        is_one = False
        for path in self._files:
            for _, scan in scan_file(path):
                is_one = True
                self._kinds.append(_attribute_kinds(scan.labels))
                found += self._images(scan, len(self._kinds) - 1, index)
                found += self._frames(scan, len(self._kinds) - 1, index)
        if not is_one:
            raise broken(self.source.name, tr("there is no file of CVAT in it"))
        return found

    def read(self, entry: Entry, size: tuple[int, int], notes: Notes) -> Annotation:
        """Return the labels of an image."""
        number, pieces = entry.data
        reader = ShapeReader(self._kinds[number], notes)
        flags: dict[str, bool] = {}
        words: list[str] = []
        for track, piece in pieces:
            try:
                element = parse_piece(piece, keep_spaces=True)
            except XmlError as error:
                raise broken(entry.name, error) from error
            for child in element.children if track is None else (element,):
                if child.name == "tag":
                    self._read_tag(child, flags, words, notes)
                else:
                    reader.add(child, track)
        return Annotation(shapes=reader.shapes(), flags=flags, tags=tuple(dict.fromkeys(words)))

    def _read_tag(self, element: Element, flags: dict[str, bool], words: list[str], notes: Notes) -> None:
        label = element.attributes.get("label", "")
        values = {one.attributes.get("name"): one.text for one in element.all("attribute")}
        if not label.strip():
            notes.said("bad entries")
            return
        if values.pop(TAG_KIND, "") == "tag":
            words.append(label)
        else:
            flags[label] = True
        notes.said("tag attributes", int(bool(values)))

    def _images(self, scan: Scan, number: int, index: FolderIndex) -> list[Entry]:
        found = []
        for attributes, data in scan.images:
            name = safe_name(attributes.get("name"))
            if not name:
                self.notes.said("bad entries")
                continue
            subset = attributes.get("subset", "")
            places = self._places(name, subset, index)
            found.append(
                Entry(name, places, _size(attributes), _SPLITS.get(subset.lower(), ""), (number, ((None, data),)))
            )
        return found

    def _frames(self, scan: Scan, number: int, index: FolderIndex) -> list[Entry]:
        """Return the frames of a video, by the names that CVAT gives them, or by those of as many pictures."""
        if not scan.frames:
            return []
        usual = [f"frame_{frame:06d}" for frame in sorted(scan.frames)]
        pictures: list[str] = []
        if not any(self._picture(stem, index) for stem in usual):
            folder = self.root / "images"
            pictures = index.names(folder if folder.is_dir() else self.root)
        has_names = bool(pictures) and len(pictures) == scan.frame_count
        found = []
        for stem, (frame, rows) in zip(usual, sorted(scan.frames.items()), strict=True):
            place = self._picture(stem, index)
            name = place.name if place is not None else f"{stem}{_FRAME_ENDINGS[0]}"
            if has_names and frame < len(pictures):
                name = pictures[frame]
            places = self._places(name, "", index)
            found.append(Entry(name, places, scan.frame_size, "", (number, tuple(rows))))
        return found

    def _picture(self, stem: str, index: FolderIndex) -> Path | None:
        return index.find(self.root / "images", stem) or index.find(self.root, stem)

    def _places(self, name: str, subset: str, index: FolderIndex) -> tuple[Path, ...]:
        """Return where a picture may be: where CVAT puts it, beside the file, and by its name without ending."""
        own = safe_name(subset)
        starts = [*([f"images/{own}", own] if own else []), "images", "."]
        places = [picture_inside(self.root, f"{start}/{name}") for start in starts]
        stem = name.rpartition(".")[0] or name
        places += [
            index.find(self.root / start, stem) for start in starts if picture_inside(self.root, f"{start}/{stem}")
        ]
        return tuple(dict.fromkeys(place for place in places if place is not None))


def cvat_files(folder: Path) -> list[Path]:
    """Return the files of CVAT right in a folder."""
    return [path for path in sorted(folder.glob("*.xml")) if path.is_file() and begins_like_cvat(path)]


def is_cvat(source: Path) -> bool:
    """Say whether a folder, an XML file or a zip is CVAT's."""
    if source.is_dir():
        return bool(cvat_files(source))
    return source.suffix.lower() in (".xml", ".zip") and begins_like_cvat(source)


def _attribute_kinds(labels: Sequence[Element]) -> AttributeKinds:
    """Return how each attribute of each label is entered; points of a skeleton are labels with a parent."""
    found: dict[tuple[str, str], Mapping[str, str]] = {}
    for label in labels:
        rows = label.find("attributes")
        kinds = {
            row.value("name"): _INPUTS.get(row.value("input_type"), TEXT)
            for row in (rows.all("attribute") if rows is not None else ())
        }
        found[label.value("parent"), label.value("name")] = kinds
    return found


def _size(attributes: Mapping[str, str]) -> tuple[int, int] | None:
    try:
        width, height = whole(attributes.get("width")), whole(attributes.get("height"))
    except ValueError:
        return None
    return (width, height) if width > 0 and height > 0 else None
