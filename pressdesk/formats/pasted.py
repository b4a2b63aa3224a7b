"""Converts pasted HTML to a tree: words, structure and safe links only.

nh3 cleans by a strict list first and lxml reads what is left. What the source itself shows as no
part of its text goes by one rule (``left_out``), and the walk knows a handful of tags. Of styles
and classes it is only ever asked what is hidden and what is marked.
"""

from __future__ import annotations

import re
from html import escape

from msgspec import Struct

from pressdesk.base.i18n import _
from pressdesk.document import codec
from pressdesk.document.nodes import (
    Block,
    BulletList,
    Cell,
    Document,
    Heading,
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
from pressdesk.document.tools import normalise, runs
from pressdesk.formats.left_out import LeftOut, may_leave_out
from pressdesk.formats.pasted_clean import clean_html
from pressdesk.formats.pasted_walk import Walk

LONGEST = 5_000_000
"""Characters of HTML that are read; a longer one is taken as plain text."""

MOST_SIGNS = 200_000
"""Ampersands and fixed spaces that are read: the cleaner takes a second for these, and four for
twice as many."""


class Pasted(Struct, frozen=True):
    """The result: the tree, and sentences about what was left out."""

    tree: Document
    remarks: tuple[str, ...] = ()
    left_out: LeftOut = LeftOut()
    """What the source shows as no part of its text; the first remark tells it."""


def from_html(html: str) -> Pasted:
    """The tree of a piece of HTML, from Word, a browser or a mail.

    Fonts, colours, scripts, frames and forms are dropped without a word; deletions, comments and
    hidden passages, pictures, unsafe links and too deep nesting with a remark. Never raises and
    never opens a resource.
    cost  about 20 ms for a page of 100 kB.
    """
    if len(html) > LONGEST or html.count("&") + html.count("\xa0") > MOST_SIGNS:
        said = _("The clipboard content is too large to keep its formatting.")
        return Pasted(Document(), (said, *_unjudged(html)))
    deep = _("The clipboard content is nested too deeply; only its text was pasted.")
    cleaned = clean_html(html)
    if cleaned.body is None:
        large = _("The clipboard content is too large to keep its formatting.")
        said = large if cleaned.tired else deep
        return Pasted(Document(), (said, *_unjudged(html)))
    walk = Walk()
    tree = normalise(Document(walk.blocks(cleaned.body)))
    if codec.is_deep(tree):  # it could not be stored
        return Pasted(Document(), (deep, *_unjudged(html)))
    left_out = cleaned.left_out
    return Pasted(tree, (*([left_out.said()] if left_out else []), *walk.remarks), left_out)


def _unjudged(html: str) -> tuple[str, ...]:
    """A warning when the plain text that comes instead may hold what the page leaves out."""
    if not may_leave_out(html):
        return ()
    return (_("It may contain deleted or hidden text: check before you continue."),)


def from_text(text: str) -> Document:
    """The tree of a plain text: a blank line parts paragraphs, a line end breaks the line."""
    parts = re.split(r"\n[ \t]*(?:\n[ \t]*)+", re.sub("\r\n?|\u2029", "\n", text))
    kept = [part.strip("\n") for part in parts]
    return normalise(Document(tuple(Paragraph(runs(part)) for part in kept if part.strip())))


def to_html(tree: Document) -> str:
    """The tree as a plain HTML fragment for other programs: structure only, no looks."""
    return "\n".join(_block(block) for block in tree.blocks)


def _block(block: Block) -> str:
    match block:
        case Paragraph(content=content):
            return f"<p>{_inlines(content)}</p>"
        case Heading(level=level, content=content):
            return f"<h{level}>{_inlines(content)}</h{level}>"
        case Quote(blocks=blocks, attribution=name):
            said = "".join(f"<p>{_inlines(part.content)}</p>" for part in blocks)
            footer = f"<footer>{escape(name)}</footer>" if name else ""
            return f"<blockquote>{said}{footer}</blockquote>"
        case BulletList() | NumberedList():
            return _list(block)
        case Table(rows=rows, header_rows=header):
            lines = (_row(row, "th" if at < header else "td") for at, row in enumerate(rows))
            return f"<table>{''.join(lines)}</table>"
        case Rule():
            return "<hr>"
        case _:
            return f"<p>{_inlines(block.caption)}</p>"


def _row(row: tuple[Cell, ...], tag: str) -> str:
    return f"<tr>{''.join(f'<{tag}>{_inlines(cell.content)}</{tag}>' for cell in row)}</tr>"


def _list(block: BulletList | NumberedList) -> str:
    rows = "".join(f"<li>{_item(item)}</li>" for item in block.items)
    if isinstance(block, BulletList):
        return f"<ul>{rows}</ul>"
    start = f' start="{block.start}"' if block.start != 1 else ""
    return f"<ol{start}>{rows}</ol>"


def _item(item: ListItem) -> str:
    return _inlines(item.content) + "".join(_list(child) for child in item.children)


_TAGS = (
    (Mark.SUB, "sub"),
    (Mark.SUP, "sup"),
    (Mark.UNDERLINE, "u"),
    (Mark.EMPH, "em"),
    (Mark.STRONG, "strong"),
)


def _inlines(content: Inlines) -> str:
    return "".join("<br>" if isinstance(part, LineBreak) else _run(part) for part in content)


def _run(part: Text) -> str:
    html = escape(part.text, quote=False)
    for mark, tag in _TAGS:
        if mark in part.marks:
            html = f"<{tag}>{html}</{tag}>"
    return f'<a href="{escape(part.link)}">{html}</a>' if part.link else html
