"""Read the configuration file into plain values, whatever it holds."""

from __future__ import annotations

import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MAX_FILE_BYTES = 1_000_000
MAX_ALIASES = 32


@dataclass(frozen=True, slots=True)
class RawFile:
    """What a configuration file holds.

    Attributes:
        tree: The mapping at its top; empty when there is no file, or when it cannot be used.
        text: The whole text; empty when it cannot be read.
        problem: Why the file cannot be used, a sentence part; empty when it can.
        notes: Sentence parts about what is odd but no obstacle.
    """

    tree: dict[Any, Any] = field(default_factory=dict)
    text: str = ""
    problem: str = ""
    notes: tuple[str, ...] = ()


def read_config_file(path: Path) -> RawFile:
    """Read a file that may be missing, broken or hostile; nothing is raised and nothing is written.

    Args:
        path: The file.

    Returns:
        Its content, or the problem with it. A missing file and an empty one are no problem.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return RawFile(problem="is a folder" if stat.S_ISDIR(status.st_mode) else "is not a regular file")
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return RawFile()
    except OSError as error:
        return RawFile(problem=f"cannot be read: {error.strerror or error}")
    if len(data) > MAX_FILE_BYTES:
        return RawFile(problem=f"is larger than {MAX_FILE_BYTES // 1_000_000} MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return RawFile(problem=f"is not text in UTF-8 (byte {error.start})")
    return parse_config_text(text)


def parse_config_text(text: str) -> RawFile:
    """Read the text of a configuration file; see read_config_file."""
    from anylabeling.config.simple_yaml import read_plain  # its patterns are compiled only where there is a file

    tree = read_plain(text)
    if tree is not None:
        return RawFile(tree=tree, text=text)
    return _parse_fully(text)


def _parse_fully(text: str) -> RawFile:
    from ruamel.yaml import YAML
    from ruamel.yaml.constructor import DuplicateKeyError
    from ruamel.yaml.error import MarkedYAMLError

    notes: tuple[str, ...] = ()
    try:
        if text.count("*") > MAX_ALIASES and _count_aliases(text) > MAX_ALIASES:
            return RawFile(text=text, problem=f"repeats parts of itself more than {MAX_ALIASES} times")
        try:
            tree = YAML(typ="safe", pure=True).load(text)
        except DuplicateKeyError as error:
            parser = YAML(typ="safe", pure=True)
            parser.allow_duplicate_keys = True
            tree = parser.load(text)
            notes = (f"has a key twice{_line_of(error)}",)
    except MarkedYAMLError as error:
        return RawFile(text=text, problem=f"is no valid YAML{_line_of(error)}: {error.problem or error.context}")
    except Exception as error:  # noqa: BLE001 - a parser at work on untrusted text: numbers too long, nesting too deep
        return RawFile(text=text, problem=f"is no valid YAML: {type(error).__name__}")
    if tree is None:
        return RawFile(text=text)
    if not isinstance(tree, dict):
        return RawFile(text=text, problem="does not hold settings (lines such as 'theme: dark')")
    return RawFile(tree=tree, text=text, notes=notes)


def _count_aliases(text: str) -> int:
    from ruamel.yaml import YAML
    from ruamel.yaml.events import AliasEvent

    return sum(isinstance(event, AliasEvent) for event in YAML(typ="safe", pure=True).parse(text))


def _line_of(error: Any) -> str:
    mark = error.problem_mark or error.context_mark
    return f" in line {mark.line + 1}" if mark is not None else ""
