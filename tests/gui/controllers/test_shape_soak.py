"""Thousands of random edits: undoing all gives the start, redoing all the end, and what is saved is what is shown.

``ANYLABELING_SOAK_ACTIONS`` and ``ANYLABELING_SOAK_SEED`` make it longer and another one.
"""

from __future__ import annotations

import math
import os
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
from qtpy.QtWidgets import QApplication
from shape_desk import SIZE, ShapeDesk

from anylabeling.document.brush_stroke import BrushStroke
from anylabeling.document.conversion import SOURCES
from anylabeling.document.edits import ChangeShapes
from anylabeling.document.geometry import moved
from anylabeling.document.label_file import encode_annotation, parse_annotation, read_label_file, write_label_file
from anylabeling.document.rings import vertices, with_vertex, with_vertices, without_vertices
from anylabeling.document.shape import POINT_COUNTS, Shape, ShapeKind, as_points
from anylabeling.views.canvas import handles

ACTIONS = int(os.environ.get("ANYLABELING_SOAK_ACTIONS", "2000"))
SEED = int(os.environ.get("ANYLABELING_SOAK_SEED", "6"))
MOST_SHAPES = 25
DRAWN = (
    ShapeKind.POLYGON,
    ShapeKind.RECTANGLE,
    ShapeKind.CIRCLE,
    ShapeKind.LINE,
    ShapeKind.LINESTRIP,
    ShapeKind.POINT,
    ShapeKind.QUADRILATERAL,
)


class Player:
    """Does what a restless person could do."""

    def __init__(self, desk: ShapeDesk, seed: int) -> None:
        self.desk = desk
        self.random = random.Random(seed)
        self.done: Counter[str] = Counter()

    def play(self) -> None:
        """Do one thing."""
        uids = self._some()
        if len(self.desk.shapes) > MOST_SHAPES:
            self.desk.documents.delete([shape.uid for shape in self.desk.shapes[: MOST_SHAPES // 2]])
        name = self.random.choice(sorted(ACTS))
        before = self.desk.entry.stack.index(), self.desk.entry.stack.count(), self.desk.document.revision
        ACTS[name](self, uids)
        if before != (self.desk.entry.stack.index(), self.desk.entry.stack.count(), self.desk.document.revision):
            self.done[name] += 1

    def add(self, _uids: tuple[int, ...]) -> None:
        kind = self.random.choice(DRAWN)
        least, greatest = POINT_COUNTS[kind]
        count = greatest or self.random.randint(least, 12)
        centre, reach = self._place(), self.random.uniform(10, 120)
        angles = sorted(self.random.uniform(0, 2 * math.pi) for _ in range(count))
        points = [
            (centre[0] + reach * math.cos(angle), centre[1] + self.random.random() * reach * math.sin(angle))
            for angle in angles
        ]
        label = self.random.choice(("person", "car", "tree"))
        self.desk.put(Shape(kind, as_points(np.round(points, 2)), label=label))

    def move(self, uids: tuple[int, ...]) -> None:
        step = self.random.uniform(-30, 30), float(self.random.randint(-30, 30))
        shapes = [moved(shape, *step) for shape in self.desk.documents.shapes(uids, unlocked_only=True)]
        self._change(shapes, "Move", self.random.choice(("", "arrows")))

    def drag_vertex(self, uids: tuple[int, ...]) -> None:
        for shape in self.desk.documents.shapes(uids[:1], unlocked_only=True):
            count = len(handles.handle_points(shape, 24.0))
            if count:
                self._change([handles.drag_handle(shape, self.random.randrange(count), *self._place())], "Move vertex")

    def change_vertices(self, uids: tuple[int, ...]) -> None:
        for shape in self.desk.documents.shapes(uids[:1], unlocked_only=True):
            if not handles.can_grow(shape):
                continue
            index = self.random.randrange(len(vertices(shape)))
            act = self.random.randrange(3)
            if act == 0:
                self._change([with_vertex(shape, index, *self._place())], "Add vertex")
            elif act == 1 and (fewer := without_vertices(shape, [index])) is not None:
                self._change([fewer], "Remove vertex")
            elif act == 2:
                self._change([with_vertices(shape, vertices(shape) + 1.0)], "Move vertices")

    def pair(self, uids: tuple[int, ...]) -> tuple[int, ...]:
        """Return what was chosen, or two new polygons that overlap."""
        if self.random.random() < 0.5:
            return uids
        x, y = self._place()
        corners = as_points([(x, y), (x + 60, y), (x + 30, y + 50)])
        return self.desk.put(*(Shape(ShapeKind.POLYGON, corners + offset, label="pair") for offset in (0.0, 11.0)))

    def split(self, uids: tuple[int, ...]) -> None:
        self.desk.editing.split(uids, as_points([self._place(), self._place()]) * 3 - np.array(SIZE))

    def cut_out(self, uids: tuple[int, ...]) -> None:
        x, y = self._place()
        self.desk.editing.cut_out(uids, as_points([(x, y), (x + 20, y), (x + 20, y + 15), (x, y + 15)]))

    def brush(self, uids: tuple[int, ...]) -> None:
        if uids:
            path = as_points([self._place() for _ in range(self.random.randint(1, 4))])
            radius, erases = self.random.uniform(1, 25), self.random.random() < 0.5
            self.desk.editing.brush(BrushStroke(uids[0], path, radius, erases, SIZE))

    def rename(self, uids: tuple[int, ...]) -> None:
        self.desk.documents.change(uids, "Edit label", label=self.random.choice("abc"), difficult=True)

    def describe(self, _uids: tuple[int, ...]) -> None:
        self.desk.documents.set_image_fields("Edit image", checked=self.random.random() < 0.5, text=str(self.done))

    def copy_and_paste(self, uids: tuple[int, ...]) -> None:
        if self.desk.clipboard.copy(uids):
            self.desk.clipboard.paste()

    def undo(self, _uids: tuple[int, ...]) -> None:
        for _ in range(self.random.randint(1, 6)):
            self.desk.documents.undo()

    def redo(self, _uids: tuple[int, ...]) -> None:
        for _ in range(self.random.randint(1, 6)):
            self.desk.documents.redo()

    def _change(self, shapes: list[Shape], name: str, series: str = "") -> None:
        if shapes:
            self.desk.documents.push(ChangeShapes.to(self.desk.document, shapes, name, series=series))

    def _some(self) -> tuple[int, ...]:
        uids = [shape.uid for shape in self.desk.shapes]
        return tuple(self.random.sample(uids, min(len(uids), self.random.choice((1, 1, 2, 2, 3, 5)))))

    def _place(self) -> tuple[float, float]:
        return round(self.random.uniform(0, SIZE[0]), 2), round(self.random.uniform(0, SIZE[1]), 2)


Act = Callable[[Player, tuple[int, ...]], object]

ACTS: dict[str, Act] = {
    "add": Player.add,
    "add more": Player.add,
    "move": Player.move,
    "drag a vertex": Player.drag_vertex,
    "change vertices": Player.change_vertices,
    "split": Player.split,
    "cut a hole": Player.cut_out,
    "brush": Player.brush,
    "rename": Player.rename,
    "describe": Player.describe,
    "copy and paste": Player.copy_and_paste,
    "undo": Player.undo,
    "redo": Player.redo,
    "delete": lambda player, uids: player.desk.documents.delete(uids),
    "cut": lambda player, uids: player.desk.clipboard.cut(uids),
    "duplicate": lambda player, uids: player.desk.clipboard.duplicate(uids),
    "group": lambda player, uids: player.desk.documents.group(uids),
    "ungroup": lambda player, uids: player.desk.documents.ungroup(uids),
    "lock": lambda player, uids: player.desk.editing.toggle_locked(uids[:1]),
    "hide": lambda player, uids: player.desk.editing.hide(
        [uid for uid in uids if uid not in player.desk.document.hidden]
    ),
    "exclude": lambda player, uids: player.desk.editing.exclude(player.pair(uids)),
    "merge": lambda player, uids: player.desk.editing.merge(player.pair(uids)),
    "subtract": lambda player, uids: player.desk.editing.subtract(player.pair(uids)),
    "intersect": lambda player, uids: player.desk.editing.intersect(player.pair(uids)),
    "simplify": lambda player, uids: player.desk.editing.simplify(uids),
    "rotate": lambda player, uids: player.desk.editing.rotate(uids, player.random.uniform(-90, 90)),
    "order": lambda player, uids: player.desk.editing.order(
        uids, player.random.choice(("front", "forward", "backward", "back"))
    ),
    "convert": lambda player, uids: player.desk.editing.convert(uids, player.random.choice(sorted(SOURCES))),
}


def test_undo_gives_the_start_redo_the_end_and_the_file_what_is_shown(qapp: QApplication, tmp_path: Path) -> None:
    desk = ShapeDesk()
    desk.editing.simplify_px = 3.0
    start = desk.content()
    player = Player(desk, SEED)
    for number in range(ACTIONS):
        player.play()
        uids = [shape.uid for shape in desk.shapes]
        assert len(set(uids)) == len(uids), f"two shapes are one after action {number}"
        if number % 50 == 0:
            check_saved(desk)
    while desk.entry.stack.canRedo():  # where the last actions were undone
        desk.documents.redo()
    end, steps = desk.content(), desk.entry.stack.count()
    file = tmp_path / "a.json"
    write_label_file(file, desk.document.snapshot(), image_name="a.png", image_size=SIZE)
    assert [shape.content() for shape in read_label_file(file).shapes] == [shape.content() for shape in desk.shapes]
    while desk.entry.stack.canUndo():
        desk.documents.undo()
    assert desk.content() == start
    assert desk.document.hidden == frozenset()
    while desk.entry.stack.canRedo():
        desk.documents.redo()
    assert desk.content() == end
    assert desk.entry.stack.count() == steps
    if ACTIONS >= 2000:
        never = {name for name in ACTS if not player.done[name]}
        assert not never, f"these did nothing in {ACTIONS} actions: {never}"


def check_saved(desk: ShapeDesk) -> None:
    shown = desk.document.snapshot()
    read = parse_annotation(encode_annotation(shown, image_name="a.png", image_size=SIZE), "a.json")
    assert [shape.content() for shape in read.shapes] == [shape.content() for shape in shown.shapes]
    assert (read.checked, read.text) == (shown.checked, shown.text)
