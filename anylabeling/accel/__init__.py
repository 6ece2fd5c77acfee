"""Hot inner functions: one signature, several implementations, the numpy one being the reference.

All functions take and return plain numpy arrays or lists, so that compiled versions can stand in for them.
"""

from __future__ import annotations

from anylabeling.accel._natural import natural_sort_keys
from anylabeling.accel._numpy import (
    iou_matrix,
    nms,
    points_in_polygons,
    polygon_areas,
    polygon_bounds,
    polygon_measures,
    polygon_perimeters,
)
from anylabeling.accel._rust import decode_jpeg, decode_png, load_frames, natural_sorted, scan_batches, stat_files

__all__ = [
    "decode_jpeg",
    "decode_png",
    "iou_matrix",
    "load_frames",
    "natural_sort_keys",
    "natural_sorted",
    "nms",
    "points_in_polygons",
    "polygon_areas",
    "polygon_bounds",
    "polygon_measures",
    "polygon_perimeters",
    "scan_batches",
    "stat_files",
]
