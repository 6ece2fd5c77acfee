"""What is known about the image as a whole: reviewed or not, its flags, and its tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from qtpy.QtCore import QStringListModel, Qt, Signal
from qtpy.QtGui import QResizeEvent
from qtpy.QtWidgets import (
    QCheckBox,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from anylabeling.translation import tr
from anylabeling.views.widgets.section import FoldableSection
from anylabeling.views.widgets.tag_editor import TagEditor
from anylabeling.views.widgets.text import tip_text

_ROW_PX = 24
_MOST_ROWS = 8
_INDICATOR_PX = 26


class _FlagBox(QCheckBox):
    """A check box that shortens its text to the room there is."""

    def __init__(self, flag: str) -> None:
        super().__init__(flag.replace("&", "&&"))
        self._flag = flag
        self.setToolTip(tip_text(flag))
        self.setAccessibleName(flag)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Show as much of the flag as there is room for."""
        super().resizeEvent(event)
        room = self.width() - _INDICATOR_PX
        self.setText(self.fontMetrics().elidedText(self._flag, Qt.TextElideMode.ElideRight, room).replace("&", "&&"))


class ImageDock(FoldableSection):
    """The review mark, the flags and the tags of the image on the screen.

    Signals:
        checked_requested: Whether the image is to count as reviewed.
        flag_requested: A flag and whether it is to be set.

    Attributes:
        tags: The tags of the image.
    """

    checked_requested = Signal(bool)
    flag_requested = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Image"), parent)
        self._offered: tuple[str, ...] = ()
        self._typed: tuple[str, ...] = ()
        self._root = ""
        self._flags: dict[str, bool] | None = None
        self.boxes: dict[str, QCheckBox] = {}
        self.checked_box = QCheckBox(tr("Checked"))
        self.checked_box.setToolTip(tr("A person has reviewed the labels of this image"))
        # clicked, not toggled: what the program shows is no wish of the person.
        self.checked_box.clicked.connect(self.checked_requested)
        self.new_flag = QLineEdit()
        self.new_flag.setPlaceholderText(tr("Another flag"))
        self.new_flag.setAccessibleName(tr("Another flag"))
        self.new_flag.setToolTip(tr("Type a flag and press Enter: this image gets it, though the settings have it not"))
        self._known = QStringListModel(self)
        completer = QCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.new_flag.setCompleter(completer)
        self.new_flag.returnPressed.connect(self._on_flag_typed)
        self._list = QWidget()
        self._list.setObjectName("page")
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(12, 0, 8, 0)
        self._column.setSpacing(4)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._list)
        self._area.hide()
        head = QHBoxLayout()
        head.setContentsMargins(12, 2, 8, 4)
        head.setSpacing(8)
        head.addWidget(self.checked_box)
        head.addWidget(self.new_flag, 1)
        self.body_layout.addLayout(head)
        self.body_layout.addWidget(self._area)
        self.tags = TagEditor()
        self.tags.layout().setContentsMargins(12, 0, 8, 6)  # type: ignore[union-attr]
        self.body_layout.addWidget(self.tags)
        self.fit_to_content()
        self.set_image(None, checked=False)

    def set_offered(self, flags: Sequence[str]) -> None:
        """Offer these flags on every image, besides those that an image has."""
        self._offered = tuple(flags)
        self._refresh()

    def set_known(self, flags: Iterable[str]) -> None:
        """Complete from these flags what is typed; the images of the folder have them."""
        self._known.setStringList(sorted({*flags, *self._typed}))

    def set_folder(self, root: str) -> None:
        """Offer what is typed on all images of this folder; another one has flags of its own."""
        if root != self._root:
            self._root, self._typed = root, ()
            self._refresh()

    def set_image(self, flags: Mapping[str, bool] | None, *, checked: bool) -> None:
        """Show the flags and the review mark of an image, or None for no image."""
        self._flags = dict(flags) if flags is not None else None
        self.checked_box.setEnabled(flags is not None)
        self.new_flag.setEnabled(flags is not None)
        self.checked_box.setChecked(checked)
        if flags is None:
            self.tags.set_tags(None)
        self._refresh()

    def _on_flag_typed(self) -> None:
        flag = self.new_flag.text().strip()
        self.new_flag.clear()
        if flag:
            self._typed = tuple(dict.fromkeys((*self._typed, flag)))
            self.set_known(self._known.stringList())
            self.flag_requested.emit(flag, True)

    def _refresh(self) -> None:
        names = tuple(dict.fromkeys((*self._offered, *self._typed, *(self._flags or {}))))
        if names != tuple(self.boxes):
            self._rebuild(names)
        flags = self._flags or {}
        for name, box in self.boxes.items():
            box.setEnabled(self._flags is not None)
            box.setChecked(bool(flags.get(name)))
        on = [name for name in names if flags.get(name)]
        self.set_count(f"{len(on)} / {len(names)}" if names else "")

    def _rebuild(self, names: Sequence[str]) -> None:
        for box in self.boxes.values():
            self._column.removeWidget(box)
            box.hide()  # it lives on for a moment, in the place of the new one
            box.deleteLater()
        self.boxes = {}
        for name in names:
            box = _FlagBox(name)
            box.clicked.connect(lambda on, flag=name: self.flag_requested.emit(flag, on))
            self._column.addWidget(box)
            self.boxes[name] = box
        self._area.setVisible(bool(names))
        self._area.setFixedHeight(_ROW_PX * min(len(names), _MOST_ROWS) + (8 if names else 0))
