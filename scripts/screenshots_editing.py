"""The pictures of the drawing and editing tools in docs/screenshots/editing, each in the middle of its work.

``make_screenshots.py`` plays these scenes with the others; ``python scripts/screenshots_editing.py`` plays them alone.
"""

from __future__ import annotations

import math
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
IMAGES = PROJECT / "anylabeling" / "resources" / "samples" / "images"
PICTURE = "01-street-morning.jpg"
SIZE = (1000, 600)

Position = tuple[float, float]


class Stage:
    """The running program with a hand for its canvas. Positions are pixels of the picture, which is 1280 x 960."""

    def __init__(self, app: Any, program: Any, target: Path) -> None:
        self.app = app
        self.program = program
        self.canvas = program.window.canvas
        self._target = target
        self._buttons: Any = None

    def clear(self, *shapes: Any, zoom: tuple[float, float, float, float]) -> tuple[int, ...]:
        """Show these shapes and nothing else, and a part of the picture: left, top, width, height."""
        from qtpy.QtCore import QRectF

        self.canvas.set_tool("select")
        self.canvas.snapper.enabled = False
        self.canvas.set_selection(())
        entry = self.program.documents.current
        self.program.documents.delete([shape.uid for shape in entry.document.shapes])
        self.program.documents.add(shapes, "Add")
        self.canvas.set_selection(())
        self.canvas.zoom_to_rect(QRectF(*zoom))
        self.rest(0.1)
        return tuple(shape.uid for shape in shapes)

    def event(self, kind: str, at: Position, *, right: bool = False, keys: Any = None) -> None:
        """Send a mouse event: "press", "move" or "release"."""
        from qtpy.QtCore import QEvent, QPointF, Qt
        from qtpy.QtGui import QMouseEvent

        button = Qt.MouseButton.RightButton if right else Qt.MouseButton.LeftButton
        none = Qt.MouseButton.NoButton
        kinds = {
            "press": QEvent.Type.MouseButtonPress,
            "move": QEvent.Type.MouseMove,
            "release": QEvent.Type.MouseButtonRelease,
        }
        held = {"press": button, "release": none}.get(kind, self._buttons or none)
        self._buttons = held
        modifiers = Qt.KeyboardModifier.NoModifier if keys is None else keys
        place = self.canvas.to_widget(QPointF(*at))
        cause = none if kind == "move" else button
        screen = QPointF(self.canvas.mapToGlobal(place.toPoint()))
        self.app.sendEvent(self.canvas, QMouseEvent(kinds[kind], place, screen, cause, held, modifiers))

    def click(self, *places: Position) -> None:
        """Click at places."""
        for at in places:
            self.event("move", at)
            self.event("press", at)
            self.event("release", at)

    def hold(self, places: Iterable[Position], *, right: bool = False, keys: Any = None) -> None:
        """Press at the first place and go to the others, without a release."""
        start, *others = places
        self.event("move", start)
        self.event("press", start, right=right, keys=keys)
        for at in others:
            self.event("move", at, keys=keys)

    def rest(self, seconds: float) -> None:
        """Let everything be drawn."""
        end = time.monotonic() + seconds
        while time.monotonic() < end or not self.canvas.is_settled():
            self.app.processEvents()
            time.sleep(0.005)

    def save(self, name: str, shown: Any = None, *, width: int = 480) -> None:
        """Save what the canvas shows, or a pixmap, in few colours and as small as it can be understood."""
        from qtpy.QtCore import Qt
        from qtpy.QtGui import QImage

        self.rest(0.2)
        image = (shown or self.canvas.grab()).toImage()
        image = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        path = self._target / f"{name}.png"
        image.convertToFormat(QImage.Format.Format_Indexed8).save(str(path))
        print(f"{path} {path.stat().st_size / 1000:.0f} kB")


def shoot(app: Any, program: Any, target: Path) -> None:
    """Play all scenes in a program that shows the street."""
    target.mkdir(parents=True, exist_ok=True)
    stage = Stage(app, program, target)
    program.labels.set_use_last(True)
    program.labels.prefer("object")
    shapes = (_kinds, _rotate, _corners, _freehand, _cuboid, _wand, _hole, _mask)
    for scene in (*shapes, _split, _combine, _vertices, _snap, _copy):
        scene(stage)
        stage.canvas.cancel_drawing()
        if (menu := app.activePopupWidget()) is not None:
            menu.close()


def _shape(kind: str, points: Any, label: str, **fields: Any) -> Any:
    from anylabeling.document.shape import Shape, ShapeKind, as_points

    return Shape(ShapeKind(kind), as_points(points), label=label, **fields)


BUS = (460.0, 240.0, 810.0, 400.0)
BUS_OUTLINE = [(520, 318), (1275, 298), (1275, 560), (740, 590), (520, 590), (503, 520)]
HOUSE = (120.0, 60.0, 520.0, 330.0)
BALL = (658.0, 867.0)
AT_BALL = (540.0, 780.0, 236.0, 170.0)


def _around(cx: float, cy: float, rx: float, ry: float, count: int, *, part: float = 1.0) -> list[Position]:
    angles = [2 * math.pi * part * number / count for number in range(count + 1)]
    return [(cx + rx * math.cos(angle), cy + ry * math.sin(angle)) for angle in angles]


def _kinds(stage: Stage) -> None:
    uids = stage.clear(
        _shape("rectangle", [[500, 292], [1279, 605]], "bus"),
        _shape("circle", [BALL, [703, 867]], "ball"),
        _shape("line", [[512, 498], [1190, 468]], "trim"),
        _shape("linestrip", [[590, 722], [640, 640], [690, 628], [800, 632], [860, 720]], "roof"),
        _shape("point", [[690, 575]], "hub"),
        _shape("polygon", [[905, 648], [960, 612], [1000, 640], [990, 780], [905, 790]], "shirt"),
        zoom=(440, 260, 840, 660),
    )
    stage.canvas.set_selection(uids[1:2])
    stage.event("move", (400, 940))
    stage.save("kinds")


def _rotate(stage: Stage) -> None:
    from anylabeling.document.geometry import rotated_rectangle_corners

    corners = rotated_rectangle_corners(900, 450, 800, 262, math.radians(-2))
    (uid,) = stage.clear(_shape("rotated_rectangle", corners, "bus"), zoom=(440, 220, 840, 460))
    stage.canvas.set_selection([uid])
    stage.event("move", (893, 300))
    stage.save("rotated-rectangle")


def _corners(stage: Stage) -> None:
    stage.clear(_shape("polygon", _around(516, 72, 21, 21, 24)[:-1], "window"), zoom=HOUSE)
    stage.canvas.set_tool("quadrilateral")
    stage.click((24, 25), (412, 15), (466, 132))
    stage.event("move", (2, 148))
    stage.save("quadrilateral")


def _freehand(stage: Stage) -> None:
    stage.clear(zoom=(940, 0, 340, 330))
    stage.canvas.set_tool("freehand")
    tree = _around(1145, 148, 128, 146, 90, part=0.8)
    stage.hold([(x + 4 * math.sin(number * 1.7), y) for number, (x, y) in enumerate(tree)])
    stage.save("freehand")


def _cuboid(stage: Stage) -> None:
    front = [(505, 320), (742, 320), (742, 590), (505, 590)]
    uids = stage.clear(
        _shape("cuboid", [*front, *((x + 530, y - 22) for x, y in front)], "bus"),
        _shape("points", [[555, 470], [690, 575], [935, 560], [1190, 545]], "wheels"),
        zoom=BUS,
    )
    stage.canvas.set_selection(uids[:1])
    stage.event("move", (400, 700))
    stage.save("cuboid")


def _wand(stage: Stage) -> None:
    from qtpy.QtCore import Qt

    stage.clear(zoom=(860, 560, 230, 290))
    stage.canvas.set_tool("wand")
    stage.hold([(945, 720), (1020, 760)], keys=Qt.KeyboardModifier.ShiftModifier)
    stage.rest(1.0)
    stage.save("wand")
    stage.event("release", (1020, 760), keys=Qt.KeyboardModifier.ShiftModifier)


def _hole(stage: Stage) -> None:
    (uid,) = stage.clear(_shape("polygon", BUS_OUTLINE, "bus"), zoom=BUS)
    stage.canvas.set_selection([uid])
    stage.canvas.set_tool("hole")
    stage.click((637, 362), (742, 358), (744, 462), (640, 468))
    stage.canvas.finish_drawing()
    stage.click((757, 357), (862, 353), (864, 457))
    stage.event("move", (760, 461))
    stage.save("hole")


def _mask(stage: Stage) -> None:
    from anylabeling.document.masks import mask_shape, stroke

    path = _around(*BALL, 32, 32, 30, part=0.7)
    mask = mask_shape(stroke(path, 14, (1280, 960)))
    assert mask is not None
    (uid,) = stage.clear(mask.with_changes(label="ball"), zoom=AT_BALL)
    stage.canvas.set_selection([uid])
    stage.canvas.set_brush_size(28)
    stage.canvas.set_tool("brush")
    stage.hold(_around(*BALL, 32, 32, 30)[20:29])
    stage.save("brush")
    stage.event("release", _around(*BALL, 32, 32, 30)[28])
    stage.canvas.set_brush_size(24)
    stage.canvas.set_tool("eraser")
    stage.hold([(720, 850), (708, 880), (690, 905)])
    stage.save("eraser")


def _split(stage: Stage) -> None:
    (uid,) = stage.clear(_shape("polygon", BUS_OUTLINE, "bus"), zoom=BUS)
    stage.canvas.set_selection([uid])
    stage.canvas.set_tool("split")
    stage.hold([(905, 270), (925, 640)])
    stage.save("split")
    stage.event("release", (925, 640))
    stage.canvas.set_tool("select")
    stage.event("move", (700, 700))
    stage.save("split-after")


def _combine(stage: Stage) -> None:
    from anylabeling.document.edits import ChangeShapes
    from anylabeling.document.geometry import moved

    def pair() -> tuple[Any, Any]:
        return (
            _shape("polygon", _around(230, 250, 150, 105, 28)[:-1], "house"),
            _shape("rectangle", [[230, 160], [450, 310]], "house"),
        )

    for name in ("merge", "subtract", "intersect"):
        uids = stage.clear(*pair(), zoom=(60, 120, 420, 250))
        if name == "merge":
            stage.save("combine-before", width=320)
        stage.canvas.set_selection(uids)
        getattr(stage.program.shape_editing, name)(stage.canvas.selection())
        if name == "subtract":  # the upper one stays: put aside, it shows what it has cut away
            upper = stage.program.documents.current.document.shape(uids[1])
            stage.program.documents.push(ChangeShapes((upper,), (moved(upper, 45, 0),), "Move"))
        stage.canvas.set_selection(())
        stage.event("move", (500, 130))
        stage.save(f"combine-{name}", width=320)


def _vertices(stage: Stage) -> None:
    from qtpy.QtCore import Qt

    (uid,) = stage.clear(_shape("polygon", _around(*BALL, 47, 47, 90)[:-1], "ball"), zoom=AT_BALL)
    stage.canvas.set_selection([uid])
    stage.hold(_around(*BALL, 47, 47, 40, part=0.22), keys=Qt.KeyboardModifier.AltModifier)
    stage.save("vertex-eraser")


def _snap(stage: Stage) -> None:
    stage.clear(_shape("rectangle", [[637, 360], [742, 466]], "window"), zoom=(560, 290, 420, 260))
    stage.canvas.snapper.enabled = True
    stage.canvas.set_tool("polygon")
    stage.click((744, 361), (862, 353), (864, 458))
    stage.event("move", (744, 468))
    stage.save("snap")


def _copy(stage: Stage) -> None:
    (uid,) = stage.clear(_shape("rectangle", [[637, 360], [742, 466]], "window"), zoom=(560, 290, 420, 260))
    stage.canvas.set_selection([uid])
    stage.hold([(690, 410), (750, 406), (812, 404)], right=True)
    stage.event("release", (812, 404), right=True)
    stage.rest(0.2)
    menu: Any = stage.app.activePopupWidget()
    shown = stage.canvas.grab()
    if menu is not None:
        menu.render(shown, stage.canvas.mapFromGlobal(menu.pos()))
    stage.save("copy-here", shown)


def main() -> int:
    """Make the pictures in the folder named, or in docs/screenshots/editing."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT / "docs" / "screenshots" / "editing"
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(
            HOME=home, XDG_CONFIG_HOME=f"{home}/.config", XDG_CACHE_HOME=f"{home}/.cache", XDG_DATA_HOME=f"{home}/.data"
        )
        pictures = Path(home) / "samples"
        shutil.copytree(IMAGES, pictures, ignore=shutil.ignore_patterns("*.md", "*.json"))
        from qtpy.QtWidgets import QApplication

        from anylabeling.bootstrap import Program, StartOptions
        from anylabeling.config import Config

        app = QApplication([])
        config = Config({"theme": "dark", "logger_level": "warning", "show_cross_line": False, "auto_save": False})
        program = Program(config, StartOptions(path=str(pictures / PICTURE)))
        program.window.resize(*SIZE)
        program.start()
        _wait(app, lambda: program.documents.current is not None)
        shoot(app, program, target)
        os._exit(0)  # nothing is to be saved or asked


def _wait(app: Any, condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60.0
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the program did not get there")
        app.processEvents()
        time.sleep(0.005)


if __name__ == "__main__":
    sys.exit(main())
