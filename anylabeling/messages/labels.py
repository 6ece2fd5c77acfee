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
        kinds: Kinds of shapes, by the kinds that are to become them, as values of ShapeKind.
        groups: New group numbers by those that are there; None dissolves the group.
        only: Labels of the objects whose kinds and groups are changed; None for all.
    """

    renames: Mapping[str, str] = field(default_factory=dict)
    deletes: frozenset[str] = frozenset()
    name: str = "Change labels"
    kinds: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[int, int | None] = field(default_factory=dict)
    only: frozenset[str] | None = None

    @property
    def changes_objects(self) -> bool:
        """Whether it is about kinds or groups, for which shapes have to be read and not only their labels."""
        return bool(self.kinds or self.groups)


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


@dataclass(frozen=True, slots=True)
class KindTotal:
    """How often a label occurs with a kind.

    Attributes:
        kind: Value of ShapeKind.
        label: The label.
        objects: Objects that have both.
    """

    kind: str
    label: str
    objects: int


@dataclass(frozen=True, slots=True)
class GroupTotal:
    """How often a group number occurs.

    Attributes:
        group: The number.
        objects: Objects that have it.
        images: Images with such an object.
    """

    group: int
    objects: int
    images: int


@dataclass(frozen=True, slots=True)
class ObjectTotals:
    """What the objects of a folder are.

    Attributes:
        kinds: By kind and label.
        groups: By group number.
    """

    kinds: tuple[KindTotal, ...] = ()
    groups: tuple[GroupTotal, ...] = ()
