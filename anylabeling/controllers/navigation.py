"""Which images are there and which one is shown."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from qtpy.QtCore import QObject, Signal

from anylabeling.codecs import IMAGE_SUFFIXES
from anylabeling.errors import AppError, LabelFileError
from anylabeling.messages.notices import Notice
from anylabeling.qt.task_runner import Task, TaskRunner
from anylabeling.services.imaging.scanner import scan_folder
from anylabeling.translation import tr
from anylabeling.utils.narrowing import Narrowing

FOLDER_TOPIC = "folder"
"""What notices of a folder that cannot be read are about."""
_SCAN = "scan"


class NavigationController(QObject):
    """Holds the list of images and the place in it.

    Attributes:
        image_to_show: Returns the image at which a folder is opened, or None for its first one.

    Signals:
        images_changed: All images of the folder in order (list of str) and the folder.
        images_appended: More images at the end, while a folder is being read.
        current_changed: Path of the image to show, or None when there is none.
        place_changed: The current image is the same, but its place in the list is another.
        narrowed_changed: The images that the list is narrowed to, or None for all.
        scanning_changed: Whether a folder is being scanned.
        folder_opened: A folder or file was opened by the person: its path, for the recent list.
        notified: A Notice for the person.
        settled: What a notice was about is as it should be again: its topic.
    """

    images_changed = Signal(object, str)
    images_appended = Signal(object)
    current_changed = Signal(object)
    place_changed = Signal()
    narrowed_changed = Signal(object)
    scanning_changed = Signal(bool)
    folder_opened = Signal(str)
    notified = Signal(object)
    settled = Signal(str)

    def __init__(self, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.image_to_show: Callable[[str], str | None] = lambda _folder: None
        self._runner = runner
        self._root = ""
        self._all: list[str] = []
        self._narrowed: Narrowing | None = None
        self._found: list[str] | None = None
        self._rows: dict[str, int] | None = None
        self._row: tuple[list[str], str, int] | None = None
        self._current: str | None = None

    @property
    def root(self) -> str:
        """The folder that is open, or an empty string."""
        return self._root

    @property
    def all_paths(self) -> list[str]:
        """Every image of the folder, in order. Not to be changed."""
        return self._all

    @property
    def paths(self) -> list[str]:
        """The images that the list shows: all, or those it is narrowed to or searched for. Not to be changed."""
        if self._found is not None:
            return self._found
        return self._all if self._narrowed is None else self._narrowed.paths

    @property
    def current(self) -> str | None:
        """The image that is shown or about to be."""
        return self._current

    @property
    def narrowed(self) -> bool:
        """Whether the list shows a selection of the folder."""
        return self._narrowed is not None

    def index(self, path: str | None = None) -> int:
        """Return the place of an image (the current one by default) in ``paths``, or -1."""
        wanted = path if path is not None else self._current or ""
        if self._narrowed is not None and self.paths is self._narrowed.paths:
            return self._narrowed.rows.get(wanted, -1)
        if self._row is None or self._row[0] is not self.paths:
            # One place is found sooner than all are numbered, which is for the next one that somebody asks about.
            self._rows = None
            self._row = self.paths, wanted, self.paths.index(wanted) if wanted in self.paths else -1
        elif self._row[1] != wanted:
            if self._rows is None:
                self._rows = dict(zip(self.paths, range(len(self.paths)), strict=True))
            self._row = self.paths, wanted, self._rows.get(wanted, -1)
        return self._row[2]

    def open(self, path: str) -> None:
        """Open a folder, an image, or a label file beside its image."""
        target = os.path.abspath(Path(path).expanduser())  # noqa: PTH100 - resolve() would follow links people chose
        if Path(target).is_dir():
            if (image := self.image_to_show(target)) is not None:
                self._set_current(image)
            self._open_folder(target, image)
            self.folder_opened.emit(target)
        elif Path(target).suffix.lower() == ".json":
            self._open_label_file(target)
        elif Path(target).is_file():
            self._set_current(target)
            self._open_folder(str(Path(target).parent), target)
            self.folder_opened.emit(target)
        else:
            self.notified.emit(
                Notice(
                    tr("{path} does not exist.", path=path),
                    tr("Choose another folder with File > Open Folder."),
                    level="error",
                    topic=FOLDER_TOPIC,
                )
            )

    def rescan(self) -> None:
        """Read the folder again and stay at the current image if it is still there."""
        if self._root:
            self._open_folder(self._root, self._current)
            self.folder_opened.emit(self._current or self._root)

    def go_to(self, path: str) -> None:
        """Show an image."""
        if path != self._current:
            self._set_current(path)

    def go_to_index(self, index: int) -> None:
        """Show the image at a place in ``paths``, counted from 0; out of range is the nearest end."""
        if self.paths:
            self.go_to(self.paths[min(max(index, 0), len(self.paths) - 1)])

    def step(self, steps: int) -> None:
        """Go forward or back. Stays where it is at the ends."""
        if not self.paths:
            return
        index = self.index()
        if index < 0:
            self.go_to_index(0 if steps > 0 else len(self.paths) - 1)
        else:
            self.go_to_index(index + steps)

    def go_to_next(self, wanted: Callable[[str], bool], *, backwards: bool = False) -> bool:
        """Show the next or previous image that is wanted, going round at the end; returns whether there is one."""
        start = self.index()
        ahead = self.paths[start + 1 :] + self.paths[: max(start, 0)]
        for path in reversed(ahead) if backwards else ahead:
            if wanted(path):
                self.go_to(path)
                return True
        return False

    def narrow(self, paths: Narrowing | Sequence[str] | None, *, move: bool = True) -> None:
        """Narrow the list to some images, or show all again with None.

        Args:
            paths: The images, in order; as a Narrowing where there may be very many.
            move: Go to the first of them when the current image is not among them.
        """
        narrowed = paths if paths is None or isinstance(paths, Narrowing) else Narrowing(paths, self._all)
        before = self._narrowed.paths if self._narrowed is not None else None
        if narrowed is None or narrowed.paths != before:  # the same again would make the list forget where it is
            self._narrowed, self._rows = narrowed, None
            self.narrowed_changed.emit(narrowed)
            self.place_changed.emit()
        if move and narrowed is not None and narrowed.paths and self.index() < 0:
            self.go_to_index(0)

    def search(self, paths: Sequence[str] | None) -> None:
        """Step through the images that were searched for, or through all of the list with None."""
        self._found = None if paths is None else list(paths)
        self._rows = None
        self.place_changed.emit()

    def show_list(self, paths: Sequence[str]) -> None:
        """Show some images, which need not be in the open folder, as the file list; at least one."""
        self._runner.cancel_lane(_SCAN)
        folders = {os.path.dirname(path) for path in paths}  # noqa: PTH120 - may be very many
        try:
            self._root = os.path.commonpath(folders)
        except ValueError:  # on several drives
            self._root = next(iter(folders))
        self._all, self._narrowed, self._found, self._rows = list(paths), None, None, None
        self.narrowed_changed.emit(None)
        self.images_changed.emit(self._all, self._root)
        if self.index() < 0:
            self._set_current(self._all[0])
        else:
            self.place_changed.emit()

    def remove(self, paths: Sequence[str]) -> None:
        """Take images off the list, since they are gone; the next one takes the place of the current one."""
        gone, index = set(paths), self.index()
        self._all = [path for path in self._all if path not in gone]
        if self._narrowed is not None:
            self._narrowed = Narrowing([path for path in self._narrowed.paths if path not in gone], self._all)
        if self._found is not None:
            self._found = [path for path in self._found if path not in gone]
        self._rows = None
        self.images_changed.emit(self._all, self._root)
        if self._narrowed is not None:
            self.narrowed_changed.emit(self._narrowed)
        if self._current in gone:
            left = self.paths or self._all
            self._set_current(left[min(max(index, 0), len(left) - 1)] if left else None)
        else:
            self.place_changed.emit()

    def close_current(self) -> None:
        """Show no image; the list stays."""
        self._set_current(None)

    def _open_label_file(self, path: str) -> None:
        folder = Path(path).parent
        beside = [entry for entry in _siblings(path) if entry.suffix.lower() in IMAGE_SUFFIXES]
        if beside:
            self.open(str(beside[0]))
        else:
            error = LabelFileError(
                tr("{name} has no image beside it.", name=Path(path).name),
                hint=tr("Put its picture into {folder} and open that.", folder=folder),
            )
            self._notify(error)

    def _open_folder(self, root: str, current: str | None) -> None:
        if root != self._root:
            self._root, self._all, self._narrowed, self._found, self._rows = root, [], None, None, None
        self.scanning_changed.emit(True)
        self._runner.submit(
            _SCAN,
            lambda task: _scan(root, task),
            on_items=None if self._all else lambda chunks: self._on_chunks(root, chunks, current),
            on_done=lambda paths: self._on_scanned(root, paths, current),
            on_error=self._on_scan_error,
            on_finished=lambda: self.scanning_changed.emit(self._runner.busy(_SCAN)),
            newest_wins=True,
        )

    def _on_chunks(self, root: str, chunks: list[list[str]], current: str | None) -> None:
        if root != self._root:
            return
        first = not self._all
        added = [path for chunk in chunks for path in chunk]
        self._all = self._all + added
        self._rows = None
        if first:
            self.images_changed.emit(self._all, root)
        else:
            self.images_appended.emit(added)
        if first and current is None and self._all:
            self._set_current(self._all[0])

    def _on_scanned(self, root: str, paths: list[str], current: str | None) -> None:
        self.settled.emit(FOLDER_TOPIC)
        if paths != self._all or not paths:
            self._all, self._rows = paths, None
            self.images_changed.emit(paths, root)
        inside = self._current is not None and self.index() >= 0
        if not inside and current is None:
            self._set_current(paths[0] if paths else None)
        else:
            self.place_changed.emit()  # its number and its neighbours are known only now
        if not paths:
            self.notified.emit(
                Notice(
                    tr("{value} holds no pictures.", value=Path(root).name or root),
                    tr("Choose a folder with images."),
                    level="info",
                )
            )

    def _on_scan_error(self, error: Exception) -> None:
        self._notify(error)

    def _set_current(self, path: str | None) -> None:
        self._current = path
        self.current_changed.emit(path)

    def _notify(self, error: Exception) -> None:
        if isinstance(error, AppError):
            self.notified.emit(Notice(error.user_text, error.hint, error.details, "error", topic=FOLDER_TOPIC))
        else:
            text = tr("The folder could not be read.")
            self.notified.emit(Notice(text, details=repr(error), level="error", topic=FOLDER_TOPIC))


def _scan(root: str, task: Task) -> list[str]:
    return scan_folder(root, recursive=True, cancel=task.token, on_chunk=task.stream)


def _siblings(path: str) -> list[Path]:
    stem = Path(path).stem
    return sorted(entry for entry in Path(path).parent.glob(f"{_escaped(stem)}.*") if entry.is_file())


def _escaped(stem: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in stem)
