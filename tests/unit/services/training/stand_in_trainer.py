"""Speaks as the training process does, in a process of its own, and learns nothing.

usage: stand_in_trainer.py [BEHAVIOUR...] FOLDER

Behaviours: memory=N fails for lack of memory where more than N images go at once; die=N is killed after epoch N, once;
disk=N fails for a full disk after epoch N; odd says what makes no sense between; slow waits in each epoch until it is
asked to stop; early=N ends well after epoch N; noexport cannot export; wait=N hangs in epoch N until it is killed.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from anylabeling.services.training.protocol import (
    BATCH,
    BEST_FILE,
    DISK,
    DONE,
    EPOCH,
    EXPORTING,
    FAILED,
    MEMORY,
    RESUME_FILE,
    STARTED,
    STOP_FILE,
    Reporter,
    read_job,
    take_standard_output,
)


def main() -> int:
    *words, place = sys.argv[1:]
    folder = Path(place)
    behaviour = {name: value for name, _, value in (word.partition("=") for word in words)}
    reporter = take_standard_output()
    sys.stdout.write("This goes into the log.\n\x1b[1mbold\x1b[0m\n")
    sys.stdout.flush()
    job = read_job(folder)
    best = folder / BEST_FILE
    best.parent.mkdir(parents=True, exist_ok=True)
    if not job.get("only_export") and not learn(folder, job, behaviour, reporter):
        return 1
    reporter.say(EXPORTING)
    for suffix in (".pt", ".onnx"):
        (folder / f"{job['name']}{suffix}").write_bytes(b"model")
    note = "no exporter" if "noexport" in behaviour else ""
    figures = {"label": "cat", "objects": 3, "precision": 0.9, "recall": 0.8, "score": 0.85}
    reporter.say(
        DONE,
        model=str(folder / f"{job['name']}{'.pt' if note else '.onnx'}"),
        weights=str(folder / f"{job['name']}.pt"),
        score=0.85,
        strict=0.5,
        classes=[figures],
        note=note,
    )
    return 0


def learn(folder: Path, job: dict[str, object], behaviour: dict[str, str], reporter: Reporter) -> bool:
    batch = int(str(job["batch"])) or 16
    if batch > int(behaviour.get("memory", 1 << 20)):
        reporter.say(STARTED, batch=batch, device="CPU", epoch=0)
        reporter.say(FAILED, reason=MEMORY, text="CUDA out of memory", details="")
        return False
    resume = folder / RESUME_FILE
    first = int(resume.read_text()) if resume.is_file() else 0
    reporter.say(STARTED, batch=batch, device="CPU", epoch=first)
    epochs = int(str(job["epochs"]))
    for epoch in range(first + 1, epochs + 1):
        if "odd" in behaviour:
            reporter.say("nonsense", values=[1])
            reporter.say(EPOCH, epoch="one")
            reporter.say(BATCH, share="much")
        reporter.say(BATCH, epoch=epoch, share=0.5)
        while "slow" in behaviour and not (folder / STOP_FILE).exists():
            reporter.say(BATCH, epoch=epoch, share=0.6)
        while behaviour.get("wait") == str(epoch):
            signal.pause()
        (folder / BEST_FILE).write_bytes(b"weights")
        resume.write_text(str(epoch))
        reporter.say(EPOCH, epoch=epoch, losses={"box_loss": 2.0 / epoch}, score=epoch / 100, strict=0.0, seconds=0.5)
        if behaviour.get("die") == str(epoch) and first == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        if behaviour.get("disk") == str(epoch):
            reporter.say(FAILED, reason=DISK, text="[Errno 28] No space left on device", details="")
            return False
        if (folder / STOP_FILE).exists() or behaviour.get("early") == str(epoch):
            break
    return True


if __name__ == "__main__":
    sys.exit(main())
