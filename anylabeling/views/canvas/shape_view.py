"""A picture with the shapes of a document over it: what is drawn, hidden, selected."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from qtpy.QtCore import QEvent, QPointF, QRectF, QTimer, Signal
from qtpy.QtGui import QImage, QPainter, QPaintEvent, QRegion
from qtpy.QtWidgets import QWidget

from anylabeling.document.document import Change, Document
from anylabeling.document.shape import Shape
from anylabeling.views.canvas.layer import ShapesLayer
from anylabeling.views.canvas.navigation import NavigableView
from anylabeling.views.canvas.renderer import Renderer
from anylabeling.views.canvas.scene import Scene, ShapeItem
from anylabeling.views.canvas.shape_ties import ShapeTies
from anylabeling.views.canvas.style import Rgb

_PAINT_BUDGET_S = 0.006
_SLICE_BUDGET_S = 0.008
_MOST_REGIONS = 200
"""When more shapes than this change at once, everything is redrawn: a region of many parts costs more."""


class ShapeView(NavigableView):
    """Draws the shapes of a document and keeps the selection.

    Attributes:
        scene: The shapes, prepared for drawing and hit testing.
        renderer: Draws them.
        ties: Draws links and groups.

    Signals:
        selection_changed: The uids that are selected now, bottom first.
    """

    selection_changed = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene = Scene()
        self.renderer = Renderer(self.canvas_style)
        self._layer = ShapesLayer(self.scene, self.renderer)
        self._document: Document | None = None
        self._disconnect: Callable[[], None] | None = None
        self._selection: tuple[int, ...] = ()
        self._previews: dict[int, ShapeItem] = {}
        self.ties = ShapeTies()
        self._slices = QTimer(self)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self.on_slices_timeout)

    @property
    def document(self) -> Document | None:
        """The document whose shapes are shown."""
        return self._document

    def set_document(self, document: Document | None) -> None:
        """Show the shapes of another document, or none; the selection is dropped."""
        if self._disconnect is not None:
            self._disconnect()
            self._disconnect = None
        self._document = document
        self._previews = {}
        self._layer.lifted = frozenset()
        self._layer.clear()
        self.set_selection(())
        self.scene.load(document.shapes if document is not None else ())
        if document is not None:
            self._disconnect = document.changed.connect(self.on_document_changed)
        self.update()
        if self.ties.set_shapes(document.shapes if document is not None else ()):
            self.update()
        self.after_document_change()

    def set_image(self, image: QImage | None, *, image_id: int, full_size: tuple[int, int] | None = None) -> None:
        """Show another picture; see ImageView."""
        self._layer.clear()
        super().set_image(image, image_id=image_id, full_size=full_size)

    def on_document_changed(self, change: Change) -> None:
        """Repaint what an edit, an undo or a redo has changed."""
        assert self._document is not None
        self.drop_previews()
        touched = self.scene.update(self._document, change)
        if change.reordered:
            touched += [self.scene.items[row] for row in range(len(self.scene))]
        self._redraw(touched)
        if self.ties.set_shapes(self._document.shapes):
            self.update()
        if change.removed:
            self.set_selection(uid for uid in self._selection if uid in self.scene)
        self.after_document_change()

    def after_document_change(self) -> None:
        """Let a subclass follow the shapes; called when the scene is up to date."""

    def selection(self) -> tuple[int, ...]:
        """Return the uids of the selected shapes, bottom first."""
        return self._selection

    def set_selection(self, uids: Iterable[int]) -> None:
        """Select these shapes and no others; unknown and hidden ones are left out."""
        wanted = {uid for uid in uids if self.scene.is_shown(uid)}
        selection = tuple(item.uid for item in self.scene.items if item.uid in wanted) if wanted else ()
        if selection == self._selection:
            return
        before, self._selection = frozenset(self._selection), selection
        self._layer.selected = frozenset(selection)
        self._redraw(self.scene.present(before ^ self._layer.selected))
        self.after_selection_change()
        self.selection_changed.emit(selection)

    def is_selected(self, uid: int) -> bool:
        """Whether a shape is selected."""
        return uid in self._layer.selected

    def select_all(self) -> None:
        """Select every shape that is shown."""
        self.set_selection(item.uid for item in self.scene.items)

    def after_selection_change(self) -> None:
        """Let a subclass follow the selection; called before the signal."""

    def set_hidden(self, uids: frozenset[int]) -> None:
        """Hide shapes: they are neither drawn nor hit nor selected."""
        self.scene.set_hidden(uids)
        self.set_selection(self._selection)
        self._redraw_all()

    def set_show_labels(self, shown: bool) -> None:
        """Write the label on the plates, or not."""
        self.set_plates(labels=shown)

    def set_show_scores(self, shown: bool) -> None:
        """Write the score on the plates, or not."""
        self.set_plates(scores=shown)

    def set_show_groups(self, shown: bool) -> None:
        """Write the group number on the plates and draw frames around groups, or not."""
        self.ties.groups.shown = shown
        self.set_plates(groups=shown)

    def set_color_of(self, color_of: Callable[[str], Rgb] | None) -> None:
        """Take the colours of labels from a callable: label to red, green, blue 0-255. Call again when one changes."""
        self.canvas_style.set_color_of(color_of)
        self._redraw_all()

    def changeEvent(self, event: QEvent | None) -> None:
        """Write plates in the window's font when that changes."""
        is_made = hasattr(self, "_previews")  # Qt may tell of a font before
        if is_made and event is not None and event.type() == QEvent.Type.FontChange:
            self.canvas_style.set_font(self.font())
            self._redraw_all()
        super().changeEvent(event)

    def set_fill_opacity(self, plain: float, selected: float | None = None) -> None:
        """Set how much of the picture the fills hide, 0-1; a selected shape hides 0.14 more unless told otherwise."""
        self.canvas_style.set_fill_opacity(plain, min(1.0, plain + 0.14) if selected is None else selected)
        self._redraw_all()

    def item(self, uid: int) -> ShapeItem | None:
        """Return a shape as it is on the screen: its preview while it is dragged, else the document's version."""
        return self._previews.get(uid) or self.scene.item(uid)

    def show_previews(self, shapes: Iterable[Shape]) -> None:
        """Show other versions of shapes, which are not in the document, in their place."""
        items = {shape.uid: ShapeItem(shape) for shape in shapes}
        self.update(self._region(self._previews.values()) + self._region(items.values()))
        changed = frozenset(self._previews) ^ frozenset(items)
        self._previews = items
        if changed:
            self._layer.lifted = frozenset(items)
            self._redraw(self.scene.present(changed))

    def drop_previews(self) -> None:
        """Show the document's versions again."""
        if self._previews:
            self.show_previews(())

    def is_settled(self, *, roughly: bool = False) -> bool:
        """Whether everything is drawn, or can be seen at least; see ImageView."""
        drawn = not self.has_image or self._layer.shows(self.viewport, self.devicePixelRatioF(), roughly=roughly)
        return drawn and super().is_settled()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the picture, the shapes at rest, and what lies on top."""
        assert event is not None
        painter = QPainter(self)
        self.paint_background(painter)
        if self.has_image:
            done = self._layer.prepare(self.viewport, self.devicePixelRatioF(), _PAINT_BUDGET_S)
            self._layer.paint(painter, self.viewport)
            self.paint_overlay(painter, QRectF(event.rect()))
            if not done and not self._slices.isActive():
                self._slices.start()
        painter.end()

    def paint_overlay(self, painter: QPainter, dirty: QRectF) -> None:
        """Draw what changes with the mouse: here the previews."""
        self.renderer.draw_items(painter, list(self._previews.values()), self.viewport, self._previews)
        self.ties.paint(painter, self.scene, self.viewport, dirty)
        ratio = self.devicePixelRatioF()
        for item in self._previews.values():
            self.renderer.draw_plate(painter, item, self.viewport, ratio)

    def on_slices_timeout(self) -> None:
        """Go on drawing the shapes, and show them when all are there."""
        before = self._layer.version
        if self._layer.prepare(self.viewport, self.devicePixelRatioF(), _SLICE_BUDGET_S):
            self._slices.stop()
        if self._layer.version != before or not self._slices.isActive():
            self.update()

    def plate_at(self, position: QPointF) -> ShapeItem | None:
        """Return the shape whose label plate lies at a widget position."""
        reach = QRectF(position.x() - 300, position.y() - 24, 300, 48)
        area = QRectF(self.to_image(reach.topLeft()), self.to_image(reach.bottomRight()))
        for item in reversed(self.scene.touching(area)):
            text = self.renderer.plate_text(item)
            if text and self.renderer.plate_rect(item, self.viewport, text).contains(position):
                return item if self.renderer.plate_fits(item, self.zoom(), text) else None
        return None

    def set_plates(self, **changes: bool) -> None:
        """Say more or less on the plates; see PlateOptions."""
        self.renderer.plates = replace(self.renderer.plates, **changes)
        self._redraw_all()

    def _redraw(self, items: Iterable[ShapeItem]) -> None:
        changed = list(items)
        if len(changed) > _MOST_REGIONS:
            # In a turn of its own: what is there stays on the screen until all of it is drawn anew.
            self._layer.invalidate()
            self._slices.start()
            return
        region = self._region(changed)
        if not region.isEmpty():
            self._layer.invalidate_region(region)
            self.update(region)

    def _redraw_all(self) -> None:
        self._layer.invalidate()
        self.update()

    def _region(self, items: Iterable[ShapeItem]) -> QRegion:
        region = QRegion()
        for item in items:
            region += self.renderer.drawn_rect(item, self.viewport).toAlignedRect() & self.rect()
        return region
