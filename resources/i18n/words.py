"""Brings LANGUAGE.po up to date with the words in the source and compiles it to LANGUAGE.mo.

``make i18n`` runs it. New words arrive with an empty translation; it names them and ends with 1
until each has one, and so does the suite.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent.parent / "pressdesk"
CALLS = {"_": 1, "ngettext": 2, "word": 1, "term": 1}
"""What marks a word for translation: the function, and how many of its arguments are words."""
LABELS = {"Writer": "label"}
"""What names a thing that people choose from: the call, and which of its arguments by name is
a word."""
MADE = datetime(2026, 11, 23, tzinfo=UTC)
"""One date for ever, so that a run that changes no word changes no file."""
KEPT = ("DRAFT – NOT FOR RELEASE", "DRAFT", "MEDIA ADVISORY", "FOR IMMEDIATE RELEASE")
"""Words of labels that reach ``term`` through a variable."""


def template() -> Catalog:
    """Every word of the source that people read."""
    found = Catalog(project="PressDesk")
    for file in sorted(SOURCE.rglob("*.py")):
        for message in words_in(file.read_text(encoding="utf-8"), file.name):
            found.add(message)
    for message in KEPT:
        found.add(message)
    return found


def words_in(source: str, name: str = "") -> Iterator[str | tuple[str, ...]]:
    """The words of one module, in their order: of ``ngettext`` the pair.

    A word is a literal string that is an argument of a call, by its bare name, of one of
    ``CALLS``, or by its name as in ``LABELS``; Python joins the parts of a string itself. A
    variable is no word: what it holds was marked where it was written. Definitions,
    docstrings and comments never are.
    raises  ValueError for an f-string, of which no catalogue can know the words
    """
    calls = [node for node in ast.walk(ast.parse(source, name)) if isinstance(node, ast.Call)]
    for node in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        if not isinstance(node.func, ast.Name):
            continue
        arguments = node.args[: CALLS.get(node.func.id, 0)]
        label = LABELS.get(node.func.id)
        arguments += [given.value for given in node.keywords if label and given.arg == label]
        if any(isinstance(one, ast.JoinedStr) for one in arguments):
            raise ValueError(f"{name}:{node.lineno}: an f-string cannot be translated")
        texts = [one.value for one in arguments if isinstance(one, ast.Constant)]
        if arguments and len(texts) == len(arguments) and all(isinstance(t, str) for t in texts):
            yield str(texts[0]) if len(texts) == 1 else tuple(map(str, texts))


def catalogue(language: str, folder: Path = HERE) -> Catalog:
    """The words of one language as they are kept."""
    with (folder / f"{language}.po").open("rb") as stream:
        return read_po(stream, locale=language)


def missing(known: Catalog, words: Catalog) -> list[str]:
    """The words that a person would read in English: without a translation, with one of its
    forms missing, or with one that was only guessed, which is not compiled."""
    return [_first(word) for word in words if word.id and not _translated(known.get(word.id))]


def _translated(word: Message | None) -> bool:
    if word is None or word.fuzzy:
        return False
    return all(word.string) if isinstance(word.string, tuple) else bool(word.string)


def _first(word: Message) -> str:
    return str(word.id[0] if isinstance(word.id, tuple) else word.id)


def main(folder: Path = HERE) -> int:
    """Update and compile every language of a folder; 1 while a word is missing in one of them."""
    words = template()
    code = 0
    for file in sorted(folder.glob("*.po")):
        known = catalogue(file.stem, folder)
        known.update(words, no_fuzzy_matching=True)
        known.obsolete.clear()
        with file.open("wb") as stream:
            known.creation_date = MADE
            write_po(stream, known, width=100, omit_header=False, no_location=True)
        with file.with_suffix(".mo").open("wb") as stream:
            write_mo(stream, known)
        empty = missing(known, words)
        print(f"{file.name}: {len(known)} words, {len(empty)} without a translation")
        for word in empty:
            print(f"  {word}", file=sys.stderr)
        code = code or int(bool(empty))
    return code


if __name__ == "__main__":
    sys.exit(main())
