"""Import and export data sets in the background; images that are open are imported as an undo step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qtpy.QtCore import QObject, Signal

from anylabeling.controllers.documents import DocumentController, OpenDocument
from anylabeling.document.annotation import Annotation
from anylabeling.document.document import Edit
from anylabeling.document.edits import AddShapes, Compound, SetImageFields, replace_all
from anylabeling.document.many import find_boxes
from anylabeling.errors import AppError, UsageError
from anylabeling.messages.datasets import ExchangeReport, ExistingLabels, ExportRequest, ImportRequest
from anylabeling.messages.notices import Notice
from anylabeling.qt.task_runner import Task, TaskRunner
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.translation import tr, trn
from anylabeling.utils.cancellation import CancelToken

_LANE = "exchange"


@dataclass(frozen=True, slots=True, eq=False)
class _Claimed:
    """Labels for an image that is open."""

    path: str
    annotation: Annotation


class ExchangeController(QObject):
    """Owns the import or export that runs; there is one at a time.

    Signals:
        running_changed: Whether one runs.
        progressed: A Progress.
        exported: The ExchangeReport of an export, also after a cancel.
        imported: The ExchangeReport of an import, also after a cancel.
        failed: Sentence and hint of what kept it from beginning, or ended it.
        notified: A Notice for the person.
    """

    running_changed = Signal(bool)
    progressed = Signal(object)
    exported = Signal(object)
    imported = Signal(object)
    failed = Signal(str, str)
    notified = Signal(object)

    def __init__(self, runner: TaskRunner, documents: DocumentController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._documents = documents
        self._cancel: CancelToken | None = None

    @property
    def running(self) -> bool:
        """Whether an import or export runs."""
        return self._cancel is not None

    def export(self, request: ExportRequest, root: str, paths: Sequence[str], store: LabelStore) -> None:
        """Export images; those that are open as they are on the screen, saved or not."""
        unsaved = {entry.path: entry.document.snapshot() for entry in self._documents.unsaved()}
        listed = tuple(paths)

        def work(task: Task, cancel: CancelToken) -> ExchangeReport:
            from anylabeling.services.dataset.dataset_export import export_dataset
            from anylabeling.services.dataset.exchange_sources import LabelSource

            if not listed:
                raise UsageError(tr("There are no images to export."), hint=tr("Open a folder of images first."))
            source = LabelSource(root, listed, store, unsaved)
            return export_dataset(source, request, cancel=cancel, on_progress=task.report)

        self._start(work, self.exported.emit)

    def import_labels(self, request: ImportRequest, store: Callable[[str], LabelStore]) -> None:
        """Import a data set.

        Args:
            request: What to import; without a format it is recognised.
            store: Gives the label files for a folder of pictures.
        """

        def work(task: Task, cancel: CancelToken) -> ExchangeReport:
            from anylabeling.services.dataset.dataset_import import import_dataset

            chosen = recognised(request)

            def take(path: str, annotation: Annotation) -> bool:
                entry = self._documents.find(path)
                if entry is None or (entry.broken is not None and not entry.dirty):
                    return False  # what is broken may be the very file that is imported
                find_boxes(annotation.shapes)  # which the window would look for otherwise
                task.stream(_Claimed(path, annotation))
                return True

            place = Path(request.images or request.source)
            files = store(str(place if place.is_dir() else place.parent))
            return import_dataset(
                chosen, files, cancel=cancel, on_progress=task.report, take=take, may_take=self._is_open
            )

        self._start(work, self.imported.emit, lambda items: self._apply(items, request.existing))

    def cancel(self) -> None:
        """Stop; what is written by then stays."""
        if self._cancel is not None:
            self._cancel.cancel()

    def _is_open(self, path: str) -> bool:
        return self._documents.find(path) is not None

    def _start(
        self,
        work: Callable[[Task, CancelToken], ExchangeReport],
        on_done: Callable[[ExchangeReport], object],
        on_items: Callable[[list[_Claimed]], object] | None = None,
    ) -> None:
        if self._cancel is not None:
            self.notified.emit(Notice(tr("A data set is being written or read already."), tr("Wait until it is done.")))
            return
        # A token of our own: cancelling the task would drop the report.
        self._cancel = cancel = CancelToken()
        self.running_changed.emit(True)

        def run(task: Task) -> ExchangeReport:
            withdraw = task.token.on_cancel(cancel.cancel)  # at the program's end
            try:
                return work(task, cancel)
            finally:
                withdraw()

        self._runner.submit(
            _LANE,
            run,
            on_items=on_items,
            on_progress=self.progressed.emit,
            on_done=lambda report: self._on_done(report, on_done),
            on_error=self._on_error,
            on_finished=self._on_finished,
        )

    def _apply(self, items: list[_Claimed], existing: ExistingLabels) -> None:
        for item in items:
            entry = self._documents.find(item.path)
            if entry is not None:
                apply_import(self._documents, entry, item.annotation, existing)

    def _on_done(self, report: ExchangeReport, on_done: Callable[[ExchangeReport], object]) -> None:
        on_done(report)
        verb = tr("Stopped") if report.cancelled else tr("Done")
        images = trn("%n image", "%n images", report.images)
        objects = trn("%n object", "%n objects", report.objects)
        text = tr("{verb}: {images} with {objects}.", verb=verb, images=images, objects=objects)
        details = "\n".join([*report.lines, *(f"{one.path}: {one.reason}" for one in report.failed[:500])])
        if report.failed:
            failed = tr("{number:,} images failed; the others are done.", number=len(report.failed))
            self.notified.emit(Notice(f"{text} {failed}", tr("Details names each of them."), details, "warning"))
        else:
            self.notified.emit(Notice(text, "", details, "info"))

    def _on_error(self, error: Exception) -> None:
        known = error if isinstance(error, AppError) else AppError(tr("The run failed."), details=repr(error))
        self.failed.emit(known.user_text, known.hint)
        self.notified.emit(Notice(known.user_text, known.hint, known.details, "error"))

    def _on_finished(self) -> None:
        self._cancel = None
        self.running_changed.emit(False)


def recognised(request: ImportRequest) -> ImportRequest:
    """Return a request with a format.

    Raises:
        UsageError: When there is no such file, or it is like none that is known.
    """
    from dataclasses import replace

    from anylabeling.document.formats.registry import detect_format

    source = Path(request.source)
    if not source.exists():
        raise UsageError(tr("{name} does not exist.", name=source.name))
    if request.format:
        return request
    found = detect_format(source)
    if found is None:
        raise UsageError(
            tr("The format of {name} is not recognised.", name=source.name), hint=tr("Choose it from the list.")
        )
    return replace(request, format=found.id)


def apply_import(documents: DocumentController, entry: OpenDocument, new: Annotation, existing: ExistingLabels) -> None:
    """Import labels into an image that is open, as one undo step."""
    from anylabeling.services.dataset.dataset_import import merged

    present = entry.document.snapshot()
    after = merged(present, new, existing)
    if after.content() == present.content():
        return
    name = tr("Import labels")
    kept = len(present.shapes)
    if after.shapes[:kept] == present.shapes:
        added = after.shapes[kept:]
        shapes: Edit | None = AddShapes.on_top(entry.document, added, name) if added else None
    else:
        shapes = replace_all(entry.document, after.shapes, name)
    names = ("flags", "text", "description", "tags", "checked")
    fields: Mapping[str, object] = {key: getattr(after, key) for key in names}
    image = SetImageFields.to(entry.document, name, **fields)
    documents.push(Compound((shapes, image) if shapes is not None else (image,), name), entry)
