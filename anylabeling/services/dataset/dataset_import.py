"""Take the labels of a data set of another format over into label files.

The pictures stay where they are. What an image has is kept, joined or replaced as asked; a label file that is replaced
or joined is copied first, so that nothing is lost. An image that fails is named, and the rest is done.
"""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.base import DatasetReader, Entry
from anylabeling.document.formats.notes import Notes
from anylabeling.document.formats.registry import format_info, make_reader
from anylabeling.messages.datasets import ExchangeReport, ImportRequest
from anylabeling.messages.progress import ItemFailure, Progress
from anylabeling.services.dataset.exchange_blocks import Blocks, Failed, in_blocks, process_count
from anylabeling.services.dataset.exchange_sources import PictureFinder
from anylabeling.services.dataset.import_steps import Imported, ImportImage, KeptAside, merged
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.utils.cancellation import Cancelled, CancelToken
from anylabeling.utils.parallel import BatchProcessor, ItemError
from anylabeling.utils.progress_reporter import ProgressReporter

__all__ = ["TakeLabels", "import_dataset", "merged"]

TakeLabels = Callable[[str, Annotation], bool]
"""Called with path and imported labels on a worker thread; True claims them, and no file is written."""

_THREADS = 4


class _Work(NamedTuple):
    """An entry with its picture.

    Attributes:
        entry: The entry.
        path: The picture, or empty.
        alone: Whether no other entry may want the same label file.
    """

    entry: Entry
    path: str
    alone: bool


def import_dataset(
    request: ImportRequest,
    store: LabelStore,
    *,
    cancel: CancelToken | None = None,
    on_progress: Callable[[Progress], object] | None = None,
    take: TakeLabels | None = None,
    may_take: Callable[[str], bool] | None = None,
    reader: DatasetReader | None = None,
) -> ExchangeReport:
    """Import a data set.

    Args:
        request: What to import.
        store: Writes the label files.
        cancel: Stops between two images; what is written by then stays.
        on_progress: Called about ten times a second.
        take: Lets the window claim the images that it has open.
        may_take: Says of which images it may do so now. The others may be imported by other processes; without it,
            none of those that ``take`` is for are.
        reader: The data set, where it has been opened already.

    Raises:
        UsageError: When the request makes no sense.
        LabelFileError: When there is no such data set, or it cannot be understood as a whole.
    """
    start = time.perf_counter()
    info = format_info(request.format)
    source = Path(request.source)
    found = reader if reader is not None else make_reader(info, source)
    entries = [entry for entry in found.entries() if entry.labelled]
    run = _ImportRun(request, found, store, take, may_take)
    cancelled = False
    try:
        run.go(entries, cancel, on_progress)
    except Cancelled:
        cancelled = True
    run.notes.add(found.notes)
    return ExchangeReport(
        info.title,
        str(source),
        run.images,
        run.objects,
        tuple(run.notes.sentences()),
        tuple(run.failed),
        cancelled,
        time.perf_counter() - start,
        _common_folder(run.folders),
        str(run.aside.folder or ""),
    )


class _ImportRun:
    """One import on its way."""

    def __init__(
        self,
        request: ImportRequest,
        reader: DatasetReader,
        store: LabelStore,
        take: TakeLabels | None,
        may_take: Callable[[str], bool] | None,
    ) -> None:
        self.images = self.objects = 0
        self.notes = Notes()
        self.failed: list[ItemFailure] = []
        self.folders: set[str] = set()
        self.aside = KeptAside()
        self._stays_here = reader.stays_here
        self._store = store
        self._take = take
        self._may_take = may_take
        self._finder = PictureFinder(request.images)
        self._step = ImportImage(request, reader, store, self.aside)
        self._one_image = tuple(threading.Lock() for _ in range(64))

    def go(
        self, entries: list[Entry], cancel: CancelToken | None, on_progress: Callable[[Progress], object] | None
    ) -> None:
        """Take all images through."""
        reporter = ProgressReporter(
            None if on_progress is None else lambda done, total: on_progress(Progress(done, total, len(self.failed))),
            len(entries),
        )
        done = 0
        may_be_elsewhere = not self._stays_here and (self._take is None or self._may_take is not None)
        processes = process_count(len(entries)) if may_be_elsewhere else 0
        if processes:
            self.aside.make()  # one for all processes
        try:
            with (
                Blocks(self._step, processes, cancel) as blocks,
                BatchProcessor(partial(self._do, blocks, cancel), processes or _THREADS) as importing,
            ):
                work = in_blocks(self._work(entries), processes)
                for block in importing.iter_items(work, cancel=cancel):
                    if isinstance(block, ItemError):
                        raise block.error
                    for result in block:
                        self._count(result)
                    done += len(block)
                    reporter.update(done)
        finally:
            self.aside.remove_empty()
        if cancel is not None and done < len(entries):
            cancel.raise_if_cancelled()
        reporter.finish(done)

    def _work(self, entries: Sequence[Entry]) -> list[_Work]:
        paths = list(map(self._find, entries))
        label_files = list(map(self._store.usual_name, paths))
        counts = Counter(label_files)
        return [
            _Work(entry, path, counts[file] == 1) for entry, path, file in zip(entries, paths, label_files, strict=True)
        ]

    def _find(self, entry: Entry) -> str:
        try:
            return self._finder.find(entry)
        except OSError:
            return ""

    def _do(
        self, blocks: Blocks[tuple[Entry, str], Imported | Failed], cancel: CancelToken | None, block: list[_Work]
    ) -> list[Imported | Failed]:
        """Import a block of images: here what somebody else may want, the others in any process."""
        may_leave = [blocks.has_processes and work.alone and not self._is_open(work.path) for work in block]
        away = [(work.entry, work.path) for work, leaves in zip(block, may_leave, strict=True) if leaves]
        results = iter(blocks(away) if away else ())
        done: list[Imported | Failed] = []
        for work, leaves in zip(block, may_leave, strict=True):
            result = next(results, None) if leaves else self._import(work)
            if result is None or (done and not leaves and cancel is not None and cancel.cancelled):
                break
            done.append(result)
        return done

    def _is_open(self, path: str) -> bool:
        return self._may_take is not None and self._may_take(path)

    def _import(self, work: _Work) -> Imported | Failed:
        entry, path = work.entry, work.path
        try:
            fresh = self._step.read(entry, path)
            if self._take is not None and self._take(path, fresh.annotation):
                return Imported(path, len(fresh.annotation.shapes), fresh.notes, True)
            # A picture may stand in two lists, or in two folders of classes.
            with self._one_image[hash(path) % len(self._one_image)]:
                written = self._step.write(path, fresh, source=entry.data)
            return Imported(path, len(fresh.annotation.shapes), fresh.notes, written)
        except Exception as error:  # noqa: BLE001 - it is named, and the others are done
            return Failed.of(entry.name, error)

    def _count(self, result: Imported | Failed) -> None:
        if isinstance(result, Failed):
            self.failed.append(ItemFailure(result.name, result.reason))
            return
        self.notes.add(result.notes)
        self.folders.add(os.path.dirname(result.path))  # noqa: PTH120 - for each of many images
        self.images += result.written
        self.objects += result.objects if result.written else 0


def _common_folder(folders: set[str]) -> str:
    try:
        return os.path.commonpath(folders) if folders else ""
    except ValueError:  # on different drives
        return ""
