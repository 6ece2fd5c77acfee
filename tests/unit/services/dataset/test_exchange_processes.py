"""Export and import through other processes: the same files and reports, also where one of them is killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from anylabeling.codecs import encode_jpeg
from anylabeling.document.annotation import Annotation
from anylabeling.document.formats.base import Entry
from anylabeling.document.formats.yolo import YoloReader
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.messages.datasets import ExchangeReport, ExistingLabels, ExportRequest, ImageMode, ImportRequest
from anylabeling.services.dataset import dataset_export, dataset_import, exchange_blocks
from anylabeling.services.dataset.dataset_export import export_dataset
from anylabeling.services.dataset.dataset_import import import_dataset
from anylabeling.services.dataset.exchange_blocks import Blocks
from anylabeling.services.dataset.exchange_sources import LabelSource
from anylabeling.services.dataset.export_steps import WriteImage
from anylabeling.services.dataset.import_steps import Fresh, ImportImage
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.services.imaging.scanner import scan_folder
from anylabeling.utils.atomic_io import write_parts_atomic
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.fork_server import SharedForkServer
from anylabeling.utils.processes import processes_available

pytestmark = pytest.mark.skipif(not processes_available(), reason="no other processes on this system")

SIZE = (40, 30)
COUNT = 70
_OURS = os.getpid()


@pytest.fixture(scope="module", autouse=True)
def server() -> Iterator[None]:
    """Keep the process that all are copied from, so that each test has its own at once."""
    shared = SharedForkServer(exchange_blocks._PRELOAD)
    yield
    shared.release()


@pytest.fixture(autouse=True)
def own_home(home_dir: Path) -> Path:
    return home_dir


@pytest.fixture
def pools(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Let every run have two processes of each kind, wait until they serve, and return them."""
    made: list[Any] = []

    class Ready(Blocks[Any, Any]):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            assert self._pool is not None
            assert self._pool.wait_ready()
            made.append(self._pool)

    for module in (dataset_export, dataset_import):
        monkeypatch.setattr(module, "process_count", lambda _images: 2)
        monkeypatch.setattr(module, "Blocks", Ready)
    return made


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    data = encode_jpeg(np.zeros((SIZE[1], SIZE[0], 3), np.uint8))
    store = LabelStore(root=folder, fsync=False)
    for number in range(COUNT):
        path = folder / f"{number:02}.jpg"
        path.write_bytes(data)
        points = np.array([[2, 3], [10 + number % 20, 20]], float)
        shapes = [Shape(ShapeKind.RECTANGLE, points, label=f"class {number % 7}")] * (number % 3)
        store.save(str(path), Annotation(shapes=tuple(shapes)), image_size=SIZE, expected=None)
    (folder / "05.json").write_text("{")
    (folder / "40.jpg").write_bytes(b"")
    return folder


def export(folder: Path, target: Path, name: str, *, cancel: CancelToken | None = None, **options: Any) -> Any:
    source = LabelSource(str(folder), scan_folder(folder), LabelStore(root=folder))
    return export_dataset(source, ExportRequest(name, str(target), **options), cancel=cancel)


def content(folder: Path) -> dict[str, bytes]:
    """Return all files, those that begin with a dot too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def told(report: ExchangeReport) -> tuple[object, ...]:
    return report.images, report.objects, report.lines, report.failed, report.cancelled


def bare_copy(pictures: Path, folder: Path) -> Path:
    folder.mkdir()
    for path in pictures.glob("*.jpg"):
        os.link(path, folder / path.name)
    return folder


@pytest.mark.parametrize("name", ["yolo-detect", "yolo-segment", "yolo-obb", "voc", "coco", "isat", "ppocr", "labels"])
def test_processes_write_the_same_data_set(name: str, pictures: Path, tmp_path: Path, request: Any) -> None:
    options = {"splits": (("train", 3), ("val", 1)), "only_labelled": True}
    here = export(pictures, tmp_path / "here", name, **options)
    pools = request.getfixturevalue("pools")
    there = export(pictures, tmp_path / "there", name, **options)
    assert told(there) == told(here)
    assert {failure.path[-6:] for failure in there.failed} == {"05.jpg", "40.jpg"}
    assert content(tmp_path / "there") == content(tmp_path / "here")
    assert pools[0].answered == -(-COUNT // 32)


@pytest.mark.parametrize("existing", list(ExistingLabels))
def test_processes_write_the_same_label_files(
    existing: ExistingLabels, pictures: Path, tmp_path: Path, request: Any
) -> None:
    export(pictures, tmp_path / "set", "yolo-detect", images=ImageMode.NONE)
    results = []
    for folder in ("here", "there"):
        place = bare_copy(pictures, tmp_path / folder)
        store = LabelStore(root=place)
        mine = Shape(ShapeKind.RECTANGLE, np.array([[1, 1], [5, 5.0]]), label="mine")
        for picture in sorted(place.glob("1*.jpg")):
            store.save(str(picture), Annotation(shapes=(mine,)), image_size=SIZE, expected=None)
        if folder == "there":
            request.getfixturevalue("pools")
        wanted = ImportRequest("yolo", str(tmp_path / "set"), images=str(place), existing=existing)
        report = import_dataset(wanted, store)
        aside = content(Path(report.kept_aside) / str(place)[1:]) if report.kept_aside else {}
        results.append((told(report), content(place), aside))
    assert results[0] == results[1]
    assert bool(results[1][2]) is (existing is not ExistingLabels.KEEP)


class DyingWrite(WriteImage):
    """Ends its process in the middle of a file of one image, unless that is the tests' own."""

    def __call__(self, job: Any, /, *, again: bool) -> Any:
        result = super().__call__(job, again=again)
        if job.name.endswith("37.jpg") and os.getpid() != self.stays:
            write_parts_atomic(self._target / job.files[0].path, self._half())
        return result

    def _half(self) -> Iterator[bytes]:
        yield b"half"
        os.kill(os.getpid(), signal.SIGKILL)

    stays = 0

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.stays = _OURS


class DyingImport(ImportImage):
    """The same for imports, behind a label file."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.stays = _OURS

    def write(self, path: str, fresh: Fresh, *, source: object = None, again: bool = False) -> bool:
        written = super().write(path, fresh, source=source, again=again)
        if path.endswith("37.jpg") and os.getpid() != self.stays:
            os.kill(os.getpid(), signal.SIGKILL)
        return written


def test_a_process_that_is_killed_costs_nothing_of_an_export(
    pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: Any
) -> None:
    here = export(pictures, tmp_path / "here", "yolo-detect")
    pools = request.getfixturevalue("pools")
    monkeypatch.setattr(dataset_export, "WriteImage", DyingWrite)
    there = export(pictures, tmp_path / "there", "yolo-detect")
    assert [pool.died for pool in pools] == [0, 1]
    assert told(there) == told(here)
    assert content(tmp_path / "there") == content(tmp_path / "here")


@pytest.mark.parametrize("existing", list(ExistingLabels))
def test_a_process_that_is_killed_costs_nothing_of_an_import(
    existing: ExistingLabels, pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: Any
) -> None:
    export(pictures, tmp_path / "set", "yolo-detect", images=ImageMode.NONE)
    results = []
    for folder in ("here", "there"):
        place = bare_copy(pictures, tmp_path / folder)
        store = LabelStore(root=place)
        mine = Shape(ShapeKind.RECTANGLE, np.array([[1, 1], [5, 5.0]]), label="mine")
        if existing is not ExistingLabels.KEEP:
            for picture in sorted(place.glob("3*.jpg")):
                store.save(str(picture), Annotation(shapes=(mine,)), image_size=SIZE, expected=None)
        if folder == "there":
            pools = request.getfixturevalue("pools")
            monkeypatch.setattr(dataset_import, "ImportImage", DyingImport)
        wanted = ImportRequest("yolo", str(tmp_path / "set"), images=str(place), existing=existing)
        report = import_dataset(wanted, store)
        aside = content(Path(report.kept_aside) / str(place)[1:]) if report.kept_aside else {}
        results.append((told(report), content(place), aside))
    assert pools[0].died == 1
    assert results[0] == results[1]


def test_a_stop_leaves_whole_files_and_says_so(pictures: Path, tmp_path: Path, pools: list[Any]) -> None:
    whole = export(pictures, tmp_path / "whole", "yolo-detect")
    cancel = CancelToken()
    source = LabelSource(str(pictures), scan_folder(pictures), LabelStore(root=pictures))
    request = ExportRequest("yolo-detect", str(tmp_path / "part"))
    report = export_dataset(source, request, cancel=cancel, on_progress=lambda _progress: cancel.cancel())
    assert report.cancelled
    assert report.images < whole.images
    written = content(tmp_path / "part")
    assert written.items() < content(tmp_path / "whole").items()
    assert "classes.txt" not in written
    assert not any(Path(f"/proc/{number}").exists() for pool in pools for number in pool.process_ids)


def test_images_that_somebody_holds_are_handed_over(pictures: Path, tmp_path: Path, pools: list[Any]) -> None:
    export(pictures, tmp_path / "set", "yolo-detect", images=ImageMode.NONE)
    place = bare_copy(pictures, tmp_path / "place")
    held = {str(place / "04.jpg"), str(place / "50.jpg")}
    taken: dict[str, int] = {}

    def take(path: str, new: Annotation) -> bool:
        if path in held:
            taken[path] = len(new.shapes)
        return path in held

    request = ImportRequest("yolo", str(tmp_path / "set"), images=str(place))
    report = import_dataset(request, LabelStore(root=place), take=take, may_take=held.__contains__)
    assert taken == dict.fromkeys(held, 1) | {str(place / "50.jpg"): 50 % 3}
    assert report.images == COUNT - 2
    assert not any(Path(path).with_suffix(".json").exists() for path in held)
    assert pools[-1].answered > 0


class EachTwice(YoloReader):
    """A data set whose lists name each picture twice."""

    def entries(self) -> list[Entry]:
        return [entry for entry in super().entries() for _ in range(2)]


def test_pictures_of_one_name_do_not_meet(pictures: Path, tmp_path: Path, pools: list[Any]) -> None:
    export(pictures, tmp_path / "set", "yolo-detect", images=ImageMode.NONE)
    place = bare_copy(pictures, tmp_path / "place")
    store = LabelStore(root=place)
    request = ImportRequest("yolo", str(tmp_path / "set"), images=str(place), existing=ExistingLabels.MERGE)
    report = import_dataset(request, store, reader=EachTwice(tmp_path / "set"))
    assert not report.failed
    found = [len(store.load(str(place / f"{number:02}.jpg")).annotation.shapes) for number in range(COUNT)]
    assert found == [0 if number in (5, 40) else number % 3 for number in range(COUNT)]
    assert pools[-1].answered == 0
