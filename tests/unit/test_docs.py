"""README and the developers' documents name only what exists."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEVELOPERS = ROOT / "resources" / "docs" / "developers"
DOCS = [ROOT / "README.md", *sorted((ROOT / "resources").rglob("*.md"))]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z0-9]+):", MAKEFILE, re.MULTILINE))

SUFFIX = r"\.(?:py|toml|po|mo|md|sh|json|html|sql|yml)"
NAMED = re.compile(rf"(?<![\w./*…-])(?:[\w.-]+/)+(?:[\w-]+{SUFFIX}\b|(?=[`\s,;)]))")
"""A path with a folder in it: to a file by its suffix, or to a folder by the stroke at its end."""

MADE_BY_PROGRAMS = ("build/", "NAME.templates/", "built-in/", "backups/", "rescued/", ".venv/")


def doc(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def paths_in(text: str) -> Iterator[str]:
    """The paths a document names, without those that only a program makes."""
    said = re.sub(r"\]\([^)]*\)|\w+://\S+", "", text)
    for found in NAMED.findall(said):
        if not found.startswith(MADE_BY_PROGRAMS):
            yield found


def exists(path: str, beside: Path) -> bool:
    return any((folder / path).exists() for folder in (ROOT, ROOT / "pressdesk", beside.parent))


@pytest.mark.parametrize("path", DOCS, ids=doc)
def test_every_link_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text("utf-8"))
    local = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in local if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", DOCS, ids=doc)
def test_every_file_named_exists(path: Path) -> None:
    named = paths_in(path.read_text("utf-8"))
    assert [one for one in named if not exists(one, path)] == []


def test_paths_are_found_in_code_in_tables_and_in_drawings() -> None:
    said = (
        "| `gui/a.py` | (`b/c/`), -> desk/d.py -> x\n    tests/e-1.sql, https://f/g.py build/h.json"
    )
    assert list(paths_in(said)) == ["gui/a.py", "b/c/", "desk/d.py", "tests/e-1.sql"]


@pytest.mark.parametrize("path", DOCS, ids=doc)
def test_every_make_target_named_exists(path: Path) -> None:
    said = path.read_text("utf-8")
    named = set(re.findall(r"(?:`|^)make ([a-z0-9]+)", said, re.MULTILINE))
    assert named <= TARGETS


def test_every_target_has_its_line_and_is_described() -> None:
    shown = set(re.findall(r"^([a-z0-9]+):.*##", MAKEFILE, re.MULTILINE))
    assert shown == TARGETS
    assert shown == set(re.findall(r"[a-z0-9]+", _phony()))
    table = set(re.findall(r"^\| `make ([a-z0-9]+)`", _said("README.md"), re.MULTILINE))
    assert table == TARGETS


def _phony() -> str:
    return next(line for line in MAKEFILE.splitlines() if line.startswith(".PHONY:"))[8:]


def _said(name: str) -> str:
    return (DEVELOPERS / name).read_text("utf-8")


def test_every_name_of_a_module_is_in_it() -> None:
    """Such as “`Sheet` in `press/sheet.py`”, and “`drafts.py`: `keep`” the other way round."""
    said = "\n".join(path.read_text("utf-8") for path in DOCS)
    pairs = re.findall(r"`(?:\w+\.)?(\w+)` in\s+`([\w/]+\.py)`", said)
    pairs += [(name, path) for path, name in re.findall(r"`([\w/]+\.py)`: `(\w+)`", said)]
    assert len(pairs) > 15
    assert [(name, path) for name, path in pairs if name not in _names(path)] == []


def _names(path: str) -> set[str]:
    file = next(one for one in (ROOT / path, ROOT / "pressdesk" / path) if one.exists())
    tree = ast.parse(file.read_text("utf-8"))
    kinds = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    made = {node.name for node in ast.walk(tree) if isinstance(node, kinds)}
    return made | {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def test_the_glossary_says_what_the_interface_says() -> None:
    shown = (ROOT / "resources" / "i18n" / "ru.po").read_text("utf-8").casefold()
    rows = re.findall(r"^\| [^|]+ \| [^|]+ \| ([^|]+) \| `", _said("glossary.md"), re.MULTILINE)
    words = [word.strip() for row in rows for word in row.split(",") if row.strip() != "-"]
    assert len(words) > 20
    assert [word for word in words if not re.search(_in_any_case(word.casefold()), shown)] == []


def _in_any_case(words: str) -> str:
    """Endings move with the sentence."""
    return r"\s".join(rf"\b{re.escape(one[: max(3, len(one) - 2)])}\w*" for one in words.split())
