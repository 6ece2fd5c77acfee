"""The runs so far: a folder for each, with what was asked for and what came of it; and a list of these folders."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import orjson

from anylabeling.errors import StorageError
from anylabeling.messages.training import (
    ClassFigures,
    EpochFigures,
    RunState,
    TrainRequest,
    TrainResult,
    TrainRun,
    TrainTask,
)
from anylabeling.services.training.needs import clean_name
from anylabeling.services.training.protocol import JOB_FILE, RESUME_FILE
from anylabeling.translation import tr
from anylabeling.utils.atomic_io import write_bytes_atomic
from anylabeling.utils.file_lock import lock_file
from anylabeling.utils.paths import data_dir

RUN_FILE = "run.json"
LOCK_FILE = "lock"
_LIST = "runs.json"
_MOST_BYTES = 64 << 20


class RunStore:
    """Finds, keeps and removes runs. Only folders that are in the list are ever gone on with or removed."""

    def __init__(self, folder: Path | None = None) -> None:
        """Use a folder for runs whose place nobody chose, and for the list; the program's own by default."""
        self._folder = folder or data_dir() / "training"

    @property
    def folder(self) -> Path:
        """Where runs are whose place nobody chose; it may not exist yet."""
        return self._folder

    def new_run(self, request: TrainRequest) -> TrainRun:
        """Make the folder of a run.

        Raises:
            StorageError: When it cannot be made.
        """
        parent = Path(request.output).absolute() if request.output else self._folder
        name = clean_name(request.name)
        for number in range(1, 100_000):
            folder = parent / (name if number == 1 else f"{name}-{number}")
            try:
                folder.mkdir(parents=True)
            except FileExistsError as error:
                if not folder.is_dir():
                    raise _not_made(folder, error) from error
                continue
            except OSError as error:
                raise _not_made(folder, error) from error
            run = TrainRun(str(folder), request, started=time.time())
            self.save(run)
            self._change_list(add=str(folder))
            return run
        raise StorageError(tr("The folder {folder} could not be made: {reason}.", folder=parent, reason=name))

    def save(self, run: TrainRun) -> None:
        """Keep how a run stands.

        Raises:
            StorageError: When it cannot be written.
        """
        content = asdict(run) | {"version": 1}
        write_bytes_atomic(Path(run.folder) / RUN_FILE, orjson.dumps(content, option=orjson.OPT_INDENT_2), fsync=False)

    def runs(self) -> list[TrainRun]:
        """Return all runs that are still there, the newest first; one that nobody runs any more was interrupted."""
        found = [run for folder in self._listed() if (run := self.load(folder)) is not None]
        return sorted(found, key=lambda run: run.started, reverse=True)

    def load(self, folder: str) -> TrainRun | None:
        """Return a run, or None where there is none that can be understood."""
        path = Path(folder)
        try:
            if (path / RUN_FILE).stat().st_size > _MOST_BYTES:
                return None
            run = _run_of(folder, orjson.loads((path / RUN_FILE).read_bytes()))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None
        if run.state.runs and not is_held(path):
            run = replace(
                run,
                state=RunState.INTERRUPTED,
                problem=run.problem or tr("The program ended while this was running."),
                hint=kept_text(path),
            )
        return replace(run, can_resume=self._can_resume(run, path))

    def is_listed(self, folder: str) -> bool:
        """Return whether a folder is one of this program's own runs."""
        return folder in self._listed()

    def remove(self, run: TrainRun) -> None:
        """Delete a run with all its files.

        Raises:
            StorageError: When they cannot be deleted, or the folder is no run of this program.
        """
        folder = Path(run.folder)
        if not self.is_listed(run.folder) or is_held(folder):
            raise StorageError(tr("{name} is in use and was not deleted.", name=folder.name))
        self.forget(run)

    def forget(self, run: TrainRun) -> None:
        """Delete a run that this program itself has just made, or holds; see remove."""
        folder = Path(run.folder)
        try:
            if folder.is_dir():
                shutil.rmtree(folder)
        except OSError as error:
            raise StorageError(
                tr("{name} could not be deleted: {reason}.", name=folder.name, reason=error.strerror or error),
                details=repr(error),
            ) from error
        self._change_list(remove=run.folder)

    def _can_resume(self, run: TrainRun, path: Path) -> bool:
        ended = run.state in (RunState.INTERRUPTED, RunState.FAILED, RunState.STOPPED)
        if not ended or not (path / JOB_FILE).is_file():
            return False
        done = run.figures[-1].epoch if run.figures else 0
        return done < run.request.epochs and (run.state is not RunState.STOPPED or (path / RESUME_FILE).is_file())

    def _listed(self) -> list[str]:
        try:
            content = orjson.loads((self._folder / _LIST).read_bytes())
        except (OSError, ValueError):
            return []
        folders = content.get("folders") if isinstance(content, dict) else None
        return [one for one in folders if isinstance(one, str)] if isinstance(folders, list) else []

    def _change_list(self, *, add: str = "", remove: str = "") -> None:
        with contextlib.suppress(OSError):  # writing says what is wrong
            self._folder.mkdir(parents=True, exist_ok=True)
        folders = [one for one in self._listed() if one not in (add, remove) and Path(one).is_dir()]
        if add:
            folders.append(add)
        data = orjson.dumps({"folders": folders}, option=orjson.OPT_INDENT_2)
        write_bytes_atomic(self._folder / _LIST, data, fsync=False)


def kept_text(folder: Path) -> str:
    """Return what there is to go on from."""
    if (folder / RESUME_FILE).is_file():
        return tr("What was learned by the last whole epoch is kept: go on with it.")
    return tr("No epoch was whole yet. Going on begins anew with the same images.")


def is_held(folder: Path) -> bool:
    """Return whether a program that is alive runs the run of a folder."""
    path = folder / LOCK_FILE
    if not path.exists():
        return False
    with contextlib.suppress(OSError):
        stream = lock_file(path)
        if stream is None:
            return True
        stream.close()
    return False


def _not_made(folder: Path, error: OSError) -> StorageError:
    return StorageError(
        tr("The folder {folder} could not be made: {reason}.", folder=folder, reason=error.strerror or error),
        details=repr(error),
    )


def _run_of(folder: str, content: Mapping[str, Any]) -> TrainRun:
    asked = dict(content["request"])
    asked["task"] = TrainTask(asked["task"])
    for key in ("classes", "known_classes"):
        asked[key] = None if asked.get(key) is None else tuple(map(str, asked[key]))
    asked["known_classes"] = asked["known_classes"] or ()
    result = content.get("result")
    if result is not None:
        result = TrainResult(**{**result, "classes": tuple(ClassFigures(**one) for one in result["classes"])})
    figures = tuple(
        EpochFigures(
            int(one["epoch"]),
            tuple((str(name), float(value)) for name, value in one["losses"]),
            float(one["score"]),
            float(one["strict"]),
            float(one["seconds"]),
        )
        for one in content["figures"]
    )
    return TrainRun(
        folder,
        TrainRequest(**asked),
        RunState(content["state"]),
        float(content["started"]),
        float(content["seconds"]),
        (int(content["images"][0]), int(content["images"][1])),
        int(content["batch"]),
        str(content["device"]),
        figures,
        result=result,
        notes=tuple(map(str, content["notes"])),
        problem=str(content["problem"]),
        hint=str(content["hint"]),
        details=str(content["details"]),
    )
