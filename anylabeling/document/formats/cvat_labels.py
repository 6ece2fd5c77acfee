"""The list of labels in a file of CVAT: of which type a label is, and which attributes its objects have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from anylabeling.document.formats.cvat_elements import CHECKBOX, NUMBER, TEXT, Attribute
from anylabeling.document.formats.xml_tree import element_text
from anylabeling.document.labels import Rgb, palette_color

_ANY = "any"


@dataclass(slots=True)
class Facts:
    """What the list of labels says of objects.

    Attributes:
        types: How often a label is of a type.
        kinds: How often an attribute of a label is of a kind.
        values: The numbers that an attribute of a label may have, least and greatest.
    """

    types: Counter[tuple[str, str]] = field(default_factory=Counter)
    kinds: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    values: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)

    def saw(self, label: str, kind: str, attributes: Iterable[Attribute]) -> None:
        """Count an object."""
        self.types[label, kind] += 1
        for one in attributes:
            self.kinds[label, one.name, one.kind] += 1
            if one.kind == NUMBER:
                self._widen((label, one.name), float(one.value), float(one.value))

    def add(self, other: Facts) -> None:
        """Take over what another one knows."""
        self.types.update(other.types)
        self.kinds.update(other.kinds)
        for key, (least, greatest) in other.values.items():
            self._widen(key, least, greatest)

    def _widen(self, key: tuple[str, str], least: float, greatest: float) -> None:
        low, high = self.values.get(key, (least, greatest))
        self.values[key] = min(low, least), max(high, greatest)

    def mixed(self) -> int:
        """Return how many values are not of the one kind that the attribute of a label can have."""
        return sum(count for (label, name, kind), count in self.kinds.items() if kind != self.kind_of(label, name))

    def kind_of(self, label: str, name: str) -> str:
        """Return the kind of an attribute: that of its values, or text where they have several."""
        kinds = [kind for kind in (CHECKBOX, NUMBER, TEXT) if self.kinds[label, name, kind]]
        return kinds[0] if len(kinds) == 1 else TEXT


def label_row(label: str, facts: Facts, parent: str = "", *, color: Rgb | None = None) -> str:
    """Return a label as XML; one that is a point of a skeleton has that as its parent."""
    types = {kind for name, kind in facts.types if name == label}
    names = dict.fromkeys(name for of, name, _ in facts.kinds if of == label)
    rows = []
    for name in names:
        kind = facts.kind_of(label, name)
        least, greatest = facts.values.get((label, name), (0.0, 0.0))
        step = "1" if least.is_integer() and greatest.is_integer() else "0.001"
        values = {CHECKBOX: "false", NUMBER: f"{_short(least)}\n{_short(greatest)}\n{step}", TEXT: ""}[kind]
        usual = {CHECKBOX: "false", NUMBER: _short(least), TEXT: ""}[kind]
        row = (("name", name), ("mutable", "False"), ("input_type", kind), ("default_value", usual), ("values", values))
        rows.append(element_text("attribute", [element_text(*pair, 7) for pair in row], 6))
    red, green, blue = color or palette_color(label)
    content = [
        element_text("name", label, 5),
        element_text("color", f"#{red:02x}{green:02x}{blue:02x}", 5),
        element_text("type", types.pop() if len(types) == 1 else _ANY, 5),
        element_text("attributes", rows, 5),
        *([element_text("parent", parent, 5)] if parent else []),
    ]
    return element_text("label", content, 4)


def _short(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
