"""The dialog that changes kinds and groups of objects in the whole folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anylabeling.qt.task_runner import Task
from anylabeling.translation import tr
from anylabeling.utils.cancellation import Cancelled

if TYPE_CHECKING:
    from anylabeling.bootstrap.labels import LabelWork
    from anylabeling.bootstrap.program import Program
    from anylabeling.messages.labels import FolderSummary, LabelChange, ObjectTotals
    from anylabeling.views.dialogs.folder_objects import FolderObjectsDialog

_LANE = "object totals"


class FolderObjects:
    """Opens the dialog and connects it.

    Attributes:
        dialog: The dialog once it has been opened.
    """

    def __init__(self, program: Program, work: LabelWork) -> None:
        self._program = program
        self._work = work
        self.dialog: FolderObjectsDialog | None = None

    def show(self) -> None:
        """Show the dialog, and count the objects anew."""
        if self.dialog is None:
            self.dialog = self._make()
        self._count()
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def _make(self) -> FolderObjectsDialog:
        from anylabeling.views.dialogs.folder_objects import FolderObjectsDialog

        folder, undo = self._work.folder, self._work.undo
        dialog = FolderObjectsDialog(self._program.window)

        def finished(summary: FolderSummary) -> None:
            from anylabeling.controllers.folder_labels import report_text

            dialog.show_report(report_text(summary), warning=bool(summary.failed))
            if dialog.isVisible():
                self._count()

        dialog.conversion_requested.connect(self._convert)
        dialog.group_requested.connect(self._renumber)
        dialog.undo_requested.connect(undo.undo)
        dialog.cancel_requested.connect(folder.cancel)
        folder.running_changed.connect(dialog.set_running)
        folder.progressed.connect(dialog.set_progress)
        undo.undoable_changed.connect(dialog.set_undoable)
        folder.finished.connect(finished)
        dialog.set_undoable(undo.undoable)
        dialog.set_running(folder.running)
        return dialog

    def _count(self) -> None:
        program, dialog = self._program, self.dialog
        assert dialog is not None
        images, store = tuple(program.navigation.all_paths), program.label_files.store
        listed = set(images)
        unsaved = {
            entry.path: entry.document.snapshot() for entry in program.documents.unsaved() if entry.path in listed
        }
        dialog.set_reading(True)

        def work(task: Task) -> ObjectTotals | None:
            from anylabeling.services.dataset.object_totals import object_totals

            try:
                return object_totals(store.label_files(images), unsaved=unsaved, cancel=task.token)
            except Cancelled:
                return None

        def show(totals: ObjectTotals | None) -> None:
            if totals is not None:
                dialog.set_reading(False)
                dialog.set_totals(totals)

        program.runner.submit(_LANE, work, on_done=show, newest_wins=True)

    def _convert(self, old: str, new: str, label: object) -> None:
        from anylabeling.document.naming import kind_name
        from anylabeling.document.shape import ShapeKind
        from anylabeling.messages.labels import LabelChange

        only = None if label is None else frozenset({str(label)})
        words = tr("Convert {old} to {new}", old=kind_name(ShapeKind(old)), new=kind_name(ShapeKind(new)))
        self._start(LabelChange(name=words, kinds={old: new}, only=only))

    def _renumber(self, groups: tuple[int, ...], new: object) -> None:
        from anylabeling.messages.labels import LabelChange

        number = new if isinstance(new, int) else None
        words = tr("Dissolve groups") if number is None else tr("Change group to {number}", number=number)
        self._start(LabelChange(name=words, groups=dict.fromkeys(groups, number)))

    def _start(self, change: LabelChange) -> None:
        navigation = self._program.navigation
        self._work.folder.start(change, navigation.root, navigation.all_paths, self._program.label_files.store)
