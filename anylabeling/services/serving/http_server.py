"""HTTP for a desk that answers: bounded in size and time, a key compared in constant time, a line for each request."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import http.server
import io
import ipaddress
import socket
import socketserver
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from anylabeling import __version__
from anylabeling.services.auto_labeling import remote_wire as wire
from anylabeling.services.serving.requests import Desk, Reply
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.parallel import WorkerPool

_MOST_CONNECTIONS = 64
_IDLE_S = 5.0
"""A connection without a request is closed after so long."""
_HEAD_S = 10.0
_BODY_S = 60.0
_SEND_S = 30.0
_LOOK_EVERY_S = 0.1
_LAST_WORDS_S = 5.0
_THROWN_AWAY_BYTES = 1 << 20
_OPEN_PATHS = frozenset({wire.HEALTH_PATH})


class ModelServer(http.server.HTTPServer):
    """Listens and hands each connection to a thread of its own, a limited number of them.

    Attributes:
        address: Where clients find it, such as ``http://127.0.0.1:8100``.
    """

    request_queue_size = 128
    allow_reuse_address = True

    def __init__(
        self,
        desk: Desk,
        host: str,
        port: int,
        *,
        api_key: str = "",
        max_bytes: int,
        log: Callable[[str], object],
    ) -> None:
        """Begin to listen.

        Args:
            desk: Answers.
            host: Name or number of the interface.
            port: 0 for any that is free.
            api_key: Asked of clients where it is not empty.
            max_bytes: The largest request.
            log: Called with a line for each request, on the thread that served it.

        Raises:
            OSError: When the port is taken, or the interface is none of this machine.
        """
        self.desk = desk
        self.max_bytes = max_bytes
        self.log = log
        self._key = _digest(api_key) if api_key else b""
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._pool = WorkerPool(_MOST_CONNECTIONS, "connection", idle_s=_IDLE_S)
        super().__init__((host, port), _Handler)
        shown = f"[{host}]" if ":" in host else host
        self.address = f"http://{shown}:{self.server_address[1]}"

    def server_bind(self) -> None:
        """Bind without looking up a name for the address, which may take long."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def serve_until(self, cancel: CancelToken) -> None:
        """Serve until it is asked to stop; what is being answered then is answered."""
        self.timeout = _LOOK_EVERY_S
        while not cancel.cancelled:
            self.handle_request()
        self.server_close()
        deadline = time.monotonic() + _LAST_WORDS_S
        while time.monotonic() < deadline and self._is_busy():
            self._hang_up_on_idle()
            time.sleep(_LOOK_EVERY_S)
        self._hang_up_on_idle(all_of_them=True)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve a connection on a thread."""
        with self._lock:
            self._open.add(request)
        self._pool.submit(self._serve, request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say it in the log; a client that hangs up is no error of ours."""
        import sys

        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            self.log(f"{client_address[0]} failed unexpectedly: {type(error).__name__}: {error}")

    def is_allowed(self, key: str) -> bool:
        """Say whether a key is right; takes as long for any key."""
        return not self._key or hmac.compare_digest(_digest(key), self._key)

    @property
    def needs_key(self) -> bool:
        """Whether clients need a key."""
        return bool(self._key)

    def _serve(self, request: socket.socket, client_address: Any) -> None:
        try:
            self.finish_request(request, client_address)
        except Exception:  # noqa: BLE001 - one connection, which ends with it
            self.handle_error(request, client_address)
        finally:
            with self._lock:
                self._open.discard(request)
            self.shutdown_request(request)

    def _is_busy(self) -> bool:
        with self._lock:
            return bool(self._open)

    def _hang_up_on_idle(self, *, all_of_them: bool = False) -> None:
        with self._lock:
            idle = [one for one in self._open if all_of_them or one not in _Handler.answering]
        for one in idle:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RD)


class _DeadlineReader(io.RawIOBase):
    """Reads from a socket until a time, however slowly the bytes come."""

    def __init__(self, connection: socket.socket) -> None:
        super().__init__()
        self._connection = connection
        self.deadline = 0.0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what is there."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        return self._connection.recv_into(buffer)


class _Handler(http.server.BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server_version = f"anylabeling/{__version__}"
    sys_version = ""
    server: ModelServer
    answering: set[socket.socket] = set()  # noqa: RUF012 - of all connections

    def setup(self) -> None:
        """Read with deadlines."""
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._reader = _DeadlineReader(self.connection)
        self.rfile = io.BufferedReader(self._reader, 1 << 16)

    def handle_one_request(self) -> None:
        """Wait for a request, not for ever."""
        self._reader.deadline = time.monotonic() + _IDLE_S
        super().handle_one_request()

    def parse_request(self) -> bool:
        """Read the head, which has to come soon once it has begun."""
        self._reader.deadline = time.monotonic() + _HEAD_S
        return super().parse_request()

    def handle_expect_100(self) -> bool:
        """Let nobody send what would be refused."""
        refusal = self._refusal()
        if refusal is None:
            return super().handle_expect_100()
        self.close_connection = True
        self._send(refusal)
        return False

    def do_GET(self) -> None:
        """Answer."""
        self._answer(b"")

    def do_POST(self) -> None:
        """Read the body and answer."""
        refusal = self._refusal()
        if refusal is not None:
            self._throw_body_away()
            self._send(refusal)
            return
        self._reader.deadline = time.monotonic() + _BODY_S
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) != length:
            self.close_connection = True
            return
        self._answer(body)

    def log_message(self, *_args: Any) -> None:
        """Say nothing: each answer has its line."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what is no request in the form of all answers."""
        del explain
        self.close_connection = True
        self._send(Reply(HTTPStatus(code), wire.failure("BAD_REQUEST", message or HTTPStatus(code).phrase)))

    def _answer(self, body: bytes) -> None:
        refusal = self._refusal(with_body=False)
        if refusal is not None:
            self._send(refusal)
            return
        start = time.monotonic()
        self.answering.add(self.connection)
        try:
            reply = self.server.desk.answer(self.command, self.path, self.headers.get("Content-Type", ""), body)
            self._send(reply, time.monotonic() - start, len(body))
        finally:
            self.answering.discard(self.connection)

    def _refusal(self, *, with_body: bool = True) -> Reply | None:
        """Return why a request is not looked at, before its body is read; None when it is."""
        if "Origin" in self.headers:
            return _refused(HTTPStatus.FORBIDDEN, "FORBIDDEN", "requests of web pages are not answered")
        if not self.server.needs_key and not self._names_this_machine():
            message = "without a key this server is asked by its number, or by the name that its machine has for itself"
            return _refused(HTTPStatus.FORBIDDEN, "FORBIDDEN", message)
        if urlsplit(self.path).path not in _OPEN_PATHS and not self.server.is_allowed(self._key()):
            return _refused(HTTPStatus.UNAUTHORIZED, "UNAUTHORIZED", "Invalid or missing API Key")
        if not with_body:
            return None
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or "Transfer-Encoding" in self.headers:
            return _refused(HTTPStatus.LENGTH_REQUIRED, "BAD_REQUEST", "the length of the body has to be said")
        if len(length) > 12 or int(length) > self.server.max_bytes:
            return _refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "BAD_REQUEST", "the request is too large")
        return None

    def _names_this_machine(self) -> bool:
        """Say whether the host that is asked for is this one: a page of another could have a name that leads here."""
        host = urlsplit(f"//{self.headers.get('Host', '')}").hostname or "localhost"
        try:
            ipaddress.ip_address(host)
        except ValueError:
            own = socket.gethostname().lower()
            short = own.partition(".")[0]
            return host in ("localhost", own, short, f"{short}.local")
        return True

    def _key(self) -> str:
        given = self.headers.get(wire.KEY_HEADER)
        if given is not None:
            return given
        scheme, _, key = self.headers.get("Authorization", "").partition(" ")
        return key.strip() if scheme.lower() == "bearer" else ""

    def _throw_body_away(self) -> None:
        """Read a body that nobody looks at, so that the client gets to hear why."""
        length = self.headers.get("Content-Length", "")
        self._reader.deadline = time.monotonic() + _HEAD_S
        if length.isdecimal() and len(length) < 10 and int(length) <= _THROWN_AWAY_BYTES:
            self.rfile.read(int(length))
        else:
            self.close_connection = True

    def _send(self, reply: Reply, seconds: float = 0.0, received: int = 0) -> None:
        self.connection.settimeout(_SEND_S)
        self.send_response_only(reply.status)
        self.send_header("Server", self.server_version)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("Cache-Control", "no-store")
        if reply.retry_after_s:
            self.send_header("Retry-After", str(reply.retry_after_s))
        if reply.status == HTTPStatus.UNAUTHORIZED:
            self.send_header("WWW-Authenticate", "Bearer")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(reply.body)
        path = "".join(c if c.isprintable() else "?" for c in urlsplit(getattr(self, "path", "")).path[:120])
        note = f"  {reply.note}" if reply.note else ""
        self.server.log(
            f"{self.client_address[0]} {self.command or '-'} {path} {int(reply.status)} "
            f"{1000 * seconds:.0f} ms {received:,} bytes{note}"
        )


def _refused(status: HTTPStatus, code: str, message: str) -> Reply:
    return Reply(status, wire.failure(code, message), message)


def _digest(key: str) -> bytes:
    # Of one length whatever the key, so that comparing says nothing about that either.
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).digest()
