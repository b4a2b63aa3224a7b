"""Reads the text of a web page: its body as a browser shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

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

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST = 32 * 2**20
"""Bytes of a page without its pictures."""

_PICTURE = re.compile(rb'\bsrc="data:[^"]*"')
_WITHIN_A_LINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "i", "ins", "mark", "q"}
    | {"small", "span", "strong", "sub", "sup", "time", "u", "wbr"}
)
_UNSAID = frozenset({"script", "style", "template", "title"})
_FOREIGN = frozenset(
    {"applet", "audio", "button", "canvas", "embed", "frame", "iframe", "input", "link", "math"}
    | {"noscript", "object", "script", "select", "style", "svg", "template", "textarea", "video"}
)

_LAYOUT = PrintedNodes(between="·")


def read(data: bytes) -> Found:
    """The words of the body, items of lists with their numbers, pictures as their words.

    foreign  elements that show, run or hide something; no page of ours has any in its body
    raises   ReadFailed
    """
    from lxml import etree, html

    page = _PICTURE.sub(b'src=""', data)
    if len(page) > LARGEST:
        raise ReadFailed(_("The web page is too large to be read."))
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    try:
        top = html.document_fromstring(page, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise ReadFailed(_("This is not a web page.")) from error
    found = top.find("body")
    if found is None:
        raise ReadFailed(_("This is not a web page."))
    tags = {str(one.tag) for one in found.iter() if isinstance(one.tag, str)}
    hiding = any(
        one.get("style") is not None or one.get("hidden") is not None for one in found.iter()
    )
    foreign = sorted(tags & _FOREIGN) + ["style=" for _one in range(hiding)]
    addresses = tuple(one.get("href") or "" for one in found.iter("a") if one.get("href"))
    return Found(
        unsigned("".join(_said(found))),
        addresses=addresses,
        foreign=tuple(f"<{name}>" for name in foreign),
    )


def _said(top: _Element) -> Iterator[str]:
    """The words below an element, in order; walked without recursion, as lists may be deep."""
    from lxml import etree

    numbers: dict[_Element, int] = {}
    for event, one in etree.iterwalk(top, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi") or not isinstance(one.tag, str):
            yield one.tail or ""
        elif event == "start":
            yield from _begin(one, numbers)
        else:
            yield "" if one.tag in _WITHIN_A_LINE else "\n"
            yield (one.tail or "") if one is not top else ""


def _begin(one: _Element, numbers: dict[_Element, int]) -> Iterator[str]:
    if one.tag not in _WITHIN_A_LINE:
        yield "\n"
    above = one.getparent()
    if one.tag == "li" and above is not None and above.tag == "ol":
        start = above.get("start") or "1"
        number = numbers.get(above, int(start) if re.fullmatch(r"-?\d{1,18}", start) else 1)
        numbers[above] = number + 1
        yield f"{number}. "
    elif one.tag == "img" and above is not None and above.tag == "figure":
        yield one.get("alt") or ""
    if one.tag in _UNSAID:
        return
    words = one.text or ""
    if one.get("class") == "missing":
        words = words.removeprefix("[").removesuffix("]")
    yield words


def passages(sheet: Sheet) -> Iterator[Passage]:
    """What the built-in page says, in order."""
    yield from several("warning", sheet.warning)
    yield from several("embargo", sheet.embargo_line)
    yield from several("letterhead", sheet.organisation, sheet.unit, *sheet.letterhead)
    yield from several("release line", release_line(sheet), sheet.reference_line)
    yield from several("title", sheet.title)
    yield from several("subtitle", sheet.subtitle)
    yield from several("speaker", *sheet.speaker)
    yield from several("credit", sheet.credit, _host(sheet.credit_url))
    yield from rows(sheet)
    if sheet.contacts_first:
        yield from contacts(sheet)
    yield from body(opened(sheet), _LAYOUT)
    yield from several("end mark", sheet.end_mark)
    yield from section("notes", sheet.notes)
    yield from section("boilerplate", sheet.boilerplate)
    if not sheet.contacts_first:
        yield from contacts(sheet)
    yield from several("foot", sheet.footer, sheet.recorded)


def _host(url: str) -> str:
    """Where an interview stood first: the host, else the address as it was given."""
    address = links.kept(url) or ""
    return urlsplit(address).netloc if address.startswith("http") else one_line(url)[:200]


READBACK = Readback(read, passages)
