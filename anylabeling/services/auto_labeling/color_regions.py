"""Regions of one colour: what hangs together with a pixel and looks like it, found without a model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.document.masks import Bitmap, mask_shape, outlines_of, rasterized
from anylabeling.document.raster import Outline
from anylabeling.document.shape import Shape, ShapeKind, as_points
from anylabeling.messages.prompting import ColorSeed
from anylabeling.services.auto_labeling.preprocess import check_image
from anylabeling.utils.lru import ByteBudgetLru

_LONG_SIDE_PX = 3072
_NOISE_PX = 3
"""Pixels are compared after a median over so many of them to each side, or noise would tear a region apart."""
_SPECK_SHARE = 0.002
"""Parts and holes that are smaller than this share of the region are noise."""
_TRACE_TOLERANCE_CELLS = 0.8
_CACHE_BYTES = 64 << 20

_Cells = NDArray[np.uint8]


class ColorRegions:
    """The regions of one picture.

    Args:
        pixels: uint8 (height, width, channels); may be smaller than the picture that it shows.
        pixel_format: Order of the channels.
        full_size: Width and height of the picture, in which seeds and shapes are.
    """

    def __init__(self, pixels: UInt8Array, *, pixel_format: PixelFormat, full_size: tuple[int, int]) -> None:
        from anylabeling.opencv import cv2

        check_image(pixels, pixel_format)
        scale = min(1.0, _LONG_SIDE_PX / max(pixels.shape[:2]))
        width, height = (max(1, round(side * scale)) for side in pixels.shape[1::-1])
        view: Any = np.ascontiguousarray(pixels[:, :, :3])
        if scale < 1.0:
            view = cv2.resize(view, (width, height), interpolation=cv2.INTER_AREA)
        self._view: Any = cv2.medianBlur(view, _NOISE_PX)
        self._full_size = full_size
        self._step = np.array([full_size[0] / width, full_size[1] / height])
        self._found: ByteBudgetLru[tuple[int, int, int], _Cells] = ByteBudgetLru(_CACHE_BYTES)

    def shape(self, seeds: Sequence[ColorSeed]) -> Shape | None:
        """Return what the seeds select, each added to those before it or taken away from them.

        One part becomes a polygon, with its holes; several become a mask.

        Returns:
            A shape without a label, or None when nothing is left.
        """
        cells: _Cells | None = None
        for seed in seeds:
            region = self._region(seed)
            if cells is None:
                cells = region.copy() if seed.adds else np.zeros_like(region)
            elif seed.adds:
                cells |= region
            else:
                cells &= ~region
        parts = self._parts(cells) if cells is not None else []
        if not parts:
            return None
        if len(parts) > 1:
            mask = mask_shape(rasterized([ring for part in parts for ring in (part.outer, *part.holes)]))
            if mask is not None:
                return mask
        return Shape(ShapeKind.POLYGON, parts[0].outer, holes=parts[0].holes)

    def _region(self, seed: ColorSeed) -> _Cells:
        """Return the cells that hang together with a seed and differ from it by no more than it says, 0 or 1."""
        from anylabeling.opencv import cv2

        height, width = self._view.shape[:2]
        column = max(0, min(int(seed.x / self._step[0]), width - 1))
        row = max(0, min(int(seed.y / self._step[1]), height - 1))
        key = (column, row, seed.tolerance)
        found = self._found.get(key)
        if found is None:
            # The frame of one cell is what cv2 wants.
            framed: _Cells = np.zeros((height + 2, width + 2), np.uint8)
            flags = 4 | cv2.FLOODFILL_MASK_ONLY | cv2.FLOODFILL_FIXED_RANGE | (1 << 8)
            reach = (seed.tolerance,) * 3
            cv2.floodFill(self._view, framed, (column, row), 0, reach, reach, flags)
            found = framed[1:-1, 1:-1].copy()
            self._found.put(key, found, found.nbytes)
        return found

    def _parts(self, cells: _Cells) -> list[Outline]:
        """Return the parts in pixels of the picture, the largest first, without specks."""
        from anylabeling.opencv import cv2

        if not cells.any():
            return []
        left, top, width, height = cv2.boundingRect(cells)
        near = cells[top : top + height, left : left + width]
        speck = _SPECK_SHARE * int(np.count_nonzero(near))
        near = _without_specks(near, speck)
        near = 1 - _without_specks(1 - near, speck)
        bitmap = Bitmap(near.astype(bool), left, top)
        return [
            Outline(self._placed(part.outer), tuple(map(self._placed, part.holes)))
            for part in outlines_of(bitmap, _TRACE_TOLERANCE_CELLS)
        ]

    def _placed(self, ring: NDArray[np.float64]) -> NDArray[np.float64]:
        return as_points(np.round(np.clip(ring * self._step, 0, self._full_size), 2))


def _without_specks(cells: _Cells, least: float) -> _Cells:
    """Return the cells without the connected parts of which there are fewer than ``least``."""
    from anylabeling.opencv import cv2

    _, numbers, stats, _ = cv2.connectedComponentsWithStats(cells, connectivity=4)
    large = stats[:, cv2.CC_STAT_AREA] >= least
    large[0] = False
    kept: _Cells = large.astype(np.uint8)[numbers]
    return kept
