"""The settings: what there is, what is in force, and how a change is kept."""

from anylabeling.config.config import Config, Source
from anylabeling.config.loader import ConfigWarning, default_config_path, environment_name, load_config
from anylabeling.config.schema import SETTINGS, Setting, SettingKind, validate
from anylabeling.config.store import ConfigStore
from anylabeling.config.writer import save_settings

__all__ = [
    "SETTINGS",
    "Config",
    "ConfigStore",
    "ConfigWarning",
    "Setting",
    "SettingKind",
    "Source",
    "default_config_path",
    "environment_name",
    "load_config",
    "save_settings",
    "validate",
]
