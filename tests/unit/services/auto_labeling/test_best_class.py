"""A graph that chooses the best class of each box gives the same candidates as the scores of all classes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
import tiny_models as tiny

from anylabeling.codecs import PixelFormat, decode
from anylabeling.errors import ModelError
from anylabeling.services.auto_labeling import graph_edit
from anylabeling.services.auto_labeling.detections import Candidates
from anylabeling.services.auto_labeling.model_spec import read_model_spec
from anylabeling.services.auto_labeling.models.yolo_steps import Prepared, YoloSteps

FLOOR = 0.05


def outputs(model: Any, prepared: Prepared) -> tuple[Any, ...]:
    """Return one picture's outputs."""
    onnx.checker.check_model(model)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    blob = prepared.blob.transpose(2, 0, 1)[np.newaxis].astype(np.float32) / np.float32(255)
    return tuple(output[0] for output in session.run(None, {session.get_inputs()[0].name: blob}))


def assert_same(one: Candidates, other: Candidates) -> None:
    np.testing.assert_array_equal(one.boxes, other.boxes)
    np.testing.assert_array_equal(one.scores, other.scores)
    np.testing.assert_array_equal(one.class_ids, other.class_ids)


def check(path: Path, picture: np.ndarray[Any, np.dtype[np.uint8]], extras: int = 0) -> Candidates:
    spec = read_model_spec(path)
    assert spec.chooses_class
    steps = YoloSteps(spec)
    prepared = steps.prepare_bytes(picture, PixelFormat.RGB, None)
    whole = graph_edit.load_graph(path)
    edited = graph_edit.with_best_class(whole, spec.output_names[0], len(spec.class_names), spec.extras)
    scores, best = outputs(whole, prepared), outputs(edited, prepared)
    assert best[0].shape[0] == 6 + extras
    found = steps.candidates(prepared.box, scores, FLOOR)
    assert_same(found, steps.candidates(prepared.box, best, FLOOR))
    for output in (scores, best):
        # The second one of a batch of three, the others of which are empty.
        batch = [np.stack([np.zeros_like(one), one, np.zeros_like(one)]) for one in output]
        nothing, condensed = steps.condense(batch, [2, 1], FLOOR)
        assert nothing[0].shape[1] == 0
        assert condensed[0].shape[1] == len(found)
        assert_same(found, steps.candidates(prepared.box, condensed, FLOOR))
    return found


@pytest.mark.parametrize("colour", [(200, 20, 20), (20, 220, 20), (90, 90, 90), (0, 0, 0)])
def test_a_small_detector_finds_the_same(tmp_path: Path, colour: tuple[int, int, int]) -> None:
    path = tiny.save(tiny.redness_detector(), tmp_path / "m.onnx")
    found = check(path, np.full((64, 64, 3), colour, np.uint8))
    assert len(found) == (max(colour) / 255 > FLOOR)


@pytest.mark.data
@pytest.mark.parametrize(("name", "extras"), [("yolo11n", 0), ("yolov8n", 0), ("yolo11n-seg", 32)])
def test_real_detectors_find_the_same(data_dir: Path, name: str, extras: int) -> None:
    photo = decode(data_dir / "photos" / "bus.jpg", pixel_format=PixelFormat.RGB).pixels
    assert len(check(data_dir / "models" / f"{name}.onnx", photo, extras)) > 10


def test_only_scores_of_boxes_can_be_chosen_among() -> None:
    with pytest.raises(ModelError, match="no output nothing"):
        graph_edit.with_best_class(tiny.redness_detector(), "nothing", 3)
    flat = tiny.constant_model((1, 7))
    with pytest.raises(ModelError, match="no output output0"):
        graph_edit.with_best_class(flat, "output0", 3)
