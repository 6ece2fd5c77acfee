"""All settings that are not about speed, built from the schema."""

from __future__ import annotations

from qtpy.QtCore import QItemSelectionModel, Qt, Signal
from qtpy.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from anylabeling.config import Config
from anylabeling.translation import tr
from anylabeling.views.dialogs.setting_pages import SettingPages, keys_of, scrolled
from anylabeling.views.widgets.search_field import SearchField
from anylabeling.views.widgets.text import search_text
from anylabeling.views.widgets.within_screen import resize_within_screen

_PAGES = {
    "General": tr("General"),
    "Labels": tr("Labels"),
    "Canvas": tr("Canvas"),
    "Colours": tr("Colours"),
}
"""Sections of the settings and what their pages are called."""


class SettingsDialog(SettingPages):
    """Pages at the left, the rows at the right; changes apply at once. A search shows the rows of all pages that fit.

    Signals:
        reset_requested: These settings are to have their defaults (list of keys).
    """

    reset_requested = Signal(list)

    def __init__(self, config: Config, parent: QWidget | None = None) -> None:
        super().__init__(tr("Reset Page to Defaults"), parent)
        self.setWindowTitle(tr("Settings"))
        resize_within_screen(self, 832, 640, least=(800, 440))
        self.search = SearchField(tr("Search"), tr("Search in the settings"))
        self.search.textChanged.connect(self._on_search_changed)
        self._titles: dict[str, QLabel] = {}
        self.area = self._make_rows(config)
        for title in _PAGES.values():
            self.pages.addItem(title)
        self.pages.currentRowChanged.connect(lambda _row: self._show_rows())
        self.nothing = QLabel(tr("No setting is called that."))
        self.nothing.setProperty("muted", True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack.addWidget(self.area)
        self.stack.addWidget(self.nothing)
        self.reset_button.clicked.connect(lambda: self.reset_requested.emit(self._shown_keys()))
        self._build()
        self.pages.setCurrentRow(0, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._show_rows()
        self.search.setFocus()

    @staticmethod
    def keys() -> tuple[str, ...]:
        """Return the keys of all settings in this dialog."""
        return keys_of(_PAGES)

    def _make_rows(self, config: Config) -> QScrollArea:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        for section, title in _PAGES.items():
            heading = QLabel(title)
            heading.setProperty("heading", True)
            self._titles[section] = heading
            column.addWidget(heading)
            self._add_rows(section, config, column, compact=True)
        column.addStretch(1)
        area = scrolled(page)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
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
        self._lay_out(left)

    def _keys_to_reset(self) -> list[str]:
        return self._shown_keys()

    def _shown_keys(self) -> list[str]:
        return [key for key, row in self.rows.items() if not row.isHidden()]

    def _on_search_changed(self, _text: str) -> None:
        self.pages.setEnabled(not self.search.text().strip())
        self._show_rows()

    def _show_rows(self) -> None:
        wanted = search_text(self.search.text()).split()
        section = list(_PAGES)[max(self.pages.currentRow(), 0)]
        shown = set()
        for key, row in self.rows.items():
            text = search_text(f"{key} {row.title}")
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
