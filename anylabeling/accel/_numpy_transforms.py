"""Coordinate transforms: the reference implementation, in numpy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from anylabeling.accel import _checks


def transform_points(
    points: ArrayLike, matrix: ArrayLike, *, bounds: Sequence[float] | None = None
) -> NDArray[np.floating[Any]]:
    """Map points; see ``anylabeling.accel.transform_points``."""
    array = _checks.numbers(points, "points")
    result_type = np.float32 if array.dtype == np.float32 else np.float64
    coordinates = _checks.rows(array, 2, "points")
    (a, b, c), (d, e, f) = _checked_matrix(matrix)
    x, y = coordinates[:, 0], coordinates[:, 1]
    with np.errstate(over="ignore", invalid="ignore"):
        if b == 0 and d == 0:
            # Without shear a coordinate that is no number leaves the other one alone.
            mapped_x, mapped_y = a * x + c, e * y + f
        else:
            mapped_x, mapped_y = a * x + b * y + c, d * x + e * y + f
        if bounds is not None:
            left, top, right, bottom = _checked_bounds(bounds)
            mapped_x, mapped_y = np.clip(mapped_x, left, right), np.clip(mapped_y, top, bottom)
        return np.stack([mapped_x, mapped_y], axis=1).astype(result_type, copy=False)


def _checked_matrix(matrix: ArrayLike) -> list[list[float]]:
    values = _checks.numbers(matrix, "matrix").astype(np.float64)
    if values.shape != (2, 3):
        raise ValueError(f"matrix must have the shape (2, 3), not {values.shape}")
    if not np.isfinite(values).all():
        raise ValueError("matrix must be finite")
    rows: list[list[float]] = values.tolist()
    return rows


def _checked_bounds(bounds: Sequence[float]) -> tuple[float, float, float, float]:
    left, top, right, bottom = (float(value) for value in bounds)
    if not (left <= right and top <= bottom):
        raise ValueError(f"bounds must be left, top, right, bottom, not {tuple(bounds)}")
    return left, top, right, bottom
