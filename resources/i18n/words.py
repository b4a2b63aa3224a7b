"""Brings LANGUAGE.po up to date with the words in the source and compiles it to LANGUAGE.mo.

Run from the top of the project: ``python resources/i18n/words.py``. New words arrive with an
empty translation; the suite fails until each has one.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent.parent / "pressdesk"
KEYWORDS = {"_": None, "ngettext": (1, 2), "word": None, "term": None}
MADE = datetime(2026, 11, 23, tzinfo=UTC)
"""One date for ever, so that a run that changes no word changes no file."""
KEPT = ("DRAFT – NOT FOR RELEASE", "MEDIA ADVISORY", "FOR IMMEDIATE RELEASE")
"""Words of labels that reach ``term`` through a variable."""


def template() -> Catalog:
    """Every word of the source that people read."""
    catalogue = Catalog(project="PressDesk")
    found = extract_from_dir(SOURCE, method_map=[("**.py", "python")], keywords=KEYWORDS)
    for _file, _line, message, _comments, context in found:
        catalogue.add(message, context=context)
    for message in KEPT:
        catalogue.add(message)
    return catalogue


def catalogue(language: str) -> Catalog:
    """The words of one language as they are kept."""
    with (HERE / f"{language}.po").open("rb") as stream:
        return read_po(stream, locale=language)


def main() -> None:
    """Update and compile every language."""
    words = template()
    for file in sorted(HERE.glob("*.po")):
        known = catalogue(file.stem)
        known.update(words, no_fuzzy_matching=True)
        known.obsolete.clear()
        with file.open("wb") as stream:
            known.creation_date = MADE
            write_po(stream, known, width=100, omit_header=False, no_location=True)
        with file.with_suffix(".mo").open("wb") as stream:
            write_mo(stream, known)
        empty = [m.id for m in known if m.id and not m.string]
        print(f"{file.name}: {len(known)} words, {len(empty)} without a translation")


if __name__ == "__main__":
    main()
