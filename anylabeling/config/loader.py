"""Load the settings: defaults, then the file, then the environment, then the command line."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anylabeling.config.config import Config, Source
from anylabeling.config.migrations import is_foreign_default, is_foreign_dump, is_foreign_key
from anylabeling.config.reading import RawFile, read_config_file
from anylabeling.config.schema import SECTION_NAMES, SETTINGS, nearest_key
from anylabeling.config.setting import Setting, SettingKind, shorten, validate
from anylabeling.config.shortcuts import effective_shortcuts

CONFIG_FILE_NAME = ".anylabelingrc"
ENVIRONMENT_PREFIX = "ANYLABELING_"

_MAX_WARNINGS = 20
_WORDS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


@dataclass(frozen=True, slots=True)
class ConfigWarning:
    """Something in the settings that was not used as it stands.

    Attributes:
        text: One or two plain sentences for people, with key, value, file and remedy.
        source: Where it was found.
        key: The key as it was written; empty when the file as a whole is meant.
        value: The value as text, shortened; empty where there is none.
        nearest: The known key that looks most like an unknown one; empty when there is none.
        path: The file, for what a file holds.
    """

    text: str
    source: Source
    key: str = ""
    value: str = ""
    nearest: str = ""
    path: Path | None = None

    def __str__(self) -> str:
        return self.text


def default_config_path() -> Path:
    """Return where the settings are kept: .anylabelingrc in the home folder."""
    return Path.home() / CONFIG_FILE_NAME


def environment_name(key: str) -> str:
    """Return the environment variable of a setting, such as ANYLABELING_PERFORMANCE__BATCH_SIZE."""
    return ENVIRONMENT_PREFIX + key.upper().replace(".", "__")


def load_config(
    path: Path | str | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    overrides: Mapping[str, object] | None = None,
) -> tuple[Config, list[ConfigWarning]]:
    """Load all settings. Nothing is raised for what a file or a variable holds, and nothing is written.

    Args:
        path: The configuration file; .anylabelingrc in the home folder when None. It need not exist.
        environment: Variables to look at; those of the process when None.
        overrides: What the command line says, by dotted key; texts are read as in the environment. It wins, and is
            never written back.

    Returns:
        The settings in force and what was not understood. A caller that wants a bad command line to be an error looks
        for warnings whose source is Source.COMMAND_LINE.
    """
    path = default_config_path() if path is None else Path(path)
    environment = os.environ if environment is None else environment
    warnings: list[ConfigWarning] = []
    config = Config()
    raw_file = read_config_file(path)
    if raw_file.tree or raw_file.problem:
        config = config.with_checked(_values_of_file(raw_file, path, warnings), Source.FILE)
    values = _values_of_environment(environment, warnings)
    if values:
        config = config.with_checked(values, Source.ENVIRONMENT)
    if overrides:
        config = config.with_checked(_values_of_command_line(overrides, warnings), Source.COMMAND_LINE)
    _warn_of_shortcut_conflicts(config, path, warnings)
    return config, warnings


def _values_of_file(raw_file: RawFile, path: Path, warnings: list[ConfigWarning]) -> dict[str, Any]:
    if raw_file.problem:
        text = f"{path} {raw_file.problem}. It is left as it is, and the defaults are used."
        warnings.append(ConfigWarning(text, Source.FILE, path=path))
        return {}
    found = [ConfigWarning(f"{path} {note}. The first is used.", Source.FILE, path=path)
             for note in raw_file.notes]  # fmt: skip
    in_dump = is_foreign_dump(raw_file.tree)
    values: dict[str, Any] = {}
    for key, raw in _flatten(raw_file.tree):
        setting = SETTINGS.get(key)
        if setting is None:
            if key in SECTION_NAMES:
                text = f"{path}: {key} must hold settings below it, not {shorten(raw)}. It is ignored."
                found.append(ConfigWarning(text, Source.FILE, key, shorten(raw), path=path))
            elif not is_foreign_key(key, in_dump=in_dump):
                found.append(_unknown_key(key, raw, path))
        elif not (in_dump and is_foreign_default(key, raw)):
            try:
                values[key] = validate(setting, raw)
            except ValueError as error:
                text = f"{path}: {key} {error}. The default is used: {_as_text(setting)}."
                found.append(ConfigWarning(text, Source.FILE, key, shorten(raw), path=path))
    warnings.extend(found[:_MAX_WARNINGS])
    if len(found) > _MAX_WARNINGS:
        text = f"{path} holds {len(found) - _MAX_WARNINGS} more lines that are not understood."
        warnings.append(ConfigWarning(text, Source.FILE, path=path))
    return values


def _flatten(tree: Mapping[Any, Any]) -> Iterator[tuple[str, Any]]:
    """Yield dotted keys and their values; a mapping is gone into where it is a section, one level deep."""
    for name, value in tree.items():
        key = str(name)
        if key in SECTION_NAMES and key not in SETTINGS:
            if isinstance(value, Mapping):
                for inner, inner_value in value.items():
                    yield f"{key}.{inner}", inner_value
            elif value is not None:
                yield key, value
        else:
            yield key, value


def _unknown_key(key: str, raw: object, path: Path) -> ConfigWarning:
    nearest = nearest_key(key) or ""
    remedy = f" Did you mean {nearest}?" if nearest else ""
    text = f"{path}: {key[:80]} ({shorten(raw)}) is no setting and is ignored.{remedy}"
    return ConfigWarning(text, Source.FILE, key, shorten(raw), nearest, path)


def _values_of_environment(environment: Mapping[str, str], warnings: list[ConfigWarning]) -> dict[str, Any]:
    given = {name: text for name, text in environment.items() if name.startswith(ENVIRONMENT_PREFIX)}
    if not given:
        return {}
    known = {environment_name(key): key for key in SETTINGS}
    values: dict[str, Any] = {}
    for name, text in given.items():
        if name in known:
            try:
                values[known[name]] = read_text_value(SETTINGS[known[name]], text)
            except ValueError as error:
                sentence = f"The environment variable {name} {error}. It is ignored."
                warnings.append(ConfigWarning(sentence, Source.ENVIRONMENT, known[name], shorten(text)))
            continue
        import difflib  # slow to import, and rarely needed

        # Variables for tests and tools share the prefix: only what looks like a setting is worth a word.
        close = difflib.get_close_matches(name, known, n=1, cutoff=0.7 if "__" in name else 0.9)
        if close or "__" in name:
            remedy = f" Did you mean {close[0]}?" if close else ""
            sentence = f"The environment variable {name} is no setting and is ignored.{remedy}"
            nearest = known[close[0]] if close else ""
            warnings.append(ConfigWarning(sentence, Source.ENVIRONMENT, name, shorten(text), nearest))
    return values


def _values_of_command_line(overrides: Mapping[str, object], warnings: list[ConfigWarning]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, raw in overrides.items():
        setting = SETTINGS.get(key)
        if setting is None:
            nearest = nearest_key(key) or ""
            remedy = f" Did you mean {nearest}?" if nearest else ""
            text = f"Command line: {key} is no setting and is ignored.{remedy}"
            warnings.append(ConfigWarning(text, Source.COMMAND_LINE, key, shorten(raw), nearest))
            continue
        try:
            values[key] = read_text_value(setting, raw) if isinstance(raw, str) else validate(setting, raw)
        except ValueError as error:
            text = f"Command line: {key} {error}. It is ignored."
            warnings.append(ConfigWarning(text, Source.COMMAND_LINE, key, shorten(raw)))
    return values


def read_text_value(setting: Setting, text: str) -> Any:
    """Read a value from a variable or a command line.

    Numbers and texts stand as they are; true, yes, on and 1 are one thing; "null" or nothing is null where that is
    allowed; lists of texts are separated by commas; anything in brackets is read as JSON.

    Args:
        setting: The row of the schema.
        text: What was given.

    Returns:
        The checked value.

    Raises:
        ValueError: When the value does not fit; see setting.validate.
    """
    stripped = text.strip()
    if stripped in ("", "null") and (setting.nullable or setting.kind is SettingKind.SHORTCUT):
        return validate(setting, None)
    if setting.kind is SettingKind.BOOL:
        return validate(setting, _WORDS.get(stripped.lower(), text))
    if setting.kind in (SettingKind.TEXT, SettingKind.FONT, SettingKind.CHOICE):
        return validate(setting, text)
    if setting.kind in (SettingKind.INT, SettingKind.FLOAT) or stripped.startswith(("[", "{")):
        return validate(setting, _read_json(stripped, text))
    if setting.kind is SettingKind.TEXT_LIST:
        return validate(setting, [part.strip() for part in stripped.split(",")])
    if setting.kind in (SettingKind.COLOR, SettingKind.COLOR_ALPHA):
        return validate(setting, [_read_json(part.strip(), part) for part in stripped.split(",")])
    return validate(setting, stripped)


def _read_json(text: str, fallback: object) -> object:
    import json

    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return fallback


def _warn_of_shortcut_conflicts(config: Config, path: Path, warnings: list[ConfigWarning]) -> None:
    chosen = frozenset(key for key in SETTINGS if config.source(key) is not Source.DEFAULT)
    if not any(key.startswith("shortcuts.") for key in chosen):
        return
    changed = frozenset(key for key in chosen if not config.is_default(key))
    for conflict in effective_shortcuts(config, changed)[1]:
        winner, loser = conflict.winner, conflict.loser
        source = config.source(winner)
        where = str(path) if source is Source.FILE else source.value.capitalize()
        text = f"{where}: {conflict.keys} is set for {winner} and for {loser}; {winner} has it."
        warnings.append(ConfigWarning(text, source, loser, conflict.keys, path=path))


def _as_text(setting: Setting) -> str:
    default = setting.default
    if setting.kind is SettingKind.SHORTCUT:
        return " or ".join(default) or "no key"
    if default is None:
        return "null"
    return str(default).lower() if isinstance(default, bool) else str(default)
