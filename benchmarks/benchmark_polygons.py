"""How fast outlines and points are computed with: ``python -m benchmarks.benchmark_polygons [--output FILE.json]``.

Everything is compared in one process, turn by turn, with numpy, plain Python and OpenCV, and with shapely and natsort
where they are installed.
"""

from __future__ import annotations

import importlib
import math
import random
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling import accel
from anylabeling.extensions import extensions_available
from anylabeling.opencv import cv2
from anylabeling.rust_extensions import rust_available
from benchmarks._common import Goal, Report, Runner, parse_arguments

FloatArray = NDArray[np.float64]
TURN_MS = 5.0
SHAPELY = "shapely, objects made"


def outline(count: int, centre: tuple[float, float], radius: float, seed: int) -> FloatArray:
    """Return the outline of an object with a wavy edge and some noise, float64 (count, 2)."""
    rng = np.random.default_rng(seed)
    angles = (np.arange(count) + rng.uniform(0, 0.5, count)) / count * 2 * np.pi
    radii = radius * (1 + 0.2 * np.sin(3 * angles + seed) + 0.1 * np.cos(5 * angles))
    return np.array(centre) + np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1)


def main() -> None:
    """Run all races."""
    arguments = parse_arguments(__doc__)
    print(f"Cython modules: {'built' if extensions_available() else 'not built'}")
    report = Report("Outlines, points and names", output=arguments.output, quick=arguments.quick)
    rounds = 5 if arguments.quick else 25
    for count in (20, 200, 1000):
        race_iou(report, count, rounds)
    race_iou_matrix(report, 30 if arguments.quick else 100)
    race_measures(report, 1000 if arguments.quick else 10_000)
    race_hits(report, 500)
    for count in (100, 1000, 10_000):
        race_simplify(report, count, rounds)
    for count in (4, 300, 8400, 100_000):
        race_transforms(report, count, rounds)
    race_natural_sort(report, 6700 if arguments.quick else 67_000)
    report.write(arguments.output)


def in_numpy(function: Runner) -> Runner:
    """Make a runner that leaves compiled modules out of use."""
    return with_choice("numpy", function)


def with_choice(choice: str, function: Runner) -> Runner:
    """Make a runner for one of the implementations."""

    def run() -> object:
        with accel.using(choice):
            return function()

    return run


def race_iou(report: Report, count: int, rounds: int) -> None:
    """Overlap of two polygons."""
    first, second = outline(count, (0, 0), 100, 1), outline(count, (30, 20), 90, 2)
    runners: dict[str, Runner | None] = {"polygon_iou": partial(accel.polygon_iou, first, second)}
    if count < 1000:
        runners["polygon_iou, numpy"] = in_numpy(partial(accel.polygon_iou, first, second))
    geometry = _shapely()
    if geometry is not None:
        ready = geometry.Polygon(first), geometry.Polygon(second)
        runners[SHAPELY] = lambda: _shapely_iou(*ready)
        runners["shapely, from points"] = lambda: _shapely_iou(geometry.Polygon(first), geometry.Polygon(second))
    else:
        runners[SHAPELY] = None
    report.race(
        f"polygon overlap, {count} x {count} corners",
        runners,
        goals=(Goal("polygon_iou", SHAPELY, 8),) if count == 20 else (),
        rounds=rounds,
        turn_ms=TURN_MS,
    )


def race_iou_matrix(report: Report, count: int) -> None:
    """Overlaps of all pairs of two lists."""
    rng = np.random.default_rng(5)
    groups = [
        [outline(20, (x, y), rng.uniform(15, 80), 3) for x, y in rng.uniform(0, 1000, (count, 2))] for _ in range(2)
    ]
    packed = [array for group in groups for array in (np.concatenate(group), np.arange(count + 1) * 20)]
    runners: dict[str, Runner | None] = {
        "polygon_iou_matrix": partial(accel.polygon_iou_matrix, *packed),
        "polygon_iou_matrix, numpy": in_numpy(partial(accel.polygon_iou_matrix, *packed)),
        "polygon_iou, pair by pair": lambda: [[accel.polygon_iou(a, b) for b in groups[1]] for a in groups[0]],
    }
    geometry = _shapely()
    if geometry is not None:
        first, second = ([geometry.Polygon(ring) for ring in group] for group in groups)
        runners[SHAPELY] = lambda: [[_shapely_iou(a, b) if a.intersects(b) else 0.0 for b in second] for a in first]
    else:
        runners[SHAPELY] = None
    report.race(f"overlaps of {count} x {count} polygons of 20 corners", runners, rounds=3)


def race_measures(report: Report, count: int) -> None:
    """Area, perimeter and bounds of many polygons."""
    rng = np.random.default_rng(4)
    lengths = rng.integers(4, 20, count)
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    rings = [
        outline(length, (x, y), 30, 1) for length, (x, y) in zip(lengths, rng.uniform(0, 4000, (count, 2)), strict=True)
    ]
    points = np.concatenate(rings)
    lists = [[tuple(point) for point in ring.tolist()] for ring in rings]
    report.race(
        f"area, perimeter and bounds of {count:,} polygons, {len(points):,} corners",
        {
            "polygon_measures": lambda: accel.polygon_measures(points, offsets),
            "polygon_measures, numpy": in_numpy(lambda: accel.polygon_measures(points, offsets)),
            "numpy, area alone": lambda: numpy_areas(points, offsets),
            "Python": lambda: [measured_in_python(ring) for ring in lists],
            "cv2, one by one": partial(_measured_by_opencv, [ring.astype(np.float32) for ring in rings]),
            **_shapely_measures(rings),
        },
        goals=(Goal("polygon_measures", "Python", 20), Goal("polygon_measures", "numpy, area alone", 1)),
        rounds=9,
    )


def numpy_areas(points: FloatArray, offsets: NDArray[np.int64]) -> FloatArray:
    """Return areas by the shortest way that numpy has."""
    following = np.arange(1, len(points) + 1)
    following[offsets[1:] - 1] = offsets[:-1]
    x, y = points[:, 0], points[:, 1]
    return np.abs(np.add.reduceat(x * y[following] - x[following] * y, offsets[:-1])) / 2


def measured_in_python(ring: list[tuple[float, float]]) -> tuple[float, float, float, float, float, float]:
    """Return area, perimeter, left, top, right, bottom."""
    twice = length = 0.0
    xa, ya = ring[-1]
    for x, y in ring:
        twice += xa * y - x * ya
        length += math.hypot(x - xa, y - ya)
        xa, ya = x, y
    xs, ys = zip(*ring, strict=True)
    return abs(twice) / 2, length, min(xs), min(ys), max(xs), max(ys)


def _measured_by_opencv(rings: list[NDArray[np.float32]]) -> object:
    return [(cv2.contourArea(ring), cv2.arcLength(ring, True), cv2.boundingRect(ring)) for ring in rings]


def race_hits(report: Report, count: int) -> None:
    """Which polygons lie under the cursor."""
    rng = np.random.default_rng(6)
    rings = [outline(100, (x, y), 60, 2) for x, y in rng.uniform(0, 1920, (count, 2))]
    points, offsets = np.concatenate(rings), np.arange(count + 1) * 100
    singles = [ring.astype(np.float32) for ring in rings]
    report.race(
        f"one point in {count} polygons of 100 corners",
        {
            "points_in_polygons": lambda: accel.points_in_polygons([[960.0, 540.0]], points, offsets),
            "points_in_polygons, numpy": in_numpy(lambda: accel.points_in_polygons([[960.0, 540.0]], points, offsets)),
            "cv2.pointPolygonTest, one by one": lambda: [
                cv2.pointPolygonTest(ring, (960.0, 540.0), False) for ring in singles
            ],
        },
        rounds=15,
    )


def race_simplify(report: Report, count: int, rounds: int) -> None:
    """Fewer corners for the same outline."""
    ring = outline(count, (500, 500), 200, 3) + np.random.default_rng(3).normal(0, 0.4, (count, 2))
    single = ring.astype(np.float32)
    report.race(
        f"simplification of {count:,} points, tolerance 1",
        {
            "simplify": lambda: accel.simplify(ring, 1.0),
            "simplify, numpy": in_numpy(lambda: accel.simplify(ring, 1.0)),
            "cv2.approxPolyDP": lambda: cv2.approxPolyDP(single, 1.0, True),
        },
        rounds=rounds,
        turn_ms=TURN_MS,
        notes=("approxPolyDP takes float32 and may leave points farther from the line than the tolerance",),
    )


def race_transforms(report: Report, count: int, rounds: int) -> None:
    """Boxes back from a letterbox, and points by any affine map."""
    rng = np.random.default_rng(7)
    boxes = rng.uniform(0, 640, (count, 4)).astype(np.float32)
    points = boxes.reshape(-1, 2)
    scale, offset, limits = (np.array(values, np.float32) for values in ([2.5, 2.5] * 2, [0, 80] * 2, [1599, 1199] * 2))
    back = np.array([[2.5, 0, 0], [0, 2.5, -80 * 2.5]])
    report.race(
        f"{count:,} boxes back from a letterbox, kept in the picture",
        {
            "transform_points": lambda: accel.transform_points(points, back, bounds=(0, 0, 1599, 1199)),
            "numpy": lambda: np.clip((boxes - offset) * scale, 0, limits),
        },
        goals=(Goal("transform_points", "numpy", 5),),
        rounds=rounds,
        turn_ms=TURN_MS,
    )
    matrix = np.array([[0.8, -0.6, 12.0], [0.6, 0.8, -7.0]])
    linear, shift, doubles = matrix[:, :2].T.copy(), matrix[:, 2].copy(), points.astype(np.float64)
    report.race(
        f"{len(points):,} points by an affine map",
        {
            "transform_points": lambda: accel.transform_points(doubles, matrix),
            "numpy": lambda: doubles @ linear + shift,
        },
        goals=(Goal("transform_points", "numpy", 5),),
        rounds=rounds,
        turn_ms=TURN_MS,
    )


def race_natural_sort(report: Report, count: int) -> None:
    """Sort paths as a person would, by each implementation."""
    rng = random.Random(2)
    paths = [f"/data/set {rng.randrange(50)}/IMG_{rng.randrange(10**6)}.jpg" for _ in range(count)]
    sort = partial(accel.natural_sorted, paths)
    runners: dict[str, Runner | None] = {"natural_sorted": sort}
    for choice, there in (("cython", extensions_available()), ("rust", rust_available()), ("numpy", True)):
        if there:
            runners[f"natural_sorted, {choice}"] = with_choice(choice, sort)
    try:
        natsort: Any = importlib.import_module("natsort")
    except ImportError:
        runners["natsort"] = None
    else:
        runners["natsort"] = lambda: natsort.natsorted(paths)
    report.race(
        f"natural sort of {count:,} paths, by implementation",
        runners,
        goals=(Goal("natural_sorted", "natsort", 15),),
        rounds=9,
    )


def _shapely() -> Any:
    try:
        return importlib.import_module("shapely.geometry")
    except ImportError:
        return None


def _shapely_iou(first: Any, second: Any) -> float:
    both = first.intersection(second).area
    return float(both / (first.area + second.area - both))


def _shapely_measures(rings: list[FloatArray]) -> dict[str, Runner | None]:
    geometry = _shapely()
    if geometry is None:
        return {SHAPELY: None}
    shapely: Any = importlib.import_module("shapely")
    ready = np.array([geometry.Polygon(ring) for ring in rings])
    return {SHAPELY: lambda: (shapely.area(ready), shapely.length(ready), shapely.bounds(ready))}


if __name__ == "__main__":
    main()
