"""What training needs: packages, a start, a place; and the words to do it elsewhere."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from anylabeling.errors import DiskFullError, ModelError, UntrustedModelError, UsageError
from anylabeling.messages.training import AUTO_BATCH, SIZES, Needs, TrainRequest, TrainRun, TrainTask
from anylabeling.services.auto_labeling.runtime_info import RuntimeInfo, runtime_info
from anylabeling.translation import tr

PACKAGES = ("torch", "ultralytics")
NETWORK_SUFFIXES = {
    TrainTask.DETECT: "",
    TrainTask.SEGMENT: "-seg",
    TrainTask.POSE: "-pose",
    TrainTask.ORIENTED: "-obb",
    TrainTask.CLASSIFY: "-cls",
}
LEAST_FREE_BYTES = 500 << 20
IMAGE_SIZES = (32, 4096)
MOST_EPOCHS, MOST_BATCH = 10_000, 1024

_NETWORK = re.compile(rf"yolo(v?\d{{1,2}})([{''.join(SIZES)}])(-seg|-pose|-obb|-cls)?(\.yaml)?")
_DEVICE = re.compile(r"(|cpu|mps|(cuda:)?\d{1,2})")
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]')


def needs(info: RuntimeInfo | None = None) -> Needs:
    """Say what is missing here, and what can be trained on. Nothing slow is imported."""
    info = info or runtime_info()
    missing = tuple(name for name in PACKAGES if not info.has(name))
    devices = [("", tr("Automatic")), ("cpu", tr("CPU"))]
    if info.nvidia_gpu:
        devices.insert(1, ("0", tr("GPU {number}", number=0)))
    if sys.platform == "darwin":
        devices.insert(1, ("mps", tr("GPU of Apple")))
    return Needs(missing, install_command(missing), tuple(devices))


def install_command(missing: Sequence[str]) -> str:
    """Return the command that installs packages into the environment that runs this program."""
    if not missing:
        return ""
    python = shlex.quote(sys.executable) if sys.platform != "win32" else f'"{sys.executable}"'
    return f"{python} -m pip install {' '.join(missing)}"


def elsewhere_command(request: TrainRequest, data: str) -> str:
    """Return what trains with a data set on another machine that has Ultralytics."""
    start = request.weights if is_checkpoint(request.weights) else network_name(request)
    # Folders are named by their last part: where they will be is not known here.
    words = {
        "model": Path(start).name,
        "data": data,
        "epochs": request.epochs,
        "imgsz": request.image_size,
        "patience": request.patience or request.epochs,
        "seed": request.seed,
    }
    if request.batch != AUTO_BATCH:
        words["batch"] = request.batch
    return " ".join(["yolo", request.task.value, "train", *(shlex.quote(f"{key}={one}") for key, one in words.items())])


def is_checkpoint(weights: str) -> bool:
    """Return whether a start is a file of weights rather than the name of a network."""
    return weights.lower().endswith(".pt")


def network_name(request: TrainRequest) -> str:
    """Return the description of the network for a task, such as yolo11n-seg.yaml."""
    match = _NETWORK.fullmatch(request.weights)
    assert match is not None
    return f"yolo{match[1]}{match[2]}{NETWORK_SUFFIXES[request.task]}.yaml"


def check_request(request: TrainRequest) -> None:
    """Raise UsageError unless a request makes sense by itself."""
    if not is_checkpoint(request.weights) and _NETWORK.fullmatch(request.weights) is None:
        raise UsageError(
            tr("{name} is neither a .pt file nor the name of a network.", name=Path(request.weights).name),
            hint=tr("Networks are named such as yolo11n, yolo11s or yolov8m."),
        )
    if not 1 <= request.epochs <= MOST_EPOCHS:
        raise UsageError(tr("The number of epochs has to be from 1 to {most:,}.", most=MOST_EPOCHS))
    if not IMAGE_SIZES[0] <= request.image_size <= IMAGE_SIZES[1] or request.image_size % 32:
        raise UsageError(
            tr("The image size has to be a multiple of 32 from {least} to {most}.", least=IMAGE_SIZES[0], most=4096)
        )
    if not 0 <= request.batch <= MOST_BATCH:
        raise UsageError(tr("The batch has to be from 1 to {most:,}, or 0 to find it.", most=MOST_BATCH))
    if not _DEVICE.fullmatch(request.device):
        raise UsageError(tr("The device has to be cpu, or the number of a GPU such as 0."))
    if not 1 <= request.validation_percent <= 90:
        raise UsageError(tr("The share of images to check with has to be from 1 to 90 percent."))
    if not clean_name(request.name):
        raise UsageError(tr("The model needs a name."))


def clean_name(name: str) -> str:
    """Return a name as that of a file which every system takes; may be empty."""
    return _UNSAFE.sub("_", name.encode("utf-8", "replace").decode()).strip(". ")[:80]


def check_weights(request: TrainRequest, *, trust: bool = False) -> tuple[str, ...]:
    """Look at start weights without running anything in them.

    Args:
        request: What is wanted.
        trust: The person has said that they trust the file; this is remembered.

    Returns:
        The classes that they know, by number; none for a network from scratch.

    Raises:
        UsageError: When they are for another task or not there.
        ModelError: When they cannot be understood.
        UntrustedModelError: When the person has not said that they trust the file.
    """
    if not is_checkpoint(request.weights):
        return ()
    from anylabeling.services.auto_labeling.checkpoint_files import read_checkpoint
    from anylabeling.services.auto_labeling.model_files import parse_names
    from anylabeling.services.auto_labeling.trust_store import TrustStore

    path = Path(request.weights)
    if not path.is_file():
        raise UsageError(tr("There is no file {name}.", name=path.name))
    facts = read_checkpoint(path)
    task = facts.metadata.get("task", "detect")
    if "head" in facts.metadata:
        raise UsageError(
            tr("{name} is a model of another family; models of YOLO can be trained further.", name=path.name)
        )
    if task != request.task.value:
        raise UsageError(
            tr("{name} is a model for the task {task}.", name=path.name, task=task),
            hint=tr("Choose that task, or start weights for this one."),
        )
    if trust:
        TrustStore().trust(path)
    elif not TrustStore().is_trusted(path):
        raise UntrustedModelError(
            tr(
                "{name} has not been loaded because it is not trusted yet: a .pt file is a "
                "Python pickle, and loading it runs any code that its maker put into it.",
                name=path.name,
            ),
            hint=tr("Trust it only if you know where it is from (command line: --trust). An .onnx file holds no code."),
            details=str(path),
        )
    return parse_names(facts.metadata.get("names", "")) or ()


def classes_of(weights: str) -> tuple[str, ...]:
    """Return the classes that start weights know, without running anything in them; none where that cannot be said."""
    from anylabeling.services.auto_labeling.checkpoint_files import read_checkpoint
    from anylabeling.services.auto_labeling.model_files import parse_names

    if not is_checkpoint(weights) or not Path(weights).is_file():
        return ()
    try:
        return parse_names(read_checkpoint(Path(weights)).metadata.get("names", "")) or ()
    except ModelError:  # said when the training begins
        return ()


def start_files(runs: Sequence[TrainRun]) -> list[str]:
    """Return .pt files to go on from: those of earlier runs, then those of the model store."""
    from anylabeling.services.auto_labeling.model_store import default_folder

    own = [run.result.weights for run in runs if run.result is not None and Path(run.result.weights).is_file()]
    folder = default_folder()
    stored = sorted(str(path) for path in folder.glob("*/*.pt")) if folder.is_dir() else []
    return [*own, *stored]


def check_space(folder: Path) -> None:
    """Raise DiskFullError where a training would soon end for lack of space."""
    place = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free = shutil.disk_usage(place).free
    if free < LEAST_FREE_BYTES:
        raise DiskFullError(
            tr("There are {free} MB of disk free in {folder}, too few to train.", free=free >> 20, folder=place),
            hint=tr("Make space, or choose another folder."),
        )
