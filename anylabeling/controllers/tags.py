"""The tags of the image on the screen, and which ones there are to complete from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qtpy.QtCore import QObject, Signal

from anylabeling.controllers.documents import DocumentController, OpenDocument
from anylabeling.document.document import Change
from anylabeling.translation import tr

_MOST_RECENT = 30


class TagController(QObject):
    """Changes the tags of the current image.

    Signals:
        tags_changed: The tags of the image on the screen, or None for no image.
        known_changed: The tags to complete from: those used last, then those of the folder by name.
    """

    tags_changed = Signal(object)
    known_changed = Signal(object)

    def __init__(self, documents: DocumentController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._documents = documents
        self._recent: list[str] = []
        self._in_folder: tuple[str, ...] = ()
        documents.current_changed.connect(self._on_current_changed)
        documents.shapes_changed.connect(self._on_changed)

    @property
    def recent(self) -> tuple[str, ...]:
        """The tags used last, the last one first."""
        return tuple(self._recent)

    def remember(self, tags: Iterable[str]) -> None:
        """Take over the tags that were used last in an earlier session."""
        self._recent = list(dict.fromkeys((*self._recent, *tags)))[:_MOST_RECENT]
        self.known_changed.emit(self.known())

    def known(self) -> tuple[str, ...]:
        """Return the tags to complete from."""
        return tuple(dict.fromkeys((*self._recent, *self._in_folder)))

    def set_tags(self, tags: Sequence[str]) -> None:
        """Give the image on the screen these tags, as one undo step."""
        entry = self._documents.current
        if entry is None:
            return
        before, after = entry.document.annotation.tags, tuple(tags)
        if after == before:
            return
        fields: dict[str, object] = {"tags": after}
        if not after:
            # The file had the key; an empty list says that there are none, as X-AnyLabeling writes it.
            fields["extra"] = {**entry.document.annotation.extra, "tags": []}
        self._documents.set_image_fields(_name(before, after), entry, **fields)
        new = [tag for tag in after if tag not in before]
        if new:
            self._recent = list(dict.fromkeys((*new, *self._recent)))[:_MOST_RECENT]
            self.known_changed.emit(self.known())

    def set_in_folder(self, tags: Iterable[str]) -> None:
        """Take over which tags the images of the folder have."""
        found = tuple(sorted({tag for tag in tags if tag.strip()}, key=lambda tag: (tag.casefold(), tag)))
        if found != self._in_folder:
            self._in_folder = found
            self.known_changed.emit(self.known())

    def _on_current_changed(self, entry: OpenDocument | None) -> None:
        self.tags_changed.emit(entry.document.annotation.tags if entry is not None else None)

    def _on_changed(self, change: Change) -> None:
        if change.image:
            self._on_current_changed(self._documents.current)


def _name(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """Return the words for the Edit menu."""
    new = [tag for tag in after if tag not in before]
    gone = [tag for tag in before if tag not in after]
    if len(new) == 1 and not gone:
        return tr("Add tag {tag}", tag=new[0])
    if len(gone) == 1 and not new:
        return tr("Remove tag {tag}", tag=gone[0])
    return tr("Change tags") if new or gone else tr("Change order of tags")
