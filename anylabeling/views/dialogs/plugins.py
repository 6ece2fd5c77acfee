"""The plug-ins that are installed: what they give, and a switch for each."""

from __future__ import annotations

from collections.abc import Sequence

from qtpy.QtCore import Qt, Signal
from qtpy.QtGui import QFont
from qtpy.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from anylabeling.messages.plugins import PluginInfo, PluginState
from anylabeling.translation import tr
from anylabeling.views.widgets.within_screen import resize_within_screen

_USABLE = frozenset({PluginState.ON, PluginState.OFF})
_STATES = {
    PluginState.ON: "",
    PluginState.OFF: tr("Switched off"),
    PluginState.FAILED: tr("Off because of an error, until the program is started again"),
    PluginState.OTHER_VERSION: tr("Made for another version"),
}

_HOOKS = {
    "started": tr("the start"),
    "folder opened": tr("opened folders"),
    "image shown": tr("shown images"),
    "shapes of a model": tr("what models find, and may change it"),
    "shape finished": tr("drawn shapes"),
    "saving": tr("labels that are saved"),
    "run finished": tr("runs over many images"),
    "closing": tr("the end"),
}
"""What plug-ins are told of, by the names of messages.plugins."""


class PluginsDialog(QDialog):
    """One entry per plug-in, with a check box.

    Signals:
        switched: Id of a plug-in, and whether it is to be on.
    """

    switched = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Plug-ins"))
        resize_within_screen(self, 560, 480)
        self.boxes: dict[str, QCheckBox] = {}
        self.empty = _plain(tr("Looking for plug-ins"))
        self.empty.setProperty("muted", True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setContentsMargins(24, 20, 24, 20)
        self._page = QWidget()
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(24, 20, 24, 20)
        self._column.setSpacing(20)
        self._column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidget(self._page)
        self._entries: list[QWidget] = []
        close_button = QPushButton(tr("Close"))
        close_button.setAutoDefault(False)
        close_button.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 16)
        foot.addStretch(1)
        foot.addWidget(close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.area, 1)
        column.addWidget(self.empty, 1)
        column.addLayout(foot)
        self.area.hide()

    def set_plugins(self, plugins: Sequence[PluginInfo]) -> None:
        """Show the plug-ins and how they stand."""
        focused = next((name for name, box in self.boxes.items() if box.hasFocus()), "")
        for entry in self._entries:
            self._column.removeWidget(entry)
            entry.deleteLater()
        self.boxes = {}
        self._entries = [self._entry(plugin) for plugin in plugins]
        for place, entry in enumerate(self._entries):
            self._column.insertWidget(place, entry)
        self.area.setVisible(bool(plugins))
        self.empty.setVisible(not plugins)
        self.empty.setText(
            tr("No plug-ins are installed. They are Python packages; the user guide says how to get and write them.")
        )
        if focused in self.boxes:
            self.boxes[focused].setFocus()

    def _entry(self, plugin: PluginInfo) -> QWidget:
        entry = QWidget()
        box = QCheckBox(plugin.title.replace("&", "&&"))
        font = box.font()
        font.setWeight(QFont.Weight.DemiBold)
        box.setFont(font)
        box.setChecked(plugin.state is PluginState.ON)
        box.setEnabled(plugin.state in _USABLE)
        box.setAccessibleName(f"{plugin.title}: {_STATES[plugin.state] or tr('on')}")
        box.toggled.connect(lambda on, name=plugin.id: self.switched.emit(name, on))
        self.boxes[plugin.id] = box
        about = _plain(f"{plugin.package} {plugin.version}")
        about.setProperty("muted", True)
        column = QVBoxLayout(entry)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(box)
        body = QVBoxLayout()
        body.setContentsMargins(24, 0, 0, 0)
        body.setSpacing(4)
        body.addWidget(about)
        if _STATES[plugin.state]:
            body.addWidget(_plain(_STATES[plugin.state]))
        if plugin.error:
            error = _plain(plugin.error)
            error.setProperty("kind", "error")
            error.setWordWrap(True)
            error.setToolTip(plugin.details[-2000:])
            error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            body.addWidget(error)
        body.addLayout(_given(plugin))
        column.addLayout(body)
        return entry


def _plain(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _given(plugin: PluginInfo) -> QFormLayout:
    form = QFormLayout()
    form.setContentsMargins(0, 4, 0, 0)
    form.setHorizontalSpacing(12)
    form.setVerticalSpacing(2)
    rows = (
        (tr("Models"), plugin.families),
        (tr("Formats"), plugin.formats),
        (tr("Actions"), plugin.actions),
        (tr("Knows of"), tuple(_HOOKS.get(hook, hook) for hook in plugin.hooks)),
    )
    for title, names in rows:
        if names:
            label = _plain(", ".join(names))
            label.setWordWrap(True)
            heading = _plain(title)
            heading.setProperty("muted", True)
            form.addRow(heading, label)
    return form
