"""Runs over many images: order, failures, skipping, cancelling, label files."""

from __future__ import annotations

import errno
import json
import os
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tiny_models as tiny

from anylabeling.codecs import encode_jpeg, encode_png
from anylabeling.document.model_result import ModelResult
from anylabeling.messages.auto_labeling import AutoLabelRequest, DetectOptions, ExistingPolicy
from anylabeling.messages.progress import ItemFailure, Progress
from anylabeling.services.auto_labeling.backend import BackendOptions
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.label_run import label_many
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.auto_labeling.pipeline import ImageResult, PipelineSettings, detect_many
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.utils import atomic_io
from anylabeling.utils.cancellation import Cancelled, CancelToken

LEVELS = tuple(range(80, 240, 8))


def write_red_picture(path: Path, level: int) -> str:
    pixels = np.dstack([np.full((64, 64), level, np.uint8), np.zeros((64, 64, 2), np.uint8)])
    path.write_bytes(encode_png(pixels))
    return str(path)


@pytest.fixture
def pictures(tmp_path: Path) -> list[str]:
    folder = tmp_path / "pictures"
    folder.mkdir()
    return [write_red_picture(folder / f"{index:02}.png", level) for index, level in enumerate(LEVELS)]


def damage(path: str) -> None:
    Path(path).write_bytes(Path(path).read_bytes()[:60])


def labels_of(path: str) -> list[tuple[str, float | None]]:
    content = json.loads(Path(path).with_suffix(".json").read_text())
    return [(shape["label"], shape.get("score")) for shape in content["shapes"]]


@pytest.mark.parametrize("batch", ["batch", 1, 3])
def test_results_come_in_order_whatever_the_batch(tmp_path: Path, pictures: list[str], batch: int | str) -> None:
    manager = ModelManager(lambda: BackendOptions(threads=1, concurrency=3))
    model = manager.load(tiny.save(tiny.redness_detector(batch=batch), tmp_path / "m.onnx"))
    results: list[ImageResult] = []
    progress: list[Progress] = []
    summary = detect_many(model, pictures, on_result=results.append, on_progress=progress.append)
    assert (summary.done, summary.failed, summary.cancelled) == (len(pictures), (), False)
    assert [result.path for result in results] == pictures
    assert [result.index for result in results] == list(range(len(pictures)))
    scores = [float(result.detections.scores[0]) for result in results]
    assert scores == pytest.approx([level / 255 for level in LEVELS], abs=0.002)
    assert (progress[-1].done, progress[-1].total, progress[-1].failed) == (len(pictures), len(pictures), 0)
    manager.unload()


def test_pictures_that_cannot_be_read_are_named_and_the_rest_is_done(
    redness: DetectionModel, pictures: list[str]
) -> None:
    damage(pictures[3])
    Path(pictures[7]).write_text("this is no picture")
    Path(pictures[11]).unlink()
    Path(pictures[0]).write_bytes(b"")
    failures: list[ItemFailure] = []
    results: list[ImageResult] = []
    summary = detect_many(redness, pictures, on_result=results.append, on_failure=failures.append)
    bad = [pictures[index] for index in (0, 3, 7, 11)]
    assert [failure.path for failure in summary.failed] == [failure.path for failure in failures] == bad
    assert all(Path(failure.path).name in failure.reason for failure in failures)
    assert [result.path for result in results] == [path for path in pictures if path not in bad]


def test_cancelling_ends_a_call_that_is_running(
    tmp_path: Path, pictures: list[str], manager: ModelManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tiny.redness_detector(nodes_before=350, matrix_side=512)
    model = manager.load(tiny.save(slow, tmp_path / "slow.onnx"))
    cancel, inside = CancelToken(), threading.Event()
    ends: list[BaseException] = []
    infer = model.infer

    def watched(*arguments: Any, **options: Any) -> list[Any]:
        inside.set()
        try:
            return infer(*arguments, **options)
        except BaseException as error:
            ends.append(error)
            raise

    monkeypatch.setattr(model, "infer", watched)
    helper = threading.Thread(target=lambda: inside.wait(60) and cancel.cancel())
    helper.start()
    summary = detect_many(model, pictures, cancel=cancel)
    helper.join()
    assert (summary.done, summary.cancelled) == (0, True)
    assert ends
    assert all(isinstance(error, Cancelled) for error in ends)
    assert model.predict_shapes(np.full((64, 64, 3), 128, np.uint8))[0].score == pytest.approx(0.5, abs=0.01)


def test_a_run_that_was_cancelled_before_it_began_does_nothing(redness: DetectionModel, pictures: list[str]) -> None:
    cancel = CancelToken()
    cancel.cancel()
    summary = detect_many(redness, pictures, cancel=cancel)
    assert (summary.done, summary.cancelled) == (0, True)


def test_cancelling_from_a_callback_keeps_what_is_done(redness: DetectionModel, pictures: list[str]) -> None:
    cancel = CancelToken()
    results: list[ImageResult] = []

    def stop_at_five(result: ImageResult) -> None:
        results.append(result)
        if len(results) == 5:
            cancel.cancel()

    summary = detect_many(redness, pictures, cancel=cancel, on_result=stop_at_five)
    assert summary.cancelled
    assert [result.path for result in results] == pictures[:5]


def test_a_run_goes_on_with_its_model_when_another_is_loaded(
    tmp_path: Path, redness: DetectionModel, manager: ModelManager, pictures: list[str]
) -> None:
    def load_another(result: ImageResult) -> None:
        if result.index == 0:
            manager.load(tiny.save(tiny.redness_detector(batch=1), tmp_path / "other.onnx"))

    summary = detect_many(redness, pictures, on_result=load_another)
    assert (summary.done, summary.failed) == (len(pictures), ())


def test_an_empty_list_is_done_at_once(redness: DetectionModel) -> None:
    assert detect_many(redness, []).done == 0


def run_labels(
    model: DetectionModel, paths: list[str], existing: ExistingPolicy, confidence: float = 0.25, **more: object
) -> object:
    request = AutoLabelRequest(tuple(paths), DetectOptions(confidence=confidence), existing)
    return label_many(model, request, LabelStore(fsync=False), **more)  # type: ignore[arg-type]


def test_labelling_writes_a_file_beside_each_image(redness: DetectionModel, pictures: list[str]) -> None:
    request = AutoLabelRequest(tuple(pictures), DetectOptions(confidence=0.5))
    summary = label_many(redness, request, LabelStore(fsync=False))
    found = [level for level in LEVELS if level / 255 >= 0.5]
    assert (summary.labelled, summary.shapes, summary.failed) == (len(LEVELS), len(found), ())
    assert summary.per_class == (("red", len(found)),)
    for path, level in zip(pictures, LEVELS, strict=True):
        wanted = [("red", pytest.approx(level / 255, abs=0.002))] if level in found else []
        assert labels_of(path) == wanted
    content = json.loads(Path(pictures[-1]).with_suffix(".json").read_text())
    assert (content["imageWidth"], content["imageHeight"], content["imagePath"]) == (64, 64, "19.png")
    assert content["shapes"][0]["points"] == [[16, 16], [48, 48]]


def test_what_happens_to_shapes_that_are_there(redness: DetectionModel, pictures: list[str]) -> None:
    path = pictures[-1]
    own = {"label": "mine", "points": [[1, 1], [9, 9]], "shape_type": "rectangle", "flags": {}, "group_id": None}
    label_file = Path(path).with_suffix(".json")

    def reset() -> bytes:
        content = {"version": "5.0.0", "flags": {}, "shapes": [own], "imagePath": "19.png", "imageData": None}
        label_file.write_text(json.dumps(content | {"imageHeight": 64, "imageWidth": 64}))
        return label_file.read_bytes()

    before = reset()
    assert run_labels(redness, [path], ExistingPolicy.SKIP).skipped == 1  # type: ignore[attr-defined]
    assert label_file.read_bytes() == before
    run_labels(redness, [path], ExistingPolicy.KEEP)
    assert [label for label, _ in labels_of(path)] == ["mine", "red"]
    run_labels(redness, [path], ExistingPolicy.KEEP)
    assert [label for label, _ in labels_of(path)] == ["mine", "red"]
    run_labels(redness, [path], ExistingPolicy.REPLACE)
    assert [label for label, _ in labels_of(path)] == ["red"]


def test_an_image_that_is_skipped_is_not_even_decoded(redness: DetectionModel, pictures: list[str]) -> None:
    run_labels(redness, pictures, ExistingPolicy.KEEP)
    for path in pictures:
        damage(path)
    summary = run_labels(redness, pictures, ExistingPolicy.SKIP)
    assert (summary.skipped, summary.failed) == (len(pictures), ())  # type: ignore[attr-defined]


@pytest.mark.parametrize("existing", list(ExistingPolicy))
def test_a_broken_label_file_is_kept_and_named(
    redness: DetectionModel, pictures: list[str], existing: ExistingPolicy
) -> None:
    broken = Path(pictures[4]).with_suffix(".json")
    broken.write_text('{"shapes": [')
    summary = run_labels(redness, pictures, existing)
    assert [path for path, _ in summary.failed] == [pictures[4]]  # type: ignore[attr-defined]
    assert summary.labelled == len(pictures) - 1  # type: ignore[attr-defined]
    assert broken.read_text() == '{"shapes": ['


def test_images_that_are_open_are_claimed_instead_of_written(redness: DetectionModel, pictures: list[str]) -> None:
    claimed: dict[str, ModelResult] = {}

    def claim(path: str, result: ModelResult) -> bool:
        if path != pictures[-1]:
            return False
        claimed[path] = result
        return True

    summary = run_labels(redness, pictures, ExistingPolicy.KEEP, take_result=claim)
    assert summary.labelled == len(pictures)  # type: ignore[attr-defined]
    assert [shape.label for shape in claimed[pictures[-1]].shapes] == ["red"]
    assert not Path(pictures[-1]).with_suffix(".json").exists()
    assert Path(pictures[-2]).with_suffix(".json").exists()


def test_a_label_file_that_a_person_saves_meanwhile_is_not_lost(redness: DetectionModel, pictures: list[str]) -> None:
    store = LabelStore(fsync=False)
    loaded = store.load(pictures[0])

    class SlowStore:
        """Saves a person's work between our reading and our writing."""

        def load(self, image_path: str) -> object:
            labels = store.load(image_path)
            annotation = loaded.annotation.with_changes(text="typed by a person")
            store.save(image_path, annotation, image_size=(64, 64), expected=labels.stamp)
            return labels

        def save(self, *args: object, **kwargs: object) -> object:
            return store.save(*args, **kwargs)  # type: ignore[arg-type]

    request = AutoLabelRequest((pictures[0],))
    summary = label_many(redness, request, SlowStore())  # type: ignore[arg-type]
    assert [path for path, _ in summary.failed] == [pictures[0]]
    assert store.load(pictures[0]).annotation.text == "typed by a person"


def test_a_full_disk_ends_the_run(
    redness: DetectionModel, pictures: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [str(tmp_path / f"{number}.png") for number in range(60)]
    for path in many:
        Path(path).write_bytes(Path(pictures[0]).read_bytes())
    left, write = iter(range(4)), os.write

    def write_while_there_is_space(file: int, data: bytes) -> int:
        # Others write, too: to pipes, for one.
        if bytes(data[:1]) == b"{" and next(left, None) is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(file, data)

    monkeypatch.setattr(atomic_io.os, "write", write_while_there_is_space)
    summary = label_many(redness, AutoLabelRequest(tuple(many)), LabelStore(fsync=False))
    assert not summary.cancelled
    assert len(list(tmp_path.glob("*.json"))) == 4
    # Those that were written last may come between those that were not, or after those that ended the run.
    assert 1 <= summary.labelled <= 4
    assert 3 <= len(summary.failed) <= 7
    assert summary.undone == 60 - summary.labelled - len(summary.failed)
    assert all("No space left" in reason for _, reason in summary.failed)
    assert not list(tmp_path.glob(".*"))
    monkeypatch.undo()
    assert label_many(redness, AutoLabelRequest(tuple(many)), LabelStore(fsync=False)).undone == 0


def test_turned_photos_are_labelled_in_the_frame_that_people_see(tmp_path: Path, redness: DetectionModel) -> None:
    from PIL import Image

    pixels = np.zeros((64, 32, 3), np.uint8)
    pixels[..., 0] = 220
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by a quarter: stored 32 wide, shown 64 wide
    Image.fromarray(pixels).save(tmp_path / "turned.jpg", exif=exif, quality=95)
    run_labels(redness, [str(tmp_path / "turned.jpg")], ExistingPolicy.KEEP)
    content = json.loads((tmp_path / "turned.json").read_text())
    assert (content["imageWidth"], content["imageHeight"]) == (64, 32)
    # The box around the middle of the square input, seen from a picture that fills its full width.
    assert content["shapes"][0]["points"] == [[16, 0], [48, 32]]


def test_memory_does_not_grow_with_the_number_of_images(redness: DetectionModel, tmp_path: Path) -> None:
    pixels = np.full((512, 512, 3), 200, np.uint8)
    path = tmp_path / "one.jpg"
    path.write_bytes(encode_jpeg(pixels))
    alive: list[int] = []
    decoded = 0

    class Counting:
        """Counts pictures that were prepared and are not through yet."""

        def __init__(self, model: DetectionModel) -> None:
            self._model = model

        def __getattr__(self, name: str) -> object:
            return getattr(self._model, name)

        def prepare(self, *args: object, **kwargs: object) -> object:
            nonlocal decoded
            decoded += 1
            return self._model.prepare(*args, **kwargs)  # type: ignore[arg-type]

    delivered = 0

    def count(_result: ImageResult) -> None:
        nonlocal delivered
        delivered += 1
        alive.append(decoded - delivered)

    detect_many(
        Counting(redness),  # type: ignore[arg-type]
        [str(path)] * 200,
        on_result=count,
        settings=PipelineSettings(decode_threads=4),
    )
    assert delivered == 200
    assert max(alive) < 60
