"""Connect the search of the file list: names are looked for at once, all else in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anylabeling.controllers.file_search import FileSearchController
from anylabeling.translation import tr

if TYPE_CHECKING:
    from anylabeling.bootstrap.program import Program
    from anylabeling.messages.progress import Progress


def connect_file_search(program: Program) -> None:
    """Make the controller and connect it."""
    files, navigation, status = program.window.file_dock, program.navigation, program.window.status
    controller = FileSearchController(
        program.runner,
        navigation,
        lambda: program.label_files.store,
        lambda: program.services.filter_stores().labels,
        program,
    )

    def search(text: str) -> None:
        controller.search(text if files.asks_for_more_than_names() else "")
        if not files.asks_for_more_than_names():
            navigation.search(files.visible_paths() if text else None)

    def show_found(paths: list[str]) -> None:
        files.set_found(paths)
        navigation.search(files.visible_paths())

    def show_progress(progress: Progress | None) -> None:
        status.set_work(progress, tr("Searching label files") if progress is not None else "")

    files.search_changed.connect(search)
    files.search_again_requested.connect(controller.ask)
    controller.found.connect(show_found)
    controller.refused.connect(files.set_search_problem)
    controller.progressed.connect(show_progress)
    controller.notified.connect(program.notify)
    navigation.images_changed.connect(lambda _paths, _root: controller.search_again())
    navigation.images_appended.connect(lambda _paths: controller.search_again())
    files.search.setText(program.settings.config["file_search"] or "")
