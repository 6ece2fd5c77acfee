"""The example file is what the schema says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from anylabeling.config import SETTINGS, Config, load_config

REPOSITORY = Path(__file__).resolve().parents[3]
EXAMPLE = REPOSITORY / ".anylabelingrc.example"


def test_the_example_is_generated_from_the_schema() -> None:
    script = REPOSITORY / "scripts" / "make_config_example.py"
    result = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"{result.stdout}{result.stderr}\nRun: python scripts/make_config_example.py"


def test_the_example_as_it_is_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "rc"
    file.write_bytes(EXAMPLE.read_bytes())
    config, warnings = load_config(file, environment={})
    assert (dict(config), warnings) == (dict(Config()), [])


def test_each_line_of_the_example_is_good_once_uncommented(tmp_path: Path) -> None:
    file = tmp_path / "rc"
    names = {setting.name for setting in SETTINGS.values()}
    lines = []
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        match = re.match(r"( *)# (([a-z_0-9]+): .*)$", line)
        lines.append(match[1] + match[2] if match and match[3] in names and not line.startswith("# auto:") else line)
    file.write_text("\n".join(lines), encoding="utf-8")
    config, warnings = load_config(file, environment={})
    assert warnings == []
    given = {key for key in SETTINGS if config.source(key).value == "file"}
    assert given == set(SETTINGS)
    differing = {key for key in SETTINGS if not config.is_default(key)}
    assert differing <= {"performance.num_worker_threads"}


def test_all_lines_fit_a_terminal() -> None:
    assert max(map(len, EXAMPLE.read_text(encoding="utf-8").splitlines())) <= 120
