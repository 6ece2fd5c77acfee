"""Notices at the lower right of the picture: they say what happened and never take the focus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from qtpy.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from qtpy.QtGui import QGuiApplication
from qtpy.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from anylabeling.translation import tr
from anylabeling.views.icons import icon, icon_pixmap
from anylabeling.views.widgets.text import breakable

MOST = 3
_WIDTH_PX = 400
_MARGIN_PX = 16
_BUTTON_PAD_PX = 9
"""What the style sheet puts before the text of a quiet button: its border and its padding."""
_ICONS = {"error": "error", "warning": "warning", "info": "info"}
_COLORS = {"error": "error", "warning": "warning", "info": "accent_text"}
_TIMEOUTS_MS = {"error": 0, "warning": 12_000, "info": 6_000}

NoticeAction = tuple[str, Callable[[], object]]


class NoticeCard(QFrame):
    """One notice.

    Signals:
        closed: The person closed it, or its time is over.
    """

    closed = Signal()

    def __init__(
        self, parent: QWidget, text: str, hint: str, details: str, level: str, actions: Sequence[NoticeAction]
    ) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(f"{text} {hint}".strip())
        self.level = level
        self.text = text
        self.topic = ""
        self.is_question = False
        self._hint = hint
        self._details = details
        self._icon = QLabel()
        self._icon.setFixedSize(18, 18)
        self._paint_icon()
        self.sentence = _wrapped(text)
        self.sentence.setProperty("heading", True)
        self.hint = _wrapped(hint)
        self.hint.setProperty("muted", True)
        self.details_view = QPlainTextEdit(details)
        self.details_view.setReadOnly(True)
        self.details_view.setFixedHeight(110)
        self.details_view.setAccessibleName(tr("Details"))
        self.details_view.hide()
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("close"))
        self.close_button.setIconSize(QSize(14, 14))
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.setAccessibleName(tr("Close"))
        self.close_button.clicked.connect(lambda: self.closed.emit())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.closed)
        self._build(actions)
        self.hint.setVisible(bool(hint))
        self.details_button.setVisible(bool(details))

    def start_timer(self, timeout_ms: int) -> None:
        """Close the notice after a while; 0 leaves it until it is closed."""
        self._timer.setInterval(timeout_ms)
        if timeout_ms > 0:
            self._timer.start()

    def toggle_details(self) -> None:
        """Show or hide the technical text."""
        self._timer.stop()
        shown = self.details_view.isHidden()
        self.details_view.setVisible(shown)
        self.copy_button.setVisible(shown)
        self.details_button.setText(tr("Hide Details") if shown else tr("Details"))

    def changeEvent(self, event: QEvent | None) -> None:
        """Take the icon's colour from the new theme."""
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.PaletteChange:
            self._paint_icon()

    def enterEvent(self, event: QEvent | None) -> None:
        """Stay while it is being read."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent | None) -> None:
        """Count the time again."""
        if self._timer.interval() > 0 and self.details_view.isHidden():
            self._timer.start()
        super().leaveEvent(event)

    def _paint_icon(self) -> None:
        name, color_name = _ICONS.get(self.level, "info"), _COLORS.get(self.level, "accent_text")
        self._icon.setPixmap(icon_pixmap(name, 18, color_name, ratio=self.devicePixelRatioF()))

    def _build(self, actions: Sequence[NoticeAction]) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.sentence)
        words.addWidget(self.hint)
        words.addWidget(self.details_view)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addSpacing(-_BUTTON_PAD_PX)  # so that the first word stands below the sentence
        self.details_button = _quiet_button(tr("Details"), self.toggle_details)
        self.copy_button = _quiet_button(tr("Copy"), self._copy)
        self.copy_button.hide()
        for text, callback in actions:
            buttons.addWidget(_quiet_button(text, partial(self._run, callback)))
        buttons.addWidget(self.details_button)
        buttons.addWidget(self.copy_button)
        buttons.addStretch(1)
        if actions or self._details:
            words.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 8, 10)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)

    def _copy(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            parts = (self.text, self._hint, self._details)
            clipboard.setText("\n".join(part for part in parts if part))

    def _run(self, callback: Callable[[], object]) -> None:
        self.closed.emit()
        callback()


class Notifications(QObject):
    """Shows at most three notices in a corner of a widget; a fourth takes the place of the oldest."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self.cards: list[NoticeCard] = []
        host.installEventFilter(self)
        if isinstance(host, QStackedWidget):
            # Another page would cover what was said while the one before was shown, such as at the start.
            host.currentChanged.connect(self._raise)

    def show(  # noqa: PLR0913 - all of it belongs to one notice
        self,
        text: str,
        *,
        hint: str = "",
        details: str = "",
        level: str = "error",
        actions: Sequence[NoticeAction] = (),
        timeout_ms: int | None = None,
        topic: str = "",
    ) -> NoticeCard:
        """Show a notice; one that says the same, or is about the same, is replaced.

        Args:
            text: One plain sentence.
            hint: What to do about it.
            details: Technical text, shown on demand.
            level: "error", "warning" or "info".
            actions: Buttons: text and what they do. Each closes the notice.
            timeout_ms: When it goes by itself; 0 for never; None for what its level asks for.
            topic: What it is about, for ``withdraw``.
        """
        for old in [card for card in self.cards if card.text == text or (topic and card.topic == topic)]:
            self._remove(old)
        while len(self.cards) >= MOST:
            # A question goes last: what it offers may not be found anywhere else.
            self._remove(next((old for old in self.cards if not old.is_question), self.cards[0]))
        card = NoticeCard(self._host, text, hint, details, level, actions)
        card.topic, card.is_question = topic, bool(actions)
        card.closed.connect(lambda: self._remove(card))
        card.installEventFilter(self)
        self.cards.append(card)
        card.show()
        card.raise_()
        self._place()
        if timeout_ms is None:
            # A warning that offers something is a question: it waits for its answer.
            timeout_ms = 0 if level == "warning" and actions else _TIMEOUTS_MS.get(level, 0)
        card.start_timer(timeout_ms)
        return card

    def withdraw(self, topic: str) -> None:
        """Close the notice about something that is settled."""
        for card in [card for card in self.cards if card.topic == topic]:
            self._remove(card)

    def clear(self) -> None:
        """Close all notices."""
        for card in list(self.cards):
            self._remove(card)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Keep the notices in the corner."""
        wanted = QEvent.Type.Resize if watched is self._host else QEvent.Type.LayoutRequest
        if event is not None and event.type() == wanted:
            self._place()
        return super().eventFilter(watched, event)

    def _remove(self, card: NoticeCard) -> None:
        if card in self.cards:
            self.cards.remove(card)
            card.hide()
            card.deleteLater()
            self._place()

    def _raise(self) -> None:
        for card in self.cards:
            card.raise_()

    def _place(self) -> None:
        width = max(min(_WIDTH_PX, self._host.width() - 2 * _MARGIN_PX), 120)
        bottom = self._host.height() - _MARGIN_PX
        for card in reversed(self.cards):
            height = card.heightForWidth(width) if card.hasHeightForWidth() else card.sizeHint().height()
            card.setGeometry(self._host.width() - width - _MARGIN_PX, bottom - height, width, height)
            bottom -= height + 8


def _wrapped(text: str) -> QLabel:
    label = QLabel(breakable(text))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


def _quiet_button(text: str, on_click: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("quiet", True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda: on_click())  # without the "checked" of the signal
    return button
