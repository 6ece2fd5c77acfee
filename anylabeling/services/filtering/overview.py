"""What is known about a folder of images without running a model: class names, scores and counts for the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from anylabeling.messages.filtering import (
    SCORE_BINS,
    FilterCaches,
    FilterDistribution,
    FilterQuery,
    FilterSource,
)
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.detections import CANDIDATE_FLOOR
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.services.filtering import conditions
from anylabeling.services.filtering.identities import FileSet
from anylabeling.services.filtering.objects import ObjectTable
from anylabeling.utils import turns
from anylabeling.utils.cancellation import CancelToken

if TYPE_CHECKING:
    from anylabeling.services.filtering.engine import FilterStores

MOST_COUNTED = 100
"""Images with more objects are counted with those that have this many."""


def distribution(
    query: FilterQuery,
    paths: Sequence[str],
    stores: FilterStores,
    label_store: LabelStore,
    model: DetectionModel | None,
    *,
    cancel: CancelToken | None = None,
) -> FilterDistribution | None:
    """Count scores, objects and classes in the images that a question is about, as far as they are known.

    Only the conditions on objects, folder and file name count. Scores are those from 0.05 up, whatever the question's
    confidence is.

    Args:
        query: The question.
        paths: The images.
        stores: What is known.
        label_store: Where the labels are, for a question to the labels.
        model: The detector, for a question to what a model detects.
        cancel: Stops it.

    Returns:
        The figures, or None when nothing can be known: there is no model, or its file cannot be read.

    Raises:
        Cancelled: When ``cancel`` was used.
    """
    token = cancel or CancelToken()
    turns.give_way()
    in_folder, fits = conditions.named_right(query, paths)
    chosen = [paths[number] for number in np.flatnonzero(in_folder & fits).tolist()]
    token.raise_if_cancelled()
    with_scores = query.source is not FilterSource.LABELS
    table = _found(query, chosen, stores, model) if with_scores else _labelled(chosen, stores, label_store, token)
    if table is None:
        return None
    token.raise_if_cancelled()
    turns.give_way()
    everything = replace(query, confidence=0.0, confidence_max=1.0)
    scores = table.scores[conditions.judge(everything, table).counted] if with_scores else None
    turns.give_way()
    counted = conditions.judge(query, table, with_scores=with_scores).counted
    per_image = np.minimum(np.bincount(table.owners[counted], minlength=len(table)), MOST_COUNTED)
    return FilterDistribution(
        images=len(table),
        scores=() if scores is None else tuple(np.histogram(scores, SCORE_BINS, (0.0, 1.0))[0].tolist()),
        counts=tuple(np.bincount(per_image).tolist()),
        classes=_class_counts(query, table, with_scores=with_scores),
    )


def label_classes(
    paths: Sequence[str], stores: FilterStores, label_store: LabelStore, *, cancel: CancelToken | None = None
) -> tuple[tuple[str, int], ...]:
    """Return the labels that occur in the label files of images and the number of objects of each, most first.

    Raises:
        Cancelled: When ``cancel`` was used.
    """
    table = _labelled(paths, stores, label_store, cancel or CancelToken())
    numbers = np.bincount(table.class_ids, minlength=len(table.class_names)).tolist()
    pairs = [(name, count) for name, count in zip(table.class_names, numbers, strict=True) if count]
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0].casefold())))


def caches(stores: FilterStores) -> FilterCaches:
    """Return how the stores are doing."""
    turns.give_way()
    return FilterCaches(None if stores.results is None else stores.results.stats(), stores.detections.stats())


def clear_caches(stores: FilterStores, *, detections: bool) -> None:
    """Forget the answers, and what models have found, too, where ``detections`` says so."""
    if stores.results is not None:
        stores.results.clear()
    if detections:
        stores.detections.clear()


def _found(
    query: FilterQuery, paths: Sequence[str], stores: FilterStores, model: DetectionModel | None
) -> ObjectTable | None:
    identity = None if model is None else stores.identities.identify(model.info)
    if model is None or identity is None:
        return None
    files = FileSet.of(paths)
    turns.give_way()
    known = stores.detections.lookup(
        identity, files, iou=query.iou, floor=CANDIDATE_FLOOR, class_names=model.class_names
    )
    return known.table.take(np.flatnonzero(known.known))


def _labelled(paths: Sequence[str], stores: FilterStores, label_store: LabelStore, cancel: CancelToken) -> ObjectTable:
    stores.labels.refresh(paths, label_store, cancel=cancel)
    labels = stores.labels.columns(paths)
    return ObjectTable(labels.offsets, labels.boxes, labels.scores, labels.class_ids, labels.class_names)


def _class_counts(query: FilterQuery, table: ObjectTable, *, with_scores: bool) -> tuple[tuple[str, int], ...]:
    ids = table.class_ids[table.scores >= np.float32(query.confidence)] if with_scores else table.class_ids
    numbers = np.bincount(ids, minlength=len(table.class_names)).tolist()
    return tuple(zip(table.class_names, numbers, strict=False))
