"""The dialogs about labels: the question for a label, the label manager, the statistics."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qtpy.QtWidgets import QFileDialog

from anylabeling.controllers.folder_undo import LookStep
from anylabeling.errors import AppError
from anylabeling.messages.notices import Notice
from anylabeling.qt.throttle import Debounce
from anylabeling.translation import tr, trn

if TYPE_CHECKING:
    from anylabeling.bootstrap.labels import LabelWork
    from anylabeling.bootstrap.program import Program
    from anylabeling.controllers.labels import LabelQuestion
    from anylabeling.controllers.survey import Survey
    from anylabeling.messages.labels import FolderSummary, LabelChange, LabelTotal
    from anylabeling.views.dialogs.label_manager import LabelManagerDialog
    from anylabeling.views.dialogs.statistics import StatisticsDialog

_LANE = "statistics"
_EXPORT_LANE = "statistics export"
"""Apart from the other: newer figures end what waits there."""
_TOTALS_LANE = "label totals"
_PAUSE_MS = 150
_LIMIT_MS = 600


class LabelDialogs:
    """Opens the dialogs and connects them to the controllers.

    Attributes:
        manager: The label manager once it has been opened.
        statistics: The statistics once they have been opened.
    """

    def __init__(self, program: Program, work: LabelWork) -> None:
        self._program = program
        self._work = work
        self._settings_before: dict[str, dict[str, Any]] = {}
        self._followed: LabelChange | None = None
        self._totals: dict[str, LabelTotal] = {}
        self.manager: LabelManagerDialog | None = None
        self.statistics: StatisticsDialog | None = None
        self._live = Debounce(self._show_image_figures, pause_ms=_PAUSE_MS, limit_ms=_LIMIT_MS, parent=program)

    def ask_label(self, question: LabelQuestion) -> None:
        """Ask for the label of a new or chosen shape."""
        from anylabeling.views.dialogs.label import LabelDialog

        labels, config, work = self._program.labels, self._program.settings.config, self._work
        keys = {key.label: digit for digit, key in work.keys.keys.items()}
        dialog = LabelDialog(self._program.window, config, attributes=work.attributes, keys=keys)
        dialog.accepted_with.connect(lambda answer: labels.answer(question, answer.fields()))
        dialog.rejected.connect(lambda: labels.answer(question, None))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open_for(question.shapes[0].with_changes(label=question.label), question.known)

    def show_colors(self) -> None:
        """Let the open dialogs ask for the colours again."""
        for dialog in (self.manager, self.statistics):
            if dialog is not None:
                dialog.set_color_provider(self._work.color)

    def show_manager(self) -> None:
        """Show the label manager."""
        if self.manager is None:
            self.manager = self._make_manager()
        dialog, config = self.manager, self._program.settings.config
        exact = config["validate_label"] == "exact"
        dialog.allowed = frozenset(config["labels"] or ()) if exact else None
        dialog.set_hidden(self._program.window.label_dock.hidden_labels())
        self._work.survey.ask()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def show_statistics(self) -> None:
        """Show the statistics."""
        if self.statistics is None:
            self.statistics = self._make_statistics()
        self._show_image_figures()
        if self._program.navigation.all_paths:
            self._work.survey.ask()
        self.statistics.show()
        self.statistics.raise_()
        self.statistics.activateWindow()

    def change_labels(self, change: LabelChange) -> None:
        """Change labels in the whole folder, and in the settings that name them."""
        navigation, config = self._program.navigation, self._program.settings.config
        self._work.folder.start(
            change, navigation.root, navigation.all_paths, self._program.label_files.store
        )  # fmt: skip
        if not self._work.folder.running:
            return
        changed = _changed_settings(config, change)
        for old, new in change.renames.items():
            self._work.colors.take_over(old, new)
        self._followed = change
        self._program.labels.follow(change.renames, change.deletes)
        if changed:
            self._settings_before[change.name] = {key: config[key] for key in changed}
            self._program.settings.update(changed)

    # Label manager

    def _make_manager(self) -> LabelManagerDialog:
        from anylabeling.views.dialogs.label_manager import LabelManagerDialog

        program, work = self._program, self._work
        folder, window = work.folder, program.window
        dialog = LabelManagerDialog(window)
        dialog.set_color_provider(work.color)

        def finished(summary: FolderSummary) -> None:
            from anylabeling.controllers.folder_labels import report_text

            dialog.show_report(report_text(summary), warning=bool(summary.failed))

        dialog.rename_requested.connect(self._rename)
        dialog.delete_requested.connect(self._confirm_delete)
        dialog.color_chosen.connect(self._recolour)
        dialog.hidden_requested.connect(self._hide)
        dialog.undo_requested.connect(work.undo.undo)
        dialog.cancel_requested.connect(folder.cancel)
        window.label_dock.label_visibility_changed.connect(
            lambda _label, _shown: dialog.set_hidden(window.label_dock.hidden_labels())
        )
        folder.running_changed.connect(dialog.set_running)
        folder.progressed.connect(dialog.set_progress)
        work.undo.undoable_changed.connect(dialog.set_undoable)
        work.undo.looks_changed.connect(lambda step, undone: dialog.show_report(self._look_report(step, undone)))
        folder.finished.connect(finished)
        folder.finished.connect(self._restore_settings)
        folder.finished.connect(self._follow)
        work.survey.surveyed.connect(self._total)
        work.survey.progressed.connect(lambda progress: dialog.set_reading(progress is not None))
        dialog.set_undoable(work.undo.undoable)
        dialog.set_running(folder.running)
        return dialog

    def _total(self, survey: Survey) -> None:
        from anylabeling.services.dataset.statistics import label_totals

        def show(totals: Any) -> None:
            self._totals = {total.label: total for total in totals}
            if self.manager is not None:
                self.manager.set_totals(totals)

        self._program.runner.submit(
            _TOTALS_LANE, lambda _task: label_totals(survey.columns), on_done=show, newest_wins=True
        )

    def _rename(self, labels: tuple[str, ...], name: str) -> None:
        from anylabeling.messages.labels import LabelChange

        moving = [label for label in labels if label != name]
        single = tr("Rename {moving} to {name}", moving=moving[0], name=name) if len(moving) == 1 else ""
        words = single or tr("Merge {number} labels into {name}", number=len(moving), name=name)
        self.change_labels(LabelChange(dict.fromkeys(moving, name), name=words))

    def _confirm_delete(self, labels: tuple[str, ...]) -> None:
        from anylabeling.messages.labels import LabelChange

        objects = sum(self._totals[label].shapes for label in labels if label in self._totals)
        what = _labels_text(labels)
        change = LabelChange(deletes=frozenset(labels), name=tr("Delete {what}", what=what))
        self._program.dialogs.ask(
            tr("Delete the {objects:,} objects labelled {what} in the whole folder?", objects=objects, what=what),
            tr("They can be brought back with Undo as long as nobody changes their label files."),
            ((tr("Delete"), lambda: self.change_labels(change)),),
        )

    def _hide(self, labels: tuple[str, ...], hidden: bool) -> None:
        dock = self._program.window.label_dock
        others = tuple(label for label in labels if (label in dock.hidden_labels()) != hidden)

        def set_hidden(on: bool) -> None:
            for label in others:
                dock.set_label_hidden(label, on)
            if self.manager is not None:
                self.manager.set_hidden(dock.hidden_labels())

        what = _labels_text(labels)
        name = tr("Hide {what}", what=what) if hidden else tr("Show {what}", what=what)
        self._work.undo.make(LookStep(name, labels, lambda: set_hidden(hidden), lambda: set_hidden(not hidden)))

    def _recolour(self, labels: tuple[str, ...], rgb: tuple[int, int, int] | None) -> None:
        settings = self._program.settings
        stated = dict(settings.config["label_colors"] or {})
        before = {label: stated.get(label) for label in labels}

        def give(colors: Mapping[str, Any]) -> None:
            changed: dict[str, Any] = dict(settings.config["label_colors"] or {})
            changed.update(colors)
            settings.set("label_colors", {key: value for key, value in changed.items() if value is not None} or None)

        name = tr("Colour of {labels}", labels=_labels_text(labels))
        self._work.undo.make(LookStep(name, labels, lambda: give(dict.fromkeys(labels, rgb)), lambda: give(before)))

    def _look_report(self, step: LookStep, undone: bool) -> str:
        totals = [self._totals[label] for label in step.labels if label in self._totals]
        objects = trn("%n object", "%n objects", sum(total.shapes for total in totals))
        if undone:
            return tr("Undone: {name}. {objects}.", name=step.name, objects=objects)
        return tr("Done: {name}. {objects}.", name=step.name, objects=objects)

    def _follow(self, summary: FolderSummary) -> None:
        """Offer the labels as they are called now; the image on the screen had the old ones until a moment ago."""
        change = self._followed
        if change is not None and summary.name == change.name and not summary.undone:
            self._program.labels.follow(change.renames, change.deletes)

    def _restore_settings(self, summary: FolderSummary) -> None:
        """Give the settings their labels back when the change of the folder was taken back."""
        before = self._settings_before.pop(summary.name, None) if summary.undone else None
        if before:
            self._program.settings.update(before)

    # Statistics

    def _make_statistics(self) -> StatisticsDialog:
        from anylabeling.views.dialogs.statistics import StatisticsDialog

        program, survey = self._program, self._work.survey
        dialog = StatisticsDialog(program.window)
        dialog.set_color_provider(self._work.color)
        dialog.refresh_requested.connect(survey.ask)
        dialog.cancel_requested.connect(survey.stop)
        dialog.export_requested.connect(self._export)
        survey.surveyed.connect(self._count)
        survey.progressed.connect(dialog.set_progress)
        program.documents.current_changed.connect(lambda _entry: self._live.request())
        program.documents.shapes_changed.connect(lambda _change: self._live.request())
        program.saving.saved.connect(lambda _path: survey.ask_soon() if dialog.isVisible() else None)
        if survey.last is not None:
            self._count(survey.last)
        return dialog

    def _count(self, survey: Survey) -> None:
        from anylabeling.services.dataset.statistics import folder_figures

        dialog = self.statistics
        if dialog is None and not survey.paths:
            return

        def show(figures: Any) -> None:
            if self.statistics is not None:
                self.statistics.set_folder(figures if survey.paths else None)

        self._program.runner.submit(_LANE, lambda _task: folder_figures(survey.columns), on_done=show, newest_wins=True)

    def _show_image_figures(self) -> None:
        entry = self._program.documents.current
        if self.statistics is not None:
            from anylabeling.services.dataset.statistics import image_figures

            figures = image_figures(entry.document.snapshot(), entry.image_size) if entry is not None else None
            self.statistics.set_image(figures)

    def _export(self, table: str) -> None:
        survey, root = self._work.survey.last, self._program.navigation.root
        if survey is None:
            return

        def save(path: str) -> None:
            def work(_task: object) -> str:
                from anylabeling.services.dataset import statistics

                if table == "images":
                    text = statistics.images_csv(survey.paths, survey.columns)
                else:
                    write = statistics.words_csv if table == "words" else statistics.classes_csv
                    text = write(statistics.folder_figures(survey.columns))
                statistics.write_csv(Path(path), text)
                return Path(path).name

            self._program.runner.submit(_EXPORT_LANE, work, on_done=self._on_exported, on_error=self._on_export_failed)

        start = str(Path(root or Path.home()) / f"{table}.csv")
        titles = {
            "classes": tr("Export the labels of the folder"),
            "words": tr("Export the flags and tags of the folder"),
            "images": tr("Export the images of the folder"),
        }
        dialog = QFileDialog(self.statistics, titles[table], start, tr("CSV (*.csv)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(start)
        chosen: Any = dialog.fileSelected  # the stubs want a slot that returns nothing
        chosen.connect(save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_exported(self, name: str) -> None:
        self._program.notify(Notice(tr("The table was written to {name}.", name=name), level="info"))

    def _on_export_failed(self, error: Exception) -> None:
        known = (
            error if isinstance(error, AppError) else AppError(tr("The table was not written."), details=repr(error))
        )
        self._program.notify(Notice(known.user_text, known.hint, known.details, "error"))


def _labels_text(labels: tuple[str, ...]) -> str:
    return labels[0] if len(labels) == 1 else tr("{number} labels", number=len(labels))


def _changed_settings(config: Mapping[str, Any], change: LabelChange) -> dict[str, Any]:
    """Return the settings that name labels as they are to be after a change."""
    follow: Callable[[str], str | None] = lambda label: (  # noqa: E731 - what becomes of a label
        None if label in change.deletes else change.renames.get(label, label)
    )
    changed: dict[str, Any] = {}
    labels = config["labels"]
    if labels:
        kept = dict.fromkeys(new for label in labels if (new := follow(label)) is not None)
        if tuple(kept) != tuple(labels):
            changed["labels"] = list(kept) or None
    colors = config["label_colors"]
    if colors:
        moved: dict[str, Any] = {}
        for label, rgb in colors.items():
            new = follow(label)
            # The colour of the label that others are merged into stays its own.
            if new is not None and (new == label or new not in colors):
                moved.setdefault(new, rgb)
        if moved != dict(colors):
            changed["label_colors"] = moved or None
    return changed
