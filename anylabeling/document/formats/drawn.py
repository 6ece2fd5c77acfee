"""Copies of the pictures with their labels drawn on them: outlines, lightly filled, with names and scores.

Lines and letters are as large as the picture asks for, and in the colours that the window gives the labels.
"""

from __future__ import annotations

from collections.abc import Sequence

from anylabeling.document.formats.base import DatasetWriter, OutputFile, Record, joined, visible
from anylabeling.document.formats.drawing import Canvas
from anylabeling.document.formats.lettering import lacks_letters
from anylabeling.document.formats.notes import Notes, note_lost_fields
from anylabeling.document.formats.pictures import Picture, jpeg_or_png, png
from anylabeling.document.geometry import bounds
from anylabeling.document.labels import Rgb, palette_color
from anylabeling.document.shape import Shape, ShapeKind

_JPEG_ENDINGS = frozenset({"jpg", "jpeg", "jpe", "jfif"})


class DrawnWriter(DatasetWriter):
    """A copy of each picture, with its labels: JPEG of a JPEG, PNG of any other."""

    holds = frozenset({"score"})
    has_small_parts = False
    takes_pixels = True

    def image_places(self, record: Record) -> list[str]:
        """Return nothing: the copy is no copy of the file."""
        del record
        return []

    def encode(self, record: Record, notes: Notes) -> tuple[str, bytes]:
        """Return the copy of an image, as the ending of its name and its content."""
        shapes = tuple(shape for shape in visible(record.annotation.shapes) if _is_seen(shape, record, notes))
        note_lost_fields(record.annotation, shapes, self.holds, notes)
        pixels = Picture(record.path, whole=True).part(0, 0, record.width, record.height)
        canvas = Canvas(pixels, (record.width, record.height))
        for shape in shapes:
            canvas.draw(shape, self._color(shape.label))
        canvas.write([(shape, plate_text(shape), self._color(shape.label)) for shape in shapes])
        notes.said("no letters", sum(lacks_letters(plate_text(shape)) for shape in shapes))
        ending = record.name.rpartition(".")[2].lower()
        return jpeg_or_png(canvas.pixels) if ending in _JPEG_ENDINGS else ("png", png(canvas.pixels))

    def add(self, record: Record, part: tuple[str, bytes]) -> list[OutputFile]:
        """Return the copy."""
        ending, content = part
        return [OutputFile(joined(record.split, f"{record.stem}.{ending}"), content)]

    def _color(self, label: str) -> Rgb:
        return self.options.colors.get(label) or palette_color(label)


def _is_seen(shape: Shape, record: Record, notes: Notes) -> bool:
    left, top, right, bottom = bounds(shape)
    is_seen = left <= record.width and top <= record.height and right >= 0 and bottom >= 0
    if not is_seen:
        notes.left_out(shape.kind, "outside")
    return is_seen


def plate_text(shape: Shape) -> str:
    """Return what stands at a shape: nothing at a point of several, whose names would cover each other."""
    if shape.kind is ShapeKind.POINT and shape.group_id is not None:
        return ""
    parts: Sequence[str] = [shape.label, *([f"{shape.score:.2f}"] if shape.score is not None else [])]
    return " ".join(" ".join(parts).split())
