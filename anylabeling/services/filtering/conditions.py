"""The conditions of a question, each a few numpy calls over all images at once."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anylabeling.messages.filtering import (
    CountMode,
    CountScope,
    FilterMatch,
    FilterQuery,
    MatchedObjects,
    Range,
    SortKey,
)
from anylabeling.services.auto_labeling.detections import Detections
from anylabeling.services.filtering.objects import BoolArray, IntArray, ObjectTable, offsets_of
from anylabeling.utils import turns

_IN_A_ROW = 500


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """What the conditions on objects say about the images of a table.

    Attributes:
        matches: bool (images,).
        counted: bool (objects,): those that count.
        removed: For each condition in the order in which they are looked at, the number of images that it removed.
    """

    matches: BoolArray
    counted: BoolArray
    removed: tuple[tuple[str, int], ...]


def judge(query: FilterQuery, table: ObjectTable, *, with_scores: bool = True) -> Verdict:
    """Look at the objects of all images.

    Args:
        query: The question.
        table: The objects.
        with_scores: Whether the confidence range counts; it does not for labels.
    """
    owners = table.owners
    scored = _in_confidence(query, table) if with_scores else np.ones(len(table.scores), np.bool_)
    sized = _in_size(query.box_size_px, table)
    of_class = _of_classes(wanted_classes(query), table)
    counted = scored & sized & of_class
    counter = _Counter(table, owners)
    matches, removed = np.ones(len(table), np.bool_), []

    def remove(condition: str, fulfilled: BoolArray) -> None:
        lost = matches & ~fulfilled
        removed.append((condition, int(lost.sum())))
        np.logical_and(matches, fulfilled, out=matches)

    if query.none_of is not None:
        remove("none of the classes", counter.total(scored & sized & _of_classes(query.none_of, table)) == 0)
    if counts_objects(query):
        passes = _count_passes(query, counter, counted)
        failed = ~passes
        # Why there are too few: each cause is named for the images in which it is the first.
        if _wants_some(query):
            remove("classes" if wanted_classes(query) else "objects", ~failed | (counter.total(of_class) > 0))
            remove("confidence", ~failed | (counter.total(of_class & scored) > 0))
            remove("box size", ~failed | (counter.total(counted) > 0))
        if query.all_of is not None:
            remove("all of the classes", _has_all(query, counter, counted))
        remove("count", passes)
    return Verdict(matches, counted, tuple(removed))


def matches(query: FilterQuery, path: str, detections: Detections, class_names: Sequence[str]) -> FilterMatch | None:
    """Say whether one image matches by its detections, which may lie below the confidence that is asked for.

    Returns:
        The match, or None.
    """
    found = detections.boxes, detections.scores, detections.class_ids
    table = ObjectTable.single(*found, tuple(class_names))
    verdict = judge(query, table)
    chosen = np.flatnonzero(verdict.matches)
    return next(iter(matches_of([path], table, verdict.counted, chosen)), None)


def counts_objects(query: FilterQuery) -> bool:
    """Return whether the number of objects is a condition; see FilterQuery."""
    if query.count_mode is not CountMode.ANY or query.classes is not None or query.all_of is not None:
        return True
    return query.none_of is None and query.sort is not SortKey.DISAGREEMENT and not _asks_only_about_files(query)


def matches_of(paths: Sequence[str], table: ObjectTable, counted: BoolArray, images: IntArray) -> list[FilterMatch]:
    """Return the matches for some images of a table.

    Args:
        paths: Path of each image of the table.
        table: The objects.
        counted: bool (objects,): those that count.
        images: int64: the images that match, rising.
    """
    if not images.size:
        return []
    rows, place, lengths = _rows_of_matches(table, counted, images)
    class_ids, scores, boxes = table.class_ids[rows], table.scores[rows], table.boxes[rows]
    names, counts, ends = _class_counts(place, class_ids, len(images), table.class_names)
    starts = offsets_of(lengths)
    best = np.zeros(len(images), np.float64)
    if len(rows):
        np.maximum.at(best, place, scores.astype(np.float64))
    best_scores = best.round(4).tolist()
    found = []
    bounds, pairs = starts.tolist(), ends.tolist()
    for number, (image, count) in enumerate(zip(images.tolist(), lengths.tolist(), strict=True)):
        if number % _IN_A_ROW == 0:
            turns.give_way()
        first, last = bounds[number], bounds[number + 1]
        low, high = pairs[number], pairs[number + 1]
        objects = MatchedObjects(boxes[first:last], scores[first:last], class_ids[first:last], table.class_names)
        summed = tuple(zip(names[low:high], counts[low:high], strict=True))
        found.append(FilterMatch(paths[image], count, summed, best_scores[number], objects=objects))
    return found


def named_right(query: FilterQuery, paths: Sequence[str]) -> tuple[BoolArray, BoolArray]:
    """Return for each path whether it lies in the wanted folder, and whether its file name fits the pattern."""
    in_folder = np.ones(len(paths), np.bool_)
    fits: NDArray[np.bool_] = np.ones(len(paths), np.bool_)
    if query.folder:
        wanted = os.sep + query.folder.replace("/", os.sep).strip(os.sep) + os.sep
        is_absolute = os.path.isabs(query.folder)  # noqa: PTH117 - also for a name that is no path here
        known: dict[str, bool] = {}
        for index, path in enumerate(paths):
            folder = path[: path.rfind(os.sep) + 1]
            if folder not in known:
                absolute = os.path.join(os.path.abspath(folder or "."), "")  # noqa: PTH100, PTH118
                known[folder] = absolute.startswith(wanted) if is_absolute else wanted in absolute
            in_folder[index] = known[folder]
    if query.name:
        fitting = re.compile(fnmatch.translate(query.name), re.IGNORECASE).match
        fits = np.fromiter(
            (fitting(path[path.rfind(os.sep) + 1 :]) is not None for path in paths), np.bool_, len(paths)
        )
    return in_folder, fits


def in_range(values: NDArray[np.integer], limits: Range | None) -> BoolArray:
    """Return which values lie in a range; all where there is none."""
    if limits is None:
        return np.ones(len(values), np.bool_)
    return (values >= limits[0]) & (values <= limits[1])


def sorted_matches(query: FilterQuery, matches: Sequence[FilterMatch]) -> tuple[FilterMatch, ...]:
    """Return the matches in the order that a question asks for; equal ones stay in the order of the folder."""
    if query.sort is SortKey.FOLDER:
        return tuple(reversed(matches)) if query.reverse else tuple(matches)
    value = {
        SortKey.COUNT: lambda match: match.count,
        SortKey.CONFIDENCE: lambda match: match.best_score,
        SortKey.DISAGREEMENT: lambda match: -1.0 if match.disagreement is None else match.disagreement,
    }[query.sort]
    return tuple(sorted(matches, key=value, reverse=not query.reverse))


class _Counter:
    def __init__(self, table: ObjectTable, owners: IntArray) -> None:
        self._table = table
        self._owners = owners

    def total(self, chosen: BoolArray) -> IntArray:
        """Return how many of the chosen objects each image has."""
        return np.bincount(self._owners[chosen], minlength=len(self._table))

    def by_class(self, chosen: BoolArray, names: Iterable[str] | None) -> NDArray[np.int64]:
        """Return the numbers per image and class (images, classes): of the named classes, else of all that occur."""
        known = self._table.class_names
        if names is None:
            ids = np.unique(self._table.class_ids[chosen])
        else:
            # A name that nobody knows is in no image.
            ids = np.array([known.index(name) if name in known else -1 for name in sorted(names)], np.int64)
        columns = [self.total(chosen & (self._table.class_ids == number)) for number in ids.tolist()]
        return np.stack(columns, axis=1) if columns else np.zeros((len(self._table), 0), np.int64)


def _count_passes(query: FilterQuery, counter: _Counter, counted: BoolArray) -> BoolArray:
    if query.count_scope is CountScope.TOTAL:
        return _passes(query, counter.total(counted)) & _has_all(query, counter, counted)
    fulfilled = np.ones(len(counter.total(counted)), np.bool_)
    if query.all_of is not None:
        fulfilled &= np.asarray(_passes(query, counter.by_class(counted, query.all_of)).all(axis=1))
    if query.classes is not None or query.all_of is None:
        each = _passes(query, counter.by_class(counted, query.classes))
        has_to_hold_for = np.all if query.count_mode is CountMode.AT_MOST else np.any
        fulfilled &= np.asarray(has_to_hold_for(each, axis=1))
    return fulfilled & _has_all(query, counter, counted)


def _passes(query: FilterQuery, counts: NDArray[np.int64]) -> BoolArray:
    compare = {
        CountMode.ANY: np.greater_equal,
        CountMode.AT_LEAST: np.greater_equal,
        CountMode.EXACTLY: np.equal,
        CountMode.AT_MOST: np.less_equal,
    }[query.count_mode]
    wanted = 1 if query.count_mode is CountMode.ANY else query.count_value
    return np.asarray(compare(counts, wanted), np.bool_)


def _has_all(query: FilterQuery, counter: _Counter, counted: BoolArray) -> BoolArray:
    if query.all_of is None:
        return np.ones(len(counter.total(counted)), np.bool_)
    return np.asarray((counter.by_class(counted, query.all_of) > 0).all(axis=1), np.bool_)


def _wants_some(query: FilterQuery) -> bool:
    return query.count_mode is not CountMode.AT_MOST


def tagged_right(query: FilterQuery, tags: Sequence[tuple[str, ...]]) -> BoolArray:
    """Return for each image whether its tags are those that are asked for, in upper or lower case."""
    some, every, none = (
        frozenset(tag.casefold() for tag in names or ()) for names in (query.tags, query.all_tags, query.no_tags)
    )
    # Most images have none, or the same ones as others.
    known: dict[tuple[str, ...], bool] = {}
    for own in set(tags):
        known[own] = _has_tags(frozenset(map(str.casefold, own)), some, every, none)
    return np.fromiter(map(known.__getitem__, tags), np.bool_, len(tags))


def _has_tags(own: frozenset[str], some: frozenset[str], every: frozenset[str], none: frozenset[str]) -> bool:
    return every <= own and own.isdisjoint(none) and not (some and own.isdisjoint(some))


def _asks_only_about_files(query: FilterQuery) -> bool:
    """Return whether no object is asked for: a question to the label files about what is not an object."""
    return not query.needs_model and query.box_size_px is None and _says_something_about_files(query)


def _says_something_about_files(query: FilterQuery) -> bool:
    return bool(
        query.has_labels is not None
        or query.checked is not None
        or query.flags
        or query.asks_for_tags
        or query.text
        or query.name
        or query.folder
        or query.image_width
        or query.image_height
    )


def wanted_classes(query: FilterQuery) -> frozenset[str] | None:
    """Return the classes whose objects count, or None for all."""
    if query.classes is None and query.all_of is None:
        return None
    return (query.classes or frozenset()) | (query.all_of or frozenset())


def _of_classes(names: frozenset[str] | None, table: ObjectTable) -> BoolArray:
    if names is None:
        return np.ones(len(table.class_ids), np.bool_)
    is_wanted = np.array([name in names for name in table.class_names] or [False], np.bool_)
    return is_wanted[table.class_ids]


def _in_confidence(query: FilterQuery, table: ObjectTable) -> BoolArray:
    low, high = np.float32(query.confidence), np.float32(query.confidence_max)
    return np.asarray((table.scores >= low) & (table.scores <= high), np.bool_)


def _in_size(limits: Range | None, table: ObjectTable) -> BoolArray:
    if limits is None:
        return np.ones(len(table.scores), np.bool_)
    sides = np.maximum(table.boxes[:, 2:] - table.boxes[:, :2], 0).astype(np.float64)
    size = np.sqrt(sides[:, 0] * sides[:, 1])
    inside: BoolArray = (size >= limits[0]) & (size <= limits[1])
    return inside


def _rows_of_matches(table: ObjectTable, counted: BoolArray, images: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Return the objects that count in the matches, the place of each one's match, and how many each match has."""
    place_of = np.full(len(table), -1, np.int64)
    place_of[images] = np.arange(len(images))
    rows = np.flatnonzero(counted)
    place = place_of[table.owners[rows]]
    rows, place = rows[place >= 0], place[place >= 0]
    return rows, place, np.bincount(place, minlength=len(images))


def _class_counts(
    place: IntArray, class_ids: NDArray[np.int32], images: int, class_names: tuple[str, ...]
) -> tuple[list[str], list[int], IntArray]:
    """Return names and numbers, image by image, most first, and where each image's begin."""
    pairs, numbers = np.unique(place * (1 << 20) + class_ids, return_counts=True)
    owners, ids = pairs >> 20, pairs & ((1 << 20) - 1)
    order = np.lexsort((ids, -numbers, owners))
    names = [class_names[number] for number in ids[order].tolist()]
    return names, numbers[order].tolist(), offsets_of(np.bincount(owners, minlength=images))
