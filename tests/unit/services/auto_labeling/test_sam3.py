"""SAM 3 finds what is typed and outlines what is marked, of one encoding of the picture."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import tiny_sam3

from anylabeling.codecs import encode_png
from anylabeling.codecs.types import UInt8Array
from anylabeling.document.shape import ShapeKind
from anylabeling.errors import ModelError
from anylabeling.messages.auto_labeling import AutoLabelRequest, DetectOptions, Tiling
from anylabeling.messages.filtering import FilterQuery
from anylabeling.messages.prompting import BoxMark, PointMark
from anylabeling.services.auto_labeling.clip_tokens import VOCABULARY
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.label_run import label_many
from anylabeling.services.auto_labeling.mask_shapes import mask_to_shape
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.auto_labeling.models.sam3 import Sam3Detector
from anylabeling.services.auto_labeling.prompt_manager import PromptModels, is_prompt_model
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.services.filtering.engine import FilterEngine, FilterStores
from anylabeling.utils.metrics import METRICS

WIDTH, HEIGHT = 200, 100
MERGES = ("r e", "re d</w>", "t h", "th i", "thi n", "thin g</w>")
RED, THING = 512 + 1, 512 + 5
"""Numbers of the two words: after the bytes, and the bytes that end a word, come the pairs."""
BOXES = (tiny_sam3.BOXES * np.array([WIDTH, HEIGHT] * 2)).tolist()
PICTURE: UInt8Array = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)


@pytest.fixture(params=[False, True], ids=["shares", "pixels"])
def files(tmp_path: Path, request: pytest.FixtureRequest) -> tuple[Path, Path, Path]:
    (tmp_path / VOCABULARY).write_bytes(gzip.compress("\n".join(["a vocabulary", *MERGES]).encode()))
    return tiny_sam3.save(tmp_path, red=RED, thing=THING, old=request.param)


@pytest.fixture
def model(files: tuple[Path, Path, Path], manager: ModelManager) -> DetectionModel:
    manager.set_text(("red", "thing"))
    return manager.load(files[2])


@pytest.fixture
def prompts() -> Iterator[PromptModels]:
    made = PromptModels()
    yield made
    made.unload()


def encoded() -> int:
    timing = METRICS.snapshot().timings.get("prompt.encode")
    return 0 if timing is None else timing.count


def test_what_is_typed_comes_back_as_outlines(model: DetectionModel) -> None:
    assert model.info.takes_text
    assert model.class_names == ("red", "thing")
    shapes = model.predict_shapes(PICTURE)
    assert sorted((shape.label, shape.score) for shape in shapes) == [("red", 0.9), ("thing", 0.8), ("thing", 0.9)]
    assert {shape.kind for shape in shapes} == {ShapeKind.POLYGON}
    for shape in shapes:
        low, high = shape.points.min(axis=0), shape.points.max(axis=0)
        box = BOXES[0] if shape.score == 0.9 else BOXES[1]
        np.testing.assert_allclose([*low, *high], box, atol=WIDTH / tiny_sam3.CELLS)


def test_other_names_are_asked_of_the_same_networks(model: DetectionModel, manager: ModelManager) -> None:
    manager.set_text(("nothing known",))
    assert manager.current is not None
    assert manager.current is not model
    assert manager.current.class_names == ("nothing known",)
    assert manager.current.predict_shapes(PICTURE) == []
    # Whoever began with other names goes on with them.
    assert len(model.predict_shapes(PICTURE)) == 3


def test_another_text_for_a_picture_needs_no_other_run_of_the_encoder(
    model: DetectionModel, manager: ModelManager, tmp_path: Path
) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(encode_png(PICTURE))
    assert isinstance(model, Sam3Detector)
    before = encoded()
    assert len(model.candidates(PICTURE, image_path=str(path))) == 3
    manager.set_text(("red",))
    other = manager.current
    assert isinstance(other, Sam3Detector)
    assert len(other.candidates(PICTURE, image_path=str(path))) == 1
    assert encoded() == before + 1


def test_marks_and_texts_share_networks_and_features(
    files: tuple[Path, Path, Path], model: DetectionModel, prompts: PromptModels, tmp_path: Path
) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(encode_png(PICTURE))
    assert all(is_prompt_model(file) for file in files)
    outliner = prompts.load(files[0])
    assert outliner.info.takes_text
    before = encoded()
    embedding = outliner.embedding(PICTURE, str(path))
    for mark, box in ((PointMark(30, 50), BOXES[0]), (BoxMark(150, 20, 200, 80), BOXES[1])):
        shape = mask_to_shape(outliner.decode(embedding, [mark]))
        assert shape is not None
        np.testing.assert_allclose(
            [*shape.points.min(axis=0), *shape.points.max(axis=0)], box, atol=WIDTH / tiny_sam3.CELLS
        )
    assert isinstance(model, Sam3Detector)
    assert len(model.candidates(PICTURE, image_path=str(path))) == 3
    assert encoded() == before + 1
    # Each of the two may go without the other.
    prompts.unload()
    assert len(model.predict_shapes(PICTURE)) == 3


def test_folders_are_labelled_and_filtered_by_what_is_typed(model: DetectionModel, tmp_path: Path) -> None:
    paths = []
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(encode_png(PICTURE))
        paths.append(str(tmp_path / name))
    options = DetectOptions(confidence=0.5)
    summary = label_many(model, AutoLabelRequest(tuple(paths), options), LabelStore())
    assert summary.per_class == (("thing", 4), ("red", 2))
    engine = FilterEngine(stores=FilterStores.in_memory())
    query = FilterQuery(classes=frozenset({"red"}), confidence=0.5)
    assert [match.count for match in engine.run(query, paths, model).matches] == [1, 1]
    assert isinstance(model, Sam3Detector)
    # Other names are another question, and the same ones need no model.
    assert engine.run(FilterQuery(confidence=0.5), paths, model.with_classes(("thing",))).inferred == 2
    assert engine.run(query, paths, model).inferred == 0


def test_tiles_are_asked_as_well(model: DetectionModel, manager: ModelManager) -> None:
    manager.set_tiling(Tiling(100, 0.0))
    assert manager.current is not None
    assert manager.current.class_names == ("red", "thing")
    # The whole, and both halves: each of them shows the two objects at its edges.
    found = manager.current.candidates(PICTURE)
    assert found.views == 3
    assert len(found) > 3


def test_nothing_typed_says_so(files: tuple[Path, Path, Path], manager: ModelManager) -> None:
    model = manager.load(files[2])
    with pytest.raises(ModelError, match="nothing is typed"):
        model.predict_shapes(PICTURE)


def test_a_missing_vocabulary_says_what_to_do(model: DetectionModel, files: tuple[Path, Path, Path]) -> None:
    (files[0].parent / VOCABULARY).unlink()
    with pytest.raises(ModelError, match="vocabulary") as caught:
        model.predict_shapes(PICTURE)
    assert VOCABULARY in str(caught.value.hint)


def test_a_config_of_anylabeling_names_the_three_files(
    files: tuple[Path, Path, Path], tmp_path: Path, manager: ModelManager
) -> None:
    config = tmp_path / "config.yaml"
    lines = ["type: segment_anything", "name: sam3", "display_name: SAM 3 (tiny)"]
    keys = ("encoder_model_path", "language_encoder_path", "decoder_model_path")
    config.write_text("\n".join([*lines, *(f"{key}: {file.name}" for key, file in zip(keys, files, strict=True))]))
    manager.set_text(("red",))
    model = manager.load(config)
    assert model.info.name == "SAM 3 (tiny)"
    assert [shape.label for shape in model.predict_shapes(PICTURE)] == ["red"]
