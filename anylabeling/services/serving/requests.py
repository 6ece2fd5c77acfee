"""What clients ask for, read from what they sent, and answered."""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

from anylabeling.codecs import DecodedImage, PixelFormat, decode_bytes, probe_bytes
from anylabeling.errors import AppError, ImageError
from anylabeling.services.auto_labeling import remote_wire as wire
from anylabeling.services.auto_labeling.detections import CANDIDATE_FLOOR, floor_for
from anylabeling.services.auto_labeling.model_files import clean_name
from anylabeling.services.auto_labeling.remote_prompt_wire import read_marks
from anylabeling.services.serving.served_model import ServedModel, ServeLimits, TooBusyError
from anylabeling.services.serving.served_prompts import ServedPrompts
from anylabeling.utils.typed_names import typed_names

_FORMATS = frozenset({"jpeg", "png", "bmp", "webp", "tiff"})
_MOST_CLASSES = 1000
_MOST_TYPED = 200
_LARGEST_SIDE = 1_000_000
_STRETCH = 0.03


class Refusal(Exception):  # noqa: N818 - becomes an answer
    """A request that is not granted."""

    def __init__(self, status: HTTPStatus, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer.

    Attributes:
        status: Of HTTP.
        body: JSON.
        note: What the log says of it.
        retry_after_s: When to ask again, or 0.
    """

    status: HTTPStatus
    body: bytes
    note: str = ""
    retry_after_s: int = 0


@dataclass(frozen=True, slots=True)
class _Wishes:
    """What a client wants of a picture.

    Attributes:
        confidence: The least score; the model's own where it is None, as for what follows.
        iou: How much two objects may overlap.
        classes: Which classes count.
        most: At most so many objects.
        typed: What is looked for, of a model that finds what is typed.
        full_size: Width and height of what the picture is a smaller version of.
        everything: Whether all candidates are wanted.
    """

    confidence: float | None
    iou: float | None
    classes: frozenset[str] | None
    most: int | None
    typed: tuple[str, ...]
    full_size: tuple[int, int] | None = None
    everything: bool = False


class Desk:
    """Answers requests. Any thread may call it."""

    def __init__(self, models: Sequence[ServedModel | ServedPrompts], limits: ServeLimits) -> None:
        self._models = {model.name: model for model in models}
        self._limits = limits

    def answer(self, method: str, target: str, kind: str, body: bytes) -> Reply:
        """Answer a request whose key is known to be right.

        Args:
            method: Of HTTP.
            target: Path and query.
            kind: Type of the body.
            body: What was sent.
        """
        try:
            return self._route(method, target, kind, body)
        except Refusal as refusal:
            return Reply(refusal.status, wire.failure(refusal.code, refusal.message), refusal.message)
        except TooBusyError as error:
            return Reply(
                HTTPStatus.SERVICE_UNAVAILABLE, wire.failure("QUEUE_FULL", error.user_text), error.user_text, 1
            )
        except ImageError as error:
            return Reply(
                HTTPStatus.UNPROCESSABLE_ENTITY, wire.failure("INVALID_IMAGE", error.user_text), error.user_text
            )
        except AppError as error:
            return Reply(
                HTTPStatus.INTERNAL_SERVER_ERROR, wire.failure("INFERENCE_ERROR", error.user_text), error.user_text
            )

    def _route(self, method: str, target: str, kind: str, body: bytes) -> Reply:
        parts = urlsplit(target)
        path = parts.path.rstrip("/") or "/"
        if path == wire.HEALTH_PATH and method == "GET":
            return _granted({"status": "healthy", "models_loaded": len(self._models)}, plain=True)
        if path == wire.MODELS_PATH and method == "GET":
            return _granted({name: model.description() for name, model in self._models.items()})
        if path == wire.PREDICT_PATH and method == "POST":
            return self._predict_json(body)
        names = path.removeprefix(f"{wire.MODELS_PATH}/").split("/") if path.startswith(wire.MODELS_PATH) else []
        if len(names) == 2 and names[1] == "info" and method == "GET":
            model = self._model(unquote(names[0]))
            return _granted({"model_id": model.name, **model.description()})
        if len(names) == 2 and method == "POST":
            if names[1] == "predict":
                return self._predict_bytes(self._detector(unquote(names[0])), parts.query, kind, body)
            if names[1] == "prepare":
                return self._prepare(self._outliner(unquote(names[0])), parts.query, kind, body)
            if names[1] == "outline":
                return self._outline(self._outliner(unquote(names[0])), body)
        raise Refusal(HTTPStatus.NOT_FOUND, "NOT_FOUND", "there is nothing at this address")

    def _detector(self, name: str) -> ServedModel:
        model = self._model(name)
        if not isinstance(model, ServedModel):
            raise Refusal(HTTPStatus.BAD_REQUEST, "BAD_REQUEST", f"{name} outlines what is marked: prepare and outline")
        return model

    def _outliner(self, name: str) -> ServedPrompts:
        model = self._model(name)
        if not isinstance(model, ServedPrompts):
            raise Refusal(HTTPStatus.BAD_REQUEST, "BAD_REQUEST", f"{name} answers no marks")
        return model

    def _model(self, name: str) -> ServedModel | ServedPrompts:
        model = self._models.get(name)
        if model is None:
            raise Refusal(HTTPStatus.NOT_FOUND, "MODEL_NOT_FOUND", f"there is no model {name[:80]!r}")
        return model

    def _predict_bytes(self, model: ServedModel, query: str, kind: str, body: bytes) -> Reply:
        _check_kind(kind)
        try:
            asked = parse_qs(query, keep_blank_values=True, max_num_fields=_MOST_CLASSES)
        except ValueError as error:
            raise Refusal(HTTPStatus.BAD_REQUEST, "BAD_REQUEST", "the query is too long") from error
        values = {key: found[-1] for key, found in asked.items()}
        wishes = _Wishes(
            confidence=_optional(values, "conf"),
            iou=_optional(values, "iou"),
            classes=frozenset(asked["classes"]) if "classes" in asked else None,
            most=int(_number(values, "max", 1, 100_000)) if "max" in values else None,
            typed=_typed(model, asked.get("text", [])),
            full_size=_full_size(values),
            everything=values.get("candidates") == "1",
        )
        return self._predict(model, body, wishes)

    def _prepare(self, model: ServedPrompts, query: str, kind: str, body: bytes) -> Reply:
        _check_kind(kind)
        values = dict(parse_qsl(query, max_num_fields=_MOST_CLASSES))
        size = _full_size(values)
        token = model.prepare(body, lambda: self._decoded(model, body, size), size)
        return _granted({"picture": token}, note=f"{model.name}: ready")

    def _outline(self, model: ServedPrompts, body: bytes) -> Reply:
        try:
            asked = wire.decode(body)
            token = asked.get("picture")
            size = model.picture_size(token) if isinstance(token, str) else None
            if size is None or not isinstance(token, str):
                raise Refusal(HTTPStatus.NOT_FOUND, "PICTURE_UNKNOWN", "this picture is not ready: prepare it")
            found = model.outline(token, read_marks(asked.get("marks"), size))
        except wire.WireError as error:
            raise Refusal(HTTPStatus.BAD_REQUEST, "BAD_REQUEST", str(error)) from error
        if found is None:
            raise Refusal(HTTPStatus.NOT_FOUND, "PICTURE_UNKNOWN", "this picture is not ready: prepare it")
        return _granted(found, note=f"{model.name}: outlined")

    def _predict_json(self, body: bytes) -> Reply:
        try:
            asked = wire.decode(body)
        except wire.WireError as error:
            raise Refusal(HTTPStatus.BAD_REQUEST, "BAD_REQUEST", str(error)) from error
        params = asked.get("params") or {}
        if not isinstance(params, Mapping):
            raise Refusal(HTTPStatus.BAD_REQUEST, "BAD_REQUEST", "params is no object")
        # Clients of X-AnyLabeling say that all classes count by an empty list.
        classes = params.get("classes", params.get("filter_classes") or None)
        if classes is not None and not (isinstance(classes, list) and all(isinstance(name, str) for name in classes)):
            raise Refusal(HTTPStatus.BAD_REQUEST, "BAD_REQUEST", "classes is no list of names")
        model = self._detector(str(asked.get("model", "")))
        wishes = _Wishes(
            confidence=_optional(params, "conf_threshold"),
            iou=_optional(params, "iou_threshold"),
            classes=None if classes is None else frozenset(classes),
            most=int(_number(params, "max_detections", 1, 100_000)) if "max_detections" in params else None,
            typed=_typed(model, _names_in(params.get("text_prompt"))),
        )
        return self._predict(model, _picture(asked.get("image")), wishes)

    def _predict(self, model: ServedModel, picture: bytes, wishes: _Wishes) -> Reply:
        image = self._decoded(model, picture, wishes.full_size)
        size = wishes.full_size or (image.full_width, image.full_height)
        confidence = wishes.confidence
        options = model.options(
            confidence=confidence, iou=wishes.iou, classes=wishes.classes, max_detections=wishes.most
        )
        floor = max(0.0, confidence if confidence is not None else CANDIDATE_FLOOR)
        typed = wishes.typed
        found = model.candidates(image, size, floor if wishes.everything else floor_for(options), typed)
        data = model.all_candidates(found, typed) if wishes.everything else model.objects(found, options, typed)
        count = len(found) if wishes.everything else len(data["shapes"])
        return _granted({**data, "image": list(size), "weights": model.weights}, note=f"{model.name}: {count} found")

    def _decoded(
        self, model: ServedModel | ServedPrompts, picture: bytes, full_size: tuple[int, int] | None
    ) -> DecodedImage:
        if not picture:
            raise Refusal(HTTPStatus.BAD_REQUEST, "INVALID_IMAGE", "there is no picture")
        header = probe_bytes(picture, "the picture")
        if header.format not in _FORMATS:
            raise Refusal(
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "INVALID_IMAGE", f"pictures in {header.format} are not read"
            )
        if header.width * header.height > self._limits.max_pixels:
            raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "INVALID_IMAGE", "the picture has too many pixels")
        width, height = full_size or (header.width, header.height)
        stretch = abs(math.log(width * header.height / (height * header.width)))
        if stretch > _STRETCH + 2 / min(header.width, header.height):
            raise Refusal(
                HTTPStatus.BAD_REQUEST, "BAD_REQUEST", "the picture has other proportions than width and height"
            )
        return decode_bytes(picture, "the picture", pixel_format=PixelFormat.RGB, min_side_px=model.min_side_px)


def _check_kind(kind: str) -> None:
    if kind and not kind.startswith(("image/", "application/octet-stream")):
        raise Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "INVALID_IMAGE", "the body is no picture")


def _full_size(values: Mapping[str, Any]) -> tuple[int, int] | None:
    if "width" not in values and "height" not in values:
        return None
    return int(_number(values, "width", 1, _LARGEST_SIDE)), int(_number(values, "height", 1, _LARGEST_SIDE))


def _granted(data: Any, *, note: str = "", plain: bool = False) -> Reply:
    return Reply(HTTPStatus.OK, wire.encode(data) if plain else wire.success(data), note)


def _picture(value: Any) -> bytes:
    if not isinstance(value, str):
        raise Refusal(HTTPStatus.BAD_REQUEST, "INVALID_IMAGE", "image is no text in base64")
    text = value.partition(",")[2] if value.startswith("data:") else value
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refusal(HTTPStatus.BAD_REQUEST, "INVALID_IMAGE", "image is no base64") from error


def _names_in(text: Any) -> list[str]:
    """Return the names in a text prompt; clients of X-AnyLabeling separate them by points or by commas."""
    if text is None:
        return []
    if not isinstance(text, str):
        raise Refusal(HTTPStatus.BAD_REQUEST, "BAD_REQUEST", "text_prompt is no text")
    return list(typed_names(text if "," in text else text.replace(".", ",")))


def _typed(model: ServedModel, names: Sequence[str]) -> tuple[str, ...]:
    """Return what a model is to look for, which only one is asked that finds what is typed."""
    known = tuple(dict.fromkeys(filter(None, map(clean_name, names))))
    if len(known) > _MOST_TYPED:
        raise Refusal(HTTPStatus.BAD_REQUEST, "BAD_REQUEST", "the text is too long")
    info = model.info
    if known and not info.takes_text:
        raise Refusal(HTTPStatus.BAD_REQUEST, "BAD_REQUEST", f"{model.name} finds its own classes only")
    if not known and info.takes_text and not info.class_names:
        raise Refusal(HTTPStatus.BAD_REQUEST, "BAD_REQUEST", f"{model.name} finds what is typed, and nothing is")
    return known


def _optional(values: Mapping[str, Any], key: str) -> float | None:
    return None if values.get(key) is None else _number(values, key, 0, 1)


def _number(values: Mapping[str, Any], key: str, least: float, most: float) -> float:
    value = values.get(key)
    try:
        number = math.nan if isinstance(value, bool) or value is None else float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not least <= number <= most:
        raise Refusal(HTTPStatus.BAD_REQUEST, "BAD_REQUEST", f"{key} is no number from {least:g} to {most:g}")
    return number
