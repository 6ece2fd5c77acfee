"""Names sort as a person would sort them, and always the same way."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anylabeling.accel import natural_sort_keys, natural_sorted

ORDERED = [
    ["1.jpg", "2.jpg", "10.jpg", "100.jpg"],
    ["img.jpg", "img 2.jpg", "img2.jpg", "img10.jpg", "img_1.jpg"],
    ["A1.png", "a2.png", "B1.png", "b2.png"],
    ["a/2.jpg", "a/10.jpg", "a.jpg", "a b/1.jpg", "a-b/1.jpg", "b/1.jpg"],
    ["run1/frame9.jpg", "run1/frame10.jpg", "run2/frame1.jpg", "run10/frame1.jpg"],
    ["v1.2.9.png", "v1.2.10.png", "v1.10.1.png"],
    ["9" * 30 + ".jpg", "1" + "0" * 30 + ".jpg"],
    ["Ärger 2.jpg", "ärger 10.jpg"],
    ["img_0001.jpg", "img_0002.jpg", "img_0010.jpg"],
]


@pytest.mark.parametrize("names", ORDERED)
def test_order(names: list[str]) -> None:
    for seed in range(5):
        shuffled = names.copy()
        random.Random(seed).shuffle(shuffled)
        assert natural_sorted(shuffled) == names


NAMES = st.lists(st.text(st.sampled_from("0129aAbZ ._-/é"), max_size=8))


@given(names=NAMES)
def test_order_does_not_depend_on_the_input_order(names: list[str]) -> None:
    result = natural_sorted(names)
    assert sorted(result) == sorted(names)
    assert natural_sorted(names[::-1]) == result
    keys = natural_sort_keys(result)
    assert keys == sorted(keys)


@given(numbers=st.lists(st.tuples(st.integers(0, 10**25), st.integers(0, 3)), max_size=20))
def test_numbers_go_by_value(numbers: list[tuple[int, int]]) -> None:
    names = [f"frame{'0' * zeros}{number}.jpg" for number, zeros in numbers]
    values = [int(name[5:-4]) for name in natural_sorted(names)]
    assert values == sorted(values)
