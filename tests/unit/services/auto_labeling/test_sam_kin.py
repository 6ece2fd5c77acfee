"""EdgeSAM, SAM-HQ, EfficientViT-SAM and EfficientSAM outline what is marked, each by its own tensors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tiny_sam_kin as tiny

from anylabeling.messages.prompting import PointMark
from anylabeling.services.auto_labeling.mask_shapes import mask_to_shape
from anylabeling.services.auto_labeling.prompt_manager import PromptModels, is_prompt_model

WIDTH, HEIGHT = 600, 400


@pytest.mark.parametrize("kind", tiny.KINDS)
@pytest.mark.parametrize("chosen", ["config.yaml", "encoder.onnx"])
def test_a_disc_around_a_click_is_where_it_was_clicked(tmp_path: Path, kind: str, chosen: str) -> None:
    tiny.save(tmp_path, kind)
    assert is_prompt_model(tmp_path / chosen)
    models = PromptModels()
    model = models.load(tmp_path / chosen)
    try:
        embedding = model.embedding(np.full((HEIGHT, WIDTH, 3), 100, np.uint8))
        shape = mask_to_shape(model.decode(embedding, [PointMark(420, 250)]))
    finally:
        models.unload()
    assert shape is not None
    low, high = shape.points.min(axis=0), shape.points.max(axis=0)
    np.testing.assert_allclose((low + high) / 2, [420, 250], atol=2)
    # The encoder sees the picture with a long side of 1024.
    np.testing.assert_allclose((high - low) / 2, tiny.RADIUS * WIDTH / 1024, atol=2.5)


def test_what_the_encoder_sees_is_as_its_makers_want_it(tmp_path: Path) -> None:
    """EfficientSAM takes numbers from 0 to 1, EdgeSAM those of SAM around its mean: the embedding has their mean."""
    picture = np.full((64, 64, 3), 204, np.uint8)
    for kind, wanted in (
        ("efficient_sam", 0.8),
        ("edge_sam", np.mean((204 - np.array([123.675, 116.28, 103.53])) / 57.7)),
    ):
        folder = tmp_path / kind
        folder.mkdir()
        models = PromptModels()
        embedding = models.load(tiny.save(folder, kind)).embedding(picture)
        models.unload()
        assert float(embedding.tensors["image_embeddings"].mean()) == pytest.approx(wanted, rel=0.02)
