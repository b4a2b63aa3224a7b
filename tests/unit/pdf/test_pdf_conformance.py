"""Every golden release is PDF/A-2a and PDF/UA-1, and the checker that says so can say no."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from pressdesk.document.nodes import Cell, Table, Text
from pressdesk.formats.registry import Context
from pressdesk.formats.writers.pdf import WRITER
from tests.unit.pdf.conformance import faults
from tests.unit.pdf.sheet_parts import PICTURE, SHA
from tests.unit.pdf.sheets import EVERY_NODE, SHEETS
from tests.unit.pdf.written import bodied

Damage = Callable[[pikepdf.Pdf], None]


def written(name: str) -> bytes:
    """The file of one sheet."""
    return WRITER.write(SHEETS[name], Context(attachments={SHA: PICTURE}))


@pytest.mark.parametrize("name", SHEETS)
def test_every_release_conforms(name: str) -> None:
    assert faults(written(name)) == []


def test_stored_headings_over_nothing_conform() -> None:
    head = (Cell((Text("Only heads"),)), Cell((Text("Two"),)))
    for rows in (1, 2):
        assert faults(WRITER.write(bodied(Table((head,) * rows, rows)), Context())) == []


def _elements(pdf: pikepdf.Pdf, tag: str) -> list[Dictionary]:
    return [
        found
        for found in pdf.objects
        if isinstance(found, Dictionary)
        and found.get("/Type") == Name.StructElem
        and found.get("/S") == Name(f"/{tag}")
    ]


def _no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def _no_title_shown(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def _not_marked(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


def _no_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _no_ua(pdf: pikepdf.Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes().replace(b"<pdfuaid:part>1</pdfuaid:part>", b"")
    pdf.Root.Metadata.write(packet)


def _level_b(pdf: pikepdf.Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes().replace(b"conformance>A<", b"conformance>B<")
    pdf.Root.Metadata.write(packet)


def _no_alt(pdf: pikepdf.Pdf) -> None:
    del _elements(pdf, "Figure")[0].Alt


def _no_scope(pdf: pikepdf.Pdf) -> None:
    del _elements(pdf, "TH")[0].A


def _level_jumped(pdf: pikepdf.Pdf) -> None:
    _elements(pdf, "H2")[0].S = Name.H4


def _item_outside_a_list(pdf: pikepdf.Pdf) -> None:
    _elements(pdf, "L")[0].S = Name.Sect


def _wrong_parent(pdf: pikepdf.Pdf) -> None:
    _elements(pdf, "P")[3].P = _elements(pdf, "L")[0]


def _short_row(pdf: pikepdf.Pdf) -> None:
    del _elements(pdf, "TR")[1].K[0]


def _no_rows_under_headings(pdf: pikepdf.Pdf) -> None:
    _elements(pdf, "TBody")[0].S = Name.THead


def _lost_content(pdf: pikepdf.Pdf) -> None:
    _elements(pdf, "P")[0].K = Array()


def _no_tabs(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj.Tabs


def _untagged(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.contents_add(b"0 0 m 10 10 l S")


def _twice_the_same(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    content = page.Contents.read_bytes().replace(b"/MCID 1>>", b"/MCID 0>>", 1)
    page.Contents.write(content)


def _artifact_inside(pdf: pikepdf.Pdf) -> None:
    content = pdf.pages[0].Contents.read_bytes()
    pdf.pages[0].Contents.write(content.replace(b"BDC", b"BDC /Artifact BMC EMC", 1))


def _link_without_words(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj.Annots[0].Contents


def _link_that_runs(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Annots[0].A.S = Name.Launch


def _link_not_printed(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Annots[0].F = 0


def _link_outside(pdf: pikepdf.Pdf) -> None:
    _elements(pdf, "Link")[0].S = Name.Span


def _font(pdf: pikepdf.Pdf) -> Dictionary:
    return pdf.pages[0].resources.Font["/F1"]


def _not_embedded(pdf: pikepdf.Pdf) -> None:
    del _font(pdf).DescendantFonts[0].FontDescriptor.FontFile2


def _wrong_width(pdf: pikepdf.Pdf) -> None:
    widths = _font(pdf).DescendantFonts[0].W
    for place in range(1, len(widths), 2):
        widths[place][0] = 333


def _no_text(pdf: pikepdf.Pdf) -> None:
    del _font(pdf).ToUnicode


def _private_use(pdf: pikepdf.Pdf) -> None:
    table = _font(pdf).ToUnicode
    table.write(re.sub(rb"(<[0-9A-F]{4}>)<[0-9A-F]{4}>\n", rb"\1<E000>\n", table.read_bytes()))


def _notdef(pdf: pikepdf.Pdf) -> None:
    places = _font(pdf).DescendantFonts[0].CIDToGIDMap
    places.write(bytes(len(places.read_bytes())))


def _cmyk(pdf: pikepdf.Pdf) -> None:
    content = pdf.pages[0].Contents.read_bytes()
    pdf.pages[0].Contents.write(content + b"\n0 0 0 1 k")


DAMAGES: tuple[Damage, ...] = (
    *(_no_language, _no_title_shown, _not_marked, _no_intent, _script, _no_ua, _level_b, _no_alt),
    *(_no_scope, _level_jumped, _item_outside_a_list, _wrong_parent, _short_row),
    *(_no_rows_under_headings, _lost_content),
    *(_no_tabs, _untagged, _twice_the_same, _artifact_inside, _link_without_words),
    *(_link_that_runs, _link_not_printed, _link_outside, _not_embedded, _wrong_width, _no_text),
    *(_private_use, _notdef, _cmyk),
)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    stream = io.BytesIO()
    pdf.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def sound() -> bytes:
    return WRITER.write(EVERY_NODE, Context(attachments={SHA: PICTURE}))


def test_a_file_saved_again_is_still_sound(sound: bytes) -> None:
    with pikepdf.open(io.BytesIO(sound)) as pdf:
        assert faults(_saved(pdf)) == []


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__.strip("_"))
def test_the_checker_sees_damage(sound: bytes, damage: Damage) -> None:
    with pikepdf.open(io.BytesIO(sound)) as pdf:
        damage(pdf)
        assert faults(_saved(pdf))


def test_the_checker_sees_a_missing_end_of_line(sound: bytes) -> None:
    assert faults(sound.replace(b"\nendstream", b"endstream"))
