"""Objects like marked ones, by the features that the encoder of a Segment Anything model has made of a picture anyway.

Where the features are like those inside of the marked objects, the model is asked for what is there; an outline whose
features and colours are alike as a whole counts. It sees the look of things in one picture and no kinds of things: that
a lying bottle is a bottle like the standing one, it does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.document.geometry import outline
from anylabeling.document.raster import fill
from anylabeling.messages.progress import Progress
from anylabeling.messages.prompting import BoxMark, Mark, Mask, PointMark
from anylabeling.services.auto_labeling.embeddings import Embedding
from anylabeling.services.auto_labeling.exemplars import Exemplar, boxes_of
from anylabeling.services.auto_labeling.mark_questions import ask_at_marks
from anylabeling.services.auto_labeling.mask_grid import on_grid
from anylabeling.services.auto_labeling.prompt_model import PromptModel
from anylabeling.utils.cancellation import CancelToken

_FINER = 4
"""Outlines are compared on cells so many times finer than those of the features."""
_COLOR_BINS = 512
_LEAST_CORE_CELLS = 3


@dataclass(frozen=True, slots=True, eq=False)
class FeatureGrid:
    """Features of a picture.

    Attributes:
        values: float32 (rows, columns, channels).
        cell: Width and height of a cell in image pixels; the first one begins at the picture's upper left corner.
    """

    values: NDArray[np.float32]
    cell: tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class SeenPicture:
    """A picture and what the encoder has made of it.

    Attributes:
        embedding: For the decoder.
        grid: The features in it.
        pixels: uint8 (height, width, channels); may be smaller than the image that it shows.
        pixel_format: Order of its channels.
    """

    embedding: Embedding
    grid: FeatureGrid
    pixels: UInt8Array
    pixel_format: PixelFormat = PixelFormat.RGB


@dataclass(frozen=True, slots=True)
class AlikeOptions:
    """What counts as alike.

    Attributes:
        least_likeness: Cosine between the features of two objects, and a share of what their colours have in common.
        color_weight: How much colours count.
        usual_color: What colours have in common of objects that are neither alike nor unlike.
        most_times_larger: How many times the area of the marked object another one may have, or the other way round.
        least_score: What the model has to think of an outline.
        same_share: Outlines are one object when so much of the smaller one lies in the other.
        spacing: Distance of two marks, in shorter sides of the marked object.
        most_marks: So often the model is asked at most.
    """

    least_likeness: float = 0.62
    color_weight: float = 0.5
    usual_color: float = 0.5
    most_times_larger: float = 4.0
    least_score: float = 0.8
    same_share: float = 0.6
    spacing: float = 0.45
    most_marks: int = 240

    @property
    def most_likeness(self) -> float:
        """How alike two objects are that look the same."""
        return 1.0 + self.color_weight * (1.0 - self.usual_color)


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """How an object looks.

    Attributes:
        cells: Where it is, bool on the fine grid.
        area: Of the cells.
        features: Of length one.
        colors: Shares of colours.
    """

    cells: NDArray[np.bool_]
    area: int
    features: NDArray[np.float32]
    colors: NDArray[np.float32]

    def overlap(self, other: _Look) -> float:
        """Return how much of the smaller one lies in the other."""
        return int(np.count_nonzero(self.cells & other.cells)) / max(1, min(self.area, other.area))


def find_by_features(
    model: PromptModel,
    picture: SeenPicture,
    exemplars: Sequence[Exemplar],
    *,
    options: AlikeOptions | None = None,
    on_progress: Callable[[Progress], object] | None = None,
    cancel: CancelToken | None = None,
) -> list[Mask]:
    """Return the objects of a picture that look like the marked ones, the marked ones first, then the likest.

    Args:
        model: Outlines what is marked.
        picture: Where they are.
        exemplars: One or more positive ones among them.
        options: What counts as alike.
        on_progress: Told how many marks are through.
        cancel: Looked at between the marks.

    Returns:
        Masks whose scores are how alike they are, 0-1.

    Raises:
        BackendError: When the model fails.
        Cancelled: When ``cancel`` asks for it.
    """
    chosen, token = options or AlikeOptions(), cancel or CancelToken()
    embedding = picture.embedding
    search = _Search(_Scene(picture), chosen)
    own = [_mask_of(model, embedding, exemplar, token) for exemplar in exemplars]
    for exemplar, mask in zip(exemplars, own, strict=True):
        search.learn(exemplar, mask, embedding.image_size)
    ask_at_marks(
        search.marks(exemplars, embedding.image_size),
        lambda mark: _answers(model, embedding, mark, search, token),
        lambda _mark, answers: search.take(answers),
        is_answered=search.is_found,
        on_progress=on_progress,
        cancel=token,
    )
    marked = [
        replace(mask, score=1.0)
        for exemplar, mask in zip(exemplars, own, strict=True)
        if exemplar.positive and mask is not None
    ]
    return [*marked, *search.found()]


def _mask_of(model: PromptModel, embedding: Embedding, exemplar: Exemplar, cancel: CancelToken) -> Mask | None:
    """Return what the model sees in an exemplar's box; None where its shape says by itself which pixels it has."""
    if exemplar.is_outlined:
        return None
    mask = model.decode(embedding, [BoxMark(*boxes_of([exemplar], embedding.image_size)[0].tolist())], cancel=cancel)
    return None if mask.is_empty else mask


def _answers(
    model: PromptModel, embedding: Embedding, mark: PointMark, search: _Search, cancel: CancelToken
) -> list[tuple[Mask, _Look, float]]:
    """Return what the model sees at a place; when that is of another size, in a box as large as the object, too."""
    answers = []
    for marks in ([mark], [search.box_at(mark, embedding.image_size)]):
        question: list[Mark] = [*marks]
        mask = model.decode(embedding, question, cancel=cancel)
        look = search.look_at(mask)
        if look is None:
            continue
        likeness = search.likeness(look)
        answers.append((mask, look, likeness))
        if search.has_size(look):
            break
    return answers


class _Scene:
    """What is known of the picture: features and colours, on grids."""

    def __init__(self, picture: SeenPicture) -> None:
        grid, image_size = picture.grid, picture.embedding.image_size
        rows, columns = grid.values.shape[:2]
        flat = grid.values.reshape(rows * columns, -1)
        # What all of the picture has in common tells nothing.
        flat = flat - flat.mean(axis=0)
        self.rows, self.columns, self.cell = rows, columns, grid.cell
        lengths = np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-9)
        self.features: NDArray[np.float32] = np.asarray(flat / lengths, np.float32)
        self.fine = (grid.cell[0] / _FINER, grid.cell[1] / _FINER)
        inner = [max(1, min(cells * _FINER, round(full / fine)))
                 for cells, full, fine in zip((columns, rows), image_size, self.fine, strict=True)]  # fmt: skip
        bins = _color_bins(picture.pixels, picture.pixel_format, *inner)
        # The last cells may lie over the edge of the picture.
        self._colors = np.pad(bins, [(0, rows * _FINER - inner[1]), (0, columns * _FINER - inner[0])], mode="edge")

    def look(self, cells: NDArray[np.bool_]) -> _Look | None:
        """Return how the object on some cells of the fine grid looks, or None where there are none."""
        area = int(np.count_nonzero(cells))
        if not area:
            return None
        cover = cells.reshape(self.rows, _FINER, self.columns, _FINER).mean(axis=(1, 3), dtype=np.float32).ravel()
        core = np.where(cover >= 0.5, cover, np.float32(0))
        if np.count_nonzero(core) < _LEAST_CORE_CELLS:
            core = cover  # too small to leave its edge out
        places = np.flatnonzero(core)
        features = core[places] @ self.features[places]
        colors = np.bincount(self._colors[cells], minlength=_COLOR_BINS).astype(np.float32) / np.float32(area)
        length = np.float32(max(float(np.linalg.norm(features)), 1e-9))
        return _Look(cells, area, features / length, colors)


class _Search:
    """What is looked for, and what has been found."""

    def __init__(self, scene: _Scene, options: AlikeOptions) -> None:
        self._scene = scene
        self._options = options
        self._wanted: list[_Look] = []
        self._unwanted: list[_Look] = []
        self._found: list[tuple[Mask, _Look, float]] = []
        self._side = (1.0, 1.0)

    def learn(self, exemplar: Exemplar, mask: Mask | None, image_size: tuple[int, int]) -> None:
        """Take note of an exemplar."""
        scene = self._scene
        columns, rows = scene.columns * _FINER, scene.rows * _FINER
        if mask is not None:
            cells = on_grid(mask, scene.fine, columns, rows)
        else:
            rings = [outline(exemplar.shape), *exemplar.shape.holes]
            cells = fill([ring / np.array(scene.fine) for ring in rings], columns, rows)
        if not cells.any():  # smaller than a cell
            left, top, right, bottom = boxes_of([exemplar], image_size)[0].tolist()
            cells[min(rows - 1, int((top + bottom) / 2 / scene.fine[1])),
                  min(columns - 1, int((left + right) / 2 / scene.fine[0]))] = True  # fmt: skip
        look = scene.look(cells)
        if look is not None:
            (self._wanted if exemplar.positive else self._unwanted).append(look)

    def marks(self, exemplars: Sequence[Exemplar], image_size: tuple[int, int]) -> list[PointMark]:
        """Return where to ask the model, what is likest first, apart from each other by a part of the object's size."""
        scene, options = self._scene, self._options
        sizes = boxes_of([each for each in exemplars if each.positive], image_size)
        across, down = (sizes[:, 2:] - sizes[:, :2]).min(axis=0).tolist()
        self._side = (across, down)
        likest = np.max([scene.features @ look.features for look in self._wanted], axis=0)
        order = np.argsort(-likest, kind="stable")
        order = order[likest[order] > options.least_likeness / 2]
        reach = max(1.0, options.spacing * min(across / scene.cell[0], down / scene.cell[1]))
        taken = np.zeros((scene.rows, scene.columns), np.bool_)
        marks: list[PointMark] = []
        for place in order.tolist():
            row, column = divmod(place, scene.columns)
            if taken[row, column]:
                continue
            half = int(reach)
            taken[max(0, row - half) : row + half + 1, max(0, column - half) : column + half + 1] = True
            x, y = (column + 0.5) * scene.cell[0], (row + 0.5) * scene.cell[1]
            marks.append(PointMark(min(x, image_size[0] - 1.0), min(y, image_size[1] - 1.0)))
            if len(marks) >= options.most_marks:
                break
        return marks

    def box_at(self, mark: PointMark, image_size: tuple[int, int]) -> BoxMark:
        """Return a box as large as the marked object around a mark."""
        across, down = self._side
        width, height = image_size
        return BoxMark(max(0.0, mark.x - across / 2), max(0.0, mark.y - down / 2),
                       min(float(width), mark.x + across / 2), min(float(height), mark.y + down / 2))  # fmt: skip

    def is_found(self, mark: PointMark) -> bool:
        """Whether a mark lies on an object that is known."""
        scene = self._scene
        row = min(scene.rows * _FINER - 1, int(mark.y / scene.fine[1]))
        column = min(scene.columns * _FINER - 1, int(mark.x / scene.fine[0]))
        looks = (*self._wanted, *self._unwanted, *(look for _, look, _ in self._found))
        return any(bool(look.cells[row, column]) for look in looks)

    def look_at(self, mask: Mask) -> _Look | None:
        """Return how a mask looks, or None where it is no object."""
        if mask.is_empty or mask.score < self._options.least_score:
            return None
        scene = self._scene
        return scene.look(on_grid(mask, scene.fine, scene.columns * _FINER, scene.rows * _FINER))

    def has_size(self, look: _Look) -> bool:
        """Whether it is about as large as a marked object."""
        most = self._options.most_times_larger
        return any(1 / most <= look.area / wanted.area <= most for wanted in self._wanted)

    def likeness(self, look: _Look) -> float:
        """Return how alike it is to the likest of the marked objects; 0 where it is liker to one that is not wanted."""
        alike = max(self._between(look, wanted) for wanted in self._wanted)
        against = max((self._between(look, other) for other in self._unwanted), default=-1.0)
        return alike if alike > against else 0.0

    def take(self, answers: Sequence[tuple[Mask, _Look, float]]) -> None:
        """Keep the best of some answers to one question, if it is alike."""
        fits = [each for each in answers if each[2] >= self._options.least_likeness and self.has_size(each[1])]
        if fits:
            self._found.append(max(fits, key=lambda each: each[2] * each[0].score))

    def found(self) -> list[Mask]:
        """Return what has been found, the likest first, each object once and without those that were marked."""
        kept: list[_Look] = [*self._wanted, *self._unwanted]
        masks = []
        for mask, look, likeness in sorted(self._found, key=lambda each: -each[2] * each[0].score):
            if all(look.overlap(other) <= self._options.same_share for other in kept):
                kept.append(look)
                masks.append(replace(mask, score=min(1.0, max(0.0, likeness / self._options.most_likeness))))
        return masks

    def _between(self, first: _Look, second: _Look) -> float:
        options = self._options
        common = float(np.sqrt(first.colors * second.colors).sum())
        return float(first.features @ second.features) + options.color_weight * (common - options.usual_color)


def _color_bins(picture: UInt8Array, pixel_format: PixelFormat, width: int, height: int) -> NDArray[np.intp]:
    """Return the number of the colour of each cell, of 8 steps of lightness and 8 x 8 hues."""
    from anylabeling.opencv import cv2
    from anylabeling.services.auto_labeling.models.segment_anything_layout import scaled_rgb

    lab = cv2.cvtColor(scaled_rgb(picture, pixel_format, width, height), cv2.COLOR_RGB2LAB).astype(np.intp)
    hues = np.clip((lab[..., 1:] - 96) // 8, 0, 7)
    bins: NDArray[np.intp] = lab[..., 0] // 32 * 64 + hues[..., 0] * 8 + hues[..., 1]
    return bins
