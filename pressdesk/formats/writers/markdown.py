"""Writes a sheet as Markdown (CommonMark with tables) under front matter of quoted scalars."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import assert_never

from pressdesk.base.i18n import _
from pressdesk.document.nodes import (
    Block,
    BulletList,
    Cell,
    Document,
    Figure,
    Heading,
    ListItem,
    NumberedList,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
)
from pressdesk.document.tools import heads
from pressdesk.formats import links
from pressdesk.formats.marked import escaped, inlines
from pressdesk.formats.prelude import clean, lost_link, one_line, opened, release_line
from pressdesk.formats.readback.markdown_text import READBACK
from pressdesk.formats.registry import Context, Writer
from pressdesk.press.sheet import Section, Sheet, SheetContact, SheetWay

_BREAK, _BREAK_IN_LINE = "\\\n", "<br>"
_MARKS = ("-", ".")
_OTHER_MARKS = ("+", ")")
_LAST_NUMBER = 999_999_999
_UNQUOTED = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff]")

Lost = Callable[[str], None]
Lines = list[str]


def write(sheet: Sheet, context: Context) -> bytes:
    """The sheet as UTF-8 Markdown; what forbids its spread stands first in its text too.

    Read again as CommonMark with tables, the text is the same, character by character.
    Underlined, raised and lowered characters are the HTML that Markdown allows.
    """
    lost = partial(lost_link, context)
    contact = _contacts(sheet)
    parts = [
        _front_matter(sheet),
        _running(sheet),
        _letterhead(sheet),
        _status(sheet),
        _title(sheet),
        *_above(sheet),
        contact if sheet.contacts_first else [],
        *blocks(opened(sheet), context, lost),
        [escaped(one_line(sheet.end_mark))],
        _section(sheet.notes),
        _section(sheet.boilerplate),
        [] if sheet.contacts_first else contact,
        [escaped(one_line(text)) for text in (sheet.footer, sheet.recorded) if text],
    ]
    text = "\n\n".join("\n".join(part) for part in parts if any(part))
    return f"{text}\n".encode("utf-8", "replace")


def _front_matter(sheet: Sheet) -> Lines:
    texts = {
        "title": sheet.title,
        "subtitle": sheet.subtitle,
        "description": sheet.summary,
        "kind": sheet.kind,
        "language": sheet.language,
        "state": sheet.state.value,
        "warning": sheet.warning,
        "embargo": sheet.embargo_line,
        "embargoed_until": sheet.embargo_until,
        "reference": sheet.reference,
        "date": sheet.date,
        "issued_at": sheet.issued_at,
        "organisation": sheet.organisation,
    }
    lines = [f"{key}: {_quoted(text)}" for key, text in texts.items() if text]
    if sheet.topics:
        lines += ["topics:", *(f"  - {_quoted(topic)}" for topic in sheet.topics)]
    return ["---", *lines, "---"]


def _quoted(text: str) -> str:
    """A YAML double-quoted scalar, which JSON strings are but for a few characters."""
    quoted = json.dumps(clean(text), ensure_ascii=False)
    return _UNQUOTED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def _running(sheet: Sheet) -> Lines:
    shown = (one_line(text) for text in (sheet.warning, sheet.embargo_line))
    return _broken([f"**{escaped(text)}**" for text in shown if text])


def _letterhead(sheet: Sheet) -> Lines:
    name = one_line(sheet.organisation)
    rest = [escaped(one_line(text)) for text in (sheet.unit, *sheet.letterhead) if text]
    return _broken(([f"**{escaped(name)}**"] if name else []) + rest)


def _status(sheet: Sheet) -> Lines:
    return _broken([escaped(one_line(t)) for t in (release_line(sheet), sheet.reference_line) if t])


def _title(sheet: Sheet) -> Lines:
    title, subtitle = one_line(sheet.title), one_line(sheet.subtitle)
    lines = [f"# {_heading(escaped(title))}"] if title else []
    return lines + (["", f"_{escaped(subtitle)}_"] if subtitle else [])


def _heading(text: str) -> str:
    """Text after # marks; one at its end would be taken for a closing mark."""
    return re.sub(r"#+$", lambda found: "\\#" * len(found[0]), text)


def _above(sheet: Sheet) -> Iterator[Lines]:
    yield _broken([escaped(one_line(line)) for line in sheet.speaker if line])
    address = links.kept(sheet.credit_url)
    link = f"<{address}>" if address else escaped(one_line(sheet.credit_url))
    yield _broken([part for part in (escaped(one_line(sheet.credit)), link) if part])
    rows = [f"- **{escaped(one_line(r.label))}:** {_inline(r.value)}" for r in sheet.rows]
    yield [row.rstrip(" ") for row in rows]


def _inline(text: str) -> str:
    """A text within a line; its line feeds are breaks."""
    return _BREAK_IN_LINE.join(escaped(line) for line in clean(text).split("\n"))


def _broken(lines: Lines) -> Lines:
    """Lines of one paragraph that stay lines."""
    return [*(f"{line}\\" for line in lines[:-1]), *lines[-1:]]


def blocks(document: Document, context: Context, lost: Lost) -> Iterator[Lines]:
    """The lines of each block that has any."""
    marks = _MARKS
    last: type[Block] | None = None
    for block in document.blocks:
        # Two lists in a row are two only when their marks differ.
        if isinstance(block, BulletList | NumberedList) and last is type(block):
            marks = _OTHER_MARKS if marks == _MARKS else _MARKS
        lines = _block(block, context, lost, marks)
        if any(lines):
            last = type(block)
            yield lines


def _block(block: Block, context: Context, lost: Lost, marks: tuple[str, str]) -> Lines:
    match block:
        case Paragraph(content=content):
            return inlines(content, _BREAK, lost).split("\n")
        case Heading(level=level, content=content):
            text = inlines(content, _BREAK_IN_LINE, lost)
            return [f"{'#' * level} {_heading(text)}"] if text else []
        case Quote():
            return _quote(block, lost)
        case BulletList() | NumberedList():
            return _list(block, lost, marks)
        case Table():
            return _table(block, lost)
        case Figure():
            return _figure(block, context, lost)
        case Rule():
            return ["***"]
        case _:
            assert_never(block)


def _quote(block: Quote, lost: Lost) -> Lines:
    parts = [inlines(paragraph.content, _BREAK, lost) for paragraph in block.blocks]
    who = one_line(block.attribution)
    parts.append(f"— {escaped(who)}" if who else "")
    text = "\n\n".join(part for part in parts if part)
    return [f"> {line}".rstrip(" ") for line in text.split("\n")] if text else []


def _list(block: BulletList | NumberedList, lost: Lost, marks: tuple[str, str]) -> Lines:
    lines: Lines = []
    for number, item in enumerate(block.items):
        if isinstance(block, BulletList):
            mark = marks[0]
        else:
            mark = f"{min(max(block.start + number, 0), _LAST_NUMBER)}{marks[1]}"
        lines += _item(item, mark, lost)
    return lines[:-1] if lines and not lines[-1] else lines


def _item(item: ListItem, mark: str, lost: Lost) -> Lines:
    edge = " " * (len(mark) + 1)
    text = inlines(item.content, _BREAK, lost)
    parts = [text.split("\n")] if text else []
    parts += blocks(Document(item.children), Context(), lost)
    # A blank line before each nested list: not every list may interrupt a paragraph.
    inner = [line for number, part in enumerate(parts) for line in ([""] * bool(number) + part)]
    if not inner:
        return [mark]
    lines = [f"{mark} {inner[0]}"] + [f"{edge}{line}".rstrip(" ") for line in inner[1:]]
    return [*lines, ""] if len(parts) > 1 else lines


def _table(block: Table, lost: Lost) -> Lines:
    """A table; Markdown has exactly one row of heads, which may be empty."""
    if not any(block.rows):
        return []
    rows = [_row(row, lost) for row in block.rows]
    columns = len(block.rows[0])
    head, rest = (
        (rows[0], rows[1:])
        if heads(block.header_rows, len(rows))
        else ("|" + "  |" * columns, rows)
    )
    return [head, "|" + " --- |" * columns, *rest]


def _row(row: tuple[Cell, ...], lost: Lost) -> str:
    cells = (inlines(cell.content, _BREAK_IN_LINE, lost) for cell in row)
    return "| " + " | ".join(cells) + " |"


def _figure(block: Figure, context: Context, lost: Lost) -> Lines:
    context.lost(_("A Markdown file cannot contain pictures; only their text is kept."))
    alt = one_line(block.alt)
    parts = (f"\\[{escaped(alt)}\\]" if alt else "", inlines(block.caption, _BREAK_IN_LINE, lost))
    texts = [part for part in (*parts, escaped(one_line(block.credit))) if part]
    return _broken(texts)


def _section(section: Section) -> Lines:
    if not any(paragraph.strip() for paragraph in section.paragraphs):
        return []
    heading = escaped(one_line(section.heading))
    lines = [f"## {_heading(heading)}"] if heading else []
    for paragraph in section.paragraphs:
        lines += ["", *_broken(escaped(paragraph).split("\n"))]
    return lines


def _contacts(sheet: Sheet) -> Lines:
    if not sheet.contacts:
        return []
    lines = [f"## {_heading(escaped(one_line(sheet.contact_heading)))}"]
    for contact in sheet.contacts:
        lines += ["", *_broken(_contact(contact))]
    return lines


def _contact(contact: SheetContact) -> Lines:
    name = one_line(contact.name)
    lines = [f"**{escaped(name)}**"] if name else []
    lines += [escaped(one_line(t)) for t in (contact.role, contact.organisation) if t]
    lines += map(_way, contact.ways)
    return lines + ([escaped(one_line(contact.hours))] if contact.hours else [])


def _way(way: SheetWay) -> str:
    run = Text(one_line(way.printed), link=links.kept(way.address))
    linked = inlines((run,), _BREAK_IN_LINE, lambda _a: None)
    return f"{linked} ({escaped(one_line(way.label))})" if way.label else linked


WRITER = Writer(
    name="markdown",
    label="Markdown",
    suffix=".md",
    media_type="text/markdown",
    write=write,
    readback=READBACK,
)
