"""No module of PressDesk imports itself by way of others, not even for its types."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from pressdesk.base.i18n import __file__ as somewhere

TOP = Path(somewhere).parents[1]


def modules() -> dict[str, Path]:
    """Every module of the package by its name."""
    found = {}
    for path in TOP.rglob("*.py"):
        name = ".".join(path.relative_to(TOP.parent).with_suffix("").parts)
        found[name.removesuffix(".__init__")] = path
    return found


def asked(path: Path, known: dict[str, Path]) -> set[str]:
    """The modules that one imports anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (inner & known.keys()) or {node.module}
    return found & known.keys()


def test_there_is_no_circle() -> None:
    known = modules()
    assert len(known) > 400
    arrows = {name: asked(path, known) - {name} for name, path in known.items()}
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as circle:
        raise AssertionError(" -> ".join(circle.args[1])) from None
