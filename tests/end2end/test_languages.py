"""The real program in the languages that it speaks: nothing is left in English, nothing is cut."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qtpy.QtCore import QLocale

import anylabeling
from anylabeling.config import SETTINGS, SettingKind
from anylabeling.document.annotation import Annotation
from anylabeling.document.label_file import write_label_file
from anylabeling.document.shape import Shape, ShapeKind
from anylabeling.qt.languages import OWN_CONTEXT, language_of, read_catalogue

SAMPLES = Path(anylabeling.__file__).parent / "resources" / "samples" / "images"
LANGUAGES = ("vi_VN", "zh_CN")


def wanted(text: str) -> str:
    """Return a text as it is shown, without the marks of keys."""
    return re.sub(r"\(&\w\)", "", text).replace("&", "").rstrip("…")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_the_window_is_left_in_english(
    language: str, run_scenario: Callable[..., dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import numpy as np

    folder = tmp_path / "kittens"
    folder.mkdir()
    first = sorted(SAMPLES.glob("*.jpg"))[0].name
    shutil.copy(SAMPLES / first, folder)
    box = Shape(ShapeKind.RECTANGLE, np.array([[20.0, 20.0], [80.0, 90.0]]), label="kitten")
    write_label_file(
        folder / f"{Path(first).stem}.json", Annotation(shapes=(box,)), image_name=first, image_size=(1280, 960)
    )
    monkeypatch.setenv("ANYLABELING_LANGUAGE", language)
    shots = os.environ.get("ANYLABELING_TEST_SHOTS", "")
    found = run_scenario("read_everything", [str(folder)], first=first, folder=shots)
    catalogue = read_catalogue(language)[OWN_CONTEXT]
    shown = {wanted(text) for text in found["texts"]}
    english = {wanted(source) for source, text in catalogue.items() if text != source} - set(
        map(wanted, catalogue.values())
    )
    assert sorted(shown & english) == []
    # Not even the words of the settings file, which stay as they are there.
    assert sorted(shown & {choice for setting in SETTINGS.values() for choice in setting.choices}) == []
    assert wanted(catalogue["&File"]) in shown
    assert wanted(catalogue["Reset to Defaults"]) in shown
    assert len(shown & set(map(wanted, catalogue.values()))) > 250
    assert found["narrow"] == []
    # Said in the language that was chosen, which is English here.
    said = [text for text in found["notices"] if "no font" not in text]  # as may be so on a bare machine
    assert said == ["The window speaks this language from the next start on."]


NAMES = {
    "English", "Tiếng Việt", "简体中文", "ONNX Runtime, CPU", "ONNX Runtime, GPU", "Ultralytics", "OpenCV DNN",
    "TensorRT", "OpenVINO", "Rust", "Cython", "NumPy",
}  # fmt: skip
"""The same in every language."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_that_a_setting_can_have_is_shown_in_the_language(language: str) -> None:
    from anylabeling.views.dialogs.performance_settings import PerformanceSettingsDialog
    from anylabeling.views.dialogs.setting_values import choice_text
    from anylabeling.views.dialogs.settings import SettingsDialog

    catalogue = read_catalogue(language)[OWN_CONTEXT]
    keys = (*SettingsDialog.keys(), *PerformanceSettingsDialog.keys())
    settings = [SETTINGS[key] for key in keys if SETTINGS[key].kind is SettingKind.CHOICE]
    assert len(settings) >= 9
    for setting in settings:
        choices = (*setting.choices, *((None,) if setting.nullable else ()))
        texts = [choice_text(setting.key, choice) for choice in choices]
        assert [text for text in texts if text not in NAMES and text not in catalogue] == [], setting.key
        shown = [catalogue.get(text, text) for text in texts]
        assert len(set(shown)) == len(choices), f"{setting.key}: {shown}"


FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>"""


def test_a_machine_without_a_chinese_font_is_noticed(tmp_path: Path) -> None:
    settings = tmp_path / "fonts.conf"
    settings.write_text(FONTS.format(folder=tmp_path))
    code = """if True:
        from qtpy.QtGui import QGuiApplication
        from anylabeling.qt.languages import lacks_font
        app = QGuiApplication([])
        print([lacks_font(language) for language in ("en_US", "vi_VN", "zh_CN")])
    """
    environment = {**os.environ, "FONTCONFIG_FILE": str(settings), "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment)
    assert ended.stdout.strip() == "[False, False, True]", ended.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_menu_gives_one_letter_to_two_entries(language: str) -> None:
    from anylabeling.views.actions import ACTION_ROWS
    from anylabeling.views.menus import title_path

    catalogue = read_catalogue(language)[OWN_CONTEXT]
    entries = {title_path(row)[: 1 + depth] for row in ACTION_ROWS for depth in range(len(title_path(row)))}
    assert ("&Edit", "&Select") in entries  # submenus have letters, too
    menus: dict[tuple[str, ...], list[str]] = {}
    for *path, source in sorted(entries):
        text = catalogue.get(source, source)
        if "&" in text:
            menus.setdefault(tuple(path), []).append(text[text.index("&") + 1].lower())
    assert {menu: sorted(letters) for menu, letters in menus.items() if len(set(letters)) < len(letters)} == {}


@pytest.mark.parametrize(
    ("setting", "system", "taken"),
    [
        ("vi_VN", "de_DE", "vi_VN"),
        ("en_US", "zh_CN", "en_US"),
        ("system", "zh_CN", "zh_CN"),
        ("system", "vi_VN", "vi_VN"),
        ("system", "de_DE", "en_US"),
        ("system", "zh_TW", "en_US"),
        ("system", "C", "en_US"),
    ],
)
def test_the_system_is_followed_where_its_language_is_spoken(
    setting: str, system: str, taken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QLocale, "system", staticmethod(lambda: QLocale(system)))
    assert language_of(setting) == taken
