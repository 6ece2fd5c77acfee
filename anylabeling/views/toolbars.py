"""The vertical strip of tools at the left."""

from __future__ import annotations

from collections.abc import Mapping

from qtpy.QtCore import QPointF, QSize, Qt
from qtpy.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from qtpy.QtWidgets import QAction, QFrame, QMenu, QToolButton, QVBoxLayout, QWidget

from anylabeling.translation import tr
from anylabeling.views.actions import without_key
from anylabeling.views.theme import colors

STRIP_WIDTH_PX = 36
_BUTTON_PX = 30
_ICON_PX = 20

_GROUPS: tuple[tuple[str, ...], ...] = (
    (
        "tool_select",
        "tool_rectangle",
        "tool_polygon",
        "tool_brush",
        "tool_circle",
        "tool_line",
        "tool_point",
        "tool_ai",
        "tool_split",
    ),
    ("auto_label",),
    ("undo", "redo"),
    ("zoom_in", "zoom_out", "fit_window"),
    ("prev_image", "next_image"),
)
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "tool_rectangle": ("tool_rectangle", "tool_rotated_rectangle", "tool_quadrilateral", "tool_cuboid"),
    "tool_polygon": ("tool_polygon", "tool_freehand", "tool_scissors", "tool_wand"),
    "tool_brush": ("tool_brush", "tool_eraser"),
    "tool_circle": ("tool_circle", "tool_ellipse"),
    "tool_line": ("tool_line", "tool_linestrip"),
    "tool_point": ("tool_point", "tool_points"),
    "tool_split": ("tool_split", "tool_hole"),
}
"""Tools that share a button: it shows the one that was used last, a long press or its arrow the others."""


class ToolStrip(QWidget):
    """Buttons for the actions that are used all day; the keys are in the tool tips.

    Attributes:
        buttons: The button of each action; tools of one family have the same.
    """

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolStrip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(STRIP_WIDTH_PX)
        self.setAccessibleName(tr("Tools"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 4, 3, 4)
        layout.setSpacing(2)
        self.buttons: dict[str, QToolButton] = {}
        for position, group in enumerate(_GROUPS):
            if position:
                layout.addWidget(_line())
            for name in group:
                family = FAMILIES.get(name, (name,))
                button = _button([actions[member] for member in family])
                self.buttons.update(dict.fromkeys(family, button))
                layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)


class _FamilyButton(QToolButton):
    """A button of several tools: a small triangle says that there are more."""

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the button, and the triangle in its corner."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors().muted))
        right, bottom = self.width() - 3.0, self.height() - 3.0
        painter.drawPolygon(QPolygonF([QPointF(right, bottom), QPointF(right - 4, bottom), QPointF(right, bottom - 4)]))
        painter.end()


def _button(family: list[QAction]) -> QToolButton:
    button = _FamilyButton() if len(family) > 1 else QToolButton()
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setIconSize(QSize(_ICON_PX, _ICON_PX))
    button.setFixedSize(_BUTTON_PX, _BUTTON_PX)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    _show(button, family[0])
    if len(family) > 1:
        menu = QMenu(button)
        menu.addActions(family)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.DelayedPopup)
        button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        button.customContextMenuRequested.connect(lambda _at: button.showMenu())
        for action in family:
            action.toggled.connect(lambda on, chosen=action: _show(button, chosen) if on else None)
    return button


def _show(button: QToolButton, action: QAction) -> None:
    button.setDefaultAction(action)
    button.setAccessibleName(without_key(action.text()).rstrip("…"))


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
