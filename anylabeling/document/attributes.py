"""Attributes of shapes by a schema: which ones a label has, and which values each may take.

The schema is what the settings hold under ``attributes`` or a file ``attributes.yaml`` (or ``.json``) in the folder of
images says. The form of X-AnyLabeling is understood, too: a list of choices or an empty text for each attribute, and
``__widget_types__``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

FILE_NAMES = ("attributes.yaml", "attributes.yml", "attributes.json")
_WIDGETS = "__widget_types__"
_MOST_TEXT = 200


class AttributeKind(str, Enum):
    """What an attribute holds."""

    CHOICE = "choice"
    TEXT = "text"
    NUMBER = "number"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class AttributeSpec:
    """One attribute of a label.

    Attributes:
        name: Its name, which is the key on disk.
        kind: What it holds.
        choices: The values of a choice.
        default: What a new shape gets, or None for nothing.
        least: Least number, or None.
        greatest: Greatest number, or None.
    """

    name: str
    kind: AttributeKind
    choices: tuple[str, ...] = ()
    default: Any = None
    least: float | None = None
    greatest: float | None = None

    def accepts(self, value: object) -> bool:
        """Return whether a value fits."""
        if self.kind is AttributeKind.CHECK:
            return isinstance(value, bool)
        if self.kind is AttributeKind.NUMBER:
            if isinstance(value, bool) or not isinstance(value, int | float):
                return False
            return (self.least is None or value >= self.least) and (self.greatest is None or value <= self.greatest)
        if not isinstance(value, str):
            return False
        return self.kind is AttributeKind.TEXT or value in self.choices


class AttributeSchema:
    """The attributes of each label. A key is a label, or a regular expression that a whole label matches."""

    def __init__(self, by_label: Mapping[str, tuple[AttributeSpec, ...]] | None = None) -> None:
        self._by_label = dict(by_label or {})

    def __bool__(self) -> bool:
        return bool(self._by_label)

    def for_label(self, label: str) -> tuple[AttributeSpec, ...]:
        """Return the attributes of a label in their order, each once; those of its own name come first."""
        found: dict[str, AttributeSpec] = {spec.name: spec for spec in self._by_label.get(label, ())}
        for pattern, specs in self._by_label.items():
            if pattern != label and _matches(pattern, label):
                for spec in specs:
                    found.setdefault(spec.name, spec)
        return tuple(found.values())

    def over(self, other: AttributeSchema) -> AttributeSchema:
        """Return both together; where both know a label, this one counts."""
        return AttributeSchema({**other._by_label, **self._by_label})


def parse_schema(raw: object) -> AttributeSchema:
    """Return the schema that settings or a file hold.

    Args:
        raw: Mapping of label to mapping of attribute to its values: a list of texts (choice), "text", "number" or
            "check", or a mapping with ``type``, ``choices``, ``default``, ``min`` and ``max``. None is no schema.

    Raises:
        ValueError: When it makes no sense; a plain sentence that names the label and the attribute.
    """
    if raw is None:
        return AttributeSchema()
    if not isinstance(raw, Mapping):
        raise ValueError("The attributes must be a mapping of label to attributes.")  # noqa: TRY004 - from a file
    widgets = raw.get(_WIDGETS)
    by_label: dict[str, tuple[AttributeSpec, ...]] = {}
    for key, attributes in raw.items():
        label = str(key)
        if label.startswith("__"):
            continue
        if not isinstance(attributes, Mapping):
            raise ValueError(f"The attributes of {_cut(label)} must be a mapping of name to values.")  # noqa: TRY004
        types = widgets.get(key) if isinstance(widgets, Mapping) else None
        types = types if isinstance(types, Mapping) else {}
        by_label[label] = tuple(
            _spec(label, str(name), value, types.get(name)) for name, value in attributes.items() if str(name).strip()
        )
    return AttributeSchema(by_label)


def _spec(label: str, name: str, value: object, widget: object) -> AttributeSpec:
    where = f"The attribute {_cut(name)} of {_cut(label)}"
    if isinstance(value, list | tuple) and widget not in ("lineedit", "group_id"):
        choices = tuple(_text(item, where) for item in value)
        return AttributeSpec(name, AttributeKind.CHOICE if choices else AttributeKind.TEXT, choices)
    if isinstance(value, str) or value is None or isinstance(value, list | tuple):
        known = isinstance(value, str) and value in {kind.value for kind in AttributeKind}
        kind = str(value) if known else AttributeKind.TEXT.value
        if kind == AttributeKind.CHOICE.value:
            raise ValueError(f"{where} is a choice and needs a list of choices.")
        return AttributeSpec(name, AttributeKind(kind))
    if not isinstance(value, Mapping):
        raise ValueError(f"{where} must be a list of choices, or one of text, number, check.")  # noqa: TRY004
    return _full_spec(name, value, where)


def _full_spec(name: str, value: Mapping[Any, Any], where: str) -> AttributeSpec:
    choices = value.get("choices") or ()
    if not isinstance(choices, list | tuple):
        raise ValueError(f"{where}: choices must be a list.")  # noqa: TRY004 - from a file
    stated = str(value.get("type", "choice" if choices else "text"))
    try:
        kind = AttributeKind(stated)
    except ValueError:
        raise ValueError(f"{where}: {_cut(stated)} is no type; use choice, text, number or check.") from None
    least, greatest = (_bound(value.get(key), where) for key in ("min", "max"))
    spec = AttributeSpec(
        name, kind, tuple(_text(item, where) for item in choices), value.get("default"), least, greatest
    )
    if kind is AttributeKind.CHOICE and not choices:
        raise ValueError(f"{where} is a choice and needs a list of choices.")
    if spec.default is not None and not spec.accepts(spec.default):
        raise ValueError(f"{where}: the default {_cut(str(spec.default))} does not fit.")
    return spec


def _text(value: object, where: str) -> str:
    if isinstance(value, Mapping | list | tuple) or value is None:
        raise ValueError(f"{where}: a choice must be a text.")
    # YAML takes yes and no without quotes for truth.
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _bound(value: object, where: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{where}: min and max must be numbers.")  # noqa: TRY004 - from a file
    return float(value)


def _matches(pattern: str, label: str) -> bool:
    try:
        return re.fullmatch(pattern, label) is not None
    except re.error:
        return False


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_TEXT else text[: _MOST_TEXT - 1] + "…"
