"""The label store on real folders: names, conflicts, broken files, check marks."""

from __future__ import annotations

import concurrent.futures
import json
import os
import time
from pathlib import Path

import pytest

from anylabeling.document.annotation import Annotation
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.errors import LabelFileError, StorageError
from anylabeling.services.dataset.label_store import FileStamp, LabelConflictError, LabelStore, LoadedLabels


def annotation(*labels: str) -> Annotation:
    return Annotation(shapes=tuple(Shape(ShapeKind.RECTANGLE, [[0, 0], [5, 5]], label=label) for label in labels))


def image(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\xff\xd8")
    return str(path)


def save(store: LabelStore, path: str, *labels: str, expected: FileStamp | None = None) -> FileStamp:
    return store.save(path, annotation(*labels), image_size=(640, 480), expected=expected)


def labels(store: LabelStore, path: str) -> list[str]:
    loaded = store.load(path)
    assert loaded.error is None
    return [shape.label for shape in loaded.annotation.shapes]


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def foreign(path: Path, *names: str, image_path: str) -> None:
    shapes = [{"label": name, "points": [[1, 2], [3, 4], [5, 0]], "shape_type": "polygon"} for name in names]
    path.write_text(json.dumps({"shapes": shapes, "imagePath": image_path, "imageData": None}))


def test_labels_lie_beside_the_image(tmp_path: Path) -> None:
    store = LabelStore(root=tmp_path)
    photo = image(tmp_path / "a.b.jpg")
    loaded = store.load(photo)
    assert (loaded.annotation.content(), loaded.stamp, loaded.error) == (Annotation().content(), None, None)
    assert loaded.label_path == tmp_path / "a.b.json"
    assert not store.has_labels(photo)
    assert names_in(tmp_path) == ["a.b.jpg"]

    stamp = save(store, photo, "cat")
    assert store.has_labels(photo)
    loaded = store.load(photo)
    assert (loaded.stamp, loaded.annotation.image_path, loaded.annotation.image_size) == (stamp, "a.b.jpg", (640, 480))
    assert labels(store, photo) == ["cat"]
    assert store.stamp(photo) == stamp
    assert names_in(tmp_path) == ["a.b.jpg", "a.b.json"]


def test_saves_follow_each_other_by_their_stamps(tmp_path: Path) -> None:
    store = LabelStore()
    photo = image(tmp_path / "a.jpg")
    stamp = None
    for number in range(5):
        stamp = save(store, photo, str(number), expected=stamp)
    assert labels(LabelStore(), photo) == ["4"]


def test_folders_below_the_root_are_kept_in_the_output_folder(tmp_path: Path) -> None:
    output = tmp_path / "out"
    store = LabelStore(root=tmp_path / "photos", output_dir=output)
    first, second = (image(tmp_path / "photos" / day / "a.jpg") for day in ("monday", "tuesday"))
    save(store, first, "cat")
    save(store, second, "dog")
    assert (labels(store, first), labels(store, second)) == (["cat"], ["dog"])
    assert json.loads((output / "monday" / "a.json").read_bytes())["imagePath"] == "../../photos/monday/a.jpg"
    assert not list((tmp_path / "photos").rglob("*.json"))
    assert store.labelled([first, second]) == {first, second}


def test_images_of_many_folders_share_a_flat_output_folder(tmp_path: Path) -> None:
    store = LabelStore(output_dir=tmp_path / "out")
    photos = [image(tmp_path / day / "a.jpg") for day in ("monday", "tuesday", "wednesday", "thursday")]
    for photo in photos:
        save(store, photo, photo)
    for photo in photos:
        assert labels(LabelStore(output_dir=tmp_path / "out"), photo) == [photo]
    unlabelled = image(tmp_path / "friday" / "a.jpg")
    assert store.labelled([*photos, unlabelled]) == set(photos)
    assert labels(store, unlabelled) == []


@pytest.mark.parametrize("order", [("a.jpg", "a.png"), ("a.png", "a.jpg")])
def test_two_images_of_one_stem_never_share_labels(tmp_path: Path, order: tuple[str, str]) -> None:
    store = LabelStore(root=tmp_path)
    first, second = (image(tmp_path / name) for name in order)
    save(store, first, "of the first")
    assert labels(store, second) == []
    assert not store.has_labels(second)
    assert store.labelled([first, second]) == {first}
    stamp = save(store, second, "of the second")
    save(store, second, "of the second", "again", expected=stamp)
    for fresh in (store, LabelStore(root=tmp_path)):
        assert labels(fresh, first) == ["of the first"]
        assert labels(fresh, second) == ["of the second", "again"]
        assert fresh.labelled([first, second]) == {first, second}
    assert store.label_path(first) == tmp_path / "a.json"
    assert store.label_path(second) == tmp_path / f"{order[1]}.json"


def test_the_second_keeps_its_labels_when_the_first_goes(tmp_path: Path) -> None:
    store = LabelStore()
    first, second = image(tmp_path / "a.jpg"), image(tmp_path / "a.png")
    save(store, first, "first")
    save(store, second, "second")
    Path(first).unlink()
    (tmp_path / "a.json").unlink()
    assert labels(store, second) == ["second"]


def test_two_images_of_one_stem_saved_at_once(tmp_path: Path) -> None:
    for attempt in range(20):
        store = LabelStore(fsync=False)
        photos = [image(tmp_path / str(attempt) / f"a.{suffix}") for suffix in ("jpg", "png", "bmp", "webp")]
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda photo, store=store: save(store, photo, photo), photos))
        assert [labels(LabelStore(), photo) for photo in photos] == [[photo] for photo in photos]


def test_labels_follow_the_stem_when_a_picture_was_converted_or_renamed(tmp_path: Path) -> None:
    photo = image(tmp_path / "a.jpg")
    for named in ("a.png", "old name.jpg", "..\\elsewhere\\a.jpg", ""):
        foreign(tmp_path / "a.json", "cat", image_path=named)
        assert labels(LabelStore(), photo) == ["cat"], named


def test_a_copied_label_file_counts_for_the_image_of_its_name(tmp_path: Path) -> None:
    first, second = image(tmp_path / "frame1.jpg"), image(tmp_path / "frame2.jpg")
    foreign(tmp_path / "frame1.json", "cat", image_path="frame1.jpg")
    foreign(tmp_path / "frame2.json", "cat", "dog", image_path="frame1.jpg")
    assert (labels(LabelStore(), first), labels(LabelStore(), second)) == (["cat"], ["cat", "dog"])


def test_only_one_of_two_gets_a_file_that_names_neither(tmp_path: Path) -> None:
    first, second = image(tmp_path / "a.jpg"), image(tmp_path / "a.png")
    foreign(tmp_path / "a.json", "cat", image_path="gone.jpg")
    store = LabelStore()
    assert (labels(store, first), labels(store, second)) == (["cat"], [])
    assert store.labelled([first, second]) == {first}


def test_a_second_choice_is_not_taken_for_a_first(tmp_path: Path) -> None:
    store = LabelStore()
    first, second, third = (image(tmp_path / name) for name in ("a.jpg", "a.png", "a.png.jpg"))
    save(store, first, "first")
    save(store, second, "second")
    assert (store.label_path(second).name, labels(store, third)) == ("a.png.json", [])
    save(store, third, "third")
    assert [labels(LabelStore(), photo) for photo in (first, second, third)] == [["first"], ["second"], ["third"]]


@pytest.mark.parametrize("change", ["rewritten", "same size in place", "appeared", "deleted"])
def test_work_of_another_program_is_not_overwritten(tmp_path: Path, change: str) -> None:
    store = LabelStore(root=tmp_path)
    photo, path = image(tmp_path / "a.jpg"), tmp_path / "a.json"
    expected = None if change == "appeared" else save(store, photo, "mine")
    if change == "deleted":
        path.unlink()
    elif change == "same size in place":
        text = path.read_text().replace("mine", "your")
        with path.open("r+") as stream:
            stream.write(text)
        os.utime(path, ns=(time.time_ns(), time.time_ns() + 1_000_000))
    else:
        foreign(path, "yours", image_path="a.jpg")
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(LabelConflictError, match=r"a\.json has been (changed|deleted)"):
        save(store, photo, "mine", "more", expected=expected)
    assert (path.read_bytes() if path.exists() else None) == before
    stamp = store.save(photo, annotation("mine", "more"), image_size=None, expected=expected, overwrite=True)
    assert labels(store, photo) == ["mine", "more"]
    assert stamp == store.stamp(photo)
    assert names_in(tmp_path) == ["a.jpg", "a.json"]


def test_an_atomic_replacement_of_equal_size_and_time_is_noticed(tmp_path: Path) -> None:
    store = LabelStore()
    photo, path = image(tmp_path / "a.jpg"), tmp_path / "a.json"
    expected = save(store, photo, "mine")
    other = tmp_path / "other"
    other.write_bytes(path.read_bytes().replace(b"mine", b"your"))
    os.utime(other, ns=(expected.mtime_ns, expected.mtime_ns))
    other.replace(path)
    with pytest.raises(LabelConflictError):
        save(store, photo, "mine", "more", expected=expected)
    assert labels(store, photo) == ["your"]


def test_a_file_that_nobody_may_write_to_is_kept(tmp_path: Path) -> None:
    store = LabelStore()
    photo, path = image(tmp_path / "a.jpg"), tmp_path / "a.json"
    expected = save(store, photo, "mine")
    path.chmod(0o444)
    for overwrite in (False, True):
        with pytest.raises(StorageError, match=r"a\.json is read-only") as raised:
            store.save(photo, annotation("new"), image_size=None, expected=expected, overwrite=overwrite)
        assert not isinstance(raised.value, LabelConflictError)
    assert labels(store, photo) == ["mine"]
    path.chmod(0o644)
    save(store, photo, "new", expected=expected)
    assert labels(store, photo) == ["new"]


def test_a_broken_file_is_reported_and_never_overwritten_unasked(tmp_path: Path) -> None:
    store = LabelStore(root=tmp_path)
    photo, path = image(tmp_path / "a.jpg"), tmp_path / "a.json"
    path.write_bytes(b'{"shapes": [')
    loaded = store.load(photo)
    assert loaded.annotation.content() == Annotation().content()
    assert isinstance(loaded.error, LabelFileError)
    assert loaded.stamp == FileStamp.of(path)
    assert store.has_labels(photo)
    for other in (store, LabelStore(root=tmp_path)):
        with pytest.raises(LabelConflictError, match=r"a\.json cannot be read and was not overwritten"):
            save(other, photo, "cat", expected=loaded.stamp)
    assert path.read_bytes() == b'{"shapes": ['


def test_a_broken_file_is_kept_aside_when_it_is_replaced(tmp_path: Path) -> None:
    store = LabelStore(root=tmp_path)
    photo, path = image(tmp_path / "a.jpg"), tmp_path / "a.json"
    for number, content in enumerate((b"first", b"second"), 1):
        path.write_bytes(content)
        stamp = store.load(photo).stamp
        store.save(photo, annotation("cat"), image_size=None, expected=stamp, overwrite=True)
        assert (tmp_path / f"a.json.broken-{number}").read_bytes() == content
        assert labels(store, photo) == ["cat"]
    assert (tmp_path / "a.json.broken-1").read_bytes() == b"first"


def test_a_broken_file_of_a_shared_stem_is_nobodys_to_replace(tmp_path: Path) -> None:
    store = LabelStore()
    photos = [image(tmp_path / "a.jpg"), image(tmp_path / "a.png")]
    (tmp_path / "a.json").write_bytes(b"broken")
    for photo in photos:
        assert store.load(photo).error is not None
        with pytest.raises(LabelConflictError):
            save(store, photo, "cat", expected=store.stamp(photo))


def test_the_folder_vanishes(tmp_path: Path) -> None:
    store = LabelStore(root=tmp_path)
    photo = image(tmp_path / "gone" / "a.jpg")
    stamp = save(store, photo, "cat")
    for file in (tmp_path / "gone").iterdir():
        file.unlink()
    (tmp_path / "gone").rmdir()
    assert store.load(photo).stamp is None
    with pytest.raises(StorageError, match=r"a\.json") as raised:
        save(store, photo, "cat", expected=stamp)
    assert not isinstance(raised.value, LabelConflictError)  # it may be back, and then the file is the same
    with pytest.raises(StorageError, match=r"a\.json could not be saved"):
        store.save(photo, annotation("cat"), image_size=None, expected=stamp, overwrite=True)
    assert not (tmp_path / "gone").exists()


def test_the_output_folder_is_made_at_the_first_save_and_not_before(tmp_path: Path) -> None:
    photo = image(tmp_path / "photos" / "deep" / "a.jpg")
    store = LabelStore(root=tmp_path / "photos", output_dir=tmp_path / "out")
    store.load(photo)
    assert not (tmp_path / "out").exists()
    save(store, photo, "cat")
    assert (tmp_path / "out" / "deep" / "a.json").is_file()


def test_an_output_folder_that_is_a_file(tmp_path: Path) -> None:
    photo = image(tmp_path / "a.jpg")
    (tmp_path / "out").write_text("not a folder")
    store = LabelStore(root=tmp_path, output_dir=tmp_path / "out")
    assert store.load(photo).stamp is None
    with pytest.raises(StorageError, match="could not be made"):
        save(store, photo, "cat")


def test_a_folder_with_the_name_of_the_label_file(tmp_path: Path) -> None:
    store = LabelStore()
    photo = image(tmp_path / "a.jpg")
    (tmp_path / "a.json").mkdir()
    loaded = store.load(photo)
    assert loaded.error is not None
    for overwrite in (False, True):
        with pytest.raises(StorageError):
            store.save(photo, annotation("cat"), image_size=None, expected=loaded.stamp, overwrite=overwrite)
    assert (tmp_path / "a.json").is_dir()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    photo = image(tmp_path / "a.jpg")
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(StorageError, match=r"a\.json could not be saved"):
            save(LabelStore(), photo, "cat")
    finally:
        tmp_path.chmod(0o755)


def test_loading_leaves_every_file_as_it_was(tmp_path: Path) -> None:
    store = LabelStore(root=tmp_path, output_dir=None)
    photo = image(tmp_path / "a.jpg")
    foreign(tmp_path / "a.json", "cat", image_path="C:\\photos\\a.jpg")
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()}
    store.load(photo)
    store.has_labels(photo)
    store.labelled([photo])
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()} == before


def test_a_picture_whose_name_has_a_back_slash(tmp_path: Path) -> None:
    if os.sep == "\\":
        pytest.skip("no such names here")
    store = LabelStore()
    photo = image(tmp_path / "a\\b.jpg")
    stamp = save(store, photo, "cat")
    save(store, photo, "cat", "dog", expected=stamp)
    assert labels(LabelStore(), photo) == ["cat", "dog"]


def test_labels_of_nothing() -> None:
    empty = LoadedLabels.empty("/photos/a.jpg")
    assert (empty.label_path, empty.stamp, empty.error) == (Path("/photos/a.json"), None, None)


def test_check_marks_of_a_large_folder(tmp_path: Path) -> None:
    paths = [str(tmp_path / f"frame_{number:06d}.jpg") for number in range(100_000)]
    for path in paths[::20]:
        Path(f"{path[:-4]}.json").touch()
    store = LabelStore(root=tmp_path)
    assert store.labelled(paths) == set(paths[::20])


def test_check_marks_where_there_is_nothing(tmp_path: Path) -> None:
    assert LabelStore().labelled([]) == set()
    assert LabelStore().labelled([str(tmp_path / "gone" / "a.jpg")]) == set()
    assert LabelStore(output_dir=tmp_path / "gone").labelled([str(tmp_path / "a.jpg")]) == set()


def test_check_marks_of_relative_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    image(tmp_path / "a.jpg")
    image(tmp_path / "sub" / "b.jpg")
    store = LabelStore(root=Path())
    save(store, "a.jpg", "cat")
    save(store, "sub/b.jpg", "cat")
    assert store.labelled(["a.jpg", "sub/b.jpg", "sub/c.jpg"]) == {"a.jpg", "sub/b.jpg"}
