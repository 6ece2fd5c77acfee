"""The last rows of the image filter: the caches, and what can be done with matches."""

from __future__ import annotations

from pathlib import Path

from qtpy.QtCore import QSignalBlocker, Qt, Signal
from qtpy.QtWidgets import (
    QAction,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from anylabeling.messages.filtering import FilterCaches
from anylabeling.translation import tr
from anylabeling.views.dialogs.image_filter.pieces import GAP_PX, rule, side_by_side, stack, tight_row
from anylabeling.views.widgets.elided_label import ElidedLabel
from anylabeling.views.widgets.text import plural, size_text

_EXPORTS = ((tr("&JSON…"), "json"), (tr("&Text…"), "txt"), (tr("CS&V…"), "csv"))
_LISTS = tr("Lists of images (*.json *.txt *.csv);;All files (*)")


class CacheLine(QWidget):
    """Whether the answer came from what is remembered, and how much that is.

    Signals:
        clear_requested: Forget the answers; whether detections are to be forgotten, too.
        option_changed: Name of a setting and its new value.

    Attributes:
        moved: Whether images that lie elsewhere now are recognised by their content.
    """

    clear_requested = Signal(bool)
    option_changed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caches: FilterCaches | None = None
        self._origin = ""
        self.label = ElidedLabel("")
        self.label.setProperty("muted", True)
        self.label.setAccessibleName(tr("Cache"))
        self.clear_button = QPushButton(tr("Clear Cac&he…"))
        self.clear_button.setProperty("quiet", True)
        self.clear_button.setAutoDefault(False)
        self.clear_button.clicked.connect(self._on_clear_clicked)
        self.moved = QCheckBox(tr("Recognise moved pictures"))
        self.moved.setToolTip(
            tr("Read the pictures that are not known, and look whether the model has seen them in another place")
        )
        self.moved.toggled.connect(lambda on: self.option_changed.emit("recognise_moved", on))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_PX)
        row.addWidget(self.label, 1)
        row.addWidget(self.moved)
        row.addWidget(self.clear_button)

    def set_origin(self, from_cache: int, total: int) -> None:
        """Say of how many images, of those that are through, the answer was known before."""
        self._origin = tr("from cache: {from_cache:,} of {total:,}", from_cache=from_cache, total=total)
        self._refresh()

    def clear_origin(self) -> None:
        """Say nothing: there is no answer."""
        self._origin = ""
        self._refresh()

    def set_moved(self, on: bool) -> None:
        """Show whether moved images are recognised, without a signal."""
        with QSignalBlocker(self.moved):
            self.moved.setChecked(on)

    def set_caches(self, caches: FilterCaches) -> None:
        """Show how the caches are doing."""
        self._caches = caches
        self._refresh()

    def _refresh(self) -> None:
        parts = [self._origin] if self._origin else []
        caches = self._caches
        if caches is not None:
            answers = caches.answers
            if answers is None:
                parts.append(tr("answers are not kept (Performance Settings)"))
            else:
                if answers.hits + answers.misses:
                    parts.append(tr("hit rate {hit_rate:.0%}", hit_rate=answers.hit_rate))
                parts.append(f"{plural(answers.entries, 'entry', 'entries')}, {size_text(answers.size_bytes)}")
            found = caches.detections
            parts.append(
                tr(
                    "detections of {images}, {size}",
                    images=plural(found.entries, "image"),
                    size=size_text(found.size_bytes),
                )
            )
            if not found.persistent:
                parts.append(tr("in memory only"))
        self.label.setText(" · ".join(parts))

    def _on_clear_clicked(self) -> None:
        box = QMessageBox(self)
        box.setWindowTitle(tr("Clear Cache"))
        box.setText(tr("Forget what the image filter has found?"))
        images = plural(self._caches.detections.entries, "image") if self._caches is not None else tr("all images")
        box.setInformativeText(
            tr(
                "Answers are found again in moments. Detections of {images} take as long as they took at first.",
                images=images,
            )
        )
        answers = box.addButton(tr("Forget &Answers"), QMessageBox.ButtonRole.AcceptRole)
        everything = box.addButton(tr("Forget A&ll"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(answers)

        def answered(_result: int) -> None:
            clicked = box.clickedButton()
            box.deleteLater()
            if clicked in (answers, everything):
                self.clear_requested.emit(clicked is everything)

        box.finished.connect(answered)
        box.open()


class ButtonRow(QWidget):
    """Import, export, reset and clear at the left; pause, cancel and apply at the right.

    Signals:
        export_requested: Path of the file to write the matches to; its ending names the format.
        import_requested: Path of a list of images to show.
        gather_requested: Folder to put the matches into, and whether they are linked instead of copied.
        copy_requested: The matches are to go to the clipboard.
        option_changed: Name of a setting and its new value.
    """

    export_requested = Signal(str)
    import_requested = Signal(str)
    gather_requested = Signal(str, bool)
    copy_requested = Signal()
    option_changed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = ""
        self.import_button = self._button(tr("&Import…"), tr("Show the images of an exported list as the file list"))
        self.export_button = self._button(tr("E&xport Results"), tr("Write, copy or gather the images that match"))
        self.export_button.setProperty("hasMenu", True)
        self.class_counts = self._option(tr("CSV with Counts per &Class"), "csv_class_counts")
        self.with_labels = self._option(tr("Folders with &Label Files"), "gather_labels")
        self.export_button.setMenu(self._menu())
        self.reset_button = self._button(tr("&Reset"), tr("Set all conditions back"))
        self.clear_button = self._button(tr("&Clear Filter"), tr("Show all images in the file list again"))
        self.pause_button = self._button(tr("&Pause"), tr("Let the run rest; it goes on where it was"))
        self.cancel_button = self._button(tr("Ca&ncel"), tr("Stop the run and keep what was found"))
        self.apply_button = QPushButton(tr("&Apply Filter"))
        self.apply_button.setDefault(True)
        self.import_button.clicked.connect(self._on_import_clicked)
        lists = tight_row(self.import_button, self.export_button, self.reset_button, self.clear_button, 1)
        run = tight_row(1, self.pause_button, self.cancel_button, self.apply_button)
        self._rows = side_by_side(lists, run)
        self.setLayout(self._rows)

    def set_narrow(self, room_px: int) -> None:
        """Put the buttons into two rows where there is no room for one."""
        stack(self._rows, self._rows.minimumSize().width() > room_px)

    def set_options(self, *, class_counts: bool, with_labels: bool) -> None:
        """Show the options, without a signal."""
        for action, value in ((self.class_counts, class_counts), (self.with_labels, with_labels)):
            action.blockSignals(True)
            action.setChecked(value)
            action.blockSignals(False)

    def set_paused(self, paused: bool) -> None:
        """Say whether the run rests."""
        self.pause_button.setText(tr("&Go On Looking") if paused else tr("&Pause"))

    def _button(self, text: str, tool_tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setToolTip(tool_tip)
        return button

    def _option(self, text: str, setting: str) -> QAction:
        action = QAction(text, self)
        action.setCheckable(True)
        action.toggled.connect(lambda on: self.option_changed.emit(setting, on))
        return action

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for text, suffix in _EXPORTS:
            _add(menu, text, lambda ending=suffix: self._choose_export(ending))
        menu.addAction(self.class_counts)
        menu.addSeparator()
        _add(menu, tr("Copy &Paths"), self.copy_requested.emit)
        menu.addSeparator()
        _add(menu, tr("Copy Images to &Folder…"), lambda: self._choose_folder(link=False))
        _add(menu, tr("Lin&k Images in Folder…"), lambda: self._choose_folder(link=True))
        menu.addAction(self.with_labels)
        return menu

    def _choose_export(self, suffix: str) -> None:
        dialog = self._file_dialog(
            tr("Export Results"), tr("{value} (*.{suffix});;All files (*)", value=suffix.upper(), suffix=suffix)
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(f"filter_results.{suffix}")
        dialog.fileSelected.connect(lambda path: self._use(path, self.export_requested.emit))
        dialog.open()

    def _choose_folder(self, *, link: bool) -> None:
        dialog = self._file_dialog(tr("Link Images in Folder") if link else tr("Copy Images to Folder"), "")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, False)
        dialog.fileSelected.connect(lambda path: self.gather_requested.emit(path, link))
        dialog.open()

    def _on_import_clicked(self) -> None:
        dialog = self._file_dialog(tr("Import a List of Images"), _LISTS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self._use(path, self.import_requested.emit))
        dialog.open()

    def _use(self, path: str, use: object) -> None:
        self.folder = str(Path(path).parent)
        if callable(use):
            use(path)

    def _file_dialog(self, title: str, patterns: str) -> QFileDialog:
        start = self.folder if self.folder and Path(self.folder).is_dir() else str(Path.home())
        dialog = QFileDialog(self.window(), title, start, patterns)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog


class Footer(QWidget):
    """The line of the caches over the row of buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cache = CacheLine()
        self.buttons = ButtonRow()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_PX)
        layout.addWidget(rule())
        layout.addWidget(self.cache)
        layout.addWidget(self.buttons)


def _add(menu: QMenu, text: str, action: object) -> None:
    entry = menu.addAction(text)
    if entry is not None and callable(action):
        entry.triggered.connect(lambda _checked=False: action())
