"""The settings that decide how fast things are, built from the schema."""

from __future__ import annotations

from collections.abc import Sequence

from qtpy.QtCore import QItemSelectionModel, Qt, Signal
from qtpy.QtGui import QHideEvent, QShowEvent
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
from anylabeling.messages.filtering import CacheStats
from anylabeling.translation import tr
from anylabeling.views.dialogs.live_strip import LiveStrip
from anylabeling.views.dialogs.module_page import ModulePage, ModuleRow
from anylabeling.views.dialogs.setting_row import SettingRow
from anylabeling.views.widgets.row_delegate import RowDelegate
from anylabeling.views.widgets.text import plural, size_text

_PAGES = {
    "Inference": tr("Inference"),
    "Threads": tr("Threads"),
    "Memory": tr("Memory"),
    "Caching": tr("Caching"),
    "TensorRT": "TensorRT",
}
"""Sections of the settings and what their pages are called."""
_MODULES = tr("Modules")


class PerformanceSettingsDialog(QDialog):
    """Pages at the left, the form at the right; changes apply at once.

    Signals:
        setting_changed: Key of a setting and its new value.
        reset_requested: All of these settings are to have their defaults (see ``keys``).
        shown_changed: Whether somebody can see the figures.

    Attributes:
        rows: The form's rows by the key of their setting.
        live: The figures below the form.
    """

    setting_changed = Signal(str, object)
    reset_requested = Signal()
    shown_changed = Signal(bool)

    def __init__(self, config: Config, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Performance Settings"))
        self.setMinimumSize(640, 440)
        self.resize(760, 600)
        self.rows: dict[str, SettingRow] = {}
        self.pages = QListWidget()
        self.pages.setObjectName("pages")
        self.pages.setAccessibleName(tr("Pages"))
        self.pages.setItemDelegate(RowDelegate(self.pages, pad_px=16))
        self.pages.setMouseTracking(True)
        self.pages.setFixedWidth(168)
        self.stack = QStackedWidget()
        self.modules = ModulePage()
        self.live = LiveStrip()
        self.result_cache = QLabel()
        self.result_cache.setProperty("muted", True)
        self.result_cache.setWordWrap(True)
        self.result_cache.setTextFormat(Qt.TextFormat.PlainText)
        for section, title in _PAGES.items():
            self.pages.addItem(title)
            self.stack.addWidget(_scrolled(self._page(section, config)))
        self.pages.addItem(_MODULES)
        self.set_module_status(())
        self.stack.addWidget(_scrolled(self.modules))
        self.pages.currentRowChanged.connect(self.stack.setCurrentIndex)
        self.pages.setCurrentRow(0, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.reset_button = QPushButton(tr("Reset to Defaults"))
        self.reset_button.setAutoDefault(False)
        self.reset_button.clicked.connect(lambda: self.reset_requested.emit())
        self.close_button = QPushButton(tr("Close"))
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        self._build()
        self._show_changes()

    @staticmethod
    def keys() -> tuple[str, ...]:
        """Return the keys of all settings in this dialog."""
        return tuple(key for key, setting in SETTINGS.items() if setting.section in _PAGES)

    def set_values(self, config: Config) -> None:
        """Show the values of other settings, without a signal."""
        for key, row in self.rows.items():
            row.set_value(config[key])
        self._show_changes()

    def set_module_status(self, modules: Sequence[ModuleRow]) -> None:
        """Show which optional modules are there.

        Args:
            modules: Name, state ("present", "missing" or "broken"), version or reason, and the command that installs
                it (may be empty) of each.
        """
        self.modules.set_rows(modules)
        item = self.pages.item(self.pages.count() - 1)
        if item is not None:
            item.setHidden(not modules)

    def set_result_cache(self, stats: CacheStats) -> None:
        """Show how the answers of the image filter are kept."""
        where = tr("on disk") if stats.persistent else tr("in memory")
        asked = stats.hits + stats.misses
        rate = (
            tr("{hit_rate:.0%} of {asked:,} questions answered from there", hit_rate=stats.hit_rate, asked=asked)
            if asked
            else tr("nothing asked")
        )
        self.result_cache.setText(
            tr(
                "Now kept {where}: {answers} of the image filter, {size}; {rate} since the start.",
                where=where,
                answers=plural(stats.entries, "answer"),
                size=size_text(stats.size_bytes),
                rate=rate,
            )
        )

    def showEvent(self, event: QShowEvent | None) -> None:
        """Ask for figures."""
        super().showEvent(event)
        self.shown_changed.emit(True)

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Ask for no more figures."""
        super().hideEvent(event)
        self.shown_changed.emit(False)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(0)
        top.addWidget(self.pages)
        top.addWidget(self.stack, 1)
        bottom = QHBoxLayout()
        bottom.setContentsMargins(16, 12, 16, 12)
        bottom.addWidget(self.reset_button)
        bottom.addStretch(1)
        bottom.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top, 1)
        layout.addWidget(_line())
        layout.addWidget(self.live)
        layout.addLayout(bottom)

    def _page(self, title: str, config: Config) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(20)
        for key, setting in SETTINGS.items():
            if setting.section == title:
                row = SettingRow(setting, config[key])
                row.value_changed.connect(self._on_value_changed)
                self.rows[key] = row
                column.addWidget(row)
        if title == "Caching":
            column.addWidget(self.result_cache)
        column.addStretch(1)
        return page

    def _on_value_changed(self, key: str, value: object) -> None:
        self._show_changes()
        self.setting_changed.emit(key, value)

    def _show_changes(self) -> None:
        self.reset_button.setEnabled(any(not row.is_default() for row in self.rows.values()))


def _line() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setObjectName("line")
    return line


def _scrolled(page: QWidget) -> QScrollArea:
    page.setObjectName("page")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area
