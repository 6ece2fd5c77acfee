"""The quick reader agrees with the full parser on all that it accepts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from foreign_dump import DUMP
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from anylabeling.config.editing import to_yaml
from anylabeling.config.simple_yaml import read_plain

_SPELLINGS = """
a|Ctrl+S|Ctrl++|Ctrl+=|en_US|cv2.dnn|0|4|-3|-0|007|1_000|12345678901234567890|1.5|-0.25|1.|.5|1e3|1.0e3|0x1F|0o17|null
~|true|True|yes|No|on|y|'x y'|'it''s'|"a b"|"a\\n"|""|''|"x|'#'|"a # b"|[]|[a,b]|[ 1 , 2.5 ]|[a,,b]|[a,]|[[1]]|[a b]
['a','b']|['a' 'b']|["a, b", null]|[a] b|[a]#b|{a: 1}|{}|&x|*x|!t|>|-|- a|?|:|@a|`b|%c|2001-01-01|12:30|1:2|a:b|a: b|a#b
#c|.inf|.nan|-.inf|---|...|+5|=|<<|a b|a  b|a - b|a b # c|a 1 =|/tmp/a b.c|ä|'ä'|a b|'\x7f'
"""
_SCALARS = st.sampled_from([text for line in _SPELLINGS.strip().split("\n") for text in [*line.split("|"), "|"]])
_KEYS = st.sampled_from(["a", "b_c", "theme", "null", "yes", "1", "'q'", "a.b", "A1", "_x", "<<"])
_COMMENTS = st.sampled_from(["", "", "", " # note", "  #", "# no", " #: a", "\t", " "])
_LINES = st.one_of(
    st.builds("{}{}: {}{}".format, st.sampled_from(["", "", "  ", "    "]), _KEYS, _SCALARS, _COMMENTS),
    st.builds("{}{}:{}".format, st.sampled_from(["", "", "  "]), _KEYS, _COMMENTS),
    st.builds("{}-{}{}: {}".format, st.sampled_from(["", "  "]), st.sampled_from([" ", "  ", ""]), _KEYS, _SCALARS),
    st.builds("{}- {}{}".format, st.sampled_from(["", "  ", "    "]), _SCALARS, _COMMENTS),
    st.sampled_from(["", "# note", "  # note", "\r", "---"]),
)


def _read_fully(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def _same(one: Any, other: Any) -> bool:
    """Compare with types, since 1 == True == 1.0."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)


@given(st.lists(_LINES, max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_what_is_accepted_reads_the_same_in_full(lines: list[str], newline: str) -> None:
    text = newline.join(lines)
    plain = read_plain(text)
    if plain is not None:
        assert _same(plain, _read_fully(text) or {})


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8).filter(str.isprintable),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["a", "b c", "d.e", "yes"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@given(_VALUES)
def test_what_is_written_reads_back(value: Any) -> None:
    text = f"key: {to_yaml(value)}\n"
    assert _same(_read_fully(text)["key"], value)
    plain = read_plain(text)
    assert plain is None or _same(plain["key"], value)


def test_a_file_of_ours_needs_no_full_parser(tmp_path: Path) -> None:
    file = tmp_path / "rc"
    file.write_text(
        "# mine\ntheme: dark  # at night\nlabels: [person, car]\nflags:\n  - blurred\n  - 'dark one'\n"
        "performance:\n  # less\n  batch_size: 2\n\n  tensorrt_workspace_gb: 2.5\nshortcuts:\n  quit: null\n"
        "image_filter:\nshape:\n    line_color:\n    - 1\n    - 2\n    - 3\n"
    )
    code = (
        "import sys; from pathlib import Path; from anylabeling.config import load_config\n"
        "config, warnings = load_config(Path(sys.argv[1]), environment={})\n"
        "assert not warnings, warnings\n"
        "assert config['labels'] == ('person', 'car') and config['flags'] == ('blurred', 'dark one')\n"
        "assert config['performance.batch_size'] == 2 and config['shape.line_color'] == (1, 2, 3, 255)\n"
        "heavy = [name for name in ('ruamel', 'numpy', 'cv2', 'PyQt5', 'qtpy') if name in sys.modules]\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code, str(file)], check=True, cwd=Path(__file__).resolve().parents[3])


def test_the_other_programs_whole_file_needs_no_full_parser() -> None:
    tree = read_plain(DUMP)
    assert tree is not None
    assert _same(tree, _read_fully(DUMP))
    assert tree["custom_models"][0]["classes"] == ["person", "bus"]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "  # indented\n"])
def test_nothing_reads_as_nothing(text: str) -> None:
    assert read_plain(text) == {}
