"""Links from key to value: by group numbers that name one shape each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from anylabeling.document.links import LINK_KEY, all_links, linked, linked_pairs, links_of, unlinked
from anylabeling.document.shape import Shape, ShapeKind


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
