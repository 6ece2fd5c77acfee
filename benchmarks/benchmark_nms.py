"""How fast overlapping boxes are suppressed: ``python -m benchmarks.benchmark_nms [--output FILE.json] [--quick]``.

Everything is compared in one process, turn by turn: the implementations of ``accel.nms`` that are there, OpenCV's
``NMSBoxesBatched``, and torchvision where it is installed, both with their arguments made ready beforehand. All boxes
are above the score threshold, and none is dropped for a limit unless the name says so.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anylabeling import accel
from anylabeling.extensions import extensions_available
from anylabeling.opencv import cv2
from benchmarks._common import Goal, Report, Runner, parse_arguments

IOU_THRESHOLD = 0.45
SIDE_PX = 640
TURN_MS = 10.0
OURS, OPENCV, TORCHVISION = "accel.nms", "cv2.dnn.NMSBoxesBatched", "torchvision batched_nms"


@dataclass(frozen=True)
class Boxes:
    """Boxes float32 (n, 4), xyxy, with scores float32 (n,) and classes int32 (n,)."""

    corners: NDArray[np.float32]
    scores: NDArray[np.float32]
    classes: NDArray[np.int32]


def detected(count: int, class_count: int, seed: int = 2) -> Boxes:
    """Return boxes as a detector gives them: many around each of 120 objects of any size, some of other classes."""
    random = np.random.default_rng(seed)
    centres = random.uniform(0, SIDE_PX, (120, 2))
    sizes = np.exp(random.uniform(np.log(16), np.log(300), (120, 2)))
    classes = random.integers(0, class_count, 120)
    of = random.integers(0, 120, count)
    around = centres[of] + random.normal(0, 0.12, (count, 2)) * sizes[of]
    spread = sizes[of] * np.exp(random.normal(0, 0.12, (count, 2)))
    found = np.where(random.random(count) < 0.9, classes[of], random.integers(0, class_count, count))
    return _boxes(around, spread, found, random)


def scattered(count: int, class_count: int, seed: int = 1) -> Boxes:
    """Return boxes anywhere, of which most overlap none of their class enough: the harder case."""
    random = np.random.default_rng(seed)
    centres, sizes = random.uniform(0, SIDE_PX, (count, 2)), random.uniform(20, 200, (count, 2))
    return _boxes(centres, sizes, random.integers(0, class_count, count), random)


def _boxes(
    centres: NDArray[np.float64], sizes: NDArray[np.float64], classes: NDArray[Any], random: np.random.Generator
) -> Boxes:
    corners = np.hstack([centres - sizes / 2, centres + sizes / 2]).astype(np.float32)
    return Boxes(corners, random.random(len(corners)).astype(np.float32), classes.astype(np.int32))


def main() -> None:
    """Run all races."""
    arguments = parse_arguments(__doc__)
    print(f"Cython modules: {'built' if extensions_available() else 'not built'}")
    report = Report("Suppression of overlapping boxes", output=arguments.output, quick=arguments.quick)
    rounds = 3 if arguments.quick else 15
    for name, make in (("boxes as detected", detected), ("scattered boxes", scattered)):
        race(report, f"NMS, 8,400 {name}, 80 classes", make(8400, 80), goals=(80, 30), rounds=rounds)
        race(report, f"NMS, 8,400 {name}, 1 class", make(8400, 1), goals=(50, 50), rounds=rounds)
        race(report, f"NMS, 100 {name}, 80 classes", make(100, 80), goals=(5, 5), rounds=rounds, repeat=50)
        race(report, f"NMS, 100 {name}, 1 class", make(100, 1), goals=(5, 5), rounds=rounds, repeat=50)
    race(
        report,
        "NMS, a single call between others, 8,400 boxes as detected, 80 classes",
        detected(8400, 80),
        rounds=25,
        cold=True,
    )
    race_rotated(report, 300 if arguments.quick else 2000, rounds=3)
    report.write(arguments.output)


def race(
    report: Report,
    name: str,
    boxes: Boxes,
    *,
    goals: tuple[float, ...] = (),
    rounds: int,
    repeat: int = 1,
    cold: bool = False,
) -> None:
    """Compare everything on some boxes.

    Args:
        report: Takes the race.
        name: Its name.
        boxes: What is suppressed.
        goals: Least ratios against OpenCV and torchvision.
        rounds: Turns.
        repeat: Least calls per turn.
        cold: Whether each is called once per turn, when the others have filled the processor's caches.
    """
    count = len(boxes.corners)
    arrays = (boxes.corners, boxes.scores, boxes.classes, IOU_THRESHOLD)
    kept = len(accel.nms(*arrays, count))
    runners: dict[str, Runner | None] = {
        OURS: partial(accel.nms, *arrays, count),
        f"{OURS}, at most 300": partial(accel.nms, *arrays, 300),
    }
    if rounds > 3 or count < 1000:
        runners[f"{OURS}, numpy"] = in_numpy(partial(accel.nms, *arrays, count))
    runners[OPENCV] = _opencv(boxes)
    runners |= _torchvision(boxes)
    report.race(
        name,
        runners,
        goals=tuple(Goal(OURS, other, goal) for other, goal in zip((OPENCV, TORCHVISION), goals, strict=False)),
        rounds=rounds,
        repeat=repeat,
        turn_ms=0 if cold else TURN_MS,
        notes=(f"{kept:,} of {count:,} boxes are kept; {accel.status()['nms'].implementation} runs",),
    )


def race_rotated(report: Report, count: int, *, rounds: int) -> None:
    """Compare the implementations on rotated boxes of one class."""
    boxes, random = scattered(count, 1), np.random.default_rng(3)
    sizes = boxes.corners[:, 2:] - boxes.corners[:, :2]
    rotated = np.column_stack([boxes.corners[:, :2] + sizes / 2, sizes, random.uniform(-3, 3, count)])
    run = partial(accel.nms_rotated, rotated, boxes.scores, boxes.classes, IOU_THRESHOLD, count)
    report.race(
        f"NMS, {count:,} scattered rotated boxes, 1 class",
        {"accel.nms_rotated": run, "accel.nms_rotated, numpy": in_numpy(run)},
        rounds=rounds,
    )


def in_numpy(function: Runner) -> Runner:
    """Make a runner that leaves compiled modules out of use."""

    def run() -> object:
        with accel.using("numpy"):
            return function()

    return run


def _opencv(boxes: Boxes) -> Runner:
    corners = boxes.corners.astype(np.float64)
    sides = np.hstack([corners[:, :2], corners[:, 2:] - corners[:, :2]])
    # Arrays are what it reads fastest, though its types speak of sequences.
    suppress: Any = cv2.dnn.NMSBoxesBatched
    return partial(suppress, sides, boxes.scores, boxes.classes, 0.0, IOU_THRESHOLD)


def _torchvision(boxes: Boxes) -> dict[str, Runner | None]:
    try:
        torch: Any = importlib.import_module("torch")
        ops: Any = importlib.import_module("torchvision.ops")
    except (ImportError, OSError, ValueError) as error:  # the last two where its CUDA libraries are missing
        if not isinstance(error, ModuleNotFoundError):
            print(f"torchvision does not load: {error}")
        return {TORCHVISION: None}
    tensors = [torch.from_numpy(array) for array in (boxes.corners, boxes.scores, boxes.classes)]
    return {TORCHVISION: partial(ops.batched_nms, *tensors, IOU_THRESHOLD)}


if __name__ == "__main__":
    main()
