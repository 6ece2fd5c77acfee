"""New shapes and those that an image has."""

from __future__ import annotations

from anylabeling.document.annotation import Annotation
from anylabeling.document.document import Document
from anylabeling.document.merging import with_free_groups, with_model_flags, without_known
from anylabeling.document.model_result import ModelResult, result_edit, with_result
from anylabeling.document.shape import Shape, ShapeKind


def box(label: str, x: float) -> Shape:
    return Shape(ShapeKind.RECTANGLE, [[x, 0], [x + 10, 10]], label=label)


def test_a_model_that_runs_twice_does_not_double_its_objects() -> None:
    found = [box("cat", 1), box("cat", 60), box("dog", 0)]
    assert without_known([box("cat", 0), box("dog", 100)], found, 0.5) == found[1:]
    assert without_known(found, found, 0.5) == []


def test_on_an_image_without_shapes_everything_is_new() -> None:
    found = [box("cat", 1), box("cat", 2)]
    assert without_known([], found, 0.5) == found


def person(x: float, group: int) -> list[Shape]:
    return [
        box("person", x).with_changes(group_id=group),
        Shape(ShapeKind.POINT, [[x + 5, 5]], label="nose", group_id=group),
    ]


def test_a_group_is_known_when_its_first_shape_is() -> None:
    found = [*person(0, 1), *person(60, 2)]
    # Another nose is not what makes a person known.
    present = [box("person", 1), Shape(ShapeKind.POINT, [[65, 5]], label="nose")]
    assert without_known(present, found, 0.5) == found[2:]


def test_new_groups_get_numbers_that_are_free() -> None:
    new = [*person(0, 1), box("cat", 0), *person(60, 2)]
    present = [box("dog", 0).with_changes(group_id=7), box("dog", 20)]
    assert [shape.group_id for shape in with_free_groups(present, new)] == [8, 8, None, 9, 9]
    assert with_free_groups([], new) == new
    # A group that was left out leaves no gap.
    assert [shape.group_id for shape in with_free_groups(present, new[3:])] == [8, 8]


def test_a_classifier_adds_its_flags_and_takes_back_only_its_own() -> None:
    present = {"night": True, "cat": True, "dog": False}
    names = ("cat", "dog", "cow")
    added = with_model_flags(present, {"dog": True}, names, replace=False)
    assert added == {"night": True, "cat": True, "dog": True}
    replaced = with_model_flags(present, {"cow": True}, names, replace=True)
    assert replaced == {"night": True, "cat": False, "dog": False, "cow": True}


def test_a_result_joins_a_document_as_it_joins_a_label_file() -> None:
    present = (box("person", 0).with_changes(group_id=3),)
    result = ModelResult((*person(1, 1), *person(60, 2)))
    for replace in (False, True):
        annotation = Annotation(shapes=present)
        document = Document(annotation)
        edit, count = result_edit(document, result, replace=replace, iou=0.5)
        assert edit is not None
        document.apply(edit)
        wanted = with_result(annotation, result, replace=replace, iou=0.5)
        assert [shape.content() for shape in document.shapes] == [shape.content() for shape in wanted.shapes]
        assert (count, edit.name) == ((2, "Label with model (2)") if replace else (1, "Label with model (1)"))
        document.revert(edit)
        assert document.shapes == present


def test_flags_are_one_undo_step() -> None:
    document = Document(Annotation(shapes=(box("cat", 0),), flags={"night": True}))
    result = ModelResult(flags={"dog": True}, flag_names=("cat", "dog"))
    edit, count = result_edit(document, result, replace=True, iou=0.5)
    assert edit is not None
    document.apply(edit)
    assert (count, dict(document.annotation.flags)) == (1, {"night": True, "dog": True})
    assert len(document.shapes) == 1
    document.revert(edit)
    assert dict(document.annotation.flags) == {"night": True}
    document.apply(edit)
    assert result_edit(document, result, replace=False, iou=0.5) == (None, 0)
