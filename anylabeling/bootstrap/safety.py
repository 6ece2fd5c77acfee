"""Connect what keeps work safe: the journal, the claim of a folder, deleting to the bin."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from anylabeling.messages.notices import Notice
from anylabeling.services.dataset.folder_claim import FolderClaim, OtherWindow
from anylabeling.translation import tr
from anylabeling.utils.paths import data_dir

if TYPE_CHECKING:
    from anylabeling.bootstrap.program import Program


def connect_safety(program: Program) -> None:
    """Connect the journal of unsaved labels, the warning about a second window, and the deleting of images."""
    journal, saving, navigation = program.journal, program.saving, program.navigation

    def show_restored(paths: Sequence[str]) -> None:
        program.label_files.mark(paths)
        for path in paths:
            entry = program.documents.find(path)
            if entry is not None and not entry.dirty:
                program.documents.reload(path)
        if navigation.current in paths:
            program.images.show(navigation.current, program.label_files.store)

    for source in (journal, program.documents):
        source.notified.connect(program.notify)
    for settling in (saving, journal, program.documents):
        settling.settled.connect(program.window.notifications.withdraw)
    program.window.actions["rescan_folder"].triggered.connect(lambda _checked=False: _look_again(program))
    journal.restored.connect(show_restored)
    saving.reload_requested.connect(lambda path: journal.forget([path]))
    program.label_files.deleted.connect(lambda path: journal.forget([path]))
    program.deleting.notified.connect(program.notify)
    program.deleting.deleted.connect(lambda path: journal.forget([path]))
    program.window.actions["delete_image"].triggered.connect(lambda _checked=False: _ask_to_delete(program))
    program.after_first_image(journal.look)
    _connect_claim(program)


def _connect_claim(program: Program) -> None:
    """Say so when another window has the folder, or keeps its label files in the same place."""
    navigation, claim = program.navigation, FolderClaim(data_dir() / "open")

    def claim_folder() -> None:
        root, output_dir = navigation.root, program.label_files.output_dir
        program.runner.submit(
            "claim",
            lambda _task: claim.claim(root, output_dir) if root else claim.release(),
            on_done=lambda other: tell_of_other(other, root),
        )

    def tell_of_other(other: OtherWindow | None, root: str) -> None:
        if other is None:
            return
        text = tr("This folder has been open in another window since {since}.", since=other.since)
        if other.root != os.path.realpath(root):
            text = tr(
                "{folder}, whose label files are in the same place, has been open in another window since {since}.",
                folder=other.root,
                since=other.since,
            )
        hint = tr(
            "Both save into the same label files. What the other one has changed is not overwritten without asking."
        )
        program.notify(Notice(text, hint, level="warning"))

    navigation.images_changed.connect(lambda _paths, _root: claim_folder())
    program.label_files.store_changed.connect(claim_folder)
    program.ended.connect(claim.release)


def _ask_to_delete(program: Program) -> None:
    path = program.navigation.current
    if path is None:
        return
    entry, explanation = program.documents.find(path), tr("The image and its label file go to the system's bin.")
    if entry is not None and entry.dirty and program.saving.is_waiting(entry):
        explanation += " " + tr("What is not saved of its labels is lost.")
    program.dialogs.ask(
        tr("Delete {name}?", name=Path(path).name),
        explanation,
        ((tr("Delete"), lambda: program.deleting.delete(path)),),
    )


def _look_again(program: Program) -> None:
    """Show the picture and the labels that are there now under the name of the current image."""
    if program.navigation.current is not None:
        program.images.show(program.navigation.current, program.label_files.store)
