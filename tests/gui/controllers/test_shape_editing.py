"""What the Edit menu does to shapes: each is one step with a name, and undo and redo bring back what was."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import pytest
from qtpy.QtGui import QGuiApplication
from qtpy.QtWidgets import QApplication
from shape_desk import ShapeDesk

from anylabeling.controllers.documents import KEPT_DOCUMENTS
from anylabeling.document.brush_stroke import BrushStroke
from anylabeling.document.shape import Shape, ShapeKind, as_points


def box(x1: float, y1: float, x2: float, y2: float, label: str = "box", **fields: object) -> Shape:
    return Shape(ShapeKind.RECTANGLE, [[x1, y1], [x2, y2]], label=label, **fields)


def diamond(cx: float, cy: float, radius: float, label: str = "diamond") -> Shape:
    points = [[cx - radius, cy], [cx, cy - radius], [cx + radius, cy], [cx, cy + radius]]
    return Shape(ShapeKind.POLYGON, points, label=label)


@pytest.fixture
def desk(qapp: QApplication) -> ShapeDesk:
    return ShapeDesk()


Act = Callable[[ShapeDesk, tuple[int, ...]], object]

STEPS: dict[str, Act] = {
    "Bring box to front": lambda desk, uids: desk.editing.order(uids[:1], "front"),
    "Bring box forward": lambda desk, uids: desk.editing.order(uids[:1], "forward"),
    "Send diamond backward": lambda desk, uids: desk.editing.order(uids[1:], "backward"),
    "Send diamond to back": lambda desk, uids: desk.editing.order(uids[1:], "back"),
    "Merge 2 shapes": lambda desk, uids: desk.editing.merge(uids),
    "Subtract 2 shapes": lambda desk, uids: desk.editing.subtract(uids),
    "Intersect 2 shapes": lambda desk, uids: desk.editing.intersect(uids),
    "Split 2 shapes": lambda desk, uids: desk.editing.split((), as_points([[0, 101], [400, 101]])),
    "Cut hole into box": lambda desk, uids: desk.editing.cut_out(uids[:1], as_points([[60, 60], [70, 60], [70, 70]])),
    "Convert 2 shapes to mask": lambda desk, uids: desk.editing.convert(uids, ShapeKind.MASK),
    "Convert diamond to rotated rectangle": lambda desk, uids: desk.editing.convert(
        uids[1:], ShapeKind.ROTATED_RECTANGLE
    ),
    "Rotate 2 shapes": lambda desk, uids: desk.editing.rotate(uids, 15),
    "Lock 2 shapes": lambda desk, uids: desk.editing.toggle_locked(uids),
    "Duplicate 2 shapes": lambda desk, uids: desk.clipboard.duplicate(uids),
    "Cut 2 shapes": lambda desk, uids: desk.clipboard.cut(uids),
    "Delete 2 shapes": lambda desk, uids: desk.documents.delete(uids),
    "Group shapes": lambda desk, uids: desk.documents.group(uids),
    "Copy box": lambda desk, uids: desk.clipboard.add_copies([desk.shapes[0]]),
    "Paint box": lambda desk, uids: desk.editing.brush(
        BrushStroke(uids[0], as_points([[100, 100], [140, 100]]), 12, False, (400, 300))
    ),
    "Erase from diamond": lambda desk, uids: desk.editing.brush(
        BrushStroke(uids[1], as_points([[100, 100]]), 12, True, (400, 300))
    ),
}


@pytest.mark.parametrize("name", STEPS)
def test_each_step_has_a_name_and_can_be_undone_and_redone(desk: ShapeDesk, name: str) -> None:
    uids = desk.put(box(50, 50, 150, 150), diamond(150, 100, 60))
    before = desk.content()
    STEPS[name](desk, uids)
    after = desk.content()
    assert not desk.notices
    assert desk.documents.undo_text() == name
    assert after != before
    desk.documents.undo()
    assert desk.content() == before
    desk.documents.redo()
    assert desk.content() == after


def test_the_lowest_shape_keeps_its_identity_label_and_place(desk: ShapeDesk) -> None:
    low, high = desk.put(box(50, 50, 150, 150, "car", score=0.5), diamond(150, 100, 60))
    (top,) = desk.put(box(300, 200, 320, 220, "top"))
    desk.editing.merge([low, high])
    assert [shape.uid for shape in desk.shapes] == [low, top]
    assert (desk.shapes[0].kind, desk.shapes[0].label, desk.shapes[0].score) == (ShapeKind.POLYGON, "car", 0.5)
    assert desk.selected == (low,)


def test_locked_shapes_stay_as_they_are(desk: ShapeDesk) -> None:
    uids = desk.put(box(50, 50, 150, 150, locked=True), box(100, 100, 200, 200, locked=True))
    before = desk.content()
    for act in (
        lambda: desk.editing.merge(uids),
        lambda: desk.editing.rotate(uids, 1),
        lambda: desk.editing.convert(uids, ShapeKind.POLYGON),
        lambda: desk.editing.split(uids, as_points([[0, 101], [400, 101]])),
        lambda: desk.editing.split((), as_points([[0, 101], [400, 101]])),
        lambda: desk.editing.simplify(uids),
        lambda: desk.documents.delete(uids),
    ):
        act()
    assert desk.content() == before
    assert "locked" in desk.notices[0].text


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda desk, uids: desk.editing.merge(uids[:1]), "two shapes"),
        (lambda desk, uids: desk.editing.merge([uids[0], uids[2]]), "no area"),
        (lambda desk, uids: desk.editing.merge(uids[:2]), "do not touch"),
        (lambda desk, uids: desk.editing.intersect(uids[:2]), "in common"),
        (lambda desk, uids: desk.editing.convert(uids[2:], ShapeKind.MASK), "cannot become"),
        (lambda desk, uids: desk.editing.split((), as_points([[0, 290], [400, 290]])), "cuts through no shape"),
        (
            lambda desk, uids: desk.editing.cut_out(uids[:1], as_points([[0, 0], [200, 0], [0, 200]])),
            "cuts nothing out",
        ),
        (lambda desk, uids: desk.editing.simplify(uids[:1]), "no vertex"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(desk: ShapeDesk, act: Act, words: str) -> None:
    line = Shape(ShapeKind.LINE, [[10, 10], [20, 20]], label="line")
    uids = desk.put(diamond(60, 60, 20), diamond(200, 200, 20), line)
    before = desk.content()
    act(desk, uids)
    assert desk.content() == before
    assert words in desk.notices[0].text


def test_moves_by_keys_and_turns_are_one_step_each(desk: ShapeDesk) -> None:
    (uid,) = desk.put(diamond(100, 100, 40))
    for _ in range(5):
        desk.editing.rotate([uid], 1)
    desk.editing.toggle_locked([uid])
    desk.editing.toggle_locked([uid])
    desk.editing.rotate([uid], 1)
    assert desk.entry.stack.count() == 5
    turned = desk.shapes[0].points
    assert np.degrees(np.arctan2(*(turned[2] - turned[0])[::-1])) == pytest.approx(6, abs=0.01)
    for _ in range(4):
        desk.documents.undo()
    assert desk.shapes[0].points.tolist() == diamond(100, 100, 40).points.tolist()


def test_hiding_is_undone_and_is_nothing_to_save(desk: ShapeDesk) -> None:
    low, high = desk.put(box(0, 0, 10, 10), box(20, 20, 30, 30))
    revision = desk.document.revision
    desk.editing.hide([low])
    assert desk.document.hidden == {low}
    desk.editing.hide([high])
    assert desk.document.hidden == {low, high}
    assert desk.document.revision == revision
    assert desk.documents.undo_text() == "Hide box"
    desk.documents.undo()
    assert desk.document.hidden == {low}
    desk.editing.hide([low], hides=False)
    assert (desk.document.hidden, desk.documents.undo_text()) == (frozenset(), "Show box")
    desk.documents.undo()
    assert desk.document.hidden == {low}


def test_shapes_go_through_the_clipboard_to_another_image(desk: ShapeDesk) -> None:
    mask_source = diamond(100, 100, 30, "blob")
    hole = as_points([[60, 60], [70, 60], [70, 70]])
    polygon = Shape(ShapeKind.POLYGON, [[50, 50], [90, 50], [90, 90]], label="ring", holes=(hole,), group_id=1)
    uids = desk.put(polygon, mask_source)
    desk.editing.convert(uids[1:], ShapeKind.MASK)
    copied = [shape.content() for shape in desk.shapes]
    desk.clipboard.copy(uids)
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    assert [shape["label"] for shape in json.loads(clipboard.text())["shapes"]] == ["ring", "blob"]
    desk.open("/pictures/b.png")
    desk.clipboard.paste()
    assert [shape.content() for shape in desk.shapes] == copied
    assert desk.documents.undo_text() == "Paste 2 shapes"
    desk.clipboard.paste()
    assert desk.shapes[2].points.tolist() == (polygon.points + 10).tolist()
    assert desk.shapes[2].group_id == 2


def test_what_lies_outside_of_a_smaller_image_is_pasted_into_it(desk: ShapeDesk) -> None:
    uids = desk.put(box(300, 200, 340, 260))
    desk.clipboard.copy(uids)
    desk.open("/pictures/small.png", (100, 100))
    desk.clipboard.paste()
    assert desk.shapes[0].points.tolist() == [[60, 40], [100, 100]]


FOREIGN = (
    '[{"label": "a", "points": [[1, 2], [30, 2], [30, 40], [1, 40]], "shape_type": "rectangle"}]',
    '{"label": "a", "points": [[1, 2], [30, 40]], "shape_type": "rectangle", "flags": null, "mask": null}',
    '{"version": "5.4.1", "shapes": [{"label": "a", "points": [[1, 2], [30, 40]], "shape_type": "rectangle"}]}',
)


@pytest.mark.parametrize("text", FOREIGN)
def test_shapes_of_other_programs_are_pasted(desk: ShapeDesk, text: str) -> None:
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    clipboard.setText(text)
    desk.clipboard.paste()
    assert [(shape.label, shape.points.tolist()) for shape in desk.shapes] == [("a", [[1, 2], [30, 40]])]


HOSTILE = (
    "",
    "hello",
    "[" * 100_000,
    "{",
    '{"shapes": 7}',
    '[{"label": 7, "points": [[0, 0]]}]',
    '[{"label": "a", "points": [[NaN, 0], [1, 1]], "shape_type": "line"}]',
    '[{"label": "a", "points": [[1e300, 0], [1, 1]], "shape_type": "line"}]',
    '[{"label": "a", "points": "x"}, 5, null]',
    '[[[["a"]]]]',
    '[{"label": "a", "points": [[0, 0], [1, 1]], "shape_type": "line", "x": %s}]' % ("[" * 500 + "]" * 500),
    '{"label": "\ud800", "points": 3}',
)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:20])
def test_other_text_is_refused_in_a_sentence(desk: ShapeDesk, text: str) -> None:
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    clipboard.setText(text)
    desk.clipboard.paste()
    assert desk.shapes == ()
    (notice,) = desk.notices
    assert "clipboard" in notice.text
    assert "Traceback" not in notice.text
    assert len(notice.text) < 300


def test_the_history_of_an_edited_image_outlives_many_others(desk: ShapeDesk) -> None:
    desk.put(box(0, 0, 10, 10))
    desk.entry.saved_revision = desk.document.revision
    for number in range(KEPT_DOCUMENTS + 50):
        desk.open(f"/pictures/{number}.png")
    kept = desk.documents.find("/pictures/a.png")
    assert kept is not None
    assert desk.documents.find("/pictures/0.png") is None
    desk.open("/pictures/a.png")
    desk.documents.undo()
    assert desk.shapes == ()
