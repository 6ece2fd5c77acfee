"""A picture with the shapes of a document over it: what is drawn, hidden, selected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from qtpy.QtCore import QEvent, QPointF, QRectF, QTimer, Signal
from qtpy.QtGui import QImage, QPainter, QPaintEvent
from qtpy.QtWidgets import QWidget

from anylabeling.document.document import Change, Document, Origin
from anylabeling.document.many import moved_all
from anylabeling.document.shape import Shape
from anylabeling.views.canvas.carried import CarriedShapes
from anylabeling.views.canvas.layer import ShapesLayer
from anylabeling.views.canvas.navigation import NavigableView
from anylabeling.views.canvas.renderer import Renderer
from anylabeling.views.canvas.scene import MANY, Scene, ShapeItem
from anylabeling.views.canvas.shape_ties import ShapeTies
from anylabeling.views.canvas.style import Rgb

_PAINT_BUDGET_S = 0.004
_SLICE_BUDGET_S = 0.008
_PREPARED_APART = 1000
"""So many shapes are not prepared in the turn that shows their picture."""


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
        self._carried = CarriedShapes(self.renderer)
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
        self._carried.clear()
        self._layer.lifted = frozenset()
        self._layer.clear()
        self.set_selection(())
        self.scene.load(document.shapes if document is not None else ())
        if len(self.scene) > _PREPARED_APART:
            self._slices.start()
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
        self.drop_previews(at_end=change.origin is Origin.EDIT)
        touched = self.scene.update(self._document, change)
        if touched is None:
            self._redraw_all(soon=True)
        else:
            self._redraw(touched)
        if self.ties.set_shapes(self._document.shapes):
            self.update()
        if change.removed:
            self.set_selection(self._selection)
        self.after_document_change()

    def after_document_change(self) -> None:
        """Let a subclass follow the shapes; called when the scene is up to date."""

    def selection(self) -> tuple[int, ...]:
        """Return the uids of the selected shapes, bottom first."""
        return self._selection

    def set_selection(self, uids: Iterable[int]) -> None:
        """Select these shapes and no others; unknown and hidden ones are left out."""
        selection = self.scene.shown(uids)
        if selection == self._selection:
            return
        before, self._selection = self._layer.selected, selection
        self._layer.selected = frozenset(selection)
        changed = before ^ self._layer.selected
        if len(changed) > MANY:
            self._redraw_all(soon=True)
        else:
            self._redraw(self.scene.present(changed))
        self.after_selection_change()
        self.selection_changed.emit(selection)

    def is_selected(self, uid: int) -> bool:
        """Whether a shape is selected."""
        return uid in self._layer.selected

    def select_all(self) -> None:
        """Select every shape that is shown."""
        self.set_selection([shape.uid for shape in self.scene.shapes])

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

    def show_previews(self, shapes: Sequence[Shape], step: tuple[float, float] = (0.0, 0.0)) -> None:
        """Show other versions of shapes, which are not in the document, in their place: moved by a step."""
        if len(shapes) > MANY:
            before = self._carried.uids
            self._carried.show(shapes, step)
            self.update()
            self._slices.start()
            if self._carried.uids != before:
                self._layer.lifted = self._carried.uids
                self._redraw_all(soon=True)
            return
        items = {shape.uid: ShapeItem(shape) for shape in (moved_all(shapes, *step) if any(step) else shapes)}
        self.update(
            self.renderer.drawn_region(self._previews.values(), self.viewport)
            + self.renderer.drawn_region(items.values(), self.viewport)
        )
        changed = frozenset(self._previews) ^ frozenset(items)
        self._previews = items
        if changed:
            self._layer.lifted = frozenset(items)
            self._redraw(self.scene.present(changed))

    def drop_previews(self, *, at_end: bool = False) -> None:
        """Show the document's versions again; ``at_end`` when those are about to become what is shown."""
        if self._previews:
            self.show_previews(())
        if self._carried.drop(at_end=at_end):
            self._layer.lifted = frozenset()
            self._redraw_all(soon=True)

    def is_settled(self, *, roughly: bool = False) -> bool:
        """Whether everything is drawn, or can be seen at least; see ImageView."""
        drawn = not self.has_image or self._layer.shows(self.viewport, self.devicePixelRatioF(), roughly=roughly)
        drawn = drawn and (roughly or not self._slices.isActive())
        return drawn and super().is_settled()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the picture, the shapes at rest, and what lies on top."""
        assert event is not None
        painter = QPainter(self)
        self.paint_background(painter)
        if self.has_image:
            # While slices are drawn, each has a turn of its own: both together would be too long for one.
            if not self._slices.isActive() and not self._prepare(_PAINT_BUDGET_S):
                self._slices.start()
            self._layer.paint(painter, self.viewport)
            self._carried.paint(painter, self.viewport)
            self.paint_overlay(painter, QRectF(event.rect()))
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
        before = self._layer.version, self._carried.version
        if self._prepare(_SLICE_BUDGET_S):
            self._slices.stop()
        if (self._layer.version, self._carried.version) != before or not self._slices.isActive():
            self.update()

    def _prepare(self, budget_s: float) -> bool:
        """Work for about ``budget_s`` seconds at what is to be seen; return whether it is done."""
        view, ratio = self.viewport, self.devicePixelRatioF()
        if not self._carried.prepare(view, ratio, budget_s):
            return False
        done = self._layer.prepare(view, ratio, budget_s)
        if self._layer.shows(view, ratio, roughly=True) and self._carried.arrived():
            self.update()
        return done

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
        if len(changed) > MANY:
            self._redraw_all(soon=True)
            return
        region = self.renderer.drawn_region(changed, self.viewport)
        if not region.isEmpty():
            self._layer.invalidate_region(region)
            self.update(region)

    def _redraw_all(self, *, soon: bool = False) -> None:
        """Draw everything anew, or ``soon``: in a turn of its own, while what is there stays on the screen."""
        self._layer.invalidate()
        if soon:
            self._slices.start()
        else:
            self.update()
