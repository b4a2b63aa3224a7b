"""Reads the text of a PDF file with PDFium, the engine many viewers show it with.

What is drawn for a paragraph is marked with its element; running heads, page numbers and
headings of tables that a later page repeats are marked as artifacts. The two are read apart.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import closing
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from pressdesk.base.errors import ReadFailed
from pressdesk.base.i18n import _
from pressdesk.document.nodes import Table
from pressdesk.document.tools import heads, line
from pressdesk.formats.prelude import release_line
from pressdesk.formats.readback.letters import letters
from pressdesk.formats.readback.passages import (
    HINT,
    HYPHEN,
    TURN,
    Found,
    Passage,
    PrintedNodes,
    Readback,
    body,
    contacts,
    rows,
    section,
    several,
)
from pressdesk.press.sheet import Sheet

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

LARGEST = 256 * 2**20
MOST_PAGES = 3_000
MOST_CHARACTERS = 5_000_000

_OVER_LIGATURE = re.compile("([\ufb00-\ufb06filst])[\u0300-\u036f]+")
_ELLIPSIS = "…"
_HALF = re.compile("[\ud800-\udfff]")
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\udc00-\udfff][\ud800-\udbff]")
# Blocks of scripts that run from right to left, also as first halves.
_LEFTWARDS = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufeff\ud802\ud803\ud83a\ud83b\U00010800-\U00010fff"
    "\U0001e800-\U0001efff]"
)
_BLANK = " \r\n"
_HYPHENS = "\x02\ufffe"
_SIGNS = (HINT, HYPHEN, TURN)
_OPEN = re.compile(f"[{_BLANK}{_HYPHENS}{HINT}{HYPHEN}{TURN}]")
_NAME = 64
"""Bytes of the name of a mark that are looked at; longer ones are none of ours."""


def read(data: bytes) -> Found:
    """The text in the order it is drawn in, and what stands around it on each page.

    foreign  notes, stamps and other annotations that are no links
    raises   ReadFailed for what is no PDF, is locked, or is too large
    cost     some 10 ms for two pages once PDFium is loaded
    """
    import pypdfium2

    if len(data) > LARGEST:
        raise _too_large()
    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            return _read(document)
    except pypdfium2.PdfiumError as error:
        raise ReadFailed(_("This is not a PDF file that can be read.")) from error


def _too_large() -> ReadFailed:
    return ReadFailed(_("The PDF file is too large to be read."))


def _read(document: PdfDocument) -> Found:
    if len(document) > MOST_PAGES:
        raise _too_large()
    texts, around, foreign, count = [], [], [], 0
    for page in document:
        with closing(page):
            foreign += _foreign(page)
            text, furniture = _page(page)
        count += len(text)
        if count > MOST_CHARACTERS:
            raise _too_large()
        texts.append(text)
        around.append(furniture)
    mirrored = any(map(_LEFTWARDS.search, texts))
    return Found(TURN.join(texts), tuple(around), mirrored=mirrored, foreign=tuple(foreign))


def _page(page: PdfPage) -> tuple[str, str]:
    """The text of a page, and that of its artifacts."""
    from pypdfium2 import raw

    drawn: list[Any] = []
    artifacts: list[Any] = []
    for at in range(raw.FPDFPage_CountObjects(page)):
        one = raw.FPDFPage_GetObject(page, at)
        if raw.FPDFPageObj_GetType(one) == raw.FPDF_PAGEOBJ_TEXT and _unseen(one):
            raw.FPDFPageObj_SetIsActive(one, False)
        else:
            (artifacts if _is_artifact(one) else drawn).append(one)
    _show(artifacts, False)
    text = _text(page, drawn)
    _show(artifacts, True)
    _show(drawn, False)
    return text, _text(page, artifacts)


def _show(objects: list[Any], on: bool) -> None:
    from pypdfium2 import raw

    for one in objects:
        raw.FPDFPageObj_SetIsActive(one, on)


def _unseen(one: Any) -> bool:
    """Letters that are written and not drawn."""
    from pypdfium2 import raw

    mode = raw.FPDFTextObj_GetTextRenderMode(one)
    return mode in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)


def _is_artifact(one: Any) -> bool:
    from pypdfium2 import raw

    marks = (raw.FPDFPageObj_GetMark(one, at) for at in range(raw.FPDFPageObj_CountMarks(one)))
    return any(_name(mark) == "Artifact" for mark in marks)


def _name(mark: Any) -> str:
    """The name of a mark; "" for one that is longer than any of ours."""
    from pypdfium2 import raw

    name, length = ctypes.create_string_buffer(_NAME), ctypes.c_ulong()
    units = ctypes.cast(name, ctypes.POINTER(ctypes.c_ushort))
    good = raw.FPDFPageObjMark_GetName(mark, units, _NAME, length) and length.value <= _NAME
    return name.raw[: length.value - 2].decode("utf-16-le", "replace") if good else ""


def _text(page: PdfPage, objects: list[Any]) -> str:
    """What PDFium reads on a page, its guesses marked as such."""
    from pypdfium2 import raw

    with closing(page.get_textpage()) as found:
        count = raw.FPDFText_CountChars(found)
        if count <= 0:
            return ""
        if count > MOST_CHARACTERS:
            raise _too_large()
        read = _signs(found, count)
        signs = list(read)
        for part in _OPEN.finditer(read):
            at, sign = part.start(), part[0]
            if sign in _SIGNS:
                signs[at] = ""
            elif sign in _HYPHENS:
                signs[at] = HYPHEN
            elif raw.FPDFText_IsGenerated(found, at) == 1:
                signs[at] = HINT
        if _LEFTWARDS.search(read):
            signs = _as_drawn(found, signs, objects)
    return _paired("".join(signs))


def _signs(found: Any, count: int) -> str:
    """All signs of a page: one for each that PDFium counts, halves of characters apart."""
    from pypdfium2 import raw

    units = (ctypes.c_ushort * (count + 1))()
    if raw.FPDFText_GetText(found, 0, count, units) == count + 1:
        return "".join(map(chr, units[:count]))
    return "".join(chr(raw.FPDFText_GetUnicode(found, at)) for at in range(count))


def _as_drawn(found: Any, signs: list[str], objects: list[Any]) -> list[str]:
    """Signs in the order of their places: PDFium turns round what runs from right to left."""
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    order = {_address(one): number for number, one in enumerate(objects)}
    held: dict[int, list[tuple[float, str]]] = {}
    for at, sign in enumerate(signs):
        if sign == HINT:
            continue
        owner = order.get(_address(raw.FPDFText_GetTextObject(found, at)), len(order))
        raw.FPDFText_GetCharOrigin(found, at, x, y)
        held.setdefault(owner, []).append((round(x.value, 2), sign))
    out: list[str] = []
    for owner in sorted(held):
        out += [sign for _x, sign in sorted(held[owner], key=itemgetter(0))]
        out.append(HINT)
    return out


def _address(one: Any) -> int:
    return ctypes.cast(one, ctypes.c_void_p).value or 0


def _paired(text: str) -> str:
    """Halves of a character joined, also where they were turned round."""
    if not _HALF.search(text):
        return text
    text = _HALVES.sub(lambda found: "".join(sorted(found[0])), text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _foreign(page: PdfPage) -> list[str]:
    """What is laid over a page and is no link."""
    from pypdfium2 import raw

    found = []
    for at in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, at)
        if raw.FPDFAnnot_GetSubtype(note) != raw.FPDF_ANNOT_LINK:
            found.append(_("a note or form field on the page"))
        raw.FPDFPage_CloseAnnot(note)
    return found


# --- what it should say

_LAYOUT = PrintedNodes(bullet=lambda depth: "•–"[depth % 2], alt="")


def passages(sheet: Sheet) -> Iterator[Passage]:
    """What the pages say, in order."""
    yield from several("warning", sheet.warning)
    for column, text in enumerate((f"{sheet.organisation}\n{sheet.unit}", *sheet.letterhead)):
        yield Passage("letterhead", text, row=1, column=min(column, 1))
    yield from several("embargo", sheet.embargo_line)
    yield from several("release line", release_line(sheet), sheet.reference_line, sheet.recorded)
    yield from several("title", sheet.title)
    yield from several("subtitle", sheet.subtitle)
    yield from several("speaker", *sheet.speaker)
    yield from several("credit", sheet.credit)
    yield from (one for one in rows(sheet) if sheet.rows[one.row - 10_000].value)
    if sheet.contacts_first:
        yield from contacts(sheet)
    yield from several("dateline", sheet.dateline)
    yield from body(sheet.body, _LAYOUT)
    yield from several("end mark", sheet.end_mark)
    yield from section("notes", sheet.notes)
    yield from section("boilerplate", sheet.boilerplate)
    if not sheet.contacts_first:
        yield from contacts(sheet)


def furniture(sheet: Sheet, found: Found) -> str:
    """What stands around the text of the first page where something else stands; "" if nowhere.

    The running lines may be cut short; before them, a page may repeat headings of tables.
    """
    repeated = [
        letters("".join(line(cell.content) for cell in row))
        for block in sheet.body.blocks
        if isinstance(block, Table)
        for row in block.rows[: heads(block.header_rows, len(block.rows))]
    ]
    count = len(found.furniture)
    for number, text in enumerate(found.furniture, 1):
        label = sheet.page_label.replace("{page}", str(number)).replace("{pages}", str(count))
        strip = (sheet.warning, sheet.embargo_line)
        head = (sheet.organisation, sheet.title, *strip) if number > 1 else ()
        options = [[*head, sheet.footer, label]]
        if number > 1 and all(strip):
            options.append([*head[:2], "·".join(strip), sheet.footer, label])
        said = letters(text)
        if not any(_stands(said, [letters(one) for one in each], repeated) for each in options):
            return " ".join(text.replace(HINT, " ").replace(HYPHEN, "-").split()) or label
    return ""


def _stands(said: str, running: list[str], repeated: list[str]) -> bool:
    """Whether letters are repeated headings and then each running line, whole or cut short."""
    ends = _repeats(said, [one for one in repeated if one])
    for one in running:
        ends = {end for start in ends for end in _ends(said, start, one)}
    return len(said) in ends


def _repeats(said: str, repeated: list[str]) -> set[int]:
    """How far repeated headings may reach."""
    ends, waiting = {0}, [0]
    while waiting:
        at = waiting.pop()
        new = {at + len(one) for one in repeated if said.startswith(one, at)} - ends
        ends |= new
        waiting += new
    return ends


def _ends(said: str, start: int, one: str) -> Iterator[int]:
    if said.startswith(one, start):
        yield start + len(one)
    cut = said.find(_ELLIPSIS, start)
    if cut >= 0 and one.startswith(said[start:cut]):
        yield cut + 1


def fold(text: str) -> str:
    """Without accents set over a ligature: PDFium, which takes it apart, may drop them."""
    return _OVER_LIGATURE.sub(r"\1", text)


READBACK = Readback(read, passages, fold, furniture)
