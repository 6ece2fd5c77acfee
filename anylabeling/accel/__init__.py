"""Hot inner functions: one signature, several implementations, the numpy one being the reference.

All functions take and return plain numpy arrays or lists, so that compiled versions can stand in for them. ``status``
says which implementation each function uses and why not another; ``use`` and ``using`` choose.
"""

from __future__ import annotations

from anylabeling.accel._dispatch import CHOICES, FunctionStatus, chosen, follow_setting, status, use, using
from anylabeling.accel._functions import (
    iou_matrix,
    natural_sort_keys,
    natural_sorted,
    nms,
    nms_rotated,
    points_in_polygons,
    polygon_areas,
    polygon_bounds,
    polygon_iou,
    polygon_iou_matrix,
    polygon_measures,
    polygon_perimeters,
    simplify,
    transform_points,
    unpack_planes,
)
from anylabeling.accel._labels import DIFFICULT as LABELS_DIFFICULT
from anylabeling.accel._labels import GONE as LABELS_GONE
from anylabeling.accel._labels import ODD as LABELS_ODD
from anylabeling.accel._labels import OTHER_KIND as LABELS_OTHER_KIND
from anylabeling.accel._labels import RawLabelFacts, read_label_facts
from anylabeling.accel._runs import names_of_run
from anylabeling.accel._rust import (
    JpegRegions,
    PngLines,
    decode_jpeg,
    decode_png,
    decode_progressive_eighth,
    decodes_progressive_eighth,
    load_frames,
    open_jpeg_regions,
    open_png_lines,
    scan_batches,
    stat_files,
)

__all__ = [
    "CHOICES",
    "LABELS_DIFFICULT",
    "LABELS_GONE",
    "LABELS_ODD",
    "LABELS_OTHER_KIND",
    "FunctionStatus",
    "JpegRegions",
    "PngLines",
    "RawLabelFacts",
    "chosen",
    "decode_jpeg",
    "decode_png",
    "decode_progressive_eighth",
    "decodes_progressive_eighth",
    "follow_setting",
    "iou_matrix",
    "load_frames",
    "names_of_run",
    "natural_sort_keys",
    "natural_sorted",
    "nms",
    "nms_rotated",
    "open_jpeg_regions",
    "open_png_lines",
    "points_in_polygons",
    "polygon_areas",
    "polygon_bounds",
    "polygon_iou",
    "polygon_iou_matrix",
    "polygon_measures",
    "polygon_perimeters",
    "read_label_facts",
    "scan_batches",
    "simplify",
    "stat_files",
    "status",
    "transform_points",
    "unpack_planes",
    "use",
    "using",
]
