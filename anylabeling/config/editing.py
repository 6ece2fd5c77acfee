"""Change values in the text of a configuration file and leave every other character alone.

The places to change are found with a full YAML parser and replaced in the text, since writing the parsed file anew
moves comments to other settings and changes indentation. The result is read back and compared before it is used.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
from collections.abc import Mapping
from typing import Any

from anylabeling.config.reading import parse_config_text
from anylabeling.errors import ConfigError
from anylabeling.translation import tr

FIRST_LINE = "# Settings that differ from the defaults. All that there are: see .anylabelingrc.example.\n"

_PLAIN_TEXT = re.compile(r"[A-Za-z][A-Za-z0-9_+./-]*$")
_DUBIOUS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}


class _NotEditableError(Exception):
    """The text is laid out in a way that only the full writer handles."""


def to_yaml(value: object) -> str:
    """Return a value as YAML on one line.

    Args:
        value: None, bool, int, float, str, or tuples, lists and mappings of them.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        text = repr(value)
        # YAML takes an exponent for text unless a point stands before it.
        return text.replace("e", ".0e") if "e" in text and "." not in text else text
    if isinstance(value, str):
        plain = _PLAIN_TEXT.match(value) and value.lower() not in _DUBIOUS
        return value if plain else json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{to_yaml(key)}: {to_yaml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(to_yaml(item) for item in value) + "]"
    raise TypeError(f"{type(value).__name__} is no value of a setting")


def apply_changes(text: str, changes: Mapping[str, object]) -> str:
    """Return the text of a configuration file with other values for some settings.

    Args:
        text: The file as it is; valid, with a mapping at its top, or empty.
        changes: Values by dotted key.

    Returns:
        The text with these values. Comments, order, quotes and all other keys are as they were.

    Raises:
        ConfigError: When that cannot be done without changing something else.
    """
    with contextlib.suppress(_NotEditableError):
        expected = _tree_with(parse_config_text(text).tree, changes)
        for edit in (_splice_all, _rewrite):
            with contextlib.suppress(_NotEditableError):
                result = edit(text, changes)
                check = parse_config_text(result)
                if not check.problem and check.tree == expected:
                    return result
    raise ConfigError(
        tr("The configuration file is laid out in a way that cannot be changed safely."),
        hint="Change these settings in it by hand: " + ", ".join(changes) + ".",
        details=text[:2000],
    )


def _tree_with(tree: Mapping[Any, Any], changes: Mapping[str, object]) -> dict[Any, Any]:
    result = dict(tree)
    for key, value in changes.items():
        section, _, name = key.rpartition(".")
        plain = _as_plain(value)
        inner = _section_in(result, section)
        if not section or key in result:
            result[key] = plain
        if section and (key not in tree or name in inner):
            result[section] = {**inner, name: plain}
    return result


def _section_in(tree: Mapping[Any, Any], section: str) -> Mapping[Any, Any]:
    inner = tree.get(section) if section else None
    if inner is not None and not isinstance(inner, Mapping):
        raise _NotEditableError
    return inner or {}


def _as_plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _as_plain(item) for key, item in value.items()}
    return [_as_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _splice_all(text: str, changes: Mapping[str, object]) -> str:
    for key, value in changes.items():
        text = _splice(text, key, to_yaml(value))
    return text


def _splice(text: str, key: str, value: str) -> str:
    """Replace the value of one key in a text, or add it."""
    from ruamel.yaml import YAML
    from ruamel.yaml.nodes import MappingNode

    newline = "\r\n" if "\r\n" in text else "\n"
    root = YAML(typ="safe", pure=True).compose(text)
    if root is None:
        return _append(text, _lines_of(key, value, newline), newline)
    if not isinstance(root, MappingNode) or root.flow_style:
        raise _NotEditableError
    section_name, _, name = key.rpartition(".")
    found = [pair for pair in root.value if pair[0].value == key]
    sections = [pair for pair in root.value if section_name and pair[0].value == section_name]
    for _, node in sections:
        if isinstance(node, MappingNode):
            found += [pair for pair in node.value if pair[0].value == name]
    if found:
        # From the end of the file to its start, so that the places found stay right.
        for pair in sorted(found, key=lambda pair: -int(pair[0].start_mark.index)):
            text = _replace_value(text, pair[0], pair[1], value)
        return text
    if sections:
        return _add_to_section(text, sections[0], f"{name}: {value}", newline)
    return _append(text, _lines_of(key, value, newline), newline)


def _lines_of(key: str, value: str, newline: str) -> str:
    section, _, name = key.rpartition(".")
    return f"{section}:{newline}  {name}: {value}{newline}" if section else f"{key}: {value}{newline}"


def _append(text: str, lines: str, newline: str) -> str:
    if text.rstrip().endswith(("...", "---")):
        raise _NotEditableError
    return text + (newline if text and not text.endswith("\n") else "") + lines


def _replace_value(text: str, key_node: Any, value_node: Any, value: str) -> str:
    colon = _colon_after(text, key_node)
    start, end = value_node.start_mark.index, _end_of(value_node)
    if value_node.anchor is not None:
        raise _NotEditableError
    if start == end:
        return f"{text[:colon]} {value}{text[colon:]}"
    if "\n" in text[colon:start]:
        # A block below the key: the value moves up into the line of the key; the comments above the block stay.
        comment, *others = text[colon:start].split("\n")[:-1]
        line_end = "\r\n" if comment.endswith("\r") else "\n"
        comments = line_end.join([comment.rstrip(), *(line.rstrip() for line in others)])
        return f"{text[:colon]} {value}{comments}{text[end:]}"
    return text[:start] + value + text[end:]


def _add_to_section(text: str, section: tuple[Any, Any], entry: str, newline: str) -> str:
    key_node, value_node = section
    if value_node.anchor is not None:
        raise _NotEditableError
    start, end = value_node.start_mark.index, _end_of(value_node)
    if start == end:
        column = int(key_node.start_mark.column) + 2
        place = _colon_after(text, key_node)
    elif isinstance(value_node.value, list) and not value_node.flow_style:
        column = int(value_node.start_mark.column)
        place = end
    else:
        raise _NotEditableError
    line_end = text.find("\n", place)
    if line_end < 0:
        return f"{text}{newline}{' ' * column}{entry}"
    return f"{text[: line_end + 1]}{' ' * column}{entry}{newline}{text[line_end + 1 :]}"


def _colon_after(text: str, key_node: Any) -> int:
    """Return the index behind the colon of a key."""
    end = int(key_node.end_mark.index)
    colon = text.find(":", end)
    if colon < 0 or text[end:colon].strip():
        raise _NotEditableError
    return colon + 1


def _end_of(node: Any) -> int:
    """Return the index behind the last character of a node; a block node itself ends where the next one starts."""
    if isinstance(node.value, list):
        if node.flow_style:
            return int(node.end_mark.index)
        last = node.value[-1]
        return _end_of_pair(*last) if isinstance(last, tuple) else _end_of(last)
    if node.style in ("|", ">"):
        raise _NotEditableError
    return int(node.end_mark.index)


def _end_of_pair(key_node: Any, value_node: Any) -> int:
    # An empty value is placed where the next token starts, lines further down.
    end = _end_of(value_node)
    return int(key_node.end_mark.index) + 1 if end == value_node.start_mark.index else end


def _rewrite(text: str, changes: Mapping[str, object]) -> str:
    """Write the whole file anew: comments and quotes are kept, but may move a little."""
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap

    writer = YAML()
    writer.preserve_quotes = True
    writer.allow_duplicate_keys = True
    writer.width = 1_000_000
    tree = writer.load(text)
    if tree is None:
        tree = CommentedMap()
    for key, value in changes.items():
        section, _, name = key.rpartition(".")
        plain = _as_plain(value)
        inner = _section_in(tree, section)
        if not section or key in tree:
            tree[key] = plain
        if section and (key not in tree or name in inner):
            if not inner:
                tree[section] = CommentedMap()
            tree[section][name] = plain
    stream = io.StringIO()
    writer.dump(tree, stream)
    return stream.getvalue()
