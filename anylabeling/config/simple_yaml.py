"""Read the plain part of YAML that nearly every configuration file keeps to, in a fraction of a millisecond.

Loading a full YAML parser costs more than half of what showing the first window may cost. Block mappings, one-line
scalars and lists are read here; anything else is left to the full parser. Whatever this reader accepts, the full parser
reads to the same values.
"""

from __future__ import annotations

import re
from typing import Any

_MAX_DEPTH = 6

_PLAIN = r"[A-Za-z/][A-Za-z0-9_+./=-]*(?: [A-Za-z0-9_+./=-]+)*"
_SCALAR = rf"""(?:{_PLAIN}|-?[0-9.]+|"[^"\\]*"|'[^']*')"""
_COMMENT = r"(?: +\#.*)?"
_ENTRY = re.compile(rf"([A-Za-z_][A-Za-z0-9_]*):(?: +({_SCALAR}|\[.*\]))?{_COMMENT}$")
_ITEM = re.compile(rf"- +({_SCALAR}){_COMMENT}$")
_ITEM_OF_ENTRIES = re.compile(r"- +(?=[A-Za-z_][A-Za-z0-9_]*:(?: |$))")
_FLOW_LIST = re.compile(rf"\[ *(?:({_SCALAR}(?: *, *{_SCALAR})*))? *\]$")
_FLOW_ITEM = re.compile(_SCALAR)
_INT = re.compile(r"-?(?:0|[1-9][0-9]{0,15})$")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]{0,15})\.[0-9]{1,15}$")
_CONSTANTS = {"null": None, "true": True, "false": False}
# Words that one YAML version or another reads as something else than text.
_DUBIOUS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}


class _NotPlainError(Exception):
    """The text needs the full parser."""


def read_plain(text: str) -> dict[str, Any] | None:
    """Return the mapping that a text holds, or None when it takes the full parser to tell.

    Args:
        text: The whole file.

    Returns:
        Nested dicts and lists of str, int, float, bool and None; empty for a file of comments.
    """
    if "\t" in text or not text.replace("\r\n", "\n").replace("\n", "").isprintable():
        return None
    lines: list[tuple[int, str]] = []
    for raw in text.replace("\r\n", "\n").split("\n"):
        content = raw.strip(" ")
        if content and not content.startswith("#"):
            lines.append((len(raw) - len(raw.lstrip(" ")), content))
    if not lines:
        return {}
    try:
        tree, end = _read_mapping(lines, 0, 0)
    except _NotPlainError:
        return None
    return tree if end == len(lines) else None


def _read_mapping(lines: list[tuple[int, str]], start: int, depth: int) -> tuple[dict[str, Any], int]:
    indent = lines[start][0]
    if depth > _MAX_DEPTH or (depth == 0 and indent):
        raise _NotPlainError
    result: dict[str, Any] = {}
    index = start
    while index < len(lines) and lines[index][0] == indent:
        match = _ENTRY.match(lines[index][1])
        if match is None or match[1].lower() in _DUBIOUS or match[1] in result:
            raise _NotPlainError
        index += 1
        if match[2] is None:
            result[match[1]], index = _read_block(lines, index, indent, depth)
        else:
            result[match[1]] = _read_value(match[2])
    if index < len(lines) and lines[index][0] > indent:
        raise _NotPlainError
    return result, index


def _read_block(lines: list[tuple[int, str]], index: int, indent: int, depth: int) -> tuple[Any, int]:
    """Read what stands below a key without a value: a list, a mapping or nothing."""
    if index == len(lines):
        return None, index
    below, content = lines[index]
    if below >= indent and content.startswith("- "):
        return _read_list(lines, index, depth + 1)
    if below > indent:
        return _read_mapping(lines, index, depth + 1)
    return None, index


def _read_list(lines: list[tuple[int, str]], index: int, depth: int) -> tuple[list[Any], int]:
    indent = lines[index][0]
    items: list[Any] = []
    while index < len(lines) and lines[index][0] == indent and lines[index][1].startswith("- "):
        content = lines[index][1]
        dash = _ITEM_OF_ENTRIES.match(content)
        if dash is not None:
            # A mapping as an item: its first key stands behind the dash, the others below that key.
            lines[index] = (indent + dash.end(), content[dash.end() :])
            item, index = _read_mapping(lines, index, depth + 1)
            items.append(item)
            continue
        match = _ITEM.match(content)
        if match is None:
            raise _NotPlainError
        items.append(_read_scalar(match[1]))
        index += 1
    if index < len(lines) and lines[index][0] > indent:
        raise _NotPlainError
    return items, index


def _read_value(text: str) -> Any:
    if not text.startswith("["):
        return _read_scalar(text)
    match = _FLOW_LIST.match(text)
    if match is None:
        raise _NotPlainError
    return [_read_scalar(item) for item in _FLOW_ITEM.findall(match[1] or "")]


def _read_scalar(text: str) -> Any:
    if text[0] in "\"'":
        return text[1:-1]
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text.lower() in _DUBIOUS:
        raise _NotPlainError
    if text[0].isalpha() or text[0] == "/":
        return text
    if _INT.match(text):
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    raise _NotPlainError
