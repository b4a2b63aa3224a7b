"""The house rules, as tests: they run wherever pytest runs."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = sorted((ROOT / "pressdesk").rglob("*.py"))
EVERYTHING = [
    *PACKAGE,
    *sorted((ROOT / "tests").rglob("*.py")),
    *(ROOT / "resources").rglob("*.py"),
]
WINDOW = [path for path in PACKAGE if {"gui", "app"} & set(path.parts)]

FILE_LINES, FUNCTION_LINES = 400, 60

HEAVY = (
    "PySide6", "sqlalchemy", "alembic", "reportlab", "jinja2", "babel", "lxml", "nh3", "PIL",
    "phonenumbers", "charset_normalizer", "pypdfium2", "uharfbuzz", "rich", "msgspec",
)  # fmt: skip


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the last part of the called name."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Attribute):
                yield called.attr, node
            elif isinstance(called, ast.Name):
                yield called.id, node


def test_every_file_says_in_one_sentence_what_it_is_for() -> None:
    found = [name(path) for path in EVERYTHING if not _sentence(ast.get_docstring(tree(path)))]
    assert not found, "open the file with one sentence on what it is for"


def _sentence(words: str | None) -> bool:
    return bool(words) and words.splitlines()[0].rstrip()[-1:] in (".", ":", ",", ";")


def test_nothing_catches_what_it_does_not_know() -> None:
    found = [
        f"{name(path)}:{node.lineno}"
        for path in PACKAGE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and _catches_too_much(node)
    ]
    assert not found, "name the errors you expect; hand BaseException on or raise it again"


def _catches_too_much(node: ast.ExceptHandler) -> bool:
    caught = ast.unparse(node.type) if node.type else ""
    again = any(isinstance(part, ast.Raise) for part in ast.walk(node))
    handed_on = node.name is not None
    return caught in ("", "Exception") or (caught == "BaseException" and not (again or handed_on))


def test_type_checks_are_silenced_with_a_code() -> None:
    found = [
        f"{name(path)}:{number}"
        for path in PACKAGE
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"type: ignore(?!\[)", line)
    ]
    assert not found, "say which error is ignored, and why"


def test_a_label_never_reads_a_text_of_the_desk_as_html() -> None:
    # A title such as <img src="file:///..."> would be loaded and drawn by an AutoText label.
    found = [
        f"{name(path)}:{node.lineno}"
        for path in WINDOW
        for called, node in calls(path)
        if called == "QLabel" and node.args and not literal(node.args[0])
        if "PlainText" not in path.read_text(encoding="utf-8")
    ]
    assert not found, "make the label PlainText"


def literal(node: ast.expr) -> bool:
    """True for a text of the program itself, a constant or one through ``_``, or a parent."""
    if isinstance(node, ast.Name):
        return node.id in ("self", "parent")
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "_"
    return isinstance(node, ast.Constant)


def test_interface_texts_are_literal() -> None:
    found = [
        f"{name(path)}:{node.lineno}"
        for path in PACKAGE
        for called, node in calls(path)
        if called == "_" and not isinstance(node.args[0], ast.Constant)
    ]
    assert not found, "_() takes a literal; call .format() on what it returns"


def test_sizes_are_advice() -> None:
    long = [words for path in PACKAGE for words in _too_long(path)]
    if long:
        pytest.xfail("; ".join(long))


def _too_long(path: Path) -> Iterator[str]:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    if lines > FILE_LINES:
        yield f"{name(path)} has {lines} lines"
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{name(path)}:{node.name} has {lines} lines"


@pytest.mark.parametrize("module", ["pressdesk.cli", "pressdesk.__main__"])
def test_the_door_is_light(module: str) -> None:
    code = f"import sys, {module}; print(*(set(sys.argv[1:]) & set(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-c", code, *HEAVY], capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == [], "children import this module again; import inside functions"
