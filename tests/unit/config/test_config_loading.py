"""Loading: what wins, what is said about nonsense, and that no file can stop the program."""

from __future__ import annotations

import os
import socket
import sys
import time
from pathlib import Path

import pytest
from foreign_dump import DUMP
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anylabeling.config import SETTINGS, Config, ConfigWarning, Source, environment_name, load_config


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ".anylabelingrc"


def _load(file: Path, text: str | bytes, **arguments: dict[str, str]) -> tuple[Config, list[ConfigWarning]]:
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_config(file, environment=arguments.get("environment", {}), overrides=arguments.get("overrides"))


def test_no_file_means_the_defaults(file: Path) -> None:
    config, warnings = load_config(file, environment={})
    assert not warnings
    assert dict(config) == dict(Config())
    assert not file.exists()


def test_the_file_in_the_home_folder_is_read(home_dir: Path) -> None:
    (home_dir / ".anylabelingrc").write_text("theme: dark\n")
    config, warnings = load_config(environment={})
    assert (config["theme"], warnings) == ("dark", [])


def test_each_source_goes_over_the_one_before(file: Path) -> None:
    text = "theme: dark\nepsilon: 5\nperformance:\n  batch_size: 2\n  io_threads: 2\n"
    environment = {"ANYLABELING_PERFORMANCE__BATCH_SIZE": "3", "ANYLABELING_EPSILON": "7.5"}
    overrides = {"epsilon": "9"}
    file.write_text(text)
    config, warnings = load_config(file, environment=environment, overrides=overrides)
    assert not warnings
    values = {key: (config[key], config.source(key).value) for key in (
        "language", "theme", "performance.io_threads", "performance.batch_size", "epsilon")}  # fmt: skip
    assert values == {
        "language": ("system", "default"),
        "theme": ("dark", "file"),
        "performance.io_threads": (2, "file"),
        "performance.batch_size": (3, "environment"),
        "epsilon": (9.0, "command line"),
    }
    assert file.read_text() == text


def test_a_bad_value_is_named_and_the_default_used(file: Path) -> None:
    config, warnings = _load(file, "theme: dark\nperformance:\n  batch_size: many\n")
    assert (config["performance.batch_size"], config["theme"]) == (4, "dark")
    (warning,) = warnings
    assert warning.key == "performance.batch_size"
    assert warning.path == file
    for part in (str(file), "performance.batch_size", "'many'", "from 1 to 256", "default", "4"):
        assert part in str(warning)


def test_an_unknown_key_is_named_with_the_nearest(file: Path) -> None:
    config, (warning,) = _load(file, "performance:\n  bacth_size: 9\n")
    assert config["performance.batch_size"] == 4
    assert (warning.key, warning.nearest) == ("performance.bacth_size", "performance.batch_size")
    for part in (str(file), "performance.bacth_size", "9", "Did you mean performance.batch_size?"):
        assert part in str(warning)


def test_a_dotted_key_and_an_empty_section_are_fine(file: Path) -> None:
    config, warnings = _load(file, "performance:\n  # batch_size: 2\nimage_filter.count_value: 3\nshortcuts: null\n")
    assert (config["image_filter.count_value"], warnings) == (3, [])


def test_a_section_with_a_value_of_its_own(file: Path) -> None:
    config, (warning,) = _load(file, "performance: 7\ntheme: dark\n")
    assert config["theme"] == "dark"
    assert "performance must hold settings below it, not 7" in str(warning)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("theme: [dark\n", "no valid YAML in line"),
        ("theme: dark\n  epsilon: 3\n", "no valid YAML in line 2"),
        ("- theme\n- dark\n", "does not hold settings"),
        ("dark", "does not hold settings"),
        ("theme: dark\n---\ntheme: light\n", "no valid YAML"),
        (b"theme: d\xe4rk\n", "not text in UTF-8"),
        (b"theme: dark\x00\n", "no valid YAML"),
        (b"\x00\x01\x02" * 100, "no valid YAML"),
        ("a: " + "x" * 1_000_000, "larger than 1 MB"),
        ("[" * 20_000, "no valid YAML"),
        # Early versions of Python 3.10 convert so many digits; then it is the key that is unknown.
        ("a: " + "9" * 20_000, "no valid YAML" if hasattr(sys, "get_int_max_str_digits") else "is no setting"),
        ("a: !!python/object/apply:os.system ['true']\n", "no valid YAML"),
        ("a: &a [x]\n" + "".join(f"b{n}: *a\n" for n in range(40)), "repeats parts of itself"),
    ],
)
def test_a_broken_file_gives_one_warning_and_the_defaults(file: Path, content: str | bytes, said: str) -> None:
    config, warnings = _load(file, content)
    assert dict(config) == dict(Config())
    (warning,) = warnings
    assert said in str(warning)
    assert str(file) in str(warning)
    assert len(str(warning)) < 600
    assert file.read_bytes() == (content.encode() if isinstance(content, str) else content)
    assert list(file.parent.iterdir()) == [file]


def test_a_bomb_of_references_is_read_in_no_time(file: Path) -> None:
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    start = time.monotonic()
    _, warnings = _load(file, "\n".join(["a0: &a0 [x]", *levels]))
    assert "repeats parts of itself" in str(warnings[0])
    few = [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 15)]
    _, warnings = _load(file, "\n".join(["a0: &a0 [x]", *few, "theme: *a14", "a: &self [*self]", "flags: *self"]))
    assert all(len(str(warning)) < 600 for warning in warnings)
    assert {"theme", "flags"} <= {warning.key for warning in warnings}
    # Written out, the eleven levels are 30,000,000,000 words.
    assert time.monotonic() - start < 60


@pytest.mark.parametrize("kind", ["folder", "pipe", "dangling link", "socket"])
def test_something_else_in_place_of_the_file(file: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if kind == "folder":
        file.mkdir()
    elif kind == "pipe":
        os.mkfifo(file)
    elif kind == "dangling link":
        file.symlink_to(file.with_name("nowhere"))
    else:
        monkeypatch.chdir(file.parent)
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(file.name)
    config, warnings = load_config(file, environment={})
    assert dict(config) == dict(Config())
    assert len(warnings) == (0 if kind == "dangling link" else 1)


@pytest.mark.parametrize("content", ["", "\n", "# nothing\n", "\ufeff", "---\n", "---\n...\n", "null\n", "{}\n"])
def test_an_empty_file_is_fine(file: Path, content: str) -> None:
    config, warnings = _load(file, content)
    assert (dict(config), warnings) == (dict(Config()), [])


def test_a_byte_order_mark_and_windows_line_ends_are_fine(file: Path) -> None:
    config, warnings = _load(file, "\ufefftheme: dark\r\nperformance:\r\n  batch_size: 2\r\n")
    assert (config["theme"], config["performance.batch_size"], warnings) == ("dark", 2, [])


def test_a_key_written_twice_is_mentioned(file: Path) -> None:
    config, (warning,) = _load(file, "theme: dark\nepsilon: 3\ntheme: light\n")
    assert (config["theme"], config["epsilon"]) == ("dark", 3.0)
    assert "has a key twice in line 3" in str(warning)


def test_a_file_full_of_nonsense_does_not_flood(file: Path) -> None:
    _, warnings = _load(file, "".join(f"nonsense{n}: 1\n" for n in range(500)))
    assert len(warnings) == 21
    assert "480 more" in str(warnings[-1])


def test_the_other_programs_file_is_read_without_complaint(file: Path) -> None:
    config, warnings = _load(file, DUMP)
    assert warnings == []
    # What it has by default and nobody chose does not take the keys away that ours has.
    keys = {"shortcuts.open_next": ("D", "Ctrl+Shift+D"), "shortcuts.open_prev": ("A", "Ctrl+Shift+A")}
    assert dict(config) == {**dict(Config()), "language": "en_US", **keys}
    assert config.shortcuts() == Config().shortcuts()


def test_what_a_person_chose_in_the_other_programs_file_counts(file: Path) -> None:
    text = DUMP.replace("theme: system", "theme: dark").replace("create_circle: null", "create_circle: Shift+K")
    text = text.replace("num_backups: 10", "num_backups: 10\n  a_new_key: 1") + "another_new_key: 3\n"
    config, warnings = _load(file, text)
    assert (config["theme"], config["shortcuts.create_circle"], warnings) == ("dark", ("Shift+K",), [])


def test_our_own_sections_are_still_checked_in_the_other_programs_file(file: Path) -> None:
    _, (warning,) = _load(file, DUMP + "performance:\n  batchsize: 3\n")
    assert warning.nearest == "performance.batch_size"


def test_the_typing_error_of_the_other_program_is_reported_in_a_file_of_ours(file: Path) -> None:
    config, (warning,) = _load(file, "shortcuts:\n  auto_label: Ctrt+A\n")
    assert config["shortcuts.auto_label"] == ("I",)
    assert "'Ctrt+A'" in str(warning)


def test_two_actions_with_one_key_are_mentioned(file: Path) -> None:
    config, (warning,) = _load(file, "shortcuts:\n  quit: D\n")
    assert config.shortcuts()["open_next"] == ()
    assert "D is set for shortcuts.quit and for shortcuts.open_next; shortcuts.quit has it" in str(warning)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("auto_save", "no", False),
        ("auto_save", "1", True),
        ("theme", "dark", "dark"),
        ("epsilon", "3", 3.0),
        ("labels", "person, car", ("person", "car")),
        ("labels", '["a, b", "c"]', ("a, b", "c")),
        ("labels", "", None),
        ("validate_label", "null", None),
        ("default_shape_color", "1, 2,3", (1, 2, 3)),
        ("label_colors", '{"car": [1, 2, 3]}', {"car": (1, 2, 3)}),
        ("shortcuts.performance_settings", "Ctrl+,", ("Ctrl+,",)),
        ("shortcuts.quit", '["F4", "Ctrl+Q"]', ("F4", "Ctrl+Q")),
        ("shortcuts.quit", "", ()),
        ("image_filter.last_export_dir", "/tmp/a b", "/tmp/a b"),
    ],
)
def test_environment_and_command_line_take_text(file: Path, key: str, text: str, value: object) -> None:
    config, warnings = load_config(file, environment={environment_name(key): text})
    assert (config[key], warnings) == (value, [])
    config, warnings = load_config(file, environment={}, overrides={key: text})
    assert (config[key], warnings) == (value, [])


def test_bad_environment_variables_are_named(file: Path) -> None:
    environment = {
        "ANYLABELING_PERFORMANCE__BATCH_SIZE": "NaN",
        "ANYLABELING_PERFORMANCE__BACTH_SIZE": "3",
        "ANYLABELING_TEST_DATA": "/data",
        "ANYLABELING_THEMES": "dark",
        "PATH": "/bin",
    }
    config, warnings = load_config(file, environment=environment)
    assert dict(config) == dict(Config())
    texts = [str(warning) for warning in warnings]
    assert len(texts) == 3
    assert "ANYLABELING_PERFORMANCE__BATCH_SIZE must be a whole number" in texts[0]
    assert "Did you mean ANYLABELING_PERFORMANCE__BATCH_SIZE?" in texts[1]
    assert "Did you mean ANYLABELING_THEME?" in texts[2]


def test_bad_command_line_values_can_be_told_apart(file: Path) -> None:
    config, warnings = load_config(file, environment={}, overrides={"theme": "pink", "nothing.here": 1, "epsilon": 3})
    assert (config["theme"], config["epsilon"]) == ("system", 3.0)
    assert [warning.source for warning in warnings] == [Source.COMMAND_LINE] * 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_content_stops_the_program(file: Path, content: bytes) -> None:
    config, warnings = _load(file, content)
    assert set(config) == set(SETTINGS)
    assert all(str(warning) for warning in warnings)
    assert file.read_bytes() == content
