"""Put the keys of the settings into docs/guide/README.md: ``python scripts/make_shortcut_table.py [--check]``.

With ``--check`` nothing is written; the exit code is 1 when the guide says something else than the settings.
"""

from __future__ import annotations

import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY))

from anylabeling.config.shortcuts import PREFIX, ROWS  # noqa: E402

GUIDE = REPOSITORY / "docs" / "guide" / "README.md"
BEGIN = "<!-- keys: written by scripts/make_shortcut_table.py -->"
END = "<!-- end of keys -->"


def main() -> int:
    """Write or check the table and return the exit code."""
    text = GUIDE.read_text(encoding="utf-8")
    wanted = with_table(text)
    if wanted == text:
        return 0
    if "--check" in sys.argv[1:]:
        print(f"{GUIDE.name} does not show the keys of the settings")
        return 1
    GUIDE.write_text(wanted, encoding="utf-8")
    return 0


def with_table(text: str) -> str:
    """Return the guide with the table of the present defaults between its two marks."""
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n{table()}{END}{after}"


def table() -> str:
    """Return the keys as a table, in the order of the settings."""
    rows = ["| Keys | What they do | Setting |", "| --- | --- | --- |"]
    for row in ROWS:
        given = row.default
        keys = ", ".join(f"`{key}`" for key in given) if isinstance(given, tuple) and given else "none"
        rows.append(f"| {keys} | {row.text} | {row.key.removeprefix(PREFIX)} |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.exit(main())
