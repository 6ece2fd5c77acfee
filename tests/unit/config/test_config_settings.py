"""The schema's rows and the check of values that come from outside."""

from __future__ import annotations

import math
import os
from typing import Any

import pytest

from anylabeling.config import SETTINGS, Config, Source, validate
from anylabeling.config.schema import nearest_key
from anylabeling.config.setting import SettingKind, describe_values
from anylabeling.config.shortcuts import SHARED_KEYS, effective_shortcuts


@pytest.mark.parametrize(
    ("key", "default"),
    [
        ("performance.batch_size", 4),
        ("performance.max_batch_size", 16),
        ("performance.num_worker_threads", min(8, os.cpu_count() or 1)),
        ("performance.io_threads", 4),
        ("performance.image_cache_size_mb", 512),
        ("performance.enable_result_caching", True),
        ("performance.cache_persistence", True),
        ("performance.preload_enabled", True),
        ("performance.preload_count", 3),
        ("performance.preferred_backend", "auto"),
        ("performance.tensorrt_fp16", True),
        ("performance.tensorrt_int8", False),
        ("performance.tensorrt_workspace_gb", 4.0),
        ("image_filter.selected_classes", None),
        ("image_filter.count_mode", "any"),
        ("image_filter.count_value", 1),
        ("image_filter.last_export_dir", None),
        ("theme", "system"),
        ("auto_save", True),
        ("default_shape_color", (0, 255, 0)),
        ("shape.line_color", (0, 255, 0, 128)),
        ("epsilon", 10.0),
        ("canvas.double_click", "close"),
        ("label_completion", "startswith"),
        ("shortcuts.redo", ("Ctrl+Shift+Z",)),
        ("shortcuts.toggle_auto_use_last_label", ("Ctrl+Y",)),
        ("shortcuts.add_point_to_edge", ()),
        ("shortcuts.auto_label", ("I",)),
        ("shortcuts.open_next", ("D",)),
        ("shortcuts.open_next_keep", ("Ctrl+Shift+D",)),
    ],
)
def test_default(key: str, default: object) -> None:
    assert Config()[key] == default


@pytest.mark.parametrize(
    ("key", "offered"),
    [
        ("performance.batch_size", (1, 16)),
        ("performance.num_worker_threads", (1, 16)),
        ("performance.image_cache_size_mb", (128, 2048)),
        ("performance.preload_count", (1, 10)),
        ("image_filter.count_value", (1, 100)),
    ],
)
def test_dialog_offers_the_documented_range(key: str, offered: tuple[int, int]) -> None:
    assert SETTINGS[key].dialog_range == offered


@pytest.mark.parametrize("key", SETTINGS)
def test_each_row_is_sound(key: str) -> None:
    setting = SETTINGS[key]
    assert setting.key == key
    assert validate(setting, setting.default) == setting.default
    assert setting.text
    assert setting.text[-1] != "."
    assert describe_values(setting)
    if setting.dialog_range is not None:
        assert setting.bounds is not None
        assert setting.bounds[0] <= setting.dialog_range[0] <= setting.default <= setting.dialog_range[1]
        assert setting.dialog_range[1] <= setting.bounds[1]
    if setting.kind is SettingKind.CHOICE:
        assert setting.choices


def test_a_cache_of_zero_is_off_and_allowed() -> None:
    assert validate(SETTINGS["performance.image_cache_size_mb"], 0) == 0


@pytest.mark.parametrize(
    ("key", "raw", "value"),
    [
        ("epsilon", 7, 7.0),
        ("labels", ["person", 7], ("person", "7")),
        ("labels", [], None),
        ("image_filter.selected_classes", ["car"], ("car",)),
        ("shape.line_color", [1, 2, 3], (1, 2, 3, 255)),
        ("label_colors", {"car.old": [1, 2, 3]}, {"car.old": (1, 2, 3)}),
        ("label_flags", {"^p.*": ["occluded"]}, {"^p.*": ("occluded",)}),
        ("validate_label", "exact", "exact"),
        ("canvas.double_click", None, None),
        ("shortcuts.quit", None, ()),
        ("shortcuts.quit", [], ()),
        ("shortcuts.quit", "shift+ctrl+delete", ("Ctrl+Shift+Del",)),
        ("shortcuts.quit", ["Ctrl+Q", "control+q", "F4"], ("Ctrl+Q", "F4")),
        ("shortcuts.quit", "Ctrl++", ("Ctrl++",)),
        ("shortcuts.quit", "+", ("+",)),
        ("shortcuts.quit", "Ctrl+,", ("Ctrl+,",)),
        ("shortcuts.quit", "ctrl+k, ctrl+s", ("Ctrl+K, Ctrl+S",)),
        ("shortcuts.quit", 1, ("1",)),
    ],
)
def test_accepted(key: str, raw: object, value: object) -> None:
    assert validate(SETTINGS[key], raw) == value


@pytest.mark.parametrize(
    ("key", "raw"),
    [
        ("performance.batch_size", True),
        ("performance.batch_size", 0),
        ("performance.batch_size", 4.5),
        ("performance.batch_size", "4"),
        ("performance.batch_size", None),
        ("performance.batch_size", 10**400),
        ("performance.batch_size", [4]),
        ("image_filter.count_value", 101),
        ("epsilon", True),
        ("epsilon", math.nan),
        ("epsilon", math.inf),
        ("epsilon", 10**400),
        ("auto_save", 1),
        ("auto_save", "true"),
        ("theme", "Dark"),
        ("theme", None),
        ("validate_label", "none"),
        ("language", ""),
        ("language", "en\x00"),
        ("language", "x" * 10_000),
        ("labels", "person"),
        ("labels", ["a", "a"]),
        ("labels", ["a", None]),
        ("labels", ["a", True]),
        ("labels", ["a\nb"]),
        ("default_shape_color", [0, 255]),
        ("default_shape_color", [0, 255, 256]),
        ("default_shape_color", [0, 255, True]),
        ("default_shape_color", "green"),
        ("label_colors", {"a": [1, 2]}),
        ("label_colors", ["a"]),
        ("label_flags", {"a": "b"}),
        ("shortcuts.quit", "Ctrt+A"),
        ("shortcuts.quit", "Ctrl+"),
        ("shortcuts.quit", "Ctrl+Ctrl+A"),
        ("shortcuts.quit", ""),
        ("shortcuts.quit", "Ctrl+Nowhere"),
        ("shortcuts.quit", {"a": 1}),
        ("shortcuts.quit", "A, B, C, D, E"),
    ],
)
def test_refused_with_a_plain_sentence(key: str, raw: object) -> None:
    with pytest.raises(ValueError, match=r"^must be .+, not ") as caught:
        validate(SETTINGS[key], raw)
    assert len(str(caught.value)) < 400


def test_a_huge_value_does_not_make_a_huge_message() -> None:
    deep: list[Any] = []
    for _ in range(5000):
        deep = [deep, deep]
    with pytest.raises(ValueError, match="must be") as caught:
        validate(SETTINGS["theme"], deep)
    assert len(str(caught.value)) < 400


def test_no_two_defaults_want_the_same_key() -> None:
    _, conflicts = effective_shortcuts(Config())
    assert conflicts == ()
    for pair in SHARED_KEYS:
        assert len({Config()[key] for key in pair}) == 1


def test_tool_letters_are_as_drawn_on_the_tool_strip() -> None:
    keys = Config().shortcuts()
    letters = {"edit_polygon": "V", "create_rectangle": "R", "create_polygon": "P", "create_rotated_rectangle": "O"}
    assert {name: keys[name][0] for name in letters} == letters
    assert all(keys[f"create_{name}"] for name in ("circle", "line", "linestrip", "point"))


@pytest.mark.parametrize("key", [key for key in SETTINGS if key.startswith("shortcuts.")])
def test_qt_spells_the_default_keys_the_same_way(key: str) -> None:
    from qtpy.QtGui import QKeySequence

    for keys in SETTINGS[key].default:
        assert QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText) == keys


def test_a_chosen_key_wins_over_a_default() -> None:
    config = Config({"shortcuts.quit": "D"})
    assert config.shortcuts()["quit"] == ("D",)
    assert config.shortcuts()["open_next"] == ()
    assert config["shortcuts.open_next"] == ("D",)


def test_the_key_that_keeps_shapes_belongs_to_the_action_of_that_name() -> None:
    both = Config({"shortcuts.open_next": ["F6", "Ctrl+Shift+D"], "shortcuts.open_prev": ["A", "Ctrl+Shift+J"]})
    keys, conflicts = effective_shortcuts(both, frozenset({"shortcuts.open_next", "shortcuts.open_prev"}))
    assert (keys["shortcuts.open_next"], keys["shortcuts.open_next_keep"]) == (("F6",), ("Ctrl+Shift+D",))
    assert keys["shortcuts.open_prev_keep"] == ("Ctrl+Shift+A", "Ctrl+Shift+J")
    assert conflicts == ()


def test_undo_and_taking_back_a_point_share_their_key_but_no_third_may() -> None:
    keys = Config({"shortcuts.quit": ["Ctrl+Z", "Ctrl+Q"]}).shortcuts()
    assert keys["quit"] == ("Ctrl+Z", "Ctrl+Q")
    assert keys["undo"] == ()
    assert Config().shortcuts()["undo"] == Config().shortcuts()["undo_last_point"] == ("Ctrl+Z",)


@pytest.mark.parametrize(
    ("wrong", "nearest"),
    [
        ("them", "theme"),
        ("performance.bacth_size", "performance.batch_size"),
        ("performance.threads", "performance.io_threads"),
        ("batch_size", "performance.batch_size"),
        ("image_fliter.count_mode", "image_filter.count_mode"),
        ("shortcuts.qiut", "shortcuts.quit"),
        ("autosave", "auto_save"),
        ("performance.qqq", None),
        ("zzz", None),
        ("x" * 1_000_000, None),
    ],
)
def test_nearest_key(wrong: str, nearest: str | None) -> None:
    assert nearest_key(wrong) == nearest


def test_config_is_a_snapshot() -> None:
    config = Config({"performance.batch_size": 2, "label_colors": {"a": [1, 2, 3]}})
    later = config.with_overrides({"performance.batch_size": 8, "theme": "dark"}, Source.COMMAND_LINE)
    assert (config["performance.batch_size"], later["performance.batch_size"]) == (2, 8)
    assert (config["theme"], config.source("theme")) == ("system", Source.DEFAULT)
    assert later.source("theme") is Source.COMMAND_LINE
    assert later.source("label_colors") is Source.FILE
    config["label_colors"]["b"] = (0, 0, 0)
    assert config["label_colors"] == {"a": (1, 2, 3)}
    assert later.section("performance.")["batch_size"] == 8
    assert set(later) == set(SETTINGS)
    assert len(later) == len(SETTINGS)


def test_config_names_the_nearest_key_for_a_wrong_one() -> None:
    with pytest.raises(KeyError, match=r"performance\.batch_size"):
        Config()["performance.batchsize"]
    with pytest.raises(KeyError, match="did you mean theme"):
        Config().with_overrides({"them": "dark"}, Source.FILE)
    with pytest.raises(ValueError, match="theme must be one of system, light, dark"):
        Config().with_overrides({"theme": "pink"}, Source.FILE)
    assert Config().get("nothing") is None


def test_config_crosses_to_another_process() -> None:
    import pickle

    config = Config({"theme": "dark", "labels": ["a"]})
    copy = pickle.loads(pickle.dumps(config))
    assert dict(copy) == dict(config)
    assert copy.source("theme") is Source.FILE
