"""Keep what is not saved where a killed program cannot lose it, and give it back at the next start."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from qtpy.QtCore import QObject, Signal

from anylabeling.controllers.documents import DocumentController, OpenDocument
from anylabeling.controllers.saving import SAVE_LANE, SaveController
from anylabeling.errors import AppError
from anylabeling.messages.notices import Notice
from anylabeling.qt.task_runner import TaskRunner
from anylabeling.qt.throttle import Debounce
from anylabeling.services.dataset.edit_journal import EditJournal, LeftBehind, PictureChangedError, Unsaved
from anylabeling.services.dataset.label_store import LabelConflictError
from anylabeling.translation import tr, trn
from anylabeling.utils import collector

_log = logging.getLogger(__name__)
_LANE = "journal"
_TOPIC = "journal"
# Both together stay below the second of work that a kill may cost.
_PAUSE_MS = 150
_LIMIT_MS = 500


class JournalController(QObject):
    """Writes documents that no label file is about to hold into the journal.

    With automatic saving an edit is in its label file at once; the journal takes over where that is off, fails, or
    waits for the person's word.

    Signals:
        restored: Paths of images whose label files were written from the journal.
        notified: A Notice for the person.
        settled: The topic of a notice that no longer holds.
    """

    restored = Signal(object)
    notified = Signal(object)
    settled = Signal(str)

    def __init__(
        self,
        runner: TaskRunner,
        documents: DocumentController,
        saving: SaveController,
        journal: EditJournal,
        parent: QObject | None = None,
    ) -> None:
        """Make the controller.

        Args:
            runner: Runs the writing.
            documents: The open documents.
            saving: Tells which of them wait, and where their label files are.
            journal: Keeps them.
            parent: Qt's owner.
        """
        super().__init__(parent)
        self._runner = runner
        self._documents = documents
        self._saving = saving
        self._journal = journal
        self._kept: dict[str, int] = {}
        self._complained = False
        self._debounce = Debounce(self._keep_waiting, pause_ms=_PAUSE_MS, limit_ms=_LIMIT_MS, parent=self)
        documents.edited.connect(lambda _entry: self._debounce.request())
        saving.waiting.connect(lambda _path: self._debounce.request())
        saving.saved.connect(self._on_saved)

    def look(self) -> None:
        """Find out whether a program that ended has left labels behind, and ask what becomes of them."""
        self._runner.submit(_LANE, lambda _task: self._journal.left_behind(), on_done=self._on_found)

    def forget(self, paths: Sequence[str]) -> None:
        """Keep the labels of these images no longer; the person has given them up."""
        self._debounce.cancel()
        for path in paths:
            self._forget(path)

    def finish(self, *, given_up: bool) -> None:
        """End the journal; all other work is over.

        Args:
            given_up: The person wants nothing of what is unsaved. Otherwise the next program asks about it.
        """
        self._debounce.cancel()
        unsaved = [] if given_up else self._documents.unsaved()
        try:
            for entry in unsaved:
                self._journal.keep(self._unsaved(entry))
        except AppError as error:  # nobody is there any more who could be asked
            _log.error("labels are lost: %s", error)
        self._journal.close(discard=not unsaved)

    def _keep_waiting(self) -> None:
        for entry in self._documents.unsaved():
            revision = entry.document.revision
            if self._kept.get(entry.path) == revision or not self._saving.is_waiting(entry):
                continue
            self._kept[entry.path] = revision
            unsaved = self._unsaved(entry)
            self._runner.submit(
                _LANE,
                partial(self._keep, unsaved),
                on_done=lambda _none: self._settle(),
                on_error=partial(self._on_failed, entry),
            )

    def _keep(self, unsaved: Unsaved, _task: object) -> None:
        with collector.paused():
            self._journal.keep(unsaved)

    def _on_saved(self, path: str) -> None:
        entry = self._documents.find(path)
        if entry is None or not entry.dirty:
            self._forget(path)
        if not self._documents.unsaved():
            self._settle()

    def _forget(self, path: str) -> None:
        if self._kept.pop(path, None) is not None:
            self._runner.submit(_LANE, lambda _task: self._journal.forget(path))

    def _on_failed(self, entry: OpenDocument, error: Exception) -> None:
        self._kept.pop(entry.path, None)
        if not self._complained:  # once; saving says the rest
            self._complained = True
            text, hint = (
                tr("Unsaved labels cannot be kept on disk."),
                tr("They are in memory only until they are saved."),
            )
            self.notified.emit(Notice(text, hint, _details(error), "error", topic=_TOPIC))

    def _settle(self) -> None:
        if self._complained:
            self._complained = False
            self.settled.emit(_TOPIC)

    def _on_found(self, found: list[LeftBehind]) -> None:
        if not found:
            return
        names = [Path(left.unsaved.image).name for left in found]
        listed = ", ".join(names[:3]) + (tr(" and {number:,} more", number=len(names) - 3) if len(names) > 3 else "")
        last = time.strftime("%d %b %H:%M", time.localtime(found[-1].unsaved.time_s))
        self.notified.emit(
            Notice(
                tr("The program ended before the labels of {listed} were saved.", listed=listed),
                tr("They were kept, last on {last}. Closing this asks again at the next start.", last=last),
                "\n".join(f"{left.unsaved.image}\n  {left.kept_in}" for left in found),
                "error",
                ((tr("Restore"), lambda: self._restore(found)), (tr("Give Up"), lambda: self._discard(found))),
            )
        )

    def _restore(self, found: Sequence[LeftBehind], *, overwrite: bool = False, any_picture: bool = False) -> None:
        self._runner.submit(
            SAVE_LANE,
            lambda _task: self._journal.restore(found, overwrite=overwrite, any_picture=any_picture),
            on_done=lambda outcome: self._on_restored(*outcome),
            on_error=lambda error: self.notified.emit(_notice(error, tr("The labels could not be restored."))),
        )

    def _on_restored(self, done: Sequence[LeftBehind], failed: Sequence[tuple[LeftBehind, AppError]]) -> None:
        if done:
            self.restored.emit([left.unsaved.image for left in done])
            count = trn("%n image", "%n images", len(done))
            self.notified.emit(Notice(tr("The labels of {count} were restored.", count=count), level="info"))
        changed, other_pictures, others = _by_reason(failed)
        if changed:
            self._ask_again(
                changed,
                tr("{number:,} label files have changed since and were not overwritten.", number=len(changed))
                if len(changed) > 1
                else tr("The label file of {name} has changed since.", name=Path(changed[0].unsaved.image).name),
                tr("Replace what is there by what was kept, or give that up."),
                (tr("Replace"), lambda: self._restore(changed, overwrite=True, any_picture=True)),
            )
        if other_pictures:
            self._ask_again(
                other_pictures,
                tr(
                    "{number:,} images are other files than those that the labels were made for.",
                    number=len(other_pictures),
                )
                if len(other_pictures) > 1
                else tr(
                    "{name} is another file than the one that the labels were made for.",
                    name=Path(other_pictures[0].unsaved.image).name,
                ),
                tr("Restore the labels all the same, or give them up."),
                (tr("Restore"), lambda: self._restore(other_pictures, any_picture=True)),
            )
        if others:
            first = others[0][1]
            text, hint = first.user_text, first.hint
            if len(others) > 1:
                count = trn("%n image", "%n images", len(others))
                text, hint = tr("The labels of {count} could not be restored.", count=count), tr("They stay kept.")
            details = "\n".join(f"{error}\n{error.details}" for _left, error in others)
            give_up = tr("Give Up"), lambda: self._discard([left for left, _error in others])
            self.notified.emit(Notice(text, hint, details, "error", (give_up,)))

    def _ask_again(
        self, lefts: Sequence[LeftBehind], text: str, hint: str, answer: tuple[str, Callable[[], object]]
    ) -> None:
        details = "\n".join(left.unsaved.image for left in lefts)
        give_up = tr("Give Up"), lambda: self._discard(lefts)
        self.notified.emit(Notice(text, hint, details, "error", (answer, give_up)))

    def _unsaved(self, entry: OpenDocument) -> Unsaved:
        root, output_dir = self._saving.store_of(entry.path).folders
        snapshot = entry.document.snapshot()
        return Unsaved(
            entry.path, snapshot, entry.image_size, entry.stamp, root, output_dir, time.time(), entry.picture
        )

    def _discard(self, found: Sequence[LeftBehind]) -> None:
        self._runner.submit(_LANE, lambda _task: self._journal.discard(found))


def _by_reason(
    failed: Sequence[tuple[LeftBehind, AppError]],
) -> tuple[list[LeftBehind], list[LeftBehind], list[tuple[LeftBehind, AppError]]]:
    """Return those whose label files have changed, those whose pictures have, and the others."""
    changed = [left for left, error in failed if isinstance(error, LabelConflictError)]
    pictures = [left for left, error in failed if isinstance(error, PictureChangedError)]
    kinds = (LabelConflictError, PictureChangedError)
    return changed, pictures, [(left, error) for left, error in failed if not isinstance(error, kinds)]


def _details(error: Exception) -> str:
    return f"{error}\n{error.details}" if isinstance(error, AppError) else repr(error)


def _notice(error: Exception, text: str) -> Notice:
    if isinstance(error, AppError):
        return Notice(error.user_text, error.hint, error.details, "error")
    return Notice(text, details=repr(error), level="error")
