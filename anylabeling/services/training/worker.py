"""The process that trains: ``python -m anylabeling.services.training.worker FOLDER``; see ``protocol``.

It installs nothing, calls nobody, and writes into the folder of the run only. It ends with the program that started it,
on Linux at once, elsewhere after the images it is at; what it has learned is kept with every epoch.
"""

from __future__ import annotations

import contextlib
import errno
import math
import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from anylabeling.services.training.protocol import (
    BATCH,
    DATA,
    DISK,
    DONE,
    EPOCH,
    EXPORTING,
    FAILED,
    MEMORY,
    MISSING,
    OTHER,
    RESUME_FILE,
    STARTED,
    STOP_FILE,
    TRAIN_FOLDER,
    Reporter,
    read_job,
    take_standard_output,
)

_SUFFIXES = {"detect": "", "segment": "-seg", "pose": "-pose", "obb": "-obb", "classify": "-cls"}
_FIGURES = {
    "detect": ("metrics/mAP50(B)", "metrics/mAP50-95(B)"),
    "segment": ("metrics/mAP50(M)", "metrics/mAP50-95(M)"),
    "pose": ("metrics/mAP50(P)", "metrics/mAP50-95(P)"),
    "obb": ("metrics/mAP50(B)", "metrics/mAP50-95(B)"),
    "classify": ("metrics/accuracy_top1", "metrics/accuracy_top5"),
}
_OUT_OF_MEMORY = ("out of memory", "can't allocate memory", "cublas_status_alloc_failed", "not enough memory")
_DISK_FULL = ("no space left", "disk quota", "pytorchstreamwriter failed", "not enough space")
_LOCAL = ("127.0.0.1", "::1", "localhost", "")
_EVERY_S = 0.2
_SIGNAL_AT_PARENTS_END = 1
"""PR_SET_PDEATHSIG of prctl."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do the job of a folder and say how it went."""
    folder = Path((sys.argv[1:] if arguments is None else arguments)[0])
    # Ctrl+C goes to every process of a terminal; the program decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_program()
    reporter = take_standard_output()
    try:
        _work(folder, read_job(folder), reporter)
    except BrokenPipeError:  # the program is gone
        return 1
    except BaseException as error:  # noqa: BLE001 - the edge of the process: the program says it to the person
        traceback.print_exc()
        with contextlib.suppress(OSError):
            reporter.say(FAILED, reason=_reason(error), text=str(error)[:2000], details=repr(error)[:4000])
        return 1
    return 0


def _end_with_program() -> None:
    """Ask the system to end this process with the one that started it, however that ends. Only Linux can."""
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_SIGNAL_AT_PARENTS_END, signal.SIGKILL)


def _work(folder: Path, job: dict[str, Any], reporter: Reporter) -> None:
    from anylabeling.services.auto_labeling.ultralytics_backend import import_for_training

    _forbid(folder)
    ultralytics, torch = import_for_training()
    if job.get("only_export"):
        _export(ultralytics, folder, job, reporter, None)
        return
    resume = folder / RESUME_FILE
    goes_on = resume.is_file()
    network = job["weights"] if job["weights"].endswith(".pt") else f"{job['weights']}{_SUFFIXES[job['task']]}.yaml"
    model = ultralytics.YOLO(str(resume) if goes_on else network, task=job["task"], verbose=False)
    watch = _Watch(folder, job, reporter, torch)
    for event, method in watch.callbacks().items():
        model.add_callback(event, method)
    metrics = model.train(
        **({"resume": str(resume)} if goes_on else {}),
        data=job["data"],
        epochs=job["epochs"],
        imgsz=job["image_size"],
        batch=job["batch"] or (16 if _device(torch, job["device"]) == "cpu" else -1),
        device=_device(torch, job["device"]),
        patience=job["patience"] or job["epochs"],
        seed=job["seed"],
        workers=min(8, os.cpu_count() or 1),
        project=str(folder),
        name=TRAIN_FOLDER,
        exist_ok=True,
        save_dir=str(folder / TRAIN_FOLDER),
        plots=False,
        verbose=False,
    )
    _export(ultralytics, folder, job, reporter, metrics)


class _Watch:
    """Tells how far it is, and looks whether it is to end."""

    def __init__(self, folder: Path, job: dict[str, Any], reporter: Reporter, torch: Any) -> None:
        self._torch = torch
        self._folder = folder
        self._job = job
        self._reporter = reporter
        self._told_s = 0.0
        self._began_s = 0.0
        self._batch = 0

    def callbacks(self) -> dict[str, Any]:
        return {
            "on_train_start": self._on_start,
            "on_train_epoch_start": self._on_epoch_start,
            "on_train_batch_end": self._on_batch,
            "on_train_epoch_end": self._look,
            "on_model_save": self._on_save,
            "on_fit_epoch_end": self._on_epoch,
        }

    def _on_start(self, trainer: Any) -> None:
        device = trainer.device
        name = self._torch.cuda.get_device_name(device) if device.type == "cuda" else device.type.upper()
        self._reporter.say(STARTED, batch=int(trainer.batch_size), device=name, epoch=int(trainer.start_epoch))

    def _on_epoch_start(self, trainer: Any) -> None:
        self._began_s = time.monotonic()
        self._batch = 0
        self._tell(trainer)

    def _on_batch(self, trainer: Any) -> None:
        self._batch += 1
        self._look(trainer)
        if time.monotonic() - self._told_s >= _EVERY_S:
            self._tell(trainer)

    def _tell(self, trainer: Any) -> None:
        self._told_s = time.monotonic()
        total = max(len(trainer.train_loader), 1)
        self._reporter.say(BATCH, epoch=int(trainer.epoch) + 1, share=min(self._batch / total, 1.0))

    def _look(self, trainer: Any) -> None:
        if (self._folder / STOP_FILE).exists():
            trainer.stop = True

    def _on_save(self, trainer: Any) -> None:
        """Keep the state beside: the file that the trainer writes is not whole while it is written."""
        half = self._folder / f".{RESUME_FILE}.part"
        try:
            shutil.copyfile(trainer.last, half)
            half.replace(self._folder / RESUME_FILE)
        finally:
            half.unlink(missing_ok=True)

    def _on_epoch(self, trainer: Any) -> None:
        if not self._began_s:  # the last look at the best weights is no epoch
            return
        losses = {name: _number(value) for name, value in (trainer.tloss or {}).items()} if _is_dict(trainer) else {}
        if not losses:
            names, items = getattr(trainer, "loss_names", ()), trainer.tloss
            values = items.tolist() if hasattr(items, "tolist") else []
            values = values if isinstance(values, list) else [values]
            losses = dict(zip(names, map(_number, values), strict=False))
        score, strict = (_number(trainer.metrics.get(key, 0.0)) for key in _FIGURES[self._job["task"]])
        seconds, self._began_s = time.monotonic() - self._began_s, 0.0
        epoch = int(trainer.epoch) + 1
        self._reporter.say(EPOCH, epoch=epoch, losses=losses, score=score, strict=strict, seconds=seconds)


def _export(ultralytics: Any, folder: Path, job: dict[str, Any], reporter: Reporter, metrics: Any) -> None:
    """Write the best weights and their ONNX export, and tell the figures."""
    weights = folder / TRAIN_FOLDER / "weights" / "best.pt"
    if not weights.is_file():
        weights = weights.with_name("last.pt")
    reporter.say(EXPORTING)
    best = folder / f"{job['name']}.pt"
    shutil.copyfile(weights, best)
    model = ultralytics.YOLO(str(best), task=job["task"], verbose=False)
    if metrics is None:
        metrics = model.val(
            data=job["data"], imgsz=job["image_size"], batch=job["batch"] or 16, device="cpu", workers=0, plots=False,
            project=str(folder), name=TRAIN_FOLDER, exist_ok=True, verbose=False,
        )  # fmt: skip
    note, made = "", best
    try:
        made = Path(
            model.export(
                format="onnx", imgsz=job["image_size"], dynamic=True, simplify=False, device="cpu", verbose=False
            )
        )
    except Exception as error:  # noqa: BLE001 - the weights are there, whatever the exporter raises
        traceback.print_exc()
        note = repr(error)[:2000]
    figures = [_number(metrics.results_dict.get(key, 0.0)) for key in _FIGURES[job["task"]]]
    reporter.say(
        DONE,
        model=str(made),
        weights=str(best),
        score=figures[0],
        strict=figures[1],
        classes=_class_figures(metrics, job["task"]),
        note=note,
    )


def _class_figures(metrics: Any, task: str) -> list[dict[str, Any]]:
    """Return label, number, precision, recall and score of each class; nothing where the package tells it otherwise."""
    with contextlib.suppress(Exception):  # figures that are nice to have, of a package that changes
        names = dict(getattr(metrics, "names", {}) or {})
        if task == "classify":
            return _classifier_figures(metrics, names)
        part = {"segment": "seg", "pose": "pose"}.get(task, "box")
        figures = getattr(metrics, part)
        counts = getattr(metrics, "nt_per_class", None)
        return [
            {
                "label": str(names.get(int(number), number)),
                "objects": int(counts[int(number)]) if counts is not None else 0,
                "precision": _number(figures.p[place]),
                "recall": _number(figures.r[place]),
                "score": _number(figures.ap50[place]),
            }
            for place, number in enumerate(figures.ap_class_index)
        ]
    return []


def _classifier_figures(metrics: Any, names: dict[int, str]) -> list[dict[str, Any]]:
    matrix = metrics.confusion_matrix.matrix  # rows are what was said, columns what is true
    names = names or dict(metrics.confusion_matrix.names)
    result = []
    for number, label in sorted(names.items()):
        right, true, said = matrix[number][number], matrix[:, number].sum(), matrix[number].sum()
        recall = float(right / true) if true else 0.0
        result.append(
            {
                "label": str(label),
                "objects": int(true),
                "precision": float(right / said) if said else 0.0,
                "recall": recall,
                "score": recall,
            }
        )
    return result


def _is_dict(trainer: Any) -> bool:
    return isinstance(trainer.tloss, dict)


def _number(value: Any) -> float:
    number = float(value)
    return number if math.isfinite(number) else 0.0


def _device(torch: Any, wanted: str) -> str:
    if wanted:
        return wanted.removeprefix("cuda:")
    if torch.cuda.is_available():
        return "0"
    mps = getattr(torch.backends, "mps", None)
    return "mps" if mps is not None and mps.is_available() else "cpu"


def _forbid(folder: Path) -> None:
    """Let nothing in this process reach a network, or write into the pictures, which may be the person's own."""
    pictures = (f"{folder}{os.sep}dataset{os.sep}images{os.sep}",)

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.getaddrinfo":
            host = arguments[0]
            if host is not None and str(host) not in _LOCAL:
                raise ConnectionError(f"training has no network: {host}")
        elif event == "socket.connect":
            address = arguments[1]
            if isinstance(address, tuple) and str(address[0]) not in _LOCAL:
                raise ConnectionError(f"training has no network: {address[0]}")
        elif event == "open":
            path, mode, _flags = arguments
            writes = isinstance(mode, str) and any(mark in mode for mark in "wa+x")
            if writes and isinstance(path, str) and path.startswith(pictures) and not path.endswith(".cache"):
                raise PermissionError(f"training changes no pictures: {path}")

    sys.addaudithook(watch)


def _reason(error: BaseException) -> str:
    text = str(error).lower()
    kind = type(error).__name__
    if isinstance(error, MemoryError) or kind == "OutOfMemoryError" or any(mark in text for mark in _OUT_OF_MEMORY):
        return MEMORY
    full = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
    if getattr(error, "errno", None) in full or any(mark in text for mark in _DISK_FULL):
        return DISK
    if kind == "BackendError":
        return MISSING
    return DATA if isinstance(error, FileNotFoundError | AssertionError) else OTHER


if __name__ == "__main__":
    sys.exit(main())
