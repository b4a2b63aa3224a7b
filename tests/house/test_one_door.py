"""What a person can do stands in ``desk`` once: nobody else takes anything out of an open desk."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from pressdesk.archive.file.desk_file import create

TOP = Path(__file__).resolve().parents[2] / "pressdesk"
MODULES = [path for floor in ("gui", "app", "cli") for path in sorted((TOP / floor).rglob("*.py"))]
"""The modules of window and shell."""
FACTS = {"place", "path", "uid", "read_only", "reading", "is_copy", "close"}
"""Where and what a desk is, and its end: all that window and shell may ask a desk itself."""


@pytest.fixture(scope="module")
def inside(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """What else an open desk has."""
    desk = create(tmp_path_factory.mktemp("desk") / "office.pressdesk")
    desk.close()
    assert set(dir(desk)) >= FACTS
    return frozenset(name for name in dir(desk) if not name.startswith("__")) - FACTS


def desks(tree: ast.AST) -> Iterator[ast.expr]:
    """Whatever of a module is an open desk: what is declared so, what is named so, and what a
    lane hands to the function that it runs."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.Lambda():
                yield from _given(node)
            case ast.Attribute(attr="archive"):
                yield node


def _is_desk(annotation: ast.expr) -> bool:
    return bool({"Desk", "Archive"} & set(ast.unparse(annotation).split()))


def _given(node: ast.FunctionDef | ast.Lambda) -> Iterator[ast.expr]:
    declared = {
        one.arg
        for one in node.args.args
        if isinstance(node, ast.Lambda) or (one.annotation and _is_desk(one.annotation))
    }
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and inner.id in declared | {"archive"}:
            yield inner


def reaching(source: str, inside: frozenset[str]) -> set[str]:
    """Each place in a module that takes something out of a desk."""
    tree = ast.parse(source)
    known = {id(one) for one in desks(tree)}
    return {
        f"{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in inside and id(node.value) in known
    }


def test_window_and_shell_take_nothing_out_of_a_desk(inside: frozenset[str]) -> None:
    found = [
        f"{path.relative_to(TOP).as_posix()}:{place}"
        for path in MODULES
        for place in sorted(reaching(path.read_text("utf-8"), inside))
    ]
    assert not found, "give it a use case in desk/"


@pytest.mark.parametrize(
    "source",
    [
        "room.read(lambda a: a.releases.rows([1]), done)",
        "def work(desk: Desk) -> House:\n    return desk.houses.get()",
        "def work(desk: Desk | None):\n    return partial(desk.contacts.save, contact)",
        "self._room.archive.trash.all()",
        "def work():\n    archive.sign('me')",
    ],
)
def test_whatever_it_is_called_a_desk_is_known(source: str, inside: frozenset[str]) -> None:
    assert reaching(source, inside)
