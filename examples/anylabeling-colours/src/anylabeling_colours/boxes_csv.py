"""A data set as one table: picture, label, left, top, right, bottom."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from anylabeling.plugins import (
    ExportedImage,
    FileData,
    FormatReader,
    FormatWriter,
    ImportedImage,
    Labels,
    PluginError,
    ShapeData,
    WriteRequest,
)

FILE_NAME = "boxes.csv"
HEAD = ["image", "label", "left", "top", "right", "bottom"]


class TableWriter(FormatWriter):
    """Collects the rows, and writes them at the end."""

    def __init__(self, request: WriteRequest) -> None:
        self._rows: list[list[object]] = []

    def add(self, image: ExportedImage) -> Sequence[FileData]:
        """Take the boxes around the objects of a picture."""
        for shape in image.shapes:
            left, top, right, bottom = box_of(shape)
            self._rows.append([image.name, shape.label, left, top, right, bottom])
        return []

    def finish(self) -> Sequence[FileData]:
        """Return the table."""
        text = io.StringIO(newline="")
        csv.writer(text).writerows([HEAD, *self._rows])
        return [FileData(FILE_NAME, text.getvalue().encode("utf-8"))]


class TableReader(FormatReader):
    """Reads such a table."""

    def __init__(self, source: Path) -> None:
        self._file = source / FILE_NAME if source.is_dir() else source
        if not looks_like_one(self._file):
            raise PluginError(f"{self._file.name} is no table of boxes")

    def entries(self) -> Sequence[ImportedImage]:
        """Return the pictures that the table names."""
        rows: dict[str, list[dict[str, str]]] = {}
        with self._file.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                rows.setdefault(row["image"], []).append(row)
        folder = self._file.parent
        return [
            ImportedImage(name, (folder / "images" / name, folder / name), data=boxes) for name, boxes in rows.items()
        ]

    def read(self, image: ImportedImage, size: tuple[int, int]) -> Labels:
        """Return the boxes of a picture."""
        shapes = []
        for row in image.data:
            try:
                left, top, right, bottom = (float(row[key]) for key in HEAD[2:])
            except (TypeError, ValueError) as error:
                raise PluginError(f"A box of {image.name} has no four numbers") from error
            shapes.append(ShapeData("rectangle", ((left, top), (right, bottom)), row["label"]))
        return Labels(tuple(shapes))


def looks_like_one(source: Path) -> bool:
    """Say whether a folder or file is such a data set."""
    file = source / FILE_NAME if source.is_dir() else source
    if file.suffix != ".csv" or not file.is_file():
        return False
    with file.open(encoding="utf-8", errors="replace", newline="") as lines:
        return next(csv.reader(lines), []) == HEAD


def box_of(shape: ShapeData) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a shape."""
    across, down = zip(*shape.points, strict=True)
    if shape.kind == "circle":
        (x, y), (rim_x, rim_y) = shape.points
        radius = ((rim_x - x) ** 2 + (rim_y - y) ** 2) ** 0.5
        return x - radius, y - radius, x + radius, y + radius
    return min(across), min(down), max(across), max(down)
