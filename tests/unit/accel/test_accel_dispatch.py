"""Which implementation runs can be chosen, changed while the program runs, and asked for with its reasons."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator

import numpy as np
import pytest
from accel_builds import unbuilt_extensions

from anylabeling import accel
from anylabeling.accel import _dispatch, _numpy
from anylabeling.config.schema import SETTINGS
from anylabeling.extensions import get_extension_status
from anylabeling.rust_extensions import rust_available

BOXES = np.array([[0, 0, 9, 9], [1, 0, 10, 9], [50, 50, 60, 60]], np.float32)
SCORES = np.array([0.5, 0.9, 0.1], np.float32)
CLASSES = np.zeros(3, np.int64)


@pytest.fixture(autouse=True)
def no_choice(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin and end without a choice by anyone."""
    monkeypatch.delenv(_dispatch.ENVIRONMENT, raising=False)
    setting = _dispatch._setting
    accel.use(None)
    accel.follow_setting("auto")
    yield
    accel.use(None)
    accel.follow_setting(setting or "auto")


def running() -> str:
    return accel.status()["nms"].implementation


def test_the_compiled_modules_are_really_used_where_they_are_built() -> None:
    if unbuilt_extensions():
        pytest.skip(unbuilt_extensions())
    for name, status in get_extension_status().items():
        assert status["reason"] == "", f"{name}: {status['reason']}. Build it: {status['command']}"
    for choice in ("auto", "cython"):
        with accel.using(choice):
            for name, status in accel.status().items():
                assert (status.implementation, status.reason) == ("cython", ""), name
                assert _dispatch.table[name] is not getattr(_numpy, name)
                assert _dispatch.table[name].__module__.startswith("anylabeling.extensions.fast_")


def test_every_function_has_a_reference_and_an_entry() -> None:
    names = set(accel.status())
    assert names == set(_numpy.__all__)
    assert names <= set(accel.__all__)
    for name in names:
        with accel.using("numpy"):
            assert _dispatch.table[name] is getattr(_numpy, name)


def test_the_reasons_name_what_is_missing_or_not_chosen() -> None:
    with accel.using("numpy"):
        status = accel.status()["natural_sorted"]
        assert status.implementation == "numpy"
        assert status.reason == "cython is not chosen (numpy is); rust is not chosen (numpy is)"
    with accel.using("rust"):
        assert accel.status()["nms"] == accel.FunctionStatus("numpy", "cython is not chosen (rust is)")
        assert accel.status()["natural_sorted"].implementation == ("rust" if rust_available() else "numpy")


def test_use_goes_over_environment_and_setting_and_both_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    assert accel.chosen() == "auto"
    accel.follow_setting("cython")
    assert accel.chosen() == "cython"
    monkeypatch.setenv("ANYLABELING_ACCEL", " NumPy ")
    assert accel.chosen() == "numpy"
    accel.use("rust")
    assert accel.chosen() == "rust"
    with accel.using("cython"):
        assert accel.chosen() == "cython"
    assert accel.chosen() == "rust"
    accel.use(None)
    assert (accel.chosen(), running()) == ("numpy", "numpy")


def test_a_wrong_name_is_refused_or_said_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for function in (accel.use, accel.follow_setting):
        with pytest.raises(ValueError, match="no implementation 'fortran'; choose one of auto, rust, cython, numpy"):
            function("fortran")
    monkeypatch.setenv("ANYLABELING_ACCEL", "fortran")
    with caplog.at_level(logging.WARNING, logger="anylabeling"):
        assert [accel.chosen() for _ in range(3)] == ["auto"] * 3
    assert [record.getMessage() for record in caplog.records] == [
        "ANYLABELING_ACCEL is 'fortran'; it takes one of auto, rust, cython, numpy"
    ]


def test_the_setting_offers_what_accel_takes() -> None:
    assert SETTINGS["performance.accel"].choices == accel.CHOICES


def test_switching_while_other_threads_compute() -> None:
    expected = [1, 2]
    wrong: list[list[int]] = []
    stop = threading.Event()

    def compute() -> None:
        while not stop.is_set():
            kept = accel.nms(BOXES, SCORES, CLASSES, 0.5).tolist()
            if kept != expected:
                wrong.append(kept)

    threads = [threading.Thread(target=compute) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(150):
            for name in accel.CHOICES:
                accel.use(name)
                assert accel.nms(BOXES, SCORES, CLASSES, 0.5).tolist() == expected
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert wrong == []


def run_fresh(code: str, **environment: str) -> object:
    """Return what code prints as JSON in an interpreter of its own."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, **environment},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_nothing_compiled_is_loaded_before_the_first_call() -> None:
    code = (
        "import json, sys; from anylabeling import accel, extensions\n"
        "compiled = lambda name: '.fast_' in name or name == 'anylabeling_rust'\n"
        "loaded = lambda: sorted(name.rpartition('.')[2] for name in filter(compiled, sys.modules))\n"
        "before = loaded(); accel.nms([[0, 0, 1, 1]], [0.5], [0], 0.5)\n"
        "print(json.dumps([before, loaded()]))"
    )
    assert run_fresh(code, ANYLABELING_ACCEL="auto") == [[], [] if unbuilt_extensions() else ["fast_nms"]]
    assert run_fresh(code, ANYLABELING_ACCEL="numpy") == [[], []]


def test_all_works_where_nothing_is_built() -> None:
    # None in sys.modules is how Python says that a module cannot be imported.
    code = (
        "import json, sys\n"
        "from anylabeling import extensions\n"
        "for name in extensions.MODULES: sys.modules['anylabeling.extensions.' + name] = None\n"
        "sys.modules['anylabeling_rust'] = None\n"
        "extensions.importlib.util.find_spec = lambda name: None\n"
        "from anylabeling import accel\n"
        "kept = accel.nms([[0, 0, 9, 9], [1, 0, 10, 9]], [0.5, 0.9], [0, 0], 0.5).tolist()\n"
        "rows = {name: [row.implementation, row.reason] for name, row in accel.status().items()}\n"
        "print(json.dumps([kept, accel.natural_sorted(['b10', 'b9']), rows, extensions.extensions_available()]))"
    )
    kept, names, rows, available = run_fresh(code, ANYLABELING_ACCEL="auto")
    assert (kept, names, available) == ([1], ["b9", "b10"], False)
    assert rows["nms"] == ["numpy", "cython: it is not built"]
    assert {implementation for implementation, _ in rows.values()} == {"numpy"}
