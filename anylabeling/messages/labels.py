"""What crosses between the window and the services about labels of a whole folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from anylabeling.messages.progress import ItemFailure


@dataclass(frozen=True, slots=True)
class LabelChange:
    """What is to happen to labels in every label file of a folder.

    Attributes:
        renames: Label to other label; several that go to one are merged, and two may change places.
        deletes: Labels whose objects are removed.
        name: The words for the Edit menu and the report.
    """

    renames: Mapping[str, str] = field(default_factory=dict)
    deletes: frozenset[str] = frozenset()
    name: str = "Change labels"


@dataclass(frozen=True, slots=True)
class FolderSummary:
    """What a change of a whole folder did, or what taking it back did.

    Attributes:
        name: What was done.
        looked_at: Label files that were looked at.
        files: Label files that are another now.
        shapes: Objects that were changed or removed.
        failed: Label files that were left as they were, and why.
        cancelled: Whether it was stopped before its end.
        undone: Whether this was taking back.
    """

    name: str
    looked_at: int = 0
    files: int = 0
    shapes: int = 0
    failed: tuple[ItemFailure, ...] = ()
    cancelled: bool = False
    undone: bool = False


@dataclass(frozen=True, slots=True)
class InterruptedChange:
    """A change of a whole folder that the program did not live to finish.

    Attributes:
        id: Names it among all changes.
        name: What was being done.
        root: The folder of images.
        done: Label files that it has changed so far.
        total: Label files that it was to look at.
        undoing: Whether it was being taken back.
    """

    id: str
    name: str
    root: str
    done: int
    total: int
    undoing: bool


@dataclass(frozen=True, slots=True)
class LabelTotal:
    """How often a label occurs.

    Attributes:
        label: The label.
        shapes: Objects that have it.
        images: Images with such an object.
    """

    label: str
    shapes: int
    images: int
