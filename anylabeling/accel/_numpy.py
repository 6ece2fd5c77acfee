"""The reference implementations: every inner function, in numpy and Python."""

from __future__ import annotations

from anylabeling.accel._natural import natural_sort_keys, natural_sorted
from anylabeling.accel._numpy_boxes import iou_matrix, nms, nms_rotated
from anylabeling.accel._numpy_overlaps import polygon_iou, polygon_iou_matrix
from anylabeling.accel._numpy_pixels import unpack_planes
from anylabeling.accel._numpy_polygons import (
    points_in_polygons,
    polygon_areas,
    polygon_bounds,
    polygon_measures,
    polygon_perimeters,
    simplify,
)
from anylabeling.accel._numpy_transforms import transform_points

__all__ = [
    "iou_matrix",
    "natural_sort_keys",
    "natural_sorted",
    "nms",
    "nms_rotated",
    "points_in_polygons",
    "polygon_areas",
    "polygon_bounds",
    "polygon_iou",
    "polygon_iou_matrix",
    "polygon_measures",
    "polygon_perimeters",
    "simplify",
    "transform_points",
    "unpack_planes",
]
