"""Make or bring up to date the virtual environment ``.venv`` in the checkout, and do nothing when it is.

Runs with the system's own Python, so it uses the standard library only. The package is installed editable, with the
ONNX Runtime that suits the machine: the one for NVIDIA GPUs where such a GPU is visible, else the one for CPUs. The
two share one package folder and break each other, so the other one is removed first.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
VENV = PROJECT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
STAMP = VENV / "anylabeling-setup.json"

RUNTIME_DISTRIBUTIONS = {"cpu": "onnxruntime", "gpu": "onnxruntime-gpu"}
# Distributions that unpack into one and the same folder: of each row at most one may be installed.
RUNTIME_FAMILY = ("onnxruntime", "onnxruntime-gpu", "onnxruntime-directml", "onnxruntime-openvino")
OPENCV_FAMILY = (
    "opencv-python",
    "opencv-python-headless",
    "opencv-contrib-python",
    "opencv-contrib-python-headless",
)
OPENCV_DISTRIBUTION = "opencv-python"

# It declares opencv-python-headless, which overwrites the files of opencv-python: so pip gets it without what it
# declares, and then the rest of that by name.
TEXT_DISTRIBUTION = "rapidocr"
TEXT_REQUIREMENT = "rapidocr>=3.10,<4"

PIP_WITH_GROUPS = (25, 1)


class SetupError(Exception):
    """A step failed; the text says which, in a sentence for the person."""


def say(text: str) -> None:
    """Print a line at once, so that it stands before what a child process prints."""
    print(text, flush=True)


def run_pip(*arguments: str) -> bool:
    """Run pip of the environment and say whether it succeeded."""
    command = [str(VENV_PYTHON), "-m", "pip", "--disable-pip-version-check", *arguments]
    return subprocess.run(command, cwd=PROJECT, stdin=subprocess.DEVNULL, check=False).returncode == 0


def venv_version() -> str:
    """Return the Python and pip versions of the environment as "3.11.2 23.0.1", or "" where it is missing or broken."""
    if not VENV_PYTHON.exists():
        return ""
    code = "import platform, pip; print(platform.python_version(), pip.__version__)"
    answer = subprocess.run([str(VENV_PYTHON), "-c", code], capture_output=True, text=True, check=False)
    return answer.stdout.strip() if answer.returncode == 0 else ""


def nvidia_gpu_visible() -> bool:
    """Say whether an NVIDIA GPU can be used here; the GPU runtime has wheels for Linux on x86-64 only."""
    if platform.system() != "Linux" or platform.machine() not in ("x86_64", "amd64"):
        return False
    driver = Path("/proc/driver/nvidia/gpus")
    if driver.is_dir() and any(driver.iterdir()) and any(Path("/dev").glob("nvidia[0-9]*")):
        return True
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return False
    try:
        listed = subprocess.run([tool, "-L"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return listed.returncode == 0 and listed.stdout.startswith("GPU ")


def normal(name: str) -> str:
    """Return a distribution's name in the one spelling that all tools agree on (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def installed_of(family: tuple[str, ...], venv: Path = VENV) -> list[str]:
    """Return which distributions of a family are installed in an environment, read from its metadata folders."""
    found = set()
    for folder in venv.glob("lib/python*/site-packages/*.dist-info"):
        name = normal(folder.name[: -len(".dist-info")].rsplit("-", 1)[0])
        if name in family:
            found.add(name)
    return sorted(found)


def remove_rivals(family: tuple[str, ...], wanted: str) -> None:
    """Uninstall what shares its folder with the wanted distribution.

    The wanted one goes with it where both are there, since the rival has overwritten its files.
    """
    installed = installed_of(family)
    rivals = [name for name in installed if name != wanted]
    if not rivals:
        return
    say(f"Removing {' and '.join(rivals)}: {'they share' if len(rivals) > 1 else 'it shares'} a folder with {wanted}.")
    if not run_pip("uninstall", "--quiet", "--yes", *installed):
        raise SetupError(f"{' and '.join(rivals)} could not be removed from .venv (above).")


def make_venv() -> None:
    """Create the environment, over the remains of one that does not work."""
    if VENV.exists():
        say("The environment in .venv does not work with this Python; making a new one.")
    else:
        say("Making a virtual environment in .venv.")
    if subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False).returncode != 0:
        raise SetupError(
            "The virtual environment could not be made (above). On Debian and Ubuntu: apt-get install python3-venv"
        )


def input_hash(version: str) -> str:
    """Return a hash of all that decides what is installed: metadata, Python, the place of the checkout, this script."""
    state = hashlib.sha256()
    for name in ("pyproject.toml", "setup.py"):
        state.update((PROJECT / name).read_bytes())
    state.update(Path(__file__).read_bytes())
    state.update(os.fsencode(PROJECT))
    state.update(version.split(" ")[0].encode())
    return state.hexdigest()


def read_stamp() -> dict[str, object]:
    """Return what the last complete run wrote; empty where there is none."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def install(runtime: str, *, with_dev: bool, version: str) -> None:
    """Install the package with one runtime and, for the tests, with what they need."""
    arguments = ["install", "-qq", "--no-warn-conflicts", "--editable", f".[{runtime}]"]
    if with_dev:
        pip_version = tuple(int(part) for part in version.split(" ")[1].split(".")[:2])
        if pip_version < PIP_WITH_GROUPS and not run_pip("install", "--quiet", "--upgrade", "pip"):
            raise SetupError("pip could not be brought up to date (above).")
        arguments += ["--group", "dev"]
    also = " and what the tests need" if with_dev else ""
    say(f"Installing AnyLabeling with {RUNTIME_DISTRIBUTIONS[runtime]}{also} (a minute or two the first time).")
    if not run_pip(*arguments):
        raise SetupError("pip could not install what AnyLabeling needs (above).")


def text_requirements(venv: Path = VENV) -> list[str]:
    """Return what the installed rapidocr declares, without what belongs to OpenCV and without its extras."""
    wanted = []
    for file in venv.glob(f"lib/python*/site-packages/{TEXT_DISTRIBUTION}-*.dist-info/METADATA"):
        for line in file.read_text(encoding="utf-8").partition("\n\n")[0].splitlines():
            if not line.startswith("Requires-Dist:"):
                continue
            requirement, _, condition = line.partition(":")[2].partition(";")
            name = re.split(r"[^A-Za-z0-9._-]", requirement.strip(), maxsplit=1)[0]
            if normal(name) not in OPENCV_FAMILY and "extra" not in condition:
                wanted.append(f"{requirement.strip()}; {condition.strip()}" if condition else requirement.strip())
    return wanted


def install_text() -> bool:
    """Install what reads text, and say whether that worked; nothing else needs it."""
    say("Installing rapidocr, which reads text, without the second OpenCV that it declares.")
    # pip would say that rapidocr lacks the OpenCV that it is not to have.
    arguments = ("install", "-qq", "--no-warn-conflicts")
    return run_pip(*arguments, "--no-deps", TEXT_REQUIREMENT) and run_pip(*arguments, *text_requirements())


def is_ready(stamp: dict[str, object], wanted: dict[str, object]) -> bool:
    """Say whether the last complete run left what is wanted now, and nothing was installed over it since."""
    if any(stamp.get(key) != value for key, value in wanted.items()):
        return False
    if stamp.get("text") is True and not installed_of((TEXT_DISTRIBUTION,)):
        return False
    runtime = RUNTIME_DISTRIBUTIONS.get(str(stamp.get("runtime")), "")
    return installed_of(RUNTIME_FAMILY) == [runtime] and installed_of(OPENCV_FAMILY) == [OPENCV_DISTRIBUTION]


def prepare(asked: str, *, with_dev: bool) -> None:
    """Bring the environment to what was asked for; quick where it is there already.

    Args:
        asked: The runtime: "cpu", "gpu", or "auto" for the one that suits this machine.
        with_dev: Whether to install what the tests and checks need, too. Once installed it stays.

    Raises:
        SetupError: A step failed.
    """
    runtimes = [asked] if asked != "auto" else (["gpu", "cpu"] if nvidia_gpu_visible() else ["cpu"])
    version = venv_version()
    if not version:
        make_venv()
        version = venv_version()
    stamp = read_stamp()
    with_dev = with_dev or stamp.get("dev") is True
    wanted: dict[str, object] = {"inputs": input_hash(version), "tried": runtimes, "dev": with_dev}
    if is_ready(stamp, wanted):
        return
    STAMP.unlink(missing_ok=True)
    remove_rivals(OPENCV_FAMILY, OPENCV_DISTRIBUTION)
    for runtime in runtimes:
        remove_rivals(RUNTIME_FAMILY, RUNTIME_DISTRIBUTIONS[runtime])
        try:
            install(runtime, with_dev=with_dev, version=version)
        except SetupError:
            if runtime == runtimes[-1]:
                raise
            say("The ONNX Runtime for GPUs could not be installed (above); taking the one for CPUs.")
        else:
            break
    reads_text = install_text()
    if not reads_text:
        if with_dev:
            raise SetupError("rapidocr, which the tests need, could not be installed (above).")
        say("rapidocr could not be installed (above): text in pictures cannot be read. Everything else works.")
    STAMP.write_text(json.dumps({**wanted, "runtime": runtime, "text": reads_text}, indent=1) + "\n", encoding="utf-8")
    say("The environment in .venv is ready.")


def main() -> int:
    """Prepare the environment from the command line."""
    parser = argparse.ArgumentParser(description="Make or update the virtual environment .venv of this checkout.")
    parser.add_argument("--runtime", choices=("auto", "cpu", "gpu"), default="auto", help="which ONNX Runtime")
    parser.add_argument("--dev", action="store_true", help="install what the tests and checks need, too")
    arguments = parser.parse_args()
    try:
        prepare(arguments.runtime, with_dev=arguments.dev)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
