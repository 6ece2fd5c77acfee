"""Says over the picture, or in its place, what is awaited."""

from __future__ import annotations

from qtpy.QtCore import QEvent, QObject, QPoint, QRect, Qt
from qtpy.QtWidgets import QLabel, QWidget


class WaitingPlate(QLabel):
    """One line in the upper part of a widget, there while it has something to say."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown_on = parent
        self.setAutoFillBackground(True)
        self.setContentsMargins(16, 8, 16, 8)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        parent.installEventFilter(self)

    def say(self, text: str) -> None:
        """Say what is awaited; nothing any more when the text is empty."""
        if text == self.text():
            return
        self.setText(text)
        self._place()
        self.setVisible(bool(text))
        self._shown_on.update()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Stay in the middle."""
        if event is not None and event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        size, room = self.sizeHint().boundedTo(self._shown_on.size()), self._shown_on.size()
        self.setGeometry(QRect(QPoint((room.width() - size.width()) // 2, room.height() // 3), size))
