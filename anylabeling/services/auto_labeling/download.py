"""Fetch a file over HTTP: with progress, cancel, resume and a check of what came."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import json
import logging
import socket
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from anylabeling.errors import AppError, StorageError
from anylabeling.messages.model_store import DownloadProgress
from anylabeling.translation import tr
from anylabeling.utils.cancellation import CancelToken

_log = logging.getLogger(__name__)
_BLOCK_BYTES = 1 << 18
_LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


class DownloadError(AppError):
    """A download failed; what has come so far is kept and the next try goes on from there."""


@dataclass(frozen=True, slots=True)
class DownloadLimits:
    """What a download may take.

    Attributes:
        stall_s: Seconds without a byte after which the connection is given up.
        tries: How often a broken connection is taken up again.
        max_bytes: The largest file that is accepted.
    """

    stall_s: float = 30.0
    tries: int = 4
    max_bytes: int = 8 << 30


def download(
    url: str,
    target: Path,
    *,
    sha256: str = "",
    limits: DownloadLimits | None = None,
    cancel: CancelToken | None = None,
    on_progress: Callable[[DownloadProgress], object] | None = None,
) -> str:
    """Fetch ``url`` into ``target``.

    The bytes go to ``target`` with ".part" appended, which a later call takes up where it ended as long as the server
    still has the same file. Certificates are checked; a proxy comes from the environment.

    Args:
        url: An https address; plain http is accepted from this machine only.
        target: The file to make; its folder is made too.
        sha256: Expected digest in hexadecimal, or empty for none.
        limits: Time, tries and size.
        cancel: Stops it; what has come is kept.
        on_progress: Called after each block on the calling thread.

    Returns:
        The digest of the file in hexadecimal.

    Raises:
        DownloadError: When it cannot be fetched, is shorter or longer than the server said, or has another digest.
        StorageError: When the disk does not take it.
        Cancelled: When ``cancel`` was used.
    """
    _check_scheme(url)
    allowed, token = limits or DownloadLimits(), cancel or CancelToken()
    part = _Part(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _fetch_all(url, part, allowed, token, on_progress)
        digest = part.digest()
        if sha256 and digest != sha256.lower():
            part.discard()
            raise DownloadError(
                tr("{name} is not the file that was expected and was deleted.", name=target.name),
                hint=tr("Try again; if it happens again, somebody has changed the file on the server."),
                details=f"expected sha256 {sha256}, got {digest}",
            )
        part.finish()
    except OSError as error:
        raise StorageError(
            tr("{name} could not be stored: {reason}.", name=target.name, reason=error.strerror or error),
            hint=tr("Check that {parent} is writable and has space.", parent=target.parent),
            details=repr(error),
        ) from error
    return digest


def _fetch_all(
    url: str,
    part: _Part,
    limits: DownloadLimits,
    cancel: CancelToken,
    on_progress: Callable[[DownloadProgress], object] | None,
) -> None:
    """Fetch the file, taking a broken connection up again."""
    for attempt in range(1, limits.tries + 1):
        cancel.raise_if_cancelled()
        try:
            _fetch(url, part, limits, cancel, on_progress)
            return
        except _Interrupted as error:
            _log.info("download of %s interrupted (%d of %d): %s", url, attempt, limits.tries, error)
            if attempt == limits.tries:
                raise DownloadError(
                    tr("The download of {name} broke off: {reason}.", name=part.target.name, reason=error),
                    hint=tr("What has come so far is kept; try again to go on from there.")
                    if part.size()
                    else tr("Check the connection to the network and try again."),
                ) from error


def remote_size(url: str, *, timeout_s: float = 10.0) -> int:
    """Return how many bytes a download would be, or 0 when the server does not say.

    Raises:
        DownloadError: When the address is not secure, or the server cannot be reached.
    """
    _check_scheme(url)
    request = urllib.request.Request(url, method="HEAD", headers={"User-Agent": "anylabeling"})
    try:
        with urllib.request.build_opener(_SecureRedirects).open(request, timeout=timeout_s) as response:
            return _length(response)
    except urllib.error.HTTPError as error:
        _log.info("the size of %s is not to be had: %s", url, error)
        return 0
    except (OSError, http.client.HTTPException) as error:
        raise DownloadError(
            tr("The size of {url} is not to be had: {reason}.", url=url, reason=error),
            hint=tr("Check the connection to the network and try again."),
        ) from error


class _Interrupted(Exception):  # noqa: N818 - a step of the retry loop, never seen outside
    """The connection ended before the file did."""


class _Part:
    """The bytes that have come so far, and which version of the file they belong to."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.path = target.with_name(f"{target.name}.part")
        self._facts = target.with_name(f"{target.name}.part.json")

    def size(self) -> int:
        """Return the number of bytes that have come."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def version(self) -> dict[str, str]:
        """Return address and version of the file that the bytes belong to."""
        try:
            facts = json.loads(self._facts.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return facts if isinstance(facts, dict) else {}

    def remember(self, url: str, version: str) -> None:
        """Note which file the bytes belong to."""
        self._facts.write_text(json.dumps({"url": url, "version": version}), encoding="utf-8")

    def digest(self) -> str:
        """Return the SHA-256 of the bytes in hexadecimal."""
        digest = hashlib.sha256()
        with self.path.open("rb") as stream:
            while block := stream.read(_BLOCK_BYTES):
                digest.update(block)
        return digest.hexdigest()

    def finish(self) -> None:
        """Give the file its name."""
        self.path.replace(self.target)
        self._facts.unlink(missing_ok=True)

    def discard(self) -> None:
        """Delete what has come."""
        self.path.unlink(missing_ok=True)
        self._facts.unlink(missing_ok=True)


def _check_scheme(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL_HOSTS):
        return
    raise DownloadError(
        tr("{url} is not a secure address.", url=url), hint=tr("Use an address that begins with https.")
    )


class _SecureRedirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects, but to no address that could not have been asked for in the first place."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        """Check where the server sends us."""
        _check_scheme(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _fetch(
    url: str,
    part: _Part,
    limits: DownloadLimits,
    cancel: CancelToken,
    on_progress: Callable[[DownloadProgress], object] | None,
) -> None:
    known, have = part.version(), part.size()
    resume = have > 0 and known.get("url") == url and bool(known.get("version"))
    headers = {"User-Agent": "anylabeling", "Accept-Encoding": "identity"}
    if resume:
        headers |= {"Range": f"bytes={have}-", "If-Range": known["version"]}
    # An opener of its own: the shared one keeps the proxies of its first use.
    opener = urllib.request.build_opener(_SecureRedirects)
    try:
        with opener.open(urllib.request.Request(url, headers=headers), timeout=limits.stall_s) as response:
            start = have if resume and response.status == http.client.PARTIAL_CONTENT else 0
            length = _length(response)
            total = start + length if length else 0
            if max(total, start) > limits.max_bytes:
                raise _too_large(part.target.name, limits)
            if not start:
                part.remember(url, response.headers.get("ETag") or response.headers.get("Last-Modified") or "")
            _copy(response, part, start, total, limits, cancel, on_progress)
    except urllib.error.HTTPError as error:
        if error.code == http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
            part.discard()
            raise _Interrupted(tr("the server has another file now")) from error
        if error.code >= http.client.INTERNAL_SERVER_ERROR:
            raise _Interrupted(tr("the server answered {code}", code=error.code)) from error
        raise DownloadError(
            tr(
                "{name} is not to be had: the server answered {code} {reason}.",
                name=part.target.name,
                code=error.code,
                reason=error.reason,
            ),
            hint=tr("Check the address, or choose another model."),
        ) from error
    except urllib.error.URLError as error:
        raise _Interrupted(tr("the server cannot be reached ({reason})", reason=error.reason)) from error
    except (TimeoutError, http.client.HTTPException, ConnectionError) as error:
        cancel.raise_if_cancelled()
        raise _Interrupted(str(error) or type(error).__name__) from error


def _copy(
    response: Any,
    part: _Part,
    start: int,
    total: int,
    limits: DownloadLimits,
    cancel: CancelToken,
    on_progress: Callable[[DownloadProgress], object] | None,
) -> None:
    done = start
    with part.path.open("r+b" if start else "wb") as stream, contextlib.ExitStack() as stack:
        stack.callback(cancel.on_cancel(lambda: _hang_up(response)))
        stream.seek(start)
        stream.truncate()
        while True:
            cancel.raise_if_cancelled()
            block = response.read1(_BLOCK_BYTES)  # what is there: a whole block would be lost with the connection
            if not block:
                break
            done += len(block)
            if done > limits.max_bytes:
                raise _too_large(part.target.name, limits)
            stream.write(block)
            if on_progress is not None:
                on_progress(DownloadProgress(done, total))
    cancel.raise_if_cancelled()
    if total and done != total:
        raise _Interrupted(tr("{done:,} of {total:,} bytes came", done=done, total=total))


def _hang_up(response: Any) -> None:
    """End a read that waits for bytes on another thread. Closing the response would wait for that read instead."""
    connection = getattr(getattr(getattr(response, "fp", None), "raw", None), "_sock", None)
    if connection is not None:
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)


def _length(response: Any) -> int:
    try:
        return max(int(response.headers.get("Content-Length") or 0), 0)
    except ValueError:
        return 0


def _too_large(name: str, limits: DownloadLimits) -> DownloadError:
    size_gb = limits.max_bytes / 2**30
    return DownloadError(
        tr("{name} is larger than {size_gb:.1f} GB and was not downloaded.", name=name, size_gb=size_gb)
    )
