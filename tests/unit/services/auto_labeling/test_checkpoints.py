"""PyTorch checkpoints are read without running what is in them, and loaded only when they are trusted."""

from __future__ import annotations

import io
import os
import pickle
import sys
import types
import zipfile
from collections import OrderedDict
from pathlib import Path
from typing import Any

import pytest

from anylabeling.errors import ModelError, StorageError, UntrustedModelError
from anylabeling.services.auto_labeling.model_spec import read_model_facts, read_model_spec
from anylabeling.services.auto_labeling.models.yolo_layout import resolve
from anylabeling.services.auto_labeling.trust_store import TrustStore
from anylabeling.services.auto_labeling.ultralytics_backend import check_trust


class Bomb:
    """Makes a folder when it is unpickled the usual way."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.target),)


def write_checkpoint(path: Path, content: object, *, more: dict[str, bytes] | None = None) -> Path:
    """Write what torch.save writes, as far as it matters here."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", content if isinstance(content, bytes) else pickle.dumps(content, 2))
        for name, data in (more or {}).items():
            archive.writestr(f"archive/{name}", data)
    return path


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return an object that pickles as a model of Ultralytics, a package that need not be installed."""
    module = types.ModuleType("ultralytics.nn.tasks")
    made = type("DetectionModel", (), {"__module__": module.__name__})
    module.DetectionModel = made  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "ultralytics", types.ModuleType("ultralytics"))
    monkeypatch.setitem(sys.modules, "ultralytics.nn", types.ModuleType("ultralytics.nn"))
    monkeypatch.setitem(sys.modules, module.__name__, module)
    model = made()
    model.names = {0: "cat", 1: "dog"}
    model.task = "detect"
    model.yaml = {"nc": 2}
    return model


def test_task_and_names_are_read(tmp_path: Path, network: Any) -> None:
    content = {"model": network, "train_args": {"task": "detect", "imgsz": 320}}
    spec = read_model_spec(write_checkpoint(tmp_path / "pets.pt", content))
    assert (spec.task, spec.layout, spec.class_names) == ("detect", "yolov8", ("cat", "dog"))
    assert spec.default_size == (320, 320)


@pytest.mark.data
def test_a_real_checkpoint_says_the_same_as_its_export(data_dir: Path) -> None:
    checkpoint = read_model_spec(data_dir / "models" / "yolo11n.pt")
    export = read_model_spec(data_dir / "models" / "yolo11n.onnx")
    for fact in ("family", "task", "layout", "class_names", "stride", "default_size", "batch"):
        assert getattr(checkpoint, fact) == getattr(export, fact), fact


def test_reading_runs_nothing(tmp_path: Path, network: Any) -> None:
    trap = tmp_path / "trap"
    network.yaml = {"nc": 2, "bomb": Bomb(trap)}
    path = write_checkpoint(tmp_path / "bomb.pt", {"model": network})
    assert read_model_spec(path).class_names == ("cat", "dog")
    assert not trap.exists()
    with zipfile.ZipFile(path) as archive:  # the trap is a real one
        pickle.loads(archive.read("archive/data.pkl"))
    assert trap.exists()


HUGE_MEMO = b"\x80\x02}r\xff\xff\xff\x7f."
DEEP = b"\x80\x02" + b"]" * 100_000 + b"a" * 99_999 + b"."


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (HUGE_MEMO, "not a checkpoint"),
        (b"", "not a checkpoint"),
        (b"\x80\x02X\xff\xff\xff\x7fabc.", "not a checkpoint"),
        (b"\x80\x02K\x01K\x02R.", "not a checkpoint"),
        (DEEP, "holds no model"),
        (pickle.dumps({"model": {"weights": 1}}, 2), "holds no model"),
        (pickle.dumps([1, 2], 2), "holds no model"),
        (pickle.dumps({"model": Path("x")}, 2), "pathlib"),
    ],
)
def test_what_is_no_model_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    with pytest.raises(ModelError) as caught:
        read_model_facts(write_checkpoint(tmp_path / "odd.pt", data))
    assert "odd.pt" in caught.value.user_text
    assert says in caught.value.user_text or "holds no model" in caught.value.user_text


def test_files_that_are_no_archives_are_refused(tmp_path: Path, network: Any) -> None:
    (tmp_path / "old.pt").write_bytes(pickle.dumps({"model": 1}))
    with pytest.raises(ModelError, match=r"old\.pt is not a checkpoint"):
        read_model_facts(tmp_path / "old.pt")
    script = write_checkpoint(tmp_path / "script.pt", {"model": network}, more={"constants.pkl": b"x"})
    with pytest.raises(ModelError, match="TorchScript"):
        read_model_facts(script)
    whole = write_checkpoint(tmp_path / "whole.pt", {"model": network}).read_bytes()
    for length in range(0, len(whole), 37):
        (tmp_path / "part.pt").write_bytes(whole[:length])
        with pytest.raises(ModelError):
            read_model_facts(tmp_path / "part.pt")


def test_trust_goes_by_content_and_is_remembered(tmp_path: Path) -> None:
    model = tmp_path / "a.pt"
    model.write_bytes(b"one")
    trusted = tmp_path / "data" / "trusted.json"
    assert not TrustStore(trusted).is_trusted(model)
    TrustStore(trusted).trust(model)
    assert TrustStore(trusted).is_trusted(model)
    moved = model.rename(tmp_path / "b.pt")
    assert TrustStore(trusted).is_trusted(moved)
    moved.write_bytes(b"two")
    assert not TrustStore(trusted).is_trusted(moved)
    TrustStore(trusted).trust(moved)
    model.write_bytes(b"one")
    assert TrustStore(trusted).is_trusted(model)


def test_what_is_loaded_is_what_was_judged_even_where_the_file_is_replaced_meanwhile(tmp_path: Path) -> None:
    model, store = tmp_path / "a.pt", TrustStore(tmp_path / "trusted.json")
    model.write_bytes(b"known")
    store.trust(model)
    with store.copy_if_trusted(model) as copy:
        assert copy is not None
        model.write_bytes(b"other")
        assert copy.read_bytes() == b"known"
        assert copy.suffix == ".pt"
        if os.name == "posix":
            assert copy.parent.stat().st_mode & 0o077 == 0
    assert not copy.parent.exists()
    with store.copy_if_trusted(model) as copy:
        assert copy is None


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"sha256": 3}', b"\xff"])
def test_a_damaged_list_trusts_nothing(tmp_path: Path, content: bytes) -> None:
    model = tmp_path / "a.pt"
    model.write_bytes(b"one")
    (tmp_path / "trusted.json").write_bytes(content)
    assert not TrustStore(tmp_path / "trusted.json").is_trusted(model)


def test_trust_that_cannot_be_written_or_read_is_an_error_for_people(tmp_path: Path) -> None:
    (tmp_path / "a.pt").write_bytes(b"one")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError):
        TrustStore(tmp_path / "file" / "trusted.json").trust(tmp_path / "a.pt")
    with pytest.raises(ModelError, match=r"gone\.pt"):
        TrustStore(tmp_path / "trusted.json").is_trusted(tmp_path / "gone.pt")


def test_a_checkpoint_is_not_loaded_before_it_is_trusted(tmp_path: Path, home_dir: Path, network: Any) -> None:
    spec = read_model_spec(write_checkpoint(tmp_path / "pets.pt", {"model": network}))
    with pytest.raises(UntrustedModelError) as caught:
        check_trust(spec)
    assert "pets.pt" in caught.value.user_text
    assert "pickle" in caught.value.user_text
    assert "--trust" in caught.value.hint
    assert list(home_dir.iterdir()) == []  # asking writes nothing
    TrustStore().trust(spec.path)
    check_trust(spec)


def test_a_huge_pickle_is_not_read(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.pkl", bytes(65 << 20))
    (tmp_path / "bomb.pt").write_bytes(buffer.getvalue())
    with pytest.raises(ModelError):
        read_model_facts(tmp_path / "bomb.pt")


def test_a_task_that_is_not_known_is_named(tmp_path: Path, network: Any) -> None:
    network.task = "semantic"
    path = write_checkpoint(tmp_path / "roads.pt", {"model": network, "train_args": {"task": "semantic"}})
    with pytest.raises(ModelError, match="'semantic'"):
        read_model_spec(path)


def test_an_rtdetr_checkpoint_is_known_by_its_class(tmp_path: Path, network: Any) -> None:
    type(network).__name__ = type(network).__qualname__ = "RTDETRDetectionModel"
    sys.modules["ultralytics.nn.tasks"].RTDETRDetectionModel = type(network)
    path = write_checkpoint(tmp_path / "detr.pt", {"model": network, "train_args": {"task": "detect"}})
    assert read_model_spec(path).layout == "rtdetr-best"


def test_weights_alone_are_told_from_a_damaged_file(tmp_path: Path) -> None:
    weights = OrderedDict(layer=[1.0, 2.0])
    weights.metadata = {"version": 1}  # type: ignore[attr-defined]
    with pytest.raises(ModelError, match="weights alone"):
        read_model_spec(write_checkpoint(tmp_path / "weights.pt", weights))


@pytest.mark.parametrize(
    ("told", "shape", "layout"),
    [(True, (1, 6, 8400), "yolov8"), (True, (1, 300, 6), "end2end"), (False, (1, 300, 6), "end2end")],
)
def test_whether_a_checkpoint_needs_no_suppression_shows_in_its_first_run(
    tmp_path: Path, network: Any, told: bool, shape: tuple[int, ...], layout: str
) -> None:
    network.yaml = {"nc": 2, "end2end": told}
    spec = read_model_spec(write_checkpoint(tmp_path / "pets.pt", {"model": network, "train_args": {}}))
    assert resolve(spec, [shape]).layout == layout
