"""Choose a model that runs on another machine."""

from __future__ import annotations

from collections.abc import Sequence

from qtpy.QtCore import Qt, Signal
from qtpy.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from anylabeling.messages.notices import Notice
from anylabeling.messages.remote import RemoteModelRow, ServerRow
from anylabeling.translation import tr
from anylabeling.views.widgets.within_screen import resize_within_screen

_ADDRESS_ROLE = Qt.ItemDataRole.UserRole
_TASKS = {
    "detect": tr("boxes"),
    "segment": tr("outlines"),
    "pose": tr("key points"),
    "obb": tr("oriented boxes"),
    "classify": tr("image flags"),
    "text": tr("text"),
    "prompt": tr("outline at a click"),
}
_EXAMPLE = "http://192.168.1.5:8100"


class RemoteModelsDialog(QDialog):
    """The address of a server, its key, and the models that it has.

    Signals:
        models_requested: Address and key, which is empty for the one that is stored.
        cancel_requested: Nobody waits for the answer any more.
        forget_requested: Address of a server that is to be forgotten.
        load_requested: Address of the model to load.
    """

    models_requested = Signal(str, str)
    cancel_requested = Signal()
    forget_requested = Signal(str)
    load_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Models on a Server"))
        resize_within_screen(self, 640, 460)
        self._asking = False
        self._servers: dict[str, ServerRow] = {}
        self.server = QComboBox()
        self.server.setEditable(True)
        self.server.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.server.setAccessibleName(tr("Address of the server"))
        self.server.editTextChanged.connect(lambda _text: self._on_server_changed())
        edit = self.server.lineEdit()
        if edit is not None:
            edit.setPlaceholderText(_EXAMPLE)
            edit.returnPressed.connect(self._ask)
        self.key = QLineEdit()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.key.setAccessibleName(tr("Key"))
        self.key.returnPressed.connect(self._ask)
        self.ask_button = QPushButton(tr("Show Models"))
        self.ask_button.setAutoDefault(False)
        self.ask_button.clicked.connect(self._ask)
        self.tree = self._make_tree()
        self.state = QLabel("")
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.state.setWordWrap(True)
        self.load_button = QPushButton(tr("Load"))
        self.load_button.setProperty("primary", True)
        self.load_button.setAutoDefault(False)
        self.load_button.clicked.connect(self._load)
        self.forget_button = QPushButton(tr("Forget Server"))
        self.forget_button.setAutoDefault(False)
        self.forget_button.clicked.connect(lambda: self.forget_requested.emit(self._address()))
        close_button = QPushButton(tr("Close"))
        close_button.setAutoDefault(False)
        close_button.clicked.connect(self.reject)
        self._build(close_button)
        self._say(tr("Give the address of a server. anylabeling serve starts one on another machine."))
        self._on_server_changed()
        self.server.setFocus()

    def set_servers(self, servers: Sequence[ServerRow]) -> None:
        """Offer servers that were used before, the last one first."""
        typed = self.server.currentText()
        self._servers = {server.address: server for server in servers}
        self.server.blockSignals(True)
        self.server.clear()
        self.server.addItems(list(self._servers))
        self.server.setEditText(typed or next(iter(self._servers), ""))
        self.server.blockSignals(False)
        self._on_server_changed(keep_models=bool(typed))

    def set_models(self, address: str, models: Sequence[RemoteModelRow]) -> None:
        """Show the models of a server."""
        if self.server.currentText().strip().rstrip("/") in ("", address.partition("://")[2]):
            self.server.setEditText(address)
        self.key.clear()
        self.tree.clear()
        for model in models:
            count = "" if model.class_count is None else f"{model.class_count:,}"
            item = QTreeWidgetItem([model.title, _TASKS.get(model.task, model.task), count, model.device])
            item.setData(0, _ADDRESS_ROLE, model.address)
            item.setToolTip(0, model.address)
            item.setTextAlignment(2, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter))
            self.tree.addTopLevelItem(item)
        if models:
            self.tree.setCurrentItem(self.tree.topLevelItem(0))
            self.tree.setFocus()
            self._say(tr("Pictures that it is run on are sent to {address}.", address=address))
        else:
            self._say(tr("This server has no models."))
        self._enable()

    def show_failure(self, _address: str, notice: Notice) -> None:
        """Say why there are no models."""
        self.tree.clear()
        self._say(f"{notice.text} {notice.hint}".strip(), failed=True)
        self._enable()

    def set_asking(self, asking: bool) -> None:
        """Say whether a server is being asked."""
        self._asking = asking
        self.ask_button.setText(tr("Cancel") if asking else tr("Show Models"))
        if asking:
            self._say(tr("Asking the server"))
        elif self.state.text() == tr("Asking the server"):
            self._say("")
        self._enable()

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setHeaderLabels([tr("Model"), tr("Gives"), tr("Classes"), tr("Runs on")])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tree.setAccessibleName(tr("Models of the server"))
        tree.setProperty("framed", True)
        tree.itemSelectionChanged.connect(self._enable)
        tree.itemActivated.connect(lambda _item, _column: self._load())
        header = tree.header()
        if header is not None:
            header.setStretchLastSection(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        return tree

    def _build(self, close_button: QPushButton) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.server, 1)
        row.addWidget(self.ask_button)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.addRow(tr("&Address"), row)
        form.addRow(tr("&Key"), self.key)
        label = form.labelForField(row)
        if isinstance(label, QLabel):
            label.setBuddy(self.server)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.forget_button)
        buttons.addStretch(1)
        buttons.addWidget(close_button)
        buttons.addWidget(self.load_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(self.tree, 1)
        column.addWidget(self.state)
        column.addLayout(buttons)

    def _on_server_changed(self, *, keep_models: bool = False) -> None:
        known = self._servers.get(self._address())
        stored = known is not None and known.has_key
        self.key.setPlaceholderText(
            tr("The stored key is used") if stored else tr("None, unless the server asks for one")
        )
        if not keep_models:
            self.tree.clear()
        self._enable()

    def _enable(self) -> None:
        self.ask_button.setEnabled(self._asking or bool(self._address()))
        self.load_button.setEnabled(bool(self.tree.selectedItems()))
        self.forget_button.setVisible(self._address() in self._servers)

    def _ask(self) -> None:
        if self._asking:
            self.cancel_requested.emit()
        elif self._address():
            self.models_requested.emit(self._address(), self.key.text().strip())

    def _load(self) -> None:
        items = self.tree.selectedItems()
        if items:
            self.load_requested.emit(str(items[0].data(0, _ADDRESS_ROLE)))
            self.accept()

    def _address(self) -> str:
        return self.server.currentText().strip().rstrip("/")

    def _say(self, text: str, *, failed: bool = False) -> None:
        self.state.setText(text)
        self.state.setProperty("kind", "error" if failed else "")
        self.state.setProperty("muted", not failed)
        style = self.state.style()
        if style is not None:
            style.polish(self.state)
