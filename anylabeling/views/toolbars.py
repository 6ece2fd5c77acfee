"""The vertical strip of tools at the left."""

from __future__ import annotations

from collections.abc import Mapping

from qtpy.QtCore import QSize, Qt
from qtpy.QtWidgets import QAction, QFrame, QToolButton, QVBoxLayout, QWidget

from anylabeling.views.actions import TOOL_ROWS

STRIP_WIDTH_PX = 36
_BUTTON_PX = 30
_ICON_PX = 20

_GROUPS: tuple[tuple[str, ...], ...] = (
    tuple(row.id for row in TOOL_ROWS),
    ("auto_label",),
    ("undo", "redo"),
    ("zoom_in", "zoom_out", "fit_window"),
    ("prev_image", "next_image"),
)


class ToolStrip(QWidget):
    """Buttons for the actions that are used all day; the keys are in the tool tips."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolStrip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(STRIP_WIDTH_PX)
        self.setAccessibleName("Tools")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 4, 3, 4)
        layout.setSpacing(2)
        self.buttons: dict[str, QToolButton] = {}
        for position, group in enumerate(_GROUPS):
            if position:
                layout.addWidget(_line())
            for name in group:
                self.buttons[name] = _button(actions[name])
                layout.addWidget(self.buttons[name], 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setIconSize(QSize(_ICON_PX, _ICON_PX))
    button.setFixedSize(_BUTTON_PX, _BUTTON_PX)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(action.text().replace("&", "").rstrip("…"))
    return button


def _line() -> QFrame:
    line = QFrame()
    line.setObjectName("stripLine")
    line.setFixedSize(_BUTTON_PX - 10, 1)
    holder = QFrame()
    holder.setFixedHeight(9)
    inner = QVBoxLayout(holder)
    inner.setContentsMargins(0, 4, 0, 4)
    inner.addWidget(line, 0, Qt.AlignmentFlag.AlignHCenter)
    return holder
