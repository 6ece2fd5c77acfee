"""All settings that are not about speed, built from the schema."""

from __future__ import annotations

from qtpy.QtCore import QItemSelectionModel, Qt, Signal
from qtpy.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
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
from anylabeling.views.widgets.row_delegate import RowDelegate
from anylabeling.views.widgets.search_field import SearchField

_PAGES = {
    "General": tr("General"),
    "Labels": tr("Labels"),
    "Canvas": tr("Canvas"),
    "Colours": tr("Colours"),
}
"""Sections of the settings and what their pages are called."""


class SettingsDialog(QDialog):
    """Pages at the left, the rows at the right; changes apply at once. A search shows the rows of all pages that fit.

    Signals:
        setting_changed: Key of a setting and its new value.
        reset_requested: These settings are to have their defaults (list of keys).

    Attributes:
        rows: The rows by the key of their setting.
    """

    setting_changed = Signal(str, object)
    reset_requested = Signal(list)

    def __init__(self, config: Config, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Settings"))
        self.setMinimumSize(800, 440)
        self.resize(832, 640)
        self.rows: dict[str, SettingRow] = {}
        self.search = SearchField(tr("Search"), tr("Search in the settings"))
        self.search.textChanged.connect(self._on_search_changed)
        self.pages = QListWidget()
        self.pages.setObjectName("pages")
        self.pages.setAccessibleName(tr("Pages"))
        self.pages.setItemDelegate(RowDelegate(self.pages, pad_px=16))
        self.pages.setMouseTracking(True)
        self.pages.setFixedWidth(168)
        self._titles: dict[str, QLabel] = {}
        self.area = self._make_rows(config)
        for title in _PAGES.values():
            self.pages.addItem(title)
        self.pages.currentRowChanged.connect(lambda _row: self._show_rows())
        self.nothing = QLabel(tr("No setting is called that."))
        self.nothing.setProperty("muted", True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.area)
        self.stack.addWidget(self.nothing)
        self.reset_button = QPushButton(tr("Reset Page to Defaults"))
        self.reset_button.setAutoDefault(False)
        self.reset_button.clicked.connect(lambda: self.reset_requested.emit(self._shown_keys()))
        self.close_button = QPushButton(tr("Close"))
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        self._build()
        self.pages.setCurrentRow(0, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._show_rows()

    @staticmethod
    def keys() -> tuple[str, ...]:
        """Return the keys of all settings in this dialog."""
        return tuple(key for key, setting in SETTINGS.items() if setting.section in _PAGES)

    def set_values(self, config: Config) -> None:
        """Show the values of other settings, without a signal."""
        for key, row in self.rows.items():
            if row.value() != config[key]:
                row.set_value(config[key])
        self._show_changes()

    def _make_rows(self, config: Config) -> QScrollArea:
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        for section, title in _PAGES.items():
            heading = QLabel(title)
            heading.setProperty("heading", True)
            self._titles[section] = heading
            column.addWidget(heading)
            for key, setting in SETTINGS.items():
                if setting.section == section:
                    row = self.rows[key] = SettingRow(setting, config[key], compact=True)
                    row.value_changed.connect(self._on_value_changed)
                    column.addWidget(row)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        return area

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        field = QHBoxLayout()
        field.setContentsMargins(8, 8, 8, 8)
        field.addWidget(self.search)
        left.addLayout(field)
        left.addWidget(self.pages, 1)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(0)
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
        layout.addLayout(bottom)

    def _shown_keys(self) -> list[str]:
        return [key for key, row in self.rows.items() if not row.isHidden()]

    def _on_search_changed(self, _text: str) -> None:
        self.pages.setEnabled(not self.search.text().strip())
        self._show_rows()

    def _show_rows(self) -> None:
        wanted = self.search.text().casefold().split()
        section = list(_PAGES)[max(self.pages.currentRow(), 0)]
        shown = set()
        for key, row in self.rows.items():
            text = f"{key} {row.title}".casefold()
            fits = all(word in text for word in wanted) if wanted else row.setting.section == section
            row.setVisible(fits)
            if fits:
                shown.add(row.setting.section)
        for name, heading in self._titles.items():
            heading.setVisible(bool(wanted) and name in shown)
        self.stack.setCurrentIndex(0 if shown else 1)
        bar = self.area.verticalScrollBar()
        if bar is not None:
            bar.setValue(0)
        self._show_changes()

    def _on_value_changed(self, key: str, value: object) -> None:
        self._show_changes()
        self.setting_changed.emit(key, value)

    def _show_changes(self) -> None:
        self.reset_button.setEnabled(any(not self.rows[key].is_default() for key in self._shown_keys()))
