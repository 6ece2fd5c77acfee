"""What the label files of many images say, in a few arrays: read from the files, and packed into bytes to be kept."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from anylabeling import accel
from anylabeling.document.label_file import MAX_FILE_BYTES
from anylabeling.document.label_writer import HELPER_LABELS
from anylabeling.document.shape import MAX_COORDINATE
from anylabeling.services.dataset.label_facts import (
    KINDS,
    NO_DETAILS,
    Details,
    FileFacts,
    LabelFacts,
    read_label_facts,
    read_odd_facts,
)

CHECKED, BROKEN = 1, 4
"""Bits of a state."""

ROW_DTYPE = np.dtype([("mtime_ns", "<i8"), ("size_bytes", "<i8"), ("state", "u1"), ("count", "<u4"), ("kinds", "<u2")])
_GONE, _ODD = accel.LABELS_GONE, accel.LABELS_ODD

IntArray = NDArray[np.int64]
Named = dict[int, tuple[str, ...]]
"""Names by the place of a file. Many files of a folder have the same ones, which then are one object."""


@dataclass(frozen=True, slots=True, eq=False)
class LabelRows:
    """A row for each label file and the objects of all of them, one file after the other.

    Attributes:
        rows: ROW_DTYPE (files,): the file's state on disk when it was read, CHECKED and BROKEN, its number of objects,
            and the bits of their kinds; see FileFacts.
        boxes: float32 (objects, 4), left, top, right, bottom in picture pixels.
        scores: float32 (objects,): 1 where the shape has none.
        labels: uint32 (objects,): numbers of the labels.
        flags: For files that have some: the names of the flags that are set.
        texts: For files that have some: all texts, one a line.
        details: For files that have some: other kinds, groups and descriptions.
        tags: For files that have some: the tags in their order.
    """

    rows: NDArray[np.void]
    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    labels: NDArray[np.uint32]
    flags: Named
    texts: dict[int, str]
    details: dict[int, Details]
    tags: Named

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def offsets(self) -> IntArray:
        """Where the objects of each file begin, and where those of the last one end: int64 (files + 1,)."""
        offsets = np.zeros(len(self.rows) + 1, np.int64)
        np.cumsum(self.rows["count"], out=offsets[1:])
        return offsets

    def take(self, chosen: IntArray) -> LabelRows:
        """Return some of the files, in the given order."""
        rows = self.rows[chosen]
        objects = runs(self.offsets[chosen], rows["count"].astype(np.int64))
        places = {old: new for new, old in enumerate(chosen.tolist())} if self._has_more else {}
        return LabelRows(
            rows,
            self.boxes[objects],
            self.scores[objects],
            self.labels[objects],
            {places[old]: flags for old, flags in self.flags.items() if old in places},
            {places[old]: text for old, text in self.texts.items() if old in places},
            {places[old]: details for old, details in self.details.items() if old in places},
            {places[old]: tags for old, tags in self.tags.items() if old in places},
        )

    @property
    def _has_more(self) -> bool:
        return bool(self.flags or self.texts or self.details or self.tags)

    @classmethod
    def join(cls, parts: Sequence[LabelRows]) -> LabelRows:
        """Return the files of several, one after the other."""
        if len(parts) == 1:
            return parts[0]
        flags: Named = {}
        texts: dict[int, str] = {}
        details: dict[int, Details] = {}
        tags: Named = {}
        first = 0
        for part in parts:
            flags |= {first + place: names for place, names in part.flags.items()}
            texts |= {first + place: text for place, text in part.texts.items()}
            details |= {first + place: found for place, found in part.details.items()}
            tags |= {first + place: names for place, names in part.tags.items()}
            first += len(part)
        return cls(
            np.concatenate([part.rows for part in parts]),
            np.concatenate([part.boxes for part in parts]),
            np.concatenate([part.scores for part in parts]),
            np.concatenate([part.labels for part in parts]),
            flags,
            texts,
            details,
            tags,
        )

    def with_labels(self, numbers: NDArray[np.uint32]) -> LabelRows:
        """Return the same with other numbers for the labels: entry n is the new number of n."""
        labels = numbers[self.labels] if len(self.labels) else self.labels
        return replace(self, labels=labels)

    def packed(self) -> tuple[bytes, ...]:
        """Return rows, boxes, scores, labels, flags with texts and tags, and details as bytes."""
        more = [_packed_names(self.flags), _packed_names(self.tags), list(self.texts.items())]
        extra = json.dumps(more) if self.flags or self.tags or self.texts else ""
        details = json.dumps(list(self.details.items())) if self.details else ""
        arrays = self.rows.tobytes(), self.boxes.tobytes(), self.scores.tobytes(), self.labels.tobytes()
        return *arrays, extra.encode(), details.encode()

    @classmethod
    def unpacked(  # noqa: PLR0913 - what packed returns
        cls,
        rows: bytes,
        boxes: bytes,
        scores: bytes,
        labels: bytes,
        extra: Iterable[tuple[int, bytes]],
        details: Iterable[tuple[int, bytes]] = (),
    ) -> LabelRows:
        """Return what ``packed`` made; ``extra`` and ``details`` name the first row of each that was joined.

        Raises:
            ValueError: When it makes no sense.
        """
        found = cls(
            np.frombuffer(rows, ROW_DTYPE),
            np.frombuffer(boxes, np.float32).reshape(-1, 4),
            np.frombuffer(scores, np.float32),
            np.frombuffer(labels, np.uint32),
            {},
            {},
            {},
            {},
        )
        for first, packed in extra:
            if packed:
                flags, tags, texts = json.loads(packed)
                found.flags.update(_unpacked_names(first, flags))
                found.tags.update(_unpacked_names(first, tags))
                found.texts.update((first + int(place), text) for place, text in texts)
        for first, packed in details:
            if packed:
                for place, (kinds, groups, remarks) in json.loads(packed):
                    found.details[first + place] = Details(tuple(kinds), tuple(groups), remarks)
        return found


class FreshRows(NamedTuple):
    """What was read from files.

    Attributes:
        rows: Labels are places in ``names``.
        names: Labels.
        is_there: bool (files,): whether there was such a file.
    """

    rows: LabelRows
    names: list[str]
    is_there: NDArray[np.bool_]

    @classmethod
    def join(cls, parts: Sequence[FreshRows]) -> FreshRows:
        """Return the files of several, one after the other."""
        numbers: dict[str, int] = {}
        rows = []
        for part in parts:
            new = [numbers.setdefault(name, len(numbers)) for name in part.names]
            rows.append(part.rows.with_labels(np.array(new, np.uint32)))
        return cls(LabelRows.join(rows), list(numbers), np.concatenate([part.is_there for part in parts]))


def read_rows(paths: Sequence[str], *, threads: int) -> FreshRows:
    """Read label files. One that cannot be understood has the bit BROKEN and no objects."""
    raw = accel.read_label_facts(
        paths,
        helper_labels=HELPER_LABELS,
        kinds=KINDS,
        max_bytes=MAX_FILE_BYTES,
        max_coordinate=MAX_COORDINATE,
        threads=threads,
    )
    if raw is None:
        sizes, mtimes_ns = accel.stat_files(paths)  # before reading: who changes a file meanwhile is noticed later
        return _fresh(read_label_facts(paths), sizes, mtimes_ns)
    rows = np.zeros(len(paths), ROW_DTYPE)
    rows["mtime_ns"], rows["size_bytes"], rows["count"] = raw.mtimes_ns, raw.sizes, raw.counts
    rows["state"] = raw.states == CHECKED
    rows["kinds"] = raw.kinds
    details = {place: Details(tuple(kinds), tuple(groups), text) for place, kinds, groups, text in raw.details}
    flags, tags = ({place: tuple(names) for place, names in named} for named in (raw.flags, raw.tags))
    fast = LabelRows(rows, raw.boxes, raw.scores, raw.labels, flags, dict(raw.texts), details, tags)
    is_there = raw.states != _GONE
    odd = np.flatnonzero(raw.states == _ODD)
    if not odd.size:
        return FreshRows(fast, raw.names, is_there)
    chosen = [paths[place] for place in odd.tolist()]
    sizes, mtimes_ns = accel.stat_files(chosen)
    slow = _fresh(read_odd_facts(chosen), sizes, mtimes_ns)
    is_there[odd] = slow.is_there
    numbers = np.arange(len(slow.names), dtype=np.uint32) + len(raw.names)
    joined = LabelRows.join([fast, slow.rows.with_labels(numbers)])
    order = np.arange(len(paths))
    order[odd] = np.arange(len(odd)) + len(paths)
    return FreshRows(joined.take(order), raw.names + slow.names, is_there)


def rows_of(facts: LabelFacts, size_bytes: int, mtime_ns: int) -> FreshRows:
    """Return the same for facts of one file that are at hand."""
    return _fresh(facts, np.array([size_bytes]), np.array([mtime_ns]))


def _fresh(facts: LabelFacts, sizes: IntArray, mtimes_ns: IntArray) -> FreshRows:
    names: dict[str, int] = {}
    labels = [names.setdefault(label, len(names)) for file in facts.files for label in file.labels]
    rows = np.zeros(len(facts.files), ROW_DTYPE)
    rows["mtime_ns"], rows["size_bytes"] = mtimes_ns, sizes
    rows["state"] = [_state(file) for file in facts.files]
    rows["count"] = [len(file.labels) for file in facts.files]
    rows["kinds"] = [file.kinds for file in facts.files]
    return FreshRows(
        LabelRows(
            rows,
            facts.boxes,
            facts.scores,
            np.array(labels, np.uint32),
            {place: file.flags for place, file in enumerate(facts.files) if file.flags},
            {place: file.text for place, file in enumerate(facts.files) if file.text},
            {place: file.details for place, file in enumerate(facts.files) if file.details != NO_DETAILS},
            {place: file.tags for place, file in enumerate(facts.files) if file.tags},
        ),
        list(names),
        sizes >= 0,
    )


def _packed_names(named: Named) -> list[Any]:
    """Return each combination of names once, the places of the files, and which of the combinations each one has.

    Where it is the first files, one after the other, that have some, there are no places.
    """
    numbers: dict[tuple[str, ...], int] = {}
    chosen = [numbers.setdefault(names, len(numbers)) for names in named.values()]
    places = list(named)
    return [list(numbers), None if places == list(range(len(places))) else places, chosen]


def _unpacked_names(first: int, packed: list[Any]) -> Iterator[tuple[int, tuple[str, ...]]]:
    combinations, places, chosen = packed
    tuples = [tuple(names) for names in combinations]
    own = range(first, first + len(chosen)) if places is None else (first + place for place in places)
    return zip(own, map(tuples.__getitem__, chosen), strict=True)


def _state(file: FileFacts) -> int:
    return (CHECKED if file.checked else 0) | (BROKEN if file.is_broken else 0)


def runs(starts: IntArray, lengths: IntArray) -> IntArray:
    """Return the numbers in several runs, one run after the other, int64."""
    total = int(lengths.sum())
    if not total:
        return np.zeros(0, np.int64)
    ends = np.cumsum(lengths)
    shifts: Any = np.repeat(starts - (ends - lengths), lengths)
    moved: IntArray = np.arange(total, dtype=np.int64) + shifts
    return moved


def joined_names(names: Sequence[str]) -> bytes:
    """Return file names as bytes with zeros between them, which no name holds."""
    return os.fsencode("\0".join(names))
