"""What crosses between the window, the services and the training process."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

AUTO_BATCH = 0
"""The batch that fits, found by the runtime."""
SIZES = ("n", "s", "m", "l", "x")
"""Sizes of a network, from nano on."""


class TrainTask(str, Enum):
    """What a model learns to say, by the names that Ultralytics has for it."""

    DETECT = "detect"
    SEGMENT = "segment"
    POSE = "pose"
    ORIENTED = "obb"
    CLASSIFY = "classify"


class RunState(str, Enum):
    """How a run stands."""

    PREPARING = "preparing"
    TRAINING = "training"
    EXPORTING = "exporting"
    DONE = "done"
    STOPPED = "stopped"
    """The person ended it; the best weights by then are a model."""
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    """The program or the process ended in the middle."""

    @property
    def runs(self) -> bool:
        """Whether it is still on its way."""
        return self in (RunState.PREPARING, RunState.TRAINING, RunState.EXPORTING)


@dataclass(frozen=True, slots=True)
class TrainRequest:
    """What to train, and how.

    Attributes:
        task: What the model learns.
        name: What the run and its model are called.
        weights: A .pt file to go on from, or a network to begin from scratch, such as "yolo11n".
        epochs: How often all images are gone through at most.
        image_size: Side of the square that images are fitted into, in pixels.
        batch: Images at once; AUTO_BATCH finds it.
        device: "" for the best there is, "cpu", or the number of a GPU such as "0".
        validation_percent: Share of the images that the model is checked with and does not learn from.
        seed: Another number divides the images in another way.
        use_parts: Divide by the folders train and val instead.
        only_checked: Leave out images that nobody has checked.
        patience: Ends after so many epochs without an improvement; 0 never does.
        output: Folder in which the run gets one of its own; empty for that of the program.
        classes: Only these labels; None for all.
        keep_classes: All classes of the start weights keep their numbers, also those that have no label here.
        known_classes: Labels that come first, in this order, where the start weights say nothing.
    """

    task: TrainTask
    name: str = "model"
    weights: str = "yolo11n"
    epochs: int = 100
    image_size: int = 640
    batch: int = AUTO_BATCH
    device: str = ""
    validation_percent: int = 20
    seed: int = 0
    use_parts: bool = False
    only_checked: bool = False
    patience: int = 50
    output: str = ""
    classes: tuple[str, ...] | None = None
    keep_classes: bool = False
    known_classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskOffer:
    """Whether the labels allow a task.

    Attributes:
        task: The task.
        images: Images with labels of the kind.
        objects: Such labels.
        problem: Why it is not possible; empty where it is.
    """

    task: TrainTask
    images: int = 0
    objects: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ClassShare:
    """What there is of one class.

    Attributes:
        label: Its name.
        training: Objects, or images of a classifier, in the images to learn from.
        validation: The same in those to check with.
        images: Images with it, in both.
    """

    label: str
    training: int = 0
    validation: int = 0
    images: int = 0


@dataclass(frozen=True, slots=True)
class TrainPlan:
    """What would be trained with.

    Attributes:
        task: The task.
        classes: The classes in the order of their numbers.
        training: Images to learn from.
        validation: Images to check with.
        left_out: Images that are not used.
        warnings: Sentences for the person.
        problem: Why it cannot begin; empty where it can.
        offers: All tasks.
        has_parts: Whether there are folders train and val.
        checked: Images that a person has checked.
        images: All images that were looked at.
    """

    task: TrainTask
    classes: tuple[ClassShare, ...] = ()
    training: int = 0
    validation: int = 0
    left_out: int = 0
    warnings: tuple[str, ...] = ()
    problem: str = ""
    offers: tuple[TaskOffer, ...] = ()
    has_parts: bool = False
    checked: int = 0
    images: int = 0


@dataclass(frozen=True, slots=True)
class Needs:
    """What this installation lacks to train.

    Attributes:
        missing: Names of packages.
        command: The command that installs them; empty where nothing is missing.
        devices: What can be trained on: the texts for ``TrainRequest.device`` with their names.
    """

    missing: tuple[str, ...] = ()
    command: str = ""
    devices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EpochFigures:
    """What one epoch came to.

    Attributes:
        epoch: Its number, from 1 on.
        losses: Name and value of each part of the training loss.
        score: mAP50 of the task, or the accuracy of a classifier; 0 to 1.
        strict: mAP50-95, or the accuracy among five.
        seconds: How long it took.
    """

    epoch: int
    losses: tuple[tuple[str, float], ...] = ()
    score: float = 0.0
    strict: float = 0.0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """How well one class is found in the images to check with.

    Attributes:
        label: Its name.
        objects: How many of it there are.
        precision: Share of what was found that is right.
        recall: Share of what is there that was found.
        score: mAP50, or the accuracy of a classifier.
    """

    label: str
    objects: int = 0
    precision: float = 0.0
    recall: float = 0.0
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class TrainResult:
    """The model that came of a run.

    Attributes:
        model: The file to load: the ONNX export, or the weights where that failed.
        weights: The best weights (.pt).
        score: mAP50, or the accuracy of a classifier.
        strict: mAP50-95, or the accuracy among five.
        classes: Each class by itself.
        note: What went wrong with the export; may be empty.
    """

    model: str
    weights: str
    score: float = 0.0
    strict: float = 0.0
    classes: tuple[ClassFigures, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class TrainRun:
    """One run, as it is kept and shown.

    Attributes:
        folder: Its folder, which stands for it.
        request: What was asked for.
        state: How it stands.
        started: When it began, seconds since 1970.
        seconds: How long it has trained, all its starts together.
        images: Images to learn from and to check with.
        batch: Images at once, as they fit; 0 before it is known.
        device: What it runs on, for people.
        figures: The epochs by now.
        share: How much of the epoch that runs is done, 0 to 1.
        left_s: Seconds that are left, or None.
        result: The model, once there is one.
        notes: Sentences about what happened on the way.
        problem: Why it ended before its end.
        hint: What to do about it.
        details: The last lines of the log.
        can_resume: Whether it can go on.
    """

    folder: str
    request: TrainRequest
    state: RunState = RunState.PREPARING
    started: float = 0.0
    seconds: float = 0.0
    images: tuple[int, int] = (0, 0)
    batch: int = 0
    device: str = ""
    figures: tuple[EpochFigures, ...] = ()
    share: float = 0.0
    left_s: float | None = None
    result: TrainResult | None = None
    notes: tuple[str, ...] = ()
    problem: str = ""
    hint: str = ""
    details: str = ""
    can_resume: bool = False

    @property
    def best(self) -> EpochFigures | None:
        """The epoch with the best score."""
        return max(self.figures, key=lambda figures: (figures.score, figures.strict), default=None)
