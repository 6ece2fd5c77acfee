"""One setting: what it is, which values it takes, and the check of a value that came from outside."""

from __future__ import annotations

import math
import reprlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from anylabeling.config.keys import normalize_key_sequence

_MAX_TEXT_LENGTH = 4096

_shortener = reprlib.Repr()
_shortener.maxstring = 80
_shortener.maxother = 80
_shortener.maxlevel = 2


class SettingKind(str, Enum):
    """What type of value a setting holds; the value says what the dialogs call it."""

    BOOL = "yes or no"
    INT = "whole number"
    FLOAT = "number"
    TEXT = "text"
    CHOICE = "one of a list"
    FONT = "font"
    COLOR = "colour"
    COLOR_ALPHA = "colour with opacity"
    TEXT_LIST = "list of texts"
    SHORTCUT = "shortcut"
    FLAGS_BY_LABEL = "flags by label pattern"
    COLORS_BY_LABEL = "colours by label"
    LABELS_BY_DIGIT = "labels by digit"
    ATTRIBUTES_BY_LABEL = "attributes by label"
    KEYS_BY_ACTION = "keys by action"


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the schema.

    Attributes:
        key: Dotted name, such as "performance.batch_size".
        kind: Type of the value.
        text: One line for people: what it does.
        section: Heading under which it is shown.
        default_value: The default, or a function that returns it where it depends on the machine.
        nullable: Whether null (None) is a value too.
        bounds: Least and greatest number that a file may hold, both included.
        choices: What a CHOICE takes, besides null where that is allowed.
        dialog_range: Least and greatest number that a dialog offers; a value outside it is shown and kept.
        unit: Unit of a number, such as "MB"; may be empty.
        default_note: How the default is found, where it depends on the machine; may be empty.
        needs_restart: Whether a change is seen at the next start only.
    """

    key: str
    kind: SettingKind
    text: str
    section: str
    default_value: object | Callable[[], object]
    nullable: bool = False
    bounds: tuple[float, float] | None = None
    choices: tuple[str, ...] = ()
    dialog_range: tuple[float, float] | None = None
    unit: str = ""
    default_note: str = ""
    needs_restart: bool = False

    @property
    def default(self) -> Any:
        """Return the default on this machine."""
        value = self.default_value
        return value() if callable(value) else value

    @property
    def name(self) -> str:
        """Return the last part of the key."""
        return self.key.rpartition(".")[2]


def shorten(value: object) -> str:
    """Return a value as text for a message, spelled as in the file, cut where it is long or deeply nested."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return _shortener.repr(value)


def validate(setting: Setting, raw: object) -> Any:
    """Turn a raw value into the value of a setting.

    Lists become tuples; a shortcut becomes a tuple of key sequences in one spelling, empty when it is unbound; an empty
    list of texts becomes None where null is allowed, since both mean "no restriction".

    Args:
        setting: The row of the schema.
        raw: What a file, the environment, a command line or a dialog gave.

    Returns:
        The value, immutable but for the mappings.

    Raises:
        ValueError: When the value does not fit; the text is a plain sentence part that starts with "must be".
    """
    if raw is None and setting.kind is not SettingKind.SHORTCUT:
        if setting.nullable:
            return None
        raise _refuse(setting, raw)
    return _CHECKS[setting.kind](setting, raw)


def describe_values(setting: Setting) -> str:
    """Say which values a setting takes, such as "a whole number from 1 to 64"."""
    described = _describe_kind(setting)
    return f"{described} or null" if setting.nullable and setting.kind is not SettingKind.SHORTCUT else described


def _describe_kind(setting: Setting) -> str:
    if setting.kind is SettingKind.CHOICE:
        return "one of " + ", ".join(setting.choices) if len(setting.choices) > 1 else setting.choices[0]
    if setting.kind in (SettingKind.INT, SettingKind.FLOAT):
        noun = "a whole number" if setting.kind is SettingKind.INT else "a number"
        if setting.bounds is None:
            return noun
        # A plain :g would write a million with an exponent.
        least, greatest = (int(bound) if float(bound).is_integer() else bound for bound in setting.bounds)
        return f"{noun} from {least} to {greatest}"
    return _KIND_WORDS[setting.kind]


_KIND_WORDS = {
    SettingKind.BOOL: "true or false",
    SettingKind.TEXT: "a text",
    SettingKind.FONT: "the name of a font",
    SettingKind.COLOR: "a list of 3 whole numbers from 0 to 255 (red, green, blue)",
    SettingKind.COLOR_ALPHA: "a list of 3 or 4 whole numbers from 0 to 255 (red, green, blue, opacity)",
    SettingKind.TEXT_LIST: "a list of different texts",
    SettingKind.SHORTCUT: "a key sequence such as Ctrl+S, a list of them, or null",
    SettingKind.FLAGS_BY_LABEL: "a mapping of label pattern to a list of texts",
    SettingKind.COLORS_BY_LABEL: "a mapping of label to a list of 3 whole numbers from 0 to 255",
    SettingKind.LABELS_BY_DIGIT: "a mapping of a digit to a label, or to a mapping with label and mode",
    SettingKind.ATTRIBUTES_BY_LABEL: "a mapping of label to a mapping of attribute to its values",
    SettingKind.KEYS_BY_ACTION: "a mapping of action to a key sequence, a list of them, or null",
}


def _refuse(setting: Setting, raw: object, reason: str = "") -> ValueError:
    sentence = f"must be {describe_values(setting)}, not {shorten(raw)}"
    return ValueError(f"{sentence} ({reason})" if reason else sentence)


def _check_bool(setting: Setting, raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    raise _refuse(setting, raw)


def _check_int(setting: Setting, raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise _refuse(setting, raw)
    # A round trip loader gives subclasses of int that remember their spelling.
    value = int(raw)
    if setting.bounds is not None and not setting.bounds[0] <= value <= setting.bounds[1]:
        raise _refuse(setting, raw)
    return value


def _check_float(setting: Setting, raw: object) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise _refuse(setting, raw)
    try:
        value = float(raw)
    except OverflowError:
        raise _refuse(setting, raw) from None
    if not math.isfinite(value):
        raise _refuse(setting, raw)
    if setting.bounds is not None and not setting.bounds[0] <= value <= setting.bounds[1]:
        raise _refuse(setting, raw)
    return value


def _as_text(raw: object) -> str | None:
    """Return a usable text or None; a whole number is what an unquoted label such as 7 reads as."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        if abs(raw) >= 10**15:
            return None
        raw = str(int(raw))
    if not isinstance(raw, str) or len(raw) > _MAX_TEXT_LENGTH or not raw.strip():
        return None
    return str(raw) if raw.isprintable() else None


def _check_text(setting: Setting, raw: object) -> str:
    text = _as_text(raw)
    if text is None:
        raise _refuse(setting, raw)
    return text


def _check_choice(setting: Setting, raw: object) -> str:
    if isinstance(raw, str) and raw in setting.choices:
        return str(raw)
    raise _refuse(setting, raw)


def _as_color(raw: object, lengths: tuple[int, ...]) -> tuple[int, ...] | None:
    if not isinstance(raw, list | tuple) or len(raw) not in lengths:
        return None
    if not all(isinstance(part, int) and not isinstance(part, bool) and 0 <= part <= 255 for part in raw):
        return None
    return tuple(int(part) for part in raw)


def _check_color(setting: Setting, raw: object) -> tuple[int, ...]:
    with_opacity = setting.kind is SettingKind.COLOR_ALPHA
    color = _as_color(raw, (3, 4) if with_opacity else (3,))
    if color is None:
        raise _refuse(setting, raw)
    return (*color, 255) if with_opacity and len(color) == 3 else color


def _as_texts(raw: object) -> tuple[str, ...] | None:
    if not isinstance(raw, list | tuple):
        return None
    texts = [_as_text(item) for item in raw]
    known = tuple(text for text in texts if text is not None)
    return known if len(known) == len(raw) and len(set(known)) == len(known) else None


def _check_text_list(setting: Setting, raw: object) -> tuple[str, ...] | None:
    texts = _as_texts(raw)
    if texts is None:
        raise _refuse(setting, raw)
    return texts or (None if setting.nullable else ())


def _check_shortcut(setting: Setting, raw: object) -> tuple[str, ...]:
    if raw is None:
        return ()
    sequences = list(raw) if isinstance(raw, list | tuple) else [raw]
    checked: list[str] = []
    for sequence in sequences:
        # An unquoted digit in YAML is a number; as a key it is that digit.
        text = str(sequence) if isinstance(sequence, int) and not isinstance(sequence, bool) else sequence
        normalized = normalize_key_sequence(text) if isinstance(text, str) else None
        if normalized is None:
            raise _refuse(setting, raw, f"{shorten(sequence)} is no key" if len(sequences) > 1 else "")
        if normalized not in checked:
            checked.append(normalized)
    return tuple(checked)


def _check_flags_by_label(setting: Setting, raw: object) -> dict[str, tuple[str, ...]] | None:
    if not isinstance(raw, Mapping):
        raise _refuse(setting, raw)
    result: dict[str, tuple[str, ...]] = {}
    for pattern, flags in raw.items():
        name, texts = _as_text(pattern), _as_texts(flags)
        if name is None or texts is None:
            raise _refuse(setting, raw)
        result[name] = texts
    return result or None


def _check_colors_by_label(setting: Setting, raw: object) -> dict[str, tuple[int, ...]] | None:
    if not isinstance(raw, Mapping):
        raise _refuse(setting, raw)
    result: dict[str, tuple[int, ...]] = {}
    for label, value in raw.items():
        name, color = _as_text(label), _as_color(value, (3,))
        if name is None or color is None:
            raise _refuse(setting, raw, f"at {shorten(label)}")
        result[name] = color
    return result or None


def _check_labels_by_digit(setting: Setting, raw: object) -> dict[str, dict[str, str]] | None:
    if not isinstance(raw, Mapping):
        raise _refuse(setting, raw)
    result: dict[str, dict[str, str]] = {}
    for key, value in raw.items():
        digit = str(key) if isinstance(key, str | int) and not isinstance(key, bool) else ""
        # X-AnyLabeling writes the tool beside the label.
        parts = value if isinstance(value, Mapping) else {"label": value}
        label, mode = _as_text(parts.get("label")), parts.get("mode") or ""
        if digit not in tuple("0123456789") or label is None or not isinstance(mode, str):
            raise _refuse(setting, raw, f"at {shorten(key)}")
        result[digit] = {"label": label, "mode": str(mode)} if mode else {"label": label}
    return result or None


def _check_attributes(setting: Setting, raw: object) -> dict[str, dict[str, object]] | None:
    if not isinstance(raw, Mapping):
        raise _refuse(setting, raw)
    result: dict[str, dict[str, object]] = {}
    for label, attributes in raw.items():
        name = _as_text(label)
        if name is None or not isinstance(attributes, Mapping):
            raise _refuse(setting, raw, f"at {shorten(label)}")
        result[name] = {str(attribute): _plain(values) for attribute, values in attributes.items()}
    return result or None


def _check_keys_by_action(setting: Setting, raw: object) -> dict[str, tuple[str, ...]] | None:
    if not isinstance(raw, Mapping):
        raise _refuse(setting, raw)
    result: dict[str, tuple[str, ...]] = {}
    for action, keys in raw.items():
        name = _as_text(action)
        if name is None:
            raise _refuse(setting, raw)
        result[name] = _check_shortcut(setting, keys)
    return result or None


def _plain(value: object) -> object:
    """Return a value without the types of the loader that remembers how the file spells it."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, bool) or value is None:
        return value
    for kind in (int, float, str):
        if isinstance(value, kind):
            return kind(value)
    return str(value)


_CHECKS: dict[SettingKind, Callable[[Setting, object], Any]] = {
    SettingKind.BOOL: _check_bool,
    SettingKind.INT: _check_int,
    SettingKind.FLOAT: _check_float,
    SettingKind.TEXT: _check_text,
    SettingKind.FONT: _check_text,
    SettingKind.CHOICE: _check_choice,
    SettingKind.COLOR: _check_color,
    SettingKind.COLOR_ALPHA: _check_color,
    SettingKind.TEXT_LIST: _check_text_list,
    SettingKind.SHORTCUT: _check_shortcut,
    SettingKind.FLAGS_BY_LABEL: _check_flags_by_label,
    SettingKind.COLORS_BY_LABEL: _check_colors_by_label,
    SettingKind.LABELS_BY_DIGIT: _check_labels_by_digit,
    SettingKind.ATTRIBUTES_BY_LABEL: _check_attributes,
    SettingKind.KEYS_BY_ACTION: _check_keys_by_action,
}
