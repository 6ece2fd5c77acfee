"""One file per canvas mode, and the table of them."""

from __future__ import annotations

from anylabeling.views.canvas.tools.ai import AiTool
from anylabeling.views.canvas.tools.base import Tool
from anylabeling.views.canvas.tools.brush import BrushTool, EraserTool
from anylabeling.views.canvas.tools.circle import CircleTool
from anylabeling.views.canvas.tools.cuboid import CuboidTool
from anylabeling.views.canvas.tools.ellipse import EllipseTool
from anylabeling.views.canvas.tools.freehand import FreehandTool
from anylabeling.views.canvas.tools.hole import HoleTool
from anylabeling.views.canvas.tools.line import LineTool
from anylabeling.views.canvas.tools.linestrip import LinestripTool
from anylabeling.views.canvas.tools.point import PointTool
from anylabeling.views.canvas.tools.points import PointsTool
from anylabeling.views.canvas.tools.polygon import PolygonTool
from anylabeling.views.canvas.tools.quadrilateral import QuadrilateralTool
from anylabeling.views.canvas.tools.rectangle import RectangleTool
from anylabeling.views.canvas.tools.rotated_rectangle import RotatedRectangleTool
from anylabeling.views.canvas.tools.scissors import ScissorsTool
from anylabeling.views.canvas.tools.select import SelectTool
from anylabeling.views.canvas.tools.split import SplitTool
from anylabeling.views.canvas.tools.wand import WandTool

TOOLS: dict[str, type[Tool]] = {
    tool.id: tool
    for tool in (
        SelectTool,
        RectangleTool,
        RotatedRectangleTool,
        PolygonTool,
        QuadrilateralTool,
        CuboidTool,
        FreehandTool,
        HoleTool,
        SplitTool,
        BrushTool,
        EraserTool,
        CircleTool,
        EllipseTool,
        LineTool,
        LinestripTool,
        PointTool,
        PointsTool,
        AiTool,
        ScissorsTool,
        WandTool,
    )
}
"""Every mode by its name; a new tool is one file and one row here."""
