"""Give the images of a folder their classes by keys: a key sets the flag, and the next image comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qtpy.QtCore import QObject, Signal

from anylabeling.controllers.documents import DocumentController, OpenDocument
from anylabeling.controllers.navigation import NavigationController
from anylabeling.document.document import Change, Edit
from anylabeling.document.edits import SetImageFields
from anylabeling.messages.classifying import ClassifyState, ClassRow
from anylabeling.qt.undo import EditCommand
from anylabeling.translation import tr

if TYPE_CHECKING:
    from anylabeling.controllers.survey import Survey

CLASS_KEYS = "1234567890abcdefghijklmnopqrstuvwxyz"
"""The keys of the classes in their order; classes beyond have none."""
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Step:
    """What a key did: the image, its flags before, and the edit; None where it had that class already."""

    path: str
    before: Mapping[str, bool]
    edit: Edit | None


class ClassifyController(QObject):
    """Sets image flags by keys. It knows which images have one of the classes, and takes steps back.

    Attributes:
        several: An image may have several classes: a key sets or clears one, and the image stays.
        skips: After a class, go on to the next image that has none.

    Signals:
        state_changed: A ClassifyState.
    """

    state_changed = Signal(object)

    def __init__(
        self, documents: DocumentController, navigation: NavigationController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.several = False
        self.skips = False
        self._documents = documents
        self._navigation = navigation
        self._active = False
        self._classes: tuple[str, ...] = ()
        self._flags: dict[str, frozenset[str]] = {}
        self._edited: set[str] = set()
        self._steps: list[_Step] = []
        self._counted: list[str] | None = None
        self._images: Counter[str] = Counter()
        self._classified = 0
        self._note = ""
        documents.current_changed.connect(self._on_current_changed)
        documents.shapes_changed.connect(self._on_changed)
        documents.edited.connect(self._on_edited)
        navigation.place_changed.connect(self._tell)

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes in order."""
        return self._classes

    def start(self, classes: Iterable[str]) -> None:
        """Begin, with these classes."""
        self._active, self._note = True, ""
        self._steps.clear()
        self.set_classes(classes)

    def stop(self) -> None:
        """End it; what was set stays."""
        self._active = False

    def set_classes(self, classes: Iterable[str]) -> None:
        """Use other classes."""
        self._classes = tuple(dict.fromkeys(name for name in classes if name.strip()))
        self._counted = None
        self._tell()

    def set_survey(self, survey: Survey) -> None:
        """Take over which flags the images of the folder have; documents in memory know better."""
        found = {path: flags for path, flags in zip(survey.paths, survey.columns.flags, strict=True) if flags}
        for path in self._edited.union(entry.path for entry in self._documents.unsaved()):
            entry = self._documents.find(path)
            if entry is not None and entry.broken is None:
                found[path] = _set_flags(entry)
        self._flags, self._counted = found, None
        self._tell()

    def flags_of_folder(self) -> list[str]:
        """Return the flags that images have, by name."""
        return sorted({flag for flags in set(self._flags.values()) for flag in flags}, key=str.casefold)

    def class_of(self, key: str) -> str | None:
        """Return the class that a key stands for, or None."""
        place = CLASS_KEYS.find(key) if len(key) == 1 else -1
        return self._classes[place] if 0 <= place < len(self._classes) else None

    def is_classified(self, path: str) -> bool:
        """Whether an image has one of the classes, as far as is known."""
        return not self._flags.get(path, _NOTHING).isdisjoint(self._classes)

    def choose(self, name: str) -> None:
        """Give the image on the screen a class and go on; with several classes, set or clear one and stay."""
        entry = self._shown()
        if not self._active or entry is None or name not in self._classes:
            return
        before = dict(entry.document.annotation.flags)
        if self.several:
            after = {**before, name: not before.get(name, False)}
        else:
            after = {flag: on and flag not in self._classes for flag, on in before.items()} | {name: True}
        edit = None
        if after != before:
            words = tr("Classify as {name}", name=name) if after[name] else tr("Clear flag {flag}", flag=name)
            edit = SetImageFields.to(entry.document, words, flags=after)
            self._documents.push(edit, entry)
        self._steps.append(_Step(entry.path, before, edit))
        self._note = ""
        if self.several:
            self._tell()
        else:
            self._go_on()

    def skip(self, *, backwards: bool = False) -> None:
        """Go to the next or previous image without giving this one a class."""
        self._note = ""
        if backwards:
            self._navigation.step(-1)
            self._tell()
        else:
            self._go_on()

    def take_back(self) -> None:
        """Take the last step back and show its image."""
        if not self._active or not self._steps:
            return
        step = self._steps.pop()
        self._note = ""
        entry = self._documents.find(step.path)
        if entry is not None and step.edit is not None:
            last = entry.stack.command(entry.stack.index() - 1)
            if isinstance(last, EditCommand) and last.edit is step.edit:
                entry.stack.undo()
            else:  # something else was done to the image since
                self._restore(entry, step)
        self._navigation.go_to(step.path)
        self._tell()

    def _restore(self, entry: OpenDocument, step: _Step) -> None:
        present = dict(entry.document.annotation.flags)
        kept = {name: step.before.get(name, False) for name in self._classes if name in present}
        if {**present, **kept} != present:
            self._documents.set_image_fields(tr("Take class back"), entry, flags={**present, **kept})

    def _go_on(self) -> None:
        navigation = self._navigation
        if self.skips:
            if not navigation.go_to_next(lambda path: not self.is_classified(path)):
                self._note = tr("All other images in the list have a class.")
        elif navigation.index() == len(navigation.paths) - 1:
            self._note = tr("This is the last image.")
        else:
            navigation.step(1)
        self._tell()

    def _shown(self) -> OpenDocument | None:
        """Return the document on the screen; None while another image is about to come, which nobody has seen."""
        entry = self._documents.current
        return entry if entry is not None and entry.path == self._navigation.current else None

    def _on_current_changed(self, entry: OpenDocument | None) -> None:
        if entry is not None and entry.broken is None:
            self._take_note(entry)
        self._tell()

    def _on_edited(self, entry: OpenDocument) -> None:
        self._edited.add(entry.path)
        self._take_note(entry)

    def _on_changed(self, change: Change) -> None:
        if change.image:
            self._tell()

    def _take_note(self, entry: OpenDocument) -> None:
        before, after = self._flags.get(entry.path, _NOTHING), _set_flags(entry)
        if before == after:
            return
        self._flags[entry.path] = after
        if self._active and self._counted is self._navigation.paths and self._navigation.index(entry.path) >= 0:
            self._images.subtract(before)
            self._images.update(after)
            self._classified += int(not after.isdisjoint(self._classes)) - int(not before.isdisjoint(self._classes))
        else:
            self._counted = None

    def _count(self) -> None:
        """Count the images of the list; an edit keeps the numbers up to date after that."""
        paths = self._navigation.paths
        if self._counted is paths:
            return
        # Few sets of flags occur, each in many images.
        known = Counter(map(self._flags.get, paths))
        self._images, self._classified, self._counted = Counter(), 0, paths
        for flags, images in known.items():
            if flags:
                self._images.update(dict.fromkeys(flags, images))
                self._classified += 0 if flags.isdisjoint(self._classes) else images

    def _tell(self) -> None:
        if not self._active:
            return
        self._count()
        entry, navigation = self._shown(), self._navigation
        flags = _set_flags(entry) if entry is not None else _NOTHING
        rows = [
            ClassRow(name, CLASS_KEYS[number : number + 1], self._images[name], name in flags)
            for number, name in enumerate(self._classes)
        ]
        self.state_changed.emit(
            ClassifyState(
                tuple(rows),
                Path(entry.path).name if entry is not None else "",
                navigation.index() + 1,
                len(navigation.paths),
                self._classified,
                bool(self._steps),
                self._note,
            )
        )


def classes_to_offer(
    configured: Sequence[str], labels: Sequence[str], in_folder: Callable[[], Sequence[str]], typed: Sequence[str]
) -> tuple[str, ...]:
    """Return the classes at the beginning: the flags of the settings, else those of the folder, else the labels.

    Args:
        configured: The flags of the settings.
        labels: The labels of the settings.
        in_folder: Returns the flags that images of the folder have.
        typed: Classes that the person has typed; they come last.
    """
    first = configured or in_folder() or (() if typed else labels)
    return tuple(dict.fromkeys((*first, *typed)))


def _set_flags(entry: OpenDocument) -> frozenset[str]:
    return frozenset(name for name, on in entry.document.annotation.flags.items() if on)
