"""Small parts that several panels of the image filter are made of."""

from __future__ import annotations

from collections.abc import Mapping

from qtpy.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QWidget,
)

from anylabeling.translation import tr

LABEL_PX = 88
GAP_PX = 8
QWIDGETSIZE_MAX = (1 << 24) - 1


def row_label(text: str, buddy: QWidget | None = None, width_px: int = LABEL_PX) -> QLabel:
    """Return the text before a control; with a buddy its mnemonic goes there."""
    label = QLabel(text)
    if width_px:
        label.setFixedWidth(width_px)
    if buddy is not None:
        label.setBuddy(buddy)
    return label


def choice_box(texts: Mapping[str, str], name: str) -> QComboBox:
    """Return a combo box whose data are the keys and whose texts are the values of a mapping."""
    box = QComboBox()
    box.setAccessibleName(name)
    for value, text in texts.items():
        box.addItem(text, value)
    return box


def choose(box: QComboBox, value: object) -> None:
    """Select the entry with some data; an unknown one selects the first."""
    box.setCurrentIndex(max(box.findData(value), 0))


def limit_spin(name: str) -> QSpinBox:
    """Return a field for a number of pixels in which 0 stands for no limit."""
    spin = QSpinBox()
    spin.setRange(0, 100_000)
    spin.setSingleStep(10)
    spin.setGroupSeparatorShown(True)
    spin.setSpecialValueText(tr("any"))
    spin.setKeyboardTracking(False)
    spin.setAccessibleName(name)
    spin.setFixedWidth(80)
    return spin


def tight_row(*parts: QWidget | int) -> QHBoxLayout:
    """Return a row of widgets; a number is a stretch."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GAP_PX)
    for part in parts:
        if isinstance(part, QWidget):
            row.addWidget(part)
        else:
            row.addStretch(part)
    return row


def side_by_side(*rows: QHBoxLayout) -> QBoxLayout:
    """Return rows beside each other; ``stack`` puts them one below the other where a window is narrow."""
    beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    beside.setContentsMargins(0, 0, 0, 0)
    for row in rows:
        beside.addLayout(row)
    stack(beside, narrow=False)
    return beside


def stack(rows: QBoxLayout, narrow: bool) -> None:
    """Put rows one below the other, or beside each other again."""
    rows.setSpacing(GAP_PX if narrow else 2 * GAP_PX)
    rows.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)


def group(owner: QWidget, *buttons: QAbstractButton) -> QButtonGroup:
    """Return buttons of which one is chosen."""
    made = QButtonGroup(owner)
    for button in buttons:
        made.addButton(button)
    return made


def rule() -> QFrame:
    """Return a thin line across."""
    line = QFrame()
    line.setObjectName("line")
    return line
