"""What an export does to each image: read and encode its labels, then write its files; in any process."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.base import DatasetWriter, OutputFile, Record
from anylabeling.document.formats.frame import stored_frame
from anylabeling.document.formats.notes import Notes
from anylabeling.messages.datasets import ExportRequest, Frame, ImageMode
from anylabeling.services.dataset.exchange_blocks import Failed
from anylabeling.services.dataset.exchange_files import put_picture, write_file
from anylabeling.services.dataset.exchange_sources import Loaded, Loader, SourceItem


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """An image that goes into the data set.

    Attributes:
        record: The image without its shapes, and not in any part yet.
        objects: How many shapes it has.
        part: What the writer made of its labels.
        upright: Whether its picture has to be turned.
        notes: What the format cannot hold.
    """

    record: Record
    objects: int
    part: Any
    upright: bool
    notes: Notes


@dataclass(frozen=True, slots=True, eq=False)
class FileJob:
    """The files of an image.

    Attributes:
        name: What it is called in the report.
        picture: Its picture, or empty.
        places: Where that goes in the data set.
        upright: Whether it has to be turned.
        files: The others.
    """

    name: str
    picture: str
    places: tuple[str, ...]
    upright: bool
    files: list[OutputFile]


class PrepareImage:
    """Reads and encodes the labels of an image.

    Args:
        load: Reads them.
        writer: Encodes them.
        request: What is wanted.
    """

    def __init__(self, load: Loader, writer: DatasetWriter, request: ExportRequest) -> None:
        self._load = load
        self._writer = writer
        self._request = request

    def __call__(self, item: tuple[SourceItem, str], /, *, again: bool) -> Prepared | Failed | str:
        """Return what becomes of an image with its name in the data set; why, a key of notes.SUBJECTS, if nothing."""
        del again  # nothing is written
        source, name = item
        chosen = False
        try:
            notes = Notes()
            loaded = self._load(source, notes)
            annotation = self._filtered(loaded.annotation, notes)
            if self._request.only_checked and not annotation.checked:
                return "unchecked"
            is_labelled = annotation.shapes or any(annotation.flags.values()) or annotation.text or annotation.tags
            if self._request.only_labelled and not is_labelled:
                return "unlabelled"
            chosen = True
            record = Record(name, *loaded.size, annotation, source.split, source.path)
            return self._encoded(record, loaded, notes)
        except Exception as error:  # noqa: BLE001 - it is named, and the others are done
            return Failed.of(source.path or (name if chosen else source.name), error, chosen=chosen)

    def _encoded(self, record: Record, loaded: Loaded, notes: Notes) -> Prepared:
        orientation, frame = loaded.orientation, self._request.frame
        if orientation != 1:
            if frame is Frame.STORED and not self._writer.takes_pixels:
                notes.said("turned labels")
                size = (record.width, record.height)
                turned = stored_frame(record.annotation, orientation, size)
                record = replace(record, annotation=turned)
                if orientation >= 5:
                    record = replace(record, width=size[1], height=size[0])
            elif self._request.images is not ImageMode.NONE:
                notes.said("turned")
        part = self._writer.encode(record, notes)
        without_shapes = replace(record, annotation=Annotation(flags=record.annotation.flags))
        upright = orientation != 1 and frame is not Frame.STORED
        return Prepared(without_shapes, len(record.annotation.shapes), part, upright, notes)

    def _filtered(self, annotation: Annotation, notes: Notes) -> Annotation:
        shapes, classes = annotation.shapes, self._request.classes
        if classes is not None:
            # Points of an object are labelled with their own names.
            groups = {shape.group_id for shape in shapes if shape.label in classes} - {None}
            shapes = tuple(shape for shape in shapes if shape.label in classes or shape.group_id in groups)
            notes.said("other classes", len(annotation.shapes) - len(shapes))
        clean = tuple(
            shape if _is_text(shape.label) else shape.with_changes(label=written_label(shape.label)) for shape in shapes
        )
        return annotation.with_changes(shapes=clean)


class WriteImage:
    """Writes the files of an image, which may be done any number of times.

    Args:
        target: The folder of the data set.
        images: What becomes of the pictures.
    """

    def __init__(self, target: Path, images: ImageMode) -> None:
        self._target = target
        self._images = images

    def __call__(self, job: FileJob, /, *, again: bool) -> Failed | None:
        """Write them; return what went wrong."""
        del again
        try:
            for place in job.places:
                put_picture(Path(job.picture), self._target / place, self._images, upright=job.upright)
            for file in job.files:
                write_file(self._target / file.path, file.data())
        except Exception as error:  # noqa: BLE001 - it is named, and the others are done
            return Failed.of(job.name, error)
        return None


def _is_text(label: str) -> bool:
    try:
        label.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\n" not in label and "\r" not in label


def written_label(label: str) -> str:
    """Return a label as it is written, such that every file can hold it: one line, without halves of characters."""
    return " ".join(label.encode("utf-8", "replace").decode("utf-8").split("\n")).replace("\r", " ")
