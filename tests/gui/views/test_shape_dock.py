"""The lists of objects and labels follow the document and the canvas, and the canvas can follow them."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest
from qtpy.QtCore import QItemSelectionModel, QPoint, Qt
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication

from anylabeling.document.annotation import Annotation
from anylabeling.document.document import Document
from anylabeling.document.edits import AddShapes, ChangeShapes, HideShapes, RemoveShapes
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.views.docks.label_dock import LabelDock
from anylabeling.views.docks.shape_dock import ShapeDock
from anylabeling.views.widgets.row_delegate import NOTE_ROLE
from anylabeling.views.widgets.row_list import RowList

LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def box(label: str, score: float | None = None, **fields: object) -> Shape:
    return Shape(ShapeKind.RECTANGLE, np.array([[0.0, 0.0], [9.0, 9.0]]), label=label, score=score, **fields)  # type: ignore[arg-type]


def labels(dock: ShapeDock) -> list[str]:
    return [str(dock.model.index(row).data()) for row in range(dock.model.rowCount())]


def click(view: RowList, row: int, *, right_px: int | None = None, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
    rect = view.visualRect(view.model().index(row, 0))
    place = rect.center() if right_px is None else QPoint(rect.right() - right_px, rect.center().y())
    QTest.mouseClick(view.viewport(), LEFT, keys, place)


@pytest.fixture
def document() -> Document:
    return Document(Annotation(shapes=(box("person", 0.4), box("bus", 0.84), box("person", 0.89), box("cat"))))


@pytest.fixture
def dock(document: Document, show: Callable[[ShapeDock], ShapeDock]) -> ShapeDock:
    dock = ShapeDock()
    dock.resize(280, 300)
    dock.set_document(document)
    return show(dock)


def test_rows_are_sorted_by_label_then_score_and_show_the_score(dock: ShapeDock) -> None:
    assert labels(dock) == ["bus", "cat", "person", "person"]
    notes = [dock.model.index(row).data(NOTE_ROLE) for row in range(4)]
    assert notes == [".84", "", ".89", ".40"]
    assert dock.count_text() == "4"
    dock.model.set_sort("score")
    assert labels(dock) == ["person", "bus", "person", "cat"]


def test_an_object_that_is_text_says_so_in_its_row(dock: ShapeDock) -> None:
    dock.set_document(Document(Annotation(shapes=(box("text", text="Total\n  14 kg"), box("text")))))
    assert sorted(labels(dock)) == ["text", "text · Total 14 kg"]


def test_edits_move_single_rows_and_keep_the_selection(dock: ShapeDock, document: Document) -> None:
    cat = next(shape for shape in document.shapes if shape.label == "cat")
    dock.set_selection([cat.uid])
    resets: list[bool] = []
    dock.model.modelReset.connect(lambda: resets.append(True))
    document.apply(ChangeShapes.to(document, [cat.with_changes(label="zebra")]))
    assert labels(dock) == ["bus", "person", "person", "zebra"]
    assert dock.selection() == (cat.uid,)
    add = AddShapes.on_top(document, [box("ape")])
    document.apply(add)
    assert labels(dock)[0] == "ape"
    document.revert(add)
    document.apply(RemoveShapes.of(document, [cat.uid]))
    assert labels(dock) == ["bus", "person", "person"]
    assert dock.count_text() == "3"
    assert resets == []


def test_the_selection_goes_both_ways_without_an_echo(dock: ShapeDock) -> None:
    told: list[tuple[int, ...]] = []
    dock.selection_changed.connect(told.append)
    uids = dock.model.uids()
    dock.set_selection([uids[1], uids[3]])
    assert dock.selection() == (uids[1], uids[3])
    assert told == []
    click(dock.view, 0)
    click(dock.view, 2, keys=CTRL)
    assert told == [(uids[0],), (uids[0], uids[2])]


def hide_in(document: Document) -> Callable[[tuple[int, ...], bool], object]:
    """Return what hides and shows shapes of a document, as a controller would."""
    return lambda uids, hides: document.apply(HideShapes.of(document, uids, hides=hides))


def test_the_eye_hides_without_selecting(dock: ShapeDock, document: Document) -> None:
    dock.hide_requested.connect(hide_in(document))
    hidden: list[frozenset[int]] = []
    selected: list[tuple[int, ...]] = []
    dock.hidden_changed.connect(hidden.append)
    dock.selection_changed.connect(selected.append)
    click(dock.view, 1, right_px=4 + 22 + 10)
    uid = dock.model.uid(1)
    assert hidden == [frozenset({uid})]
    click(dock.view, 1, right_px=4 + 22 + 10)
    assert hidden[-1] == frozenset()
    assert selected == []
    click(dock.view, 1, right_px=4 + 22 + 10)
    dock.set_document(Document())
    assert hidden[-1] == frozenset()
    dock.set_document(document)
    assert hidden[-1] == {uid}  # as it was left
    other = next(shape for shape in document.shapes if shape.uid != uid)
    gone = RemoveShapes.of(document, [uid, other.uid])
    document.apply(gone)
    document.revert(gone)
    assert dock.model.hidden == {uid}
    dock.show_all()
    assert hidden[-1] == document.hidden == frozenset()


def test_the_lock_asks_for_the_change(dock: ShapeDock, document: Document) -> None:
    wishes: list[tuple[int, bool]] = []
    dock.lock_requested.connect(lambda uid, locked: wishes.append((uid, locked)))
    click(dock.view, 0, right_px=4 + 10)
    uid = dock.model.uid(0)
    assert wishes == [(uid, True)]
    document.apply(ChangeShapes.to(document, [document.shape(uid).with_changes(locked=True)]))
    click(dock.view, 0, right_px=4 + 10)
    assert wishes[-1] == (uid, False)


def test_keys_hide_and_edit(dock: ShapeDock, document: Document) -> None:
    dock.hide_requested.connect(hide_in(document))
    edits: list[int] = []
    dock.label_edit_requested.connect(edits.append)
    click(dock.view, 2)
    QTest.keyClick(dock.view, Qt.Key.Key_Space)
    uid = dock.model.uid(2)
    assert dock.model.hidden == {uid}
    QTest.keyClick(dock.view, Qt.Key.Key_Return)
    assert edits == [uid]
    dock.toggle_all_hidden()
    assert len(dock.model.hidden) == 4
    dock.toggle_all_hidden()
    assert dock.model.hidden == frozenset()


def test_a_hidden_label_hides_what_comes_later_too(dock: ShapeDock, document: Document) -> None:
    hidden: list[frozenset[int]] = []
    dock.hidden_changed.connect(hidden.append)
    dock.set_label_hidden("person", True)
    assert len(hidden[-1]) == 2
    late = box("person", 0.5)
    document.apply(AddShapes.on_top(document, [late]))
    assert late.uid in hidden[-1]
    other = Document(Annotation(shapes=(box("person"), box("bus"))))
    dock.set_document(other)
    assert hidden[-1] == {other.shapes[0].uid}
    dock.set_label_hidden("person", False)
    assert hidden[-1] == frozenset()


def test_five_thousand_objects_stay_smooth(dock: ShapeDock, qapp: QApplication) -> None:
    rng = random.Random(5)
    shapes = tuple(box(f"label {rng.randrange(80)}", rng.random()) for _ in range(5000))
    document = Document(Annotation(shapes=shapes))
    dock.set_document(document)
    qapp.processEvents()
    for shape in shapes[:20]:
        document.apply(ChangeShapes.to(document, [shape.with_changes(label="moved")]))
        qapp.processEvents()
    dock.set_selection(shape.uid for shape in shapes)
    qapp.processEvents()
    assert len(dock.selection()) == 5000


def test_thousands_of_scattered_objects_are_selected_as_the_canvas_has_them(dock: ShapeDock) -> None:
    document = Document(
        Annotation(shapes=tuple(Shape(ShapeKind.POINT, [[n, n]], label=str(n % 3)) for n in range(3000)))
    )
    dock.set_document(document)
    selection = dock.view.selectionModel()
    told: list[tuple[int, ...]] = []
    dock.selection_changed.connect(told.append)
    for step in (2, 3, 7):
        wanted = frozenset(shape.uid for shape in document.shapes[::step])
        dock.set_selection(wanted)
        assert frozenset(dock.selection()) == wanted  # before the rows are
        dock._apply_selection()
        rows = {index.row() for index in selection.selectedIndexes()}
        assert {dock.model.uid(row) for row in rows} == wanted
        assert selection.currentIndex().row() == min(rows)
    dock.set_selection([document.shapes[5].uid])
    assert [dock.model.uid(index.row()) for index in selection.selectedIndexes()] == [document.shapes[5].uid]
    assert told == []
    selection.select(dock.model.index(0), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    assert told == [(dock.model.uid(0),)]


def test_a_document_that_is_gone_is_no_longer_listened_to(dock: ShapeDock, document: Document) -> None:
    dock.set_document(None)
    document.apply(AddShapes.on_top(document, [box("late")]))
    assert dock.model.rowCount() == 0
    assert dock.message.isVisible()


def test_labels_are_chosen_and_hidden_by_mouse_and_keys(show: Callable[[LabelDock], LabelDock]) -> None:
    dock = LabelDock()
    dock.resize(280, 200)
    show(dock)
    assert dock.message.isVisible()
    dock.set_labels([("person", 4, (10, 20, 30)), ("bus", 0, (40, 50, 60))])
    chosen: list[str] = []
    visible: list[tuple[str, bool]] = []
    dock.label_selected.connect(chosen.append)
    dock.label_visibility_changed.connect(lambda name, shown: visible.append((name, shown)))
    click(dock.view, 1)
    assert chosen == ["bus"]
    click(dock.view, 0, right_px=4 + 10)
    QTest.keyClick(dock.view, Qt.Key.Key_Space)
    assert visible == [("person", False), ("bus", False)]
    dock.set_labels([("bus", 1, (40, 50, 60)), ("person", 4, (10, 20, 30))])
    assert dock.model.hidden == {"person", "bus"}
    assert dock.view.currentIndex().data() == "bus"
    assert chosen == ["bus"]
