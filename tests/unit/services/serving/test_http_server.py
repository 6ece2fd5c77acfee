"""What a server of models answers, to clients that behave and to clients that do not."""

from __future__ import annotations

import base64
import json
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
import tiny_models
from served_samples import KEY, Serve, Served, ask

from anylabeling.codecs import encode_png
from anylabeling.errors import BackendError
from anylabeling.services.auto_labeling.detection_model import DetectionModel
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.serving.served_model import ServeLimits

RED = encode_png(np.full((64, 96, 3), (200, 0, 0), np.uint8))


def test_list_says_what_each_model_is(samples: Served) -> None:
    status, body = ask(samples.address, "GET", "/v1/models")
    row = body["data"]["samples"]
    assert status == 200
    assert body["success"] is True
    assert {"name": "edit_conf", "value": 0.25} in row["widgets"]
    ours = row["anylabeling"]
    assert (ours["task"], ours["classes"][:3], ours["min_side_px"]) == ("detect", ["person", "car", "bus"], 960)
    assert len(ours["weights"]) == 32
    one = ask(samples.address, "GET", "/v1/models/samples/info")[1]["data"]
    assert one == {"model_id": "samples", **row}


def test_health_needs_no_key_and_all_else_does(samples: Served) -> None:
    assert ask(samples.address, "GET", "/health", Token="")[1]["status"] == "healthy"
    for key in ("", "wrong", KEY + "x", KEY[:-1]):
        status, body = ask(samples.address, "GET", "/v1/models", Token=key)
        assert (status, body["error"]["code"]) == (401, "UNAUTHORIZED")
        status, body = ask(samples.address, "POST", "/v1/models/samples/predict", RED, Token=key)
        assert (status, body["error"]["code"]) == (401, "UNAUTHORIZED")
    assert ask(samples.address, "GET", "/v1/models", Token="", Authorization=f"Bearer {KEY}")[0] == 200
    assert KEY not in "".join(samples.log)


def test_objects_are_chosen_as_asked(samples: Served, pictures: list[str]) -> None:
    picture = Path(pictures[0]).read_bytes()

    def labels(query: str) -> list[str]:
        body = ask(samples.address, "POST", f"/v1/models/samples/predict?{query}", picture)[1]
        assert body["data"]["weights"]
        return [shape["label"] for shape in body["data"]["shapes"]]

    everything = labels("")
    assert {"tree", "house", "car"} <= set(everything)
    assert labels("conf=0.96") == everything[:2]
    assert set(labels("classes=car&classes=tree")) == {"car", "tree"}
    assert len(labels("max=3")) == 3
    assert len(labels("iou=1")) > len(everything)


def test_clients_of_x_anylabeling_get_what_they_know(samples: Served, pictures: list[str]) -> None:
    image = "data:image/jpeg;base64," + base64.b64encode(Path(pictures[0]).read_bytes()).decode()
    request = {"model": "samples", "image": image, "params": {"conf_threshold": 0.5, "iou_threshold": 0.5}}
    status, body = ask(samples.address, "POST", "/v1/predict", json.dumps(request).encode(), "application/json")
    assert (status, body["success"]) == (200, True)
    shape = body["data"]["shapes"][0]
    assert shape["shape_type"] == "rectangle"
    (left, top), (right, top_right), (_, bottom), (left_below, _) = shape["points"]
    assert (left, top) == (left_below, top_right)
    assert left < right
    assert top < bottom
    assert 0.5 <= shape["score"] <= 1
    assert ask(samples.address, "GET", "/v1/models")[1]["data"]["samples"]["classes"][:2] == ["person", "car"]
    for wanted, found in (["car"], {"car"}), ([], {shape["label"] for shape in body["data"]["shapes"]}):
        request["params"] = {
            "conf_threshold": 0.5,
            "iou_threshold": 0.5,
            "epsilon_factor": 0.001,
            "filter_classes": wanted,
        }
        _status, chosen = ask(samples.address, "POST", "/v1/predict", json.dumps(request).encode(), "application/json")
        assert {shape["label"] for shape in chosen["data"]["shapes"]} == found


@pytest.mark.parametrize(
    ("target", "body", "kind", "status", "code"),
    [
        ("/v1/models/nix/predict", RED, "image/png", 404, "MODEL_NOT_FOUND"),
        ("/v1/models/samples/predict", b"no picture at all", "image/png", 422, "INVALID_IMAGE"),
        ("/v1/models/samples/predict", b"", "image/png", 400, "INVALID_IMAGE"),
        ("/v1/models/samples/predict", RED[: len(RED) // 2], "image/png", 422, "INVALID_IMAGE"),
        ("/v1/models/samples/predict", RED, "text/html", 415, "INVALID_IMAGE"),
        ("/v1/models/samples/predict?conf=nan", RED, "image/png", 400, "BAD_REQUEST"),
        ("/v1/models/samples/predict?conf=2", RED, "image/png", 400, "BAD_REQUEST"),
        ("/v1/models/samples/predict?max=0", RED, "image/png", 400, "BAD_REQUEST"),
        ("/v1/models/samples/predict?width=96&height=960", RED, "image/png", 400, "BAD_REQUEST"),
        ("/v1/models/samples/predict?" + "classes=a&" * 2000, RED, "image/png", 400, "BAD_REQUEST"),
        ("/v1/predict", b"{", "application/json", 400, "BAD_REQUEST"),
        ("/v1/predict", b'{"model": "samples", "image": 7}', "application/json", 400, "INVALID_IMAGE"),
        ("/v1/predict", b'{"model": "samples", "image": "%%"}', "application/json", 400, "INVALID_IMAGE"),
        ("/v1/predict", b'{"model": "samples", "params": []  , "image": ""}', "application/json", 400, "INVALID_IMAGE"),
        ("/v1/elsewhere", RED, "image/png", 404, "NOT_FOUND"),
        ("/v1/models/../../etc/passwd", RED, "image/png", 404, "NOT_FOUND"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_reason(
    samples: Served, target: str, body: bytes, kind: str, status: int, code: str
) -> None:
    got, answer = ask(samples.address, "POST", target, body, kind)
    assert (got, answer["success"], answer["error"]["code"]) == (status, False, code)
    assert answer["error"]["message"]
    assert ask(samples.address, "GET", "/health")[0] == 200


def test_what_is_too_large_is_refused_before_it_is_read(serve: Serve, redness: DetectionModel) -> None:
    served = serve({"red": redness}, limits=ServeLimits(max_bytes=1000, max_pixels=64 * 96 - 1))
    assert ask(served.address, "POST", "/v1/models/red/predict", b"x" * 1001)[0] == 413
    assert len(RED) < 1000
    status, body = ask(served.address, "POST", "/v1/models/red/predict", RED)
    assert (status, body["error"]["message"]) == (413, "the picture has too many pixels")


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /v1/models HTTP/1.1\r\nToken: %s\r\nOrigin: http://evil.example\r\n\r\n" % KEY.encode(),
        b"POST /v1/predict HTTP/1.1\r\nToken: %s\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" % KEY.encode(),
        b"POST /v1/predict HTTP/1.1\r\nToken: %s\r\nContent-Length: -5\r\n\r\n" % KEY.encode(),
        b"DELETE /v1/models/samples HTTP/1.1\r\nToken: %s\r\n\r\n" % KEY.encode(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n",
    ],
)
def test_strange_requests_are_refused_and_others_served(samples: Served, sent: bytes) -> None:
    parts = urlsplit(samples.address)
    with socket.create_connection((parts.hostname, parts.port), timeout=60) as connection:
        connection.sendall(sent)
        answer = connection.recv(1 << 16)
    head = answer.split(b"\r\n")[0].split(b" ")
    # A line that is no HTTP/1.x at all is answered without a head, as HTTP/0.9 was.
    assert head[1][:1] in (b"4", b"5") if head[0].startswith(b"HTTP") else b'"success":false' in answer
    assert ask(samples.address, "GET", "/health")[0] == 200


def test_without_a_key_only_this_machine_by_its_own_name_is_answered(serve: Serve, redness: DetectionModel) -> None:
    served = serve({"red": redness}, key="")
    assert ask(served.address, "GET", "/v1/models", Token="")[0] == 200
    # A page that a browser shows from a name which points here by now.
    assert ask(served.address, "GET", "/v1/models", Token="", Host="evil.example")[0] == 403
    assert ask(served.address, "GET", "/v1/models", Token="", Host=f"{socket.gethostname()}:8100")[0] == 200
    assert ask(served.address, "GET", "/v1/models", Token="", Origin="http://127.0.0.1")[0] == 403


def test_what_waits_at_the_same_time_goes_through_the_model_together(serve: Serve, tmp_path: Path) -> None:
    model = ModelManager().load(tiny_models.save(tiny_models.redness_detector(), tmp_path / "red.onnx"))
    gate = Gate(model, preferred=4)
    served = serve({"red": gate})  # type: ignore[dict-item]
    with ThreadPoolExecutor(9) as threads:
        answers = [threads.submit(ask, served.address, "POST", "/v1/models/red/predict?conf=0", RED)]
        assert gate.entered.wait(60)
        answers += [threads.submit(ask, served.address, "POST", "/v1/models/red/predict", RED) for _ in range(8)]
        gate.wait_for(served, 8)
        gate.opened.set()
        assert [answer.result()[0] for answer in answers] == [200] * 9
    assert gate.batches == [1, 4, 4]


def test_a_full_queue_says_so_and_gets_on(serve: Serve, redness: DetectionModel) -> None:
    gate = Gate(redness)
    served = serve({"red": gate}, limits=ServeLimits(most_waiting=1))  # type: ignore[dict-item]
    with ThreadPoolExecutor(4) as threads:
        answers = [threads.submit(ask, served.address, "POST", "/v1/models/red/predict", RED)]
        assert gate.entered.wait(60)
        answers.append(threads.submit(ask, served.address, "POST", "/v1/models/red/predict", RED))
        gate.wait_for(served, 1)
        status, body = ask(served.address, "POST", "/v1/models/red/predict", RED)
        assert (status, body["error"]["code"]) == (503, "QUEUE_FULL")
        gate.opened.set()
        assert [answer.result()[0] for answer in answers] == [200, 200]


def test_a_model_that_takes_too_long_is_not_waited_for(serve: Serve, redness: DetectionModel) -> None:
    gate = Gate(redness)
    served = serve({"red": gate}, limits=ServeLimits(request_s=0.2))  # type: ignore[dict-item]
    status, body = ask(served.address, "POST", "/v1/models/red/predict", RED)
    assert (status, body["error"]["message"]) == (503, "The model takes too long.")
    gate.opened.set()


def test_one_picture_at_which_the_model_fails_does_not_cost_the_others(serve: Serve, redness: DetectionModel) -> None:
    gate = Gate(redness, preferred=8, fails_at=96 * 2)
    served = serve({"red": gate})  # type: ignore[dict-item]
    bad = encode_png(np.full((128, 192, 3), 90, np.uint8))
    with ThreadPoolExecutor(4) as threads:
        target = "/v1/models/red/predict"
        first = threads.submit(ask, served.address, "POST", target, RED)
        gate.entered.wait(60)
        others = [threads.submit(ask, served.address, "POST", target, picture) for picture in (RED, bad, RED)]
        gate.wait_for(served, 3)
        gate.opened.set()
        statuses = [answer.result()[0] for answer in (first, *others)]
    assert statuses == [200, 200, 500, 200]


class Gate:
    """A model that lets nothing through until it is opened, and notes how much comes at once."""

    def __init__(self, model: DetectionModel, *, preferred: int = 1, fails_at: int = 0) -> None:
        self._model = model
        self._preferred = preferred
        self._fails_at = fails_at
        self.opened = threading.Event()
        self.entered = threading.Event()
        self.batches: list[int] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def batch_for(self, wanted: int) -> int:
        return min(wanted, self._preferred)

    def prepare(self, image: Any, **options: Any) -> Any:
        return image.shape[1], self._model.prepare(image, **options)

    def infer(self, prepared: Any, **_options: Any) -> Any:
        self.entered.set()
        assert self.opened.wait(20)
        self.batches.append(len(prepared))
        if any(width == self._fails_at for width, _ in prepared):
            raise BackendError("The network fails at this one.")
        return [self._model.infer([one])[0] for _, one in prepared]

    def finish(self, prepared: Any, output: Any, **options: Any) -> Any:
        return self._model.finish(prepared[1], output, **options)

    def wait_for(self, served: Served, waiting: int) -> None:
        deadline = threading.Event()
        for _ in range(1000):
            if served.models[0]._queue.qsize() >= waiting:
                return
            deadline.wait(0.01)
        raise AssertionError("nothing waits")


@pytest.fixture
def redness(tmp_path: Path) -> DetectionModel:
    return ModelManager().load(tiny_models.save(tiny_models.redness_detector(), tmp_path / "redness.onnx"))
