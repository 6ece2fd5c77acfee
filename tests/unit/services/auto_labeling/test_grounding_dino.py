"""Grounding DINO finds what is typed: its words become pieces, and each box goes to the name that it fits best."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from anylabeling.codecs.types import UInt8Array
from anylabeling.document.shape import ShapeKind
from anylabeling.errors import ModelError
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.auto_labeling.wordpiece import WordPieces, word_pieces_for

PIECES = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", ".", "red", "car", "cat", "##s", "un", "##able", "-", "é", "e", "猫")
NUMBERS = {piece: number for number, piece in enumerate(PIECES)}
WIDTH, HEIGHT = 200, 100
LEVEL = 0.5
PICTURE: UInt8Array = np.full((HEIGHT, WIDTH, 3), 180, np.uint8)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("red car", ["red", "car"]),
        ("  Red\tCATS ", ["red", "cat", "##s"]),
        ("unable", ["un", "##able"]),
        ("car-cat", ["car", "-", "cat"]),
        ("É", ["e"]),
        ("猫cat", ["猫", "cat"]),
        ("dog", ["[UNK]"]),
        ("cat" * 40, ["[UNK]"]),
        ("", []),
    ],
)
def test_words_become_the_longest_pieces(text: str, wanted: list[str]) -> None:
    assert [PIECES[number] for number in WordPieces(NUMBERS).encode(text)] == wanted


@given(st.text(max_size=50))
def test_any_text_has_pieces(text: str) -> None:
    assert all(0 <= number < len(PIECES) for number in WordPieces(NUMBERS).encode(text))


@pytest.mark.parametrize("name", ["vocab.txt", "tokenizer.json"])
def test_the_vocabulary_lies_beside_the_model(tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelError, match="missing"):
        word_pieces_for(tmp_path)
    text = "\n".join(PIECES) if name == "vocab.txt" else json.dumps({"model": {"vocab": NUMBERS}})
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert word_pieces_for(tmp_path).encode("cat") == [NUMBERS["cat"]]


def test_a_damaged_vocabulary_is_said(tmp_path: Path) -> None:
    (tmp_path / "vocab.txt").write_text("cat\ncar\n")
    with pytest.raises(ModelError, match="damaged"):
        word_pieces_for(tmp_path)


def network() -> onnx.ModelProto:
    """Return a network of three boxes: of "red", of "cat", and one that says what it was told about the sentence.

    The logit of a box for a token is LEVEL for its own word, and -9 for others; the mean of the picture is added. The
    third box belongs to "car"; its width is the number of pairs that see each other, its height the sum of the
    positions, in hundredths.
    """
    make = helper.make_node
    wanted = np.array([[NUMBERS["red"]], [NUMBERS["cat"]], [NUMBERS["car"]]], np.int64)
    boxes = np.array([[0.25, 0.5, 0.5, 1.0], [0.75, 0.5, 0.5, 1.0]], np.float32)
    constants: dict[str, NDArray[np.generic]] = {
        "wanted": wanted, "own": np.array(LEVEL, np.float32), "other": np.array(-9, np.float32),
        "two_boxes": boxes, "middle": np.array([0.5, 0.5], np.float32), "hundredth": np.array(0.01, np.float32),
        "zero": np.array([0]), "one_row": np.array([1, 4]), "nothing": np.array(0.0, np.float32), "one": np.array([1]),
    }  # fmt: skip
    nodes = [
        make("Equal", ["input_ids", "wanted"], ["same"]),
        make("Where", ["same", "own", "other"], ["fit"]),
        make("ReduceMean", ["img"], ["mean"], keepdims=0),
        make("Add", ["fit", "mean"], ["seen"]),
        make("Unsqueeze", ["seen", "zero"], ["logits_alone"]),
        make("Cast", ["attention_mask"], ["attended"], to=TensorProto.FLOAT),
        make("Cast", ["token_type_ids"], ["types"], to=TensorProto.FLOAT),
        make("Add", ["attended", "types"], ["unused"]),
        make("Mul", ["unused", "nothing"], ["none"]),
        make("Add", ["logits_alone", "none"], ["logits"]),
        make("Cast", ["text_token_mask"], ["pairs"], to=TensorProto.FLOAT),
        make("ReduceSum", ["pairs"], ["pair_count"], keepdims=0),
        make("Cast", ["position_ids"], ["positions"], to=TensorProto.FLOAT),
        make("ReduceSum", ["positions"], ["position_sum"], keepdims=0),
        make("Reshape", ["pair_count", "one"], ["pair_row"]),
        make("Reshape", ["position_sum", "one"], ["position_row"]),
        make("Concat", ["pair_row", "position_row"], ["told"], axis=0),
        make("Mul", ["told", "hundredth"], ["told_size"]),
        make("Concat", ["middle", "told_size"], ["third"], axis=0),
        make("Reshape", ["third", "one_row"], ["third_row"]),
        make("Concat", ["two_boxes", "third_row"], ["all_boxes"], axis=0),
        make("Unsqueeze", ["all_boxes", "zero"], ["boxes"]),
    ]
    whole, truth = TensorProto.INT64, TensorProto.BOOL
    inputs = [
        helper.make_tensor_value_info("img", TensorProto.FLOAT, [1, 3, 32, 64]),
        *(helper.make_tensor_value_info(name, kind, [1, "n"]) for name, kind in (
            ("input_ids", whole), ("attention_mask", truth), ("position_ids", whole), ("token_type_ids", whole))),
        helper.make_tensor_value_info("text_token_mask", truth, [1, "n", "n"]),
    ]  # fmt: skip
    outputs = [
        helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, 3, "n"]),
        helper.make_tensor_value_info("boxes", TensorProto.FLOAT, [1, 3, 4]),
    ]
    weights = [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()]
    graph = helper.make_graph(nodes, "tiny", inputs, outputs, weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "vocab.txt").write_text("\n".join(PIECES), encoding="utf-8")
    onnx.save(network(), str(tmp_path / "groundingdino_tiny.onnx"))
    return tmp_path / "groundingdino_tiny.onnx"


def test_each_box_goes_to_the_name_that_it_fits(path: Path, manager: ModelManager) -> None:
    manager.set_text(("red car", "cat"))
    model = manager.load(path)
    assert (model.info.takes_text, model.info.task, model.class_names) == (True, "detect", ("red car", "cat"))
    shapes = model.predict_shapes(PICTURE)
    assert {shape.kind for shape in shapes} == {ShapeKind.RECTANGLE}
    found = sorted((shape.label, shape.points.ravel().tolist()) for shape in shapes)
    # [CLS] red car . cat . [SEP]: three see each other, two do, and two are alone; 0 0 1 2 0 1 0 are their places.
    pairs, places = 3 * 3 + 2 * 2 + 2, 4
    half_width, half_height = pairs / 200 * WIDTH, places / 200 * HEIGHT
    assert found == [
        ("cat", [100.0, 0.0, 200.0, 100.0]),
        ("red car", [0.0, 0.0, 100.0, 100.0]),
        ("red car", pytest.approx([100 - half_width, 50 - half_height, 100 + half_width, 50 + half_height], abs=0.01)),
    ]
    # The picture is normalized by ImageNet's numbers, whose mean over the channels this is.
    seen = np.mean((180 / 255 - np.array([0.485, 0.456, 0.406])) / np.array([0.229, 0.224, 0.225]))
    assert shapes[0].score == pytest.approx(1 / (1 + np.exp(-LEVEL - seen)), abs=0.001)


def test_many_names_are_asked_in_several_sentences(path: Path, manager: ModelManager) -> None:
    names = (*(f"un {number}" for number in range(120)), "cat")
    manager.set_text(names)
    shapes = manager.load(path).predict_shapes(PICTURE)
    assert [shape.label for shape in shapes] == ["cat"]


def test_a_config_gives_name_and_confidence(path: Path, tmp_path: Path, manager: ModelManager) -> None:
    config = tmp_path / "config.yaml"
    config.write_text(
        f"type: grounding_dino\nname: g\ndisplay_name: Grounding tiny\nmodel_path: {path.name}\n"
        "input_width: 64\ninput_height: 32\nbox_threshold: 0.45\ntext_threshold: 0.25\n"
    )
    model = manager.load(config)
    assert (model.info.name, model.suggested.confidence) == ("Grounding tiny", 0.45)
    with pytest.raises(ModelError, match="nothing is typed"):
        model.predict_shapes(PICTURE)


def test_without_its_vocabulary_it_says_what_is_missing(path: Path, manager: ModelManager) -> None:
    (path.parent / "vocab.txt").unlink()
    manager.set_text(("cat",))
    model = manager.load(path)
    with pytest.raises(ModelError) as caught:
        model.predict_shapes(PICTURE)
    assert "vocab.txt" in str(caught.value.hint)
