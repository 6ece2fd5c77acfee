"""Saving: only what changed is touched, nothing is lost, and what is saved loads again."""

from __future__ import annotations

import concurrent.futures
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from foreign_dump import DUMP
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anylabeling.config import SETTINGS, Setting, SettingKind, load_config, save_settings, validate
from anylabeling.errors import ConfigError, StorageError

REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ".anylabelingrc"


def _loaded(file: Path, *keys: str) -> list[Any]:
    config, warnings = load_config(file, environment={})
    assert warnings == []
    return [config[key] for key in keys]


_TEXTS = st.text(min_size=1, max_size=12).filter(lambda text: text.isprintable() and text.strip())
_BYTES = st.integers(0, 255)
_KEYS = st.sampled_from(["Ctrl+A", "+", ",", "Ctrl+\\", "#", "'", '"', "Y", "F4", "Ctrl+K, N"])
_CLASS_KEYS = st.fixed_dictionaries({"label": _TEXTS}, optional={"mode": st.just("rectangle")})
_ATTRIBUTES = st.one_of(
    st.sampled_from(["text", "number", "check"]),
    st.lists(_TEXTS, max_size=2),
    st.fixed_dictionaries({"type": st.just("number"), "min": st.integers(-5, 5), "default": st.none()}),
)


def _values(setting: Setting) -> st.SearchStrategy[Any]:
    least, greatest = setting.bounds or (0, 0)
    made: st.SearchStrategy[Any] = {
        SettingKind.BOOL: st.booleans(),
        SettingKind.INT: st.integers(int(least), int(greatest)),
        SettingKind.FLOAT: st.floats(least, greatest, allow_subnormal=False),  # YAML does not keep these
        SettingKind.TEXT: _TEXTS,
        SettingKind.FONT: _TEXTS,
        SettingKind.CHOICE: st.sampled_from(setting.choices or ("",)),
        SettingKind.COLOR: st.tuples(_BYTES, _BYTES, _BYTES),
        SettingKind.COLOR_ALPHA: st.tuples(_BYTES, _BYTES, _BYTES, _BYTES),
        SettingKind.TEXT_LIST: st.lists(_TEXTS, unique=True, max_size=4).map(tuple),
        SettingKind.SHORTCUT: st.lists(_KEYS, unique=True, max_size=3).map(tuple),
        SettingKind.FLAGS_BY_LABEL: st.dictionaries(_TEXTS, st.lists(_TEXTS, unique=True, max_size=2), max_size=3),
        SettingKind.COLORS_BY_LABEL: st.dictionaries(_TEXTS, st.tuples(_BYTES, _BYTES, _BYTES), max_size=3),
        SettingKind.LABELS_BY_DIGIT: st.dictionaries(st.sampled_from("0123456789"), _CLASS_KEYS, max_size=3),
        SettingKind.KEYS_BY_ACTION: st.dictionaries(_TEXTS, st.lists(_KEYS, unique=True, max_size=2).map(tuple),
                                                    max_size=3),
        SettingKind.ATTRIBUTES_BY_LABEL: st.dictionaries(_TEXTS, st.dictionaries(_TEXTS, _ATTRIBUTES, max_size=2),
                                                         max_size=3),
    }[setting.kind]  # fmt: skip
    return made | st.none() if setting.nullable else made


@st.composite
def _changes(draw: st.DrawFn) -> dict[str, Any]:
    keys = draw(st.lists(st.sampled_from(list(SETTINGS)), unique=True, max_size=5))
    return {key: draw(_values(SETTINGS[key])) for key in keys}


_BEFORE = [
    "",
    "# nothing yet\n",
    "theme: light",
    DUMP,
    (REPOSITORY / ".anylabelingrc.example").read_text(encoding="utf-8"),
    "# mine\r\nperformance:\r\n    batch_size: 2   # two\r\n    # end\r\n\r\n"
    "labels:\r\n- a\r\n- b # bee\r\n\r\nshortcuts: {quit: F4}\r\n",
    "performance: {batch_size: 2}\nlabels: [a,\n  b]\nlanguage: >-\n  en\nx: &x [1, 2, 3]\ndefault_shape_color: *x\n",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None)
@given(st.sampled_from(_BEFORE), st.lists(_changes(), min_size=1, max_size=3))
def test_what_is_saved_is_loaded_and_the_rest_is_as_it_was(
    file: Path, before: str, rounds: list[dict[str, Any]]
) -> None:
    file.write_bytes(before.encode())
    expected = dict(load_config(file, environment={})[0])
    for changes in rounds:
        save_settings(file, changes)
        expected.update({key: validate(SETTINGS[key], value) for key, value in changes.items()})
        assert dict(load_config(file, environment={})[0]) == expected


def test_comments_order_quotes_and_unknown_keys_stay(file: Path) -> None:
    file.write_text(
        "# My settings\n"
        "theme: 'dark'   # at night\n"
        "\n"
        "performance:\n"
        "    # as many as fit\n"
        "    batch_size:   2   # two\n"
        "    unknown: [1,2,  3]\n"
        "    # the end\n"
        "\n"
        "# not ours\n"
        "ui: {dock_state: 'AAA='}\n"
        "n: ~\n"
        "labels:   # all of them\n"
        "  - person\n"
        "  - car\n"
        "\n"
        'language: "en_US"\n'
    )
    save_settings(
        file, {"performance.batch_size": 8, "performance.io_threads": 2, "labels": ["bus", "yes"], "epsilon": 5}
    )
    assert file.read_text() == (
        "# My settings\n"
        "theme: 'dark'   # at night\n"
        "\n"
        "performance:\n"
        "    # as many as fit\n"
        "    batch_size:   8   # two\n"
        "    unknown: [1,2,  3]\n"
        "    io_threads: 2\n"
        "    # the end\n"
        "\n"
        "# not ours\n"
        "ui: {dock_state: 'AAA='}\n"
        "n: ~\n"
        'labels: [bus, "yes"]   # all of them\n'
        "\n"
        'language: "en_US"\n'
        "epsilon: 5.0\n"
    )


def test_a_new_file_holds_only_what_differs(file: Path) -> None:
    save_settings(
        file, {"theme": "dark", "auto_save": True, "performance.batch_size": 4, "shortcuts.quit": ["F4", "F5"]}
    )
    lines = [line for line in file.read_text().splitlines() if not line.startswith("#")]
    assert lines == ["theme: dark", "shortcuts:", "  quit: [F4, F5]"]


def test_defaults_alone_make_no_file(file: Path) -> None:
    save_settings(file, {"theme": "system", "performance.batch_size": 4})
    save_settings(file, {})
    assert not file.exists()


def test_going_back_to_a_default_keeps_the_line(file: Path) -> None:
    file.write_text("theme: dark  # night\nepsilon: 3\n")
    save_settings(file, {"theme": "system"})
    assert file.read_text() == "theme: system  # night\nepsilon: 3\n"


def test_saving_what_is_there_touches_nothing(file: Path) -> None:
    file.write_text("theme: dark\n")
    before = file.stat()
    save_settings(file, {"theme": "dark", "auto_save": True})
    after = file.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_copy_of_the_example_can_be_changed_in_place(file: Path) -> None:
    example = (REPOSITORY / ".anylabelingrc.example").read_text(encoding="utf-8")
    file.write_text(example)
    save_settings(file, {"performance.batch_size": 2, "theme": "dark"})
    assert _loaded(file, "performance.batch_size", "theme") == [2, "dark"]
    text = file.read_text()
    assert text.replace("performance:\n  batch_size: 2\n", "performance:\n").replace("theme: dark\n", "") == example


def test_what_an_editor_wrote_meanwhile_is_kept(file: Path) -> None:
    file.write_text("theme: dark\n")
    load_config(file)
    file.write_text("theme: dark\nepsilon: 3\n")
    save_settings(file, {"theme": "light"})
    assert _loaded(file, "theme", "epsilon") == ["light", 3.0]


def test_the_other_programs_file_keeps_all_that_is_its_own(file: Path) -> None:
    file.write_text(DUMP)
    save_settings(file, {"theme": "dark", "performance.batch_size": 2})
    assert file.read_text() == DUMP.replace("theme: system", "theme: dark") + "performance:\n  batch_size: 2\n"


@pytest.mark.parametrize(
    ("key", "keys"),
    [
        ("shortcuts.create_circle", ()),
        ("shortcuts.edit_polygon", ("Ctrl+J",)),
        ("shortcuts.add_point_to_edge", ("Ctrl+Shift+P",)),
        ("shortcuts.auto_label", ()),
    ],
)
def test_a_key_chosen_here_is_not_taken_for_the_other_programs_default(
    file: Path, key: str, keys: tuple[str, ...]
) -> None:
    file.write_text(DUMP)
    save_settings(file, {key: keys, "shortcuts.command_palette": ()})  # which has one of these keys by default
    assert _loaded(file, key) == [keys]


def test_a_value_that_does_not_fit_is_refused_before_anything_is_written(file: Path) -> None:
    file.write_text("theme: dark\n")
    with pytest.raises(ValueError, match="must be a whole number"):
        save_settings(file, {"theme": "light", "performance.batch_size": 0})
    with pytest.raises(KeyError):
        save_settings(file, {"theme": "light", "nothing": 0})
    assert file.read_text() == "theme: dark\n"


@pytest.mark.parametrize("content", [b"theme: [dark\n", b"- a\n", b"\xff\xfe\x00", b"a: " + b"x" * 1_100_000])
def test_a_broken_file_is_put_aside_when_a_setting_changes(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    file.with_name(".anylabelingrc.broken-1").write_text("an older one")
    assert save_settings(file, {"theme": "system"}) is None
    assert file.read_bytes() == content
    aside = save_settings(file, {"theme": "dark"})
    assert aside == file.with_name(".anylabelingrc.broken-2")
    assert aside.read_bytes() == content
    assert file.with_name(".anylabelingrc.broken-1").read_text() == "an older one"
    assert _loaded(file, "theme") == ["dark"]
    assert len(list(file.parent.iterdir())) == 3


def test_a_folder_in_its_place_is_left_alone(file: Path) -> None:
    file.mkdir()
    with pytest.raises(StorageError, match="is a folder"):
        save_settings(file, {"theme": "dark"})
    assert list(file.parent.iterdir()) == [file]


def test_a_missing_folder_is_a_clear_message(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="could not be saved"):
        save_settings(tmp_path / "nowhere" / ".anylabelingrc", {"theme": "dark"})
    assert list(tmp_path.iterdir()) == []


def test_a_section_that_holds_a_value_is_not_guessed_at(file: Path) -> None:
    file.write_text("performance: 7\n")
    with pytest.raises(ConfigError, match="cannot be changed safely"):
        save_settings(file, {"performance.batch_size": 2})
    assert file.read_text() == "performance: 7\n"
    save_settings(file, {"theme": "dark"})
    assert file.read_text() == "performance: 7\ntheme: dark\n"


def test_a_link_stays_a_link_and_the_mode_stays(file: Path, tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    real = tmp_path / "dotfiles" / "rc"
    real.write_text("theme: dark\n")
    real.chmod(0o640)
    file.symlink_to(real)
    save_settings(file, {"theme": "light"})
    assert file.is_symlink()
    assert real.read_text() == "theme: light\n"
    assert real.stat().st_mode & 0o777 == 0o640


def test_no_change_of_several_threads_is_lost(file: Path) -> None:
    keys = [key for key in SETTINGS if key.startswith("shortcuts.")][:24]
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda pair: save_settings(file, {pair[1]: f"F{pair[0] + 1}"}), enumerate(keys)))
    config, _ = load_config(file, environment={})
    assert [config[key] for key in keys] == [(f"F{n + 1}",) for n in range(len(keys))]


@pytest.mark.skipif(os.name == "nt", reason="folders cannot be locked there: the last writer wins")
def test_no_change_of_several_processes_is_lost(file: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from anylabeling.config import SETTINGS, save_settings\n"
        "keys = [key for key in SETTINGS if key.startswith('shortcuts.')][int(sys.argv[2])::3][:6]\n"
        "for key in keys: save_settings(Path(sys.argv[1]), {key: 'F12'})\n"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", code, str(file), str(number)], cwd=REPOSITORY) for number in range(3)
    ]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    config, _ = load_config(file, environment={})
    assert sum(keys == ("F12",) for keys in config.section("shortcuts.").values()) == 18
