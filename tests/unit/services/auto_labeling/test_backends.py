"""What holds for every backend that is installed: the same results, errors for people, results that stay."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tiny_models as tiny
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from anylabeling.codecs import PixelFormat, decode
from anylabeling.document.shape import Shape
from anylabeling.errors import BackendError
from anylabeling.messages.models import BackendChoice
from anylabeling.services.auto_labeling import graph_edit
from anylabeling.services.auto_labeling.backend import Backend, BackendOptions
from anylabeling.services.auto_labeling.backend_registry import BACKENDS, BackendRow, backend_class, choose
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.model_families import model_class
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.auto_labeling.model_spec import ModelSpec, read_model_spec
from anylabeling.services.auto_labeling.trust_store import TrustStore
from anylabeling.utils.cancellation import Cancelled, CancelToken

PHOTOS = ("bus.jpg", "zidane.jpg", "voc40/2007_000032.jpg", "voc40/2007_000129.jpg")
ROWS = {row.name: row for row in BACKENDS}
SUFFIXES = {"ultralytics": ".pt"}


def open_backend(row: BackendRow, spec: ModelSpec, options: BackendOptions | None = None) -> Backend:
    """Return a loaded backend; the test is skipped where it is not installed."""
    available = backend_class(row).probe(spec)
    if not available.usable:
        pytest.skip(f"{row.name}: {available.reason}")
    return backend_class(row)(spec, options or BackendOptions())


@pytest.fixture(params=[row for row in BACKENDS if row.name not in SUFFIXES], ids=lambda row: row.name)
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    """Return each installed backend with a detector whose scores are the means of red, green and blue."""
    spec = read_model_spec(tiny.save(tiny.redness_detector(), tmp_path / "redness.onnx"))
    made = open_backend(request.param, spec, BackendOptions(threads=1, concurrency=2))
    yield made
    made.close()


def inputs_of(backend: Backend, *levels: float) -> NDArray[Any]:
    """Return one plain picture for each level of red."""
    blob = np.zeros((len(levels), 3, tiny.SIDE, tiny.SIDE), np.float32)
    blob[:, 0] = np.array(levels, np.float32)[:, np.newaxis, np.newaxis]
    if backend.takes_bytes:
        return np.rint(blob * 255).astype(np.uint8).transpose(0, 2, 3, 1)
    return blob


def test_a_picture_gives_its_result(backend: Backend) -> None:
    (output,) = backend.infer(inputs_of(backend, 0.6))
    assert output.shape == (1, 7, tiny.CELLS_V8)
    assert output[0, 4:, 0] == pytest.approx([0.6, 0, 0], abs=0.002)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_any_batch_gives_what_single_pictures_give(backend: Backend, count: int) -> None:
    levels = np.linspace(0.2, 1.0, count)
    (output,) = backend.infer(inputs_of(backend, *levels))
    assert output[:, 4, 0] == pytest.approx(levels, abs=0.003)


def test_a_result_stays_what_it_was_after_the_next_call(backend: Backend) -> None:
    (first,) = backend.infer(inputs_of(backend, 0.2))
    before = first.copy()
    backend.infer(inputs_of(backend, 0.9))
    np.testing.assert_array_equal(first, before)


def test_calls_at_once_get_their_own_results(backend: Backend) -> None:
    levels = np.linspace(0.1, 1.0, 40)
    with ThreadPoolExecutor(backend.concurrency) as pool:
        outputs = list(pool.map(lambda level: backend.infer(inputs_of(backend, level))[0], levels))
    assert [float(output[0, 4, 0]) for output in outputs] == pytest.approx(list(levels), abs=0.003)


def test_an_input_that_does_not_fit_is_an_error_for_people(backend: Backend) -> None:
    with pytest.raises(BackendError) as caught:
        backend.infer(np.zeros((1, 5, tiny.SIDE, tiny.SIDE), np.float32))
    assert "redness.onnx" in caught.value.user_text
    assert backend.name in caught.value.details
    assert backend.infer(inputs_of(backend, 0.5))[0].shape[0] == 1


def test_a_cancelled_call_does_not_begin(backend: Backend) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        backend.infer(inputs_of(backend, 0.5), cancel=cancel)
    assert backend.infer(inputs_of(backend, 0.5))[0][0, 4, 0] == pytest.approx(0.5, abs=0.003)


def test_a_closed_backend_says_so(backend: Backend) -> None:
    backend.close()
    backend.close()
    with pytest.raises(BackendError, match="unloaded"):
        backend.infer(np.zeros((1, 3, tiny.SIDE, tiny.SIDE), np.float32))


@pytest.mark.parametrize("name", ["onnx-cpu", "openvino"])
def test_a_long_call_ends_when_it_is_cancelled(tmp_path: Path, name: str) -> None:
    # Too much for any processor to be through with when it is cancelled.
    slow = tiny.redness_detector(nodes_before=100, matrix_side=512, matrices=64)
    backend = open_backend(ROWS[name], read_model_spec(tiny.save(slow, tmp_path / "slow.onnx")))
    cancel = CancelToken()
    ended: list[BaseException | None] = []

    def call() -> None:
        try:
            backend.infer(np.full((1, 3, tiny.SIDE, tiny.SIDE), 0.5, np.float32), cancel=cancel)
            ended.append(None)
        except BaseException as error:  # noqa: BLE001 - the test looks at whatever it was
            ended.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    cancel.wait(0.2)
    cancel.cancel()
    thread.join()
    assert isinstance(ended[0], Cancelled)
    backend.close()


@pytest.mark.parametrize("row", BACKENDS, ids=lambda row: row.name)
def test_a_damaged_file_is_refused_or_not_taken(tmp_path: Path, row: BackendRow) -> None:
    whole = tiny.save(tiny.redness_detector(), tmp_path / "redness.onnx")
    spec = read_model_spec(whole).with_changes(path=tmp_path / "broken.onnx")
    (tmp_path / "broken.onnx").write_bytes(whole.read_bytes()[:200])
    if not backend_class(row).probe(spec).usable:
        return
    with pytest.raises(BackendError, match=r"broken\.onnx"):
        backend_class(row)(spec, BackendOptions())


def test_every_other_backend_has_a_reason(tmp_path: Path) -> None:
    spec = read_model_spec(tiny.save(tiny.redness_detector(), tmp_path / "redness.onnx"))
    backend, choice = choose(spec)
    names = [name for name, _reason in choice.rejected]
    assert sorted([choice.backend, *names]) == sorted(ROWS)
    assert all(reason for _name, reason in choice.rejected)
    reasons = dict(choice.rejected)
    assert reasons["tensorrt"] == "TensorRT is switched off in the performance settings"
    assert reasons["cv2.dnn"] == f"{choice.backend} comes first and works"
    backend.close()
    backend, choice = choose(spec, "cv2.dnn")
    assert dict(choice.rejected)["onnx-cpu"] == "cv2.dnn was asked for"
    backend.close()


@pytest.mark.parametrize("inside", [False, True], ids=["plain", "in a branch"])
def test_opencv_gets_no_graph_that_would_end_the_process(tmp_path: Path, inside: bool) -> None:
    # Exports with suppression inside: OpenCV 5 divides by zero where nothing is left.
    model = tiny.redness_detector()
    node = helper.make_node("NonZero", ["images"], ["places"])
    if inside:
        places = helper.make_tensor_value_info("places", TensorProto.INT64, [4, "n"])
        branch = helper.make_graph([node], "branch", [], [places])
        model.graph.initializer.append(numpy_helper.from_array(np.array(True), "always"))
        node = helper.make_node("If", ["always"], ["found"], then_branch=branch, else_branch=branch)
    model.graph.node.append(node)
    spec = read_model_spec(tiny.save(model, tmp_path / "nms.onnx"))
    backend, choice = choose(spec, "cv2.dnn")
    backend.close()
    assert choice.backend != "cv2.dnn"
    assert choice.notice.startswith("The backend cv2.dnn is not used: it is not safe with the operator NonZero.")


@pytest.mark.data
@pytest.mark.parametrize("name", ["yolo11n", "yolov8n", "yolov5s"])
@pytest.mark.parametrize("row", [row for row in BACKENDS if row.name != "onnx-cpu"], ids=lambda row: row.name)
def test_backends_agree_on_photos(data_dir: Path, home_dir: Path, name: str, row: BackendRow) -> None:
    path = data_dir / "models" / f"{name}{SUFFIXES.get(row.name, '.onnx')}"
    if not path.is_file():
        pytest.skip(f"{path.name} is not there")
    if row.name in SUFFIXES:
        TrustStore().trust(path)
    model = load(path, row)
    reference = load(data_dir / "models" / f"{name}.onnx", ROWS["onnx-cpu"])
    for picture in PHOTOS:
        image = decode(data_dir / "photos" / picture, pixel_format=PixelFormat.RGB).pixels
        assert_agree(reference.predict_shapes(image), model.predict_shapes(image), score=0.01, box_px=1.0)
    model.close()
    reference.close()


@pytest.mark.data
@pytest.mark.parametrize("row", [ROWS["onnx-cpu"], ROWS["openvino"]], ids=lambda row: row.name)
def test_half_precision_agrees_on_photos(data_dir: Path, tmp_path: Path, row: BackendRow) -> None:
    source = data_dir / "models" / "yolov8n.onnx"
    half = tmp_path / "half.onnx"
    half.write_bytes(graph_edit.to_float16(graph_edit.load_graph(source)).SerializeToString())
    assert half.stat().st_size < 0.55 * source.stat().st_size
    model, reference = load(half, row), load(source, ROWS["onnx-cpu"])
    for picture in PHOTOS:
        image = decode(data_dir / "photos" / picture, pixel_format=PixelFormat.RGB).pixels
        assert_agree(reference.predict_shapes(image), model.predict_shapes(image), score=0.02, box_px=2.0)
    model.close()
    reference.close()


@pytest.mark.data
def test_the_choice_of_auto_finds_what_is_known(data_dir: Path, manager: ModelManager) -> None:
    model = manager.load(data_dir / "models" / "yolo11n.onnx")
    found = model.predict_shapes(decode(data_dir / "photos" / "bus.jpg", pixel_format=PixelFormat.RGB).pixels)
    assert [round(shape.score or 0.0, 2) for shape in found] == [0.94, 0.90, 0.85, 0.83, 0.40]


def load(path: Path, row: BackendRow) -> DetectionModel:
    """Return a model that this backend runs, with no other one behind it."""
    spec = read_model_spec(path)
    backend = open_backend(row, spec)
    model: DetectionModel = model_class(spec.family)(spec, backend, BackendChoice(backend.name, backend.device))
    model.warm_up()
    return model


def assert_agree(wanted: list[Shape], got: list[Shape], *, score: float, box_px: float) -> None:
    assert [shape.label for shape in got] == [shape.label for shape in wanted]
    for one, other in zip(wanted, got, strict=True):
        assert other.score == pytest.approx(one.score, abs=score)
        assert np.abs(one.points - other.points).max() <= box_px
