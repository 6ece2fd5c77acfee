"""Hypothesis strategies for labels that lie inside of a picture, and how a data set is written and read again."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.base import Record, WriteOptions
from anylabeling.document.formats.notes import Notes
from anylabeling.document.formats.registry import format_info, make_reader, make_writer
from anylabeling.document.geometry import rotated_rectangle_corners
from anylabeling.document.masks import Bitmap, bitmap_of, mask_shape
from anylabeling.document.shape import Shape, ShapeKind

labels = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8).filter(
    lambda label: not label.startswith(("AUTOLABEL", "__"))
)
sizes = st.tuples(st.integers(20, 5000), st.integers(20, 5000))


@st.composite
def boxes(draw: st.DrawFn, size: tuple[int, int], *, whole: bool = False) -> Shape:
    sides = []
    for limit in size:
        low = draw(st.integers(0, limit - 2))
        high = draw(st.integers(low + 1, limit))
        offset = 0.0 if whole else draw(st.sampled_from([0.0, 0.25]))
        sides.append((low + offset if low + offset < high else low, float(high)))
    (left, right), (top, bottom) = sides
    return Shape(ShapeKind.RECTANGLE, np.array([[left, top], [right, bottom]]), label=draw(labels))


@st.composite
def polygons(draw: st.DrawFn, size: tuple[int, int]) -> Shape:
    # Around a middle, so that no edge crosses another.
    count = draw(st.integers(3, 12))
    angles = np.sort(
        draw(st.lists(st.floats(0, 6.28), min_size=count, max_size=count, unique_by=lambda a: round(a, 1)))
    )
    middle = np.array(size) / 2
    reach = np.array(draw(st.lists(st.floats(0.2, 0.95), min_size=count, max_size=count)))
    points = middle + np.stack([np.cos(angles) * reach, np.sin(angles) * reach], axis=1) * middle
    return Shape(ShapeKind.POLYGON, np.round(np.clip(points, 0, size), 3), label=draw(labels))


@st.composite
def oriented(draw: st.DrawFn, size: tuple[int, int]) -> Shape:
    least = min(size)
    corners = rotated_rectangle_corners(
        size[0] / 2, size[1] / 2, draw(st.floats(4, least / 2)), draw(st.floats(4, least / 2)), draw(st.floats(-3, 3))
    )
    return Shape(ShapeKind.ROTATED_RECTANGLE, np.round(corners, 2), label=draw(labels))


@st.composite
def masks(draw: st.DrawFn, size: tuple[int, int]) -> Shape:
    width, height = draw(st.integers(1, 8)), draw(st.integers(1, 8))
    bits = draw(st.lists(st.booleans(), min_size=width * height, max_size=width * height))
    pixels = np.array(bits).reshape(height, width)
    pixels[0, 0] = True
    left, top = draw(st.integers(0, size[0] - width)), draw(st.integers(0, size[1] - height))
    shape = mask_shape(Bitmap(pixels, left, top))
    assert shape is not None
    return shape.with_changes(label=draw(labels))


def written(
    name: str,
    annotations: Sequence[Annotation],
    size: tuple[int, int],
    target: Path,
    *,
    options: WriteOptions | None = None,
    start: int = 0,
) -> Notes:
    """Write a data set of pictures ``0.png``, ``1.png``, ... and return what could not be written."""
    writer = make_writer(format_info(name), target, options or WriteOptions())
    notes = Notes()
    files = []
    for number, annotation in enumerate(annotations, start):
        record = Record(f"{number}.png", *size, annotation)
        for place in writer.image_places(record):
            (target / place).parent.mkdir(parents=True, exist_ok=True)
            (target / place).write_bytes(b"")
        files += writer.add(record, writer.encode(record, notes))
    for file in [*files, *writer.finish()]:
        (target / file.path).parent.mkdir(parents=True, exist_ok=True)
        (target / file.path).write_bytes(file.data())
    notes.add(writer.notes)
    return notes


def read(name: str, source: Path, size: tuple[int, int]) -> list[Annotation]:
    """Return the labels of a data set by the names of its pictures."""
    reader = make_reader(format_info(name), source)
    entries = sorted(reader.entries(), key=lambda entry: entry.name)
    notes = Notes()
    found = [reader.read(entry, size, notes) for entry in entries]
    assert not notes, notes.sentences()
    return found


def round_trip(name: str, annotation: Annotation, size: tuple[int, int]) -> tuple[Annotation, Notes]:
    """Write one image and read it again."""
    with tempfile.TemporaryDirectory() as folder:
        notes = written(name, [annotation], size, Path(folder))
        (found,) = read(name, Path(folder), size)
    return found, notes


def assert_same_shapes(found: Annotation, expected: Annotation, tolerance: float) -> None:
    assert [(shape.kind, shape.label) for shape in found.shapes] == [(one.kind, one.label) for one in expected.shapes]
    for one, other in zip(found.shapes, expected.shapes, strict=True):
        np.testing.assert_allclose(one.points, other.points, atol=tolerance)


def pixels_of(shape: Shape, size: tuple[int, int]) -> set[tuple[int, int]]:
    """Return the pixels of a shape by column and row."""
    bitmap = bitmap_of(shape)
    rows, columns = np.nonzero(bitmap.pixels)
    del size
    return {(int(x) + bitmap.left, int(y) + bitmap.top) for x, y in zip(columns, rows, strict=True)}
