"""Masks on a grid of cells that is the same for all of them, on which they can be compared."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from anylabeling.messages.prompting import Mask


def sampled(start: float, step: float, count: int, cell: float, cells: int) -> tuple[NDArray[np.intp], int]:
    """Return which of a mask's rows or columns lie at the centres of the grid's cells, and the first such cell.

    Args:
        start: Where the mask begins, in image pixels.
        step: Width of its columns, or height of its rows.
        count: How many it has.
        cell: Side of a cell.
        cells: How many the grid has.
    """
    first = max(0, int(np.floor(start / cell)))
    last = min(cells, int(np.ceil((start + step * count) / cell)))
    centres = (np.arange(first, max(first, last)) + 0.5) * cell
    places = np.floor((centres - start) / step).astype(np.intp)
    return np.clip(places, 0, count - 1), first


def on_grid(mask: Mask, cell: tuple[float, float], columns: int, rows: int) -> NDArray[np.bool_]:
    """Return the cells whose centres lie in a mask, bool (rows, columns).

    Args:
        mask: The object.
        cell: Width and height of a cell in image pixels.
        columns: Cells across the picture.
        rows: Cells down the picture.
    """
    cells = np.zeros((rows, columns), np.bool_)
    if not mask.is_empty:
        across, left = sampled(mask.left, mask.step_x, mask.logits.shape[1], cell[0], columns)
        down, top = sampled(mask.top, mask.step_y, mask.logits.shape[0], cell[1], rows)
        cells[top : top + len(down), left : left + len(across)] = mask.logits[np.ix_(down, across)] > 0
    return cells
