"""Every text that a person sees goes through ``tr``, and is there in every language."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import anylabeling
from anylabeling.translation import install_catalogue, tr, trn

PACKAGE = Path(anylabeling.__file__).parent
SCRIPT = PACKAGE.parent / "scripts" / "make_translations.py"

ROOMS = ("views", "controllers", "bootstrap", "qt")
"""Where every text is translated."""

NOT_DONE = {
    "app.py": "the command line's help is English, as that of the commands",
    "cli": "commands speak English: scripts read what they say",
    "config": "the settings file and what is said of its values are English; rows that a dialog shows are translated",
    "plugins": "as services; what plug-ins say is in their own language",
    "services": "errors are translated where they are raised; hints made beforehand, reasons in parentheses and the "
                "names of optional modules are English",
    "codecs": "as services",
    "document": "as services",
    "utils": "as services",
    "messages": "values without words, but for the names of built-in models",
}  # fmt: skip
"""What is left in English, and why."""

WITHOUT_WORDS = {"__init__.py", "__main__.py", "accel", "errors.py", "extensions", "opencv.py", "rust_extensions",
                 "composition.py", "resources", "translation.py"}  # fmt: skip

NO_TEXTS = {
    "AnyLabeling", "AnyLabeling ", "KB", "MB", "GB", "Program", "StartOptions", " list", " size", "filter caches",
    "there is no icon .svg in ", "TensorRT", "Fusion", "Return", "Enter", "Esc", "Print", "Left", "Right", "Up", "Down",
    "&English", "&Tiếng Việt", "ToolT", "FileDock", "FileState", "size of ", "saving ", "typed ", "ImageFilterDialog",
    "SettingChanged", "Read", "AppsUseLightTheme", "person: [occluded, truncated]",
    "person: {pose: [standing, sitting], age: number}", "person: [75, 105, 195]",
    "1: car\n2: {label: person, mode: rectangle}", "English", "Tiếng Việt", "ONNX Runtime, CPU", "ONNX Runtime, GPU",
    "NFD", "Ultralytics", "OpenCV DNN", "OpenVINO", "Rust", "Cython", "NumPy",
}  # fmt: skip
"""Names, keys and styles: the same in every language."""

NOT_FOR_PEOPLE = {
    "tr", "trn", "text_in", "plural", "_several", "_count", "setObjectName", "setProperty", "property", "icon", "glob",
    "debug", "info", "warning", "error", "exception", "critical", "TypeError", "RuntimeError", "ValueError", "KeyError",
    "TypeVar", "Signal",
}  # fmt: skip
"""Functions whose arguments are translated, or which nobody reads."""

ERRORS = {
    "AppError", "ImageError", "LabelFileError", "StorageError", "ScanError", "ConfigError", "ModelError",
    "UntrustedModelError", "BackendError",
}  # fmt: skip

LANES = re.compile(r"_?(LANE|[A-Z_]+_LANE)")


def test_every_text_is_wrapped() -> None:
    found = [
        f"{file.relative_to(PACKAGE)}:{line}: {text!r}"
        for room in ROOMS
        for file in sorted((PACKAGE / room).rglob("*.py"))
        for line, text in bare_texts(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert found == [], "wrap them in tr(), or name them in NO_TEXTS when they are none"


def test_errors_below_the_window_are_wrapped() -> None:
    found = [
        f"{file.relative_to(PACKAGE)}:{line}"
        for room in ("services", "codecs", "document", "utils", "config")
        for file in sorted((PACKAGE / room).rglob("*.py"))
        for line in bare_errors(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_every_room_is_translated_or_listed() -> None:
    rooms = {entry.name for entry in PACKAGE.iterdir() if entry.is_dir() or entry.suffix == ".py"}
    assert rooms - {*ROOMS, *NOT_DONE, *WITHOUT_WORDS, "__pycache__"} == set()


def test_every_text_is_there_in_every_language() -> None:
    result = subprocess.run([sys.executable, SCRIPT, "--check"], capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"{result.stdout}{result.stderr}\nRun: python scripts/make_translations.py"


@pytest.mark.parametrize(
    ("source", "bare"),
    [
        ('QLabel("Open a folder")', True),
        ('QLabel(f"{number} images")', True),
        ('button.setText("Apply" if on else other)', True),
        ('QLabel(tr("Open a folder"))', False),
        ('log.warning("it failed: %s", error)', False),
        ('"""What a module is."""', False),
        ('widget.setObjectName("Main")', False),
        ('shown = kind == "Some kind"', False),
    ],
)
def test_what_counts_as_bare(source: str, bare: bool) -> None:
    assert bool(list(bare_texts(ast.parse(source)))) is bare


def test_values_and_numbers_go_into_the_texts_of_a_language() -> None:
    install_catalogue({"{name} is open.": "“{name}” đang mở.", "%n images": "%n ảnh"})
    try:
        assert tr("{name} is open.", name="{a}.jpg") == "“{a}.jpg” đang mở."
        assert trn("%n image", "%n images", 1) == "1 ảnh"
        assert trn("%n image", "%n images", 1204) == "1,204 ảnh"
        assert tr("Nobody translated this.") == "Nobody translated this."
    finally:
        install_catalogue({})
    assert trn("%n image", "%n images", 1) == "1 image"
    assert trn("%n image of {name}", "%n images of {name}", 2, name="a") == "2 images of a"


def bare_texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and text of literals that look like words for a person and go through no translation."""
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        text = _words(node, parents)
        if text is not None and text not in NO_TEXTS and not _is_for_nobody(node, parents):
            yield node.lineno, text  # type: ignore[attr-defined]


def bare_errors(tree: ast.AST) -> Iterator[int]:
    """Yield the lines of errors for people whose sentence or hint is a literal without a translation."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in ERRORS:
            said = [*node.args[:1], *(keyword.value for keyword in node.keywords if keyword.arg == "hint")]
            if any(isinstance(value, (ast.Constant, ast.JoinedStr)) and ast.unparse(value) != "''" for value in said):
                yield node.lineno


def _words(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> str | None:
    """Return the text of a literal that reads like words, else None."""
    if isinstance(node, ast.JoinedStr) and not isinstance(parents.get(node), ast.FormattedValue):
        text = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        return text if re.search(r"[A-Za-z]{3,}", text) and " " in text else None
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if isinstance(parents.get(node), (ast.Expr, ast.JoinedStr, ast.Compare)):
            return None
        text = node.value
        words = " " in text.strip() or re.fullmatch(r"&?[A-Z][A-Za-z&-]+[….:?]?", text)
        return text if words and re.search(r"[A-Za-z]{2,}", text) else None
    return None


def _is_for_nobody(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    above = node
    while above in parents:
        above, below = parents[above], above
        if isinstance(above, ast.Call) and below is not above.func and _name(above.func) in NOT_FOR_PEOPLE:
            return True
        if isinstance(above, ast.Dict) and below in above.keys and above is parents[node]:
            return True
        if isinstance(above, ast.Assign) and LANES.fullmatch(_name(above.targets[0])):
            return True
        if isinstance(above, (ast.AnnAssign, ast.arg)) and below is above.annotation:
            return True
    return False


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


BUTTONS = {"QPushButton", "addButton", "_quiet_button"}
SMALL_WORDS = {"a", "all", "an", "and", "as", "for", "from", "in", "of", "on", "or", "the", "to"}


def test_buttons_are_written_as_titles() -> None:
    found = {
        (str(file.relative_to(PACKAGE)), text)
        for room in ROOMS
        for file in sorted((PACKAGE / room).rglob("*.py"))
        for text in button_texts(ast.parse(file.read_text(encoding="utf-8")))
    }
    assert len(found) > 40
    assert {text for _file, text in found} >= {"Try Again", "Restore"}
    assert sorted((file, text) for file, text in found if not is_title(text)) == []


@pytest.mark.parametrize(
    ("text", "title"),
    [("Try Again", True), ("Try again", False), ("Trust and Load", True), ("E&xport as CSV…", True), ("reset", False)],
)
def test_what_a_title_is(text: str, title: bool) -> None:
    assert is_title(text) is title


def button_texts(tree: ast.AST) -> Iterator[str]:
    """Yield the texts of buttons: given to a widget, or in a pair with what a button of a notice does."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in BUTTONS and node.args:
            yield from _translated(node.args[0])
        acts = isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.elts[1], (ast.Lambda, ast.Call))
        if acts and (isinstance(node.elts[1], ast.Lambda) or _name(node.elts[1].func) == "partial"):
            yield from _translated(node.elts[0])


def is_title(text: str) -> bool:
    """Return whether a text begins each word but the small ones with a capital letter."""
    words = text.replace("&", "").rstrip("…").split()
    return words[0][0].isupper() and all(word[0].isupper() or word in SMALL_WORDS for word in words)


def _translated(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Call) and _name(node.func) == "tr" and isinstance(node.args[0], ast.Constant):
        yield str(node.args[0].value)
