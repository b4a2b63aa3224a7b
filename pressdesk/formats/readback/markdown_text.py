"""Reads the text of a Markdown file as our writer marks it: every other sign is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pressdesk.base.errors import ReadFailed
from pressdesk.base.i18n import _
from pressdesk.formats import links
from pressdesk.formats.prelude import one_line, opened, release_line
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

_FRONT = re.compile(r"---\n(?:.*\n)*?---\n")
_ITEM = re.compile(r" *(?:[-+]|([0-9]+)[.)])(?= |$)")
_RULES = re.compile(r"\*\*\*|\|(?: --- \|)+")
_LAST_NUMBER = 999_999_999
_MARKED = re.compile(
    r"\\(?P<sign>.)|\\$|&\#(?P<number>[0-9]{1,7});|(?P<new><br>|\|)|</?(?:u|sub|sup)>"
    r"|<(?P<address>(?:https?|mailto|tel):[^<>\s]*)>|\*\*|_|\[|\]\((?P<to><[^<>]*>|[^()\s]*)\)"
)


def read(data: bytes) -> Found:
    """The text below the front matter, without its marks; raises ReadFailed."""
    if len(data) > LARGEST:
        raise ReadFailed(_("The text is too long to be read."))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadFailed(_("This is not a text in UTF-8.")) from error
    front = _FRONT.match(text)
    lines = text[front.end() if front else 0 :].split("\n")
    led = (found for line in lines for found in _MARKED.finditer(line))
    addresses = (found["address"] or found["to"] for found in led)
    return Found(
        unsigned("\n".join(map(_line, lines))),
        addresses=tuple(re.sub(r"\\(.)", r"\1", one.strip("<>")) for one in addresses if one),
    )


def _line(line: str) -> str:
    line = line.removeprefix(">")
    if _RULES.fullmatch(line.strip(" ")):
        return ""
    before = []
    while found := _ITEM.match(line):
        before.append(f"{found[1]}. " if found[1] else "")
        line = line[found.end() :]
    line = re.sub(r"^ *#{1,4} ", "", line)
    return "".join(before) + _MARKED.sub(_plain, line)


def _plain(found: re.Match[str]) -> str:
    if found["number"]:
        return chr(min(int(found["number"]), 0x10FFFF))
    return found["sign"] or found["address"] or (" " if found["new"] else "")


_LAYOUT = PrintedNodes(
    number=lambda number: f"{min(max(number, 0), _LAST_NUMBER)}.", attribution="— {}", alt="[{}]"
)


def passages(sheet: Sheet) -> Iterator[Passage]:
    """What the file says below its front matter, in order."""
    yield from several("warning", sheet.warning)
    yield from several("embargo", sheet.embargo_line)
    yield from several("letterhead", sheet.organisation, sheet.unit, *sheet.letterhead)
    yield from several("release line", release_line(sheet), sheet.reference_line)
    yield from several("title", sheet.title)
    yield from several("subtitle", sheet.subtitle)
    yield from several("speaker", *sheet.speaker)
    url = links.kept(sheet.credit_url) or one_line(sheet.credit_url)
    yield from several("credit", sheet.credit, url)
    yield from rows(sheet, "{}:")
    if sheet.contacts_first:
        yield from contacts(sheet)
    yield from body(opened(sheet), _LAYOUT)
    yield from several("end mark", sheet.end_mark)
    yield from section("notes", sheet.notes)
    yield from section("boilerplate", sheet.boilerplate)
    if not sheet.contacts_first:
        yield from contacts(sheet)
    yield from several("foot", sheet.footer, sheet.recorded)


READBACK = Readback(read, passages)
