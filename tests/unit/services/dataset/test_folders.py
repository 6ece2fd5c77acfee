"""Lists of images by folder, in any order."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anylabeling import accel
from anylabeling.services.dataset.folders import by_folder

paths = st.lists(
    st.tuples(
        st.sampled_from(["", "/a", "/a/b", "/a/bc", "/a/b/c", "rel", "./rel", "/"]), st.text("ab.\udcff", min_size=1)
    ).map(lambda parts: os.path.join(parts[0], parts[1].strip(".") or "x")),  # noqa: PTH118
    max_size=40,
)


@given(paths, st.booleans(), st.sampled_from(["auto", "numpy"]))
def test_every_image_is_in_its_folder_once(images: list[str], is_sorted: bool, implementation: str) -> None:
    images = sorted(images) if is_sorted else images
    with accel.using(implementation):
        folders = by_folder(images)
    assert sorted(place for folder in folders for place in folder.places.tolist()) == list(range(len(images)))
    assert len({folder.path for folder in folders}) == len(folders)
    for folder in folders:
        assert sorted(folder.places.tolist()) == folder.places.tolist()
        assert folder.joined_names.split(b"\0") == [os.fsencode(name) for name in folder.names]
        assert len(folder) == len(folder.names)
        for name, place in zip(folder.names, folder.places, strict=True):
            assert os.path.abspath(images[place]) == os.path.join(os.fsdecode(folder.path), name)  # noqa: PTH100, PTH118


@pytest.mark.parametrize("implementation", ["auto", "numpy"])
def test_a_long_folder_between_others(implementation: str) -> None:
    images = ["/a/x.jpg", *(f"/a/b/{n}.jpg" for n in range(1000)), "/a/y.jpg", *(f"/c{n}/1.jpg" for n in range(50))]
    with accel.using(implementation):
        folders = by_folder(images)
    assert [len(folder.names) for folder in folders] == [2, 1000] + [1] * 50


@pytest.mark.parametrize("count", [8191, 8192, 8193, 20_000])
def test_a_folder_so_long_that_it_is_read_in_pieces(count: int) -> None:
    images = [*(f"/a/b/{n}.jpg" for n in range(count)), "/b/é.jpg"]
    long, other = by_folder(images)
    assert long.names == [f"{n}.jpg" for n in range(count)]
    assert (other.names, other.places.tolist()) == (["é.jpg"], [count])
