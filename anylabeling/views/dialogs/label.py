"""Asks for the label of an object."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from qtpy.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from qtpy.QtGui import QCursor, QGuiApplication, QKeyEvent, QResizeEvent
from qtpy.QtWidgets import (
    QCheckBox,
    QCompleter,
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from anylabeling.config import Config
from anylabeling.document.attributes import AttributeSchema
from anylabeling.document.label_writer import HELPER_LABELS
from anylabeling.document.labels import is_allowed
from anylabeling.document.shape import Shape, ShapeKind, as_points
from anylabeling.translation import tr
from anylabeling.views.icons import icon
from anylabeling.views.theme import ROW_PX
from anylabeling.views.widgets.attribute_form import AttributeForm
from anylabeling.views.widgets.ok_cancel import ok_cancel
from anylabeling.views.widgets.row_delegate import KEY_ROLE, RowDelegate
from anylabeling.views.widgets.text import tip_text
from anylabeling.views.widgets.within_screen import room_on_screen

_NO_GROUP = -1
_NO_SCORE = -0.001
_SCORE_DECIMALS = 3
_ROWS, _LOW_ROWS, _LOW_PX = 7, 4, 420
_MORE_PX, _LEAST_MORE_PX = 300, 64
_QUESTION_PX = 184
"""What the line, a problem and the buttons take."""
_WIDEST_NAME_PX = 160


@dataclass(frozen=True, slots=True)
class LabelAnswer:
    """What the person said about an object.

    Attributes:
        label: The label; never empty.
        text: Text that the object shows.
        description: A remark.
        difficult: Marked as hard to recognise.
        group_id: Number of the group, or None.
        flags: Named yes/no marks.
        attributes: Values of the label's attributes.
        score: How sure the model was, 0-1, or None.
    """

    label: str
    text: str = ""
    description: str = ""
    difficult: bool = False
    group_id: int | None = None
    flags: Mapping[str, bool] = field(default_factory=dict)
    attributes: Mapping[str, Any] = field(default_factory=dict)
    score: float | None = None

    def fields(self) -> dict[str, object]:
        """Return the fields of Shape to set."""
        return {
            "label": self.label,
            "text": self.text,
            "description": self.description,
            "difficult": self.difficult,
            "group_id": self.group_id,
            "flags": dict(self.flags),
            "attributes": dict(self.attributes),
            "score": self.score,
        }


class _FittedArea(QScrollArea):
    """As high as its content, and scrolled beyond what a low screen has room for."""

    def __init__(self, content: QWidget, others_px: int) -> None:
        """Show some content; ``others_px`` is the height of a list in the same window."""
        super().__init__()
        self._others_px = others_px
        content.setObjectName("page")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setWidget(content)
        content.installEventFilter(self)

    def sizeHint(self) -> QSize:
        """Return the size of the content, up to a height."""
        content = self.widget()
        size = content.sizeHint() if content is not None else QSize()
        room = room_on_screen(self.window() or self).height() - _QUESTION_PX - self._others_px
        return QSize(size.width(), min(size.height(), _MORE_PX, max(room, _LEAST_MORE_PX)))

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Follow content that grows or shrinks."""
        if event is not None and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            window = self.window()
            if window is not None and window.isVisible():
                window.adjustSize()
        return super().eventFilter(watched, event)


class LabelDialog(QDialog):
    """A line to type in, the known labels below it, and the rest behind "More".

    Signals:
        accepted_with: The LabelAnswer. ``rejected`` is emitted when the question is dropped.
    """

    accepted_with = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        config: Config,
        *,
        attributes: AttributeSchema | None = None,
        keys: Mapping[str, str] | None = None,
    ) -> None:
        """Make the dialog.

        Args:
            parent: The window.
            config: The settings in force.
            attributes: The attributes of each label.
            keys: Digit keys by label; with Alt they choose a label and accept it.
        """
        super().__init__(parent)
        self._schema = attributes or AttributeSchema()
        self._keys = dict(keys or {})
        self._allowed = tuple(str(label) for label in config["labels"] or ())
        self._with_texts = bool(config["show_label_text_field"])
        self.setWindowTitle(tr("Label"))
        self.setMinimumWidth(400)
        self._contains = config["label_completion"] == "contains"
        self._exact = config["validate_label"] == "exact"
        self._label_flags: Mapping[str, Sequence[str]] = config["label_flags"] or {}
        self._flags: dict[str, bool] = {}
        self._asked = Shape(ShapeKind.POINT, as_points([[0.0, 0.0]]))
        self._labels: list[str] = []
        self._flag_boxes: dict[str, QCheckBox] = {}
        low = room_on_screen(self).height() < _LOW_PX
        self._list_px = ROW_PX * (_LOW_ROWS if low else _ROWS) + 4
        self._build_more()
        self._build_question()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        for widget in (self.line, self.list, self.problem):
            layout.addWidget(widget)
        layout.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._area)
        layout.addSpacing(8)
        layout.addWidget(ok_cancel(self))

    def _build_question(self) -> None:
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Label"))
        self.line.setAccessibleName(tr("Label"))
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._on_text_edited)
        self.line.textChanged.connect(lambda _text: self._show_fields_of_label())
        self.list = QListWidget()
        self.list.setProperty("framed", True)
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(tr("Known labels"))
        self.list.setFixedHeight(self._list_px)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(lambda item: self._take(item.text()))
        self.list.itemDoubleClicked.connect(lambda _item: self.accept())
        self.problem = QLabel("")
        self.problem.setProperty("kind", "error")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.more_button = QPushButton(tr("More"))
        self.more_button.setProperty("quiet", True)
        self.more_button.setCheckable(True)
        self.more_button.setAutoDefault(False)
        self.more_button.setIcon(icon("chevron_right"))
        self.more_button.toggled.connect(self._on_more_toggled)

    def open_for(self, shape: Shape, labels: Sequence[str], *, position: QPoint | None = None) -> None:
        """Ask without waiting; the answer comes by ``accepted_with`` or ``rejected``.

        Args:
            shape: What the question is about; its label and fields are proposed.
            labels: Known labels, the one used last first.
            position: Place on the screen beside which the dialog opens; the cursor when None.
        """
        self._fill(shape, labels)
        self.line.setFocus()
        self._move_beside(QCursor.pos() if position is None else position)
        self.open()

    def accept(self) -> None:
        """Check the label and send the answer."""
        label = self._typed_label()
        if self._exact and not is_allowed(label, self._allowed or self._labels, "exact"):
            matches = [name for name in self._matches(label) if name in (self._allowed or self._labels)]
            if len(matches) != 1 or not label:
                self._refuse(_refusal(label))
                if not matches:
                    self._show_matches("")  # those that can be chosen
                return
            label = matches[0]
        if not label:
            self._refuse(tr("Type a label, or choose one."))
            return
        if label in HELPER_LABELS:
            self._refuse(tr("Objects with this label are never saved. Choose another one."))
            return
        if problem := self.attributes.problem():
            self.more_button.setChecked(True)
            self.problem.setText(problem)
            self.problem.show()
            return
        answer = self._answer(label)
        super().accept()
        self.accepted_with.emit(answer)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Let the arrow keys of the line walk through the list, and one Enter accept."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                # The line would spend the first Enter on its inline completion.
                self.accept()
                return True
            if event.modifiers() == Qt.KeyboardModifier.AltModifier and self._choose_by_key(event.text()):
                return True
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self.list.count():
                row = self.list.currentRow()
                row = (0 if step > 0 else self.list.count() - 1) if row < 0 else row + step
                self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
                item = self.list.currentItem()
                if item is not None:
                    self._take(item.text())
                return True
        return super().eventFilter(watched, event)

    def _choose_by_key(self, key: str) -> bool:
        label = next((name for name, digit in self._keys.items() if digit == key), None)
        if label is None or not key:
            return False
        self._take(label)
        self.accept()
        return True

    def _fill(self, shape: Shape, labels: Sequence[str]) -> None:
        self._labels = [name for name in dict.fromkeys(labels) if not self._exact or self._may_have(name)]
        self._flags = dict(shape.flags)
        self._asked = shape
        self.line.setText(shape.label)
        self.line.selectAll()
        completer = None
        if not self._contains:
            completer = QCompleter(self._labels, self)
            completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.line.setCompleter(completer)
        self._show_matches("")
        rows = self.list.findItems(shape.label, Qt.MatchFlag.MatchExactly)
        if rows:
            self.list.setCurrentItem(rows[0])
        self._clear_problem()
        self.text_line.setText(shape.text)
        self.description_line.setText(shape.description)
        self.difficult_box.setChecked(shape.difficult)
        self.group_spin.setValue(_NO_GROUP if shape.group_id is None else _within(self.group_spin, shape.group_id))
        self.score_spin.setValue(_NO_SCORE if shape.score is None else shape.score)
        self.attributes.set_values(shape.attributes)
        self._show_fields_of_label()
        told = (shape.text, shape.description, shape.difficult, shape.group_id is not None, any(self._flags.values()))
        self.more_button.setChecked(any(told) or bool(self.attributes.fields))

    def _answer(self, label: str) -> LabelAnswer:
        asked = self._asked
        return LabelAnswer(
            label=label,
            text=_present_text(self.text_line, asked.text),
            description=_present_text(self.description_line, asked.description),
            difficult=self.difficult_box.isChecked(),
            group_id=self._present_group(),
            flags={name: box.isChecked() for name, box in self._flag_boxes.items()},
            attributes=self.attributes.values(),
            score=self._present_score(),
        )

    def _typed_label(self) -> str:
        """Return the label; one of another program that nobody has touched keeps the spaces around it."""
        typed = self.line.text()
        return self._asked.label if typed.strip() and typed == self._asked.label else typed.strip()

    def _present_group(self) -> int | None:
        value, before = self.group_spin.value(), self._asked.group_id
        if before is not None and value == _within(self.group_spin, before):
            return before  # the field has no room for all numbers of other programs
        return None if value == _NO_GROUP else value

    def _present_score(self) -> float | None:
        value, before = self.score_spin.value(), self._asked.score
        if before is not None and abs(value - _within(self.score_spin, before)) < 10**-_SCORE_DECIMALS:
            return before  # the field shows fewer digits than a model gives, and no number beyond 1
        return None if value < 0 else value

    def _may_have(self, label: str) -> bool:
        return not self._allowed or label in self._allowed

    def _matches(self, typed: str) -> list[str]:
        wanted = typed.casefold()
        if self._contains:
            return [name for name in self._labels if wanted in name.casefold()]
        return [name for name in self._labels if name.casefold().startswith(wanted)]

    def _show_matches(self, typed: str) -> None:
        self.list.clear()
        for name in self._matches(typed):
            item = QListWidgetItem(name)
            item.setToolTip(tip_text(name))
            item.setData(KEY_ROLE, self._keys.get(name))
            self.list.addItem(item)
        self.list.setVisible(bool(self._labels))

    def _on_text_edited(self, typed: str) -> None:
        self._clear_problem()
        self._show_matches(typed.strip())

    def _take(self, label: str) -> None:
        self.line.setText(label)
        self.line.selectAll()
        self._clear_problem()

    def _refuse(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()
        self._mark_line(True)
        self.line.setFocus()

    def _clear_problem(self) -> None:
        self.problem.hide()
        self._mark_line(False)

    def _mark_line(self, invalid: bool) -> None:
        if bool(self.line.property("invalid")) != invalid:
            self.line.setProperty("invalid", invalid)
            style = self.line.style()
            if style is not None:
                style.polish(self.line)

    def _on_more_toggled(self, open_now: bool) -> None:
        self.more_button.setIcon(icon("chevron_down" if open_now else "chevron_right"))
        self._area.setVisible(open_now)
        self.adjustSize()

    def _build_more(self) -> None:
        self.more = QWidget()
        self._form = QFormLayout(self.more)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setSpacing(8)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.text_line = QLineEdit()
        self.description_line = QLineEdit()
        self.group_spin = QSpinBox()
        self.group_spin.setRange(_NO_GROUP, 1_000_000)
        self.group_spin.setSpecialValueText(tr("none"))
        self.difficult_box = QCheckBox(tr("Difficult to recognise"))
        self.score_spin = QDoubleSpinBox()
        self.score_spin.setRange(_NO_SCORE, 1.0)
        self.score_spin.setDecimals(_SCORE_DECIMALS)
        self.score_spin.setSingleStep(0.05)
        self.score_spin.setSpecialValueText(tr("none"))
        self.attributes = AttributeForm()
        self._form.addRow(self.attributes)
        texts = ((tr("Text"), self.text_line), (tr("Description"), self.description_line)) if self._with_texts else ()
        for name, widget in (*texts, (tr("Group"), self.group_spin), (tr("Score"), self.score_spin)):
            widget.setAccessibleName(name)
            self._form.addRow(name, widget)
        self._form.addRow("", self.difficult_box)
        self._area = _FittedArea(self.more, self._list_px)
        self._area.hide()

    def _show_fields_of_label(self) -> None:
        """Offer the attributes of the label, the flags that the object has, and those that its label may have."""
        specs = self._schema.for_label(self.line.text().strip())
        self.attributes.set_specs(specs)
        self._align_names()
        if specs and self.line.hasFocus():
            self.more_button.setChecked(True)
        self._show_flags()

    def _align_names(self) -> None:
        """Let the fields of both forms begin at one line."""
        own = [self._form.labelForField(field) for field in (self.text_line, self.description_line, self.group_spin)]
        names = [*(name for name in own if name is not None), *self.attributes.names()]
        widest = max((name.sizeHint().width() for name in names), default=0)
        for name in names:
            name.setMinimumWidth(min(widest, _WIDEST_NAME_PX))

    def _show_flags(self) -> None:
        label = self.line.text().strip()
        offered = [name for pattern, names in self._label_flags.items() if _matches(pattern, label) for name in names]
        names = list(dict.fromkeys((*self._flags, *offered)))
        if names == list(self._flag_boxes):
            return
        kept = {name: box.isChecked() for name, box in self._flag_boxes.items()}
        for box in self._flag_boxes.values():
            self._form.removeRow(box)
        self._flag_boxes = {}
        for name in names:
            box = QCheckBox(name.replace("&", "&&"))
            box.setChecked(kept.get(name, bool(self._flags.get(name))))
            self._form.addRow("", box)
            self._flag_boxes[name] = box

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Stay on the screen: more fields may come while it is open."""
        super().resizeEvent(event)
        screen = self.screen()
        if event is None or screen is None or not self.isVisible():
            return
        room, corner = screen.availableGeometry(), self.pos()
        x = max(min(corner.x(), room.right() - event.size().width() - 8), room.left())
        y = max(min(corner.y(), room.bottom() - event.size().height() - 8), room.top())
        if (x, y) != (corner.x(), corner.y()):
            self.move(x, y)

    def _move_beside(self, position: QPoint) -> None:
        screen = QGuiApplication.screenAt(position) or QGuiApplication.primaryScreen()
        if screen is None:
            return
        room = screen.availableGeometry()
        size = self.sizeHint().expandedTo(self.minimumSize())
        x = min(position.x() + 16, room.right() - size.width() - 8)
        y = min(position.y() - 16, room.bottom() - size.height() - 40)
        self.move(max(x, room.left()), max(y, room.top()))


def _within(field: QSpinBox | QDoubleSpinBox, value: float) -> Any:
    """Return a value as a field can show it; Qt takes no whole number of more than 32 bits."""
    return min(max(value, field.minimum()), field.maximum())


def _present_text(field: QLineEdit, before: str) -> str:
    """Return the text of a field, which holds no more than so many characters."""
    return before if field.text() == before[: field.maxLength()] else field.text()


def _refusal(label: str) -> str:
    if not label:
        return tr("Choose one of the labels in the list.")
    return tr("“{label}” is not in the list of labels. Choose one of those.", label=_cut(label))


def _cut(label: str) -> str:
    return label if len(label) <= 40 else label[:39] + "…"


def _matches(pattern: str, label: str) -> bool:
    try:
        return re.match(pattern, label) is not None
    except re.error:
        return False
