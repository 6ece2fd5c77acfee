"""Labels of a whole folder change as one operation: reported, stopped, killed, taken back, and nothing is lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anylabeling.document.label_file import read_label_file
from anylabeling.errors import StorageError
from anylabeling.messages.labels import LabelChange
from anylabeling.services.dataset import folder_journal as journals
from anylabeling.services.dataset.folder_change import FolderChange, Watcher, interrupted_changes
from anylabeling.services.dataset.label_changes import changed_bytes
from anylabeling.utils.cancellation import CancelToken

RENAME = LabelChange({"bus": "lorry"}, name="Rename bus to lorry")


def record(number: int) -> dict[str, Any]:
    """Return a label file as another program writes it, with keys and numbers that are not ours."""
    labels = ["bus", "person"] if number % 2 else ["person"]
    shapes = [
        {
            "label": label,
            "points": [[1, 2.50], [30 + number, 40]],
            "shape_type": "rectangle",
            "flags": None,
            "score": 0.123456789012345678,
            "theirs": {"big": 123456789012345678901234567890, "ä": [1.0, 1e300]},
        }
        for label in labels
    ]
    return {
        "version": "5.4.1",
        "flags": {},
        "shapes": shapes,
        "imagePath": f"{number:04}.jpg",
        "imageData": None,
        "z": 1,
    }


def make_folder(folder: Path, count: int) -> dict[str, str]:
    files = {}
    for number in range(count):
        path = folder / f"{number:04}.json"
        path.write_text(json.dumps(record(number), indent=2), encoding="utf-8")
        files[str(folder / f"{number:04}.jpg")] = str(path)
    return files


def labels_in(path: Path) -> list[str]:
    return [shape.label for shape in read_label_file(path).shapes]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def begun(tmp_path: Path, count: int, change: LabelChange = RENAME) -> tuple[Path, dict[str, str], FolderChange]:
    folder = tmp_path / "pictures"
    folder.mkdir()
    files = make_folder(folder, count)
    return folder, files, FolderChange.begin(change, str(folder), files, parent=tmp_path / "operations")


def run(operation: FolderChange, files: dict[str, str], watcher: Watcher | None = None) -> list[str]:
    operation.start_round(journals.RUNNING, len(files))
    return operation.run(files, watcher or Watcher())


def undo(operation: FolderChange, watcher: Watcher | None = None) -> list[str]:
    operation.start_round(journals.UNDOING, 0)
    return operation.undo(watcher or Watcher())


def test_rename_over_1000_files_with_broken_and_read_only_ones(tmp_path: Path) -> None:
    folder, files, operation = begun(tmp_path, 1000)
    broken = {"0007.json": b'{"shapes": [{"label": "bus"', "0009.json": b"", "0011.json": b'{"shapes": 3}'}
    for name, data in broken.items():
        (folder / name).write_bytes(data)
    (folder / "0101.json").chmod(0o444)
    before = contents(folder)
    summary = (run(operation, files), operation.finish())[1]
    assert (summary.looked_at, summary.files, summary.shapes) == (1000, 496, 496)
    reasons = {Path(failure.path).name: failure.reason for failure in summary.failed}
    assert set(reasons) == {*broken, "0101.json"}
    assert reasons["0101.json"] == "0101.json is read-only."
    assert reasons["0009.json"] == "0009.json cannot be read: the file is empty."
    after = contents(folder)
    for name in reasons:
        assert after[name] == before[name]
    for number in range(1000):
        name = f"{number:04}.json"
        if name in reasons:
            continue
        if not number % 2:
            assert after[name] == before[name]
            continue
        expected = record(number)
        expected["shapes"][0]["label"] = "lorry"
        # As text, so that a number that lost a digit or a key that moved is seen.
        assert json.dumps(json.loads(after[name])) == json.dumps(expected)
    undone = (undo(operation), operation.finish())[1]
    assert (undone.files, undone.failed, undone.undone) == (496, (), True)
    assert contents(folder) == before
    operation.close()


def test_merge_swap_and_delete(tmp_path: Path) -> None:
    change = LabelChange({"bus": "person", "person": "bus"}, name="Swap")
    folder, files, operation = begun(tmp_path, 4, change)
    run(operation, files)
    operation.finish()
    operation.close()
    assert labels_in(folder / "0001.json") == ["person", "bus"]
    assert labels_in(folder / "0002.json") == ["bus"]
    delete = LabelChange(deletes=frozenset({"bus"}), name="Delete bus")
    operation = FolderChange.begin(delete, str(folder), files, parent=tmp_path / "operations")
    run(operation, files)
    summary = operation.finish()
    operation.close()
    assert (summary.files, summary.shapes) == (4, 4)
    assert labels_in(folder / "0001.json") == ["person"]
    assert labels_in(folder / "0002.json") == []


def test_what_others_change_meanwhile_and_since_is_not_overwritten(tmp_path: Path) -> None:
    folder, files, operation = begun(tmp_path, 130)
    theirs = record(129)
    theirs["shapes"][1]["label"] = "dog"
    edited: list[str] = []

    def meddle(_file: object) -> None:
        if not edited:  # the first file of the last chunk is written: its others have been read
            edited.append("now")
            (folder / "0063.json").write_text(json.dumps(theirs), encoding="utf-8")

    run(operation, files, Watcher(on_changed=meddle))
    summary = operation.finish()
    assert summary.failed == ()
    assert labels_in(folder / "0063.json") == ["lorry", "dog"]
    (folder / "0005.json").write_text(json.dumps(theirs), encoding="utf-8")
    (folder / "0009.json").unlink()
    undo(operation)
    undone = operation.finish()
    operation.close()
    assert {Path(failure.path).name: failure.reason for failure in undone.failed} == {
        "0005.json": "0005.json has been changed since.",
        "0009.json": "0009.json has been deleted or renamed since.",
    }
    assert labels_in(folder / "0005.json") == ["bus", "dog"]
    assert json.loads((folder / "0063.json").read_text(encoding="utf-8")) == theirs
    assert not (folder / "0009.json").exists()


def test_stopped_in_the_middle_it_can_be_finished_or_undone(tmp_path: Path) -> None:
    folder, files, operation = begun(tmp_path, 300)
    before = contents(folder)
    token = CancelToken()
    seen: list[object] = []

    def stop(file: object) -> None:
        seen.append(file)
        if len(seen) == 40:
            token.cancel()

    run(operation, files, Watcher(cancel=token, on_changed=stop))
    summary = operation.finish()
    assert summary.cancelled
    assert 40 <= summary.files < 150
    assert operation.state == journals.STOPPED
    run(operation, files)
    assert operation.finish().files + summary.files == 150
    assert labels_in(folder / "0299.json") == ["lorry", "person"]
    undo(operation)
    assert operation.finish().files == 150
    assert contents(folder) == before
    operation.close()


def test_put_off_images_are_left_and_returned(tmp_path: Path) -> None:
    folder, files, operation = begun(tmp_path, 10)
    mine = next(image for image in files if image.endswith("0003.jpg"))
    deferred = run(operation, files, Watcher(defer=lambda image: image == mine))
    assert deferred == [mine]
    assert labels_in(folder / "0003.json") == ["bus", "person"]
    assert operation.run({mine: files[mine]}, Watcher()) == []
    assert labels_in(folder / "0003.json") == ["lorry", "person"]
    operation.close()


def test_without_a_place_for_the_journal_nothing_is_changed(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    files = make_folder(folder, 3)
    before = contents(folder)
    (tmp_path / "operations").write_text("a file stands in the way")
    with pytest.raises(StorageError, match="The change was not made"):
        FolderChange.begin(RENAME, str(folder), files, parent=tmp_path / "operations")
    assert contents(folder) == before


KILLED = """
import sys
from pathlib import Path
from anylabeling.messages.labels import LabelChange
from anylabeling.services.dataset import folder_journal as journals
from anylabeling.services.dataset.folder_change import FolderChange, Watcher

folder, parent = Path(sys.argv[1]), Path(sys.argv[2])
files = {str(path.with_suffix(".jpg")): str(path) for path in sorted(folder.glob("*.json"))}
change = LabelChange({"bus": "lorry"}, name="Rename bus to lorry")
operation = FolderChange.begin(change, str(folder), files, parent=parent)
operation.start_round(journals.RUNNING, len(files))
operation.run(files, Watcher(on_changed=lambda file: print(file.shapes, flush=True)))
operation.finish()
print("finished", flush=True)
"""


def kill_in_the_middle(folder: Path, parent: Path, after_files: int) -> None:
    """Run a rename in another process and kill it (SIGKILL) once it has changed so many files."""
    command = [sys.executable, "-c", KILLED, str(folder), str(parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for count, line in enumerate(process.stdout, 1):
            assert line.strip() != "finished", "it was over before it could be killed"
            if count == after_files:
                os.kill(process.pid, signal.SIGKILL)
                break


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("after_files", [1, 70, 333])
@pytest.mark.parametrize("finish", [True, False])
def test_killed_in_the_middle_each_file_is_old_or_new_and_it_can_go_either_way(
    tmp_path: Path, after_files: int, finish: bool
) -> None:
    folder, parent = tmp_path / "pictures", tmp_path / "operations"
    folder.mkdir()
    files = make_folder(folder, 1000)
    before = contents(folder)
    kill_in_the_middle(folder, parent, after_files)
    renamed = 0
    for number in range(1, 1000, 2):
        labels = labels_in(folder / f"{number:04}.json")
        assert labels in (["bus", "person"], ["lorry", "person"])
        renamed += labels[0] == "lorry"
    assert after_files <= renamed < 500
    (found,) = interrupted_changes(parent)
    assert (found.name, found.root, found.done, found.total) == ("Rename bus to lorry", str(folder), renamed, 1000)
    operation = FolderChange.open(found.id, parent=parent)
    assert operation is not None
    operation.tidy()
    assert operation.label_files() == files
    if finish:
        run(operation, operation.label_files())
        assert operation.finish().files == 500 - renamed
        assert all(labels_in(folder / f"{number:04}.json")[0] == "lorry" for number in range(1, 1000, 2))
    undo(operation)
    operation.finish()
    operation.close()
    assert contents(folder) == before
    assert interrupted_changes(parent) == []


def test_an_operation_of_a_process_that_lives_is_not_taken_for_interrupted(tmp_path: Path) -> None:
    _folder, _files, operation = begun(tmp_path, 2)
    assert interrupted_changes(tmp_path / "operations") == []
    assert FolderChange.open(operation.id, parent=tmp_path / "operations") is None
    operation.close()
    assert len(interrupted_changes(tmp_path / "operations")) == 1


def test_old_journals_are_forgotten(tmp_path: Path) -> None:
    folder, files, operation = begun(tmp_path, 2)
    operation.finish()
    operation.close()
    for _ in range(25):
        more = FolderChange.begin(RENAME, str(folder), files, parent=tmp_path / "operations")
        more.start_round(journals.RUNNING, 0)
        more.finish()
        more.close()
    assert len(list((tmp_path / "operations").iterdir())) <= 22


def test_a_torn_journal_gives_what_is_whole(tmp_path: Path) -> None:
    folder, files, operation = begun(tmp_path, 20)
    before = contents(folder)
    run(operation, files)
    operation.close()
    journal = next((tmp_path / "operations").iterdir()) / "before"
    journal.write_bytes(journal.read_bytes() + b"ALJ1 half a record")
    again = FolderChange.open(journal.parent.name, parent=tmp_path / "operations")
    assert again is not None
    undo(again)
    again.finish()
    again.close()
    assert contents(folder) == before


names = st.text(min_size=1, max_size=6)


@given(st.lists(names, max_size=6), st.dictionaries(names, names, max_size=3), st.frozensets(names, max_size=2))
def test_only_labels_change(labels: list[str], renames: dict[str, str], deletes: frozenset[str]) -> None:
    shapes = [{"label": label, "points": [[1, 2], [3, 4.5]], "shape_type": "line", "k": [None]} for label in labels]
    data = json.dumps({"shapes": shapes, "imagePath": "a.jpg", "imageData": None}).encode()
    result = changed_bytes(data, "a.json", LabelChange(renames, deletes))
    expected = [{**shape, "label": renames.get(str(shape["label"]), shape["label"])}
                for shape in shapes if shape["label"] not in deletes]  # fmt: skip
    if result is None:
        assert expected == shapes
    else:
        assert json.loads(result[0])["shapes"] == expected
        assert result[1] > 0
