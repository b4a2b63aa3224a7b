"""One name, one meaning: of public classes in the whole package, and nearly of files."""

from __future__ import annotations

import ast
from collections import Counter

from tests.house.test_no_circle import modules


def test_no_two_public_classes_share_a_name() -> None:
    found = Counter(
        node.name
        for path in modules().values()
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert len(found) > 400
    assert [name for name, number in found.items() if number > 1] == []


def test_no_file_name_stands_three_times() -> None:
    found = Counter(path.name for path in modules().values() if path.name != "__init__.py")
    assert [name for name, number in found.items() if number > 2] == []
