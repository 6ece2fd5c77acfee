"""On a screen with two device pixels per widget pixel everything keeps its size and is drawn sharply."""

from __future__ import annotations

import os
import subprocess
import sys

SCRIPT = """
import numpy as np
from qtpy.QtCore import QPointF
from qtpy.QtGui import QImage
from qtpy.QtWidgets import QApplication
from anylabeling.document.annotation import Annotation
from anylabeling.document.document import Document
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.views.canvas.canvas import Canvas

app = QApplication([])
canvas = Canvas()
canvas.resize(500, 400)
canvas.show()
pixels = np.zeros((300, 400, 4), np.uint8)
pixels[:, ::2] = 255
canvas.set_image(QImage(pixels.data, 400, 300, QImage.Format.Format_RGB32), image_id=1)
box = Shape(ShapeKind.RECTANGLE, [[100, 100], [300, 200]])
angles = np.linspace(0, 6.28, 40, endpoint=False)
disk = Shape(ShapeKind.POLYGON, 60 + 30 * np.stack([np.cos(angles), np.sin(angles)], axis=1))
canvas.set_document(Document(Annotation(shapes=(box, disk))))
canvas.set_color_of(lambda label: (255, 0, 0))
canvas.set_theme(True)
canvas.set_zoom(1.0)
while not canvas.is_settled():
    app.processEvents()
screen = canvas.grab().toImage()
accent = canvas.canvas_style.theme.accent.rgb()
assert screen.devicePixelRatio() == 2.0, screen.devicePixelRatio()
def column(x, y, reach):
    at = canvas.to_widget(QPointF(x, y)) * 2
    return [screen.pixel(int(at.x()), int(at.y()) + step) for step in range(-reach, reach)]
assert column(200, 100, 10).count(accent) == 4, "the line of the box"
assert 3 <= column(60, 30, 10).count(accent) <= 4, "the line of the disk"
at = canvas.to_widget(QPointF(200, 250)) * 2
row = [screen.pixelColor(int(at.x()) + step, int(at.y())).red() for step in range(12)]
assert sorted(set(row)) == [0, 255], row
assert row[:8] in ([255, 255, 0, 0, 255, 255, 0, 0], [0, 0, 255, 255, 0, 0, 255, 255]), row
before = screen
canvas.pan(3, 5)
canvas.repaint()
panned = canvas.grab().toImage()
fresh = Document(canvas.document.snapshot())
canvas.set_document(fresh)
canvas.repaint()
assert panned == canvas.grab().toImage(), "a moved view equals one drawn from scratch"
print("sharp")
"""


def test_lines_keep_their_width_and_pixels_their_edges() -> None:
    environment = {**os.environ, "QT_SCALE_FACTOR": "2"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "sharp"


BETWEEN_PIXELS = """
from qtpy.QtCore import Qt
from qtpy.QtGui import QImage, QPainter
from qtpy.QtWidgets import QApplication, QWidget
from anylabeling.views.canvas.canvas import Canvas

app = QApplication([])
window = QWidget()
window.resize(400, 300)
canvas = Canvas(window)
picture = QImage(40, 30, QImage.Format.Format_RGB32)
picture.fill(Qt.GlobalColor.white)
canvas.set_image(picture, image_id=1)
window.show()
ratio = window.devicePixelRatioF()
assert not ratio.is_integer()
for place in range(12):
    canvas.setGeometry(3 + place, 5 + place, 301 + 3 * place, 203 + 2 * place)
    canvas.fit_window()
    while not canvas.is_settled():
        app.processEvents()
    shot = window.grab().toImage()
    right, bottom = (canvas.x() + canvas.width()) * ratio, (canvas.y() + canvas.height()) * ratio
    around = [shot.pixelColor(round(right) - step, 60).name() for step in range(3)]
    around += [shot.pixelColor(60, round(bottom) - step).name() for step in range(3)]
    assert "#000000" not in around, (place, around)
print("whole")
"""


def test_nothing_is_left_out_between_two_device_pixels() -> None:
    environment = {**os.environ, "QT_SCALE_FACTOR": "1.1"}
    done = subprocess.run(
        [sys.executable, "-c", BETWEEN_PIXELS], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "whole"
