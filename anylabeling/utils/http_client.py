"""Requests to one server over connections that stay open: bounded in size and time, and ended at once when asked to.

A proxy comes from the environment, certificates are checked, redirects are not followed. Each request runs on a thread
of its own, since looking up a name or shaking hands cannot be broken off: whoever waits leaves it behind.
"""

from __future__ import annotations

import base64
import contextlib
import http.client
import socket
import threading
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from anylabeling.translation import tr
from anylabeling.utils.cancellation import CancelToken
from anylabeling.utils.parallel import WorkerPool

_BLOCK_BYTES = 1 << 18
_MOST_IDLE = 16
_IDLE_S = 4.0
"""A connection that was idle for longer is not used again: many servers have closed it by then."""
_MOST_THREADS = 64
LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


class HttpFailure(Exception):  # noqa: N818 - a reason, which callers put into their own sentence
    """No whole answer came.

    Attributes:
        may_help_again: Whether the same request may succeed a moment later.
    """

    def __init__(self, reason: str, *, may_help_again: bool = True) -> None:
        super().__init__(reason)
        self.may_help_again = may_help_again


@dataclass(frozen=True, slots=True)
class HttpLimits:
    """What a request may take.

    Attributes:
        connect_s: Seconds until the server has to be reached.
        answer_s: Seconds until the whole answer has to be here.
        max_bytes: The largest answer that is read.
    """

    connect_s: float = 10.0
    answer_s: float = 60.0
    max_bytes: int = 64 << 20


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What a server said.

    Attributes:
        status: Such as 200.
        headers: By their names in small letters.
        body: The content.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class HttpClient:
    """Connections to the server of one address. Any thread may call it."""

    def __init__(self, address: str, limits: HttpLimits | None = None) -> None:
        """Prepare; nothing is opened before the first request.

        Args:
            address: Such as ``https://gpu.lab:8443``.
            limits: Time and size.

        Raises:
            ValueError: When it is no address of a server.
        """
        parts = urlsplit(address)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{address} is no address of a server")
        self.is_secure = parts.scheme.lower() == "https"
        self.host, self.port = parts.hostname, parts.port or (443 if self.is_secure else 80)
        self._limits = limits or HttpLimits()
        self._lock = threading.Lock()
        self._idle: list[tuple[http.client.HTTPConnection, float]] = []
        self._pool = _new_pool()
        self._closed = False

    @property
    def is_local(self) -> bool:
        """Whether the server is on this machine."""
        return self.host in LOCAL_HOSTS

    def request(
        self,
        method: str,
        target: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        cancel: CancelToken | None = None,
    ) -> HttpAnswer:
        """Send a request and return the whole answer, whatever its status.

        Args:
            method: Such as "POST".
            target: Path and query.
            body: What is sent.
            headers: More headers.
            cancel: Ends waiting at once.

        Raises:
            HttpFailure: When there is no whole answer in time.
            Cancelled: When ``cancel`` was used.
        """
        token = cancel or CancelToken()
        token.raise_if_cancelled()
        call = _Call(method, target, body, dict(headers or {}))
        over = threading.Event()
        with self._lock:
            future = self._pool.submit(self._run, call)
        future.add_done_callback(lambda _: over.set())
        withdraw = token.on_cancel(over.set)
        try:
            over.wait(self._limits.connect_s + self._limits.answer_s)
        finally:
            withdraw()
        if not future.done():
            self._leave_behind(call)
            token.raise_if_cancelled()
            # Whoever waited for so long is not better served by waiting as long again.
            reason = tr("there was no answer within {seconds:g} s", seconds=self._limits.answer_s)
            raise HttpFailure(reason, may_help_again=False)
        token.raise_if_cancelled()
        return future.result()

    def close(self) -> None:
        """Close the connections; what still runs is left behind."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection, _since in idle:
            connection.close()

    def _leave_behind(self, call: _Call) -> None:
        call.hang_up()
        with self._lock:
            # Its thread may be in a call that nothing ends; the threads of a pool that is dropped end when idle.
            self._pool = _new_pool()

    def _run(self, call: _Call) -> HttpAnswer:
        deadline = time.monotonic() + self._limits.connect_s + self._limits.answer_s
        connection = self._take_idle()
        if connection is not None:
            try:
                return self._exchange(call, connection, deadline)
            except (http.client.RemoteDisconnected, ConnectionError):
                if call.is_over:
                    raise HttpFailure("given up") from None
            except (OSError, http.client.HTTPException) as error:
                raise _failure(error) from error
        try:
            return self._exchange(call, self._connect(), deadline)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise _failure(error) from error

    def _exchange(self, call: _Call, connection: http.client.HTTPConnection, deadline: float) -> HttpAnswer:
        try:
            call.begin(connection)
            _set_timeout(connection, deadline)
            connection.request(call.method, call.target, call.body, call.headers)
            response = connection.getresponse()
            body = self._read(connection, response, deadline)
        except BaseException:
            connection.close()
            raise
        answer = HttpAnswer(response.status, {k.lower(): v for k, v in response.getheaders()}, body)
        if response.will_close or call.is_over:
            connection.close()
        else:
            self._give_back(connection)
        return answer

    def _read(self, connection: Any, response: http.client.HTTPResponse, deadline: float) -> bytes:
        if response.length is not None and response.length > self._limits.max_bytes:
            raise HttpFailure(_too_large(self._limits.max_bytes), may_help_again=False)
        expected, blocks, done = response.length, [], 0
        while True:
            _set_timeout(connection, deadline)
            block = response.read1(_BLOCK_BYTES)
            if not block:
                break
            done += len(block)
            if done > self._limits.max_bytes:
                raise HttpFailure(_too_large(self._limits.max_bytes), may_help_again=False)
            blocks.append(block)
        if expected is not None and done != expected:
            raise HttpFailure(tr("its answer breaks off"))
        response.close()  # else the connection does not take the next request
        return b"".join(blocks)

    def _connect(self) -> http.client.HTTPConnection:
        kind: Any = http.client.HTTPSConnection if self.is_secure else http.client.HTTPConnection
        more: dict[str, Any] = {}
        if self.is_secure:
            import ssl

            more["context"] = ssl.create_default_context()
        proxy = None if self.is_local else self._proxy()
        if proxy is None:
            connection = kind(self.host, self.port, timeout=self._limits.connect_s, **more)
        elif self.is_secure:
            connection = kind(proxy.hostname, proxy.port or 80, timeout=self._limits.connect_s, **more)
            connection.set_tunnel(self.host, self.port, headers=_proxy_headers(proxy))
        else:
            connection = _ProxiedConnection(proxy, self.host, self.port, self._limits.connect_s)
        connection.connect()
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection  # type: ignore[no-any-return]

    def _proxy(self) -> Any:
        if urllib.request.proxy_bypass(self.host):
            return None
        named = urllib.request.getproxies().get("https" if self.is_secure else "http")
        if not named:
            return None
        parts = urlsplit(named if "://" in named else f"http://{named}")
        return parts if parts.hostname else None

    def _take_idle(self) -> http.client.HTTPConnection | None:
        with self._lock:
            while self._idle:
                connection, since = self._idle.pop()
                if time.monotonic() - since < _IDLE_S:
                    return connection
                connection.close()
        return None

    def _give_back(self, connection: http.client.HTTPConnection) -> None:
        with self._lock:
            if not self._closed and len(self._idle) < _MOST_IDLE:
                self._idle.append((connection, time.monotonic()))
                return
        connection.close()


class _Call:
    """One request on its way."""

    def __init__(self, method: str, target: str, body: bytes, headers: dict[str, str]) -> None:
        self.method = method
        self.target = target
        self.body = body
        self.headers = headers
        self._lock = threading.Lock()
        self._connection: Any = None
        self.is_over = False

    def begin(self, connection: http.client.HTTPConnection) -> None:
        """Say which connection it runs on."""
        with self._lock:
            if self.is_over:
                raise HttpFailure("given up")
            self._connection = connection

    def hang_up(self) -> None:
        """End it, whatever it waits for. Closing the connection would wait for a read on another thread instead."""
        with self._lock:
            self.is_over = True
            sock = getattr(self._connection, "sock", None)
        if sock is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)


class _ProxiedConnection(http.client.HTTPConnection):
    """Asks a proxy for what lies on another server, without encryption."""

    def __init__(self, proxy: Any, host: str, port: int, timeout_s: float) -> None:
        super().__init__(proxy.hostname, proxy.port or 80, timeout=timeout_s)
        shown = f"[{host}]" if ":" in host else host
        self._place = f"{shown}:{port}"
        self._more = _proxy_headers(proxy)

    def request(self, method: str, url: str, body: Any = None, headers: Any = None, **more: Any) -> None:
        """Name the whole address."""
        named = {"Host": self._place, **(headers or {}), **self._more}
        super().request(method, f"http://{self._place}{url}", body, named, **more)


def _proxy_headers(proxy: Any) -> dict[str, str]:
    if not proxy.username:
        return {}
    words = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
    return {"Proxy-Authorization": f"Basic {base64.b64encode(words.encode()).decode()}"}


def _new_pool() -> WorkerPool:
    return WorkerPool(_MOST_THREADS, "http", idle_s=_IDLE_S)


def _set_timeout(connection: Any, deadline: float) -> None:
    left = deadline - time.monotonic()
    if left <= 0:
        raise HttpFailure(tr("it takes too long"))
    if connection.sock is not None:
        connection.sock.settimeout(left)


def _too_large(max_bytes: int) -> str:
    return tr("its answer has more than {megabytes:,} MB", megabytes=max_bytes >> 20)


def _failure(error: Exception) -> HttpFailure:
    import ssl

    if isinstance(error, ssl.SSLCertVerificationError):
        return HttpFailure(
            tr("its certificate is not valid ({reason})", reason=error.verify_message), may_help_again=False
        )
    if isinstance(error, socket.gaierror):
        return HttpFailure(tr("there is no server of that name"), may_help_again=False)
    if isinstance(error, TimeoutError):
        return HttpFailure(tr("it does not answer"))
    if isinstance(error, ConnectionRefusedError):
        return HttpFailure(tr("nothing listens there"))
    if isinstance(error, http.client.IncompleteRead):
        return HttpFailure(tr("its answer breaks off"))
    if isinstance(error, http.client.RemoteDisconnected | ConnectionError):
        return HttpFailure(tr("it hung up"))
    if isinstance(error, ssl.SSLError):
        return HttpFailure(tr("it does not speak TLS"), may_help_again=False)
    if isinstance(error, http.client.HTTPException):
        return HttpFailure(tr("it does not speak HTTP"), may_help_again=False)
    return HttpFailure(getattr(error, "strerror", None) or type(error).__name__)
