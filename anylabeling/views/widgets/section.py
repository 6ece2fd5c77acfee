"""Sections that fold, and the column that stacks them."""

from __future__ import annotations

from collections.abc import Mapping

from qtpy.QtCore import QEvent, QSize, Qt, Signal
from qtpy.QtGui import QPainter, QPaintEvent
from qtpy.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from anylabeling.views.icons import icon_pixmap

HEADER_PX = 30
_QWIDGETSIZE_MAX = (1 << 24) - 1
_CHEVRON_PX = 14


class _Header(QPushButton):
    """The heading of a section: a chevron, the title and the count; a click folds."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sectionHeader")
        self.setCheckable(True)
        self.setChecked(True)
        self.setFixedHeight(HEADER_PX)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(title)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(26, 0, 6, 0)
        self.row.setSpacing(4)
        self.title = QLabel(title, self)
        self.title.setObjectName("sectionTitle")
        self.count = QLabel("", self)
        self.count.setObjectName("sectionCount")
        for label in (self.title, self.count):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.row.addWidget(self.title)
        self.row.addStretch(1)
        self.row.addWidget(self.count)

    def sizeHint(self) -> QSize:
        """Return the room for title and count."""
        return QSize(self.row.sizeHint().width(), HEADER_PX)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the chevron over the background that the style sheet gives."""
        super().paintEvent(event)
        painter = QPainter(self)
        name = "chevron_down" if self.isChecked() else "chevron_right"
        pixmap = icon_pixmap(name, _CHEVRON_PX, "muted", ratio=self.devicePixelRatioF())
        painter.drawPixmap(7, (self.height() - _CHEVRON_PX) // 2, pixmap)


class FoldableSection(QWidget):
    """A heading with a count, and a body that can be folded away.

    Signals:
        folded_changed: Whether the body is folded now.
    """

    folded_changed = Signal(bool)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least_px = 96
        self._fitted = False
        self._header = _Header(title, self)
        self._header.toggled.connect(self._on_header_toggled)
        self.body = QWidget(self)
        self.body_layout = QVBoxLayout(self.body)
        self.body_layout.setContentsMargins(0, 0, 0, 0)
        self.body_layout.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addWidget(self.body, 1)
        self._apply_limits()

    @property
    def title(self) -> str:
        """The heading."""
        return self._header.title.text()

    @property
    def header(self) -> QPushButton:
        """The heading as a button."""
        return self._header

    @property
    def folded(self) -> bool:
        """Whether the body is hidden."""
        return not self._header.isChecked()

    def set_folded(self, folded: bool) -> None:
        """Fold the body away, or show it."""
        self._header.setChecked(not folded)

    def set_count(self, text: str) -> None:
        """Show a count in the heading."""
        self._header.count.setText(text)
        self._header.setAccessibleName(f"{self.title} {text}".strip())

    def count_text(self) -> str:
        """Return the count that is shown."""
        return self._header.count.text()

    def add_header_widget(self, widget: QWidget) -> None:
        """Put a small control at the right end of the heading."""
        self._header.row.addWidget(widget)

    def set_least_height(self, pixels: int) -> None:
        """Set the height below which the open section cannot be made."""
        self._least_px = pixels
        self._apply_limits()

    def fit_to_content(self) -> None:
        """Give the section the height of its content at all times; the column shares out the rest."""
        self._fitted = True
        self._apply_limits()

    @property
    def fitted(self) -> bool:
        """Whether the height follows the content."""
        return self._fitted

    def fitted_height(self) -> int:
        """Return the height that shows all of the content, heading included."""
        if self.folded:
            return HEADER_PX
        width = max(self.width(), 1)
        inner = self.body_layout.heightForWidth(width) if self.body_layout.hasHeightForWidth() else -1
        return HEADER_PX + (inner if inner >= 0 else self.body_layout.sizeHint().height())

    def event(self, event: QEvent | None) -> bool:
        """Follow content that grows or shrinks."""
        handled = bool(super().event(event))
        if event is not None and self._fitted and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._apply_limits()
        return handled

    def _on_header_toggled(self, open_now: bool) -> None:
        self.body.setVisible(open_now)
        self._apply_limits()
        self.folded_changed.emit(not open_now)

    def _apply_limits(self) -> None:
        if self._fitted:
            height = self.fitted_height()
            if (self.minimumHeight(), self.maximumHeight()) != (height, height):
                self.setFixedHeight(height)
            return
        self.setMinimumHeight(HEADER_PX if self.folded else self._least_px)
        self.setMaximumHeight(HEADER_PX if self.folded else _QWIDGETSIZE_MAX)


def empty_note(text: str) -> QLabel:
    """Return the text that stands in the place of an empty list."""
    note = QLabel(text)
    note.setProperty("muted", True)
    note.setWordWrap(True)
    note.setAlignment(Qt.AlignmentFlag.AlignTop)
    note.setContentsMargins(12, 4, 12, 8)
    return note


def _scrolled(content: QWidget) -> QScrollArea:
    """Let the column scroll where the window is too low for all sections; they would lie on top of each other."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    content.setAutoFillBackground(False)
    viewport = area.viewport()
    if viewport is not None:
        viewport.setAutoFillBackground(False)
    return area


class SectionColumn(QWidget):
    """Sections one above the other; a folded one gives its height to the others and gets it back.

    Signals:
        shown_changed: Name of a section and whether it is shown.
        focus_lost: A section went away that had the keyboard; Qt would give it to the next heading.
    """

    shown_changed = Signal(str, bool)
    focus_lost = Signal()

    def __init__(self, sections: Mapping[str, FoldableSection], weights: Mapping[str, int]) -> None:
        super().__init__()
        self.setObjectName("sideColumn")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.sections = dict(sections)
        self._heights = {name: weights[name] for name in sections}
        self._first_heights = dict(self._heights)
        self._splitter = QSplitter(Qt.Orientation.Vertical, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        for name, section in self.sections.items():
            self._splitter.addWidget(section)
            self._splitter.setStretchFactor(self._splitter.count() - 1, weights[name])
            section.folded_changed.connect(lambda _folded: self._share())
        self._splitter.splitterMoved.connect(lambda *_: self._remember())
        content = QWidget(self)
        stacked = QVBoxLayout(content)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.setSpacing(0)
        stacked.addWidget(self._splitter, 1)
        # Takes what is left when every section is folded, since the splitter cannot grow then.
        stacked.addStretch(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(_scrolled(content))

    def is_shown(self, name: str) -> bool:
        """Return whether a section is in the column."""
        return not self.sections[name].isHidden()

    def set_shown(self, name: str, shown: bool) -> None:
        """Put a section into the column or take it out; the column is hidden when it is empty."""
        if shown == self.is_shown(name):
            return
        had_focus = self.sections[name].isAncestorOf(QApplication.focusWidget())
        self.sections[name].setVisible(shown)
        if had_focus:
            self.focus_lost.emit()
        self.setVisible(any(self.is_shown(other) for other in self.sections))
        self._share()
        self.shown_changed.emit(name, shown)

    def state(self) -> dict[str, dict[str, int | bool]]:
        """Return what is to be remembered: shown, folded and height of each section."""
        return {
            name: {"shown": self.is_shown(name), "folded": section.folded, "height": self._heights[name]}
            for name, section in self.sections.items()
        }

    def restore(self, state: Mapping[str, Mapping[str, object]]) -> None:
        """Bring back what was remembered; what is missing or makes no sense is left as it is."""
        for name, section in self.sections.items():
            kept = state.get(name)
            if not isinstance(kept, Mapping):
                continue
            height = kept.get("height")
            if isinstance(height, int) and 0 < height < _QWIDGETSIZE_MAX:
                self._heights[name] = height
            section.set_folded(kept.get("folded") is True)
            self.set_shown(name, kept.get("shown") is not False)
        self._share()

    def reset(self) -> None:
        """Open all sections at their first heights; what is shown stays so."""
        self._heights = dict(self._first_heights)
        for section in self.sections.values():
            section.set_folded(False)
        self._share()

    def _open_names(self) -> list[str]:
        return [name for name, section in self.sections.items() if self.is_shown(name) and not section.folded]

    def _remember(self) -> None:
        sizes = dict(zip(self.sections, self._splitter.sizes(), strict=True))
        for name in self._open_names():
            self._heights[name] = max(sizes[name], 1)

    def _share(self) -> None:
        open_names = self._open_names()
        shown = [name for name in self.sections if self.is_shown(name)]
        fixed = {name: HEADER_PX for name in shown if name not in open_names}
        fixed |= {name: self.sections[name].fitted_height() for name in open_names if self.sections[name].fitted}
        growing = [name for name in open_names if name not in fixed]
        room = max(self.height() - sum(fixed.values()) - len(shown), 1)
        weight = sum(self._heights[name] for name in growing) or 1
        shares = {name: room * self._heights[name] // weight for name in growing}
        self._splitter.setSizes([fixed.get(name, shares.get(name, 0)) for name in self.sections])
