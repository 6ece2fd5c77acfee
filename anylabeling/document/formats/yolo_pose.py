"""YOLO poses as Ultralytics reads them: a box, then x, y and visibility of each key point.

How many key points there are stands in data.yaml as ``kpt_shape``, their names as ``kpt_names``. In a data set that
exists the number stays, since every line of it has so many numbers.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np

from anylabeling.document.formats.areas import boxes_of, ungrouped
from anylabeling.document.formats.base import OutputFile, Record, WriteOptions, visible
from anylabeling.document.formats.notes import Notes, note_lost_fields
from anylabeling.document.formats.poses import Pose, key_point_row, names_for, point_shapes, poses
from anylabeling.document.formats.reading import number
from anylabeling.document.formats.yolo import YoloReader, YoloWriter, box_points, label_place, relative
from anylabeling.document.formats.yolo_files import class_list_text, data_file_text, find_data_file, read_data_file
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.errors import LabelFileError
from anylabeling.translation import tr


class _Object(NamedTuple):
    label: str
    box: str
    pose: Pose


class YoloPoseWriter(YoloWriter):
    """Boxes with key points. The text files are written at the end, when all names of key points are known."""

    def __init__(self, target: Path, options: WriteOptions) -> None:
        super().__init__(target, options)
        data = find_data_file(target)
        known = read_data_file(data) if data is not None else None
        self._fixed = known is not None and known.key_points > 0
        self._names = names_for(known.key_points, known.key_point_names) if known is not None and self._fixed else []
        self._files: list[tuple[str, tuple[int, int], list[_Object]]] = []

    def encode(self, record: Record, notes: Notes) -> list[_Object]:
        """Return the box of each object with its points."""
        size = (record.width, record.height)
        by_shape, shapes = poses(visible(record.annotation.shapes), notes)
        boxes = boxes_of(shapes, size, notes)
        written = tuple(ungrouped(shape) if shape.uid in by_shape else shape for shape, _ in boxes)
        note_lost_fields(record.annotation, written, self.holds, notes)
        return [
            _Object(shape.label, _box(box, size), by_shape.get(shape.uid) or Pose(shape, {})) for shape, box in boxes
        ]

    def add(self, record: Record, part: list[_Object]) -> list[OutputFile]:
        """Keep the objects of an image."""
        for one in part:
            self.numbers.number(one.label)
            if not self._fixed:
                self._names += [name for name in one.pose.points if name not in self._names]
        self._files.append((label_place(record), (record.width, record.height), part))
        return []

    def finish(self) -> list[OutputFile]:
        """Return all text files, data.yaml and classes.txt."""
        if not self._names:
            raise LabelFileError(
                tr("None of the images has an object with key points."),
                hint=tr("Key points are points in one group with a box or an outline; each has its name as label."),
            )
        names = self._ordered()
        files = [OutputFile(place, self._text(size, part, names)) for place, size, part in self._files]
        file, data = data_file_text(self.target, self.numbers, self.options.splits, names)
        return [*files, OutputFile(file, data), OutputFile("classes.txt", class_list_text(self.numbers))]

    def _ordered(self) -> list[str]:
        """Return the names in the order in which COCO lists them, where these are COCO's."""
        coco = names_for(17)
        return coco if not self._fixed and set(self._names) <= set(coco) else self._names

    def _text(self, size: tuple[int, int], part: list[_Object], names: list[str]) -> bytes:
        lines = []
        for one in part:
            row = key_point_row(one.pose, names, size, self.notes)
            points = "".join(relative(np.array([[x, y]]), size) + f" {seen}" for x, y, seen in row)
            lines.append(f"{self.numbers.number(one.label)}{one.box}{points}\n")
        return "".join(lines).encode("ascii")


class YoloPoseReader(YoloReader):
    """Reads boxes with key points; the points of an object are in its group, each labelled with its name."""

    def __init__(self, source: Path) -> None:
        super().__init__(source)
        self._names: dict[int, list[str]] = {}

    def _shapes(self, words: list[str], size: tuple[int, int], group: int) -> list[Shape]:
        label = self.label(words[0])
        values = [number(word) for word in words[1:]]
        key_points, width = self._layout(len(values) - 4)
        if len(values) < 4 or (len(values) > 4 and key_points * width != len(values) - 4):
            raise ValueError(f"{len(words)} numbers are no object with {key_points} key points")
        box = Shape(ShapeKind.RECTANGLE, box_points(values[:4], size), label=label)
        if len(values) == 4:
            return [box]
        grid = np.array(values[4:]).reshape(key_points, width)
        seen = grid[:, 2] if width == 3 else np.where((grid > 0).any(axis=1), 2, 0)
        row = [
            (float(x) * size[0], float(y) * size[1], 2 if see >= 1.5 else int(round(see)))
            for (x, y), see in zip(grid[:, :2], seen.tolist(), strict=True)
        ]
        return [box.with_changes(group_id=group), *point_shapes(row, self._names_of(key_points), group)]

    def _layout(self, rest: int) -> tuple[int, int]:
        if self.data.key_points:
            return self.data.key_points, self.data.values
        return (rest // 3, 3) if rest % 3 == 0 else (rest // 2, 2)

    def _names_of(self, count: int) -> list[str]:
        if count not in self._names:
            self._names[count] = names_for(count, self.data.key_point_names)
        return self._names[count]


def _box(box: tuple[float, float, float, float], size: tuple[int, int]) -> str:
    left, top, right, bottom = box
    centre = np.array([[(left + right) / 2, (top + bottom) / 2], [right - left, bottom - top]])
    return relative(centre, size)
