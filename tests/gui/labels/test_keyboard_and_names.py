"""Everything in the window and in every dialog has a name for screen readers and can be reached by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from label_desk import Desk, shape, write_labels
from qtpy.QtCore import Qt
from qtpy.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenuBar,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from anylabeling.views.widgets.model_chip import ModelChip

Open = Callable[..., Desk]

INTERACTIVE = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit,
    QTextEdit,
)  # fmt: skip
OF_LISTS = (QScrollBar, QHeaderView)
BY_OTHER_KEYS = {
    "Known labels": "the arrow keys of the line above walk through it",
    "Commands": "the arrow keys of the line above walk through it",
}
"""Lists that take no focus, since another control moves in them."""


def controls(root: QWidget) -> Iterator[QWidget]:
    """Yield what a person can work with, without the parts that Qt makes such things of."""
    for widget in root.findChildren(QWidget):
        inside = (QComboBox, QAbstractSpinBox, QLineEdit, QMenuBar)
        is_part = any(isinstance(one, inside) and one is not root for one in ancestors(widget))
        is_part = is_part and not isinstance(widget, (ModelChip, QPushButton))  # those in the menu bar's corner
        corner = isinstance(widget.parentWidget(), QAbstractItemView)  # the button that selects all of a table
        if isinstance(widget, INTERACTIVE) and not is_part and not corner and not isinstance(widget, OF_LISTS):
            yield widget


def ancestors(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


def name_of(widget: QWidget, buddies: dict[QWidget, str]) -> str:
    """Return what a screen reader says of a control."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton) and widget.text().replace("&", "").strip():
        return widget.text()
    return buddies.get(widget, "")


def reached_together(widget: QWidget) -> list[QWidget]:
    """Return the controls among which arrow keys go once one has the focus: the radio buttons of a group."""
    group = widget.group() if isinstance(widget, QRadioButton) else None
    return [widget] if group is None else list(group.buttons())


def problems(root: QWidget) -> list[str]:
    """Return which controls have no name, or cannot be reached by keyboard."""
    buddies = {
        buddy: label.text() for label in root.findChildren(QLabel) if isinstance(buddy := label.buddy(), QWidget)
    }
    found = []
    for widget in controls(root):
        where = f"{type(root).__name__} > {type(widget.parentWidget()).__name__} > {type(widget).__name__}"
        name = name_of(widget, buddies)
        if not name:
            shown = widget.text() if isinstance(widget, (QAbstractButton, QLineEdit)) else widget.objectName()
            found.append(f"{where} {shown!r} has no name")
        reachable = any(one.focusPolicy() & Qt.FocusPolicy.TabFocus for one in reached_together(widget))
        if not reachable and name not in BY_OTHER_KEYS:
            found.append(f"{where} {name!r} cannot take the focus")
    return found


def test_every_control_of_the_window_has_a_name_and_can_take_the_focus(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", shape("car", 10, 10), flags={"night": True})
    desk = open_desk(flags=["blurred"], labels=["car", "bus"])
    for panel in desk.window.column.names():
        desk.window.show_panel(panel)
    assert len(list(controls(desk.window))) > 50
    assert "\n".join(problems(desk.window)) == ""


def new_dialogs(before: Collection[QWidget], seen: Collection[str]) -> list[QDialog]:
    """Return the dialogs on the screen that were not there before, or are of a kind that was not looked at."""
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    return [one for one in shown if one not in before or type(one).__name__ not in seen]


def test_every_control_of_every_dialog_has_a_name_and_can_take_the_focus(open_desk: Open, folder: Path) -> None:
    write_labels(folder / "00.jpg", shape("car", 10, 10))
    schema = {"car": {"pose": ["a", "b"], "age": "number", "helmet": "check", "note": "text"}}
    desk = open_desk(attributes=schema, label_flags={"car": ["wet"]}, labels=["car", "bus"])
    seen: set[str] = set()
    for action in (
        "image_filter", "statistics", "performance_settings", "settings", "command_palette", "shortcuts", "about",
        "jump_to_image", "look", "label_manager", "model_store", "edit_label", "delete_label_file", "delete_image",
    ):  # fmt: skip
        desk.canvas.select_all()
        before = set(QApplication.topLevelWidgets())
        desk.window.actions[action].trigger()
        desk.wait_for(lambda known=before: new_dialogs(known, seen))  # some are made in a turn of their own
        for dialog in new_dialogs(before, seen):
            seen.add(type(dialog).__name__)
            if not isinstance(dialog, (QMessageBox, QFileDialog)):  # those are Qt's own
                assert "\n".join(problems(dialog)) == "", action
            assert any(one.focusPolicy() & Qt.FocusPolicy.TabFocus for one in controls(dialog)), action
            dialog.close()
        QApplication.processEvents()
    assert len(seen) >= 12
