"""Reads a file as a screen reader does: through the structure tree, letter by letter."""

from __future__ import annotations

import io
import re
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

from pressdesk.document.nodes import (
    Block,
    BulletList,
    Figure,
    Heading,
    NumberedList,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from pressdesk.document.tools import line
from pressdesk.press.sheet import Sheet
from tests.unit.pdf.conformance_fonts import to_unicode

_LEAVES = frozenset({"P", "H1", "H2", "H3", "H4", "H5", "H6", "Caption", "Lbl", "TH", "TD"})
_PRIVATE = re.compile("[\ue000-\uf8ff]")


class Told(NamedTuple):
    """One paragraph as it is read out."""

    tag: str
    text: str


def told(data: bytes) -> list[Told]:
    """All paragraphs in the order of the tree, with the spaces that are really written.

    Spaces that hold are given as plain ones: the writer sets them before dashes.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        words = {}
        for page in pdf.pages:
            for mcid, text in _marked(page).items():
                words[page.obj.objgen, mcid] = text
        out: list[Told] = []
        _tell(pdf.Root.StructTreeRoot.K[0], words, out)
        return [Told(tag, text.replace("\u00a0", " ")) for tag, text in out if text.strip()]


def _tell(elem: Dictionary, words: dict[tuple[tuple[int, int], int], str], out: list[Told]) -> None:
    tag = str(elem.S)[1:]
    if tag == "Figure":
        out.append(Told(tag, str(elem.Alt)))
        return
    kids = list(elem.K)
    direct = any(not isinstance(kid, Dictionary) or kid.get("/Type") == Name.MCR for kid in kids)
    inline = any(
        isinstance(kid, Dictionary) and str(kid.get("/S")) in ("/Link", "/Span") for kid in kids
    )
    if tag in _LEAVES and (direct or inline):
        out.append(Told(tag, _text(elem, words)))
        return
    for kid in kids:
        _tell(kid, words, out)


def _text(elem: Dictionary, words: dict[tuple[tuple[int, int], int], str]) -> str:
    parts = []
    for kid in elem.K:
        if not isinstance(kid, Dictionary):
            parts.append(words[elem.Pg.objgen, int(kid)])
        elif kid.get("/Type") == Name.MCR:
            parts.append(words[kid.Pg.objgen, int(kid.MCID)])
        elif kid.get("/Type") != Name.OBJR:
            parts.append(_text(kid, words))
    return "".join(parts)


def _marked(page: pikepdf.Page) -> dict[int, str]:
    """The text of each marked content of a page."""
    tables = {name: to_unicode(font) for name, font in page.resources.Font.items()}
    found: dict[int, str] = {}
    mcid, table = -1, {}
    for operands, given in pikepdf.parse_content_stream(page, "BDC BMC EMC Tf TJ"):
        operator = str(given)
        if operator == "BDC" and "/MCID" in operands[1]:
            mcid = int(operands[1].MCID)
            found[mcid] = ""
        elif operator == "EMC":
            mcid = -1
        elif operator == "Tf":
            table = tables[str(operands[0])]
        elif operator == "TJ" and mcid >= 0:
            found[mcid] += "".join(_decoded(part, table) for part in operands[0])
    return found


def _decoded(part: pikepdf.Object, table: dict[int, str]) -> str:
    if not isinstance(part, pikepdf.String):
        return ""
    codes = bytes(part)
    return "".join(table[int.from_bytes(codes[i : i + 2])] for i in range(0, len(codes), 2))


def expected(sheet: Sheet) -> list[str]:
    """The paragraphs of a sheet in the order they are to be read in."""
    out = [sheet.warning, sheet.organisation, sheet.unit, *sheet.letterhead]
    permitted = "" if sheet.release_line == sheet.warning else sheet.release_line
    out += [sheet.embargo_line or permitted, sheet.reference_line, sheet.recorded]
    out += [sheet.title, sheet.subtitle, *sheet.speaker, sheet.credit]
    for row in sheet.rows:
        out += [row.label, *row.value.split("\n")]
    if sheet.contacts_first:
        out += _contacts(sheet)
    body = [text for block in sheet.body.blocks for text in _block(block)]
    first = sheet.body.blocks[0] if sheet.body.blocks else None
    joins = isinstance(first, Paragraph) and first.role in ("body", "lead", "answer")
    if sheet.dateline and joins:
        body[0] = f"{sheet.dateline} {body[0]}"
    elif sheet.dateline:
        body.insert(0, sheet.dateline)
    out += [*body, sheet.end_mark]
    for section in (sheet.notes, sheet.boilerplate):
        if section.paragraphs:
            out += [section.heading, *section.paragraphs]
    if not sheet.contacts_first:
        out += _contacts(sheet)
    plain = (" ".join(text.strip().split("\n")).replace("\u00a0", " ") for text in out)
    return [_PRIVATE.sub("\ufffd", text) for text in plain if text]


def _contacts(sheet: Sheet) -> list[str]:
    out = [sheet.contact_heading] if sheet.contacts else []
    for contact in sheet.contacts:
        out += [contact.name, contact.role, contact.organisation]
        out += [f"{w.printed} ({w.label})" if w.label else w.printed for w in contact.ways]
        out.append(contact.hours)
    return out


def _block(block: Block) -> list[str]:
    match block:
        case Paragraph(content=content) | Heading(content=content):
            return [line(content).replace("\n", " ")]
        case Quote():
            return [*(line(p.content) for p in block.blocks), block.attribution]
        case BulletList() | NumberedList():
            return _list(block, 0)
        case Table():
            return [line(cell.content) for row in block.rows for cell in row]
        case Figure():
            return [block.alt, f"{line(block.caption)} {block.credit}"]
        case Rule():
            return []


def _list(block: BulletList | NumberedList, depth: int) -> list[str]:
    out = []
    for number, item in enumerate(block.items):
        numbered = isinstance(block, NumberedList)
        out.append(f"{block.start + number}." if numbered else "•–"[depth % 2])  # type: ignore[union-attr]
        out.append(line(item.content))
        for child in item.children:
            out += _list(child, depth + 1)
    return out


def pages(data: bytes, *, held: str = " ") -> list[str]:
    """All text on each page, artifacts too, as drawn; ``held`` is shown for a space that holds."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        out = []
        for page in pdf.pages:
            tables = {name: to_unicode(font) for name, font in page.resources.Font.items()}
            table: dict[int, str] = {}
            parts = []
            for operands, given in pikepdf.parse_content_stream(page, "Tf TJ EMC"):
                if str(given) == "Tf":
                    table = tables[str(operands[0])]
                elif str(given) == "TJ":
                    shown = operands[0] if isinstance(operands[0], Array) else [operands[0]]
                    parts.append("".join(_decoded(part, table) for part in shown))
                else:
                    parts.append("\n")
            out.append("".join(parts).replace("\u00a0", held))
        return out
