"""The chip in the menu row: which model, on which device, what it is doing."""

from __future__ import annotations

from qtpy.QtCore import QSize, Qt
from qtpy.QtGui import QPainter, QPaintEvent
from qtpy.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from anylabeling.messages.models import ModelInfo
from anylabeling.translation import tr
from anylabeling.views.icons import icon_pixmap
from anylabeling.views.widgets.elided_label import ElidedLabel

EMPTY_TEXT = tr("No model: choose one")
_ICON_PX = 16
_WIDEST_PX = 420


class ModelChip(QPushButton):
    """Shows the model and opens its panel; it is pressed while the panel is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("modelChip")
        self.setCheckable(True)
        self.setFixedHeight(26)
        self.setMaximumWidth(_WIDEST_PX)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._name = ElidedLabel(EMPTY_TEXT, mode=Qt.TextElideMode.ElideMiddle, least_px=120)
        self._state = QLabel("")
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self._state.setProperty("muted", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(28, 0, 24, 0)
        row.setSpacing(8)
        for label in (self._name, self._state):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(label)
        self._failed = False
        self.set_model(None)

    def set_model(self, model: ModelInfo | None) -> None:
        """Show another model, or that there is none."""
        self._name.setText(f"{model.name} · {model.choice.device}" if model is not None else EMPTY_TEXT)
        self.set_state("", "ready")

    def set_state(self, text: str, kind: str) -> None:
        """Show what the model is doing.

        Args:
            text: Such as "loading" or "12 of 400".
            kind: "loading", "ready", "running" or "failed".
        """
        self._failed = kind == "failed"
        shown = "" if kind == "ready" else "failed" if self._failed else text
        self._state.setText(shown)
        self._state.setVisible(bool(shown))
        self._state.setProperty("kind", "error" if self._failed else "")
        style = self._state.style()
        if style is not None:
            style.polish(self._state)
        self.setToolTip(text or tr("Model, confidence, classes"))
        self.setAccessibleName(tr("Model: {value} {text}", value=self._name.text(), text=text).strip())
        self.updateGeometry()
        self.update()

    def text_shown(self) -> str:
        """Return name and state as they are shown."""
        return f"{self._name.text()} {self._state.text()}".strip()

    def sizeHint(self) -> QSize:
        """Return the room for the texts."""
        row = self.layout()
        width = row.sizeHint().width() if row is not None else 120
        return QSize(min(width, _WIDEST_PX), 26)

    def minimumSizeHint(self) -> QSize:
        """Allow the chip to shorten its text."""
        return QSize(160, 26)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the icon and the arrow."""
        super().paintEvent(event)
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        top = (self.height() - _ICON_PX) // 2
        lead = ("warning", "error") if self._failed else ("model", "muted")
        painter.drawPixmap(7, top, icon_pixmap(lead[0], _ICON_PX, lead[1], ratio=ratio))
        arrow = icon_pixmap("chevron_down", 14, "muted", ratio=ratio)
        painter.drawPixmap(self.width() - 19, top + 1, arrow)
