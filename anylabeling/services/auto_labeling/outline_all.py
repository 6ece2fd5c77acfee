"""Outline everything in a picture: marks all over it, and of the masks that overlap the best one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from anylabeling.document.geometry import CLOSED_KINDS, outline
from anylabeling.document.raster import fill
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.messages.progress import Progress
from anylabeling.messages.prompting import Mask, OutputKind, PointMark
from anylabeling.services.auto_labeling.embeddings import Embedding
from anylabeling.services.auto_labeling.mark_questions import ask_at_marks
from anylabeling.services.auto_labeling.mask_grid import sampled
from anylabeling.services.auto_labeling.mask_shapes import mask_to_shape
from anylabeling.services.auto_labeling.prompt_model import PromptModel
from anylabeling.utils.cancellation import CancelToken

OBJECT_LABEL = "object"
"""What the shapes are called until the person gives them a name."""

_PASSES = (8, 4, 2, 1)
"""By what the density of the finest pass is divided in each."""
_GRID_CELLS = 512
"""Cells along the long side of the picture on which masks are compared."""


@dataclass(frozen=True, slots=True)
class OutlineOptions:
    """What counts as an object.

    Attributes:
        points_per_side: Marks along the long side of the picture in the finest pass.
        least_score: What the model has to think of a mask.
        least_certainty: Share of a mask that stays where more of the model is asked: an edge that is none moves.
        least_share: Share of the picture that an object takes at least.
        most_share: Share of the picture above which a mask is the picture itself.
        same_iou: Masks that overlap by more than this are one object.
        hiding_share: Inside of masks up to this share of the picture no more marks are set.
    """

    points_per_side: int = 24
    least_score: float = 0.88
    least_certainty: float = 0.95
    least_share: float = 0.0002
    most_share: float = 0.9
    same_iou: float = 0.7
    hiding_share: float = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class _Region:
    """Where a mask lies on the grid, with its upper left cell; without a mask for what is labelled already."""

    mask: Mask | None
    cells: NDArray[np.bool_]
    left: int
    top: int
    area: int

    def iou(self, other: _Region) -> float:
        left, top = max(self.left, other.left), max(self.top, other.top)
        right = min(self.left + self.cells.shape[1], other.left + other.cells.shape[1])
        bottom = min(self.top + self.cells.shape[0], other.top + other.cells.shape[0])
        if right <= left or bottom <= top:
            return 0.0
        common = int(np.count_nonzero(self._part(left, top, right, bottom) & other._part(left, top, right, bottom)))
        return common / max(1, self.area + other.area - common)

    def _part(self, left: int, top: int, right: int, bottom: int) -> NDArray[np.bool_]:
        return self.cells[top - self.top : bottom - self.top, left - self.left : right - self.left]


def outline_all(
    model: PromptModel,
    embedding: Embedding,
    *,
    known: Sequence[Shape] = (),
    output: OutputKind = OutputKind.POLYGON,
    options: OutlineOptions | None = None,
    on_progress: Callable[[Progress], object] | None = None,
    cancel: CancelToken | None = None,
) -> list[Shape]:
    """Return a shape for each object of a picture that a model finds by marks all over it, the largest first.

    Marks are set in passes, each twice as dense as the one before. Where an object has been found, no more are set, so
    that crowded pictures do not take longer than empty ones.

    Args:
        model: Answers the marks.
        embedding: Of the picture.
        known: What is labelled already and is not found again.
        output: What an object becomes.
        options: What counts as an object.
        on_progress: Told how many marks are through.
        cancel: Looked at between the marks.

    Raises:
        BackendError: When the model fails.
        Cancelled: When ``cancel`` asks for it.
    """
    chosen, token = options or OutlineOptions(), cancel or CancelToken()
    width, height = embedding.image_size
    grid = _Grid(width, height, chosen)
    for shape in known:
        grid.add_known(shape)

    def take(mark: PointMark, answer: Mask) -> None:
        if not grid.is_covered(mark):  # as the one asked at the same time may do by now
            grid.add(answer)

    ask_at_marks(
        list(_marks(width, height, chosen.points_per_side)),
        lambda mark: model.decode(embedding, [mark], cancel=token),
        take,
        is_answered=grid.is_covered,
        on_progress=on_progress,
        cancel=token,
    )
    shapes = [mask_to_shape(mask, output) for mask in grid.found()]
    return [shape.with_changes(label=OBJECT_LABEL) for shape in shapes if shape is not None]


def _marks(width: int, height: int, points_per_side: int) -> Iterator[PointMark]:
    """Yield marks over the whole picture: a coarse grid, then finer ones. Neighbours in time lie far apart."""
    for fraction in _PASSES:
        spacing = max(width, height) / max(1, points_per_side // fraction)
        columns, rows = max(1, round(width / spacing)), max(1, round(height / spacing))
        places = [(column, row) for row in range(rows) for column in range(columns)]
        half = (len(places) + 1) // 2
        for place in (one for pair in zip_longest(places[:half], places[half:]) for one in pair if one is not None):
            yield PointMark((place[0] + 0.5) * width / columns, (place[1] + 0.5) * height / rows)


class _Grid:
    """The objects found so far, on cells that are coarse enough to compare many of them."""

    def __init__(self, width: int, height: int, options: OutlineOptions) -> None:
        scale = min(1.0, _GRID_CELLS / max(width, height))
        self._options = options
        self._columns, self._rows = max(1, round(width * scale)), max(1, round(height * scale))
        self._cell = (width / self._columns, height / self._rows)
        self._covered = np.zeros((self._rows, self._columns), np.bool_)
        self._regions: list[_Region] = []
        self._boxes: list[_Region] = []

    def is_covered(self, mark: PointMark) -> bool:
        """Whether an object has been found there."""
        column, row = int(mark.x / self._cell[0]), int(mark.y / self._cell[1])
        return bool(self._covered[min(row, self._rows - 1), min(column, self._columns - 1)])

    def add_known(self, shape: Shape) -> None:
        """Take note of what is labelled already; a rectangle says less of what it holds than an outline."""
        if shape.kind not in CLOSED_KINDS:
            return
        ring = outline(shape) / np.array(self._cell)
        region = _cropped(None, fill([ring, *(hole / np.array(self._cell) for hole in shape.holes)], self._columns,
                                     self._rows), 0, 0)  # fmt: skip
        if region is None:
            return
        if shape.kind is ShapeKind.RECTANGLE:
            self._boxes.append(region)
        else:
            self._keep(region)

    def add(self, mask: Mask) -> None:
        """Take an answer, if it is an object and no other answer is better."""
        region = self._region(mask)
        if region is None:
            return
        box = _box_of(region)
        if any(box.iou(known) > self._options.same_iou for known in self._boxes):
            return
        rivals = [other for other in self._regions if other.iou(region) > self._options.same_iou]
        if any(other.mask is None or other.mask.score >= mask.score for other in rivals):
            return
        for other in rivals:
            self._regions.remove(other)
        self._keep(region)

    def found(self) -> list[Mask]:
        """Return the objects, the largest first, so that small ones lie on top."""
        regions = sorted(self._regions, key=lambda region: -region.area)
        return [region.mask for region in regions if region.mask is not None]

    def _keep(self, region: _Region) -> None:
        self._regions.append(region)
        if region.area <= self._options.hiding_share * self._covered.size:
            height, width = region.cells.shape
            self._covered[region.top : region.top + height, region.left : region.left + width] |= region.cells

    def _region(self, mask: Mask) -> _Region | None:
        options = self._options
        if mask.is_empty or mask.score < options.least_score:
            return None
        inside = np.count_nonzero(mask.logits > 0)
        share = inside * mask.step_x * mask.step_y / (mask.image_size[0] * mask.image_size[1])
        if not options.least_share <= share <= options.most_share:
            return None
        if np.count_nonzero(mask.logits > 1) < options.least_certainty * inside:
            return None
        columns, left = sampled(mask.left, mask.step_x, mask.logits.shape[1], self._cell[0], self._columns)
        rows, top = sampled(mask.top, mask.step_y, mask.logits.shape[0], self._cell[1], self._rows)
        return _cropped(mask, mask.logits[np.ix_(rows, columns)] > 0, left, top)


def _cropped(mask: Mask | None, cells: NDArray[np.bool_], left: int, top: int) -> _Region | None:
    rows, columns = np.flatnonzero(cells.any(axis=1)), np.flatnonzero(cells.any(axis=0))
    if not len(rows):
        return None
    kept = np.array(cells[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
    return _Region(mask, kept, left + int(columns[0]), top + int(rows[0]), int(np.count_nonzero(kept)))


def _box_of(region: _Region) -> _Region:
    full = np.ones(region.cells.shape, np.bool_)
    return _Region(None, full, region.left, region.top, full.size)
