"""What the label index says about many images, in the order in which they are asked about."""

from __future__ import annotations

import itertools
import operator
import os
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from anylabeling.services.dataset import label_chunks
from anylabeling.services.dataset.folders import Folder, by_folder
from anylabeling.services.dataset.label_chunks import FolderRows
from anylabeling.services.dataset.label_facts import Details
from anylabeling.services.dataset.label_rows import BROKEN, CHECKED, ROW_DTYPE, LabelRows, runs

if TYPE_CHECKING:
    import sqlite3


class Words(NamedTuple):
    """Flags, tags and texts of some images; see LabelColumns."""

    flags: list[frozenset[str]]
    tags: list[tuple[str, ...]]
    texts: list[str]


class LabelWords:
    """Flags, tags and texts of some images as they are kept. Most questions are about objects only."""

    def __init__(self, images: int) -> None:
        self._images = images
        self._kept: list[tuple[Iterable[tuple[int, bytes]], NDArray[np.int64]]] = []
        self._taken: list[tuple[LabelRows, NDArray[np.int64]]] = []
        self._lock = threading.Lock()
        self._made: Words | None = None

    def keep(self, extra: Iterable[tuple[int, bytes]], places: NDArray[np.int64]) -> None:
        """Add what chunks say, each with the number of its first row, and the places of all their rows."""
        self._kept.append((extra, places))

    def take(self, content: LabelRows, places: NDArray[np.int64]) -> None:
        """Add what is known already."""
        self._taken.append((content, places))

    def made(self) -> Words:
        """Return them; any thread may ask."""
        with self._lock:
            if self._made is None:
                words = Words([frozenset()] * self._images, [()] * self._images, [""] * self._images)
                for content, places in self._taken:
                    _add_words(words, content, places)
                for extra, places in self._kept:
                    _add_words(words, LabelRows.unpacked(b"", b"", b"", b"", extra), places)
                self._made, self._kept, self._taken = words, [], []
            return self._made


def _add_words(words: Words, content: LabelRows, places: NDArray[np.int64]) -> None:
    place_of = places.tolist()
    sets: dict[tuple[str, ...], frozenset[str]] = {}
    for row, names in content.flags.items():
        if names not in sets:
            sets[names] = frozenset(names)
        words.flags[place_of[row]] = sets[names]
    for row, names in content.tags.items():
        words.tags[place_of[row]] = names
    for row, text in content.texts.items():
        words.texts[place_of[row]] = text.casefold()


@dataclass(frozen=True, slots=True, eq=False)
class LabelColumns:
    """What is known about the labels of some images.

    Attributes:
        has_file: bool (n,): whether there is a label file.
        checked: bool (n,): whether a person has reviewed the image.
        broken: bool (n,): whether the label file cannot be understood.
        words: Flags, tags and texts, which are made of what is kept when they are asked for.
        offsets: int64 (n + 1,): image i has the objects offsets[i] to offsets[i + 1].
        boxes: float32 (objects, 4), left, top, right, bottom in picture pixels.
        scores: float32 (objects,): 1 where the shape has none.
        class_ids: int32 (objects,).
        class_names: Index is the class id.
        fingerprint: Changes with every label file.
    """

    has_file: NDArray[np.bool_]
    checked: NDArray[np.bool_]
    broken: NDArray[np.bool_]
    words: LabelWords
    offsets: NDArray[np.int64]
    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    class_ids: NDArray[np.int32]
    class_names: tuple[str, ...]
    fingerprint: bytes

    @property
    def flags(self) -> list[frozenset[str]]:
        """The flags that are set in each image."""
        return self.words.made().flags

    @property
    def tags(self) -> list[tuple[str, ...]]:
        """The tags of each image in their order."""
        return self.words.made().tags

    @property
    def texts(self) -> list[str]:
        """All texts of each image, folded to lower case."""
        return self.words.made().texts

    @property
    def labelled(self) -> NDArray[np.bool_]:
        """Whether an image has objects, flags that are set, or tags: bool (n,)."""
        named = map(operator.or_, map(bool, self.flags), map(bool, self.tags))
        return np.asarray((np.diff(self.offsets) > 0) | np.fromiter(named, np.bool_, len(self.flags)))


@dataclass(frozen=True, slots=True, eq=False)
class LabelDetails:
    """What is asked rarely about the labels of some images.

    Attributes:
        kinds: uint16 (n,): bits of the kinds of objects; see FileFacts.
        more: For images that have some: other kinds, groups and descriptions.
    """

    kinds: NDArray[np.uint16]
    more: dict[int, Details]


def rows_at(folder: Folder, rows: FolderRows) -> NDArray[np.int64]:
    """Return for each image of a folder its row, int64 (images,); -1 where there is none."""
    if folder.joined_names == rows.names:
        return np.arange(len(folder))
    if not len(rows.content):
        return np.full(len(folder.names), -1, np.int64)
    where = dict(zip(os.fsdecode(rows.names).split("\0"), range(len(rows.content)), strict=True))
    return np.fromiter(map(where.get, folder.names, itertools.repeat(-1)), np.int64, len(folder.names))


def columns_of(connection: sqlite3.Connection, image_paths: Sequence[str]) -> LabelColumns:
    """Return what is known about the labels of images; unknown ones have no label file."""
    columns = _Columns(len(image_paths))
    for folder in by_folder(image_paths):
        columns.add(folder, label_chunks.read(connection, folder.path, label_chunks.OBJECTS))
    return columns.result(label_chunks.label_names(connection))


def no_columns(images: int) -> LabelColumns:
    """Return the same where nothing is known."""
    return _Columns(images).result(())


def details_of(connection: sqlite3.Connection, image_paths: Sequence[str]) -> LabelDetails:
    """Return what is asked about rarely."""
    details = no_details(len(image_paths))
    for folder in by_folder(image_paths):
        rows = label_chunks.load(connection, folder.path, label_chunks.DETAILS)
        at = rows_at(folder, rows)
        wanted = np.flatnonzero(at >= 0)
        places = folder.places[wanted]
        details.kinds[places] = rows.content.rows["kinds"][at[wanted]]
        place_of = dict(zip(at[wanted].tolist(), places.tolist(), strict=True)) if rows.content.details else {}
        more = {place_of[row]: found for row, found in rows.content.details.items() if row in place_of}
        details.more.update(more)
    return details


def no_details(images: int) -> LabelDetails:
    """Return the same where nothing is known."""
    return LabelDetails(np.zeros(images, np.uint16), {})


class _Columns:
    """Puts the rows of several folders together."""

    def __init__(self, images: int) -> None:
        self._images = images
        self._places: list[NDArray[np.int64]] = []
        # Bytes of rows, boxes, scores and labels: put together once, for all folders.
        self._parts: list[Sequence[bytes]] = []
        self._words = LabelWords(images)

    def add(self, folder: Folder, chunks: Sequence[tuple[bytes, ...]]) -> None:
        """Take the chunks of one folder, with the columns OBJECTS."""
        if not chunks:
            return
        names, rows, labels, scores, boxes, extra = zip(*chunks, strict=True)
        places = folder.places
        if b"\0".join(names) == folder.joined_names:
            self._parts += zip(rows, boxes, scores, labels, strict=True)
        else:
            known = label_chunks.unpacked(chunks, label_chunks.OBJECTS)
            at = rows_at(folder, known)
            content = known.content.take(at[at >= 0])
            places = places[at >= 0]
            arrays = content.rows, content.boxes, content.scores, content.labels
            self._parts.append([array.tobytes() for array in arrays])
            self._words.take(content, places)
            extra = ()
        self._places.append(places)
        if any(extra):
            lengths = [len(part) // ROW_DTYPE.itemsize for part in rows]
            firsts = itertools.accumulate(lengths, initial=0)
            self._words.keep(list(zip(firsts, extra, strict=False)), places)

    def result(self, names: Sequence[str]) -> LabelColumns:
        """Return the columns; ``names`` are those of the labels by number."""
        parts = zip(*self._parts, strict=True) if self._parts else ((),) * 4
        packed = [b"".join(part) for part in parts]
        content = LabelRows.unpacked(packed[0], packed[1], packed[2], packed[3], ())
        places = np.concatenate([np.zeros(0, np.int64), *self._places])
        states, stamps = np.zeros(self._images, np.uint8), np.full((self._images, 2), -1, np.int64)
        has_file = np.zeros(self._images, np.bool_)
        has_file[places] = True
        states[places] = content.rows["state"]
        stamps[places, 0], stamps[places, 1] = content.rows["mtime_ns"], content.rows["size_bytes"]
        starts, lengths = np.zeros(self._images, np.int64), np.zeros(self._images, np.int64)
        starts[places], lengths[places] = content.offsets[:-1], content.rows["count"]
        boxes, scores, labels = content.boxes, content.scores, content.labels
        if bool((np.diff(places) < 0).any()):
            order = runs(starts, lengths)
            boxes, scores, labels = boxes[order], scores[order], labels[order]
        offsets = np.zeros(self._images + 1, np.int64)
        np.cumsum(lengths, out=offsets[1:])
        return LabelColumns(
            has_file,
            (states & CHECKED) != 0,
            (states & BROKEN) != 0,
            self._words,
            offsets,
            boxes,
            scores,
            np.minimum(labels, max(0, len(names) - 1)).astype(np.int32),
            tuple(names),
            stamps.tobytes(),
        )
