"""Points as Qt wants them."""

from __future__ import annotations

from typing import cast

import numpy as np
from qtpy.QtGui import QPolygonF

from anylabeling.document.shape import Points


def polygon_of(points: Points) -> QPolygonF:
    """Return points (n, 2) as a QPolygonF, filled through its buffer: 20 times faster than point by point."""
    polygon = QPolygonF(len(points))
    buffer = polygon.data()
    assert buffer is not None
    buffer.setsize(16 * len(points))
    np.frombuffer(cast("memoryview[int]", buffer), dtype=np.float64)[:] = points.ravel()
    return polygon
