"""Downloading models from servers that behave and servers that do not."""

from __future__ import annotations

import hashlib
import http.server
import io
import socket
import stat
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from anylabeling.errors import AppError, ModelError, StorageError
from anylabeling.messages.model_store import CatalogueEntry, DownloadProgress
from anylabeling.services.auto_labeling.built_in_models import find_built_in
from anylabeling.services.auto_labeling.download import DownloadError, DownloadLimits, download
from anylabeling.services.auto_labeling.model_store import ModelStore, read_catalogue
from anylabeling.utils.archives import ArchiveError, UnpackLimits, unpack_zip
from anylabeling.utils.cancellation import Cancelled, CancelToken

CONTENT = bytes(range(256)) * 4096  # 1 MiB
QUICK = DownloadLimits(stall_s=0.5, tries=3)


class _Server(http.server.ThreadingHTTPServer):
    """Serves CONTENT in the way that the path asks for and notes the requests."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.ranges: list[str] = []
        self.release = threading.Event()
        self.files: dict[str, bytes] = {}
        self.version = '"one"'
        self.cut_once = True

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/{path}"


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Any
    protocol_version = "HTTP/1.1"

    def log_message(self, *_args: Any) -> None:
        pass

    def do_HEAD(self) -> None:
        if self.path.startswith("/missing"):
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.server.files.get(self.path.strip("/"), CONTENT))))
        self.end_headers()

    def do_GET(self) -> None:
        kind = self.path.strip("/").partition("/")[0]
        wanted = self.headers.get("Range", "")
        self.server.ranges.append(wanted)
        content = self.server.files.get(self.path.strip("/"), CONTENT)
        start = 0
        if wanted and self.headers.get("If-Range") == self.server.version:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
        if kind == "elsewhere":
            self.send_response(302)
            self.send_header("Location", "http://example.org/m.onnx")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if kind == "missing":
            self.send_error(404)
            return
        body = content[start:]
        self.send_response(206 if start else 200)
        self.send_header("ETag", self.server.version)
        claimed = len(body) + (1000 if kind == "liar" else -1000 if kind == "short-liar" else 0)
        self.send_header("Content-Length", str(claimed))
        self.end_headers()
        if kind == "stalls":
            self.wfile.write(body[:1000])
            self.wfile.flush()
            self.server.release.wait(20)
        elif kind == "cuts" and self.server.cut_once:
            self.server.cut_once = False
            self.wfile.write(body[: len(body) // 2])
        else:
            self.wfile.write(body)
        self.close_connection = True


@pytest.fixture
def server() -> Iterator[_Server]:
    made = _Server()
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.release.set()
    made.shutdown()
    made.server_close()
    thread.join(60)


def test_whole_file_arrives_with_progress_and_digest(server: _Server, tmp_path: Path) -> None:
    seen: list[DownloadProgress] = []
    digest = download(server.url("good/m.onnx"), tmp_path / "m.onnx", on_progress=seen.append)
    assert (tmp_path / "m.onnx").read_bytes() == CONTENT
    assert digest == hashlib.sha256(CONTENT).hexdigest()
    assert seen[-1] == DownloadProgress(len(CONTENT), len(CONTENT))
    assert [progress.done_bytes for progress in seen] == sorted(progress.done_bytes for progress in seen)
    assert [path.name for path in tmp_path.iterdir()] == ["m.onnx"]


def test_connection_that_breaks_is_taken_up_where_it_ended(server: _Server, tmp_path: Path) -> None:
    download(server.url("cuts/m.onnx"), tmp_path / "m.onnx", limits=QUICK)
    assert (tmp_path / "m.onnx").read_bytes() == CONTENT
    assert server.ranges == ["", f"bytes={len(CONTENT) // 2}-"]


def test_another_version_on_the_server_starts_anew(server: _Server, tmp_path: Path) -> None:
    with pytest.raises(DownloadError):
        download(server.url("cuts/m.onnx"), tmp_path / "m.onnx", limits=DownloadLimits(stall_s=0.5, tries=1))
    assert (tmp_path / "m.onnx.part").stat().st_size == len(CONTENT) // 2
    server.version = '"two"'
    server.files["cuts/m.onnx"] = CONTENT[::-1]
    download(server.url("cuts/m.onnx"), tmp_path / "m.onnx", limits=QUICK)
    assert (tmp_path / "m.onnx").read_bytes() == CONTENT[::-1]


def test_server_that_stalls_is_given_up_and_what_came_is_kept(server: _Server, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="broke off"):
        download(server.url("stalls/m.onnx"), tmp_path / "m.onnx", limits=DownloadLimits(stall_s=1.0, tries=1))
    assert not (tmp_path / "m.onnx").exists()
    assert (tmp_path / "m.onnx.part").stat().st_size >= 1000


def test_server_that_promises_more_than_it_sends_is_an_error(server: _Server, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="broke off"):
        download(server.url("liar/m.onnx"), tmp_path / "m.onnx", limits=DownloadLimits(stall_s=0.2, tries=2))
    assert not (tmp_path / "m.onnx").exists()


def test_wrong_digest_deletes_what_came(server: _Server, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="not the file that was expected"):
        download(server.url("good/m.onnx"), tmp_path / "m.onnx", sha256="0" * 64)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["http://example.org/m.onnx", "ftp://127.0.0.1/m.onnx", "file:///etc/passwd"])
def test_insecure_addresses_are_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="secure"):
        download(url, tmp_path / "m.onnx")


def test_redirect_to_an_insecure_address_is_refused(server: _Server, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="secure"):
        download(server.url("elsewhere/m.onnx"), tmp_path / "m.onnx", limits=QUICK)


def test_missing_file_and_too_large_file_say_so(server: _Server, tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="404"):
        download(server.url("missing/m.onnx"), tmp_path / "m.onnx", limits=QUICK)
    with pytest.raises(DownloadError, match="larger"):
        download(server.url("good/m.onnx"), tmp_path / "m.onnx", limits=DownloadLimits(max_bytes=1000))


def test_cancel_ends_a_read_that_waits(server: _Server, tmp_path: Path) -> None:
    token = CancelToken()
    outcome: list[BaseException] = []

    def work() -> None:
        try:
            download(
                server.url("stalls/m.onnx"),
                tmp_path / "m.onnx",
                cancel=token,
                on_progress=lambda _progress: started.set(),
                limits=DownloadLimits(stall_s=15, tries=1),
            )
        except BaseException as error:  # noqa: BLE001 - handed to the test
            outcome.append(error)

    started = threading.Event()
    thread = threading.Thread(target=work)
    thread.start()
    server.files["stalls/m.onnx"] = CONTENT
    # The server has sent 1,000 bytes and waits; the client waits for a whole block.
    deadline = threading.Event()
    while not server.ranges:
        deadline.wait(0.01)
    token.cancel()
    thread.join(60)
    assert not thread.is_alive()
    assert isinstance(outcome[0], Cancelled)


def test_proxy_of_the_environment_is_used(server: _Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")  # nobody listens there
    with pytest.raises(DownloadError):
        download(server.url("good/m.onnx"), tmp_path / "m.onnx", limits=DownloadLimits(stall_s=0.5, tries=1))
    assert server.ranges == []


def _zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _entry(server: _Server, path: str, name: str = "tiny") -> CatalogueEntry:
    return CatalogueEntry(name, "Tiny", "detect", "Boxes", server.url(path), "MIT")


def test_archive_is_unpacked_and_found_again(server: _Server, tmp_path: Path) -> None:
    server.files["good/tiny.zip"] = _zip({"tiny/config.yaml": b"type: yolov8\n", "tiny/m.onnx": b"weights"})
    store = ModelStore(tmp_path, (_entry(server, "good/tiny.zip"),))
    assert store.model("tiny").path == ""
    path = store.download("tiny")
    assert path.name == "config.yaml"
    assert (path.parent / "m.onnx").read_bytes() == b"weights"
    assert store.model("tiny").path == str(path)
    requests = len(server.ranges)
    assert store.download("tiny") == path
    assert len(server.ranges) == requests
    store.remove("tiny")
    assert store.model("tiny").path == ""


def test_changed_file_on_the_server_is_refused_the_second_time(server: _Server, tmp_path: Path) -> None:
    store = ModelStore(tmp_path, (_entry(server, "good/tiny.zip"),))
    server.files["good/tiny.zip"] = _zip({"config.yaml": b"a", "m.onnx": b"weights"})
    store.download("tiny")
    store.remove("tiny")
    server.files["good/tiny.zip"] = _zip({"config.yaml": b"a", "m.onnx": b"other weights"})
    with pytest.raises(DownloadError, match="not the file that was expected"):
        store.download("tiny")


def test_folder_with_somebodys_files_is_kept_aside(server: _Server, tmp_path: Path) -> None:
    store = ModelStore(tmp_path, (_entry(server, "good/tiny.zip"),))
    server.files["good/tiny.zip"] = _zip({"config.yaml": b"a", "m.onnx": b"weights"})
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny" / "notes.txt").write_text("mine")
    store.download("tiny")
    assert (tmp_path / "tiny.old-1" / "notes.txt").read_text() == "mine"


def test_archive_without_a_model_and_unknown_names_say_so(server: _Server, tmp_path: Path) -> None:
    store = ModelStore(tmp_path, (_entry(server, "good/tiny.zip"),))
    server.files["good/tiny.zip"] = _zip({"readme.txt": b"nothing here"})
    with pytest.raises(ModelError, match="holds no model"):
        store.download("tiny")
    with pytest.raises(ModelError, match="no model named") as caught:
        store.download("nix")
    assert "models list" in caught.value.hint


def test_sizes_are_asked_of_servers_that_answer(server: _Server, tmp_path: Path) -> None:
    server.files["good/tiny.zip"] = b"x" * 1234
    there = _entry(server, "good/tiny.zip")
    gone = replace(there, name="gone", url=server.url("missing/gone.zip"))
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
        silent = [replace(there, name=name, url=f"{address}/{name}.zip") for name in ("one", "two")]
        known = replace(there, name="known", size_bytes=77)
        entries = (*silent, gone, there, known)
        found = list(ModelStore(tmp_path, entries).sizes([entry.name for entry in entries]))
    assert found == [("gone", 0), ("tiny", 1234), ("known", 77)]
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(ModelStore(tmp_path, entries).sizes(["tiny"], cancel))


@pytest.mark.parametrize(("typed", "likely"), [("mobile_sam", "mobile_sam_20230629?"), ("yollo11n", "yolo11n")])
def test_a_name_that_is_nearly_right_is_told(tmp_path: Path, typed: str, likely: str) -> None:
    with pytest.raises(ModelError) as caught:
        ModelStore(tmp_path).model(typed)
    assert likely in caught.value.hint


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/evil", "a/../../evil", "C:\\evil", "..\\evil"])
def test_paths_that_lead_outside_are_refused(name: str, tmp_path: Path) -> None:
    archive = tmp_path / "hostile.zip"
    archive.write_bytes(_zip({name: b"x"}))
    with pytest.raises(ArchiveError, match="outside"):
        unpack_zip(archive, tmp_path / "model")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hostile.zip"]


def test_links_are_refused(tmp_path: Path) -> None:
    archive = tmp_path / "hostile.zip"
    info = zipfile.ZipInfo("link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(archive, "w") as target:
        target.writestr(info, "/etc/passwd")
    with pytest.raises(ArchiveError, match="link"):
        unpack_zip(archive, tmp_path / "model")


def test_bombs_and_crowds_are_refused(tmp_path: Path) -> None:
    archive = tmp_path / "bomb.zip"
    archive.write_bytes(_zip({"zeros": bytes(2 << 20)}))
    with pytest.raises(ArchiveError, match="more than"):
        unpack_zip(archive, tmp_path / "model", limits=UnpackLimits(max_bytes=1 << 20))
    archive.write_bytes(_zip({f"f{n}": b"" for n in range(20)}))
    with pytest.raises(ArchiveError, match="files"):
        unpack_zip(archive, tmp_path / "model", limits=UnpackLimits(max_files=10))
    assert not (tmp_path / "model").exists()


def test_archive_that_lies_about_a_size_leaves_nothing(tmp_path: Path) -> None:
    data = bytearray(_zip({"zeros": bytes(100_000)}))
    real, claimed = (100_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    data = bytearray(bytes(data).replace(real, claimed))
    archive = tmp_path / "liar.zip"
    archive.write_bytes(data)
    with pytest.raises(AppError):
        unpack_zip(archive, tmp_path / "model")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["liar.zip"]


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"not a zip at all", _zip({"a": b"x" * 1000})[:-30]],
    ids=["empty", "two letters", "a text", "cut off"],  # an archive says when it was made: no name for a test
)
def test_damaged_archives_say_so(content: bytes, tmp_path: Path) -> None:
    archive = tmp_path / "broken.zip"
    archive.write_bytes(content)
    with pytest.raises(StorageError, match="damaged"):
        unpack_zip(archive, tmp_path / "model")


def test_catalogue_names_every_size_and_task_once() -> None:
    entries = read_catalogue()
    names = [entry.name for entry in entries]
    assert len(names) == len(set(names))
    assert {f"yolo11{size}-seg" for size in "nsmlx"} <= set(names)
    assert {f"yolov8{size}" for size in "nsmlx"} <= set(names)
    assert "mobile_sam_20230629" in names
    assert all(entry.licence for entry in entries)
    # One without an address comes with a package, which it names.
    assert all(entry.url.startswith("https://") or find_built_in(entry.name) and entry.needs for entry in entries)
