"""A picture that is shown reduced gets its full resolution where it is enlarged, off the GUI thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from qtpy.QtCore import QEvent, QPoint, QPointF, Qt
from qtpy.QtGui import QImage, QMouseEvent
from qtpy.QtWidgets import QApplication

from anylabeling.accel import _rust
from anylabeling.codecs import DecodeLimits, decode, encode_jpeg, region_reader
from anylabeling.controllers.images import OpenedImage
from anylabeling.controllers.tiles import TileController
from anylabeling.errors import AppError
from anylabeling.messages.tiles import TILE_PX, TileKey
from anylabeling.opencv import cv2
from anylabeling.qt.image_convert import qimage_from_bgra
from anylabeling.qt.task_runner import TaskRunner
from anylabeling.services.imaging.image_cache import ImageCache
from anylabeling.services.imaging.tile_cache import TileCache
from anylabeling.views.canvas.canvas import Canvas

WIDTH, HEIGHT, REDUCTION = 2900, 2100, 4


class Desk:
    """A canvas with a large picture and what reads its tiles, as the program connects them."""

    def __init__(self, canvas: Canvas, path: Path, capacity_bytes: int) -> None:
        self.canvas, self.path = canvas, path
        self.images = ImageCache(capacity_bytes)
        self.runner = TaskRunner()
        self.tiles = TileController(self.runner, TileCache(self.images))
        self.errors: list[AppError] = []
        self.made: list[TileKey] = []
        self.wishes: list[tuple[TileKey, ...]] = []
        canvas.tiles_wanted.connect(lambda _serial, keys: self.wishes.append(keys))
        canvas.tiles_wanted.connect(self.tiles.request)
        self.tiles.made.connect(lambda serial, items: canvas.add_tiles(items, image_id=serial))
        self.tiles.made.connect(lambda _serial, items: self.made.extend(key for key, _image in items))
        self.tiles.failed.connect(self.errors.append)
        self.whole = decode(path).pixels
        limits = DecodeLimits(max_side_px=-(-max(self.whole.shape) // REDUCTION))
        reduced = decode(path, limits=limits)
        assert not reduced.is_full_size
        size = (reduced.full_width, reduced.full_height)
        self.opened = OpenedImage(
            str(path), reduced.pixels, size, None, reduced.note, qimage_from_bgra(reduced.pixels), region_reader(path)
        )
        canvas.set_image(self.opened.image, image_id=self.opened.serial, full_size=size)
        self.tiles.set_image(self.opened)
        canvas.expect_tiles(self.opened.reader is not None, image_id=self.opened.serial)

    def is_sharp(self) -> bool:
        view, ratio = self.canvas.viewport, self.canvas.devicePixelRatioF()
        return self.canvas.background.tiles.covers(self.canvas.background.tiles.area(view, ratio))

    def shown(self) -> np.ndarray:
        """Return what is on the screen, uint8 (h, w, 3) BGR."""
        image = self.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        bits = image.constBits()
        assert bits is not None
        bits.setsize(image.sizeInBytes())
        return np.frombuffer(bits, np.uint8).reshape(image.height(), image.width(), 4)[:, :, :3].copy()

    def close(self) -> None:
        self.tiles.stop()
        assert self.runner.shutdown()


def mouse(canvas: Canvas, kind: QEvent.Type, at: QPoint) -> None:
    button, none = Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier
    everywhere = QPointF(canvas.mapToGlobal(at))
    QApplication.sendEvent(canvas, QMouseEvent(kind, QPointF(at), everywhere, button, button, none))


def texture(width: int, height: int) -> np.ndarray:
    noise = np.random.default_rng(5).integers(0, 256, (height // 2 + 1, width // 2 + 1, 3), np.uint8)
    return np.asarray(cv2.resize(noise, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def write(path: Path) -> Path:
    pixels = texture(WIDTH, HEIGHT)
    if path.suffix == ".jpg":
        path.write_bytes(encode_jpeg(pixels))
    else:
        cv2.imwrite(str(path), pixels, [cv2.IMWRITE_TIFF_COMPRESSION, 1] if path.suffix == ".tif" else [])
    return path


@pytest.fixture
def desk(
    show: Callable[[Canvas], Canvas], tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Desk]]:
    """Return ``desk(name, capacity_bytes)``: a canvas of 640 x 480 with a picture of that name."""
    desks: list[Desk] = []

    def make(name: str = "large.bmp", capacity_bytes: int = 64 << 20) -> Desk:
        canvas = Canvas()
        canvas.resize(640, 480)
        show(canvas)
        desks.append(Desk(canvas, write(tmp_path / name), capacity_bytes))
        return desks[-1]

    yield make
    for each in desks:
        each.close()


NAMES = [
    "large.bmp",
    "large.tif",
    pytest.param("large.jpg", marks=pytest.mark.skipif(_rust.module() is None, reason="the Rust module is not built")),
]


@pytest.mark.parametrize("name", NAMES)
def test_an_enlarged_part_shows_every_pixel(
    desk: Callable[..., Desk], wait_for: Callable[..., None], name: str
) -> None:
    at = desk(name)
    canvas = at.canvas
    canvas.repaint()
    assert at.wishes == []  # the whole picture is shown: its reduced version is enough
    canvas.zoom_original()
    canvas.pan(-300, -200)
    wait_for(at.is_sharp)
    corner = canvas.to_image(canvas.viewport.widget_rect.topLeft())
    left, top = round(corner.x()), round(corner.y())
    expected = at.whole[top : top + 480, left : left + 640, :3]
    assert np.array_equal(at.shown(), expected)
    assert not at.errors


def test_the_tiles_have_the_scale_of_the_view(desk: Callable[..., Desk], wait_for: Callable[..., None]) -> None:
    at = desk()
    at.canvas.set_zoom(0.4)
    wait_for(at.is_sharp)
    assert {key.scale for key in at.made} == {2}
    shown = at.shown().astype(int)
    corner = at.canvas.to_image(at.canvas.viewport.widget_rect.topLeft())
    left, top = max(0, round(corner.x())), max(0, round(corner.y()))
    part = at.whole[top : top + 1000, left : left + 1500, :3]
    expected = cv2.resize(part, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA).astype(int)
    height, width = min(480, expected.shape[0]) - 8, min(640, expected.shape[1]) - 8
    assert np.abs(shown[4:height, 4:width] - expected[4:height, 4:width]).mean() < 16
    at.canvas.set_zoom(6.0)
    wait_for(at.is_sharp)
    assert at.made[-1].scale == 1


def test_the_middle_comes_first_and_the_edge_is_whole(desk: Callable[..., Desk], wait_for: Callable[..., None]) -> None:
    at = desk()
    at.canvas.zoom_original()
    wait_for(at.is_sharp)
    keys = at.wishes[-1]
    middle = at.canvas.to_image(at.canvas.viewport.widget_rect.center())
    first = keys[0]
    assert abs((first.column + 0.5) * TILE_PX - middle.x()) <= TILE_PX
    assert abs((first.row + 0.5) * TILE_PX - middle.y()) <= TILE_PX
    at.canvas.pan(-1e6, -1e6)
    wait_for(at.is_sharp)
    assert (WIDTH // TILE_PX, HEIGHT // TILE_PX) in {(key.column, key.row) for key in at.made}
    corner = at.canvas.to_widget(at.canvas.viewport.image_rect.bottomRight()).toPoint()
    shown = at.shown()[corner.y() - 200 : corner.y(), corner.x() - 200 : corner.x()]
    assert np.array_equal(shown, at.whole[-200:, -200:, :3])


def test_panning_by_the_mouse_never_waits_for_tiles(desk: Callable[..., Desk], wait_for: Callable[..., None]) -> None:
    at = desk()
    at.canvas.zoom_original()
    wait_for(at.is_sharp)
    gate, read = threading.Event(), at.tiles._cache.load

    def slow(reader: object, key: TileKey) -> np.ndarray:
        assert threading.current_thread() is not threading.main_thread()
        assert gate.wait(20)
        return read(reader, key)  # type: ignore[arg-type]

    at.tiles._cache.load = slow  # type: ignore[method-assign, assignment]
    try:
        before = at.canvas.viewport.offset
        mouse(at.canvas, QEvent.Type.MouseButtonPress, QPoint(600, 400))
        for step in range(1, 60):
            mouse(at.canvas, QEvent.Type.MouseMove, QPoint(600 - 14 * step, 400 - 6 * step))
            at.canvas.repaint()
        mouse(at.canvas, QEvent.Type.MouseButtonRelease, QPoint(600 - 14 * 59, 400 - 6 * 59))
        assert at.canvas.viewport.offset - before == QPointF(-14 * 59, -6 * 59)
        assert not at.is_sharp()
        # Got here with the reader blocked: what is missing shows the reduced picture, none of it is empty.
        assert at.shown().reshape(-1, 3).std(axis=0).min() > 5
    finally:
        gate.set()
    wait_for(at.is_sharp)


def test_the_budget_holds_pictures_and_tiles(desk: Callable[..., Desk], wait_for: Callable[..., None]) -> None:
    at = desk(capacity_bytes=6 << 20)
    at.canvas.zoom_original()
    for _ in range(6):
        at.canvas.pan(-400, -250)
        at.canvas.repaint()
        wait_for(at.is_sharp)
        assert at.images.stats().used_bytes <= 6 << 20
    assert at.images.stats().used_bytes > 3 << 20
    assert at.images.stats().count == 0
    assert at.images.stats().evictions > 0
    assert len(at.canvas.background.tiles._tiles) <= 30


def test_without_a_budget_tiles_come_all_the_same(desk: Callable[..., Desk], wait_for: Callable[..., None]) -> None:
    at = desk(capacity_bytes=0)
    at.canvas.zoom_original()
    wait_for(at.is_sharp)
    assert at.images.stats().used_bytes == 0


def test_a_file_that_changes_is_reported_once(desk: Callable[..., Desk], wait_for: Callable[..., None]) -> None:
    at = desk()
    data = at.path.read_bytes()
    at.path.write_bytes(data[: len(data) // 3])
    at.canvas.zoom_original()
    wait_for(lambda: at.errors)
    assert "stays reduced" in at.errors[0].user_text
    at.canvas.pan(-900, -900)
    at.canvas.repaint()
    deadline = time.monotonic() + 60
    while at.runner.busy("tiles") and time.monotonic() < deadline:
        wait_for(lambda: not at.runner.busy("tiles"))
    assert len(at.errors) == 1


def test_another_picture_gets_no_tiles_of_this_one(desk: Callable[..., Desk], wait_for: Callable[..., None]) -> None:
    at = desk()
    at.canvas.zoom_original()
    wait_for(at.is_sharp)
    other = QImage(3000, 2000, QImage.Format.Format_RGB32)
    other.fill(0)
    at.canvas.set_image(other, image_id=at.opened.serial + 1000)
    at.canvas.add_tiles([(TileKey(1, 0, 0), QImage(512, 512, QImage.Format.Format_RGB32))], image_id=at.opened.serial)
    assert at.canvas.background.tiles._tiles == {}
