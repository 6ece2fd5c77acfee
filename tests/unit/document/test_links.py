"""Links from key to value: by group numbers that name one shape each."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from anylabeling.document.links import LINK_KEY, all_links, linked, linked_pairs, links_of, unlinked
from anylabeling.document.merging import with_free_groups
from anylabeling.document.object_changes import changed_shapes
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.messages.labels import LabelChange
from anylabeling.services.dataset.label_changes import changed_bytes


def point(group: int | None = None, links: object = None) -> Shape:
    extra = {} if links is None else {LINK_KEY: links}
    return Shape(ShapeKind.POINT, [[1, 2]], "x", group_id=group, extra=extra)  # type: ignore[arg-type]


groups = st.none() | st.integers(0, 4)


@given(st.lists(groups, min_size=2, max_size=6))
def test_linking_names_both_ends_and_unlinking_takes_it_back(numbers: list[int | None]) -> None:
    shapes = [point(number) for number in numbers]
    key, value = linked(shapes, shapes[0], shapes[1])
    after = [key, value, *shapes[2:]]
    assert [(one.uid, other.uid) for one, other in linked_pairs(after)] == [(shapes[0].uid, shapes[1].uid)]
    assert links_of(key) == links_of(value) == all_links(after)
    assert [one.group_id for one in after[2:]] == numbers[2:]
    changed = {one.uid: one for one in unlinked(after, [key.uid, value.uid])}
    assert set(changed) == {key.uid, value.uid}
    assert all_links([changed.get(one.uid, one) for one in after]) == ()


def test_what_makes_no_sense_is_left_out_and_left_alone() -> None:
    for nonsense in (None, 3, "x", [3], [[1]], [[1, "2"]], [[True, 2]], {"a": 1}):
        assert links_of(point(1, nonsense)) == ()
    assert links_of(point(1, [[1, 2], "x", [3]])) == ((1, 2),)
    assert unlinked([point(1, "x")], []) == []


def test_one_shape_loses_all_its_links_several_only_those_among_them() -> None:
    shapes = [point(1, [[1, 2], [1, 3]]), point(2, [[1, 2]]), point(3, [[1, 3]])]
    alone = unlinked(shapes, [shapes[1].uid])
    assert [(one.uid, links_of(one)) for one in alone] == [(shapes[0].uid, ((1, 3),)), (shapes[1].uid, ())]
    both = unlinked(shapes, [shapes[0].uid, shapes[2].uid])
    assert [(one.uid, links_of(one)) for one in both] == [(shapes[0].uid, ((1, 2),)), (shapes[2].uid, ())]


def test_links_among_copies_follow_their_new_numbers_and_no_others() -> None:
    copied = [point(7, [[7, 9], [7, 3]]), point(9, [[7, 9]]), point(None, "x")]
    for present in ([point(5), point(3)], []):
        pasted = with_free_groups(present, copied)
        key, value, _alone = pasted
        assert linked_pairs([*present, *pasted]) == [(key, value)]
    same = with_free_groups([], [point(1, [[1, 2]]), point(2, [[1, 2]])])
    assert linked_pairs(same) == [(same[0], same[1])]
    # A copy of one end alone is linked to nothing, neither here nor among others that have such numbers.
    others = [point(7), point(9)]
    assert linked_pairs([*others, *with_free_groups(others, copied[:1])]) == []


def test_links_follow_groups_that_get_other_numbers() -> None:
    shapes = [point(7, [[7, 9]]), point(9, [[7, 9]]), point(7), None, point(2, [[2, 4]])]
    found = changed_shapes(shapes, kinds={}, groups={7: 1, 9: 4})
    after = [found.get(place, (shape,))[0] for place, shape in enumerate(shapes) if shape is not None]
    assert [shape.group_id for shape in after] == [1, 4, 1, 2]
    assert linked_pairs(after) == [(after[0], after[1])]  # 2 was linked to nobody, and is not to the one that is 4 now
    dissolved = changed_shapes(shapes, kinds={}, groups={9: None})
    assert links_of(dissolved[0][0]) == ()
    assert dissolved[1][0].group_id is None
    # Where only some labels are concerned, the first shape of a number says what becomes of it.
    assert changed_shapes(shapes, kinds={}, groups={7: 1}, only=["y"]) == {}


def test_links_in_a_label_file_follow_too() -> None:
    record = {"label": "a", "shape_type": "point", "points": [[1, 2]], "flags": {}, "theirs": 5}
    shapes = [{**record, "group_id": 7, "kie_linking": [[7, 9]]}, {**record, "group_id": 9, "kie_linking": [[7, 9]]}]
    data = json.dumps({"shapes": shapes, "imagePath": "a.jpg", "flags": {}}).encode()
    result = changed_bytes(data, "a.json", LabelChange(groups={7: 1}, name="Renumber"))
    assert result is not None
    after = json.loads(result[0])["shapes"]
    assert [(one["group_id"], one["kie_linking"], one["theirs"]) for one in after] == [
        (1, [[1, 9]], 5),
        (9, [[1, 9]], 5),
    ]
