"""One training from its beginning to its end: the data set, the process that trains, what it says, what is kept."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from anylabeling.errors import AppError, StorageError, UsageError
from anylabeling.messages.datasets import ExchangeReport, ImageMode
from anylabeling.messages.progress import Progress
from anylabeling.messages.training import (
    ClassFigures,
    EpochFigures,
    RunState,
    TrainRequest,
    TrainResult,
    TrainRun,
)
from anylabeling.services.auto_labeling.trust_store import TrustStore
from anylabeling.services.training import protocol
from anylabeling.services.training.data_set import data_argument, failures_text, write_data_set
from anylabeling.services.training.needs import (
    check_request,
    check_space,
    check_weights,
    clean_name,
    elsewhere_command,
    install_command,
    is_checkpoint,
    needs,
)
from anylabeling.services.training.planning import Division, divide
from anylabeling.services.training.process import WORKER, kill, lines_of, log_tail, training_process
from anylabeling.services.training.run_store import LOCK_FILE, RunStore, kept_text
from anylabeling.services.training.survey import ImageFacts
from anylabeling.translation import tr, trn
from anylabeling.utils.atomic_io import write_bytes_atomic
from anylabeling.utils.cancellation import Cancelled, CancelToken
from anylabeling.utils.file_lock import lock_file

_USUAL_BATCH = 16
_RECENT_EPOCHS = 5


class TrainSession:
    """Trains one model at a time; ``stop`` and ``abandon`` may be called from any thread.

    Args:
        store: Where runs are kept.
        on_change: Called with the TrainRun as it stands, on the thread that trains.
        on_progress: Called with how far the data set is.
        command: The process that trains; its last argument is the folder of the run.
    """

    def __init__(
        self,
        store: RunStore,
        *,
        on_change: Callable[[TrainRun], object] = lambda _run: None,
        on_progress: Callable[[Progress], object] | None = None,
        command: Sequence[str] = WORKER,
    ) -> None:
        self._store = store
        self._on_change = on_change
        self._on_progress = on_progress
        self._command = tuple(command)
        self._stop = CancelToken()
        self._stop_now = CancelToken()
        self._abandon = CancelToken()

    def stop(self) -> None:
        """End the training after the images it is at; asked again, at once. The best weights by then are kept."""
        if self._stop.cancelled:
            self._stop_now.cancel()
        self._stop.cancel()

    def abandon(self) -> None:
        """End the process at once and write no model; the run can go on later."""
        self._abandon.cancel()

    def begin(self, request: TrainRequest, facts: Sequence[ImageFacts], *, trust: bool = False) -> TrainRun:
        """Train a new model.

        Args:
            request: What is wanted.
            facts: The images with what they have.
            trust: The person has said that they trust the start weights.

        Raises:
            UsageError: When it makes no sense; nothing is left behind then, nor with the other errors.
            UntrustedModelError: When the start weights are not trusted.
            ModelError: When they cannot be understood.
            StorageError: When the run cannot be written, DiskFullError without space.
            Cancelled: When it was stopped before it began to train.
        """
        if self._command == WORKER:
            check_packages()
        division = checked_division(request, facts, trust=trust)
        check_space(Path(request.output) if request.output else self._store.folder)
        run = self._store.new_run(request)
        with _held(run):
            try:
                run = self._prepare(run, division)
            except BaseException:
                with contextlib.suppress(AppError):
                    self._store.forget(run)
                raise
            return self._train(run)

    def go_on(self, folder: str) -> TrainRun:
        """Go on with a run that was interrupted, stopped or failed.

        Raises:
            UsageError: When there is no such run of this program, or nothing is left to do.
            StorageError: When it cannot be written.
        """
        run = self._store.load(folder) if self._store.is_listed(folder) else None
        if run is None or not run.can_resume:
            raise UsageError(tr("This run cannot go on."), hint=tr("Begin a new one."))
        with contextlib.suppress(OSError):
            (Path(folder) / protocol.STOP_FILE).unlink()
        with _held(run):
            return self._train(replace(run, problem="", hint="", details="", can_resume=False, result=None))

    def _prepare(self, run: TrainRun, division: Division) -> TrainRun:
        folder, request = Path(run.folder), run.request
        self._tell(replace(run, images=(division.plan.training, division.plan.validation)))
        data = folder / protocol.DATA_FOLDER
        with _either(self._stop, self._abandon) as cancel:
            report = write_data_set(division, data, cancel=cancel, on_progress=self._on_progress)
        weights = request.weights
        if is_checkpoint(weights):
            with TrustStore().copy_if_trusted(Path(weights)) as copy:
                if copy is None:
                    raise UsageError(tr("{name} was changed meanwhile.", name=Path(weights).name))
                weights = str(folder / "start.pt")
                shutil.copyfile(copy, weights)
        job = {
            "task": request.task.value,
            "name": clean_name(request.name),
            "weights": weights,
            "data": str(data_argument(data, request.task)),
            "epochs": request.epochs,
            "image_size": request.image_size,
            "batch": request.batch,
            "device": request.device,
            "patience": request.patience,
            "seed": request.seed,
        }
        _write_job(folder, job)
        note = failures_text(report)
        images = (division.plan.training, division.plan.validation)
        run = replace(run, images=images, notes=(*division.plan.warnings, *((note,) if note else ())))
        self._store.save(run)
        return run

    def _train(self, run: TrainRun) -> TrainRun:
        folder = Path(run.folder)
        job = protocol.read_job(folder)
        run = self._keep(replace(run, state=RunState.TRAINING, share=0.0, left_s=None))
        while True:
            run, failure = self._child(run)
            if not failure or failure.get("reason") != protocol.MEMORY or self._stop.cancelled:
                break
            batch = run.batch or job["batch"] or _USUAL_BATCH
            if batch < 2:
                break
            job["batch"] = batch // 2
            _write_job(folder, job)
            note = tr("There was too little memory for {batch} images at once; it goes on with {half}.",
                      batch=batch, half=batch // 2)  # fmt: skip
            run = self._keep(replace(run, batch=batch // 2, notes=(*run.notes, note), state=RunState.TRAINING))
        if self._stop_now.cancelled and run.result is None and not self._abandon.cancelled:
            if (folder / protocol.BEST_FILE).is_file():
                _write_job(folder, job | {"only_export": True})
                run, failure = self._child(replace(run, state=RunState.EXPORTING), even_if_stopped=True)
                _write_job(folder, job)
            else:
                failure = {"text": "no epoch was whole"}
        return self._end(run, failure)

    def _child(self, run: TrainRun, *, even_if_stopped: bool = False) -> tuple[TrainRun, dict[str, Any] | None]:
        """Run the process once; return how the run stands, and the event of its failure; an empty one for a kill."""
        folder = Path(run.folder)
        failure: dict[str, Any] | None = None
        ended = False
        with training_process(self._command, folder) as process:
            withdrawals = [token.on_cancel(lambda: kill(process)) for token in self._killers(even_if_stopped)]
            ask = self._stop.on_cancel(lambda: _ask_to_stop(folder))
            try:
                for line in lines_of(process):
                    event = protocol.read_event(line)
                    if event.get("event") == protocol.FAILED:
                        failure = event
                    elif event:
                        run = self._after(run, event)
                        ended = ended or event["event"] == protocol.DONE
                code = process.wait()
            finally:
                for withdraw in (*withdrawals, ask):
                    withdraw()
        if ended:
            return run, None
        if failure is None:
            failure = {"code": code}
        return run, failure

    def _killers(self, even_if_stopped: bool) -> tuple[CancelToken, ...]:
        return (self._abandon,) if even_if_stopped else (self._abandon, self._stop_now)

    def _after(self, run: TrainRun, event: Mapping[str, Any]) -> TrainRun:
        """Return a run after an event; what makes no sense is left out."""
        kind = event["event"]
        try:
            if kind == protocol.STARTED:
                return self._keep(replace(run, batch=int(event["batch"]), device=str(event["device"])))
            if kind == protocol.BATCH:
                share = min(max(float(event["share"]), 0.0), 1.0)
                run = replace(run, share=share, left_s=_left(run, share))
            elif kind == protocol.EPOCH:
                return self._keep(_with_epoch(run, event))
            elif kind == protocol.EXPORTING:
                return self._keep(replace(run, state=RunState.EXPORTING, share=0.0, left_s=None))
            elif kind == protocol.DONE:
                return replace(run, result=_result(event))
        except (KeyError, TypeError, ValueError, AttributeError):
            return run
        self._tell(run)
        return run

    def _end(self, run: TrainRun, failure: Mapping[str, Any] | None) -> TrainRun:
        folder = Path(run.folder)
        run = replace(run, share=0.0, left_s=None)
        done = run.figures[-1].epoch if run.figures else 0
        whole = done >= run.request.epochs
        if failure is None:
            if run.result is not None:
                with contextlib.suppress(AppError):  # who goes on from what this program has just written is not asked
                    TrustStore().trust(Path(run.result.weights))
            was_stopped = self._stop.cancelled and not whole
            if not was_stopped:
                with contextlib.suppress(OSError):
                    (folder / protocol.RESUME_FILE).unlink()
                if not whole:
                    note = trn(
                        "It ended after %n epoch, since it no longer got better.",
                        "It ended after %n epochs, since it no longer got better.",
                        done,
                    )
                    run = replace(run, notes=(*run.notes, note))
            state = RunState.STOPPED if was_stopped else RunState.DONE
            run = replace(run, state=state, can_resume=was_stopped)
        elif self._abandon.cancelled:
            run = replace(
                run,
                state=RunState.INTERRUPTED,
                problem=tr("The program ended while this was running."),
                hint=kept_text(folder),
                can_resume=True,
            )
        elif self._stop.cancelled:
            text = tr("It was stopped before the first epoch was whole, so there is no model.")
            run = replace(run, state=RunState.STOPPED, problem=text, can_resume=False)
        else:
            run = _failed(run, failure)
        return self._keep(run)

    def _keep(self, run: TrainRun) -> TrainRun:
        # A full disk must not end a training that still has its weights in memory.
        with contextlib.suppress(StorageError):
            self._store.save(run)
        self._tell(run)
        return run

    def _tell(self, run: TrainRun) -> None:
        self._on_change(run)


def checked_division(request: TrainRequest, facts: Sequence[ImageFacts], *, trust: bool = False) -> Division:
    """Return the images of a training that can begin.

    Raises:
        UsageError: When it makes no sense.
        UntrustedModelError: When the start weights are not trusted.
        ModelError: When they cannot be understood.
    """
    check_request(request)
    division = divide(facts, request, check_weights(request, trust=trust))
    if division.plan.problem:
        raise UsageError(division.plan.problem)
    return division


def check_packages() -> None:
    """Raise UsageError where packages are missing that train."""
    lacking = needs()
    if lacking.missing:
        raise UsageError(missing_text(lacking.missing), hint=tr("Install with: {command}", command=lacking.command))


def missing_text(missing: Sequence[str]) -> str:
    """Return what is missing, in plain words."""
    return tr("Training needs packages that are not installed: {packages}.", packages=", ".join(missing))


def write_for_elsewhere(
    request: TrainRequest,
    facts: Sequence[ImageFacts],
    folder: Path,
    *,
    cancel: CancelToken | None = None,
    on_progress: Callable[[Progress], object] | None = None,
) -> tuple[ExchangeReport, str]:
    """Write the data set alone, with copies of the pictures.

    Returns:
        What was written, and the command that trains with it on a machine that can.

    Raises:
        AppError: As ``TrainSession.begin`` does; start weights need no trust, since nothing is loaded.
    """
    check_request(request)
    division = divide(facts, request)
    if division.plan.problem:
        raise UsageError(division.plan.problem)
    report = write_data_set(division, folder, images=ImageMode.COPY, cancel=cancel, on_progress=on_progress)
    return report, elsewhere_command(request, str(data_argument(folder, request.task)))


@contextlib.contextmanager
def _held(run: TrainRun) -> Iterator[None]:
    """Hold the lock of a run, which ends with this process."""
    try:
        lock: BinaryIO | None = lock_file(Path(run.folder) / LOCK_FILE)
    except OSError as error:
        raise StorageError(
            tr("{name} could not be saved: {reason}.", name=LOCK_FILE, reason=error.strerror or error),
            details=repr(error),
        ) from error
    if lock is None:
        raise UsageError(tr("This run is on its way in another window."))
    with lock:
        yield


@contextlib.contextmanager
def _either(*tokens: CancelToken) -> Iterator[CancelToken]:
    """Give a token that is cancelled with any of several."""
    both = CancelToken()
    withdraw = [token.on_cancel(both.cancel) for token in tokens]
    try:
        yield both
        if both.cancelled:
            raise Cancelled
    finally:
        for one in withdraw:
            one()


def _ask_to_stop(folder: Path) -> None:
    with contextlib.suppress(OSError):
        (folder / protocol.STOP_FILE).touch()


def _write_job(folder: Path, job: Mapping[str, Any]) -> None:
    write_bytes_atomic(folder / protocol.JOB_FILE, json.dumps(job, indent=2).encode("utf-8"), fsync=False)


def _with_epoch(run: TrainRun, event: Mapping[str, Any]) -> TrainRun:
    figures = EpochFigures(
        int(event["epoch"]),
        tuple((str(name), float(value)) for name, value in event["losses"].items()),
        float(event["score"]),
        float(event["strict"]),
        float(event["seconds"]),
    )
    # An epoch that was gone through again counts once.
    before = tuple(one for one in run.figures if one.epoch < figures.epoch)
    run = replace(run, figures=(*before, figures), share=0.0, seconds=run.seconds + figures.seconds)
    return replace(run, left_s=_left(run, 0.0))


def _left(run: TrainRun, share: float) -> float | None:
    recent = [one.seconds for one in run.figures[-_RECENT_EPOCHS:]]
    if not recent:
        return None
    return sum(recent) / len(recent) * max(run.request.epochs - run.figures[-1].epoch - share, 0.0)


def _result(event: Mapping[str, Any]) -> TrainResult:
    note = str(event.get("note") or "")
    return TrainResult(
        str(event["model"]),
        str(event["weights"]),
        float(event["score"]),
        float(event["strict"]),
        tuple(
            ClassFigures(
                str(one["label"]),
                int(one["objects"]),
                float(one["precision"]),
                float(one["recall"]),
                float(one["score"]),
            )
            for one in event["classes"]
        ),
        tr("The model could not be exported to ONNX: {reason}", reason=note) if note else "",
    )


def _failed(run: TrainRun, failure: Mapping[str, Any]) -> TrainRun:
    reason = failure.get("reason")
    state, go_on = RunState.FAILED, kept_text(Path(run.folder))
    if reason == protocol.MEMORY:
        text = tr("There is too little memory, even for one image at a time.")
        hint = tr("Choose a smaller image size or a smaller network.")
    elif reason == protocol.DISK:
        text, hint = tr("The disk is full."), tr("Make space. {go_on}", go_on=go_on)
    elif reason == protocol.MISSING:
        text = str(failure.get("text"))
        hint = install_command(("torch", "ultralytics"))
    elif reason is None:
        state = RunState.INTERRUPTED
        text = tr("The process that trains was ended from outside, perhaps since there was too little memory.")
        hint = tr("{go_on} If it happens again, choose a smaller batch.", go_on=go_on)
    else:
        text = tr("The training ended with an error: {reason}", reason=str(failure.get("text"))[:300])
        hint = tr("Details has the last lines of its log.")
    return replace(run, state=state, problem=text, hint=hint, details=log_tail(Path(run.folder)), can_resume=True)
