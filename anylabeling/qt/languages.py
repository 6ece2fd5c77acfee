"""The language of the window: which one it is, and where its words come from.

The files are Qt's translation files as they are kept in the repository, read when a language other than English is
wanted, and only then.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from qtpy.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from anylabeling.translation import install_catalogue

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SYSTEM = "system"
ENGLISH = "en_US"
TRANSLATED = ("vi_VN", "zh_CN")
OWN_CONTEXT = "AnyLabeling"
_TRANSLATIONS_DIR = Path(__file__).parents[1] / "resources" / "translations"

Catalogue = Mapping[str, Mapping[str, str]]
"""Translations by context and source text."""


class QtTexts(QTranslator):
    """Translates what Qt itself says, such as the names of its buttons.

    Args:
        catalogue: Translations by context and text.
        parent: Whom it belongs to.
    """

    def __init__(self, catalogue: Catalogue, parent: QCoreApplication) -> None:
        super().__init__(parent)
        self._catalogue = catalogue

    def isEmpty(self) -> bool:
        """Return whether there is nothing to ask for; Qt asks this first."""
        return False

    def translate(  # type: ignore[override]
        self,
        context: str | None,
        sourceText: str | None,  # noqa: N803 - Qt's name
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:
        """Return the translation, or None for Qt to go on asking: an empty text would be taken for one."""
        return self._catalogue.get(context or "", {}).get(sourceText or "")


def language_of(setting: str) -> str:
    """Return the language that a setting stands for: one that there is, or English.

    Args:
        setting: "system", or a language such as "vi_VN".
    """
    wanted = QLocale.system().name() if setting == SYSTEM else setting
    if wanted in TRANSLATED:
        return wanted
    spoken = wanted.partition("_")[0]
    # Somebody who reads Chinese in another script is better served in English than in the wrong one.
    others = [name for name in TRANSLATED if name.partition("_")[0] == spoken and spoken != "zh"]
    return others[0] if others else ENGLISH


def read_catalogue(language: str) -> Catalogue:
    """Return the translations into a language; empty when there is no file, or none that can be read."""
    import xml.etree.ElementTree as ET  # which a window in English does without

    file = _TRANSLATIONS_DIR / f"anylabeling_{language}.ts"
    try:
        root = ET.parse(file).getroot()
    except (OSError, ET.ParseError):
        return {}
    return {
        context.findtext("name", ""): dict(filter(all, map(_pair, context.iter("message"))))
        for context in root.iter("context")
    }


def use_language(app: QCoreApplication, setting: str) -> str:
    """Let the program speak a language, before anything that it shows is imported.

    Args:
        app: The application, for the texts of Qt itself.
        setting: "system", or a language such as "vi_VN".

    Returns:
        The language that was taken.
    """
    language = language_of(setting)
    if language != ENGLISH:
        catalogue = read_catalogue(language)
        install_catalogue(catalogue.get(OWN_CONTEXT, {}))
        shipped = QTranslator(app)
        if shipped.load(f"qtbase_{language}", QLibraryInfo.location(QLibraryInfo.LibraryLocation.TranslationsPath)):
            app.installTranslator(shipped)
        app.installTranslator(QtTexts(catalogue, app))
    return language


def lacks_font(language: str) -> bool:
    """Return whether no font of this machine has the characters of a language: only boxes would be seen."""
    if language != "zh_CN":
        return False
    from qtpy.QtGui import QFontDatabase

    return not QFontDatabase().families(QFontDatabase.WritingSystem.SimplifiedChinese)


def text_in(language: str, text: str) -> str:
    """Return a text of the program in a language that is not the one it speaks now."""
    return read_catalogue(language).get(OWN_CONTEXT, {}).get(text, text)


def _pair(message: Element) -> tuple[str, str]:
    translation = message.find("translation")
    if translation is None or translation.get("type") in ("unfinished", "obsolete", "vanished"):
        return "", ""
    text = translation.findtext("numerusform") if len(translation) else translation.text
    return message.findtext("source", ""), text or ""
