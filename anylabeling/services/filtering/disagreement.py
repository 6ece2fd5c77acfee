"""Where labels and detections of one image differ: the way to find labelling mistakes."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from anylabeling import accel
from anylabeling.translation import tr

MATCH_IOU = 0.5
"""Boxes that overlap this much are of one object."""
NEAR_IOU = 0.1
"""Boxes of one class that overlap this much, and no other better, are of one object with a bad outline."""
GOOD_IOU = 0.7
"""An overlap from which on two outlines of one object are equally good."""


class Boxes(NamedTuple):
    """Objects of one image.

    Attributes:
        boxes: float32 (n, 4), left, top, right, bottom in pixels.
        labels: Class name of each.
        scores: float32 (n,), 0-1.
    """

    boxes: NDArray[np.float32]
    labels: list[str]
    scores: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """How much labels and detections differ.

    Attributes:
        score: Sum of the weights of all differences, 0 for none.
        missing: Detections that have no label.
        extra: Labels for which the model sees nothing.
        wrong_class: Objects that carry another class.
        poor_overlap: Objects whose outlines differ much.
        reasons: One sentence for each kind of difference and class, the weightiest first.
    """

    score: float
    missing: int
    extra: int
    wrong_class: int
    poor_overlap: int
    reasons: tuple[str, ...]


def compare(
    labels: Boxes,
    detections: Boxes,
    *,
    confidence: float,
    known: frozenset[str],
    classes: frozenset[str] | None = None,
) -> Disagreement:
    """Compare the labels of an image with what a model sees.

    Pairs are made by falling IoU, those of one class first. A difference weighs as much as the model is sure: its score
    for a missing label or another class, and how far below ``confidence`` it sees an extra label. Labels of classes
    that the model does not know say nothing when the model sees nothing there.

    Args:
        labels: The labels.
        detections: All detections from a low score up: those below ``confidence`` still speak for a label.
        confidence: The score from which on a detection speaks for itself.
        known: Classes that the model knows.
        classes: Classes whose differences count, or None for all. An object that is one of them by its label or by what
            the model sees counts.
    """
    iou = accel.iou_matrix(labels.boxes, detections.boxes)
    same = np.array([[label == found for found in detections.labels] for label in labels.labels], np.bool_)
    same = same.reshape(iou.shape)
    sure = detections.scores >= np.float32(confidence)
    tally = _Tally(classes)
    differ = tally.add
    free_labels, free_found = np.ones(len(labels.labels), np.bool_), np.ones(len(detections.labels), np.bool_)
    for row, column in _pairs(np.where(same & sure, iou, 0.0), MATCH_IOU, free_labels, free_found):
        if iou[row, column] < GOOD_IOU:
            differ("poor", *_outline(labels.labels[row], iou[row, column], detections, column))
    for row, column in _pairs(np.where(sure, iou, 0.0), MATCH_IOU, free_labels, free_found):
        name, found = labels.labels[row], detections.labels[column]
        sentence = tr("{label}: the model sees {found}", label=name, found=found)
        differ("wrong", sentence, float(detections.scores[column]), name, found)
    for row, column in _pairs(np.where(same & sure, iou, 0.0), NEAR_IOU, free_labels, free_found):
        differ("poor", *_outline(labels.labels[row], iou[row, column], detections, column))
    for row in np.flatnonzero(free_labels).tolist():
        if (name := labels.labels[row]) in known:
            seen = np.where(same[row] & (iou[row] >= NEAR_IOU), detections.scores, 0.0)
            # Something that the model nearly sees weighs little.
            weight = 1.0 - float(seen.max(initial=0.0)) / max(confidence, 1e-6)
            sentence = tr("{label}: labelled, but not seen by the model", label=name)
            differ("extra", sentence, max(0.0, weight), name)
    for column in np.flatnonzero(free_found & sure).tolist():
        # A second box on an object that has its label is no missing label.
        covered = float(np.where(same[:, column], iou[:, column], 0.0).max(initial=0.0))
        if covered < MATCH_IOU:
            name = detections.labels[column]
            sentence = tr("{label}: seen, but not labelled", label=name)
            differ("missing", sentence, float(detections.scores[column]), name)
    return tally.result()


def _pairs(
    iou: NDArray[np.float64], least: float, free_rows: NDArray[np.bool_], free_columns: NDArray[np.bool_]
) -> list[tuple[int, int]]:
    """Pair free rows and columns by falling IoU, and mark them as taken."""
    rows, columns = np.nonzero(iou >= least)
    order = np.argsort(-iou[rows, columns], kind="stable")
    pairs = []
    for row, column in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        if free_rows[row] and free_columns[column]:
            free_rows[row] = free_columns[column] = False
            pairs.append((row, column))
    return pairs


def wording() -> str:
    """Return what changes with the language in which reasons are given."""
    return tr("{label}: the outline differs")


class _Tally:
    """Adds up the differences of an image."""

    def __init__(self, classes: frozenset[str] | None) -> None:
        self._classes = classes
        self._weights: defaultdict[str, float] = defaultdict(float)
        self._counts: Counter[str] = Counter()
        self._kinds: Counter[str] = Counter()

    def add(self, kind: str, sentence: str, weight: float, *names: str) -> None:
        """Take a difference between objects of some classes."""
        if self._classes is not None and self._classes.isdisjoint(names):
            return
        self._weights[sentence] += weight
        self._counts[sentence] += 1
        self._kinds[kind] += 1

    def result(self) -> Disagreement:
        """Return what was added."""
        kinds = self._kinds
        reasons = tuple(map(self._reason, sorted(self._weights, key=self._weights.__getitem__, reverse=True)))
        score = round(sum(self._weights.values()), 4)
        return Disagreement(score, kinds["missing"], kinds["extra"], kinds["wrong"], kinds["poor"], reasons)

    def _reason(self, sentence: str) -> str:
        number = self._counts[sentence]
        return tr("{number} x {sentence}", number=number, sentence=sentence) if number > 1 else sentence


def _outline(name: str, iou: float, detections: Boxes, column: int) -> tuple[str, float, str]:
    """Return sentence, weight and class of an outline that is off."""
    weight = float(detections.scores[column]) * (1.0 - iou / GOOD_IOU)
    return tr("{label}: the outline differs", label=name), weight, name
