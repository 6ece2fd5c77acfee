"""Export and import of data sets with real files."""

from __future__ import annotations

import json
import os
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from anylabeling.codecs import encode_jpeg, probe
from anylabeling.document.annotation import Annotation
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.errors import UsageError
from anylabeling.messages.datasets import (
    ExchangeReport,
    ExistingLabels,
    ExportRequest,
    Frame,
    ImageMode,
    ImportRequest,
)
from anylabeling.messages.progress import Progress
from anylabeling.services.dataset.dataset_export import export_dataset
from anylabeling.services.dataset.dataset_import import import_dataset
from anylabeling.services.dataset.exchange_files import parts_of, unique_names
from anylabeling.services.dataset.exchange_sources import LabelSource
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.services.imaging.scanner import scan_folder
from anylabeling.utils.cancellation import CancelToken

SIZE = (40, 30)


@pytest.fixture(autouse=True)
def own_home(home_dir: Path) -> Path:
    return home_dir


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Return a folder of four labelled pictures, two of one name in different folders."""
    folder = tmp_path / "pictures"
    for name in ("a.jpg", "b.jpg", "sub/a.jpg", "sub/a.png"):
        add_picture(folder / name)
        label(folder, name, box(2, 3, 20.5, 20, "cat"), box(5, 5, 10, 10, "dog"))
    return folder


def box(x1: float, y1: float, x2: float, y2: float, name: str) -> Shape:
    return Shape(ShapeKind.RECTANGLE, np.array([[x1, y1], [x2, y2]]), label=name)


def add_picture(path: Path, orientation: int = 1) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    pixels[:, :20] = 255
    if orientation == 1:
        path.write_bytes(encode_jpeg(pixels))
        return
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(pixels).save(path, exif=exif, quality=95)


def label(folder: Path, name: str, *shapes: Shape, **fields: object) -> None:
    path = str(folder / name)
    store = LabelStore(root=folder)
    store.save(path, Annotation(shapes=shapes, **fields), image_size=SIZE, expected=store.stamp(path), overwrite=True)  # type: ignore[arg-type]


def export(folder: Path, target: Path, name: str = "yolo", **options: object) -> ExchangeReport:
    source = LabelSource(str(folder), scan_folder(folder), LabelStore(root=folder))
    return export_dataset(source, ExportRequest(name, str(target), **options))  # type: ignore[arg-type]


def files(folder: Path, ending: str = "") -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob(f"*{ending}")
        if path.is_file() or path.is_symlink()
    )


def shapes_of(folder: Path, name: str) -> Sequence[Shape]:
    return LabelStore(root=folder).load(str(folder / name)).annotation.shapes


def labels_of(folder: Path, name: str) -> list[str]:
    return [shape.label for shape in shapes_of(folder, name)]


def test_names_of_sub_folders_do_not_collide(pictures: Path, tmp_path: Path) -> None:
    report = export(pictures, tmp_path / "out")
    assert (report.images, report.objects, report.failed) == (4, 8, ())
    assert files(tmp_path / "out/images") == ["a.jpg", "b.jpg", "sub/a-2.png", "sub/a.jpg"]
    assert files(tmp_path / "out/labels") == ["a.txt", "b.txt", "sub/a-2.txt", "sub/a.txt"]
    assert report.lines[-1] == "1 picture got another name: another one has it, or no file of a data set can hold it."
    assert not list((tmp_path / "out").rglob(".*"))


@pytest.mark.parametrize("mode", list(ImageMode))
def test_pictures_are_copied_linked_or_left_out(mode: ImageMode, pictures: Path, tmp_path: Path) -> None:
    export(pictures, tmp_path / "out", images=mode)
    copy = tmp_path / "out/images/b.jpg"
    assert copy.exists() == (mode is not ImageMode.NONE)
    if copy.exists():
        assert copy.read_bytes() == (pictures / "b.jpg").read_bytes()
        assert copy.samefile(pictures / "b.jpg") == (mode is ImageMode.LINK)


def test_parts_keep_their_shares_and_follow_the_seed(pictures: Path, tmp_path: Path) -> None:
    for number in range(16):
        add_picture(pictures / f"more{number:02}.jpg")

    def trained(name: str, seed: int) -> list[str]:
        export(pictures, tmp_path / name, splits=(("train", 80), ("val", 20)), seed=seed)
        assert len(files(tmp_path / name / "images/train")) == 16
        assert len(files(tmp_path / name / "labels/val")) == 4
        return files(tmp_path / name / "images/train")

    first = trained("one", 1)
    assert trained("two", 1) == first
    assert trained("three", 2) != first
    for count in (5, 20, 105):
        parts = parts_of((("train", 70), ("val", 20), ("test", 10)), 3)
        assert abs([next(parts) for _ in range(count)].count("val") - count / 5) <= 2


def test_what_is_not_wanted_stays_out(pictures: Path, tmp_path: Path) -> None:
    add_picture(pictures / "empty.jpg")
    label(pictures, "b.jpg", box(1, 1, 9, 9, "cat"), checked=True)
    report = export(pictures, tmp_path / "one", only_checked=True)
    assert files(tmp_path / "one/labels") == ["b.txt"]
    assert "4 images that are not checked were left out." in report.lines
    report = export(pictures, tmp_path / "two", only_labelled=True, classes=frozenset({"dog"}))
    assert files(tmp_path / "two/labels") == ["a.txt", "sub/a-2.txt", "sub/a.txt"]
    assert (tmp_path / "two/classes.txt").read_text() == "dog\n"
    assert "3 objects of labels that were not chosen were left out." in report.lines


def test_a_folder_that_is_not_empty_is_asked_for(pictures: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    export(pictures, target)
    before = (target / "labels/a.txt").read_bytes()
    with pytest.raises(UsageError, match="not empty"):
        export(pictures, target)
    label(pictures, "a.jpg", box(1, 1, 9, 9, "bird"))
    assert (target / "labels/a.txt").read_bytes() == before
    export(pictures, target, overwrite=True)
    assert (target / "labels/a.txt").read_text().startswith("2 ")
    assert (target / "classes.txt").read_text() == "cat\ndog\nbird\n"


def test_an_image_that_fails_is_named_and_the_rest_is_done(pictures: Path, tmp_path: Path) -> None:
    (pictures / "a.json").write_text("{broken")
    (pictures / "b.jpg").write_bytes(b"no picture")
    report = export(pictures, tmp_path / "out")
    assert report.images == 2
    assert sorted(Path(failure.path).name for failure in report.failed) == ["a.jpg", "b.jpg"]
    assert "a.json cannot be read" in next(one.reason for one in report.failed if one.path.endswith("a.jpg"))


def test_cancelling_stops_and_tells(pictures: Path, tmp_path: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    source = LabelSource(str(pictures), scan_folder(pictures), LabelStore(root=pictures))
    told: list[Progress] = []
    report = export_dataset(
        source, ExportRequest("yolo", str(tmp_path / "out")), cancel=cancel, on_progress=told.append
    )
    assert report.cancelled
    assert files(tmp_path / "out") == []
    export_dataset(source, ExportRequest("yolo", str(tmp_path / "out")), on_progress=told.append)
    assert (told[-1].done, told[-1].total) == (4, 4)


def test_bad_requests(pictures: Path, tmp_path: Path) -> None:
    for options in (
        {"splits": (("train", 0),)},
        {"splits": (("elsewhere/..", 5),)},
        {"splits": (("train", 5), ("train", 5))},
        {"name": "classify-folders", "images": ImageMode.NONE},
        {"name": "martian"},
    ):
        with pytest.raises(UsageError):
            export(pictures, tmp_path / "out", **options)  # type: ignore[arg-type]
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="not a folder"):
        export(pictures, tmp_path / "file")


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_photos_that_are_stored_turned(orientation: int, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    add_picture(folder / "a.jpg", orientation)
    shown = probe(folder / "a.jpg")
    marked = box(1, 2, 11, 22, "cat")
    label(folder, "a.jpg", marked)
    # The copy is upright, so every program sees what was labelled.
    report = export(folder, tmp_path / "upright", "coco")
    assert "1 picture is stored turned and was written upright." in report.lines
    copy = probe(tmp_path / "upright/images/a.jpg")
    assert (copy.width, copy.height, copy.orientation) == (shown.width, shown.height, 1)
    # Or the labels are turned, and the file stays as it is.
    report = export(folder, tmp_path / "stored", "coco", frame=Frame.STORED)
    assert "The labels of 1 picture were turned as it is stored." in report.lines
    assert (tmp_path / "stored/images/a.jpg").read_bytes() == (folder / "a.jpg").read_bytes()
    content = json.loads((tmp_path / "stored/annotations/instances_default.json").read_text())
    assert (content["images"][0]["width"], content["images"][0]["height"]) == SIZE
    x, y, width, height = content["annotations"][0]["bbox"]
    assert (width, height) == ((10, 20) if orientation == 3 else (20, 10))
    assert (x, y) == {3: (29, 8), 6: (2, 19), 8: (18, 1)}[orientation]
    # And back: sizes of the stored picture tell, where its sides are not the same.
    frame = Frame.STORED if orientation == 3 else Frame.AUTO
    request = ImportRequest("coco", str(tmp_path / "stored"), existing=ExistingLabels.REPLACE, frame=frame)
    report = import_dataset(request, LabelStore(root=tmp_path / "stored"))
    assert report.failed == ()
    found = shapes_of(tmp_path / "stored/images", "a.jpg")
    np.testing.assert_allclose(found[0].points, marked.points)


def test_import_keeps_joins_or_replaces(pictures: Path, tmp_path: Path) -> None:
    export(pictures, tmp_path / "set")
    own = box(2, 3, 20.5, 20, "cat"), box(20, 20, 30, 28, "mine")
    label(pictures, "a.jpg", *own, flags={"night": True}, tags=("wet",))
    (pictures / "b.json").unlink()
    store = LabelStore(root=pictures)

    def imported(existing: ExistingLabels) -> ExchangeReport:
        request = ImportRequest("yolo", str(tmp_path / "set"), images=str(pictures), existing=existing)
        return import_dataset(request, store)

    report = imported(ExistingLabels.KEEP)
    assert labels_of(pictures, "a.jpg") == ["cat", "mine"]
    assert labels_of(pictures, "b.jpg") == ["cat", "dog"]
    assert "2 images have labels already and were left alone." in report.lines
    assert [failure.path for failure in report.failed] == ["sub/a-2.png"]
    report = imported(ExistingLabels.MERGE)
    assert labels_of(pictures, "a.jpg") == ["cat", "mine", "dog"]
    kept = store.load(str(pictures / "a.jpg")).annotation
    assert (kept.flags, kept.tags) == ({"night": True}, ("wet",))
    assert labels_of(Path(report.kept_aside) / pictures.relative_to("/"), "a.jpg") == ["cat", "mine"]
    report = imported(ExistingLabels.REPLACE)
    assert labels_of(pictures, "a.jpg") == ["cat", "dog"]
    assert labels_of(Path(report.kept_aside) / pictures.relative_to("/"), "a.jpg") == ["cat", "mine", "dog"]
    assert report.image_folder == str(pictures)


def test_a_broken_label_file_is_not_written_over(pictures: Path, tmp_path: Path) -> None:
    export(pictures, tmp_path / "set")
    (pictures / "a.json").write_text("{mine")
    request = ImportRequest("yolo", str(tmp_path / "set"), images=str(pictures), existing=ExistingLabels.REPLACE)
    report = import_dataset(request, LabelStore(root=pictures))
    assert "a.jpg" in [failure.path for failure in report.failed]
    assert (pictures / "a.json").read_text() == "{mine"


@pytest.mark.parametrize("existing", list(ExistingLabels))
def test_files_of_isat_make_way_where_label_files_have_their_names(tmp_path: Path, existing: ExistingLabels) -> None:
    folder = tmp_path / "pictures"
    for name in ("a.jpg", "b.jpg"):
        add_picture(folder / name)
    rows = [
        {"category": category, "group": number, "segmentation": [[1, 1], [9, 1], [9, 9 + number]], "layer": number,
         "area": 32.0, "bbox": [1, 1, 9, 9], "iscrowd": False, "note": "far"}
        for number, category in enumerate(("cat", "dog"), 1)
    ]  # fmt: skip
    info = {"description": "ISAT", "folder": "", "name": "a.jpg", "width": 40, "height": 30, "depth": 3, "note": ""}
    (folder / "a.json").write_text(json.dumps({"info": info, "objects": rows}))
    (folder / "b.json").write_text("{mine")
    before = (folder / "a.json").read_bytes()
    store = LabelStore(root=folder)
    error = store.load(str(folder / "a.jpg")).error
    assert error is not None
    assert "ISAT" in error.user_text
    report = import_dataset(ImportRequest("isat", str(folder), existing=existing), store)
    assert (report.images, report.objects, report.failed) == (1, 2, ())
    assert labels_of(folder, "a.jpg") == ["cat", "dog"]
    assert [shape.description for shape in shapes_of(folder, "a.jpg")] == ["far", "far"]
    assert (Path(report.kept_aside) / (folder / "a.json").relative_to("/")).read_bytes() == before
    assert files(folder, ".json") == ["a.json", "b.json"]
    assert (folder / "b.json").read_text() == "{mine"


def test_labels_of_images_that_somebody_holds_are_handed_over(pictures: Path, tmp_path: Path) -> None:
    export(pictures, tmp_path / "set")
    before = {name: (pictures / name).read_bytes() for name in files(pictures, ".json")}
    taken: dict[str, Annotation] = {}
    request = ImportRequest("yolo", str(tmp_path / "set"), images=str(pictures), classes=frozenset({"dog"}))
    import_dataset(request, LabelStore(root=pictures), take=lambda path, new: taken.update({path: new}) is None)
    assert {name: (pictures / name).read_bytes() for name in files(pictures, ".json")} == before
    assert [shape.label for shape in taken[str(pictures / "a.jpg")].shapes] == ["dog"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(pictures: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o500)
    report = export(pictures, tmp_path / "out")
    assert len(report.failed) == 4


def test_names_without_collisions() -> None:
    odd = os.fsdecode(b"\xff.jpg")
    assert unique_names([odd, "a\nb.jpg", "_.jpg"]) == (["_.jpg", "a_b.jpg", "_-2.jpg"], 3)
    assert unique_names(["a.jpg", "a.png", "A.bmp", "a-2.jpg", "b/a.jpg"]) == (
        ["a.jpg", "a-3.png", "A-4.bmp", "a-2.jpg", "b/a.jpg"],
        2,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
@pytest.mark.parametrize("format_id", ["coco", "createml", "isat", "voc", "yolo-detect"])
def test_a_name_that_is_no_text_is_written_in_another_way(pictures: Path, tmp_path: Path, format_id: str) -> None:
    label(pictures, "a.jpg", flags={})
    (pictures / "a.jpg").rename(pictures / os.fsdecode(b"\xff.jpg"))
    report = export(pictures, tmp_path / "out", format_id)
    assert report.failed == ()
    assert [path.name for path in (tmp_path / "out").rglob("_.*") if path.suffix == ".jpg"] == ["_.jpg"]
    assert any(line.startswith("2 pictures got other names") for line in report.lines)  # and one of two "sub/a"


def test_flags_become_folders_and_come_back(pictures: Path, tmp_path: Path) -> None:
    label(pictures, "a.jpg", flags={"day": True, "night": False})
    label(pictures, "b.jpg", flags={"night": True, "rain": True})
    report = export(pictures, tmp_path / "out", "classify-folders")
    assert files(tmp_path / "out") == ["day/a.jpg", "night/b.jpg", "rain/b.jpg"]
    assert "2 images without a flag were left out." in report.lines
    import_dataset(ImportRequest("classify-folders", str(tmp_path / "out")), LabelStore(root=tmp_path / "out"))
    assert LabelStore().load(str(tmp_path / "out/night/b.jpg")).annotation.flags == {"night": True}


def test_lines_of_text_are_cut_out(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    add_picture(folder / "a.jpg")
    label(folder, "a.jpg", box(2, 2, 18, 12, "text").with_changes(text="hello"), box(1, 1, 5, 5, "text"))
    report = export(folder, tmp_path / "out", "ppocr-rec")
    assert report.failed == ()
    assert (tmp_path / "out/rec_gt.txt").read_text() == "crop_img/a_crop_0.jpg\thello\n"
    header = probe(tmp_path / "out/crop_img/a_crop_0.jpg")
    assert (header.width, header.height) == (16, 10)
    assert "1 rectangle left out: they have no text." in report.lines
    import_dataset(ImportRequest("ppocr-rec", str(tmp_path / "out")), LabelStore(root=tmp_path / "out"))
    assert LabelStore().load(str(tmp_path / "out/crop_img/a_crop_0.jpg")).annotation.text == "hello"


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
@pytest.mark.parametrize("frame", [Frame.AUTO, Frame.STORED])
def test_pictures_of_objects_and_labels_are_upright(orientation: int, frame: Frame, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    add_picture(folder / "a.jpg", orientation)
    shown = Image.open(folder / "a.jpg")
    # The part that is white as it is shown, whichever way that is.
    white = np.array([[0, 0], [20, 30]]) if orientation == 1 else None
    if white is None:
        rows, columns = np.nonzero(np.asarray(ImageOps.exif_transpose(shown).convert("L")) > 128)
        white = np.array([[columns.min(), rows.min()], [columns.max() + 1, rows.max() + 1]])
    marked = Shape(ShapeKind.RECTANGLE, white, label="white").with_changes(text="hello")
    label(folder, "a.jpg", marked)
    for format_id in ("cutouts", "ppocr-rec"):
        report = export(folder, tmp_path / format_id, format_id, frame=frame)
        assert report.failed == ()
        (file,) = (tmp_path / format_id).rglob("*.jpg")
        pixels = np.asarray(Image.open(file).convert("L"))
        assert pixels.shape == tuple(np.ptp(white, axis=0).astype(int)[::-1])
        assert pixels.min() > 200
    export(folder, tmp_path / "drawn", "drawn", frame=frame, splits=(("val", 1),))
    drawn = probe(tmp_path / "drawn/val/a.jpg")
    header = probe(folder / "a.jpg")
    assert (drawn.width, drawn.height, drawn.orientation) == (header.width, header.height, 1)
    left, top = white.mean(axis=0).astype(int)
    assert np.asarray(Image.open(tmp_path / "drawn/val/a.jpg"))[top, left].min() > 100


def test_pictures_are_what_such_formats_are_for(pictures: Path, tmp_path: Path) -> None:
    for format_id in ("cutouts", "cutouts-clear", "drawn"):
        with pytest.raises(UsageError, match="nothing without pictures"):
            export(pictures, tmp_path / "out", format_id, images=ImageMode.NONE)
    report = export(pictures, tmp_path / "out", "cutouts", classes=frozenset({"dog"}))
    assert files(tmp_path / "out") == [f"dog/{name}_1.jpg" for name in ("a", "b", "sub/a-2", "sub/a")]
    assert report.objects == 4


def test_the_zip_of_cvat_goes_to_the_pictures(pictures: Path, tmp_path: Path) -> None:
    expected = {name: shapes_of(pictures, name) for name in ("a.jpg", "b.jpg", "sub/a.jpg")}
    export(pictures, tmp_path / "set", "cvat", images=ImageMode.NONE, colors=(("cat", (1, 2, 3)),))
    assert files(tmp_path / "set") == ["annotations.xml"]
    assert b"<color>#010203</color>" in (tmp_path / "set/annotations.xml").read_bytes()
    with zipfile.ZipFile(tmp_path / "task.zip", "w") as archive:
        archive.write(tmp_path / "set/annotations.xml", "annotations.xml")
    for path in pictures.rglob("*.json"):
        path.unlink()
    request = ImportRequest("cvat", str(tmp_path / "task.zip"), images=str(pictures))
    report = import_dataset(request, LabelStore(root=pictures))
    assert (report.images, report.objects) == (3, 6)
    assert [failure.path for failure in report.failed] == ["sub/a-2.png"]
    for name, shapes in expected.items():
        assert [shape.content() for shape in shapes_of(pictures, name)] == [shape.content() for shape in shapes]


@pytest.mark.data
def test_photos_of_pascal_voc_through_yolo_and_coco_and_back(data_dir: Path, tmp_path: Path) -> None:
    from anylabeling.document.formats.notes import Notes
    from anylabeling.document.formats.registry import format_info, make_reader
    from anylabeling.services.dataset.exchange_sources import ReaderSource

    def boxes(name: str, source: Path) -> dict[str, list[tuple[object, ...]]]:
        reader = ReaderSource(make_reader(format_info(name), source))
        return {
            item.name: [
                (shape.label, *np.round(shape.points, 3).ravel().tolist())
                for shape in reader.loader(item, Notes()).annotation.shapes
            ]
            for item in reader.items()
        }

    source = data_dir / "photos" / "voc40"
    expected = boxes("voc", source)
    assert len(expected) == 40
    assert sum(map(len, expected.values())) > 80
    place, name = source, "voc"
    for step in ("yolo", "cvat", "coco", "createml", "voc"):
        reader = ReaderSource(make_reader(format_info(name), place))
        report = export_dataset(reader, ExportRequest(step, str(tmp_path / step), images=ImageMode.LINK))
        assert (report.images, report.failed) == (40, ())
        place, name = tmp_path / step, step
        assert boxes(step, place) == expected


def test_the_parts_of_a_data_set_stay_in_another_format(pictures: Path, tmp_path: Path) -> None:
    from anylabeling.document.formats.registry import format_info, make_reader
    from anylabeling.services.dataset.exchange_sources import ReaderSource

    export(pictures, tmp_path / "boxes", splits=(("train", 3), ("val", 1)))
    reader = make_reader(format_info("yolo-detect"), tmp_path / "boxes")
    export_dataset(ReaderSource(reader), ExportRequest("yolo-segment", str(tmp_path / "outlines")))
    for part, images in (("train", 3), ("val", 1)):
        assert len([path for path in (tmp_path / "outlines" / "images" / part).rglob("*") if path.is_file()]) == images
