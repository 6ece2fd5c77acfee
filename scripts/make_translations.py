"""Bring the translation files up to date with the texts of the program.

    python scripts/make_translations.py            # adds new texts as unfinished, drops those that are gone
    python scripts/make_translations.py --check    # says what is missing, and fails when something is

The files are Qt's: Qt Linguist opens them, and so does any other tool for .ts files.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
PACKAGE = REPOSITORY / "anylabeling"
TRANSLATIONS = PACKAGE / "resources" / "translations"
CONTEXT = "AnyLabeling"
LANGUAGES = ("vi_VN", "zh_CN")
COUNTING_FUNCTIONS = {"plural", "_several", "_count"}
"""Functions that take a number and a noun, and put "%n" before it."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text that can be translated.

    Attributes:
        source: The English text; the form for several where it counts.
        counts: Whether "%n" in it is a number.
        place: File and line where it was found first.
    """

    source: str
    counts: bool
    place: str


def program_texts() -> dict[str, Text]:
    """Return every text of the program that goes through ``tr`` and its kin, by its source."""
    texts: dict[str, Text] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for source, counts, line in _texts_of(tree):
            place = f"{file.relative_to(REPOSITORY).as_posix()}:{line}"
            texts.setdefault(source, Text(source, counts, place))
    for source in _table_texts():
        texts.setdefault(source, Text(source, False, "a table"))
    return texts


def problems(texts: dict[str, Text], language: str) -> list[str]:
    """Return what is wrong with the translations into a language, a sentence each."""
    found = read_translations(language)
    said = [f"{text.place}: no {language} for {text.source!r}" for text in texts.values() if not found.get(text.source)]
    said += [f"{language} has {source!r}, which nothing uses" for source in found if source not in texts]
    for source, translation in found.items():
        if translation and placeholders(source) != placeholders(translation):
            said.append(f"{language}: placeholders of {source!r} differ in {translation!r}")
        if translation and source[:1].isspace() != translation[:1].isspace() and language != "zh_CN":
            said.append(f"{language}: {source!r} begins with a space, or its translation does")
        if translation and "&" in source.replace("&&", "") and "&" not in translation.replace("&&", ""):
            said.append(f"{language}: {translation!r} has no key for the menu")
    return said


def placeholders(text: str) -> list[str]:
    """Return the places for values in a text, in a fixed order."""
    return sorted(re.findall(r"%n|\{[^{}]*\}", text))


def read_translations(language: str) -> dict[str, str]:
    """Return the translations of the program's texts; unfinished ones are empty."""
    file = TRANSLATIONS / f"anylabeling_{language}.ts"
    if not file.exists():
        return {}
    found: dict[str, str] = {}
    for context in ET.parse(file).getroot().iter("context"):
        if context.findtext("name") == CONTEXT:
            for message in context.iter("message"):
                found[message.findtext("source", "")] = _translation_of(message)
    return found


def write_translations(language: str, texts: dict[str, Text], translations: dict[str, str]) -> None:
    """Write the file of a language; the texts of Qt in it stay."""
    file = TRANSLATIONS / f"anylabeling_{language}.ts"
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en_US")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for source in sorted(texts):
        message = ET.SubElement(context, "message", {"numerus": "yes"} if texts[source].counts else {})
        ET.SubElement(message, "source").text = source
        translated = translations.get(source, "")
        element = ET.SubElement(message, "translation", {} if translated else {"type": "unfinished"})
        if texts[source].counts:
            ET.SubElement(element, "numerusform").text = translated
        else:
            element.text = translated
    if file.exists():
        root.extend(other for other in ET.parse(file).getroot().iter("context") if other.findtext("name") != CONTEXT)
    ET.indent(root, "  ")
    body = ET.tostring(root, encoding="unicode")
    file.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")


def _texts_of(tree: ast.AST) -> Iterator[tuple[str, bool, int]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        literals = [
            argument.value
            for argument in node.args
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        ]
        if name in ("tr", "text_in") and literals:
            yield literals[0], False, node.lineno
        elif name == "trn" and len(literals) == 2:
            yield literals[1], True, node.lineno
        elif name in COUNTING_FUNCTIONS and literals:
            yield f"%n {literals[1] if len(literals) > 1 else literals[0] + 's'}", True, node.lineno


def _table_texts() -> Iterator[str]:
    """Yield texts that reach ``tr`` from a table: settings that a dialog shows, kinds of shapes."""
    from anylabeling.config.schema import SETTINGS
    from anylabeling.document.shape import ShapeKind
    from anylabeling.views.dialogs.performance_settings import PerformanceSettingsDialog
    from anylabeling.views.dialogs.setting_row import title_of
    from anylabeling.views.dialogs.settings import SettingsDialog

    for key in PerformanceSettingsDialog.keys():  # noqa: SIM118 - a method of its own
        setting = SETTINGS[key]
        yield from filter(None, (setting.text, setting.unit, title_of(setting)))
    for key in SettingsDialog.keys():  # noqa: SIM118 - likewise
        yield from filter(None, (SETTINGS[key].text, SETTINGS[key].unit))
    for kind in ShapeKind:
        if kind is not ShapeKind.OTHER:
            yield kind.value.replace("_", " ")


def _translation_of(message: ET.Element) -> str:
    translation = message.find("translation")
    if translation is None:
        return ""
    return (translation.findtext("numerusform") if len(translation) else translation.text) or ""


def main() -> int:
    """Update or check the files and return the exit code."""
    parser = argparse.ArgumentParser(description="Bring the translation files up to date with the program's texts.")
    parser.add_argument("--check", action="store_true", help="change nothing; fail when something is missing")
    arguments = parser.parse_args()
    texts = program_texts()
    said: list[str] = []
    for language in LANGUAGES:
        if not arguments.check:
            write_translations(language, texts, read_translations(language))
        said += problems(texts, language)
    print("\n".join(said) or f"{len(texts)} texts, translated into {', '.join(LANGUAGES)}")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
