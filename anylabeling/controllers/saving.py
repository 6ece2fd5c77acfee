"""Write label files off the GUI thread, in order, and say how it went."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from qtpy.QtCore import QObject, QTimer, Signal

from anylabeling.controllers.documents import DocumentController, OpenDocument
from anylabeling.document.label_file import with_image, write_label_file
from anylabeling.errors import AppError, StorageError
from anylabeling.messages.notices import Notice
from anylabeling.qt.task_runner import TaskRunner
from anylabeling.qt.throttle import Debounce
from anylabeling.services.dataset.label_store import FileStamp, LabelConflictError, LabelStore
from anylabeling.translation import tr

SAVE_LANE = "save"
_PAUSE_MS = 300
_LIMIT_MS = 500  # with the writing itself, also on a busy machine, a kill costs less than a second of work
_AGAIN_MS = 5000


class SaveController(QObject):
    """Saves documents: by itself shortly after an edit, or when asked.

    Attributes:
        auto_save: Save shortly after each edit.
        embed_images: Put a copy of the picture into its label file.

    Signals:
        state_changed: Text for the status bar and its kind: "saved", "saving", "unsaved" or "failed".
        about_to_save: An OpenDocument and the Annotation of it that is about to be written.
        saved: Path of an image whose label file was written.
        waiting: Path of an image that was to be saved and is not: something stands in the way.
        notified: A Notice for the person.
        elsewhere_requested: The person wants to save to another folder.
        reload_requested: Path of an image whose label file on disk is to be used.
        settled: The topic of a notice that no longer holds: the labels are saved.
        idle: No label file is being written any more.
    """

    state_changed = Signal(str, str)
    about_to_save = Signal(object, object)
    saved = Signal(str)
    waiting = Signal(str)
    notified = Signal(object)
    elsewhere_requested = Signal()
    reload_requested = Signal(str)
    settled = Signal(str)
    idle = Signal()

    def __init__(
        self,
        runner: TaskRunner,
        documents: DocumentController,
        store: Callable[[], LabelStore],
        parent: QObject | None = None,
    ) -> None:
        """Make the controller; ``store`` returns the label store in use."""
        super().__init__(parent)
        self._runner = runner
        self._documents = documents
        self._store = store
        self.auto_save = True
        self.embed_images = False
        self._writing: set[str] = set()
        self._told_broken: set[str] = set()
        self._failed: dict[str, AppError] = {}
        self._held: set[str] = set()
        self._debounce = Debounce(self._save_pending, pause_ms=_PAUSE_MS, limit_ms=_LIMIT_MS, parent=self)
        # A full disk, or a drive that is away, may be mended while the person does something else.
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._save_failed_ones)
        documents.edited.connect(self._on_edited)
        documents.forgotten.connect(self._on_forgotten)
        documents.current_changed.connect(self._on_current_changed)

    def save_current(self) -> None:
        """Save the document on the screen now, even if nothing has changed."""
        entry = self._documents.current
        if entry is not None:
            self._save(entry, asked=True)

    def set_auto_save(self, on: bool) -> None:
        """Save by itself or not, from now on; what is unsaved is saved then."""
        self.auto_save = on
        if on and self._documents.unsaved():
            self._debounce.request()

    def save(self, entry: OpenDocument) -> None:
        """Save a document now if it has changed."""
        self._save(entry, asked=False)

    def save_all(self) -> None:
        """Start saving everything that is unsaved."""
        self._debounce.cancel()
        for entry in self._documents.unsaved():
            self._save(entry, asked=True)

    def save_copy(self, target: str) -> None:
        """Write the labels on the screen to another file; the image stays with its own."""
        entry = self._documents.current
        if entry is None:
            return
        path = Path(target)
        if path.absolute() == self.store_of(entry.path).label_path(entry.path):
            self._save(entry, asked=True)  # it is no copy
            return
        annotation, size, name = entry.document.snapshot(), entry.image_size, os.path.relpath(entry.path, path.parent)
        self._runner.submit(
            SAVE_LANE,
            lambda _task: write_label_file(path, annotation, image_name=name, image_size=size),
            on_done=lambda _none: self.notified.emit(
                Notice(tr("The labels were written to {name}.", name=path.name), level="info")
            ),
            on_error=lambda error: self._notify_failed(entry, _as_app_error(error)),
        )

    def store_of(self, path: str) -> LabelStore:
        """Return the store that the labels of an image were read by, or the one in use."""
        entry = self._documents.find(path)
        return self._store() if entry is None or entry.store is None else entry.store

    def busy(self) -> bool:
        """Whether label files are being written."""
        return bool(self._writing)

    def is_waiting(self, entry: OpenDocument) -> bool:
        """Whether what is unsaved of a document stays so until the person does something."""
        return (
            not self.auto_save
            or entry.path in self._failed
            or entry.path in self._held
            or (entry.broken is not None and not entry.overwrite)
        )

    def hold(self, paths: Iterable[str]) -> None:
        """Write no label files of these images until ``release``: somebody else is about to replace them."""
        self._held.update(paths)

    def release(self, paths: Iterable[str]) -> None:
        """Save these images again as they need it."""
        self._held.difference_update(paths)
        if self.auto_save and self._documents.unsaved():
            self._debounce.request()
        if self._documents.current is not None:
            self._announce(self._documents.current)

    def retry(self, entry: OpenDocument) -> None:
        """Save a document although that has failed: it knows of its label file's present state now."""
        if self._failed.pop(entry.path, None) is not None and self.auto_save:
            self._debounce.request()

    def replace_file(self, entry: OpenDocument) -> None:
        """Write over what is on disk, as the person has said, unless the file was read anew since."""
        if self._documents.find(entry.path) is not entry:
            return
        entry.overwrite = True
        self._save(entry, asked=True)

    def _on_edited(self, entry: OpenDocument) -> None:
        if self.auto_save:
            self._debounce.request()
        self._announce(entry)

    def _on_current_changed(self, entry: OpenDocument | None) -> None:
        self._debounce.flush()  # what was edited on the image before is written now, not a pause later
        if entry is not None:
            self._announce(entry)
            if entry.dirty and entry.path in self._failed:
                self._notify_failed(entry, self._failed[entry.path])  # other notices may have taken its place since
            elif entry.broken is not None:
                self._notify_broken(entry, entry.broken)
            elif entry.path in self._told_broken:
                self._told_broken.discard(entry.path)
                self.settled.emit(_topic(entry.path))  # it was read anew

    def _save_pending(self) -> None:
        for entry in self._documents.unsaved():
            if entry.path not in self._failed or entry is self._documents.current:
                self._save(entry, asked=False)

    def _save(self, entry: OpenDocument, *, asked: bool) -> None:
        if entry.path in self._writing or entry.path in self._held or not (entry.dirty or asked):
            return  # a write in flight looks again when it is done
        if entry.broken is not None and not entry.overwrite:
            if asked:
                self._notify_broken(entry, entry.broken)
            return
        self._writing.add(entry.path)
        revision, annotation, store = entry.document.revision, entry.document.snapshot(), self.store_of(entry.path)
        expected, overwrite, embed = entry.stamp, entry.overwrite, self.embed_images
        self.about_to_save.emit(entry, annotation)
        self._runner.submit(
            SAVE_LANE,  # its task is not looked at: a save is never cancelled half-way
            lambda _task: store.save(
                entry.path,
                with_image(annotation, entry.path) if embed else annotation,
                image_size=entry.image_size,
                expected=expected,
                overwrite=overwrite,
            ),
            on_done=lambda stamp: self._on_written(entry, revision, stamp, store),
            on_error=lambda error: self._on_failed(entry, error, expected, asked=asked),
            on_finished=lambda: self._on_finished(entry),
        )
        self._announce(entry)

    def _on_written(self, entry: OpenDocument, revision: int, stamp: FileStamp, store: LabelStore) -> None:
        if self.store_of(entry.path).label_path(entry.path) != store.label_path(entry.path):
            return  # another folder was chosen meanwhile; the labels are still to be written there
        entry.stamp, entry.saved_revision, entry.broken, entry.overwrite = stamp, revision, None, False
        if self._failed.pop(entry.path, None) is not None:
            self.settled.emit(_topic(entry.path))
        self.saved.emit(entry.path)
        self._save_failed_ones()

    def _save_failed_ones(self) -> None:
        """Try again what could not be saved: there may be space again, or the right to write."""
        for other in self._documents.unsaved() if self.auto_save else ():
            if _may_pass(self._failed.get(other.path)):
                self._save(other, asked=False)

    def _on_failed(self, entry: OpenDocument, error: Exception, expected: FileStamp | None, *, asked: bool) -> None:
        if self._documents.find(entry.path) is not entry:
            return  # given up meanwhile
        if isinstance(error, LabelConflictError) and entry.stamp != expected:
            return  # the program itself has replaced the file meanwhile, and the document knows: it is saved again
        failure = _as_app_error(error)
        known = self._failed.get(entry.path)
        self._failed[entry.path] = failure
        entry.overwrite = False
        if _may_pass(failure) and self.auto_save:
            self._again.start()
        self.waiting.emit(entry.path)
        if asked or known is None or str(known) != str(failure):  # once per reason, not at each key stroke
            self._notify_failed(entry, failure)

    def _on_forgotten(self, path: str) -> None:
        self._failed.pop(path, None)
        self._told_broken.discard(path)
        self.settled.emit(_topic(path))

    def _on_finished(self, entry: OpenDocument) -> None:
        self._writing.discard(entry.path)
        self._announce(entry)
        if self.auto_save and entry.dirty and entry.path not in self._failed:
            self._debounce.request()
        if not self._writing:
            self.idle.emit()

    def _announce(self, entry: OpenDocument) -> None:
        if entry is not self._documents.current:
            return
        if entry.path in self._failed and entry.dirty:
            self.state_changed.emit(tr("not saved, kept in memory"), "failed")
        elif entry.path in self._writing:
            self.state_changed.emit(tr("saving"), "saving")
        elif entry.dirty:
            self.state_changed.emit(tr("not saved yet"), "unsaved")
        elif entry.stamp is None:
            self.state_changed.emit(tr("no labels yet"), "saved")
        else:
            self.state_changed.emit(tr("saved {time}", time=time.strftime("%H:%M")), "saved")

    def _notify_broken(self, entry: OpenDocument, error: AppError) -> None:
        self._told_broken.add(entry.path)
        self.notified.emit(
            Notice(
                error.user_text,
                tr("It is kept as it is, and nothing is saved for this image until you choose to replace it."),
                error.details,
                "warning",
                ((tr("Replace It"), lambda: self.replace_file(entry)),),
                _topic(entry.path),
            )
        )

    def _notify_failed(self, entry: OpenDocument, error: AppError) -> None:
        actions: tuple[tuple[str, Callable[[], object]], ...]
        if isinstance(error, LabelConflictError):
            words = (tr("Replace the File"), tr("Use the File"))
            if error.is_gone:
                words = (tr("Write It Anew"), tr("Give Up"))
            replace = words[0], lambda: self.replace_file(entry)
            # There is nothing to use in a broken file.
            actions = (replace,) if error.is_broken else (replace, (words[1], lambda: self._use_file(entry)))
        else:
            actions = (
                (tr("Try Again"), lambda: self._save(entry, asked=True)),
                (tr("Save Elsewhere…"), self.elsewhere_requested.emit),
            )
        hint = tr(
            "{hint} The labels of {name} are kept in memory.", hint=error.hint, name=Path(entry.path).name
        ).strip()
        self.notified.emit(Notice(error.user_text, hint, error.details, "error", actions, _topic(entry.path)))

    def _use_file(self, entry: OpenDocument) -> None:
        self._documents.reload(entry.path)
        self.reload_requested.emit(entry.path)


def _topic(path: str) -> str:
    return f"saving:{path}"


def _may_pass(failure: AppError | None) -> bool:
    """Return whether the same may succeed later by itself; a conflict waits for the person's word."""
    return isinstance(failure, StorageError) and not isinstance(failure, LabelConflictError)


def _as_app_error(error: Exception) -> AppError:
    return error if isinstance(error, AppError) else AppError(tr("The labels could not be saved."), details=repr(error))
