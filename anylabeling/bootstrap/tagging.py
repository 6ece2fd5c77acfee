"""The connections of the tags of an image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anylabeling.controllers.tags import TagController

if TYPE_CHECKING:
    from anylabeling.bootstrap.program import Program

_RECENT_KEY = "tags/recent"


def connect_tags(program: Program) -> TagController:
    """Make what belongs to tags and connect it."""
    window, editor = program.window, program.window.column.image_dock.tags
    tags = TagController(program.documents, program)
    tags.tags_changed.connect(editor.set_tags)
    tags.known_changed.connect(editor.set_known)
    editor.tags_edited.connect(tags.set_tags)
    tags.remember(window.window_state.load_texts(_RECENT_KEY))
    return tags


def keep_tags(program: Program, tags: TagController) -> None:
    """Remember the tags that were used last; the program ends."""
    program.window.window_state.save(_RECENT_KEY, list(tags.recent))
