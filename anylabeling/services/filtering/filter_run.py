"""One question on its way to its answer: from what is cheap to know to what only the model can tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

import numpy as np

from anylabeling.codecs import probe
from anylabeling.errors import AppError
from anylabeling.messages.filtering import FilterMatch, FilterQuery, FilterSource, SortKey
from anylabeling.messages.progress import ItemFailure, Progress
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.detections import CANDIDATE_FLOOR, Candidates, Detections
from anylabeling.services.auto_labeling.pipeline import ImageWork, PipelineSettings, Skipped, run_many
from anylabeling.services.dataset.label_index import LabelColumns, LabelIndex
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.services.filtering import conditions
from anylabeling.services.filtering.detection_store import DetectionStore
from anylabeling.services.filtering.disagreement import Boxes, compare
from anylabeling.services.filtering.filter_work import FilterWork, Seen
from anylabeling.services.filtering.identities import FileSet, ModelIdentities, ModelIdentity
from anylabeling.services.filtering.objects import BoolArray, IntArray, ObjectTable
from anylabeling.translation import tr
from anylabeling.utils import turns
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.hashing import hash_bytes, hash_file
from anylabeling.utils.parallel import BatchProcessor, ItemError

Lend = Callable[[DetectionModel, int, CancelToken], AbstractContextManager[DetectionModel]]
"""Gives what gets many images done, from the model, the number of images and what cancels."""

_IN_A_ROW = 500
"""Matches that are handed over before the window gets its turn."""


class FilterRun:
    """The state of one run; used by one thread.

    Attributes:
        query: The question.
        paths: The images.
        matches: Those found so far, in the order of ``paths``.
        failed: Images that could not be looked at.
        done: Images that are through.
        from_cache: Images that needed neither the model nor the disk.
        inferred: Images that the model ran on.
        fingerprint: State of the images and label files.
        names_digest: Changes with the list of images.
        is_answered: Whether the matches come from a kept answer, in their final order.
        was_cancelled: Whether the pipeline was stopped.
        notices: Sentences for the person.
    """

    def __init__(  # noqa: PLR0913 - made in one place
        self,
        query: FilterQuery,
        paths: tuple[str, ...],
        model: DetectionModel | None,
        detections: DetectionStore,
        index: LabelIndex,
        identities: ModelIdentities,
        *,
        cancel: CancelToken,
        on_match: Callable[[FilterMatch], object] | None,
        on_progress: Callable[[Progress], object] | None,
    ) -> None:
        self.query = query
        self.paths = paths
        self.matches: list[FilterMatch] = []
        self.failed: list[ItemFailure] = []
        self.done = 0
        self.from_cache = 0
        self.inferred = 0
        self.fingerprint = ""
        self.names_digest = ""
        self.is_answered = False
        self.was_cancelled = False
        self.notices: list[str] = []
        self._model = model
        self._store = detections
        self._index = index
        self._identity: ModelIdentity | None = None if model is None else identities.identify(model.info)
        self._cancel = cancel
        self._on_match = on_match
        self._on_progress = on_progress
        self._removed: Counter[str] = Counter()
        self._labels: LabelColumns | None = None
        # Images that are still in question, and what is known of each.
        self._open: IntArray = np.arange(len(paths))
        self._waiting: list[tuple[int, FilterMatch]] = []
        self._missing: IntArray = np.zeros(0, np.int64)
        self._left_out = 0
        self._files = FileSet((), [], np.zeros(0, np.int64), np.zeros(0, np.int64))

    @property
    def model_key(self) -> str | None:
        """The model's part of a cache key; None where the model cannot be told from others."""
        if self._model is None:
            return ""
        return None if self._identity is None else self._identity.key

    def removed(self) -> list[tuple[str, int]]:
        """Return how many images each condition removed."""
        return [(condition, count) for condition, count in self._removed.items() if count]

    def look_at_files(self, label_store: LabelStore) -> None:
        """Find out whether images and label files are as they were."""
        self._cancel.raise_if_cancelled()
        self._files = FileSet.of(self.paths)
        self.names_digest = self._files.names_digest()
        self.fingerprint = self._files.fingerprint()
        if self.query.needs_labels:
            self._labels = self._index.look(self.paths, label_store, cancel=self._cancel)
            self.fingerprint += hash_bytes(self._labels.fingerprint)

    def take_answer(self, matches: Sequence[FilterMatch], removed: Sequence[tuple[str, int]]) -> None:
        """Make a kept answer this run's."""
        self.matches, self.is_answered = list(matches), True
        self._removed.update(dict(removed))
        self.done = len(self.paths)
        for number, match in enumerate(matches if self._on_match is not None else ()):
            if number % _IN_A_ROW == 0:
                self._cancel.raise_if_cancelled()
                turns.give_way()
            self._on_match(match)  # type: ignore[misc]
        self._report_all()

    def select_by_files(self) -> None:
        """Drop the images that conditions on names, labels and sizes rule out, so that no model looks at them."""
        query = self.query
        in_folder, fits = conditions.named_right(query, self.paths)
        self._keep("folder", in_folder)
        self._keep("file name", fits)
        labels = self._labels
        if labels is not None:
            if query.has_labels is not None:
                self._keep("label file", labels.has_file == query.has_labels)
            if query.checked is not None:
                self._keep("checked", labels.checked == query.checked)
            if query.flags:
                self._keep("flags", np.array([query.flags <= flags for flags in labels.flags], np.bool_))
            if query.asks_for_tags:
                self._keep("tags", conditions.tagged_right(query, labels.tags))
            if query.text:
                wanted = query.text.casefold()
                self._keep("text", np.array([wanted in text for text in labels.texts], np.bool_))
            if query.source is not FilterSource.DETECTIONS:
                verdict = conditions.judge(query, _label_table(labels).take(self._open), with_scores=False)
                self._count(verdict)
                self._open = self._open[verdict.matches]
        if query.image_width is not None or query.image_height is not None:
            self._select_by_size()

    def look_up(self, *, recognise_moved: bool) -> None:
        """Answer what can be answered without the model."""
        self._cancel.raise_if_cancelled()
        if self._model is None:
            self._answer_from_labels()
            return
        if self._identity is None:
            self.notices.append(tr("The model's file cannot be read any more, so what it finds is not kept."))
            self._missing = self._open
            return
        found = self._stored()
        if recognise_moved and not found[0].all() and self._adopt_moved(found[0]):
            found = self._stored()
        known, table = found
        self._missing = self._open[~known]
        images = self._open[known]
        self.from_cache = len(images)
        table = table.take(np.flatnonzero(known))
        verdict = conditions.judge(self.query, table)
        self._count(verdict)
        self._waiting = self._matches_of(images, table, verdict)

    def leave_out_missing(self) -> None:
        """Count the images that only the model could tell about as not looked at."""
        self._left_out = len(self._missing)
        self._missing = self._missing[:0]

    def infer_missing(self, settings: PipelineSettings, lend: Lend | None = None) -> None:
        """Run the model for the rest, handing over all matches in the order of the images.

        Args:
            settings: Threads and batch of the pipeline.
            lend: Gives what gets many images done, from the model, the number of images and what cancels.
        """
        model = self._model
        self.done = len(self.paths) - len(self._missing) - self._left_out
        if model is None or not len(self._missing):
            self._flush_until(len(self.paths))
            self._report_all()
            return
        missing = self._missing.tolist()
        place = {self.paths[number]: number for number in missing}
        floor = min(CANDIDATE_FLOOR, self.query.confidence)

        work = FilterWork(self.query.iou, self._identity is not None)
        stored: dict[str, Future[None]] = {}

        def keep(path: str, seen: Seen | Skipped) -> None:
            future = self._keep_seen(place[path], seen)
            if future is not None:
                stored[path] = future

        def finish(path: str, candidates: Candidates) -> Seen:
            seen = work.finish(path, candidates)
            keep(path, seen)
            return seen

        def deliver(position: int, path: str, seen: Seen | Skipped) -> None:
            assert isinstance(seen, Seen)
            self._flush_until(missing[position])
            if path in stored:
                stored.pop(path).result()
            self._take(missing[position], seen.detections)

        known = self.done
        self._report_all()  # what is known already, before the first image is through
        with nullcontext(model) if lend is None else lend(model, len(missing), self._cancel) as working:
            summary = run_many(
                working,
                [self.paths[number] for number in missing],
                ImageWork(
                    finish,
                    floor=floor,
                    threads=settings.write_threads,
                    remote=ImageWork(work.finish, floor=floor),
                    on_remote=keep,
                ),
                deliver,
                cancel=self._cancel,
                on_failure=self.failed.append,
                on_progress=None if self._on_progress is None else lambda progress: self._report(progress, known),
                settings=settings,
            )
        self.done = known + summary.done
        self.was_cancelled = summary.cancelled
        if not summary.cancelled:
            self._flush_until(len(self.paths))

    def _keep_seen(self, number: int, seen: Seen | Skipped) -> Future[None] | None:
        """Keep what the model found; called on several threads at once."""
        identity = self._identity
        if identity is None or not isinstance(seen, Seen) or seen.packed is None:
            return None
        # A file that changed while it was being looked at belongs to neither of its states.
        if not self._files.is_unchanged(number):
            return None
        return self._store.put_packed(identity, self._files, number, seen.packed, seen.content_hash)

    def _take(self, number: int, kept: Detections) -> None:
        self.inferred += 1
        assert self._model is not None
        table = ObjectTable.single(kept.boxes, kept.scores, kept.class_ids, self._model.class_names)
        verdict = conditions.judge(self.query, table)
        self._count(verdict)
        for _number, match in self._matches_of(np.array([number]), table, verdict):
            self._emit(match)

    def _matches_of(
        self, images: IntArray, table: ObjectTable, verdict: conditions.Verdict
    ) -> list[tuple[int, FilterMatch]]:
        chosen = np.flatnonzero(verdict.matches)
        numbers = images[chosen].tolist()
        paths = [self.paths[number] for number in images.tolist()]
        found = conditions.matches_of(paths, table, verdict.counted, chosen)
        if self.query.sort is SortKey.DISAGREEMENT:
            found = [
                self._compared(match, number, table, row)
                for match, number, row in zip(found, numbers, chosen.tolist(), strict=True)
            ]
        return list(zip(numbers, found, strict=True))

    def _compared(self, match: FilterMatch, number: int, table: ObjectTable, row: int) -> FilterMatch:
        turns.give_way()
        labels = self._labels
        assert labels is not None
        if not labels.has_file[number] or labels.broken[number]:
            return match
        difference = compare(
            _boxes(_label_table(labels), number),
            _boxes(table, row),
            confidence=self.query.confidence,
            known=frozenset(table.class_names),
            classes=conditions.wanted_classes(self.query),
        )
        return replace(match, disagreement=difference.score, reasons=difference.reasons)

    def _stored(self) -> tuple[BoolArray, ObjectTable]:
        assert self._identity is not None
        assert self._model is not None
        everything = self._open.size == len(self.paths)
        found = self._store.lookup(
            self._identity,
            self._files if everything else self._files.take(self._open),
            iou=self.query.iou,
            floor=self.query.confidence,
            class_names=self._model.class_names,
        )
        return found.known, found.table

    def _adopt_moved(self, known: BoolArray) -> bool:
        assert self._identity is not None
        missing = self._open[~known].tolist()
        with BatchProcessor(hash_file) as hasher:
            results = hasher.process_items([self.paths[number] for number in missing], cancel=self._cancel)
        hashes = {n: result for n, result in zip(missing, results, strict=True) if not isinstance(result, ItemError)}
        return self._store.adopt_moved(self._identity, self._files, hashes) > 0

    def _answer_from_labels(self) -> None:
        """Make matches of what the label files say; the conditions on objects were looked at already."""
        assert self._labels is not None or not self.query.needs_labels
        self.from_cache = len(self._open)
        if self._labels is None:
            return
        table = _label_table(self._labels)
        counted = conditions.judge(self.query, table, with_scores=False).counted
        found = conditions.matches_of(self.paths, table, counted, self._open)
        self._waiting = list(zip(self._open.tolist(), found, strict=True))

    def _select_by_size(self) -> None:
        def size_of(path: str) -> tuple[int, int]:
            header = probe(path)
            return header.width, header.height

        sizes = np.full((len(self.paths), 2), -1, np.int64)
        with BatchProcessor(size_of) as prober:
            results = prober.process_items([self.paths[number] for number in self._open.tolist()], cancel=self._cancel)
        for number, size in zip(self._open.tolist(), results, strict=True):
            if isinstance(size, ItemError):
                reason = str(size.error) if isinstance(size.error, AppError) else repr(size.error)
                self.failed.append(ItemFailure(self.paths[number], reason))
            else:
                sizes[number] = size
        fits = sizes[:, 0] >= 0
        fits &= conditions.in_range(sizes[:, 0], self.query.image_width)
        fits &= conditions.in_range(sizes[:, 1], self.query.image_height)
        self._keep("image size", fits)

    def _keep(self, condition: str, fulfilled: BoolArray) -> None:
        kept = self._open[fulfilled[self._open]]
        self._removed[condition] += len(self._open) - len(kept)
        self._open = kept

    def _count(self, verdict: conditions.Verdict) -> None:
        for condition, count in verdict.removed:
            self._removed[condition] += count

    def _flush_until(self, number: int) -> None:
        """Hand over the matches that were known before and come before an image."""
        count = 0
        for before, match in self._waiting:
            if before >= number:
                break
            if count % _IN_A_ROW == 0:
                self._cancel.raise_if_cancelled()
                turns.give_way()
            self._emit(match)
            count += 1
        del self._waiting[:count]

    def _emit(self, match: FilterMatch) -> None:
        self.matches.append(match)
        if self._on_match is not None:
            self._on_match(match)

    def _report(self, progress: Progress, known: int) -> None:
        assert self._on_progress is not None
        done = progress.done + known
        self._on_progress(replace(progress, done=done, total=len(self.paths), from_cache=self.from_cache))

    def _report_all(self) -> None:
        if self._on_progress is not None:
            known = self.done if self.is_answered else self.from_cache
            self._on_progress(Progress(self.done, len(self.paths), len(self.failed), from_cache=known))


def _label_table(labels: LabelColumns) -> ObjectTable:
    return ObjectTable(labels.offsets, labels.boxes, labels.scores, labels.class_ids, labels.class_names)


def _boxes(table: ObjectTable, image: int) -> Boxes:
    part = slice(int(table.offsets[image]), int(table.offsets[image + 1]))
    names = [table.class_names[number] for number in table.class_ids[part].tolist()]
    return Boxes(table.boxes[part], names, table.scores[part])
