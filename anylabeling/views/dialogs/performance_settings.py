"""The settings that decide how fast things are, built from the schema."""

from __future__ import annotations

from collections.abc import Sequence

from qtpy.QtCore import QItemSelectionModel, Qt, Signal
from qtpy.QtGui import QHideEvent, QShowEvent
from qtpy.QtWidgets import (
    QLabel,
    QVBoxLayout,
    QWidget,
)

from anylabeling.config import Config
from anylabeling.messages.filtering import CacheStats
from anylabeling.translation import tr
from anylabeling.views.dialogs.live_strip import LiveStrip
from anylabeling.views.dialogs.module_page import ModulePage, ModuleRow
from anylabeling.views.dialogs.setting_pages import SettingPages, keys_of, scrolled
from anylabeling.views.widgets.text import plural, size_text
from anylabeling.views.widgets.within_screen import resize_within_screen

_PAGES = {
    "Inference": tr("Inference"),
    "Threads": tr("Threads"),
    "Memory": tr("Memory"),
    "Caching": tr("Caching"),
    "TensorRT": "TensorRT",
}
"""Sections of the settings and what their pages are called."""
_MODULES = tr("Modules")


class PerformanceSettingsDialog(SettingPages):
    """Pages at the left, the form at the right; changes apply at once.

    Signals:
        reset_requested: All of these settings are to have their defaults (see ``keys``).
        shown_changed: Whether somebody can see the figures.

    Attributes:
        live: The figures below the form.
    """

    reset_requested = Signal()
    shown_changed = Signal(bool)

    def __init__(self, config: Config, parent: QWidget | None = None) -> None:
        super().__init__(tr("Reset to Defaults"), parent)
        self.setWindowTitle(tr("Performance Settings"))
        resize_within_screen(self, 760, 600, least=(640, 440))
        self.modules = ModulePage()
        self.live = LiveStrip()
        self.result_cache = QLabel()
        self.result_cache.setProperty("muted", True)
        self.result_cache.setWordWrap(True)
        self.result_cache.setTextFormat(Qt.TextFormat.PlainText)
        for section, title in _PAGES.items():
            self.pages.addItem(title)
            self.stack.addWidget(scrolled(self._page(section, config)))
        self.pages.addItem(_MODULES)
        self.set_module_status(())
        self.stack.addWidget(scrolled(self.modules))
        self.pages.currentRowChanged.connect(self.stack.setCurrentIndex)
        self.pages.setCurrentRow(0, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.reset_button.clicked.connect(lambda: self.reset_requested.emit())
        self._lay_out(self.pages, (self.live,))
        self._show_changes()
        self.pages.setFocus()

    @staticmethod
    def keys() -> tuple[str, ...]:
        """Return the keys of all settings in this dialog."""
        return keys_of(_PAGES)

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

    def _page(self, title: str, config: Config) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(20)
        self._add_rows(title, config, column)
        if title == "Caching":
            column.addWidget(self.result_cache)
        column.addStretch(1)
        return page
