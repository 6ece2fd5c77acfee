"""A kill while the label index is being built costs nothing but the files that were not read yet."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from anylabeling.services.dataset.label_index import LabelIndex
from anylabeling.services.dataset.label_store import LabelStore

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills a process")

FILES = 5000
CHILD = """
import sys
from pathlib import Path
from anylabeling.services.dataset.label_index import LabelIndex
from anylabeling.services.dataset.label_store import LabelStore
folder, database = map(Path, sys.argv[1:3])
images = [str(folder / f"{number:05}.jpg") for number in range(int(sys.argv[3]))]
LabelIndex(database).refresh(images, LabelStore(), on_progress=lambda done, _all: print(done, flush=True))
"""


def test_a_kill_at_several_moments_leaves_an_index_that_goes_on(tmp_path: Path) -> None:
    folder, database = tmp_path / "images", tmp_path / "labels.sqlite"
    folder.mkdir()
    images = [str(folder / f"{number:05}.jpg") for number in range(FILES)]
    for number, image in enumerate(images):
        shape = {"label": f"c{number % 7}", "points": [[0, 0], [number, 1]]}
        Path(image).with_suffix(".json").write_text(json.dumps({"shapes": [shape]}))
    before = 0
    for portions in (1, 2, 3):
        command = [sys.executable, "-c", CHILD, str(folder), str(database), str(FILES)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            told = [process.stdout.readline() for _ in range(portions)]
            process.kill()
        index = LabelIndex(database)
        after = index.stats().entries
        assert index.take_notices() == ()
        index.close()
        # All of it may have been done before the kill.
        assert before < after <= FILES if all(told) else after == FILES
        before = after
    index = LabelIndex(database)
    summary = index.refresh(images, LabelStore())
    assert before > 0
    assert (summary.unchanged, summary.read) == (before, FILES - before)
    columns = index.columns(images)
    assert columns.boxes[:, 2].tolist() == list(range(FILES))
    assert index.refresh(images, LabelStore()).read == 0
    index.close()
