"""Assistants that need no model: an object in a box or under a scribble by GrabCut, and lines that follow edges."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.errors import ModelError
from anylabeling.messages.prompting import BoxMark, Mark, Mask, PointMark, StrokeMark
from anylabeling.services.auto_labeling.mask_shapes import crop_mask
from anylabeling.services.auto_labeling.preprocess import check_image
from anylabeling.translation import tr
from anylabeling.utils.cancellation import CancelToken

_LONG_SIDE_PX = 320
_EDGES_LONG_SIDE_PX = 1600
_ITERATIONS = 3
_MARGIN = 0.35
_SCRIBBLE_MARGIN = 1.0
_LEAST_MARGIN_PX = 8.0
_BRUSH = 0.02
_LEAST_SIDE_PX = 4
_SEED = 1


def outline_by_color(
    image: UInt8Array,
    marks: Sequence[Mark],
    *,
    pixel_format: PixelFormat = PixelFormat.RGB,
    full_size: tuple[int, int] | None = None,
    cancel: CancelToken | None = None,
) -> Mask:
    """Return the object in a box, or around points that were set on it, as its colours tell it from what is around.

    Works on the surroundings of the marks, scaled to at most 320 px, so it takes about as long for any picture.

    Args:
        image: uint8 (height, width, channels); may be smaller than the image that it shows.
        marks: A box, and points and strokes that belong to the object or do not; or a stroke or two points or more
            without a box.
        pixel_format: Order of the image's channels.
        full_size: Width and height of the image in full-size pixels, in which the marks are.
        cancel: Looked at between the steps.

    Raises:
        ModelError: When there is neither a box nor a stroke nor two points of the object.
        Cancelled: When ``cancel`` asks for it.
    """
    check_image(image, pixel_format)
    token = cancel or CancelToken()
    size = full_size or (image.shape[1], image.shape[0])
    area, box = _areas(marks, size)
    view, step = _cut(image, area, size)
    token.raise_if_cancelled()
    guess = _first_guess(view.shape[:2], marks, box, area, step)
    inside = _grab_cut(_three_channels(view, pixel_format), guess, token)
    logits = np.where(inside, np.float32(1), np.float32(-1))
    return crop_mask(logits, step=step, score=1.0, image_size=size, origin=(area.left, area.top))


class EdgeFollower:
    """Intelligent scissors: from an anchor to any other position along the edges of the picture.

    Not for several threads at once. Positions are in full-size image pixels.
    """

    def __init__(
        self,
        image: UInt8Array,
        *,
        pixel_format: PixelFormat = PixelFormat.RGB,
        full_size: tuple[int, int] | None = None,
    ) -> None:
        """Find the edges of a picture (height, width, channels), scaled to at most 1600 px."""
        from anylabeling.opencv import cv2

        check_image(image, pixel_format)
        width, height = full_size or (image.shape[1], image.shape[0])
        view, self._step = _cut(image, BoxMark(0, 0, width, height), (width, height), _EDGES_LONG_SIDE_PX)
        self._size = view.shape[1], view.shape[0]
        self._scissors: Any = cv2.segmentation.IntelligentScissorsMB()
        self._scissors.setEdgeFeatureCannyParameters(32, 100)
        self._scissors.setGradientMagnitudeMaxLimit(200)
        self._scissors.applyImage(_three_channels(view, pixel_format))
        self._anchored = False

    def set_anchor(self, x: float, y: float) -> None:
        """Begin a line."""
        self._scissors.buildMap(self._cell(x, y))
        self._anchored = True

    def path_to(self, x: float, y: float) -> NDArray[np.float64]:
        """Return the line (n, 2) from the anchor to a position, both ends included, without needless vertices.

        Raises:
            ValueError: When there is no anchor.
        """
        from anylabeling.opencv import cv2

        if not self._anchored:
            raise ValueError("set an anchor first")
        line = self._scissors.getContour(self._cell(x, y))
        simple = cv2.approxPolyDP(line, 1.0, False).reshape(-1, 2).astype(np.float64)
        points: NDArray[np.float64] = (simple + 0.5) * np.array(self._step)
        return points

    def _cell(self, x: float, y: float) -> tuple[int, int]:
        column, row = int(x / self._step[0]), int(y / self._step[1])
        return max(0, min(column, self._size[0] - 1)), max(0, min(row, self._size[1] - 1))


def _areas(marks: Sequence[Mark], size: tuple[int, int]) -> tuple[BoxMark, BoxMark]:
    """Return the area to look at, and the one that holds the object."""
    boxes = [mark for mark in marks if isinstance(mark, BoxMark)]
    points = [place for mark in marks for place in _places(mark) if not isinstance(mark, BoxMark) and mark.positive]
    if boxes:
        box = _clipped(boxes[-1], size)
        return _grown(box, _MARGIN, size), box
    if len(points) < 2:
        raise ModelError(
            tr("Without a model, an object is outlined inside a box or under a stroke."),
            hint=tr(
                "Drag a box around it, draw over it with Ctrl held down, or load a Segment Anything model with "
                "Tools > Load Model."
            ),
        )
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = _grown(BoxMark(min(xs), min(ys), max(xs), max(ys)), _SCRIBBLE_MARGIN, size, square=True)
    return _grown(box, _MARGIN, size), box


def _places(mark: Mark) -> Sequence[tuple[float, float]]:
    if isinstance(mark, StrokeMark):
        return mark.points
    return [(mark.x, mark.y)] if isinstance(mark, PointMark) else []


def _clipped(box: BoxMark, size: tuple[int, int]) -> BoxMark:
    width, height = size
    clipped = BoxMark(max(0, box.left), max(0, box.top), min(width, box.right), min(height, box.bottom))
    if clipped.right - clipped.left < 1 or clipped.bottom - clipped.top < 1:
        raise ModelError(tr("The box holds no part of the image."), hint=tr("Drag a larger one."))
    return clipped


def _grown(box: BoxMark, share: float, size: tuple[int, int], *, square: bool = False) -> BoxMark:
    across = max(_LEAST_MARGIN_PX, share * (box.right - box.left))
    down = max(_LEAST_MARGIN_PX, share * (box.bottom - box.top))
    if square:
        across = down = max(across, down)
    # Whole pixels, so that what is cut out lies where it is said to lie.
    left, top = math.floor(box.left - across), math.floor(box.top - down)
    return _clipped(BoxMark(left, top, math.ceil(box.right + across), math.ceil(box.bottom + down)), size)


def _cut(
    image: UInt8Array, area: BoxMark, size: tuple[int, int], long_side_px: int = _LONG_SIDE_PX
) -> tuple[UInt8Array, tuple[float, float]]:
    """Return an area of a picture, scaled down where it is large, and the size of its pixels in image pixels."""
    from anylabeling.opencv import cv2

    across, down = image.shape[1] / size[0], image.shape[0] / size[1]
    left, right = int(area.left * across), max(int(area.left * across) + 1, round(area.right * across))
    top, bottom = int(area.top * down), max(int(area.top * down) + 1, round(area.bottom * down))
    view: Any = image[top:bottom, left:right]
    scale = min(1.0, long_side_px / max(view.shape[:2]))
    width, height = max(_LEAST_SIDE_PX, round(view.shape[1] * scale)), max(_LEAST_SIDE_PX, round(view.shape[0] * scale))
    if view.shape[1::-1] != (width, height):
        view = cv2.resize(view, (width, height), interpolation=cv2.INTER_AREA)
    return view, ((area.right - area.left) / width, (area.bottom - area.top) / height)


def _three_channels(view: UInt8Array, pixel_format: PixelFormat) -> UInt8Array:
    return np.ascontiguousarray(view[:, :, :3] if pixel_format is PixelFormat.BGRA else view)


def _first_guess(
    shape: tuple[int, ...], marks: Sequence[Mark], box: BoxMark, area: BoxMark, step: tuple[float, float]
) -> UInt8Array:
    from anylabeling.opencv import cv2

    def cell(x: float, y: float) -> tuple[int, int]:
        return round((x - area.left) / step[0] - 0.5), round((y - area.top) / step[1] - 0.5)

    guess = np.full(shape, cv2.GC_BGD, np.uint8)
    (left, top), (right, bottom) = cell(box.left + step[0] / 2, box.top + step[1] / 2), cell(box.right, box.bottom)
    guess[max(0, top) : max(1, bottom + 1), max(0, left) : max(1, right + 1)] = cv2.GC_PR_FGD
    brush = max(2, round(_BRUSH * max(shape)))
    for mark in marks:
        if isinstance(mark, BoxMark):
            continue
        kind = int(cv2.GC_FGD if mark.positive else cv2.GC_BGD)
        cells = [cell(x, y) for x, y in _places(mark)]
        for place in cells:
            cv2.circle(guess, place, brush, kind, -1)
        if len(cells) > 1:
            cv2.polylines(guess, [np.array(cells, np.int32)], False, kind, 2 * brush)
    return guess


def _grab_cut(view: UInt8Array, guess: UInt8Array, cancel: CancelToken) -> NDArray[np.bool_]:
    from anylabeling.opencv import cv2

    background, foreground = (guess == cv2.GC_BGD).sum(), np.isin(guess, (cv2.GC_FGD, cv2.GC_PR_FGD)).sum()
    if not foreground:
        return np.zeros(guess.shape, bool)
    if not background:
        # The object fills the picture: the frame around it has to stand for what is not the object.
        guess[0] = guess[-1] = guess[:, 0] = guess[:, -1] = cv2.GC_BGD
    models = np.zeros((2, 1, 65), np.float64)
    cv2.setRNGSeed(_SEED)  # the same box gives the same outline
    for round_number in range(_ITERATIONS):
        cancel.raise_if_cancelled()
        mode = cv2.GC_INIT_WITH_MASK if round_number == 0 else cv2.GC_EVAL
        try:
            cv2.grabCut(view, guess, (0, 0, 1, 1), models[0], models[1], 1, mode)
        except cv2.error:  # all pixels of one colour on one side
            break
    inside: NDArray[np.bool_] = (guess == cv2.GC_FGD) | (guess == cv2.GC_PR_FGD)
    return inside
