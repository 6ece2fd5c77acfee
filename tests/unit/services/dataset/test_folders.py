"""Lists of images by folder, in any order."""

from __future__ import annotations

import os

from hypothesis import given
from hypothesis import strategies as st

from anylabeling.services.dataset.folders import by_folder

paths = st.lists(
    st.tuples(
        st.sampled_from(["", "/a", "/a/b", "/a/bc", "/a/b/c", "rel", "./rel", "/"]), st.text("ab.\udcff", min_size=1)
    ).map(lambda parts: os.path.join(parts[0], parts[1].strip(".") or "x")),  # noqa: PTH118
    max_size=40,
)


@given(paths, st.booleans())
def test_every_image_is_in_its_folder_once(images: list[str], is_sorted: bool) -> None:
    images = sorted(images) if is_sorted else images
    folders = by_folder(images)
    assert sorted(place for folder in folders for place in folder.places) == list(range(len(images)))
    assert len({folder.path for folder in folders}) == len(folders)
    for folder in folders:
        assert sorted(folder.places) == folder.places
        for name, place in zip(folder.names, folder.places, strict=True):
            assert os.path.abspath(images[place]) == os.path.join(os.fsdecode(folder.path), name)  # noqa: PTH100, PTH118


def test_a_long_folder_between_others() -> None:
    images = ["/a/x.jpg", *(f"/a/b/{n}.jpg" for n in range(1000)), "/a/y.jpg", *(f"/c{n}/1.jpg" for n in range(50))]
    folders = by_folder(images)
    assert [len(folder.names) for folder in folders] == [2, 1000] + [1] * 50
