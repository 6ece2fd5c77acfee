"""Every action of the program by name: type a few letters, press Return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qtpy.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from qtpy.QtGui import QIcon, QKeyEvent, QKeySequence, QPalette, QPixmap
from qtpy.QtWidgets import (
    QAbstractItemView,
    QAction,
    QDialog,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from anylabeling.translation import tr
from anylabeling.views.actions import ACTION_ROWS, ActionRow, without_key
from anylabeling.views.menus import english_name, menu_path, name_in_menu
from anylabeling.views.widgets.search_field import SearchField
from anylabeling.views.widgets.text import search_text

_WIDTH_PX, _HEIGHT_PX = 560, 420
_ID = Qt.ItemDataRole.UserRole
_KEYS_THAT_MOVE = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_NO_MATCH = -1


class CommandPalette(QDialog):
    """A list of all actions that narrows while one types, above the window.

    Attributes:
        search: What was typed.
        tree: The actions that fit, the best first.

    Signals:
        recent_changed: Ids of the actions that were run from here, the last one first (list of str).
    """

    recent_changed = Signal(list)

    def __init__(
        self,
        parent: QWidget,
        actions: Mapping[str, QAction],
        recent: list[str],
        rows: Sequence[ActionRow] = ACTION_ROWS,
    ) -> None:
        """Make the palette.

        Args:
            parent: The window.
            actions: Every action by its id.
            recent: Ids of actions that were run from here, the last one first.
            rows: What is known of the actions.
        """
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("commandPalette")
        self.setAccessibleName(tr("Command palette"))
        self._actions = actions
        self._recent = list(recent)
        self._rows = rows
        self._english = {row.id: english_name(row) for row in rows}
        self.search = SearchField(tr("Type a command"), tr("Search in the commands"))
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(2)
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setIconSize(QSize(16, 16))
        self.tree.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setAccessibleName(tr("Commands"))
        self.tree.itemClicked.connect(self._run)
        header = self.tree.header()
        if header is not None:
            header.setStretchLastSection(False)
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
            header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.nothing = QLabel(tr("No command is called that."))
        self.nothing.setProperty("muted", True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.nothing, 1)
        self._fill("")

    def open_over(self, window: QWidget) -> None:
        """Show the palette at the upper middle of a window."""
        width, height = min(_WIDTH_PX, window.width() - 32), min(_HEIGHT_PX, window.height() - 96)
        corner = window.mapToGlobal(window.rect().topLeft())
        self.setGeometry(corner.x() + (window.width() - width) // 2, corner.y() + 48, width, height)
        self.show()
        self.search.setFocus()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Let the arrows move in the list while the cursor is in the field, and Return run what is marked."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _KEYS_THAT_MOVE:
                self.tree.keyPressEvent(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                item = self.tree.currentItem()
                if item is not None:
                    self._run(item)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close()
                return True
        return super().eventFilter(watched, event)

    def _fill(self, text: str) -> None:
        ranked = []
        for place, row in enumerate(self._rows):
            action, path = self._actions[row.id], menu_path(row)
            title = without_key(action.text()).rstrip("…")  # which says more than the row: what undo takes back
            score = best_match(text, (title, path), self._english[row.id])
            if score == _NO_MATCH or row.id == "command_palette":
                continue
            recent = self._recent.index(row.id) if row.id in self._recent else len(self._recent)
            ranked.append((not action.isEnabled(), score, recent, place, row.id, title, path))
        self.tree.clear()
        nothing = QPixmap(16, 16)
        nothing.fill(Qt.GlobalColor.transparent)
        blank = QIcon(nothing)  # so that all names begin at one line
        faint = self.palette().brush(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
        native = QKeySequence.SequenceFormat.NativeText
        for _off, _score, _recent, _place, action_id, title, path in sorted(ranked):
            action = self._actions[action_id]
            item = QTreeWidgetItem(
                self.tree, [_shown(action, name_in_menu(path, title)), action.shortcut().toString(native)]
            )
            item.setIcon(0, blank if action.icon().isNull() else action.icon())
            item.setData(0, _ID, action_id)
            item.setToolTip(0, f"{path} > {title}")
            if not action.isEnabled():
                item.setDisabled(True)
                for column in range(2):
                    item.setForeground(column, faint)
            item.setTextAlignment(1, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter))
        self.tree.setCurrentItem(self.tree.topLevelItem(0))
        self.tree.setVisible(bool(ranked))
        self.nothing.setVisible(not ranked)

    def _run(self, item: QTreeWidgetItem) -> None:
        action_id = str(item.data(0, _ID))
        action = self._actions[action_id]
        if not action.isEnabled():
            return
        if action_id in self._recent:
            self._recent.remove(action_id)
        self._recent.insert(0, action_id)
        self.recent_changed.emit(list(self._recent))
        self.close()
        # After the popup has let go of the keyboard, so that a dialog that the action opens gets it.
        QTimer.singleShot(0, action.trigger)


def _shown(action: QAction, name: str) -> str:
    """Return a name with on or off."""
    if not action.isCheckable():
        return name
    return tr("{name}  (on)", name=name) if action.isChecked() else tr("{name}  (off)", name=name)


def best_match(typed: str, *names: tuple[str, str]) -> int:
    """Return how well one of the names of an action fits, each a title and the name of its menu; see ``match``."""
    scores = [match(typed, title, path) for title, path in dict.fromkeys(names)]
    return min((score for score in scores if score != _NO_MATCH), default=_NO_MATCH)


def match(typed: str, title: str, path: str) -> int:
    """Return how well an action fits what was typed, 0 the best; -1 for not at all.

    Every word has to be there: at the start of a word of the title best, else inside it, else in the name of its menu,
    else letter by letter in order.
    """
    words = search_text(typed).split()
    name, where = search_text(title), search_text(path)
    score = 0
    for word in words:
        if name.startswith(word):
            continue
        if f" {word}" in name:
            score += 1
        elif word in name:
            score += 2
        elif word in where:
            score += 4
        elif _in_order(word, name):
            score += 8
        else:
            return _NO_MATCH
    return score


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
