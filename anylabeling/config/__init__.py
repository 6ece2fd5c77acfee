"""The settings: what there is, what is in force, and how a change is kept."""

from anylabeling.config.config import Config, Source
from anylabeling.config.loader import ConfigWarning, default_config_path, environment_name, load_config
from anylabeling.config.schema import SETTINGS, Setting, SettingKind, validate

__all__ = [
    "SETTINGS",
    "Config",
    "ConfigWarning",
    "Setting",
    "SettingKind",
    "Source",
    "default_config_path",
    "environment_name",
    "load_config",
    "validate",
]
