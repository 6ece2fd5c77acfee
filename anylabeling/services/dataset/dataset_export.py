"""Write the images and labels of a source as a data set of another format.

Labels are read, encoded and written on threads, for many images in other processes, in the order of the images, with
little in memory. An image that fails is named, and the rest is done. Each file appears complete or not at all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from anylabeling.document.formats.base import DatasetWriter, WriteOptions
from anylabeling.document.formats.notes import Notes
from anylabeling.document.formats.registry import format_info, make_writer
from anylabeling.errors import AppError, StorageError, UsageError
from anylabeling.messages.datasets import ExchangeReport, ExportRequest, ImageMode
from anylabeling.messages.progress import ItemFailure, Progress
from anylabeling.services.dataset.exchange_blocks import Blocks, Failed, in_blocks, process_count
from anylabeling.services.dataset.exchange_files import check_splits, check_target, parts_of, unique_names, write_file
from anylabeling.services.dataset.exchange_sources import EntryLoader, Source, SourceItem
from anylabeling.services.dataset.export_steps import FileJob, Prepared, PrepareImage, WriteImage
from anylabeling.translation import tr
from anylabeling.utils.cancellation import Cancelled, CancelToken
from anylabeling.utils.leftovers import remove_leftovers
from anylabeling.utils.parallel import BatchProcessor, ItemError
from anylabeling.utils.progress_reporter import ProgressReporter

_READERS, _WRITERS = 4, 2
"""Without processes. Reading and encoding hold the interpreter's lock most of the time: more threads only wait for it.
Pictures that are decoded, masks and files do not."""


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    files: FileJob
    objects: int
    notes: Notes


@dataclass(slots=True)
class _Totals:
    images: int = 0
    objects: int = 0
    notes: Notes = field(default_factory=Notes)
    failed: list[ItemFailure] = field(default_factory=list)


def export_dataset(
    source: Source,
    request: ExportRequest,
    *,
    cancel: CancelToken | None = None,
    on_progress: Callable[[Progress], object] | None = None,
) -> ExchangeReport:
    """Write a data set.

    Args:
        source: The images and labels.
        request: What to write, and where.
        cancel: Stops between two images; the files by then stay, without those of the data set as a whole.
        on_progress: Called about ten times a second.

    Raises:
        UsageError: When the request makes no sense, or the folder is not empty and may not be written into.
        LabelFileError: When the data set that is there cannot be understood.
        StorageError: When the folder, or a file of the data set as a whole, cannot be written.
    """
    start = time.perf_counter()
    info = format_info(request.format)
    check_splits(request.splits)
    if info.needs_images and request.images is ImageMode.NONE:
        raise UsageError(tr("{title} is nothing without pictures: copy or link them.", title=info.title))
    items = source.items()
    target = Path(request.target)
    check_target(target, overwrite=request.overwrite)
    remove_leftovers(target)
    splits = tuple(name for name, _ in request.splits) or _splits_of(items)
    with_images = request.images is not ImageMode.NONE
    options = WriteOptions(splits, request.known_classes, request.compressed, with_images, dict(request.colors))
    run = _ExportRun(source, request, make_writer(info, target, options), target)
    cancelled = False
    try:
        run.go(items, cancel, on_progress)
    except Cancelled:
        cancelled = True
    totals = run.totals
    if not cancelled:
        run.finish()
    totals.notes.add(source.notes)
    return ExchangeReport(
        info.title,
        str(target),
        totals.images,
        totals.objects,
        tuple(totals.notes.sentences()),
        tuple(totals.failed),
        cancelled,
        time.perf_counter() - start,
    )


class _ExportRun:
    """One export on its way."""

    def __init__(self, source: Source, request: ExportRequest, writer: DatasetWriter, target: Path) -> None:
        self.totals = _Totals()
        self._source = source
        self._request = request
        self._writer = writer
        self._target = target
        self._parts = parts_of(request.splits, request.seed)

    def go(
        self,
        items: Sequence[SourceItem],
        cancel: CancelToken | None,
        on_progress: Callable[[Progress], object] | None,
    ) -> None:
        """Take all images through."""
        names, renamed = unique_names([item.name for item in items])
        self.totals.notes.said("renamed", renamed)
        reporter = ProgressReporter(None if on_progress is None else self._teller(on_progress), len(items))
        done = 0
        loader = self._source.loader
        stays_here = isinstance(loader, EntryLoader) and loader.stays_here
        processes = process_count(len(items)) if self._writer.has_small_parts and not stays_here else 0
        prepare = PrepareImage(loader, self._writer, self._request)
        write = WriteImage(self._target, self._request.images)
        with (
            Blocks(prepare, processes, cancel) as prepared,
            Blocks(write, processes, cancel) as written,
            BatchProcessor(prepared, processes or _READERS) as reading,
            BatchProcessor(partial(_write, written), processes or _WRITERS) as writing,
        ):
            blocks = reading.iter_items(in_blocks(zip(items, names, strict=True), processes), cancel=cancel)
            try:
                for block in writing.iter_items(self._jobs(blocks), cancel=cancel):
                    for result in _results(block):
                        self._count(result)
                        done += 1
                    reporter.update(done)
            finally:
                if written.died_ids:
                    remove_leftovers(self._target, written.died_ids)
        if cancel is not None and done < len(items):
            cancel.raise_if_cancelled()
        reporter.finish(done)

    def finish(self) -> None:
        """Write the files of the data set as a whole."""
        for file in self._writer.finish():
            write_file(self._target / file.path, file.data())
        self.totals.notes.add(self._writer.notes)

    def _jobs(self, blocks: Iterator[Any]) -> Iterator[list[_Job | Failed | str]]:
        """Say in which part each image goes and hand it to the writer, in the order of the images."""
        for block in blocks:
            yield [self._job(one) for one in _results(block)]

    def _job(self, one: Prepared | Failed | str) -> _Job | Failed | str:
        if isinstance(one, str):
            return one
        split = None
        if self._request.splits and (isinstance(one, Prepared) or one.chosen):
            split = next(self._parts)
        if isinstance(one, Failed):
            return one
        record = one.record if split is None else replace(one.record, split=split)
        try:
            files = self._writer.add(record, one.part)
        except AppError as error:
            return Failed.of(record.name, error)
        has_picture = self._request.images is not ImageMode.NONE and record.path
        places = tuple(self._writer.image_places(record)) if has_picture else ()
        return _Job(
            FileJob(record.path or record.name, record.path, places, one.upright, files), one.objects, one.notes
        )

    def _count(self, result: _Job | Failed | str) -> None:
        if isinstance(result, str):
            self.totals.notes.said(result)
        elif isinstance(result, Failed):
            if isinstance(result.error, StorageError) and not self._target.is_dir():
                raise result.error
            self.totals.failed.append(ItemFailure(result.name, result.reason))
        else:
            self.totals.images += 1
            self.totals.objects += result.objects
            self.totals.notes.add(result.notes)

    def _teller(self, on_progress: Callable[[Progress], object]) -> Callable[[int, int | None], object]:
        start = time.monotonic()

        def tell(done: int, total: int | None) -> None:
            rate = done / max(time.monotonic() - start, 1e-3)
            left = (total - done) / rate if total and rate > 0 else None
            on_progress(Progress(done, total, len(self.totals.failed), rate, left))

        return tell


def _splits_of(items: Sequence[SourceItem]) -> tuple[str, ...]:
    """Return the parts that a source has; a source that has images without one has them as well."""
    found = {item.split for item in items}
    return tuple(split for split in ("train", "val", "test") if split in found)


def _write(
    written: Blocks[FileJob, Failed | None], block: list[_Job | Failed | str] | ItemError
) -> list[_Job | Failed | str]:
    """Write the files of a block; return what became of each image, without those after a stop."""
    entries = _results(block)
    jobs = [one.files for one in entries if isinstance(one, _Job) and (one.files.places or one.files.files)]
    failures = iter(written(jobs) if jobs else ())
    done: list[_Job | Failed | str] = []
    for one in entries:
        if isinstance(one, _Job) and (one.files.places or one.files.files):
            try:
                done.append(next(failures) or one)
            except StopIteration:
                break
        else:
            done.append(one)
    return done


def _results(block: Any) -> list[Any]:
    """Return the results of a block; what no step expects ends the run."""
    if isinstance(block, ItemError):
        raise block.error
    results: list[Any] = block
    return results
