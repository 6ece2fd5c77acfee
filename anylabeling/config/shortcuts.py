"""The keyboard shortcuts: one row each, and who gets a key that two actions want."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anylabeling.config.keys import normalize_key_sequence
from anylabeling.config.setting import Setting, SettingKind

PREFIX = "shortcuts."

SHARED_KEYS: frozenset[frozenset[str]] = frozenset({frozenset({"shortcuts.undo", "shortcuts.undo_last_point"})})
"""Pairs of actions that may have the same key, because one of them is alive only while a shape is being drawn."""

_KEEPING = {f"{PREFIX}{name}": f"{PREFIX}{name}_keep" for name in ("open_next", "open_prev")}
"""Settings of AnyLabeling give one action two keys; that with Ctrl and Shift keeps the shapes of the image before."""

_Keys = str | tuple[str, ...] | None

_ACTIONS: tuple[tuple[str, _Keys, str], ...] = (
    ("close", "Ctrl+W", "Close the image"),
    ("open", "Ctrl+O", "Open a file"),
    ("open_dir", "Ctrl+U", "Open a folder"),
    ("quit", "Ctrl+Q", "Leave the program"),
    ("save", "Ctrl+S", "Save the labels"),
    ("save_as", "Ctrl+Shift+S", "Save the labels under another name"),
    ("save_to", None, "Choose the folder that label files are written to"),
    ("delete_file", "Ctrl+Delete", "Delete the label file"),
    ("delete_image", None, "Delete the image and its label file"),
    ("rescan_folder", "F5", "Read the folder again"),
    ("open_last", None, "Open the folder that was open last"),
    ("open_next", "D", "Next image; with Ctrl and Shift it starts with these shapes"),
    ("open_prev", "A", "Previous image; with Ctrl and Shift it starts with these shapes"),
    ("open_next_keep", "Ctrl+Shift+D", "Next image, which starts with these shapes when it has no labels"),
    ("open_prev_keep", "Ctrl+Shift+A", "Previous image, which starts with these shapes when it has no labels"),
    ("open_next_unlabeled", "Shift+D", "Next image without labels"),
    ("open_prev_unlabeled", "Shift+A", "Previous image without labels"),
    ("open_next_labeled", None, "Next image with labels"),
    ("open_prev_labeled", None, "Previous image with labels"),
    ("jump_to_image", "Ctrl+G", "Go to an image by its number"),
    ("search_files", "/", "Search in the file list"),
    ("zoom_in", ("Ctrl++", "Ctrl+="), "Zoom in"),
    ("zoom_out", "Ctrl+-", "Zoom out"),
    ("zoom_to_original", "Ctrl+0", "Zoom to the original size"),
    ("zoom_to_selection", "Z", "Zoom to the selected shapes"),
    ("fit_window", "Ctrl+F", "Fit the image into the window"),
    ("fit_width", "Ctrl+Shift+F", "Fit the image to the width of the window"),
    ("toggle_shapes", "H", "Show or hide all shapes"),
    ("toggle_cross_line", "X", "Show or hide the crosshair"),
    ("compare", None, "Compare with the labels of another folder"),
    ("look", "Ctrl+B", "Brightness, contrast and what else is only about looking"),
    ("toggle_grid", None, "Show or hide the grid"),
    ("toggle_navigator", "F9", "Show or hide the whole picture in a corner"),
    ("toggle_full_screen", "F11", "Fill the screen"),
    ("toggle_text_dock", "Ctrl+T", "Show or hide the texts of object and image"),
    ("reset_views", "Ctrl+Shift+V", "Put the docks back where they were at first"),
    ("edit_polygon", ("V", "Ctrl+J"), "Select and edit shapes"),
    ("aim_by_keys", "K", "Aim by arrow keys with the select tool, too, on or off"),
    ("create_polygon", ("P", "Ctrl+N"), "Draw polygons"),
    ("create_rectangle", ("R", "Ctrl+R"), "Draw rectangles"),
    ("create_rotated_rectangle", "O", "Draw rotated rectangles"),
    ("create_circle", "C", "Draw circles"),
    ("create_line", "L", "Draw lines"),
    ("create_linestrip", "Shift+L", "Draw lines of several segments"),
    ("create_point", ".", "Set points"),
    ("create_quadrilateral", "Shift+O", "Draw quadrilaterals"),
    ("create_cuboid", "Shift+R", "Draw boxes in perspective"),
    ("create_points", "M", "Set several points of one object"),
    ("magic_wand", "W", "Select what has the colour under the cursor"),
    ("create_ellipse", "Shift+C", "Draw ellipses as polygons"),
    ("create_freehand", "Shift+P", "Draw polygons by dragging"),
    ("paint_mask", "B", "Paint masks with a brush"),
    ("erase_mask", "Shift+B", "Erase from masks with a brush"),
    ("cut_hole", "Shift+J", "Cut holes into shapes"),
    ("split_shapes", "J", "Split shapes along a line"),
    ("undo", "Ctrl+Z", "Undo the last change"),
    ("redo", "Ctrl+Shift+Z", "Redo what was undone"),
    ("undo_last_point", "Ctrl+Z", "Take back the last point while drawing"),
    ("delete_polygon", "Delete", "Delete the selected shapes"),
    ("duplicate_polygon", "Ctrl+D", "Duplicate the selected shapes"),
    ("cut_polygon", "Ctrl+X", "Cut the selected shapes out to the clipboard"),
    ("copy_polygon", "Ctrl+C", "Copy the selected shapes"),
    ("paste_polygon", "Ctrl+V", "Paste shapes"),
    ("select_all", "Ctrl+A", "Select all shapes"),
    ("select_same_label", "Ctrl+Alt+A", "Select all shapes with the labels of the selected ones"),
    ("select_group", "Shift+G", "Select all shapes of the groups of the selected ones"),
    ("select_next", "Alt+Down", "Select the next shape"),
    ("select_previous", "Alt+Up", "Select the shape before"),
    ("invert_selection", "Ctrl+I", "Select what is not selected"),
    ("toggle_lock", "Ctrl+K", "Lock or unlock the selected shapes"),
    ("hide_selected", "Shift+H", "Hide the selected shapes"),
    ("bring_to_front", "Ctrl+Alt+]", "Bring the selected shapes to the front"),
    ("bring_forward", "Ctrl+]", "Bring the selected shapes forward"),
    ("send_backward", "Ctrl+[", "Send the selected shapes backward"),
    ("send_to_back", "Ctrl+Alt+[", "Send the selected shapes to the back"),
    ("merge_shapes", "Ctrl+Shift+M", "Merge the selected shapes"),
    ("subtract_shapes", "Ctrl+Shift+X", "Cut the upper selected shapes out of the lowest"),
    ("intersect_shapes", "Ctrl+Shift+N", "Keep what the selected shapes have in common"),
    ("exclude_shapes", None, "Keep what only one of the selected shapes covers"),
    ("rotate_left", "Alt+Left", "Turn the selected shapes left by 1 degree"),
    ("rotate_right", "Alt+Right", "Turn the selected shapes right by 1 degree"),
    ("rotate_left_more", "Alt+Shift+Left", "Turn the selected shapes left by 15 degrees"),
    ("rotate_right_more", "Alt+Shift+Right", "Turn the selected shapes right by 15 degrees"),
    ("simplify_shapes", "Shift+S", "Leave out the points that outlines do not need"),
    ("toggle_snap", "S", "Snap to points, edges and axes, on or off"),
    ("add_point_to_edge", None, "Add a point to the edge under the cursor"),
    ("remove_selected_point", "Backspace", "Remove the selected point"),
    ("edit_label", "Ctrl+E", "Change the label of the selected shapes"),
    *((f"label_digit_{digit}", digit, f"Give the label of the digit {digit}") for digit in "1234567890"),
    ("edit_text", "T", "Edit the text of the selected shape"),
    ("link_shapes", "Ctrl+Shift+K", "Link two shapes from key to value"),
    ("unlink_shapes", None, "Remove the links of the selected shapes"),
    ("toggle_checked", "Y", "Mark the image as checked, or not"),
    ("open_next_unchecked", "N", "Next image that is not checked"),
    ("open_prev_unchecked", "Shift+N", "Previous image that is not checked"),
    ("label_manager", "Ctrl+Shift+E", "Open the label manager"),
    ("folder_objects", None, "Change kinds and groups of objects in the whole folder"),
    ("undo_folder_change", None, "Undo the last change of labels in the whole folder"),
    ("statistics", "Ctrl+Shift+T", "Open the statistics"),
    ("group_selected_shapes", "G", "Group the selected shapes"),
    ("ungroup_selected_shapes", "U", "Dissolve the group of the selected shapes"),
    ("toggle_keep_prev_mode", "Ctrl+P", "Keep the shapes of the previous image, on or off"),
    ("toggle_auto_use_last_label", "Ctrl+Y", "Give new shapes the last label, on or off"),
    ("toggle_auto_use_last_gid", None, "Give new shapes the last group number, on or off"),
    ("auto_label", "I", "Run the model on this image"),
    ("auto_label_all", "Ctrl+Shift+I", "Run the model on all images"),
    ("outline_all", None, "Outline everything on this image"),
    ("find_alike", "Shift+F", "Find all objects like the selected or marked one"),
    ("not_alike", "Shift+X", "Look again without what is like the selected ones"),
    ("add_positive_point", "Q", "Mark a point that belongs to the object"),
    ("add_negative_point", "E", "Mark a point that does not belong to the object"),
    ("finish_object", "F", "Finish the object that the model outlined"),
    ("image_filter", "Ctrl+L", "Open the image filter"),
    ("clear_filter", "Ctrl+Shift+L", "Show all images again"),
    ("settings", "Ctrl+.", "Open the settings of labels, canvas and colours"),
    ("performance_settings", "Ctrl+,", "Open the performance settings"),
    ("command_palette", "Ctrl+Shift+P", "Find a command by its name"),
    ("show_shortcuts", "F1", "Show the keyboard shortcuts"),
)


def _in_one_spelling(keys: _Keys) -> tuple[str, ...]:
    written = (keys,) if isinstance(keys, str) else keys or ()
    return tuple(spelled for spelled in map(normalize_key_sequence, written) if spelled is not None)


def _row(name: str, keys: _Keys, text: str) -> Setting:
    return Setting(PREFIX + name, SettingKind.SHORTCUT, text, "Shortcuts", _in_one_spelling(keys))


ROWS: tuple[Setting, ...] = tuple(_row(name, keys, text) for name, keys, text in _ACTIONS)


@dataclass(frozen=True, slots=True)
class ShortcutConflict:
    """A key that two actions want.

    Attributes:
        keys: The key sequence.
        winner: Setting of the action that has it.
        loser: Setting of the action that does not get it.
    """

    keys: str
    winner: str
    loser: str


def effective_shortcuts(
    values: Mapping[str, Any], chosen: frozenset[str] = frozenset()
) -> tuple[dict[str, tuple[str, ...]], tuple[ShortcutConflict, ...]]:
    """Give each key to one action, since Qt runs neither of two actions that have the same key.

    A key that the person chose wins over one that is there by default; otherwise the action that comes first in the
    schema has it.

    Args:
        values: Key sequences by setting key, in the order of the schema; other settings are ignored.
        chosen: Setting keys whose value is not the default's.

    Returns:
        Key sequences by setting key, and what was taken from whom.
    """
    wanted = {key: tuple(keys) for key, keys in values.items() if key.startswith(PREFIX)}
    for plain, keeping in _KEEPING.items():
        if plain in wanted and keeping in wanted:
            moved = tuple(sequence for sequence in wanted[plain] if {"Ctrl", "Shift"} <= set(sequence.split("+")))
            wanted[plain] = tuple(sequence for sequence in wanted[plain] if sequence not in moved)
            wanted[keeping] = tuple(dict.fromkeys((*wanted[keeping], *moved)))
    owners: dict[str, list[str]] = {}
    conflicts: list[ShortcutConflict] = []
    result: dict[str, list[str]] = {key: [] for key in wanted}
    for key in sorted(wanted, key=lambda name: name not in chosen):
        for sequence in wanted[key]:
            holders = owners.setdefault(sequence, [])
            rival = next((holder for holder in holders if frozenset({holder, key}) not in SHARED_KEYS), None)
            if rival is None:
                holders.append(key)
                result[key].append(sequence)
            else:
                conflicts.append(ShortcutConflict(sequence, rival, key))
    return {key: tuple(keys) for key, keys in result.items()}, tuple(conflicts)
