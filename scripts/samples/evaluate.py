"""Measure the bundled detector on scenes that no training run has seen.

    python3 -m scripts.samples.evaluate [--model FILE] [--scenes N]

mAP50 is the mean over the classes of the area under the precision-recall curve at IoU 0.5, every point of the curve
taken (all-point interpolation), on pictures letterboxed to 640 pixels, with scores from 0.001 on and non-maximum
suppression within each class at IoU 0.6.
"""

from __future__ import annotations

import argparse
import multiprocessing
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scripts.samples.examples import TEST_SEED, Example, render_example
from scripts.samples.scenes import CLASSES

MODEL_FILE = Path(__file__).parents[2] / "anylabeling" / "resources" / "samples" / "model" / "samples-yolo.onnx"
_MAX_DETECTIONS = 300
_MAX_CANDIDATES = 3000

Floats = NDArray[np.float32]


class Detections(NamedTuple):
    """What was found in a picture, best first: boxes (n, 4) ``x1, y1, x2, y2``, scores (n,), labels (n,)."""

    boxes: Floats
    scores: Floats
    labels: NDArray[np.int64]


class Report(NamedTuple):
    """The result of a measurement.

    Attributes:
        map50: mean of the classes' average precision at IoU 0.5.
        by_class: that average precision, by class.
        recall: share of the objects found with a score of at least 0.5.
        precision: share of right ones among the detections with such a score.
    """

    map50: float
    by_class: dict[str, float]
    recall: float
    precision: float


def box_iou(first: Floats, second: Floats) -> Floats:
    """Return the IoU (n, m) of boxes (n, 4) and (m, 4)."""
    low = np.maximum(first[:, None, :2], second[None, :, :2])
    high = np.minimum(first[:, None, 2:], second[None, :, 2:])
    inner = np.clip(high - low, 0, None).prod(-1)
    areas = [np.clip(boxes[:, 2:] - boxes[:, :2], 0, None).prod(-1) for boxes in (first, second)]
    iou: Floats = inner / (areas[0][:, None] + areas[1][None] - inner + 1e-9)
    return iou


def find_detections(output: Floats, *, confidence: float = 0.001, iou: float = 0.6) -> Detections:
    """Turn the detector's output (4 + classes, anchors) for one picture into detections, one class for each anchor."""
    scores, labels = output[4:].max(axis=0), output[4:].argmax(axis=0)
    order = np.flatnonzero(scores >= confidence)
    order = order[np.argsort(-scores[order], kind="stable")][:_MAX_CANDIDATES]
    scores, labels = scores[order], labels[order]
    middle, half = output[:2, order].T, output[2:4, order].T / 2
    boxes = np.concatenate((middle - half, middle + half), axis=1, dtype=np.float32)
    kept: list[int] = []
    for label in np.unique(labels):
        left = np.flatnonzero(labels == label)
        while len(left):
            kept.append(int(left[0]))
            left = left[1:][box_iou(boxes[left[:1]], boxes[left[1:]])[0] <= iou]
    chosen = np.array(sorted(kept)[:_MAX_DETECTIONS], np.int64)
    return Detections(boxes[chosen], scores[chosen], labels[chosen])


def match(found: Detections, truth: Example, *, iou: float = 0.5) -> NDArray[np.bool_]:
    """Say which detections are right: each object is given to the best detection of its class that fits it."""
    right = np.zeros(len(found.scores), bool)
    overlap = box_iou(found.boxes, truth.boxes) * (found.labels[:, None] == truth.labels[None])
    free = np.ones(len(truth.labels), bool)
    for index in range(len(right)):
        fits = overlap[index] * free
        if len(fits) and fits.max() >= iou:
            free[int(fits.argmax())] = False
            right[index] = True
    return right


def average_precision(right: NDArray[np.bool_], objects: int) -> float:
    """Return the area under the precision-recall curve of detections sorted by falling score."""
    hits = np.cumsum(right)
    recall = np.concatenate(([0.0], hits / max(1, objects), [1.0]))
    precision = np.concatenate(([1.0], hits / np.arange(1, len(right) + 1), [0.0]))
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    return float(np.sum(np.diff(recall) * precision[1:]))


def measure(found: Sequence[Detections], truths: Sequence[Example]) -> Report:
    """Compare detections with the objects of the same pictures."""
    right = np.concatenate([match(one, truth) for one, truth in zip(found, truths, strict=True)])
    scores = np.concatenate([one.scores for one in found])
    labels = np.concatenate([one.labels for one in found])
    true_labels = np.concatenate([truth.labels for truth in truths])
    order = np.argsort(-scores, kind="stable")
    right, scores, labels = right[order], scores[order], labels[order]
    by_class = {}
    for index, name in enumerate(CLASSES):
        objects = int(np.count_nonzero(true_labels == index))
        if objects:
            by_class[name] = average_precision(right[labels == index], objects)
    sure = scores >= 0.5
    hits = int(np.count_nonzero(right & sure))
    recall, precision = hits / max(1, len(true_labels)), hits / max(1, int(sure.sum()))
    return Report(float(np.mean(list(by_class.values()))), by_class, recall, precision)


def format_report(report: Report, truths: Sequence[Example]) -> str:
    """Return the report as lines of text."""
    objects = sum(len(truth.labels) for truth in truths)
    lines = [f"mAP50 {report.map50:.4f} on {len(truths)} scenes with {objects} objects"]
    lines += [f"  {name:8s} {value:.4f}" for name, value in report.by_class.items()]
    lines.append(f"at score 0.5: recall {report.recall:.4f}, precision {report.precision:.4f}")
    return "\n".join(lines)


def to_input(image: NDArray[np.uint8]) -> Floats:
    """Turn an RGB picture (h, w, 3) into the detector's input (1, 3, h, w)."""
    return np.ascontiguousarray(image.transpose(2, 0, 1)[None], dtype=np.float32) / np.float32(255)


def open_session(path: Path) -> Any:
    """Open an ONNX file on the CPU."""
    import onnxruntime

    return onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the bundled detector on scenes it has not seen.")
    parser.add_argument("--model", type=Path, default=MODEL_FILE)
    parser.add_argument("--scenes", type=int, default=600)
    arguments = parser.parse_args()
    session = open_session(arguments.model)
    found, truths = [], []
    with multiprocessing.get_context("spawn").Pool() as pool:
        for example in pool.imap(render_example, range(TEST_SEED, TEST_SEED + arguments.scenes), 4):
            truths.append(example)
            found.append(find_detections(session.run(None, {"images": to_input(example.image)})[0][0]))
    print(format_report(measure(found, truths), truths))


if __name__ == "__main__":
    main()
