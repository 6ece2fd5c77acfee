"""Write the images and labels of a source as a data set of another format.

Labels are read, encoded and written on threads, in the order of the images, with little in memory. An image that
fails is named, and the rest is done. Each file appears complete or not at all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.base import DatasetWriter, OutputFile, Record, WriteOptions
from anylabeling.document.formats.frame import stored_frame
from anylabeling.document.formats.notes import Notes
from anylabeling.document.formats.registry import format_info, make_writer
from anylabeling.errors import AppError, StorageError, UsageError
from anylabeling.messages.datasets import ExchangeReport, ExportRequest, Frame, ImageMode
from anylabeling.messages.progress import ItemFailure, Progress
from anylabeling.services.dataset.exchange_files import (
    check_splits,
    check_target,
    parts_of,
    put_picture,
    unique_names,
    write_file,
)
from anylabeling.services.dataset.exchange_sources import Loaded, Source, SourceItem
from anylabeling.translation import tr
from anylabeling.utils.cancellation import Cancelled, CancelToken
from anylabeling.utils.parallel import BatchProcessor, ItemError
from anylabeling.utils.progress_reporter import ProgressReporter

_READERS, _ENCODERS, _WRITERS = 2, 2, 2
"""Reading and encoding hold the interpreter's lock most of the time: more threads only wait for it. Pictures that are
decoded, masks and files do not."""


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    item: SourceItem
    loaded: Loaded
    notes: Notes


@dataclass(frozen=True, slots=True, eq=False)
class _Chosen:
    record: Record
    loaded: Loaded
    notes: Notes


@dataclass(frozen=True, slots=True, eq=False)
class _Encoded:
    chosen: _Chosen
    part: Any
    notes: Notes


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    chosen: _Chosen
    files: list[OutputFile]
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
    splits = tuple(name for name, _ in request.splits) or _splits_of(items)
    options = WriteOptions(splits, request.known_classes, request.compressed, request.images is not ImageMode.NONE)
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
        self._names: dict[SourceItem, str] = {}
        self._parts = parts_of(request.splits, request.seed)

    def go(
        self,
        items: Any,
        cancel: CancelToken | None,
        on_progress: Callable[[Progress], object] | None,
    ) -> None:
        """Take all images through."""
        names, renamed = unique_names([item.name for item in items])
        self._names = dict(zip(items, names, strict=True))
        self.totals.notes.said("renamed", renamed)
        reporter = ProgressReporter(None if on_progress is None else self._teller(on_progress), len(items))
        done = 0
        with (
            BatchProcessor(self._read, _READERS) as reading,
            BatchProcessor(self._encode, _ENCODERS) as encoding,
            BatchProcessor(self._write, _WRITERS) as writing,
        ):
            read = reading.iter_items(items, cancel=cancel)
            jobs = self._jobs(encoding.iter_items(self._chosen(read), cancel=cancel))
            for result in writing.iter_items(jobs, cancel=cancel):
                if isinstance(result, ItemError):
                    self._failed(result)
                elif result is not None:
                    self.totals.images += 1
                    self.totals.objects += len(result.chosen.record.annotation.shapes)
                    self.totals.notes.add(result.notes)
                done += 1
                reporter.update(done)
        reporter.finish(done)

    def finish(self) -> None:
        """Write the files of the data set as a whole."""
        for file in self._writer.finish():
            write_file(self._target / file.path, file.data())
        self.totals.notes.add(self._writer.notes)

    def _read(self, item: SourceItem) -> _Read:
        notes = Notes()
        return _Read(item, self._source.load(item, notes), notes)

    def _chosen(self, read: Iterator[_Read | ItemError]) -> Iterator[_Chosen | ItemError | None]:
        """Choose the images in their order and say in which part each one goes."""
        request = self._request
        for one in read:
            if isinstance(one, ItemError):
                yield one
                continue
            annotation, notes = self._filtered(one.loaded.annotation, one.notes)
            if request.only_checked and not annotation.checked:
                self.totals.notes.said("unchecked")
                yield None
            elif request.only_labelled and not (annotation.shapes or any(annotation.flags.values()) or annotation.text):
                self.totals.notes.said("unlabelled")
                yield None
            else:
                split = next(self._parts) if request.splits else one.item.split
                record = Record(self._names[one.item], *one.loaded.size, annotation, split, one.item.path)
                yield _Chosen(record, one.loaded, notes)

    def _filtered(self, annotation: Annotation, notes: Notes) -> tuple[Annotation, Notes]:
        shapes = annotation.shapes
        if self._request.classes is not None:
            # Points of an object are labelled with their own names.
            groups = {shape.group_id for shape in shapes if shape.label in self._request.classes} - {None}
            shapes = tuple(
                shape for shape in shapes if shape.label in self._request.classes or shape.group_id in groups
            )
            notes.said("other classes", len(annotation.shapes) - len(shapes))
        clean = tuple(
            shape if _is_text(shape.label) else shape.with_changes(label=_text(shape.label)) for shape in shapes
        )
        return annotation.with_changes(shapes=clean), notes

    def _encode(self, chosen: _Chosen | ItemError | None) -> _Encoded | ItemError | None:
        if not isinstance(chosen, _Chosen):
            return chosen
        notes = Notes()
        record, orientation = chosen.record, chosen.loaded.orientation
        if orientation != 1:
            if self._request.frame is Frame.STORED:
                notes.said("turned labels")
                size = (record.width, record.height)
                turned = stored_frame(record.annotation, orientation, size)
                record = replace(record, annotation=turned)
                if orientation >= 5:
                    record = replace(record, width=size[1], height=size[0])
                chosen = _Chosen(record, chosen.loaded, chosen.notes)
            elif self._request.images is not ImageMode.NONE:
                notes.said("turned")
        return _Encoded(chosen, self._writer.encode(record, notes), notes)

    def _jobs(self, encoded: Iterator[_Encoded | ItemError | None]) -> Iterator[_Job | ItemError | None]:
        """Hand the images to the writer in their order."""
        for one in encoded:
            if not isinstance(one, _Encoded):
                yield one
                continue
            one.notes.add(one.chosen.notes)
            try:
                yield _Job(one.chosen, self._writer.add(one.chosen.record, one.part), one.notes)
            except AppError as error:
                yield ItemError(one.chosen.record.name, error)

    def _write(self, job: _Job | ItemError | None) -> _Job | ItemError | None:
        if not isinstance(job, _Job):
            return job
        record, request = job.chosen.record, self._request
        if request.images is not ImageMode.NONE and record.path:
            upright = job.chosen.loaded.orientation != 1 and request.frame is not Frame.STORED
            for place in self._writer.image_places(record):
                put_picture(Path(record.path), self._target / place, request.images, upright=upright)
        for file in job.files:
            write_file(self._target / file.path, file.data())
        return job

    def _failed(self, failure: ItemError) -> None:
        error: BaseException = failure
        item: object = failure.item
        while isinstance(error, ItemError):
            item, error = error.item, error.error
        if isinstance(error, StorageError) and not self._target.is_dir():
            raise error
        name = _name_of(item)
        reason = error.user_text if isinstance(error, AppError) else f"{type(error).__name__}: {error}"
        self.totals.failed.append(ItemFailure(name, reason))

    def _teller(self, on_progress: Callable[[Progress], object]) -> Callable[[int, int | None], object]:
        start = time.monotonic()

        def tell(done: int, total: int | None) -> None:
            rate = done / max(time.monotonic() - start, 1e-3)
            left = (total - done) / rate if total and rate > 0 else None
            on_progress(Progress(done, total, len(self.totals.failed), rate, left))

        return tell


def _splits_of(items: Any) -> tuple[str, ...]:
    """Return the parts that a source has; a source that has images without one has them as well."""
    found = {item.split for item in items}
    return tuple(split for split in ("train", "val", "test") if split in found)


def _name_of(item: object) -> str:
    if isinstance(item, SourceItem):
        return item.path or item.name
    if isinstance(item, _Read):
        return item.item.path or item.item.name
    if isinstance(item, _Chosen):
        return item.record.path or item.record.name
    if isinstance(item, _Encoded | _Job):
        return item.chosen.record.path or item.chosen.record.name
    return str(item)


def _is_text(label: str) -> bool:
    try:
        label.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\n" not in label and "\r" not in label


def _text(label: str) -> str:
    """Return a label that every file can hold: one line, without halves of characters."""
    return " ".join(label.encode("utf-8", "replace").decode("utf-8").split("\n")).replace("\r", " ")
