"""Ask a server of models: which there are, and what they see in a picture. Whatever it answers is doubted first."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from anylabeling import __version__
from anylabeling.errors import BackendError
from anylabeling.messages.prompting import Mark, Mask
from anylabeling.services.auto_labeling import remote_wire as wire
from anylabeling.services.auto_labeling.detections import CANDIDATE_FLOOR
from anylabeling.services.auto_labeling.remote_config import RemoteSpec
from anylabeling.services.auto_labeling.remote_pictures import Sent
from anylabeling.services.auto_labeling.remote_prompt_wire import mark_rows, read_mask
from anylabeling.translation import tr
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.http_client import HttpAnswer, HttpClient, HttpFailure, HttpLimits

_log = logging.getLogger(__name__)

_LONGEST_TOKEN = 200
_TRIES = 3
_FIRST_PAUSE_S = 0.25
_LONGEST_PAUSE_S = 5.0
_GIVEN_UP_S = 5.0
"""After a server could not be reached in all tries, the next requests fail at once for so long."""
_BUSY = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE,
                   HTTPStatus.GATEWAY_TIMEOUT})  # fmt: skip


class RemoteError(BackendError):
    """A server did not give what was asked for."""


class PictureUnknownError(RemoteError):
    """The server does not have a picture any more that it had made ready."""


class RemoteServer:
    """A server of models. Any thread may call it; what it says is never written into a log with the key."""

    def __init__(self, address: str, api_key: str = "", *, timeout_s: float = 60.0) -> None:
        """Prepare; nothing is asked yet.

        Raises:
            RemoteError: When the address or the key can be none.
        """
        parts = urlsplit(address)
        self.address = address.rstrip("/")
        self._prefix = parts.path.rstrip("/")
        if not all(" " < character <= "~" for character in api_key):
            raise RemoteError(tr("The key of {server} holds characters that no key has.", server=self.address))
        self._headers = {"User-Agent": f"anylabeling/{__version__}", "Accept": "application/json"}
        if api_key:
            self._headers[wire.KEY_HEADER] = api_key
        try:
            self._http = HttpClient(address, HttpLimits(connect_s=min(10.0, timeout_s), answer_s=timeout_s))
        except ValueError as error:
            raise RemoteError(tr("{server} is no address of a server.", server=self.address)) from error
        self.shows_key = bool(api_key) and not self._http.is_secure and not self._http.is_local
        self._lock = threading.Lock()
        self._down: tuple[float, RemoteError] | None = None

    def models(self, cancel: CancelToken | None = None) -> tuple[wire.RemoteModelInfo, ...]:
        """Return the models of the server.

        Raises:
            RemoteError: When it cannot be reached or answers with something else.
            Cancelled: When ``cancel`` was used.
        """
        body = self._ask("GET", wire.MODELS_PATH, b"", {}, cancel)
        try:
            return wire.read_models(body)
        except wire.WireError as error:
            raise self._nonsense(error) from error

    def predict(
        self,
        model: wire.RemoteModelInfo,
        picture: bytes,
        kind: str,
        full_size: tuple[int, int],
        params: Mapping[str, Any],
        cancel: CancelToken | None = None,
        *,
        typed: Sequence[str] = (),
    ) -> wire.Answer:
        """Return what a model sees in a picture, with everything from a low score up.

        Args:
            model: The model.
            picture: A JPEG or PNG file.
            kind: Its type, such as "image/jpeg".
            full_size: Width and height of the whole picture, which ``picture`` may be a smaller version of.
            params: More parameters, for servers that take some.
            cancel: Ends waiting at once.
            typed: What to look for, of a model that finds what is typed.

        Raises:
            RemoteError: When it cannot be reached, refuses, or answers with something else.
            Cancelled: When ``cancel`` was used.
        """
        if model.is_ours:
            asks = {"candidates": 1, "conf": CANDIDATE_FLOOR, "width": full_size[0], "height": full_size[1]}
            query = urlencode([*asks.items(), *(("text", name) for name in typed)])
            target = f"{_path_of(model)}/predict?{query}"
            body = self._ask("POST", target, picture, {"Content-Type": kind}, cancel)
        else:
            import base64

            asked = dict(params)
            if typed:  # in which a point separates, too
                asked["text_prompt"] = ", ".join(name.replace(".", " ") for name in typed)
            if model.has_confidence:
                asked.setdefault("conf_threshold", CANDIDATE_FLOOR)
            if model.has_iou:
                asked.setdefault("iou_threshold", wire.LOOSE_IOU)
            image = f"data:{kind};base64,{base64.b64encode(picture).decode('ascii')}"
            request = wire.encode({"model": model.id, "image": image, "params": asked})
            body = self._ask("POST", wire.PREDICT_PATH, request, {"Content-Type": "application/json"}, cancel)
        try:
            return wire.read_answer(body)
        except wire.WireError as error:
            raise self._nonsense(error) from error

    def prepare(self, model: wire.RemoteModelInfo, picture: Sent, cancel: CancelToken | None = None) -> str:
        """Let the server make a picture ready for marks, and return by what it knows it.

        Raises:
            RemoteError: When it cannot be reached, refuses, or answers with something else.
            Cancelled: When ``cancel`` was used.
        """
        width, height = picture.full_size
        target = f"{_path_of(model)}/prepare?{urlencode({'width': width, 'height': height})}"
        body = self._ask("POST", target, picture.content, {"Content-Type": picture.kind}, cancel)
        data = body.get("data")
        token = data.get("picture") if isinstance(data, Mapping) else None
        if not isinstance(token, str) or not 0 < len(token) <= _LONGEST_TOKEN:
            raise self._nonsense(wire.WireError("it names no picture"))
        return token

    def outline(
        self,
        model: wire.RemoteModelInfo,
        picture: str,
        marks: Sequence[Mark],
        size: tuple[int, int],
        cancel: CancelToken | None = None,
    ) -> Mask:
        """Return the object that marks mean in a picture that the server has made ready.

        Args:
            model: The model.
            picture: What ``prepare`` returned.
            marks: In image pixels.
            size: Width and height of the image in pixels.
            cancel: Ends waiting at once.

        Raises:
            PictureUnknownError: When the server does not have it any more.
            RemoteError: When it cannot be reached, refuses, or answers with something else.
            Cancelled: When ``cancel`` was used.
        """
        request = wire.encode({"picture": picture, "marks": mark_rows(marks)})
        body = self._ask("POST", f"{_path_of(model)}/outline", request, {"Content-Type": "application/json"}, cancel)
        data = body.get("data")
        try:
            return read_mask(data if isinstance(data, Mapping) else {}, size)
        except wire.WireError as error:
            raise self._nonsense(error) from error

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _ask(
        self, method: str, target: str, content: bytes, headers: Mapping[str, str], cancel: CancelToken | None
    ) -> dict[str, Any]:
        token = cancel or CancelToken()
        self._raise_if_down()
        pause_s = _FIRST_PAUSE_S
        for attempt in range(1, _TRIES + 1):
            try:
                answer = self._http.request(
                    method, self._prefix + target, body=content, headers={**self._headers, **headers}, cancel=token
                )
            except HttpFailure as failure:
                _log.info("%s %s: %s (%d of %d)", method, self.address, failure, attempt, _TRIES)
                if attempt == _TRIES or not failure.may_help_again:
                    raise self._unreachable(failure) from failure
            else:
                if answer.status not in _BUSY or attempt == _TRIES:
                    self._down = None
                    return self._content(answer)
                _log.info("%s answered %d (%d of %d)", self.address, answer.status, attempt, _TRIES)
                pause_s = max(pause_s, _wished_pause(answer))
            token.wait(pause_s)
            token.raise_if_cancelled()
            pause_s *= 2
        raise AssertionError("the last try returns or raises")

    def _content(self, answer: HttpAnswer) -> dict[str, Any]:
        """Return the object in an answer that grants what was asked for."""
        if answer.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            raise self._wrong_key()
        if HTTPStatus.MULTIPLE_CHOICES <= answer.status < HTTPStatus.BAD_REQUEST:
            raise RemoteError(
                tr("{server} sends its visitors elsewhere.", server=self.address),
                hint=tr("Give the address at which the models are."),
                details=f"{answer.status} {answer.headers.get('location', '')[:200]}",
            )
        if b"<" in answer.body[:64].lstrip()[:1]:
            raise RemoteError(
                tr("{server} answered with a web page.", server=self.address),
                hint=tr("Is it the address of a server of models, with the right port?"),
                details=f"{answer.status} {answer.headers.get('content-type', '')[:100]}",
            )
        try:
            body = wire.decode(answer.body)
        except wire.WireError as error:
            raise self._nonsense(error, answer.status) from error
        if body.get("success") is False or answer.status >= HTTPStatus.BAD_REQUEST:
            raise self._refusal(answer.status, body)
        return body

    def _refusal(self, status: int, body: Mapping[str, Any]) -> RemoteError:
        from anylabeling.services.auto_labeling.model_files import clean_name

        said = body.get("error")
        code = str(said.get("code", "")) if isinstance(said, Mapping) else ""
        message = said.get("message") if isinstance(said, Mapping) else body.get("detail")
        text = clean_name(message) if isinstance(message, str) else ""
        if code == "UNAUTHORIZED":
            return self._wrong_key()
        if code == "PICTURE_UNKNOWN":
            return PictureUnknownError(tr("{server} has forgotten the picture.", server=self.address))
        if code == "MODEL_NOT_FOUND":
            return RemoteError(
                tr("{server} has no such model any more.", server=self.address), hint=tr("Load a model again.")
            )
        return RemoteError(
            tr("{server} refused: {reason}", server=self.address, reason=(text or str(status)).rstrip(".")) + ".",
            details=f"{status} {code[:80]}",
        )

    def _wrong_key(self) -> RemoteError:
        return RemoteError(
            tr("{server} does not accept the key.", server=self.address),
            hint=tr("Ask whoever runs it for a key, and give it with Tools > Models on a Server."),
        )

    def _nonsense(self, error: Exception, status: int = 200) -> RemoteError:
        return RemoteError(
            tr("{server} answered with something that makes no sense: {reason}.", server=self.address, reason=error),
            hint=tr("Is it a server of AnyLabeling or X-AnyLabeling?"),
            details=f"{status} {error!r}",
        )

    def _unreachable(self, failure: HttpFailure) -> RemoteError:
        error = RemoteError(
            tr("{server} does not answer as it should: {reason}.", server=self.address, reason=failure),
            hint=tr("Is the server running, and is the address right?"),
        )
        with self._lock:
            self._down = (time.monotonic() + _GIVEN_UP_S, error)
        return error

    def _raise_if_down(self) -> None:
        with self._lock:
            down = self._down
            if down is None or time.monotonic() >= down[0]:
                return
        raise RemoteError(down[1].user_text, hint=down[1].hint, details=down[1].details)


def _path_of(model: wire.RemoteModelInfo) -> str:
    return f"{wire.MODELS_PATH}/{quote(model.id, safe='')}"


def server_of(spec: RemoteSpec) -> RemoteServer:
    """Return the server of a model."""
    return RemoteServer(spec.server, spec.api_key, timeout_s=spec.timeout_s)


def _wished_pause(answer: HttpAnswer) -> float:
    try:
        return min(_LONGEST_PAUSE_S, max(0.0, float(answer.headers.get("retry-after", "0"))))
    except ValueError:
        return 0.0
