"""What a person sees of the program in a language: every text of the window and of its dialogs."""

from __future__ import annotations

from typing import Any

from driver import Hands
from qtpy.QtTest import QTest
from qtpy.QtWidgets import (
    QAbstractButton,
    QAction,
    QApplication,
    QCheckBox,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTreeWidget,
    QWidget,
)

_DIALOGS = ("image_filter", "performance_settings", "shortcuts", "label_manager", "statistics", "model_store", "look")


def read_everything(hands: Hands, first: str, folder: str) -> dict[str, Any]:
    """Open the window and its dialogs, and return every text on them with whether each button has room for its own."""
    hands.wait_image(first)
    window = hands.window
    for name in ("auto_labeling", "objects", "text", "labels", "image", "files"):
        window.show_panel(name)
    seen = _texts(window)
    narrow = _narrow(window)
    for name in _DIALOGS:
        window.actions[name].trigger()
        QTest.qWait(50)
        for dialog in _dialogs(window):
            seen += _texts(dialog)
            narrow += _narrow(dialog)
            if folder:
                dialog.grab().save(f"{folder}/{name}.png")
            dialog.close()
    window.actions["select_all"].trigger()
    hands.canvas.setFocus()
    window.actions["edit_label"].trigger()
    hands.wait(lambda: _dialogs(window), "the label dialog")
    for dialog in _dialogs(window):
        seen += _texts(dialog)
        dialog.close()
    if folder:
        window.grab().save(f"{folder}/window.png")
    window.actions["language_en_US"].trigger()
    notices = hands.notices()
    hands.close()
    return {"texts": sorted(set(seen) - {""}), "narrow": narrow, "notices": notices}


def _dialogs(window: QWidget) -> list[QWidget]:
    tops = QApplication.topLevelWidgets()
    return [widget for widget in tops if widget.isVisible() and widget is not window and not isinstance(widget, QMenu)]


def _texts(root: QWidget) -> list[str]:
    found = [root.windowTitle()]
    for widget in (root, *root.findChildren(QWidget)):
        found += [widget.toolTip(), widget.accessibleName()]
        if isinstance(widget, (QLabel, QAbstractButton)):
            found.append(widget.text())
        elif isinstance(widget, (QLineEdit, QPlainTextEdit)):
            found.append(widget.placeholderText())
        elif isinstance(widget, QComboBox):
            found += [widget.itemText(row) for row in range(widget.count())]
        elif isinstance(widget, (QGroupBox, QMenu)):
            found.append(widget.title())
        elif isinstance(widget, QListWidget):
            rows: list[Any] = [widget.item(row) for row in range(widget.count())]
            found += [row.text() for row in rows]
        elif isinstance(widget, QTreeWidget):
            found += _tree_texts(widget.invisibleRootItem())
    for action in root.findChildren(QAction):
        found += [action.text(), action.toolTip()]
    return found


def _tree_texts(item: Any) -> list[str]:
    below = [text for row in range(item.childCount()) for text in _tree_texts(item.child(row))]
    return [item.text(0), *below]


def _narrow(root: QWidget) -> list[str]:
    """Return the buttons that are too narrow for their words."""
    # Buttons of the tool strip have icons only.
    buttons = [*root.findChildren(QPushButton), *root.findChildren(QCheckBox), *root.findChildren(QRadioButton)]
    return [
        button.text()
        for button in buttons
        if button.isVisible()
        and button.width() + 1 < button.fontMetrics().horizontalAdvance(button.text().replace("&", ""))
    ]
