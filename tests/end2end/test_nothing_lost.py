"""Programs that are killed, that cannot save, that meet each other: what the person has done is there afterwards."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from anylabeling.codecs import encode_jpeg
from anylabeling.document.annotation import Annotation
from anylabeling.document.label_file import read_label_file
from anylabeling.services.dataset.edit_journal import EditJournal

Run = Callable[..., dict[str, Any]]
DRIVER = Path(__file__).with_name("driver.py")
KILLS = int(os.environ.get("ANYLABELING_KILLS", "6"))
# The program promises one second; a test machine may stand still for longer than that by itself.
STALE_S = 5.0


def make_pictures(folder: Path) -> Path:
    folder.mkdir(parents=True)
    generator = np.random.default_rng(5)
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        pixels = np.repeat(np.repeat(generator.integers(40, 220, (24, 32, 3), np.uint8), 10, 0), 10, 1)
        (folder / name).write_bytes(encode_jpeg(np.ascontiguousarray(pixels)))
    return folder


def start(scenario: str, home: Path, folder: Path, *argv: str, **values: object) -> subprocess.Popen[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("QT_QPA", "XDG_"))}
    environment |= {"HOME": str(home), "USERPROFILE": str(home), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen(
        [sys.executable, str(DRIVER), scenario, json.dumps({"first": "a.jpg", **values}), str(folder), *argv],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def write_config(path: Path, **settings: object) -> str:
    path.write_text("".join(f"{key}: {json.dumps(value)}\n" for key, value in settings.items()), encoding="utf-8")
    return str(path)


def summary(annotation: Annotation) -> list[Any]:
    return [[shape.kind.value, shape.label, shape.points.round(2).tolist()] for shape in annotation.shapes]


def kill_once(work: Path, seed: int) -> float:
    """Kill a program at a random moment of its editing; returns the seconds of work that were lost.

    Every third program cannot save by itself, every other third may not; those are what the journal is for.
    """
    chance = random.Random(seed)
    folder, home = make_pictures(work / "pictures"), work / "home"
    home.mkdir()
    argv = ["--config", write_config(work / "config.yaml", auto_save=seed % 3 != 1)]
    if seed % 3 == 2:
        (work / "no-folder").write_text("a file, so that nothing can be saved below it", encoding="utf-8")
        argv += ["--output", str(work / "no-folder" / "labels")]
    process = start("edit_until_killed", home, folder, *argv, seed=seed)
    assert process.stdout is not None
    lines = []
    for _ in range(chance.randrange(1, 60)):
        lines.append(process.stdout.readline())
        assert lines[-1], process.communicate()[1]
    process.kill()
    killed = time.monotonic()
    lines += process.communicate()[0].splitlines()
    states: defaultdict[str, list[tuple[float, list[Any]]]] = defaultdict(list)
    for line in lines:
        if line.endswith(("\n", "]")):
            moment, name, shapes = json.loads(line)
            states[name].append((moment, shapes))
    kept = {
        Path(left.unsaved.image).name: left for left in EditJournal(home / ".anylabeling" / "journal").left_behind()
    }
    return max(_lost(folder, name, known, kept, killed) for name, known in states.items())


def _lost(folder: Path, name: str, known: list[tuple[float, list[Any]]], kept: dict[str, Any], killed: float) -> float:
    label_file = (folder / name).with_suffix(".json")
    found: list[list[Any]] = []
    if name in kept:
        found.append(summary(kept[name].unsaved.annotation))
    if label_file.exists():
        found.append(summary(read_label_file(label_file)))  # whole, whatever the moment
    newest = [index for index, (_moment, shapes) in enumerate(known) if shapes in found]
    if newest and newest[-1] == len(known) - 1:
        return 0.0
    # The first state that is not there came into being at this moment.
    return killed - known[newest[-1] + 1 if newest else 0][0]


@pytest.mark.timeout(120 + 12 * KILLS)
def test_a_kill_costs_next_to_nothing(tmp_path: Path) -> None:
    def attempt(seed: int) -> float:
        return kill_once(tmp_path / str(seed), seed)

    with ThreadPoolExecutor(max(2, min(4, os.cpu_count() or 2))) as pool:
        lost = list(pool.map(attempt, range(KILLS)))
    assert max(lost) < STALE_S, sorted(lost)[-5:]


def test_a_kill_amid_edits_of_very_many_leaves_a_whole_state(tmp_path: Path) -> None:
    folder, home = make_pictures(tmp_path / "pictures"), tmp_path / "home"
    home.mkdir()
    config = write_config(tmp_path / "config.yaml", auto_save=False)
    process = start("edit_many_until_killed", home, folder, "--config", config, count=2500)
    assert process.stdout is not None
    lines = []
    began = time.monotonic()
    while time.monotonic() - began < 1.5 or len(lines) < 4:
        lines.append(process.stdout.readline())
        assert lines[-1], process.communicate()[1]
        began = began if len(lines) > 1 else time.monotonic()
    process.kill()
    killed = time.monotonic()
    lines += process.communicate()[0].splitlines()
    states = [json.loads(line) for line in lines if line.endswith(("\n", "]"))]
    (left,) = EditJournal(home / ".anylabeling" / "journal").left_behind()
    kept = hashlib.sha256(json.dumps(summary(left.unsaved.annotation)).encode()).hexdigest()
    newest = [place for place, (_moment, _name, digest) in enumerate(states) if digest == kept]
    assert newest
    lost_s = 0.0 if newest[-1] == len(states) - 1 else killed - states[newest[-1] + 1][0]
    assert lost_s < STALE_S


@pytest.mark.parametrize("changed", [False, True], ids=["as it was", "label file changed since"])
def test_the_next_start_asks_and_restores(run_scenario: Run, home_dir: Path, tmp_path: Path, changed: bool) -> None:
    folder = make_pictures(tmp_path / "pictures")
    config = write_config(tmp_path / "config.yaml", auto_save=False)
    process = start("edit_until_killed", home_dir, folder, "--config", config, seed=1)
    assert process.stdout is not None
    assert process.stdout.readline()
    journal = EditJournal(home_dir / ".anylabeling" / "journal")
    while not list((home_dir / ".anylabeling").glob("journal/*/*.labels")):
        assert process.stdout.readline()
    process.kill()
    process.communicate()
    left = {Path(one.unsaved.image).name: summary(one.unsaved.annotation) for one in journal.left_behind()}
    name = next(iter(left))
    if changed:
        (folder / name).with_suffix(".json").write_text('{"shapes": [], "imagePath": "x", "flags": {}}')
    found = run_scenario("restore_what_was_left", [str(folder)], first="a.jpg", answer="Restore")
    assert any(name in text for text in found["question"])
    assert any("changed since" in text for text in found["texts"]) is changed
    for image, shapes in left.items():
        assert summary(read_label_file((folder / image).with_suffix(".json"))) == shapes
    assert journal.left_behind() == []
    assert list((home_dir / ".anylabeling" / "journal").iterdir()) == []


def test_the_next_start_may_be_told_to_give_it_up(run_scenario: Run, home_dir: Path, tmp_path: Path) -> None:
    folder = make_pictures(tmp_path / "pictures")
    process = start(
        "edit_until_killed", home_dir, folder, "--config", write_config(tmp_path / "c.yaml", auto_save=False), seed=1
    )
    assert process.stdout is not None
    while not list((home_dir / ".anylabeling").glob("journal/*/*.labels")):
        assert process.stdout.readline()
    process.kill()
    process.communicate()
    found = run_scenario("restore_what_was_left", [str(folder)], first="a.jpg", answer="Give Up")
    assert found["shown"] == []
    assert not list(folder.glob("*.json"))
    assert EditJournal(home_dir / ".anylabeling" / "journal").left_behind() == []


def test_where_nothing_can_be_saved_the_journal_has_it(home_dir: Path, tmp_path: Path) -> None:
    folder = make_pictures(tmp_path / "pictures")
    (tmp_path / "file").touch()
    process = start("draw_where_nothing_can_be_saved", home_dir, folder, "--output", str(tmp_path / "file" / "labels"))
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, process.communicate()[1]
    seen = json.loads(line)
    assert seen["saved"] == "not saved, kept in memory"
    process.kill()
    process.communicate()
    (left,) = EditJournal(home_dir / ".anylabeling" / "journal").left_behind()
    assert [shape.label for shape in left.unsaved.annotation.shapes] == ["crate"]
    assert left.unsaved.output_dir == str(tmp_path / "file" / "labels")


def test_two_windows_on_one_folder_warn(run_scenario: Run, home_dir: Path, tmp_path: Path) -> None:
    folder = make_pictures(tmp_path / "pictures")
    first = start("wait_in_a_window", home_dir, folder)
    assert first.stdout is not None
    assert first.stdout.readline() == "open\n", first.communicate()[1]
    found = run_scenario("open_a_second_window", [str(folder)], first="a.jpg")
    assert any("open in another window" in text for text in found["notices"])
    output, trouble = first.communicate("close\n", timeout=60)
    assert json.loads(output.partition("FOUND ")[2])["notices"] == [], trouble
    again = start("wait_in_a_window", home_dir, folder)  # nobody has it any more
    output, trouble = again.communicate("close\n", timeout=60)
    assert json.loads(output.partition("FOUND ")[2])["notices"] == [], trouble


def test_a_deleted_image_goes_to_the_bin_with_its_labels(run_scenario: Run, home_dir: Path, tmp_path: Path) -> None:
    folder = make_pictures(tmp_path / "pictures")
    (folder / "a.json").write_text('{"shapes": [], "imagePath": "a.jpg", "flags": {}}')
    (folder / "b.json").write_text('{"shapes": [], "imagePath": "b.jpg", "flags": {}}')
    found = run_scenario("delete_an_image", [str(folder)], first="a.jpg", second="b.jpg")
    assert found["asked"] == "Delete a.jpg?"
    assert found["left"] == 2
    assert sorted(path.name for path in folder.iterdir()) == ["b.jpg", "b.json", "c.jpg"]
    bins = [path.name for path in home_dir.rglob("*") if path.parent.name == "files"]
    assert sorted(bins) == ["a.jpg", "a.json"]


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="the system has no terminals that hang up")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_what_was_drawn_just_before_the_system_ends_the_program_is_saved(
    home_dir: Path, tmp_path: Path, name: str
) -> None:
    folder = make_pictures(tmp_path / "pictures")
    process = start("draw_and_wait_for_the_end", home_dir, folder)
    assert process.stdout is not None
    assert process.stdout.readline() == "drawn\n", process.communicate()[1]
    process.send_signal(getattr(signal, name))
    output, trouble = process.communicate(timeout=60)
    assert process.returncode == 0, trouble
    assert "FOUND " in output
    assert [shape.label for shape in read_label_file(folder / "a.json").shapes] == ["crate"]
