"""Text in pictures: what is written there is read, word for word, where it stands, and nobody is called."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from anylabeling.cli import main
from anylabeling.codecs.types import PixelFormat, UInt8Array
from anylabeling.document.label_file import read_label_file
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.errors import BackendError, ModelError
from anylabeling.messages.auto_labeling import DetectOptions
from anylabeling.services.auto_labeling import rapidocr_backend
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.auto_labeling.model_store import ModelStore
from anylabeling.services.auto_labeling.runtime_info import runtime_info

PAPER, INK = (250, 248, 240), (30, 20, 60)
WORDS = {"Hello World": (60, 60), "Invoice 2024": (150, 220), "AnyLabeling": (240, 380), "42 kg net": (330, 540)}
TURNS = (0, 90, 180, 270, 12)

needs_text = pytest.mark.skipif(
    not rapidocr_backend.probe().usable, reason=f"text cannot be read: {rapidocr_backend.probe().reason}"
)


def draw(size: tuple[int, int], words: dict[str, tuple[int, int]], *, points: int = 36) -> Image.Image:
    picture = Image.new("RGB", size, PAPER)
    pen = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size=points)
    for text, place in words.items():
        pen.text(place, text, fill=INK, font=font)
    return picture


def turned(picture: Image.Image, degrees: int) -> Image.Image:
    return picture.rotate(degrees, expand=True, fillcolor=PAPER, resample=Image.Resampling.BICUBIC)


def pixels(picture: Image.Image) -> UInt8Array:
    return np.asarray(picture, np.uint8)


@pytest.fixture(scope="module")
def model() -> Iterator[DetectionModel]:
    manager = ModelManager()
    yield manager.load("rapidocr")
    manager.unload()


def texts(shapes: list[Shape]) -> list[str]:
    return [shape.text for shape in shapes]


@needs_text
@pytest.mark.parametrize("degrees", TURNS)
def test_what_is_written_is_read_word_for_word_however_the_picture_is_turned(
    model: DetectionModel, degrees: int
) -> None:
    shapes = model.predict_shapes(pixels(turned(draw((900, 700), WORDS), degrees)))
    assert sorted(texts(shapes)) == sorted(WORDS)
    assert all(shape.label == "text" and shape.kind is ShapeKind.POLYGON for shape in shapes)
    assert all(len(shape.points) == 4 and 0.9 < (shape.score or 0) <= 1 for shape in shapes)


@needs_text
def test_each_polygon_lies_around_its_own_words_in_reading_order(model: DetectionModel) -> None:
    picture = draw((900, 700), WORDS)
    shapes = model.predict_shapes(pixels(picture))
    assert texts(shapes) == list(WORDS)
    font = ImageFont.load_default(size=36)
    for shape, place in zip(shapes, WORDS.values(), strict=True):
        left, top, right, bottom = ImageDraw.Draw(picture).textbbox(place, shape.text, font=font)
        low, high = shape.points.min(axis=0), shape.points.max(axis=0)
        assert np.abs(low - (left, top)).max() < 16
        assert np.abs(high - (right, bottom)).max() < 16


@needs_text
def test_bgra_and_a_batch_give_the_same(model: DetectionModel) -> None:
    picture = pixels(draw((900, 300), {"Hello World": (60, 60), "AnyLabeling": (300, 180)}))
    bgra = np.dstack([picture[:, :, ::-1], np.full(picture.shape[:2], 255, np.uint8)])
    once = [(shape.text, shape.points.tolist(), shape.score) for shape in model.predict_shapes(picture)]
    assert len(once) == 2
    from_bgra = model.predict_shapes(np.ascontiguousarray(bgra), pixel_format=PixelFormat.BGRA)
    assert texts(from_bgra) == [text for text, *_ in once]
    for shape, (_, points, _) in zip(from_bgra, once, strict=True):
        assert np.abs(shape.points - points).max() < 1.5
    batch = model.predict_shapes_batch([picture, pixels(draw((200, 200), {})), picture])
    assert [[(shape.text, shape.points.tolist(), shape.score) for shape in each] for each in batch] == [once, [], once]


@needs_text
@pytest.mark.parametrize("size", [(400, 300), (1, 1), (3, 4000), (4000, 2), (33, 33)])
def test_pictures_without_text_have_none(model: DetectionModel, size: tuple[int, int]) -> None:
    assert model.predict_shapes(pixels(draw(size, {}))) == []


@needs_text
def test_a_tall_picture_is_read_to_its_end_each_line_once(model: DetectionModel) -> None:
    lines = {f"Line number {index}": (40, 100 + 400 * index) for index in range(16)}
    shapes = model.predict_shapes(pixels(draw((600, 6600), lines, points=32)))
    assert texts(shapes) == list(lines)


@needs_text
def test_a_line_over_the_whole_of_a_wide_picture_is_one_line(model: DetectionModel) -> None:
    text = " ".join(f"word{index}" for index in range(30))
    shapes = model.predict_shapes(pixels(draw((4400, 140), {text: (40, 50)})))
    assert texts(shapes) == [text]


@needs_text
def test_a_higher_confidence_leaves_fewer_lines(model: DetectionModel) -> None:
    found = model.candidates(pixels(draw((900, 700), WORDS)))
    assert len(found.select(DetectOptions(confidence=0.5), model.class_names)) == len(WORDS)
    assert len(found.select(DetectOptions(confidence=1.0), model.class_names)) < len(WORDS)


@needs_text
def test_the_command_line_reads_a_photo_in_the_frame_in_which_it_is_shown(tmp_path: Path, home_dir: Path) -> None:
    sideways = draw((900, 700), WORDS).transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6  # turn clockwise to show it
    sideways.save(tmp_path / "photo.jpg", quality=95, exif=exif)
    assert main(["label", str(tmp_path), "--model", "rapidocr"]) == 0
    labels = read_label_file(tmp_path / "photo.json")
    assert [shape.text for shape in labels.shapes] == list(WORDS)
    place = labels.shapes[0].points.min(axis=0)
    assert np.abs(place - (60, 68)).max() < 20
    assert main(["filter", str(tmp_path), "--model", "rapidocr", "--classes", "text"]) == 0


SCRIPT = """
import json, logging, sys
seen = []

def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen", "os.system"):
        seen.append([event, repr(arguments)[:300]])
    if event == "open" and isinstance(arguments[0], str) and set(str(arguments[1] or "")) & set("wax+"):
        seen.append([event, repr(arguments)[:300]])
    if event in ("os.mkdir", "os.rename", "os.remove"):
        seen.append([event, repr(arguments)[:300]])

import numpy as np
from PIL import Image
from anylabeling.opencv import cv2
import os
import openvino
before = [os.environ.copy(), [repr(handler) for handler in logging.root.handlers], logging.root.level]
sys.dont_write_bytecode = True
sys.addaudithook(watch)
from anylabeling.services.auto_labeling.model_manager import ModelManager
manager = ModelManager()
model = manager.load("rapidocr", preferred_backend=sys.argv[2])
found = [shape.text for shape in model.predict_shapes(np.asarray(Image.open(sys.argv[1])))]
nothing = model.predict_shapes(np.full((90, 90, 3), 255, np.uint8))
log = logging.getLogger("RapidOCR")
after = [os.environ.copy(), [repr(handler) for handler in logging.root.handlers], logging.root.level]
print(json.dumps({
    "seen": seen, "found": found, "nothing": len(nothing), "same": before == after,
    "log": [len(log.handlers), log.propagate], "backend": model.info.choice.backend,
}))
manager.unload()
"""


@needs_text
@pytest.mark.parametrize("backend", ["openvino", "onnx-cpu"])
def test_it_calls_nobody_writes_nothing_and_leaves_the_log_alone(tmp_path: Path, home_dir: Path, backend: str) -> None:
    if not runtime_info().has({"onnx-cpu": "onnxruntime"}.get(backend, backend)):
        pytest.skip(f"{backend} is not installed")
    draw((700, 200), {"Hello World": (60, 60)}).save(tmp_path / "words.png")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "words.png"), backend],
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stderr == ""
    report = json.loads(done.stdout)
    outside = [entry for entry in report["seen"] if "/dev/null" not in entry[1]]
    assert outside == []
    assert report["found"] == ["Hello World"]
    assert report["nothing"] == 0
    assert report["same"]
    assert report["log"] == [0, True]
    assert report["backend"] == backend


def test_where_it_is_missing_everybody_says_what_installs_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, home_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    info = runtime_info()
    without = replace(info, modules=info.modules - {"rapidocr"})
    monkeypatch.setattr(rapidocr_backend, "runtime_info", lambda: without)
    with pytest.raises(BackendError) as raised:
        ModelManager().load("rapidocr")
    assert "--no-deps" in raised.value.hint
    assert "overwrites" in raised.value.user_text
    store = ModelStore(tmp_path)
    assert store.model("rapidocr").path == ""
    with pytest.raises(ModelError, match="rapidocr is not installed") as missing:
        store.download("rapidocr")
    assert "--no-deps" in missing.value.hint
    assert main(["doctor"]) == 0
    told = capsys.readouterr().out
    assert rapidocr_backend.INSTALL_COMMAND in told
    assert "opencv-python-headless, which overwrites" in told


def test_the_choice_says_why_the_others_were_not_taken() -> None:
    if not runtime_info().has("openvino"):
        pytest.skip("openvino is not installed")
    assert rapidocr_backend.choose().backend == "openvino"
    asked = rapidocr_backend.choose("tensorrt")
    assert (asked.backend, asked.rejected) == ("openvino", (("tensorrt", "it does not read text"),))
    assert dict(rapidocr_backend.choose("onnx-cpu").rejected) == {"openvino": "onnx-cpu was asked for"}


@needs_text
def test_the_store_offers_it_and_does_not_delete_it(tmp_path: Path) -> None:
    store = ModelStore(tmp_path)
    assert store.model("rapidocr").path == "rapidocr"
    assert dict(store.sizes(["rapidocr"])) == {"rapidocr": 0}
    with pytest.raises(ModelError, match="comes with the package"):
        store.remove("rapidocr")
