"""Models on a server: the same objects as here, and servers that do not do what they should."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hostile_server import GREY, Hostile, boxes, config, load, shapes
from served_samples import KEY, SAMPLE_MODEL, Served

from anylabeling.codecs import PixelFormat, decode
from anylabeling.errors import AppError, ModelError
from anylabeling.messages.auto_labeling import AutoLabelRequest, Tiling
from anylabeling.messages.filtering import FilterQuery
from anylabeling.services.auto_labeling import remote_client
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.detections import Candidates
from anylabeling.services.auto_labeling.label_run import label_many
from anylabeling.services.auto_labeling.pipeline import detect_many
from anylabeling.services.auto_labeling.remote_servers import KnownServer, RemoteServers
from anylabeling.services.auto_labeling.tiled_model import in_tiles
from anylabeling.services.dataset.label_store import LabelStore
from anylabeling.services.filtering.engine import FilterEngine, FilterStores
from anylabeling.services.filtering.identities import ModelIdentities
from anylabeling.utils.cancellation import Cancelled, CancelToken

pytestmark = pytest.mark.usefixtures("remote_home")


def equal(first: Candidates, second: Candidates) -> bool:
    return all(
        np.array_equal(getattr(first, name), getattr(second, name)) for name in ("boxes", "scores", "class_ids")
    ) and (first.image_width, first.image_height) == (second.image_width, second.image_height)


# The same as here


def test_without_loss_it_finds_what_the_model_finds_here_to_the_last_bit(
    samples: Served, local_model: DetectionModel, pictures: list[str], tmp_path: Path
) -> None:
    model = load(config(tmp_path, samples.address, image_format="png"))
    assert model.class_names == local_model.class_names
    assert (model.info.task, model.info.has_iou, model.info.choice.backend) == ("detect", True, "remote")
    here, there = {}, {}
    for found, runner in ((here, local_model), (there, model)):
        summary = detect_many(runner, pictures[:8], on_result=lambda r, kept=found: kept.update({r.path: r}))  # type: ignore[misc]
        assert not summary.failed
    assert list(here) == list(there) == pictures[:8]
    for path in here:
        assert equal(here[path].candidates, there[path].candidates)
        shapes = [[s.content() for s in r[path].detections.to_shapes(model.class_names)] for r in (here, there)]
        assert shapes[0] == shapes[1]


def test_as_jpeg_it_finds_nearly_the_same(
    samples: Served, local_model: DetectionModel, pictures: list[str], tmp_path: Path
) -> None:
    model = load(config(tmp_path, samples.address))
    counts = []
    for runner in (local_model, model):
        found: list[int] = []
        detect_many(runner, pictures[:6], on_result=lambda r, kept=found: kept.append(len(r.detections)))  # type: ignore[misc]
        counts.append(found)
    assert np.abs(np.subtract(*counts)).max() <= 1
    assert sum(counts[0]) > 60


def test_tiles_of_a_large_picture_give_what_they_give_here(
    samples: Served, local_model: DetectionModel, pictures: list[str], tmp_path: Path
) -> None:
    cells = [decode(path, pixel_format=PixelFormat.RGB).pixels[:720, :720] for path in pictures[:4]]
    mosaic = np.ascontiguousarray(
        np.concatenate([np.concatenate(cells[:2], axis=1), np.concatenate(cells[2:], axis=1)])
    )
    model = load(config(tmp_path, samples.address, image_format="png"))
    assert model.info.can_tile
    here, there = (in_tiles(each, Tiling(640, 0.2)) for each in (local_model, model))
    found = [each.candidates(mosaic).select(each.default_options, each.class_names) for each in (here, there)]
    assert len(found[0]) > 40
    assert np.array_equal(found[0].boxes, found[1].boxes)
    drawn = [
        sorted(tuple(shape.points.round(1).ravel()) for shape in each.to_shapes(model.class_names)) for each in found
    ]
    np.testing.assert_allclose(drawn[0], drawn[1], atol=1.0)


def test_it_labels_a_folder_by_its_address_with_the_key_that_was_stored(
    samples: Served, pictures: list[str], tmp_path: Path
) -> None:
    with pytest.raises(AppError, match="does not accept the key"):
        load(f"{samples.address}/samples")
    RemoteServers().add(KnownServer(samples.address, KEY))
    assert (Path.home() / ".anylabeling" / "servers.json").stat().st_mode & 0o077 == 0
    model = load(f"{samples.address}/samples")
    paths = []
    for path in pictures[:4]:
        copy = tmp_path / Path(path).name
        copy.write_bytes(Path(path).read_bytes())
        paths.append(str(copy))
    summary = label_many(model, AutoLabelRequest(tuple(paths)), LabelStore(root=tmp_path))
    assert (summary.labelled, summary.failed) == (4, ())
    assert dict(summary.per_class)["car"] > 1
    for file in tmp_path.glob("*.json"):
        assert KEY not in file.read_text()
        assert samples.address not in file.read_text()


def test_what_it_found_is_kept_by_the_weights_that_the_server_tells(
    samples: Served, pictures: list[str], tmp_path: Path
) -> None:
    path = config(tmp_path, samples.address)
    stores = FilterStores.in_memory()
    engine = FilterEngine(stores=stores)
    query = FilterQuery(classes=frozenset({"car"}))
    model = load(path)
    first = engine.run(query, pictures[:6], model)
    calls = samples.models[0].pictures
    again = engine.run(FilterQuery(classes=frozenset({"bus"})), pictures[:6], load(path))
    assert samples.models[0].pictures == calls + 1  # that of the warm-up
    assert (first.inferred, again.inferred, again.from_cache) == (6, 0, 6)
    other = load(config(tmp_path, samples.address, image_format="png"))
    identify = ModelIdentities().identify
    assert identify(other.info) != identify(model.info)
    local = load(SAMPLE_MODEL)
    assert identify(local.info) != identify(model.info)


def test_the_only_model_of_a_server_needs_no_name(samples: Served, tmp_path: Path) -> None:
    assert load(config(tmp_path, samples.address, model="")).info.name == "samples-yolo"
    with pytest.raises(ModelError, match=r"has no model nix\. It has samples\."):
        load(config(tmp_path, samples.address, model="nix"))


def test_the_key_may_be_in_the_environment(samples: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = config(tmp_path, samples.address, api_key="", api_key_env="MY_KEY")
    with pytest.raises(ModelError, match="MY_KEY"):
        load(path)
    monkeypatch.setenv("MY_KEY", KEY)
    assert load(path).class_names[0] == "person"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"server_url": "ftp://there"}, "does not name a server"),
        ({"server_url": "http://user:secret@there"}, "no address"),
        ({"server_url": "http://there:99999"}, "no address"),
        ({"requests": 0}, "requests must be a number"),
        ({"timeout": "soon"}, "timeout must be a number"),
        ({"api_key": "with spaces é"}, "holds characters that no key has"),
        ({"model": ["a"]}, "does not name a model"),
    ],
)
def test_a_config_that_makes_no_sense_says_which_part(tmp_path: Path, values: dict[str, object], words: str) -> None:
    with pytest.raises(AppError, match=words) as caught:
        load(config(tmp_path, "http://127.0.0.1:9", **values))
    assert "secret" not in f"{caught.value}{caught.value.details}"


# Servers that do not do what they should


def half(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{")


def drip(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
    while not handler.server.released.wait(0.05):
        handler.wfile.write(b" ")


def endless(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 900000000000\r\n\r\n")


def stall(handler: Any) -> None:
    handler.server.entered.set()
    handler.server.released.wait(20)


PAGE = b"<!DOCTYPE html><html><body>Welcome</body></html>"

TOO_LATE = "there was no answer within|it does not answer"
LIES: dict[str, tuple[Callable[[Any], tuple[int, str, bytes] | None], str]] = {
    "a web page": (lambda _: (200, "text/html", PAGE), "answered with a web page"),
    "a page of an error": (lambda _: (500, "text/html", PAGE), "answered with a web page"),
    "another key": (lambda _: (401, "application/json", b"{}"), "does not accept the key"),
    "forbidden": (lambda _: (403, "text/plain", b"no"), "does not accept the key"),
    "not allowed by word": (
        lambda _: (200, "application/json", b'{"success": false, "error": {"code": "UNAUTHORIZED", "message": "m"}}'),
        "does not accept the key",
    ),
    "a refusal": (
        lambda _: (
            200,
            "application/json",
            b'{"success": false, "error": {"code": "X", "message": "CUDA\\u001b[31m!"}}',
        ),
        r"refused: CUDA \[31m!\.",
    ),
    "no JSON": (lambda _: (200, "application/json", b"not at all"), "it is no JSON"),
    "nothing": (lambda _: (200, "application/json", b""), "it is no JSON"),
    "a list": (lambda _: (200, "application/json", b"[]"), "it is no object"),
    "no data": (lambda _: (200, "application/json", b'{"success": true}'), "it holds no objects"),
    "deep": (lambda _: (200, "application/json", b"[" * 100_000), "it is no JSON"),
    "elsewhere": (lambda _: (302, "text/plain", b""), "sends its visitors elsewhere"),
    "half an answer": (half, "its answer breaks off"),
    "no answer": (lambda _: None, "it hung up"),
    "a slow drip": (drip, TOO_LATE),
    "an endless answer": (endless, "its answer has more than 64 MB"),
    "silence": (stall, TOO_LATE),
    "noise": (lambda h: h.wfile.write(b"\x00\xff" * 4000), "it does not speak HTTP"),
    "a class that is none": (lambda _: boxes([[0, 0, 9, 9, 0.9, 7]]), "names a class"),
    "a negative class": (lambda _: boxes([[0, 0, 9, 9, 0.9, -1]]), "names a class"),
    "scores above one": (lambda _: boxes([[0, 0, 9, 9, 3, 1]]), "no numbers of a picture"),
    "far away": (lambda _: boxes([[0, 0, 9, 1e9, 0.5, 1]]), "no numbers of a picture"),
    "more scores": (lambda _: boxes([[0, 0, 9, 9, 0.5, 1]], scores=[0.1, 0.2]), "differ in number"),
    "words for boxes": (lambda _: boxes([], boxes="many"), "its boxes are none"),
    "many boxes": (lambda _: boxes([[0, 0, 9, 9, 0.5, 1]] * 30_001), "differ in number"),
    "null boxes": (lambda _: boxes([], boxes=[[None] * 4], scores=[1], class_ids=[0]), "no numbers of a picture"),
    "no shapes": (lambda _: shapes(shapes=7), "it holds no list of shapes"),
    "a shape without points": (lambda _: shapes({"label": "a", "shape_type": "polygon"}), '"points" is missing'),
    "a far shape": (
        lambda _: shapes({"label": "a", "shape_type": "rectangle", "points": [[0, 0], [1e6, 5]]}),
        "a shape lies outside of the picture",
    ),
    "many points": (
        lambda _: shapes(*[{"label": "a", "shape_type": "polygon", "points": [[0, 0]] * 100_000}] * 11),
        "1,100,000 points",
    ),
    "other weights": (lambda _: boxes([], weights="w2"), "has another model under this name"),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_server_that_lies_gets_a_clear_message_and_no_shape(
    hostile: Hostile, tmp_path: Path, lie: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    words = LIES[lie][1]
    patience = 1.0 if words == TOO_LATE else 30  # the rest may take as long as it does
    model = load(config(tmp_path, hostile.address, timeout=patience))
    hostile.predict = LIES[lie][0]
    with pytest.raises(AppError, match=words) as caught:
        model.predict_shapes(GREY)
    said = f"{caught.value.user_text} {caught.value.hint} {caught.value.details}"
    assert caught.value.user_text.endswith(".")
    assert KEY not in said + caplog.text + repr(model.__dict__)
    # The program goes on, and so does the model once the server is sane again.
    hostile.released.set()
    remote_client._GIVEN_UP_S, before = 0.0, remote_client._GIVEN_UP_S
    try:
        model._server._down = None  # type: ignore[attr-defined]
        hostile.predict = lambda _handler: boxes([[1, 2, 30, 40, 0.9, 1]])
        assert [shape.label for shape in model.predict_shapes(GREY)] == ["b"]
    finally:
        remote_client._GIVEN_UP_S = before


@pytest.mark.parametrize("lie", ["a web page", "another key", "no JSON", "noise", "half an answer", "elsewhere"])
def test_a_server_that_lies_about_its_models_is_not_loaded(hostile: Hostile, tmp_path: Path, lie: str) -> None:
    hostile.list_models, words = LIES[lie]
    with pytest.raises(AppError, match=words):
        load(config(tmp_path, hostile.address))


@pytest.mark.parametrize("data", [[], "x", {"samples": 7}, {"samples": {"display_name": 5, "widgets": 9}}])
def test_strange_lists_of_models_do_no_harm(hostile: Hostile, tmp_path: Path, data: Any) -> None:
    hostile.models = data
    try:
        assert load(config(tmp_path, hostile.address)).info.name == "samples"
    except AppError as error:
        assert error.user_text  # noqa: PT017 - either is fine, nothing else is


def test_nobody_listens(tmp_path: Path, hostile: Hostile) -> None:
    hostile.server_close()
    with pytest.raises(AppError, match="nothing listens there"):
        load(config(tmp_path, hostile.address))


def test_what_fails_once_is_tried_again_and_what_never_works_is_given_up(hostile: Hostile, tmp_path: Path) -> None:
    model = load(config(tmp_path, hostile.address))
    answers = [(503, "application/json", b"{}"), None, boxes([[1, 2, 30, 40, 0.9, 0]])]
    hostile.predict = lambda _handler: answers.pop(0)
    assert [shape.label for shape in model.predict_shapes(GREY)] == ["a"]
    hostile.asked = 0
    hostile.predict = lambda _handler: (503, "application/json", b'{"detail": "Task queue is full"}')
    with pytest.raises(AppError, match="refused: Task queue is full"):
        model.predict_shapes(GREY)
    assert hostile.asked == 3


def test_a_run_over_many_images_ends_soon_when_the_server_is_gone(
    hostile: Hostile, tmp_path: Path, pictures: list[str]
) -> None:
    model = load(config(tmp_path, hostile.address))
    hostile.asked = 0
    hostile.predict = lambda _handler: None
    summary = detect_many(model, pictures)
    assert len(summary.failed) == len(pictures)
    assert {failure.reason.partition(": ")[2].partition(".")[0] for failure in summary.failed} == {"it hung up"}
    assert hostile.asked < 2 * len(pictures)


def test_cancelling_does_not_wait_for_the_server(hostile: Hostile, tmp_path: Path, pictures: list[str]) -> None:
    model = load(config(tmp_path, hostile.address))
    hostile.predict = lambda handler: stall(handler)
    cancel = CancelToken()
    threading.Thread(target=lambda: (hostile.entered.wait(60), cancel.cancel()), daemon=True).start()
    summary = detect_many(model, pictures, cancel=cancel)
    assert (summary.cancelled, summary.done) == (True, 0)
    assert not hostile.released.is_set()
    hostile.entered.clear()
    again = CancelToken()
    threading.Thread(target=lambda: (hostile.entered.wait(60), again.cancel()), daemon=True).start()
    hostile.list_models = lambda handler: stall(handler)
    with pytest.raises(Cancelled):
        load(config(tmp_path, hostile.address), cancel=again)


def test_several_requests_are_on_the_way_at_once(hostile: Hostile, tmp_path: Path, pictures: list[str]) -> None:
    model = load(config(tmp_path, hostile.address, requests=3))
    together = threading.Barrier(3, timeout=60)

    def wait(_handler: Any) -> tuple[int, str, bytes]:
        together.wait()
        return boxes([])

    hostile.predict = wait
    assert detect_many(model, pictures[:6]).failed == ()
