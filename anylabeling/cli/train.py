"""``anylabeling train``: train a model with the labels of a folder."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from anylabeling.cli import EXIT_FAILURES, EXIT_OK, EXIT_STOPPED
from anylabeling.cli.console import Console, complain
from anylabeling.cli.inputs import images_of, root_folder
from anylabeling.errors import UsageError
from anylabeling.utils.cancellation import CancelToken

if TYPE_CHECKING:
    from anylabeling.messages.training import TrainPlan, TrainRequest, TrainRun
    from anylabeling.services.training.run_store import RunStore
    from anylabeling.services.training.session import TrainSession

_TASKS = ("detect", "segment", "pose", "obb", "classify")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    from anylabeling.services.filtering.arguments import class_list

    parser.description = (
        "Train a model of YOLO with the labels of a folder, in a process of its own, and export it to ONNX. "
        "Ctrl+C ends it after the images it is at and keeps the best weights; a second one ends it at once."
    )
    parser.epilog = "Exit codes: 0 done, 1 failed, 2 bad usage, 130 stopped. Needs the packages ultralytics and torch."
    parser.add_argument("path", metavar="DIR", nargs="?", help="a folder of images with labels")
    parser.add_argument("--task", choices=_TASKS, help="what the model learns (default: detect)")
    start = parser.add_mutually_exclusive_group()
    start.add_argument("--weights", metavar="FILE", help="a .pt file to go on from")
    start.add_argument(
        "--size", metavar="NAME", default="yolo11n", help="network to begin from scratch (default: yolo11n)"
    )
    parser.add_argument("--trust", action="store_true", help="load the .pt file although that runs code from it")
    parser.add_argument("--name", default="model", help="name of the run and of its model (default: model)")
    parser.add_argument("--epochs", type=int, default=100, metavar="N", help="most rounds (default: 100)")
    parser.add_argument("--imgsz", type=int, default=0, metavar="PX", help="image size (default: 640, classify: 224)")
    parser.add_argument("--batch", type=int, default=0, metavar="N", help="images at once (default: what fits)")
    parser.add_argument("--device", default="", help="cpu, or the number of a GPU (default: the best there is)")
    parser.add_argument("--patience", type=int, default=50, metavar="N", help="end after N rounds that are no better")
    parser.add_argument("--val", type=int, default=20, metavar="PERCENT", help="share to check with (default: 20)")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="another number divides in another way")
    parser.add_argument("--by-folders", action="store_true", help="divide by the folders train and val instead")
    parser.add_argument("--only-checked", action="store_true", help="leave out images that nobody has checked")
    parser.add_argument("--classes", type=class_list, metavar="A,B", help="only these labels (default: all)")
    parser.add_argument("--keep-classes", action="store_true", help="keep all classes of the start weights")
    parser.add_argument("--labels", metavar="DIR", help="folder of the label files (default: beside the pictures)")
    parser.add_argument("--recursive", "-r", action="store_true", help="look into sub-folders too")
    parser.add_argument("--output", "-o", metavar="DIR", help="folder for the run (default: ~/.anylabeling/training)")
    parser.add_argument("--resume", metavar="RUN", help="go on with the run in this folder")
    parser.add_argument("--dry-run", action="store_true", help="say what would be trained with, and end")
    parser.add_argument("--data-only", metavar="DIR", help="write the data set there, to train with it elsewhere")
    parser.add_argument("--runs", action="store_true", help="list the runs so far")


def run(arguments: argparse.Namespace, cancel: CancelToken) -> int:
    """Train, and say what came of it."""
    from anylabeling.services.training.process import WORKER
    from anylabeling.services.training.run_store import RunStore
    from anylabeling.services.training.session import TrainSession, check_packages

    store = RunStore()
    if arguments.runs:
        return _list_runs(store)
    console = Console(sys.stderr)
    teller = _Teller(console)
    session = TrainSession(store, on_change=teller.tell, on_progress=console.progress, command=WORKER)
    if arguments.resume:
        check_packages()
        withdraw = _stop_with(cancel, session)
        try:
            return _end(session.go_on(str(Path(arguments.resume).absolute())), console)
        finally:
            withdraw()
    if not arguments.path:
        raise UsageError("Name the folder of images.", hint="Or go on with a run: --resume.")
    return _begin(arguments, cancel, session, console)


def _begin(arguments: argparse.Namespace, cancel: CancelToken, session: TrainSession, console: Console) -> int:
    from anylabeling.composition import label_store
    from anylabeling.services.dataset.exchange_sources import LabelSource
    from anylabeling.services.training.needs import check_request, check_weights
    from anylabeling.services.training.planning import divide
    from anylabeling.services.training.session import check_packages, write_for_elsewhere
    from anylabeling.services.training.survey import survey

    request = _request(arguments)
    check_request(request)
    if not (arguments.dry_run or arguments.data_only):
        check_packages()
        check_weights(request, trust=arguments.trust)
    paths = images_of(arguments, cancel)
    root = root_folder(arguments.path)
    facts = survey(LabelSource(str(root), paths, label_store(root, arguments.labels)), cancel=cancel)
    plan = divide(facts, request).plan
    _print_plan(plan)
    if plan.problem:
        raise UsageError(plan.problem)
    if arguments.dry_run:
        return EXIT_OK
    if arguments.data_only:
        report, command = write_for_elsewhere(
            request, facts, Path(arguments.data_only), cancel=cancel, on_progress=console.progress
        )
        console.clear()
        for failure in report.failed:
            console.failed(failure)
        print(f"{report.images:,} images are in {report.place}. Train with them where Ultralytics is:")
        print(command)
        return EXIT_FAILURES if report.failed else EXIT_OK
    withdraw = _stop_with(cancel, session)
    try:
        return _end(session.begin(request, facts, trust=arguments.trust), console)
    finally:
        withdraw()


def _request(arguments: argparse.Namespace) -> TrainRequest:
    from anylabeling.messages.training import TrainRequest, TrainTask

    task = TrainTask(arguments.task or TrainTask.DETECT.value)
    return TrainRequest(
        task,
        arguments.name,
        arguments.weights or arguments.size,
        arguments.epochs,
        arguments.imgsz or (224 if task is TrainTask.CLASSIFY else 640),
        arguments.batch,
        arguments.device,
        arguments.val,
        arguments.seed,
        arguments.by_folders,
        arguments.only_checked,
        arguments.patience,
        arguments.output or "",
        tuple(sorted(arguments.classes)) if arguments.classes else None,
        arguments.keep_classes,
    )


def _stop_with(cancel: CancelToken, session: TrainSession) -> Callable[[], None]:
    def stop() -> None:
        complain("Stopping after the images it is at. Once more ends it at once.")
        session.stop()

    return cancel.on_cancel(stop)


class _Teller:
    """Prints a line for each epoch and for what happens besides."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._epochs = 0
        self._notes = 0
        self._device = ""

    def tell(self, run: TrainRun) -> None:
        if run.device and run.device != self._device:
            self._device = run.device
            self._console.result(f"{run.folder}: {run.device}, {run.batch} images at once")
        for note in run.notes[self._notes :]:
            self._console.clear()
            complain(f"note: {note}")
        self._notes = len(run.notes)
        for one in run.figures:
            if one.epoch <= self._epochs:
                continue
            self._epochs = one.epoch
            parts = [f"epoch {one.epoch}/{run.request.epochs}", f"{_score_name(run)} {one.score:.3f}"]
            parts.append(", ".join(f"{name} {value:.3f}" for name, value in one.losses))
            self._console.result("  ".join([*parts, f"{one.seconds:.1f} s"]))


def _end(run: TrainRun, console: Console) -> int:
    from anylabeling.messages.training import RunState

    console.clear()
    result = run.result
    if result is not None:
        if result.classes:
            width = max(len("class"), *(len(one.label) for one in result.classes))
            print(f"{'class':<{width}}  objects  precision  recall  {_score_name(run)}")
            for one in result.classes:
                figures = f"{one.precision:>9.3f}  {one.recall:>6.3f}  {one.score:.3f}"
                print(f"{one.label:<{width}}  {one.objects:>7,}  {figures}")
            print()
        print(f"{_score_name(run):<12} {result.score:.3f}")
        print(f"{'model':<12} {result.model}")
        if result.note:
            complain(f"note: {result.note}")
    if run.problem:
        if run.details:
            complain(run.details)
        complain(f"anylabeling train: error: {run.problem} {run.hint}".rstrip())
    if run.can_resume:
        complain(f"Go on with: anylabeling train --resume {shlex.quote(run.folder)}")
    return {RunState.DONE: EXIT_OK, RunState.STOPPED: EXIT_STOPPED}.get(run.state, EXIT_FAILURES)


def _score_name(run: TrainRun) -> str:
    return "accuracy" if run.request.task.value == "classify" else "mAP50"


def _print_plan(plan: TrainPlan) -> None:
    if plan.classes:
        width = max(len("class"), *(len(share.label) for share in plan.classes))
        print(f"{'class':<{width}}  to learn  to check")
        for share in plan.classes:
            print(f"{share.label:<{width}}  {share.training:>8,}  {share.validation:>8,}")
        print()
    print(f"images to learn from {plan.training:,}, to check with {plan.validation:,}, left out {plan.left_out:,}")
    for warning in plan.warnings:
        complain(f"warning: {warning}")


def _list_runs(store: RunStore) -> int:
    for run in store.runs():
        score = run.result.score if run.result is not None else run.best.score if run.best is not None else None
        epochs = f"{run.figures[-1].epoch if run.figures else 0}/{run.request.epochs}"
        figure = f"{_score_name(run)} {score:.3f}" if score is not None else ""
        print(f"{run.state.value:<12} {run.request.task.value:<9} {epochs:>9}  {figure:<15} {run.folder}")
    return EXIT_OK
