"""Bring what the filter found out of the program, and lists of images into it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from qtpy.QtCore import QObject, Signal

from anylabeling.controllers.navigation import NavigationController
from anylabeling.errors import AppError, UsageError
from anylabeling.messages.notices import Notice
from anylabeling.messages.progress import Progress
from anylabeling.qt.task_runner import Task, TaskRunner
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.translation import tr, trn
from anylabeling.utils import collector, turns
from anylabeling.utils.narrowing import Narrowing

if TYPE_CHECKING:
    from anylabeling.messages.filtering import FilterSummary
    from anylabeling.services.filtering.gather import GatherSummary

_LANE = "export"


class FilterExportController(QObject):
    """Writes the result of the filter, gathers its images, and reads lists.

    Signals:
        reported: One sentence on what came of it, and its kind: "info", "warning" or "error".
        progressed: A Progress while images are gathered; None at the end.
        imported: The file list shows an imported list: its name and the number of images.
        notified: A Notice for the person.
    """

    reported = Signal(str, str)
    progressed = Signal(object)
    imported = Signal(str, int)
    notified = Signal(object)

    def __init__(
        self,
        runner: TaskRunner,
        navigation: NavigationController,
        summary: Callable[[], FilterSummary | None],
        label_store: Callable[[], LabelStore],
        parent: QObject | None = None,
    ) -> None:
        """Make the controller; ``summary`` returns the result that is shown."""
        super().__init__(parent)
        self._runner = runner
        self._navigation = navigation
        self._summary = summary
        self._label_store = label_store

    def export(self, path: str, *, class_counts: bool = False) -> None:
        """Write the result to a file; its ending says the format (.json, .txt, .csv)."""
        summary = self._result()
        if summary is None:
            return

        def write(_task: Task) -> int:
            from anylabeling.services.filtering import export

            export.check_export_path(path)
            with collector.making_many_objects():
                return len(export.export_results(path, summary, class_counts=class_counts))

        self._submit(write, lambda left_out: self._on_written(path, len(summary.matches), left_out))

    def as_text(self) -> str:
        """Return the paths that match, one a line, for the clipboard."""
        from anylabeling.services.filtering import export

        summary = self._result()
        if summary is None:
            return ""
        text = export.to_text(summary)
        left_out = len(summary.matches) - text.count("\n")
        done = tr("{images} copied as paths.", images=_images(len(summary.matches) - left_out))
        self.reported.emit(done + _left_out(left_out), "warning" if left_out else "info")
        return text

    def gather(self, folder: str, *, link: bool, labels: bool) -> None:
        """Copy or link the matches into a folder, with copies of their label files where wished."""
        summary = self._result()
        if summary is None:
            return
        paths, store = [match.path for match in summary.matches], self._label_store()

        def work(task: Task) -> GatherSummary:
            from anylabeling.services.filtering.export import gather_matches
            from anylabeling.services.filtering.gather import GatherSummary, gather_with_labels

            def tell(done: int) -> None:
                task.report(Progress(done, len(paths)))

            if labels:
                return gather_with_labels(folder, paths, store, link=link, cancel=task.token, on_done=tell)
            made = gather_matches(folder, paths, link=link, cancel=task.token, on_done=tell)
            return GatherSummary(tuple(made), 0, ())

        self._submit(work, lambda made: self._on_gathered(made, folder, link=link, labels=labels))

    def import_list(self, path: str) -> None:
        """Show the images that an exported file lists as the file list."""
        among = self._navigation.all_paths

        def work(_task: Task) -> tuple[Narrowing, list[str]]:
            found, missing = _existing(path)
            return Narrowing(found, among), missing

        self._submit(work, lambda found: self._on_imported(path, *found))

    def cancel(self) -> None:
        """Stop gathering; what is in the folder by then stays."""
        if self._runner.busy(_LANE):
            self._runner.cancel_lane(_LANE)

    def _on_written(self, path: str, matches: int, left_out: int) -> None:
        done = tr("{images} written to {name}.", images=_images(matches - left_out), name=Path(path).name)
        self._say(done + _left_out(left_out), "warning" if left_out else "info")

    def _on_gathered(self, made: GatherSummary, folder: str, *, link: bool, labels: bool) -> None:
        with_labels = tr(" with {label_files}", label_files=_several(made.labels, "label file")) if labels else ""
        done = tr("{images} linked in {folder}{more}.") if link else tr("{images} copied to {folder}{more}.")
        self._say(done.format(images=_images(len(made.images)), folder=Path(folder).name, more=with_labels))
        if made.failed:
            details = "\n".join(f"{path}: {reason}" for path, reason in made.failed[:200])
            self.notified.emit(
                Notice(
                    tr("{label_files} could not be taken along.", label_files=_several(len(made.failed), "label file")),
                    "",
                    details,
                )
            )

    def _on_imported(self, path: str, narrowing: Narrowing, missing: list[str]) -> None:
        name, found = Path(path).name, narrowing.paths
        paths = self._navigation.all_paths
        if narrowing.among is not paths:  # they have changed meanwhile
            narrowing = Narrowing(found, paths)
        if narrowing.numbers is not None:
            self._navigation.narrow(narrowing)
        else:
            self._navigation.show_list(found)
        self.imported.emit(name, len(found))
        self._say(tr("The file list shows {images} from {name}.", images=_images(len(found)), name=name))
        if missing:
            count = tr(
                "{number:,} of {number2:,} images in {name} do not exist.",
                number=len(missing),
                number2=len(found) + len(missing),
                name=name,
            )
            self.notified.emit(Notice(count, details="\n".join(missing[:200]), level="warning"))

    def _result(self) -> FilterSummary | None:
        summary = self._summary()
        if summary is None:
            self.notified.emit(
                Notice(tr("There is no filter result to export."), tr("Apply a filter first."), level="info")
            )
        return summary

    def _submit(self, work: Callable[[Task], object], on_done: Callable[..., object]) -> None:
        self._runner.submit(
            _LANE,
            work,
            on_done=on_done,
            on_error=self._on_failed,
            on_progress=self.progressed.emit,
            on_finished=lambda: self.progressed.emit(None),
        )

    def _say(self, text: str, level: Literal["info", "warning"] = "info") -> None:
        self.reported.emit(text, level)
        self.notified.emit(Notice(text, level=level))

    def _on_failed(self, error: Exception) -> None:
        known = error if isinstance(error, AppError) else AppError(tr("The export failed."), details=repr(error))
        self.reported.emit(known.user_text, "error")
        self.notified.emit(Notice(known.user_text, known.hint, known.details, "error"))


def _existing(path: str) -> tuple[list[str], list[str]]:
    """Return the images of a list that exist and those that do not."""
    from anylabeling.services.filtering.export import import_paths

    with collector.making_many_objects():
        listed = [os.path.normpath(image) for image in import_paths(path)]
    found: list[str] = []
    missing: list[str] = []
    for image in listed:
        turns.give_way()
        (found if os.path.isfile(image) else missing).append(image)  # noqa: PTH113 - may be very many
    if not found:
        name = Path(path).name
        raise UsageError(
            tr("None of the images in {name} exists.", name=name)
            if listed
            else tr("{name} lists no images.", name=name),
            hint=tr("Export the list again, or put it beside the images."),
        )
    return found, missing


def _left_out(number: int) -> str:
    """Return what is added for images that a list with a path a line cannot name."""
    if not number:
        return ""
    return " " + trn(
        "%n image was left out: no line can hold the line break in its name; CSV and JSON can.",
        "%n images were left out: no line can hold the line breaks in their names; CSV and JSON can.",
        number,
    )


def _images(number: int) -> str:
    return _several(number, "image")


def _several(number: int, noun: str) -> str:
    return trn(f"%n {noun}", f"%n {noun}s", number)
