"""Label files of our own beside copies of the pictures: what AnyLabeling, labelme and X-AnyLabeling open."""

from __future__ import annotations

from typing import ClassVar

from anylabeling.document.formats.base import DatasetWriter, OutputFile, Record, joined
from anylabeling.document.formats.notes import FIELDS, Notes
from anylabeling.document.label_file import encode_annotation


class LabelCopyWriter(DatasetWriter):
    """A label file for each image; nothing is left out."""

    holds: ClassVar[frozenset[str]] = frozenset(FIELDS)

    def image_places(self, record: Record) -> list[str]:
        """Return where the picture goes: beside its label file."""
        return [joined(record.split, record.name)]

    def encode(self, record: Record, notes: Notes) -> bytes:
        """Return the label file of an image."""
        del notes
        name = record.name.rpartition("/")[2]
        size = (record.width, record.height) if record.width and record.height else None
        # A picture that lies inside of the label file lies beside it now.
        annotation = record.annotation.with_changes(image_data=None) if self.options.with_images else record.annotation
        return encode_annotation(annotation, image_name=name, image_size=size)

    def add(self, record: Record, part: bytes) -> list[OutputFile]:
        """Return the label file."""
        return [OutputFile(joined(record.split, f"{record.stem}.json"), part)]
