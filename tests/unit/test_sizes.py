"""No file, class or function grows until two things live in one room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parents[2]
FOLDERS = ("anylabeling", "benchmarks", "scripts", "tests")

MAX_FILE_LINES = 500
MAX_CLASS_METHODS = 30
MAX_FUNCTION_LINES = 60
MAX_FILE_LINES_OF = {"anylabeling/views/main_window.py": 250}

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


def sources() -> Iterator[tuple[str, str]]:
    """Yield each Python file of the project: its path from the project's root, and its text."""
    for folder in FOLDERS:
        for file in sorted((PROJECT / folder).rglob("*.py")):
            yield file.relative_to(PROJECT).as_posix(), file.read_text(encoding="utf-8")


def nodes() -> Iterator[tuple[str, ast.AST]]:
    for path, text in sources():
        for node in ast.walk(ast.parse(text)):
            yield path, node


def test_files_stay_short() -> None:
    lengths = {path: len(text.splitlines()) for path, text in sources()}
    assert len(lengths) > 50
    too_long = {
        path: length for path, length in lengths.items() if length > MAX_FILE_LINES_OF.get(path, MAX_FILE_LINES)
    }
    assert too_long == {}


def test_classes_have_few_methods() -> None:
    too_big = {}
    for path, node in nodes():
        if isinstance(node, ast.ClassDef):
            methods = sum(isinstance(member, FunctionNode) for member in node.body)
            if methods > MAX_CLASS_METHODS:
                too_big[f"{path}: {node.name}"] = methods
    assert too_big == {}


def test_functions_stay_short() -> None:
    too_long = {}
    for path, node in nodes():
        if isinstance(node, FunctionNode):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MAX_FUNCTION_LINES:
                too_long[f"{path}: {node.name}"] = length
    assert too_long == {}
