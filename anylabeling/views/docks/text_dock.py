"""Texts: of the selected object, and of the image as a whole. Enter goes on to the next object."""

from __future__ import annotations

from qtpy.QtCore import QEvent, QObject, Qt, QTimer, Signal
from qtpy.QtGui import QKeyEvent
from qtpy.QtWidgets import QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from anylabeling.document.annotation import Annotation
from anylabeling.document.shape import Shape
from anylabeling.translation import tr
from anylabeling.views.widgets.elided_label import ElidedLabel
from anylabeling.views.widgets.section import FoldableSection

_PAUSE_MS = 500
_LIMIT_MS = 400
"""What is typed is handed over so soon, also to somebody who types on: a kill must not cost more than a second."""
_IMAGE_TEXT_PX = 58
_HINT = tr("Enter: next object")


class TextDock(FoldableSection):
    """Fields for text and description of the selected object and of the image.

    What is typed is handed over from time to time, and at once when a field is left.

    Signals:
        shape_text_edited: Uid of an object, "text" or "description", the new text, and a name that is the same for all
            that is typed without a pause.
        image_text_edited: "text" or "description", the new text, and such a name.
        step_requested: 1 to select the next object, -1 the one before.
    """

    shape_text_edited = Signal(int, str, str, str)
    image_text_edited = Signal(str, str, str)
    step_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Text"), parent)
        self._shape: Shape | None = None
        self._annotation: Annotation | None = None
        self._pending: dict[QLineEdit | QPlainTextEdit, tuple[int | None, str]] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.setInterval(_LIMIT_MS)
        self._limit.timeout.connect(self._hand_over)
        self._typed = 0
        self._later: list[tuple[int | None, str, str, str]] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._hand_over)
        self.heading = ElidedLabel("")
        self.heading.setProperty("muted", True)
        self.text_line = self._line(tr("Text of the object"), "text", tr("Text that the object shows"))
        self.description_line = self._line(tr("Description of the object"), "description", tr("A remark"))
        self.image_text = QPlainTextEdit()
        self.image_text.setAccessibleName(tr("Text of the image"))
        self.image_text.setPlaceholderText(tr("Text of the whole image"))
        self.image_text.setFixedHeight(_IMAGE_TEXT_PX)
        self.image_text.setTabChangesFocus(True)
        self.image_text.installEventFilter(self)
        self.image_text.textChanged.connect(self._on_image_text_changed)
        self.image_description = self._line(tr("Description of the image"), "description", tr("A remark"), image=True)
        form = QFormLayout()
        form.setContentsMargins(12, 2, 8, 8)
        form.setSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        form.addRow(self.heading)
        form.addRow(tr("Text"), self.text_line)
        form.addRow(tr("Remark"), self.description_line)
        form.addRow(tr("Image"), self.image_text)
        form.addRow(tr("Remark"), self.image_description)
        self.body_layout.addLayout(form)
        self.fit_to_content()
        self.set_image(None)
        self.set_shape(None, 0, 0)

    def set_image(self, annotation: Annotation | None) -> None:
        """Show the texts of an image, or None for no image."""
        self._annotation = annotation
        text, description = (annotation.text, annotation.description) if annotation is not None else ("", "")
        if self.image_text not in self._pending and self.image_text.toPlainText() != text:
            self.image_text.blockSignals(True)
            self.image_text.setPlainText(text)
            self.image_text.blockSignals(False)
        if self.image_description not in self._pending and self.image_description.text() != description:
            self.image_description.setText(description)
        for field in (self.image_text, self.image_description):
            field.setEnabled(annotation is not None)

    def set_shape(self, shape: Shape | None, place: int, total: int) -> None:
        """Show the texts of the selected object.

        Args:
            shape: The object, or None when none or several are selected.
            place: Its number among the objects, from 1.
            total: How many objects there are.
        """
        if shape is None or self._shape is None or shape.uid != self._shape.uid:
            self._put_off()
        self._shape = shape
        if shape is None:
            self.heading.setText(tr("Select one object to give it a text.") if total else tr("No objects."))
        else:
            self.heading.setText(
                tr(
                    "{label} · {place:,} of {total:,} · {hint}",
                    label=shape.label or tr("(no label)"),
                    place=place,
                    total=total,
                    hint=_HINT,
                )
            )
        for line, field in ((self.text_line, "text"), (self.description_line, "description")):
            line.setEnabled(shape is not None)
            text = str(getattr(shape, field)) if shape is not None else ""
            if line not in self._pending and line.text() != text:
                line.setText(text)

    def focus_text(self) -> None:
        """Put the cursor into the field of the object's text, or of the image's when no object is selected."""
        self.set_folded(False)
        line = self.text_line if self.text_line.isEnabled() else self.image_text
        line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if line is self.text_line:
            self.text_line.selectAll()

    def flush(self) -> None:
        """Hand over what was typed and not handed over yet; what is typed next is another step."""
        self._pause.stop()
        self._hand_over()
        self._typed += 1

    def _put_off(self) -> None:
        """Hand over what was typed at the end of this turn of the event loop; what is typed next is another step.

        Another object may be shown because undo is just changing the document, which takes no new step then.
        """
        self._later += self._taken()
        self._pause.stop()
        self._typed += 1
        if self._later:
            self._soon.start()

    def _hand_over(self) -> None:
        self._soon.stop()
        ready, self._later = [*self._later, *self._taken()], []
        for uid, name, text, series in ready:
            if uid is None:
                self.image_text_edited.emit(name, text, series)
            else:
                self.shape_text_edited.emit(uid, name, text, series)

    def _taken(self) -> list[tuple[int | None, str, str, str]]:
        """Return what was typed and not handed over: the object or None for the image, the field, text and series."""
        self._limit.stop()
        pending, self._pending = self._pending, {}
        series = f"typed {self._typed}"
        return [
            (uid, name, field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text(), series)
            for field, (uid, name) in pending.items()
        ]

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Enter in a field of the object goes to the next; a shortcut and leaving a field hand over what was typed."""
        if event is None:
            return False
        if event.type() == QEvent.Type.FocusOut:
            self._put_off()
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.type() == QEvent.Type.ShortcutOverride and control:
            self.flush()
        lines = (self.text_line, self.description_line)
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() == QEvent.Type.KeyPress and is_enter and watched in lines:
            self.flush()
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.step_requested.emit(-1 if back else 1)
            if isinstance(watched, QLineEdit):
                watched.selectAll()
            return True
        return super().eventFilter(watched, event)

    def _on_image_text_changed(self) -> None:
        self._note(self.image_text, None, "text")

    def _note(self, field: QLineEdit | QPlainTextEdit, uid: int | None, name: str) -> None:
        self._pending[field] = (uid, name)
        self._pause.start()
        if not self._limit.isActive():
            self._limit.start()

    def _line(self, accessible: str, name: str, placeholder: str, *, image: bool = False) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(accessible)
        line.setPlaceholderText(placeholder)
        line.installEventFilter(self)

        def edited() -> None:
            if image:
                self._note(line, None, name)
            elif self._shape is not None:
                self._note(line, self._shape.uid, name)

        line.textEdited.connect(lambda _text: edited())
        return line
