"""Every dialog of the program on a small screen; see scenarios.py."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from typing import Any

from driver import Hands
from qtpy.QtCore import Qt
from qtpy.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QGroupBox,
    QLabel,
    QListWidget,
    QMenu,
    QMessageBox,
    QPushButton,
    QWidget,
)

from anylabeling.views.widgets.within_screen import room_on_screen  # which has no words

OPENING = (
    "image_filter", "statistics", "performance_settings", "settings", "command_palette", "shortcuts", "about",
    "jump_to_image", "look", "label_manager", "folder_objects", "model_store", "remote_models", "train_model",
    "classify_images", "manage_plugins", "import_dataset", "export_dataset", "edit_label", "delete_label_file",
    "delete_image", "open_dir", "open_file", "save_as", "change_output_dir", "load_model",
)  # fmt: skip
"""The actions that open a dialog."""

TYPED_INTO = ("settings", "model_store", "label_manager", "shortcuts", "command_palette")
"""Those in which one can type at once, into their search."""


def open_every_dialog(hands: Hands, first: str, english: dict[str, str]) -> dict[str, Any]:
    """Open them one after the other; return what is larger than the room, and letters that two controls share.

    Commands that the palette does not find are returned, too; ``english`` has their English names by id.
    """
    hands.wait_image(first)
    window = hands.window
    room = room_on_screen(window)
    seen: list[str] = []
    wrong: list[str] = []
    for action in OPENING:
        hands.canvas.setFocus()
        window.actions["select_all"].trigger()
        before = set(_dialogs())
        window.actions[action].trigger()
        hands.wait(lambda known=before: set(_dialogs()) - known, action)  # type: ignore[misc]
        for dialog in set(_dialogs()) - before:
            seen.append(action)
            wrong += [f"{action}: {problem}" for problem in _problems_of_pages(hands, dialog)]
            if action in TYPED_INTO:
                hands.wait(lambda shown=dialog: shown.focusWidget() is not None, f"the focus of {action}")
            dialog.close() if not isinstance(dialog, QMessageBox) else dialog.reject()
    menus = [menu for menu in window.findChildren(QMenu) if menu.actions()]
    wrong += [f"menu {menu.title()}: {one}" for menu in menus for one in _shared([a.text() for a in menu.actions()])]
    wrong += _commands_not_found(hands, english)
    hands.close()
    return {"seen": seen, "wrong": wrong, "room": [room.width(), room.height()], "menus": len(menus)}


def _commands_not_found(hands: Hands, english: dict[str, str]) -> list[str]:
    """Search for each action by its name, by its name without accents, and by its English name."""
    # Not before the language is there, in which these are made.
    from anylabeling.views.actions import ACTION_ROWS, plain_text
    from anylabeling.views.dialogs.command_palette import best_match
    from anylabeling.views.menus import english_name, menu_path

    window = hands.window
    before = set(_dialogs())
    window.actions["command_palette"].trigger()
    hands.wait(lambda: set(_dialogs()) - before, "the palette")
    palette: Any = (set(_dialogs()) - before).pop()
    missing = []
    for number, row in enumerate(ACTION_ROWS):
        name = plain_text(row)
        bare = "".join(one for one in unicodedata.normalize("NFD", name) if not unicodedata.combining(one))
        names = (name, menu_path(row)), english_name(row)
        missing += [f"{row.id}: {typed}" for typed in (name, bare, english[row.id]) if best_match(typed, *names) < 0]
        if number % 16 == 0:
            palette.search.setText(english[row.id])
            items = [palette.tree.topLevelItem(line) for line in range(palette.tree.topLevelItemCount())]
            if row.id not in [item.data(0, Qt.ItemDataRole.UserRole) for item in items]:
                missing.append(f"{row.id} in the palette")
    palette.close()
    return missing


def _dialogs() -> list[QDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def _problems_of_pages(hands: Hands, dialog: Any) -> list[str]:
    """Return the problems of a dialog on each of its pages, with all that it can unfold."""

    def look() -> list[str]:
        last: list[str] = []

        def settled() -> bool:
            last[:] = _problems(dialog)
            return not last

        with contextlib.suppress(TimeoutError):  # what it shows may come a moment later, and be laid out then
            hands.wait(settled, "its layout", limit_s=2)
        return last

    found = look()
    if hasattr(dialog, "show_page"):
        for page in (1, 2):
            dialog.show_page(page)
            found += look()
    pages = dialog.findChild(QListWidget, "pages")
    for row in range(1, pages.count() if pages is not None else 0):
        pages.setCurrentRow(row)
        found += look()
    if hasattr(dialog, "form") and hasattr(dialog.form, "more"):
        dialog.form.more.set_folded(False)
        found += look()
    return found


def _problems(dialog: QDialog) -> list[str]:
    QApplication.processEvents()
    room = room_on_screen(dialog)
    least = dialog.minimumSizeHint().expandedTo(dialog.minimumSize())
    found = [
        f"{name} {size.width()}x{size.height()} in a room of {room.width()}x{room.height()}"
        for name, size in (("needs", least), ("is", dialog.size()))
        if size.width() > room.width() or size.height() > room.height()
    ]
    if isinstance(dialog, QFileDialog):
        return found
    # What lies in an area that scrolls comes into view; everything else has to be in the window as it is.
    fixed = [button for button in dialog.findChildren(QPushButton) if button.parentWidget() is dialog]
    found += [f"{button.text()} is cut" for button in fixed if button.isVisible() and not _inside(button, dialog)]
    return found + _shared(_texts(dialog))


def _inside(widget: QWidget, dialog: QWidget) -> bool:
    corner = widget.mapTo(dialog, widget.rect().bottomRight())
    return bool(dialog.rect().contains(corner) and dialog.rect().contains(widget.pos()))


def _texts(dialog: QWidget) -> list[str]:
    """Return the texts that can have a letter."""
    found = []
    for widget in dialog.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy() is not None):
            found.append(widget.text())
        elif isinstance(widget, QGroupBox):
            found.append(widget.title())
    return found


def _shared(texts: list[str]) -> list[str]:
    """Return the letters that two texts share, and those that no key of every keyboard has."""
    owners: dict[str, str] = {}
    found = []
    for text in texts:
        letter = re.search(r"&([^&\s])", text.replace("&&", ""))
        if letter is None:
            continue
        key = letter[1].lower()
        if key in owners:
            found.append(f"{owners[key]} and {text} share {key}")
        if not key.isascii():
            found.append(f"{text} has {key}")
        owners[key] = text
    return found
