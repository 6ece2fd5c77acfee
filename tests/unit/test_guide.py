"""The guide shows the keys of the settings, menus that are there, pictures, and links that lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from anylabeling.qt.languages import OWN_CONTEXT, read_catalogue
from anylabeling.views.actions import ACTION_ROWS, plain_text, without_key
from anylabeling.views.menus import SUBMENU_SIGN, menu_path, title_path

REPOSITORY = Path(__file__).resolve().parents[2]
GUIDE = REPOSITORY / "docs" / "guide" / "README.md"
DOCUMENTS = [
    *sorted(GUIDE.parent.glob("*.md")), *sorted((REPOSITORY / "docs").glob("*.md")), REPOSITORY / "README.md",
    REPOSITORY / "CHANGELOG.md", REPOSITORY / "anylabeling" / "extensions" / "README.md",
]  # fmt: skip


def test_the_keys_are_those_of_the_settings() -> None:
    script = REPOSITORY / "scripts" / "make_shortcut_table.py"
    result = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"{result.stdout}{result.stderr}\nRun: python scripts/make_shortcut_table.py"
    assert "| `Ctrl+Shift+Z` | Redo what was undone | redo |" in GUIDE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "document",
    DOCUMENTS,
    ids=lambda path: str(path.relative_to(REPOSITORY)),
)
def test_links_and_pictures_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    headings = {
        re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^#+ (.*)$", text, re.M)
    }
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    for target in targets:
        if target.startswith("#"):
            assert target[1:] in headings, target
        elif "://" not in target:
            assert (document.parent / target.split("#")[0]).exists(), target


MENUS = "|".join(sorted({menu_path(row).partition(SUBMENU_SIGN)[0] for row in ACTION_ROWS}))
PATH_IN_TEXT = re.compile(rf"\b(?:{MENUS})(?: > [A-Z][\w…&-]*(?: (?:[\w-]+))*)+")
"""As far as words go on: what follows the path in a sentence is cut off by comparing with the menus."""


def known_paths() -> dict[str, tuple[str, ...]]:
    """Return every way through the menus as it is written, with the texts of the titles that it goes through."""
    known = {"File > Open Recent": ("&File", "Open &Recent")}  # a list of what was opened, and no action
    for row in ACTION_ROWS:
        titles = title_path(row)
        for ends in range(2, len(titles) + 1):
            path = SUBMENU_SIGN.join(without_key(title).rstrip("…") for title in titles[:ends])
            known[path] = titles[:ends]
    return known


def known_path(found: str) -> str | None:
    """Return the longest way through the menus that a sentence names here."""
    fitting = [path for path in known_paths() if re.match(rf"{re.escape(path)}(?!\w| >)", found)]
    return max(fitting, key=len, default=None)


def test_paths_through_the_menus_are_made_of_their_titles() -> None:
    assert known_path("View > Theme follows the desktop") == "View > Theme"
    assert known_path("Edit > Combine > Merge, or") == "Edit > Combine > Merge"
    assert known_path("Edit > Combine > Mergers") is None
    assert known_path("View > Themes") is None
    assert "Tools > Draw > Rectangle" in known_paths()
    assert all(plain_text(row) for row in ACTION_ROWS)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_the_menus_that_a_document_names_are_there(document: Path) -> None:
    text = re.sub(r"\s+", " ", re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.S))
    wrong = [found for found in PATH_IN_TEXT.findall(text) if known_path(found) is None]
    assert wrong == []


def test_the_menus_that_the_program_names_are_there_in_every_language() -> None:
    catalogues = {language: read_catalogue(language)[OWN_CONTEXT] for language in ("vi_VN", "zh_CN")}
    named = 0
    for source in catalogues["vi_VN"]:
        for found in PATH_IN_TEXT.findall(source):
            path = known_path(found)
            assert path is not None, source
            named += 1
            for language, catalogue in catalogues.items():
                titles = (without_key(catalogue.get(title, title)).rstrip("…") for title in known_paths()[path])
                assert SUBMENU_SIGN.join(titles) in catalogue[source], f"{language}: {source!r}"
    assert named > 5
