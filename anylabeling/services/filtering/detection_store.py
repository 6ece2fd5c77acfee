"""What models have found, image by image: another class, count or threshold never runs a model again.

One row per image file and model. Beside it lie the boxes that survived suppression, from a score of 0.05 up, and the
candidates before it, so that another overlap needs no model either. Writing happens on a thread of its own, in one
transaction for all that has come up meanwhile; the future of an image is done when its row is safe from a kill.
"""

from __future__ import annotations

import functools
import logging
import threading
import time
import weakref
import zlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from anylabeling.errors import StorageError
from anylabeling.messages.auto_labeling import DetectOptions
from anylabeling.messages.filtering import CacheStats
from anylabeling.services.auto_labeling.detections import CANDIDATE_FLOOR, Candidates, Detections
from anylabeling.services.filtering import packing, store_schema
from anylabeling.services.filtering.grouped_nms import grouped_nms
from anylabeling.services.filtering.identities import FileSet, ModelIdentity
from anylabeling.services.filtering.objects import IntArray, ObjectTable, offsets_of, rows_of
from anylabeling.utils import turns
from anylabeling.utils.cancellation import Cancelled
from anylabeling.utils.parallel import WorkerPool
from anylabeling.utils.sqlite_file import SqliteFile

if TYPE_CHECKING:
    import sqlite3

_logger = logging.getLogger(__name__)

DEFAULT_MAX_BYTES = 1 << 30
_CHUNK = 900  # older builds of SQLite take 999 parameters
_TOUCH_AFTER_S = 600.0
_WRITER_IDLE_S = 2.0
_CHECK_SIZE_EVERY = 256
_MAX_REMEMBERED_BYTES = 256 << 20
_ALL = 1 << 30


@dataclass(frozen=True, slots=True, eq=False)
class StoredDetections:
    """What the store knows about some images.

    Attributes:
        known: bool (n,): whether an image is in the store as it is on disk now.
        table: The objects after suppression of the known images; others have none.
    """

    known: NDArray[np.bool_]
    table: ObjectTable


class _Waiting(NamedTuple):
    row: tuple[Any, ...]
    done: Future[None]


class DetectionStore:
    """Detections by image file and model. Any thread may call any method.

    A store that fails (no space, no permission) says so once in its notices and forgets, it never stops a run.
    """

    def __init__(
        self, path: Path | None, *, max_bytes: int = DEFAULT_MAX_BYTES, clock: Callable[[], float] = time.time
    ) -> None:
        """Prepare; nothing is opened before the first use.

        Args:
            path: The database, or None to keep all in memory.
            max_bytes: Beyond it, what was not used for the longest time goes.
            clock: Seconds, for the order of use.
        """
        self._file = SqliteFile(path, store_schema.SCHEMA, store_schema.VERSION)
        self._max_bytes = max_bytes
        self._clock = clock
        self._lock = threading.Lock()
        self._writer = WorkerPool(1, "detection-store", idle_s=_WRITER_IDLE_S)
        # Whoever forgets to close a store leaves no thread behind.
        weakref.finalize(self, self._writer.close)
        self._waiting: list[_Waiting] = []
        self._chores: list[Callable[[sqlite3.Connection], object]] = []
        self._writes = 0
        self._hits = 0
        self._misses = 0
        # The last answers, whole: dragging a threshold asks for the same images many times a second.
        self._remembered: OrderedDict[tuple[str, float, str], StoredDetections] = OrderedDict()

    def lookup(
        self, model: ModelIdentity, files: FileSet, *, iou: float, floor: float, class_names: tuple[str, ...]
    ) -> StoredDetections:
        """Return what is known about images, without running anything.

        Args:
            model: Whose results.
            files: The images as they are on disk now.
            iou: Overlap above which boxes of one class are one object.
            floor: Least score that will be asked for; below 0.05 nothing is known.
            class_names: The model's; index is the class id.
        """
        if floor < CANDIDATE_FLOOR:
            return self._count(StoredDetections(np.zeros(len(files), np.bool_), _nothing(files, class_names)))
        slot = (model.key, iou, files.fingerprint())
        with self._lock:
            remembered = self._remembered.get(slot)
        if remembered is not None:
            return self._count(remembered)
        lookup = _Lookup(files, iou, floor, self._clock())
        try:
            self._file.read(lambda connection: lookup.run(connection, model.key))
        except StorageError as error:
            self._fail(error)
            return self._count(StoredDetections(np.zeros(len(files), np.bool_), _nothing(files, class_names)))
        found = lookup.result(class_names)
        self._later(lookup.chores())
        if found.known.all() and found.table.boxes.nbytes < _MAX_REMEMBERED_BYTES:
            self._remember(slot, found)
        return self._count(found)

    def put(
        self,
        model: ModelIdentity,
        files: FileSet,
        index: int,
        candidates: Candidates,
        *,
        iou: float,
        content_hash: str = "",
    ) -> tuple[Detections, Future[None]]:
        """Keep what a model has found in one image.

        Args:
            model: The model.
            files: The images of the run.
            index: Which of them.
            candidates: Everything from 0.05 up, or from further down.
            iou: Overlap for the suppression.
            content_hash: Hash of the file's content, by which it is recognised after it was moved; may be empty.

        Returns:
            The objects after suppression, from the candidates' floor up, and a future that is done when they are on
            disk, or could not be written.
        """
        kept = suppress(candidates, iou)
        return kept, self.put_packed(model, files, index, packing.PackedResult.of(candidates, kept, iou), content_hash)

    def put_packed(
        self, model: ModelIdentity, files: FileSet, index: int, result: packing.PackedResult, content_hash: str = ""
    ) -> Future[None]:
        """Keep what a model has found in one image, and return a future; see ``put``."""
        row = (
            model.key,
            files.keys[index],
            int(files.sizes[index]),
            int(files.mtimes_ns[index]),
            result.image_width,
            result.image_height,
            content_hash,
            self._clock(),
            result.iou,
            result.kept,
            result.complete_from,
            result.candidates,
        )
        done: Future[None] = Future()
        with self._lock:
            self._waiting.append(_Waiting(row, done))
            self._remembered.clear()
            is_first = len(self._waiting) == 1
        if is_first:
            self._schedule()
        return done

    def adopt_moved(self, model: ModelIdentity, files: FileSet, hashes: dict[int, str]) -> int:
        """Recognise files that lay elsewhere when they were looked at.

        Args:
            model: Whose results.
            files: The images as they are now.
            hashes: Content hashes of those that are not known, by index.

        Returns:
            How many were recognised; they are known from now on.
        """
        try:
            return self._file.write(
                lambda connection: store_schema.adopt(connection, model.key, files, hashes, self._clock())
            )
        except StorageError as error:
            self._fail(error)
            return 0

    def resize(self, max_bytes: int) -> None:
        """Take another limit; what is beyond it goes with the next that is put."""
        with self._lock:
            if max_bytes < self._max_bytes:
                self._writes = 0  # the size is looked at again at once
            self._max_bytes = max_bytes

    def flush(self) -> None:
        """Wait until everything that was put is written."""
        with self._lock:
            waiting = [entry.done for entry in self._waiting]
        for future in waiting:
            future.result()
        if (scheduled := self._schedule()) is not None:
            scheduled.result()

    def clear(self) -> None:
        """Forget everything."""
        self.flush()
        with self._lock:
            self._remembered.clear()
            self._hits = self._misses = 0
        try:
            self._file.write(store_schema.clear)
            self._file.read(store_schema.shrink)
        except StorageError as error:
            self._fail(error)

    def stats(self) -> CacheStats:
        """Return how the store is doing; entries are pairs of image and model."""
        try:
            entries = self._file.read(store_schema.count)
            size_bytes = self._file.size_bytes()
        except StorageError:
            entries = size_bytes = 0
        return CacheStats(self._hits, self._misses, entries, size_bytes, self._file.is_persistent)

    def take_notices(self) -> tuple[str, ...]:
        """Return what the person should know since the last call, such as that a damaged file was set aside."""
        return self._file.take_notices()

    def close(self) -> None:
        """Write what is waiting and close the file; a later use opens it again."""
        self.flush()
        self._writer.close()
        self._file.close()

    def _count(self, found: StoredDetections) -> StoredDetections:
        hits = int(found.known.sum())
        with self._lock:
            self._hits += hits
            self._misses += len(found.known) - hits
        return found

    def _remember(self, slot: tuple[str, float, str], found: StoredDetections) -> None:
        with self._lock:
            self._remembered[slot] = found
            while len(self._remembered) > 2:
                self._remembered.popitem(last=False)

    def _later(self, chores: list[Callable[[sqlite3.Connection], object]]) -> None:
        if not chores:
            return
        with self._lock:
            self._chores += chores
        self._schedule()

    def _schedule(self) -> Future[None] | None:
        """Let the writer write what is waiting; a store in memory, or one that was closed, writes at once."""
        if not self._file.is_persistent:
            self._drain()
            return None
        try:
            return self._writer.submit(self._drain)
        except Cancelled:
            self._drain()
            return None

    def _drain(self) -> None:
        with self._lock:
            waiting, self._waiting = self._waiting, []
            chores, self._chores = self._chores, []
        if not (waiting or chores):
            return

        def store(connection: sqlite3.Connection) -> None:
            store_schema.insert(connection, [entry.row for entry in waiting])
            for chore in chores:
                chore(connection)

        try:
            self._file.write(store)
            self._limit(len(waiting))
        except StorageError as error:
            self._fail(error)
        finally:
            for entry in waiting:
                entry.done.set_result(None)

    def _limit(self, added: int) -> None:
        before, self._writes = self._writes, self._writes + added
        if before and before // _CHECK_SIZE_EVERY == self._writes // _CHECK_SIZE_EVERY:
            return
        removed = 0
        while (size_bytes := self._file.size_bytes()) > self._max_bytes:
            share = 1 - 0.9 * self._max_bytes / size_bytes
            gone = self._file.write(functools.partial(store_schema.evict, share=share))
            if not gone:
                break
            removed += gone
        if removed:
            self._file.read(store_schema.shrink)
            _logger.info("%d results that were not used for the longest time left the detection store.", removed)

    def _fail(self, error: StorageError) -> None:
        _logger.warning("%s %s", error, error.details)
        self._file.note(str(error))


def suppress(candidates: Candidates, iou: float) -> Detections:
    """Return the boxes of one picture that survive, from the candidates' floor up."""
    return candidates.select(DetectOptions(confidence=0.0, iou=iou, max_detections=_ALL), ())


class _Lookup:
    """One question to the store."""

    def __init__(self, files: FileSet, iou: float, floor: float, now: float) -> None:
        self._files = files
        self._iou = iou
        self._floor = floor
        self._now = now
        self._known = np.zeros(len(files), np.bool_)
        self._parts: list[tuple[IntArray, NDArray[np.int64], NDArray[np.void]]] = []
        self._used: list[tuple[int]] = []
        self._derived: list[tuple[int, float, bytes, int, float]] = []

    def run(self, connection: sqlite3.Connection, model_key: str) -> None:
        """Read in chunks, one SELECT for each."""
        # A second call comes after a damaged file was set aside.
        self._known[:] = False
        self._parts.clear()
        model_id = store_schema.model_id(connection, model_key)
        if model_id is None:
            return
        for start in range(0, len(self._files), _CHUNK):
            turns.give_way()
            rows = store_schema.select_kept(
                connection, model_id, self._files.keys[start : start + _CHUNK], self._iou, self._floor
            )
            if rows:
                self._take(connection, start, rows)

    def _take(self, connection: sqlite3.Connection, start: int, rows: list[tuple[Any, ...]]) -> None:
        keys = self._files.keys[start : start + _CHUNK]
        where = dict(zip(keys, range(start, start + len(keys)), strict=True))
        rows = [row for row in rows if row[1] in where]  # a damaged file may answer with what was not asked for
        if not rows:
            return
        ids, paths, sizes, mtimes, used, blobs, sums, from_other, is_enough = zip(*rows, strict=True)
        at = np.fromiter(map(where.__getitem__, paths), np.int64, len(rows))
        fresh = (self._files.sizes[at] == np.array(sizes)) & (self._files.mtimes_ns[at] == np.array(mtimes))
        usable = fresh & (~np.array(from_other, np.bool_) | np.array(is_enough, np.bool_))
        chosen = np.flatnonzero(usable)
        data = blobs if len(chosen) == len(rows) else [blobs[row] for row in chosen.tolist()]
        intact = np.fromiter(map(zlib.crc32, data), np.int64, len(data)) == np.array(sums, np.object_)[chosen]
        if not intact.all():
            data = [blob for blob, is_intact in zip(data, intact.tolist(), strict=True) if is_intact]
            chosen = chosen[intact]
        self._add(at[chosen], data)
        old = chosen[np.array(used)[chosen] < self._now - _TOUCH_AFTER_S]
        self._used += [(ids[row],) for row in old.tolist()]
        derivable = np.flatnonzero(fresh & ~usable)
        if derivable.size:
            self._derive(connection, {ids[i]: int(at[i]) for i in derivable.tolist()})

    def _add(self, at: IntArray, blobs: Sequence[bytes]) -> None:
        lengths = np.fromiter(map(len, blobs), np.int64, len(blobs)) // packing.KEPT_DTYPE.itemsize
        self._parts.append((at, lengths, np.frombuffer(b"".join(blobs), packing.KEPT_DTYPE)))
        self._known[at] = True

    def _derive(self, connection: sqlite3.Connection, wanted: dict[int, int]) -> None:
        """Suppress stored candidates anew, for an overlap that has not been used."""
        rows = [
            row
            for row in store_schema.select_candidates(connection, list(wanted), self._floor)
            if zlib.crc32(row[4]) == row[5]
        ]
        if not rows:
            return
        ids, widths, heights, complete, blobs, _sums = zip(*rows, strict=True)
        lengths = np.fromiter(map(len, blobs), np.int64, len(rows)) // packing.CANDIDATE_DTYPE.itemsize
        owners: IntArray = np.repeat(np.arange(len(rows)), lengths)
        sizes = np.stack([np.array(widths, np.int64), np.array(heights, np.int64)], axis=1)
        records = np.frombuffer(b"".join(blobs), packing.CANDIDATE_DTYPE)
        boxes, scores, class_ids = packing.unpack_candidates(records, owners, sizes)
        groups: IntArray = owners * (1 << 16) + class_ids
        keep = grouped_nms(boxes, groups, self._iou)
        boxes = np.clip(boxes, np.float32(0), np.tile(sizes, 2)[owners].astype(np.float32))
        # As in Candidates.select: what lies outside the picture is nothing.
        keep &= ((boxes[:, 2:] - boxes[:, :2]) > 0.01).all(axis=1)
        kept = packing.pack_kept(boxes[keep], scores[keep], class_ids[keep])
        counts = np.bincount(owners[keep], minlength=len(rows))
        ends = offsets_of(counts) * packing.KEPT_DTYPE.itemsize
        data = kept.tobytes()
        at = np.array([wanted[entry] for entry in ids], np.int64)
        self._parts.append((at, counts.astype(np.int64), kept))
        self._known[at] = True
        for number, entry in enumerate(ids):
            blob = data[ends[number] : ends[number + 1]]
            self._derived.append((entry, self._iou, blob, zlib.crc32(blob), complete[number]))

    def result(self, class_names: tuple[str, ...]) -> StoredDetections:
        """Put the chunks together, in the order of the files."""
        if not self._parts:
            return StoredDetections(self._known, _nothing(self._files, class_names))
        at = np.concatenate([part[0] for part in self._parts])
        part_lengths = np.concatenate([part[1] for part in self._parts])
        records = np.concatenate([part[2] for part in self._parts])
        lengths = np.zeros(len(self._files), np.int64)
        starts = np.zeros(len(self._files), np.int64)
        lengths[at], starts[at] = part_lengths, np.cumsum(part_lengths) - part_lengths
        records = records[rows_of(starts, lengths)]
        table = ObjectTable(
            offsets_of(lengths),
            np.ascontiguousarray(records["box"]),
            np.ascontiguousarray(records["score"]),
            records["class_id"].astype(np.int32),
            class_names,
        )
        return self._without_unknown_classes(table)

    def _without_unknown_classes(self, table: ObjectTable) -> StoredDetections:
        if not len(table.class_ids) or int(table.class_ids.max()) < len(table.class_names):
            return StoredDetections(self._known, table)
        # A config that names fewer classes than the network has; the model itself would fail on these.
        keep = table.class_ids < len(table.class_names)
        lengths = np.bincount(table.owners[keep], minlength=len(table))
        trimmed = ObjectTable(
            offsets_of(lengths), table.boxes[keep], table.scores[keep], table.class_ids[keep], table.class_names
        )
        return StoredDetections(self._known, trimmed)

    def chores(self) -> list[Callable[[sqlite3.Connection], object]]:
        """Return what is to be written because of this question: times of use, and results of suppression."""
        chores: list[Callable[[sqlite3.Connection], object]] = []
        if self._used:
            used, now = self._used, self._now
            chores.append(lambda connection: store_schema.touch(connection, used, now))
        if self._derived:
            derived = self._derived
            chores.append(lambda connection: store_schema.insert_derived(connection, derived))
        return chores


def _nothing(files: FileSet, class_names: tuple[str, ...]) -> ObjectTable:
    return ObjectTable.empty(len(files), class_names)
