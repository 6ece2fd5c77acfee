"""What MMDetection and MM-Grounding-DINO found: a JSON file of labels, scores and boxes for each picture.

``preds/name.json`` with ``{"labels": [number], "scores": [0..1], "bboxes": [[x1, y1, x2, y2]], "masks": [run
lengths]}``, as the inferencer of MMDetection writes it. The names of the numbers are in a ``classes.txt`` beside the
files or one folder up; without it the labels are the numbers.
See https://mmdetection.readthedocs.io/en/latest/user_guides/inference.html.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.base import DatasetReader, Entry
from anylabeling.document.formats.coco_rle import counts_of, decode_counts
from anylabeling.document.formats.notes import Notes
from anylabeling.document.formats.reading import FolderIndex, broken, files_below, number, read_json, whole
from anylabeling.document.formats.yolo_files import read_class_list
from anylabeling.document.masks import Bitmap, mask_shape
from anylabeling.document.shape import Shape, ShapeKind, as_points
from anylabeling.translation import tr

_FOLDER = "preds"
_HEAD_BYTES = 4096


class MmdetResultReader(DatasetReader):
    """Reads boxes and masks with their scores."""

    def __init__(self, source: Path) -> None:
        super().__init__(source)
        below = self.root / _FOLDER
        self._folder = below if source.is_dir() and below.is_dir() else self.root
        self.names = read_class_list(self._folder) or read_class_list(self._folder.parent)

    def entries(self) -> Sequence[Entry]:
        """Return an image for each file."""
        index = FolderIndex()
        names = [self.source.name] if self.source.is_file() else list(files_below(self._folder, (".json",)))
        folders = dict.fromkeys((self.root / "images", self._folder, self.root, self._folder.parent))
        found = []
        for name in names:
            stem, file = name[: -len(".json")], self._folder / name
            if len(names) > 1 and not is_mmdet_result(file):
                continue
            places = tuple(place for folder in folders if (place := index.find(folder, stem)) is not None)
            found.append(Entry(f"{stem}{places[0].suffix if places else ''}", places, None, "", file))
        if not found:
            raise broken(self.source.name, tr("there is no result of MMDetection in it"))
        return found

    def read(self, entry: Entry, size: tuple[int, int], notes: Notes) -> Annotation:
        """Return what was found in an image."""
        content = read_json(entry.data)
        known: dict[str, Any] = content if isinstance(content, dict) else {}
        columns: list[Any] = [known.get(key) for key in ("labels", "scores", "bboxes")]
        if not all(isinstance(column, list) and len(column) == len(columns[0]) for column in columns):
            raise broken(entry.data.name, tr("labels, scores and boxes are not of one length"))
        masks = known.get("masks")
        masks = masks if isinstance(masks, list) and len(masks) == len(columns[0]) else [None] * len(columns[0])
        shapes = []
        for label, score, box, mask in zip(*columns, masks, strict=True):
            try:
                shapes.append(self._shape(whole(label), number(score), box, mask, size))
            except (ValueError, TypeError, KeyError, IndexError):  # noqa: PERF203 - the others are wanted
                notes.said("bad entries")
        return Annotation(shapes=tuple(shapes))

    def _shape(
        self, label: int, score: float, box: Sequence[Any], mask: Mapping[str, Any] | None, size: tuple[int, int]
    ) -> Shape:
        left, top, right, bottom = (number(value) for value in box)
        if right < left or bottom < top:
            raise ValueError("a box has a negative size")
        points = as_points(np.array([[left, top], [right, bottom]]))
        shape = Shape(ShapeKind.RECTANGLE, points, label=self.names.get(label) or str(label), score=score)
        if mask is None:
            return shape
        height, width = (whole(value) for value in mask["size"])
        if (width, height) != size:
            raise ValueError("a mask is for a picture of another size")
        return mask_shape(Bitmap(decode_counts(counts_of(mask["counts"]), width, height), 0, 0), shape) or shape


def is_mmdet_result(path: Path) -> bool:
    """Say whether a file begins as such a result does."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES).removeprefix(b"\xef\xbb\xbf").lstrip()
    except OSError:
        return False
    # Where thousands were found, the boxes do not begin within the head any more.
    return head.startswith(b'{"labels"') or (head.startswith(b"{") and b'"labels"' in head and b'"bboxes"' in head)
