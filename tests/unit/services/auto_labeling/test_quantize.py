"""Models of a person's own are converted on the command line, still find what they found, and say what they lose."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import tiny_models as tiny

import anylabeling
from anylabeling.cli import main
from anylabeling.errors import UsageError
from anylabeling.services.auto_labeling.model_spec import read_model_spec
from anylabeling.services.auto_labeling.quantize import Precision, compare, convert

SAMPLES = Path(anylabeling.__file__).parent / "resources" / "samples"
MODEL, IMAGES = SAMPLES / "model" / "samples-yolo.onnx", SAMPLES / "images"


@pytest.mark.parametrize("precision", ["fp16", pytest.param("int8", marks=pytest.mark.long)])
def test_the_command_converts_a_model_and_says_what_that_does(
    tmp_path: Path, home_dir: Path, capsys: pytest.CaptureFixture[str], precision: str
) -> None:
    target, images = tmp_path / "small.onnx", tmp_path / "images"
    images.mkdir()
    for image in sorted(IMAGES.glob("*.jpg"))[:6]:
        shutil.copy(image, images)
    asked = ["models", "quantize", str(MODEL), str(target), "--images", str(images), "--precision", precision]
    assert main(asked) == 0
    told = capsys.readouterr()
    assert f"Wrote {target}" in told.err
    found = re.search(r"objects +(\d+) found by both, (\d+) lost, (\d+) new", told.out)
    assert found is not None
    both, lost, new = map(int, found.groups())
    assert both >= 10
    assert lost + new <= 0.2 * both
    assert re.search(r"scores differ by +0\.0\d+ in the middle", told.out)
    before, after = read_model_spec(MODEL), read_model_spec(target)
    assert (after.class_names, after.task, after.default_size) == (before.class_names, before.task, before.default_size)
    assert target.stat().st_size < 0.65 * MODEL.stat().st_size


def test_half_precision_stays_within_two_hundredths(tmp_path: Path) -> None:
    target = tmp_path / "half.onnx"
    convert(MODEL, target, Precision.FP16)
    found = compare(MODEL, target, [str(image) for image in sorted(IMAGES.glob("*.jpg"))[:4]])
    assert found.images == 4
    assert found.both > 3
    assert found.lost == found.new == 0
    assert found.score[0] < 0.02


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["MODEL"], "takes two files"),
        (["MODEL", "out.onnx"], "need pictures"),
        (["MODEL", "out.onnx", "--images", "EMPTY"], "no images"),
        (["MODEL", "out.txt", "--precision", "fp16"], "no name for a model"),
        (["gone.onnx", "out.onnx", "--precision", "fp16"], "does not exist"),
    ],
)
def test_wrong_use_is_one_line_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: list[str], says: str
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    places = {"MODEL": str(MODEL), "EMPTY": "empty"}
    assert main(["models", "quantize", *(places.get(word, word) for word in words)]) == 2
    told = capsys.readouterr().err
    assert says in told
    assert len(told.strip().splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]


def test_a_model_is_not_written_over_itself(tmp_path: Path) -> None:
    own = tiny.save(tiny.redness_detector(), tmp_path / "own.onnx")
    before = own.read_bytes()
    with pytest.raises(UsageError, match="over itself"):
        convert(own, own, Precision.FP16)
    assert own.read_bytes() == before
