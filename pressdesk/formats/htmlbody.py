"""Document nodes as HTML; all escaping happens here.

Two dialects: the page for browsers, and a plain one for viewers that know only the HTML of
old (Qt's rich text), where a quotation is a table with a coloured edge.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import assert_never

from markupsafe import Markup, escape

from pressdesk.base.i18n import _
from pressdesk.document.nodes import (
    Block,
    BulletList,
    Cell,
    Document,
    Figure,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    ListItem,
    Mark,
    NumberedList,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
)
from pressdesk.document.tools import heads, link_of
from pressdesk.formats import links
from pressdesk.formats.pictures import picture
from pressdesk.formats.prelude import clean, lost_link, one_line
from pressdesk.formats.registry import Context

_RIGHT_TO_LEFT = frozenset(("ar", "arc", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"))
_TAGS = (
    (Mark.SUP, "sup"),
    (Mark.SUB, "sub"),
    (Mark.UNDERLINE, "u"),
    (Mark.EMPH, "em"),
    (Mark.STRONG, "strong"),
)
_NOTHING = Markup("")

Rows = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class PageContext:
    """What turning nodes into markup needs to know of the page they go into."""

    language: str
    context: Context
    accent: str
    plain: bool = False
    """True for the plain dialect."""
    width: int = 620
    """Pixels a picture may be wide in the plain dialect."""


def direction(language: str) -> str:
    """ "rtl" or "ltr", by the language."""
    return "rtl" if language.split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"


def body(document: Document, page: PageContext) -> Markup:
    """All blocks of a document; empty paragraphs are left out."""
    return _joined((_block(block, page) for block in document.blocks), "\n")


def linked(text: str) -> Markup:
    """A text with the web and mail addresses in it made into links."""
    return _joined(
        Markup('<a href="{}">{}</a>').format(address, words) if address else escape(words)
        for words, address in links.in_text(clean(text))
    )


def _joined(parts: Iterable[Markup], by: str = "") -> Markup:
    return Markup(by).join(part for part in parts if part)


def _block(block: Block, page: PageContext) -> Markup:
    match block:
        case Paragraph():
            return _paragraph(block, page)
        case Heading(level=level, content=content):
            return Markup("<h{0}>{1}</h{0}>").format(level, _inlines(content, page))
        case Quote():
            return _plain_quote(block, page) if page.plain else _quote(block, page)
        case BulletList() | NumberedList():
            return _list(block, page)
        case Table():
            return _plain_table(block, page) if page.plain else _table(block, page)
        case Figure():
            return _figure(block, page)
        case Rule():
            return Markup('<hr width="20%">' if page.plain else "<hr>")
        case _:
            assert_never(block)


def _paragraph(block: Paragraph, page: PageContext) -> Markup:
    content = _inlines(block.content, page)
    if not content:
        return _NOTHING
    if block.role == "body":
        return Markup("<p>{}</p>").format(content)
    return Markup('<p class="{}">{}</p>').format(block.role, content)


def _quote(block: Quote, page: PageContext) -> Markup:
    words = _joined((_paragraph(one, page) for one in block.blocks), "\n")
    who = one_line(block.attribution)
    said = Markup("\n<figcaption>{}</figcaption>").format(who) if who else ""
    form = Markup('<figure class="quote">\n<blockquote>\n{}\n</blockquote>{}\n</figure>')
    return form.format(words, said)


def _plain_quote(block: Quote, page: PageContext) -> Markup:
    words = _joined((_paragraph(one, page) for one in block.blocks), "\n")
    who = one_line(block.attribution)
    said = Markup('<p class="said">{}</p>').format(who) if who else ""
    form = Markup(
        '<table class="quote" width="100%" cellspacing="0" cellpadding="0"><tr>'
        '<td width="3" bgcolor="{}"></td><td class="words">{}{}</td></tr></table>'
    )
    return form.format(page.accent, words, said)


def _list(block: BulletList | NumberedList, page: PageContext) -> Markup:
    items = _joined((_item(item, page) for item in block.items), "\n")
    if isinstance(block, BulletList):
        return Markup("<ul>\n{}\n</ul>").format(items)
    start = Markup(' start="{}"').format(block.start) if block.start != 1 else ""
    return Markup("<ol{}>\n{}\n</ol>").format(start, items)


def _item(item: ListItem, page: PageContext) -> Markup:
    parts = (_inlines(item.content, page), *(_list(child, page) for child in item.children))
    return Markup("<li>{}</li>").format(_joined(parts, "\n"))


def _table(block: Table, page: PageContext) -> Markup:
    above, rows = _parted(block)
    head = Markup("<thead>\n{}\n</thead>\n").format(_rows(above, page, "th")) if above else ""
    form = Markup('<div class="table"><table>\n{}<tbody>\n{}\n</tbody>\n</table></div>')
    return form.format(head, _rows(rows, page, "td"))


def _plain_table(block: Table, page: PageContext) -> Markup:
    above, below = _parted(block)
    head, rows = _rows(above, page, "th"), _rows(below, page, "td")
    form = Markup(
        '<table class="grid" width="100%" border="1" cellspacing="0" cellpadding="5">\n{}\n</table>'
    )
    return form.format(_joined((head, rows), "\n"))


def _parted(block: Table) -> tuple[Rows, Rows]:
    """The headings and the rows under them."""
    count = heads(block.header_rows, len(block.rows))
    return block.rows[:count], block.rows[count:]


def _rows(rows: Iterable[tuple[Cell, ...]], page: PageContext, tag: str) -> Markup:
    scope = Markup(' scope="col"') if tag == "th" and not page.plain else ""
    form = Markup("<{0}{1}>{2}</{0}>")
    lines = (
        _joined(form.format(tag, scope, _inlines(cell.content, page)) for cell in row)
        for row in rows
    )
    return _joined((Markup("<tr>{}</tr>").format(line) for line in lines), "\n")


def _figure(block: Figure, page: PageContext) -> Markup:
    parts = [_inlines(block.caption, page), escape(one_line(block.credit))]
    caption = _joined(parts, " · ")
    image = _image(block, page)
    if page.plain:
        return Markup('<p class="picture">{}</p>\n<p class="said">{}</p>').format(image, caption)
    below = Markup("\n<figcaption>{}</figcaption>").format(caption) if caption else ""
    return Markup("<figure>\n{}{}\n</figure>").format(image, below)


def _image(block: Figure, page: PageContext) -> Markup:
    alt = one_line(block.alt)
    found = picture(page.context.attachments.get(block.attachment, b""))
    if found is None:
        what = _(
            "The picture “{name}” is missing or is neither PNG nor JPEG; only its text is kept."
        )
        page.context.lost(what.format(name=alt or block.attachment[:12]))
        return Markup('<span class="missing">[{}]</span>').format(alt) if alt else _NOTHING
    width, height = found.width, found.height
    if page.plain and width > page.width:
        width, height = page.width, max(1, height * page.width // width)
    form = Markup('<img src="{}" alt="{}" width="{}" height="{}">')
    return form.format(found.address, alt, width, height)


def _inlines(content: Inlines, page: PageContext) -> Markup:
    """Runs and breaks; neighbours with the same address stand in one link."""
    parts = []
    for address, group in groupby(content, link_of):
        words = _joined(_inline(part, page) for part in group)
        if address is None:
            parts.append(words)
        elif good := links.kept(address):
            parts.append(Markup('<a href="{}">{}</a>').format(good, words))
        else:
            lost_link(page.context, address)
            parts.append(words)
    return _joined(parts)


def _inline(part: Inline, page: PageContext) -> Markup:
    match part:
        case Text():
            return _text(part, page)
        case LineBreak():
            return Markup("<br>\n")
        case _:
            assert_never(part)


def _text(part: Text, page: PageContext) -> Markup:
    out = escape(clean(part.text))
    for mark, tag in _TAGS:
        if mark in part.marks:
            out = Markup("<{0}>{1}</{0}>").format(tag, out)
    if part.language and part.language != page.language:
        turn = direction(part.language)
        turned = Markup(' dir="{}"').format(turn) if turn != direction(page.language) else ""
        out = Markup('<span lang="{}"{}>{}</span>').format(part.language, turned, out)
    return out
