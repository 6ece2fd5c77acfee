"""The window: places the canvas, the strip, the column and the status bar, and asks before it closes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qtpy.QtCore import QSettings, Qt, Signal
from qtpy.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from qtpy.QtWidgets import QAction, QApplication, QHBoxLayout, QMainWindow, QSplitter, QStackedWidget, QWidget

from anylabeling.config import Config
from anylabeling.translation import tr
from anylabeling.views.actions import apply_shortcuts, build_actions, enable_for
from anylabeling.views.canvas.beside import Beside
from anylabeling.views.canvas.canvas import Canvas
from anylabeling.views.icons import app_icon
from anylabeling.views.menus import fill_menu_bar, fill_recent_menu
from anylabeling.views.notifications import Notifications
from anylabeling.views.side_column import COLUMN_PX, SideColumn
from anylabeling.views.theme import THEMES, apply_theme
from anylabeling.views.toolbars import ToolStrip
from anylabeling.views.widgets.empty_state import EmptyState
from anylabeling.views.widgets.menu_corner import MenuCorner
from anylabeling.views.widgets.status_parts import StatusBar, place_text
from anylabeling.views.widgets.within_screen import resize_within_screen
from anylabeling.views.window_state import WindowState

_APP_NAME = "AnyLabeling"


class MainWindow(QMainWindow):
    """The main window. It holds no documents and does no work; bootstrap connects its parts to the controllers.

    Attributes:
        canvas: Shows and edits the image.
        beside: Where the canvas stands, alone or beside what it is compared with.
        column: The panels at the right.
        file_dock: The images.
        label_dock: The labels.
        shape_dock: The objects.
        auto_labeling: The model's panel.
        notifications: The notices.
        status: The status bar.
        actions: Every action by its id.
        window_state: What is remembered about windows.

    Signals:
        paths_dropped: Folders and files that were dropped onto the window (list of str).
        recent_chosen: A path from the recent menu.
        theme_chosen: The theme that the person chose from the menu; it is in force already.
    """

    paths_dropped = Signal(list)
    recent_chosen = Signal(str)
    theme_chosen = Signal(str)

    def __init__(self, config: Config, *, settings: QSettings | None = None) -> None:
        super().__init__()
        self._close_guard: Callable[[], bool] = lambda: True
        apply_theme(_app(), config["theme"])
        self.setWindowIcon(app_icon())
        resize_within_screen(self, 1280, 800, least=(880, 560))
        self.setAcceptDrops(True)
        self.window_state = WindowState(settings, most_recent=int(config["max_recent_files"]))
        # QWidget.actions() is hidden by this on purpose: here, actions are looked up by their ids.
        self.actions: dict[str, QAction] = build_actions(self, config)  # type: ignore[assignment]
        self.canvas = Canvas(self)
        self.column = SideColumn(config)
        self.file_dock, self.label_dock = self.column.file_dock, self.column.label_dock
        self.shape_dock, self.auto_labeling = self.column.shape_dock, self.column.auto_labeling
        self.status = StatusBar(self)
        self._build_menus()
        self._build_centre()
        self.setStatusBar(self.status)
        self.notifications = Notifications(self._stage)
        self._connect()
        self.set_theme(config["theme"])
        self.set_current(None, -1, 0, None)
        self._restore()

    def set_close_guard(self, guard: Callable[[], bool]) -> None:
        """Ask a function before the window closes; when it returns False, the window stays open."""
        self._close_guard = guard

    def set_theme(self, name: str) -> None:
        """Put a theme ("system", "light" or "dark") on the whole program."""
        colors = apply_theme(_app(), name)
        self.canvas.set_theme(colors.name == "dark")
        self.actions[f"theme_{name if name in THEMES else 'system'}"].setChecked(True)

    def set_shortcuts(self, config: Config) -> None:
        """Follow the keys of other settings."""
        apply_shortcuts(self.actions, config)

    def set_current(self, path: str | None, index: int, total: int, narrowed_from: int | None) -> None:
        """Say which image is shown.

        Args:
            path: The image, or None when there is none.
            index: Its place in the list, counted from 0, or -1 when it is not in the list.
            total: Images in the list.
            narrowed_from: Images in the folder when the list is narrowed, else None.
        """
        name = Path(path).name if path is not None else None
        place = place_text(index, total, narrowed_from)
        # Without a number, "– / 16" would read like a dash too many.
        self.setWindowTitle(" – ".join(part for part in (name, place if index >= 0 else "", _APP_NAME) if part))
        self.status.set_image(name, index, total, narrowed_from)
        self.file_dock.set_current(path)
        self._stage.setCurrentIndex(0 if path is not None else 1)
        available = {"image"} if path is not None else set()
        enable_for(self.actions, available | ({"folder"} if total or narrowed_from else set()))

    def add_recent(self, path: str) -> None:
        """Put a folder or file at the head of the recent menu."""
        self.window_state.add_recent(path)
        self._refresh_recent()

    def show_panel(self, name: str, shown: bool = True) -> None:
        """Show or hide a section of the column: "auto_labeling", "objects", "text", "labels", "image" or "files"."""
        self.column.set_shown(name, shown)

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Ask the guard, then remember the layout."""
        if event is None:
            return
        if not self._close_guard():
            event.ignore()
            return
        self.window_state.save_geometry("main", self)
        self.window_state.save("main/sections", self.column.state())
        self.window_state.save("main/split", self._split.sizes())
        self.window_state.sync()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:
        """Take folders and files."""
        mime = event.mimeData() if event is not None else None
        if event is not None and mime is not None and any(url.isLocalFile() for url in mime.urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent | None) -> None:
        """Tell what was dropped."""
        mime = event.mimeData() if event is not None else None
        if event is not None and mime is not None:
            event.acceptProposedAction()
            self.paths_dropped.emit([url.toLocalFile() for url in mime.urls() if url.isLocalFile()])

    def _build_menus(self) -> None:
        bar = self.menuBar()
        if bar is None:
            return
        # One row on every system: a native menu bar has no place for the chip.
        bar.setNativeMenuBar(False)
        self._menus = fill_menu_bar(bar, self.actions)
        bar.setCornerWidget(MenuCorner(self.auto_labeling.chip, self.actions["auto_label"]), Qt.Corner.TopRightCorner)
        self._refresh_recent()

    def _build_centre(self) -> None:
        buttons = tuple(self.actions[name] for name in ("open_dir", "open_file", "open_last"))
        self._empty = EmptyState(
            tr("Open a folder, or drop one here"), tr("Pictures in its sub-folders are listed too."), buttons
        )
        self._stage = QStackedWidget()
        self._stage.setObjectName("stage")
        self.beside = Beside(self.canvas)
        self._stage.addWidget(self.beside)
        self._stage.addWidget(self._empty)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._stage)
        self._split.addWidget(self.column)
        self._split.setStretchFactor(0, 1)
        centre = QWidget()
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(ToolStrip(self.actions))
        row.addWidget(self._split, 1)
        self.setCentralWidget(centre)

    def _connect(self) -> None:
        actions = self.actions
        for name in self.column.names():
            actions[f"toggle_{name}"].toggled.connect(lambda on, panel=name: self.column.set_shown(panel, on))
        self.column.shown_changed.connect(self._on_panel_shown)
        self.auto_labeling.chip.toggled.connect(lambda on: self.column.set_shown("auto_labeling", on))
        self.label_dock.label_visibility_changed.connect(
            lambda label, shown: self.shape_dock.set_label_hidden(label, not shown)
        )
        actions["hide_all"].triggered.connect(lambda: self.shape_dock.toggle_all_hidden())
        actions["show_all"].triggered.connect(lambda: self.shape_dock.show_all())
        actions["search_files"].triggered.connect(self._on_search_files)
        actions["reset_views"].triggered.connect(self._on_reset_views)
        actions["full_screen"].toggled.connect(lambda on: self.showFullScreen() if on else self.showNormal())
        for theme in THEMES:
            actions[f"theme_{theme}"].triggered.connect(lambda _checked=False, name=theme: self._on_theme_chosen(name))
        self.shape_dock.view.addActions(
            [actions[name] for name in ("edit_label", "duplicate", "toggle_lock", "hide_selected", "delete")]
        )
        self.shape_dock.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _on_panel_shown(self, name: str, shown: bool) -> None:
        self.actions[f"toggle_{name}"].setChecked(shown)
        if name == "auto_labeling":
            self.auto_labeling.chip.setChecked(shown)

    def _on_search_files(self) -> None:
        self.column.set_shown("files", True)
        self.file_dock.focus_search()

    def _on_reset_views(self) -> None:
        self.column.show_first()
        self._split.setSizes([max(self.width() - COLUMN_PX, 1), COLUMN_PX])

    def _on_theme_chosen(self, name: str) -> None:
        self.set_theme(name)
        self.theme_chosen.emit(name)

    def _refresh_recent(self) -> None:
        fill_recent_menu(
            self._menus["recent"], self.window_state.recent_paths, self.recent_chosen.emit, self._on_recent_cleared
        )

    def _on_recent_cleared(self) -> None:
        self.window_state.clear_recent()
        self._refresh_recent()

    def _restore(self) -> None:
        self.window_state.restore_geometry("main", self)
        split = self.window_state.load("main/split")
        usable = isinstance(split, list) and len(split) == 2 and all(isinstance(part, int) for part in split)
        self._split.setSizes(split if usable else [self.width() - COLUMN_PX, COLUMN_PX])
        self.column.restore(self.window_state.load_mapping("main/sections"))


def _app() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("a QApplication must be there before the window")
    return app
