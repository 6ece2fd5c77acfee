"""Outlining what is marked with a model on a server: the same masks as here, and servers that forget or lie."""

from __future__ import annotations

import base64
import json
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tiny_prompt_models as tiny
from hostile_server import Hostile
from served_samples import KEY, Serve, Served

from anylabeling.codecs import PixelFormat, encode_jpeg
from anylabeling.errors import AppError, ModelError
from anylabeling.messages.models import short_name
from anylabeling.messages.prompting import BoxMark, Mask, PointMark, StrokeMark
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.auto_labeling.prompt_manager import PromptModels, is_prompt_model
from anylabeling.services.auto_labeling.prompt_model import PromptModel
from anylabeling.services.auto_labeling.remote_prompt_wire import mark_rows, mask_data, read_marks, read_mask
from anylabeling.services.auto_labeling.remote_servers import KnownServer, RemoteServers
from anylabeling.services.auto_labeling.remote_wire import WireError
from anylabeling.utils.cancellation import Cancelled, CancelToken

pytestmark = pytest.mark.usefixtures("remote_home")


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.save_pair(tmp_path_factory.mktemp("pair"))[0]


@pytest.fixture(scope="module")
def outliner(serve: Serve, pair: Path) -> Served:
    """Return a server with a small Segment Anything model under the name "sam"."""
    return serve({"sam": PromptModels().load(pair)})


@pytest.fixture
def loaded() -> Iterator[list[PromptModels]]:
    holders: list[PromptModels] = []
    yield holders
    for holder in holders:
        holder.unload()


def load(loaded: list[PromptModels], path: object) -> PromptModel:
    loaded.append(PromptModels())
    return loaded[-1].load(str(path))


def picture(folder: Path) -> tuple[np.ndarray[Any, Any], str]:
    pixels = np.full((96, 128, 3), 90, np.uint8)
    pixels[20:70, 30:90] = (200, 60, 40)
    path = folder / "a.jpg"
    path.write_bytes(encode_jpeg(pixels))
    return pixels, str(path)


MARKS = ([PointMark(60, 45)], [BoxMark(28, 18, 92, 72)], [PointMark(60, 45), PointMark(5, 5, False)])


def test_a_server_outlines_what_the_model_outlines_here(
    outliner: Served, pair: Path, loaded: list[PromptModels], tmp_path: Path
) -> None:
    address = f"{outliner.address}/sam#prompt"
    RemoteServers().add(KnownServer(outliner.address, KEY))
    assert is_prompt_model(address)
    assert short_name(address) == f"sam ({outliner.address.partition('//')[2]})"
    here, there = load(loaded, pair), load(loaded, address)
    config = tmp_path / "sam.yaml"
    config.write_text(
        f"type: remote\ntask: prompt\nserver_url: {outliner.address}\nmodel: sam\napi_key: {KEY}\nimage_format: png\n"
    )
    assert is_prompt_model(config)
    exact = load(loaded, config)
    assert (there.info.task, there.info.choice.backend) == ("prompt", "remote")
    pixels, path = picture(tmp_path)
    assert not there.is_prepared(pixels, path)
    for marks in MARKS:
        wanted, found, nearly = (
            model.decode(model.embedding(pixels, path, pixel_format=PixelFormat.RGB), marks)
            for model in (here, exact, there)
        )
        assert found.logits.shape == wanted.logits.shape
        assert (found.left, found.top, found.step_x, found.image_size) == (
            wanted.left, wanted.top, wanted.step_x, (128, 96),
        )  # fmt: skip
        assert np.abs(found.logits - wanted.logits).max() < 0.05
        assert nearly.image_size == (128, 96)
    assert there.is_prepared(pixels, path)
    assert there.kept([path, "other.jpg"]) == {path}


def test_a_server_that_has_forgotten_the_picture_gets_it_again(
    serve: Serve, pair: Path, loaded: list[PromptModels], tmp_path: Path
) -> None:
    served = serve({"sam": PromptModels().load(pair)}, key="")
    model = load(loaded, f"{served.address}/sam#prompt")
    pixels, path = picture(tmp_path)
    embedding = model.embedding(pixels, path)
    before = model.decode(embedding, MARKS[0])
    served.models[0]._kept.clear()  # type: ignore[attr-defined]
    after = model.decode(embedding, MARKS[0])
    assert np.array_equal(before.logits, after.logits)
    assert sum("/prepare 200" in line for line in served.log) == 2
    assert sum("/outline 404" in line for line in served.log) == 1


def test_models_of_the_other_kind_are_refused(outliner: Served, samples: Served, loaded: list[PromptModels]) -> None:
    for server in (outliner, samples):
        RemoteServers().add(KnownServer(server.address, KEY))
    with pytest.raises(ModelError, match="outlines what a person marks"):
        ModelManager().load(f"{outliner.address}/sam")
    with pytest.raises(ModelError, match="is no model for the AI tool"):
        load(loaded, f"{samples.address}/samples#prompt")


SAM = {"sam": {"display_name": "SAM", "anylabeling": {"task": "prompt", "min_side_px": 64}}}
GOOD = mask_data(Mask(np.ones((4, 5), np.float32), 0, 0, 2, 2, 0.9, (128, 96)))
LIES = {
    "no mask": ({"logits": 5}, "it holds no mask"),
    "no base64": ({"logits": "%%%"}, "its mask is damaged"),
    "no deflate": ({"logits": base64.b64encode(b"abc").decode()}, "its mask is damaged"),
    "a bomb": (
        {"logits": base64.b64encode(zlib.compress(bytes(50_000_000))).decode()},
        "its mask has another size than it says",
    ),
    "too small": ({"rows": 40}, "its mask has another size than it says"),
    "huge": ({"rows": 1 << 20, "columns": 1 << 20}, "its mask has no size"),
    "negative": ({"rows": -4}, "its mask has no size"),
    "no step": ({"step_x": 0}, "step_x of its mask makes no sense"),
    "far away": ({"left": 1e9}, "left of its mask makes no sense"),
    "beside": ({"left": 127, "step_x": 100}, "its mask lies outside"),
    "no numbers": (
        {"logits": base64.b64encode(zlib.compress(np.full(20, np.nan, "<f2").tobytes())).decode()},
        "its mask holds no numbers",
    ),
}


@pytest.mark.parametrize("lie", LIES)
def test_masks_that_make_no_sense_are_not_believed(
    hostile: Hostile, loaded: list[PromptModels], tmp_path: Path, lie: str
) -> None:
    changes, words = LIES[lie]
    hostile.models = SAM

    def answer(handler: Any) -> tuple[int, str, bytes]:
        data = {"picture": "p"} if "/prepare" in handler.path else {**GOOD, **changes}
        return 200, "application/json", json.dumps({"success": True, "data": data}).encode()

    hostile.predict = answer
    model = load(loaded, f"{hostile.address}/sam#prompt")
    pixels, path = picture(tmp_path)
    with pytest.raises(AppError, match=words):
        model.decode(model.embedding(pixels, path), MARKS[0])
    hostile.predict = lambda handler: (
        200,
        "application/json",
        json.dumps({"success": True, "data": {"picture": "p"} if "/prepare" in handler.path else GOOD}).encode(),
    )
    assert model.decode(model.embedding(pixels, path), MARKS[0]).score == 0.9


def test_nobody_waits_for_a_server_after_cancelling(
    hostile: Hostile, loaded: list[PromptModels], tmp_path: Path
) -> None:
    hostile.models = SAM

    def stall(handler: Any) -> None:
        handler.server.entered.set()
        handler.server.released.wait(20)

    hostile.predict = stall
    model = load(loaded, f"{hostile.address}/sam#prompt")
    cancel = CancelToken()
    threading.Thread(target=lambda: (hostile.entered.wait(60), cancel.cancel()), daemon=True).start()
    pixels, path = picture(tmp_path)
    with pytest.raises(Cancelled):
        model.embedding(pixels, path, cancel=cancel)
    assert not hostile.released.is_set()


def test_marks_and_masks_go_there_and_back() -> None:
    marks = (
        PointMark(1.5, 2.25),
        PointMark(3, 4, False),
        BoxMark(0, 1, 20, 30),
        StrokeMark(((1, 2), (3, 4)), True),
        StrokeMark(((5, 6),), False),
    )
    assert read_marks(json.loads(json.dumps(mark_rows(marks))), (64, 48)) == marks
    for rows in ([], "x", [{}], [{"type": "point", "data": [1]}], [{"type": "point", "data": [1e9, 0]}], [{}] * 1001):
        with pytest.raises(WireError):
            read_marks(rows, (64, 48))
    empty = Mask(np.zeros((0, 0), np.float32), 0, 0, 1, 1, 0.0, (64, 48))
    assert read_mask(mask_data(empty), (64, 48)).is_empty
