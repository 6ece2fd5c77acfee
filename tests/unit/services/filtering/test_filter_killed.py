"""A filter that is killed at any moment goes on where it was; a damaged store is set aside."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from anylabeling.messages.filtering import FilterQuery
from anylabeling.services.auto_labeling.model_manager import ModelManager
from anylabeling.services.dataset.label_index import LabelIndex
from anylabeling.services.filtering.detection_store import DetectionStore
from anylabeling.services.filtering.engine import FilterEngine, FilterStores
from anylabeling.services.filtering.identities import ModelIdentities

pytestmark = [pytest.mark.data, pytest.mark.timeout(300)]

COPIES = 2


@pytest.fixture
def photos(data_dir: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for photo in sorted((data_dir / "photos" / "voc40").glob("*.jpg")):
        for number in range(COPIES):
            shutil.copy(photo, folder / f"{photo.stem}_{number}.jpg")
    return folder


def command(data_dir: Path, photos: Path) -> list[str]:
    model = str(data_dir / "models" / "yolo11n.onnx")
    # This condition holds for every photo, so there is a line for each.
    return [
        *(sys.executable, "-m", "anylabeling", "filter", str(photos)),
        *("--model", model, "--count", "at_most:100"),
    ]


def database(home: Path) -> Path:
    return home / ".cache" / "anylabeling" / "detections.sqlite"


def stored(home: Path) -> int:
    connection = sqlite3.connect(database(home))
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (entries,) = connection.execute("SELECT count(*) FROM entries").fetchone()
        for table in ("kept", "candidates"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (entries,)
    finally:
        connection.close()
    return int(entries)


def test_killed_at_several_moments_nothing_is_lost_or_computed_twice(
    data_dir: Path, photos: Path, home_dir: Path
) -> None:
    total = 40 * COPIES
    before = 0
    for lines in (1, 20, 45):
        with subprocess.Popen(
            command(data_dir, photos), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process:
            assert process.stdout is not None
            seen = [process.stdout.readline() for _ in range(max(lines, before + 1))]
            process.kill()
        assert process.returncode != 0, "it was done before it could be killed"
        assert all(seen)
        after = stored(home_dir)
        assert max(before, len(seen)) <= after < total
        before = after
    finished = subprocess.run(command(data_dir, photos), capture_output=True, text=True, check=True)
    assert len(finished.stdout.splitlines()) == total
    assert f"{before} known from before" in finished.stderr
    assert f"the model looked at {total - before}, " in finished.stderr
    assert stored(home_dir) == total


@pytest.mark.parametrize("damage", ["header", "pages", "cut", "text", "schema"])
def test_a_damaged_store_is_set_aside_and_made_anew(data_dir: Path, photos: Path, tmp_path: Path, damage: str) -> None:
    paths = sorted(map(str, photos.glob("*_0.jpg")))[:8]
    file = tmp_path / "detections.sqlite"
    manager = ModelManager()
    model = manager.load(data_dir / "models" / "yolo11n.onnx", preferred_backend="onnx-cpu")

    def engine() -> tuple[FilterEngine, DetectionStore]:
        store = DetectionStore(file)
        return FilterEngine(stores=FilterStores(store, LabelIndex(None), None, ModelIdentities())), store

    first_engine, store = engine()
    first = first_engine.run(FilterQuery(), paths, model)
    store.close()
    content = bytearray(file.read_bytes())
    if damage == "header":
        content[:100] = os.urandom(100)
    elif damage == "pages":
        content[4096:] = os.urandom(len(content) - 4096)
    elif damage == "cut":
        del content[len(content) // 2 :]
    elif damage == "schema":  # what the database's own message then quotes is no text
        content = content.replace(b"CREATE TABLE", b"CREATE T\xb0BLE")
    else:
        content[:] = b"this is no database"
    file.write_bytes(content)
    for _ in range(2):
        second_engine, store = engine()
        second = second_engine.run(FilterQuery(), paths, model)
        store.close()
        assert second.matches == first.matches
        assert second.failed == ()
        if second.inferred == 0:
            break
        assert any("set aside" in notice for notice in second.notices)
        assert (tmp_path / "detections.sqlite.broken").read_bytes() == bytes(content)
    assert (second.inferred, second.notices) == (0, ())
    manager.unload()


def test_a_store_that_cannot_be_opened_does_not_stop_the_filter(data_dir: Path, photos: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    manager = ModelManager()
    model = manager.load(data_dir / "models" / "yolo11n.onnx", preferred_backend="onnx-cpu")
    store = DetectionStore(blocked / "detections.sqlite")
    engine = FilterEngine(stores=FilterStores(store, LabelIndex(None), None, ModelIdentities()))
    paths = sorted(map(str, photos.glob("*_0.jpg")))[:3]
    summary = engine.run(FilterQuery(), paths, model)
    assert summary.inferred == 3
    assert any("in memory" in notice for notice in summary.notices)
    assert engine.run(FilterQuery(), paths, model).inferred == 0
    store.close()
    manager.unload()
