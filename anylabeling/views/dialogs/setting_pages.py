"""What the dialogs of settings have in common: pages at the left, rows that apply at once, buttons below."""

from __future__ import annotations

from collections.abc import Iterable

from qtpy.QtCore import Qt, Signal
from qtpy.QtGui import QKeyEvent
from qtpy.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from anylabeling.config import SETTINGS, Config
from anylabeling.translation import tr
from anylabeling.views.dialogs.setting_row import SettingRow
from anylabeling.views.widgets.enter_key import stays_open
from anylabeling.views.widgets.row_delegate import RowDelegate


class SettingPages(QDialog):
    """The frame of such a dialog.

    Signals:
        setting_changed: Key of a setting and its new value.

    Attributes:
        rows: The rows by the key of their setting.
        pages: The list of pages.
        stack: What is shown beside it.
    """

    setting_changed = Signal(str, object)

    def __init__(self, reset_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, SettingRow] = {}
        self.pages = QListWidget()
        self.pages.setObjectName("pages")
        self.pages.setAccessibleName(tr("Pages"))
        self.pages.setItemDelegate(RowDelegate(self.pages, pad_px=16))
        self.pages.setMouseTracking(True)
        self.pages.setFixedWidth(168)
        self.stack = QStackedWidget()
        self.reset_button = QPushButton(reset_text)
        self.reset_button.setAutoDefault(False)
        self.close_button = QPushButton(tr("Close"))
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Let Enter end what is typed, as changes count at once, and not close the window."""
        if event is not None and not stays_open(self, event):
            super().keyPressEvent(event)

    def set_values(self, config: Config) -> None:
        """Show the values of other settings, without a signal."""
        for key, row in self.rows.items():
            if row.value() != config[key]:
                row.set_value(config[key])
        self._show_changes()

    def _add_rows(self, section: str, config: Config, column: QVBoxLayout, *, compact: bool = False) -> None:
        """Add the rows of a section of the settings to a page."""
        for key, setting in SETTINGS.items():
            if setting.section == section:
                row = self.rows[key] = SettingRow(setting, config[key], compact=compact)
                row.value_changed.connect(self._on_value_changed)
                column.addWidget(row)

    def _lay_out(self, left: QWidget | QVBoxLayout, below: Iterable[QWidget] = ()) -> None:
        """Put all in its place: ``left`` beside the stack, a line, then ``below`` and the buttons."""
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(0)
        if isinstance(left, QWidget):
            top.addWidget(left)
        else:
            top.addLayout(left)
        top.addWidget(self.stack, 1)
        bottom = QHBoxLayout()
        bottom.setContentsMargins(16, 12, 16, 12)
        bottom.addWidget(self.reset_button)
        bottom.addStretch(1)
        bottom.addWidget(self.close_button)
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        line.setObjectName("line")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top, 1)
        layout.addWidget(line)
        for widget in below:
            layout.addWidget(widget)
        layout.addLayout(bottom)

    def _on_value_changed(self, key: str, value: object) -> None:
        self._show_changes()
        self.setting_changed.emit(key, value)

    def _keys_to_reset(self) -> Iterable[str]:
        """Return the settings that the button sets back."""
        return self.rows

    def _show_changes(self) -> None:
        self.reset_button.setEnabled(any(not self.rows[key].is_default() for key in self._keys_to_reset()))


def keys_of(sections: Iterable[str]) -> tuple[str, ...]:
    """Return the keys of all settings in some sections."""
    wanted = frozenset(sections)
    return tuple(key for key, setting in SETTINGS.items() if setting.section in wanted)


def scrolled(page: QWidget) -> QScrollArea:
    """Return a page that scrolls up and down."""
    page.setObjectName("page")
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have it, and bring themselves into view
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area
