"""What ``anylabeling doctor`` says about this installation and about broken ones."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from anylabeling.cli import EXIT_FAILURES, EXIT_OK, main
from anylabeling.services.auto_labeling import runtime_info as runtime_info_module
from anylabeling.services.auto_labeling.backend_registry import BACKENDS
from anylabeling.services.auto_labeling.runtime_info import RuntimeInfo


def test_it_tells_what_runs_and_why_the_rest_does_not(home_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == EXIT_OK
    text = capsys.readouterr().out
    for row in BACKENDS:
        assert f"  {row.name} " in text
    assert "works on CPU" in text
    assert "not there yet" in text
    assert str(home_dir / ".anylabelingrc") in text
    assert not (home_dir / ".anylabeling").exists()


def test_json_says_the_same(home_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--json"]) == EXIT_OK
    report = json.loads(capsys.readouterr().out)
    assert report["healthy"] is True
    backends = {entry["name"]: entry for entry in report["backends"]}
    assert list(backends) == [row.name for row in BACKENDS]
    assert backends["onnx-cpu"]["usable"]
    assert backends["onnx-cpu"]["call_ms"] > 0
    assert all(entry["usable"] or entry["reason"] for entry in backends.values())
    assert report["packages"]["onnxruntime"]


def test_settings_that_are_not_understood_are_named(home_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home_dir / ".anylabelingrc").write_text("performance:\n  batch_sise: 4\n")
    assert main(["doctor"]) == EXIT_FAILURES
    assert "batch_sise" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("installed", "gpu", "command"),
    [
        (("onnxruntime", "onnxruntime-gpu"), True, "pip install onnxruntime-gpu"),
        (("onnxruntime", "onnxruntime-gpu"), False, "&& pip install onnxruntime"),
        (("opencv-python", "opencv-python-headless"), False, "pip uninstall -y opencv-python opencv-python-headless"),
    ],
)
def test_packages_that_break_each_other_are_a_problem_with_a_remedy(
    monkeypatch: pytest.MonkeyPatch,
    home_dir: Path,
    capsys: pytest.CaptureFixture[str],
    installed: tuple[str, ...],
    gpu: bool,
    command: str,
) -> None:
    info = runtime_info_module.runtime_info()
    broken: RuntimeInfo = replace(info, distributions=dict.fromkeys(installed, "1.0"), nvidia_gpu=gpu)
    # Installing two packages that break each other would break the environment of the tests.
    monkeypatch.setattr("anylabeling.services.diagnostics.runtime_info", lambda: broken)
    assert main(["doctor"]) == EXIT_FAILURES
    text = capsys.readouterr().out
    assert "PROBLEM: " in text
    assert command in text
