"""The menus, built from the table of actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QAction, QMenu, QMenuBar, QWidget

from anylabeling.translation import english_of, tr
from anylabeling.views.actions import ACTION_ROWS, ActionRow, without_key

_TITLES = {
    "file": tr("&File"),
    "edit": tr("&Edit"),
    "view": tr("&View"),
    "labels": tr("&Labels"),
    "tools": tr("&Tools"),
    "help": tr("&Help"),
}
_SUBMENUS = {
    "select": tr("&Select"),
    "order": tr("&Order"),
    "combine": tr("Com&bine"),
    "convert": tr("Con&vert To"),
    "rotate": tr("Rot&ate"),
    "points": tr("Points"),
    "new": tr("Ne&w Objects"),
    "go": tr("&Go To"),
    "zoom": tr("&Zoom"),
    "show": tr("Show on &Objects"),
    "panels": tr("Pane&ls"),
    "theme": tr("&Theme"),
    "language": tr("Lang&uage"),
    "classes": tr("&Label As"),
    "draw": tr("&Draw"),
    "paint": tr("Paint and C&ut"),
    "outline": tr("&Outline"),
    "plugins": tr("Plu&g-ins"),
}

SUBMENU_SIGN = " > "
"""Between the names of a menu and its submenu."""

_ON_SHAPES = (
    "edit_label", "", "cut", "copy", "paste", "duplicate", "delete", "", "group_selected_shapes",
    "ungroup_selected_shapes", "toggle_lock", "hide_selected", "select_same_label", "find_alike", "not_alike", "",
    "order", "combine", "convert", "rotate", "points", "", "zoom_to_selection",
)  # fmt: skip
_ON_NOTHING = ("undo", "redo", "", "paste", "select_all", "", "draw", "paint", "outline", "", "show_all", "fit_window")
"""Actions and submenus in the canvas's menu; an empty name is a line."""


def fill_menu_bar(bar: QMenuBar, actions: Mapping[str, QAction]) -> dict[str, QMenu]:
    """Fill the menu bar.

    Returns:
        The menus by name, "recent" among them.
    """
    menus: dict[str, QMenu] = {}
    sections: dict[str, str] = {}
    for row in ACTION_ROWS:
        place = row.place
        if place.menu not in menus:
            menus[place.menu] = _menu_in(bar, _TITLES[place.menu])
        menu = menus[place.menu]
        _begin_section(menu, sections, place.menu, place.section)
        if place.submenu:
            if place.submenu not in menus:
                menus[place.submenu] = _menu_in(menu, _SUBMENUS[place.submenu])
            menu = menus[place.submenu]
            _begin_section(menu, sections, place.submenu, place.subsection)
        menu.addAction(actions[row.id])
        if row.id == "open_file":
            menus["recent"] = _menu_in(menu, tr("Open &Recent"))
    return menus


def context_menu(parent: QWidget, actions: Mapping[str, QAction], *, selected: bool) -> QMenu:
    """Return the menu of the canvas: for the selected shapes, or for none."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for place in _ON_SHAPES if selected else _ON_NOTHING:
        if not place:
            menu.addSeparator()
        elif place in _SUBMENUS:
            submenu = _menu_in(menu, _SUBMENUS[place])
            sections: dict[str, str] = {}
            for row in ACTION_ROWS:
                if row.place.submenu == place:
                    _begin_section(submenu, sections, place, row.place.subsection)
                    submenu.addAction(actions[row.id])
        else:
            menu.addAction(actions[place])
    return menu


def fill_recent_menu(
    menu: QMenu, paths: Sequence[str], on_chosen: Callable[[str], None], on_clear: Callable[[], None]
) -> None:
    """Show the folders and files that were opened last."""
    menu.clear()
    menu.setEnabled(bool(paths))
    for number, path in enumerate(paths, 1):
        mark = f"&{number} " if number < 10 else ""
        action = menu.addAction(mark + _short(path).replace("&", "&&"))
        if action is not None:
            action.setToolTip(path)
            action.triggered.connect(lambda _checked=False, chosen=path: on_chosen(chosen))
    menu.addSeparator()
    clear = menu.addAction(tr("&Clear List"))
    if clear is not None:
        clear.triggered.connect(lambda _checked=False: on_clear())


def _begin_section(menu: QMenu, sections: dict[str, str], name: str, section: str) -> None:
    """Draw a line where another section of a menu begins."""
    if sections.setdefault(name, section) != section:
        menu.addSeparator()
        sections[name] = section


def _short(path: str) -> str:
    parts = Path(path).parts
    return path if len(path) <= 60 or len(parts) < 4 else str(Path(parts[0], "…", *parts[-2:]))


def _menu_in(parent: QMenuBar | QMenu, title: str) -> QMenu:
    menu = QMenu(title, parent)
    menu.setToolTipsVisible(False)
    parent.addMenu(menu)
    return menu


def title_path(row: ActionRow) -> tuple[str, ...]:
    """Return the titles of the menus that lead to an action, and its own, with the marks of their keys."""
    place = row.place
    return (_TITLES[place.menu], *([_SUBMENUS[place.submenu]] if place.submenu else []), row.text)


def menu_path(row: ActionRow) -> str:
    """Return where an action stands, such as "View > Theme"."""
    return SUBMENU_SIGN.join(without_key(title) for title in title_path(row)[:-1])


def english_name(row: ActionRow) -> tuple[str, str]:
    """Return what an action is called in English, and where it stands: it is found by these in every language."""
    *menus, title = (without_key(english_of(text)).rstrip("…") for text in title_path(row))
    return title, SUBMENU_SIGN.join(menus)


def name_in_menu(path: str, title: str) -> str:
    """Return a title with the submenu that it belongs to, since "Labels" alone may be of several.

    Args:
        path: What ``menu_path`` returned for it.
        title: Its text; nothing is put before one that begins with the name of the submenu.
    """
    submenu = path.rpartition(SUBMENU_SIGN)[2] if SUBMENU_SIGN in path else ""
    return title if title.casefold().startswith(submenu.casefold()) else f"{submenu}: {title}"
