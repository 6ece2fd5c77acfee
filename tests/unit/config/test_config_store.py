"""The one way to change a setting: in force at once, written once, told to all."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from anylabeling.config import ConfigStore, Source, load_config
from anylabeling.errors import StorageError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ".anylabelingrc"


def _store(file: Path, **arguments: dict[str, str]) -> tuple[ConfigStore, list[frozenset[str]]]:
    config, _ = load_config(file, environment=arguments.get("environment", {}), overrides=arguments.get("overrides"))
    store = ConfigStore(config, file)
    heard: list[frozenset[str]] = []
    store.changed.connect(heard.append)
    return store, heard


def test_a_change_is_in_force_written_and_told(file: Path) -> None:
    store, heard = _store(file)
    before = store.config
    assert store.update({"performance.batch_size": 8, "theme": "system"}) == {"performance.batch_size"}
    assert heard == [frozenset({"performance.batch_size"})]
    assert store.config["performance.batch_size"] == 8
    assert store.config.source("performance.batch_size") is Source.FILE
    assert before["performance.batch_size"] == 4
    assert load_config(file, environment={})[0]["performance.batch_size"] == 8
    assert store.pending_changes() == {}


def test_a_listener_sees_the_new_value(file: Path) -> None:
    store, _ = _store(file)
    seen = []
    store.changed.connect(lambda keys: seen.append({key: store.config[key] for key in keys}))
    store.set("theme", "dark")
    assert seen == [{"theme": "dark"}]


def test_all_or_nothing(file: Path) -> None:
    store, heard = _store(file)
    with pytest.raises(ValueError, match="batch_size must be"):
        store.update({"theme": "dark", "performance.batch_size": 0})
    with pytest.raises(KeyError):
        store.update({"theme": "dark", "them": 0})
    assert store.config["theme"] == "system"
    assert heard == []
    assert not file.exists()


def test_command_line_and_environment_are_never_written_back(file: Path) -> None:
    file.write_text("epsilon: 3\n")
    environment = {"ANYLABELING_PERFORMANCE__BATCH_SIZE": "2"}
    store, _ = _store(file, environment=environment, overrides={"theme": "dark", "labels": "a,b"})
    store.set("auto_save", value=False)
    store.flush()
    assert file.read_text() == "epsilon: 3\nauto_save: false\n"
    assert (store.config["theme"], store.config["performance.batch_size"]) == ("dark", 2)


def test_choosing_what_a_flag_says_makes_it_last(file: Path) -> None:
    store, heard = _store(file, overrides={"theme": "dark"})
    assert store.set("theme", "dark") == frozenset()
    assert heard == []
    assert load_config(file, environment={})[0]["theme"] == "dark"


def test_reset_gives_the_default(file: Path) -> None:
    store, heard = _store(file)
    store.update({"theme": "dark", "performance.batch_size": 8})
    store.reset(["theme", "epsilon"])
    assert heard[1:] == [frozenset({"theme"})]
    assert load_config(file, environment={})[0]["theme"] == "system"


def test_written_later_by_another_thread(file: Path) -> None:
    store, heard = _store(file)
    store.set("theme", "dark", write=False)
    store.set("theme", "light", write=False)
    assert heard == [frozenset({"theme"})] * 2
    assert not file.exists()
    assert store.pending_changes() == {"theme": "light"}
    thread = threading.Thread(target=store.flush)
    thread.start()
    thread.join(60)
    assert store.pending_changes() == {}
    assert load_config(file, environment={})[0]["theme"] == "light"


def test_a_change_that_cannot_be_written_is_in_force_and_waits(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    store, heard = _store(folder / ".anylabelingrc")
    with pytest.raises(StorageError):
        store.set("theme", "dark")
    assert store.config["theme"] == "dark"
    assert heard == [frozenset({"theme"})]
    assert store.pending_changes() == {"theme": "dark"}
    folder.mkdir()
    store.flush()
    assert load_config(folder / ".anylabelingrc", environment={})[0]["theme"] == "dark"


def test_a_broken_file_is_named_when_it_is_put_aside(file: Path) -> None:
    file.write_text("theme: [\n")
    store, _ = _store(file)
    store.set("theme", "dark", write=False)
    assert store.flush() == file.with_name(".anylabelingrc.broken-1")


def test_changes_from_many_threads_all_arrive(file: Path) -> None:
    store, heard = _store(file)
    keys = [key for key in store.config if key.startswith("shortcuts.")][:20]
    threads = [threading.Thread(target=store.set, args=(key, f"F{n + 1}")) for n, key in enumerate(keys)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    config, _ = load_config(file, environment={})
    assert [config[key] for key in keys] == [(f"F{n + 1}",) for n in range(20)]
    assert len(heard) == 20
    assert store.pending_changes() == {}
