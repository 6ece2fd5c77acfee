"""Controls for the kinds of settings that Qt has none for: lists of texts, colours, mappings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from qtpy.QtCore import QSize, Qt, Signal
from qtpy.QtGui import QColor, QFocusEvent, QFont, QFontDatabase, QIcon, QPainter, QPixmap, QWheelEvent
from qtpy.QtWidgets import QColorDialog, QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from anylabeling.config.reading import parse_config_text
from anylabeling.translation import tr

_SWATCH_PX = 16
_EDITOR_ROWS = 5


class TextListEdit(QLineEdit):
    """Texts with commas between them; those that hold a comma are quoted.

    Signals:
        edited: The person has changed the texts.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[str, ...] = ()
        self.editingFinished.connect(self._on_finished)

    def value(self) -> tuple[str, ...] | None:
        """Return the texts, or None for none."""
        text = self.text().strip()
        if text.startswith("["):
            try:
                listed = json.loads(text)
            except ValueError:
                listed = None
            if isinstance(listed, list):
                return tuple(dict.fromkeys(str(one).strip() for one in listed if str(one).strip())) or None
        return tuple(dict.fromkeys(one.strip() for one in text.split(",") if one.strip())) or None

    def set_value(self, texts: Sequence[str] | None) -> None:
        """Show other texts."""
        self._shown = tuple(texts or ())
        quoted = any("," in one or one.startswith("[") for one in self._shown)
        self.setText(json.dumps(self._shown, ensure_ascii=False) if quoted else ", ".join(self._shown))
        self.setCursorPosition(0)  # a long list shows its beginning

    def _on_finished(self) -> None:
        if (self.value() or ()) != self._shown:
            self._shown = self.value() or ()
            self.edited.emit()


class ColorButton(QWidget):
    """A button in its colour that opens a chooser, and one that gives the colour up where there may be none.

    Signals:
        edited: The person has chosen another colour.
    """

    edited = Signal()

    def __init__(self, *, with_opacity: bool, nullable: bool) -> None:
        super().__init__()
        self._with_opacity = with_opacity
        self._value: tuple[int, ...] | None = None
        self._unchosen: tuple[int, ...] | None = None
        self._unchosen_text = ""
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        self.button.setIconSize(QSize(_SWATCH_PX, _SWATCH_PX))
        self.button.clicked.connect(self._on_clicked)
        self.none_button = QPushButton(tr("No Colour"))
        self.none_button.setAutoDefault(False)
        self.none_button.setVisible(nullable)
        self.none_button.clicked.connect(lambda: self._take(None))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.button, 1)
        row.addWidget(self.none_button)
        self.setFocusProxy(self.button)

    def setAccessibleName(self, name: str | None) -> None:
        """Name the button, too."""
        super().setAccessibleName(name)
        self.button.setAccessibleName(name)
        self.none_button.setAccessibleName(f"{name}: {tr('No Colour')}")

    def value(self) -> tuple[int, ...] | None:
        """Return red, green, blue, and the opacity where there is one; None for no colour."""
        return self._value

    def set_value(self, value: Sequence[int] | None) -> None:
        """Show another colour."""
        self._value = None if value is None else tuple(value)
        if self._value is not None and self._value == self._unchosen:
            text, swatch = self._unchosen_text, QIcon()
        elif self._value is None:
            text, swatch = tr("none"), QIcon()
        else:
            text, swatch = QColor(*self._value[:3]).name(), _swatch(QColor(*self._value))
        self.button.setText(text)
        self.button.setIcon(swatch)
        self.none_button.setEnabled(value is not None)

    def set_unchosen(self, value: Sequence[int], text: str) -> None:
        """Say what a value that stands for no choice is shown as."""
        self._unchosen, self._unchosen_text = tuple(value), text

    def choose(self) -> QColorDialog:
        """Let the person choose a colour."""
        dialog = QColorDialog(QColor(*(self._value or (255, 255, 255))), self.window())
        dialog.setOption(QColorDialog.ColorDialogOption.ShowAlphaChannel, self._with_opacity)
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.colorSelected.connect(self._on_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _on_clicked(self) -> None:
        self.choose()

    def _on_chosen(self, color: QColor) -> None:
        parts = (color.red(), color.green(), color.blue())
        self._take((*parts, color.alpha()) if self._with_opacity else parts)

    def _take(self, value: tuple[int, ...] | None) -> None:
        if value != self._value:
            self.set_value(value)
            self.edited.emit()


class FontFamilyBox(QComboBox):
    """The fonts that are installed, each in its own letters, after "none"; a font that is not here is shown and kept.

    Signals:
        edited: The person has chosen another font.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_filled = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.addItem(tr("none"), None)
        self.activated.connect(lambda _row: self.edited.emit())

    def value(self) -> str | None:
        """Return the font's name, or None."""
        family = self.currentData()
        return family if isinstance(family, str) else None

    def set_value(self, value: str | None) -> None:
        """Show another font."""
        row = self.findData(value) if value is not None else 0
        if row < 0:
            self.addItem(str(value), value)
            row = self.count() - 1
        self.setCurrentIndex(row)

    def showPopup(self) -> None:
        """Offer the fonts."""
        self.fill()
        super().showPopup()

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Offer the fonts, before the arrow keys go through them."""
        self.fill()
        super().focusInEvent(event)

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        """Let the page scroll: a wheel must not change what the mouse happens to be over."""
        if event is not None:
            event.ignore()

    def fill(self) -> None:
        """Look which fonts there are, once and as late as possible: there may be thousands."""
        if self._is_filled:
            return
        self._is_filled = True
        chosen = self.value()
        self.clear()
        self.addItem(tr("none"), None)
        for family in QFontDatabase().families():
            if not QFontDatabase().isPrivateFamily(family):
                self.addItem(family, family)
                self.setItemData(self.count() - 1, QFont(family), Qt.ItemDataRole.FontRole)
        self.set_value(chosen)


class MappingEdit(QPlainTextEdit):
    """A mapping as in the settings file, a line for each key; taken over when the cursor leaves.

    Signals:
        edited: The person has changed the mapping, and it can be understood.
        refused: Why it cannot be understood; empty when it can.
    """

    edited = Signal()
    refused = Signal(str)

    def __init__(self, example: str) -> None:
        super().__init__()
        self._value: dict[str, Any] | None = None
        self.setPlaceholderText(example)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFixedHeight(_EDITOR_ROWS * self.fontMetrics().lineSpacing() + 24)

    def value(self) -> dict[str, Any] | None:
        """Return the mapping, or None when it is empty."""
        return self._value

    def set_value(self, value: dict[str, Any] | None) -> None:
        """Show another mapping."""
        self._value = dict(value) if value else None
        lines = [f"{_key(key)}: {json.dumps(_plain(one), ensure_ascii=False)}" for key, one in (value or {}).items()]
        self.setPlainText("\n".join(lines))

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Take what was typed over."""
        if event is not None:
            super().focusOutEvent(event)
        self.take_over()

    def take_over(self) -> None:
        """Read what was typed."""
        read = parse_config_text(self.toPlainText())
        self.refused.emit(read.problem)
        if not read.problem and (read.tree or None) != _plain(self._value):
            self._value = read.tree or None
            self.edited.emit()


def _key(key: str) -> str:
    return key if key.replace("_", "").isalpha() else json.dumps(key, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else value


def _swatch(color: QColor) -> QIcon:
    pixmap = QPixmap(_SWATCH_PX, _SWATCH_PX)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(128, 128, 128))
    painter.setBrush(color)
    painter.drawRoundedRect(1, 1, _SWATCH_PX - 3, _SWATCH_PX - 3, 3, 3)
    painter.end()
    return QIcon(pixmap)
