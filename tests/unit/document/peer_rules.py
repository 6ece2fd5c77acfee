"""What the loaders of the other programs demand of a label file, written down from their behaviour.

Each function takes the parsed JSON and returns the reasons for which that program would refuse the file or stumble.
"""

from __future__ import annotations

import base64
import math
from typing import Any

COMMON_TYPES = {"polygon", "rectangle", "circle", "line", "linestrip", "point"}
LABELME_TYPES = COMMON_TYPES | {"oriented_rectangle", "points", "mask"}
X_ANYLABELING_TYPES = COMMON_TYPES | {"rotation", "quadrilateral", "cuboid"}
LABELME_COUNTS = {"point": 1, "rectangle": 2, "line": 2, "circle": 2, "mask": 2, "oriented_rectangle": 4}


def labelme_faults(root: Any) -> list[str]:
    """Return why labelme 7 would reject the whole file."""
    faults = [f"{key} is missing" for key in ("imagePath", "imageData", "shapes") if key not in root]
    sizes = {key: root.get(key) for key in ("imageHeight", "imageWidth")}
    faults += [f"{key} is not an integer" for key, size in sizes.items() if type(size) not in (int, type(None))]
    faults += _flag_faults(root.get("flags"))
    if root.get("imageData") is not None:
        base64.b64decode(root["imageData"])
    for shape in root.get("shapes", []):
        faults += _labelme_shape_faults(shape)
    return faults


def _labelme_shape_faults(shape: Any) -> list[str]:
    faults = []
    if not isinstance(shape.get("label"), str):
        faults.append("label is not a str")
    points = shape.get("points")
    if not isinstance(points, list) or not points:
        faults.append("points is not a filled list")
    elif not all(
        isinstance(point, list)
        and len(point) == 2
        and all(type(value) in (int, float) and math.isfinite(value) for value in point)
        for point in points
    ):
        faults.append("points are not pairs of finite numbers")
    elif len(points) != LABELME_COUNTS.get(shape.get("shape_type"), len(points)):
        faults.append(f"{shape['shape_type']} with {len(points)} points")
    if shape.get("shape_type") not in LABELME_TYPES:
        faults.append(f"shape_type {shape.get('shape_type')!r}")
    faults += _flag_faults(shape.get("flags"))
    if not isinstance(shape.get("description"), str | None):
        faults.append("description is not a str")
    if shape.get("group_id") is not None and type(shape["group_id"]) is not int:
        faults.append("group_id is not an int")
    if shape.get("mask") is not None and shape.get("shape_type") != "mask":
        faults.append("a mask at a shape that is none")
    return faults


def anylabeling_faults(root: Any) -> list[str]:
    """Return where AnyLabeling would raise while it loads or paints the file."""
    faults = [f"{key} is missing" for key in ("imagePath", "imageData", "shapes") if key not in root]
    for shape in root.get("shapes", []):
        faults += [f"{key} is missing" for key in ("label", "points") if key not in shape]
        shape_type = shape.get("shape_type", "polygon")
        if shape_type not in COMMON_TYPES:
            faults.append(f"shape_type {shape_type!r}")
        if shape_type in ("rectangle", "circle") and len(shape["points"]) not in (1, 2):
            faults.append(f"{shape_type} with {len(shape['points'])} points")
        if not isinstance(shape.get("flags", {}), dict):
            faults.append("flags is not a dict")
    return faults


def x_anylabeling_faults(root: Any) -> list[str]:
    """Return where X-AnyLabeling would raise while it loads the file."""
    faults = [f"{key} is missing" for key in ("imagePath", "imageData", "shapes") if key not in root]
    for shape in root.get("shapes", []):
        if shape.get("shape_type") not in X_ANYLABELING_TYPES:
            faults.append(f"shape_type {shape.get('shape_type')!r}")
        if shape.get("shape_type") == "rectangle" and len(shape["points"]) not in (2, 4):
            faults.append(f"rectangle with {len(shape['points'])} points")
        if type(shape.get("score", 0.0)) not in (int, float, type(None)):
            faults.append("score is not a number")
        faults += [f"{key} is not a bool" for key in ("difficult", "locked") if type(shape.get(key, False)) is not bool]
        faults += [
            f"{key} is not a dict" for key in ("flags", "attributes") if not isinstance(shape.get(key, {}), dict)
        ]
    return faults


def _flag_faults(flags: Any) -> list[str]:
    if flags is None:
        return []
    if not isinstance(flags, dict) or not all(isinstance(value, bool) for value in flags.values()):
        return ["flags are not str -> bool"]
    return []
