"""Choose and download models."""

from __future__ import annotations

from collections.abc import Sequence

from qtpy.QtCore import Qt, QTimer, Signal
from qtpy.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from anylabeling.messages.model_store import DownloadProgress, StoredModel
from anylabeling.translation import tr
from anylabeling.views.widgets.search_field import SearchField
from anylabeling.views.widgets.within_screen import resize_within_screen

_REST_MS = 150
"""Sizes are asked for where scrolling and typing rest for so long."""
_NAME_ROLE = Qt.ItemDataRole.UserRole
_HEADINGS = (tr("Model"), tr("Gives"), tr("Licence"), tr("Size"), tr("State"))
_TASKS = {
    "detect": tr("boxes"),
    "segment": tr("outlines"),
    "pose": tr("key points"),
    "obb": tr("oriented boxes"),
    "classify": tr("image flags"),
    "prompt": tr("outline at a click"),
    "text": tr("text"),
}


class ModelStoreDialog(QDialog):
    """The catalogue with a search field; one model is chosen, downloaded, loaded or deleted.

    Signals:
        download_requested: Name of the model to download.
        cancel_requested: Name of the model whose download is to stop.
        remove_requested: Name of the model to delete from the disk.
        load_requested: File of the model to load.
        sizes_requested: Names of the models in view whose sizes are wanted.
        file_requested: The person wants to choose a file instead.
    """

    download_requested = Signal(str)
    cancel_requested = Signal(str)
    remove_requested = Signal(str)
    load_requested = Signal(str)
    sizes_requested = Signal(object)
    file_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Models"))
        resize_within_screen(self, 760, 520)
        self._models: dict[str, StoredModel] = {}
        self._progress: dict[str, DownloadProgress | None] = {}
        self._sizes: dict[str, int] = {}
        self.search = SearchField(tr("Search"), tr("Search in the models"))
        self.search.textChanged.connect(lambda _text: self._filter())
        self.tree = QTreeWidget()
        self.tree.setHeaderLabels(list(_HEADINGS))
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setAccessibleName(tr("Models"))
        self.tree.setProperty("framed", True)
        header = self.tree.header()
        if header is not None:
            header.setStretchLastSection(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.itemSelectionChanged.connect(self._show_choice)
        self.tree.itemActivated.connect(lambda _item, _column: self._act())
        self.about = QLabel("")
        self.about.setWordWrap(True)
        self.about.setProperty("muted", True)
        self.about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.action_button = QPushButton(tr("Download"))
        self.action_button.setProperty("primary", True)
        self.action_button.clicked.connect(self._act)
        self.remove_button = QPushButton(tr("Delete from Disk"))
        self.remove_button.setAutoDefault(False)
        self.remove_button.clicked.connect(self._remove)
        file_button = QPushButton(tr("Choose a File…"))
        file_button.setAutoDefault(False)
        file_button.clicked.connect(self.file_requested)
        close_button = QPushButton(tr("Close"))
        close_button.setAutoDefault(False)
        close_button.clicked.connect(self.reject)
        self._build(file_button, close_button)
        self._watch_view()
        self._show_choice()
        self.search.setFocus()

    def set_models(self, models: Sequence[StoredModel]) -> None:
        """Show models and how they stand."""
        chosen = self._chosen()
        self._models = {model.entry.name: model for model in models}
        self.tree.clear()
        for model in models:
            entry = model.entry
            item = QTreeWidgetItem([entry.title, _TASKS.get(entry.task, entry.task), entry.licence, "", ""])
            item.setData(0, _NAME_ROLE, entry.name)
            item.setToolTip(0, f"{entry.name}\n{entry.url}")
            item.setText(3, self._size(entry.name))
            item.setText(4, self._state(entry.name))
            self.tree.addTopLevelItem(item)
            if entry.name == chosen:
                self.tree.setCurrentItem(item)
        self._filter()
        self._show_choice()

    def set_progress(self, name: str, progress: DownloadProgress | None) -> None:
        """Show how far a download is; None when it has begun and nothing has come yet."""
        self._progress[name] = progress
        self._refresh(name)

    def set_size(self, name: str, size_bytes: int) -> None:
        """Show how large a model is; 0 when nobody knows."""
        self._sizes[name] = size_bytes
        self._refresh(name)

    def set_ended(self, name: str) -> None:
        """Take note that a download is over."""
        self._progress.pop(name, None)
        self._refresh(name)

    def _build(self, file_button: QPushButton, close_button: QPushButton) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(file_button)
        buttons.addStretch(1)
        for button in (self.remove_button, self.action_button, close_button):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.about)
        layout.addLayout(buttons)

    def _watch_view(self) -> None:
        self._size_timer = QTimer(self)
        self._size_timer.setSingleShot(True)
        self._size_timer.setInterval(_REST_MS)
        self._size_timer.timeout.connect(self._ask_sizes)
        bar = self.tree.verticalScrollBar()
        if bar is not None:
            bar.valueChanged.connect(lambda _value: self._size_timer.start())
            bar.rangeChanged.connect(lambda _least, _most: self._size_timer.start())
        self.finished.connect(lambda _result: self.sizes_requested.emit(()))

    def _size(self, name: str) -> str:
        size = self._models[name].entry.size_bytes or self._sizes.get(name, 0)
        return f"{size / 1e6:,.0f} MB" if size else ""

    def _ask_sizes(self) -> None:
        """Ask for the sizes of the models in view that nobody has told yet."""
        view = self.tree.viewport()
        if view is None or not self.isVisible():
            return
        names = []
        for row in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(row)
            if item is None or item.isHidden() or not self.tree.visualItemRect(item).intersects(view.rect()):
                continue
            name = str(item.data(0, _NAME_ROLE))
            if name not in self._sizes and not self._models[name].entry.size_bytes:
                names.append(name)
        if names:
            self.sizes_requested.emit(tuple(names))

    def _state(self, name: str) -> str:
        model = self._models[name]
        if name in self._progress:
            progress = self._progress[name]
            if progress is None:
                return tr("connecting")
            if progress.total_bytes:
                return tr(
                    "{done_bytes:.0%} of {total_bytes:,.0f} MB",
                    done_bytes=progress.done_bytes / progress.total_bytes,
                    total_bytes=progress.total_bytes / 1000000.0,
                )
            return f"{progress.done_bytes / 1e6:,.1f} MB"
        if model.path:
            return tr("on this machine")
        return tr("begun") if model.bytes_so_far else ""

    def _refresh(self, name: str) -> None:
        for row in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(row)
            if item is not None and item.data(0, _NAME_ROLE) == name:
                item.setText(3, self._size(name))
                item.setText(4, self._state(name))
        if name == self._chosen():
            self._show_choice()

    def _filter(self) -> None:
        words = self.search.text().lower().split()
        for row in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(row)
            if item is None:
                continue
            text = " ".join([str(item.data(0, _NAME_ROLE)), *(item.text(column) for column in range(5))]).lower()
            item.setHidden(not all(word in text for word in words))
        self._size_timer.start()

    def _chosen(self) -> str:
        items = self.tree.selectedItems()
        return str(items[0].data(0, _NAME_ROLE)) if items else ""

    def _show_choice(self) -> None:
        model = self._models.get(self._chosen())
        self.action_button.setEnabled(model is not None)
        self.remove_button.setVisible(model is not None and bool(model.path and model.entry.url))
        if model is None:
            self.action_button.setText(tr("Download"))
            self.about.setText(tr("Choose a model. Models of your own open with Choose a File."))
            return
        running = model.entry.name in self._progress
        wanted = tr("Download") if model.entry.url else tr("How to Install")
        self.action_button.setText(tr("Cancel") if running else tr("Load") if model.path else wanted)
        parts = [
            f"{model.entry.name}: {_TASKS.get(model.entry.task, model.entry.about)}.",
            tr("Licence {licence}.", licence=model.entry.licence),
        ]
        if model.entry.needs:
            verb = tr("Runs") if model.entry.url else tr("Comes")
            parts.append(tr("{verb} with the package {needs}.", verb=verb, needs=model.entry.needs))
        if model.entry.url and not model.entry.sha256:
            parts.append(tr("Its checksum is noted at the first download and checked from then on."))
        self.about.setText(" ".join(parts))

    def _act(self) -> None:
        model = self._models.get(self._chosen())
        if model is None:
            return
        name = model.entry.name
        if name in self._progress:
            self.cancel_requested.emit(name)
        elif model.path:
            self.load_requested.emit(model.path)
        else:
            self.set_progress(name, None)
            self.download_requested.emit(name)

    def _remove(self) -> None:
        name = self._chosen()
        if name:
            self.remove_requested.emit(name)
