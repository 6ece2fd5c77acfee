"""The looks of the whole program: two sets of colours, one accent, one grid.

Colours live in ``Colors`` and nowhere else; the palette, the style sheet, the icons and the painted rows all take them
from ``colors()``.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from string import Template

from qtpy.QtCore import QDir
from qtpy.QtGui import QColor, QFont, QFontDatabase, QPalette
from qtpy.QtWidgets import QApplication

THEMES = ("system", "light", "dark")
FONT_PX = 13
SMALL_FONT_PX = 12
GRID_PX = 8
ROW_PX = 26

RESOURCES_DIR = Path(__file__).resolve().parent.parent / "resources"
ICONS_DIR = RESOURCES_DIR / "icons"


@dataclass(frozen=True, slots=True)
class Colors:
    """The colours of one theme, as #rrggbb.

    Attributes:
        name: "light" or "dark".
        window: Menus, strips and panels.
        base: Lists and text fields.
        stage: Around the picture.
        raised: Menus that pop up, notices, tool tips.
        border: Lines between areas.
        control: Push buttons at rest, and tracks.
        outline: The edge of fields and check boxes.
        hover: Under the mouse.
        pressed: While a button is held down.
        text: What is read first.
        muted: What is read second; at least 4.5:1 on window and base.
        disabled: What cannot be used now.
        accent: Fill of what is chosen; white text on it is readable.
        accent_hover: The same under the mouse.
        accent_text: The accent as a text or line colour on window.
        on_accent: Text on the accent.
        selection: Rows that are selected.
        error: Failed.
        warning: Needs a look.
        success: Done.
    """

    name: str
    window: str
    base: str
    stage: str
    raised: str
    border: str
    control: str
    outline: str
    hover: str
    pressed: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    accent_text: str
    on_accent: str
    selection: str
    error: str
    warning: str
    success: str


DARK = Colors(
    name="dark",
    window="#26272a",
    base="#1f2022",
    stage="#1e1e1e",
    raised="#2e3034",
    border="#3a3b40",
    control="#35373c",
    outline="#54575e",
    hover="#33353a",
    pressed="#3f4248",
    text="#dcdde0",
    muted="#a2a5ac",
    disabled="#6b6e75",
    accent="#2f6fd6",
    accent_hover="#3c7de6",
    accent_text="#76aefc",
    on_accent="#ffffff",
    selection="#2b4369",
    error="#f2766b",
    warning="#e0b04a",
    success="#6cc187",
)

LIGHT = Colors(
    name="light",
    window="#fafafa",
    base="#ffffff",
    stage="#f3f3f3",
    raised="#ffffff",
    border="#dcdee2",
    control="#f0f1f3",
    outline="#b4b8bf",
    hover="#eceef1",
    pressed="#e0e3e8",
    text="#1f2328",
    muted="#5b626c",
    disabled="#a2a8b0",
    accent="#1f63d0",
    accent_hover="#1a56b8",
    accent_text="#1a5bc4",
    on_accent="#ffffff",
    selection="#d6e5fb",
    error="#c4362b",
    warning="#8f6200",
    success="#1e7a3d",
)


class _Current:
    """What is in force now, and what the system looked like before; ``family`` is a font that was chosen."""

    colors: Colors = LIGHT
    system: QPalette | None = None
    system_is_dark: bool | None = None
    family: str | None = None
    usual_family: str = ""


def colors() -> Colors:
    """Return the colours in force."""
    return _Current.colors


def color(name: str) -> QColor:
    """Return one of the colours in force by its field name."""
    return QColor(getattr(_Current.colors, name))


def resolve_theme(name: str) -> Colors:
    """Return the colours that a theme name stands for; "system" follows the desktop: its word, else its palette."""
    if name == "dark":
        return DARK
    if name != "light" and _Current.system_is_dark is not None:
        return DARK if _Current.system_is_dark else LIGHT
    if name == "light" or _Current.system is None:
        return LIGHT
    dark = _Current.system.color(QPalette.ColorRole.Window).lightness() < 128
    return DARK if dark else LIGHT


def set_system_dark(dark: bool | None) -> None:
    """Take what the desktop says of itself; None where it does not. ``apply_theme`` shows it."""
    _Current.system_is_dark = dark


def apply_theme(app: QApplication, name: str) -> Colors:
    """Put a theme on every window of the program.

    Args:
        app: The application.
        name: One of THEMES; anything else counts as "system".

    Returns:
        The colours that are in force now.
    """
    first = _Current.system is None
    if first:
        _Current.system = app.palette()
        QDir.addSearchPath("controls", str(ICONS_DIR / "controls"))
        app.setStyle("Fusion")
        font = app.font()
        font.setPixelSize(FONT_PX)
        app.setFont(font)
    chosen = resolve_theme(name)
    if not first and chosen is _Current.colors and app.styleSheet():
        return chosen
    _Current.colors = chosen
    app.setPalette(_palette(chosen))
    app.setStyleSheet(_style_sheet(chosen))
    return chosen


def apply_font(app: QApplication, family: str | None) -> bool:
    """Write everything in a font; the system's where it is None or not installed.

    Args:
        app: The application; it has a theme already.
        family: The font's name.

    Returns:
        Whether the font is there.
    """
    if family == _Current.family:
        return True
    font, usual = app.font(), _Current.usual_family or app.font().family()
    _Current.usual_family = usual
    known = {name.casefold(): name for name in QFontDatabase().families()} if family else {}
    found = known.get(family.casefold()) if family else usual
    _Current.family = family if found else None
    font.setFamily(found or usual)
    if font.family() != app.font().family():
        app.setFont(font)
        app.setStyleSheet(app.styleSheet())  # what it makes bold or larger would keep the font before
    return found is not None


def small_font(base: QFont) -> QFont:
    """Return the font for secondary text."""
    font = QFont(base)
    font.setPixelSize(SMALL_FONT_PX)
    return font


def _palette(c: Colors) -> QPalette:
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette()
    for which, value in (
        (role.Window, c.window),
        (role.WindowText, c.text),
        (role.Base, c.base),
        (role.AlternateBase, c.window),
        (role.Text, c.text),
        (role.Button, c.control),
        (role.ButtonText, c.text),
        (role.BrightText, c.error),
        (role.ToolTipBase, c.raised),
        (role.ToolTipText, c.text),
        (role.Highlight, c.accent),
        (role.HighlightedText, c.on_accent),
        (role.Link, c.accent_text),
        (role.LinkVisited, c.accent_text),
        (role.PlaceholderText, c.muted),
        (role.Mid, c.border),
        (role.Dark, c.border),
        (role.Light, c.raised),
    ):
        palette.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, which, QColor(c.disabled))
    palette.setColor(group.Disabled, role.Highlight, QColor(c.control))
    palette.setColor(group.Disabled, role.HighlightedText, QColor(c.disabled))
    return palette


def _style_sheet(c: Colors) -> str:
    template = Template((RESOURCES_DIR / "style.qss").read_text(encoding="utf-8"))
    values = {field.name: getattr(c, field.name) for field in fields(c)}
    return template.substitute(values)
