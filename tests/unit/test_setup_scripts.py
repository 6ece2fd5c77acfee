"""Setting up: what is missing is found and named, nothing is installed twice, no label file is overwritten."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.setup import prepare_venv, start

SETUP = Path(prepare_venv.__file__).parent
INSTALL = SETUP / "install_system.sh"
TOOLS = ("bash", "cut", "dirname", "env", "grep", "mktemp", "paste", "rm", "sed", "sort", "tail", "tr", "uname")

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the set-up scripts are for Linux")


@pytest.fixture
def tools_dir(tmp_path: Path) -> Path:
    """Return a folder of the few programs that a bare system has: no fc-list, no apt-get, no sudo."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in TOOLS:
        (folder / name).symlink_to(str(shutil.which(name)))
    (folder / "python3").symlink_to(Path(sys.executable).resolve())
    return folder


def add_program(folder: Path, name: str, body: str) -> None:
    program = folder / name
    program.write_text(f"#!{shutil.which('bash')}\n{body}\n", encoding="utf-8")
    program.chmod(0o755)


def install(tools_dir: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(INSTALL)],
        env={"PATH": str(tools_dir), "HOME": str(tools_dir)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def add_apt(tools_dir: Path, offered: str) -> Path:
    """Add an apt that offers some packages, logs what it is asked, and brings fc-list when it installs."""
    log = tools_dir / "log"
    add_program(tools_dir, "apt-cache", f'case " {offered} " in *" $2 "*) echo "  Candidate: 1.0";; esac')
    add_program(
        tools_dir,
        "apt-get",
        f'echo "$*" >>{log}\ncase "$*" in *" install "*) printf "#!{shutil.which("bash")}\\necho DejaVu\\n" '
        f">{tools_dir}/fc-list; {shutil.which('chmod')} +x {tools_dir}/fc-list;; esac",
    )
    return log


def test_nothing_is_asked_of_apt_where_all_is_there(tools_dir: Path) -> None:
    add_program(tools_dir, "fc-list", "echo DejaVu")
    done = install(tools_dir)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_without_apt_the_message_names_what_is_missing(tools_dir: Path) -> None:
    done = install(tools_dir)
    assert done.returncode == 1
    assert "This system lacks: a font." in done.stderr
    assert "fontconfig fonts-dejavu-core" in done.stderr


def test_without_root_and_sudo_the_message_gives_the_line_to_run(tools_dir: Path) -> None:
    log = add_apt(tools_dir, "fontconfig fonts-dejavu-core")
    add_program(tools_dir, "id", "echo 1000")
    done = install(tools_dir)
    assert done.returncode == 1
    assert "apt-get install -y --no-install-recommends fontconfig fonts-dejavu-core" in done.stderr
    assert not log.exists()


def test_root_installs_only_what_is_missing_under_the_name_that_apt_offers(tools_dir: Path) -> None:
    log = add_apt(tools_dir, "fontconfigt64 fonts-dejavu-core")
    add_program(tools_dir, "id", "echo 0")
    done = install(tools_dir)
    assert done.returncode == 0, done.stderr
    assert "Installing system packages: fontconfigt64 fonts-dejavu-core" in done.stdout
    assert log.read_text(encoding="utf-8").splitlines()[-1].endswith("fontconfigt64 fonts-dejavu-core")
    asked = log.read_text(encoding="utf-8")
    assert install(tools_dir).returncode == 0
    assert log.read_text(encoding="utf-8") == asked


def test_installed_distributions_are_known_by_their_metadata(tmp_path: Path) -> None:
    packages = tmp_path / "lib" / "python3.12" / "site-packages"
    for name in ("onnxruntime-1.20.0", "onnxruntime_gpu-1.20.0", "onnxruntime_extensions-0.12", "numpy-2.0"):
        (packages / f"{name}.dist-info").mkdir(parents=True)
    found = prepare_venv.installed_of(prepare_venv.RUNTIME_FAMILY, tmp_path)
    assert found == ["onnxruntime", "onnxruntime-gpu"]


def test_what_reads_text_comes_without_a_second_opencv(tmp_path: Path) -> None:
    folder = tmp_path / "lib" / "python3.12" / "site-packages" / "rapidocr-3.10.0.dist-info"
    folder.mkdir(parents=True)
    declared = (
        "pyclipper>=1.2.0", "opencv_python_headless>=4.5", "Shapely!=2.0.4,>=1.7.1", "PyYAML",
        'python-bidi<1.0; extra == "rtl"', 'tomli; python_version < "3.11"',
    )  # fmt: skip
    lines = "".join(f"Requires-Dist: {requirement}\n" for requirement in declared)
    (folder / "METADATA").write_text(f"Name: rapidocr\n{lines}\nRequires-Dist: nothing, this is prose\n")
    expected = ["pyclipper>=1.2.0", "Shapely!=2.0.4,>=1.7.1", "PyYAML", 'tomli; python_version < "3.11"']
    assert prepare_venv.text_requirements(tmp_path) == expected


@pytest.mark.parametrize(
    ("tests", "heavy", "expected", "last"),
    [
        (0, 0, 0, "heavy 3 passed"),
        (0, 1, 1, "heavy 3 passed"),
        (0, 75, 0, "The heavy tests were not run (above); all others have passed."),
        (2, 0, 2, "all tests"),
    ],
)
def test_ci_runs_both_and_its_exit_status_is_that_of_the_tests(
    tools_dir: Path, tests: int, heavy: int, expected: int, last: str
) -> None:
    add_program(
        tools_dir,
        "make",
        f'case "$*" in *test-heavy*) echo heavy 3 passed; echo {heavy} >$HEAVY_STATUS;; '
        f"*) echo all tests; exit {tests};; esac",
    )
    (tools_dir / "cat").symlink_to(str(shutil.which("cat")))
    done = subprocess.run(
        [str(SETUP.parents[1] / ".ci" / "run")],
        env={"PATH": str(tools_dir), "TMPDIR": str(tools_dir)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == expected, done.stderr
    assert done.stdout.splitlines()[-1] == last
    assert done.stderr == ""


def test_where_the_disk_is_full_the_heavy_tests_say_so(tools_dir: Path, tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    shutil.copytree(SETUP, checkout / "scripts" / "setup")
    (checkout / "pyproject.toml").touch()
    for name in ("cat", "cksum", "awk"):
        (tools_dir / name).symlink_to(str(shutil.which(name)))
    add_program(tools_dir, "df", "echo Filesystem; echo /dev/sda 1000 900 3145728 99% /")
    done = subprocess.run(
        [str(checkout / "scripts" / "setup" / "prepare_heavy.sh")],
        env={"PATH": str(tools_dir)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 75
    assert done.stderr == "The heavy tests cannot run here: there are 3 GB of disk free, and they take 9.\n"
    assert not (checkout / ".venv-heavy").exists()


def test_copying_the_samples_again_leaves_labels_and_changed_pictures_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "SAMPLES", tmp_path / "samples")
    start.copy_samples()
    first = sorted((tmp_path / "samples").glob("*.jpg"))[0]
    first.write_bytes(b"changed")
    first.with_suffix(".json").write_text("labels", encoding="utf-8")
    start.copy_samples()
    assert first.read_bytes() == b"changed"
    assert first.with_suffix(".json").read_text(encoding="utf-8") == "labels"
    bundled = {file.name for file in start.BUNDLED_IMAGES.glob("*.jpg")}
    assert {file.name for file in (tmp_path / "samples").glob("*.jpg")} == bundled


def test_a_display_counts_only_when_it_answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    display = os.environ.get("DISPLAY")
    if display:
        assert start.has_display()
    monkeypatch.setenv("DISPLAY", ":9876")
    assert not start.has_display()
