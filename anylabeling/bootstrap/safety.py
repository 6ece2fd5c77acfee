"""Connect what keeps work safe: the journal, the claim of a folder, deleting to the bin."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from anylabeling.messages.notices import Notice
from anylabeling.services.dataset.folder_claim import FolderClaim
from anylabeling.translation import tr
from anylabeling.utils.paths import data_dir

if TYPE_CHECKING:
    from anylabeling.bootstrap.program import Program


def connect_safety(program: Program) -> None:
    """Connect the journal of unsaved labels, the warning about a second window, and the deleting of images."""
    journal, saving, navigation = program.journal, program.saving, program.navigation
    claim = FolderClaim(data_dir() / "open")

    def show_restored(paths: Sequence[str]) -> None:
        program.label_files.mark(paths)
        for path in paths:
            entry = program.documents.find(path)
            if entry is not None and not entry.dirty:
                program.documents.reload(path)
        if navigation.current in paths:
            program.images.show(navigation.current, program.label_files.store)

    def claim_folder(root: str) -> None:
        program.runner.submit(
            "claim", lambda _task: claim.claim(root) if root else claim.release(), on_done=tell_of_other
        )

    def tell_of_other(since: str | None) -> None:
        if since is not None:
            program.notify(
                Notice(
                    tr("This folder has been open in another window since {since}.", since=since),
                    tr(
                        "Both save into the same label files. What the other one has changed is not overwritten "
                        "without asking."
                    ),
                    level="warning",
                )
            )

    def delete_image() -> None:
        path = navigation.current
        if path is not None:
            program.dialogs.ask(
                tr("Delete {name}?", name=Path(path).name),
                tr("The image and its label file go to the system's bin."),
                ((tr("Delete"), lambda: program.deleting.delete(path)),),
            )

    for source in (journal, program.documents):
        source.notified.connect(program.notify)
    saving.settled.connect(program.window.notifications.withdraw)
    program.window.actions["rescan_folder"].triggered.connect(lambda _checked=False: _look_again(program))
    journal.restored.connect(show_restored)
    saving.reload_requested.connect(lambda path: journal.forget([path]))
    program.label_files.deleted.connect(lambda path: journal.forget([path]))
    program.deleting.notified.connect(program.notify)
    program.deleting.deleted.connect(lambda path: journal.forget([path]))
    program.window.actions["delete_image"].triggered.connect(lambda _checked=False: delete_image())
    navigation.images_changed.connect(lambda _paths, root: claim_folder(root))
    program.after_first_image(journal.look)
    program.ended.connect(claim.release)


def _look_again(program: Program) -> None:
    """Show the picture and the labels that are there now under the name of the current image."""
    if program.navigation.current is not None:
        program.images.show(program.navigation.current, program.label_files.store)
