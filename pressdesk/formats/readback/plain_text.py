"""Reads the text of a plain text file, without the lines and numbers its layout adds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from pressdesk.base.errors import ReadFailed
from pressdesk.base.i18n import _
from pressdesk.document.nodes import Table
from pressdesk.document.tools import heads, inlines, line, link_of
from pressdesk.formats import links
from pressdesk.formats.prelude import clean, opened, release_line
from pressdesk.formats.readback.passages import (
    Found,
    Passage,
    PrintedNodes,
    Readback,
    body,
    contacts,
    rows,
    section,
    several,
    unsigned,
)
from pressdesk.press.sheet import Sheet

LARGEST = 32 * 2**20

_NUMBER = re.compile("\u00a0\\[[0-9]+\\]")
_RULE = re.compile(r"(?<!\S)[-=]+(?!\S)")
_SHIFTED = re.compile("[\u00b2\u00b3\u00b9\u02b0-\u02b8\u02e0-\u02e4\u1d2c-\u1d6a\u2070-\u209c]")


def read(data: bytes) -> Found:
    """The text as it is; raises ReadFailed for one that is no UTF-8 or too long."""
    if len(data) > LARGEST:
        raise ReadFailed(_("The text is too long to be read."))
    try:
        return Found(unsigned(data.decode("utf-8")))
    except UnicodeDecodeError as error:
        raise ReadFailed(_("This is not a text in UTF-8.")) from error


def fold(text: str) -> str:
    """Without the numbers of links and drawn lines; raised and lowered characters as usual ones.

    A word that consists of hyphens or equals signs cannot be told from a drawn line, and is
    not compared.
    """
    text = _SHIFTED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = text.replace("\u2212", "-")
    return _RULE.sub("", _NUMBER.sub("", text))


def _tables(block: Table) -> tuple[str, str]:
    """A table row by row, and as labelled lines, where its columns are too wide."""
    cells = [[line(cell.content).replace("\n", " ") for cell in row] for row in block.rows]
    count = heads(block.header_rows, len(cells))
    labels = cells[count - 1] if count else [""] * len(cells[0])
    lines = [cell for row in cells[: max(0, count - 1)] for cell in row]
    for number, row in enumerate(cells[count:]):
        for label, cell in zip(labels, row, strict=False):
            if label and (cell or not number):
                lines.append(f"{label}: {cell}")
            else:
                lines.append(cell)
    return "\n".join(" ".join(row) for row in cells), "\n".join(lines)


_LAYOUT = PrintedNodes(attribution="— {}", alt="[{}]", rule="* * *", table=_tables)


def passages(sheet: Sheet) -> Iterator[Passage]:
    """What the text file says, in order."""
    yield from several("warning", sheet.warning)
    yield from several("embargo", sheet.embargo_line)
    yield from several("letterhead", sheet.organisation.upper(), sheet.unit, *sheet.letterhead)
    yield from several("release line", release_line(sheet), sheet.reference_line)
    yield from several("title", sheet.title)
    yield from several("subtitle", sheet.subtitle)
    yield from several("speaker", *sheet.speaker)
    yield from several("credit", sheet.credit, sheet.credit_url)
    yield from rows(sheet, "{}:")
    if sheet.contacts_first:
        yield from contacts(sheet, str.upper)
    yield from body(opened(sheet), _LAYOUT)
    yield from several("end mark", sheet.end_mark)
    yield from section("notes", sheet.notes, str.upper, clean)
    yield from section("boilerplate", sheet.boilerplate, str.upper, clean)
    if not sheet.contacts_first:
        yield from contacts(sheet, str.upper)
    for number, address in enumerate(_addresses(sheet), 1):
        yield Passage("links", f"[{number}] {re.sub('^(mailto|tel):', '', address)}")
    yield from several("foot", sheet.footer, sheet.recorded)


def _addresses(sheet: Sheet) -> tuple[str, ...]:
    """The addresses behind words, once each."""
    found: dict[str, None] = {}
    for block in sheet.body.blocks:
        for content in inlines(block):
            for link, group in groupby(content, link_of):
                address = links.kept(link)
                if address and not links.written_out(clean(line(tuple(group))), address):
                    found[address] = None
    return tuple(found)


READBACK = Readback(read, passages, fold)
