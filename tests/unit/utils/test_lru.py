"""The byte-budget map keeps to its budget, whatever is done to it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from anylabeling.utils.lru import ByteBudgetLru


def test_the_longest_unused_goes_first() -> None:
    lru: ByteBudgetLru[str, int] = ByteBudgetLru(30)
    for name in "abc":
        assert lru.put(name, ord(name), 10)
    assert lru.get("a") == ord("a")
    assert lru.peek("b") == ord("b")
    lru.put("d", 4, 10)
    assert lru.keys_by_age() == ["c", "a", "d"]
    assert lru.evictions == 1
    lru.put("e", 5, 25)
    assert lru.keys_by_age() == ["e"]
    assert lru.used_bytes == 25


def test_too_large_and_off() -> None:
    lru: ByteBudgetLru[str, int] = ByteBudgetLru(10)
    lru.put("a", 1, 10)
    assert not lru.put("b", 2, 11)
    assert lru.keys_by_age() == ["a"]
    assert not lru.put("a", 3, 11)
    assert lru.get("a") is None
    lru.resize(0)
    assert not lru.put("c", 1, 1)
    assert len(lru) == 0


ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.integers(0, 5), st.integers(0, 40)),
        st.tuples(st.just("get"), st.integers(0, 5), st.just(0)),
        st.tuples(st.just("discard"), st.integers(0, 5), st.just(0)),
        st.tuples(st.just("resize"), st.integers(0, 90), st.just(0)),
    )
)


@given(actions=ACTIONS)
def test_budget_and_sum_always_agree(actions: list[tuple[str, int, int]]) -> None:
    lru: ByteBudgetLru[int, int] = ByteBudgetLru(60)
    sizes: dict[int, int] = {}
    for action, number, size in actions:
        if action == "put":
            kept = lru.put(number, size, size)
            assert kept == (size <= lru.capacity_bytes)
            sizes[number] = size
        elif action == "get":
            value = lru.get(number)
            assert value is None or value == sizes[number]
        elif action == "discard":
            lru.discard(number)
            assert number not in lru
        else:
            lru.resize(number)
        assert lru.used_bytes == sum(sizes[key] for key in lru.keys_by_age())
        assert lru.used_bytes <= lru.capacity_bytes
