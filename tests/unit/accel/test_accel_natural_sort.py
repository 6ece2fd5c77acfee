"""Names sort as a person would sort them, and always the same way."""

from __future__ import annotations

import random
from collections.abc import Iterator
from types import ModuleType

import pytest
from accel_builds import unbuilt_extensions
from hypothesis import given, settings
from hypothesis import strategies as st

from anylabeling import accel as public
from anylabeling.accel import _natural
from anylabeling.rust_extensions import get_rust_status

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


@pytest.fixture(params=["numpy", "cython", "rust"], scope="module")
def accel(request: pytest.FixtureRequest) -> Iterator[ModuleType]:
    """Return the public functions while one implementation is in use; all three can sort."""
    reasons = {"numpy": "", "cython": unbuilt_extensions(), "rust": get_rust_status()["reason"]}
    if reasons[request.param]:
        pytest.skip(reasons[request.param])
    with public.using(request.param):
        assert public.status()["natural_sorted"].implementation == request.param
        yield public


@pytest.mark.parametrize("names", ORDERED)
def test_order(accel: ModuleType, names: list[str]) -> None:
    for seed in range(5):
        shuffled = names.copy()
        random.Random(seed).shuffle(shuffled)
        assert accel.natural_sorted(shuffled) == names


NAMES = st.lists(st.text(st.sampled_from("0129aAbZ ._-/é"), max_size=8))


@given(names=NAMES)
def test_order_does_not_depend_on_the_input_order(accel: ModuleType, names: list[str]) -> None:
    result = accel.natural_sorted(names)
    assert sorted(result) == sorted(names)
    assert accel.natural_sorted(names[::-1]) == result
    keys = accel.natural_sort_keys(result)
    assert keys == sorted(keys)


@given(numbers=st.lists(st.tuples(st.integers(0, 10**25), st.integers(0, 3)), max_size=20))
def test_numbers_go_by_value(accel: ModuleType, numbers: list[tuple[int, int]]) -> None:
    names = [f"frame{'0' * zeros}{number}.jpg" for number, zeros in numbers]
    values = [int(name[5:-4]) for name in accel.natural_sorted(names)]
    assert values == sorted(values)


# All of Unicode, with what sorting could trip over: surrogates without partner, letters that fold to several, zeros.
ANY_NAMES = st.lists(
    st.one_of(
        st.text(st.characters(categories=["L", "N", "P", "S", "Z", "C"]), max_size=12),
        st.text(st.sampled_from("00129aAbBzZ ._-/\\éßſ€\U0001f600\udc80\udfff\0\x01"), max_size=40),
    ),
    max_size=60,
)


@settings(max_examples=50, deadline=None)
@given(names=ANY_NAMES, prefix=st.text(st.sampled_from("a/1.é"), max_size=20))
def test_any_names_sort_as_in_the_reference(accel: ModuleType, names: list[str], prefix: str) -> None:
    names = [prefix + name for name in names]
    assert accel.natural_sort_keys(names) == _natural.natural_sort_keys(names)
    assert accel.natural_sorted(names) == _natural.natural_sorted(names)


def test_numbers_of_any_length(accel: ModuleType) -> None:
    names = ["9" * 70_000 + "a", "9" * 70_001, "0" * 5000 + "1", "1"]
    assert accel.natural_sort_keys(names) == _natural.natural_sort_keys(names)
    assert accel.natural_sorted(names) == _natural.natural_sorted(names)


@pytest.mark.parametrize("order", ["sorted", "reversed", "same", "organ pipes"])
def test_many_names_in_bad_orders(accel: ModuleType, order: str) -> None:
    names = [f"a/very/long/common/folder/name/IMG_{number:05d}.jpg" for number in range(20_000)]
    given_names = {
        "sorted": names,
        "reversed": names[::-1],
        "same": names[:1] * 20_000,
        "organ pipes": names[::2] + names[1::2][::-1],
    }[order]
    assert accel.natural_sorted(given_names) == sorted(given_names)


def test_what_is_not_text_is_refused(accel: ModuleType) -> None:
    for wrong in (b"a.jpg", 1, None):
        for function in (accel.natural_sort_keys, accel.natural_sorted):
            with pytest.raises(TypeError):
                function(["a.jpg", wrong])
    assert accel.natural_sorted([]) == accel.natural_sort_keys([]) == []
    assert accel.natural_sorted(("b", "a")) == ["a", "b"]
