"""The canvas: shows one image with its shapes and lets a person draw and change them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from qtpy.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from qtpy.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QRegion,
)
from qtpy.QtWidgets import QWidget

from anylabeling.document.document import Document
from anylabeling.translation import tr
from anylabeling.views.canvas.editing_view import EditingView
from anylabeling.views.canvas.key_aim import KeyAim
from anylabeling.views.canvas.navigation import event_position, keys_of
from anylabeling.views.canvas.snapping import Snapper
from anylabeling.views.canvas.tools import TOOLS
from anylabeling.views.canvas.tools.ai import AiTool
from anylabeling.views.canvas.tools.base import Pointer, Tool
from anylabeling.views.canvas.tools.scissors import ScissorsTool
from anylabeling.views.canvas.tools.select import SelectTool
from anylabeling.views.canvas.tools.wand import WandTool

ToolT = TypeVar("ToolT", bound=Tool)


class Canvas(EditingView):
    """Shows and edits the shapes of a document over a picture, by tools. It never changes the document itself.

    Attributes:
        ai_tool: Outlines what a person marks.
        scissors_tool: Draws along edges.
        wand_tool: Selects by colour.
        snapper: Pulls the mouse to what is near.
        key_aim: Lets arrow keys and Enter stand for the mouse.
        back_keys: What takes the last point of a half drawn shape back, or gives a drag up.

    Signals:
        tool_changed: The name of the tool that is active now.
        label_edit_requested: The uid of a shape whose label a person wants to change.
    """

    tool_changed = Signal(str)
    label_edit_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tools: dict[str, Tool] = {name: tool(self) for name, tool in TOOLS.items()}
        self._select_tool = _tool_of(SelectTool, self._tools)
        self.ai_tool = _tool_of(AiTool, self._tools)
        self.scissors_tool = _tool_of(ScissorsTool, self._tools)
        self.wand_tool = _tool_of(WandTool, self._tools)
        self._tool: Tool = self._select_tool
        self.snapper = Snapper(self)
        self.key_aim = KeyAim(self)
        self.back_keys: tuple[QKeySequence, ...] = ()
        self.double_click_closes = True
        self._crosshair = False
        self._mouse: QPointF | None = None
        self._marked = QRegion()
        self.setAccessibleName(tr("Canvas"))
        self.setAccessibleDescription(
            tr(
                "The image with its shapes. Arrow keys move the selected shapes, Enter edits the label, Escape "
                "cancels. With a drawing tool, arrow keys aim and Enter sets a point, or begins and ends a drag; with "
                "the select tool they do so while Aim by Arrow Keys is on."
            )
        )

    # Tools

    def tool(self) -> str:
        """Return the name of the active tool."""
        return self._tool.id

    def set_tool(self, tool_id: str) -> None:
        """Switch to another tool; a half drawn shape is dropped, or waits where it has some points.

        Raises:
            KeyError: When there is no such tool.
        """
        tool = self._tools[tool_id]
        if tool is self._tool:
            return
        self._tool.deactivate()
        self._tool = tool
        tool.resume()
        if self._mouse is not None and self.has_image:  # it may rest where the tool is to be used
            none = Qt.MouseButton.NoButton
            keys = QGuiApplication.keyboardModifiers()
            tool.move(Pointer(self._mouse, self.to_image(self._mouse), none, Qt.MouseButtons(none), keys))
        self.refresh_cursor()
        self.refresh_marks()
        self.tool_changed.emit(tool_id)

    def set_crosshair(self, shown: bool) -> None:
        """Show lines through the mouse position while a drawing tool is active, or not."""
        self._crosshair = shown
        self.refresh_marks()

    @property
    def is_drawing(self) -> bool:
        """Whether a shape is half drawn or a drag is under way."""
        return self._tool.is_busy

    def cancel_drawing(self) -> bool:
        """Drop the half drawn shape or the drag; return whether there was one."""
        return self._acted(self._tool.cancel())

    def finish_drawing(self) -> bool:
        """Complete the half drawn shape; return whether there was one that is complete enough."""
        return self._acted(self._tool.finish())

    def undo_last_point(self) -> bool:
        """Take back the last point of the half drawn shape; return whether there was one."""
        return self._acted(self._tool.undo_point())

    def remove_selected_vertex(self) -> bool:
        """Remove the vertex under the mouse or the one last pressed; return whether that was possible."""
        return self._acted(self._select_tool.remove_vertex())

    def add_vertex_to_edge(self) -> bool:
        """Add a vertex to the edge under the mouse; return whether there is one."""
        return self._acted(self._select_tool.add_vertex())

    # Another picture

    def set_document(self, document: Document | None) -> None:
        """Show the shapes of another document, or none; the selection is dropped, and half drawn shapes wait."""
        self._tool.set_aside()
        self.discard_preview()
        super().set_document(document)
        self._tool.resume()
        self.refresh_marks()

    def after_document_change(self) -> None:
        """Let the tools follow: a drag ends when its shapes are others now."""
        for tool in self._tools.values():
            tool.document_changed()
        self._after_mouse()

    def set_image(self, image: QImage | None, *, image_id: int, full_size: tuple[int, int] | None = None) -> None:
        """Show another picture; see ImageView. A half drawn shape waits for its document."""
        self._tool.set_aside()
        super().set_image(image, image_id=image_id, full_size=full_size)

    def after_selection_change(self) -> None:
        """Show the handles of what is selected."""
        self.refresh_marks()

    # Painting on top

    def paint_overlay(self, painter: QPainter, dirty: QRectF) -> None:
        """Draw previews, the tool's marks and the crosshair on top."""
        super().paint_overlay(painter, dirty)
        self._tool.paint(painter)
        self.snapper.paint(painter)
        if self._shows_crosshair and self._mouse is not None:
            self.marks.crosshair(painter, self._mouse)

    def refresh_marks(self) -> None:
        """Repaint where the tool's marks and the crosshair were and where they are now."""
        region = QRegion(self._tool.marks_rect().toAlignedRect()) + self.snapper.region()
        if self._shows_crosshair and self._mouse is not None:
            x, y = int(self._mouse.x()), int(self._mouse.y())
            reach = self.marks.crosshair_reach_px
            region += QRect(x - reach, 0, 2 * reach + 1, self.height())
            region += QRect(0, y - reach, self.width(), 2 * reach + 1)
        self.update(region + self._marked)
        self._marked = region

    @property
    def _shows_crosshair(self) -> bool:
        if not self._tool.draws:  # nothing else shows where the keys aim
            return self.key_aim.is_on and self.has_image
        return self._crosshair and self.has_image and self.marks.has_crosshair(self._tool.id)

    def set_key_aim(self, on: bool) -> None:
        """Let arrow keys aim with the tool that selects, too, or move what is selected."""
        self.key_aim.is_on = on
        self.refresh_marks()

    # Events

    def idle_cursor(self) -> Qt.CursorShape:
        """Return the tool's mouse cursor."""
        return self._tool.mouse_cursor if self.has_image else Qt.CursorShape.ArrowCursor

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Pan, or let the tool begin."""
        assert event is not None
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self.begin_pan(event) or not self.has_image:
            return
        if event.button() == Qt.MouseButton.LeftButton:
            self._tool.press(self._pointer(event))
        elif event.button() == Qt.MouseButton.RightButton:
            self._tool.context_press(self._pointer(event))
        self._after_mouse()

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Pan, or let the tool follow."""
        assert event is not None
        self._mouse = event_position(event)
        self.announce_cursor(self._mouse)
        if self.continue_pan(event):
            return
        if self.has_image:
            if event.buttons() == Qt.MouseButton.NoButton and not self.key_aim.holds:
                self._tool.release_lost()  # a window that came up in the middle of a drag got it
            self._tool.move(self._pointer(event))
            self._after_mouse()

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """End panning, or let the tool end."""
        assert event is not None
        if self.is_panning:
            self.end_pan()
        elif self.has_image and event.button() == Qt.MouseButton.LeftButton:
            self._tool.release(self._pointer(event))
            self._after_mouse()
        elif self.has_image and event.button() == Qt.MouseButton.RightButton:
            used = self._tool.context_release(self._pointer(event))
            self._after_mouse()
            if not used and self._tool.has_menu and not self.is_drawing:
                self.menu_requested.emit(self.mapToGlobal(event.pos()))

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:
        """Show the menu for the menu key; that of the mouse waits for the release, since a drag may come first."""
        assert event is not None
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.has_image:
            self.menu_requested.emit(self.mapToGlobal(self.rect().center()))

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        """Let the tool take the second press of a double click."""
        assert event is not None
        if self.begin_pan(event) or not self.has_image or event.button() != Qt.MouseButton.LeftButton:
            return
        if self._tool.draws and not self.double_click_closes:
            self._tool.press(self._pointer(event))
        else:
            self._tool.double_click(self._pointer(event))
        self._after_mouse()

    def leaveEvent(self, event: QEvent | None) -> None:
        """Take the crosshair and the hover marks away."""
        assert event is not None
        self._mouse = None
        self._tool.leave()
        self.refresh_marks()
        super().leaveEvent(event)

    def event(self, event: QEvent | None) -> bool:
        """Claim keys that belong to a half drawn shape before the window's shortcuts get them."""
        assert event is not None
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
            if (plain and self._tool.wants_key(event.key())) or (self.is_drawing and keys_of(event) in self.back_keys):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Let the tool have the key first; where it draws, arrow keys aim."""
        assert event is not None
        if self.is_drawing and keys_of(event) in self.back_keys:  # there may be no step yet that could be undone
            self._acted(self._tool.undo_point() or self._tool.cancel())
            return
        aims = self.has_image and (self._tool.draws or self.key_aim.is_on)
        if aims and self.key_aim.key(event, self._mouse, drags=self._tool.drags or not self._tool.draws):
            return
        if self.has_image and self._tool.key(event.key(), event.modifiers()):
            self._after_mouse()
            return
        super().keyPressEvent(event)

    def _acted(self, done: bool) -> bool:
        self._after_mouse()
        return done

    def _after_mouse(self) -> None:
        self.refresh_cursor()
        self.refresh_marks()

    def _pointer(self, event: QMouseEvent) -> Pointer:
        position = event_position(event)
        return Pointer(position, self.to_image(position), event.button(), event.buttons(), event.modifiers())


def _tool_of(kind: type[ToolT], tools: Mapping[str, Tool]) -> ToolT:
    tool = tools[kind.id]
    assert isinstance(tool, kind)
    return tool
