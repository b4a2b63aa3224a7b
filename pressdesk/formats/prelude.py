"""Preparation shared by the writers of web page, text and Markdown."""

from __future__ import annotations

import re

import msgspec

from pressdesk.base.i18n import _
from pressdesk.document.nodes import Block, Document, Mark, Paragraph, Text
from pressdesk.formats.registry import Context
from pressdesk.press.sheet import Sheet

# Controls, lone halves of characters, and marks that turn the direction of what follows.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ufeff\ufff9-\uffff\ufdd0-\ufdef\ud800-\udfff]"
)


def clean(text: str) -> str:
    """A short text without what cannot or should not be printed; line feeds stay."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\t", " "))


def one_line(text: str) -> str:
    """A short text on one line."""
    return re.sub(r" *\n *", " ", clean(text)).strip(" ")


def lost_link(context: Context, address: str) -> None:
    """Note that a link to this address was left out."""
    what = _("The link to “{address}” was removed: only web, e-mail and telephone links are kept.")
    context.lost(what.format(address=one_line(address)[:80]))


def release_line(sheet: Sheet) -> str:
    """The release line; "" where it would only repeat the warning or the embargo above it."""
    return "" if sheet.release_line in (sheet.warning, sheet.embargo_line) else sheet.release_line


def opened(sheet: Sheet) -> Document:
    """The body with the dateline, in bold, before its first paragraph.

    Where no paragraph of the body's own or the lead could take it, it stands by itself.
    """
    if not sheet.dateline:
        return sheet.body
    line = Text(one_line(sheet.dateline), Mark.STRONG)
    blocks = list(sheet.body.blocks)
    for place, block in enumerate(blocks):
        if isinstance(block, Paragraph) and block.role in ("body", "lead") and block.content:
            content = (line, Text(" "), *block.content)
            blocks[place] = msgspec.structs.replace(block, content=content)
            return Document(tuple(blocks))
    lone: tuple[Block, ...] = (Paragraph((line,)),)
    return Document((*lone, *blocks))
