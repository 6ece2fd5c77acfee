"""Counters, hashes, folders and logging."""

from __future__ import annotations

import io
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from anylabeling.utils import paths
from anylabeling.utils.hashing import hash_bytes, hash_file, hash_parts
from anylabeling.utils.log import set_up_logging
from anylabeling.utils.metrics import Metrics


def test_counters_lose_nothing_between_threads() -> None:
    metrics = Metrics()
    barrier = threading.Barrier(4)

    def work() -> None:
        barrier.wait()
        for number in range(2000):
            metrics.count("items")
            metrics.observe_ms("step", number % 7)
            metrics.set_gauge("queue", number)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    snapshot = metrics.snapshot()
    assert snapshot.counters["items"] == 8000
    timing = snapshot.timings["step"]
    assert (timing.count, timing.max_ms) == (8000, 6)
    assert timing.mean_ms == pytest.approx(timing.total_ms / 8000)
    assert len(timing.recent_ms) == 120
    metrics.reset()
    assert metrics.snapshot().counters == {}
    assert snapshot.counters["items"] == 8000


def test_a_step_that_raises_is_measured_too() -> None:
    metrics = Metrics()
    with pytest.raises(ValueError, match="x"), metrics.timed("step"):
        raise ValueError("x")
    assert metrics.snapshot().timings["step"].count == 1


def test_hashes(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(b"ab" * 2_000_000)
    assert hash_file(path) == hash_bytes(b"ab" * 2_000_000)
    assert hash_bytes(b"") == "cae66941d9efbd404e4d88758ea67670"
    assert hash_parts("ab", "c") != hash_parts("a", "bc")
    assert hash_parts("name with \udcff") != hash_parts("name with ?")
    with pytest.raises(FileNotFoundError):
        hash_file(tmp_path / "gone")


def test_folders_belong_to_the_person(home_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert paths.config_file() == home_dir / ".anylabelingrc"
    assert paths.data_dir() == home_dir / ".anylabeling"
    if sys.platform.startswith("linux"):
        monkeypatch.setenv("XDG_CACHE_HOME", str(home_dir / "elsewhere"))
        assert paths.cache_dir() == home_dir / "elsewhere" / "anylabeling"
        monkeypatch.setenv("XDG_CACHE_HOME", "relative/is/ignored")
        assert paths.cache_dir() == home_dir / ".cache" / "anylabeling"
    assert list(home_dir.iterdir()) == []


@pytest.fixture
def program_logger() -> Iterator[logging.Logger]:
    logger = logging.getLogger("anylabeling")
    handlers, level = list(logger.handlers), logger.level
    yield logger
    logger.handlers[:], logger.level = handlers, level


def test_logging_is_set_up_once(program_logger: logging.Logger) -> None:
    first, second = io.StringIO(), io.StringIO()
    set_up_logging("info", stream=first)
    set_up_logging(logging.INFO, stream=second)
    logging.getLogger("anylabeling.services.x").info("Pre-loaded image %s", "a.jpg")
    logging.getLogger("anylabeling.services.x").debug("too fine")
    logging.getLogger("other").info("not ours")
    assert first.getvalue() == ""
    assert second.getvalue().count("\n") == 1
    assert "anylabeling.services.x: Pre-loaded image a.jpg" in second.getvalue()
    with pytest.raises(ValueError, match="LOUD"):
        set_up_logging("loud")


def test_importing_these_rooms_is_light() -> None:
    modules = (
        "codecs utils.parallel utils.log utils.metrics accel services.imaging.image_cache services.imaging.preloader"
    )
    code = "import sys, logging;" + "".join(f"import anylabeling.{name};" for name in modules.split())
    code += (
        "print([n for n in ('cv2','PIL','simplejpeg','onnx','onnxruntime') if n in sys.modules], logging.root.handlers)"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60).stdout
    assert output.strip() == "[] []"
