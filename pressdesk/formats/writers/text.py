"""Writes a sheet as plain text for mail: 72 columns, UTF-8, line feeds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import assert_never

from pressdesk.base.i18n import _
from pressdesk.document.nodes import (
    Block,
    BulletList,
    Figure,
    Heading,
    Inline,
    Inlines,
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
from pressdesk.formats.layout import COLUMNS, table, width, wrapped
from pressdesk.formats.prelude import clean, lost_link, one_line, opened, release_line
from pressdesk.formats.readback.plain_text import READBACK
from pressdesk.formats.registry import Context, Writer
from pressdesk.press.sheet import Section, Sheet, SheetContact

_INDENT = "    "
_RAISED = str.maketrans("0123456789+−-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+−-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
Lines = list[str]


@dataclass(slots=True)
class _Footnotes:
    """Addresses behind words, numbered as they come."""

    context: Context
    addresses: list[str] = field(default_factory=list)

    def number(self, address: str) -> int:
        if address not in self.addresses:
            self.addresses.append(address)
        return self.addresses.index(address) + 1


def write(sheet: Sheet, context: Context) -> bytes:
    """The text of the sheet; what forbids its spread stands first, addresses come last.

    Bold and italic type go unmarked. Words wider than the line are never broken, and lines
    never end in blanks.
    """
    notes = _Footnotes(context)
    contact = _contacts(sheet)
    parts = [
        _plain(sheet.warning, sheet.embargo_line),
        _letterhead(sheet),
        _plain(release_line(sheet), sheet.reference_line),
        _title(sheet),
        _above(sheet),
        contact if sheet.contacts_first else [],
        *(_block(block, notes) for block in opened(sheet).blocks),
        _centred(sheet.end_mark),
        _section(sheet.notes),
        _section(sheet.boilerplate),
        [] if sheet.contacts_first else contact,
        _addresses(notes),
        _plain(sheet.footer, sheet.recorded),
    ]
    text = "\n\n".join("\n".join(part) for part in parts if any(part))
    return f"{text.strip(chr(10))}\n".encode("utf-8", "replace")


def _plain(*texts: str) -> Lines:
    """Each text that is not empty, wrapped by itself."""
    shown = (one_line(text) for text in texts)
    return [part for text in shown if text for part in wrapped(text)]


def _letterhead(sheet: Sheet) -> Lines:
    lines = _plain(sheet.organisation.upper(), sheet.unit, *sheet.letterhead)
    return [*lines, "-" * COLUMNS] if lines else []


def _title(sheet: Sheet) -> Lines:
    lines = _plain(sheet.title)
    if lines:
        lines.append("=" * min(COLUMNS, max(map(width, lines))))
    return lines + _plain(sheet.subtitle)


def _above(sheet: Sheet) -> Lines:
    return _plain(*sheet.speaker, sheet.credit, sheet.credit_url) + _rows(sheet)


def _rows(sheet: Sheet) -> Lines:
    labels = [f"{one_line(row.label)}:" for row in sheet.rows]
    edge = min(24, max((width(label) for label in labels), default=0) + 2)
    lines: Lines = []
    for label, row in zip(labels, sheet.rows, strict=True):
        if width(label) >= edge:
            lines += wrapped(label)
            label = ""
        first = label + " " * (edge - width(label))
        lines += wrapped(clean(row.value), first=first, rest=" " * edge)
    return lines


def _block(block: Block, notes: _Footnotes) -> Lines:
    match block:
        case Paragraph(content=content):
            return _wrapped(content, notes)
        case Heading(level=level, content=content):
            lines = _wrapped(content, notes)
            under = "-" if level == 2 else ""
            return [*lines, under * max(map(width, lines), default=0)] if under else lines
        case Quote():
            return _quote(block, notes)
        case BulletList() | NumberedList():
            return _list(block, notes)
        case Table(rows=rows, header_rows=wanted):
            cells = [[_inlines(cell.content, notes) for cell in row] for row in rows]
            return table(cells, heads(wanted, len(rows))) if any(rows) else []
        case Figure():
            return _figure(block, notes)
        case Rule():
            return _centred("* * *")
        case _:
            assert_never(block)


def _wrapped(content: Inlines, notes: _Footnotes, lead: str = "") -> Lines:
    text = _inlines(content, notes)
    return wrapped(text, first=lead, rest=" " * width(lead)) if text.strip() else []


def _quote(block: Quote, notes: _Footnotes) -> Lines:
    lines: Lines = []
    for paragraph in block.blocks:
        if lines:
            lines.append("")
        lines += wrapped(_inlines(paragraph.content, notes), first=_INDENT, rest=_INDENT)
    if who := one_line(block.attribution):
        lines += wrapped(who, first=f"{_INDENT}— ", rest=f"{_INDENT}  ")
    return lines


def _list(block: BulletList | NumberedList, notes: _Footnotes, indent: str = "") -> Lines:
    lines: Lines = []
    for number, item in enumerate(block.items):
        mark = "- " if isinstance(block, BulletList) else f"{block.start + number}. "
        lines += _item(item, notes, indent, mark)
    return lines


def _item(item: ListItem, notes: _Footnotes, indent: str, mark: str) -> Lines:
    rest = indent + " " * len(mark)
    lines = wrapped(_inlines(item.content, notes), first=indent + mark, rest=rest)
    for child in item.children:
        lines += _list(child, notes, rest)
    return lines


def _figure(block: Figure, notes: _Footnotes) -> Lines:
    notes.context.lost(_("A text file cannot contain pictures; only their text is kept."))
    lines = _plain(f"[{block.alt}]" if one_line(block.alt) else "")
    return lines + _wrapped(block.caption, notes) + _plain(block.credit)


def _inlines(content: Inlines, notes: _Footnotes) -> str:
    """The words, each link followed by its number unless the address is what is written."""
    out = []
    for link, group in groupby(content, link_of):
        words = clean("".join(map(_said, group)))
        out.append(words)
        if link is None:
            continue
        address = links.kept(link)
        if address is None:
            lost_link(notes.context, link)
        elif not links.written_out(words, address):
            # A no-break space, so that the number stays with the words.
            out.append(f"\u00a0[{notes.number(address)}]")
    return "".join(out)


def _said(part: Inline) -> str:
    """The characters of a run; raised and lowered ones where Unicode has them: m³, CO₂."""
    if not isinstance(part, Text):
        return "\n"
    for mark, shapes in ((Mark.SUP, _RAISED), (Mark.SUB, _LOWERED)):
        if mark in part.marks and all(ord(character) in shapes for character in part.text):
            return part.text.translate(shapes)
    return part.text


def _centred(text: str) -> Lines:
    shown = one_line(text)
    return [" " * max(0, (COLUMNS - width(shown)) // 2) + shown] if shown else []


def _section(section: Section) -> Lines:
    lines: Lines = []
    for paragraph in section.paragraphs:
        if lines:
            lines.append("")
        lines += wrapped(clean(paragraph))
    return [one_line(section.heading).upper(), *lines] if any(lines) else []


def _contacts(sheet: Sheet) -> Lines:
    lines: Lines = []
    for contact in sheet.contacts:
        lines += ["", *_contact(contact)] if lines else _contact(contact)
    if not lines:
        return []
    return ["-" * COLUMNS, one_line(sheet.contact_heading).upper(), "", *lines, "-" * COLUMNS]


def _contact(contact: SheetContact) -> Lines:
    texts = [contact.name, contact.role, contact.organisation]
    texts += [f"{way.printed} ({way.label})" if way.label else way.printed for way in contact.ways]
    return _plain(*texts, contact.hours)


def _addresses(notes: _Footnotes) -> Lines:
    return [
        f"[{number}] {re.sub('^(mailto|tel):', '', address)}"
        for number, address in enumerate(notes.addresses, 1)
    ]


WRITER = Writer(
    name="text",
    label="Text",
    suffix=".txt",
    media_type="text/plain",
    write=write,
    readback=READBACK,
)
