"""What ties shapes together, drawn over them: links and groups."""

from __future__ import annotations

from collections.abc import Sequence

from qtpy.QtCore import QRectF
from qtpy.QtGui import QPainter

from anylabeling.document.shape import Shape
from anylabeling.views.canvas.group_frames import GroupFrames
from anylabeling.views.canvas.link_arrows import LinkArrows
from anylabeling.views.canvas.scene import Scene
from anylabeling.views.canvas.viewport import Viewport


class ShapeTies:
    """Links and groups of the shapes of a document.

    Attributes:
        links: Arrows from key to value.
        groups: Frames around groups.
    """

    def __init__(self) -> None:
        self.links = LinkArrows()
        self.groups = GroupFrames()

    def set_shapes(self, shapes: Sequence[Shape]) -> bool:
        """Look at the shapes; return whether all has to be drawn anew, since ties reach across the picture."""
        links, groups = self.links.set_shapes(shapes), self.groups.set_shapes(shapes)
        return links or groups

    def paint(self, painter: QPainter, scene: Scene, view: Viewport, dirty: QRectF) -> None:
        """Draw them; the painter works in widget pixels."""
        self.groups.paint(painter, scene, view, dirty)
        self.links.paint(painter, scene, view, dirty)
