"""The user guide shows the keys of the settings, pictures that are there, and links that lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
GUIDE = REPOSITORY / "docs" / "guide" / "README.md"


def test_the_keys_are_those_of_the_settings() -> None:
    script = REPOSITORY / "scripts" / "make_shortcut_table.py"
    result = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"{result.stdout}{result.stderr}\nRun: python scripts/make_shortcut_table.py"
    assert "| `Ctrl+Shift+Z` | Redo what was undone | redo |" in GUIDE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "document",
    [*sorted(GUIDE.parent.glob("*.md")), *sorted((REPOSITORY / "docs").glob("*.md")), REPOSITORY / "README.md"],
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
