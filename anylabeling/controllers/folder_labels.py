"""Rename, merge and delete labels in the whole folder, off the GUI thread, as one step that can be undone."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from qtpy.QtCore import QObject, QTimer, Signal

from anylabeling.controllers.documents import DocumentController, OpenDocument
from anylabeling.controllers.folder_steps import FolderStep, label_edit, redo_step, undo_step
from anylabeling.controllers.saving import SAVE_LANE, SaveController
from anylabeling.errors import AppError, StorageError
from anylabeling.messages.notices import Notice
from anylabeling.qt.task_runner import Task, TaskRunner
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.translation import tr, trn
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.file_stamp import FileStamp

if TYPE_CHECKING:
    from anylabeling.messages.labels import FolderSummary, InterruptedChange, LabelChange
    from anylabeling.services.dataset.folder_change import ChangedFile, FolderChange

_LANE = "folder labels"
_MOST_DETAILS = 1000
_MOST_LATELY = 5000


@dataclass(eq=False)
class _Run:
    """One operation on its way: first the images that are open, then the others, then those opened meanwhile."""

    operation: FolderChange
    undoing: bool
    images: dict[str, str]
    token: CancelToken
    excluded: frozenset[str] = frozenset()
    folder: frozenset[str] = frozenset()
    rounds: int = 0
    stepped: int = 0


class FolderLabelController(QObject):
    """Owns the change of labels that runs, and knows which one could be undone.

    Label files of images that are in memory are replaced on the lane that saves them, with saving held back, and their
    documents get the same change as a step of their undo history; so neither overwrites the other.

    Signals:
        running_changed: Whether a change runs.
        progressed: A Progress.
        finished: The FolderSummary, also after a cancel.
        files_changed: Paths of images whose label files are others now.
        reload_requested: Path of an image whose labels are to be read again.
        undoable_changed: Name of the change that ``undo`` would take back, or None.
        notified: A Notice for the person.
    """

    running_changed = Signal(bool)
    progressed = Signal(object)
    finished = Signal(object)
    files_changed = Signal(object)
    reload_requested = Signal(str)
    undoable_changed = Signal(object)
    notified = Signal(object)

    def __init__(
        self,
        runner: TaskRunner,
        documents: DocumentController,
        saving: SaveController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._documents = documents
        self._saving = saving
        self._token: CancelToken | None = None
        self._quiet = False
        self._undoable: tuple[str, str] | None = None
        self._lately: OrderedDict[str, tuple[_Run, ChangedFile]] = OrderedDict()
        documents.current_changed.connect(self._on_opened)
        documents.adopted.connect(self._on_opened)

    @property
    def running(self) -> bool:
        """Whether a change runs."""
        return self._token is not None

    @property
    def undoable(self) -> str | None:
        """The name of the change that ``undo`` would take back."""
        return self._undoable[1] if self._undoable is not None else None

    def start(self, change: LabelChange, root: str, images: Sequence[str], store: LabelStore) -> None:
        """Change labels in the label files of these images."""
        token = self._claim()
        if token is None:
            return
        listed = tuple(images)

        def begin() -> _Run:
            from anylabeling.services.dataset.folder_change import FolderChange

            files = store.label_files(listed)
            return _Run(FolderChange.begin(change, root, files), False, files, token, folder=frozenset(listed))

        self._begin(begin)

    def undo(self) -> None:
        """Take the last change back, in every file that has not been changed since."""
        if self._undoable is not None:
            self.undo_operation(self._undoable[0])

    def undo_operation(self, operation_id: str, excluded: frozenset[str] = frozenset()) -> None:
        """Take a change back; ``excluded`` are images that have been taken back by themselves."""
        self._reopen(operation_id, excluded, undoing=True)

    def finish_operation(self, operation_id: str, excluded: frozenset[str] = frozenset()) -> None:
        """Make the rest of a change, or make it again after it was taken back."""
        self._reopen(operation_id, excluded, undoing=False)

    def cancel(self) -> None:
        """Stop; what is changed by then stays and can be undone or finished."""
        if self._token is not None:
            self._token.cancel()

    def ask_interrupted(self) -> None:
        """Look for changes that an earlier run of the program did not live to finish, and ask about them."""

        def look(_task: Task) -> list[InterruptedChange]:
            from anylabeling.services.dataset.folder_change import interrupted_changes

            return interrupted_changes()

        self._runner.submit(_LANE, look, on_done=self._on_interrupted)

    def _claim(self) -> CancelToken | None:
        if self._token is not None:
            self.notified.emit(
                Notice(tr("Labels of the folder are being changed already."), tr("Wait until it is done."))
            )
            return None
        self._token = CancelToken()
        self.running_changed.emit(True)
        return self._token

    def _reopen(self, operation_id: str, excluded: frozenset[str], *, undoing: bool) -> None:
        token = self._claim()
        if token is None:
            return

        def begin() -> _Run:
            from anylabeling.services.dataset.folder_change import FolderChange

            operation = FolderChange.open(operation_id)
            if operation is None:
                raise StorageError(
                    tr("This change of labels cannot be undone any more."), hint=tr("Its record is gone.")
                )
            plan = operation.label_files()
            images = {image: plan.get(image, "") for image in operation.replaced_images()} if undoing else plan
            operation.tidy()
            return _Run(operation, undoing, images, token, excluded, frozenset(plan))

        self._begin(begin)

    def _begin(self, begin: Callable[[], _Run]) -> None:
        self._runner.submit(_LANE, lambda _task: begin(), on_done=self._on_begun, on_error=self._on_failed)

    def _on_begun(self, run: _Run) -> None:
        from anylabeling.services.dataset import folder_journal as journals

        for image in run.excluded:
            run.stepped += run.images.pop(image, None) is not None
        try:
            run.operation.start_round(journals.UNDOING if run.undoing else journals.RUNNING, len(run.images))
        except AppError as error:
            run.operation.close()
            self._on_failed(error)
            return
        self._step_unsaved(run)
        self._round_in_memory(run, list(run.images))

    def _round_in_memory(self, run: _Run, images: Sequence[str]) -> None:
        """Change the files of open images on the lane that saves them, and hold saving back meanwhile."""
        run.rounds += 1
        held = [image for image in images if self._documents.find(image) is not None and self._may_change(run, image)]
        for image in held:
            run.images.pop(image, None)
        if not held:
            self._round_on_disk(run)
            return
        self._saving.hold(held)
        plan = run.operation.label_files()
        chosen = {image: plan[image] for image in held if image in plan}

        def work(task: Task) -> None:
            from anylabeling.services.dataset.folder_change import Watcher

            watcher = Watcher(run.token, task.report, task.stream)
            if run.undoing:
                run.operation.undo(watcher, frozenset(held))
            else:
                run.operation.run(chosen, watcher)

        self._runner.submit(
            SAVE_LANE,
            work,
            on_items=lambda files: self._on_changed(run, files),
            on_progress=self.progressed.emit,
            on_done=lambda _none: self._round_on_disk(run),
            on_error=lambda error: self._on_broken_off(run, error),
            on_finished=lambda: self._saving.release(held),
        )

    def _round_on_disk(self, run: _Run) -> None:
        """Change the files of the other images; one that is opened meanwhile is put off."""
        images, run.images = run.images, {}
        last = run.rounds > 2  # somebody opens images faster than they can be changed: let the files decide

        def work(task: Task) -> list[str]:
            from anylabeling.services.dataset.folder_change import Watcher

            def defer(image: str) -> bool:
                return not last and self._documents.find(image) is not None

            watcher = Watcher(run.token, task.report, task.stream, defer)
            if run.undoing:
                return run.operation.undo(watcher, images.keys())
            return run.operation.run(images, watcher)

        self._runner.submit(
            _LANE,
            work,
            on_items=lambda files: self._on_changed(run, files),
            on_progress=self.progressed.emit,
            on_done=lambda deferred: self._on_round_done(run, deferred),
            on_error=lambda error: self._on_broken_off(run, error),
        )

    def _on_round_done(self, run: _Run, deferred: list[str]) -> None:
        if deferred and not run.token.cancelled:
            run.images = dict.fromkeys(deferred, "")
            self._round_in_memory(run, deferred)
            return
        self._runner.submit(
            _LANE,
            lambda _task: _finished(run.operation),
            on_done=lambda summary: self._on_done(run, summary),
            on_error=self._on_failed,
        )

    def _may_change(self, run: _Run, image: str) -> bool:
        """Whether the file of an open image may be replaced; when not, its document has changes of its own on top."""
        entry = self._documents.find(image)
        if not run.undoing or entry is None:
            return True
        step = undo_step(entry.stack, run.operation.id)
        if not entry.dirty and (not entry.stack.count() or (step is not None and step.stamp == entry.stamp)):
            return True
        run.images.pop(image, None)
        if step is not None:
            self._quietly(entry.stack.undo)
            run.stepped += 1
        else:
            run.operation.fail(image, tr("{name} has been edited since.", name=Path(image).name))
        return False

    def _step_unsaved(self, run: _Run) -> None:
        """Let documents follow that hold something their files do not: what is done to files does not reach it."""
        for entry in self._documents.unsaved():
            if entry.path not in run.folder or entry.path in run.excluded or entry.broken is not None:
                continue
            if run.undoing:
                if entry.path not in run.images and undo_step(entry.stack, run.operation.id) is not None:
                    self._quietly(entry.stack.undo)
            elif redo_step(entry.stack, run.operation.id) is not None:
                self._quietly(entry.stack.redo)
            else:
                self._push(run, entry, None)

    def _push(self, run: _Run, entry: OpenDocument, stamp: FileStamp | None) -> None:
        change = run.operation.change
        edit = label_edit(entry.document, change)
        if edit is not None:
            step = FolderStep(edit, run.operation.id, change.name, self._on_step, stamp)
            self._quietly(lambda: self._documents.push(step, entry))

    def _quietly(self, work: Callable[[], object]) -> None:
        """Do something to an undo history without its steps calling for the other images."""
        before, self._quiet = self._quiet, True
        try:
            work()
        finally:
            self._quiet = before

    def _on_changed(self, run: _Run, files: list[ChangedFile]) -> None:
        for file in files:
            entry = self._documents.find(file.image)
            if entry is not None and entry.broken is None and entry.stamp == file.before:
                self._follow(run, entry, file)
            self._lately[file.image] = (run, file)
        while len(self._lately) > _MOST_LATELY:
            self._lately.popitem(last=False)
        self.files_changed.emit([file.image for file in files])

    def _on_opened(self, entry: OpenDocument | None) -> None:
        """Bring a document up to date that was read just before its file was replaced, and is only now there."""
        run, file = self._lately.pop(entry.path, (None, None)) if entry is not None else (None, None)
        if entry is None or run is None or file is None or entry.stamp != file.before:
            return
        late, of_run, changed = entry, run, file

        def catch_up() -> None:
            is_there = self._documents.find(late.path) is late
            if is_there and late.broken is None and late.stamp == changed.before:
                self._follow(of_run, late, changed)

        # Not from inside of showing it.
        QTimer.singleShot(0, catch_up)

    def _follow(self, run: _Run, entry: OpenDocument, file: ChangedFile) -> None:
        """Let an open document do what has been done to its file."""
        was_dirty, operation_id = entry.dirty, run.operation.id
        if not run.undoing:
            if redo_step(entry.stack, operation_id) is not None:
                self._quietly(entry.stack.redo)
            else:
                self._push(run, entry, file.after)
        elif undo_step(entry.stack, operation_id) is not None:
            self._quietly(entry.stack.undo)
        else:
            self._documents.reload(entry.path)
            self.reload_requested.emit(entry.path)
            return
        entry.stamp = file.after
        if was_dirty:
            self._saving.retry(entry)
        else:
            entry.saved_revision = entry.document.revision

    def _on_step(self, operation_id: str, applied: bool) -> None:
        """Follow an undo or redo on one image in all others."""
        current = self._documents.current
        if self._quiet or current is None:
            return
        excluded = frozenset({current.path})
        again = self.finish_operation if applied else self.undo_operation
        # Not from inside of Qt's undo stack.
        QTimer.singleShot(0, partial(again, operation_id, excluded))

    def _on_done(self, run: _Run, summary: FolderSummary) -> None:
        self._end()
        if run.stepped:
            # These were changed in memory, and are saved in the usual way.
            summary = replace(summary, files=summary.files + run.stepped)
        self._set_undoable(None if run.undoing and not summary.cancelled else (run.operation.id, summary.name))
        self.finished.emit(summary)
        self.notified.emit(_report(self, run, summary))

    def _on_broken_off(self, run: _Run, error: Exception) -> None:
        run.operation.close()
        self._set_undoable((run.operation.id, run.operation.change.name))
        self._on_failed(error)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        known = (
            error if isinstance(error, AppError) else AppError(tr("The labels were not changed."), details=repr(error))
        )
        self.notified.emit(Notice(known.user_text, known.hint, known.details, "error"))

    def _end(self) -> None:
        self._token = None
        self.running_changed.emit(False)

    def _set_undoable(self, undoable: tuple[str, str] | None) -> None:
        self._undoable = undoable
        self.undoable_changed.emit(self.undoable)

    def _on_interrupted(self, found: list[InterruptedChange]) -> None:
        for change in found:
            verb = tr("Undoing") if change.undoing else tr("Changing labels")
            self.notified.emit(
                Notice(
                    tr(
                        "{verb} was interrupted: {name}, in {name2}.",
                        verb=verb,
                        name=change.name,
                        name2=Path(change.root).name,
                    ),
                    tr(
                        "{done:,} of {total:,} label files are changed. Each file is whole.",
                        done=change.done,
                        total=change.total,
                    ),
                    level="warning",
                    actions=(
                        (tr("Finish"), partial(self.finish_operation, change.id)),
                        (tr("Undo"), partial(self.undo_operation, change.id)),
                    ),
                )
            )


def report_text(summary: FolderSummary) -> str:
    """Return what came of a change of the folder in one sentence or two."""
    if summary.undone:
        text = tr(
            "Undone: {name}. {label_files} put back.",
            name=summary.name,
            label_files=_count(summary.files, "label file"),
        )
    else:
        done = tr("Stopped") if summary.cancelled else tr("Done")
        objects, files = _count(summary.shapes, "object"), _count(summary.files, "label file")
        text = tr(
            "{done}: {name}. {objects} in {files} changed.", done=done, name=summary.name, objects=objects, files=files
        )
    if summary.failed:
        text += tr(" {files} left alone.", files=_count(len(summary.failed), "file"))
    return text


def _report(controller: FolderLabelController, run: _Run, summary: FolderSummary) -> Notice:
    operation_id = run.operation.id
    again = (tr("Finish"), partial(controller.finish_operation, operation_id))
    back = (tr("Undo"), partial(controller.undo_operation, operation_id))
    actions: tuple[tuple[str, Callable[[], object]], ...] = ()
    if summary.cancelled:
        actions = (again, back)
    elif not run.undoing and summary.files:
        actions = (back,)
    hint = tr("Details names each of them.") if summary.failed else ""
    details = "\n".join(f"{failure.path}: {failure.reason}" for failure in summary.failed[:_MOST_DETAILS])
    return Notice(report_text(summary), hint, details, "warning" if summary.failed else "info", actions)


def _count(number: int, noun: str) -> str:
    return trn(f"%n {noun}", f"%n {noun}s", number)


def _finished(operation: FolderChange) -> FolderSummary:
    try:
        return operation.finish()
    finally:
        operation.close()
