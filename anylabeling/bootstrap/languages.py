"""The choice of the language in the View menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anylabeling.messages.notices import Notice
from anylabeling.qt.languages import ENGLISH, lacks_font, language_of, text_in

if TYPE_CHECKING:
    from anylabeling.bootstrap.program import Program

_PREFIX = "language_"


def connect_language(program: Program) -> None:
    """Let the menu show and change the language; texts are looked up once, so it counts from the next start on."""

    def choose(language: str) -> None:
        if language != program.settings.config["language"]:
            program.settings.set("language", language)
            # In the language that was chosen: who chose it can read it.
            text = text_in(language_of(language), "The window speaks this language from the next start on.")
            program.notify(Notice(text, level="info"))
            warn_of_fonts(language_of(language))

    def warn_of_fonts(language: str) -> None:
        if lacks_font(language):
            # In English: Chinese is what cannot be read here.
            text = text_in(ENGLISH, "This machine has no font with Chinese characters.")
            hint = text_in(
                ENGLISH, "Install one and start again, on Debian and Ubuntu: apt-get install fonts-wqy-microhei"
            )
            program.notify(Notice(text, hint, level="warning"))

    now = program.settings.config["language"]
    program.after_first_image(lambda: warn_of_fonts(language_of(now)))
    for name, action in program.window.actions.items():
        if name.startswith(_PREFIX):
            language = name.removeprefix(_PREFIX)
            action.setChecked(language == now)
            action.triggered.connect(lambda _checked=False, chosen=language: choose(chosen))
