"""The words of the program in the language of the person.

English texts stand in the code, wrapped in ``tr``; what is found for them comes from a catalogue that the window
installs once, before it imports what it shows; worker processes get it with their work where they make texts. Without
one every text is returned as it is: the command line and the log speak English. This knows no Qt, so services may call
it.
"""

from __future__ import annotations

from collections.abc import Mapping

_catalogue: Mapping[str, str] = {}
_english: dict[str, str] = {}


def install_catalogue(catalogue: Mapping[str, str]) -> None:
    """Use these translations from now on; an empty mapping stands for English.

    Texts of modules are looked up when those are imported, so this comes first in the program's life.
    """
    global _catalogue  # noqa: PLW0603 - one language for the process
    _catalogue = catalogue
    _english.clear()


def installed_catalogue() -> Mapping[str, str]:
    """Return the translations in use, for a process that is to speak the same language."""
    return _catalogue


def tr(text: str, /, **values: object) -> str:
    """Return a text in the person's language.

    Args:
        text: The English text as a literal, so that scripts find it, with ``{name}`` where a value goes.
        values: What goes there, as for ``str.format``.
    """
    found = _catalogue.get(text, text)
    return found.format(**values) if values else found


def english_of(text: str) -> str:
    """Return the English for a text in the person's language, all of them where several are said the same way.

    Who reads about the program in English searches for these words. An English text comes back as it is.
    """
    if not _english:
        for source, found in _catalogue.items():
            _english[found] = f"{_english[found]} {source}" if found in _english else source
    return _english.get(text, text)


def trn(one: str, several: str, number: int, /, **values: object) -> str:
    """Return a text that counts something, in the form that belongs to the number.

    Args:
        one: The English text for one thing, with ``%n`` for the number, such as "%n image".
        several: The same for any other number; translations are found by this one.
        number: How many; written with separators of thousands.
        values: What else goes into the text, as for ``tr``.
    """
    found = _catalogue.get(several) or (one if number == 1 else several)
    found = found.replace("%n", f"{number:,}")
    return found.format(**values) if values else found
