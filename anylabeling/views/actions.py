"""Everything that can be chosen from a menu, a strip or the keyboard, as one table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from qtpy.QtCore import QObject, Qt
from qtpy.QtGui import QKeySequence
from qtpy.QtWidgets import QAction, QActionGroup, QWidget

from anylabeling.config import Config
from anylabeling.translation import tr
from anylabeling.views.icons import icon


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action.

    Attributes:
        id: Name in ``MainWindow.actions``.
        text: What the menu says; "&" marks the key for the menu.
        menu: Where it stands: menu, section, and after ">" a submenu with its section, such as "view:3>theme:1".
        icon: Name of the icon, or empty.
        shortcut: Name of the setting in "shortcuts." that holds its keys, or empty.
        tooltip: What the tool strip says; the text without "..." when empty.
        checkable: Whether it can be on and off.
        setting: Key of the setting that says whether it is on at the start, or empty for on.
        group: Actions of one group exclude each other.
        needs: What must be there for it to be of use: "image", "folder", "model", or empty.
    """

    id: str
    text: str
    menu: str = ""
    icon: str = ""
    shortcut: str = ""
    tooltip: str = ""
    checkable: bool = False
    setting: str = ""
    group: str = ""
    needs: str = ""

    @property
    def place(self) -> MenuPlace:
        """Return where it stands, in parts."""
        upper, _, lower = self.menu.partition(">")
        menu, _, section = upper.partition(":")
        submenu, _, subsection = lower.partition(":")
        return MenuPlace(menu, section, submenu, subsection)


@dataclass(frozen=True, slots=True)
class MenuPlace:
    """Where an action stands; without a submenu, the last two are empty. A line stands between two sections."""

    menu: str
    section: str
    submenu: str
    subsection: str


_FILE = (
    ActionRow("open_dir", tr("Open &Folder…"), "file:1", "folder", "open_dir"),
    ActionRow("open_file", tr("Open F&ile…"), "file:1", "image", "open"),
    ActionRow("open_last", tr("Go &On Where You Left"), "file:1", "", "open_last"),
    ActionRow("rescan_folder", tr("Read Folder A&gain"), "file:1", "reset", "rescan_folder", needs="folder"),
    ActionRow("save", tr("&Save"), "file:2", "save", "save", needs="image"),
    ActionRow("save_as", tr("Save &As…"), "file:2", "", "save_as", needs="image"),
    ActionRow("change_output_dir", tr("Change &Label Folder…"), "file:2", "", "save_to"),
    ActionRow("import_dataset", tr("Im&port…"), "file:2b", "", "", tr("Import a data set of another format")),
    ActionRow("export_dataset", tr("&Export…"), "file:2b", "export", "", tr("Export as a data set"), needs="folder"),
    ActionRow("delete_label_file", tr("&Delete Label File…"), "file:3", "delete", "delete_file", needs="image"),
    ActionRow("delete_image", tr("Delete I&mage…"), "file:3", "delete", "delete_image", needs="image"),
    ActionRow("close", tr("&Close Image"), "file:3", "", "close", needs="image"),
    ActionRow("quit", tr("&Quit"), "file:4", "", "quit"),
)

CONVERSIONS = (
    ("polygon", tr("&Polygon"), "polygon"),
    ("rectangle", tr("&Rectangle"), "rectangle"),
    ("rotated_rectangle", tr("R&otated Rectangle"), "rotated_rectangle"),
    ("quadrilateral", tr("&Quadrilateral"), "quadrilateral"),
    ("circle", tr("&Circle"), "circle"),
    ("line", tr("&Line"), "line"),
    ("linestrip", tr("Line S&trip"), "linestrip"),
    ("point", tr("Po&int"), "point"),
    ("points", tr("Poi&nts"), "points"),
    ("mask", tr("&Mask"), "mask"),
    ("cuboid", tr("C&uboid"), "cuboid"),
)
"""Kinds that shapes can be turned into: value of ShapeKind, text, icon."""

_EDIT = (
    ActionRow("undo", tr("&Undo"), "edit:1", "undo", "undo"),
    ActionRow("redo", tr("&Redo"), "edit:1", "redo", "redo"),
    ActionRow("cut", tr("Cu&t"), "edit:2", "cut", "cut_polygon", needs="image"),
    ActionRow("copy", tr("&Copy"), "edit:2", "copy", "copy_polygon", needs="image"),
    ActionRow("paste", tr("&Paste"), "edit:2", "paste", "paste_polygon", needs="image"),
    ActionRow("duplicate", tr("Dupl&icate"), "edit:2", "duplicate", "duplicate_polygon", needs="image"),
    ActionRow("delete", tr("&Delete"), "edit:2", "delete", "delete_polygon", needs="image"),
    ActionRow("select_all", tr("Select &All"), "edit:3>select:1", "select_all", "select_all", needs="image"),
    ActionRow("invert_selection", tr("&Invert Selection"), "edit:3>select:1", "invert", "invert_selection",
              needs="image"),
    ActionRow("select_same_label", tr("Select Same &Label"), "edit:3>select:2", "same_label", "select_same_label",
              needs="image"),
    ActionRow("select_group", tr("Select Whole &Group"), "edit:3>select:2", "group", "select_group", needs="image"),
    ActionRow("select_next", tr("Select &Next"), "edit:3>select:3", "next", "select_next", needs="image"),
    ActionRow("select_previous", tr("Select &Previous"), "edit:3>select:3", "previous", "select_previous",
              needs="image"),
    ActionRow("edit_label", tr("&Edit Label…"), "edit:4", "edit", "edit_label", needs="image"),
    ActionRow("group_selected_shapes", tr("&Group"), "edit:4", "group", "group_selected_shapes", needs="image"),
    ActionRow("ungroup_selected_shapes", tr("U&ngroup"), "edit:4", "ungroup", "ungroup_selected_shapes", needs="image"),
    ActionRow("toggle_lock", tr("&Lock or Unlock"), "edit:4", "lock", "toggle_lock", needs="image"),
    ActionRow("hide_selected", tr("&Hide"), "edit:4", "eye_off", "hide_selected", needs="image"),
    ActionRow("bring_to_front", tr("To &Front"), "edit:5>order", "to_front", "bring_to_front", needs="image"),
    ActionRow("bring_forward", tr("For&ward"), "edit:5>order", "forward", "bring_forward", needs="image"),
    ActionRow("send_backward", tr("Backwar&d"), "edit:5>order", "backward", "send_backward", needs="image"),
    ActionRow("send_to_back", tr("To &Back"), "edit:5>order", "to_back", "send_to_back", needs="image"),
    ActionRow("merge_shapes", tr("&Merge"), "edit:5>combine", "merge", "merge_shapes",
              tr("Join the selected shapes; rectangles become the one around them"), needs="image"),
    ActionRow("subtract_shapes", tr("&Subtract"), "edit:5>combine", "subtract", "subtract_shapes",
              tr("Cut the upper selected shapes out of the lowest"), needs="image"),
    ActionRow("intersect_shapes", tr("&Intersect"), "edit:5>combine", "intersect", "intersect_shapes",
              tr("Keep what the selected shapes have in common"), needs="image"),
    ActionRow("exclude_shapes", tr("E&xclude"), "edit:5>combine", "exclude", "exclude_shapes",
              tr("Keep what only one of the selected shapes covers"), needs="image"),
    *(ActionRow(f"convert_to_{kind}", text, "edit:5>convert", icon_name, needs="image")
      for kind, text, icon_name in CONVERSIONS),
    ActionRow("rotate_left", tr("&Left by 1°"), "edit:5>rotate", "rotate_left", "rotate_left", needs="image"),
    ActionRow("rotate_right", tr("&Right by 1°"), "edit:5>rotate", "rotate_right", "rotate_right", needs="image"),
    ActionRow("rotate_left_more", tr("L&eft by 15°"), "edit:5>rotate", "rotate_left", "rotate_left_more",
              needs="image"),
    ActionRow("rotate_right_more", tr("Ri&ght by 15°"), "edit:5>rotate", "rotate_right", "rotate_right_more",
              needs="image"),
    ActionRow("add_point_to_edge", tr("&Add Point to Edge"), "edit:5>points:1", "vertex_add", "add_point_to_edge",
              needs="image"),
    ActionRow("remove_selected_point", tr("&Remove Point"), "edit:5>points:1", "vertex_remove",
              "remove_selected_point", needs="image"),
    ActionRow("simplify_shapes", tr("Simpli&fy"), "edit:5>points:1", "simplify", "simplify_shapes", needs="image"),
    ActionRow("snap", tr("&Snap to Points, Edges and Axes"), "edit:5>points:2", "snap", "toggle_snap",
              checkable=True, setting="canvas.snap"),
    ActionRow("keep_inside", tr("&Keep Shapes Inside of the Image"), "edit:5>points:2", checkable=True,
              setting="canvas.keep_inside"),
    ActionRow("keep_prev", tr("&Keep Shapes of Previous Image"), "edit:6>new", "", "toggle_keep_prev_mode",
              checkable=True, setting="keep_prev"),
    ActionRow("auto_use_last_label", tr("Use &Last Label without Asking"), "edit:6>new", "",
              "toggle_auto_use_last_label", checkable=True, setting="auto_use_last_label"),
    ActionRow("auto_use_last_gid", tr("Use Last &Group Number"), "edit:6>new", "", "toggle_auto_use_last_gid",
              checkable=True, setting="auto_use_last_gid"),
)  # fmt: skip


def _tool(name: str, text: str, shortcut: str, menu: str = "draw") -> ActionRow:
    return ActionRow(
        f"tool_{name}", text, f"tools:2>{menu}", name, shortcut, checkable=True, group="tool", needs="image"
    )


TOOL_ROWS = (
    _tool("select", tr("&Select and Edit"), "edit_polygon", "draw:1"),
    _tool("rectangle", tr("&Rectangle"), "create_rectangle", "draw:2"),
    _tool("rotated_rectangle", tr("R&otated Rectangle"), "create_rotated_rectangle", "draw:2"),
    _tool("quadrilateral", tr("&Quadrilateral"), "create_quadrilateral", "draw:2"),
    _tool("cuboid", tr("C&uboid"), "create_cuboid", "draw:2"),
    _tool("polygon", tr("&Polygon"), "create_polygon", "draw:3"),
    _tool("freehand", tr("Freehand Pol&ygon"), "create_freehand", "draw:3"),
    _tool("circle", tr("&Circle"), "create_circle", "draw:4"),
    _tool("ellipse", tr("&Ellipse"), "create_ellipse", "draw:4"),
    _tool("line", tr("&Line"), "create_line", "draw:5"),
    _tool("linestrip", tr("Line S&trip"), "create_linestrip", "draw:5"),
    _tool("point", tr("Po&int"), "create_point", "draw:5"),
    _tool("points", tr("Poi&nts of One Object"), "create_points", "draw:5"),
    _tool("brush", tr("&Brush"), "paint_mask", "paint:1"),
    _tool("eraser", tr("&Eraser"), "erase_mask", "paint:1"),
    _tool("hole", tr("Cut &Hole"), "cut_hole", "paint:2"),
    _tool("split", tr("&Split Along a Line"), "split_shapes", "paint:2"),
    ActionRow("tool_ai", tr("&AI Outline"), "tools:2>outline:1", "ai", "",
              tr("Outline with AI: click an object or drag a box"),
              checkable=True, group="tool", needs="image"),
    ActionRow("tool_scissors", tr("E&dge Scissors"), "tools:2>outline:1", "scissors", "",
              tr("Polygon along edges: click points around the object"), checkable=True, group="tool", needs="image"),
    ActionRow("tool_wand", tr("Magic &Wand"), "tools:2>outline:1", "wand", "magic_wand",
              tr("Magic wand: click a colour, drag to take in more or fewer"),
              checkable=True, group="tool", needs="image"),
)  # fmt: skip

_VIEW = (
    ActionRow("next_image", tr("&Next Image"), "view:1", "next", "open_next", needs="folder"),
    ActionRow("prev_image", tr("&Previous Image"), "view:1", "previous", "open_prev", needs="folder"),
    ActionRow("jump_to_image", tr("&Go to Image…"), "view:1>go:1", "", "jump_to_image", needs="folder"),
    ActionRow("search_files", tr("&Find in Files"), "view:1>go:1", "search", "search_files", needs="folder"),
    ActionRow("next_unlabelled", tr("Next &Unlabelled Image"), "view:1>go:2", "", "open_next_unlabeled",
              needs="folder"),
    ActionRow("prev_unlabelled", tr("Pre&vious Unlabelled Image"), "view:1>go:2", "", "open_prev_unlabeled",
              needs="folder"),
    ActionRow("next_labelled", tr("Next &Labelled Image"), "view:1>go:2", "", "open_next_labeled", needs="folder"),
    ActionRow("prev_labelled", tr("Previous La&belled Image"), "view:1>go:2", "", "open_prev_labeled", needs="folder"),
    ActionRow("next_unchecked", tr("&Next Unchecked Image"), "view:1>go:3", "", "open_next_unchecked", needs="folder"),
    ActionRow("prev_unchecked", tr("&Previous Unchecked Image"), "view:1>go:3", "", "open_prev_unchecked",
              needs="folder"),
    ActionRow("next_image_keep", tr("Next Image, &Keeping Shapes"), "view:1>go:4", "", "open_next_keep",
              needs="folder"),
    ActionRow("prev_image_keep", tr("Previous Image, Keeping &Shapes"), "view:1>go:4", "", "open_prev_keep",
              needs="folder"),
    ActionRow("zoom_in", tr("Zoom &In"), "view:2>zoom:1", "zoom_in", "zoom_in", needs="image"),
    ActionRow("zoom_out", tr("Zoom &Out"), "view:2>zoom:1", "zoom_out", "zoom_out", needs="image"),
    ActionRow("zoom_to_original", tr("O&riginal Size"), "view:2>zoom:2", "zoom_original", "zoom_to_original",
              needs="image"),
    ActionRow("fit_window", tr("&Fit to Window"), "view:2>zoom:2", "fit", "fit_window", needs="image"),
    ActionRow("fit_width", tr("Fit to &Width"), "view:2>zoom:2", "fit_width", "fit_width", needs="image"),
    ActionRow("zoom_to_selection", tr("Zoom to &Selection"), "view:2>zoom:2", "target", "zoom_to_selection",
              needs="image"),
    ActionRow("keep_prev_scale", tr("&Keep Zoom between Images"), "view:2>zoom:3", checkable=True,
              setting="keep_prev_scale"),
    ActionRow("look", tr("&Brightness and Contrast…"), "view:2", "contrast", "look", needs="image"),
    ActionRow("show_cross_line", tr("&Crosshair"), "view:2", "", "toggle_cross_line", checkable=True,
              setting="show_cross_line"),
    ActionRow("show_grid", tr("G&rid"), "view:2", "", "toggle_grid", checkable=True, setting="canvas.grid"),
    ActionRow("show_navigator", tr("Na&vigator"), "view:2", "", "toggle_navigator", checkable=True,
              setting="canvas.navigator"),
    ActionRow("hide_all", tr("&Hide All Objects"), "view:3", "eye_off", "toggle_shapes", needs="image"),
    ActionRow("show_all", tr("Show &All Objects"), "view:3", "eye", needs="image"),
    ActionRow("show_groups", tr("&Groups"), "view:3>show", checkable=True, setting="show_groups"),
    ActionRow("show_labels", tr("&Labels"), "view:3>show", checkable=True, setting="show_labels"),
    ActionRow("show_scores", tr("&Scores"), "view:3>show", checkable=True, setting="show_scores"),
    ActionRow("show_linking", tr("Lin&ks"), "view:3>show", checkable=True, setting="show_linking"),
    ActionRow("show_texts", tr("&Texts"), "view:3>show", checkable=True, setting="show_texts"),
    ActionRow("show_attributes", tr("&Attributes and Flags"), "view:3>show", checkable=True, setting="show_attributes"),
    ActionRow("show_degrees", tr("A&ngles"), "view:3>show", checkable=True, setting="show_degrees"),
    ActionRow("compare", tr("Compare &with Labels in a Folder…"), "view:3", "", "compare", checkable=True,
              needs="folder"),
    ActionRow("toggle_auto_labeling", tr("&Model"), "view:5>panels", checkable=True),
    ActionRow("toggle_objects", tr("&Objects"), "view:5>panels", checkable=True),
    ActionRow("toggle_text", tr("&Text"), "view:5>panels", "", "toggle_text_dock", checkable=True),
    ActionRow("toggle_labels", tr("&Labels"), "view:5>panels", checkable=True),
    ActionRow("toggle_image", tr("&Image"), "view:5>panels", checkable=True),
    ActionRow("toggle_files", tr("&Files"), "view:5>panels", checkable=True),
    ActionRow("reset_views", tr("&Reset Layout"), "view:5>panels", "reset", "reset_views"),
    ActionRow("theme_system", tr("Like the &System"), "view:5>theme", checkable=True, group="theme"),
    ActionRow("theme_light", tr("&Light"), "view:5>theme", checkable=True, group="theme"),
    ActionRow("theme_dark", tr("&Dark"), "view:5>theme", checkable=True, group="theme"),
    ActionRow("language_system", tr("Like the &System"), "view:5>language", checkable=True, group="language"),
    ActionRow("language_en_US", "&English", "view:5>language", checkable=True, group="language"),
    ActionRow("language_vi_VN", "&Tiếng Việt", "view:5>language", checkable=True, group="language"),
    ActionRow("language_zh_CN", "简体中文(&C)", "view:5>language", checkable=True, group="language"),
    ActionRow("full_screen", tr("Full &Screen"), "view:5", "", "toggle_full_screen", checkable=True),
)  # fmt: skip

_LABELS = (
    *(ActionRow(f"label_digit_{digit}", f"&{digit}", "labels:1>classes", "", f"label_digit_{digit}", needs="image")
      for digit in "1234567890"),
    ActionRow("edit_text", tr("Edit &Text"), "labels:1", "", "edit_text", needs="image"),
    ActionRow("link_shapes", tr("Link &Key to Value"), "labels:2", "link", "link_shapes", needs="image"),
    ActionRow("unlink_shapes", tr("&Unlink"), "labels:2", "", "unlink_shapes", needs="image"),
    ActionRow("toggle_checked", tr("&Checked"), "labels:3", "check", "toggle_checked", checkable=True, needs="image"),
    ActionRow("classify_images", tr("Classify &Images…"), "labels:3", "", "",
              tr("Give the images their flags by keys"), needs="folder"),
    ActionRow("label_manager", tr("&Manage Labels…"), "labels:4", "tag", "label_manager", needs="folder"),
    ActionRow("folder_objects", tr("Kinds and &Groups…"), "labels:4", "", "folder_objects", needs="folder"),
    ActionRow("undo_folder_change", tr("Undo Change of the &Folder"), "labels:4", "", "undo_folder_change"),
)  # fmt: skip

_TOOLS = (
    ActionRow("auto_label", tr("&Label this Image"), "tools:1", "run", "auto_label",
              tr("Label this image with the model"), needs="image"),
    ActionRow("auto_label_all", tr("Label &All Images…"), "tools:1", "run_all", "auto_label_all", needs="folder"),
    ActionRow("load_model", tr("Load &Model…"), "tools:1", "model"),
    ActionRow("model_store", tr("Do&wnload Models…"), "tools:1"),
    ActionRow("remote_models", tr("Models on a Ser&ver…"), "tools:1", tooltip=tr("Use the models of another machine")),
    ActionRow("train_model", tr("&Train a Model…"), "tools:1", "", "", tr("Train a model with the labels")),
    TOOL_ROWS[0],
    ActionRow("aim_by_keys", tr("Ai&m by Arrow Keys"), "tools:2>draw:1", "crosshair", "aim_by_keys",
              tr("Arrow keys aim with the select tool, too; Enter presses and releases"), checkable=True,
              needs="image"),
    *TOOL_ROWS[1:],
    ActionRow("add_positive_point", tr("Mark O&bject"), "tools:2>outline:2", "add", "add_positive_point",
              tr("A point of the object, for AI Outline"), needs="image"),
    ActionRow("add_negative_point", tr("Mark Bac&kground"), "tools:2>outline:2", "remove", "add_negative_point",
              tr("A point beside the object, for AI Outline"), needs="image"),
    ActionRow("finish_object", tr("&Finish Object"), "tools:2>outline:2", "check", "finish_object", needs="image"),
    ActionRow("outline_all", tr("&Outline Everything"), "tools:2>outline:3", "ai", "outline_all",
              tr("Outline all objects on this image with Segment Anything"), needs="image"),
    ActionRow("find_alike", tr("Find All A&like"), "tools:2>outline:3", "ai", "find_alike",
              tr("Find all objects on this image that are like the selected or marked one")),
    ActionRow("not_alike", tr("&Not Alike"), "tools:2>outline:3", "remove", "not_alike",
              tr("Look again without what is like the selected ones of those that were found")),
    ActionRow("image_filter", tr("Image &Filter…"), "tools:3", "filter", "image_filter"),
    ActionRow("clear_filter", tr("&Clear Filter"), "tools:3", "", "clear_filter"),
    ActionRow("statistics", tr("&Statistics…"), "tools:4", "chart", "statistics"),
    ActionRow("manage_plugins", tr("&Manage Plug-ins…"), "tools:4>plugins:2", tooltip=tr("Switch plug-ins on and off")),
    ActionRow("settings", tr("S&ettings…"), "tools:4", "sliders", "settings"),
    ActionRow("performance_settings", tr("&Performance Settings…"), "tools:4", "gauge", "performance_settings"),
)  # fmt: skip

_HELP = (
    ActionRow("command_palette", tr("&Command Palette…"), "help:1", "search", "command_palette"),
    ActionRow("shortcuts", tr("&Keyboard Shortcuts"), "help:1", "keyboard", "show_shortcuts"),
    ActionRow("documentation", tr("&Documentation"), "help:1", "help"),
    ActionRow("about", tr("&About AnyLabeling"), "help:2", "info"),
)

ACTION_ROWS: tuple[ActionRow, ...] = (*_FILE, *_EDIT, *_VIEW, *_LABELS, *_TOOLS, *_HELP)
"""All actions in the order of the menus."""

_OFF_AT_FIRST = frozenset(
    {"compare", "toggle_auto_labeling", "toggle_checked", "toggle_text", "full_screen", "aim_by_keys"}
)


def build_actions(owner: QWidget, config: Config) -> dict[str, QAction]:
    """Make all actions.

    Args:
        owner: The window in which their keys work.
        config: Gives the keys and what is on at the start.

    Returns:
        The actions by their ids.
    """
    keys = config.shortcuts()
    groups: dict[str, QActionGroup] = {}
    actions: dict[str, QAction] = {}
    for row in ACTION_ROWS:
        action = QAction(row.text, owner)
        action.setObjectName(row.id)
        if row.icon:
            action.setIcon(icon(row.icon))
        set_keys(action, row, keys.get(row.shortcut, ()))
        if row.checkable:
            action.setCheckable(True)
        if row.group:
            groups.setdefault(row.group, _exclusive_group(owner)).addAction(action)
        elif row.checkable:
            action.setChecked(bool(config[row.setting]) if row.setting else row.id not in _OFF_AT_FIRST)
        owner.addAction(action)
        actions[row.id] = action
    actions["tool_select"].setChecked(True)
    actions["quit"].setMenuRole(QAction.MenuRole.QuitRole)
    actions["about"].setMenuRole(QAction.MenuRole.AboutRole)
    actions["performance_settings"].setMenuRole(QAction.MenuRole.NoRole)
    return actions


def apply_shortcuts(actions: dict[str, QAction], config: Config) -> None:
    """Give the actions the keys of other settings."""
    keys = config.shortcuts()
    for row in ACTION_ROWS:
        set_keys(actions[row.id], row, keys.get(row.shortcut, ()))


def enable_for(actions: dict[str, QAction], available: Iterable[str]) -> None:
    """Enable the actions whose needs are met.

    Args:
        actions: All actions.
        available: What is there, of "image", "folder" and "model".
    """
    there = set(available)
    for row in ACTION_ROWS:
        if row.needs:
            actions[row.id].setEnabled(row.needs in there)


def without_key(text: str) -> str:
    """Return a text of a menu without the mark of its key, which stands in parentheses behind Chinese words."""
    return re.sub(r"&(&?)", r"\1", re.sub(r"\(&\w\)", "", text))


def plain_text(row: ActionRow) -> str:
    """Return a row's text without the marks that belong to a menu."""
    return without_key(row.text).rstrip("…")


def set_keys(action: QAction, row: ActionRow, keys: tuple[str, ...]) -> None:
    """Give an action its keys, and say them in its tooltip."""
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    shown = QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
    text = row.tooltip or plain_text(row)
    action.setToolTip(f"{text} ({shown})" if shown else text)


def _exclusive_group(owner: QObject) -> QActionGroup:
    group = QActionGroup(owner)
    group.setExclusive(True)
    return group
