"""The document about performance explains each setting and each benchmark, and its links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

from anylabeling.config.schema import SETTINGS
from benchmarks.run_benchmarks import BENCHMARKS

PROJECT = Path(__file__).parents[3]
GUIDE = (PROJECT / "docs" / "performance.md").read_text(encoding="utf-8")


def test_each_setting_has_its_default_and_a_reason_to_change_it() -> None:
    for key, setting in SETTINGS.items():
        section, _, name = key.partition(".")
        if section != "performance":
            continue
        row = re.search(rf"^\| `{name}` \| (.+?) \| (.+?) \| (.+?) \|$", GUIDE, re.MULTILINE)
        assert row, name
        if setting.default_note:  # it depends on the machine
            continue
        default = setting.default
        said = ("on" if default else "off") if isinstance(default, bool) else str(default)
        assert row[1].strip("`") == said, name


def test_each_benchmark_is_named() -> None:
    for row in BENCHMARKS:
        assert f"`{row.module.partition('.')[2]}.py`" in GUIDE


def test_links_lead_somewhere() -> None:
    headings = {
        re.sub(r"[^a-z0-9 -]", "", line.lower()).replace(" ", "-") for line in re.findall(r"^#+ (.*)", GUIDE, re.M)
    }
    for target in re.findall(r"\]\(([^)]+)\)", GUIDE):
        if target.startswith("#"):
            assert target[1:] in headings, target
        else:
            assert (PROJECT / "docs" / target).exists(), target
    assert "docs/performance.md" in (PROJECT / "README.md").read_text(encoding="utf-8")
