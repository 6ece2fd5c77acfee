"""Edits: undo and redo without limit, change events that tell what happened, and no copies of what stays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anylabeling.document.annotation import Annotation
from anylabeling.document.document import Change, Document, Edit, Origin
from anylabeling.document.edits import (
    AddShapes,
    ChangeShapes,
    Compound,
    RemoveShapes,
    ReorderShapes,
    SetImageFields,
    replace_all,
)
from anylabeling.document.shape import Shape, ShapeKind


def box(label: str, x: float = 0.0) -> Shape:
    return Shape(ShapeKind.RECTANGLE, [[x, 0], [x + 10, 10]], label=label)


def document_of(*labels: str) -> Document:
    return Document(Annotation(shapes=tuple(box(label) for label in labels)))


def labels_of(document: Document) -> list[str]:
    return [shape.label for shape in document.shapes]


def state_of(document: Document) -> tuple[object, ...]:
    """Return all that a person can see, with identities, so that a shape which came back is the same one."""
    return ([shape.uid for shape in document.shapes], document.snapshot().content())


def draw_edit(draw: st.DrawFn, document: Document, depth: int = 0) -> Edit:
    """Make any edit for the document as it is now."""
    uids = [shape.uid for shape in document.shapes]
    makers = ["add", "add_at", "image", "replace"] + (["remove", "change", "reorder"] if uids else [])
    if depth < 2:
        makers.append("compound")
    maker = draw(st.sampled_from(makers))
    number = draw(st.integers(0, 3))
    new = [box(f"new {index}", index) for index in range(number)]
    some = draw(st.lists(st.sampled_from(uids), unique=True, max_size=4)) if uids else []
    if maker == "add":
        return AddShapes.on_top(document, new)
    if maker == "add_at":
        places = sorted(draw(st.lists(st.integers(0, len(uids)), min_size=number, max_size=number)))
        return AddShapes(tuple((places[index] + index, shape) for index, shape in enumerate(new)))
    if maker == "remove":
        return RemoveShapes.of(document, some)
    if maker == "change":
        changed = [document.shape(uid) for uid in some]
        return ChangeShapes.to(document, [shape.with_points(shape.points + number) for shape in changed])
    if maker == "reorder":
        return ReorderShapes.to(document, draw(st.permutations(uids)))
    if maker == "replace":
        return replace_all(document, new, "Replace")
    if maker == "image":
        tags = tuple(f"tag {index}" for index in range(number))
        return SetImageFields.to(document, text=str(number), tags=tags, flags={"a": number > 1}, checked=number == 2)
    return draw_compound(draw, document, depth)


def draw_compound(draw: st.DrawFn, document: Document, depth: int) -> Edit:
    scratch = Document(document.snapshot())
    edits = []
    for _ in range(draw(st.integers(0, 3))):
        edits.append(draw_edit(draw, scratch, depth + 1))
        scratch.apply(edits[-1])
    return Compound(tuple(edits), "Several")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_undo_of_all_is_the_start_and_redo_of_all_is_the_end(data: st.DataObject) -> None:
    document = document_of(*(f"old {index}" for index in range(data.draw(st.integers(0, 5)))))
    states = [state_of(document)]
    edits: list[Edit] = []
    for _ in range(data.draw(st.integers(1, 12))):
        edits.append(draw_edit(data.draw, document))  # type: ignore[arg-type]
        document.apply(edits[-1])
        states.append(state_of(document))
    for _ in range(2):
        for edit, before in zip(reversed(edits), reversed(states[:-1]), strict=True):
            document.revert(edit)
            assert state_of(document) == before
        for edit, after in zip(edits, states[1:], strict=True):
            document.apply(edit, Origin.REDO)
            assert state_of(document) == after


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_view_that_follows_the_changes_always_shows_the_document(data: st.DataObject) -> None:
    document = document_of("a", "b", "c")
    shown = {shape.uid: shape for shape in document.shapes}

    def on_document_changed(change: Change) -> None:
        for uid in change.removed:
            shown.pop(uid, None)
        for uid in (*change.added, *change.changed):
            if uid in document:
                shown[uid] = document.shape(uid)

    document.changed.connect(on_document_changed)
    edits: list[Edit] = []
    for _ in range(data.draw(st.integers(1, 8))):
        edits.append(draw_edit(data.draw, document))  # type: ignore[arg-type]
        document.apply(edits[-1])
        assert shown == {shape.uid: shape for shape in document.shapes}
    for edit in reversed(edits):
        document.revert(edit)
        assert shown == {shape.uid: shape for shape in document.shapes}


@pytest.mark.parametrize("origin", [Origin.EDIT, Origin.REDO, Origin.LOAD])
def test_listeners_hear_what_changed_and_who_asked(origin: Origin) -> None:
    document = document_of("a", "b")
    heard: list[Change] = []
    disconnect = document.changed.connect(heard.append)
    first, second = (shape.uid for shape in document.shapes)
    new = box("c")
    edits: Sequence[Edit] = (
        AddShapes.on_top(document, [new]),
        ChangeShapes.to(document, [document.shape(first).with_changes(label="x")]),
        RemoveShapes.of(document, [second]),
    )
    for edit in edits:
        document.apply(edit, origin)
    reorder = ReorderShapes.to(document, [new.uid, first])
    document.apply(reorder, origin)
    document.apply(SetImageFields.to(document, checked=True), origin)
    document.revert(reorder)
    assert heard == [
        Change(added=(new.uid,), origin=origin),
        Change(changed=(first,), origin=origin),
        Change(removed=(second,), origin=origin),
        Change(reordered=True, origin=origin),
        Change(image=True, origin=origin),
        Change(reordered=True, origin=Origin.UNDO),
    ]
    assert document.revision == 6
    disconnect()
    document.apply(AddShapes.on_top(document, [box("d")]))
    assert len(heard) == 6


def test_shapes_keep_their_places_in_the_drawing_order() -> None:
    document = document_of("a", "b", "c", "d", "e")
    uids = {shape.label: shape.uid for shape in document.shapes}
    remove = RemoveShapes.of(document, [uids["d"], uids["a"], uids["c"]])
    document.apply(remove)
    assert labels_of(document) == ["b", "e"]
    document.revert(remove)
    assert labels_of(document) == ["a", "b", "c", "d", "e"]
    assert document.position(uids["d"]) == 3


def test_an_edit_holds_only_what_it_concerns() -> None:
    document = document_of(*(str(index) for index in range(100)))
    target = document.shapes[40]
    edit = ChangeShapes.to(document, [target.with_changes(label="x")])
    before = document.shapes
    document.apply(edit)
    assert (edit.before, len(edit.after)) == ((target,), 1)
    assert sum(old is new for old, new in zip(before, document.shapes, strict=True)) == 99


def test_a_snapshot_does_not_change_with_the_document() -> None:
    document = document_of("a")
    snapshot = document.snapshot()
    document.apply(AddShapes.on_top(document, [box("b")]))
    document.apply(SetImageFields.to(document, text="later"))
    assert ([shape.label for shape in snapshot.shapes], snapshot.text) == (["a"], "")
    assert ([shape.label for shape in document.snapshot().shapes], document.snapshot().text) == (["a", "b"], "later")


def test_a_shape_that_is_not_there() -> None:
    document = document_of("a")
    with pytest.raises(KeyError):
        document.shape(-1)
    with pytest.raises(KeyError):
        RemoveShapes.of(document, [-1])
    assert -1 not in document


def test_many_steps_on_a_dense_image_are_quick_and_small() -> None:
    rng = np.random.default_rng(0)
    shapes = tuple(Shape(ShapeKind.POLYGON, rng.random((100, 2))) for _ in range(500))
    document = Document(Annotation(shapes=shapes))
    edits = []
    for step in range(2000):
        shape = document.shapes[step % 500]
        edits.append(ChangeShapes.to(document, [shape.with_points(shape.points + 1)]))
        document.apply(edits[-1])
    for edit in reversed(edits):
        document.revert(edit)
    assert all(old is new for old, new in zip(shapes, document.shapes, strict=True))


@pytest.mark.parametrize(
    ("kind", "points"),
    [
        (ShapeKind.POLYGON, [[0, 0], [1, 1]]),
        (ShapeKind.RECTANGLE, [[0, 0]]),
        (ShapeKind.POINT, [[0, 0], [1, 1]]),
        (ShapeKind.OTHER, np.zeros((0, 2))),
        (ShapeKind.LINE, [[0, 0], [1, float("nan")]]),
        (ShapeKind.LINE, [[0, 0], [1, float("inf")]]),
        (ShapeKind.LINE, [[0, 0], [1, 1e12]]),
        (ShapeKind.LINE, [[0, 0, 0], [1, 1, 1]]),
    ],
)
def test_a_shape_that_cannot_be_is_refused(kind: ShapeKind, points: object) -> None:
    with pytest.raises(ValueError, match=r"points|cannot have"):
        Shape(kind, points)  # type: ignore[arg-type]


def test_points_cannot_be_changed_behind_the_shape() -> None:
    source = np.zeros((3, 2))
    shape = Shape(ShapeKind.POLYGON, source)
    source[0] = 5
    assert shape.points[0].tolist() == [0, 0]
    with pytest.raises(ValueError, match="read-only"):
        shape.points[0] = 1
