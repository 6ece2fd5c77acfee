"""What another program of the same name leaves in the same file.

It writes all of its settings whenever it runs, so its file is full of values that nobody chose, and of keys that mean
nothing here. They are read without complaint and kept for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_FOREIGN_SECTIONS = frozenset(
    {"custom_models", "ui", "flag_dock", "label_dock", "shape_dock", "file_dock", "fit_to_content"}
)
_FOREIGN_KEYS = frozenset({"show_label_text_field", "canvas.num_backups"})
_OWN_SECTIONS = frozenset({"performance", "image_filter", "auto_labeling"})

# Signs of a whole dump: nobody writes these by hand, and it always has them all.
_DUMP_SIGNS = frozenset({"custom_models", "flag_dock", "label_dock", "shape_dock", "file_dock", "fit_to_content"})
_DUMP_SIGNS_NEEDED = 3

# Its defaults where ours differ, as it writes them. A value that a person set in this program is written as a list, so
# it is never mistaken for one of these.
_FOREIGN_DEFAULTS: Mapping[str, object] = {
    "shortcuts.add_point_to_edge": "Ctrl+Shift+P",
    "shortcuts.auto_label": "Ctrt+A",
    "shortcuts.create_circle": None,
    "shortcuts.create_line": None,
    "shortcuts.create_linestrip": None,
    "shortcuts.create_point": None,
    "shortcuts.edit_polygon": "Ctrl+J",
}


def is_foreign_dump(tree: Mapping[Any, Any]) -> bool:
    """Return whether the other program wrote this file, whole."""
    return len(_DUMP_SIGNS.intersection(key for key in tree if isinstance(key, str))) >= _DUMP_SIGNS_NEEDED


def is_foreign_key(key: str, *, in_dump: bool) -> bool:
    """Return whether a key that is no setting of ours belongs to the other program.

    Args:
        key: Dotted key.
        in_dump: Whether the file is a whole dump, in which every key outside our own sections is its own.
    """
    section = key.partition(".")[0]
    return section in _FOREIGN_SECTIONS or key in _FOREIGN_KEYS or (in_dump and section not in _OWN_SECTIONS)


def is_foreign_default(key: str, raw: object) -> bool:
    """Return whether a value in a whole dump is the other program's default, which nobody chose."""
    return key in _FOREIGN_DEFAULTS and _FOREIGN_DEFAULTS[key] == raw
