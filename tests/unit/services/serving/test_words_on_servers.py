"""Models on a server that find what is typed: each client its own words, of the same networks."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tiny_sam3
from hostile_server import config, load
from served_samples import Serve, Served, ask

from anylabeling.codecs import encode_png
from anylabeling.errors import AppError
from anylabeling.messages.auto_labeling import Tiling
from anylabeling.services.auto_labeling.clip_tokens import VOCABULARY
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.auto_labeling.models.remote import RemoteModel
from anylabeling.services.auto_labeling.tiled_model import as_wished
from anylabeling.services.filtering.identities import ModelIdentities

pytestmark = pytest.mark.usefixtures("remote_home")

MERGES = ("r e", "re d</w>", "t h", "th i", "thi n", "thin g</w>")
PICTURE = np.full((100, 200, 3), 90, np.uint8)
PNG = encode_png(PICTURE)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModelManager]:
    folder = tmp_path_factory.mktemp("sam3")
    (folder / VOCABULARY).write_bytes(gzip.compress("\n".join(["a vocabulary", *MERGES]).encode()))
    files = tiny_sam3.save(folder, red=513, thing=517)
    manager = ModelManager()
    manager.load(files[0])
    yield manager
    manager.unload()


@pytest.fixture(scope="module")
def there(serve: Serve, here: ModelManager) -> Served:
    assert here.current is not None
    return serve({"words": here.current})


def drawn(model: DetectionModel) -> list[Any]:
    return sorted((shape.label, shape.score, shape.points.tolist()) for shape in model.predict_shapes(PICTURE))


def test_each_client_gets_what_it_has_typed(here: ModelManager, there: Served, tmp_path: Path) -> None:
    model = load(config(tmp_path, there.address, model="words", image_format="png"))
    assert isinstance(model, RemoteModel)
    assert model.info.takes_text
    assert model.class_names == ()
    with pytest.raises(AppError, match="nothing is typed"):
        model.predict_shapes(PICTURE)
    assert here.current is not None
    wordings = [("red",), ("thing",), ("red", "thing"), ("thing", "red"), ("neither",)]
    truth = {names: drawn(as_wished(here.current, None, names)) for names in wordings}
    assert len(truth["red",]) == 1
    assert len(truth["red", "thing"]) == 3
    with ThreadPoolExecutor(10) as threads:
        asked = wordings * 6
        for names, found in zip(asked, threads.map(lambda names: drawn(model.with_classes(names)), asked), strict=True):
            assert found == truth[names]


def test_results_are_kept_apart_by_what_was_typed(there: Served, tmp_path: Path) -> None:
    model = load(config(tmp_path, there.address, model="words"))
    identify = ModelIdentities().identify
    one, other, again = (identify(as_wished(model, None, names).info) for names in (("red",), ("thing",), ("red",)))
    assert one is not None
    assert one == again != other


def test_typed_names_and_tiles_go_together(there: Served, tmp_path: Path) -> None:
    model = as_wished(load(config(tmp_path, there.address, model="words")), Tiling(64, 0.2), ("red",))
    assert model.info.tiling is not None
    assert model.predict_shapes(PICTURE)


def test_programs_of_others_send_a_text_prompt(there: Served) -> None:
    described = ask(there.address, "GET", "/v1/models")[1]["data"]["words"]
    assert described["batch_processing_mode"] == "text_prompt"
    assert {"edit_text", "button_send"} <= {widget["name"] for widget in described["widgets"]}
    for text in ("red.thing", "red, thing"):
        request = {"model": "words", "image": base64.b64encode(PNG).decode(), "params": {"text_prompt": text}}
        status, body = ask(there.address, "POST", "/v1/predict", json.dumps(request).encode(), "application/json")
        assert status == 200
        assert {shape["label"] for shape in body["data"]["shapes"]} == {"red", "thing"}


MANY = "?" + "&".join(f"text={number}" for number in range(300))


@pytest.mark.parametrize(("query", "words"), [("", "nothing is"), ("?text=%20", "nothing is"), (MANY, "too long")])
def test_what_makes_no_sense_is_refused(there: Served, query: str, words: str) -> None:
    status, body = ask(there.address, "POST", f"/v1/models/words/predict{query}", PNG, "image/png")
    assert (status, words in body["error"]["message"]) == (400, True)


def test_a_model_with_classes_of_its_own_takes_no_words(samples: Served) -> None:
    status, body = ask(samples.address, "POST", "/v1/models/samples/predict?text=car", PNG, "image/png")
    assert (status, body["error"]["message"]) == (400, "samples finds its own classes only")
