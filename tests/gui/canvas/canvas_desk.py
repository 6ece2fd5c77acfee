"""A canvas with a document behind it, and a hand that works it by mouse and keys."""

from __future__ import annotations

from collections.abc import Sequence

from mouse import move_mouse
from qtpy.QtCore import QPoint, QPointF, Qt
from qtpy.QtGui import QColor, QImage, QWheelEvent
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication

from anylabeling.document.annotation import Annotation
from anylabeling.document.document import Document, Edit
from anylabeling.document.edits import AddShapes
from anylabeling.document.shape import Shape
from anylabeling.views.canvas.canvas import Canvas

IMAGE_SIZE = (400, 300)
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


class Hand:
    """Works a canvas with real mouse and key events at image positions."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    def at(self, x: float, y: float) -> QPoint:
        """Return the widget position of an image position."""
        return self.canvas.to_widget(QPointF(x, y)).toPoint()

    def move(
        self, x: float, y: float, *, modifiers: Qt.KeyboardModifier = NONE, down: Qt.MouseButton | None = None
    ) -> None:
        """Move the mouse, with a button held down or not."""
        buttons = Qt.MouseButton.NoButton if down is None else down
        move_mouse(self.canvas, self.at(x, y), buttons=buttons, modifiers=modifiers)

    def press(self, x: float, y: float, modifiers: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT) -> None:
        """Move there and press a button."""
        self.move(x, y, modifiers=modifiers)
        QTest.mousePress(self.canvas, button, modifiers, self.at(x, y))

    def release(self, x: float, y: float, modifiers: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT) -> None:
        """Release a button."""
        QTest.mouseRelease(self.canvas, button, modifiers, self.at(x, y))
        QApplication.processEvents()

    def click(self, x: float, y: float, modifiers: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT) -> None:
        """Move there, press and release."""
        self.press(x, y, modifiers, button)
        self.release(x, y, modifiers, button)

    def double_click(self, x: float, y: float) -> None:
        """Move there and click twice: press, release, double click, release."""
        self.click(x, y)
        QTest.mouseDClick(self.canvas, LEFT, NONE, self.at(x, y))
        self.release(x, y)

    def drag(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        modifiers: Qt.KeyboardModifier = NONE,
        button: Qt.MouseButton = LEFT,
    ) -> None:
        """Press, move in five steps, release."""
        self.press(*start, modifiers, button)
        for step in range(1, 6):
            x, y = (a + (b - a) * step / 5 for a, b in zip(start, end, strict=True))
            self.move(x, y, modifiers=modifiers, down=button)
        self.release(*end, modifiers, button)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Type a key."""
        QTest.keyClick(self.canvas, key, modifiers)
        QApplication.processEvents()

    def wheel(self, x: float, y: float, notches: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Turn the wheel over a position."""
        at = self.at(x, y)
        QApplication.sendEvent(
            self.canvas,
            QWheelEvent(
                QPointF(at),
                QPointF(self.canvas.mapToGlobal(at)),
                QPoint(),
                QPoint(0, 120 * notches),
                Qt.MouseButton.NoButton,
                modifiers,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            ),
        )
        QApplication.processEvents()

    def pixel(self, x: float, y: float) -> tuple[int, int, int]:
        """Return the colour that is on the screen at an image position."""
        at = self.at(x, y)
        color = self.canvas.grab().toImage().pixelColor(at)
        return color.red(), color.green(), color.blue()


class Desk:
    """A canvas with a document that gets every edit, as a controller would give it.

    Attributes:
        canvas: The canvas.
        hand: Works it.
        edits: Every edit that the canvas asked for.
        drawn: Every shape that was drawn.
    """

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.hand = Hand(canvas)
        self.document = Document()
        self.edits: list[Edit] = []
        self.drawn: list[Shape] = []
        canvas.edit_requested.connect(self.on_canvas_edit_requested)
        canvas.shape_drawn.connect(self.drawn.append)

    def open(self, *shapes: Shape) -> tuple[int, ...]:
        """Show these shapes at 200 % on a grey picture and return their uids."""
        image = QImage(*IMAGE_SIZE, QImage.Format.Format_RGB32)
        image.fill(QColor(100, 100, 100))
        self.document = Document(Annotation(shapes=shapes))
        self.canvas.set_image(image, image_id=self.canvas.image_id() + 1)
        self.canvas.set_document(self.document)
        self.canvas.set_zoom(2.0)
        QApplication.processEvents()
        return tuple(shape.uid for shape in shapes)

    def on_canvas_edit_requested(self, edit: Edit) -> None:
        self.edits.append(edit)
        self.document.apply(edit)

    def add(self, shape: Shape) -> None:
        """Put a shape on top."""
        self.document.apply(AddShapes.on_top(self.document, [shape]))
        QApplication.processEvents()

    def points(self, uid: int) -> Sequence[Sequence[float]]:
        """Return a shape's points as lists."""
        return self.document.shape(uid).points.tolist()
