"""What a program left behind goes back to the picture that it was made on, and to no other unasked."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest

from anylabeling.document.annotation import Annotation
from anylabeling.document.label_file import read_label_file
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.services.dataset.edit_journal import EditJournal, LeftBehind, PictureChangedError, Unsaved
from anylabeling.services.dataset.label_store import LabelConflictError
from anylabeling.utils.file_stamp import FileStamp


def leave_behind(journals: Path, image: Path) -> list[LeftBehind]:
    """Let a program keep the labels of an image, and end; return what the next one finds."""
    shape = Shape(ShapeKind.RECTANGLE, np.array([[1.0, 2.0], [30.0, 40.0]]), "cup")
    journal = EditJournal(journals)
    journal.keep(Unsaved(str(image), Annotation(shapes=(shape,)), (80, 60), None, picture=FileStamp.of(image)))
    journal.close()
    return EditJournal(journals).left_behind()


@pytest.fixture
def image(tmp_path: Path) -> Path:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"a picture")
    return path


def test_another_picture_of_the_name_gets_the_labels_only_when_asked(tmp_path: Path, image: Path) -> None:
    found = leave_behind(tmp_path / "journal", image)
    image.unlink()
    image.write_bytes(b"another picture")
    done, failed = EditJournal(tmp_path / "journal").restore(found)
    assert done == []
    assert [type(error) for _left, error in failed] == [PictureChangedError]
    assert not image.with_suffix(".json").exists()
    image.with_suffix(".json").write_text('{"shapes": [], "imagePath": "a.jpg", "flags": {}}')
    # To take any picture does not say that the label file may be replaced.
    done, failed = EditJournal(tmp_path / "journal").restore(found, any_picture=True)
    assert [type(error) for _left, error in failed] == [LabelConflictError]
    done, failed = EditJournal(tmp_path / "journal").restore(found, any_picture=True, overwrite=True)
    assert (len(done), failed) == (1, [])
    assert [one.label for one in read_label_file(image.with_suffix(".json")).shapes] == ["cup"]


def test_a_copy_that_kept_its_time_is_the_same_picture(tmp_path: Path, image: Path) -> None:
    found = leave_behind(tmp_path / "journal", image)
    times = image.stat().st_mtime_ns
    copy = tmp_path / "copy"
    copy.write_bytes(image.read_bytes())
    os.utime(copy, ns=(times, times))
    copy.replace(image)
    done, failed = EditJournal(tmp_path / "journal").restore(found)
    assert (len(done), failed) == (1, [])


def test_what_an_older_program_kept_is_found(tmp_path: Path, image: Path) -> None:
    (found,) = leave_behind(tmp_path / "journal", image)
    head, _, labels = found.kept_in.read_bytes().partition(b"\n")
    facts = json.loads(head)
    del facts["picture"]  # it did not know about it
    found.kept_in.write_bytes(json.dumps(facts).encode() + b"\n" + labels)
    image.write_bytes(b"another picture")
    done, failed = EditJournal(tmp_path / "journal").restore(EditJournal(tmp_path / "journal").left_behind())
    assert (len(done), failed) == (1, [])
