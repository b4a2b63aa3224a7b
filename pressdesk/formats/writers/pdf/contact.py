"""The press contact block and the who-what-when-where block: labelled rows."""

from __future__ import annotations

from dataclasses import replace

from pressdesk.document.nodes import Text
from pressdesk.formats.links import in_text, kept
from pressdesk.formats.writers.pdf.boxes import Column, ColumnsBox, Keep, Stroke
from pressdesk.formats.writers.pdf.build import Builder
from pressdesk.formats.writers.pdf.flow import Box
from pressdesk.formats.writers.pdf.para import Para
from pressdesk.formats.writers.pdf.struct import Elem
from pressdesk.formats.writers.pdf.table import Grid
from pressdesk.formats.writers.pdf.theme import PALE, Style
from pressdesk.press.sheet import Sheet, SheetContact, SheetWay

LABELS, NAMES = 0.193, 0.404
"""Shares of the measure: heading, and person; addresses take the rest."""

GAP = 10.0


def contact_block(build: Builder, sheet: Sheet) -> None:
    """Heading, then each contact in three columns; never parted over pages."""
    contacts = [one for one in sheet.contacts if one != SheetContact()]
    if not contacts:
        return
    section = build.top.add("Sect")
    heading = None
    if sheet.contact_heading:
        heading = build.heading(sheet.contact_heading, 2, "small heading", section)
        heading.after = 0.0
    boxes: list[Box] = [] if sheet.contacts_first else [Stroke(PALE, after=7.0)]
    for number, contact in enumerate(contacts):
        boxes.append(_row(build, section, contact, None if number else heading))
        boxes[-1].after = 8.0
    if sheet.contacts_first:
        boxes.append(Stroke(PALE))
    build.boxes.append(Keep(boxes, before=14.0, after=16.0))


def _row(build: Builder, section: Elem, contact: SheetContact, heading: Para | None) -> ColumnsBox:
    measure = build.theme.measure
    first, second = measure * LABELS, measure * NAMES
    person: list[Box] = []
    for words, style in (
        (contact.name, "contact name"),
        (contact.role, "contact"),
        (contact.organisation, "contact"),
    ):
        if words:
            person.append(build.para(words, style, parent=section))
    reach: list[Box] = [_way(build, section, way) for way in contact.ways if way.printed]
    if contact.hours:
        reach.append(build.para(contact.hours, "contact", parent=section))
    if not person:
        person, reach = reach, []
    columns = [
        Column(first, second - GAP, person),
        Column(first + second, measure - first - second, reach),
    ]
    if heading:
        columns.insert(0, Column(0.0, first - GAP, (heading,)))
    return ColumnsBox(columns)


def _way(build: Builder, section: Elem, way: SheetWay) -> Para:
    """A number or address that can be followed, its label in brackets."""
    style = build.style("contact")
    elem = section.add("P")
    url = kept(way.address)
    if url is None:
        runs = build.words.plain(way.printed, style, elem)
    else:
        runs = build.words.linked(way.printed, url, style, elem)
    if way.label:
        runs += build.words.plain(f" ({way.label})", style, elem)
    return Para(runs, style, elem)


def advisory_rows(build: Builder, sheet: Sheet) -> None:
    """Who, what, when, where: a table with its headings at the left."""
    shown = [row for row in sheet.rows if row.value]
    if not shown:
        return
    holder = build.top.add("Table").add("TBody")
    measure = build.theme.measure
    first = measure * LABELS
    rows = []
    for row in shown:
        elem = holder.add("TR")
        left = elem.add("TH", "/A<</O/Table/Scope/Row>>")
        right = elem.add("TD")
        label = build.para(row.label, "label", parent=left)
        values: list[Box] = [
            build.para(_linked(line), _value(build), parent=right)
            for line in row.value.split("\n")
            if line.strip()
        ]
        columns = [Column(0.0, first - GAP, (label,)), Column(first, measure - first, values)]
        rows.append(ColumnsBox(columns, pad=3.5, line=PALE))
    build.boxes.append(Grid(rows, 0, before=2.0, after=16.0))


def _value(build: Builder) -> Style:
    return replace(build.style("value"), after=2.0)


def _linked(words: str) -> tuple[Text, ...]:
    return tuple(Text(piece, link=url) for piece, url in in_text(words))
